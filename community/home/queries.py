"""What a page that mixes rooms shows a viewer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import url_for

from community.acts.rules import decides
from community.channels.pinned import pin_of
from community.channels.rules import PIN
from community.chat import queries as chat
from community.chat.rules import WRITE as WRITE_IN_CHAT
from community.core.i18n import _
from community.core.i18n import lazy as _l
from community.core.policy import can
from community.forum import helped
from community.forum import queries as forum
from community.forum import rules as forum_rules
from community.lifecycle import keeping
from community.members import named
from community.members import rules as member_rules
from community.members.people import AuthorView, Viewer
from community.memories.queries import dating_for
from community.memories.rules import SAY_WHEN
from community.reports.rules import TELL
from community.spaces.queries import Readers, readable
from community.spaces.rules import CHANGE_IN, WRITE
from community.streams import kept, muted, own, pairs, past
from community.streams import rules as piece_rules
from community.streams.models import Piece
from community.streams.queries import found_for, stream_for
from community.talks.queries import is_of_talk


@dataclass(frozen=True)
class MenuItem:
    """One thing a viewer may do to a piece. `in_place`: the answer is the menu as it is then."""

    label: str
    url: str
    method: str
    icon: str
    danger: bool = False
    in_place: bool = False
    quotes: bool = False  # with JavaScript the field on the page takes the quote (quote.js)


def menu_for(viewer: Viewer, piece: Piece, author: AuthorView) -> list[MenuItem]:
    """What this viewer may do to this piece, and about whoever is shown as its author: by the rules, nothing else."""
    offered = (
        (piece_rules.EDIT_PIECE, _("Change"), "streams.edit", "get", "pencil"),
        (piece_rules.REMOVE_PIECE, _("Take back"), "streams.remove", "post", "trash-2"),
        (piece_rules.RESTORE_PIECE, _("Put back"), "streams.restore", "post", "undo-2"),
        (piece_rules.SEE_HISTORY, _("What was changed"), "streams.history", "get", "history"),
    )
    open_ = can(viewer, CHANGE_IN, found_for(viewer, piece.stream_id).space)
    if past.ended_at(viewer, piece.stream_id) is not None:
        return _of_the_past(viewer, piece, author)
    menu = [
        MenuItem(label, url_for(endpoint, piece_id=piece.id), method, icon, danger=endpoint == "streams.remove")
        for rule, label, endpoint, method, icon in offered
        if can(viewer, rule, piece)
        and not (rule is piece_rules.SEE_HISTORY and piece.version == 1)
        and not (rule is piece_rules.EDIT_PIECE and not open_)
    ]
    if piece.author_id == viewer.id and own.change_of(viewer, piece) is not None:
        url = url_for("streams.drop_change", piece_id=piece.id)
        menu.insert(0, MenuItem(_("Take back the change that waits"), url, "post", "undo-2"))
    return [
        *_reacting(viewer, piece),
        *_quoting(viewer, piece),
        *_saving(viewer, piece),
        *_pinning(viewer, piece),
        *_question(viewer, piece),
        *menu,
        *_when(viewer, piece),
        *_telling(viewer, piece),
        *_about(viewer, piece, author),
        *_who_wrote(viewer, piece),
    ]


def _of_the_past(viewer: Viewer, piece: Piece, author: AuthorView) -> list[MenuItem]:
    """Of what she reads from before she moved out: taking back what is hers, keeping it, telling staff."""
    menu = [*_saving(viewer, piece), *_telling(viewer, piece), *_about(viewer, piece, author)]
    if can(viewer, piece_rules.REMOVE_PIECE, piece):
        url = url_for("streams.remove", piece_id=piece.id)
        menu.append(MenuItem(_("Take back"), url, "post", "trash-2", danger=True))
    return menu


def _who_wrote(viewer: Viewer, piece: Piece) -> list[MenuItem]:
    """For hosts and those who answer for staff, beside what has no name: asking whose it is, never the name itself."""
    if not piece.unnamed or not decides(viewer):
        return []
    return [MenuItem(_("Who wrote this?"), url_for("unmasking.who", piece_id=piece.id), "get", "eye-off")]


def _question(viewer: Viewer, piece: Piece) -> list[MenuItem]:
    """What whoever asked and hosts may do in a question: say which reply helped, and what it is about."""
    if piece.state != "published" or stream_for(viewer, piece.stream_id).kind != "thread":
        return []
    marking = forum.marking_for(viewer, piece.id)
    if piece.kind == "opening":
        url = url_for("questions.tags", stream_id=piece.stream_id)
        may_tag = can(viewer, forum_rules.TAG_QUESTION, marking.thread)
        return [MenuItem(_("Choose what it is about"), url, "get", "tag")] if may_tag else []
    if not can(viewer, forum_rules.MARK_ANSWER, marking):
        return []
    marked = helped.marked_for(viewer, piece.stream_id)
    if marked is not None and marked.piece.id == piece.id:
        url = url_for("questions.unmark", piece_id=piece.id)
        return [MenuItem(_("Take off “This helped”"), url, "post", "circle-x")]
    return [MenuItem(_("This helped"), url_for("questions.mark", piece_id=piece.id), "post", "circle-check")]


def _when(viewer: Viewer, piece: Piece) -> list[MenuItem]:
    if not can(viewer, SAY_WHEN, dating_for(viewer, piece.id)):
        return []
    return [MenuItem(_("When was it?"), url_for("memories.when", piece_id=piece.id), "get", "calendar-days")]


def _about(viewer: Viewer, piece: Piece, author: AuthorView) -> list[MenuItem]:
    """Muting and blocking: of nobody who shows no name, is gone, is herself, or whom she blocked before she worked here
    and reads in the team's inbox alone."""
    if not author.url or author.id in {viewer.id, *viewer.excluded_ids} or piece.state != "published":
        return []
    person = named.person_for(viewer, author.id)
    is_muted = muted.has_muted(viewer, author.id)
    endpoint, label, sign = (
        ("home.unmute", _("Unmute %(name)s", name=author.name), "bell")
        if is_muted
        else ("home.mute", _("Mute %(name)s", name=author.name), "bell-off")
    )
    menu = [MenuItem(label, url_for(endpoint, member_id=author.id, piece=piece.id), "post", sign)]
    if can(viewer, member_rules.BLOCK, person):
        url = url_for("home.block", member_id=author.id)
        menu.append(MenuItem(_("Block %(name)s", name=author.name), url, "get", "user-x"))
    return menu


def _telling(viewer: Viewer, piece: Piece) -> list[MenuItem]:
    if piece.state != "published" or not can(viewer, TELL, piece.author_id):
        return []
    url = url_for("home.tell_of_piece", piece_id=piece.id)
    return [MenuItem(_("Tell staff"), url, "get", "message-circle-warning")]


def _quoting(viewer: Viewer, piece: Piece) -> list[MenuItem]:
    stream = stream_for(viewer, piece.stream_id)
    if piece.state != "published" or stream.kind in ("inbox", "album"):
        return []
    if is_of_talk(viewer, piece):
        may = can(viewer, piece_rules.SAY_BY_NAME, True) and can(viewer, piece_rules.TALK_ON, pairs.may_go_on(stream))
        page, words = "talks.talk", _("Answer")
    elif piece.kind == "message":
        may = can(viewer, WRITE_IN_CHAT, chat.judged(chat.room_for(viewer, piece.stream_id)))
        page, words = "chat.room", _("Answer")
    else:
        may = can(viewer, forum_rules.REPLY, forum.thread_for(viewer, piece.stream_id))
        page, words = "forum.thread", _("Quote")
    if not may:
        return []
    url = url_for(page, stream_id=piece.stream_id, quote=piece.id, around=piece.nr, _anchor="composer")
    return [MenuItem(words, url, "get", "quote", quotes=True)]


def _reacting(viewer: Viewer, piece: Piece) -> list[MenuItem]:
    """In a chat the menu is what opens under a finger that stays on a message: reacting is in it, too."""
    if piece.kind != "message" or not can(viewer, piece_rules.REACT, piece):
        return []
    return [MenuItem(_("React"), url_for("streams.react", piece_id=piece.id), "get", "smile-plus")]


def _pinning(viewer: Viewer, piece: Piece) -> list[MenuItem]:
    thread = stream_for(viewer, piece.stream_id).kind == "thread"
    if piece.kind != "opening" or not thread or not can(viewer, PIN, piece):
        return []
    label = _("Change how it is pinned") if pin_of(viewer, piece.stream_id) else _("Pin it at the top")
    return [MenuItem(label, url_for("channels.pin", stream_id=piece.stream_id), "get", "pin")]


def _saving(viewer: Viewer, piece: Piece) -> list[MenuItem]:
    if kept.is_saved(viewer, piece.id):
        url = url_for("home.let_go", piece_id=piece.id)
        return [MenuItem(_("Take off my list"), url, "post", "bookmark-x", in_place=True)]
    if piece.state != "published" or is_of_talk(viewer, piece):  # her list is of the group
        return []
    return [MenuItem(_("Save for me"), url_for("home.save", piece_id=piece.id), "post", "bookmark", in_place=True)]


def hello_for(viewer: Viewer) -> dict[str, Any] | None:
    """The offer to say hello: at the first sign-in, once more after three days, then never. Not for those who wrote."""
    if not viewer.hello_due:
        return None
    spaces = [space for space in readable(viewer) if can(viewer, WRITE, space)]
    if not spaces:
        return None
    return {"readers": Readers(viewer).sentence(spaces[0]), "space": spaces[0].slug}


WHO_SEES = (
    (
        _l("Living room, Memories, Questions & answers"),
        _l("Everyone who lives here, everyone who has lived here, and staff."),
    ),
    (
        _l("Your house's channel, and what you write to your house alone"),
        _l(
            "Those who live in the house now, and the staff of that house. Whoever moves out goes on reading what was "
            "written up to that day, and nothing newer."
        ),
    ),
    (_l("Moved out"), _l("Adults who have lived here, and staff.")),
    (_l("Any other channel"), _l("The line beside Send says who reads it.")),
    (
        _l("Messages"),
        _l(
            "Only those in them. Staff can't, unless one of you tells them about a message: then they read that one "
            "and the ten before it. If they need more, you see who read it and why."
        ),
    ),
    (_l("What you have not sent yet"), _l("Only you. Staff can't read drafts.")),
    (
        _l("What you write without your name"),
        _l(
            "Who reads the channel sees the words, and nobody the name: hosts do not either. If somebody may be in "
            "danger staff can find out, two together, or one at once if a life is at risk. You are always told."
        ),
    ),
    (_l("What you follow, mute and save"), _l("Only you.")),
    (_l("Your notifications, and what you want to hear"), _l("Only you.")),
    (_l("Whom you mute or block"), _l("Only you. We don't tell them.")),
    (
        _l("What you tell staff"),
        _l(
            "Hosts read what you said, and the safety lead sees who you are if somebody must know. About somebody who "
            "works here: only a safety lead or house manager who has no part in it. We don't tell those it is about."
        ),
    ),
    (
        _l("What you changed"),
        _l("Everyone sees the new text. Staff can read what it said before, and you see that they did."),
    ),
    (_l("What you took back"), _l("Nobody. You can put it back for 30 days.")),
    (_l("Your birth date"), _l("Only a house manager and the safety lead.")),
)
"""Who can see what, in the words shown when one joins and on About."""


def who_sees() -> list[dict[str, Any]]:
    """The rows of "who can see what", in the language of the page."""
    return [{"where": where, "who": who} for where, who in WHO_SEES]


def how_long() -> list[dict[str, Any]]:
    """The rows of "how long is this kept", the same."""
    return list(keeping.told())
