"""content notes on pieces, what a reply quotes, and whether a member wants notes opened by themselves

Revision: 0007
After: 0006
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    with op.batch_alter_table("piece", schema=None) as batch_op:
        batch_op.add_column(sa.Column("note", sa.String(length=120), nullable=True))
        batch_op.add_column(sa.Column("quote_id", ID, nullable=True))
        for column in ("quote_version", "quote_from", "quote_to"):
            batch_op.add_column(sa.Column(column, ID, nullable=True))
        batch_op.create_index("ix_piece_quote", ["quote_id"], unique=False)
    with op.batch_alter_table("piece_revision", schema=None) as batch_op:
        batch_op.add_column(sa.Column("note", sa.String(length=120), nullable=True))
    with op.batch_alter_table("member", schema=None) as batch_op:
        batch_op.add_column(sa.Column("notes_open", sa.Boolean(), server_default=sa.false(), nullable=False))


def downgrade() -> None:
    with op.batch_alter_table("member", schema=None) as batch_op:
        batch_op.drop_column("notes_open")
    with op.batch_alter_table("piece_revision", schema=None) as batch_op:
        batch_op.drop_column("note")
    with op.batch_alter_table("piece", schema=None) as batch_op:
        batch_op.drop_index("ix_piece_quote")
        for column in ("quote_to", "quote_from", "quote_version", "quote_id", "note"):
            batch_op.drop_column(column)
