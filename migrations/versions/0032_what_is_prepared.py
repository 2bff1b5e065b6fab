"""what somebody on her way prepares, and private cards

Revision: 0032
After: 0031
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0032"
down_revision = "0031"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)


def _key(table: str, columns: dict[str, str]) -> list[sa.ForeignKeyConstraint]:
    return [
        sa.ForeignKeyConstraint([column], [f"{other}.id"], name=op.f(f"fk_{table}_{column}_{other}"))
        for column, other in columns.items()
    ]


def upgrade() -> None:
    op.create_table(
        "own_card",
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.Column("member_id", ID, nullable=False),
        sa.Column("kind", sa.String(10), nullable=False),
        sa.Column("about_id", ID, nullable=False),
        sa.Column("what", sa.String(12), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("read_at", MOMENT, nullable=True),
        sa.Column("done_at", MOMENT, nullable=True),
        sa.Column("mail_due_at", MOMENT, nullable=True),
        sa.Column("letter_id", ID, nullable=True),
        sa.CheckConstraint("kind IN ('check_in', 'farewell', 'letters', 'welcome')", name=op.f("ck_own_card_kind")),
        *_key("own_card", {"member_id": "member"}),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_own_card")),
        sa.UniqueConstraint("member_id", "kind", "about_id", name=op.f("uq_own_card_member_id_kind_about_id")),
    )
    op.create_index("ix_own_card_waits", "own_card", ["member_id", "done_at"])
    op.create_index("ix_own_card_mail", "own_card", ["mail_due_at"])
    op.create_index("ix_own_card_letter", "own_card", ["letter_id"])
    op.create_table(
        "move_line",
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.Column("owner_id", ID, nullable=False),
        sa.Column("start", sa.String(8), nullable=True),
        sa.Column("place", ID, nullable=False),
        sa.Column("text_sealed", sa.Text(), nullable=True),
        sa.Column("note_sealed", sa.Text(), nullable=True),
        sa.Column("stream_id", ID, nullable=True),
        sa.Column("added_by", ID, nullable=False),
        sa.Column("added_at", MOMENT, nullable=False),
        sa.Column("done_by", ID, nullable=True),
        sa.Column("done_at", MOMENT, nullable=True),
        sa.Column("version", ID, server_default="1", nullable=False),
        sa.CheckConstraint("start IN ('home', 'bank', 'doctor', 'money', 'people')", name=op.f("ck_move_line_start")),
        *_key("move_line", {"owner_id": "member", "stream_id": "stream", "added_by": "member", "done_by": "member"}),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_move_line")),
        sa.UniqueConstraint("owner_id", "start", name=op.f("uq_move_line_owner_id_start")),
    )
    op.create_index(op.f("ix_move_line_owner_id"), "move_line", ["owner_id"])
    op.create_table(
        "kept_person",
        sa.Column("member_id", ID, autoincrement=False, nullable=False),
        sa.Column("other_id", ID, autoincrement=False, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        *_key("kept_person", {"member_id": "member", "other_id": "member"}),
        sa.PrimaryKeyConstraint("member_id", "other_id", name=op.f("pk_kept_person")),
    )
    op.create_table(
        "move_wish",
        sa.Column("move_id", ID, autoincrement=False, nullable=False),
        sa.Column("member_id", ID, nullable=False),
        sa.Column("letters", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("asks", sa.Boolean(), server_default=sa.true(), nullable=False),
        sa.Column("changed_at", MOMENT, nullable=False),
        *_key("move_wish", {"move_id": "move", "member_id": "member"}),
        sa.PrimaryKeyConstraint("move_id", name=op.f("pk_move_wish")),
    )
    op.create_index(op.f("ix_move_wish_member_id"), "move_wish", ["member_id"])
    op.create_table(
        "farewell_letter",
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.Column("move_id", ID, nullable=False),
        sa.Column("to_id", ID, nullable=False),
        sa.Column("by_id", ID, nullable=False),
        sa.Column("text_sealed", sa.Text(), nullable=False),
        sa.Column("state", sa.String(8), nullable=False),
        sa.Column("written_at", MOMENT, nullable=False),
        sa.Column("changed_at", MOMENT, nullable=False),
        sa.Column("opened_at", MOMENT, nullable=True),
        sa.Column("told_at", MOMENT, nullable=True),
        sa.Column("version", ID, server_default="1", nullable=False),
        sa.CheckConstraint("state IN ('sealed', 'held', 'returned')", name=op.f("ck_farewell_letter_state")),
        *_key("farewell_letter", {"move_id": "move", "to_id": "member", "by_id": "member"}),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_farewell_letter")),
        sa.UniqueConstraint("move_id", "by_id", name=op.f("uq_farewell_letter_move_id_by_id")),
    )
    op.create_index("ix_farewell_letter_to", "farewell_letter", ["to_id", "state"])
    op.create_index("ix_farewell_letter_by", "farewell_letter", ["by_id"])
    op.create_table(
        "move_check_in",
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.Column("move_id", ID, nullable=False),
        sa.Column("member_id", ID, nullable=False),
        sa.Column("step", sa.String(10), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("asked_at", MOMENT, nullable=False),
        sa.Column("answer", sa.String(4), nullable=True),
        sa.Column("answered_at", MOMENT, nullable=True),
        sa.CheckConstraint(
            "step IN ('week', 'month', 'months_3', 'months_6', 'year')", name=op.f("ck_move_check_in_step")
        ),
        sa.CheckConstraint("answer IN ('fine', 'call', 'no')", name=op.f("ck_move_check_in_answer")),
        *_key("move_check_in", {"move_id": "move", "member_id": "member"}),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_move_check_in")),
        sa.UniqueConstraint("move_id", "step", name=op.f("uq_move_check_in_move_id_step")),
    )
    op.create_index("ix_move_check_in_member", "move_check_in", ["member_id"])
    op.create_table(
        "move_adult",
        sa.Column("move_id", ID, autoincrement=False, nullable=False),
        sa.Column("member_id", ID, nullable=False),
        sa.Column("adult_id", ID, nullable=False),
        sa.Column("until_on", sa.Date(), nullable=False),
        sa.Column("named_by", ID, nullable=False),
        sa.Column("named_at", MOMENT, nullable=False),
        *_key("move_adult", {"move_id": "move", "member_id": "member", "adult_id": "member", "named_by": "member"}),
        sa.PrimaryKeyConstraint("move_id", name=op.f("pk_move_adult")),
    )
    op.create_index(op.f("ix_move_adult_member_id"), "move_adult", ["member_id"])
    op.create_index(op.f("ix_move_adult_adult_id"), "move_adult", ["adult_id"])


def downgrade() -> None:
    for table in (
        "move_adult", "move_check_in", "farewell_letter", "move_wish", "kept_person", "move_line", "own_card"
    ):  # fmt: skip
        op.drop_table(table)
