"""Every text field a person can write in belongs to a surface of the gate, and what the gate stops does not get in."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from wtforms import Field

import community
from community.chat import queries as chats
from community.core import db
from community.core.forms import Form, Line, Prose
from community.forum.actions import start_thread
from community.lifecycle import leaving_work, moving_out
from community.lifecycle.moving_out import Wish
from community.members.house_rules import SHIPPED
from community.safety.gate import NEVER_HELD, NEVER_SCREENED, Facts, Outcome, Surface, screen
from community.safety.word_lists import in_force
from community.streams import forms as stream_forms
from community.streams.actions import Said
from community.talks import actions as talks
from tests.client import Browser
from tests.digest import digest
from tests.make import Make
from tests.memories.remembering import album
from tests.moving.preparing import on_her_way
from tests.photos.picturing import posted
from tests.world import HOLD, PASSWORD, TODAY, World

NOT_SHOWN_TO_ANYBODY = {
    "SignForm.seen": "the figures of the page that is signed, compared and forgotten",
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
    **dict.fromkeys(
        ("BookForm.title", "BookForm.dedication", "PageForm.heading", "PageForm.text", "CaptionForm.caption"),
        "her own words in her own book: sealed, read by nobody but her, and in no page or file of anybody else's",
    ),
    "TellForm.words": "to staff, who are never too busy for it",
    "MoreForm.words": "to staff, who are never too busy for it",
    "DoorForm.words": "to staff who come",
    "DoorForm.phone": "to staff who come",
    "StaffDoorForm.words": "to staff who come",
    "StaffDoorForm.phone": "to staff who come",
    "HowForm.phone": "to staff who come",
    "CloseForm.words": "a note between staff",
    "PackForm.reason": "to all safety leads",
    "NumberForm.phone": "her own number at work, shown to nobody",
    "TryForm.text": "tested against the lists and kept nowhere",
    "PhraseForm.phrase": "a word list, read by staff alone",
    "PhraseForm.reason": "a word list's history, read by staff alone",
    "ChangeForm.reason": "a word list's history, read by staff alone",
    **dict.fromkeys(
        ("WhyForm.reason", "RowForm.reason", "FiguresForm.reason"),
        "the history of who reads first, read by staff alone",
    ),
    "DecideForm.words": "a host's reason: staff's own, sealed or signed as a host's, with an act in the audit chain",
    "NotThisForm.key": "an entry of a word list",
    "CaseNoteForm.words": "a note between two of staff",
    "StepForm.words": "from one of staff to whom it concerns or who asked for them, or a note between them",
    "DecideForm.answer": "from one of staff to the one it concerns",
    "ObjectForm.words": "to staff who answer; a cry for help in it is heard: tests/acts",
    "WhoForm.why": "why somebody needs to know who wrote; sealed, for whoever wrote and those who answer for it",
    "SecondForm.answer_why": "the answer to that, sealed, for the same staff",
    "JudgeForm.judged_why": "the answer to that, sealed, for the same staff",
    "FilterForm.whom": "a name to look up",
    "LookForm.q": "a name to look up",
    "ExportForm.whom": "a name to look up",
    "ExportForm.reason": "the audit chain, read by those who answer for staff",
    "StartForm.why": "the audit chain, read by those who answer for staff",
    "EndForm.why": "the audit chain, read by those who answer for staff",
    "InboxHandForm.note": "a note between staff, sealed",
    **dict.fromkeys(
        ("StartWorkForm.start_why", "RememberForm.remember_why", "BringBackForm.back_why", "TurnForm.answer"),
        "between house managers and safety leads who decide together, sealed",
    ),
    **dict.fromkeys(
        ("WishForm.words", "RequestForm.words", "RequestForm.about"),
        "to safety leads; a cry for help in it is heard: tests/members/test_connections.py",
    ),
    "DecideConnectionForm.reason": "from a safety lead to the two it concerns, sealed",
    "StopForm.stop_reason": "between safety leads, sealed",
    **dict.fromkeys(
        ("LevelForm.reason", "SeparateForm.reason", "AgainForm.reason", "TogetherForm.why"),
        "between those who keep two apart, sealed",
    ),
    "WhyForm.why": "from one of staff to those in a talk, sealed",
    **dict.fromkeys(
        ("NewLineForm.line", "LineForm.line", "LineForm.note", "LineForm.link"),
        "Surface.CHECKLIST: for her and her contact alone, never screened",
    ),
}
SURFACES = {
    "ReplyForm.text": Surface.REPLY,
    "AskerForm.text": Surface.REPLY,
    "AskerForm.note": Surface.REPLY,
    "ReplyForm.note": Surface.REPLY,
    "MessageForm.text": Surface.CHAT,
    "ChatForm.text": Surface.CHAT,
    "TalkForm.text": Surface.TALK,
    "LetterForm.text": Surface.LETTER,
    "PhotoForm.alt": Surface.PHOTO,
    **dict.fromkeys(("AlbumForm.title", "AlbumForm.text"), Surface.THREAD),
    **dict.fromkeys(("AddForm.text", "AddForm.note"), Surface.REPLY),
    "WithForm.name": Surface.DISPLAY_NAME,
    "NameForm.name": Surface.DISPLAY_NAME,
    "FarewellForm.text": Surface.THREAD,
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
    "HostedForm.name_sv": Surface.SPACE,
    "HostedForm.name_en": Surface.SPACE,
    "ChannelForm.name_sv": Surface.SPACE,
    "ChannelForm.name_en": Surface.SPACE,
    "ChannelForm.about_sv": Surface.SPACE,
    "ChannelForm.about_en": Surface.SPACE,
    **{f"ChangeRulesForm.{lang}_{number}": Surface.SPACE for lang in ("sv", "en") for number in range(1, 8)},
    "ChangeRulesForm.why_sv": Surface.SPACE,
    "ChangeRulesForm.why_en": Surface.SPACE,
    "StartForm.words_sv": Surface.SPACE,
    "StartForm.words_en": Surface.SPACE,
    "GoodbyeForm.note": Surface.SPACE,
    "LeaveWorkForm.note": Surface.SPACE,
    "NewNameForm.display_name": Surface.DISPLAY_NAME,
}


FORMS = [
    importlib.import_module(f"{found.name}.forms")
    for found in pkgutil.iter_modules(community.__path__, "community.")
    if found.ispkg and (Path(community.__path__[0]) / found.name.rpartition(".")[2] / "forms.py").exists()
]
FORMS += [
    importlib.import_module(f"community.{name}")
    for name in ("moderation.unmask_forms", "moving.preparing_forms", "lifecycle.turn_forms")
]


def _text_fields() -> set[str]:
    found = set()
    for module in FORMS:
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
    assert set(Surface) - set(SURFACES.values()) - NEVER_HELD == set(NEVER_SCREENED)


@pytest.mark.parametrize("surface", Surface)
@pytest.mark.parametrize("band", ["under 16", "16-17", "adult"])
def test_the_gate_is_pure_and_asks_the_lists(surface: Surface, band: str) -> None:
    facts = Facts(band, "resident", posts_so_far=10, cover="host", trusted=True)  # the publishing rule holds nothing
    stands = surface in NEVER_SCREENED | NEVER_HELD
    assert screen("a heldword", surface, facts).outcome is Outcome.PUBLISH
    with in_force(HOLD):
        expected = Outcome.PUBLISH if stands else Outcome.HOLD
        for text in ("a heldword", "HELDWORD!", "(heldword)", "a\nheldword\nb"):
            assert screen(text, surface, facts).outcome is expected
            assert screen(text, surface, facts) == screen(text, surface, facts)
        assert screen("heldwords unheldword", surface, facts).outcome is Outcome.PUBLISH
        refused = screen("refusedword and heldword", surface, facts)
        assert refused.outcome is (Outcome.PUBLISH if stands else Outcome.REFUSE)


def _asked_without_a_name(world: World) -> int:
    said = Said("Hur gör man", "screened-0", unnamed=True, at_once=True)
    asked = start_thread(world.viewer("amina"), world.space("minnen"), said, mode="ask", just_listen=False)
    return asked.stream_id


def _an_album(space: int) -> dict[str, Any]:
    return {"title": "Gotland", "kind": "trip", "place": f"{space}:all", "year": "", "client_id": "screened-7"}


Tries = dict[str, tuple[Browser, str, dict[str, Any]]]


def _tries(browser: Callable[..., Browser], world: World, make: Make, bad: str) -> Tries:
    """A form for every field on a surface, with these words in that field."""
    reply, opening = make.reply("amina", world.stream("common")), make.thread("amina")
    amina, birgitta, visitor = browser("amina"), browser("birgitta"), browser()
    visitor.get(f"/i/{make.invitation().link}")
    nameless = _asked_without_a_name(world)
    on_her_way(world, "tuva")
    chat = next(room.id for room in chats.rooms_for(world.viewer("amina")))
    others = [world.id("vera"), world.id("olle")]
    talk, both = talks.begin(world.viewer("amina"), others).id, ",".join(map(str, others))
    space, house, gotland = world.space("minnen"), world.house("Linden"), album(world)
    moving_out.plan(world.viewer("birgitta"), world.id("amina"), Wish("planned", TODAY + timedelta(days=12)))
    wish = {"kind": "resident", "house_id": house, "adult_checked": "y", "key_worker_id": 0}
    join = {"password": PASSWORD, "accept_rules": "y", "language": "sv"}
    new = {"client_id": "screened-1", "space_id": space, "mode": "tell"}
    tries: Tries = {
        "MessageForm.text": (amina, f"/chat/{chat}/messages", {"text": bad, "client_id": "screened-4"}),
        "ChatForm.text": (amina, f"/chat/{chat}/messages", {"text": bad, "client_id": "screened-7"}),
        "TalkForm.text": (amina, f"/messages/{talk}/messages", {"text": bad, "client_id": "screened-5"}),
        "AlbumForm.title": (amina, "/albums/new", {**_an_album(space), "title": bad}),
        "AlbumForm.text": (amina, "/albums/new", {**_an_album(space), "text": bad}),
        "AddForm.text": (amina, f"/albums/{gotland}/add", {"text": bad, "client_id": "screened-8"}),
        "AddForm.note": (amina, f"/albums/{gotland}/add", {"text": "x", "note": bad, "client_id": "screened-9"}),
        "PhotoForm.alt": (amina, f"/photos/{posted(world, 'amina')[1][0].id}/who", {"alt": bad, "who": "nobody"}),
        "LetterForm.text": (amina, f"/people/{world.id('tuva')}/letter", {"text": bad}),
        "WithForm.name": (amina, "/messages/new", {"to": both, "name": bad}),
        "NameForm.name": (amina, f"/messages/{talk}/name", {"name": bad}),
        "ReplyForm.text": (amina, f"/t/{opening.id}/replies", {"text": bad, "client_id": "screened-1"}),
        "AskerForm.text": (amina, f"/t/{nameless}/replies", {"text": bad, "client_id": "screened-2"}),
        "AskerForm.note": (
            amina,
            f"/t/{nameless}/replies",
            {"text": "x", "note": bad, "client_id": "screened-3"},
        ),
        "ReplyForm.note": (amina, f"/t/{opening.id}/replies", {"text": "x", "note": bad, "client_id": "screened-1"}),
        "FarewellForm.text": (amina, "/me/move/farewell", {"text": bad, "whom": "all", "client_id": "screened-6"}),
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
    leaving_work.plan(
        world.viewer("birgitta"), world.id("sara"), leaving_work.Wish(world.id("jonna"), date(2026, 4, 1))
    )
    tries["GoodbyeForm.note"] = (browser("sara"), "/me/goodbye", {"note": bad})
    now = {"successor_id": world.id("birgitta"), "when": "now", "note": bad}
    tries["LeaveWorkForm.note"] = (birgitta, f"/people/{world.id('petra')}/membership/leave-work", now)
    tries["NewNameForm.display_name"] = (birgitta, f"/people/{world.id('tuva')}/membership/name", {"display_name": bad})
    kept = {"kind": "talk", "audience": "all", "writers": "readers", "colour": "moss", "version": 0}
    kept |= {"name_sv": "Cykelboden", "name_en": "Bike shed", "about_sv": "x", "about_en": "x"}
    for name in ("name_sv", "name_en", "about_sv", "about_en"):
        tries[f"ChannelForm.{name}"] = (birgitta, "/channels/new", {**kept, name: bad})
    evening = {"name_sv": "Spelkväll", "name_en": "Games night", "version": 0}
    evening |= {
        "opens_at": "2026-03-15T19:00",
        "closes_at": "2026-03-15T21:00",
        "space_id": world.space("vardagsrummet"),
    }
    for name in ("name_sv", "name_en"):
        tries[f"HostedForm.{name}"] = (browser("jonna"), "/chat/new", {**evening, name: bad})
    rules = {f"{lang}_{number}": rule[lang] for number, rule in enumerate(SHIPPED, 1) for lang in ("sv", "en")}
    rules |= {"sv_1": "Vi provar.", "en_1": "We try.", "why_sv": "x", "why_en": "x"}
    for name in rules:
        sent = {**rules, "version": 1, "do": "publish", name: bad}
        tries[f"ChangeRulesForm.{name}"] = (birgitta, "/rules/change", sent)
    for name in ("words_sv", "words_en"):
        tries[f"StartForm.{name}"] = (birgitta, "/incident", {"words_sv": "x", "words_en": "x", "why": "x", name: bad})
    assert set(tries) == set(SURFACES)
    return tries


def test_every_field_on_a_surface_is_screened(
    browser: Callable[..., Browser], world: World, make: Make, rolled_back: Any
) -> None:
    """A refused word gets in through none of them."""
    tries = _tries(browser, world, make, "ett refusedword")
    before = digest(rolled_back)
    with in_force(HOLD):
        answers = {field: browser.post(path, sent).status_code for field, (browser, path, sent) in tries.items()}
    assert set(answers.values()) == {422}, answers
    assert digest(rolled_back) == before


def test_whoever_writes_something_heavy_gets_the_help_card_from_every_field(
    browser: Callable[..., Browser], world: World, make: Make, rolled_back: Any
) -> None:
    """In the answer itself or on the page it leads to."""
    without = []
    for field, (asking, path, sent) in _tries(browser, world, make, "orkar inte mer").items():
        db.remove()  # a transaction begun before would end the one that is undone
        with rolled_back.begin_nested() as undo:
            answer = asking.post(path, sent)
            shown = asking.get(answer.location) if answer.location else answer
            if 'id="help-card"' not in shown.text:
                without.append((field, answer.status_code))
            undo.rollback()
    assert without == []
