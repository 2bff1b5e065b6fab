"""the duty rota: shifts, and who handed over to whom

Revision: 0015
After: 0013
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "shift",
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.Column("member_id", ID, nullable=False),
        sa.Column("house_id", ID, nullable=True),
        sa.Column("role", sa.String(length=8), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("back_up_id", ID, nullable=True),
        sa.Column("version", ID, server_default="1", nullable=False),
        sa.CheckConstraint("role IN ('host', 'staff', 'on_call')", name=op.f("ck_shift_role")),
        sa.CheckConstraint("ends_at > starts_at", name=op.f("ck_shift_ordered")),
        sa.CheckConstraint("back_up_id IS NULL OR back_up_id <> member_id", name=op.f("ck_shift_somebody_else")),
        sa.ForeignKeyConstraint(["back_up_id"], ["member.id"], name=op.f("fk_shift_back_up_id_member")),
        sa.ForeignKeyConstraint(["house_id"], ["house.id"], name=op.f("fk_shift_house_id_house")),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_shift_member_id_member")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_shift")),
    )
    with op.batch_alter_table("shift", schema=None) as batch_op:
        batch_op.create_index("ix_shift_starts", ["starts_at"], unique=False)
        batch_op.create_index("ix_shift_member", ["member_id", "starts_at"], unique=False)
    op.create_table(
        "handover",
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.Column("house_id", ID, nullable=False),
        sa.Column("signed_by", ID, nullable=False),
        sa.Column("signed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("figures", sa.JSON(), nullable=False),
        sa.Column("accepted_by", ID, nullable=True),
        sa.Column("accepted_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("accepted_by IS NULL OR accepted_by <> signed_by", name=op.f("ck_handover_somebody_else")),
        sa.ForeignKeyConstraint(["accepted_by"], ["member.id"], name=op.f("fk_handover_accepted_by_member")),
        sa.ForeignKeyConstraint(["house_id"], ["house.id"], name=op.f("fk_handover_house_id_house")),
        sa.ForeignKeyConstraint(["signed_by"], ["member.id"], name=op.f("fk_handover_signed_by_member")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_handover")),
    )
    with op.batch_alter_table("handover", schema=None) as batch_op:
        batch_op.create_index("ix_handover_house", ["house_id", "signed_at"], unique=False)


def downgrade() -> None:
    op.drop_table("handover")
    op.drop_table("shift")
