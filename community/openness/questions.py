"""What people ask before they write, with true answers in short sentences. What they say is kept by the code that
`docs/safety.md` names; whoever changes that changes this."""

from __future__ import annotations

from typing import Any

from community.core.i18n import lazy as _l

QUESTIONS: tuple[tuple[str, Any, tuple[Any, ...]], ...] = (
    (
        "bad",
        _l("I feel bad right now. Whom do I call?"),
        (
            _l("Press Help now. It stands at the top of every page, also when you are signed out."),
            _l("There are the numbers, and who answers at your house. If somebody is in danger, call 112."),
        ),
    ),
    (
        "who",
        _l("Who can read this?"),
        (
            _l("The line beside Send says it, before you send. About this place says it for every channel."),
            _l("Nobody outside. Nothing here can be found on the net."),
        ),
    ),
    (
        "tell",
        _l("What happens when I tell staff?"),
        (
            _l("You do not see what you told about any more. A host reads what you told, the worst first."),
            _l("You see when somebody reads it, and when it is done. You need no reason, and you can do it often."),
        ),
    ),
    (
        "them",
        _l("Do they get to know that it was me?"),
        (_l("We don't tell them that it was you. They learn what was decided, and why."),),
    ),
    (
        "staff",
        _l("Can staff read my private things, and when?"),
        (
            _l("Staff can't read your drafts, or what you save, follow and mute."),
            _l(
                "There are no private messages here yet. What staff read of yours beyond your posts stands under Me: "
                "who, when and why."
            ),
            _l(
                "If you wrote without your name, two people must agree to find out who it was. If a life may be at "
                "risk one can do it alone. You are always told."
            ),
        ),
    ),
    (
        "long",
        _l("How long is this kept?"),
        (
            _l("What you write stays as long as you want it to."),
            _l("What you take back is emptied after 30 days."),
            _l("The list of what staff did is kept for good, without words."),
        ),
    ),
    (
        "delete",
        _l("How do I delete it, and what stays?"),
        (
            _l("Press the three dots on it, then Take back. An empty place stays, without your name."),
            _l("You can put it back for 30 days. Then the words are gone, and two weeks later from the backups too."),
            _l("To take all of it away, end your membership under Me. You read first what goes and what stays."),
        ),
    ),
    (
        "worker",
        _l("What if the problem is somebody who works here?"),
        (
            _l("Tell about that person all the same. It goes past them, to the safety lead or the house manager."),
            _l("They do not see it, and can't count it or search for it. On Help now you can choose that too."),
        ),
    ),
    (
        "paused",
        _l("I can only read now: why, how long, and how do I say it is wrong?"),
        (
            _l("Under Me, What staff did about me, you read what was decided, why, and until when."),
            _l("Press This is wrong. Somebody else looks at it and answers you with a reason."),
        ),
    ),
)
"""Name, question, answer in sentences."""


def answered() -> list[dict[str, Any]]:
    """The questions with their answers, in the language of the page."""
    return [{"name": name, "asked": asked, "answer": answer} for name, asked, answer in QUESTIONS]
