"""Somebody's browser: keeps its one cookie, finds the form's token, fills in forms, follows nothing by itself."""

from __future__ import annotations

import html
import re
from typing import Any, Self

from flask import Flask
from flask.sessions import SecureCookieSessionInterface
from itsdangerous import BadSignature
from werkzeug.test import TestResponse

from community.core import clock, db, fanout
from community.members import actions
from community.members.queries import viewer_for
from tests.world import NOW, PASSWORD, World

TOKEN = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')


class Browser:
    """`get` and `post` answer Werkzeug's response; `post` adds the token of this browser's session."""

    def __init__(self, app: Flask, world: World | None = None, address: str = "127.0.0.1") -> None:
        self.app, self.world = app, world
        self.client = app.test_client()
        self.address = address
        self._token: str | None = None

    def signed_in(self, name: str, *, keep: bool = True, second_step: bool = True) -> Self:
        """Open a session row for a member and put its token into the cookie, as signing in does; by password alone
        where `second_step` is not given."""
        assert self.world is not None
        with self.client.session_transaction() as session:
            session["_user_id"] = actions.open_session(self.world.id(name), kept=keep, second_step=second_step)
            session["_fresh"] = True
            session.permanent = keep
        self._token = None
        return self

    def sign_in(self, name: str, password: str = PASSWORD, **fields: str) -> TestResponse:
        """Through the form, as a person does."""
        answer = self.post("/login", name=name, password=password, **fields)
        self._token = None
        return answer

    @property
    def cookie(self) -> str | None:
        """The one cookie this browser holds."""
        found = self.client.get_cookie(str(self.app.config["SESSION_COOKIE_NAME"]))
        return found.value if found else None

    @cookie.setter
    def cookie(self, value: str | None) -> None:
        self._token = None
        name = str(self.app.config["SESSION_COOKIE_NAME"])
        if value is None:
            self.client.delete_cookie(name)
        else:
            self.client.set_cookie(name, value)

    @property
    def facts(self) -> dict[str, Any]:
        """What the cookie says, opened."""
        signer = SecureCookieSessionInterface().get_signing_serializer(self.app)
        assert signer is not None
        try:
            return dict(signer.loads(self.cookie)) if self.cookie else {}
        except BadSignature:
            return {}

    def token(self) -> str:
        """The token in this browser's forms (Help now has one and needs no database)."""
        if self._token is None:
            self._token = token_in(self.get("/help"))
        return self._token

    def get(self, path: str, **how: Any) -> TestResponse:
        return self.open("GET", path, **how)

    def post(self, path: str, data: dict[str, Any] | None = None, **fields: Any) -> TestResponse:
        """Send a form with its token; `part=True` as the page's module sends it."""
        headers = {"X-Part": "1"} if fields.pop("part", False) else {}
        sent = {"csrf_token": self.token(), **(data or {}), **fields}
        return self.open("POST", path, data=sent, headers=headers)

    def open(self, method: str, path: str, **how: Any) -> TestResponse:
        how.setdefault("environ_overrides", {"REMOTE_ADDR": self.address})
        if clock.now() - NOW >= actions.TOUCH_EVERY and self.world is not None:
            self._touch()
        return self.client.open(path, method=method, **how)

    def _touch(self) -> None:
        """Note here that the session is in use, as the server does beside its answer: in a thread of its own, which
        must not share a test's one connection."""
        viewer = viewer_for(str(self.facts.get("_user_id", "")))
        if viewer is not None:
            actions.touch_session(viewer)
        db.remove()

    def socket(self) -> Any:
        """An open page's socket, over the same cookie; closed at the end of the test (see `hang_up`)."""
        opened = fanout.socketio.test_client(self.app, flask_test_client=self.client)
        _opened.append(opened)
        return opened


_opened: list[Any] = []


def hang_up() -> None:
    """Close the lines a test left open: they would be there for the next one."""
    while _opened:
        line = _opened.pop()
        if line.is_connected():
            line.disconnect()


def token_in(answer: TestResponse) -> str:
    found = TOKEN.search(answer.text)
    assert found, f"no form with a token in the answer {answer.status}"
    return html.unescape(found[1])


def field_in(answer: TestResponse, name: str) -> str:
    """The value of a form's field, as the person would see it: the first of that name."""
    found = fields_in(answer, name)
    assert found, f"no field {name} in the answer {answer.status}"
    return found[0]


def fields_in(answer: TestResponse, name: str) -> list[str]:
    """The same of every form of the page: several may have a field of that name."""
    areas = re.findall(rf'<textarea[^>]*\bname="{name}"[^>]*>(.*?)</textarea>', answer.text, re.DOTALL)
    if areas:
        return [html.unescape(area).removeprefix("\r\n").removeprefix("\n") for area in areas]
    tags = [tag for tag in re.findall(r"<input[^>]*>", answer.text) if f'name="{name}"' in tag]
    values = [re.search(r'\bvalue="([^"]*)"', tag) for tag in tags]
    return [html.unescape(value[1]) if value else "" for value in values]


def words_of(answer: TestResponse) -> str:
    """The page as read: without tags, one space between words."""
    bare = re.sub(r"<(script|style)\b.*?</\1>", " ", answer.text, flags=re.DOTALL)
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", bare)).split())
