"""channels changed by hand with their history, posts for one house, pinned notices

Revision: 0011
After: 0010
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    with op.batch_alter_table("space", schema=None) as batch_op:
        batch_op.add_column(sa.Column("about_sv", sa.String(length=140), server_default="", nullable=False))
        batch_op.add_column(sa.Column("about_en", sa.String(length=140), server_default="", nullable=False))
        batch_op.add_column(sa.Column("asks_whom", sa.Boolean(), server_default=sa.false(), nullable=False))
        batch_op.add_column(sa.Column("version", ID, server_default="1", nullable=False))
        batch_op.create_check_constraint("asks_whom", "NOT asks_whom OR audience = 'all'")
    with op.batch_alter_table("stream", schema=None) as batch_op:
        batch_op.add_column(sa.Column("house_id", ID, nullable=True))
        batch_op.create_foreign_key(op.f("fk_stream_house_id_house"), "house", ["house_id"], ["id"])
    op.create_table(
        "space_change",
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.Column("space_id", ID, nullable=False),
        sa.Column("by_id", ID, nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("fields", sa.JSON(), nullable=False),
        sa.CheckConstraint(
            "kind IN ('opened', 'changed', 'closed', 'reopened', 'moved')", name=op.f("ck_space_change_kind")
        ),
        sa.ForeignKeyConstraint(["by_id"], ["member.id"], name=op.f("fk_space_change_by_id_member")),
        sa.ForeignKeyConstraint(["space_id"], ["space.id"], name=op.f("fk_space_change_space_id_space")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_space_change")),
    )
    with op.batch_alter_table("space_change", schema=None) as batch_op:
        batch_op.create_index("ix_space_change_space", ["space_id", "at", "id"], unique=False)
    op.create_table(
        "pin",
        sa.Column("stream_id", ID, nullable=False),
        sa.Column("in_channel", sa.Boolean(), nullable=False),
        sa.Column("on_home", sa.Boolean(), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=False),
        sa.Column("pinned_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("pinned_by", ID, nullable=False),
        sa.CheckConstraint("in_channel OR on_home", name=op.f("ck_pin_somewhere")),
        sa.ForeignKeyConstraint(["pinned_by"], ["member.id"], name=op.f("fk_pin_pinned_by_member")),
        sa.ForeignKeyConstraint(["stream_id"], ["stream.id"], name=op.f("fk_pin_stream_id_stream")),
        sa.PrimaryKeyConstraint("stream_id", name=op.f("pk_pin")),
    )
    with op.batch_alter_table("pin", schema=None) as batch_op:
        batch_op.create_index("ix_pin_until", ["until_on"], unique=False)
    op.create_table(
        "put_away",
        sa.Column("member_id", ID, nullable=False),
        sa.Column("stream_id", ID, nullable=False),
        sa.Column("put_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_put_away_member_id_member")),
        sa.ForeignKeyConstraint(
            ["stream_id"], ["pin.stream_id"], name=op.f("fk_put_away_stream_id_pin"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("member_id", "stream_id", name=op.f("pk_put_away")),
    )


def downgrade() -> None:
    op.drop_table("put_away")
    op.drop_table("pin")
    op.drop_table("space_change")
    with op.batch_alter_table("stream", schema=None) as batch_op:
        batch_op.drop_constraint(op.f("fk_stream_house_id_house"), type_="foreignkey")
        batch_op.drop_column("house_id")
    with op.batch_alter_table("space", schema=None) as batch_op:
        batch_op.drop_constraint("asks_whom", type_="check")
        for column in ("version", "asks_whom", "about_en", "about_sv"):
            batch_op.drop_column(column)
