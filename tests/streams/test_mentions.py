"""Mentions: who is offered, what is stored, what each reader sees of it, and how many are possible."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from sqlalchemy import select, update

from community.core import mentions as marks
from community.core import text
from community.core.db import session, transaction
from community.core.errors import Invalid, TooMany
from community.members.models import Member, MembershipPeriod
from community.spaces.models import Space
from community.streams import actions, mentions, queries
from community.streams.models import Mention, Piece, Stream
from tests.client import Browser, field_in, words_of
from tests.make import Make
from tests.world import HOLD, TODAY, World, answer

Browsers = Callable[..., Browser]


def offered(
    world: World, who: str, prefix: str, stream: Stream | None = None, space: str = "vardagsrummet"
) -> list[str]:
    place = session().get_one(Space, world.space(space))
    return [person.name for person in mentions.names_for(world.viewer(who), prefix, place, stream)]


def called(world: World, who: str, name: str) -> None:
    with transaction() as s:
        s.execute(update(Member).where(Member.id == world.id(who)).values(display_name=name))


def shown(world: World, who: str, piece: Piece) -> str:
    return str(queries.views(world.viewer(who), [queries.piece_for(world.viewer(who), piece.id)])[0].html)


def test_what_is_stored_holds_no_name_and_is_shown_as_she_is_called_now(world: World, make: Make) -> None:
    piece = make.reply("tuva", world.stream("open"), "Tack @Johanna, och du @SARA!")
    assert "ohanna" not in piece.text + piece.html and "ara" not in piece.text + piece.html
    assert sorted(mentions.ids_for(piece)) == sorted((world.id("johanna"), world.id("sara")))
    link = f'<a class="mention" href="/people/{world.id("johanna")}">@Johanna</a>'
    assert link in shown(world, "vera", piece)
    called(world, "johanna", "Jo")
    assert ">@Jo</a>" in shown(world, "vera", piece) and "Johanna" not in shown(world, "vera", piece)
    assert queries.views(world.viewer("vera"), [piece])[0].excerpt == "Tack @Jo, och du @Sara!"


def test_who_is_gone_or_kept_apart_from_the_reader_is_somebody(world: World, make: Make) -> None:
    piece = make.reply("vera", world.stream("ivans"), "Fråga @Samir eller @Elias")
    assert "@Samir" in shown(world, "vera", piece) and "@Elias" in shown(world, "vera", piece)
    assert "Elias" not in shown(world, "amina", piece) and "@Samir" in shown(world, "amina", piece)
    assert '<span class="mention">någon</span>' in shown_in(world, "amina", piece)
    with transaction() as s:
        s.execute(update(MembershipPeriod).where(MembershipPeriod.member_id == world.id("samir")).values(to_on=TODAY))
    assert "Samir" not in shown(world, "vera", piece)


def shown_in(world: World, who: str, piece: Piece) -> str:
    """As the page of a member says it, in her language."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(mentions, "_", lambda words: {"somebody": "någon"}[words])
        return shown(world, who, piece)


def test_the_page_and_the_frame_for_all_say_it_in_the_language_of_the_reader(
    world: World, make: Make, browser: Browsers
) -> None:
    stream = world.stream("ivans")
    piece = make.reply("vera", stream, "Fråga @Elias")
    page = browser("amina").get(f"/t/{stream.id}").text
    assert "Elias" not in page and '<span class="mention">någon</span>' in page
    since = browser("amina").get(f"/streams/{stream.id}/since?after=0").json
    assert since and not any("Elias" in (one["html"] or "") for one in since["pieces"])
    assert "Elias" not in browser("amina").get(f"/pieces/{piece.id}/more").text
    neutral = str(queries.neutral_view(queries.piece_for(world.viewer("vera"), piece.id)).html)
    assert "@Elias" in neutral


def test_a_childs_and_a_protected_name_lead_nowhere_from_a_mention(world: World, make: Make) -> None:
    piece = make.reply("sara", world.stream("open"), "@Vera och @Johanna")
    html = shown(world, "tuva", piece)
    assert '<strong class="mention">@Vera</strong>' in html and 'href="/people/' in html
    assert f"/people/{world.id('vera')}" not in html


def test_names_are_offered_by_their_beginning_eight_at_most(world: World, make: Make) -> None:
    assert offered(world, "tuva", "jo") == ["Johanna", "Jonna"]
    assert offered(world, "tuva", "JO") == ["Johanna", "Jonna"]
    assert offered(world, "tuva", "") == [] and offered(world, "tuva", "tuv") == []
    for number, who in enumerate(
        ("vera", "mira", "olle", "hanna", "samir", "isla", "johanna", "sara", "jonna", "ivan")
    ):
        called(world, who, f"Zeta {number}")
    assert len(offered(world, "sara", "ze")) == 8
    stream = make.thread("tuva")
    make.reply("ivan", stream)
    assert offered(world, "sara", "zeta", stream)[0] == "Zeta 9"


def test_who_may_not_be_mentioned_is_not_offered(world: World, make: Make) -> None:
    assert offered(world, "amina", "eli") == [] and offered(world, "elias", "ami") == []
    assert offered(world, "sara", "noo") == [], "a protected identity"
    assert offered(world, "tuva", "gun") == [], "gone"
    assert offered(world, "tuva", "sami", space="solglantan") == [], "does not read that channel"
    assert offered(world, "sara", "ver") == ["Vera"] and offered(world, "vera", "isl") == ["Isla"]


def test_an_adult_is_offered_a_child_only_where_she_wrote_with_her_name(world: World, make: Make) -> None:
    stream = make.thread("sara")
    for adult in ("johanna", "tuva"):
        assert offered(world, adult, "ver", stream) == [] and offered(world, adult, "ver") == []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Piece, "by_name", classmethod(lambda cls: cls.kind == "opening"))
        reply = make.reply("vera", stream)
        assert offered(world, "johanna", "ver", stream) == [], "without a name she has not written there"
    assert offered(world, "johanna", "ver", stream) == ["Vera"]
    actions.remove_piece(world.viewer("vera"), reply.id)
    assert offered(world, "johanna", "ver", stream) == []


@pytest.mark.parametrize(
    ("who", "words"),
    [
        ("amina", "Hej @Elias"),
        ("johanna", "Hej @Vera"),
        ("sara", "Hej @Noor"),
        ("tuva", "Hej @Gun"),
        ("tuva", "Hej @Nobody"),
        ("tuva", "Hej @Tuva"),
        ("tuva", "post@johanna.se https://x.se/@Johanna [x](https://x.se/(@Johanna) @Johannas `@Johanna`"),
    ],
)
def test_what_is_no_mention_stays_plain_text(who: str, words: str, world: World, make: Make) -> None:
    piece = make.thread(who, text=words)
    opening = session().get_one(Piece, piece.opening_id)
    assert opening.text == words and mentions.ids_for(opening) == []
    assert "mention" not in shown(world, who, opening)


def test_marks_cannot_be_typed(world: World, make: Make) -> None:
    typed = f"{text.MARK_OPEN}{world.id('vera')}{text.MARK_CLOSE} hej"
    piece = make.reply("johanna", world.stream("open"), text.tidy(typed))
    assert piece.text == f"{world.id('vera')} hej" and "Vera" not in shown(world, "sara", piece)


def test_of_two_with_one_name_the_one_who_was_picked(world: World, make: Make) -> None:
    called(world, "johanna", "Sam Sund")
    called(world, "samir", "sam sund")
    stream, tuva = make.thread("sara"), world.viewer("tuva")
    plain, _new = actions.reply(tuva, stream, make.said("Hej @Sam Sund"))
    assert mentions.ids_for(plain) == []
    said = actions.Said("Hej @Sam Sund!", "picked-0001", picked=frozenset({world.id("samir"), 4711}))
    picked, _new = actions.reply(tuva, stream, said)
    assert mentions.ids_for(picked) == [world.id("samir")]
    sly = actions.Said("Hej @Vera", "picked-0002", picked=frozenset({world.id("vera")}))
    assert mentions.ids_for(actions.reply(tuva, stream, sly)[0]) == [], "choosing is no right"


def test_the_longest_name_counts() -> None:
    people = {"kim": [1], "kim larsson": [2]}
    assert marks.named_in(marks.with_marks("@Kim Larsson och @kim", people)) == [2, 1]


def test_two_hundred_are_too_many_and_the_text_is_kept(world: World, make: Make, browser: Browsers) -> None:
    tuva, stream = browser("tuva"), make.thread("sara")
    many = " ".join(["@Johanna"] * 200)
    answer_ = tuva.post(f"/t/{stream.id}/replies", text=many, client_id="many-mentions")
    assert answer_.status_code == 422 and field_in(answer_, "text") == many
    assert "At most 20 people can be mentioned" in words_of(answer_)
    with pytest.raises(Invalid):
        make.thread("tuva", text=" ".join(["@Johanna"] * 21))
    assert make.thread("tuva", text=" ".join(["@Johanna"] * 20) + " a" * 4900)
    unknown = " ".join(["@Nobody"] * 200)
    assert tuva.post(f"/t/{stream.id}/replies", text=unknown, client_id="many-unknown").status_code == 303


def test_changing_a_text_shows_names_and_keeps_whom_it_means(world: World, make: Make, browser: Browsers) -> None:
    called(world, "samir", "Johanna")
    said = actions.Said("Tack @Johanna", "edit-mention", picked=frozenset({world.id("samir")}))
    piece, _new = actions.reply(world.viewer("tuva"), world.stream("open"), said)
    tuva = browser("tuva")
    form = tuva.get(f"/pieces/{piece.id}/edit")
    assert field_in(form, "text") == "Tack @Johanna"
    stale = tuva.post(f"/pieces/{piece.id}/edit", text="x", version="7")
    assert stale.status_code == 409 and text.MARK_OPEN not in stale.text and "Tack @Johanna" in stale.text
    assert tuva.post(f"/pieces/{piece.id}/edit", text="Tack igen @Johanna", version="1").status_code == 303
    changed = session().get_one(Piece, piece.id, populate_existing=True)
    assert mentions.ids_for(changed) == [world.id("samir")]
    history = browser("sara").get(f"/pieces/{piece.id}/history?why=report")
    assert "Tack @Johanna" in words_of(history) and text.MARK_OPEN not in history.text
    assert tuva.post(f"/pieces/{piece.id}/edit", text="Tack", version="2").status_code == 303
    assert session().scalar(select(Mention.member_id).where(Mention.piece_id == piece.id)) is None


def test_no_page_shows_a_mark(world: World, make: Make, browser: Browsers) -> None:
    stream = make.thread("tuva", text="Hej @Johanna, titta", title="En titel")
    untitled = make.thread("tuva", text="@Johanna på första raden")
    sara = browser("sara")
    sara.post(f"/pieces/{stream.opening_id}/save")
    pages = ["/", f"/t/{stream.id}", f"/t/{untitled.id}", "/me/saved", f"/people/{world.id('tuva')}", "/feed/newer"]
    pages += [f"/pieces/{stream.opening_id}/{what}" for what in ("more", "react")]
    for page in pages:
        shown_page = sara.get(page).text
        assert not re.search("[\ufff9\ufffa\ufffb]", shown_page), page
        assert "@Johanna" in shown_page or page == "/me/saved" or page.endswith("react"), page


def test_a_held_text_keeps_whom_it_names_until_it_stands(world: World, make: Make) -> None:
    from community.safety.word_lists import in_force

    with in_force(HOLD):
        piece = make.reply("vera", world.stream("open"), "heldword @Sara")
    assert piece.state == "held" and mentions.ids_for(piece) == [world.id("sara")]


def test_the_same_words_sent_twice_are_one(world: World, make: Make) -> None:
    stream = make.thread("sara")
    first = make.reply("tuva", stream, "Hej @Johanna")
    assert make.reply("tuva", stream, "Hej @Johanna").id == first.id


def test_the_list_is_a_part_and_not_for_asking_on_and_on(world: World, browser: Browsers) -> None:
    stream, tuva = world.stream("open"), browser("tuva")
    part = tuva.get(f"/streams/{stream.id}/names?q=joh")
    assert f'data-id="{world.id("johanna")}"' in part.text and "<html" not in part.text
    assert tuva.get(f"/channels/{world.space('vardagsrummet')}/names?q=joh").text.count("<li") == 1
    assert browser("elias").get(f"/streams/{stream.id}/names?q=joh").status_code == 404
    codes = [tuva.get(f"/streams/{stream.id}/names?q=joh").status_code for _time in range(60)]
    assert codes[0] == 200 and codes[-1] == TooMany.status


def test_who_reads_finds_the_answer_in_one_query_more(world: World, make: Make) -> None:
    answer("plain-one", "tuva", "open")
    piece = make.reply("tuva", world.stream("open"), "@Johanna @Sara @Ivan")
    assert len(mentions.ids_for(piece)) == 3
