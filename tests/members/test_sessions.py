"""Where am I signed in: one's own sessions and nobody else's, ended one by one or all but this one; the password."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from community.core import clock
from community.core.audit import AuditLine
from community.core.db import session
from community.members.models import SignInSession
from tests.client import Browser, words_of
from tests.fixtures import Heard
from tests.world import NOW, PASSWORD, World

Browsers = Callable[..., Browser]
NEW = "kanel gitarr blåbär"
PHONE = "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 Chrome/130.0.0.0 Mobile Safari/537.36"


def acts(actor: int) -> list[str]:
    session().expire_all()
    return list(session().scalars(select(AuditLine.act).where(AuditLine.actor_id == actor).order_by(AuditLine.n)))


def session_of(browser: Browser) -> int:
    from community.members.queries import viewer_for

    viewer = viewer_for(str(browser.facts["_user_id"]))
    assert viewer is not None
    return viewer.session_id


def test_every_open_session_is_a_row_and_nobody_elses(browser: Browsers, world: World) -> None:
    tuva = browser()
    tuva.client.environ_base["HTTP_USER_AGENT"] = PHONE
    tuva.sign_in("tuva", keep="y")
    browser("tuva", keep=False)
    browser("amina")
    page = tuva.get("/me/sessions")
    words = words_of(page)
    assert page.text.count('class="place"') == 2
    assert "Phone, Android, Chrome" in words and "in use now" in words and "Own device" in words
    assert "A device we can't name" in words and "Shared device" in words
    assert "127.0.0.1" not in page.text and PHONE not in page.text
    stored = session().scalars(select(SignInSession.device).where(SignInSession.member_id == world.id("tuva")))
    assert set(stored) == {"phone/Android/Chrome", ""}


def test_joining_keeps_the_device_too(browser: Browsers, make: Any) -> None:
    newcomer = browser()
    newcomer.client.environ_base["HTTP_USER_AGENT"] = PHONE
    assert newcomer.get(f"/i/{make.invitation().link}").status_code == 303
    joined = newcomer.post("/join", display_name="Nykomling", password=NEW, accept_rules="y", language="en")
    assert joined.status_code == 303
    assert "Phone, Android, Chrome" in words_of(newcomer.get("/me/sessions"))


def test_a_session_that_ran_out_is_no_row(browser: Browsers) -> None:
    browser("tuva", keep=False)
    here = browser("tuva")
    with clock.at(NOW + timedelta(minutes=21)):
        assert here.get("/me/sessions").text.count('class="place"') == 1


def test_signing_out_one_ends_that_one_at_once(browser: Browsers, world: World, heard: Heard) -> None:
    here, there, third = browser("tuva"), browser("tuva"), browser("tuva")
    id_ = session_of(there)
    answer = here.post(f"/me/sessions/{id_}/end")
    assert (answer.status_code, answer.location) == (303, "/me/sessions?done=one")
    assert "You are signed out there." in words_of(here.get(answer.location))
    assert there.get("/").status_code == 302
    assert third.get("/").status_code == 200 and here.get("/").status_code == 200
    assert (f"session:{id_}", "session:ended", {"session": id_}) in heard
    assert acts(world.id("tuva"))[-1] == "session.ended"
    assert here.post(f"/me/sessions/{id_}/end").status_code == 404, "it has ended"


def test_somebody_elses_session_does_not_exist(browser: Browsers) -> None:
    tuva, amina = browser("tuva"), browser("amina")
    foreign = tuva.post(f"/me/sessions/{session_of(amina)}/end")
    unknown = tuva.post("/me/sessions/4711/end")
    assert foreign.status_code == unknown.status_code == 404
    assert words_of(foreign) == words_of(unknown)
    assert amina.get("/").status_code == 200


def test_all_others_end_and_this_one_stays(browser: Browsers, world: World, heard: Heard) -> None:
    here, there, third = browser("tuva"), browser("tuva"), browser("tuva", keep=False)
    amina = browser("amina")
    assert here.post("/me/sessions/end-others").location == "/me/sessions?done=others"
    assert [each.get("/").status_code for each in (here, there, third, amina)] == [200, 302, 302, 200]
    assert len([one for one in heard if one[1] == "session:ended"]) == 2
    assert acts(world.id("tuva"))[-1] == "session.others_ended"
    assert "Nowhere else" in words_of(here.get("/me/sessions"))
    assert here.post("/me/sessions/end-others").status_code == 303, "with nothing to end"
    assert acts(world.id("tuva")).count("session.others_ended") == 1


def test_a_device_becomes_ones_own_with_a_fresh_password_and_shared_without(browser: Browsers) -> None:
    tuva = browser("tuva", keep=False)
    with clock.at(NOW + timedelta(minutes=16)):
        asked = tuva.post("/me/sessions/own")
        assert asked.status_code == 403 and "Is it you?" in words_of(asked)
        from tests.client import field_in

        answer = tuva.post("/confirm", carried=field_in(asked, "carried"), password=PASSWORD)
        assert answer.location == "/me/sessions?done=own"
        assert "Expires=" in tuva.get(answer.location).headers["Set-Cookie"]
        with clock.at(NOW + timedelta(days=300)):
            assert tuva.get("/me").status_code == 200
            answer = tuva.post("/me/sessions/shared")
            assert answer.location == "/me/sessions?done=shared"
            assert "Expires=" not in tuva.get(answer.location).headers["Set-Cookie"]
    with clock.at(NOW + timedelta(days=300, minutes=21)):
        assert tuva.get("/me").status_code == 302


def test_me_says_that_a_device_is_shared(browser: Browsers) -> None:
    words = "This device is marked as shared"
    assert words in words_of(browser("tuva", keep=False).get("/me"))
    assert words not in words_of(browser("tuva").get("/me"))


def test_what_an_open_page_asks_for_by_itself_keeps_no_session_alive(app: Any, own_database: Any) -> None:
    """Otherwise a thread left open would never be idle: every new reply makes the page ask."""
    from community.home import housekeeping
    from tests.world import World

    touched: list[int] = []
    world = World()
    tuva = Browser(app, world).signed_in("tuva", keep=False)
    before = housekeeping.touch
    housekeeping.touch = lambda viewer: touched.append(viewer.id)  # type: ignore[assignment]
    try:
        tuva.world = None  # the helper's own touch would come first
        with clock.at(NOW + timedelta(minutes=5)):
            for headers in ({"X-Part": "1", "X-By-Itself": "1"}, {"X-By-Itself": "1"}):
                assert tuva.get("/feed/newer", headers=headers).status_code == 200
                assert tuva.get("/here", headers=headers).status_code == 204
            assert touched == []
            assert tuva.get("/here").status_code == 204
            assert touched == [world.id("tuva")]
    finally:
        housekeeping.touch = before


def test_a_changed_password_ends_all_other_sessions(browser: Browsers, world: World, heard: Heard) -> None:
    here, there = browser("tuva"), browser("tuva")
    thief = browser()
    thief.cookie = here.cookie
    answer = here.post("/me/password", old_password=PASSWORD, password=NEW)
    assert (answer.status_code, answer.location) == (303, "/me/password?saved=1")
    assert "signed out everywhere else" in words_of(here.get(answer.location))
    assert there.get("/").status_code == 302
    assert thief.get("/").status_code == 302, "a copied cookie of this very session"
    assert here.post("/me", display_name="Tuva", avatar="a02", colour="b").status_code == 303, "open forms stay good"
    assert len([one for one in heard if one[1] == "session:ended"]) == 1
    assert acts(world.id("tuva"))[-1] == "member.password_changed"
    assert browser().sign_in("tuva").status_code == 422
    assert browser().sign_in("tuva", NEW).status_code == 303


REFUSED = [
    ("not it at all", NEW, "That isn't your password."),
    ("", NEW, "Write your password."),
    ("x" * 1000, NEW, "That isn't your password."),
    (PASSWORD, "", "Choose a password."),
    (PASSWORD, "short 123", "At least 10 characters."),
    (PASSWORD, "x" * 129, "At most 128 characters."),
    (PASSWORD, "password1234", "too easy to guess"),
    (PASSWORD, "tuva tuva 12", "Your name is in it."),
    (PASSWORD, PASSWORD, "That is the password you have."),
]


@pytest.mark.parametrize(("old", "new", "sentence"), REFUSED)
def test_a_password_is_not_changed(browser: Browsers, world: World, old: str, new: str, sentence: str) -> None:
    here, there = browser("tuva"), browser("tuva")
    answer = here.post("/me/password", old_password=old, password=new)
    assert answer.status_code == 422
    assert sentence in words_of(answer)
    assert there.get("/").status_code == 200
    assert "member.password_changed" not in acts(world.id("tuva"))
    assert browser().sign_in("tuva").status_code == 303


def test_without_the_old_password_there_is_no_new_one(browser: Browsers) -> None:
    assert browser("tuva").post("/me/password", password=NEW).status_code == 422
    assert browser().sign_in("tuva").status_code == 303


def test_guessing_the_old_password_is_slowed_like_signing_in(browser: Browsers) -> None:
    tuva = browser("tuva")
    for _try in range(5):
        assert tuva.post("/me/password", old_password="guess guess", password=NEW).status_code == 422
    assert tuva.post("/me/password", old_password=PASSWORD, password=NEW).status_code == 429


def test_a_carried_password_form_brings_no_password(browser: Browsers) -> None:
    """Signed is not sealed: what rides over the sign-in can be read by whoever sits there."""
    tuva = browser("tuva")
    tuva.token()
    cookie = tuva.cookie
    tuva.post("/logout")
    tuva.cookie = cookie
    answer = tuva.post("/me/password", old_password=PASSWORD, password=NEW)
    assert answer.status_code == 401
    from community.core import carry
    from tests.client import field_in

    with tuva.app.test_request_context("/"):
        assert carry.fields_in(field_in(answer, "carried")) == {}
