"""Mistakes that were found once, each with what must hold since."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any

import pytest
from sqlalchemy import event
from sqlalchemy.exc import OperationalError

from community.core import carry, db, ratelimit
from community.core.errors import TooMany
from community.members import invitations
from community.members.rules import COMMAND_LINE
from tests.client import Browser, field_in, words_of
from tests.make import Make
from tests.world import PASSWORD, World

Browsers = Callable[..., Browser]


@contextmanager
def no_database() -> Iterator[None]:
    """Every question to the database fails, as when it is down."""

    def refuse(_connection: Any, *_question: Any) -> None:
        raise OperationalError("down", None, Exception("down"))

    event.listen(db.engine(), "before_cursor_execute", refuse)
    try:
        yield
    finally:
        event.remove(db.engine(), "before_cursor_execute", refuse)


@pytest.mark.parametrize("name", ["amina", None])
def test_help_needs_no_database_whoever_asks(browser: Browsers, name: str | None) -> None:
    person = browser(name)
    with no_database():
        assert person.get("/help").status_code == 200
        assert person.get("/about").status_code == 200


def test_without_a_database_the_text_comes_back(browser: Browsers) -> None:
    amina = browser("amina")
    amina.token()
    with no_database():
        answer = amina.post("/write", text="words I would miss")
    assert answer.status_code == 503
    assert "words I would miss" in answer.text


def test_help_dials_what_the_file_says(browser: Browsers) -> None:
    links = re.findall(r'class="number" href="([^"]+)"', browser().get("/help").text)
    assert "tel:116111" in links and any(link.startswith("sms:") for link in links)
    assert all(re.fullmatch(r"(tel|sms):\+?[0-9]+", link) for link in links)


NO_NUMBERS = ["²", "١", "-1", "+1", "1e5", "1.5", "NaN", "9" * 16, "9" * 19, "9" * 5000]
ADDRESSES = [
    "/t/{}",
    "/streams/{}/since?after=0",
    "/streams/STREAM/since?after={}",
    "/t/STREAM?before={}",
    "/t/STREAM?after={}",
    "/t/STREAM?around={}",
    "/pieces/{}/react",
    "/feed/newer?space={}",
    "/feed/newer?since={}.0-1",
    "/feed/newer?since=1.0-{}",
    "/?before=1.{}-1",
]


@pytest.mark.parametrize("address", ADDRESSES)
def test_what_is_no_number_is_refused(browser: Browsers, world: World, address: str) -> None:
    amina = browser("amina")
    path = address.replace("STREAM", str(world.stream("common").id))
    for number in NO_NUMBERS:
        assert amina.get(path.format(number)).status_code in (200, 404, 422), number


def test_before_the_first_reply_there_is_nothing(browser: Browsers, world: World) -> None:
    for place in (0, 1, 2):
        assert browser("amina").get(f"/t/{world.stream('common').id}?before={place}").status_code == 200


def test_a_draft_of_nonsense_does_not_close_the_page(browser: Browsers) -> None:
    amina = browser("amina")
    for channel in ("²", "9" * 30, "none"):
        draft = f'{{"text": "half a thought", "space_id": "{channel}", "mode": "?"}}'
        assert amina.post("/drafts", place="new", fields=draft).status_code == 204
        assert "half a thought" in amina.get("/write").text


def test_the_feed_shows_a_text_without_title_from_its_beginning(browser: Browsers, make: Make) -> None:
    make.thread("tuva", text="The first line says it.\n\nThe second adds to it.")
    assert "The first line says it. The second adds to it." in words_of(browser("amina").get("/"))


def test_what_was_taken_back_names_nobody(browser: Browsers, world: World, make: Make) -> None:
    reply = make.reply("tuva", world.stream("open"))
    make.reaction("vera", reply.id)
    browser("tuva").post(f"/pieces/{reply.id}/delete")
    for path in (f"/pieces/{reply.id}/more", f"/pieces/{reply.id}/react"):
        for reader in ("amina", "birgitta"):
            page = words_of(browser(reader).get(path))
            assert "Tuva" not in page and "Vera" not in page, path


def test_what_was_taken_back_has_no_history(browser: Browsers, world: World, make: Make) -> None:
    reply = make.reply("tuva", world.stream("open"), "words before")
    tuva, birgitta = browser("tuva"), browser("birgitta")
    assert tuva.post(f"/pieces/{reply.id}/edit", text="words after", version="1").status_code == 303
    assert "words before" in birgitta.get(f"/pieces/{reply.id}/history?why=report").text
    tuva.post(f"/pieces/{reply.id}/delete")
    assert "words before" not in birgitta.get(f"/pieces/{reply.id}/history?why=report").text
    assert "history" not in birgitta.get(f"/pieces/{reply.id}/more").text


def test_guesses_sent_at_once_take_turns_and_are_counted() -> None:
    """Twenty wrong guesses at once: five are looked at, the others are too many. Right ones are never refused."""
    ratelimit.configure(None)
    looked_at: list[str] = []

    def guess(address: str, *, right: bool) -> bool:
        try:
            with ratelimit.trying("sign_in", "amina", address):
                looked_at.append(address)
                time.sleep(0.01)
                if not right:
                    ratelimit.note("sign_in", "amina", address)
        except TooMany:
            return False
        return True

    with ThreadPoolExecutor(20) as at_once:
        list(at_once.map(lambda _number: guess("10.0.0.1", right=False), range(20)))
        assert looked_at.count("10.0.0.1") == 5
        assert all(at_once.map(lambda _number: guess("10.0.0.2", right=True), range(20)))


def test_an_account_under_attack_answers_ever_slower(browser: Browsers, monkeypatch: pytest.MonkeyPatch) -> None:
    waits: list[float] = []
    monkeypatch.setattr("community.core.loop.sleep", waits.append)
    for guess in range(44):
        person = browser()
        person.address = f"10.0.0.{guess // 4}"
        person.sign_in("amina", f"guess {guess}")
    assert waits == sorted(waits) and waits[0] < 0.2 and waits[-1] == 2.0
    assert browser().sign_in("amina").status_code == 303


def reply_with_ended_session(person: Browser, world: World, words: str) -> str:
    """She sends a reply from a page whose session has ended meanwhile; what the sign-in page carries along."""
    path = f"/t/{world.stream('open').id}/replies"
    token, dead = person.token(), person.cookie
    person.post("/logout")
    person.cookie = dead
    answer = person.post(path, text=words, client_id=f"try-{len(words):05d}", csrf_token=token)
    assert answer.status_code == 401 and words in answer.text
    return field_in(answer, "carried")


def test_a_carried_text_is_sent_though_another_tab_signed_in_first(browser: Browsers, world: World) -> None:
    tuva = browser("tuva")
    carried = reply_with_ended_session(tuva, world, "sent by the second tab")
    old = tuva.token()
    tuva.sign_in("tuva")
    stale = tuva.post("/login", name="tuva", password=PASSWORD, carried=carried, csrf_token=old)
    assert stale.status_code == 400 and "sent by the second tab" in stale.text
    assert tuva.post("/login", name="tuva", password=PASSWORD, carried=carried).status_code == 303
    assert "sent by the second tab" in browser("vera").get(f"/t/{world.stream('open').id}").text


def test_a_text_carried_for_too_long_comes_back(
    browser: Browsers, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    tuva = browser("tuva")
    carried = reply_with_ended_session(tuva, world, "left open over night")
    monkeypatch.setattr(carry, "CARRIED_FOR", -1)
    answer = tuva.sign_in("tuva", carried=carried)
    assert answer.status_code == 422 and "left open over night" in answer.text
    assert tuva.get("/me").status_code == 200
    other = browser()
    assert "left open over night" not in other.sign_in("vera", carried=carried).text


def test_leave_fast_leaves_whatever_goes_wrong(browser: Browsers) -> None:
    tuva = browser("tuva", keep=False)
    with no_database():
        down = tuva.post("/leave")
    assert down.status_code >= 400
    assert 'http-equiv="refresh"' in down.text and "Hearth" not in down.text
    assert tuva.get("/me").status_code == 200
    # A tab from before the last sign-in has an old token: it must get her out all the same.
    left = tuva.post("/leave", csrf_token="old")
    assert left.status_code == 200 and 'http-equiv="refresh"' in left.text
    assert tuva.get("/me").status_code == 302


JSON_BODIES = [{"text": 1}, {"text": ["a"]}, {"text": {"a": 1}}, {"text": "words", "role": "staff"}, [], 1, None]


@pytest.mark.parametrize("body", JSON_BODIES, ids=str)
def test_json_is_no_form(browser: Browsers, world: World, body: Any) -> None:
    amina = browser("amina")
    sent = {**body, "client_id": "as-json-1"} if isinstance(body, dict) else body
    for path in (f"/t/{world.stream('open').id}/replies", "/me", "/drafts", "/write"):
        answer = amina.open("POST", path, json=sent, headers={"X-CSRFToken": amina.token()})
        assert answer.status_code == 422, path


def test_an_invitation_from_the_command_line_is_from_nobody_called_none(browser: Browsers, world: World) -> None:
    made = invitations.invite_first_manager(COMMAND_LINE, "Solgläntan")
    guest = browser()
    guest.get(f"/i/{made.link}")
    page = words_of(guest.post("/join", read_in="en"))
    assert "You are invited to Solgläntan." in page and "None" not in page


def test_a_way_on_with_any_letters_fits_into_a_header(browser: Browsers) -> None:
    answer = browser("amina").post("/language", lang="sv", next="/c/☃", part=True)
    assert answer.headers["X-Location"] == "/c/%E2%98%83"
