"""What a member wants to hear: kinds and channels, letters, quiet nights. Beside it stands where letters go."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, current_app, render_template, request, url_for

from community.core import answers, web
from community.notices import actions
from community.notices.actions import Wishes
from community.notices.chosen import chosen_by
from community.notices.forms import wishes_form
from community.notices.models import CHANNELS, KINDS
from community.recovery import queries as recovery
from community.spaces import queries as spaces

pages = Blueprint("notice_wishes", __name__)


@pages.route("/me/notifications", methods=["GET", "POST"])
@web.behind_pin
@web.while_closed
def own() -> Any:
    """What I want to hear, and how."""
    viewer, mails = web.viewer(), current_app.config["SETTINGS"].mails
    places, chosen = spaces.views_for(viewer), chosen_by(viewer)
    kept: dict[str, Any] = {f"{kind}_{channel}": wanted for (kind, channel), wanted in chosen.kinds.items()}
    kept |= {f"space_{place.id}": chosen.spaces.get(place.id, "all") for place in places}
    form = wishes_form(places, letters=chosen.letters, quiet=chosen.quiet, **kept)
    context = {
        "places": [(place, form[f"space_{place.id}"]) for place in places],
        "has_address": mails and recovery.confirmed_address(viewer.id) is not None,
    }
    if request.method != "POST":
        return render_template("notice_wishes.html", form=form, saved="saved" in request.args, **context)

    def work() -> Any:
        wishes = Wishes(
            kinds={(kind, channel): form[f"{kind}_{channel}"].data for kind in KINDS for channel in CHANNELS},
            letters=form.letters.data,
            quiet=form.quiet.data,
            spaces={place.id: form[f"space_{place.id}"].data for place in places},
        )
        actions.save_wishes(viewer, wishes)
        return answers.go(url_for("notice_wishes.own", saved=1))

    return answers.form_answer(form, work, "notice_wishes.html", "notice_wishes.html", saved=False, **context)
