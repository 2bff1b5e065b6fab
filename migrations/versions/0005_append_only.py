"""the audit chain: no emptying, no replacing, and a head that only goes on

Revision: 0005
After: 0001

A later migration that makes audit_line or audit_head anew (batch mode on SQLite) loses these triggers and those of
0001 and has to make them again; tests/core/test_audit.py is red then.
"""

from __future__ import annotations

from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

# INSERT OR REPLACE removes the old row without asking a DELETE trigger.
SQLITE = (
    "CREATE TRIGGER audit_line_no_replace BEFORE INSERT ON audit_line "
    "WHEN EXISTS (SELECT 1 FROM audit_line WHERE n = NEW.n) "
    "BEGIN SELECT RAISE(ABORT, 'the audit chain is append-only'); END",
    "CREATE TRIGGER audit_head_only_on BEFORE UPDATE ON audit_head "
    "WHEN NEW.id <> OLD.id OR NEW.n NOT IN (OLD.n, OLD.n + 1) "
    "BEGIN SELECT RAISE(ABORT, 'the audit chain is append-only'); END",
    "CREATE TRIGGER audit_head_no_delete BEFORE DELETE ON audit_head "
    "BEGIN SELECT RAISE(ABORT, 'the audit chain is append-only'); END",
    "CREATE TRIGGER audit_head_no_replace BEFORE INSERT ON audit_head "
    "WHEN EXISTS (SELECT 1 FROM audit_head) "
    "BEGIN SELECT RAISE(ABORT, 'the audit chain is append-only'); END",
)
POSTGRESQL = (
    "CREATE TRIGGER audit_line_no_truncate BEFORE TRUNCATE ON audit_line "
    "FOR EACH STATEMENT EXECUTE FUNCTION audit_line_append_only()",
    "CREATE TRIGGER audit_head_no_truncate BEFORE TRUNCATE ON audit_head "
    "FOR EACH STATEMENT EXECUTE FUNCTION audit_line_append_only()",
    "CREATE TRIGGER audit_head_no_delete BEFORE DELETE ON audit_head "
    "FOR EACH ROW EXECUTE FUNCTION audit_line_append_only()",
    "CREATE TRIGGER audit_head_only_on BEFORE UPDATE ON audit_head FOR EACH ROW "
    "WHEN (NEW.id <> OLD.id OR NEW.n NOT IN (OLD.n, OLD.n + 1)) EXECUTE FUNCTION audit_line_append_only()",
)


def upgrade() -> None:
    for statement in SQLITE if op.get_bind().dialect.name == "sqlite" else POSTGRESQL:
        op.execute(statement)


def downgrade() -> None:
    raise NotImplementedError("what protects the audit chain is not taken away")
