"""Looking for words in a chat: who finds what, which forms of a word are found, and how far one question looks."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest

from community.chat import queries, search, searching
from community.core import ratelimit
from community.core.db import session, transaction
from community.core.errors import TooMany
from community.reports import actions as reports
from community.reports.actions import Wish
from community.streams import actions as streams
from community.streams import muting
from community.streams.models import Piece
from tests.chat.saying import chat_of, say
from tests.client import Browser, words_of
from tests.counting import counted
from tests.world import World

Browsers = Callable[..., Browser]


def looked(world: World, who: str, typed: str, before: int | None = None, slug: str = "vardagsrummet") -> search.Hits:
    ratelimit.configure(None)
    viewer = world.viewer(who)
    return search.hits_for(viewer, queries.room_for(viewer, chat_of(world, slug)), searching.wanted(typed), before)


def found(world: World, who: str, typed: str, **where: Any) -> list[str]:
    return [hit.piece.text for hit in looked(world, who, typed, **where).found]


FORMS = [
    ("pannkaka", "nu blir det pannkakor", "sv", True),
    ("pannkakorna", "vem vill ha pannkaka", "sv", True),
    ("pannk", "PANNKAKSFEST", "sv", True),
    ("recept", "här är receptet", "sv", True),
    ("kafe", "vi ses på kafé", "sv", True),
    ("kafé", "vi ses på KAFE", "sv", True),
    ("hår", "jag har inget", "sv", False),
    ("HÅR", "klippa håret", "sv", True),
    ("vi", "vilken dag", "sv", False),
    ("baking", "who bakes tonight", "en", True),
    ("happy", "so happily", "en", False),
    ("cake tonight", "tonight there is a cake", "en", True),
    ("cake tonight", "there is a cake", "en", False),
    ("100%", "100 procent", "sv", True),
    ("öl", "en halv öl", "sv", True),
    ("_", "allt", "sv", False),
    ("שלום", "אמרתי שלום", "sv", True),
    ("🚌", "på bussen 🚌", "sv", False),
]


@pytest.mark.parametrize(("typed", "said", "lang", "is_there"), FORMS)
def test_which_forms_of_a_word_are_found(world: World, typed: str, said: str, lang: str, is_there: bool) -> None:
    piece = say(world, "tuva", said)
    with transaction() as s:
        s.get_one(Piece, piece.id).lang = lang
        s.flush()
    assert found(world, "amina", typed) == ([said] if is_there else [])


def test_the_newest_stand_first_and_lead_to_their_place(world: World, browser: Browsers) -> None:
    first, _other, last = (say(world, "tuva", words) for words in ("bio ikväll", "något annat", "bio igen & <b>"))
    chat = chat_of(world)
    page = browser("amina").get(f"/chat/{chat}/search?q=bio")
    places = re.findall(rf'href="/chat/{chat}\?around=(\d+)#p\1"', page.text)
    assert places == [str(last.nr), str(first.nr)]
    assert page.text.count("<mark>bio</mark>") == 2 and "igen &amp; &lt;b&gt;" in page.text
    assert 'value="bio"' in page.text and "Look further back" not in page.text


def test_nothing_found_and_nothing_asked(world: World, browser: Browsers) -> None:
    chat, page = chat_of(world), browser("amina")
    assert "Ingenting hittades." in words_of(page.get(f"/chat/{chat}/search?q=xyzzy"))
    for empty in ("", "?q=", "?q=%20", "?q=..."):
        words = words_of(page.get(f"/chat/{chat}/search{empty}"))
        assert "Skriv ett ord eller flera" in words and "Ingenting hittades." not in words
    assert page.get(f"/chat/{chat}/search?q=a&before=x").status_code == 404
    assert page.get(f"/chat/{chat}/search?q=%00").status_code == 422
    assert page.get(f"/chat/{chat}/search?q={'lång' * 500}").status_code == 200


def test_only_what_the_chat_shows_her_is_found(world: World, browser: Browsers) -> None:
    pieces = {who: say(world, who, f"hemligt från {who}") for who in ("tuva", "elias", "olle", "ivan", "sara")}
    every = {f"hemligt från {who}" for who in pieces}
    assert set(found(world, "vera", "hemligt")) == every
    assert set(found(world, "amina", "hemligt")) == every - {"hemligt från elias"}
    assert set(found(world, "ivan", "hemligt")) == every - {"hemligt från olle"}
    reports.tell(world.viewer("vera"), Wish("worried", piece=session().get_one(Piece, pieces["tuva"].id)))
    assert "hemligt från tuva" not in found(world, "vera", "hemligt")
    streams.remove_piece(world.viewer("sara"), pieces["sara"].id)
    assert "hemligt från sara" not in found(world, "petra", "hemligt") + found(world, "sara", "hemligt")
    chat = chat_of(world, "solglantan")
    say(world, "amina", "hemligt i huset", "solglantan")
    assert browser("kim").get(f"/chat/{chat}/search?q=hemligt").status_code == 404
    assert found(world, "tuva", "huset", slug="solglantan") == ["hemligt i huset"]


def test_what_she_muted_is_not_read_out_to_her(world: World, browser: Browsers) -> None:
    say(world, "tuva", "spindlar i köket")
    muting.mute_word(world.viewer("vera"), "spindlar")
    page = browser("vera").get(f"/chat/{chat_of(world)}/search?q=köket")
    assert "spindlar" not in page.text and "Ett ord som du tystat." in words_of(page)


def test_a_long_chat_is_looked_through_in_stretches(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(search, "WINDOW", 10)
    monkeypatch.setattr(search, "PAGE", 3)
    for number in range(40):
        who = ("sara", "jonna", "petra", "birgitta")[number % 4]
        ratelimit.configure(None)
        say(world, who, f"{'fisk' if number < 8 or number == 30 else 'annat'} {number}", label=f"row-{number:06d}")
    seen, before, asked = [], None, 0
    while True:
        hits = looked(world, "vera", "fisk", before)
        seen += [hit.piece.text for hit in hits.found]
        assert (hits.since is None) == (hits.more or hits.before is None)
        before, asked = hits.before, asked + 1
        if before is None:
            break
    assert seen == [f"fisk {number}" for number in (30, 7, 6, 5, 4, 3, 2, 1, 0)]
    assert asked <= 8


def test_how_much_is_asked_and_how_often(world: World, rolled_back: Any) -> None:
    for number in range(5):
        say(world, "tuva", f"bio {number} @Sara")
    viewer = world.viewer("amina")
    room = queries.room_for(viewer, chat_of(world))
    with counted(rolled_back) as asked:
        assert len(search.hits_for(viewer, room, searching.wanted("bio")).found) == 5
    assert len(asked) <= 6
    with pytest.raises(TooMany):
        for _ in range(31):
            search.hits_for(viewer, room, searching.wanted("bio"))


def test_a_stretch_around_the_first_that_was_found() -> None:
    words = " ".join(f"ord{number}" for number in range(200))
    parts = searching.shown(words, searching.wanted("ord100"), "sv")
    assert ("ord100", True) in parts and parts[0][0] == parts[-1][0].strip() + " " == "… "
    assert sum(len(part) for part, _found in parts) < searching.SHOWN + 20
    assert "".join(part for part, _found in searching.shown("kort text", searching.wanted("text"), "sv")) == "kort text"
    whole = "x" * 4000
    assert sum(len(part) for part, _found in searching.shown(whole, searching.wanted("xxx"), "sv")) <= 4000
