"""Commands for whoever keeps the machine: is the audit chain whole?"""

from __future__ import annotations

import click
from flask.cli import AppGroup, with_appcontext

from community.core import anchors

audit = AppGroup("audit", help="The audit chain.")

GROUPS = (audit,)


@audit.command("verify")
@with_appcontext
def audit_verify() -> None:
    """Say OK, or name the first bad line and fail."""
    verdict = anchors.verify()
    if verdict.bad is not None:
        raise click.ClickException(
            f"Line {verdict.bad} {verdict.fault}. {verdict.count} lines before it are sound. See docs/operations.md."
        )
    if verdict.fault:
        raise click.ClickException(f"The {verdict.count} lines fit each other, but {verdict.fault}.")
    click.echo(f"OK: {verdict.count} lines, {verdict.anchors} anchors, head {verdict.hash}.")


@audit.command("anchor")
@with_appcontext
def audit_anchor() -> None:
    """Write down now where the chain ends (the server does it every night)."""
    if not anchors.write():
        raise click.ClickException("Not anchored: the chain and its anchors do not fit. Run `flask audit verify`.")
    click.echo("Anchored.")
