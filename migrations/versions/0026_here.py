"""who is in a chat, who is shown there, and versions of hosted chats

Revision: 0026
After: 0025
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "chat_present",
        sa.Column("process_id", ID, autoincrement=False, nullable=False),
        sa.Column("stream_id", ID, autoincrement=False, nullable=False),
        sa.Column("member_ids", sa.JSON(), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["stream_id"], ["stream.id"], name=op.f("fk_chat_present_stream_id_stream")),
        sa.PrimaryKeyConstraint("process_id", "stream_id", name=op.f("pk_chat_present")),
    )
    with op.batch_alter_table("chat_present") as batch:
        batch.create_index(op.f("ix_chat_present_stream_id"), ["stream_id"])
    with op.batch_alter_table("member") as batch:
        batch.add_column(sa.Column("shown_here", sa.Boolean(), server_default=sa.true(), nullable=False))
    with op.batch_alter_table("chat_room") as batch:
        batch.add_column(sa.Column("version", ID, server_default="1", nullable=False))
        # As wide as every other figure; 0025 made it narrower on PostgreSQL than the model says.
        batch.alter_column(
            "slow_seconds", type_=ID, existing_type=sa.Integer(), existing_nullable=False, existing_server_default="0"
        )


def downgrade() -> None:
    with op.batch_alter_table("chat_room") as batch:
        batch.drop_column("version")
    with op.batch_alter_table("member") as batch:
        batch.drop_column("shown_here")
    op.drop_table("chat_present")
