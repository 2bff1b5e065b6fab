"""devices, house tablet, app lock, personal settings

Revision: 0003
After: 0002
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

COUNT = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    with op.batch_alter_table("sign_in_session") as batch_op:
        batch_op.add_column(sa.Column("device", sa.String(length=40), server_default="", nullable=False))
        batch_op.add_column(sa.Column("house_tablet", sa.Boolean(), server_default=sa.false(), nullable=False))
        batch_op.add_column(sa.Column("locked_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("lock_tries", COUNT, server_default="0", nullable=False))
        batch_op.add_column(sa.Column("private_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("private_tries", COUNT, server_default="0", nullable=False))
    with op.batch_alter_table("member") as batch_op:
        batch_op.add_column(sa.Column("text_size", sa.String(length=8), server_default="normal", nullable=False))
        batch_op.add_column(sa.Column("theme", sa.String(length=8), server_default="device", nullable=False))
        batch_op.add_column(sa.Column("calm", sa.Boolean(), server_default=sa.false(), nullable=False))
        batch_op.add_column(sa.Column("saver", sa.Boolean(), server_default=sa.false(), nullable=False))
        batch_op.add_column(sa.Column("tablet_pin_hash", sa.String(length=200), nullable=True))
        batch_op.add_column(sa.Column("app_pin_hash", sa.String(length=200), nullable=True))
        batch_op.create_check_constraint("text_size", "text_size IN ('normal', 'larger', 'largest')")
        batch_op.create_check_constraint("theme", "theme IN ('device', 'light', 'dark')")


def downgrade() -> None:
    with op.batch_alter_table("member") as batch_op:
        batch_op.drop_constraint("theme", type_="check")
        batch_op.drop_constraint("text_size", type_="check")
        for column in ("app_pin_hash", "tablet_pin_hash", "saver", "calm", "theme", "text_size"):
            batch_op.drop_column(column)
    with op.batch_alter_table("sign_in_session") as batch_op:
        for column in ("private_tries", "private_at", "lock_tries", "locked_at", "house_tablet", "device"):
            batch_op.drop_column(column)
