"""who moves out, and when

Revision: 0030
After: 0029
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "move",
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.Column("member_id", ID, nullable=False),
        sa.Column("house_id", ID, nullable=False),
        sa.Column("to_house_id", ID, nullable=True),
        sa.Column("kind", sa.String(10), nullable=False),
        sa.Column("moves_on", sa.Date(), nullable=False),
        sa.Column("is_open", sa.Boolean(), nullable=True),
        sa.Column("made_by", ID, nullable=False),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.Column("done_at", MOMENT, nullable=True),
        sa.Column("cancelled_by", ID, nullable=True),
        sa.Column("cancelled_at", MOMENT, nullable=True),
        sa.Column("version", ID, server_default="1", nullable=False),
        sa.CheckConstraint("kind IN ('planned', 'other_home', 'sudden')", name=op.f("ck_move_kind")),
        *(
            sa.ForeignKeyConstraint([column], [f"{table}.id"], name=op.f(f"fk_move_{column}_{table}"))
            for column, table in (
                ("member_id", "member"),
                ("house_id", "house"),
                ("to_house_id", "house"),
                ("made_by", "member"),
                ("cancelled_by", "member"),
            )
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_move")),
        sa.UniqueConstraint("member_id", "is_open", name=op.f("uq_move_member_id_is_open")),
    )
    op.create_index("ix_move_day", "move", ["is_open", "moves_on"])


def downgrade() -> None:
    op.drop_table("move")
