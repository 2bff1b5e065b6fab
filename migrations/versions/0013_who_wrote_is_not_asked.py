"""whoever has written something is not offered to say hello: it stands in her own row now

Revision: 0013
After: 0012
"""

from __future__ import annotations

from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute(
        "UPDATE member SET hello_asked = 2, hello_again_at = NULL"
        " WHERE hello_asked < 2 AND id IN (SELECT author_id FROM piece)"
    )


def downgrade() -> None:
    raise NotImplementedError("who was asked before is not known")
