"""Letters as they are meant, however they are written: one pure function of a text, linear in its length.

Taken away here: capitals, accents, letters of other scripts that look alike, characters nobody sees, marks on top of
letters. Kept as readings: digits and signs for letters, and a star where a letter was left out. What is a word among
them, with spaces and signs between or without any, is for phrases.py. å, ä and ö are letters of their own: "hår" is not
"har".
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from typing import NamedTuple

OWN_LETTERS = frozenset("åäö")
RING, DOTS = "\u030a", "\u0308"
UNSEEN = frozenset("\u00ad\u034f\u115f\u1160\u17b4\u17b5\u180e\u2800\u3164\uffa0")
LAUGHS = frozenset("😂🤣😹💀☠😆")  # said beside "I'm dying" these mean laughter
LAUGH = ":laugh"
EITHER = "ı"  # a capital i, which may be meant for an l: "kiII"
WILD = "*"  # a letter that was left out: "h*ra"
LONGEST_HELD = 3  # of a sign said again and again no more is looked at
_LAUGHING = frozenset({"lol", "lmao", "lmfao", "rofl", "xd", "asg", "loll", "lolz"})

# Letters that look like Latin ones: Cyrillic, Greek, Armenian, small capitals and their kin.
ALIKE = {
    pair[0]: pair[1]
    for row in (
        "аa вb еe ѕs іi јj кk мm нh оo рp сc тt уy хx ԁd ԛq ԝw һh ӏl ѵv гr пn иu ьb ґr ғf ҝk",  # Cyrillic
        "αa βb γy εe ζz ηn ιi κk νv οo ρp τt υu χx ωw ϲc ϳj μu σo",  # Greek
        "աw ոn ցg օo հh յj քp զq սu",  # Armenian
        "ᴀa ʙb ᴄc ᴅd ᴇe ꜰf ɢg ʜh ɪi ᴊj ᴋk ʟl ᴍm ɴn ᴏo ᴘp ʀr ꜱs ᴛt ᴜu ᴠv ᴡw ʏy ᴢz",  # small capitals
        "ɑa ɡg ɩi ɵo ʋv ɛe ɔo əe øö æä đd łl ħh ŧt ðd ŋn ƒf ¢c ©c ®r ¥y ¡i ×x",
    )
    for pair in row.split()
}
LEET = dict(zip("03456789@$€+", "oeasgtbgaset", strict=True))
SHARED = "1!|"  # stand for i and for l: both are tried
LEFT_OUT = "*#_•%&^"
STOPS = frozenset(',;:.?!()…"”“')  # a word does not go on behind these, unless it is written letter by letter
_AS_I = str.maketrans({**LEET, **dict.fromkeys(SHARED + EITHER, "i"), **dict.fromkeys(LEFT_OUT, None)})
_AS_L = str.maketrans({**LEET, **dict.fromkeys(SHARED + EITHER, "l"), **dict.fromkeys(LEFT_OUT, None)})
_WITH_GAPS = str.maketrans({**LEET, **dict.fromkeys(SHARED + EITHER, "i"), **dict.fromkeys(LEFT_OUT, WILD)})
_LAUGHED = "\x02"
_ENDINGS = frozenset({"re", "s", "ve", "ll", "d"})
LONG = 7  # letters: no other word is like one this long but for a doubled letter
_VOWELS = frozenset("aeiouyåäö")

_TOKEN = re.compile(r"\S+")
_PART = re.compile(r"[^\W_]+|([@$€+!|*#_•%&^])\1*|\x02")


class Atom(NamedTuple):
    """Letters and digits without a sign between them, or a sign that may stand for letters.

    `ways`: as it stands, with digits and signs read as letters, the same with l for i, and with stars as letters that
    were left out; a sign as it stands is nothing. `token`: which stretch without a space it stands in; `first`, `last`:
    of that, signs aside. `stopped`: a comma or the like stands before it. `ending`: it is the 're of "who're". `laugh`:
    somebody laughs.
    """

    ways: tuple[str, str, str, str]
    token: int
    letter: bool  # one letter, held down or not
    several: bool  # the ways differ
    first: bool = False
    last: bool = False
    stopped: bool = False
    ending: bool = False
    laugh: bool = False

    @property
    def silent(self) -> bool:
        """Whether it may as well not be there."""
        return not self.ways[0]


class _Seen(dict[int, str | None]):
    """First pass: what nobody sees goes, and every mark but the two that make å, ä and ö."""

    def __missing__(self, code: int) -> str | None:
        char = chr(code)
        unseen = char in UNSEEN or unicodedata.category(char) in ("Cf", "Mn", "Me")
        unseen |= unicodedata.category(char) == "Cc" and not char.isspace()
        self[code] = None if unseen and char not in (RING, DOTS) else char
        return self[code]


class _Folded(dict[int, str | None]):
    """Second pass: each character as the Latin letters or digits it stands for."""

    def __missing__(self, code: int) -> str | None:
        self[code] = _fold(chr(code))
        return self[code]


def _fold(char: str) -> str | None:
    if char.lower() in OWN_LETTERS:
        return char.lower()
    if char in LAUGHS:
        return _LAUGHED
    if char == "I":
        return EITHER
    for first, last in ((0x1F150, 0x1F169), (0x1F170, 0x1F189), (0x1F1E6, 0x1F1FF)):
        if first <= ord(char) <= last:
            return chr(ord("a") + ord(char) - first)
    if char.isdecimal():
        return str(unicodedata.decimal(char))
    apart = unicodedata.normalize("NFKD", char)
    own = {("a", RING): "å", ("a", DOTS): "ä", ("o", DOTS): "ö"}.get((apart[0].casefold(), apart[1:2]))
    if own:
        return own
    letters = "".join(c for c in apart if unicodedata.category(c) not in ("Mn", "Me")).casefold()
    return "".join(ALIKE.get(c, c) for c in letters) or None


_SEEN, _FOLDED = _Seen(), _Folded()


def folded(text: str) -> str:
    """Case, accents, look-alikes and what nobody sees taken away; signs, digits and spaces stay."""
    seen = text.translate(_SEEN)
    for base, mark, letter in (("a", RING, "å"), ("a", DOTS, "ä"), ("o", DOTS, "ö")):
        seen = seen.replace(base + mark, letter).replace(base.upper() + mark, letter)
    return seen.translate(_FOLDED)


def atoms(text: str) -> list[Atom]:
    """A text as atoms, in its order. Never raises."""
    found: list[Atom] = []
    stopped = False
    for token, written in enumerate(_TOKEN.findall(folded(text))):
        parts = list(_PART.finditer(written))
        sounding = [part.start() for part in parts if part[0][0].isalnum()]
        ended = 0
        for part in parts:
            said, at = part[0], part.start()
            stopped |= not STOPS.isdisjoint(written[ended:at])
            ended = part.end()
            if said == _LAUGHED:
                found.append(_atom("", "", token, laugh=True))
            elif said[0].isalnum():
                ending = said in _ENDINGS and written[at - 1 : at] in ("'", "’")
                first, last = at == sounding[0], at == sounding[-1]
                facts = {"stopped": stopped, "ending": ending, "laugh": laughs(said.replace(EITHER, "i"))}
                found.append(_atom(said, said, token, first=first, last=last, **facts))
                stopped = False
            else:
                marks = written[0] == said[0] and sounding and at > sounding[-1]  # "*so*" is how one makes it bold
                found.append(_atom("", "" if marks else said[:LONGEST_HELD], token))
        stopped |= written[-1] in STOPS
    return found


def _atom(bare: str, signed: str, token: int, **facts: bool) -> Atom:
    as_i = signed.translate(_AS_I)
    ways = (bare.replace(EITHER, "i"), as_i, signed.translate(_AS_L), signed.translate(_WITH_GAPS))
    return Atom(ways, token, len(set(as_i)) == 1, len(set(ways)) > 1, **facts)


def laughs(word: str) -> bool:
    """Whether a word is nothing but laughter: lol, xd, hahaha, hehe."""
    if word in _LAUGHING:
        return True
    return len(word) > 3 and "h" in word and set(word) in ({"h", "a"}, {"h", "e"}, {"h", "i"})


def runs(word: str) -> tuple[str, tuple[int, ...]]:
    """A word with each held letter once, and how long each was held: 'fiin' -> ('fin', (1, 2, 1))."""
    letters: list[str] = []
    lengths: list[int] = []
    for char in word:
        if letters and letters[-1] == char:
            lengths[-1] += 1
        else:
            letters.append(char)
            lengths.append(1)
    return "".join(letters), tuple(lengths)


def held_down(letters: str, said: Sequence[int], listed: Sequence[int], *, strict: bool) -> bool:
    """Whether lengths are those of a listed word with letters held down. Two may be another word ("hat", "hatt",
    "horror"): they count for a vowel and at the end, unless `strict`; three always do."""
    last = len(letters) - 1
    for at, (letter, has, wants) in enumerate(zip(letters, said, listed, strict=True)):
        doubled = not strict and (letter in _VOWELS or at == last or last >= LONG)
        if has < wants or (has > wants and has <= max(2, wants) and not doubled):
            return False
    return True
