"""what a move brings with it, and what stays open to whoever moves

Revision: 0031
After: 0030
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0031"
down_revision = "0030"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    with op.batch_alter_table("move") as table:
        table.add_column(sa.Column("farewell_id", ID, nullable=True))
        table.add_column(sa.Column("keeps_contact", sa.Boolean(), server_default=sa.false(), nullable=False))
        table.add_column(sa.Column("contacts", sa.JSON(), server_default="{}", nullable=False))
        table.add_column(sa.Column("said_at", MOMENT, nullable=True))
        table.create_foreign_key(op.f("fk_move_farewell_id_stream"), "stream", ["farewell_id"], ["id"])
    op.create_table(
        "kept_open",
        sa.Column("stream_id", ID, autoincrement=False, nullable=False),
        sa.Column("member_id", ID, autoincrement=False, nullable=False),
        sa.Column("until", MOMENT, nullable=False),
        sa.Column("closed_at", MOMENT, nullable=True),
        sa.ForeignKeyConstraint(["stream_id"], ["stream.id"], name=op.f("fk_kept_open_stream_id_stream")),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_kept_open_member_id_member")),
        sa.PrimaryKeyConstraint("stream_id", "member_id", name=op.f("pk_kept_open")),
    )
    op.create_index("ix_kept_open_member", "kept_open", ["member_id"])


def downgrade() -> None:
    op.drop_table("kept_open")
    with op.batch_alter_table("move") as table:
        table.drop_constraint(op.f("fk_move_farewell_id_stream"), type_="foreignkey")
        table.drop_column("said_at")
        table.drop_column("contacts")
        table.drop_column("keeps_contact")
        table.drop_column("farewell_id")
