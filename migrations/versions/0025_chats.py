"""chats, and messages in them

Revision: 0025
After: 0024
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
BEFORE, AFTER = "kind IN ('opening', 'reply')", "kind IN ('opening', 'reply', 'message')"


def upgrade() -> None:
    _kinds(AFTER)
    op.create_table(
        "chat_room",
        sa.Column("stream_id", ID, autoincrement=False, nullable=False),
        sa.Column("standing_in", ID, nullable=True),
        sa.Column("name_sv", sa.String(length=60), nullable=True),
        sa.Column("name_en", sa.String(length=60), nullable=True),
        sa.Column("slow_seconds", sa.Integer(), server_default="0", nullable=False),
        sa.Column("opens_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closes_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("host_id", ID, nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["host_id"], ["member.id"], name=op.f("fk_chat_room_host_id_member")),
        sa.ForeignKeyConstraint(["standing_in"], ["space.id"], name=op.f("fk_chat_room_standing_in_space")),
        sa.ForeignKeyConstraint(["stream_id"], ["stream.id"], name=op.f("fk_chat_room_stream_id_stream")),
        sa.PrimaryKeyConstraint("stream_id", name=op.f("pk_chat_room")),
        sa.UniqueConstraint("standing_in", name=op.f("uq_chat_room_standing_in")),
    )


def downgrade() -> None:
    op.drop_table("chat_room")
    _kinds(BEFORE)


def _kinds(allowed: str) -> None:
    with op.batch_alter_table("piece") as batch:
        batch.drop_constraint(op.f("ck_piece_kind"), type_="check")
        batch.create_check_constraint(op.f("ck_piece_kind"), allowed)
