"""Telling staff of a piece or a person, by whoever may see it."""

from __future__ import annotations

from typing import Any

from flask import url_for

from community.core import answers, web
from community.core.errors import NotFound
from community.core.policy import can
from community.forum import queries as forum
from community.home import profiles
from community.home.people import pages
from community.members import named
from community.members import rules as member_rules
from community.members.people import Viewer
from community.moving import letter_writing, letters
from community.moving.prepared_models import FarewellLetter
from community.reports import queries
from community.reports.actions import Sealed
from community.reports.views import About, telling
from community.streams import queries as streams
from community.streams.models import Piece
from community.streams.views import page_of


@pages.route("/pieces/<int:piece_id>/tell", methods=["GET", "POST"])
def tell_of_piece(piece_id: int) -> Any:
    """Tell staff of a piece. Who has done so already, and so sees it no more, gets her receipt."""
    viewer = web.viewer()
    known = queries.told_of_piece(viewer, piece_id)
    if known is not None:
        return answers.go(url_for("told.sent", report_id=known.id))
    return telling(viewer, _about_piece(viewer, streams.piece_for(viewer, piece_id)))


@pages.route("/people/<int:member_id>/tell", methods=["GET", "POST"])
def tell_of_person(member_id: int) -> Any:
    """Tell staff of a person, of those who work here, too."""
    viewer = web.viewer()
    try:
        person = profiles.person_for(viewer, member_id).named
    except NotFound:
        known = queries.told_of_person(viewer, member_id)  # and blocked in the same step, or kept apart since
        if known is None:
            raise
        return answers.go(url_for("told.sent", report_id=known.id))
    about = About(
        url=url_for("home.tell_of_person", member_id=member_id),
        back_url=url_for("home.person", member_id=member_id),
        person=person,
        name=person.name,
        may_block=can(viewer, member_rules.BLOCK, person),
        past_staff=person.is_staff,
    )
    return telling(viewer, about)


@pages.route("/me/move/letters/<int:letter_id>/tell", methods=["GET", "POST"])
@web.private_side
def tell_of_letter(letter_id: int) -> Any:
    """Tell staff of a letter she has opened. Who has done so already gets her receipt."""
    viewer = web.viewer()
    known = queries.told_of(viewer, letters.target_of(letter_id))
    if known is not None:
        return answers.go(url_for("told.sent", report_id=known.id))
    letter = letters.letter_for(viewer, letter_id)
    if letter.opened_at is None:
        raise NotFound
    return telling(viewer, _about_letter(viewer, letter))


def _about_letter(viewer: Viewer, letter: FarewellLetter) -> About:
    person = named.called_now([letter.by_id]).get(letter.by_id)
    return About(
        url=url_for("home.tell_of_letter", letter_id=letter.id),
        back_url=url_for("preparing.letter", letter_id=letter.id),
        person=person,
        name=person.name if person is not None else "",
        may_block=person is not None and can(viewer, member_rules.BLOCK, person),
        past_staff=person is not None and person.is_staff,
        sealed=Sealed(
            letters.target_of(letter.id),
            letter.by_id,
            letters.words_of(letter),
            lambda: letter_writing.put_away(viewer, letter.id),
        ),
    )


def _about_piece(viewer: Viewer, piece: Piece) -> About:
    stream = streams.stream_for(viewer, piece.stream_id)
    shown = streams.views(viewer, [piece])[0]
    nameless = piece.unnamed or piece.state == "removed" or not shown.author.url
    person = named.person_for(viewer, piece.author_id) if not nameless else None
    thread = (
        forum.thread_for(viewer, piece.stream_id).thread
        if stream.kind == "thread" and piece.kind == "opening"
        else None
    )
    return About(
        url=url_for("home.tell_of_piece", piece_id=piece.id),
        back_url=page_of(stream.id, stream.kind, piece),
        piece=piece,
        shown=shown,
        name=shown.author.name if person is not None else "",
        may_block=person is not None and can(viewer, member_rules.BLOCK, person),
        asks_support=thread is not None and (thread.mode == "ask" or thread.just_listen),
        past_staff=person is not None and person.is_staff,
    )
