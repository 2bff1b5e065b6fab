"""what members tell of themselves, whom they mute, which words, and who is mentioned

Revision: 0010
After: 0009
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "profile",
        _member("profile", "member_id"),
        sa.Column("about", sa.Text(), nullable=False),
        sa.Column("waiting", sa.Text(), nullable=False),
        sa.Column("tells_year", sa.Boolean(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("member_id", name=op.f("pk_profile")),
    )
    op.create_table(
        "mention",
        sa.Column(
            "piece_id",
            ID,
            sa.ForeignKey("piece.id", name=op.f("fk_mention_piece_id_piece"), ondelete="CASCADE"),
            nullable=False,
        ),
        _member("mention", "member_id"),
        sa.PrimaryKeyConstraint("piece_id", "member_id", name=op.f("pk_mention")),
    )
    op.create_index("ix_mention_member", "mention", ["member_id"], unique=False)
    op.create_table(
        "muted_person",
        _member("muted_person", "member_id"),
        _member("muted_person", "muted_id"),
        sa.Column("muted_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("member_id", "muted_id", name=op.f("pk_muted_person")),
    )
    op.create_index("ix_muted_person_muted", "muted_person", ["muted_id"], unique=False)
    op.create_table(
        "muted_words",
        _member("muted_words", "member_id"),
        sa.Column("sealed", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("member_id", name=op.f("pk_muted_words")),
    )


def downgrade() -> None:
    for table in ("muted_words", "muted_person", "mention", "profile"):
        op.drop_table(table)


def _member(table: str, column: str) -> sa.Column[int]:
    return sa.Column(column, ID, sa.ForeignKey("member.id", name=op.f(f"fk_{table}_{column}_member")), nullable=False)
