"""versions of the house rules, incident mode, who read what, who wrote without a name

Revision: 0023
After: 0021
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0021"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "rules_version",
        sa.Column("version", ID, autoincrement=False, nullable=False),
        sa.Column("sentences", sa.JSON(), nullable=False),
        sa.Column("why_sv", sa.Text(), nullable=False),
        sa.Column("why_en", sa.Text(), nullable=False),
        sa.Column("by_id", ID, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["member.id"], name=op.f("fk_rules_version_by_id_member")),
        sa.PrimaryKeyConstraint("version", name=op.f("pk_rules_version")),
    )
    op.create_table(
        "incident",
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.Column("is_open", sa.Boolean(), nullable=True),
        sa.Column("words_sv", sa.Text(), nullable=False),
        sa.Column("words_en", sa.Text(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("started_by", ID, nullable=True),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_by", ID, nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_why", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["ended_by"], ["member.id"], name=op.f("fk_incident_ended_by_member")),
        sa.ForeignKeyConstraint(["started_by"], ["member.id"], name=op.f("fk_incident_started_by_member")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_incident")),
        sa.UniqueConstraint("is_open", name=op.f("uq_incident_is_open")),
    )
    op.create_table(
        "reading",
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.Column("by_id", ID, nullable=False),
        sa.Column("member_id", ID, nullable=False),
        sa.Column("what", sa.String(length=20), nullable=False),
        sa.Column("reason", sa.String(length=20), nullable=True),
        sa.Column("why_sealed", sa.Text(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["member.id"], name=op.f("fk_reading_by_id_member")),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_reading_member_id_member")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reading")),
    )
    with op.batch_alter_table("reading", schema=None) as batch_op:
        batch_op.create_index("ix_reading_member", ["member_id", "at"], unique=False)

    op.create_table(
        "unmasking",
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.Column("piece_id", ID, nullable=False),
        sa.Column("asked_by", ID, nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("alone", sa.Boolean(), nullable=False),
        sa.Column("why_sealed", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("second_by", ID, nullable=True),
        sa.Column("second_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("right", sa.Boolean(), nullable=True),
        sa.Column("answer_sealed", sa.Text(), nullable=True),
        sa.CheckConstraint("state IN ('asked', 'open', 'refused')", name=op.f("ck_unmasking_state")),
        sa.ForeignKeyConstraint(["asked_by"], ["member.id"], name=op.f("fk_unmasking_asked_by_member")),
        sa.ForeignKeyConstraint(["piece_id"], ["piece.id"], name=op.f("fk_unmasking_piece_id_piece")),
        sa.ForeignKeyConstraint(["second_by"], ["member.id"], name=op.f("fk_unmasking_second_by_member")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_unmasking")),
    )
    with op.batch_alter_table("unmasking", schema=None) as batch_op:
        batch_op.create_index(
            "uq_unmasking_live",
            ["piece_id", "asked_by"],
            unique=True,
            sqlite_where=sa.text("state <> 'refused'"),
            postgresql_where=sa.text("state <> 'refused'"),
        )


def downgrade() -> None:
    for table in ("unmasking", "reading", "incident", "rules_version"):
        op.drop_table(table)
