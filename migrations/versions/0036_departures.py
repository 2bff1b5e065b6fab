"""who leaves, and what becomes of what she wrote

Revision: 0036
After: 0035
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0036"
down_revision = "0035"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "departure",
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.Column("member_id", ID, nullable=False),
        sa.Column("choice", sa.String(8), nullable=False),
        sa.Column("asked_at", MOMENT, nullable=False),
        sa.Column("due_at", MOMENT, nullable=False),
        sa.Column("is_open", sa.Boolean(), nullable=True),
        sa.Column("taken_back_at", MOMENT, nullable=True),
        sa.Column("gone_at", MOMENT, nullable=True),
        sa.Column("erased_at", MOMENT, nullable=True),
        sa.Column("name_sealed", sa.Text(), nullable=True),
        sa.CheckConstraint("choice IN ('named', 'nameless', 'removed')", name=op.f("ck_departure_choice")),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_departure_member_id_member")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_departure")),
        sa.UniqueConstraint("member_id", "is_open", name=op.f("uq_departure_member_id_is_open")),
    )
    op.create_index("ix_departure_due", "departure", ["is_open", "due_at"])
    with op.batch_alter_table("member") as table:
        table.add_column(sa.Column("leaving_at", MOMENT, nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("member") as table:
        table.drop_column("leaving_at")
    op.drop_table("departure")
