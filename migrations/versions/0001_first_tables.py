"""first tables

Revision: 0001
After:
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")

APPEND_ONLY_SQLITE = (
    "CREATE TRIGGER audit_line_no_update BEFORE UPDATE ON audit_line "
    "BEGIN SELECT RAISE(ABORT, 'the audit chain is append-only'); END",
    "CREATE TRIGGER audit_line_no_delete BEFORE DELETE ON audit_line "
    "BEGIN SELECT RAISE(ABORT, 'the audit chain is append-only'); END",
)
APPEND_ONLY_POSTGRESQL = (
    "CREATE FUNCTION audit_line_append_only() RETURNS trigger LANGUAGE plpgsql AS "
    "$$ BEGIN RAISE EXCEPTION 'the audit chain is append-only'; END $$",
    "CREATE TRIGGER audit_line_append_only BEFORE UPDATE OR DELETE ON audit_line "
    "FOR EACH ROW EXECUTE FUNCTION audit_line_append_only()",
)


def upgrade() -> None:
    op.create_table(
        "announcement",
        sa.Column("id", ID, autoincrement=True, nullable=False),
        sa.Column("room", sa.String(length=60), nullable=False),
        sa.Column("event", sa.String(length=40), nullable=False),
        sa.Column("ids", sa.JSON(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_announcement")),
    )
    with op.batch_alter_table("announcement", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_announcement_created_at"), ["created_at"], unique=False)

    op.create_table(
        "audit_head",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("n", ID, nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_head")),
    )
    op.create_table(
        "audit_line",
        sa.Column("n", ID, autoincrement=False, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor_id", ID, nullable=True),
        sa.Column("act", sa.String(length=60), nullable=False),
        sa.Column("subject", sa.String(length=80), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("n", name=op.f("pk_audit_line")),
    )
    op.create_table(
        "clock_offset",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("microseconds", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_clock_offset")),
    )
    op.create_table(
        "house",
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_house")),
        sa.UniqueConstraint("name", name=op.f("uq_house_name")),
    )
    op.create_table(
        "job_occurrence",
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.Column("job", sa.String(length=60), nullable=False),
        sa.Column("what", sa.String(length=120), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("leased_until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_job_occurrence")),
        sa.UniqueConstraint("job", "what", "due_at", name=op.f("uq_job_occurrence_job_what_due_at")),
    )
    op.create_table(
        "member",
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.Column("sign_in_name", sa.String(length=60), nullable=False),
        sa.Column("display_name", sa.String(length=80), nullable=False),
        sa.Column("password_hash", sa.String(length=200), nullable=False),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("avatar", sa.String(length=8), nullable=True),
        sa.Column("colour", sa.String(length=1), nullable=False),
        sa.Column("birth_on_sealed", sa.Text(), nullable=True),
        sa.Column("adult_checked_by", ID, nullable=True),
        sa.Column("adult_checked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("protected", sa.Boolean(), nullable=False),
        sa.Column("rules_version", ID, nullable=False),
        sa.Column("joined_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("hello_again_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("hello_asked", ID, nullable=False),
        sa.Column("left_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["adult_checked_by"], ["member.id"], name=op.f("fk_member_adult_checked_by_member")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_member")),
        sa.UniqueConstraint("sign_in_name", name=op.f("uq_member_sign_in_name")),
    )
    op.create_table(
        "draft",
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.Column("member_id", ID, nullable=False),
        sa.Column("place", sa.String(length=40), nullable=False),
        sa.Column("sealed", sa.Text(), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_draft_member_id_member")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_draft")),
        sa.UniqueConstraint("member_id", "place", name=op.f("uq_draft_member_id_place")),
    )
    op.create_table(
        "duty",
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.Column("member_id", ID, nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("resident_id", ID, nullable=True),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("to_on", sa.Date(), nullable=True),
        sa.Column("given_by", ID, nullable=True),
        sa.CheckConstraint(
            "kind IN ('moderator', 'safeguarding_lead', 'house_manager', 'facilitator', 'key_worker')",
            name=op.f("ck_duty_kind"),
        ),
        sa.ForeignKeyConstraint(["given_by"], ["member.id"], name=op.f("fk_duty_given_by_member")),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_duty_member_id_member")),
        sa.ForeignKeyConstraint(["resident_id"], ["member.id"], name=op.f("fk_duty_resident_id_member")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_duty")),
    )
    with op.batch_alter_table("duty", schema=None) as batch_op:
        batch_op.create_index("ix_duty_member", ["member_id"], unique=False)

    op.create_table(
        "exclusion",
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.Column("low_id", ID, nullable=False),
        sa.Column("high_id", ID, nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("made_by", ID, nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("kind IN ('block', 'separation')", name=op.f("ck_exclusion_kind")),
        sa.CheckConstraint("low_id < high_id", name=op.f("ck_exclusion_ordered")),
        sa.ForeignKeyConstraint(["high_id"], ["member.id"], name=op.f("fk_exclusion_high_id_member")),
        sa.ForeignKeyConstraint(["low_id"], ["member.id"], name=op.f("fk_exclusion_low_id_member")),
        sa.ForeignKeyConstraint(["made_by"], ["member.id"], name=op.f("fk_exclusion_made_by_member")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_exclusion")),
        sa.UniqueConstraint(
            "low_id", "high_id", "kind", "made_by", name=op.f("uq_exclusion_low_id_high_id_kind_made_by")
        ),
    )
    with op.batch_alter_table("exclusion", schema=None) as batch_op:
        batch_op.create_index("ix_exclusion_high", ["high_id"], unique=False)

    op.create_table(
        "invitation",
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.Column("link_hash", sa.String(length=64), nullable=False),
        sa.Column("code_hash", sa.String(length=64), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("house_id", ID, nullable=False),
        sa.Column("preset_name", sa.String(length=80), nullable=True),
        sa.Column("birth_on_sealed", sa.Text(), nullable=True),
        sa.Column("adult_checked", sa.Boolean(), nullable=False),
        sa.Column("duty", sa.String(length=20), nullable=True),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("key_worker_id", ID, nullable=True),
        sa.Column("made_by", ID, nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("used_by", ID, nullable=True),
        sa.Column("cancelled_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("kind IN ('resident', 'alumnus', 'staff')", name=op.f("ck_invitation_kind")),
        sa.ForeignKeyConstraint(["house_id"], ["house.id"], name=op.f("fk_invitation_house_id_house")),
        sa.ForeignKeyConstraint(["key_worker_id"], ["member.id"], name=op.f("fk_invitation_key_worker_id_member")),
        sa.ForeignKeyConstraint(["made_by"], ["member.id"], name=op.f("fk_invitation_made_by_member")),
        sa.ForeignKeyConstraint(["used_by"], ["member.id"], name=op.f("fk_invitation_used_by_member")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invitation")),
        sa.UniqueConstraint("code_hash", name=op.f("uq_invitation_code_hash")),
        sa.UniqueConstraint("link_hash", name=op.f("uq_invitation_link_hash")),
    )
    op.create_table(
        "membership_period",
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.Column("member_id", ID, nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("house_id", ID, nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("to_on", sa.Date(), nullable=True),
        sa.CheckConstraint("kind IN ('resident', 'alumnus', 'staff')", name=op.f("ck_membership_period_kind")),
        sa.ForeignKeyConstraint(["house_id"], ["house.id"], name=op.f("fk_membership_period_house_id_house")),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_membership_period_member_id_member")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_membership_period")),
    )
    with op.batch_alter_table("membership_period", schema=None) as batch_op:
        batch_op.create_index("ix_membership_period_member_from", ["member_id", "from_on"], unique=False)

    op.create_table(
        "sanction",
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.Column("member_id", ID, nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("space_id", ID, nullable=True),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("given_by", ID, nullable=True),
        sa.CheckConstraint("kind IN ('cooled_off', 'paused', 'suspended', 'break')", name=op.f("ck_sanction_kind")),
        sa.ForeignKeyConstraint(["given_by"], ["member.id"], name=op.f("fk_sanction_given_by_member")),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_sanction_member_id_member")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sanction")),
    )
    with op.batch_alter_table("sanction", schema=None) as batch_op:
        batch_op.create_index("ix_sanction_member", ["member_id"], unique=False)

    op.create_table(
        "sign_in_session",
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("member_id", ID, nullable=False),
        sa.Column("kept", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_why", sa.String(length=20), nullable=True),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_sign_in_session_member_id_member")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_in_session")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_sign_in_session_token_hash")),
    )
    with op.batch_alter_table("sign_in_session", schema=None) as batch_op:
        batch_op.create_index("ix_sign_in_session_member", ["member_id"], unique=False)

    op.create_table(
        "space",
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.Column("slug", sa.String(length=40), nullable=False),
        sa.Column("name_sv", sa.String(length=60), nullable=False),
        sa.Column("name_en", sa.String(length=60), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("audience", sa.String(length=12), nullable=False),
        sa.Column("writers", sa.String(length=12), nullable=False),
        sa.Column("house_id", ID, nullable=True),
        sa.Column("colour", sa.String(length=10), nullable=False),
        sa.Column("position", ID, nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("(audience = 'house') = (house_id IS NOT NULL)", name=op.f("ck_space_house")),
        sa.CheckConstraint("audience IN ('all', 'house', 'moved_out', 'staff')", name=op.f("ck_space_audience")),
        sa.CheckConstraint("kind IN ('talk', 'questions', 'memories', 'ideas', 'staff')", name=op.f("ck_space_kind")),
        sa.CheckConstraint("writers IN ('readers', 'staff')", name=op.f("ck_space_writers")),
        sa.ForeignKeyConstraint(["house_id"], ["house.id"], name=op.f("fk_space_house_id_house")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_space")),
        sa.UniqueConstraint("slug", name=op.f("uq_space_slug")),
    )
    op.create_table(
        "stream",
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("space_id", ID, nullable=False),
        sa.Column("seq", ID, nullable=False),
        sa.Column("last_nr", ID, nullable=False),
        sa.Column("active_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("listed", sa.Boolean(), nullable=False),
        sa.Column("gentle", sa.Boolean(), nullable=False),
        sa.Column("opening_id", ID, nullable=True),
        sa.ForeignKeyConstraint(["space_id"], ["space.id"], name=op.f("fk_stream_space_id_space")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stream")),
    )
    with op.batch_alter_table("stream", schema=None) as batch_op:
        batch_op.create_index("ix_stream_active", ["listed", "active_at", "id"], unique=False)
        batch_op.create_index("ix_stream_feed", ["space_id", "listed", "active_at", "id"], unique=False)

    op.create_table(
        "piece",
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.Column("stream_id", ID, nullable=False),
        sa.Column("author_id", ID, nullable=False),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("nr", ID, nullable=True),
        sa.Column("version", ID, nullable=False),
        sa.Column("seq", ID, nullable=False),
        sa.Column("title", sa.String(length=200), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("html", sa.Text(), nullable=False),
        sa.Column("lang", sa.String(length=2), nullable=False),
        sa.Column("client_id", sa.String(length=36), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("edited_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("kind IN ('opening', 'reply')", name=op.f("ck_piece_kind")),
        sa.CheckConstraint("state IN ('published', 'held', 'hidden', 'removed')", name=op.f("ck_piece_state")),
        sa.ForeignKeyConstraint(["author_id"], ["member.id"], name=op.f("fk_piece_author_id_member")),
        sa.ForeignKeyConstraint(["stream_id"], ["stream.id"], name=op.f("fk_piece_stream_id_stream")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_piece")),
        sa.UniqueConstraint("author_id", "client_id", name=op.f("uq_piece_author_id_client_id")),
        sa.UniqueConstraint("stream_id", "nr", name=op.f("uq_piece_stream_id_nr")),
    )
    with op.batch_alter_table("piece", schema=None) as batch_op:
        batch_op.create_index("ix_piece_author", ["author_id", "written_at"], unique=False)

    op.create_table(
        "read_mark",
        sa.Column("member_id", ID, nullable=False),
        sa.Column("stream_id", ID, nullable=False),
        sa.Column("nr", ID, nullable=False),
        sa.Column("marked_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_read_mark_member_id_member")),
        sa.ForeignKeyConstraint(["stream_id"], ["stream.id"], name=op.f("fk_read_mark_stream_id_stream")),
        sa.PrimaryKeyConstraint("member_id", "stream_id", name=op.f("pk_read_mark")),
    )
    op.create_table(
        "stream_event",
        sa.Column("stream_id", ID, nullable=False),
        sa.Column("seq", ID, autoincrement=False, nullable=False),
        sa.Column("prev", ID, nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("piece_id", ID, nullable=False),
        sa.Column("by_id", ID, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["stream_id"], ["stream.id"], name=op.f("fk_stream_event_stream_id_stream")),
        sa.PrimaryKeyConstraint("stream_id", "seq", name=op.f("pk_stream_event")),
    )
    op.create_table(
        "thread",
        sa.Column("stream_id", ID, nullable=False),
        sa.Column("mode", sa.String(length=8), nullable=False),
        sa.Column("just_listen", sa.Boolean(), nullable=False),
        sa.CheckConstraint("mode IN ('tell', 'ask', 'happy')", name=op.f("ck_thread_mode")),
        sa.ForeignKeyConstraint(["stream_id"], ["stream.id"], name=op.f("fk_thread_stream_id_stream")),
        sa.PrimaryKeyConstraint("stream_id", name=op.f("pk_thread")),
    )
    op.create_table(
        "piece_revision",
        sa.Column("piece_id", ID, nullable=False),
        sa.Column("version", ID, autoincrement=False, nullable=False),
        sa.Column("title", sa.String(length=200), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("replaced_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("replaced_by", ID, nullable=False),
        sa.ForeignKeyConstraint(
            ["piece_id"], ["piece.id"], name=op.f("fk_piece_revision_piece_id_piece"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["replaced_by"], ["member.id"], name=op.f("fk_piece_revision_replaced_by_member")),
        sa.PrimaryKeyConstraint("piece_id", "version", name=op.f("pk_piece_revision")),
    )
    op.create_table(
        "reaction",
        sa.Column("piece_id", ID, nullable=False),
        sa.Column("member_id", ID, nullable=False),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("kind IN ('heart', 'hug', 'haha', 'glad', 'idea', 'strong')", name=op.f("ck_reaction_kind")),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_reaction_member_id_member")),
        sa.ForeignKeyConstraint(
            ["piece_id"], ["piece.id"], name=op.f("fk_reaction_piece_id_piece"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("piece_id", "member_id", "kind", name=op.f("pk_reaction")),
    )

    sqlite = op.get_bind().dialect.name == "sqlite"
    for statement in APPEND_ONLY_SQLITE if sqlite else APPEND_ONLY_POSTGRESQL:
        op.execute(statement)


def downgrade() -> None:
    raise NotImplementedError("before the first migration there is nothing to go back to")
