"""Stored HTML as what is set on paper: paragraphs, lines of lists and quotations, with what is strong or set apart."""

from __future__ import annotations

from dataclasses import dataclass
from html.parser import HTMLParser

PARAGRAPH, ITEM, QUOTE, RULE = "paragraph", "item", "quote", "rule"
_STRONG, _APART = "**", "__"
_MARKS = {"strong": _STRONG, "em": _APART}
_SIGNS = ("**", "__", "~~", "--")


@dataclass
class Block:
    """One paragraph. `words` hold marks where `marked`; `sign` stands before a line of a list; `depth` is how far it is
    set in."""

    kind: str
    words: str
    depth: int = 0
    sign: str = ""
    marked: bool = False


def blocks_of(html: str) -> list[Block]:
    """What a stored text is made of."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    reader.end()
    return reader.blocks


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.blocks: list[Block] = []
        self._parts: list[tuple[str, str]] = []  # words, and the mark they stand between
        self._lists: list[int] = []  # of each list around this the next number; 0: it has none
        self._quotes = 0
        self._mark, self._sign = "", ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in ("p", "pre", "blockquote", "ul", "ol", "li", "hr"):
            self.end()
        if tag == "br":
            self._parts.append(("\n", ""))
        elif tag == "blockquote":
            self._quotes += 1
        elif tag in ("ul", "ol"):
            start = dict(attrs).get("start") or "1"
            self._lists.append(0 if tag == "ul" else int(start) if len(start) < 6 else 1)
        elif tag == "li":
            self._sign = self._next_sign()
        elif tag == "hr":
            self.blocks.append(Block(RULE, ""))
        elif tag in _MARKS:
            self._mark = _MARKS[tag]

    def handle_endtag(self, tag: str) -> None:
        if tag in ("p", "pre", "blockquote", "ul", "ol", "li"):
            self.end()
        if tag == "blockquote":
            self._quotes = max(0, self._quotes - 1)
        elif tag in ("ul", "ol") and self._lists:
            self._lists.pop()
        elif tag in _MARKS:
            self._mark = ""

    def handle_data(self, data: str) -> None:
        self._parts.append((data if "\n" not in data else data.replace("\n", " "), self._mark))

    def end(self) -> None:
        """What was read so far is a paragraph, if it says anything."""
        plain = "".join(words for words, _mark in self._parts)
        if plain.strip():
            marked = any(mark for _words, mark in self._parts) and "](" not in plain
            words = "".join(_between(*part) for part in self._parts) if marked else plain
            kind = QUOTE if self._quotes else ITEM if self._lists else PARAGRAPH
            depth = max(0, len(self._lists) - 1) + max(0, self._quotes - 1)
            self.blocks.append(Block(kind, _tidied(words), depth, self._sign, marked))
            self._sign = ""
        self._parts = []

    def _next_sign(self) -> str:
        if not self._lists or not self._lists[-1]:
            return "•"
        self._lists[-1] += 1
        return f"{self._lists[-1] - 1}."


def _between(words: str, mark: str) -> str:
    """Words between their marks, white space outside; what only looks like a mark stays what it is."""
    for sign in _SIGNS:
        words = words.replace(sign, f"\\{sign}")
    said = words.strip()
    if not mark or not said:
        return words
    at = words.index(said)
    return f"{words[:at]}{mark}{said}{mark}{words[at + len(said) :]}"


def _tidied(words: str) -> str:
    return "\n".join(" ".join(line.split()) for line in words.split("\n")).strip()
