"""What somebody is signed in on, in plain words: "Phone, Android, Chrome". Only these words are kept of what a browser
says about itself; they help a person to know her own devices and decide nothing."""

from __future__ import annotations

import re

from community.core.i18n import _
from community.core.i18n import lazy as _l

KINDS = {"phone": _l("Phone"), "tablet": _l("Tablet"), "computer": _l("Computer")}

# The first that matches counts; many browsers also say the names of those they descend from.
_SYSTEMS = (
    (r"iPhone|iPod", "iPhone"),
    (r"iPad", "iPad"),
    (r"Android", "Android"),
    (r"CrOS", "ChromeOS"),
    (r"Windows", "Windows"),
    (r"Mac OS X|Macintosh", "Mac"),
    (r"Linux|X11", "Linux"),
)
_BROWSERS = (
    (r"Edg(?:e|A|iOS)?/", "Edge"),
    (r"OPR/|Opera", "Opera"),
    (r"SamsungBrowser/", "Samsung Internet"),
    (r"Firefox/|FxiOS/", "Firefox"),
    (r"Chrome/|CriOS/|Chromium/", "Chrome"),
    (r"Safari/", "Safari"),
)
_READ = 400  # characters of a browser's words that are looked at


def told(agent: str | None) -> str:
    """The stored words, as in 'phone/Android/Chrome'; parts nobody can tell are left empty, nothing else is kept."""
    said = (agent or "")[:_READ]
    system, browser = _first(_SYSTEMS, said), _first(_BROWSERS, said)
    kind = _kind(said, system)
    return "/".join((kind, "" if system == "iPad" else system, browser)) if kind or browser else ""


def words(device: str) -> str:
    """The stored words in the reader's language."""
    kind, _slash, rest = device.partition("/")
    parts = [str(KINDS[kind]) if kind in KINDS else "", *rest.split("/")]
    return ", ".join(part for part in parts if part) or _("A device we can't name")


def kind(device: str) -> str:
    """phone, tablet or computer; a computer where nobody can tell."""
    found = device.partition("/")[0]
    return found if found in KINDS else "computer"


def _kind(said: str, system: str) -> str:
    if system == "iPad" or (system == "Android" and "Mobile" not in said):
        return "tablet"
    if system in ("iPhone", "Android"):
        return "phone"
    return "computer" if system else ""


def _first(patterns: tuple[tuple[str, str], ...], said: str) -> str:
    return next((name for pattern, name in patterns if re.search(pattern, said)), "")
