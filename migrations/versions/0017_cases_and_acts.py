"""cases that wait for a person, what staff decided, objections; a piece that was sent back

Revision: 0017
After: 0016
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
BEFORE = "state IN ('published', 'held', 'delayed', 'hidden', 'removed')"
STATES = "state IN ('published', 'held', 'returned', 'delayed', 'hidden', 'removed')"


def upgrade() -> None:
    op.create_table(
        "review_case",
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.Column("target", sa.String(length=40), nullable=False),
        sa.Column("lane", sa.String(length=8), nullable=False),
        sa.Column("reasons", sa.JSON(), nullable=False),
        sa.Column("harm", ID, nullable=False),
        sa.Column("member_id", ID, nullable=True),
        sa.Column("piece_id", ID, nullable=True),
        sa.Column("space_id", ID, nullable=True),
        sa.Column("house_id", ID, nullable=True),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", ID, nullable=False),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("alert_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("claimed_by", ID, nullable=True),
        sa.Column("claimed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("step_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_by", ID, nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("outcome", sa.String(length=20), nullable=True),
        sa.CheckConstraint("lane IN ('hosts', 'leads')", name=op.f("ck_review_case_lane")),
        sa.CheckConstraint("state IN ('open', 'closed')", name=op.f("ck_review_case_state")),
        sa.ForeignKeyConstraint(["claimed_by"], ["member.id"], name=op.f("fk_review_case_claimed_by_member")),
        sa.ForeignKeyConstraint(["closed_by"], ["member.id"], name=op.f("fk_review_case_closed_by_member")),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_review_case_member_id_member")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_review_case")),
    )
    with op.batch_alter_table("review_case", schema=None) as batch_op:
        batch_op.create_index("ix_review_case_member", ["member_id"], unique=False)
        batch_op.create_index("ix_review_case_piece", ["piece_id"], unique=False)
        batch_op.create_index("ix_review_case_queue", ["state", "lane", "harm", "since"], unique=False)
        batch_op.create_index(
            "uq_review_case_open",
            ["target", "lane"],
            unique=True,
            sqlite_where=sa.text("state = 'open'"),
            postgresql_where=sa.text("state = 'open'"),
        )

    op.create_table(
        "act",
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("by_id", ID, nullable=True),
        sa.Column("member_id", ID, nullable=False),
        sa.Column("case_id", ID, nullable=True),
        sa.Column("piece_id", ID, nullable=True),
        sa.Column("space_id", ID, nullable=True),
        sa.Column("reason", sa.String(length=20), nullable=True),
        sa.Column("words_sealed", sa.Text(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("undone_by", ID, nullable=True),
        sa.ForeignKeyConstraint(["by_id"], ["member.id"], name=op.f("fk_act_by_id_member")),
        sa.ForeignKeyConstraint(["case_id"], ["review_case.id"], name=op.f("fk_act_case_id_review_case")),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_act_member_id_member")),
        sa.ForeignKeyConstraint(["undone_by"], ["member.id"], name=op.f("fk_act_undone_by_member")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_act")),
    )
    with op.batch_alter_table("act", schema=None) as batch_op:
        batch_op.create_index("ix_act_case", ["case_id"], unique=False)
        batch_op.create_index("ix_act_member", ["member_id", "at"], unique=False)

    op.create_table(
        "case_kept_from",
        sa.Column("case_id", ID, nullable=False),
        sa.Column("member_id", ID, nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["review_case.id"], name=op.f("fk_case_kept_from_case_id_review_case")),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_case_kept_from_member_id_member")),
        sa.PrimaryKeyConstraint("case_id", "member_id", name=op.f("pk_case_kept_from")),
    )
    op.create_table(
        "case_step",
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.Column("case_id", ID, nullable=False),
        sa.Column("by_id", ID, nullable=True),
        sa.Column("what", sa.String(length=20), nullable=False),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.Column("note_sealed", sa.Text(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["member.id"], name=op.f("fk_case_step_by_id_member")),
        sa.ForeignKeyConstraint(["case_id"], ["review_case.id"], name=op.f("fk_case_step_case_id_review_case")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_step")),
    )
    with op.batch_alter_table("case_step", schema=None) as batch_op:
        batch_op.create_index("ix_case_step_case", ["case_id", "at"], unique=False)

    op.create_table(
        "appeal",
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.Column("act_id", ID, nullable=False),
        sa.Column("member_id", ID, nullable=False),
        sa.Column("words_sealed", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided_by", ID, nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("right", sa.Boolean(), nullable=True),
        sa.Column("answer_sealed", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["act_id"], ["act.id"], name=op.f("fk_appeal_act_id_act")),
        sa.ForeignKeyConstraint(["decided_by"], ["member.id"], name=op.f("fk_appeal_decided_by_member")),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_appeal_member_id_member")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_appeal")),
    )
    with op.batch_alter_table("appeal", schema=None) as batch_op:
        batch_op.create_index("ix_appeal_act", ["act_id"], unique=True)

    with op.batch_alter_table("piece") as piece:
        piece.drop_constraint(op.f("ck_piece_state"), type_="check")
        piece.create_check_constraint(op.f("ck_piece_state"), STATES)


def downgrade() -> None:
    op.execute("UPDATE piece SET state = 'held' WHERE state = 'returned'")
    with op.batch_alter_table("piece") as piece:
        piece.drop_constraint(op.f("ck_piece_state"), type_="check")
        piece.create_check_constraint(op.f("ck_piece_state"), BEFORE)
    for table in ("appeal", "act", "case_step", "case_kept_from", "review_case"):
        op.drop_table(table)
