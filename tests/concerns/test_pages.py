"""The doors, how far it is, the desk and the link, as browsers meet them. Without JavaScript."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pyrage
import pytest
from aiosmtpd.controller import Controller
from flask import Flask
from sqlalchemy import create_engine, select

from community.app import WRITERS
from community.concerns import handling, providers, waiting
from community.concerns.models import Call, Concern
from community.core import clock, db, mail, outbox
from community.core.audit import AuditLine
from community.core.db import session
from tests.children import free_port
from tests.client import Browser, field_in, words_of
from tests.concerns.conftest import House
from tests.world import NOW

Browsers = Callable[..., Browser]


def sent_through(who: Browser, door: str, **fields: Any) -> str:
    page = who.get(f"/help/{door}")
    assert page.status_code == 200, page.text
    given = {"client_id": field_in(page, "client_id"), "words": "", "how": "write", "phone": "", **fields}
    answer = who.post(f"/help/{door}", given)
    assert answer.status_code == 303, answer.text
    return str(answer.location)


def test_help_now_leads_to_the_doors_and_back_to_what_was_sent(night: House, browser: Browsers) -> None:
    tuva = browser("tuva")
    page = words_of(tuva.get("/help?lang=en"))
    for words in ("I want to talk to someone", "It is urgent", "It is about someone who works here"):
        assert words in page
    where = sent_through(tuva, "urgent", words="jag är rädd")
    assert where in tuva.get("/help").text
    assert "It is urgent" not in words_of(browser().get("/help?lang=en")), "signed out there are the numbers"


def test_the_calm_door_names_the_team_as_well(night: House, browser: Browsers) -> None:
    """Before and after sending; not where somebody who works here must not read it, and not for those who do."""
    tuva, sara = browser("tuva"), browser("sara")
    assert 'href="/inbox"' in tuva.get("/help/talk").text
    assert 'href="/inbox"' not in tuva.get("/help/urgent").text
    assert 'href="/inbox"' not in tuva.get("/help/staff").text
    assert 'href="/inbox"' not in sara.get("/help/talk").text
    assert 'href="/inbox"' in tuva.get(sent_through(tuva, "talk", words="jag vill prata")).text
    assert 'href="/inbox"' not in tuva.get(sent_through(tuva, "urgent", words="jag är rädd")).text
    named = sent_through(browser("samir"), "talk", words="det är om Petra")
    assert 'href="/inbox"' not in browser("samir").get(named).text


def test_from_the_door_to_a_name(night: House, browser: Browsers) -> None:
    tuva, sara = browser("tuva"), browser("sara")
    assert "Sara is told at once and has to answer" in words_of(tuva.get("/help/urgent"))
    where = sent_through(tuva, "urgent", words="jag är rädd")
    assert "Sara is alerted. Nobody has answered yet." in words_of(tuva.get(where))
    waiting.forget()
    assert 'class="needed' in sara.get("/").text and 'class="needed' not in tuva.get("/").text
    concern = where.rsplit("/", 1)[-1]
    page = sara.get(f"/concerns/{concern}")
    assert "jag är rädd" in page.text and "Tuva" in page.text
    assert sara.post(f"/concerns/{concern}/take", how="come", minutes="5").status_code == 303
    assert "Sara has read it and comes in 5 minutes." in words_of(tuva.get(where))
    assert sara.post(f"/concerns/{concern}/step", what="wrote", words="jag är på väg").status_code == 303
    assert "jag är på väg" in tuva.get(where).text
    assert sara.post(f"/concerns/{concern}/step", what="note", words="för kollegor").status_code == 303
    assert "för kollegor" not in tuva.get(where).text
    refused = sara.post(f"/concerns/{concern}/close", outcome="talked", words="")
    assert refused.status_code == 422
    assert sara.post(f"/concerns/{concern}/close", outcome="talked", words="vi pratade").status_code == 303
    closed = tuva.get(where).text
    assert "Sara has closed this." in closed and "vi pratade" not in closed
    assert tuva.post(f"{where}/more", words="mer", client_id="after-closing").status_code == 409


def test_after_ten_minutes_it_says_so_and_shows_numbers(night: House, browser: Browsers) -> None:
    tuva = browser("tuva")
    where = sent_through(tuva, "urgent")
    assert "tel:112" not in tuva.get(where).text
    with night.at(10):
        page = tuva.get(where)
        assert "tel:112" in page.text and "Call, if it's urgent" in words_of(page)


@pytest.mark.parametrize("who", ["leo", "mira", "hanna"])
def test_closed_out_paused_and_before_the_rules_it_is_open(who: str, night: House, browser: Browsers) -> None:
    asking = browser(who)
    for door in ("talk", "urgent", "staff"):
        more = {"about": "0"} if door == "staff" else {}
        where = sent_through(asking, door, words=door, **more)
        assert asking.get(where).status_code == 200
        assert asking.post(f"{where}/more", words="mer", client_id=f"more-{door}-1").status_code == 303
        assert asking.post(f"{where}/how", how="call", phone="070-1").status_code == 303


def test_to_those_who_moved_out_we_write_and_call(night: House, browser: Browsers) -> None:
    johanna = browser("johanna")
    page = johanna.get("/help/urgent")
    assert "Vi kan skriva och ringa. Vi kan inte komma." in words_of(page)
    assert 'value="come"' not in page.text
    token = field_in(page, "client_id")
    assert johanna.post("/help/urgent", client_id=token, words="kvar", how="come", phone="").status_code == 422


def test_the_named_one_is_asked_about_on_the_page(night: House, browser: Browsers) -> None:
    tuva = browser("tuva")
    where = sent_through(tuva, "urgent", words="Sara är elak")
    assert "Should Sara read this?" in words_of(tuva.get(where))
    assert tuva.post(f"{where}/named", member_id=str(night.world.id("sara")), may="yes").status_code == 303
    assert "Should Sara read this?" not in words_of(tuva.get(where))


def test_nobody_else_sees_it(night: House, browser: Browsers) -> None:
    where = sent_through(browser("tuva"), "urgent", words="hemligt")
    concern = where.rsplit("/", 1)[-1]
    for name in ("amina", "vera", "johanna", "sara"):
        assert browser(name).get(where).status_code == 404
    for name in ("petra", "birgitta"):  # they work here, and were not called
        assert browser(name).get(f"/concerns/{concern}").status_code == 404
    assert browser("jonna").get(f"/concerns/{concern}").status_code == 200, "the safety lead"
    assert browser("amina").get(f"/concerns/{concern}").status_code in (403, 404)
    opened = select(AuditLine.actor_id).where(AuditLine.act == "concern.opened")
    assert list(session().scalars(opened)) == [night.world.id("jonna")]


def test_the_row_is_sealed(night: House, browser: Browsers) -> None:
    sent_through(browser("tuva"), "urgent", words="hemliga ord", phone="070-555 66 77")
    row = session().scalars(select(Concern)).one()
    assert row.opened("words") == "hemliga ord" and row.opened("phone") == "070-555 66 77"
    assert "hemliga" not in f"{row.words_sealed}" and "555" not in f"{row.phone_sealed}"


@pytest.fixture
def post_office(night: House, settings: Any) -> Iterator[list[str]]:
    """A real SMTP server beside the test; what came in, as text."""
    came: list[str] = []

    class Handler:
        async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:
            came.append(envelope.content.decode())
            return "250 OK"

    port = free_port()
    server = Controller(Handler(), hostname="127.0.0.1", port=port)
    server.start()
    outbox.configure(mail.carrier(f"smtp://127.0.0.1:{port}", settings.data), WRITERS, "hej@mail.example")
    providers.configure(providers._providers, lambda id_: providers.Address(f"m{id_}@mail.example", "en"))
    yield came
    outbox.configure(mail.carrier(None, settings.data / "outbox"), WRITERS, settings.mail_from)
    server.stop()


def test_it_leaves_the_house_by_every_channel_and_says_nothing(
    night: House, app: Flask, browser: Browsers, post_office: list[str]
) -> None:
    night.phone("sara")
    sent_through(browser("tuva"), "urgent", words="hemligt")
    with app.app_context():
        night.go_round()
        outbox.deliver()
    assert len(night.sent("sms")) == len(night.sent("voice")) == len(post_office) == 1
    for said in (json.dumps(night.sent("sms")[0], ensure_ascii=False), post_office[0]):
        assert "/answer/" in said and "hemligt" not in said
        for word in ("Tuva", "Sara", "Solgläntan", "urgent", "help"):
            assert word.lower() not in said.lower(), word
    assert night.sent("sms")[0]["text"].startswith("Hearth: ")


def link_of(house: House, channel: str = "sms") -> str:
    return "/answer/" + house.sent(channel)[-1]["link"].rsplit("/", 1)[-1]


def test_the_link_does_one_thing_once(night: House, browser: Browsers) -> None:
    night.phone("sara")
    tuva, outside = browser("tuva"), browser()
    where = sent_through(tuva, "urgent", words="hemligt")
    night.go_round()
    link = link_of(night)
    page = outside.get(link)
    assert page.status_code == 200 and "hemligt" not in page.text and "Tuva" not in page.text
    assert night.concern(int(where.rsplit("/", 1)[-1])).state == "open", "looking changes nothing"
    assert outside.post(link, do="close").status_code == 422
    taken = outside.post(link, do="take")
    assert taken.status_code == 200 and "hemligt" not in taken.text and "Tuva" not in taken.text
    assert "Sara has taken it." in words_of(tuva.get(where))
    for gone in (outside.get(link), outside.post(link, do="take"), outside.get("/answer/nothing")):
        assert gone.status_code == 410


def test_i_cant_by_the_link_tells_the_next_one(night: House, browser: Browsers) -> None:
    night.phone("sara")
    concern = night.ask("tuva")
    night.go_round()
    assert browser().post(link_of(night), do="cannot").status_code == 200
    assert set(night.told(concern)) == {"sara", "petra"}


def test_a_link_is_over_after_a_day_and_when_somebody_has_it(night: House, browser: Browsers) -> None:
    night.phone("sara")
    concern = night.ask("tuva", "talk")
    night.back_up("sara", "birgitta")
    night.ask("tuva", "urgent")
    night.go_round()
    link = link_of(night)
    with clock.at(NOW + timedelta(hours=24)):
        assert browser().get(link).status_code == 410
    mine = session().scalars(select(Concern).where(Concern.id != concern)).one()
    handling.take(night.world.viewer("jonna"), mine.id, "call")
    assert browser().get(link).status_code == 410


def test_the_tokens_are_hashes_and_go_once_they_are_sent(night: House) -> None:
    night.phone("sara")
    night.ask("tuva")
    night.go_round()
    token = link_of(night).rsplit("/", 1)[-1]
    rows = session().scalars(select(Call)).all()
    assert all(token not in f"{row.token_hash}{row.token_sealed}" for row in rows)
    assert all(row.token_sealed is None for row in rows)


def test_the_pack_is_sealed_and_all_leads_hear_of_it(
    night: House, browser: Browsers, app: Flask, post_office: list[str]
) -> None:
    night.lead("birgitta")
    where = sent_through(browser("tuva"), "urgent", words="det här hände")
    concern, jonna = where.rsplit("/", 1)[-1], browser("jonna")
    assert browser("sara").get(f"/concerns/{concern}/pack").status_code == 403
    assert jonna.post(f"/concerns/{concern}/pack", reason="", password="lampa moped blåbär").status_code == 422
    answer = jonna.post(f"/concerns/{concern}/pack", reason="polisen bad", password="lampa moped blåbär")
    assert answer.status_code == 200 and b"det h" not in answer.data
    opened = pyrage.passphrase.decrypt(answer.data, "lampa moped blåbär")
    with zipfile.ZipFile(io.BytesIO(opened)) as file:
        facts = json.loads(file.read("concern.json"))
        assert facts["words"] == "det här hände" and "det här hände" in file.read("concern.html").decode()
        assert facts["steps"][0]["what"] == "sent" and facts["calls"]
    line = session().scalars(select(AuditLine).where(AuditLine.act == "concern.pack")).one()
    assert line.reason == "polisen bad"
    with app.app_context():
        outbox.deliver()
    assert any("concerns/" in letter for letter in post_office)
    assert "polisen bad" in browser("birgitta").get(f"/concerns/{concern}").text
    assert "polisen bad" not in browser("tuva").get(where).text


def test_the_handover_sheet_counts_what_is_open(night: House, browser: Browsers) -> None:
    night.ask("tuva")
    assert "0 people who wait for somebody" in words_of(browser("petra").get("/handover"))
    assert "1 som väntar på någon" in words_of(browser("sara").get("/handover"))


def test_a_number_is_kept_and_taken_away(night: House, browser: Browsers) -> None:
    sara = browser("sara")
    assert sara.post("/concerns/number", sent="number", phone="070-1").status_code == 303
    assert field_in(sara.get("/concerns"), "phone") == "070-1"
    assert sara.post("/concerns/number", sent="number", phone="").status_code == 303
    assert field_in(sara.get("/concerns"), "phone") == ""
    assert browser("tuva").post("/concerns/number", sent="number", phone="1").status_code == 403


@pytest.mark.parametrize("door", ["talk", "urgent", "staff"])
def test_no_answer_loses_the_words(door: str, night: House, browser: Browsers) -> None:
    """Too long, an old page's token, a session that has ended, a database that is down."""
    sent = {"client_id": "kept-words-1", "words": "mina ord", "how": "write", "phone": ""}
    sent |= {"about": "0"} if door == "staff" else {}
    tuva = browser("tuva")
    long = tuva.post(f"/help/{door}", {**sent, "phone": "9" * 41})
    assert long.status_code == 422 and field_in(long, "words") == "mina ord"
    part = tuva.post(f"/help/{door}", {**sent, "phone": "9" * 41}, part=True)
    assert part.status_code == 422 and part.text.lstrip().startswith("<form")
    stale = tuva.open("POST", f"/help/{door}", data={**sent, "csrf_token": "old"})
    assert stale.status_code == 400 and "mina ord" in stale.text
    ended = browser().post(f"/help/{door}", sent)
    assert ended.status_code == 401 and "mina ord" in ended.text
    token = tuva.token()
    dead = create_engine("sqlite:////nowhere/at/all/hearth.db")
    line = session().get_bind()
    db.bind(dead)
    try:
        down = tuva.client.post(f"/help/{door}", data={**sent, "csrf_token": token})
        assert down.status_code == 503 and "mina ord" in down.text and "/help" in down.text
    finally:
        db.bind(line, join_transaction_mode="create_savepoint")
        dead.dispose()
