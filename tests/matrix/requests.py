"""What is asked: every endpoint with every object it can be asked about, named by its relation to the actors."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from flask import Flask
from sqlalchemy import select
from werkzeug.test import TestResponse

from community.core import paging
from community.core.db import session
from community.members.models import SignInSession
from community.notices.models import Notice
from community.notices.tokens import token_for
from community.recovery.links import stop_secret
from community.spaces.models import Space
from community.spaces.queries import readable_ids
from community.streams.models import Piece
from tests.client import Browser
from tests.matrix.actors import ACTORS, Scene
from tests.world import CAST, NOW, PASSWORD, TODAY, World

UNKNOWN = 4711

STREAMS = (
    *("open", "common", "house", "linden", "moved", "staff", "held", "hidden", "removed", "ivans", "whisper", "murmur"),
    "unknown",
)
PIECES = (
    *("open", "open-reply", "house", "linden", "linden-reply", "moved", "staff", "own", "undo", "held"),
    *("held-reply", "held-gone", "hidden", "hidden-inner", "hidden-reply", "removed", "whisper", "unknown"),
)
QUESTIONS = ("asked", "asked-linden", "open", "held", "hidden", "removed", "unknown")
ANSWERS = ("asked-reply", "asked-linden-reply", "asked", "open-reply", "hidden-reply", "unknown")
PEOPLE = ("tuva", "vera", "isla", "amina", "johanna", "noor", "sara", "gun", "unknown")
REQUESTS = ("solglantan", "linden", "nobodys", "unknown")
CHANNELS = ("vardagsrummet", "solglantan", "linden", "unknown")
PINS = ("open", "house", "held", "removed", "whisper", "unknown")
SPACES = ("vardagsrummet", "solglantan", "linden", "utflyttat", "personal", "unknown")

TARGETS: dict[str, tuple[str, ...]] = {
    "home.space": SPACES,
    "home.newer": ("all", *SPACES),
    "forum.thread": STREAMS,
    "forum.reply": STREAMS,
    "forum.write": ("any", *SPACES),
    "streams.since": STREAMS,
    "streams.mark_read": STREAMS,
    "streams.react": PIECES,
    "streams.edit": PIECES,
    "streams.remove": PIECES,
    "streams.restore": PIECES,
    "streams.history": PIECES,
    "home.more": PIECES,
    "home.save": PIECES,
    "home.let_go": PIECES,
    "streams.choose": STREAMS,
    "home.tagged": ("money", "unknown"),
    "questions.mark": ANSWERS,
    "questions.unmark": ANSWERS,
    "questions.on_top": QUESTIONS,
    "questions.still_true": QUESTIONS,
    "questions.tags": QUESTIONS,
    "streams.names": STREAMS,
    "streams.names_in_space": SPACES,
    "home.person": PEOPLE,
    "home.block": PEOPLE,
    "home.mute": PEOPLE,
    "home.unmute": PEOPLE,
    "home.take_back_block": ("elias", "tuva", "unknown"),
    **dict.fromkeys((f"channels.{step}" for step in ("change", "move", "close", "reopen")), CHANNELS),
    **dict.fromkeys((f"channels.{step}" for step in ("pin", "unpin", "put_away", "bring_back")), PINS),
    "members.follow_link": ("fresh", "unknown"),
    "members.code": ("fresh", "unknown"),
    "members.cancel_invitation": ("managers", "staffs", "unknown"),
    "passkeys.rename": ("aminas", "unknown"),
    "passkeys.remove": ("aminas", "unknown"),
    "members.invite": ("own_house", "other_house", "staff_kind"),
    "account.end_session": ("own", "foreign", "unknown"),
    "static": ("built", "unknown"),
    "notices.follow": ("own", "foreign", "unknown"),
    "notices.stop_letters": ("fresh", "unknown"),
    "recovery.follow": ("fresh", "unknown"),
    "recovery.typed": ("fresh", "unknown"),
    "recovery.follow_stop": ("fresh", "unknown"),
    "recovery.follow_email": ("fresh", "unknown"),
    "recovery.withdraw_link": ("ivans", "unknown"),
    "recovery.make": ("ivan", "samir", "petra"),
    "recovery.vouch": ("tuvas", "unknown"),
    **dict.fromkeys(
        (f"recovery.{step}" for step in ("request", "person", "check", "ask_members", "confirm", "refuse", "withdraw")),
        REQUESTS,
    ),
}
EVENTS = {"stream:join": STREAMS, "stream:leave": ("open", "unknown")}
FEWER = {"HEAD": 3, "OPTIONS": 1}  # the same code as GET: a few of its objects are enough


FORMS = (
    "forum.write",
    "members.code",
    "members.invite",
    "recovery.typed",
    "recovery.make",
)  # what they are about is said in the form alone


def cases(rows: list[dict[str, str]]) -> list[tuple[str, str, str]]:
    """(endpoint or event, method, target) for every row of the program's surface."""
    return [
        (row["name"], row["method"], target)
        for row in rows
        for target in _targets(row["kind"], row["name"], row["method"])
    ]


def _targets(kind: str, name: str, method: str) -> tuple[str, ...]:
    if name in FORMS and method != "POST":
        return ("-",)
    targets = (EVENTS if kind == "socket" else TARGETS).get(name, ("-",))
    return tuple(dict.fromkeys((*targets[: FEWER[method]], targets[-1]))) if method in FEWER else targets


class Requests:
    """Builds and sends one case for one actor."""

    def __init__(self, app: Flask, world: World, scene: Scene, actor: str) -> None:
        self.app, self.world, self.scene, self.actor = app, world, scene, actor
        self.owner = ACTORS[actor] or "tuva"
        self._known: dict[str, Piece] = {}

    def send(self, browser: Browser, endpoint: str, method: str, target: str) -> TestResponse:
        path = self.path(endpoint, target)
        data = {**self.fields(endpoint, target), "csrf_token": browser.token()} if method == "POST" else None
        return browser.open(method, path, data=data)

    def path(self, endpoint: str, target: str) -> str:
        values, query = self._values(endpoint, target)
        with self.app.test_request_context():
            return str(self.app.url_for(endpoint, **values, **query))

    def fields(self, endpoint: str, target: str) -> dict[str, Any]:
        """A form anybody who may would send."""
        if endpoint == "streams.edit":
            return self._edited(target)
        if endpoint == "forum.write":
            return {"text": "a new one", "client_id": "matrix-write", "space_id": self._space(target), "mode": "tell"}
        if endpoint == "members.invite":
            return self._wish(target)
        if endpoint == "notice_wishes.own":
            return {"mention_app": "y", "letters": "y", **self._channels()}
        if endpoint in ("channels.change", "channels.open_new"):
            return self._channel(endpoint, target)
        code = self.scene.free.code if target == "fresh" else "2222222222"
        joining = {"display_name": "Nykomling", "password": PASSWORD, "accept_rules": "y", "language": "sv"}
        fixed: dict[str, dict[str, Any]] = {
            "account.open_private": {"pin": "2580"},
            "account.open_with_password": {"password": PASSWORD},
            "account.password": {"old_password": PASSWORD, "password": "kanel gitarr blåbär"},
            "account.pin": {"pin": "2580"},
            "account.settings": {"lang": "en", "text_size": "larger", "theme": "dark"},
            "account.tablet": {"pin": "2580"},
            "account.unlock": {"pin": "2580"},
            "channels.move": {"way": "down"},
            "channels.pin": {"in_channel": "y", "until_on": TODAY + timedelta(days=7)},
            "channels.put_away": {"back": "home"},
            "channels.bring_back": {"back": "channel"},
            "forum.reply": {"text": "an answer", "client_id": "matrix-reply"},
            "streams.choose": {"choice": "follow"},
            "home.let_go": {"back": ""},
            "home.muted": {"word": "matris"},
            "home.unmute": {"back": ""},
            "home.unmute_word": {"word": "matris"},
            "home.me": {"display_name": "Another Name", "avatar": "a02", "colour": "b"},
            "members.code": {"code": code},
            "members.confirm": {"password": PASSWORD},
            "members.join": joining,
            "passkeys.own": {"name": "mobil", "credential": "{}"},
            "passkeys.rename": {"name": "platta"},
            "passkeys.sign_in": {"credential": "{}"},
            "second_step.give": {"code": "000000"},
            "second_step.new_password": {"password": PASSWORD},
            "second_step.recover": {"name": "samir", "code": "2222222222"},
            "second_step.set_up": {"code": "000000"},
            "questions.still_true": {"word": "true"},
            "questions.tags": {"sent": "tags", "tag_money": "y"},
            "members.language": {"lang": "en"},
            "members.login": {"name": "samir", "password": PASSWORD},
            "members.rules": {"accept_rules": "y"},
            "recovery.add_email": {"address": "matrix@example.com"},
            "recovery.ask_members": {"first_id": self.world.id("tuva"), "second_id": self.world.id("amina")},
            "notices.read_all": {"until": paging.cursor(NOW, 1)},
            "recovery.check": {"spoke_with": "Tuva"},
            "recovery.lost_call": {"name": "Johanna", "phone": "070-123 45 67"},
            "recovery.lost_mail": {"said": "johanna"},
            "recovery.make": {"member_id": self.world.id(target) if target in CAST else UNKNOWN},
            "recovery.new_password": {"password": PASSWORD},
            "recovery.person": {"member_id": self.world.id("johanna")},
            "recovery.refuse": {"reason": "somebody else"},
            "recovery.typed": {"secret": self.scene.way_in.secret if target == "fresh" else "2" * 26},
            "recovery.vouch": {"answer": "yes"},
            "streams.mark_read": {"nr": 1},
            "streams.react": {"kind": "hug"},
            "streams.save_draft": {"place": "new", "fields": '{"text": "half a thought"}'},
        }
        return fixed.get(endpoint, {})

    def _edited(self, target: str) -> dict[str, Any]:
        label = self._label(target)
        version = 1 if label == "unknown" else self._piece(label).version
        title = {"title": "new name"} if label != "unknown" and self._piece(label).kind == "opening" else {}
        return {"text": "other words", "version": version, **title}

    def _channel(self, endpoint: str, target: str) -> dict[str, Any]:
        """Another English name, and all the rest as it is."""
        found = session().scalar(select(Space).where(Space.slug == target))
        space = found if found is not None and endpoint == "channels.change" else None
        names = ("name_sv", "kind", "audience", "writers", "colour", "version")
        begins = {"name_sv": "Cykelboden", "kind": "talk", "audience": "all", "writers": "readers", "colour": "moss"}
        asks = {"asks_whom": "y"} if space is not None and space.asks_whom else {}
        as_is = {name: getattr(space, name) for name in names} if space is not None else {**begins, "version": 0}
        return {**as_is, **asks, "name_en": "Bike shed"}

    def _wish(self, target: str) -> dict[str, Any]:
        house = "Solgläntan" if target == "own_house" else "Linden"
        kind = "staff" if target == "staff_kind" else "resident"
        return {"kind": kind, "house_id": self.world.house(house), "adult_checked": "y", "key_worker_id": 0}

    def _values(self, endpoint: str, target: str) -> tuple[dict[str, Any], dict[str, Any]]:
        """The values in the address and after its question mark."""
        if endpoint == "home.space":
            return {"slug": target}, {}
        if endpoint == "home.newer":
            return {}, ({} if target == "all" else {"space": self._space(target)})
        if endpoint == "home.figures":
            return {}, {"threads": self.stream_id("common")}
        if endpoint == "members.follow_link":
            return {"link": self.scene.free.link if target == "fresh" else "a" * 43}, {}
        if endpoint == "members.cancel_invitation":
            made = {"managers": self.scene.free.id, "staffs": self.scene.pending.id}
            return {"invitation_id": made.get(target, UNKNOWN)}, {}
        if endpoint in ("passkeys.rename", "passkeys.remove"):
            return {"passkey_id": self.scene.passkey_id if target == "aminas" else UNKNOWN}, {}
        if endpoint == "account.end_session":
            return {"session_id": self._session(target)}, {}
        if endpoint == "notices.follow":
            return {"notice_id": self._notice(target)}, {}
        if endpoint == "notices.stop_letters":
            return {"token": token_for(self.world.id("samir")) if target == "fresh" else "s1~AAAA"}, {}
        if endpoint.startswith("recovery."):
            return self._lost(endpoint, target), {}
        if endpoint == "streams.names_in_space":
            return {"space_id": self._space(target)}, {"q": "tu"}
        if TARGETS.get(endpoint) is PEOPLE or endpoint == "home.take_back_block":
            return {"member_id": self.world.id(target) if target in CAST else UNKNOWN}, {}
        if endpoint == "static":
            return {"filename": "manifest.json" if target == "built" else "nothing.css"}, {}
        if endpoint == "home.tagged":
            return {"tag": target}, {}
        if endpoint.startswith("channels.") and TARGETS.get(endpoint) is CHANNELS:
            return {"space_id": self._space(target)}, {}
        if TARGETS.get(endpoint) in (PIECES, ANSWERS):
            return {"piece_id": self.piece_id(target)}, {}
        if TARGETS.get(endpoint) in (STREAMS, QUESTIONS, PINS):
            name = "thread_id" if endpoint == "forum.reply" else "stream_id"
            return {name: self.stream_id(target)}, ({"after": 0} if endpoint == "streams.since" else {})
        return {}, {}

    def _session(self, target: str) -> int:
        """An open session of the actor's member (`own`), or of somebody who never asks here."""
        if target == "foreign":
            return self.scene.foreign_session
        hers = select(SignInSession.id).where(SignInSession.member_id == self.world.id(self.owner))
        newest = hers.where(SignInSession.ended_at.is_(None)).order_by(SignInSession.created_at.desc()).limit(1)
        return (session().scalar(newest) if target == "own" else None) or UNKNOWN

    def _notice(self, target: str) -> int:
        """A notice of the actor's own about a thread for all, or of somebody's who never asks here."""
        name = {"own": self.owner, "foreign": "samir"}.get(target)
        hers = select(Notice.id).where(Notice.stream_id == self.stream_id("common"), Notice.kind == "reply")
        return (session().scalar(hers.where(Notice.member_id == self.world.id(name))) if name else None) or UNKNOWN

    def _channels(self) -> dict[str, str]:
        """A choice for every channel the actor reads; for somebody who left, those tuva reads."""
        who = "tuva" if self.actor == "ex_staff" else self.owner
        return {f"space_{id_}": "mentions" for id_ in readable_ids(self.world.viewer(who))}

    def _lost(self, endpoint: str, target: str) -> dict[str, Any]:
        fresh, way_in = target == "fresh", self.scene.way_in
        secrets = {
            "recovery.follow": way_in.secret,
            "recovery.follow_stop": stop_secret(way_in.id),
            "recovery.follow_email": self.scene.email_secret,
        }
        if endpoint in secrets:
            return {"secret": secrets[endpoint] if fresh else "a" * 43}
        if endpoint == "recovery.withdraw_link":
            return {"way_in_id": way_in.id if target == "ivans" else UNKNOWN}
        if endpoint == "recovery.vouch":
            return {"vouch_id": self.scene.vouch if target == "tuvas" else UNKNOWN}
        return {"request_id": self.scene.requests.get(target, UNKNOWN)} if TARGETS.get(endpoint) == REQUESTS else {}

    def stream_id(self, target: str) -> int:
        return UNKNOWN if target == "unknown" else self._piece(target).stream_id

    def piece_id(self, target: str) -> int:
        label = self._label(target)
        return UNKNOWN if label == "unknown" else self._piece(label).id

    def _piece(self, label: str) -> Piece:
        if label not in self._known:
            self._known[label] = self.world.piece(label)
        return self._known[label]

    def _label(self, target: str) -> str:
        return f"{target}-{self.owner}" if target in ("own", "undo") else target

    def _space(self, target: str) -> int:
        slug = "vardagsrummet" if target == "any" else target
        return UNKNOWN if slug == "unknown" else self.world.space(slug)
