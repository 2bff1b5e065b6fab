"""What is asked: every endpoint with every object it can be asked about, named by its relation to the actors."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from flask import Flask
from sqlalchemy import select
from werkzeug.test import TestResponse

from community.chat.models import Room
from community.core import clock, paging
from community.core.db import session
from community.home.handover import _as_seen, open_for
from community.members.house_rules import SHIPPED
from community.members.models import SignInSession
from community.notices.models import Notice
from community.notices.tokens import token_for
from community.recovery.links import stop_secret
from community.reports.models import Report
from community.rota.models import Shift
from community.safety.models import Case
from community.safety.word_lists import all_shipped
from community.spaces.models import Space
from community.spaces.queries import readable_ids
from community.streams.models import Piece
from tests.client import Browser
from tests.matrix import booked, kept_apart, on_the_move, on_the_way, pictured, remembered, to_the_team, turns
from tests.matrix.actors import ACTORS, Scene
from tests.matrix.talking import TALKS
from tests.matrix.waiting import CASES, DECISIONS
from tests.world import CAST, NOW, PASSWORD, TODAY, World

UNKNOWN = 4711

STREAMS = (
    *("open", "common", "house", "linden", "moved", "staff", "held", "hidden", "removed", "ivans", "whisper", "murmur"),
    *("talk-word", "talk-of-two"),
    "unknown",
)
PIECES = (
    *("open", "open-reply", "house", "linden", "linden-reply", "moved", "staff", "own", "undo", "held"),
    *("held-reply", "held-gone", "hidden", "hidden-inner", "hidden-reply", "removed", "whisper"),
    *("talk-word", "talk-of-two", "unknown"),
)
QUESTIONS = ("asked", "asked-linden", "open", "held", "hidden", "removed", "unknown")
ANSWERS = ("asked-reply", "asked-linden-reply", "asked", "open-reply", "hidden-reply", "unknown")
PEOPLE = ("tuva", "vera", "isla", "amina", "johanna", "noor", "sara", "gun", "unknown")
LIMITED = ("tuva", "samir", "johanna", "sara", "jonna", "unknown")
REQUESTS = ("solglantan", "linden", "nobodys", "unknown")
SHIFTS = ("running", "over", "unknown")
CHANNELS = ("vardagsrummet", "solglantan", "linden", "unknown")
CONCERNS = ("open", "about", "unknown")
TAKEN = ("taken", "open", "unknown")
CHATS = ("vardagsrummet", "solglantan", "linden", "utflyttat", "personal", "unknown")
EVENINGS = ("evening", "evening-linden", "vardagsrummet", "unknown")
PINS = ("open", "house", "held", "removed", "whisper", "unknown")
SPACES = ("vardagsrummet", "solglantan", "linden", "utflyttat", "personal", "unknown")

TARGETS: dict[str, tuple[str, ...]] = {
    **to_the_team.TARGETS,
    **turns.TARGETS,
    **on_the_way.TARGETS,
    **kept_apart.TARGETS,
    **on_the_move.TARGETS,
    **pictured.TARGETS,
    **remembered.TARGETS,
    **booked.TARGETS,
    "home.space": SPACES,
    "home.newer": ("all", *SPACES),
    "forum.thread": STREAMS,
    "forum.reply": STREAMS,
    "forum.waiting": STREAMS,
    "forum.write": ("any", *SPACES),
    **dict.fromkeys((f"chat.{step}" for step in ("room", "state", "waiting", "help_card", "send", "slow")), CHATS),
    "chat.here": CHATS,
    **dict.fromkeys((f"talks.{step}" for step in ("talk", "state", "waiting", "help_card", "send")), TALKS),
    **dict.fromkeys((f"talks.{step}" for step in ("answer", "leave", "add", "name")), TALKS),
    "talks.new": ("vera", "johanna", "amina", "noor", "sara", "gun", "unknown"),
    "bridges.end": ("group", "unknown"),
    "leaving.name": ("unknown",),
    "talk_desk.more": ("told", "held", "unknown"),
    "chat.search": CHATS,
    **dict.fromkeys(("hosting.change", "hosting.end"), EVENINGS),
    "streams.since": STREAMS,
    "streams.mark_read": STREAMS,
    "streams.react": PIECES,
    "streams.edit": PIECES,
    "streams.remove": PIECES,
    "streams.restore": PIECES,
    "streams.history": PIECES,
    "streams.drop_change": PIECES,
    "checking.checked": SPACES,
    "home.more": PIECES,
    "home.tell_of_piece": PIECES,
    "home.tell_of_person": PEOPLE,
    **dict.fromkeys(("told.sent", "told.show_again"), ("own", "foreign", "unknown")),
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
    "home.give_trust": PEOPLE,
    "home.end_trust": PEOPLE,
    "home.take_back_block": ("elias", "tuva", "unknown"),
    **dict.fromkeys((f"channels.{step}" for step in ("change", "move", "close", "reopen")), CHANNELS),
    **dict.fromkeys((f"channels.{step}" for step in ("pin", "unpin", "put_away", "bring_back")), PINS),
    **dict.fromkeys((f"review.{step}" for step in ("item", "claim", "release", "note", "not_this")), CASES),
    **dict.fromkeys(("review.hand_over", "review.who_told"), CASES),
    "review.decide": DECISIONS,
    "review.undo": ("jonnas", "unknown"),
    "forum.locked": STREAMS,
    **dict.fromkeys(("acts.steps", "acts.step"), LIMITED),
    **dict.fromkeys(("acts.lift", "acts.confirm"), ("olles", "unknown")),
    "acts.one": ("own", "foreign", "unknown"),
    "acts.appeal": ("solglantan", "linden", "unknown"),
    "unmasking.who": ("nameless", "open", "unknown"),
    **dict.fromkeys((f"unmasking.{step}" for step in ("answer", "judge", "name")), ("nameless", "urgent", "unknown")),
    "rota.change": SHIFTS,
    "concerns.door": ("talk", "urgent", "staff"),
    **dict.fromkeys((f"concerns.{step}" for step in ("status", "how", "more", "named")), ("tuvas", "unknown")),
    **dict.fromkeys((f"concern_desk.{step}" for step in ("one", "take", "cannot", "take_copy")), CONCERNS),
    **dict.fromkeys((f"concern_desk.{step}" for step in ("step", "hand", "close")), TAKEN),
    "concern_links.answer": ("fresh", "unknown"),
    "rota.take_off": SHIFTS,
    "handover.accept": ("saras", "unknown"),
    "lists.one": ("hold", "unknown"),
    "lists.change": ("shipped", "unknown"),
    "publishing.change": ("16-17", "under-16", "unknown"),
    "members.follow_link": ("fresh", "unknown"),
    "members.code": ("fresh", "unknown"),
    "members.cancel_invitation": ("managers", "staffs", "unknown"),
    "passkeys.rename": ("aminas", "unknown"),
    "passkeys.remove": ("aminas", "unknown"),
    **dict.fromkeys(("my_data.file", "my_data.remove"), ("aminas", "unknown")),
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
EVENTS = {
    "stream:join": STREAMS,
    "stream:leave": ("open", "unknown"),
    "chat:send": CHATS,
    "chat:typing": CHATS,
    "talk:send": TALKS,
}
FEWER = {"HEAD": 3, "OPTIONS": 1}  # the same code as GET: a few of its objects are enough


FORMS = (
    "forum.write",
    "talks.new",
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


def _entry(target: str) -> str:
    """The key of an entry Hearth comes with, or of none."""
    return all_shipped().entries[0].key if target == "shipped" else "hold:nobody listed this"


class Requests:
    """Builds and sends one case for one actor."""

    def __init__(self, app: Flask, world: World, scene: Scene, actor: str) -> None:
        self.app, self.world, self.scene, self.actor = app, world, scene, actor
        self.owner = ACTORS[actor] or "tuva"
        self._known: dict[str, Piece] = {}

    def send(self, browser: Browser, endpoint: str, method: str, target: str, *, part: bool = False) -> TestResponse:
        path = self.path(endpoint, target)
        data = {**self.fields(endpoint, target), "csrf_token": browser.token()} if method == "POST" else None
        return browser.open(method, path, data=data, headers={"X-Part": "1"} if part else {})

    def path(self, endpoint: str, target: str) -> str:
        values, query = self._values(endpoint, target)
        with self.app.test_request_context():
            return str(self.app.url_for(endpoint, **values, **query))

    def fields(self, endpoint: str, target: str) -> dict[str, Any]:
        """A form anybody who may would send."""
        about_team = to_the_team.fields(self.scene, self.world, endpoint, target, self.owner)
        if about_team is not None:
            return about_team
        about_pictures = pictured.fields(self.world, endpoint)
        if about_pictures is not None:
            return about_pictures
        about_memories = remembered.fields(self.world, endpoint)
        if about_memories is not None:
            return about_memories
        about_books = booked.fields(self.scene, endpoint, target)
        if about_books is not None:
            return about_books
        about_turn = turns.fields(self.world, endpoint)
        if about_turn is not None:
            return about_turn
        about_walls = kept_apart.fields(self.scene, self.world, endpoint, target)
        if about_walls is not None:
            return about_walls
        about_moves = on_the_way.fields(self.world, endpoint) or on_the_move.fields(endpoint)
        if about_moves is not None:
            return about_moves
        if endpoint == "streams.edit":
            return self._edited(target)
        if endpoint == "forum.write":
            return {"text": "a new one", "client_id": "matrix-write", "space_id": self._space(target), "mode": "tell"}
        if endpoint == "members.invite":
            return self._wish(target)
        if endpoint == "notice_wishes.own":
            return {"mention_app": "y", "letters": "y", **self._channels()}
        if endpoint in ("rota.make", "rota.change"):
            return self._shift(endpoint, target)
        if endpoint == "review.decide":
            return {"version": self._version(target), "reason": "unkind", "words": "", "hours": 1} | (
                {"words": "a pause", "reason": ""} if target.endswith("cool") else {}
            )
        if endpoint in ("channels.change", "channels.open_new"):
            return self._channel(endpoint, target)
        if endpoint == "acts.appeal":
            return {"right": "yes", "answer": "", "version": self._appeal_version(target)}
        code = self.scene.free.code if target == "fresh" else "2222222222"
        joining = {"display_name": "Nykomling", "password": PASSWORD, "accept_rules": "y", "language": "sv"}
        fixed: dict[str, dict[str, Any]] = {
            "account.open_private": {"pin": "2580"},
            "acts.confirm": {"seen": 1},
            "acts.lift": {"seen": 1},
            "acts.one": {"words": "It was not me"},
            "acts.step": {"length": "1d", "reason": "quarrel", "words": "A rest.", "seen": 0},
            "concerns.door": {"client_id": "matrix-door-1", "words": "kom", "how": "call", "phone": ""}
            | ({"about": 0} if target == "staff" else {}),
            "concerns.how": {"how": "call"},
            "concerns.more": {"client_id": "matrix-more-1", "words": "mer"},
            "concerns.named": {"member_id": self.world.id("sara"), "may": "no"},
            "concern_desk.number": {"sent": "number", "phone": "070-1"},
            "concern_desk.take": {"how": "call", "minutes": 5},
            "concern_desk.step": {"what": "note", "words": "noterat"},
            "concern_desk.hand": {"to_id": self._colleague("jonna")},
            "concern_desk.close": {"outcome": "talked", "words": "klart"},
            "concern_desk.take_copy": {"reason": "bevis", "password": PASSWORD},
            "concern_links.answer": {"do": "take"},
            "account.open_with_password": {"password": PASSWORD},
            "account.password": {"old_password": PASSWORD, "password": "kanel gitarr blåbär"},
            "account.pin": {"pin": "2580"},
            "leaving.leave": {"choice": "nameless"},
            "account.settings": {"lang": "en", "text_size": "larger", "theme": "dark"},
            "account.tablet": {"pin": "2580"},
            "account.unlock": {"pin": "2580"},
            "channels.move": {"way": "down"},
            "checking.checked": {"until": paging.cursor(NOW, 0), "house_id": 0},
            "channels.pin": {"in_channel": "y", "until_on": TODAY + timedelta(days=7)},
            "handover.sign": {"seen": self._seen()},
            "review.busy": {"minutes": 30},
            "review.hand_over": {"member_id": self._colleague("birgitta")},
            "review.not_this": {"key": "hold:heldword", "right": "n"},
            "review.note": {"words": "ringer hem"},
            "house_rules.change": self._rules(),
            "incident.switch": {"words_sv": "Vi lagar.", "words_en": "Mending.", "why": "a test"},
            "incident.end": {"why": "mended"},
            "openness.export": {"form": "csv", "reason": "a test"},
            "unmasking.who": {"why": "somebody may be in danger"},
            "unmasking.answer": {"answer": "no", "answer_why": "not like this"},
            "unmasking.judge": {"right": "yes", "judged_why": "it could not wait"},
            "rota.repeat": {"house_id": self.world.house("Linden"), "week": TODAY},
            "channels.put_away": {"back": "home"},
            "channels.bring_back": {"back": "channel"},
            "forum.reply": {"text": "an answer", "client_id": "matrix-reply"},
            "chat.send": {"text": "a message", "client_id": "matrix-chat-1"},
            "chat.slow": {"seconds": 30},
            "talks.send": {"text": "a message", "client_id": "matrix-talk-1"},
            "talks.new": {"to": str(self.world.id(target) if target in CAST else UNKNOWN), "name": ""},
            "talks.add": {"to": str(self.world.id("mira"))},
            "talks.name": {"name": "the three"},
            "talks.answer": {"answer": "yes"},
            "bridges.end": {"why": "it is not good for them"},
            "talk_desk.more": {"why": "somebody may be in danger"},
            **dict.fromkeys(("hosting.open_new", "hosting.change"), self._evening()),
            "streams.choose": {"choice": "follow"},
            "home.let_go": {"back": ""},
            "home.muted": {"word": "matris"},
            "home.unmute": {"back": ""},
            "home.unmute_word": {"word": "matris"},
            "home.me": {"display_name": "Another Name", "avatar": "a01", "colour": "b"},
            "lists.add": {
                "phrase": "matrisord",
                "action": "check",
                "language": "sv",
                "reason": "said unkindly here",
                "version": 0,
            },
            "lists.change": {"key": _entry(target), "do": "off", "reason": "heard wrongly", "version": 0},
            "publishing.change": {
                **dict.fromkeys(("host", "night_own_house", "night", "none"), "hold"),
                "reason": "read first this autumn",
                "version": 1,
            },
            "publishing.figures": {"first_posts": 5, "young_posts": 12, "reason": "read more first", "version": 1},
            "publishing.set_back": {"reason": "enough of it", "version": 1},
            "lists.test": {"text": "an ordinary text", "age_band": "adult"},
            "members.code": {"code": code},
            "members.confirm": {"password": PASSWORD},
            "members.join": joining,
            "passkeys.own": {"name": "mobil", "credential": "{}"},
            "passkeys.rename": {"name": "platta"},
            "my_data.begin": {"lang": "en"},
            "passkeys.sign_in": {"credential": "{}"},
            "second_step.give": {"code": "000000"},
            "second_step.new_password": {"password": PASSWORD},
            "second_step.recover": {"name": "samir", "code": "2222222222"},
            "second_step.set_up": {"code": "000000"},
            "home.tell_of_piece": {"reason": "unkind"},
            "home.tell_of_person": {"reason": "unkind"},
            "told.tell": {"reason": "other", "words": "something happened"},
            "told.sent": {"words": "and one thing more"},
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

    def _version(self, target: str) -> int:
        found = session().get(Case, self.scene.cases.get(target.partition("-")[0], UNKNOWN))
        return found.version if found is not None else 1

    def _colleague(self, name: str) -> int:
        """Whom the actor hands something over to: nobody does so to herself."""
        return self.world.id(name if name != self.owner else {"jonna": "birgitta", "birgitta": "jonna"}[name])

    def _rules(self) -> dict[str, Any]:
        """The shipped sentences but for one."""
        rows = {f"{lang}_{number}": rule[lang] for number, rule in enumerate(SHIPPED, 1) for lang in ("sv", "en")}
        return {**rows, "sv_1": "Vi provar.", "why_sv": "x", "why_en": "x", "version": 1, "do": "preview"}

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

    def _shift(self, endpoint: str, target: str) -> dict[str, Any]:
        """A shift of petra's tomorrow; the running one an hour longer."""
        begins, ends = "2026-03-15T08:00", "2026-03-15T16:00"
        new = {"member_id": self.world.id("petra"), "house_id": self.world.house("Linden"), "role": "staff"}
        if endpoint == "rota.make" or target == "unknown":
            return {**new, "starts_at": begins, "ends_at": ends, "back_up_id": 0, "version": 0}
        shift = session().get_one(Shift, self.scene.shifts[target])
        wall = [clock.local(at).replace(tzinfo=None) for at in (shift.starts_at, shift.ends_at + timedelta(hours=1))]
        times = {"starts_at": f"{wall[0]:%Y-%m-%dT%H:%M}", "ends_at": f"{wall[1]:%Y-%m-%dT%H:%M}"}
        who = {"member_id": shift.member_id, "house_id": shift.house_id or 0, "role": shift.role}
        return {**who, **times, "back_up_id": 0, "version": shift.version}

    def _appeal_version(self, target: str) -> int:
        """Of the case an objection opened."""
        wanted = select(Case.version).where(Case.target == f"appeal:{self.scene.appeals.get(target, 0)}")
        return session().scalar(wanted) or 0

    def _seen(self) -> str:
        """What the actor would read on the sheet."""
        if self.owner not in ("sara", "birgitta", "petra", "jonna"):
            return "held:0"
        with self.app.app_context():
            return _as_seen(open_for(self.world.viewer(self.owner)))

    def _wish(self, target: str) -> dict[str, Any]:
        house = "Solgläntan" if target == "own_house" else "Linden"
        kind = "staff" if target == "staff_kind" else "resident"
        return {"kind": kind, "house_id": self.world.house(house), "adult_checked": "y", "key_worker_id": 0}

    def _values(self, endpoint: str, target: str) -> tuple[dict[str, Any], dict[str, Any]]:
        """The values in the address and after its question mark."""
        if endpoint in booked.TARGETS:
            return booked.values(self.scene, endpoint, target), {}
        if endpoint in pictured.TARGETS:
            return pictured.values(self.scene, endpoint, target), {}
        if endpoint in remembered.TARGETS and endpoint != "memories.when":
            return remembered.values(self.scene, self.world, endpoint, target), {}
        if endpoint in on_the_way.TARGETS:
            return on_the_way.values(self.scene, self.world, endpoint, target), {}
        if endpoint in to_the_team.TARGETS:
            return to_the_team.values(self.scene, self.world, endpoint, target), {}
        if endpoint in turns.TARGETS:
            return turns.values(self.scene, self.world, endpoint, target), {}
        if endpoint in kept_apart.TARGETS:
            return kept_apart.values(self.scene, endpoint, target), {}
        if endpoint in on_the_move.TARGETS:
            return on_the_move.values(self.world, target), {}
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
        if TARGETS.get(endpoint) is CASES:
            return {"case_id": self.scene.cases.get(target, UNKNOWN)}, {}
        if endpoint == "review.decide":
            name, _dash, do = target.partition("-")
            return {"case_id": self.scene.cases.get(name, UNKNOWN), "do": do or "fine"}, {}
        if endpoint == "review.undo":
            return {"step_id": self.scene.steps.get(target, UNKNOWN)}, {}
        if endpoint.startswith("chat.") and endpoint in TARGETS:
            return {"stream_id": self.chat_id(target)}, {}
        if TARGETS.get(endpoint) is TALKS:
            return {"stream_id": self.scene.talks.get(target, UNKNOWN)}, {}
        if endpoint == "leaving.name":
            return {"departure_id": UNKNOWN}, {}
        if endpoint == "bridges.end":
            low, high = sorted((self.world.id("amina"), self.world.id("vera")))
            return {"stream_id": self.scene.talks.get(target, UNKNOWN), "low_id": low, "high_id": high}, {}
        if endpoint == "talk_desk.more":
            return {"case_id": {**self.scene.cases, **self.scene.talks}.get(target, UNKNOWN)}, {}
        if TARGETS.get(endpoint) is EVENINGS:
            return {"stream_id": self.scene.evenings.get(target) or self.chat_id(target)}, {}
        if TARGETS.get(endpoint) is SHIFTS:
            return {"shift_id": self.scene.shifts.get(target, UNKNOWN)}, {}
        if endpoint.startswith("acts."):
            return self._act(endpoint, target), {}
        if endpoint == "concerns.door":
            return {"door": target}, {}
        if endpoint == "concern_links.answer":
            return {"token": self.scene.token if target == "fresh" else "a" * 32}, {}
        if endpoint.startswith(("concerns.", "concern_desk.")) and endpoint in TARGETS:
            return {"concern_id": self.scene.concerns.get(target, UNKNOWN)}, {}
        if endpoint == "handover.accept":
            return {"handover_id": self.scene.handover if target == "saras" else UNKNOWN}, {}
        if endpoint in ("my_data.file", "my_data.remove"):
            return {"export_id": self.scene.export_id if target == "aminas" else UNKNOWN}, {}
        if endpoint in ("passkeys.rename", "passkeys.remove"):
            return {"passkey_id": self.scene.passkey_id if target == "aminas" else UNKNOWN}, {}
        if endpoint == "account.end_session":
            return {"session_id": self._session(target)}, {}
        if endpoint == "notices.follow":
            return {"notice_id": self._notice(target)}, {}
        if endpoint in ("told.sent", "told.show_again"):
            return {"report_id": self._report(target)}, {}
        if endpoint == "notices.stop_letters":
            return {"token": token_for(self.world.id("samir")) if target == "fresh" else "s1~AAAA"}, {}
        if endpoint.startswith("recovery."):
            return self._lost(endpoint, target), {}
        if endpoint == "checking.checked":
            return {"space_id": self._space(target)}, {}
        if endpoint == "unmasking.who":
            return {"piece_id": self.piece_id(target)}, {}
        if endpoint.startswith("unmasking.") and endpoint in TARGETS:
            return {"asking_id": self.scene.askings.get(target, UNKNOWN)}, {}
        if endpoint == "streams.names_in_space":
            return {"space_id": self._space(target)}, {"q": "tu"}
        if TARGETS.get(endpoint) is PEOPLE or endpoint == "home.take_back_block":
            return {"member_id": self.world.id(target) if target in CAST else UNKNOWN}, {}
        if endpoint == "static":
            return {"filename": "manifest.json" if target == "built" else "nothing.css"}, {}
        if endpoint in ("lists.one", "publishing.change"):
            return {"name": target}, {}
        if endpoint == "lists.change":
            return {}, {"key": _entry(target), "do": "off"}
        if endpoint == "home.tagged":
            return {"tag": target}, {}
        if endpoint.startswith("channels.") and TARGETS.get(endpoint) is CHANNELS:
            return {"space_id": self._space(target)}, {}
        if TARGETS.get(endpoint) in (PIECES, ANSWERS, remembered.DATED):
            return {"piece_id": self.piece_id(target)}, {}
        if TARGETS.get(endpoint) in (STREAMS, QUESTIONS, PINS):
            name = "thread_id" if endpoint == "forum.reply" else "stream_id"
            return {name: self.stream_id(target)}, ({"after": 0} if endpoint == "streams.since" else {})
        return {}, {}

    def _act(self, endpoint: str, target: str) -> dict[str, Any]:
        person = {"member_id": self.world.id(target) if target in CAST else UNKNOWN}
        if endpoint == "acts.step":
            return {**person, "kind": "paused"}
        if endpoint in ("acts.lift", "acts.confirm"):
            return {"member_id": self.world.id("olle"), "act_id": self.scene.olles if target == "olles" else UNKNOWN}
        if endpoint == "acts.one":
            whose = {"own": self.owner, "foreign": "ivan"}.get(target, "")
            return {"act_id": self.scene.acts.get(whose, UNKNOWN)}
        if endpoint == "acts.appeal":
            return {"appeal_id": self.scene.appeals.get(target, UNKNOWN)}
        return person if endpoint == "acts.steps" else {}

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

    def _report(self, target: str) -> int:
        """What the actor told staff about Ivan, or what Samir did, who never asks here."""
        name = {"own": self.owner, "foreign": "samir"}.get(target)
        hers = select(Report.id).where(Report.by_id == self.world.id(name)) if name else None
        return (session().scalar(hers) if hers is not None else None) or UNKNOWN

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

    def payload(self, event: str, target: str) -> dict[str, Any]:
        """What a page would send that asks for it."""
        if event == "chat:typing":
            return {"stream": self.chat_id(target)}
        if event == "chat:send":
            return {"stream": self.chat_id(target), "client_id": "matrix-chat-2", "text": "a message"}
        if event == "talk:send":
            talk = self.scene.talks.get(target, UNKNOWN)
            return {"stream": talk, "client_id": "matrix-talk-2", "text": "a message"}
        return {"stream": self.stream_id(target)} if event in EVENTS else {}

    def _evening(self) -> dict[str, Any]:
        """A chat for tomorrow evening."""
        names = {"name_sv": "Spelkväll", "name_en": "Games night", "space_id": self.world.space("vardagsrummet")}
        return {**names, "opens_at": "2026-03-15T19:00", "closes_at": "2026-03-15T21:00", "version": 1}

    def chat_id(self, slug: str) -> int:
        """The chat that stands in a channel."""
        standing = select(Room.stream_id).join(Space, Space.id == Room.standing_in).where(Space.slug == slug)
        return session().scalar(standing) or UNKNOWN

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
