"""when things happened, albums, and what somebody does not want to look back on

Revision: 0039
After: 0038
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0039"
down_revision = "0038"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)
PICTURED = sa.text("pictures > 0")


def _of_piece(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["piece_id"], ["piece.id"], name=op.f(f"fk_{table}_piece_id_piece"), ondelete="CASCADE"
    )


def _of_member(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f(f"fk_{table}_member_id_member"))


def upgrade() -> None:
    op.create_table(
        "memory_date",
        sa.Column("piece_id", ID, autoincrement=False, nullable=False),
        sa.Column("first_on", sa.Date(), nullable=False),
        sa.Column("last_on", sa.Date(), nullable=False),
        sa.Column("precision", sa.String(8), nullable=False),
        sa.CheckConstraint(
            "precision IN ('day', 'month', 'season', 'year', 'about')", name=op.f("ck_memory_date_precision")
        ),
        sa.CheckConstraint("first_on <= last_on", name=op.f("ck_memory_date_order")),
        _of_piece("memory_date"),
        sa.PrimaryKeyConstraint("piece_id", name=op.f("pk_memory_date")),
    )
    op.create_index("ix_memory_date_first", "memory_date", ["first_on", "piece_id"])
    op.create_table(
        "album",
        sa.Column("stream_id", ID, autoincrement=False, nullable=False),
        sa.Column("kind", sa.String(8), nullable=False),
        sa.CheckConstraint("kind IN ('trip', 'house', 'year', 'other')", name=op.f("ck_album_kind")),
        sa.ForeignKeyConstraint(["stream_id"], ["stream.id"], name=op.f("fk_album_stream_id_stream")),
        sa.PrimaryKeyConstraint("stream_id", name=op.f("pk_album")),
    )
    op.create_table(
        "memory_put_away",
        sa.Column("member_id", ID, autoincrement=False, nullable=False),
        sa.Column("piece_id", ID, autoincrement=False, nullable=False),
        _of_member("memory_put_away"),
        _of_piece("memory_put_away"),
        sa.PrimaryKeyConstraint("member_id", "piece_id", name=op.f("pk_memory_put_away")),
    )
    op.create_table(
        "memory_off",
        sa.Column("member_id", ID, autoincrement=False, nullable=False),
        sa.Column("since", MOMENT, nullable=False),
        _of_member("memory_off"),
        sa.PrimaryKeyConstraint("member_id", name=op.f("pk_memory_off")),
    )
    op.create_index(
        "ix_piece_pictured", "piece", ["published_at", "id"], sqlite_where=PICTURED, postgresql_where=PICTURED
    )


def downgrade() -> None:
    op.drop_index("ix_piece_pictured", "piece")
    for table in ("memory_off", "memory_put_away", "album", "memory_date"):
        op.drop_table(table)
