"""what is written without a name, and the minute at which it takes its place

Revision: 0012
After: 0011
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

STATES = "state IN ('published', 'held', 'delayed', 'hidden', 'removed')"
WHERE = sa.text("state = 'delayed'")


def upgrade() -> None:
    with op.batch_alter_table("piece") as piece:
        piece.add_column(sa.Column("unnamed", sa.Boolean(), server_default=sa.false(), nullable=False))
        piece.add_column(sa.Column("due_at", sa.DateTime(timezone=True), nullable=True))
        piece.drop_constraint(op.f("ck_piece_state"), type_="check")
        piece.create_check_constraint(op.f("ck_piece_state"), STATES)
    op.create_index("ix_piece_due", "piece", ["due_at"], sqlite_where=WHERE, postgresql_where=WHERE)


def downgrade() -> None:
    raise NotImplementedError("what was written without a name would get one")
