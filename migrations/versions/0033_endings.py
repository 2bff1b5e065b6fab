"""leaving work, starting to work here, remembrance

Revision: 0033
After: 0032
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0033"
down_revision = "0032"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    with op.batch_alter_table("member") as batch:
        batch.add_column(sa.Column("remembered_at", MOMENT, nullable=True))
        batch.add_column(sa.Column("new_contact_id", ID, nullable=True))
    op.create_table(
        "work_end",
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.Column("member_id", ID, nullable=False),
        sa.Column("successor_id", ID, nullable=False),
        sa.Column("next_manager", ID, nullable=True),
        sa.Column("next_lead", ID, nullable=True),
        sa.Column("leaves_on", sa.Date(), nullable=False),
        sa.Column("was_to_on", sa.Date(), nullable=True),
        sa.Column("note_sealed", sa.Text(), nullable=True),
        sa.Column("is_open", sa.Boolean(), nullable=True),
        sa.Column("made_by", ID, nullable=False),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.Column("done_at", MOMENT, nullable=True),
        sa.Column("cancelled_by", ID, nullable=True),
        sa.Column("cancelled_at", MOMENT, nullable=True),
        sa.CheckConstraint("successor_id <> member_id", name=op.f("ck_work_end_somebody_else")),
        *_keys("work_end", "member_id", "successor_id", "next_manager", "next_lead", "made_by", "cancelled_by"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_work_end")),
        sa.UniqueConstraint("member_id", "is_open", name=op.f("uq_work_end_member_id_is_open")),
    )
    op.create_index("ix_work_end_day", "work_end", ["is_open", "leaves_on"])
    op.create_table(
        "new_contact",
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.Column("work_end_id", ID, nullable=False),
        sa.Column("member_id", ID, nullable=False),
        sa.Column("from_id", ID, nullable=False),
        sa.Column("to_id", ID, nullable=True),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("seen_at", MOMENT, nullable=True),
        sa.Column("declined_at", MOMENT, nullable=True),
        *_keys("new_contact", "member_id", "from_id", "to_id"),
        *_keys("new_contact", "work_end_id", to="work_end"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_new_contact")),
        sa.UniqueConstraint("work_end_id", "member_id", name=op.f("uq_new_contact_work_end_id_member_id")),
    )
    op.create_index("ix_new_contact_member", "new_contact", ["member_id", "at"])
    op.create_table(
        "two_person_turn",
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.Column("member_id", ID, nullable=False),
        sa.Column("kind", sa.String(12), nullable=False),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("is_open", sa.Boolean(), nullable=True),
        sa.Column("house_id", ID, nullable=True),
        sa.Column("from_on", sa.Date(), nullable=True),
        sa.Column("asked_by", ID, nullable=False),
        sa.Column("asked_at", MOMENT, nullable=False),
        sa.Column("why_sealed", sa.Text(), nullable=False),
        sa.Column("answered_by", ID, nullable=True),
        sa.Column("answered_at", MOMENT, nullable=True),
        sa.Column("answer_sealed", sa.Text(), nullable=True),
        sa.CheckConstraint("kind IN ('start_work', 'remember')", name=op.f("ck_two_person_turn_kind")),
        sa.CheckConstraint("state IN ('asked', 'done', 'refused', 'withdrawn')", name=op.f("ck_two_person_turn_state")),
        sa.CheckConstraint(
            "answered_by IS NULL OR answered_by <> asked_by", name=op.f("ck_two_person_turn_somebody_else")
        ),
        *_keys("two_person_turn", "member_id", "asked_by", "answered_by"),
        *_keys("two_person_turn", "house_id", to="house"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_two_person_turn")),
        sa.UniqueConstraint("member_id", "kind", "is_open", name=op.f("uq_two_person_turn_member_id_kind_is_open")),
    )


def _keys(table: str, *columns: str, to: str = "member") -> list[sa.ForeignKeyConstraint]:
    return [
        sa.ForeignKeyConstraint([column], [f"{to}.id"], name=op.f(f"fk_{table}_{column}_{to}")) for column in columns
    ]


def downgrade() -> None:
    for table in ("two_person_turn", "new_contact", "work_end"):
        op.drop_table(table)
    with op.batch_alter_table("member") as batch:
        batch.drop_column("new_contact_id")
        batch.drop_column("remembered_at")
