"""limits behind acts, closings without an end, and what of it is new to her

Revision: 0022
After: 0020
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0020"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    with op.batch_alter_table("act") as act:
        act.add_column(sa.Column("sanction_id", ID, nullable=True))
        act.add_column(sa.Column("letter_at", sa.DateTime(timezone=True), nullable=True))
        act.create_foreign_key(op.f("fk_act_sanction_id_sanction"), "sanction", ["sanction_id"], ["id"])
        act.create_index("ix_act_sanction", ["sanction_id"], unique=False)
        act.create_index("ix_act_letter", ["letter_at", "at"], unique=False)
    with op.batch_alter_table("member") as member:
        member.add_column(sa.Column("acts_unseen", ID, server_default="0", nullable=False))
    op.create_table(
        "for_good",
        sa.Column("act_id", ID, autoincrement=False, nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("confirmed_by", ID, nullable=True),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["act_id"], ["act.id"], name=op.f("fk_for_good_act_id_act")),
        sa.ForeignKeyConstraint(["confirmed_by"], ["member.id"], name=op.f("fk_for_good_confirmed_by_member")),
        sa.PrimaryKeyConstraint("act_id", name=op.f("pk_for_good")),
    )


def downgrade() -> None:
    op.drop_table("for_good")
    with op.batch_alter_table("member") as member:
        member.drop_column("acts_unseen")
    with op.batch_alter_table("act") as act:
        act.drop_index("ix_act_letter")
        act.drop_index("ix_act_sanction")
        act.drop_constraint(op.f("fk_act_sanction_id_sanction"), type_="foreignkey")
        act.drop_column("letter_at")
        act.drop_column("sanction_id")
