"""questions: the answer that helped, what a question is about

Revision: 0008
After: 0007
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "answer_mark",
        sa.Column(
            "stream_id",
            ID,
            sa.ForeignKey("thread.stream_id", name=op.f("fk_answer_mark_stream_id_thread")),
            nullable=False,
        ),
        sa.Column(
            "piece_id",
            ID,
            sa.ForeignKey("piece.id", name=op.f("fk_answer_mark_piece_id_piece"), ondelete="CASCADE"),
            nullable=False,
        ),
        sa.Column(
            "marked_by", ID, sa.ForeignKey("member.id", name=op.f("fk_answer_mark_marked_by_member")), nullable=False
        ),
        sa.Column("marked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("word", sa.String(length=4), nullable=True),
        sa.Column("word_by", ID, sa.ForeignKey("member.id", name=op.f("fk_answer_mark_word_by_member")), nullable=True),
        sa.Column("word_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("word IN ('true', 'not')", name=op.f("ck_answer_mark_word")),
        sa.PrimaryKeyConstraint("stream_id", name=op.f("pk_answer_mark")),
    )
    op.create_table(
        "thread_tag",
        sa.Column(
            "stream_id",
            ID,
            sa.ForeignKey("thread.stream_id", name=op.f("fk_thread_tag_stream_id_thread")),
            nullable=False,
        ),
        sa.Column("tag", sa.String(length=10), nullable=False),
        sa.CheckConstraint(
            "tag IN ('money', 'housing', 'work', 'practical', 'whom', 'lonely')", name=op.f("ck_thread_tag_tag")
        ),
        sa.PrimaryKeyConstraint("stream_id", "tag", name=op.f("pk_thread_tag")),
    )
    with op.batch_alter_table("thread_tag", schema=None) as batch_op:
        batch_op.create_index("ix_thread_tag_tag", ["tag", "stream_id"], unique=False)


def downgrade() -> None:
    op.drop_table("thread_tag")
    op.drop_table("answer_mark")
