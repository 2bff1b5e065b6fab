"""pictures of oneself instead of the drawn ones

Revision: 0041
After: 0040
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0041"
down_revision = "0040"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)
CARD = "ck_own_card_kind"
BEFORE = "kind IN ('check_in', 'farewell', 'letters', 'picture', 'book_words', 'book', 'welcome')"
AFTER = "kind IN ('check_in', 'farewell', 'letters', 'picture', 'portrait', 'book_words', 'book', 'welcome')"


def upgrade() -> None:
    _cards(AFTER)
    with op.batch_alter_table("member") as batch:
        batch.add_column(sa.Column("portrait", sa.String(8), nullable=True))
    op.create_table(
        "portrait",
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.Column("member_id", ID, nullable=False),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.Column("name", sa.String(32), nullable=False),
        sa.Column("key_sealed", sa.Text(), nullable=False),
        sa.Column("state", sa.String(8), nullable=False),
        sa.Column("claimed_by", ID, nullable=True),
        sa.Column("confirmed_by", ID, nullable=True),
        sa.Column("confirmed_at", MOMENT, nullable=True),
        sa.CheckConstraint("state IN ('waits', 'shown', 'claimed')", name=op.f("ck_portrait_state")),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_portrait_member_id_member")),
        sa.ForeignKeyConstraint(["claimed_by"], ["member.id"], name=op.f("fk_portrait_claimed_by_member")),
        sa.ForeignKeyConstraint(["confirmed_by"], ["member.id"], name=op.f("fk_portrait_confirmed_by_member")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_portrait")),
        sa.UniqueConstraint("member_id", name=op.f("uq_portrait_member_id")),
    )


def downgrade() -> None:
    op.drop_table("portrait")
    with op.batch_alter_table("member") as batch:
        batch.drop_column("portrait")
    op.execute("DELETE FROM own_card WHERE kind = 'portrait'")
    _cards(BEFORE)


def _cards(kinds: str) -> None:
    with op.batch_alter_table("own_card") as batch:
        batch.drop_constraint(op.f(CARD), type_="check")
        batch.create_check_constraint(op.f(CARD), kinds)
