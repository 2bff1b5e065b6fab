"""What hosts do about messages, and what whoever wrote them is told: the same as with every other piece."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import select

from community.core.db import session
from community.moderation import deciding
from community.moderation.deciding import Decision
from community.safety.models import Case
from community.streams.actions import edit_piece, react, remove_piece, restore_piece
from community.streams.models import Piece
from tests.chat.saying import chat_of, say
from tests.client import Browser
from tests.reports.told import tell
from tests.world import World

Browsers = Callable[..., Browser]
AFRAID = "jag vill inte vakna i morgon"


def case_of(piece: Piece) -> Case:
    found = session().scalar(select(Case).where(Case.piece_id == piece.id, Case.state == "open"))
    assert found is not None
    return found


def decide(world: World, piece: Piece, do: str, who: str = "jonna", **how: str) -> None:
    case = case_of(piece)
    deciding.decide(world.viewer(who), case.id, Decision(do, case.version, **how))


def now(piece: Piece) -> Piece:
    return session().get_one(Piece, piece.id, populate_existing=True)


def test_a_host_hides_one_and_it_is_gone_for_everybody_else(world: World, browser: Browsers) -> None:
    piece, page = say(world, "tuva", "det där var elakt"), f"/chat/{chat_of(world)}"
    tell(world, "johanna", piece)
    assert "det där var elakt" not in browser("johanna").get(page).text, "for whoever told it is hidden at once"
    assert "det där var elakt" in browser("samir").get(page).text
    decide(world, piece, "hide", reason="unkind")
    assert "det där var elakt" not in browser("samir").get(page).text
    assert "det där var elakt" in browser("tuva").get(page).text, "its author sees it, and that it is hidden"


def test_one_word_from_a_child_hides_it_until_a_host_has_looked(world: World, browser: Browsers) -> None:
    piece, page = say(world, "johanna", "det där var elakt"), f"/chat/{chat_of(world)}"
    tell(world, "vera", piece)
    assert now(piece).state == "hidden"
    assert "det där var elakt" not in browser("samir").get(page).text
    decide(world, piece, "show")
    assert "det där var elakt" in browser("samir").get(page).text


def test_what_is_kept_for_a_person_stands_once_she_lets_it_through(world: World, browser: Browsers) -> None:
    piece, page = say(world, "amina", AFRAID), f"/chat/{chat_of(world)}"
    assert AFRAID not in browser("tuva").get(page).text
    assert AFRAID in browser("amina").get(f"{page}/waiting").text
    last = say(world, "tuva", "hej")
    decide(world, piece, "publish")
    assert now(piece).state == "published"
    assert (now(piece).nr or 0) > (last.nr or 0)
    assert AFRAID in browser("tuva").get(page).text


def test_what_is_sent_back_is_changed_and_sent_again(world: World, browser: Browsers) -> None:
    piece = say(world, "amina", AFRAID)
    decide(world, piece, "back", reason="unkind")
    assert now(piece).state == "returned"
    amina = browser("amina")
    assert AFRAID in amina.get(f"/chat/{chat_of(world)}").text
    assert amina.get(f"/pieces/{piece.id}/edit").status_code == 200
    edit_piece(world.viewer("amina"), piece.id, version=now(piece).version, body="god natt på er", title=None)
    assert "god natt på er" in amina.get(f"/chat/{chat_of(world)}").text


def test_the_queue_shows_it(world: World, browser: Browsers) -> None:
    piece = say(world, "tuva", "det där var elakt")
    tell(world, "johanna", piece)
    assert "det där var elakt" in browser("jonna").get(f"/review/{case_of(piece).id}").text


def test_what_is_to_be_looked_at_later_leads_to_its_chat(world: World, browser: Browsers) -> None:
    piece = say(world, "tuva", "orkar inte mer")
    page = browser("jonna").get("/review/unchecked").text
    assert f'href="/chat/{chat_of(world)}?around={piece.nr}#p{piece.nr}"' in page


def test_its_menus_and_pages_open(world: World, browser: Browsers) -> None:
    piece = say(world, "amina", "hej")
    react(world.viewer("tuva"), piece.id, "heart")
    edit_piece(world.viewer("amina"), piece.id, version=piece.version, body="hej hej", title=None)
    for who in ("amina", "tuva", "jonna"):
        asking = browser(who)
        for page in ("more", "react", "tell"):
            if (who, page) != ("amina", "tell"):
                assert asking.get(f"/pieces/{piece.id}/{page}").status_code == 200, (who, page)
    assert browser("jonna").get(f"/pieces/{piece.id}/history?why=handle").status_code == 200
    answer = browser("tuva").post(f"/pieces/{piece.id}/save", {})
    assert answer.status_code == 303
    assert f"/chat/{chat_of(world)}" in browser("tuva").get("/me/saved").text


def test_take_back_and_put_back(world: World, browser: Browsers) -> None:
    piece, page = say(world, "amina", "hejdå"), f"/chat/{chat_of(world)}"
    remove_piece(world.viewer("amina"), piece.id)
    assert "hejdå" not in browser("tuva").get(page).text
    restore_piece(world.viewer("amina"), piece.id)
    assert "hejdå" in browser("tuva").get(page).text


def test_an_answer_shows_what_it_answers_as_long_as_that_stands(world: World, browser: Browsers) -> None:
    piece, chat = say(world, "amina", "vem lagar mat"), chat_of(world)
    sent = {"text": "jag kan", "client_id": "answer-0001", "quote": str(piece.id), "picked": ""}
    assert browser("tuva").post(f"/chat/{chat}/messages", sent).status_code == 303
    page = browser("johanna").get(f"/chat/{chat}").text
    assert page.count("vem lagar mat") == 2
    assert f'href="/chat/{chat}?around={piece.nr}#p{piece.nr}"' in page
    remove_piece(world.viewer("amina"), piece.id)
    assert "vem lagar mat" not in browser("johanna").get(f"/chat/{chat}").text
