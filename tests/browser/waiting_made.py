"""Texts that wait for a host, beside a running server: `python -m tests.browser.waiting_made 10 gunnar`."""

from __future__ import annotations

import sys
import uuid

from sqlalchemy import select

from community.app import create_app
from community.core.db import session
from community.forum import actions as forum
from community.members.models import Member
from community.members.queries import as_viewer
from community.safety import cases
from community.safety.models import PLAIN
from community.safety.word_lists import WordLists, in_force
from community.spaces.models import Space
from community.streams.actions import Said


def make(number: int, who: str) -> None:
    """Held openings in the Living room, each with its case."""
    author = session().scalar(select(Member.id).where(Member.sign_in_name == who))
    place = session().scalar(select(Space.id).where(Space.slug == "vardagsrummet"))
    assert author is not None and place is not None
    for one in range(number):
        said = Said(f"Vem kommer på middagen nummer {one}?", str(uuid.uuid4()), f"Middag {one}")
        with in_force(WordLists(hold=frozenset({"middagen"}))):
            piece = forum.start_thread(as_viewer(author), place, said, mode="tell", just_listen=False)
        about = {"member_id": author, "piece_id": piece.id, "space_id": place}
        cases.open_case(f"piece:{piece.id}", "held", harm=PLAIN, **about)


if __name__ == "__main__":
    with create_app().app_context():
        make(int(sys.argv[1]), sys.argv[2])
