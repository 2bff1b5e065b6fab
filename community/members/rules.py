"""Who may do what to people, invitations and sessions."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from community.core import clock, i18n
from community.core.i18n import lazy as _l
from community.core.policy import Refusal, Rule
from community.members.models import Member
from community.members.people import ADULT, UNDER_16, Viewer, Visitor

WALL = timedelta(hours=24)  # how long the private side waits after somebody was helped back in

PAUSED = _l("You can read but not write just now. Help now and staff are open to you as always.")
SUSPENDED = _l("Hearth is closed to you for now. Help now, those who work here and your own pages stay open.")
READ_ONLY = _l(
    "Everything can be read and nothing written just now. The line at the top of the page says why. Help now and staff "
    "are open to you as always."
)
NO_CONTACT = _l("You can't write to each other here. Answer in the thread, or ask staff.")
"""The one answer for every cause: age, block, separation, protected, left."""
COOLED_OFF = _l("You are on a short break in this channel. The others are open to you.")


def writing_refused(actor: Viewer, space_id: int | None = None) -> Refusal | None:
    """The sentence for somebody who can't write just now: by her standing, or because nobody can. What staff need to
    see a trouble through (the rota, word lists, help to come in, deciding) asks `standing_refused` instead."""
    return standing_refused(actor, space_id) or incident_refused(actor)


def incident_refused(actor: Viewer) -> Refusal | None:
    """The sentence for everybody while everything is read-only."""
    return READ_ONLY if actor.incident is not None else None


def standing_refused(actor: Viewer, space_id: int | None = None) -> Refusal | None:
    """The sentence for somebody whose standing keeps her from writing just now; it says until when."""
    until = actor.standing.until
    if actor.standing.state == "suspended":
        return (
            SUSPENDED
            if until is None
            else _l(
                "Hearth is closed to you until %(time)s. Help now, those who work here and your own pages stay open.",
                time=i18n.lazy_time(until),
            )
        )
    if actor.standing.state == "paused":
        return (
            PAUSED
            if until is None
            else _l(
                "You can read but not write until %(time)s. Help now and staff are open to you as always.",
                time=i18n.lazy_time(until),
            )
        )
    if actor.standing.state == "break" and until is not None:
        return _l("You are on a break until %(time)s. End it under Me, then you can write.", time=i18n.lazy_time(until))
    breaks = dict(actor.standing.breaks)
    if space_id is None or space_id not in breaks:
        return None
    ends = breaks[space_id]
    return (
        COOLED_OFF
        if ends is None
        else _l(
            "You are on a short break in this channel until %(time)s. The others are open to you.",
            time=i18n.lazy_time(ends),
        )
    )


def _visitor(actor: Any, _thing: Any) -> Refusal | None:
    return None if isinstance(actor, Visitor) else _l("You are signed in already.")


def _self(actor: Any, member_id: int) -> Refusal | None:
    return None if actor.id == member_id else _l("Only the person herself can do that.")


def _staff(actor: Any, _thing: Any) -> Refusal | None:
    if not isinstance(actor, Viewer) or not actor.is_staff:
        return _l("Only staff sign in on the house's tablet.")
    return None


def _may_invite(actor: Any, _thing: Any) -> Refusal | None:
    if not isinstance(actor, Viewer) or not actor.is_staff:
        return _l("Staff make invitations. Ask somebody who works at your house.")
    return writing_refused(actor)


def _may_invite_as(actor: Any, wish: Any) -> Refusal | None:
    """`wish` has kind and house_id. Staff who are not house managers invite residents of their own house."""
    refused = _may_invite(actor, None)
    if refused is not None or "house_manager" in actor.duties:
        return refused
    if wish.kind == "resident" and wish.house_id == actor.house_id:
        return None
    return _l("You can invite those who live at your house. Ask a house manager for other invitations.")


def _may_cancel(actor: Any, invitation: Any) -> Refusal | None:
    refused = _may_invite(actor, None)
    if refused is not None or "house_manager" in actor.duties or invitation.made_by == actor.id:
        return refused
    return _l("Whoever made an invitation takes it back, or a house manager.")


def _may_do_without(actor: Any, _thing: Any) -> Refusal | None:
    if isinstance(actor, Viewer) and not actor.is_staff:
        return None
    return _l("Everybody who works here has a second step. You can set it up anew with another app.")


def _command_line(actor: Any, _thing: Any) -> Refusal | None:
    return None if actor is COMMAND_LINE else _l("This is done on the server itself.")


def private_side_open(viewer: Viewer | Member) -> bool:
    """Whether the viewer's private side is open to whoever sits at this session. For 24 hours after somebody helped
    her back in it is not: what was hers before must not be read or changed by whoever may have come in instead."""
    return viewer.private_shut_until is None or viewer.private_shut_until <= clock.now()


def came_back_at(viewer: Viewer) -> datetime:
    """When somebody helped the viewer back in; the beginning of time for everybody else."""
    return viewer.private_shut_until - WALL if viewer.private_shut_until else datetime.min.replace(tzinfo=UTC)


def _private_side(actor: Any, _thing: Any) -> Refusal | None:
    if private_side_open(actor):
        return None
    return _l(
        "You got help to come in, so this stays shut until %(time)s. It protects you if it was somebody else.",
        time=i18n.lazy_time(actor.private_shut_until),
    )


def _may_block(actor: Any, other: Any) -> Refusal | None:
    """`other` has id and is_staff. Whoever works here has to see what happens, and to be reached."""
    if actor.id == other.id:
        return _l("You can't block yourself.")
    if other.is_staff:
        return _l("Who works here can't be blocked. You can mute them: what they write is then folded for you.")
    if actor.is_staff:
        return _l("Who works here sees everybody. You can mute somebody: what they write is then folded for you.")
    return None


def may_trust(actor: Any, person: Any) -> bool:
    """Whether somebody is asked at all whether a child's posts may be read after: staff of her house, and hosts."""
    return actor.is_staff and (actor.house_id == person.house_id or "moderator" in actor.duties)


def _may_trust(actor: Any, person: Any) -> Refusal | None:
    """`person` has house_id and age_band."""
    if not may_trust(actor, person):
        return _l("Staff of the house decide that, and hosts.")
    if person.age_band != UNDER_16:
        return _l("This is for those under 16 alone.")
    return standing_refused(actor)


def _may_say_of_herself(actor: Any, member_id: int) -> Refusal | None:
    return _self(actor, member_id) or incident_refused(actor)


def _who_works_here(actor: Any, _thing: Any) -> Refusal | None:
    if isinstance(actor, Viewer) and actor.is_staff:
        return standing_refused(actor)
    return _l("Only those who work here can do that.")


def _may_change_rules(actor: Any, _thing: Any) -> Refusal | None:
    refused = _who_works_here(actor, None)
    if refused is not None:
        return refused
    if "house_manager" not in actor.duties:
        return _l("House managers change the house rules. Tell one of them what you think is missing.")
    return None


def oversees(actor: Any) -> bool:
    """Whether somebody answers for what staff do: house managers and safety leads."""
    return isinstance(actor, Viewer) and actor.is_staff and bool(actor.duties & {"house_manager", "safeguarding_lead"})


def is_lead(actor: Any) -> bool:
    """Whether somebody is a safety lead today."""
    return isinstance(actor, Viewer) and actor.is_staff and "safeguarding_lead" in actor.duties


def _may_switch_incident(actor: Any, _thing: Any) -> Refusal | None:
    if actor is COMMAND_LINE:
        return None
    refused = _who_works_here(actor, None)
    if refused is not None:
        return refused
    return None if oversees(actor) else _l("House managers and safety leads do that. Call one of them.")


def _may_ask_adult(actor: Any, other: Any) -> Refusal | None:
    """`other`: a Named she is not kept apart from, or None. One refusal for every cause."""
    refused = writing_refused(actor)
    if refused is not None:
        return refused
    return None if other is not None and may_connect(actor, other) else NO_CONTACT


def may_connect(minor: Any, adult: Any) -> bool:
    """Whether a connection can join the two at all: a minor and an adult, neither of staff nor of protected identity.
    Both have kind, age_band and protected."""
    plain = not any(one.kind == "staff" or one.protected for one in (minor, adult))
    return bool(plain and minor.age_band != ADULT and adult.age_band == ADULT)


def _may_request(actor: Any, _thing: Any) -> Refusal | None:
    if actor.is_staff or actor.protected or actor.age_band != ADULT:
        return NO_CONTACT
    return writing_refused(actor)


def _one_of_the_two(actor: Any, connection: Any) -> Refusal | None:
    if actor.id in (connection.minor_id, connection.adult_id):
        return None
    return _l("This is for the two whom it is about.")


def _may_answer_for(actor: Any, connection: Any) -> Refusal | None:
    return _one_of_the_two(actor, connection) or writing_refused(actor)


def _may_decide_connection(actor: Any, connection: Any) -> Refusal | None:
    """`connection` None asks about them at all."""
    if not is_lead(actor):
        return _l("Safety leads decide about this.")
    if connection is None:
        return None
    pair = {connection.minor_id, connection.adult_id} - {None}
    if actor.id in pair or actor.key_worker_of & pair:
        return _l("You are too close to one of the two to decide this. Another safety lead does.")
    return standing_refused(actor)


class _CommandLine:
    """The person at the server's own command line."""

    id = None


COMMAND_LINE = _CommandLine()

SIGN_IN = Rule("session.open", "Anybody who is not signed in, with a name and its password.", _visitor)
JOIN = Rule("member.join", "Anybody who is not signed in, with an unused invitation.", _visitor)
CHANGE_OWN = Rule("member.change_own", "The member herself.", _self)
INVITE = Rule("invitation.list", "Staff who may write.", _may_invite)
INVITE_AS = Rule(
    "invitation.make",
    "House managers: anybody. Other staff: residents of their own house.",
    _may_invite_as,
)
CANCEL_INVITATION = Rule("invitation.cancel", "Whoever made it, and house managers.", _may_cancel)
TURN_OFF_SECOND_STEP = Rule("second_step.off", "The member herself, unless she works here.", _may_do_without)
TABLET = Rule("session.tablet", "Staff, for the session they sit at.", _staff)
PRIVATE_SIDE = Rule(
    "private.open",
    "The member herself, but not within 24 hours after somebody helped her back in.",
    _private_side,
)
SUSPEND = Rule("member.suspend", "The server's command line (staff with moderation).", _command_line)
CHANGE_PROFILE = Rule(
    "profile.change", "The member herself, except while everything is read-only.", _may_say_of_herself
)
READ_PRIVATE = Rule(
    "private.read", "Whoever works here and may act; noted, and told to whom it belongs.", _who_works_here
)
CHANGE_RULES = Rule("rules.change", "House managers.", _may_change_rules)
SWITCH_INCIDENT = Rule(
    "incident.switch", "House managers, safety leads, and the server's command line.", _may_switch_incident
)
BLOCK = Rule(
    "member.block",
    "Whoever does not work here: anybody she sees but herself and those who work here.",
    _may_block,
)
TRUST = Rule(
    "member.trust",
    "Staff of the house and hosts: whether the posts of somebody under 16 stand at once and are read after.",
    _may_trust,
)
CONNECT = Rule(
    "connection.ask",
    "Somebody under 18, of an adult who does not work here; neither of protected identity, nor kept apart.",
    _may_ask_adult,
)
ASK_FOR_CONNECTION = Rule(
    "connection.request", "Adults who do not work here: staff are asked, and answer nothing.", _may_request
)
ANSWER_CONNECTION = Rule("connection.answer", "The other one of the two.", _may_answer_for)
END_CONNECTION = Rule("connection.end", "Either of the two, at once and whatever her standing.", _one_of_the_two)
DECIDE_CONNECTION = Rule(
    "connection.decide",
    "Safety leads; nobody who is one of the two, or the contact of one of them.",
    _may_decide_connection,
)

ALL = (
    SIGN_IN,
    JOIN,
    CHANGE_OWN,
    INVITE,
    INVITE_AS,
    CANCEL_INVITATION,
    TURN_OFF_SECOND_STEP,
    TABLET,
    PRIVATE_SIDE,
    SUSPEND,
    BLOCK,
    TRUST,
    CHANGE_PROFILE,
    READ_PRIVATE,
    CHANGE_RULES,
    SWITCH_INCIDENT,
    CONNECT,
    ASK_FOR_CONNECTION,
    ANSWER_CONNECTION,
    END_CONNECTION,
    DECIDE_CONNECTION,
)
