"""What people type becomes HTML that can do nothing: a corpus of tries, and a property."""

from __future__ import annotations

from html.parser import HTMLParser
from urllib.parse import urlsplit

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from community.core import text
from community.core.errors import Invalid

ALLOWED = {"p", "br", "strong", "em", "ul", "ol", "li", "blockquote", "code", "pre", "a", "hr"}

CORPUS = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg onload=alert(1)>",
    "<svg><script>alert(1)</script>",
    "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>",
    "<a href=javascript:alert(1)>x</a>",
    "[x](javascript:1)",
    "[x](JaVaScRiPt:alert(1))",
    "[x](java\nscript:alert(1))",
    "[x](java&#10;script:alert(1))",
    "[x](&#106;avascript:alert(1))",
    "[x](javascript&colon;alert(1))",
    "[x](&#x6A&#x61;vascript:alert(1))",
    "[x](%6Aavascript:alert(1))",
    "[x](\x01javascript:alert(1))",
    "[x](vbscript:msgbox(1))",
    "[x](data:text/html,<script>1</script>)",
    "[x](data:text/html;base64,PHNjcmlwdD4=)",
    "[x](data:image/svg+xml,<svg/onload=1>)",
    "[x](file:///etc/passwd)",
    "[x](//evil.example)",
    "[x](///evil.example)",
    "[x](/\\evil.example)",
    "[x](\\\\evil.example)",
    "[x](https:evil.example)",
    "[x](http:/evil.example)",
    "[x](https://)",
    "[x](/%09/evil.example)",
    "[x](<//evil.example>)",
    "[x](< javascript:1>)",
    "<javascript:alert(1)>",
    "<vbscript:1>",
    "<data:text/html,x>",
    '<https://a">b>',
    "<mailto:a@b?subject=<script>>",
    "[a [b](javascript:1) c](https://x)",
    "[![x](javascript:1)](javascript:2)",
    "![x](https://evil.example/pixel.gif)",
    '![x](x"onerror=alert(1))',
    '[x](https://x "t" onmouseover=alert(1))',
    "[x](https://x '\"><script>1</script>')",
    "[x][r]\n\n[r]: javascript:alert(1)",
    "[r]: data:text/html,x\n[r]",
    "`<script>`",
    "```html\n<script>alert(1)</script>\n```",
    '```"><script>\nx\n```',
    "<!--<img src=x onerror=1>-->",
    "<![CDATA[<script>1</script>]]>",
    "<?php echo 1 ?>",
    "<b onclick=1>",
    "<iframe src=https://evil.example>",
    "<form action=//evil><button>",
    "<base href=//evil>",
    "<meta http-equiv=refresh>",
    "<style>*{background:url(//evil)}</style>",
    "<x/onpointerdown=1>",
    "</p></div></article><script>1</script>",
    "&lt;script&gt;",
    "<<script>script>alert(1)<</script>/script>",
    "\u202e<script>",
    "<scr\u0131pt>",
    "<ſcript>",
    "1. <li onclick=1>",
    "> > > <script>",
    "* * * <hr onclick=1>",
    "[x](https://bank.example@evil.example/)",
    "[x](https://bank.example:443@evil.example)",
    "[x](https://bank.example%2f@evil.example)",
    "<https://bank.example@evil.example>",
    "[x](https://[::1)",
    "[x](mailto:javascript:alert(1))",
    "[x](MAILTO:a@b.c)",
    "[x](HTTPS:\\\\evil.example)",
    "[x](https://evil.example\u2028)",
    "[\u202ex](https://evil.example/\u202e)",
    "**" * 40 + "[x](javascript:1)" + "**" * 40,
    "> " * 40 + "[x](javascript:1)",
    "- " * 40 + "<a href=javascript:1>",
    "[x](tel:112)",
    "[x](sms:112)",
    "[x](ftp://evil)",
    "[x](blob:https://x/1)",
    "[x](ws://evil)",
    "[x](#top)",
    "[x](?next=//evil)",
    "[x](relative/path)",
    "[x](..//evil)",
    "[x](mailto:a@b.c)",
    "[x](/t/1)",
    "[x](https://exempel.se/å?b=c&d)",
]


class _Seen(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: set[str] = set()
        self.attributes: list[tuple[str, str, str]] = []
        self.other: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes += [(tag, name, value or "") for name, value in attrs]

    def handle_comment(self, data: str) -> None:
        self.other.append(data)

    def handle_decl(self, decl: str) -> None:
        self.other.append(decl)

    def handle_pi(self, data: str) -> None:
        self.other.append(data)


def _is_harmless(html: str) -> None:
    seen = _Seen()
    seen.feed(html)
    seen.close()
    assert seen.tags <= ALLOWED, seen.tags - ALLOWED
    assert not seen.other
    for tag, name, value in seen.attributes:
        if (tag, name) == ("ol", "start"):
            assert value.isdecimal()
        elif (tag, name) == ("a", "rel"):
            assert value == "noopener noreferrer nofollow"
        else:
            assert (tag, name) == ("a", "href"), (tag, name)
            _leads_somewhere_known(value)


def _leads_somewhere_known(href: str) -> None:
    assert not any(ord(char) <= 32 for char in href) and "\\" not in href, href
    scheme = urlsplit(href).scheme
    if href.startswith("/"):
        assert not href.startswith("//"), href
    else:
        assert scheme in ("http", "https", "mailto"), href
        assert scheme == "mailto" or urlsplit(href).netloc, href
        assert "@" not in urlsplit(href).netloc, href
        assert scheme == "mailto" or urlsplit(href).hostname, href


@pytest.mark.parametrize("source", CORPUS)
def test_a_try_comes_to_nothing(source: str) -> None:
    try:
        tidied = text.tidy(source)
    except Invalid:
        return
    html = text.to_html(tidied)
    _is_harmless(html)
    _is_harmless(text.to_html(tidied * 30)) if len(tidied) * 30 < text.LONGEST_PIECE else None


PARTS = st.sampled_from(
    [*CORPUS, "[", "](", ")", "<", ">", "\n\n", "`", "&#", ";", '"', "\\", " ", "javascript:", "*", "//"]
)


@settings(max_examples=150, deadline=None)
@given(st.lists(PARTS | st.text(max_size=12), max_size=14).map("".join))
def test_whatever_is_typed_is_harmless(source: str) -> None:
    source = source.replace("\x00", "")[:3000]
    html = text.to_html(text.tidy(source))
    _is_harmless(html)
    assert "<" not in text.excerpt(html, 3000) or "<" in source or "&" in source


@pytest.mark.parametrize(("source", "link"), [
    ("[x](https://exempel.se/a)", "https://exempel.se/a"), ("<https://exempel.se>", "https://exempel.se"),
    ("[x](mailto:a@b.se)", "mailto:a@b.se"), ("[x](/t/12#p3)", "/t/12#p3"), ("<a@b.se>", "mailto:a@b.se"),
])  # fmt: skip
def test_real_links_stay(source: str, link: str) -> None:
    assert f'href="{link}"' in text.to_html(source)


def test_ordinary_writing_keeps_its_shape() -> None:
    html = text.to_html("**fet** *kursiv*\nny rad\n\n- ett\n- två\n\n> sagt\n\n3. tre")
    for part in ("<strong>fet</strong>", "<em>kursiv</em>", "<br>", "<li>ett</li>", "<blockquote>", '<ol start="3">'):
        assert part in html


ENDLESS = [
    *("*" * 9_999, "[" * 9_999, "> " * 4_999, "`" * 9_999, "[](" * 3_333, "<" * 9_999, "<a " * 3_333, "(" * 9_999),
    *("<a href=" * 1_249, "[a](https://" * 833, "**_" * 3_333, "- " * 4_999, "1. " * 3_333),
]


@pytest.mark.parametrize("source", ENDLESS, ids=lambda source: source[:4])
def test_no_text_takes_long(source: str) -> None:
    _is_harmless(text.to_html(source))


def test_longer_than_its_limit_never_reaches_the_cleaner() -> None:
    with pytest.raises(ValueError, match="limit"):
        text.to_html("a" * (text.LONGEST_PIECE + text.ROOM_FOR_MARKS + 1))


@pytest.mark.parametrize("mark", ["> ", "- ", "1. ", "**", "_", "[", "`", "<a "])
def test_what_is_nested_deeper_than_anybody_needs_stays_readable(mark: str) -> None:
    """Deep Markdown: the words are there, and no page is asked to draw a hundred frames inside each other."""
    html = text.to_html(text.tidy(mark * 500 + "ordet"))
    assert "ordet" in html
    assert max(html.count("<blockquote>"), html.count("<li>"), html.count("<strong>")) <= 260
    assert _depth(html) <= 30


MARKS = st.sampled_from(
    [*("> ", "- ", "1. ", "**", "*", "_", "`", "```", "\n", "\n\n"), *("  ", "---", "# ", "[", "]", "(", "<", "\\")]
)


@settings(max_examples=300, deadline=None)
@given(st.lists(MARKS | st.tuples(MARKS, st.integers(1, 40)).map(lambda many: many[0] * many[1]), max_size=12))
def test_no_word_that_was_typed_is_missing(marks: list[str]) -> None:
    typed = "".join(f"{mark}ord{number} " for number, mark in enumerate(marks))
    plain = text.plain(text.to_html(text.tidy(typed)))
    assert [number for number in range(len(marks)) if f"ord{number}" not in plain] == []


class _Depth(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.now = self.most = 0

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.now += tag not in ("br", "hr")
        self.most = max(self.most, self.now)

    def handle_endtag(self, tag: str) -> None:
        self.now -= tag not in ("br", "hr")


def _depth(html: str) -> int:
    reader = _Depth()
    reader.feed(html)
    reader.close()
    return reader.most


@pytest.mark.parametrize(("source", "words"), [
    ("[https://bank.example](https://evil.example/x)", "https://bank.example (evil.example)"),
    ("[www.Bank.example/in](http://evil.example)", "www.Bank.example/in (evil.example)"),
    ("[**bank.example**](https://bank.example.evil.example)", "bank.example (bank.example.evil.example)"),
    ("[bank.example](https://www.bank.example/in)", "bank.example"),
    ("[bank.example](https://BANK.example)", "bank.example"),
    ("[bank.example](https://my.bank.example)", "bank.example"), ("<https://bank.example/a>", "https://bank.example/a"),
    ("[klicka här](https://bank.example)", "klicka här"), ("[kl 18.00](https://bank.example)", "kl 18.00"),
    ("[](https://bank.example)", ""), ("[bank.example](/t/1)", "bank.example"),
    ("[a.se](https://[::1)", "a.se"),
])  # fmt: skip
def test_an_address_that_leads_elsewhere_says_so(source: str, words: str) -> None:
    html = text.to_html(source)
    _is_harmless(html)
    assert text.plain(html) == words
