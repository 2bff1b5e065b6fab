"""approved connections between a minor and an adult

Revision: 0028
After: 0027
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "connection",
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.Column("minor_id", ID, nullable=True),
        sa.Column("adult_id", ID, nullable=False),
        sa.Column("is_open", sa.Boolean(), nullable=True),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("about_sealed", sa.Text(), nullable=True),
        sa.Column("minor_words_sealed", sa.Text(), nullable=True),
        sa.Column("minor_said_at", MOMENT, nullable=True),
        sa.Column("adult_words_sealed", sa.Text(), nullable=True),
        sa.Column("adult_said_at", MOMENT, nullable=True),
        sa.Column("decided_by", ID, nullable=True),
        sa.Column("decided_at", MOMENT, nullable=True),
        sa.Column("reason_sealed", sa.Text(), nullable=True),
        sa.Column("review_on", sa.Date(), nullable=True),
        sa.Column("review_told_at", MOMENT, nullable=True),
        sa.Column("ended_by", ID, nullable=True),
        sa.Column("ended_at", MOMENT, nullable=True),
        sa.Column("ended_why", sa.String(12), nullable=True),
        sa.Column("version", ID, server_default="1", nullable=False),
        sa.CheckConstraint(
            "state IN ('asked', 'waiting', 'approved', 'refused', 'ended')", name=op.f("ck_connection_state")
        ),
        *(
            sa.ForeignKeyConstraint([column], ["member.id"], name=op.f(f"fk_connection_{column}_member"))
            for column in ("minor_id", "adult_id", "decided_by", "ended_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_connection")),
        sa.UniqueConstraint("minor_id", "adult_id", "is_open", name=op.f("uq_connection_minor_id_adult_id_is_open")),
    )
    with op.batch_alter_table("connection") as batch:
        batch.create_index("ix_connection_adult", ["adult_id"])
        batch.create_index("ix_connection_state", ["state", "review_on"])


def downgrade() -> None:
    op.drop_table("connection")
