"""Letters: written with their cause, sent once for a cause and an address, and a dead provider stops nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from flask import Flask
from sqlalchemy import select

from community.core import clock, mail, outbox
from community.core.db import session, transaction
from community.core.outbox import Letter, Words
from community.recovery import letters
from tests.children import free_port
from tests.world import NOW

HOUR = timedelta(hours=1)


class Post:
    """A carrier that keeps what it is given, or fails as it is told."""

    def __init__(self) -> None:
        self.carried: list[EmailMessage] = []
        self.fails: Exception | None = None
        self.asked = 0

    def __call__(self, message: EmailMessage) -> None:
        self.asked += 1
        if self.fails is not None:
            raise self.fails
        self.carried.append(message)


@pytest.fixture
def carrier(app: Flask, rolled_back: Any, settings: Any) -> Iterator[Post]:
    taken = Post()
    with app.app_context():
        outbox.configure(taken, {"test": _words, "over": lambda _facts, _secret: None}, "hej@hearth.example")
        yield taken
        outbox.configure(mail.carrier(None, settings.data / "outbox"), letters.WRITERS, settings.mail_from)


def _words(facts: dict[str, Any], secret: str | None) -> Words:
    return Words("Åsa says hi", f"number {facts['number']}, secret {secret}\n")


def post(cause: str = "cause:1", to: str = "vera@example.com", kind: str = "test", **more: Any) -> None:
    given = {"language": "en", "good_for": HOUR, "secret": "abc", "number": 7, **more}
    outbox.post(kind, to, cause=cause, **given)


def test_a_letter_says_what_its_writer_says_and_forgets_the_address(carrier: Post) -> None:
    post()
    assert outbox.deliver() == 1
    (message,) = carrier.carried
    assert (message["To"], message["From"], message["Subject"]) == (
        "vera@example.com",
        "hej@hearth.example",
        "Åsa says hi",
    )
    assert message.get_content() == "number 7, secret abc\n"
    row = session().scalars(select(Letter)).one()
    assert row.to_sealed is None and row.secret_sealed is None and row.sent_at == NOW
    assert outbox.deliver() == 0


def test_nothing_of_it_can_be_read_in_the_database(carrier: Post) -> None:
    post()
    row = session().scalars(select(Letter)).one()
    assert "vera" not in repr(vars(row)) and "abc" not in str(row.secret_sealed)


def test_the_same_cause_and_address_is_one_letter(carrier: Post) -> None:
    post()
    post()
    post(to="tuva@example.com")
    assert outbox.deliver() == 2


def test_a_cause_that_fails_sends_nothing(carrier: Post) -> None:
    with pytest.raises(ZeroDivisionError), transaction():
        post()
        raise ZeroDivisionError
    assert outbox.deliver() == 0


def test_a_dead_provider_is_asked_once_a_round_and_ever_more_rarely(carrier: Post) -> None:
    carrier.fails = ConnectionRefusedError()
    for number in range(3):
        post(f"cause:{number}")
    assert outbox.deliver() == 0
    assert carrier.asked == 1
    pauses = []
    for _try in range(3):
        row = session().scalars(select(Letter).where(Letter.tries > 0).order_by(Letter.tries.desc())).first()
        assert row is not None
        pauses.append(row.next_try_at - clock.now())
        with clock.at(row.next_try_at):
            outbox.deliver()
            session().expire_all()
    assert pauses[0] == timedelta(minutes=1)
    carrier.fails = None
    with clock.at(NOW + timedelta(minutes=50)):
        assert outbox.deliver() == 3


def test_what_is_of_no_use_any_more_is_not_sent(carrier: Post) -> None:
    post("cause:late")
    post("cause:over", kind="over")
    with clock.at(NOW + HOUR):
        assert outbox.deliver() == 0
    assert carrier.asked == 0
    assert set(session().scalars(select(Letter.to_sealed))) == {None}


def test_an_address_that_refuses_for_good_is_not_asked_again(carrier: Post) -> None:
    post("cause:1")
    carrier.fails = mail.Undeliverable("550")
    assert outbox.deliver() == 0
    carrier.fails = None
    with clock.at(NOW + timedelta(minutes=30)):
        assert outbox.deliver() == 0


def test_a_process_that_died_while_sending_is_followed_by_another(carrier: Post) -> None:
    """And the letter keeps its number, so that a reader's server knows it again."""
    post()
    (id_,) = session().scalars(select(Letter.id))
    assert outbox._claim(id_) is not None  # it took it, and was killed
    assert outbox.deliver() == 0
    with clock.at(NOW + outbox.LEASE + timedelta(seconds=1)):
        assert outbox.deliver() == 1
    assert carrier.carried[0]["Message-ID"] == f"<{id_}@hearth.example>"


def test_a_letter_without_a_server_is_a_file_for_the_owner_alone(app: Flask, tmp_path: Path) -> None:
    message = EmailMessage()
    message["Message-ID"], message["To"] = "<12@hearth.example>", "vera@example.com"
    message.set_content("hej")
    send = mail.carrier(None, tmp_path / "outbox")
    send(message)
    send(message)
    (file,) = (tmp_path / "outbox").iterdir()
    assert file.name == "12.eml" and b"vera@example.com" in file.read_bytes()
    assert file.stat().st_mode & 0o077 == 0


class Inbox:
    def __init__(self) -> None:
        self.got: list[Any] = []

    async def handle_RCPT(self, _server: Any, _session: Any, envelope: Any, address: str, _options: Any) -> str:
        if address.startswith("nobody"):
            return "550 no such person"
        if address.startswith("later"):
            return "451 come back"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:
        self.got.append(envelope)
        return "250 OK"


@contextmanager
def server(inbox: Inbox) -> Iterator[str]:
    controller = Controller(inbox, hostname="127.0.0.1", port=free_port())
    controller.start()
    try:
        yield f"smtp://127.0.0.1:{controller.port}"
    finally:
        controller.stop()


def test_over_smtp_it_arrives_and_refusals_are_told_apart() -> None:
    inbox = Inbox()
    with server(inbox) as url:
        send = mail.carrier(url, Path("unused"))
        message = EmailMessage()
        message["From"], message["To"], message["Subject"] = "hej@hearth.example", "vera@example.com", "Hej"
        message.set_content("räksmörgås")
        send(message)
        assert inbox.got[0].rcpt_tos == ["vera@example.com"]
        message.replace_header("To", "nobody@example.com")
        with pytest.raises(mail.Undeliverable):
            send(message)
        message.replace_header("To", "later@example.com")
        with pytest.raises(ConnectionError):
            send(message)
    with pytest.raises(OSError):
        send(message)
