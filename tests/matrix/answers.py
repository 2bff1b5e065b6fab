"""answers.txt: one line per (endpoint or event, method, object), one column per actor. Written and read by people.

Words: an HTTP status, `login` (302 to the sign-in page), `rules` (302 to the house rules), `set_up` (302 to setting up
a second step), `give` (302 to giving it); for socket events `ok`, the
code of the refusal, or `shut` where the socket is not even opened.
"""

from __future__ import annotations

from pathlib import Path

from tests.matrix.actors import ACTORS

FILE = Path(__file__).with_name("answers.txt")

SUCCESS = {"200", "204", "303", "ok"}
DENIED = {"login", "rules", "set_up", "give", "400", "401", "403", "404", "409", "410", "422"} | {
    "not_found",
    "not_allowed",
    "shut",
}

Case = tuple[str, str, str]


def expected() -> dict[Case, dict[str, str]]:
    """Every line, checked for its form: no column missing, no word unknown, no line twice."""
    header, *lines = [line.split() for line in FILE.read_text().splitlines() if line and not line.startswith("#")]
    assert header[3:] == list(ACTORS), "the columns are the actors, in their order"
    found: dict[Case, dict[str, str]] = {}
    for endpoint, method, target, *words in lines:
        case = (endpoint, method, target)
        assert case not in found, f"{case} stands there twice"
        assert len(words) == len(ACTORS), f"{case} does not answer everybody"
        assert set(words) <= SUCCESS | DENIED, f"{case} has a word nobody knows"
        found[case] = dict(zip(ACTORS, words, strict=True))
    return found


def rendered(answers: dict[Case, dict[str, str]]) -> str:
    """The same table in its columns, for putting a failing run beside the file."""
    rows = [["endpoint", "method", "object", *ACTORS]]
    rows += [[*case, *(by_actor[actor] for actor in ACTORS)] for case, by_actor in answers.items()]
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    return "\n".join(
        " ".join(word.ljust(width) for word, width in zip(row, widths, strict=True)).rstrip() for row in rows
    )
