"""The rules as people read them: docs/policy.md is what the program prints, rules.md who may what on what."""

from __future__ import annotations

import dataclasses
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace

from flask import Flask
from flask.testing import FlaskCliRunner

from community.acts.cases import Place
from community.acts.models import Act
from community.acts.rules import Asked, Objection, Step
from community.app import RULES
from community.book.models import BookYes
from community.chat import queries as chat
from community.chat.models import Room
from community.concerns.models import Concern
from community.core.db import session
from community.core.policy import can
from community.forum import queries as forum
from community.inbox.models import Inbox
from community.lifecycle import turn_rules
from community.members import invitations, named
from community.members.models import Connection, Invitation
from community.members.people import Named
from community.memories.rules import Dating
from community.moderation import rules as moderation_rules
from community.moderation.unmask_models import Unmasking
from community.moderation.unmask_rules import About as unmasking_about
from community.moving.models import Move
from community.photos.models import Photo, PhotoPerson, Portrait
from community.photos.portrait_rules import Likeness
from community.photos.rules import Sight
from community.recovery import queries as recovery
from community.recovery.models import Request, Vouch, WayIn
from community.rota.models import Handover
from community.safety.models import Heard
from community.separations.rules import pair_of
from community.spaces.models import Space
from community.streams.models import Piece, Stream
from community.streams.rules import Place as Said
from community.talks.rules import Together
from tests.make import Make
from tests.world import HOUSES, NOW, World

ROOT = Path(__file__).parents[2]
TABLE = Path(__file__).parents[1] / "matrix" / "rules.md"
CAST = ("vera", "tuva", "johanna", "mira", "leo", "amina", "sara", "petra", "jonna", "birgitta")


def test_the_printed_table_is_the_one_in_the_docs(app: Flask) -> None:
    printed = FlaskCliRunner(app).invoke(args=["policy", "table"])
    assert printed.exit_code == 0
    assert (ROOT / "docs" / "policy.md").read_text() == printed.output


def test_every_rule_has_a_key_and_says_who() -> None:
    assert len({rule.key for rule in RULES}) == len(RULES)
    assert all(rule.who.endswith(".") and "|" not in rule.who for rule in RULES)


def test_who_may_what_is_as_written_down(world: World, make: Make) -> None:
    """A changed line is a changed rule: read it, then write it into rules.md."""
    assert TABLE.read_text() == _rendered(world, make)


def asking(by: int, state: str = "asked", alone: bool = False, second_by: int | None = None) -> Unmasking:
    return Unmasking(asked_by=by, state=state, alone=alone, second_by=second_by)


def _photos(world: World) -> dict[str, list[tuple[str, object]]]:
    """A photo of tuva's with johanna in it, in each state of consent, on a post everybody reads; one that waits for a
    host; and one that hangs on nothing."""
    photo = Photo(uploader_id=world.id("tuva"))
    hers = PhotoPerson(member_id=world.id("johanna"), asked_at=NOW, claimed=False, answer=None)
    said_no = PhotoPerson(member_id=world.id("johanna"), asked_at=NOW, claimed=False, answer="no")
    seen = [(state, Sight(photo, (hers,), state, there=True, stands=True)) for state in ("shown", "waits", "claimed")]
    refused = ("refused, by johanna", Sight(photo, (said_no,), "refused", there=True, stands=True))
    held = ("on a post that waits, for staff of the house", Sight(photo, (hers,), "unconfirmed", watched=True))
    of_johanna = [("johanna's answer", hers)]
    return {
        "photo.see": [*seen, refused, held, ("hanging on nothing", Sight(photo, (), "own"))],
        "photo.own": [("tuva's", photo)],
        "photo.name": [
            ("johanna, who may be mentioned", (some_person(world, "johanna"), True)),
            ("johanna, who may not", (some_person(world, "johanna"), False)),
            ("noor, protected", (some_person(world, "noor"), True)),
        ],
        "photo.answer": of_johanna,
        "photo.answer_for": [seen[1], ("her own", Sight(Photo(uploader_id=world.id("jonna")), (), "unconfirmed"))],
        "photo.claim": [seen[0]],
    }


def _portraits(world: World) -> dict[str, list[tuple[str, object]]]:
    """A picture of herself of tuva's, and one of johanna's, who is kept apart from nobody here; in each state."""
    tuvas = Portrait(member_id=world.id("tuva"), state="shown")
    waits, claimed = (
        Portrait(member_id=world.id("tuva"), state=state, claimed_by=world.id("jonna"))
        for state in ("waits", "claimed")
    )
    return {
        "portrait.see": [
            ("shown, on a page one may see", Likeness(tuvas, True)),
            ("shown, on a page one may not", Likeness(tuvas, False)),
            ("waits", Likeness(waits, True)),
            ("of a protected identity", Likeness(tuvas, True, True)),
        ],
        "portrait.put_up": [("-", None)],
        "portrait.own": [("tuva's", tuvas)],
        "portrait.decide": [("tuva's", tuvas), ("jonna says she is in it", claimed)],
        "portrait.claim": [("tuva's", tuvas)],
    }


def _memories(world: World) -> dict[str, list[tuple[str, object]]]:
    """When something was, and an album of johanna's that stands in the living room."""

    def dating(label: str) -> Dating:
        stream = world.stream(label)
        return Dating(world.piece(label), stream, session().get_one(Space, stream.space_id))

    open_ = session().get_one(Space, world.space("vardagsrummet"))
    staffs = session().get_one(Space, world.space("utflyttat"))
    stream = world.stream("open")
    locked = Stream(id=1, kind="album", space_id=stream.space_id, locked_at=NOW)
    there = {"space": open_, "opening_state": "published", "stream": stream}
    people = [(name, some_person(world, name)) for name in ("vera", "isla", "noor", "johanna")]
    return {
        "memory.when": [(label, dating(label)) for label in ("open", "own-tuva", "removed", "held")],
        "album.make": [("the living room", open_), ("of those who moved out", staffs)],
        "album.add": [
            ("one that stands", SimpleNamespace(**there)),
            ("one taken back", SimpleNamespace(**{**there, "opening_state": "removed"})),
            ("one a host has closed", SimpleNamespace(**{**there, "stream": locked})),
        ],
        "memory.person": people,
    }


def _rendered(world: World, make: Make) -> str:
    things = _things(world, make)
    lines = ["| rule | on | " + " | ".join(CAST) + " |", "| --- " * (len(CAST) + 2) + "|"]
    for rule in sorted(RULES, key=lambda rule: rule.key):
        for name, thing in things[rule.key]:
            who = [
                "yes" if can(world.viewer(one), rule, thing(one) if callable(thing) else thing) else "-" for one in CAST
            ]
            lines.append(f"| `{rule.key}` | {name} | " + " | ".join(who) + " |")
    return "\n".join(lines) + "\n"


def some_person(world: World, name: str) -> Named:
    return named.called_now([world.id(name)])[world.id(name)]


def _things(world: World, make: Make) -> dict[str, list[tuple[str, object]]]:
    """What each rule is asked about: the interesting objects, by name."""
    slugs = ("vardagsrummet", "solglantan", "linden", "personal")
    open_, sol, linden, staffs = (session().get_one(Space, world.space(slug)) for slug in slugs)
    closed = Space(closed_at=world.piece("open").written_at)
    pieces: list[tuple[str, object]] = [
        ("her own", lambda name: world.piece(f"own-{name}")),
        ("her own, taken back", lambda name: world.piece(f"undo-{name}")),
        ("amina's thread", world.piece("open")),
    ]
    made = session().get_one(Invitation, make.invitation("sara").id)
    found = [(name, forum.thread_for(world.viewer("sara"), world.stream(label).id)) for name, label in (
        ("amina's thread", "open"), ("a thread in Solgläntan", "house"), ("a thread taken back", "removed"),
    )]  # fmt: skip
    wishes = [("a resident of Solgläntan", "resident", "Solgläntan"), ("a resident of Linden", "resident", "Linden")]
    wishes += [("staff", "staff", "Solgläntan")]
    nothing: list[tuple[str, object]] = [("-", None)]
    herself: list[tuple[str, object]] = [("herself", world.id), ("somebody else", 4711)]
    spaces: list[tuple[str, object]] = [("a channel for all", open_), ("Solgläntan's channel", sol)]
    everybody = {
        name: recovery.target_for(world.viewer("birgitta"), world.id(name)) for name in ("tuva", "samir", "sara")
    }
    targets: list[tuple[str, object]] = [*everybody.items()]
    question = make.thread("tuva", mode="ask")
    in_it, other = make.reply("vera", question), world.piece("open-reply")
    asked: list[tuple[str, object]] = [("tuva's question", forum.thread_for(world.viewer("sara"), question.id))]
    asked.append(("amina's thread", forum.thread_for(world.viewer("sara"), world.stream("open").id)))
    answers: list[tuple[str, object]] = [
        (name, forum.marking_for(world.viewer("sara"), piece_id))
        for name, piece_id in (
            ("a reply to tuva", in_it.id),
            ("tuva's question", question.opening_id),
            ("no question", other.id),
        )
    ]
    stopped = dataclasses.replace(everybody["tuva"], stopped_makers=frozenset({world.id("birgitta")}))
    targets.append(("tuva, after birgitta's was stopped", stopped))
    sols, nobodys = Request(house_id=world.house("Solgläntan"), checked_by=world.id("sara")), Request()
    way_in = WayIn(id=1, made_by=world.id("sara"))
    chats: list[tuple[str, object]] = [
        (name, chat.Found(Stream(), Room(**hours), space, resting=rests))
        for name, space, rests, hours in (
            ("the chat for all", open_, False, {}),
            ("the same, resting", open_, True, {}),
            ("a house's", sol, False, {}),
            ("staff's", staffs, False, {}),
            ("one that opens tomorrow", open_, False, {"opens_at": NOW + timedelta(days=1)}),
            ("one that is over", open_, False, {"closes_at": NOW}),
        )
    ]
    hour = timedelta(hours=1)
    evenings: list[tuple[str, object]] = [
        (name, chat.Found(Stream(), Room(standing_in=standing, opens_at=opens, closes_at=closes), open_))
        for name, standing, opens, closes in (
            ("one of this evening", None, NOW + hour, NOW + 2 * hour),
            ("one that has begun", None, NOW - hour, NOW + hour),
            ("a channel's own", open_.id, None, None),
        )
    ]
    some = {name: named.person_for(world.viewer("birgitta"), world.id(name)) for name in ("isla", "samir", "noor")}
    pairs: list[tuple[str, object]] = [
        ("vera's and tuva's", Connection(minor_id=world.id("vera"), adult_id=world.id("tuva"))),
        ("isla's and samir's", Connection(minor_id=world.id("isla"), adult_id=world.id("samir"))),
    ]
    separable: list[tuple[str, object]] = [
        ("at all", None),
        ("vera and samir", pair_of([some_person(world, name) for name in ("vera", "samir")])),
        ("isla and samir", pair_of([some_person(world, name) for name in ("isla", "samir")])),
        ("birgitta and vera", pair_of([some_person(world, name) for name in ("birgitta", "vera")])),
    ]
    inboxes: list[tuple[str, object]] = [(f"of {name}", Inbox(house_id=world.house(name))) for name in HOUSES]
    amina = some_person(world, "amina")
    mentioned: list[tuple[str, object]] = [
        ("samir, who reads it", (some["samir"], True, False)),
        ("samir, who does not", (some["samir"], False, False)),
        ("isla, 15, who wrote nothing there", (some["isla"], True, False)),
        ("isla, 15, who wrote there", (some["isla"], True, True)),
        ("noor, protected", (some["noor"], True, True)),
    ]

    def matter(lane: str, *kept_from: str, about: str = "johanna", house: str = "Linden") -> Place:
        kept = frozenset(world.id(name) for name in kept_from)
        return Place(1, lane, world.house(house), "piece:1", world.id(about), kept)

    matters: list[tuple[str, object]] = [
        ("a resident's, of Linden", matter("hosts")),
        ("a resident's, of Solgläntan", matter("hosts", house="Solgläntan")),
        ("about jonna, who works here", matter("leads", "jonna", about="jonna")),
        ("about birgitta", matter("leads", "birgitta", about="birgitta")),
        ("kept from birgitta", matter("leads", "birgitta", "sara", about="sara")),
    ]

    def own_words(name: str) -> Heard:
        return Heard(member_id=world.id(name))

    tuva, samir, johanna = (some_person(world, name) for name in ("tuva", "samir", "johanna"))
    sara = some_person(world, "sara")
    day, longer = timedelta(hours=24), timedelta(days=3)
    limits: list[tuple[str, object]] = [
        ("read only: tuva, of Solgläntan", Step("paused", tuva)),
        ("read only: samir, of Linden", Step("paused", samir)),
        ("read only: johanna, who has moved out", Step("paused", johanna)),
        ("read only: sara, who works here", Step("paused", sara)),
        ("short break: tuva, in a channel for all", Step("cooled_off", tuva, shared=True)),
        ("short break: tuva, in her house's channel", Step("cooled_off", tuva)),
        ("closed: samir, 24 hours", Step("suspended", samir, day)),
        ("closed: samir, 3 days", Step("suspended", samir, longer)),
        ("closed: samir, without an end", Step("suspended", samir, None)),
        ("herself", lambda name: Step("paused", some_person(world, name))),
    ]
    by = world.id("birgitta")
    unmaskings = {
        "nothing asked": unmasking_about(),
        "she has taken what can't wait": unmasking_about(holds=True),
        "her own": unmasking_about(own=True, holds=True),
        "jonna asked": unmasking_about(row=asking(world.id("jonna"))),
        "jonna asked, birgitta agreed": unmasking_about(
            row=asking(world.id("jonna"), state="open", second_by=world.id("birgitta"))
        ),
        "petra asked, a safety lead": unmasking_about(row=asking(world.id("petra")), asker_leads=True),
        "jonna alone": unmasking_about(row=asking(world.id("jonna"), state="open", alone=True)),
    }
    moves: list[tuple[str, object]] = [("her own", lambda name: Move(member_id=world.id(name))), ("another's", Move())]
    places: list[tuple[str, object]] = [
        ("a thread for all", Said(open_, None)),
        ("a thread of Solgläntan", Said(sol, None)),
        ("a farewell there, left open to her", Said(sol, None, kept_open=True)),
        ("said to Solgläntan alone", Said(open_, world.house("Solgläntan"))),
    ]
    named_unmaskings: list[tuple[str, object]] = list(unmaskings.items())
    return {
        "standing.see": [("at all", None), ("tuva", tuva), ("sara", sara)],
        "standing.limit": limits,
        "standing.lift": limits[:2],
        "standing.confirm": [
            ("samir's, asked for by birgitta", Asked(samir, by, False)),
            ("samir's, asked for by a lead", Asked(samir, world.id("petra"), True)),
        ],
        "act.own": herself,
        "appeal.write": [
            ("her own", lambda name: Act(kind="hidden", member_id=world.id(name), at=NOW)),
            ("her own, of 31 days ago", lambda name: Act(kind="hidden", member_id=world.id(name), at=NOW - 31 * day)),
            ("tuva's", Act(kind="hidden", member_id=world.id("tuva"), at=NOW)),
        ],
        "appeal.decide": [
            ("at all", None),
            ("tuva's, decided by jonna", Objection(tuva.id, frozenset({world.id("jonna")}), "hosts", None)),
            ("tuva's, decided by birgitta", Objection(tuva.id, frozenset({by}), "hosts", None)),
            ("samir's, of Linden", Objection(samir.id, frozenset(), "hosts", samir.house_id)),
            ("tuva's, of Solgläntan", Objection(tuva.id, frozenset(), "hosts", tuva.house_id)),
            ("samir's, decided by a lead", Objection(samir.id, frozenset(), "leads", samir.house_id)),
            ("her own", lambda name: Objection(world.id(name), frozenset(), "hosts", None)),
        ],
        "audit.export": nothing,
        "audit.read": nothing,
        "incident.switch": nothing,
        "private.read": nothing,
        "profile.change": herself,
        "rules.change": nothing,
        "unmask.list": nothing,
        "unmask.ask": named_unmaskings[:3],
        "unmask.alone": named_unmaskings[:3],
        "unmask.second": [*named_unmaskings[:1], *named_unmaskings[3:]],
        "unmask.judge": [*named_unmaskings[:1], *named_unmaskings[3:]],
        "unmask.see": named_unmaskings,
        "email.change": herself,
        "help.ask": nothing,
        "help.change": [("tuva's", Concern(member_id=world.id("tuva"), state="open"))],
        "concern.list": nothing,
        "concern.take": [("open", Concern(state="open")), ("closed", Concern(state="closed"))],
        "concern.step": [("sara has it", Concern(state="taken", taken_by=world.id("sara")))],
        "concern.pack": nothing,
        "email.confirm": nothing,
        "private.open": nothing,
        "recovery.ask": nothing,
        "recovery.use": nothing,
        "recovery.list": nothing,
        "recovery.handle": [("of Solgläntan", sols), ("of nobody known", nobodys)],
        "recovery.make": targets,
        "recovery.confirm": [("tuva's, checked by sara", (sols, everybody["tuva"]))],
        "recovery.withdraw": [("sara's", way_in)],
        "recovery.vouch": [("tuva is asked", Vouch(member_id=world.id("tuva")))],
        "recovery.stop": [("sara's", way_in)],
        "chat.look_after": nothing,
        "chat.open": nothing,
        "chat.end": evenings,
        "chat.change": evenings,
        "chat.write": chats,
        "stream.say_by_name": [("where she stands in it", True), ("where she does not", False)],
        "connection.ask": [
            (name, person) for name, person in (("samir, 18", some["samir"]), ("isla, 15", some["isla"]))
        ],
        "connection.request": nothing,
        "connection.answer": pairs,
        "connection.end": pairs,
        "connection.decide": [
            ("at all", None),
            *pairs,
            ("amina's", Connection(minor_id=world.id("amina"), adult_id=1)),
        ],
        "break.take": herself,
        "break.end": herself,
        "contact.own": herself,
        "membership.see": nothing,
        "work.end": [("sara, who works here", sara), ("tuva, who lives here", tuva)],
        "work.goodbye": herself,
        "work.begin": [("sara, who works here", sara), ("johanna, who has moved out", johanna)],
        "remembrance.ask": [("johanna", johanna), ("herself", lambda name: some_person(world, name))],
        "remembrance.undo": [("johanna", johanna), ("herself", lambda name: some_person(world, name))],
        "turn.second": [
            ("johanna to work here, asked by sara", turn_rules.Asked("start_work", johanna.id, sara.id, False)),
            ("johanna has died, asked by a lead", turn_rules.Asked("remember", johanna.id, sara.id, True)),
            ("johanna has died, asked by a manager", turn_rules.Asked("remember", johanna.id, sara.id, False)),
            ("johanna is alive, asked by a manager", turn_rules.Asked("bring_back", johanna.id, sara.id, False)),
            ("asked by birgitta", turn_rules.Asked("start_work", johanna.id, by, False)),
        ],
        "turn.take_back": [("asked by birgitta", turn_rules.Asked("start_work", johanna.id, by, False))],
        "member.rename": [("tuva", tuva), ("herself", lambda name: some_person(world, name))],
        "inbox.write": nothing,
        "move.list": [("her own list", world.id), ("amina's", world.id("amina"))],
        "move.prepare": herself,
        "move.adult": [(house, world.house(house)) for house in HOUSES],
        "letter.write": nothing,
        "letter.take_back": herself,
        "letter.open": herself,
        "stream.say_to_team": [("one she reads", True), ("one she does not", False)],
        "team.see": nothing,
        "team.answer": inboxes,
        "team.keep": inboxes,
        "team.begin": [*[(f"{name}, of Linden", some[name]) for name in ("isla", "samir")], ("amina", amina)],
        "talk.begin": [
            ("every two may", Together(True)),
            ("two may not", Together(False)),
            ("staff and another", Together(True, with_staff=True)),
        ],
        "separation.see": separable,
        "separation.decide": separable,
        "talk.change": [("a group she stands in", True), ("another", False)],
        "talk.leave": [("hers", True), ("another", False)],
        "talk.open_more": [("she has taken it", True), ("she has not", False)],
        "talk.end_bridge": nothing,
        "move.plan": [("tuva, of Solgläntan", tuva), ("samir, of Linden", samir)],
        "move.see": [("tuva", tuva), ("amina, whose contact sara is", amina)],
        "move.own": moves,
        "move.farewell": moves,
        "move.in": [("into Solgläntan", sols), ("into Linden", Request(house_id=world.house("Linden")))],
        "stream.go_on": places,
        "stream.say_in": places,
        "talk.go_on": [("where every two may", True), ("where two may not", False)],
        "draft.keep": herself,
        "directory.open": herself,
        "directory.close": herself,
        "handover.sign": [("on the rota there", True), ("not on it", False)],
        "handover.accept": [
            ("sara's, on the rota there", (Handover(signed_by=world.id("sara")), True)),
            ("sara's, not on it", (Handover(signed_by=world.id("sara")), False)),
        ],
        "rota.change": nothing,
        "rota.see": nothing,
        "invitation.cancel": [("sara's", made)],
        "invitation.list": nothing,
        "invitation.make": [
            (name, invitations.Wish(kind, world.house(house), adult_checked=True)) for name, kind, house in wishes
        ],
        "member.block": [
            (name, named.person_for(world.viewer("birgitta"), world.id(name))) for name in ("tuva", "sara")
        ],
        "member.change_own": herself,
        "member.join": nothing,
        "member.suspend": nothing,
        "member.trust": [("isla, 15, of Linden", some["isla"]), ("samir, 18, of Linden", some["samir"])],
        "lists.change": nothing,
        "lists.judge": [("what tuva wrote", Heard(member_id=world.id("tuva"))), ("her own words", own_words)],
        "lists.read": nothing,
        "publishing.change": nothing,
        "publishing.read": nothing,
        "my_data.take": herself,
        "book.own": herself,
        "book.ask": [
            ("words of tuva's", (world.id("tuva"), True, False)),
            ("words of somebody who has left", (world.id("gun"), False, False)),
            ("words without a name", (world.id("tuva"), True, True)),
        ],
        "book.answer": [("about words of johanna's", BookYes(author_id=world.id("johanna")))],
        "photo.add": nothing,
        "photo.watch": nothing,
        **_photos(world),
        **_portraits(world),
        **_memories(world),
        "memory.look_back": herself,
        "notice.keep": herself,
        "member.leave": herself,
        "member.stay": herself,
        "left.see": nothing,
        "piece.check": nothing,
        "piece.edit": pieces,
        "piece.history": pieces[2:],
        "piece.mention": mentioned,
        "piece.react": pieces,
        "piece.remove": pieces,
        "piece.restore": pieces,
        "reply.as_asker": [
            ("amina's, without her name", Piece(unnamed=True, author_id=world.id("amina"))),
            ("amina's thread", world.piece("open")),
        ],
        "question.mark": answers,
        "question.still": asked,
        "question.tag": asked,
        "question.unanswered": nothing,
        "question.unmark": asked,
        "second_step.off": nothing,
        "session.open": nothing,
        "session.tablet": nothing,
        "space.write": spaces,
        "space.change_in": [("an open channel", open_), ("a closed one", closed)],
        "space.manage": [*nothing, *spaces, ("Linden's channel", linden), ("the staff's channel", staffs)],
        "pin.put": [("amina's thread", world.piece("open")), ("a thread taken back", world.piece("removed"))],
        "pin.end": [("amina's thread", world.stream("open"))],
        "pin.put_away": herself,
        "review.see": nothing,
        "review.handle": nothing,
        "review.decide": [
            ("what tuva wrote", moderation_rules.Matter(about_id=world.id("tuva"))),
            ("her own words", lambda name: moderation_rules.Matter(about_id=world.id(name))),
            ("what she told staff", lambda name: moderation_rules.Matter(told_by=frozenset({world.id(name)}))),
            ("against her own decision", lambda name: moderation_rules.Matter(decided_by=world.id(name))),
        ],
        "told.make": herself,
        "told.own": herself,
        "told.read": matters,
        "told.who": matters,
        "thread.reply": list(found),
        "thread.start": spaces,
        "thread.unnamed": spaces,
    }
