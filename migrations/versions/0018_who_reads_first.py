"""what staff have said of somebody's posts, changes that wait, what is read after it stands

Revision: 0018
After: 0017
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "trust",
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.Column("member_id", ID, nullable=False),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("given_by", ID, nullable=True),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_by", ID, nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("kind IN ('known', 'young')", name=op.f("ck_trust_kind")),
        sa.ForeignKeyConstraint(["ended_by"], ["member.id"], name=op.f("fk_trust_ended_by_member")),
        sa.ForeignKeyConstraint(["given_by"], ["member.id"], name=op.f("fk_trust_given_by_member")),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_trust_member_id_member")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_trust")),
    )
    op.create_index("ix_trust_member", "trust", ["member_id"], unique=False)
    op.create_table(
        "checked_mark",
        sa.Column("space_id", ID, nullable=False),
        sa.Column("house_id", ID, autoincrement=False, nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", ID, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["member.id"], name=op.f("fk_checked_mark_by_id_member")),
        sa.ForeignKeyConstraint(["space_id"], ["space.id"], name=op.f("fk_checked_mark_space_id_space")),
        sa.PrimaryKeyConstraint("space_id", "house_id", name=op.f("pk_checked_mark")),
    )
    op.create_table(
        "waiting_edit",
        sa.Column("piece_id", ID, nullable=False),
        sa.Column("title", sa.String(length=200), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("html", sa.Text(), nullable=False),
        sa.Column("note", sa.String(length=120), nullable=True),
        sa.Column("why", sa.String(length=8), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("returned", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.ForeignKeyConstraint(
            ["piece_id"], ["piece.id"], name=op.f("fk_waiting_edit_piece_id_piece"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("piece_id", name=op.f("pk_waiting_edit")),
    )
    op.add_column("invitation", sa.Column("known", sa.Boolean(), server_default=sa.false(), nullable=False))
    op.add_column("profile", sa.Column("returned", sa.Text(), server_default="", nullable=False))
    op.add_column("piece", sa.Column("check_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("piece", sa.Column("held_why", sa.String(length=8), nullable=True))
    only_these = sa.text("check_at IS NOT NULL")
    op.create_index("ix_piece_check", "piece", ["check_at"], sqlite_where=only_these, postgresql_where=only_these)


def downgrade() -> None:
    op.drop_index("ix_piece_check", table_name="piece")
    with op.batch_alter_table("piece") as piece:
        piece.drop_column("check_at")
        piece.drop_column("held_why")
    with op.batch_alter_table("profile") as profile:
        profile.drop_column("returned")
    with op.batch_alter_table("invitation") as invitation:
        invitation.drop_column("known")
    for table in ("waiting_edit", "checked_mark", "trust"):
        op.drop_table(table)
