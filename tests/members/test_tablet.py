"""The house's tablet: locks when nobody uses it, the PIN opens it within the shift, five wrong ones end the session."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import func, select

from community.core import clock
from community.core.db import session
from community.members import second_step, tablet
from community.members.models import Member
from community.members.open_sessions import open_sessions
from community.members.queries import live_viewer_for, viewer_for
from community.streams.models import Piece
from tests.client import Browser, field_in, words_of
from tests.fixtures import Heard
from tests.members.test_sessions import acts, session_of
from tests.world import NOW, World

Browsers = Callable[..., Browser]
PIN = "2580"
PAUSED = NOW + timedelta(minutes=11)
WORDS = "lång och viktig <b>"


@pytest.fixture
def petra(browser: Browsers) -> Browser:
    """Petra (staff, reads English) at a tablet she has just made the house's."""
    made = browser("petra")
    answer = made.post("/me/tablet", pin=PIN)
    assert (answer.status_code, answer.location) == (303, "/me/tablet?saved=1")
    return made


def test_it_says_whose_name_it_writes_in(petra: Browser) -> None:
    for path in ("/", "/write", "/me", "/me/sessions"):
        assert "House tablet. You write as Petra." in words_of(petra.get(path))
    assert not petra.facts.get("_permanent"), "the cookie ends with the browser"


def test_the_pin_is_stored_as_no_more_than_a_hash(petra: Browser, world: World) -> None:
    stored = session().scalar(select(Member.tablet_pin_hash).where(Member.id == world.id("petra")))
    assert stored is not None and stored.startswith("$argon2id$") and PIN not in stored


def test_after_ten_idle_minutes_everything_is_locked(petra: Browser, world: World) -> None:
    with clock.at(NOW + timedelta(minutes=10)):
        assert petra.get("/").status_code == 200
    thread = world.stream("common").id
    with clock.at(NOW + timedelta(minutes=21)):
        for path in ("/", "/me", f"/t/{thread}", "/write", "/invitations", "/rules", "/nothing"):
            answer = petra.get(path)
            assert answer.status_code in (302, 404), path
            assert answer.status_code == 404 or answer.location == f"/unlock?next={path}"
        assert petra.get("/login?was=ended&next=/write").location == "/unlock?next=/write"
        assert petra.get(f"/streams/{thread}/since?after=0", headers={"X-Part": "1"}).status_code == 401
        assert petra.get("/", headers={"Accept": "application/json"}).status_code == 401
        page = petra.get("/unlock?next=/write")
        assert page.status_code == 200
        assert "Petra" in words_of(page) and "is signed in on this tablet" in words_of(page)
        assert "/c/" not in page.text, "no channels beside it"


def test_what_stays_open_while_it_is_locked(petra: Browser) -> None:
    with clock.at(PAUSED):
        for path in ("/help", "/about", "/health", "/robots.txt"):
            assert petra.get(path).status_code == 200
        assert petra.post("/language", lang="sv", next="/unlock").location == "/unlock"
        assert petra.post("/leave").status_code == 200
        assert petra.get("/unlock").status_code == 302, "leaving fast has signed out"


def test_the_pin_opens_it_and_leads_on(petra: Browser, world: World) -> None:
    with clock.at(PAUSED):
        form = petra.get("/unlock?next=/write")
        answer = petra.post("/unlock", pin=PIN, next=field_in(form, "next"))
        assert (answer.status_code, answer.location) == (303, "/write")
        assert petra.get("/write").status_code == 200
        assert petra.get("/unlock").location == "/"
    assert acts(world.id("petra"))[-1] == "session.unlocked"


def test_unlocking_leads_nowhere_else(petra: Browser) -> None:
    with clock.at(PAUSED):
        assert petra.post("/unlock", pin=PIN, next="//evil.example").location == "/"


def test_a_text_under_way_is_carried(petra: Browser, world: World) -> None:
    path = f"/t/{world.stream('common').id}/replies"
    with clock.at(PAUSED):
        asked = petra.post(path, text=WORDS, client_id="tablet-1")
        assert asked.status_code == 401
        assert "lång och viktig &lt;b&gt;" in asked.text and "is signed in on this tablet" in words_of(asked)
        wrong = petra.post("/unlock", pin="1379", carried=field_in(asked, "carried"))
        assert wrong.status_code == 422 and "That isn't the PIN" in words_of(wrong)
        assert _stored() == 0
        answer = petra.post("/unlock", pin=PIN, carried=field_in(wrong, "carried"))
        assert answer.status_code == 303 and answer.location.startswith(f"/t/{world.stream('common').id}?around=")
        assert _stored() == 1
        asked = petra.post(path, text=WORDS, client_id="tablet-2", part=True)
        assert asked.status_code != 401, "it is open now"


def _stored() -> int:
    return session().scalar(select(func.count()).select_from(Piece).where(Piece.text == WORDS)) or 0


def test_five_wrong_pins_end_the_session_and_keep_the_text(
    petra: Browser, browser: Browsers, world: World, heard: Heard, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(second_step, "_staff_exempt", True)  # the text goes on over that page too: test_second_step.py
    id_ = session_of(petra)
    with clock.at(PAUSED):
        asked = petra.post(f"/t/{world.stream('common').id}/replies", text=WORDS, client_id="tablet-3")
        carried = field_in(asked, "carried")
        for _try in range(4):
            assert petra.post("/unlock", pin="1379", carried=carried).status_code == 422
        last = petra.post("/unlock", pin="1379", carried=carried)
        assert last.status_code == 401 and 'name="password"' in last.text
        assert (f"session:{id_}", "session:ended", {"session": id_}) in heard
        petra._token = None
        assert petra.post("/unlock", pin=PIN).status_code == 401, "the right one comes too late"
        answer = petra.sign_in("petra", carried=field_in(last, "carried"))
        assert answer.status_code == 303 and _stored() == 1
    assert acts(world.id("petra")).count("session.unlock_failed") == 5


def test_five_wrong_pins_without_a_text_lead_to_signing_in(petra: Browser) -> None:
    with clock.at(PAUSED):
        answers = [petra.post("/unlock", pin="1379") for _try in range(5)]
        assert [each.status_code for each in answers] == [422] * 4 + [303]
        assert answers[-1].location == "/login?was=pin"
        assert petra.get("/").status_code == 302


def test_a_right_pin_begins_the_count_anew(petra: Browser) -> None:
    with clock.at(PAUSED):
        for _round in range(2):
            for _try in range(4):
                assert petra.post("/unlock", pin="1379").status_code == 422
            assert petra.post("/unlock", pin=PIN).status_code == 303
            assert petra.post("/lock").location == "/unlock"


def test_locking_by_hand(petra: Browser) -> None:
    assert petra.post("/lock").location == "/unlock"
    assert petra.get("/").location == "/unlock?next=/"
    assert petra.post("/unlock", pin=PIN).status_code == 303
    assert petra.get("/").status_code == 200


def test_the_pin_works_within_the_shift_only(petra: Browser) -> None:
    with clock.at(NOW + timedelta(hours=11)):
        assert petra.post("/unlock", pin=PIN).status_code == 303
    with clock.at(NOW + timedelta(hours=12, minutes=1)):
        assert petra.get("/").location == "/login?next=/"
        assert petra.post("/unlock", pin=PIN).status_code == 401


def test_locked_is_closed_for_sockets_too(petra: Browser) -> None:
    """What the sweep asks once a second, and what every event asks."""
    token, id_ = str(petra.facts["_user_id"]), session_of(petra)
    assert live_viewer_for(token) is not None and id_ in open_sessions({id_})
    with clock.at(PAUSED):
        session().expire_all()
        assert live_viewer_for(token) is None and open_sessions({id_}) == {}
        viewer = viewer_for(token)
        assert viewer is not None and viewer.locked
        tablet.unlock(viewer, PIN)
        session().expire_all()
        assert live_viewer_for(token) is not None and id_ in open_sessions({id_})


def test_whoever_stands_before_it_does_not_use_it(petra: Browser) -> None:
    """Looking at the lock, help and the rest does not open it by and by."""
    with clock.at(PAUSED):
        petra.get("/")
        petra.get("/unlock")
    with clock.at(PAUSED + timedelta(minutes=5)):
        assert petra.get("/").status_code == 302


def test_somebody_else_signs_in_in_full(petra: Browser, browser: Browsers) -> None:
    with clock.at(PAUSED):
        assert petra.post("/logout").location == "/login?was=out"
        petra._token = None
        assert petra.sign_in("jonna").status_code == 303
        assert "Petra" not in words_of(petra.get("/me"))


def test_other_sessions_of_hers_do_not_lock(petra: Browser, browser: Browsers) -> None:
    other = browser("petra")
    with clock.at(PAUSED):
        assert other.get("/").status_code == 200


def test_only_staff_have_house_tablets(browser: Browsers) -> None:
    for name in ("tuva", "johanna"):
        member = browser(name)
        assert member.get("/me/tablet").status_code == 403
        assert member.post("/me/tablet", pin=PIN).status_code == 403
        assert member.post("/lock").status_code == 403
        assert "/me/tablet" not in member.get("/me/sessions").text


def test_it_asks_for_a_fresh_password(browser: Browsers, world: World) -> None:
    sara = browser("sara")
    with clock.at(NOW + timedelta(minutes=16)):
        assert sara.post("/me/tablet", pin=PIN).status_code == 403
    assert session().scalar(select(Member.tablet_pin_hash).where(Member.id == world.id("sara"))) is None


@pytest.mark.parametrize("pin", ["", "123", "123456789", "1234", "987654", "0000", "12a4", "²580", "\x00" * 4])
def test_what_is_no_pin_is_refused(browser: Browsers, pin: str) -> None:
    sara = browser("sara")
    answer = sara.post("/me/tablet", pin=pin)
    assert answer.status_code == 422 and 'id="pin-err"' in answer.text
    assert sara.get("/").status_code == 200 and "strip-in" not in sara.get("/").text


def test_next_time_the_same_pin_is_enough(petra: Browser, browser: Browsers, world: World) -> None:
    petra.post("/logout")
    again = browser("petra")
    assert "Leave it empty to keep the one you have" in words_of(again.get("/me/tablet"))
    assert again.post("/me/tablet", pin="").status_code == 303
    with clock.at(PAUSED):
        assert again.post("/unlock", pin=PIN).status_code == 303


def test_digits_of_another_script_are_the_same_digits(petra: Browser) -> None:
    with clock.at(PAUSED):
        assert petra.post("/unlock", pin="٢٥٨٠").status_code == 303


def test_a_tablet_becomes_an_ordinary_shared_device(petra: Browser) -> None:
    assert petra.post("/me/sessions/shared").status_code == 303
    with clock.at(NOW + timedelta(minutes=19)):
        assert petra.get("/").status_code == 200
    with clock.at(NOW + timedelta(minutes=40)):
        assert petra.get("/").location == "/login?next=/"


def test_without_a_tablet_there_is_nothing_to_unlock(browser: Browsers) -> None:
    assert browser("petra").post("/unlock", pin="1379").location == "/"
    assert browser("petra").post("/lock").location == "/unlock"
    assert browser("tuva").get("/unlock?next=/write").location == "/write"


def test_tries_sent_at_once_are_counted_before_they_are_looked_at(
    petra: Browser, monkeypatch: Any, world: World
) -> None:
    viewer = viewer_for(str(petra.facts["_user_id"]))
    assert viewer is not None
    asked: list[int] = []

    def slow(*_args: Any) -> bool:
        from community.members.models import SignInSession

        session().expire_all()
        asked.append(session().get_one(SignInSession, viewer.session_id).lock_tries)
        return False

    monkeypatch.setattr("community.members.pins.matches", slow)
    with clock.at(PAUSED):
        for _try in range(4):
            with pytest.raises(Exception):  # noqa: B017
                tablet.unlock(viewer, "1379")
    assert asked == [1, 2, 3, 4]
