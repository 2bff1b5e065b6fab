"""What the lines of the audit chain say, in plain words. What is not listed here is nobody's but the member's own
(her sessions, her codes, what she asked for herself) and is on no page and in no export.

The test that reads every act off the code is red for one that stands in neither table.
"""

from __future__ import annotations

from typing import Any

from community.acts import words as acts
from community.core.i18n import lazy as _l
from community.safety.reasons import IN_SHORT

GROUPS: dict[str, Any] = {
    "texts": _l("Texts"),
    "people": _l("People"),
    "read": _l("What staff read"),
    "in": _l("Coming in"),
    "channels": _l("Channels and pins"),
    "rota": _l("Rota"),
    "rules": _l("Rules and lists"),
    "house": _l("The whole place"),
}

DONE: dict[str, tuple[str, Any]] = {
    "act.published": ("texts", _l("let a text through")),
    "act.checked": ("texts", _l("looked at a text: fine")),
    "act.returned": ("texts", _l("sent a text back")),
    "act.hidden": ("texts", _l("hid a text")),
    "act.shown_again": ("texts", _l("showed a text again")),
    "act.removed": ("texts", _l("took a text away")),
    "act.rewrite": ("texts", _l("asked for other words")),
    "act.heads_up": ("texts", _l("gave a text a heads-up")),
    "act.fine": ("texts", _l("looked at a text: fine")),
    "review.fine": ("texts", _l("looked at a text: fine")),
    "review.undone": ("texts", _l("took a step back")),
    "review.claimed": ("texts", _l("took on what waits for staff")),
    "review.released": ("texts", _l("let go what waits for staff")),
    "review.handed": ("texts", _l("handed over what waits for staff")),
    "review.note": ("texts", _l("wrote a note for the colleagues")),
    "review.busy": ("texts", _l("said whether there is time to read")),
    "space.checked": ("texts", _l("read a channel: all fine")),
    "act.locked": ("texts", _l("closed a post for replies")),
    "act.cooled": ("texts", _l("let a post rest")),
    "question.marked": ("texts", _l("said which reply helped")),
    "question.unmarked": ("texts", _l("took “This helped” off")),
    "question.still_true": ("texts", _l("said that an answer is still true")),
    "question.still_not": ("texts", _l("said that an answer is no longer true")),
    "question.tagged": ("texts", _l("said what a question is about")),
    "act.cooled_off": ("people", _l("gave a short break")),
    "act.paused": ("people", _l("set somebody to reading only")),
    "act.suspended": ("people", _l("closed Hearth for somebody")),
    "act.lifted": ("people", _l("ended a limit")),
    "act.noted": ("people", _l("wrote a note about somebody")),
    "standing.asked_for_good": ("people", _l("asked a second person to close Hearth for good")),
    "appeal.right": ("people", _l("answered “this is wrong”: they were right")),
    "appeal.stands": ("people", _l("answered “this is wrong”: it stands")),
    "act.unmasked": ("people", _l("asked who wrote a text without a name")),
    "member.suspended": ("people", _l("closed Hearth for somebody")),
    "member.restored": ("people", _l("opened Hearth to somebody again")),
    "member.signed_out": ("people", _l("signed somebody out everywhere")),
    "second_step.reset": ("people", _l("reset somebody's second step")),
    "inbox.answered": ("people", _l("answered somebody in the team's inbox")),
    "inbox.began": ("people", _l("wrote to somebody first")),
    "inbox.took": ("people", _l("took on what somebody wrote to the team")),
    "inbox.released": ("people", _l("let go what somebody wrote to the team")),
    "inbox.handed": ("people", _l("handed over what somebody wrote to the team")),
    "inbox.closed": ("people", _l("closed what somebody wrote to the team")),
    "inbox.opened": ("people", _l("opened again what somebody wrote to the team")),
    "connection.approved": ("people", _l("let a minor and an adult write to each other")),
    "connection.renewed": ("people", _l("looked again at two who may write to each other: yes")),
    "connection.refused": ("people", _l("said no to two who would like to write to each other")),
    "connection.stopped": ("people", _l("ended that two may write to each other")),
    "connection.passed_on": ("people", _l("asked a minor whether an adult may keep in touch")),
    "connection.put_away": ("people", _l("put away an adult's wish to keep in touch")),
    "move.adult_named": ("people", _l("said who is there for somebody who had to move")),
    "move.planned": ("people", _l("planned with somebody that they move")),
    "move.changed": ("people", _l("changed the day somebody moves")),
    "move.cancelled": ("people", _l("called a move off")),
    "move.done": ("people", _l("somebody's day to move had come")),
    "move.in": ("people", _l("had somebody move in again")),
    "trust.given": ("people", _l("said yes to somebody's posts going straight in")),
    "trust.ended": ("people", _l("took back a yes to posts going straight in")),
    "work.leaves": ("people", _l("said from when somebody works here no more")),
    "work.stays": ("people", _l("said that somebody goes on working here")),
    "work.asked": ("people", _l("asked a second person whether somebody may work here")),
    "work.begins": ("people", _l("said from when somebody works here")),
    "turn.refused": ("people", _l("said no to what a colleague asked for")),
    "turn.withdrawn": ("people", _l("took back what waited for a second person")),
    "remembrance.asked": ("people", _l("said that somebody has died")),
    "remembrance.done": ("people", _l("said as the second person that somebody has died")),
    "remembrance.undo_asked": ("people", _l("said that somebody we remembered is alive")),
    "remembrance.undone": (
        "people",
        _l("said as the second person that somebody we remembered is alive"),
    ),
    "member.renamed": ("people", _l("wrote down somebody's new name")),
    "work.left": ("people", _l("somebody works here no more")),
    "history.opened": ("read", _l("read what a text said before")),
    "way_in.opened": ("read", _l("read what somebody wrote who can't get in")),
    "talk.opened": ("read", _l("read more of a talk than was sealed with a report")),
    "talk.bridge_ended": ("people", _l("ended a talk of two, one of whom turns 18")),
    "who.opened": ("read", _l("saw who wrote a text without a name")),
    "hidden.opened": ("read", _l("read a hidden text")),
    "held.opened": ("read", _l("read a text that waits")),
    "review.opened": ("read", _l("opened what waits for staff")),
    "told.who": ("read", _l("saw who had told staff")),
    "profile.opened": ("read", _l("read words about somebody that wait")),
    "unmask.asked": ("read", _l("asked a second person about a text without a name")),
    "unmask.refused": ("read", _l("said no to finding out who wrote a text")),
    "unmask.judged": ("read", _l("judged a look at who wrote a text")),
    "left.opened": ("read", _l("read who somebody was who has left")),
    "audit.exported": ("read", _l("took a list of what staff did along")),
    "invitation.made": ("in", _l("made an invitation")),
    "invitation.cancelled": ("in", _l("took an invitation back")),
    "way_in.person": ("in", _l("said who it is that can't get in")),
    "way_in.checked": ("in", _l("asked somebody who knows her")),
    "way_in.members_asked": ("in", _l("asked two members who know her")),
    "way_in.made": ("in", _l("made a way back in")),
    "way_in.refused": ("in", _l("said no to a way back in")),
    "way_in.withdrawn": ("in", _l("took a way back in back")),
    "space.opened": ("channels", _l("opened a channel")),
    "space.changed": ("channels", _l("changed a channel")),
    "space.moved": ("channels", _l("moved a channel")),
    "space.closed": ("channels", _l("closed a channel")),
    "space.reopened": ("channels", _l("opened a channel again")),
    "pin.put": ("channels", _l("pinned a post")),
    "pin.changed": ("channels", _l("changed how a post is pinned")),
    "pin.ended": ("channels", _l("took a pin off")),
    "chat.opened": ("channels", _l("opened a chat for an evening")),
    "chat.changed": ("channels", _l("changed a chat for an evening")),
    "chat.ended": ("channels", _l("ended a chat for an evening")),
    "chat.slowed": ("channels", _l("set how fast one writes in a chat")),
    "shift.make": ("rota", _l("put somebody on the rota")),
    "shift.change": ("rota", _l("changed a shift")),
    "shift.take_off": ("rota", _l("took a shift off")),
    "handover.sign": ("rota", _l("handed over")),
    "handover.accept": ("rota", _l("took over")),
    "lists.added": ("rules", _l("added a phrase to a word list")),
    "lists.off": ("rules", _l("switched a phrase off")),
    "lists.on": ("rules", _l("switched a phrase on")),
    "lists.removed": ("rules", _l("took a phrase away")),
    "lists.kept": ("rules", _l("looked at a phrase and kept it")),
    "lists.judged": ("rules", _l("said whether a phrase was heard rightly")),
    "publishing.changed": ("rules", _l("changed who reads first")),
    "publishing.set_back": ("rules", _l("set who reads first back to the start values")),
    "rules.changed": ("rules", _l("changed the house rules")),
    "incident.started": ("house", _l("made everything read-only")),
    "incident.ended": ("house", _l("opened everything for writing again")),
}

OF_HER_OWN = {
    *("member.joined", "member.password_changed", "password.recovered", "recovery_codes.made", "recovery_code.used"),
    *("second_step.on", "second_step.replaced", "second_step.off", "second_step.wrong", "passkey.added"),
    *("passkey.removed", "app_lock.set", "app_lock.removed", "app_lock.failed", "app_lock.opened_by_password"),
    *("session.ended", "session.others_ended", "session.made_own", "session.made_shared", "session.made_tablet"),
    *("session.unlocked", "session.unlock_failed", "email.asked", "email.confirmed", "email.removed"),
    *("way_in.asked", "way_in.vouched", "way_in.request_withdrawn", "way_in.used", "way_in.stopped"),
    *("told.made", "appeal.made", "audit.anchored", "retention.run"),
    *("leaving.asked", "leaving.taken_back", "member.left", "member.erased"),
    *("connection.wished", "connection.left", "connection.lapsed"),
    *("break.began", "break.ended"),
}
"""Lines a member's own doing leaves, and the machine's: whoever keeps the server reads them, nobody here."""

ON_THEIR_PAGE = {
    *(f"concern.{step}" for step in ("opened", "taken", "step", "handed", "closed", "pack", "cannot")),
    *(f"separation.{step}" for step in ("looked", "made", "changed", "ended")),
}
"""Lines of a call for help, and about two who are kept apart: they stand on its own page, for those whom it is not kept
from, and in no list."""

REASONS: dict[str, Any] = {
    **acts.REASONS,
    "other": _l("something else"),
    "own words": _l("in her own words, kept sealed"),
    "command line": _l("from the server itself"),
    "life": _l("a life or somebody's health may be at risk"),
    "two": _l("two people agreed"),
    "worry": _l("somebody may be in danger"),
    "report": _l("somebody told staff about it"),
    "help_in": _l("to help somebody back in"),
    "decide": _l("to decide whether it can stand"),
    **IN_SHORT,
}
"""Reasons that are words of a list; any other stands as it was written."""


def acts_of(group: str) -> list[str]:
    """The acts of one group."""
    return [act for act, (its, _words) in DONE.items() if its == group]
