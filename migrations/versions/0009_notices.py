"""notices, what members want to hear, and an index for who wrote in a thread

Revision: 0009
After: 0008
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)
KINDS = "kind IN ('reply', 'reaction', 'mention', 'published')"


def upgrade() -> None:
    op.create_table(
        "notice",
        sa.Column("id", ID, autoincrement=False, nullable=False),
        _member("notice"),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("stream_id", ID, sa.ForeignKey("stream.id", name=op.f("fk_notice_stream_id_stream")), nullable=False),
        sa.Column(
            "piece_id",
            ID,
            sa.ForeignKey("piece.id", name=op.f("fk_notice_piece_id_piece"), ondelete="CASCADE"),
            nullable=False,
        ),
        sa.Column("from_nr", ID, nullable=False),
        sa.Column("to_nr", ID, nullable=False),
        sa.Column("since", MOMENT, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("read_at", MOMENT, nullable=True),
        sa.Column("shown", sa.Boolean(), nullable=False),
        sa.Column("mail_due_at", MOMENT, nullable=True),
        sa.Column("letter_id", ID, nullable=True),
        sa.CheckConstraint(KINDS, name=op.f("ck_notice_kind")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notice")),
        sa.UniqueConstraint("member_id", "kind", "piece_id", name=op.f("uq_notice_member_id_kind_piece_id")),
    )
    op.create_index("ix_notice_list", "notice", ["member_id", "at", "id"])
    op.create_index("ix_notice_stream", "notice", ["member_id", "stream_id"])
    op.create_index("ix_notice_mail", "notice", ["mail_due_at"])
    op.create_index("ix_notice_letter", "notice", ["letter_id"])
    op.create_index("ix_notice_read", "notice", ["read_at"])
    op.create_table(
        "notice_choice",
        _member("notice_choice"),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("channel", sa.String(length=8), nullable=False),
        sa.Column("wanted", sa.Boolean(), nullable=False),
        sa.CheckConstraint(KINDS, name=op.f("ck_notice_choice_kind")),
        sa.CheckConstraint("channel IN ('app', 'mail')", name=op.f("ck_notice_choice_channel")),
        sa.PrimaryKeyConstraint("member_id", "kind", "channel", name=op.f("pk_notice_choice")),
    )
    op.create_table(
        "notice_space",
        _member("notice_space"),
        sa.Column(
            "space_id", ID, sa.ForeignKey("space.id", name=op.f("fk_notice_space_space_id_space")), nullable=False
        ),
        sa.Column("wish", sa.String(length=8), nullable=False),
        sa.CheckConstraint("wish IN ('all', 'mentions', 'nothing')", name=op.f("ck_notice_space_wish")),
        sa.PrimaryKeyConstraint("member_id", "space_id", name=op.f("pk_notice_space")),
    )
    op.create_table(
        "notice_settings",
        _member("notice_settings", autoincrement=False),
        sa.Column("letters", sa.Boolean(), nullable=False),
        sa.Column("quiet", sa.Boolean(), nullable=True),
        sa.PrimaryKeyConstraint("member_id", name=op.f("pk_notice_settings")),
    )
    op.create_index("ix_piece_stream_author", "piece", ["stream_id", "author_id"])


def downgrade() -> None:
    op.drop_index("ix_piece_stream_author", "piece")
    for table in ("notice_settings", "notice_space", "notice_choice", "notice"):
        op.drop_table(table)


def _member(table: str, **more: object) -> sa.Column[int]:
    key = sa.ForeignKey("member.id", name=op.f(f"fk_{table}_member_id_member"))
    return sa.Column("member_id", ID, key, nullable=False, **more)  # type: ignore[arg-type]
