"""What has no Swedish yet: `python -m tests.words`, after `make words` has collected everything."""

from __future__ import annotations

import sys
from pathlib import Path

from babel.messages.pofile import read_po

CATALOGUE = Path(__file__).parents[1] / "community/translations/sv/LC_MESSAGES/messages.po"


def without_swedish() -> list[str]:
    """Every English sentence whose Swedish is missing, unsure, or has other placeholders."""
    with CATALOGUE.open("rb") as file:
        catalogue = read_po(file, locale="sv")
    found = []
    for message in catalogue:
        words = message.string if isinstance(message.string, tuple) else (message.string,)
        wrong = message.fuzzy or not all(words) or list(message.check(catalogue))
        if message.id and wrong:
            found.append(str(message.id))
    return found


if __name__ == "__main__":
    missing = without_swedish()
    for sentence in missing:
        print(f"No Swedish: {sentence}")
    sys.exit(1 if missing else 0)
