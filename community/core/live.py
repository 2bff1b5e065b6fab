"""The socket door. Nobody in without a live session; session and standing read again at every event; the server
decides rooms; payloads checked by schema; answers `{ok: true, ...}` or `{ok: false, code, message}`.

Rooms hand in their events (a list of `LiveEvent`) and what brings an announcement to open pages; see `community.app`.
The protocol as people see it is documented in docs/live.md.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from flask import Flask, request, session
from flask_babel import force_locale
from flask_socketio import disconnect, join_room, leave_room
from jsonschema import Draft202012Validator
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from community.core import db, fanout, logs, metrics, ratelimit
from community.core.errors import AppError, Invalid, NotFound, NotSignedIn, TooMany
from community.core.i18n import lazy as _l

OPEN_PER_MEMBER = 8
FLOOD_SECONDS = 10

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class LiveEvent:
    """`run(viewer, payload)` answers a dict for the ack; `schema` is JSON Schema for the payload. `waits_for_room`:
    what is said by it is refused while the disk is full (reserve.py)."""

    name: str
    schema: Mapping[str, Any]
    run: Callable[[Any, dict[str, Any]], dict[str, Any]]
    waits_for_room: bool = False


@dataclass
class Line:
    """One open socket: whose it is, and by which session."""

    sid: str
    token: str
    session_id: int
    member_id: int
    footing: Any
    rooms: set[str] = field(default_factory=set)


@dataclass(frozen=True)
class Seat:
    """Somebody's open page in a room."""

    sid: str
    member_id: int
    footing: Any
    room: str


_lines: dict[str, Line] = {}
_viewer_for: Callable[[str], Any]
_still_open: Callable[[set[int]], Mapping[int, Any]]
_deliveries: Mapping[str, Callable[[dict[str, Any]], None]] = {}


def object_schema(**properties: Mapping[str, Any]) -> dict[str, Any]:
    """The schema of a payload with exactly these properties, all required."""
    return {
        "type": "object",
        "properties": dict(properties),
        "required": sorted(properties),
        "additionalProperties": False,
    }


ID = {"type": "integer", "minimum": 1, "maximum": 2**53 - 1}


def start(
    app: Flask,
    *,
    origins: list[str],
    path: str,
    viewer_for: Callable[[str], Any],
    still_open: Callable[[set[int]], Mapping[int, Any]],
    events: Sequence[LiveEvent],
    deliveries: Mapping[str, Callable[[dict[str, Any]], None]],
) -> None:
    """Open the door. `viewer_for(token)` gives a signed-in viewer in good standing, or None; `still_open(ids)` says
    which of many sessions would be let in now, and on what footing (what a viewer's `footing` says); `path` is how
    broadcasts go, "fast" or "stock"."""
    global _viewer_for, _still_open, _deliveries
    _still_open = still_open
    _viewer_for, _deliveries = (
        viewer_for,
        {
            **deliveries,
            "session:ended": _end_session,
            "session:renewed": _renew_session,
            "member:closed": _end_member,
        },
    )
    _lines.clear()
    metrics.count_sockets(open_lines)
    socketio = fanout.start(app, origins, path)
    socketio.on_event("connect", _connected)
    socketio.on_event("disconnect", _disconnected)
    socketio.on_event("*", _unknown)
    for event in events:
        socketio.on_event(event.name, _handler(event))


def deliver(room: str, event: str, ids: dict[str, Any]) -> None:
    """Bring one announcement to this process's open pages."""
    bring = _deliveries.get(event)
    if bring is not None:
        try:
            bring(ids)
        except Exception:
            if not db.session().info.get("inside"):
                db.session().rollback()  # whoever wrote it goes on, and finds what she had read as it was
            raise


def enter(room: str) -> None:
    """Put the socket being served into a room the server chose."""
    join_room(room)
    _lines[_sid()].rooms.add(room)


def leave(prefix: str) -> None:
    """Take the socket being served out of every room whose name starts with `prefix`."""
    line = _lines.get(_sid())
    for room in [room for room in (line.rooms if line else ()) if room.startswith(prefix)]:
        leave_room(room)
        if line:
            line.rooms.discard(room)


def sweep() -> None:
    """Once a second: whose session ran out or was ended by no word of ours is cut off; so is who never came in. Who
    moved, changed what she is here, or was kept apart from somebody comes in anew, by what holds now."""
    asked = list(_lines.values())
    good = _still_open({line.session_id for line in asked}) if asked else {}
    _close([line for line in asked if line.session_id not in good])
    _drop([line for line in asked if line.session_id in good and good[line.session_id] != line.footing])
    fanout.hang_up_strangers()
    fanout.hang_up_stalled()


def rooms_of_lines() -> set[str]:
    """Every room somebody sits in here."""
    return set().union(*(line.rooms for line in _lines.values()))


def seats(prefix: str) -> list[Seat]:
    """Whose pages sit in the rooms here whose name starts with `prefix`; a page in two of them comes twice."""
    return [
        Seat(line.sid, line.member_id, line.footing, room)
        for line in list(_lines.values())
        for room in line.rooms
        if room.startswith(prefix)
    ]


def tell_lines(sids: Iterable[str], event: str, payload: Mapping[str, Any]) -> None:
    """One frame to some open pages, those that are gone left out."""
    for sid in sids:
        if sid in _lines:
            fanout.socketio.emit(event, dict(payload), to=sid)


def members_here() -> set[int]:
    """Whose pages are open here."""
    return {line.member_id for line in _lines.values()}


def drop_lines(lost: Callable[[int, set[str]], bool]) -> None:
    """Cut the lines of which `lost(member, rooms)` says so: their pages come in anew, by what holds now."""
    _drop([line for line in list(_lines.values()) if lost(line.member_id, line.rooms)])


def tell_member(member_id: int, event: str) -> None:
    """A hint without content to every open page of one member."""
    tell_members([member_id], event)


def tell_everybody(event: str) -> None:
    """A hint without content to every open page of everybody."""
    for line in list(_lines.values()):
        fanout.socketio.emit(event, {}, to=line.sid)


def tell_members(member_ids: Iterable[int], event: str, ids: Mapping[str, int] | None = None) -> None:
    """The same for many, with numbers and no words; the lines are gone through once."""
    concerned = set(member_ids)
    for line in [line for line in _lines.values() if line.member_id in concerned]:
        fanout.socketio.emit(event, dict(ids or {}), to=line.sid)


def hang_up_all() -> None:
    """The server ends: every page loses its line and looks for the next one."""
    fanout.hang_up_all()


def open_lines() -> int:
    """How many sockets this process holds."""
    return len(_lines)


def _connected(_auth: Any = None) -> bool:
    """Refuse (False) without a session in good standing, or when this member has eight sockets open already."""
    if _sid() in _lines:  # an event that calls itself connect
        fanout.hang_up(_sid())
        return False
    try:
        token = session.get("_user_id")
        viewer = _viewer_for(token) if isinstance(token, str) else None
        if viewer is None:
            logs.note("socket refused")
            return False
        if sum(line.member_id == viewer.id for line in _lines.values()) >= OPEN_PER_MEMBER:
            logs.note("socket refused", open=OPEN_PER_MEMBER, session=logs.short(str(token)))
            return False
        _lines[_sid()] = Line(_sid(), str(token), viewer.session_id, viewer.id, viewer.footing)
        logs.note("socket opened", session=logs.short(str(token)))
        return True
    except Exception:
        _log.exception("a socket could not be opened")
        return False
    finally:
        db.remove()


def _disconnected(_reason: Any = None) -> None:
    """The line is gone. An event that only calls itself disconnect must not make an open line invisible here."""
    if fanout.is_open(_sid()):
        fanout.hang_up(_sid())
    line = _lines.pop(_sid(), None)
    if line is not None:
        logs.note("socket closed", session=logs.short(line.token))


def _unknown(*_event_and_payload: Any) -> dict[str, Any]:
    def refuse(_viewer: Any, _payload: Any) -> dict[str, Any]:
        raise NotFound(_l("This page asked for something that does not exist. Load it again."))

    return _serve(LiveEvent("*", {}, refuse), {})


def _handler(event: LiveEvent) -> Callable[..., dict[str, Any]]:
    validator = Draft202012Validator(event.schema)

    def handle(*args: Any) -> dict[str, Any]:
        payload = args[0] if len(args) == 1 else None
        return _serve(event, payload, validator)

    handle.__name__ = "on_" + event.name.replace(":", "_")
    return handle


def _serve(event: LiveEvent, payload: Any, validator: Draft202012Validator | None = None) -> dict[str, Any]:
    """One event, and its line in the log."""
    began, line = time.monotonic(), _lines.get(_sid())
    answer = _answer(event, line, payload, validator)
    outcome = "ok" if answer["ok"] else str(answer["code"])
    metrics.event_answered(event.name, outcome)
    level = logging.ERROR if outcome == "error" else logging.INFO
    ms = round((time.monotonic() - began) * 1000, 1)
    logs.note(
        "socket", level=level, name=event.name, outcome=outcome, ms=ms, session=logs.short(line.token if line else None)
    )
    return answer


def _answer(
    event: LiveEvent, line: Line | None, payload: Any, validator: Draft202012Validator | None
) -> dict[str, Any]:
    """Everything an event goes through: limit, session, standing, schema, work; one answer shape."""
    try:
        if line is None:
            raise NotSignedIn
        if _floods(line.sid):
            disconnect()
            return _refused(TooMany(FLOOD_SECONDS))
        viewer = _viewer_for(line.token)
        if viewer is None:
            raise NotSignedIn
        if event.waits_for_room:
            db.wait_for_room()
        with force_locale(viewer.language):
            return _worked(event, viewer, payload, validator)
    except NotSignedIn as error:
        disconnect()
        return _refused(error)
    except AppError as error:
        return _refused(error)
    except (DBAPIError, PoolTimeout) as error:
        _log.error("the database refused %s: %s", event.name, type(error).__name__)
        return _refused(db.refusal(error))
    except Exception:
        _log.exception("socket event %s failed", event.name)
        return _refused(AppError())
    finally:
        db.remove()


def _worked(event: LiveEvent, viewer: Any, payload: Any, validator: Draft202012Validator | None) -> dict[str, Any]:
    """The work itself; what is refused is said in her language. Raises NotSignedIn."""
    try:
        if validator is not None and (not _is_plain(payload) or not validator.is_valid(payload)):
            raise Invalid(_l("This page sent something that can't be read. Load it again."))
        return {"ok": True, **event.run(viewer, payload)}
    except NotSignedIn:
        raise
    except AppError as error:
        return _refused(error)


def _floods(sid: str) -> bool:
    """Whether a socket asks faster than any page of ours does. What a member herself may do too often (say something in
    a chat) is refused with the wait, and the line stands."""
    try:
        ratelimit.hit("socket", sid)
    except TooMany:
        return True
    return False


def _is_plain(payload: Any, depth: int = 0) -> bool:
    """No binary, nothing nested deeper than a form would be (the validator recurses)."""
    if depth > 4 or isinstance(payload, bytes | bytearray):
        return False
    if isinstance(payload, dict):
        return all(_is_plain(value, depth + 1) for value in payload.values())
    if isinstance(payload, list):
        return all(_is_plain(value, depth + 1) for value in payload)
    return not isinstance(payload, float)


def _refused(error: AppError) -> dict[str, Any]:
    wait = {"wait": error.wait} if isinstance(error, TooMany) else {}
    return {"ok": False, "code": error.code, "message": str(error.sentence), **wait}


def _renew_session(ids: dict[str, Any]) -> None:
    """The session goes on under another token: lines that came in with the old one come in anew, or stay out."""
    _drop([line for line in list(_lines.values()) if line.session_id == ids["session"]])


def _end_session(ids: dict[str, Any]) -> None:
    _close([line for line in list(_lines.values()) if line.session_id == ids["session"]])


def _end_member(ids: dict[str, Any]) -> None:
    _close([line for line in list(_lines.values()) if line.member_id == ids["member"]])


def _close(lines: list[Line]) -> None:
    """Say so, then cut: nothing more reaches these sockets. One that went by itself meanwhile is no trouble."""
    server = fanout.socketio.server
    for line in lines:
        if _lines.pop(line.sid, None) is None:
            continue
        logs.note("socket cut", session=logs.short(line.token))
        for room in line.rooms:
            server.leave_room(line.sid, room, namespace="/")
        fanout.socketio.emit("session:ended", {}, to=line.sid)
        fanout.hang_up(line.sid)


def _drop(lines: list[Line]) -> None:
    """Cut without a word: the page comes in anew by itself, and asks for its places as whoever she is now."""
    for line in lines:
        for room in line.rooms:
            fanout.socketio.server.leave_room(line.sid, room, namespace="/")
        line.rooms.clear()
        fanout.drop(line.sid)


def _sid() -> str:
    return str(request.sid)  # type: ignore[attr-defined]
