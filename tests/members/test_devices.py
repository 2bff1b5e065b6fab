"""What a device is called: plain words from a short list, and nothing else of what a browser says."""

from __future__ import annotations

import pytest

from community.core.i18n import in_language
from community.members import devices

AGENTS = [
    (
        "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Mobile Safari/537",
        "phone/Android/Chrome",
    ),
    (
        "Mozilla/5.0 (Linux; Android 13; SM-X200) AppleWebKit/537.36 (KHTML, like Gecko) SamsungBrowser/23.0 "
        "Chrome/115.0.0.0 Safari/537.36",
        "tablet/Android/Samsung Internet",
    ),
    (
        "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 "
        "Mobile/15E148 Safari/604.1",
        "phone/iPhone/Safari",
    ),
    (
        "Mozilla/5.0 (iPad; CPU OS 16_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) CriOS/120.0 "
        "Mobile/15E148 Safari/604.1",
        "tablet//Chrome",
    ),
    ("Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:131.0) Gecko/20100101 Firefox/131.0", "computer/Windows/Firefox"),
    (
        "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0 Safari/537.36 Edg/130.0",
        "computer/Windows/Edge",
    ),
    ("Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) Version/17.0 Safari/605.1.15", "computer/Mac/Safari"),
    ("Mozilla/5.0 (X11; CrOS x86_64) Chrome/130.0 Safari/537.36", "computer/ChromeOS/Chrome"),
    ("curl/8.0", ""),
    ("", ""),
    (None, ""),
    ("<script>alert(1)</script>", ""),
    ("Linux " * 100_000 + "Firefox/1", "computer/Linux/"),
]


@pytest.mark.parametrize(("agent", "stored"), AGENTS)
def test_a_browser_is_told_in_a_few_words(agent: str | None, stored: str) -> None:
    assert devices.told(agent) == stored
    assert len(stored) <= 40


def test_the_words_come_in_the_readers_language(app: object) -> None:
    with app.test_request_context("/"):  # type: ignore[attr-defined]
        for lang, expected in (("en", "Phone, Android, Chrome"), ("sv", "Mobil, Android, Chrome")):
            with in_language(lang):
                assert devices.words("phone/Android/Chrome") == expected
        with in_language("en"):
            assert devices.words("") == "A device we can't name"
            assert devices.words("tablet//Chrome") == "Tablet, Chrome"
    assert [devices.kind(stored) for stored in ("", "phone/iPhone/", "tablet//", "other//")] == [
        "computer", "phone", "tablet", "computer",
    ]  # fmt: skip
