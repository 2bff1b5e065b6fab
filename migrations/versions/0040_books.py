"""memory books, the yes of those whose words come along, and the files made of a book

Revision: 0040
After: 0039
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0040"
down_revision = "0039"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)
CARD = "ck_own_card_kind"
BEFORE = "kind IN ('check_in', 'farewell', 'letters', 'picture', 'welcome')"
AFTER = "kind IN ('check_in', 'farewell', 'letters', 'picture', 'book_words', 'book', 'welcome')"


def upgrade() -> None:
    _cards(AFTER)
    op.create_table(
        "book",
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.Column("member_id", ID, nullable=False),
        sa.Column("language", sa.String(2), nullable=False),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.Column("title_sealed", sa.Text(), nullable=False),
        sa.Column("dedication_sealed", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_book_member_id_member")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_book")),
    )
    op.create_index("ix_book_member", "book", ["member_id", "made_at"])
    op.create_table(
        "book_item",
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.Column("book_id", ID, nullable=False),
        sa.Column("kind", sa.String(10), nullable=False),
        sa.Column("ref_id", ID, nullable=True),
        sa.Column("what", sa.String(10), nullable=False),
        sa.Column("on", sa.Date(), nullable=True),
        sa.Column("place", ID, nullable=False),
        sa.Column("caption_sealed", sa.Text(), nullable=True),
        sa.Column("heading_sealed", sa.Text(), nullable=True),
        sa.Column("text_sealed", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "kind IN ('piece', 'words', 'photo', 'letter', 'milestone', 'page')", name=op.f("ck_book_item_kind")
        ),
        sa.ForeignKeyConstraint(["book_id"], ["book.id"], name=op.f("fk_book_item_book_id_book"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_book_item")),
        sa.UniqueConstraint("book_id", "kind", "ref_id", "what", name=op.f("uq_book_item_book_id_kind_ref_id_what")),
    )
    op.create_index("ix_book_item_place", "book_item", ["book_id", "place"])
    op.create_table(
        "book_yes",
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.Column("owner_id", ID, nullable=False),
        sa.Column("author_id", ID, nullable=False),
        sa.Column("kind", sa.String(8), nullable=False),
        sa.Column("ref_id", ID, nullable=False),
        sa.Column("asked_at", MOMENT, nullable=False),
        sa.Column("again_at", MOMENT, nullable=True),
        sa.Column("answer", sa.String(8), nullable=True),
        sa.Column("answered_at", MOMENT, nullable=True),
        sa.CheckConstraint("kind IN ('piece', 'letter')", name=op.f("ck_book_yes_kind")),
        sa.CheckConstraint("answer IN ('yes', 'nameless', 'no')", name=op.f("ck_book_yes_answer")),
        sa.ForeignKeyConstraint(["owner_id"], ["member.id"], name=op.f("fk_book_yes_owner_id_member")),
        sa.ForeignKeyConstraint(["author_id"], ["member.id"], name=op.f("fk_book_yes_author_id_member")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_book_yes")),
        sa.UniqueConstraint("owner_id", "kind", "ref_id", name=op.f("uq_book_yes_owner_id_kind_ref_id")),
    )
    op.create_index("ix_book_yes_author", "book_yes", ["author_id", "asked_at"])
    op.create_table(
        "book_file",
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.Column("member_id", ID, nullable=False),
        sa.Column("language", sa.String(2), nullable=False),
        sa.Column("is_open", sa.Boolean(), nullable=True),
        sa.Column("state", sa.String(8), nullable=False),
        sa.Column("asked_at", MOMENT, nullable=False),
        sa.Column("done_parts", ID, nullable=False),
        sa.Column("parts", ID, nullable=False),
        sa.Column("tries", ID, nullable=False),
        sa.Column("worked_at", MOMENT, nullable=True),
        sa.Column("ready_at", MOMENT, nullable=True),
        sa.Column("good_until", MOMENT, nullable=True),
        sa.Column("ended_at", MOMENT, nullable=True),
        sa.Column("why", sa.String(8), nullable=True),
        sa.Column("file", sa.String(64), nullable=True),
        sa.Column("key_sealed", sa.Text(), nullable=True),
        sa.Column("size", ID, nullable=False),
        sa.Column("book_id", ID, nullable=False),
        sa.Column("form", sa.String(4), nullable=False),
        sa.CheckConstraint("state IN ('asked', 'making', 'ready', 'failed', 'gone')", name=op.f("ck_book_file_state")),
        sa.CheckConstraint(
            "why IN ('full', 'broken', 'removed', 'over', 'newer', 'anew')", name=op.f("ck_book_file_why")
        ),
        sa.CheckConstraint("form IN ('pdf', 'zip')", name=op.f("ck_book_file_form")),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_book_file_member_id_member")),
        sa.ForeignKeyConstraint(["book_id"], ["book.id"], name=op.f("fk_book_file_book_id_book"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_book_file")),
        sa.UniqueConstraint("member_id", "is_open", name=op.f("uq_book_file_member_id_is_open")),
    )
    op.create_index("ix_book_file_member", "book_file", ["member_id", "asked_at"])
    op.create_index("ix_book_file_state", "book_file", ["state", "good_until"])
    op.create_table(
        "book_file_part",
        sa.Column("file_id", ID, autoincrement=False, nullable=False),
        sa.Column("kind", sa.String(8), nullable=False),
        sa.Column("ref_id", ID, autoincrement=False, nullable=False),
        sa.Column("stamp", sa.String(32), nullable=False),
        sa.ForeignKeyConstraint(
            ["file_id"], ["book_file.id"], name=op.f("fk_book_file_part_file_id_book_file"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("file_id", "kind", "ref_id", name=op.f("pk_book_file_part")),
    )


def downgrade() -> None:
    for table in ("book_file_part", "book_file", "book_yes", "book_item", "book"):
        op.drop_table(table)
    op.execute("DELETE FROM own_card WHERE kind IN ('book', 'book_words')")
    _cards(BEFORE)


def _cards(kinds: str) -> None:
    with op.batch_alter_table("own_card") as batch:
        batch.drop_constraint(op.f(CARD), type_="check")
        batch.create_check_constraint(op.f(CARD), kinds)
