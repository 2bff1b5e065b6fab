"""ways back in: e-mail addresses, letters, links and requests

Revision: 0004
After: 0002
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "outbox_letter",
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.Column("cause", sa.String(length=80), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("to_hash", sa.String(length=64), nullable=False),
        sa.Column("to_sealed", sa.Text(), nullable=True),
        sa.Column("secret_sealed", sa.Text(), nullable=True),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("good_until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("next_try_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("tries", ID, nullable=False),
        sa.Column("leased_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("given_up_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outbox_letter")),
        sa.UniqueConstraint("cause", "to_hash", name=op.f("uq_outbox_letter_cause_to_hash")),
    )
    with op.batch_alter_table("outbox_letter", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_outbox_letter_next_try_at"), ["next_try_at"], unique=False)

    op.create_table(
        "way_in_mail_ask",
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.Column("said_sealed", sa.Text(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_way_in_mail_ask")),
    )
    op.create_table(
        "email_address",
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.Column("member_id", ID, nullable=False),
        sa.Column("address_sealed", sa.Text(), nullable=False),
        sa.Column("address_hash", sa.String(length=64), nullable=False),
        sa.Column("link_hash", sa.String(length=64), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_email_address_member_id_member")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_email_address")),
        sa.UniqueConstraint("link_hash", name=op.f("uq_email_address_link_hash")),
    )
    with op.batch_alter_table("email_address", schema=None) as batch_op:
        batch_op.create_index("ix_email_address_hash", ["address_hash"], unique=False)
        batch_op.create_index("ix_email_address_member", ["member_id"], unique=False)

    op.create_table(
        "way_in_request",
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("name_key", sa.String(length=64), nullable=False),
        sa.Column("place_key", sa.String(length=64), nullable=False),
        sa.Column("first_id", ID, nullable=True),
        sa.Column("times", ID, nullable=False),
        sa.Column("name_sealed", sa.Text(), nullable=True),
        sa.Column("years_sealed", sa.Text(), nullable=True),
        sa.Column("phone_sealed", sa.Text(), nullable=True),
        sa.Column("words_sealed", sa.Text(), nullable=True),
        sa.Column("house_id", ID, nullable=True),
        sa.Column("member_id", ID, nullable=True),
        sa.Column("checked_by", ID, nullable=True),
        sa.Column("checked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("checked_with_sealed", sa.Text(), nullable=True),
        sa.Column("confirmed_by", ID, nullable=True),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_by", ID, nullable=True),
        sa.Column("reason_sealed", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "state IN ('open', 'confirmed', 'done', 'refused', 'withdrawn', 'stopped')",
            name=op.f("ck_way_in_request_state"),
        ),
        sa.ForeignKeyConstraint(["checked_by"], ["member.id"], name=op.f("fk_way_in_request_checked_by_member")),
        sa.ForeignKeyConstraint(["closed_by"], ["member.id"], name=op.f("fk_way_in_request_closed_by_member")),
        sa.ForeignKeyConstraint(["confirmed_by"], ["member.id"], name=op.f("fk_way_in_request_confirmed_by_member")),
        sa.ForeignKeyConstraint(
            ["first_id"], ["way_in_request.id"], name=op.f("fk_way_in_request_first_id_way_in_request")
        ),
        sa.ForeignKeyConstraint(["house_id"], ["house.id"], name=op.f("fk_way_in_request_house_id_house")),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_way_in_request_member_id_member")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_way_in_request")),
    )
    with op.batch_alter_table("way_in_request", schema=None) as batch_op:
        batch_op.create_index("ix_way_in_request_asked", ["asked_at"], unique=False)

    op.create_table(
        "way_in",
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.Column("member_id", ID, nullable=False),
        sa.Column("how", sa.String(length=8), nullable=False),
        sa.Column("link_hash", sa.String(length=64), nullable=False),
        sa.Column("stop_hash", sa.String(length=64), nullable=True),
        sa.Column("request_id", ID, nullable=True),
        sa.Column("made_by", ID, nullable=True),
        sa.Column("checked_by", ID, nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("stopped_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("stopped_how", sa.String(length=8), nullable=True),
        sa.CheckConstraint("how IN ('staff', 'request', 'mail', 'server')", name=op.f("ck_way_in_how")),
        sa.ForeignKeyConstraint(["checked_by"], ["member.id"], name=op.f("fk_way_in_checked_by_member")),
        sa.ForeignKeyConstraint(["made_by"], ["member.id"], name=op.f("fk_way_in_made_by_member")),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_way_in_member_id_member")),
        sa.ForeignKeyConstraint(
            ["request_id"], ["way_in_request.id"], name=op.f("fk_way_in_request_id_way_in_request")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_way_in")),
        sa.UniqueConstraint("link_hash", name=op.f("uq_way_in_link_hash")),
        sa.UniqueConstraint("stop_hash", name=op.f("uq_way_in_stop_hash")),
    )
    with op.batch_alter_table("way_in", schema=None) as batch_op:
        batch_op.create_index("ix_way_in_member", ["member_id"], unique=False)

    op.create_table(
        "way_in_vouch",
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.Column("request_id", ID, nullable=False),
        sa.Column("member_id", ID, nullable=False),
        sa.Column("asked_by", ID, nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answer", sa.Boolean(), nullable=True),
        sa.ForeignKeyConstraint(["asked_by"], ["member.id"], name=op.f("fk_way_in_vouch_asked_by_member")),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_way_in_vouch_member_id_member")),
        sa.ForeignKeyConstraint(
            ["request_id"], ["way_in_request.id"], name=op.f("fk_way_in_vouch_request_id_way_in_request")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_way_in_vouch")),
        sa.UniqueConstraint("request_id", "member_id", name=op.f("uq_way_in_vouch_request_id_member_id")),
    )
    with op.batch_alter_table("way_in_vouch", schema=None) as batch_op:
        batch_op.create_index("ix_way_in_vouch_member", ["member_id"], unique=False)

    with op.batch_alter_table("member", schema=None) as batch_op:
        batch_op.add_column(sa.Column("frozen_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("private_shut_until", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("way_in_id", ID, nullable=True))
