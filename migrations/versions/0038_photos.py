"""photos on pieces, and the answers of the people in them

Revision: 0038
After: 0037
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0038"
down_revision = "0037"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)
CARD = "ck_own_card_kind"


def upgrade() -> None:
    with op.batch_alter_table("piece") as batch:
        batch.add_column(sa.Column("pictures", ID, server_default="0", nullable=False))
    with op.batch_alter_table("own_card") as batch:
        batch.drop_constraint(op.f(CARD), type_="check")
        batch.create_check_constraint(op.f(CARD), "kind IN ('check_in', 'farewell', 'letters', 'picture', 'welcome')")
    op.create_table(
        "photo",
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.Column("uploader_id", ID, nullable=False),
        sa.Column("client_id", sa.String(40), nullable=False),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.Column("width", ID, nullable=False),
        sa.Column("height", ID, nullable=False),
        sa.Column("moves", sa.Boolean(), nullable=False),
        sa.Column("shown_name", sa.String(32), nullable=False),
        sa.Column("shown_key_sealed", sa.Text(), nullable=False),
        sa.Column("master_name", sa.String(32), nullable=False),
        sa.Column("master_key_sealed", sa.Text(), nullable=False),
        sa.Column("alt_sealed", sa.Text(), nullable=True),
        sa.Column("who", sa.String(8), nullable=True),
        sa.Column("cells", sa.JSON(), nullable=False),
        sa.Column("blurred", sa.JSON(), nullable=False),
        sa.Column("blur_unanswered", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("piece_id", ID, nullable=True),
        sa.Column("position", ID, server_default="0", nullable=False),
        sa.Column("stale", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("needs_host", sa.Boolean(), nullable=False),
        sa.Column("confirmed_by", ID, nullable=True),
        sa.Column("confirmed_at", MOMENT, nullable=True),
        sa.CheckConstraint("who IN ('nobody', 'people', 'unseen')", name=op.f("ck_photo_who")),
        sa.ForeignKeyConstraint(["uploader_id"], ["member.id"], name=op.f("fk_photo_uploader_id_member")),
        sa.ForeignKeyConstraint(["confirmed_by"], ["member.id"], name=op.f("fk_photo_confirmed_by_member")),
        sa.ForeignKeyConstraint(["piece_id"], ["piece.id"], name=op.f("fk_photo_piece_id_piece"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_photo")),
        sa.UniqueConstraint("uploader_id", "client_id", name=op.f("uq_photo_uploader_id_client_id")),
    )
    op.create_index("ix_photo_piece", "photo", ["piece_id", "position"])
    op.create_index("ix_photo_made", "photo", ["made_at"])
    op.create_index("ix_photo_stale", "photo", ["stale"])
    op.create_table(
        "photo_person",
        sa.Column("photo_id", ID, autoincrement=False, nullable=False),
        sa.Column("member_id", ID, autoincrement=False, nullable=False),
        sa.Column("claimed", sa.Boolean(), nullable=False),
        sa.Column("minor", sa.Boolean(), nullable=False),
        sa.Column("cells", sa.JSON(), nullable=False),
        sa.Column("asked_at", MOMENT, nullable=True),
        sa.Column("again_at", MOMENT, nullable=True),
        sa.Column("answer", sa.String(4), nullable=True),
        sa.Column("answered_at", MOMENT, nullable=True),
        sa.Column("staff_answer", sa.String(4), nullable=True),
        sa.Column("staff_by", ID, nullable=True),
        sa.Column("staff_at", MOMENT, nullable=True),
        sa.CheckConstraint("answer IN ('yes', 'blur', 'no')", name=op.f("ck_photo_person_answer")),
        sa.CheckConstraint("staff_answer IN ('yes', 'no')", name=op.f("ck_photo_person_staff_answer")),
        sa.ForeignKeyConstraint(
            ["photo_id"], ["photo.id"], name=op.f("fk_photo_person_photo_id_photo"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_photo_person_member_id_member")),
        sa.ForeignKeyConstraint(["staff_by"], ["member.id"], name=op.f("fk_photo_person_staff_by_member")),
        sa.PrimaryKeyConstraint("photo_id", "member_id", name=op.f("pk_photo_person")),
    )
    op.create_index("ix_photo_person_member", "photo_person", ["member_id"])


def downgrade() -> None:
    op.drop_table("photo_person")
    op.drop_table("photo")
    op.execute("DELETE FROM own_card WHERE kind = 'picture'")
    with op.batch_alter_table("own_card") as batch:
        batch.drop_constraint(op.f(CARD), type_="check")
        batch.create_check_constraint(op.f(CARD), "kind IN ('check_in', 'farewell', 'letters', 'welcome')")
    with op.batch_alter_table("piece") as batch:
        batch.drop_column("pictures")
