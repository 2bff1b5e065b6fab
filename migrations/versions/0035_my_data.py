"""everything kept about a member, for her to take along

Revision: 0035
After: 0034
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0035"
down_revision = "0034"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)
STATES = "'asked', 'making', 'ready', 'failed', 'gone'"
WHYS = "'full', 'broken', 'removed', 'over', 'newer'"


def upgrade() -> None:
    op.create_table(
        "my_data_export",
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.Column("member_id", ID, nullable=False),
        sa.Column("language", sa.String(2), nullable=False),
        sa.Column("is_open", sa.Boolean(), nullable=True),
        sa.Column("state", sa.String(8), nullable=False),
        sa.Column("asked_at", MOMENT, nullable=False),
        sa.Column("done_parts", ID, nullable=False),
        sa.Column("parts", ID, nullable=False),
        sa.Column("tries", ID, nullable=False),
        sa.Column("worked_at", MOMENT, nullable=True),
        sa.Column("ready_at", MOMENT, nullable=True),
        sa.Column("good_until", MOMENT, nullable=True),
        sa.Column("ended_at", MOMENT, nullable=True),
        sa.Column("why", sa.String(8), nullable=True),
        sa.Column("file", sa.String(64), nullable=True),
        sa.Column("key_sealed", sa.Text(), nullable=True),
        sa.Column("size", ID, nullable=False),
        sa.Column("letter_at", MOMENT, nullable=True),
        sa.CheckConstraint(f"state IN ({STATES})", name=op.f("ck_my_data_export_state")),
        sa.CheckConstraint(f"why IN ({WHYS})", name=op.f("ck_my_data_export_why")),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_my_data_export_member_id_member")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_my_data_export")),
        sa.UniqueConstraint("member_id", "is_open", name=op.f("uq_my_data_export_member_id_is_open")),
    )
    op.create_index("ix_my_data_export_member", "my_data_export", ["member_id", "asked_at"])
    op.create_index("ix_my_data_export_state", "my_data_export", ["state", "good_until"])
    with op.batch_alter_table("member") as member:
        member.add_column(sa.Column("data_ready_until", MOMENT, nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("member") as member:
        member.drop_column("data_ready_until")
    op.drop_index("ix_my_data_export_state", "my_data_export")
    op.drop_index("ix_my_data_export_member", "my_data_export")
    op.drop_table("my_data_export")
