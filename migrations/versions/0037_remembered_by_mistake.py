"""a remembrance that was a mistake is taken back by two people

Revision: 0037
After: 0036
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0037"
down_revision = "0036"
branch_labels = None
depends_on = None

KIND = "ck_two_person_turn_kind"


def upgrade() -> None:
    with op.batch_alter_table("two_person_turn") as batch:
        batch.drop_constraint(op.f(KIND), type_="check")
        batch.create_check_constraint(op.f(KIND), "kind IN ('start_work', 'remember', 'bring_back')")
        batch.add_column(sa.Column("before", sa.JSON(), nullable=True))


def downgrade() -> None:
    op.execute("DELETE FROM two_person_turn WHERE kind = 'bring_back'")
    with op.batch_alter_table("two_person_turn") as batch:
        batch.drop_column("before")
        batch.drop_constraint(op.f(KIND), type_="check")
        batch.create_check_constraint(op.f(KIND), "kind IN ('start_work', 'remember')")
