"""Pictures at two servers on one database: what is shown or taken away at one is so at the other."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from tests.copies import PostgresCopies
from tests.live.house import eventually
from tests.live.test_pictures_in_chats import said, shows, uploaded
from tests.live.test_scaled import two_servers

pytestmark = pytest.mark.timeout(120)  # starts two servers
A_MINUTE = 60.0  # product 5.3


def test_a_yes_taken_back_holds_at_the_other_server_too(postgres_copies: PostgresCopies, live_folder: Path) -> None:
    """On open pages, at the next look at its file, and in a cache that asks whether it still holds."""
    with two_servers(postgres_copies, live_folder) as two:
        shared = two.a.data / "pictures"
        shared.mkdir(parents=True, exist_ok=True)
        (two.b.data / "pictures").symlink_to(shared)
        chat = two.house.chat("vardagsrummet")
        tuva, samir, jonna = (two.house.person(name, two.a) for name in ("tuva", "samir", "jonna"))
        isla = two.house.person("isla", two.b)
        with isla.line().joined(chat) as there, tuva.line().joined(chat) as here:
            photo = uploaded(tuva)
            piece = said(here, chat, [photo])["id"]
            there.piece(piece)
            answer = tuva.post(f"/photos/{photo}/who", alt="", who="people", person=str(two.house.member("samir")))
            assert answer.status == 303, answer.text[:300]
            assert jonna.post(f"/photos/{photo}/staff", said="confirm").status == 303
            assert samir.post(f"/photos/{photo}/answer", answer="yes").status == 303
            there.wait(lambda: shows(there, photo), 10, "the picture")
            file = f"/photos/{photo}/320.jpg"
            seen = isla.get(file)
            assert (seen.status, seen.headers["Cache-Control"]) == (200, "private, no-cache")
            assert samir.post(f"/photos/{photo}/answer", answer="no").status == 303
            began = time.monotonic()
            there.wait(lambda: not shows(there, photo), A_MINUTE, "that it is gone")
            eventually(lambda: isla.get(file, **{"If-None-Match": seen.headers["Etag"]}).status == 404, A_MINUTE)
            assert time.monotonic() - began < A_MINUTE
