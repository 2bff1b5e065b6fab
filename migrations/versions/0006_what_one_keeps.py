"""what a member keeps for herself: threads she follows or mutes, pieces she saved

Revision: 0006
After: 0005
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "stream_choice",
        sa.Column(
            "member_id", ID, sa.ForeignKey("member.id", name=op.f("fk_stream_choice_member_id_member")), nullable=False
        ),
        sa.Column(
            "stream_id", ID, sa.ForeignKey("stream.id", name=op.f("fk_stream_choice_stream_id_stream")), nullable=False
        ),
        sa.Column("choice", sa.String(length=8), nullable=False),
        sa.Column("chosen_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("choice IN ('follow', 'leave', 'mute')", name=op.f("ck_stream_choice_choice")),
        sa.PrimaryKeyConstraint("member_id", "stream_id", name=op.f("pk_stream_choice")),
    )
    op.create_table(
        "saved",
        sa.Column("member_id", ID, sa.ForeignKey("member.id", name=op.f("fk_saved_member_id_member")), nullable=False),
        sa.Column(
            "piece_id",
            ID,
            sa.ForeignKey("piece.id", name=op.f("fk_saved_piece_id_piece"), ondelete="CASCADE"),
            nullable=False,
        ),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("member_id", "piece_id", name=op.f("pk_saved")),
    )
    with op.batch_alter_table("saved", schema=None) as batch_op:
        batch_op.create_index("ix_saved_list", ["member_id", "saved_at", "piece_id"], unique=False)


def downgrade() -> None:
    op.drop_table("saved")
    op.drop_table("stream_choice")
