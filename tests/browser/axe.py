"""axe-core, from npm, in the page as it stands. It is put in by the browser's own tools, so the page's rules hold."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from playwright.sync_api import Page

_FILE = Path(__file__).resolve().parents[2] / "node_modules" / "axe-core" / "axe.min.js"


@cache
def _source() -> str:
    return _FILE.read_text()


def violations(page: Page) -> list[str]:
    """One line for every place where a rule is broken."""
    if not page.evaluate("() => Boolean(window.axe)"):
        page.evaluate(_source())
    found = page.evaluate("() => axe.run(document, { resultTypes: ['violations'] })")
    return [
        f"{rule['id']}: {node['target'][0]}: {node.get('failureSummary', rule['help'])}"
        for rule in found["violations"]
        for node in rule["nodes"]
    ]
