"""Muted people and words: folded for her alone, taken back when she likes, and nobody can tell."""

from __future__ import annotations

import json
import re
from collections.abc import Callable

import pytest
from sqlalchemy import select

from community.core.db import session
from community.core.errors import Invalid
from community.streams import actions, muted, muting, queries
from community.streams.models import MutedWords
from tests.client import Browser, field_in, words_of
from tests.digest import digest
from tests.make import Make
from tests.world import World

Browsers = Callable[..., Browser]


def slot_of(page: str, piece_id: int) -> str:
    """The wrapper of a piece on a page, up to the next one."""
    start = page.index(f'data-piece="{piece_id}"')
    return page[start : page.find('data-piece="', start + 20)]


def test_a_muted_persons_pieces_are_folded_for_me_alone(world: World, make: Make, browser: Browsers) -> None:
    thread = make.thread("sara", text="gemensam")
    theirs, mine = make.reply("ivan", thread, "av ivan"), make.reply("tuva", thread, "av tuva")
    opened = make.thread("ivan", text="inlägg av ivan")
    tuva = browser("tuva")
    back = tuva.post(f"/people/{world.id('ivan')}/mute?piece={theirs.id}")
    assert back.status_code == 303 and back.location.endswith(f"#p{theirs.nr}")
    page = tuva.get(f"/t/{thread.id}").text
    assert "You muted this person." in slot_of(page, theirs.id) and "av ivan" in page
    assert "You muted" not in slot_of(page, mine.id)
    feed = tuva.get("/").text
    item = feed[feed.index(f'data-thread="{opened.id}"') :][:400]
    assert "You muted this person." in item
    assert "You muted" not in browser("samir").get(f"/t/{thread.id}").text
    assert "You muted" not in browser("samir").get("/").text
    menu = tuva.get(f"/pieces/{theirs.id}/more")
    assert "Unmute Ivan" in words_of(menu)
    tuva.post(f"/people/{world.id('ivan')}/unmute?piece={theirs.id}")
    assert "You muted this person." not in tuva.get(f"/t/{thread.id}").text


def test_what_was_taken_back_does_not_fold_because_that_would_say_by_whom(
    world: World, make: Make, browser: Browsers
) -> None:
    thread = make.thread("sara")
    reply = make.reply("ivan", thread)
    muting.mute_person(world.viewer("tuva"), world.id("ivan"))
    actions.remove_piece(world.viewer("ivan"), reply.id)
    assert "data-fold" not in slot_of(browser("tuva").get(f"/t/{thread.id}").text, reply.id)


def test_what_folds_stands_on_the_wrapper_and_never_in_the_piece(world: World, make: Make, browser: Browsers) -> None:
    thread = make.thread("ivan")
    muting.mute_person(world.viewer("tuva"), world.id("ivan"))
    page = browser("tuva").get(f"/t/{thread.id}").text
    piece = page[page.index("<article") : page.index("</article>")]
    assert "fold" not in piece and page.index("data-fold") < page.index("<article")
    mine = json.loads(re.search(r"data-mine='([^']+)'", page)[1].replace("&#34;", '"'))  # type: ignore[index]
    assert mine["muted"] == {"people": [world.id("ivan")], "words": []}
    assert mine["folded"] == {str(thread.opening_id): "person"}


WORDS = [
    ("pappa", "Min PAPPA ringde", True),
    ("pappa", "Pappan ringde", False),
    ("pappa", "pappa!", True),
    ("cafe", "ett café", True),
    ("café", "ett cafe", True),
    ("far", "han får komma", False),
    ("får", "Han FÅR komma", True),
    ("øl", "ØL", True),
    ("självskada", "sjalvskada", False),
    ("skär sig", "hon skär  sig", True),
    ("skär sig", "hon skär inte sig", False),
    ("self-harm", "self harm", True),
    ("kött", "**kö**tt", True),
    ("kött", "kött_bit", True),
    ("a b", "a b", True),
    ("strong", "**fett**", False),
    ("quot", 'säger "nej"', False),
]


@pytest.mark.parametrize(("word", "words", "folds"), WORDS)
def test_whole_words_with_case_and_accents_aside(word: str, words: str, folds: bool, world: World, make: Make) -> None:
    muting.mute_word(world.viewer("tuva"), word)
    tuva = world.viewer("tuva")
    opening = make.thread("sara", text=words).opening_id
    shown = queries.views(tuva, [queries.piece_for(tuva, int(opening or 0))])
    assert muted.folds(tuva, shown) == ({opening: "word"} if folds else {})


def test_the_title_counts_and_my_own_never_folds(world: World, make: Make, browser: Browsers) -> None:
    tuva = browser("tuva")
    assert tuva.post("/me/muted", word="Spindel").status_code == 303
    other, own = make.thread("sara", title="En spindel!"), make.thread("tuva", title="min spindel")
    for stream, folds in ((other, True), (own, False)):
        slot = slot_of(tuva.get(f"/t/{stream.id}").text, int(stream.opening_id or 0))
        assert ("A word you muted." in slot) is folds
    assert "A word you muted." in tuva.get("/").text
    assert "A word you muted." in tuva.get(f"/people/{world.id('sara')}").text
    assert "Spindel" in words_of(tuva.get("/me/muted"))
    assert tuva.post("/me/muted/take-away", word="spindel").status_code == 303
    assert "Spindel" not in tuva.get("/me/muted").text and "A word you muted." not in tuva.get("/").text


@pytest.mark.parametrize(
    ("word", "says"),
    [
        ("a", "That word is too short. It needs at least 2 letters."),
        ("å", "That word is too short."),
        (" ! ", "Write the word you want to mute."),
        ("", "Write the word you want to mute."),
        ("x" * 41, "At most 40 characters"),
    ],
)
def test_what_is_no_word_is_refused_with_a_sentence(word: str, says: str, world: World, browser: Browsers) -> None:
    answer = browser("tuva").post("/me/muted", word=word)
    assert answer.status_code == 422 and says in words_of(answer) and field_in(answer, "word") == word.strip()
    assert muted.muted_by(world.viewer("tuva")).words == ()


def test_a_hundred_words_and_the_same_one_once(world: World) -> None:
    tuva = world.viewer("tuva")
    for number in range(100):
        muting.mute_word(tuva, f"ord{number}")
    muting.mute_word(tuva, "ORD7")
    with pytest.raises(Invalid):
        muting.mute_word(tuva, "ett till")
    assert len(muted.muted_by(tuva).words) == 100
    muting.unmute_word(tuva, "ord7")
    muting.mute_word(tuva, "ett till")


def test_words_are_sealed_in_the_database(world: World) -> None:
    muting.mute_word(world.viewer("tuva"), "hemlighet")
    assert "hemlighet" not in session().scalars(select(MutedWords.sealed)).one()


def test_nobody_else_can_tell(
    world: World, make: Make, browser: Browsers, heard: list[object], rolled_back: object
) -> None:
    ivan, thread = browser("ivan"), make.thread("ivan")
    ivan.token()
    pages = ["/", f"/t/{thread.id}", f"/people/{world.id('tuva')}", "/me"]
    before = [words_of(ivan.get(page)) for page in pages]
    heard.clear()
    state = digest(rolled_back)  # type: ignore[arg-type]
    muting.mute_person(world.viewer("tuva"), world.id("ivan"))
    assert heard == [] and digest(rolled_back) != state  # type: ignore[arg-type]
    assert [words_of(ivan.get(page)) for page in pages] == before
    muting.unmute_person(world.viewer("tuva"), world.id("ivan"))
    assert digest(rolled_back) == state  # type: ignore[arg-type]


def test_oneself_is_not_muted_and_a_person_is_listed(world: World, browser: Browsers) -> None:
    tuva = browser("tuva")
    assert tuva.post(f"/people/{world.id('tuva')}/mute").status_code == 422
    tuva.post(f"/people/{world.id('sara')}/mute")
    page = words_of(tuva.get("/me/muted"))
    assert "Sara" in page
    assert tuva.post(f"/people/{world.id('sara')}/unmute", back="list").location == "/me/muted"
    assert "Sara" not in words_of(tuva.get("/me/muted"))


def test_catching_up_says_what_is_folded(world: World, make: Make, browser: Browsers) -> None:
    thread = make.thread("sara")
    muting.mute_person(world.viewer("tuva"), world.id("ivan"))
    reply = make.reply("ivan", thread)
    news = browser("tuva").get(f"/streams/{thread.id}/since?after=0").json
    assert news and news["mine"]["folded"] == {str(reply.id): "person"}
