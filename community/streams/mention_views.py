"""What `@` offers while somebody writes: names, for the thread or the channel she writes in."""

from __future__ import annotations

from typing import Any

from flask import render_template, request

from community.core import ratelimit, web
from community.core.text import LONGEST_NAME
from community.members.people import Viewer
from community.spaces import queries as spaces
from community.spaces.models import Space
from community.streams import mentions, queries
from community.streams.models import Stream
from community.streams.views import pages


@pages.get("/streams/<int:stream_id>/names")
def names(stream_id: int) -> Any:
    """Whom one may mention in a conversation, by how the name begins."""
    viewer = web.viewer()
    found = queries.found_for(viewer, stream_id)
    return _offer(viewer, found.space, found.stream)


@pages.get("/channels/<int:space_id>/names")
def names_in_space(space_id: int) -> Any:
    """The same in a channel, before there is a conversation."""
    viewer = web.viewer()
    return _offer(viewer, spaces.space_for(viewer, space_id), None)


def _offer(viewer: Viewer, space: Space, stream: Stream | None) -> Any:
    """At most eight, as a part. Raises TooMany for whoever asks on and on."""
    ratelimit.hit("names", viewer.id)
    found = mentions.names_for(viewer, request.args.get("q", "")[:LONGEST_NAME], space, stream)
    return render_template("parts/names.html", people=[person.author for person in found])
