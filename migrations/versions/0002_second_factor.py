"""the second step: apps, recovery codes, passkeys; when the password was last typed in a session

Revision: 0002
After: 0001
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    with op.batch_alter_table("sign_in_session") as batch_op:
        batch_op.add_column(sa.Column("password_at", MOMENT, nullable=True))
        batch_op.add_column(sa.Column("factor_at", MOMENT, nullable=True))
    op.create_table(
        "authenticator_app",
        sa.Column("member_id", ID, autoincrement=False, nullable=False),
        sa.Column("secret_sealed", sa.Text(), nullable=False),
        sa.Column("used_steps", sa.JSON(), nullable=False),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name="fk_authenticator_app_member_id_member"),
        sa.PrimaryKeyConstraint("member_id", name="pk_authenticator_app"),
    )
    op.create_table(
        "recovery_code",
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.Column("member_id", ID, nullable=False),
        sa.Column("code_hash", sa.String(length=64), nullable=False),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.Column("used_at", MOMENT, nullable=True),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name="fk_recovery_code_member_id_member"),
        sa.PrimaryKeyConstraint("id", name="pk_recovery_code"),
        sa.UniqueConstraint("code_hash", name="uq_recovery_code_code_hash"),
    )
    op.create_index("ix_recovery_code_member", "recovery_code", ["member_id"])
    op.create_table(
        "passkey",
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.Column("member_id", ID, nullable=False),
        sa.Column("credential_id", sa.String(length=1400), nullable=False),
        sa.Column("public_key", sa.Text(), nullable=False),
        sa.Column("sign_count", ID, nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.Column("last_used_at", MOMENT, nullable=True),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name="fk_passkey_member_id_member"),
        sa.PrimaryKeyConstraint("id", name="pk_passkey"),
        sa.UniqueConstraint("credential_id", name="uq_passkey_credential_id"),
    )
    op.create_index("ix_passkey_member", "passkey", ["member_id"])
    op.create_table(
        "spent_challenge",
        sa.Column("fingerprint", sa.String(length=64), nullable=False),
        sa.Column("spent_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("fingerprint", name="pk_spent_challenge"),
    )


def downgrade() -> None:
    for table in ("spent_challenge", "passkey", "recovery_code", "authenticator_app"):
        op.drop_table(table)
    with op.batch_alter_table("sign_in_session") as batch_op:
        batch_op.drop_column("factor_at")
        batch_op.drop_column("password_at")
