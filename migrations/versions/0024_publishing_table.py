"""what a home changed about who reads first

Revision: 0024
After: 0023
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "publishing_change",
        sa.Column("version", ID, autoincrement=False, nullable=False),
        sa.Column("mark", ID, nullable=False),
        sa.Column("says", sa.JSON(), nullable=False),
        sa.Column("reason", sa.String(length=200), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", ID, nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["member.id"], name=op.f("fk_publishing_change_by_id_member")),
        sa.PrimaryKeyConstraint("version", name=op.f("pk_publishing_change")),
    )


def downgrade() -> None:
    op.drop_table("publishing_change")
