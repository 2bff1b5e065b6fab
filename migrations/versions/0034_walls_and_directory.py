"""what staff decide about keeping two people apart, and who wants to be found by name

Revision: 0034
After: 0032
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0034"
down_revision = "0032"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "separation",
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.Column("low_id", ID, nullable=False),
        sa.Column("high_id", ID, nullable=False),
        sa.Column("is_open", sa.Boolean(), nullable=True),
        sa.Column("level", sa.String(8), nullable=False),
        sa.Column("reason_sealed", sa.Text(), nullable=False),
        sa.Column("review_on", sa.Date(), nullable=False),
        sa.Column("review_told_at", MOMENT, nullable=True),
        sa.Column("made_by", ID, nullable=False),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.Column("changed_by", ID, nullable=True),
        sa.Column("changed_at", MOMENT, nullable=True),
        sa.Column("ended_by", ID, nullable=True),
        sa.Column("ended_at", MOMENT, nullable=True),
        sa.Column("ended_why_sealed", sa.Text(), nullable=True),
        sa.Column("version", ID, server_default="1", nullable=False),
        sa.CheckConstraint("level IN ('total', 'private', 'chat')", name=op.f("ck_separation_level")),
        sa.CheckConstraint("low_id < high_id", name=op.f("ck_separation_ordered")),
        *(
            sa.ForeignKeyConstraint([column], ["member.id"], name=op.f(f"fk_separation_{column}_member"))
            for column in ("low_id", "high_id", "made_by", "changed_by", "ended_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_separation")),
        sa.UniqueConstraint("low_id", "high_id", "is_open", name=op.f("uq_separation_low_id_high_id_is_open")),
    )
    op.create_index("ix_separation_high", "separation", ["high_id"])
    op.create_index("ix_separation_review", "separation", ["is_open", "review_on"])

    op.create_table(
        "directory_entry",
        sa.Column("member_id", ID, autoincrement=False, nullable=False),
        sa.Column("shows_picture", sa.Boolean(), nullable=False),
        sa.Column("shows_house", sa.Boolean(), nullable=False),
        sa.Column("shows_years", sa.Boolean(), nullable=False),
        sa.Column("opened_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_directory_entry_member_id_member")),
        sa.PrimaryKeyConstraint("member_id", name=op.f("pk_directory_entry")),
    )


def downgrade() -> None:
    op.drop_table("directory_entry")
    op.drop_table("separation")
