"""what hosts do to pieces and threads, what authors are told, and who is busy

Revision: 0019
After: 0018
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "busy",
        sa.Column("member_id", ID, autoincrement=False, nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_busy_member_id_member")),
        sa.PrimaryKeyConstraint("member_id", name=op.f("pk_busy")),
    )
    op.create_table(
        "piece_told",
        sa.Column("piece_id", ID, autoincrement=False, nullable=False),
        sa.Column("by_id", ID, nullable=False),
        sa.Column("act_id", ID, nullable=True),
        sa.Column("reason", sa.String(length=20), nullable=True),
        sa.Column("words_sealed", sa.Text(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["member.id"], name=op.f("fk_piece_told_by_id_member")),
        sa.ForeignKeyConstraint(
            ["piece_id"], ["piece.id"], name=op.f("fk_piece_told_piece_id_piece"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("piece_id", name=op.f("pk_piece_told")),
    )
    with op.batch_alter_table("piece") as piece:
        piece.add_column(sa.Column("decided_by", ID, nullable=True))
        piece.add_column(sa.Column("note_by", ID, nullable=True))
        piece.add_column(sa.Column("rewrite_until", sa.DateTime(timezone=True), nullable=True))
        piece.create_foreign_key(op.f("fk_piece_decided_by_member"), "member", ["decided_by"], ["id"])
        piece.create_foreign_key(op.f("fk_piece_note_by_member"), "member", ["note_by"], ["id"])
    with op.batch_alter_table("stream") as stream:
        stream.add_column(sa.Column("gaps", ID, server_default="0", nullable=False))
        stream.add_column(sa.Column("locked_at", sa.DateTime(timezone=True), nullable=True))
        stream.add_column(sa.Column("locked_until", sa.DateTime(timezone=True), nullable=True))
        stream.add_column(sa.Column("locked_why", sa.String(length=200), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("stream") as stream:
        for column in ("locked_why", "locked_until", "locked_at", "gaps"):
            stream.drop_column(column)
    with op.batch_alter_table("piece") as piece:
        piece.drop_constraint(op.f("fk_piece_note_by_member"), type_="foreignkey")
        piece.drop_constraint(op.f("fk_piece_decided_by_member"), type_="foreignkey")
        for column in ("rewrite_until", "note_by", "decided_by"):
            piece.drop_column(column)
    op.drop_table("piece_told")
    op.drop_table("busy")
