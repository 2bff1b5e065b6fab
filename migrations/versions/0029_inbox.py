"""the team's inboxes, and what staff did about them

Revision: 0029
After: 0028
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "inbox",
        sa.Column("stream_id", ID, autoincrement=False, nullable=False),
        sa.Column("member_id", ID, nullable=False),
        sa.Column("house_id", ID, nullable=False),
        sa.Column("state", sa.String(8), nullable=False),
        sa.Column("waits_since", MOMENT, nullable=True),
        sa.Column("taken_by", ID, nullable=True),
        sa.Column("changed_at", MOMENT, nullable=False),
        sa.Column("version", ID, server_default="1", nullable=False),
        sa.CheckConstraint("state IN ('open', 'closed')", name=op.f("ck_inbox_state")),
        sa.ForeignKeyConstraint(["stream_id"], ["stream.id"], name=op.f("fk_inbox_stream_id_stream")),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_inbox_member_id_member")),
        sa.ForeignKeyConstraint(["house_id"], ["house.id"], name=op.f("fk_inbox_house_id_house")),
        sa.ForeignKeyConstraint(["taken_by"], ["member.id"], name=op.f("fk_inbox_taken_by_member")),
        sa.PrimaryKeyConstraint("stream_id", name=op.f("pk_inbox")),
        sa.UniqueConstraint("member_id", "house_id", name=op.f("uq_inbox_member_id_house_id")),
    )
    op.create_index("ix_inbox_house", "inbox", ["house_id", "state", "changed_at"])
    op.create_table(
        "inbox_step",
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.Column("stream_id", ID, nullable=False),
        sa.Column("what", sa.String(10), nullable=False),
        sa.Column("by_id", ID, nullable=False),
        sa.Column("to_id", ID, nullable=True),
        sa.Column("note_sealed", sa.Text(), nullable=True),
        sa.Column("at", MOMENT, nullable=False),
        sa.CheckConstraint(
            "what IN ('began', 'took', 'released', 'handed', 'closed', 'opened')", name=op.f("ck_inbox_step_what")
        ),
        sa.ForeignKeyConstraint(["stream_id"], ["inbox.stream_id"], name=op.f("fk_inbox_step_stream_id_inbox")),
        sa.ForeignKeyConstraint(["by_id"], ["member.id"], name=op.f("fk_inbox_step_by_id_member")),
        sa.ForeignKeyConstraint(["to_id"], ["member.id"], name=op.f("fk_inbox_step_to_id_member")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_inbox_step")),
    )
    op.create_index("ix_inbox_step_stream", "inbox_step", ["stream_id", "at"])


def downgrade() -> None:
    op.drop_table("inbox_step")
    op.drop_table("inbox")
