"""A quote: whom, and from where to where, filled in from the source as it stands and as the reader may see it."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import inspect, update

from community.core import db, ratelimit, text
from community.core.db import session, transaction
from community.core.errors import Invalid
from community.forum import actions as forum
from community.streams import actions, quotes
from community.streams.actions import Said
from community.streams.mentions import Names
from community.streams.models import Piece, Stream, StreamEvent
from tests.client import Browser, field_in, words_of
from tests.counting import counted
from tests.make import Make
from tests.world import World

NO_NAMES = Names({}, ())
Browsers = Callable[..., Browser]
SOURCE = "Middag är **18.00**. Den som vill\nröra i grytan kommer halv."
QUOTED = re.compile(r'<figure class="quoted">(.*?)</figure>', re.DOTALL)
GONE = "A reply that is gone"


def quoting(
    world: World, who: str, source: Piece, excerpt: str = "", words: str = "precis", label: str = "quotes-0001"
) -> Piece:
    said = Said(words, label, quote_id=source.id, excerpt=excerpt)
    return forum.reply(world.viewer(who), source.stream_id, said)


def quotes_on(page: Any) -> list[str]:
    return [" ".join(html.unescape(re.sub(r"<[^>]+>", " ", one)).split()) for one in QUOTED.findall(page.text)]


def test_from_the_menu_to_the_reply_without_javascript(browser: Browsers, make: Make, world: World) -> None:
    source, tuva = make.reply("sara", world.stream("common"), SOURCE), browser("tuva")
    menu = tuva.get(f"/pieces/{source.id}/more")
    link = html.unescape(re.findall(r'href="([^"]*quote=[^"]*)"', menu.text)[0])
    page = tuva.get(link)
    assert "Middag är 18.00. Den som vill röra i grytan kommer halv." in words_of(page)
    assert field_in(page, "quote") == str(source.id)
    fields = {name: field_in(page, name) for name in ("quote", "excerpt", "client_id")}
    sent = tuva.post(f"/t/{source.stream_id}/replies", text="jag rör", **fields)
    assert sent.status_code == 303
    shown = tuva.get(sent.location)
    assert quotes_on(shown) == ["Sara : to what is quoted Middag är 18.00. Den som vill röra i grytan kommer halv."]
    assert f'href="/t/{source.stream_id}?around={source.nr}#p{source.nr}"' in shown.text
    assert f'id="p{source.nr}"' in tuva.get(f"/t/{source.stream_id}?around={source.nr}").text


@pytest.mark.parametrize(("chosen", "shown"), [
    ("röra i grytan", "… röra i grytan …"), ("Middag är 18.00.", "Middag är 18.00. …"),
    ("  vill \n röra\u00a0i ", "… vill röra i …"), ("kommer halv.", "… kommer halv."),
])  # fmt: skip
def test_words_chosen_are_found_in_the_source(
    chosen: str, shown: str, make: Make, world: World, browser: Browsers
) -> None:
    source = make.reply("sara", world.stream("common"), SOURCE)
    piece = quoting(world, "tuva", source, chosen)
    assert quotes_on(browser("tuva").get(f"/t/{source.stream_id}?around={piece.nr}")) == [
        f"Sara : to what is quoted {shown}"
    ]


FORGED = ["det sa hon aldrig", "**18.00**", "Middag är 19.00", "<p>Middag", "x" * 9_000]


@pytest.mark.parametrize("excerpt", FORGED)
def test_words_the_source_does_not_say_are_refused_and_the_text_kept(
    excerpt: str, browser: Browsers, make: Make, world: World
) -> None:
    source, tuva = make.reply("sara", world.stream("common"), SOURCE), browser("tuva")
    sent = {"text": "mitt svar", "note": "om mat", "quote": source.id, "excerpt": excerpt, "client_id": "forged-0001"}
    for part in (False, True):
        refused = tuva.post(f"/t/{source.stream_id}/replies", sent, part=part)
        assert refused.status_code == 422
        assert (field_in(refused, "text"), field_in(refused, "note")) == ("mitt svar", "om mat")
        assert field_in(refused, "quote") == str(source.id) and field_in(refused, "excerpt") == ""
        assert "What you quote says something else now" in words_of(refused)
    again = {**sent, "excerpt": field_in(refused, "excerpt")}
    assert tuva.post(f"/t/{source.stream_id}/replies", again).status_code == 303


def test_what_is_not_there_for_the_writer_cannot_be_quoted(browser: Browsers, make: Make, world: World) -> None:
    """Another stream, hidden, held, taken back, by somebody she is kept apart from, unknown: one answer for all."""
    thread = world.stream("common")
    gone = make.reply("tuva", thread)
    actions.remove_piece(world.viewer("tuva"), gone.id)
    labels = ("hidden-reply", "held-reply", "held-gone", "open", "linden-reply", "own-elias")
    amina, answers = browser("amina"), {}
    for source in (*(world.piece(label).id for label in labels), gone.id, 4711, "9999999999999999"):
        sent = {"text": "mitt svar", "quote": source, "client_id": "unquotable-1"}
        refused = amina.post(f"/t/{thread.id}/replies", sent)
        page = words_of(refused)
        assert (refused.status_code, field_in(refused, "text")) == (422, "mitt svar")
        assert (field_in(refused, "quote"), field_in(refused, "excerpt")) == ("", "")
        answers[source] = page[page.index("Det du citerar") :][:70]
        assert field_in(amina.get(f"/t/{thread.id}?quote={source}"), "quote") == ""
    assert len(set(answers.values())) == 1, answers


@pytest.mark.parametrize("quote", ["abc", "-1", "1e3", "²", "1" * 17, "1 OR 1=1"])
def test_what_is_no_piece_is_refused(quote: str, browser: Browsers, world: World) -> None:
    sent = {"text": "mitt svar", "quote": quote, "client_id": "no-piece-01"}
    refused = browser("tuva").post(f"/t/{world.stream('common').id}/replies", sent)
    assert (refused.status_code, field_in(refused, "text")) == (422, "mitt svar")
    assert browser("tuva").get(f"/t/{world.stream('common').id}", query_string={"quote": quote}).status_code == 200


def test_without_the_quote_after_all(browser: Browsers, make: Make, world: World) -> None:
    source = make.reply("sara", world.stream("common"), SOURCE)
    sent = {"text": "utan", "quote": source.id, "no_quote": "y", "client_id": "without-001"}
    assert browser("tuva").post(f"/t/{source.stream_id}/replies", sent).status_code == 303
    assert world.piece("without-001").quote_id is None


def test_the_same_short_answer_to_two_people_is_two_answers(make: Make, world: World) -> None:
    first, second = make.reply("sara", world.stream("common")), make.reply("samir", world.stream("common"))
    said = [quoting(world, "tuva", source, "", "ja", f"quotes-001{n}") for n, source in enumerate((first, second))]
    assert said[0].id != said[1].id
    assert quoting(world, "tuva", second, "", "ja", "quotes-0013").id == said[1].id, "the same once more is once"


def test_nobody_elses_words_are_stored(make: Make, world: World) -> None:
    source = make.reply("sara", world.stream("common"), "hemligtord i en mening")
    piece = quoting(world, "tuva", source, "hemligtord")
    row = session().get_one(Piece, piece.id, populate_existing=True)
    kept = {column.key: getattr(row, column.key) for column in inspect(Piece).columns}
    assert not any("hemligtord" in str(value) for value in kept.values())
    assert (row.quote_id, row.quote_version, row.quote_from, row.quote_to) == (source.id, 1, 0, 10)


def test_the_quote_follows_its_source(browser: Browsers, make: Make, world: World) -> None:
    source = make.reply("sara", world.stream("common"), SOURCE)
    piece = quoting(world, "tuva", source, "röra i grytan")
    sara, there = world.viewer("sara"), f"/t/{source.stream_id}?around={piece.nr}"
    reader = browser("tuva")
    actions.edit_piece(sara, source.id, version=1, body="Middag blir 19.00.", title=None)
    assert quotes_on(reader.get(there)) == ["Sara : to what is quoted Middag blir 19.00."]
    actions.edit_piece(sara, source.id, version=2, body="Middag blir 19.00.", title=None, note="om mat")
    quote = QUOTED.findall(reader.get(there).text)[0]
    assert quote.index("<details") < quote.index("om mat") < quote.index("<blockquote") < quote.index("</details>")
    actions.remove_piece(sara, source.id)
    page = reader.get(there)
    assert "19.00" not in page.text and GONE in words_of(page)
    actions.restore_piece(sara, source.id)
    assert "19.00" in reader.get(there).text
    with transaction() as s:  # hiding comes with moderation
        s.execute(update(Piece).where(Piece.id == source.id).values(state="hidden"))
    page = reader.get(there)
    assert "19.00" not in page.text and GONE in words_of(page)


def test_open_pages_hear_that_what_is_quoted_has_changed(make: Make, world: World, browser: Browsers) -> None:
    """Catching up brings the quoting reply too, in the same breath as its source."""
    source = make.reply("sara", world.stream("common"), SOURCE)
    piece, answer = quoting(world, "tuva", source), make.reply("samir", source.stream_id)
    seq = session().get_one(Stream, source.stream_id, populate_existing=True).seq
    make.reaction("tuva", source.id)
    actions.remove_piece(world.viewer("sara"), source.id)
    news = browser("tuva").get(f"/streams/{source.stream_id}/since?after={seq}").json
    assert news
    html_of = {one["id"]: one["html"] for one in news["pieces"]}
    assert set(html_of) == {source.id, piece.id} and answer.id not in html_of
    assert GONE in html_of[piece.id] and "Middag" not in html_of[piece.id]
    kinds = session().query(StreamEvent.kind).filter(StreamEvent.piece_id == piece.id).all()
    assert [kind for (kind,) in kinds] == ["published", "changed"], "a reaction to the source changes no quote"


def test_who_is_kept_apart_from_the_quoted_person_reads_that_it_is_gone(
    browser: Browsers, make: Make, world: World
) -> None:
    """amina has blocked elias: in pages and in what her open page fetches, the quote of his words is gone for her."""
    source = make.reply("elias", world.stream("common"), "elias ord")
    piece = quoting(world, "tuva", source)
    amina = browser("amina")
    page = amina.get(f"/t/{source.stream_id}?around={piece.nr}")
    fetched = amina.get(f"/streams/{source.stream_id}/since?after=0").text
    assert "elias ord" not in page.text and "Elias" not in page.text and "Ett svar som är borta" in words_of(page)
    assert "elias ord" not in fetched and "Elias" not in fetched
    assert "elias ord" in browser("samir").get(f"/t/{source.stream_id}?around={piece.nr}").text


def test_a_quote_of_a_quote_shows_one_level(browser: Browsers, make: Make, world: World) -> None:
    first = make.reply("sara", world.stream("common"), "> > > ytterst\n\nsaras ord")
    second = quoting(world, "tuva", first, "saras ord", "tuvas ord")
    third = quoting(world, "samir", second, "", "samirs ord", "quotes-0002")
    page = browser("tuva").get(f"/t/{first.stream_id}?around={third.nr}")
    assert quotes_on(page) == ["Sara : to what is quoted … saras ord", "Tuva : to what is quoted tuvas ord"]


def test_the_draft_keeps_what_it_quotes(browser: Browsers, make: Make, world: World) -> None:
    source, tuva = make.reply("sara", world.stream("common"), SOURCE), browser("tuva")
    place = f"reply:{source.stream_id}"
    fields = f'{{"text": "halvt", "quote": "{source.id}", "excerpt": "röra i grytan"}}'
    tuva.post("/drafts", place=place, fields=fields)
    page = tuva.get(f"/t/{source.stream_id}")
    assert (field_in(page, "quote"), field_in(page, "excerpt")) == (str(source.id), "röra i grytan")
    assert "… röra i grytan …" in words_of(page)
    actions.remove_piece(world.viewer("sara"), source.id)
    page = tuva.get(f"/t/{source.stream_id}")
    assert (field_in(page, "quote"), field_in(page, "text")) == ("", "halvt")


def test_the_thread_asks_as_often_with_thirty_quotes_as_with_one(
    make: Make, world: World, browser: Browsers, rolled_back: Any
) -> None:
    reader, counts, thread = browser("tuva"), [], make.thread("sara")
    with ratelimit.ignored():
        for number in (1, 20):
            for count in range(number):
                source = make.reply("samir", thread, f"källa {number} {count}")
                quoting(world, "vera", source, "", f"svar {number} {count}", f"many-{number}-{count:04}")
            reader.get(f"/t/{thread.id}?after=1")
            db.remove()
            with counted(rolled_back) as asked:
                page = reader.get(f"/t/{thread.id}?after=1")
            counts.append((len(quotes_on(page)), len(asked)))
    assert counts[0][0] == 1 and counts[1][0] == 21
    assert counts[0][1] == counts[1][1] <= 25, counts


WORDS = st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\x00"), min_size=1, max_size=60)


@settings(max_examples=150, deadline=None)
@given(
    st.lists(WORDS | st.sampled_from(["**", "> ", "- ", "\n\n", "`", "&amp;", "[x](https://a.se)"]), max_size=8),
    st.data(),
)
def test_any_words_of_any_source_are_found_and_any_others_are_not(parts: list[str], data: st.DataObject) -> None:
    body = text.tidy("".join(parts))
    source = Piece(id=1, version=1, html=text.to_html(body), lang="sv")
    plain = text.plain(source.html)
    if plain:
        start = data.draw(st.integers(0, len(plain) - 1))
        chosen = plain[start : data.draw(st.integers(start + 1, len(plain)))]
        found = quotes.find(source, chosen, NO_NAMES)
        if found.start is not None and found.end is not None:
            assert plain[found.start : found.end] == text.tidy(chosen) or text.tidy(chosen) != chosen.strip()
    with pytest.raises(Invalid):
        quotes.find(source, plain + "x", NO_NAMES)


def test_a_long_choice_is_cut_between_words() -> None:
    source = Piece(id=1, version=1, html=text.to_html("ord " * 400), lang="sv")
    found = quotes.find(source, "ord " * 300, NO_NAMES)
    assert found.start == 0 and found.end is not None
    assert text.LONGEST_QUOTE - 5 <= found.end <= text.LONGEST_QUOTE
    assert text.plain(source.html)[: found.end].endswith("ord")
