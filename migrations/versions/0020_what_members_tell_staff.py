"""what members tell staff, what is not there for them since, and what stands still until a person has decided

Revision: 0020
After: 0019
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
REASONS = "reason IN ('worried', 'unkind', 'unwanted', 'private', 'staff', 'other')"


def upgrade() -> None:
    op.create_table(
        "report",
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.Column("by_id", ID, nullable=False),
        sa.Column("case_id", ID, nullable=False),
        sa.Column("target", sa.String(length=40), nullable=False),
        sa.Column("piece_id", ID, nullable=True),
        sa.Column("piece_version", ID, nullable=True),
        sa.Column("about_id", ID, nullable=True),
        sa.Column("reason", sa.String(length=8), nullable=False),
        sa.Column("words_sealed", sa.Text(), nullable=True),
        sa.Column("kept_sealed", sa.Text(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("hid", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("grouped", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("independent", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(REASONS, name=op.f("ck_report_reason")),
        sa.ForeignKeyConstraint(["about_id"], ["member.id"], name=op.f("fk_report_about_id_member")),
        sa.ForeignKeyConstraint(["by_id"], ["member.id"], name=op.f("fk_report_by_id_member")),
        sa.ForeignKeyConstraint(["case_id"], ["review_case.id"], name=op.f("fk_report_case_id_review_case")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report")),
    )
    with op.batch_alter_table("report", schema=None) as batch_op:
        batch_op.create_index("ix_report_about", ["about_id"], unique=False)
        batch_op.create_index("ix_report_by", ["by_id", "at"], unique=False)
        batch_op.create_index("ix_report_case", ["case_id"], unique=False)

    op.create_table(
        "standstill",
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.Column("case_id", ID, nullable=False),
        sa.Column("exclusion_id", ID, nullable=True),
        sa.Column("sanction_id", ID, nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("(exclusion_id IS NULL) <> (sanction_id IS NULL)", name=op.f("ck_standstill_one_thing")),
        sa.ForeignKeyConstraint(["case_id"], ["review_case.id"], name=op.f("fk_standstill_case_id_review_case")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_standstill")),
    )
    with op.batch_alter_table("standstill", schema=None) as batch_op:
        batch_op.create_index("ix_standstill_case", ["case_id"], unique=False)

    op.create_table(
        "told_piece",
        sa.Column("member_id", ID, nullable=False),
        sa.Column("piece_id", ID, nullable=False),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_told_piece_member_id_member")),
        sa.ForeignKeyConstraint(
            ["piece_id"], ["piece.id"], name=op.f("fk_told_piece_piece_id_piece"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("member_id", "piece_id", name=op.f("pk_told_piece")),
    )


def downgrade() -> None:
    op.drop_table("told_piece")
    op.drop_table("standstill")
    op.drop_table("report")
