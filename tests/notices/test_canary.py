"""Without a name, beyond the pages: a canary is asked for in everything else that leaves the house while she asks,
answers, changes, reacts and is answered: letters and their rows, hints, log lines, figures, audit lines, commands."""

from __future__ import annotations

import io
import json
import logging
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from flask import Flask
from sqlalchemy import func, select
from werkzeug.test import Client
from werkzeug.wrappers import Response

from community.core import clock, live, metrics
from community.core.audit import AuditLine
from community.core.db import session
from community.core.logs import Lines
from community.core.outbox import Letter
from community.forum import actions as forum
from community.forum import questions
from community.members.models import Member
from community.streams import actions, sockets
from community.streams.actions import Said
from tests.client import Browser
from tests.notices.letters import DAY, HALF_HOUR, Inbox, has_address, post_day, wants
from tests.world import NOW, World

Browsers = Callable[..., Browser]
OTHERS = ("tuva", "vera", "samir", "johanna", "kim", "sara", "jonna", "birgitta")


def canary(world: World, who: str) -> tuple[str, ...]:
    """What would name somebody: id, sign-in name, display name, a picture nobody else has."""
    member = session().get_one(Member, world.id(who))
    member.display_name, member.avatar = "Kanariefågel", "a23"
    session().flush()
    return (str(member.id), "Kanariefågel", "kanariefagel", '"a23"', who, who.capitalize())


@dataclass(frozen=True)
class Told:
    """What became of it, in numbers."""

    stream: int
    opening: int
    answer: int

    @property
    def ids(self) -> tuple[str, ...]:
        return str(self.stream), str(self.opening), str(self.answer)


def story(world: World, who: str, *, unnamed: bool = True) -> Told:
    """She asks, is answered by everybody, answers, changes it, reacts, and says what helped; all without her name."""
    viewer = world.viewer(who)
    said = Said("Hur gör ni när det är svårt", f"canary-{who}", unnamed=unnamed, at_once=unnamed)
    opening = forum.start_thread(viewer, world.space("vardagsrummet"), said, mode="ask", just_listen=False)
    stream_id = opening.stream_id
    for number, other in enumerate(OTHERS):
        reply = forum.reply(world.viewer(other), stream_id, Said(f"Svar {number}", f"{who}-gets-{other}"))
    answer = forum.reply(viewer, stream_id, Said("Tack för svaren @Tuva", f"canary-{who}-2", unnamed=unnamed))
    told = Told(stream_id, opening.id, answer.id)
    actions.edit_piece(viewer, answer.id, version=1, body="Tack för alla svaren @Tuva", title=None)
    actions.react(viewer, reply.id, "heart")
    questions.mark_helped(viewer, reply.id)
    questions.unmark_helped(world.viewer("jonna"), reply.id)  # a host: this one stands in the audit chain
    return told


def test_letters_of_everybody_else_and_their_rows_are_silent_about_her(app: Flask, world: World, inbox: Inbox) -> None:
    names = canary(world, "amina")
    for other in OTHERS:
        wants(world, other)
        has_address(world, other)
    with clock.at(DAY):
        ids = story(world, "amina").ids
    post_day(app, DAY + HALF_HOUR)
    assert {letter["To"] for letter in inbox} == {f"{other}@example.com" for other in OTHERS}
    written = session().scalars(select(Letter).where(Letter.kind == "notices.new")).all()
    assert len(written) == len(OTHERS)
    rows = [json.dumps([row.facts, row.cause, row.kind, row.language]) for row in written]
    for told in (*rows, *(letter.as_string() + letter.get_content() for letter in inbox)):
        found = [word for word in (*names, *ids) if re.search(rf"(?<![\w-]){re.escape(word)}(?![\w-])", told)]
        assert not found, (found, told)


def test_a_letter_about_her_is_the_letter_about_anybody(app: Flask, world: World, inbox: Inbox) -> None:
    wants(world, "tuva")
    has_address(world, "tuva")
    for day, unnamed in ((0, True), (1, False)):
        with clock.at(DAY + timedelta(days=day)):
            story(world, "amina" if unnamed else "samir", unnamed=unnamed)
        post_day(app, DAY + timedelta(days=day) + HALF_HOUR)
    nameless, named = ([*map(str, letter.keys()), letter["Subject"], letter.get_content()] for letter in inbox)
    assert _without_token(nameless) == _without_token(named)


def _without_token(told: list[str]) -> list[str]:
    return [re.sub(r"/letters/stop/[\w~-]+", "/letters/stop/TOKEN", part) for part in told]


def test_open_lists_and_threads_of_everybody_else_hear_nothing_of_her(
    app: Flask, world: World, browser: Browsers, heard: list[Any]
) -> None:
    names = canary(world, "amina")
    stream_id = story(world, "amina").stream
    heard.clear()
    lines = {name: browser(name).socket() for name in (*OTHERS, "elias")}  # he has rooms of his own
    for line in lines.values():
        assert line.emit("feed:join", {}, callback=True)["ok"]
        assert line.emit("stream:join", {"stream": stream_id}, callback=True)["ok"]
    forum.reply(world.viewer("amina"), stream_id, Said("Ett ord till", "canary-live", unnamed=True))
    sockets._pending.clear()
    with app.app_context():
        for room, event, ids in heard:
            live.deliver(room, event, ids)
    sockets._pending.clear()  # no hint comes later, into another test
    for name, line in lines.items():
        got = line.get_received()
        line.disconnect()
        assert {frame["name"] for frame in got} >= {"feed:hint", "stream:piece"}, name
        assert not [word for word in names[:4] if word in json.dumps(got, ensure_ascii=False)], name


def test_log_lines_and_figures_name_neither_her_nor_what_she_wrote(world: World, browser: Browsers) -> None:
    names, amina = canary(world, "amina"), browser("amina")
    with _logged() as said:
        sent = {"text": "Helt skrivet", "client_id": "canary-form", "space_id": world.space("vardagsrummet")}
        assert amina.post("/write", mode="ask", unnamed="y", at_once="y", **sent).status_code == 303
        piece = world.piece("canary-form")
        amina.post(f"/t/{piece.stream_id}/replies", text="Tack", client_id="canary-form-2")
        amina.get(f"/t/{piece.stream_id}")
        amina.post(f"/pieces/{piece.id}/edit", text="Ändrat", version="1")
    lines, figures = said.getvalue(), Client(metrics.answer, Response).get("/metrics", base_url="http://127.0.0.1:9100")
    assert lines.count("forum.write") and figures.status_code == 200
    for told in (lines, figures.text):
        for word in (*names, str(piece.id), str(piece.stream_id), "Helt skrivet", "canary-form"):
            assert word not in told, word


@contextmanager
def _logged() -> Iterator[io.StringIO]:
    """What this process logs, louder than a server ever is."""
    said, root = io.StringIO(), logging.getLogger()
    handler, before = logging.StreamHandler(said), root.level
    handler.setFormatter(Lines("json"))
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    try:
        yield said
    finally:
        root.setLevel(before)
        root.removeHandler(handler)


def test_the_audit_chain_holds_no_line_of_hers(world: World) -> None:
    before = session().scalar(select(func.max(AuditLine.n))) or 0
    story(world, "amina")
    added = session().scalars(select(AuditLine).where(AuditLine.n > before)).all()
    assert [(line.act, line.actor_id) for line in added] == [("question.unmarked", world.id("jonna"))]
    told = json.dumps([[line.subject, line.reason, line.facts] for line in added])
    assert str(world.id("amina")) not in told


def test_commands_that_print_print_nothing_of_her(app: Flask, world: World) -> None:
    names = canary(world, "amina")
    ids = story(world, "amina").ids
    said = Said("Ingen ser det än", "canary-late", unnamed=True)
    forum.start_thread(world.viewer("amina"), world.space("vardagsrummet"), said, mode="tell", just_listen=False)
    late = (NOW + timedelta(hours=1)).isoformat()
    for command in (["jobs", "run", "--now", late], ["surface", "list"], ["policy", "table"], ["audit", "verify"]):
        done = app.test_cli_runner().invoke(args=command)
        assert done.exit_code == 0, (command, done.output)
        for word in (*names[:4], *ids):
            assert word not in done.output, (command, word)
    assert world.piece("canary-late").state == "published", "the command did its work"
