"""talks: who stands in a stream by name, the two spaces nobody opens, sealed reports, notices of messages

Revision: 0027
After: 0026
"""

from __future__ import annotations

import secrets
from datetime import UTC, datetime

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
AUDIENCES = ("all", "house", "moved_out", "staff")
BY_NAME = ("named", "team")
NOTICES = ("reply", "reaction", "mention", "published")
SPACES = (("-talks", "Meddelanden", "Messages", "named"), ("-team", "Till teamet", "To the team", "team"))


def upgrade() -> None:
    _allow("space", "audience", (*AUDIENCES, *BY_NAME))
    _allow("notice", "kind", (*NOTICES, "message"))
    _allow("notice_choice", "kind", (*NOTICES, "message"))
    with op.batch_alter_table("report") as batch:
        batch.add_column(sa.Column("talk_sealed", sa.Text(), nullable=True))
    _stream_tables()
    _talk_tables()
    space = sa.table(
        "space",
        *(sa.column(name) for name in ("slug", "name_sv", "name_en", "kind", "audience", "writers", "colour")),
        *(sa.column("id", ID), sa.column("position", sa.Integer())),
        sa.column("opened_at", sa.DateTime(timezone=True)),
    )
    now = datetime.now(UTC)
    for place, (slug, name_sv, name_en, audience) in enumerate(SPACES):
        row = {"id": secrets.randbelow(2**52) + 1, "slug": slug, "name_sv": name_sv, "name_en": name_en}
        row |= {"kind": "talk", "audience": audience, "writers": "readers", "colour": "pine"}
        op.bulk_insert(space, [row | {"position": 9000 + place, "opened_at": now}])


def downgrade() -> None:
    for table in ("talk_opened", "talk", "stream_bridge", "stream_member"):
        op.drop_table(table)
    with op.batch_alter_table("report") as batch:
        batch.drop_column("talk_sealed")
    op.execute("DELETE FROM notice WHERE kind = 'message'")
    op.execute("DELETE FROM notice_choice WHERE kind = 'message'")
    op.execute("DELETE FROM space WHERE audience IN ('named', 'team')")
    _allow("notice_choice", "kind", NOTICES)
    _allow("notice", "kind", NOTICES)
    _allow("space", "audience", AUDIENCES)


def _allow(table: str, column: str, words: tuple[str, ...]) -> None:
    with op.batch_alter_table(table) as batch:
        batch.drop_constraint(op.f(f"ck_{table}_{column}"), type_="check")
        allowed = ", ".join(f"'{word}'" for word in words)
        batch.create_check_constraint(op.f(f"ck_{table}_{column}"), f"{column} IN ({allowed})")


def _stream_tables() -> None:
    op.create_table(
        "stream_member",
        sa.Column("stream_id", ID, autoincrement=False, nullable=False),
        sa.Column("member_id", ID, autoincrement=False, nullable=False),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("by_id", ID, nullable=False),
        sa.Column("from_nr", ID, server_default="0", nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("state IN ('in', 'asked', 'left', 'refused')", name=op.f("ck_stream_member_state")),
        sa.ForeignKeyConstraint(["stream_id"], ["stream.id"], name=op.f("fk_stream_member_stream_id_stream")),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_stream_member_member_id_member")),
        sa.ForeignKeyConstraint(["by_id"], ["member.id"], name=op.f("fk_stream_member_by_id_member")),
        sa.PrimaryKeyConstraint("stream_id", "member_id", name=op.f("pk_stream_member")),
    )
    op.create_index(op.f("ix_stream_member_member"), "stream_member", ["member_id", "state"])
    op.create_table(
        "stream_bridge",
        *(sa.Column(name, ID, autoincrement=False, nullable=False) for name in ("stream_id", "low_id", "high_id")),
        sa.Column("turns_on", sa.Date(), nullable=False),
        sa.Column("noted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_by", ID, nullable=True),
        sa.Column("why_sealed", sa.Text(), nullable=True),
        sa.CheckConstraint("low_id < high_id", name=op.f("ck_stream_bridge_order")),
        sa.ForeignKeyConstraint(["stream_id"], ["stream.id"], name=op.f("fk_stream_bridge_stream_id_stream")),
        sa.ForeignKeyConstraint(["low_id"], ["member.id"], name=op.f("fk_stream_bridge_low_id_member")),
        sa.ForeignKeyConstraint(["high_id"], ["member.id"], name=op.f("fk_stream_bridge_high_id_member")),
        sa.ForeignKeyConstraint(["ended_by"], ["member.id"], name=op.f("fk_stream_bridge_ended_by_member")),
        sa.PrimaryKeyConstraint("stream_id", "low_id", "high_id", name=op.f("pk_stream_bridge")),
    )
    op.create_index(op.f("ix_stream_bridge_turns"), "stream_bridge", ["turns_on"])


def _talk_tables() -> None:
    op.create_table(
        "talk",
        sa.Column("stream_id", ID, autoincrement=False, nullable=False),
        sa.Column("low_id", ID, nullable=True),
        sa.Column("high_id", ID, nullable=True),
        sa.Column("name", sa.String(length=60), nullable=True),
        sa.Column("begun_by", ID, nullable=False),
        sa.Column("begun_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("(low_id IS NULL) = (high_id IS NULL)", name=op.f("ck_talk_two")),
        sa.ForeignKeyConstraint(["stream_id"], ["stream.id"], name=op.f("fk_talk_stream_id_stream")),
        sa.ForeignKeyConstraint(["low_id"], ["member.id"], name=op.f("fk_talk_low_id_member")),
        sa.ForeignKeyConstraint(["high_id"], ["member.id"], name=op.f("fk_talk_high_id_member")),
        sa.ForeignKeyConstraint(["begun_by"], ["member.id"], name=op.f("fk_talk_begun_by_member")),
        sa.PrimaryKeyConstraint("stream_id", name=op.f("pk_talk")),
        sa.UniqueConstraint("low_id", "high_id", name=op.f("uq_talk_low_id_high_id")),
    )
    op.create_table(
        "talk_opened",
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.Column("stream_id", ID, nullable=False),
        sa.Column("case_id", ID, nullable=False),
        sa.Column("by_id", ID, nullable=False),
        sa.Column("why_sealed", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["stream_id"], ["stream.id"], name=op.f("fk_talk_opened_stream_id_stream")),
        sa.ForeignKeyConstraint(["by_id"], ["member.id"], name=op.f("fk_talk_opened_by_id_member")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_talk_opened")),
    )
    op.create_index(op.f("ix_talk_opened_stream_id"), "talk_opened", ["stream_id"])
