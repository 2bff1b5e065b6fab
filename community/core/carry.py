"""A form that was under way when its session ended, or when the password was asked for again: carried, signed, over
that page and sent by the same person."""

from __future__ import annotations

from typing import Any

from flask import Response, current_app, request, session
from itsdangerous import BadSignature, SignatureExpired, URLSafeTimedSerializer
from werkzeug.test import EnvironBuilder

CARRIED_FOR = 60 * 60  # seconds a text waits for its writer to sign in again
REPLAY = "hearth.replay"  # in the WSGI environment, where no client can write


def carried(member_id: int | None) -> str:
    """The present form, signed, with whose it is; only the same member's sign-in sends it. Passwords and
    PINs stay behind: what is signed can still be read."""
    fields = {name: value for name, value in request.form.items() if not _stays_behind(name)}
    return _signer().dumps({"path": request.path, "fields": fields, "member": member_id})


def carried_back(value: str) -> dict[str, Any] | None:
    """What `carried` signed: {path, fields, member}, and whether it is too `late` to send it by itself; None when it
    is not ours."""
    try:
        return {**_signer().loads(value, max_age=CARRIED_FOR), "late": False}
    except SignatureExpired:
        return {**_signer().loads(value), "late": True}
    except BadSignature:
        return None


def sent_by_itself(value: str) -> bool:
    """Whether signing in will send what is carried: it is known whose it is, and it has not waited for too long."""
    back = carried_back(value) if value else None
    return back is not None and back["member"] is not None and not back["late"]


def fields_in(value: str) -> dict[str, str]:
    """The fields of the form carried in `value`; none where nothing is carried."""
    back = carried_back(value) if value else None
    return dict(back["fields"]) if back else {}


def words_in(fields: dict[str, str]) -> str | None:
    """What a person wrote among the fields of a form."""
    return max((fields.get(name, "") for name in ("text", "title", "words")), key=len) or None


def replay(form: dict[str, Any]) -> Response:
    """Send the form that was under way when the session ended, now as the member who has signed in again."""
    builder = EnvironBuilder(path=form["path"], method="POST", data=form["fields"], base_url=request.host_url)
    environ = builder.get_environ()
    environ[REPLAY] = True
    environ["REMOTE_ADDR"] = request.remote_addr
    environ["HTTP_COOKIE"] = ""
    facts = dict(session)
    with current_app.request_context(environ):
        session.update(facts)
        answer = current_app.full_dispatch_request()
        answer.headers.pop("Set-Cookie", None)
        facts = dict(session)
    session.clear()
    session.update(facts)  # what the form changed about the session (another token) holds for this browser
    return answer


def _stays_behind(name: str) -> bool:
    return name in ("csrf_token", "pin", "code", "recovery", "secret", "credential") or "password" in name


def _signer() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(current_app.config["SETTINGS"].secret_key, salt="carried form")
