"""the house's own word lists with their history, what was heard, and whether it was meant

Revision: 0016
After: 0013
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "heard",
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.Column("member_id", ID, nullable=False),
        sa.Column("piece_id", ID, nullable=True),
        sa.Column("surface", sa.String(length=20), nullable=False),
        sa.Column("outcome", sa.String(length=8), nullable=False),
        sa.Column("grade", sa.String(length=8), nullable=False),
        sa.Column("alert", sa.Boolean(), nullable=False),
        sa.Column("keys", sa.JSON(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_heard_member_id_member")),
        sa.ForeignKeyConstraint(["piece_id"], ["piece.id"], name=op.f("fk_heard_piece_id_piece")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_heard")),
    )
    with op.batch_alter_table("heard", schema=None) as batch_op:
        batch_op.create_index("ix_heard_at", ["at"], unique=False)
        batch_op.create_index("ix_heard_piece", ["piece_id"], unique=False)
    op.create_table(
        "list_phrase",
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.Column("action", sa.String(length=8), nullable=False),
        sa.Column("phrase", sa.String(length=200), nullable=False),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("added_by", ID, nullable=False),
        sa.CheckConstraint("language IN ('sv', 'en')", name=op.f("ck_list_phrase_language")),
        sa.ForeignKeyConstraint(["added_by"], ["member.id"], name=op.f("fk_list_phrase_added_by_member")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_list_phrase")),
        sa.UniqueConstraint("action", "phrase", name=op.f("uq_list_phrase_action_phrase")),
    )
    op.create_table(
        "list_switch",
        sa.Column("key", sa.String(length=400), nullable=False),
        sa.Column("off_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("off_by", ID, nullable=False),
        sa.ForeignKeyConstraint(["off_by"], ["member.id"], name=op.f("fk_list_switch_off_by_member")),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_list_switch")),
    )
    op.create_table(
        "list_change",
        sa.Column("version", ID, autoincrement=False, nullable=False),
        sa.Column("mark", ID, nullable=False),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("key", sa.String(length=400), nullable=False),
        sa.Column("reason", sa.String(length=200), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", ID, nullable=False),
        sa.CheckConstraint("kind IN ('added', 'removed', 'off', 'on', 'kept')", name=op.f("ck_list_change_kind")),
        sa.ForeignKeyConstraint(["by_id"], ["member.id"], name=op.f("fk_list_change_by_id_member")),
        sa.PrimaryKeyConstraint("version", name=op.f("pk_list_change")),
    )
    op.create_table(
        "phrase_record",
        sa.Column("key", sa.String(length=400), nullable=False),
        sa.Column("right", ID, nullable=False),
        sa.Column("wrong", ID, nullable=False),
        sa.Column("put_up_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_phrase_record")),
    )
    op.create_table(
        "judgement",
        sa.Column("heard_id", ID, nullable=False),
        sa.Column("key", sa.String(length=400), nullable=False),
        sa.Column("right", sa.Boolean(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", ID, nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["member.id"], name=op.f("fk_judgement_by_id_member")),
        sa.ForeignKeyConstraint(
            ["heard_id"], ["heard.id"], name=op.f("fk_judgement_heard_id_heard"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("heard_id", "key", name=op.f("pk_judgement")),
    )


def downgrade() -> None:
    for table in ("judgement", "phrase_record", "list_change", "list_switch", "list_phrase", "heard"):
        op.drop_table(table)
