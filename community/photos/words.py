"""What is said of a picture that waits, to those who may see it."""

from __future__ import annotations

from community.core.i18n import lazy as _l

WORDS = {
    "own": _l("Only you see it."),
    "unsaid": _l("Not shown yet: say who is in it."),
    "claimed": _l("Not shown: somebody says: I am in this, and is asked first."),
    "refused": _l("Not shown: somebody in it said no."),
    "waits": _l("Not shown yet: not everybody in it has answered."),
    "unmarked": _l("Not shown yet: tick the squares that are to be blurred."),
    "drawing": _l("Not shown yet: it is being blurred."),
    "unconfirmed": _l("Not shown yet: a host looks at who is in it."),
    "shown": _l("Everybody who reads the post sees it."),
}
WHO_WORDS = {
    "nobody": _l("In it: nobody."),
    "people": _l("In it: people with a name here. Their names stand on its page."),
    "unseen": _l("In it: someone who must not be seen."),
}


def picture_words(state: str) -> str:
    """The sentence for one state."""
    return str(WORDS[state])


PORTRAIT_WHY = {
    "others": _l("Somebody else is in it."),
    "tells": _l("It tells too much: a place, a full name, a number."),
    "unfit": _l("It does not fit here."),
}


def portrait_why(why: str) -> str:
    """Why a host took a picture of somebody away."""
    return str(PORTRAIT_WHY.get(why, PORTRAIT_WHY["unfit"]))
