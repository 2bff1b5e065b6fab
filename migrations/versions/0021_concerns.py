"""calls for help: what was asked, who was told, what was done; where staff are rung up

Revision: 0021
After: 0022
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0022"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "duty_phone",
        sa.Column("member_id", ID, autoincrement=False, nullable=False),
        sa.Column("phone_sealed", sa.Text(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_duty_phone_member_id_member")),
        sa.PrimaryKeyConstraint("member_id", name=op.f("pk_duty_phone")),
    )
    op.create_table(
        "concern",
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.Column("member_id", ID, nullable=True),
        sa.Column("house_id", ID, nullable=True),
        sa.Column("severity", sa.String(length=8), nullable=False),
        sa.Column("route", sa.String(length=8), nullable=False),
        sa.Column("how", sa.String(length=8), nullable=True),
        sa.Column("words_sealed", sa.Text(), nullable=True),
        sa.Column("phone_sealed", sa.Text(), nullable=True),
        sa.Column("case_id", ID, nullable=True),
        sa.Column("piece_id", ID, nullable=True),
        sa.Column("unnamed", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("client_id", sa.String(length=40), nullable=True),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("chain_since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("chain_from", ID, nullable=False),
        sa.Column("chain_round", ID, nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("first_taken_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("taken_by", ID, nullable=True),
        sa.Column("taken_by_independent", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("step_due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("lapsed_by", ID, nullable=True),
        sa.Column("handed_to", ID, nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_by", ID, nullable=True),
        sa.Column("outcome", sa.String(length=12), nullable=True),
        sa.Column("version", ID, server_default="1", nullable=False),
        sa.CheckConstraint("route IN ('shift', 'leads')", name=op.f("ck_concern_route")),
        sa.CheckConstraint("severity IN ('talk', 'urgent', 'words', 'unread')", name=op.f("ck_concern_severity")),
        sa.CheckConstraint("state IN ('open', 'taken', 'closed')", name=op.f("ck_concern_state")),
        sa.ForeignKeyConstraint(["case_id"], ["review_case.id"], name=op.f("fk_concern_case_id_review_case")),
        sa.ForeignKeyConstraint(["closed_by"], ["member.id"], name=op.f("fk_concern_closed_by_member")),
        sa.ForeignKeyConstraint(["handed_to"], ["member.id"], name=op.f("fk_concern_handed_to_member")),
        sa.ForeignKeyConstraint(["house_id"], ["house.id"], name=op.f("fk_concern_house_id_house")),
        sa.ForeignKeyConstraint(["lapsed_by"], ["member.id"], name=op.f("fk_concern_lapsed_by_member")),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_concern_member_id_member")),
        sa.ForeignKeyConstraint(["taken_by"], ["member.id"], name=op.f("fk_concern_taken_by_member")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_concern")),
        sa.UniqueConstraint("case_id", name=op.f("uq_concern_case_id")),
        sa.UniqueConstraint("member_id", "client_id", name=op.f("uq_concern_member_id_client_id")),
    )
    with op.batch_alter_table("concern", schema=None) as batch_op:
        batch_op.create_index("ix_concern_member", ["member_id", "sent_at"], unique=False)
        batch_op.create_index("ix_concern_state", ["state", "sent_at"], unique=False)

    op.create_table(
        "concern_call",
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.Column("concern_id", ID, nullable=False),
        sa.Column("member_id", ID, nullable=True),
        sa.Column("who", sa.String(length=24), nullable=False),
        sa.Column("channel", sa.String(length=5), nullable=False),
        sa.Column("link", sa.String(length=10), nullable=False),
        sa.Column("round", ID, nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("next_try_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("tries", ID, nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("token_sealed", sa.Text(), nullable=True),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answer", sa.String(length=8), nullable=True),
        sa.CheckConstraint("channel IN ('app', 'mail', 'sms', 'voice')", name=op.f("ck_concern_call_channel")),
        sa.ForeignKeyConstraint(["concern_id"], ["concern.id"], name=op.f("fk_concern_call_concern_id_concern")),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_concern_call_member_id_member")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_concern_call")),
        sa.UniqueConstraint(
            "concern_id", "who", "round", "channel", name=op.f("uq_concern_call_concern_id_who_round_channel")
        ),
        sa.UniqueConstraint("token_hash", name=op.f("uq_concern_call_token_hash")),
    )
    with op.batch_alter_table("concern_call", schema=None) as batch_op:
        batch_op.create_index("ix_concern_call_member", ["member_id", "concern_id"], unique=False)
        batch_op.create_index("ix_concern_call_next", ["next_try_at"], unique=False)

    op.create_table(
        "concern_kept_from",
        sa.Column("concern_id", ID, nullable=False),
        sa.Column("member_id", ID, nullable=False),
        sa.Column("why", sa.String(length=8), nullable=False),
        sa.CheckConstraint("why IN ('about', 'shift', 'named', 'not_him')", name=op.f("ck_concern_kept_from_why")),
        sa.ForeignKeyConstraint(["concern_id"], ["concern.id"], name=op.f("fk_concern_kept_from_concern_id_concern")),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_concern_kept_from_member_id_member")),
        sa.PrimaryKeyConstraint("concern_id", "member_id", name=op.f("pk_concern_kept_from")),
    )
    with op.batch_alter_table("concern_kept_from", schema=None) as batch_op:
        batch_op.create_index("ix_concern_kept_from_member", ["member_id"], unique=False)

    op.create_table(
        "concern_step",
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.Column("concern_id", ID, nullable=False),
        sa.Column("nr", ID, nullable=False),
        sa.Column("by_id", ID, nullable=True),
        sa.Column("what", sa.String(length=12), nullable=False),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.Column("words_sealed", sa.Text(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["member.id"], name=op.f("fk_concern_step_by_id_member")),
        sa.ForeignKeyConstraint(["concern_id"], ["concern.id"], name=op.f("fk_concern_step_concern_id_concern")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_concern_step")),
        sa.UniqueConstraint("concern_id", "nr", name=op.f("uq_concern_step_concern_id_nr")),
    )


def downgrade() -> None:
    for table in ("concern_step", "concern_kept_from", "concern_call", "concern", "duty_phone"):
        op.drop_table(table)
