"""Every text field a person can write in belongs to a surface of the gate, and what the gate stops does not get in."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from typing import Any

import pytest
from wtforms import Field

from community.channels import forms as channel_forms
from community.core.forms import Form, Line, Prose
from community.forum import forms as forum_forms
from community.forum.actions import start_thread
from community.home import forms as home_forms
from community.members import forms as member_forms
from community.notices import forms as notice_forms
from community.recovery import forms as recovery_forms
from community.safety.gate import NEVER_SCREENED, Facts, Outcome, Surface, screen
from community.safety.word_lists import in_force
from community.streams import forms as stream_forms
from community.streams.actions import Said
from tests.client import Browser
from tests.digest import digest
from tests.make import Make
from tests.world import HOLD, PASSWORD, World

NOT_SHOWN_TO_ANYBODY = {
    "SignInForm.name": "the sign-in name",
    "CodeForm.code": "the typed code",
    "SecondStepForm.code": "the typed code",
    "SecondStepForm.recovery": "the typed code",
    "SetUpForm.code": "the typed code",
    "RecoverForm.name": "the sign-in name",
    "RecoverForm.code": "the typed code",
    "PasskeyForm.name": "what she calls her own device, for her alone",
    "RenameForm.name": "what she calls her own device, for her alone",
    "MutedWordForm.word": "a word she does not want to meet, for her alone",
    "PinForm.pin": "a PIN",
    "TabletForm.pin": "a PIN",
    "LinkForm.secret": "the typed code",
    "ByMailForm.said": "a name or address to look up",
    "EmailForm.address": "her own address",
    # A cry for help is never turned away, and what staff note about it is read by staff alone.
    "AskForm.name": "to staff who call back",
    "AskForm.years": "to staff who call back",
    "AskForm.phone": "to staff who call back",
    "AskForm.words": "to staff who call back",
    "CheckForm.spoke_with": "a note between two of staff",
    "RefuseForm.reason": "a note between two of staff",
}
SURFACES = {
    "ReplyForm.text": Surface.REPLY,
    "AskerForm.text": Surface.REPLY,
    "AskerForm.note": Surface.REPLY,
    "ReplyForm.note": Surface.REPLY,
    "WriteForm.text": Surface.THREAD,
    "WriteForm.title": Surface.THREAD,
    "WriteForm.note": Surface.THREAD,
    "EditForm.text": Surface.REPLY,
    "EditForm.title": Surface.THREAD,
    "EditForm.note": Surface.REPLY,
    "ProfileForm.display_name": Surface.DISPLAY_NAME,
    "OwnPageForm.display_name": Surface.DISPLAY_NAME,
    "OwnPageForm.about": Surface.PROFILE,
    "JoinForm.display_name": Surface.DISPLAY_NAME,
    "InviteForm.display_name": Surface.DISPLAY_NAME,
    "ChannelForm.name_sv": Surface.SPACE,
    "ChannelForm.name_en": Surface.SPACE,
    "ChannelForm.about_sv": Surface.SPACE,
    "ChannelForm.about_en": Surface.SPACE,
}


def _text_fields() -> set[str]:
    found = set()
    modules = (channel_forms, forum_forms, home_forms, member_forms, notice_forms, recovery_forms, stream_forms)
    for module in modules:
        for _name, form in inspect.getmembers(module, inspect.isclass):
            if form is stream_forms.PieceForm:
                continue  # what others are made of; nobody sends it
            if issubclass(form, Form) and form.__module__ == module.__name__:
                for name in dir(form):
                    kind = getattr(getattr(form, name), "field_class", None)
                    if kind is not None and issubclass(kind, Line | Prose) and issubclass(kind, Field):
                        found.add(f"{form.__name__}.{name}")
    return found


def test_every_text_field_is_on_a_surface() -> None:
    assert _text_fields() == set(SURFACES) | set(NOT_SHOWN_TO_ANYBODY)


def test_every_surface_has_a_field_or_is_never_screened() -> None:
    assert set(Surface) - set(SURFACES.values()) == set(NEVER_SCREENED)


@pytest.mark.parametrize("surface", Surface)
@pytest.mark.parametrize("band", ["under 16", "16-17", "adult"])
def test_the_gate_is_pure_and_asks_the_lists(surface: Surface, band: str) -> None:
    facts = Facts(band, "resident")
    assert screen("a heldword", surface, facts).outcome is Outcome.PUBLISH
    with in_force(HOLD):
        expected = Outcome.PUBLISH if surface in NEVER_SCREENED else Outcome.HOLD
        for text in ("a heldword", "HELDWORD!", "(heldword)", "a\nheldword\nb"):
            assert screen(text, surface, facts).outcome is expected
            assert screen(text, surface, facts) == screen(text, surface, facts)
        assert screen("heldwords unheldword", surface, facts).outcome is Outcome.PUBLISH
        refused = screen("refusedword and heldword", surface, facts)
        assert refused.outcome is (Outcome.PUBLISH if surface in NEVER_SCREENED else Outcome.REFUSE)


def _asked_without_a_name(world: World) -> int:
    said = Said("Hur gör man", "screened-0", unnamed=True, at_once=True)
    asked = start_thread(world.viewer("amina"), world.space("minnen"), said, mode="ask", just_listen=False)
    return asked.stream_id


def test_every_field_on_a_surface_is_screened(
    browser: Callable[..., Browser], world: World, make: Make, rolled_back: Any
) -> None:
    """A refused word gets in through none of them."""
    reply, opening = make.reply("amina", world.stream("common")), make.thread("amina")
    amina, birgitta, visitor = browser("amina"), browser("birgitta"), browser()
    visitor.get(f"/i/{make.invitation().link}")
    nameless = _asked_without_a_name(world)
    bad, space, house = "ett refusedword", world.space("minnen"), world.house("Linden")
    wish = {"kind": "resident", "house_id": house, "adult_checked": "y", "key_worker_id": 0}
    join = {"password": PASSWORD, "accept_rules": "y", "language": "sv"}
    new = {"client_id": "screened-1", "space_id": space, "mode": "tell"}
    tries: dict[str, tuple[Browser, str, dict[str, Any]]] = {
        "ReplyForm.text": (amina, f"/t/{opening.id}/replies", {"text": bad, "client_id": "screened-1"}),
        "AskerForm.text": (amina, f"/t/{nameless}/replies", {"text": bad, "client_id": "screened-2"}),
        "AskerForm.note": (
            amina,
            f"/t/{nameless}/replies",
            {"text": "x", "note": bad, "client_id": "screened-3"},
        ),
        "ReplyForm.note": (amina, f"/t/{opening.id}/replies", {"text": "x", "note": bad, "client_id": "screened-1"}),
        "WriteForm.text": (amina, "/write", {**new, "text": bad}),
        "WriteForm.note": (amina, "/write", {**new, "text": "x", "note": bad}),
        "WriteForm.title": (amina, "/write", {**new, "text": "x", "title": bad}),
        "EditForm.text": (amina, f"/pieces/{reply.id}/edit", {"text": bad, "version": 1}),
        "EditForm.note": (amina, f"/pieces/{reply.id}/edit", {"text": "x", "note": bad, "version": 1}),
        "EditForm.title": (amina, f"/pieces/{opening.opening_id}/edit", {"text": "x", "title": bad, "version": 1}),
        "ProfileForm.display_name": (amina, "/me", {"display_name": bad}),
        "OwnPageForm.display_name": (amina, "/me", {"display_name": bad, "about": "x"}),
        "OwnPageForm.about": (amina, "/me", {"display_name": "Amina", "about": bad}),
        "JoinForm.display_name": (visitor, "/join", {**join, "display_name": bad}),
        "InviteForm.display_name": (birgitta, "/invitations/new", {**wish, "display_name": bad}),
    }
    kept = {"kind": "talk", "audience": "all", "writers": "readers", "colour": "moss", "version": 0}
    kept |= {"name_sv": "Cykelboden", "name_en": "Bike shed", "about_sv": "x", "about_en": "x"}
    for name in ("name_sv", "name_en", "about_sv", "about_en"):
        tries[f"ChannelForm.{name}"] = (birgitta, "/channels/new", {**kept, name: bad})
    assert set(tries) == set(SURFACES)
    before = digest(rolled_back)
    with in_force(HOLD):
        answers = {field: browser.post(path, sent).status_code for field, (browser, path, sent) in tries.items()}
    assert set(answers.values()) == {422}, answers
    assert digest(rolled_back) == before
