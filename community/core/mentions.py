"""Names in texts. A stored text holds no name: where somebody is named stands a mark with her number, filled when the
text is shown with what she is called then. Marks are made of characters nobody can type here (`text.tidy` drops them).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping

from markupsafe import Markup

from community.core.text import LONGEST_NAME, MARK_CLOSE, MARK_OPEN

_MARK = re.compile(f"{MARK_OPEN}([0-9]{{1,16}}){MARK_CLOSE}")
_TAG = re.compile(r"(<[^>]*>)")
_NO_LINK_IN = ("a", "code", "pre")
_OPENERS = frozenset("([{\"'“”‘’«»>*_~,;:!?.…–—")


def named_in(stored: str) -> list[int]:
    """The numbers of everybody named in a stored text, as often as they are."""
    return [int(number) for number in _MARK.findall(stored)]


def without_names(stored: str) -> str:
    """A stored text without the names in it, for rules about what the writer herself said."""
    return _MARK.sub(" ", stored)


def with_names(stored: str, name_of: Callable[[int], str]) -> str:
    """A stored text as its writer typed it, with what people are called now."""
    return _MARK.sub(lambda found: f"@{name_of(int(found[1]))}", stored)


def with_names_shown(html: str, shown: Callable[[int, bool], Markup]) -> str:
    """Stored HTML with each mark filled by `shown(number, may_link)`; inside links and code nothing may be a link."""
    if MARK_OPEN not in html:
        return html
    inside, filled = 0, []
    for part in _TAG.split(html):
        if part.startswith("<"):
            inside += _step(part)
        else:
            may_link = not inside
            part = _MARK.sub(lambda found, may_link=may_link: str(shown(int(found[1]), may_link)), part)
        filled.append(part)
    return "".join(filled)


def with_marks(typed: str, people: Mapping[str, Collection[int]], picked: Collection[int] = ()) -> str:
    """A typed text with `@Name` replaced by marks. `people` are those who may be named, by their folded name. The
    longest name counts; of several with one name the one who was `picked`; nobody where that is not one person."""
    if "@" not in typed:
        return typed
    made, done = [], 0
    for at in (place for place, char in enumerate(typed) if char == "@"):
        found = _name_at(typed, at, people) if at >= done and _may_begin(typed, at) else None
        if found is None:
            continue
        end, numbers = found
        one = numbers if len(numbers) == 1 else [number for number in numbers if number in picked]
        if len(one) == 1:
            made += [typed[done:at], f"{MARK_OPEN}{next(iter(one))}{MARK_CLOSE}"]
            done = end
    return "".join([*made, typed[done:]])


def folded(name: str) -> str:
    """A name as it is compared."""
    return " ".join(name.casefold().split())


def _name_at(typed: str, at: int, people: Mapping[str, Collection[int]]) -> tuple[int, Collection[int]] | None:
    start = at + 1
    for end in range(min(len(typed), start + LONGEST_NAME), start, -1):
        if end < len(typed) and (typed[end].isalnum() or typed[end] == "_"):
            continue
        numbers = people.get(typed[start:end].casefold())
        if numbers:
            return end, numbers
    return None


def _may_begin(typed: str, at: int) -> bool:
    """Not inside an address: what stands before is nothing, a space, or a sign that opens."""
    if at and not (typed[at - 1].isspace() or typed[at - 1] in _OPENERS):
        return False
    word = re.split(r"\s", typed[max(0, at - 200) : at])[-1]
    return "://" not in word and "](" not in word


def _step(tag: str) -> int:
    name = re.match(r"</?([a-z]+)", tag)
    if name is None or name[1] not in _NO_LINK_IN:
        return 0
    return -1 if tag.startswith("</") else 1
