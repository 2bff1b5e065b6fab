"""the list of a tag is read in its order: what a thread is about stands in its stream's row, with an index for each

Revision: 0014
After: 0013
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
TAGS = ("money", "housing", "work", "practical", "whom", "lonely")


def upgrade() -> None:
    with op.batch_alter_table("stream") as stream:
        stream.add_column(sa.Column("topics", ID, server_default="0", nullable=False))
    for place, tag in enumerate(TAGS):
        bit = 1 << place
        told = f"SELECT stream_id FROM thread_tag WHERE tag = '{tag}'"
        op.execute(f"UPDATE stream SET topics = topics | {bit} WHERE id IN ({told})")
        about = sa.text(f"topics & {bit} <> 0")
        columns = ["listed", "active_at", "id"]
        op.create_index(f"ix_stream_topic_{place}", "stream", columns, sqlite_where=about, postgresql_where=about)
    op.drop_index("ix_thread_tag_tag", "thread_tag")


def downgrade() -> None:
    op.create_index("ix_thread_tag_tag", "thread_tag", ["tag", "stream_id"])
    for place in range(len(TAGS)):
        op.drop_index(f"ix_stream_topic_{place}", "stream")
    with op.batch_alter_table("stream") as stream:
        stream.drop_column("topics")
