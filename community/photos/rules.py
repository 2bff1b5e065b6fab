"""Who may see a photo, and who says what about it. Nobody but those named here: what is not allowed is not there."""

from __future__ import annotations

from typing import Any, NamedTuple

from community.core.i18n import lazy as _l
from community.core.policy import Refusal, Rule
from community.members.rules import writing_refused
from community.photos import consent
from community.photos.models import Photo, PhotoPerson

MOST_ON_A_PIECE = 6  # a row of two or three on a phone, and few enough to ask everybody in them


class Sight(NamedTuple):
    """A photo as it stands for somebody. `there`: she reads the piece it hangs on; `watched`: she works where it is
    read, and it waits for a host or one hid it; `stands`: the piece stands for its readers; `veiled`: somebody told
    staff of it, so one of them opens it on purpose or not at all."""

    photo: Photo
    people: tuple[PhotoPerson, ...]
    state: str
    there: bool = False
    watched: bool = False
    stands: bool = False
    veiled: bool = False

    @property
    def ids(self) -> frozenset[int]:
        """Everybody it is about: who put it up, and who is in it."""
        return frozenset({self.photo.uploader_id, *(person.member_id for person in self.people)})

    def person(self, member_id: int) -> PhotoPerson | None:
        return next((person for person in self.people if person.member_id == member_id), None)


_HIDDEN = _l("This picture is not for you to see.")


def _may_see(actor: Any, sight: Sight) -> Refusal | None:
    photo, hers = sight.photo, sight.person(actor.id)
    if sight.state == consent.OWN:
        return None if photo.uploader_id == actor.id else _HIDDEN
    if sight.ids & actor.excluded_ids or not (sight.there or sight.watched):
        return _HIDDEN
    if photo.uploader_id == actor.id or (sight.stands and sight.there and sight.state == consent.SHOWN):
        return None
    if hers is not None and sight.there and sight.stands and _is_asked(hers, sight.state):
        return None
    return None if actor.is_staff and sight.state != consent.REFUSED else _HIDDEN


def _is_asked(hers: PhotoPerson, state: str) -> bool:
    """Somebody asked sees it while the answers come in; after a no only she who said it."""
    if state == consent.REFUSED:
        return hers.answer == "no"
    return hers.claimed if state == consent.CLAIMED else hers.asked_at is not None


def _may_add(actor: Any, _thing: Any) -> Refusal | None:
    if actor.protected:
        return _l("With a protected identity nothing of you is shown in pictures, so none can be put up. Ask staff.")
    return writing_refused(actor)


def _own(actor: Any, photo: Photo) -> Refusal | None:
    return None if photo.uploader_id == actor.id else _l("Only whoever put it up can change that.")


def _may_name(actor: Any, named: Any) -> Refusal | None:
    """`named` is (person, may be mentioned there). Who is refused here is not told why."""
    person, mentionable = named
    if mentionable and not person.protected and person.id != actor.id:
        return None
    return _l("That name can't be chosen here.")


def _may_answer(actor: Any, person: PhotoPerson) -> Refusal | None:
    return None if person.member_id == actor.id else _l("Only the person in the picture answers.")


def _may_answer_for(actor: Any, sight: Sight) -> Refusal | None:
    if not actor.is_staff or not actor.duties & {"moderator", "safeguarding_lead", "house_manager", "key_worker"}:
        return _l("This is for those who work here and keep an eye on the channels.")
    if actor.id in sight.ids:
        return _l("It is about yourself, so somebody else decides.")
    return None


def _may_claim(actor: Any, sight: Sight) -> Refusal | None:
    if actor.id == sight.photo.uploader_id:
        return _l("You put it up yourself: you can take it away.")
    return None


def _may_watch(actor: Any, _thing: Any) -> Refusal | None:
    return None if actor.is_staff else _l("This is for those who work here.")


SEE = Rule(
    "photo.see",
    "Whoever reads the piece, once everybody in it has said yes, or is blurred, and a host has confirmed who is in it "
    "where children read. Before that: who put it up, those asked (once the piece stands, and where children read a "
    "host has looked) and staff. After a no: who put it up and who said it. Hanging on nothing: who put it up. Nobody "
    "who is kept apart from anybody in it.",
    _may_see,
)
ADD = Rule("photo.add", "Whoever may write; nobody with a protected identity.", _may_add)
OWN = Rule("photo.own", "Whoever put it up: who is in it, what it shows in words, taking it away.", _own)
NAME = Rule("photo.name", "Those who read where it hangs and whom one may mention there; nobody protected.", _may_name)
ANSWER = Rule("photo.answer", "The person in it, at any time.", _may_answer)
ANSWER_FOR = Rule(
    "photo.answer_for",
    "Staff with a duty, of somebody under 18, and whether somebody is in it at all; never about themselves.",
    _may_answer_for,
)
CLAIM = Rule("photo.claim", "Whoever sees it, but the one who put it up.", _may_claim)
WATCH = Rule("photo.watch", "Staff: the list of photos that wait for them.", _may_watch)

ALL = (SEE, ADD, OWN, NAME, ANSWER, ANSWER_FOR, CLAIM, WATCH)
