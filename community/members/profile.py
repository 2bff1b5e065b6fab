"""What a member tells of herself: name, picture, a few words. Hers alone to change; the words pass the gate."""

from __future__ import annotations

from dataclasses import dataclass

from community.core import clock, text
from community.core.db import add_once, session, transaction
from community.core.errors import Invalid
from community.core.i18n import lazy as _l
from community.core.i18n import number
from community.core.policy import require
from community.members import actions, rules
from community.members.models import Profile
from community.members.people import ADULT, Viewer
from community.members.queries import facts_for
from community.safety.gate import Outcome, Surface, screen


@dataclass(frozen=True)
class Own:
    """What she wants others to see."""

    name: str
    avatar: str | None
    colour: str
    about: str = ""
    tells_year: bool = False


def profile_of(viewer: Viewer, member_id: int) -> Profile:
    """What somebody told of herself, empty where she told nothing. Whether the viewer may read it is asked before."""
    assert viewer.id
    found = session().get(Profile, member_id, populate_existing=True)
    return found or Profile(member_id=member_id, about="", waiting="", tells_year=False)


def change(actor: Viewer, own: Own) -> Profile:
    """Change name, picture and words. Words the gate holds wait, and those that stood before go on standing.

    Raises Invalid by field: too long, refused by the gate (it says which word).
    """
    require(actor, rules.CHANGE_OWN, actor.id)
    about = text.tidy(own.about)
    if len(about) > text.LONGEST_ABOUT:
        raise Invalid(
            _l("That is too long. At most %(max)s characters fit here.", max=number(text.LONGEST_ABOUT)), field="about"
        )
    with transaction() as s:
        actions.change_profile(actor, display_name=own.name, avatar=own.avatar, colour=own.colour)
        if s.get(Profile, actor.id) is None:
            add_once(Profile(member_id=actor.id, changed_at=clock.now()))
        profile = s.get_one(Profile, actor.id, with_for_update=True, populate_existing=True)
        _say(actor, profile, about if text.says_something(about) else "")
        profile.tells_year = own.tells_year and may_tell_year(actor)
        profile.changed_at = clock.now()
        s.flush()
        return profile


def let_stand(profile: Profile) -> None:
    """Let words that waited stand. Called by whoever decides (moderation) inside a transaction."""
    profile.about, profile.waiting = profile.waiting, ""


def may_tell_year(viewer: Viewer) -> bool:
    """Whether the year she moved may stand by her name: adults who have lived here."""
    return viewer.kind == "alumnus" and viewer.age_band == ADULT


def _say(actor: Viewer, profile: Profile, about: str) -> None:
    """The same words again need no second reading."""
    if about == (profile.waiting or profile.about):
        return
    verdict = screen(about, Surface.PROFILE, facts_for(actor))
    if verdict.outcome is Outcome.REFUSE:
        words = ", ".join(verdict.words)
        raise Invalid(_l("This can't be sent with the word %(words)s in it.", words=words), field="about")
    if verdict.outcome is Outcome.HOLD:
        profile.waiting = about
    else:
        profile.about, profile.waiting = about, ""
