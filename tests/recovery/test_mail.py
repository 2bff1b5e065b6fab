"""An e-mail address of one's own, and the way in by letter."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from email.message import EmailMessage
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from community.app import JOBS
from community.core import clock, mail, outbox
from community.core.db import session
from community.core.jobs import run_due
from community.members.rules import private_side_open
from community.recovery import letters, links
from community.recovery.models import EmailAddress, MailAsk, WayIn
from tests.client import Browser
from tests.recovery.test_links import NEW
from tests.world import NOW, World

Inbox = list[EmailMessage]
GIVES_IT_AWAY = re.compile(
    r"hem|boende|vård|omsorg|socia|care|home|house|hus|resident|staff|personal|hearth|värd", re.I
)


@pytest.fixture
def inbox(app: Flask, world: World, settings: Any) -> Iterator[Inbox]:
    taken: Inbox = []
    outbox.configure(taken.append, letters.WRITERS, "hej@mail.example")
    yield taken
    outbox.configure(mail.carrier(None, settings.data / "outbox"), letters.WRITERS, settings.mail_from)


def deliver(app: Flask) -> None:
    """As the server does by itself."""
    with app.app_context():
        run_due([job for job in JOBS if job.key == "way-in-by-mail"])
        outbox.deliver()


def path_in(message: EmailMessage) -> str:
    found = re.search(r"https?://[^/\s]+(/\S+)", message.get_content())
    assert found, message.get_content()
    return found[1]


def confirmed(app: Flask, inbox: Inbox, browser: Browser, address: str) -> None:
    assert browser.post("/me/email", address=address).status_code == 303
    deliver(app)
    follow = browser.get(path_in(inbox[-1]))
    assert follow.location == "/email"
    assert browser.post("/email").location == "/email-done"


def test_an_address_counts_when_its_letter_is_answered(
    app: Flask, browser: Callable[..., Browser], world: World, inbox: Inbox
) -> None:
    tuva = browser("tuva")
    assert tuva.post("/me/email", address="Tuva@Example.com").status_code == 303
    assert session().scalar(select(EmailAddress.confirmed_at)) is None
    deliver(app)
    (letter,) = inbox
    assert letter["To"] == "Tuva@example.com"
    elsewhere = browser()
    elsewhere.get(path_in(letter))
    assert session().scalar(select(EmailAddress.confirmed_at)) is None  # looking is not answering
    assert elsewhere.post("/email").status_code == 303
    assert session().scalar(select(EmailAddress.confirmed_at)) is not None
    assert "Tuva@example.com" in tuva.get("/me/way-back").text
    assert browser().get(path_in(letter)).status_code == 410


def test_the_address_is_sealed_in_the_database(
    app: Flask, browser: Callable[..., Browser], world: World, inbox: Inbox
) -> None:
    confirmed(app, inbox, browser("tuva"), "tuva@example.com")
    row = session().scalars(select(EmailAddress)).one()
    assert "tuva" not in row.address_sealed and "tuva" not in row.address_hash


def test_its_link_works_for_a_day(app: Flask, browser: Callable[..., Browser], world: World, inbox: Inbox) -> None:
    browser("tuva").post("/me/email", address="tuva@example.com")
    deliver(app)
    with clock.at(NOW + timedelta(hours=24)):
        assert browser().get(path_in(inbox[0])).status_code == 410
    assert browser().get("/email/nothing-that-was-sent").status_code == 410


@pytest.mark.parametrize(
    "address", ["", "tuva", "tuva@", "a@b", "a b@example.com", "a@example.com\nBcc: b@c.de", "x" * 250 + "@a.se"]
)
def test_what_is_no_address_is_told_by_the_field(
    browser: Callable[..., Browser], world: World, inbox: Inbox, address: str
) -> None:
    answer = browser("tuva").post("/me/email", address=address)
    assert answer.status_code == 422 and 'id="address-err"' in answer.text
    assert session().scalar(select(EmailAddress.id)) is None


def test_changing_and_removing_asks_for_the_password_and_tells_the_old_address(
    app: Flask, browser: Callable[..., Browser], world: World, inbox: Inbox
) -> None:
    tuva = browser("tuva")
    confirmed(app, inbox, tuva, "old@example.com")
    confirmed(app, inbox, tuva, "new@example.com")
    deliver(app)
    assert inbox[-1]["To"] == "old@example.com"
    with clock.at(NOW + timedelta(minutes=16)):
        for path, fields in (("/me/email", {"address": "x@example.com"}), ("/me/email/remove", {})):
            assert tuva.post(path, fields).status_code == 403
    assert tuva.post("/me/email/remove").status_code == 303
    deliver(app)
    assert inbox[-1]["To"] == "new@example.com"
    assert "new@example.com" not in tuva.get("/me/way-back").text


def test_a_letter_lets_one_back_in_and_the_private_side_stays_open(
    app: Flask, browser: Callable[..., Browser], world: World, inbox: Inbox
) -> None:
    confirmed(app, inbox, browser("tuva"), "tuva@example.com")
    for said in ("tuva", "TUVA@example.com"):
        assert browser().post("/lost/mail", said=said).location == "/lost/sent?by=mail"
        deliver(app)
    assert [letter["To"] for letter in inbox[1:]] == ["tuva@example.com"] * 2
    back = browser()
    assert back.get(path_in(inbox[-1])).location == "/back/password"
    assert back.post("/back/password", password=NEW).status_code == 303
    assert back.sign_in("tuva", NEW).status_code == 303
    assert private_side_open(world.viewer("tuva"))
    assert browser().get(path_in(inbox[1])).status_code == 410  # the other letter is dead too


def test_known_and_unknown_names_leave_the_same_behind(
    app: Flask, browser: Callable[..., Browser], world: World, inbox: Inbox
) -> None:
    """Body, status, headers, and what is written while the person waits."""
    confirmed(app, inbox, browser("tuva"), "tuva@example.com")
    answers = []
    for said in ("tuva", "tuva@example.com", "nobody", "nobody@example.com", "samir"):
        answer = browser().post("/lost/mail", said=said)
        headers = {name: value for name, value in answer.headers if name not in ("Set-Cookie", "Date")}
        answers.append((answer.status_code, answer.text, headers))
        assert session().scalar(select(WayIn.id)) is None
    assert all(answer == answers[0] for answer in answers)
    assert len(list(session().scalars(select(MailAsk.id)))) == 5
    assert "tuva" not in str([row.said_sealed for row in session().scalars(select(MailAsk))])
    deliver(app)
    assert len(inbox) == 3
    assert session().scalar(select(MailAsk.id)) is None


def test_nobody_is_flooded_and_nobody_floods(
    app: Flask, browser: Callable[..., Browser], world: World, inbox: Inbox
) -> None:
    confirmed(app, inbox, browser("tuva"), "tuva@example.com")
    asking = browser()
    codes = [asking.post("/lost/mail", said="tuva").status_code for _time in range(11)]
    assert codes == [303] * 10 + [429]
    for _round in range(11):
        deliver(app)
    assert len(inbox) == 1 + 3


def test_a_letter_does_not_kill_what_staff_made(
    app: Flask, browser: Callable[..., Browser], world: World, inbox: Inbox
) -> None:
    confirmed(app, inbox, browser("tuva"), "tuva@example.com")
    made = links.make_for(world.viewer("sara"), world.id("tuva"))
    browser().post("/lost/mail", said="tuva")
    deliver(app)
    assert browser().get(f"/back/{made.secret}").status_code == 303


def test_the_confirmed_address_is_told_and_its_letter_stops_it(
    app: Flask, browser: Callable[..., Browser], world: World, inbox: Inbox
) -> None:
    confirmed(app, inbox, browser("birgitta"), "boss@example.com")
    confirmed(app, inbox, browser("tuva"), "tuva@example.com")
    made = links.make_for(world.viewer("sara"), world.id("tuva"))
    deliver(app)
    told = inbox[-1]
    assert told["To"] == "tuva@example.com"
    back = browser()
    back.get(f"/back/{made.secret}")
    back.post("/back/password", password=NEW)
    deliver(app)
    assert path_in(inbox[-1]) == path_in(told)  # both letters stop it
    reader = browser("amina")
    assert reader.get(path_in(told)).location == "/stop"
    assert reader.post("/stop").location == "/stopped"
    assert reader.get("/me").status_code == 200  # whoever else is signed in where the letter was read stays so
    assert back.sign_in("tuva", NEW).status_code == 422
    assert browser().get(path_in(told)).status_code == 410
    deliver(app)
    assert inbox[-1]["To"] == "boss@example.com"
    browser().post("/lost/mail", said="tuva")
    count = len(inbox)
    deliver(app)
    assert len(inbox) == count  # frozen: no letter opens it


def test_no_letter_tells_what_this_place_is(
    app: Flask, browser: Callable[..., Browser], world: World, inbox: Inbox
) -> None:
    """In both languages, subject and words; only the name the house goes by stands below."""
    for who, address in (("tuva", "t@x.example"), ("amina", "a@x.example"), ("birgitta", "b@x.example")):
        person = browser(who)
        confirmed(app, inbox, person, address)
        if who != "birgitta":
            browser().post("/lost/mail", said=who)
            deliver(app)
            made = links.make_for(world.viewer("birgitta"), world.id(who))
            deliver(app)
            back = browser()
            back.get(f"/back/{made.secret}")
            back.post("/back/password", password=NEW)
            deliver(app)
            stopper = browser()
            stopper.get(path_in(inbox[-1]))
            stopper.post("/stop")
            deliver(app)
    person = browser("birgitta")
    person.post("/me/email/remove")
    deliver(app)
    assert len({letter["Subject"] for letter in inbox}) >= 7
    assert {letter["Content-Language"] for letter in inbox} == {"sv", "en"}
    for letter in inbox:
        words = re.sub(r"https?://\S+", "", letter.get_content()).removesuffix("\n\nHearth\n")
        found = GIVES_IT_AWAY.search(f"{letter['Subject']} {words}")
        assert found is None, (found, letter["Subject"], words)
