"""What people type: cleaned on the way in, Markdown to safe HTML once at writing time. The only user of bleach.

Three layers: Markdown without raw HTML, bleach with few tags, and a content security policy without inline script.
"""

from __future__ import annotations

import re
import threading
import unicodedata
from functools import lru_cache
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urlsplit

import bleach
from markdown_it import MarkdownIt
from markdown_it.token import Token

from community.core import loop
from community.core.errors import Invalid
from community.core.i18n import lazy as _l
from community.core.i18n import number

LONGEST_PIECE, LONGEST_TITLE, LONGEST_NAME, LONGEST_ABOUT, LONGEST_NOTE = 10_000, 120, 40, 300, 120
LONGEST_MESSAGE = 4_000
EXCERPT, LONGEST_QUOTE = 280, 400
READ_AT_ONCE, READ_AT_MOST = 1_000, 8_000  # characters of HTML read for an excerpt, however long the text is
WORTH_A_THREAD = 1_500  # characters; shorter texts are cleaned sooner than a thread is reached

MARK_OPEN, MARK_CLOSE = "\ufff9", "\ufffb"  # around the number of somebody named in a text (mentions.py)
ROOM_FOR_MARKS = 400  # characters: a mark is longer than most names
_NO_MARKS = str.maketrans("", "", "\ufff9\ufffa\ufffb")

TAGS = {"p", "br", "strong", "em", "ul", "ol", "li", "blockquote", "code", "pre", "a", "hr"}

DEEPEST = 12  # levels of lists and quotations inside each other, two for each list

_markdown = MarkdownIt("commonmark", {"breaks": True, "html": False, "maxNesting": DEEPEST}).disable(
    ["heading", "lheading", "image", "html_block", "html_inline", "reference", "code"]
)
# What is nested deeper would lose its words (the parser leaves them out): it is shown as it was typed.
_as_typed = MarkdownIt("zero", {"breaks": True, "html": False}).enable(["newline"])
_per_thread = threading.local()


def tidy(raw: str) -> str:
    """NFC, plain line ends, no white space around, none of the marks we make ourselves. Raises Invalid for NUL."""
    if "\x00" in raw:
        raise Invalid(_l("There is a character in the text that can't be stored. Remove it and try again."))
    plain = raw.translate(_NO_MARKS).replace("\r\n", "\n").replace("\r", "\n")
    return unicodedata.normalize("NFC", plain).strip()


def tidy_line(raw: str) -> str:
    """The same for one line: line ends become spaces."""
    return " ".join(tidy(raw).split("\n"))


def says_something(text: str) -> bool:
    """Whether there is a character a person can see (not only spaces or zero-width ones)."""
    return any(unicodedata.category(char)[0] not in "ZC" and char not in _INVISIBLE for char in text)


def at_most(words: str, longest: int, field: str) -> None:
    """Raise Invalid at a field whose words are longer than this many characters."""
    if len(words) > longest:
        raise Invalid(_l("That is too long. At most %(max)s characters fit here.", max=number(longest)), field=field)


def reason(raw: str, longest: int) -> str:
    """Why somebody changed what holds for all, in one line. Raises Invalid (`reason`) for none or too long."""
    line = tidy_line(raw)
    if not says_something(line):
        raise Invalid(_l("Say why, so that others understand it later."), field="reason")
    at_most(line, longest, "reason")
    return line


_INVISIBLE = {"\u115f", "\u1160", "\u3164", "\uffa0", "\u2800", "\u034f"}


def to_html(source: str) -> str:
    """Markdown to HTML that is safe to store. Long texts are worked off the loop.

    `source` is tidied and within LONGEST_PIECE (marks aside): longer input raises ValueError, because cleaning it would
    cost seconds.
    """
    if len(source) > LONGEST_PIECE + ROOM_FOR_MARKS:
        raise ValueError("text longer than its limit reached the cleaner")
    return loop.off_loop(_to_html, source) if len(source) > WORTH_A_THREAD else _to_html(source)


@lru_cache(128)
def plain(html: str) -> str:
    """All words of stored HTML, one space between them: what places in a quote are counted in."""
    reader = _Words(len(html) + 1)
    reader.feed(html)
    reader.close()
    return " ".join("".join(reader.words).split())


@lru_cache(512)
def excerpt(html: str, length: int = EXCERPT) -> str:
    """The first words of stored HTML. Lists show the same posts again and again."""
    return shortened(_words(html, _Words(length + 1)), length)


def shortened(text: str, length: int = EXCERPT) -> str:
    """At most `length` characters, cut between words."""
    if len(text) <= length:
        return text
    return text[: length - 1].rsplit(" ", 1)[0].rstrip(".,;:") + "…"


def first_line(html: str, length: int = LONGEST_TITLE) -> str:
    """The first line of stored HTML as a title."""
    return shortened(_words(html, _Words(length + 1, only_first_line=True)), length)


_SMALL_WORDS = {
    "sv": "och att det är jag inte som på en ett för med men har du vi av så när min kan från ni hur",
    "en": "the and is you to of it that was my not for with but have we so when can from how are this be",
}
_SWEDISH, _ENGLISH = (frozenset(words.split()) for words in _SMALL_WORDS.values())


def has_link(typed: str) -> bool:
    """Whether a text holds an address of the web, or something written to be opened as one."""
    return bool(_LINK.search(typed))


def language_of(source: str, default: str) -> str:
    """'sv' or 'en' by the small words in a text; `default` where they do not tell."""
    words = source.casefold().split()
    swedish, english = sum(word in _SWEDISH for word in words), sum(word in _ENGLISH for word in words)
    return default if swedish == english else "sv" if swedish > english else "en"


def _to_html(source: str) -> str:
    tokens = _markdown.parse(source)
    too_deep = any(
        token.nesting == 1 and token.level >= DEEPEST - 1 for token in tokens if token.type[:9] != "paragraph"
    )
    html = _as_typed.render(source) if too_deep else _markdown.renderer.render(tokens, _markdown.options, {})
    return str(_cleaner().clean(html))


def _cleaner() -> bleach.Cleaner:
    if not hasattr(_per_thread, "cleaner"):
        _per_thread.cleaner = bleach.Cleaner(tags=TAGS, attributes=_may_stay, protocols=["http", "https", "mailto"])
    cleaner: bleach.Cleaner = _per_thread.cleaner
    return cleaner


def _may_stay(tag: str, name: str, value: str) -> bool:
    if tag == "ol" and name == "start":
        return value.isdecimal()
    if tag != "a":
        return False
    return (name == "href" and _safe_link(value)) or (name == "rel" and value == _REL)


def _safe_link(href: str) -> bool:
    """http, https, mailto, or a path on this site. bleach alone keeps `javascript:1` and `//elsewhere`. A name before
    the host (`https://bank.example@elsewhere.example`) is only ever there to mislead."""
    if any(ord(char) <= 32 for char in href) or "\\" in href:
        return False
    try:
        parts = urlsplit(href)
    except ValueError:
        return False
    if parts.scheme in ("http", "https"):
        return bool(parts.hostname) and "@" not in parts.netloc
    if parts.scheme == "mailto":
        return True
    return not parts.scheme and href.startswith("/") and not href.startswith("//")


_REL = "noopener noreferrer nofollow"


def _open_link(self: object, tokens: list[Token], idx: int, options: object, env: object) -> str:
    tokens[idx].attrSet("rel", _REL)
    _name_the_host(tokens, idx)
    renderer: Any = _markdown.renderer
    return str(renderer.renderToken(tokens, idx, options, env))


def _name_the_host(tokens: list[Token], idx: int) -> None:
    """Words that look like one address and lead to another say where they really lead."""
    end = next(at for at in range(idx, len(tokens)) if tokens[at].type == "link_close")
    inside = [token for token in tokens[idx + 1 : end] if token.content]
    said = _ADDRESS.match("".join(token.content for token in inside))
    try:
        host = (urlsplit(str(tokens[idx].attrGet("href"))).hostname or "").removeprefix("www.")
    except ValueError:
        return
    if said and host and said[1].casefold() != host and not host.endswith(f".{said[1].casefold()}"):
        inside[-1].content += f" ({host})"


_LINK = re.compile(
    r"://|\bwww\.|\]\s*\(\s*\S|<\s*/|\b[\w-]+\.(?:com|net|org|info|gg|io|tv|app|ly|link|eu|dev|xyz|site|online)\b"
    r"|\b[\w-]+\.(?:[a-z]{2,})/\S",
    re.IGNORECASE,
)
"""Endings that are words of our languages as well (se, nu, be) count where a path follows."""
_ADDRESS = re.compile(r"\s*(?:https?://)?(?:www\.)?((?:[\w-]+\.)+[a-z]{2,})(?![\w-])", re.IGNORECASE)


def _fence(self: object, tokens: list[Token], idx: int, options: object, env: object) -> str:
    """The words behind the opening marks name a language to who writes programs; here they are words like others."""
    token = tokens[idx]
    token.content, token.info = f"{token.info.strip()}\n{token.content}".lstrip("\n"), ""
    renderer: Any = _markdown.renderer
    return str(renderer.code_block(tokens, idx, options, env))


_markdown.add_render_rule("link_open", _open_link)
_markdown.add_render_rule("fence", _fence)


class _Words(HTMLParser):
    """Gathers words until there are `enough` characters, so that a long text costs no more than a short one."""

    BREAKS = frozenset({"p", "br", "li", "blockquote", "pre", "hr"})

    def __init__(self, enough: int, *, only_first_line: bool = False) -> None:
        super().__init__(convert_charrefs=True)
        self.words: list[str] = []
        self.found, self.enough = 0, enough
        self.only_first_line, self.done = only_first_line, False

    def handle_starttag(self, tag: str, attrs: object) -> None:
        if tag in self.BREAKS:
            self.done = self.done or (self.only_first_line and self.found > 0)
            self.handle_data(" ")

    def handle_endtag(self, tag: str) -> None:
        self.handle_starttag(tag, [])

    def handle_data(self, data: str) -> None:
        if not self.done:
            self.words.append(data)
            self.found += sum(map(len, data.split()))
            self.done = self.found >= self.enough


def _words(html: str, reader: _Words) -> str:
    for start in range(0, min(len(html), READ_AT_MOST), READ_AT_ONCE):
        if not reader.done:
            reader.feed(html[start : start + READ_AT_ONCE])
    reader.close()
    return " ".join("".join(reader.words).split()) or ("…" if html else "")
