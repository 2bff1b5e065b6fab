"""Every form refuses what it did not ask for, keeps what was written, and never breaks."""

from __future__ import annotations

import io
from typing import Any

import pytest
from flask import Flask
from werkzeug.datastructures import MultiDict

from community.cli import surface_rows
from tests.client import fields_in
from tests.digest import digest
from tests.make import Make
from tests.matrix import booked
from tests.matrix.actors import browser_of, scene_of
from tests.matrix.requests import TARGETS, Requests
from tests.world import World

pytestmark = pytest.mark.once

# A button and nothing else: there is no field to fill in, and getting out must always work.
BUTTONS = {
    "home.block",
    "home.hello_later",
    "home.mute",
    "home.take_back_block",
    "home.unmute",
    "home.let_go",
    "home.save",
    "home.leave",
    "members.cancel_invitation",
    "account.end_others",
    "account.end_session",
    "account.lock",
    "account.own_device",
    "account.remove_pin",
    "account.shared_device",
    "account.shut_private",
    "members.logout",
    "notices.stop_letters",
    "channels.close",
    "hosting.end",
    "concern_desk.cannot",
    "channels.reopen",
    "channels.unpin",
    "handover.accept",
    "rota.take_off",
    "review.claim",
    "review.release",
    "review.undo",
    "review.who_told",
    "unmasking.name",
    "channels.put_away",
    "channels.bring_back",
    "passkeys.options_to_make",
    "passkeys.options_to_sign_in",
    "passkeys.remove",
    "my_data.remove",
    "recovery.confirm_email",
    "recovery.new_password",  # asks nothing without a link: tests/recovery
    "recovery.remove_email",
    "questions.mark",
    "questions.unmark",
    "second_step.codes",
    "second_step.turn_off",
    "streams.remove",
    "streams.restore",
    "streams.drop_change",
    "home.give_trust",
    "home.end_trust",
    "told.show_again",
    "talks.leave",
    "moving.cancel",
    "connections.end",
    "breaks.end",
    "turns.stay",
    *(f"preparing.{step}" for step in ("start", "remove", "let_go", "take_back", "letter")),
    "directory.close",
    "leaving.stay",
    "leaving.name",
    *(f"photos.{step}" for step in ("claim", "unveil", "remove", "nobody")),
    *(f"portraits.{step}" for step in ("claim", "remove")),
    "memories.put_away",
    *(f"book.{step}" for step in ("delete", "order", "remove", "remove_file")),
}
# Asked in tests of their own, because something has to happen before: a quarter of an hour, a recovery code, a lock.
ELSEWHERE = {
    "account.open_private": "tests/members/test_app_lock.py",
    "account.open_with_password": "tests/members/test_app_lock.py",
    "account.unlock": "tests/members/test_tablet.py",
    "members.confirm": "tests/web/test_confirm.py",
    "second_step.new_password": "tests/members/test_recovery.py",
}
WANTED = (
    *("taken", "own", "asked", "nameless", "open", "any", "fresh", "aminas", "vardagsrummet", "shipped"),
    *("running", "held-back", "tuva", "olles", "solglantan", "talk", "tuvas", "16-17", "group", "told"),
)  # the object a form is spoilt for, the first there is
OF_ALL = {
    "memories.add": "common",
    "portraits.look": "waits",
    "memories.when": "open",
    **dict.fromkeys((f"photos.{step}" for step in ("who", "place", "staff", "answer")), "asked"),
    **dict.fromkeys(("turns.start_work", "turns.remember", "turns.rename"), "johanna"),
    "book.answer": "veras",
    "turns.answer": "waits",
    "turns.bring_back": "remembered",
    "turns.leave_work": "sara",
    **dict.fromkeys((f"team.{step}" for step in ("send", "do", "hand_over")), "veras"),
    "connections.agree": "aminas",
    "cards.answer": "johannas",
    "home.tell_of_letter": "johannas",
    "preparing.adult": "olles",
    **dict.fromkeys(("preparing.shared", "preparing.write_letter"), "amina"),
    "connections.ask": "johanna",
    "moving.plan": "tuva",
    "moving.change": "amina",
    "moving.move_in": "johanna",
    "connections.decide": "waits",
    "connections.pass_on": "request",
    "connections.stop": "holds",
    **dict.fromkeys(("separations.again", "separations.end"), "ivans"),
    "members.invite": "own_house",
    "chat.send": "vardagsrummet",
    "chat.slow": "vardagsrummet",
    "hosting.change": "evening",
    **dict.fromkeys((f"talks.{step}" for step in ("send", "add", "name", "answer")), "group"),
    **dict.fromkeys(("review.note", "review.hand_over", "review.not_this"), "held"),
}
BY = {
    "memories.when": "author",
    **dict.fromkeys(("photos.who", "photos.place", "photos.add"), "author"),
    "photos.answer": "minor",
    "portraits.look": "moderator",
    **dict.fromkeys((f"book.{step}" for step in ("make", *booked.OF_BOOK, *booked.OF_ITEM, "ask")), "author"),
    "book.answer": "minor",
    "photos.staff": "staff",
    **dict.fromkeys(("turns.start_work", "turns.remember", "turns.bring_back", "turns.rename"), "manager"),
    "turns.answer": "manager",
    "turns.leave_work": "manager",
    "own_turns.goodbye": "staff_far",
    "own_turns.contact": "author",
    **dict.fromkeys(("cards.answer", "home.tell_of_letter"), "alumnus"),
    **dict.fromkeys((f"preparing.{step}" for step in ("shared", "line", "tick", "people", "wishes")), "author"),
    "preparing.adult": "manager",
    **dict.fromkeys((f"team.{step}" for step in ("send", "do", "hand_over", "begin")), "staff"),
    **dict.fromkeys((f"connections.{step}" for step in ("decide", "stop", "pass_on")), "manager"),
    **dict.fromkeys((f"separations.{step}" for step in ("make", "again", "end")), "manager"),
    "connections.ask": "author",
    **dict.fromkeys((f"moving.{step}" for step in ("plan", "change", "move_in")), "manager"),
    **dict.fromkeys((f"moving.{step}" for step in ("contact", "farewell")), "author"),
    "moving.by_name": "alumnus",
    "connections.agree": "alumnus",
    "bridges.end": "manager",
    "talk_desk.more": "manager",
    **dict.fromkeys((f"talks.{step}" for step in ("new", "add", "name", "send", "answer")), "author"),
    "chat.slow": "moderator",
    "hosting.open_new": "moderator",
    "hosting.change": "moderator",
    "questions.still_true": "author",
    "questions.tags": "author",
    "concern_desk.number": "staff",
    "concern_desk.take": "staff",
    "concern_desk.step": "staff",
    "concern_desk.hand": "staff",
    "concern_desk.close": "staff",
    "concern_desk.take_copy": "staff",
    "concern_links.answer": "anonymous",
    "channels.open_new": "manager",
    "channels.change": "manager",
    "channels.move": "manager",
    "channels.pin": "manager",
    "handover.sign": "manager",
    "house_rules.change": "manager",
    "incident.switch": "manager",
    "incident.end": "manager",
    "openness.export": "manager",
    "unmasking.who": "manager",
    "unmasking.answer": "manager",
    "unmasking.judge": "manager",
    "rota.change": "manager",
    "rota.make": "manager",
    "rota.repeat": "manager",
    "review.busy": "moderator",
    "review.decide": "moderator",
    "review.hand_over": "moderator",
    "review.not_this": "moderator",
    "review.note": "moderator",
    "lists.add": "manager",
    "acts.step": "manager",
    "acts.lift": "manager",
    "acts.confirm": "manager",
    "acts.appeal": "manager",
    "lists.change": "manager",
    "publishing.change": "manager",
    "publishing.figures": "manager",
    "publishing.set_back": "manager",
    "lists.test": "manager",
    "members.login": "anonymous",
    "members.code": "anonymous",
    "members.join": "pending",
    "members.invite": "manager",
    "account.tablet": "manager",
    "passkeys.rename": "author",
    "passkeys.sign_in": "anonymous",
    "second_step.give": "staff_code",
    "second_step.recover": "anonymous",
}
TEXT = {
    "memories.add": "some words",
    "memories.new_album": "En resa",
    "memories.when": "2014",
    **dict.fromkeys(("book.make", "book.change"), "Mina andra år"),
    "book.write": "a page of mine",
    "book.caption": "words below",
    "photos.who": "En sjö",
    "turns.remember": "her sister rang",
    "turns.bring_back": "it was another Minna",
    "turns.rename": "Viktor",
    "own_turns.goodbye": "so long",
    "preparing.shared": "en rad till",
    "preparing.line": "hyra en bil",
    "preparing.write_letter": "hej då",
    **dict.fromkeys(("inbox.send", "team.send", "team.begin"), "to the team"),
    "team.hand_over": "ring hem",
    **dict.fromkeys(("connections.ask", "connections.agree", "connections.request"), "snäll"),
    "connections.decide": "they know each other",
    "connections.stop": "not good for her",
    **dict.fromkeys((f"separations.{step}" for step in ("make", "again", "end")), "they hurt each other"),
    "concerns.door": "kom",
    "concerns.more": "mer",
    "concern_desk.step": "noterat",
    "concern_desk.close": "klart",
    "forum.write": "a new one",
    "chat.send": "a message",
    "talks.send": "a message",
    "talks.name": "the three",
    "bridges.end": "it is not good for them",
    "talk_desk.more": "somebody may be in danger",
    "hosting.open_new": "Games night",
    "hosting.change": "Games night",
    "forum.reply": "an answer",
    "moving.farewell": "goodbye all",
    "streams.edit": "other words",
    "home.me": "Another Name",
    "home.muted": "matris",
    "channels.open_new": "Cykelboden",
    "channels.change": "Bike shed",
    "lists.add": "matrisord",
    "lists.test": "an ordinary text",
    "publishing.change": "read first this autumn",
    "publishing.figures": "read more first",
    "publishing.set_back": "enough of it",
    "review.note": "ringer hem",
    "told.tell": "something happened",
    "told.sent": "and one thing more",
    "house_rules.change": "Vi provar.",
    "incident.switch": "Mending.",
    "openness.export": "a test",
    "unmasking.who": "somebody may be in danger",
}
FIELD = {
    "memories.new_album": "title",
    "memories.when": "year",
    **dict.fromkeys(("book.make", "book.change"), "title"),
    "book.caption": "caption",
    "photos.who": "alt",
    "turns.remember": "remember_why",
    "turns.bring_back": "back_why",
    "turns.rename": "display_name",
    "own_turns.goodbye": "note",
    **dict.fromkeys(("preparing.shared", "preparing.line"), "line"),
    "team.hand_over": "note",
    **dict.fromkeys(("connections.ask", "connections.agree", "connections.request"), "words"),
    "connections.decide": "reason",
    "connections.stop": "stop_reason",
    **dict.fromkeys(("separations.make", "separations.again"), "reason"),
    "separations.end": "why",
    "concerns.door": "words",
    "concerns.more": "words",
    "concern_desk.step": "words",
    "concern_desk.close": "words",
    "home.me": "display_name",
    "home.muted": "word",
    "channels.open_new": "name_sv",
    "hosting.open_new": "name_en",
    "hosting.change": "name_en",
    "channels.change": "name_en",
    "lists.add": "phrase",
    "publishing.change": "reason",
    "publishing.figures": "reason",
    "publishing.set_back": "reason",
    "review.note": "words",
    "told.tell": "words",
    "told.sent": "words",
    "house_rules.change": "sv_1",
    "incident.switch": "words_en",
    "openness.export": "reason",
    "unmasking.who": "why",
    "talks.name": "name",
    "bridges.end": "why",
    "talk_desk.more": "why",
}

WAYS: dict[str, list[tuple[str, Any]]] = {
    "an extra field": [("is_staff", "1")],
    "somebody else's id": [("author_id", "1"), ("user_id", "1"), ("role", "staff")],
    "a list": [("text[]", "x")],
    "a path": [("__proto__", "x")],
    "a file": [("photo", (io.BytesIO(b"x"), "x.txt"))],
}


def _forms(app: Flask) -> list[str]:
    with app.app_context():
        return sorted({row["name"] for row in surface_rows() if row["method"] == "POST"} - BUTTONS - set(ELSEWHERE))


@pytest.mark.parametrize("way", [*WAYS, "every field doubled", "nothing", "far too long", "NUL", "wrong kinds"])
def test_bad_forms_are_refused_with_the_text_kept(
    way: str, app: Flask, world: World, make: Make, rolled_back: Any
) -> None:
    scene = scene_of(make)
    answers = {}
    browsers = {actor: browser_of(actor, app, world, scene) for actor in {"resident", *BY.values()}}
    before = digest(rolled_back)
    for endpoint in _forms(app):
        actor = BY.get(endpoint, "resident")
        requests, browser = Requests(app, world, scene, actor), browsers[actor]
        target = next((t for t in WANTED if t in TARGETS.get(endpoint, ())), "-")
        target = OF_ALL.get(endpoint, target)
        fields = _spoilt(way, requests.fields(endpoint, target))
        if way in ("far too long", "NUL") and endpoint == "members.rules":
            continue  # a tick is a tick, whatever value the browser sends with it
        fields.add("csrf_token", browser.token())
        answer = browser.open("POST", requests.path(endpoint, target), data=fields)
        answers[endpoint] = answer.status_code
        if endpoint in TEXT and way in (*WAYS, "every field doubled"):
            assert TEXT[endpoint] in fields_in(answer, FIELD.get(endpoint, "text")), endpoint
    assert len(answers) >= 8
    wrong = {name: code for name, code in answers.items() if not 400 <= code < 500}
    assert wrong == {}
    assert digest(rolled_back) == before


def _spoilt(way: str, fields: dict[str, Any]) -> MultiDict[str, Any]:
    if way in WAYS:
        fresh = [(name, (io.BytesIO(b"x"), "x.txt") if name == "photo" else value) for name, value in WAYS[way]]
        return MultiDict([*fields.items(), *fresh])
    if way == "every field doubled":
        return MultiDict([*fields.items(), *fields.items()])
    if way == "nothing":
        return MultiDict()
    if way == "wrong kinds":
        return MultiDict(
            {name: "²" if isinstance(value, int) else value for name, value in fields.items()} | {"x": "y"}
        )
    filler = "x" * 100_000 if way == "far too long" else "a\x00b"
    return MultiDict(dict.fromkeys(fields, filler))
