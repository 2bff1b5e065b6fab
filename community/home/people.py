"""Somebody's page, and what one does about somebody: block and mute, and the lists to take it back from."""

from __future__ import annotations

from typing import Any

from flask import render_template, request, url_for

from community.acts.rules import LOOK
from community.core import answers, paging, web
from community.core.errors import Invalid
from community.core.policy import can, require
from community.home import profiles
from community.home.forms import LetGoForm, MutedWordForm
from community.home.saved import pages
from community.inbox.rules import BEGIN
from community.lifecycle.turn_rules import SEE_MEMBERSHIP
from community.members import blocks, trust
from community.members import rules as member_rules
from community.members.forms import Press
from community.memories.rules import OPEN_TIMELINE
from community.moving import checklist, letters, prepared
from community.moving.rules import MOVE_IN, SEE_MOVE
from community.separations.rules import SEE as SEE_SEPARATIONS
from community.streams import muted as mutes
from community.streams import muting
from community.streams import queries as streams
from community.streams.views import page_of
from community.talks import queries as talks


@pages.get("/people/<int:member_id>")
def person(member_id: int) -> Any:
    """What somebody chose to show, and what she wrote."""
    viewer = web.viewer()
    found = profiles.person_for(viewer, member_id)
    pieces = profiles.wrote_for(
        viewer, member_id, paging.read_cursor(request.args.get("before")), limit=profiles.PAGE + 1
    )
    older, pieces = len(pieces) > profiles.PAGE, pieces[: profiles.PAGE]
    return render_template(
        "person.html",
        person=found,
        wrote=profiles.shown(viewer, pieces),
        before=paging.cursor(pieces[-1].written_at, pieces[-1].id) if older else None,
        muted=mutes.has_muted(viewer, member_id),
        may_block=can(viewer, member_rules.BLOCK, found.named),
        trusted=trust.is_trusted(viewer, found.named),
        yes=trust.what_a_yes_does(viewer),
        may_limit=can(viewer, LOOK, found.named),
        sees_membership=can(viewer, SEE_MEMBERSHIP),
        may_part=can(viewer, SEE_SEPARATIONS),
        may_see_move=not found.is_me and found.named.kind == "resident" and can(viewer, SEE_MOVE, found.named),
        may_move_in=found.named.kind == "alumnus" and can(viewer, MOVE_IN, viewer),
        may_write_first=viewer.is_staff and can(viewer, BEGIN, found.named),
        may_write_to=talks.may_write_to(viewer, member_id),
        may_write_letter=letters.may_write(viewer, found.named),
        shares_list=member_id in viewer.key_worker_of and checklist.has_moved(viewer, member_id),
        adult_for_move=prepared.sudden_move_of(viewer, found.named),
        has_memories=can(viewer, OPEN_TIMELINE, found.named),
    )


@pages.post("/people/<int:member_id>/trust")
def give_trust(member_id: int) -> Any:
    """What this child writes stands at once and is read after."""
    viewer = web.viewer()
    trust.give(viewer, profiles.person_for(viewer, member_id).named)
    return answers.go(url_for("home.person", member_id=member_id))


@pages.post("/people/<int:member_id>/trust/end")
def end_trust(member_id: int) -> Any:
    """What this child writes is read first again."""
    viewer = web.viewer()
    trust.end(viewer, profiles.person_for(viewer, member_id).named)
    return answers.go(url_for("home.person", member_id=member_id))


@pages.route("/people/<int:member_id>/block", methods=["GET", "POST"])
def block(member_id: int) -> Any:
    """What happens, and the button. Pressed twice it is done once."""
    viewer = web.viewer()
    if request.method == "POST" and blocks.is_blocked(viewer, member_id):
        return answers.go(url_for("home.block_done"))
    found = profiles.person_for(viewer, member_id)
    require(viewer, member_rules.BLOCK, found.named)
    form = Press()
    if request.method == "POST" and form.validate():
        blocks.block(viewer, member_id)
        return answers.go(url_for("home.block_done"))
    return render_template("block.html", person=found, form=form), 422 if form.errors else 200


@pages.get("/people/blocked")
def block_done() -> Any:
    """It holds now, and where it is taken back."""
    assert web.viewer()
    return render_template("block_done.html")


@pages.post("/people/<int:member_id>/mute")
def mute(member_id: int) -> Any:
    """Fold what she writes, for me; back to the piece it was about, or to her page."""
    viewer = web.viewer()
    profiles.person_for(viewer, member_id)
    muting.mute_person(viewer, member_id)
    return answers.go(_back_to(member_id))


@pages.post("/people/<int:member_id>/unmute")
def unmute(member_id: int) -> Any:
    """Show again what she writes."""
    form = LetGoForm()
    if not form.validate():
        raise Invalid
    muting.unmute_person(web.viewer(), member_id)
    return answers.go(url_for("home.muted") if form.back.data == "list" else _back_to(member_id))


@pages.get("/me/blocked")
@web.private_side
@web.while_closed
def blocked() -> Any:
    """Whom I blocked."""
    return render_template("blocked.html", people=blocks.blocked_by(web.viewer()))


@pages.post("/me/blocked/<int:member_id>/take-back")
@web.private_side
@web.while_closed
def take_back_block(member_id: int) -> Any:
    """Meet each other again."""
    blocks.take_back(web.viewer(), member_id)
    return answers.go(url_for("home.blocked"))


@pages.route("/me/muted", methods=["GET", "POST"])
@web.private_side
@web.while_closed
def muted() -> Any:
    """Whom and which words I muted, and one word more."""
    viewer = web.viewer()
    form = MutedWordForm()
    context = {"people": mutes.muted_people(viewer), "words": mutes.muted_by(viewer).words}
    if request.method != "POST":
        return render_template("muted.html", form=form, **context)

    def work() -> Any:
        muting.mute_word(viewer, form.word.data)
        return answers.go(url_for("home.muted"))

    return answers.form_answer(form, work, "muted.html", "muted.html", **context)


@pages.post("/me/muted/take-away")
@web.private_side
@web.while_closed
def unmute_word() -> Any:
    """Show pieces with a word in them again."""
    form = MutedWordForm()
    if not form.validate():
        raise Invalid
    muting.unmute_word(web.viewer(), form.word.data)
    return answers.go(url_for("home.muted"))


def _back_to(member_id: int) -> str:
    """The piece one came from (`?piece=`), where one still sees it; else her page."""
    viewer, piece_id = web.viewer(), paging.whole_number(request.args.get("piece", ""))
    if piece_id is None:
        return url_for("home.person", member_id=member_id)
    piece = streams.piece_for(viewer, piece_id)
    return page_of(piece.stream_id, streams.stream_for(viewer, piece.stream_id).kind, piece)
