"""Notices by letter: discreet, together, not at night, once, and ended with one press years later."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from email.message import EmailMessage
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from flask import Flask
from sqlalchemy import func, select

from community.app import WRITERS
from community.core import clock, jobs, mail, outbox
from community.core.db import session
from community.core.outbox import Letter
from community.home import notice_letters
from community.home.notice_letters import night_ends
from community.members import actions as members
from community.members.rules import COMMAND_LINE
from community.notices import actions
from community.notices.chosen import chosen_by
from community.notices.models import Notice
from community.notices.tokens import member_of, token_for
from community.streams import actions as streams
from community.streams.models import Piece
from tests.children import free_port
from tests.client import Browser
from tests.make import Make
from tests.notices.letters import DAY, HALF_HOUR, Inbox, has_address, post_day, wants
from tests.notices.told import unread
from tests.recovery.test_mail import GIVES_IT_AWAY
from tests.world import NOW, World

Browsers = Callable[..., Browser]


def answered(make: Make, who: str = "tuva", by: str = "sara", at: datetime = DAY) -> Any:
    with clock.at(at):
        thread = make.thread(who, title="Hemlig titel om soppan")
        make.reply(by, thread, "Hemliga ord")
    return thread


def test_what_comes_within_half_an_hour_is_one_letter(app: Flask, world: World, make: Make, inbox: Inbox) -> None:
    wants(world, "tuva")
    has_address(world, "tuva")
    for minute in (0, 10, 20):
        answered(make, at=DAY + timedelta(minutes=minute))
    post_day(app, DAY + timedelta(minutes=29))
    assert inbox == []
    for _again in range(3):
        post_day(app, DAY + HALF_HOUR)
    (letter,) = inbox
    assert letter["To"] == "tuva@example.com"
    post_day(app, DAY + timedelta(hours=5))
    assert len(inbox) == 1
    answered(make, at=DAY + timedelta(hours=6))
    post_day(app, DAY + timedelta(hours=7))
    assert len(inbox) == 2


def test_who_has_not_looked_is_not_written_to_about_the_same_thread_again(
    app: Flask, world: World, make: Make, inbox: Inbox
) -> None:
    wants(world, "tuva")
    has_address(world, "tuva")
    thread = answered(make)
    post_day(app, DAY + HALF_HOUR)
    with clock.at(DAY + timedelta(hours=1)):
        make.reply("vera", thread)
    post_day(app, DAY + timedelta(hours=2))
    assert len(inbox) == 1
    with clock.at(DAY + timedelta(hours=3)):
        actions.mark_all_read(world.viewer("tuva"), clock.now())
        make.reply("vera", thread)
    post_day(app, DAY + timedelta(hours=4))
    assert len(inbox) == 2


def test_a_letter_says_nothing_of_the_place_the_people_or_the_words(
    app: Flask, world: World, make: Make, inbox: Inbox
) -> None:
    for who in ("tuva", "vera"):  # English and Swedish
        wants(world, who)
        has_address(world, who)
        answered(make, who)
    post_day(app, DAY + HALF_HOUR)
    assert sorted(letter["Subject"] for letter in inbox) == ["Något nytt till dig", "Something new for you"]
    name = app.config["SETTINGS"].community_name
    for letter in inbox:
        words = re.sub(r"https?://\S+", "", letter.get_content()).replace(name, "")
        everything = f"{letter['Subject']} {words}"
        assert GIVES_IT_AWAY.search(everything) is None, everything
        for told in ("Sara", "soppan", "Hemliga", "Tuva", "Vera", "Vardagsrummet", "Living"):
            assert told not in everything
        assert "/notifications" in letter.get_content()


@pytest.mark.parametrize("what", ["read", "taken back", "kept apart", "muted kind", "suspended"])
def test_a_letter_nobody_needs_any_more_is_not_sent(
    what: str, app: Flask, world: World, make: Make, inbox: Inbox
) -> None:
    wants(world, "tuva")
    has_address(world, "tuva")
    thread = answered(make)
    written = what in ("read", "taken back")  # by then the letter waits already
    if written:
        with clock.at(DAY + HALF_HOUR), app.app_context():
            assert jobs.run_due(notice_letters.JOBS) == 1
        assert session().scalar(select(func.count()).select_from(Letter).where(Letter.kind == "notices.new")) == 1
    with clock.at(DAY + HALF_HOUR):
        if what == "read":
            actions.mark_all_read(world.viewer("tuva"), clock.now())
        elif what == "taken back":
            streams.remove_piece(world.viewer("sara"), _reply_in(thread.id))
        elif what == "kept apart":
            make.excluded("tuva", "sara")
        elif what == "muted kind":
            wants(world, "tuva", letters=False)
        else:
            members.suspend(COMMAND_LINE, "tuva")
    post_day(app, DAY + HALF_HOUR)
    post_day(app, DAY + timedelta(days=1))
    assert inbox == []


def test_only_to_a_confirmed_address_and_only_after_a_yes(app: Flask, world: World, make: Make, inbox: Inbox) -> None:
    has_address(world, "vera")  # never said yes
    wants(world, "tuva")
    has_address(world, "tuva", confirmed=False)
    wants(world, "samir")
    for who in ("vera", "tuva", "samir"):
        answered(make, who)
    post_day(app, DAY + HALF_HOUR)
    assert inbox == []
    assert session().scalar(select(func.count()).where(Notice.mail_due_at.is_not(None))) == 0


def test_at_night_it_waits_until_seven(app: Flask, world: World, make: Make, inbox: Inbox) -> None:
    evening = datetime(2026, 3, 14, 20, 50, tzinfo=NOW.tzinfo)  # 21:50 at home
    for who, quiet in (("tuva", True), ("vera", False)):
        wants(world, who, quiet=quiet)
        has_address(world, who)
        answered(make, who, at=evening)
    post_day(app, evening + HALF_HOUR)  # 22:20
    assert [letter["To"] for letter in inbox] == ["vera@example.com"]
    post_day(app, datetime(2026, 3, 15, 5, 59, tzinfo=NOW.tzinfo))
    assert len(inbox) == 1
    post_day(app, datetime(2026, 3, 15, 6, 0, tzinfo=NOW.tzinfo))  # 07:00
    assert [letter["To"] for letter in inbox] == ["vera@example.com", "tuva@example.com"]


def test_a_letter_that_was_held_up_until_night_waits_as_well(
    app: Flask, world: World, make: Make, inbox: Inbox, settings: Any
) -> None:
    wants(world, "tuva", quiet=True)
    has_address(world, "tuva")
    evening = datetime(2026, 3, 14, 20, 20, tzinfo=NOW.tzinfo)
    answered(make, at=evening)

    def dead(_message: EmailMessage) -> None:
        raise ConnectionRefusedError

    outbox.configure(dead, WRITERS, "hej@mail.example")
    post_day(app, evening + HALF_HOUR)  # 21:50
    outbox.configure(inbox.append, WRITERS, "hej@mail.example")
    post_day(app, evening + timedelta(hours=2))  # 23:20
    assert inbox == []
    post_day(app, datetime(2026, 3, 15, 6, 0, tzinfo=NOW.tzinfo))
    assert len(inbox) == 1


def test_the_night_ends_at_seven_on_the_wall_also_when_clocks_change() -> None:
    cases = (
        ("2026-03-14T22:30+01:00", "2026-03-15T07:00+01:00"),
        ("2026-03-15T06:59+01:00", "2026-03-15T07:00+01:00"),
        ("2027-03-27T23:00+01:00", "2027-03-28T07:00+02:00"),
        ("2027-10-30T23:00+02:00", "2027-10-31T07:00+01:00"),
    )
    for moment, end in cases:
        assert night_ends(datetime.fromisoformat(moment)) == datetime.fromisoformat(end)
    for day in ("2026-03-15T07:00+01:00", "2026-03-15T21:59+01:00"):
        assert night_ends(datetime.fromisoformat(day)) is None


def test_a_process_that_dies_between_the_two_writes_it_once(
    app: Flask, world: World, make: Make, inbox: Inbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    wants(world, "tuva")
    has_address(world, "tuva")
    answered(make)
    with monkeypatch.context() as dying:

        def die(*_args: Any, **_more: Any) -> None:
            raise SystemExit

        dying.setattr(outbox, "post", die)
        with pytest.raises(SystemExit):
            post_day(app, DAY + HALF_HOUR)
    post_day(app, DAY + HALF_HOUR)
    assert inbox == [], "its lease still holds"
    for hours in (1, 2):
        post_day(app, DAY + timedelta(hours=hours))
    assert len(inbox) == 1


def test_one_press_ends_the_letters_years_later(
    app: Flask, world: World, make: Make, inbox: Inbox, browser: Browsers
) -> None:
    wants(world, "tuva")
    has_address(world, "tuva")
    answered(make)
    post_day(app, DAY + HALF_HOUR)
    stop = re.fullmatch(r"<https?://[^/]+(/letters/stop/\S+)>", inbox[0]["List-Unsubscribe"])
    assert stop and inbox[0]["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert stop[1] in inbox[0].get_content()
    visitor = browser()
    with clock.at(NOW + timedelta(days=3000)):
        assert "One press" in visitor.get(stop[1], headers={"Accept-Language": "en"}).text
        assert chosen_by(world.viewer("tuva")).letters, "looking is not pressing"
        for _twice in range(2):  # a mail program: no cookie, no token of ours, its own field
            answer = visitor.client.post(stop[1], data={"List-Unsubscribe": "One-Click"})
            assert answer.status_code == 200
        chosen = chosen_by(world.viewer("tuva"))
        assert not chosen.letters and chosen.kinds["mention", "app"]
    answered(make, at=DAY + timedelta(hours=5))
    post_day(app, DAY + timedelta(hours=6))
    assert len(inbox) == 1
    assert unread(world, "tuva").count >= 2, "nothing else has changed"


def test_the_link_of_a_letter_can_do_nothing_else(world: World, browser: Browsers) -> None:
    token = token_for(world.id("tuva"))
    assert member_of(token) == world.id("tuva") and str(world.id("tuva")) not in token
    visitor = browser()
    visitor.get(f"/letters/stop/{token}")
    visitor.client.post(f"/letters/stop/{token}")
    assert visitor.get("/notifications").status_code == 302 and visitor.get("/").status_code == 302
    swapped = "A" if token[-5] != "A" else "B"
    for bad in (token[:-5] + swapped + token[-4:], token[:-6], "x", "s1~", f"s1~{'A' * 60}", str(world.id("tuva"))):
        for method in ("GET", "POST"):
            assert visitor.client.open(f"/letters/stop/{bad}", method=method).status_code == 410, bad


def test_signed_in_or_not_the_link_works(world: World, browser: Browsers) -> None:
    wants(world, "vera")
    answer = browser("tuva").client.post(f"/letters/stop/{token_for(world.id('vera'))}")
    assert answer.status_code == 200 and not chosen_by(world.viewer("vera")).letters
    for name in ("leo", "hanna"):  # closed out, owes a yes to the rules
        wants(world, name)
        assert browser(name).client.post(f"/letters/stop/{token_for(world.id(name))}").status_code == 200
        assert not chosen_by(world.viewer(name)).letters


class Sink:
    """What a mail server takes, as it comes over the line."""

    def __init__(self) -> None:
        self.taken: list[bytes] = []

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:
        self.taken.append(envelope.content)
        return "250 taken"


def test_over_a_real_line_the_headers_are_whole(app: Flask, world: World, make: Make, inbox: Inbox) -> None:
    wants(world, "tuva")
    has_address(world, "tuva")
    answered(make)
    sink = Sink()
    controller = Controller(sink, hostname="127.0.0.1", port=free_port())
    controller.start()
    try:
        outbox.configure(
            mail.carrier(f"smtp://127.0.0.1:{controller.port}", app.config["SETTINGS"].data),
            WRITERS,
            "hej@mail.example",
        )
        post_day(app, DAY + HALF_HOUR)
    finally:
        controller.stop()
    (raw,) = sink.taken
    head = raw.split(b"\r\n\r\n")[0].decode().replace("\r\n", "\n")
    assert re.search(r"^List-Unsubscribe: <http://[^\s<>]+/letters/stop/[\w~-]+>$", head, re.MULTILINE), head
    assert "List-Unsubscribe-Post: List-Unsubscribe=One-Click" in head


def _reply_in(stream_id: int) -> int:
    found = session().scalar(select(Piece.id).where(Piece.stream_id == stream_id, Piece.kind == "reply"))
    assert found
    return found
