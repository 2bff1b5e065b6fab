"""What a member tells of herself: name, picture, a few words. Hers alone to change; the words pass the gate."""

from __future__ import annotations

from dataclasses import dataclass

from community.core import clock, text
from community.core.db import add_once, session, transaction
from community.core.errors import Invalid, NotAllowed
from community.core.i18n import lazy as _l
from community.core.policy import require
from community.members import actions, rules
from community.members.models import Profile
from community.members.people import ADULT, Viewer
from community.members.queries import facts_for
from community.safety import cases, heard
from community.safety.cases import harm_of
from community.safety.gate import Facts, Outcome, Surface, Verdict, screen


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


def change(actor: Viewer, own: Own, facts: Facts | None = None) -> Profile:
    """Change name, picture and words. Words the gate holds wait, and those that stood before go on standing. `facts`:
    what it may know of her and of who works now; without them nobody works.

    Raises Invalid by field: too long, refused by the gate (it says which word).
    """
    require(actor, rules.CHANGE_PROFILE, actor.id)
    about = text.tidy(own.about)
    text.at_most(about, text.LONGEST_ABOUT, "about")
    with transaction() as s:
        actions.change_profile(actor, display_name=own.name, avatar=own.avatar, colour=own.colour)
        if s.get(Profile, actor.id) is None:
            add_once(Profile(member_id=actor.id, changed_at=clock.now()))
        profile = s.get_one(Profile, actor.id, with_for_update=True, populate_existing=True)
        _say(actor, profile, about if text.says_something(about) else "", facts or facts_for(actor))
        profile.tells_year = own.tells_year and may_tell_year(actor)
        profile.changed_at = clock.now()
        s.flush()
        return profile


def tell_year(actor: Viewer, tells: bool) -> None:
    """Whether the year she moved stands by her name. Raises NotAllowed for whoever may not tell it."""
    require(actor, rules.CHANGE_PROFILE, actor.id)
    if not may_tell_year(actor):
        raise NotAllowed(_l("The year stands by the name of adults who have lived here, if they want it."))
    with transaction() as s:
        if s.get(Profile, actor.id) is None:
            add_once(Profile(member_id=actor.id, changed_at=clock.now()))
        row = s.get_one(Profile, actor.id, with_for_update=True, populate_existing=True)
        row.tells_year, row.changed_at = tells, clock.now()
        s.flush()


def let_stand(profile: Profile) -> None:
    """Let words that waited stand. Called by whoever decides (moderation) inside a transaction."""
    profile.about, profile.waiting, profile.returned = profile.waiting, "", ""
    session().flush()


def send_back(profile: Profile) -> None:
    """Words that waited, else those that stand, go back to whoever wrote them, who finds them in her field. Called by
    whoever decides, inside the deciding action, who also closes the case and says why."""
    if profile.waiting:
        profile.waiting, profile.returned = "", profile.waiting
    else:
        profile.about, profile.returned = "", profile.about
    session().flush()


def target_of(member_id: int) -> str:
    """What a case about somebody's words about herself is named by."""
    return f"profile:{member_id}"


def may_tell_year(viewer: Viewer) -> bool:
    """Whether the year she moved may stand by her name: adults who have lived here."""
    return viewer.kind == "alumnus" and viewer.age_band == ADULT


def _say(actor: Viewer, profile: Profile, about: str, facts: Facts) -> None:
    """The same words again need no second reading. What is held waits as a case of her house."""
    if about == (profile.waiting or profile.about):
        return
    target = target_of(actor.id)
    verdict = screen(about, Surface.PROFILE, facts) if about else Verdict(Outcome.PUBLISH)
    if verdict.outcome is Outcome.REFUSE:
        words = ", ".join(verdict.words)
        raise Invalid(_l("This can't be sent with the word %(words)s in it.", words=words), field="about")
    heard.note(actor.id, Surface.PROFILE, verdict)
    if verdict.outcome is Outcome.HOLD:
        profile.waiting, profile.returned = about, ""
    else:
        profile.about, profile.waiting, profile.returned = about, "", ""
        before = cases.open_case_of(target)
        if before is not None and before.alert_at is None:
            cases.close_case(before, actor.id, "withdrawn")
    if verdict.outcome is Outcome.HOLD or verdict.check:
        reason = "profile" if profile.waiting else "check"
        cases.open_case(
            target,
            reason,
            harm=harm_of(verdict),
            member_id=actor.id,
            house_id=actor.house_id,
            alert=verdict.alert,
            why=verdict.why,
        )
