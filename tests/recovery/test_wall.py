"""After help from somebody else: the private side waits a day, and every device and address can stop it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select, update

from community.core import clock
from community.core.db import session, transaction
from community.core.errors import Gone, Invalid, NotAllowed
from community.core.policy import can
from community.members import actions
from community.members.models import Member, Passkey, SignInSession
from community.members.rules import PRIVATE_SIDE, private_side_open
from community.recovery import emails, links, queries
from community.recovery.models import EmailAddress
from community.streams import actions as streams
from community.streams import own
from tests.client import Browser
from tests.make import Make
from tests.recovery.test_links import HERE, NEW, come_back
from tests.world import NOW, PASSWORD, World

LATER = NOW + timedelta(minutes=2)


def help_in(world: World, who: str = "tuva", maker: str = "sara") -> links.Made:
    with clock.at(LATER):
        return links.make_for(world.viewer(maker), world.id(who))


def row_of(world: World, who: str) -> Member:
    return session().get_one(Member, world.id(who), populate_existing=True)


def test_the_group_opens_at_once_and_the_private_side_a_day_later(
    browser: Callable[..., Browser], world: World
) -> None:
    assert private_side_open(world.viewer("tuva"))
    streams.save_draft(world.viewer("tuva"), "new", {"text": "before"})
    made = help_in(world)
    with clock.at(LATER):
        come_back(browser(), made.secret)
        tuva = browser("tuva")
        viewer = world.viewer("tuva")
        assert not private_side_open(viewer) and not can(viewer, PRIVATE_SIDE)
        assert tuva.get("/").status_code == 200
        assert own.draft_for(viewer, "new") is None
        page = tuva.get("/me/way-back")
        assert 'name="address"' not in page.text
        for path, fields in (("/me/email", {"address": "new@example.com"}), ("/me/email/remove", {})):
            assert tuva.post(path, fields).status_code == 403
    with clock.at(LATER + timedelta(hours=24)):
        assert private_side_open(world.viewer("tuva"))
        assert own.draft_for(world.viewer("tuva"), "new") == {"text": "before"}
    with clock.at(LATER + timedelta(hours=23, minutes=59)):
        assert not private_side_open(world.viewer("tuva"))


def test_what_is_written_after_coming_in_is_hers_at_once(browser: Callable[..., Browser], world: World) -> None:
    made = help_in(world)
    with clock.at(LATER):
        come_back(browser(), made.secret)
    with clock.at(LATER + timedelta(minutes=5)):
        streams.save_draft(world.viewer("tuva"), "new", {"text": "after"})
        assert own.draft_for(world.viewer("tuva"), "new") == {"text": "after"}


def test_every_signed_in_device_is_told_and_can_kill_the_link(
    browser: Callable[..., Browser], world: World, heard: list[Any]
) -> None:
    phone, stranger = browser("tuva"), browser("amina")
    made = help_in(world)
    assert (f"member:{world.id('tuva')}", "way-in:notice", {"member": world.id("tuva")}) in heard
    with clock.at(LATER):
        for path in ("/", "/me", "/me/notice"):
            assert "Sara" in phone.get(path).text and "/stop" in phone.get(path).text
        assert "/stop" not in stranger.get("/me/notice").text
        assert stranger.post("/stop").status_code == 410
        assert phone.post("/stop").location == "/stopped"
        assert phone.get("/").status_code == 200  # nothing of hers was changed
        assert browser().get(f"/back/{made.secret}").status_code == 410
        assert "/stop" not in phone.get("/me/notice").text
    assert row_of(world, "tuva").frozen_at is None
    assert browser().sign_in("tuva", PASSWORD).status_code == 303


def test_a_device_that_was_signed_out_by_it_can_still_stop_it(browser: Callable[..., Browser], world: World) -> None:
    phone = browser("tuva")
    made = help_in(world)
    with clock.at(LATER):
        thief = browser()
        come_back(thief, made.secret)
        assert thief.sign_in("tuva", NEW).status_code == 303
        assert "It wasn&#39;t me, stop" not in thief.get("/me/notice").text
        assert phone.get("/").status_code == 302
        assert 'action="/stop"' in phone.get("/login").text
        assert phone.post("/stop").location == "/stopped"
        assert thief.get("/").status_code == 302
        for password in (NEW, PASSWORD):  # frozen: neither opens it
            assert browser().sign_in("tuva", password).status_code == 422
        assert phone.get("/").status_code == 302  # and whoever pressed has gained nothing
        assert 'action="/stop"' not in phone.get("/login").text
        assert phone.post("/stop").status_code == 410


def test_a_new_device_and_a_day_old_one_stop_nothing(browser: Callable[..., Browser], world: World) -> None:
    phone, shared = browser("tuva"), browser("tuva", keep=False)
    made = help_in(world)
    with clock.at(LATER + timedelta(minutes=25)):
        come_back(browser(), made.secret)
        late = browser("tuva")
        assert late.post("/stop").status_code == 410
        assert shared.post("/stop").status_code == 410  # had run out before: whoever sits there now is nobody
    with clock.at(LATER + timedelta(hours=25)):
        assert phone.post("/stop").status_code == 410


def test_a_session_without_its_second_step_stops_nothing(
    browser: Callable[..., Browser], world: World, make: Make
) -> None:
    make.authenticator("tuva")
    half = browser()
    half.sign_in("tuva", PASSWORD)
    made = help_in(world)
    with clock.at(LATER):
        come_back(browser(), made.secret)
        assert half.post("/stop").status_code == 410


def test_whoever_comes_in_herself_is_not_offered_to_stop_herself(browser: Callable[..., Browser], world: World) -> None:
    phone = browser("tuva")
    made = help_in(world)
    with clock.at(LATER):
        come_back(phone, made.secret)
        phone._token = None
        assert 'action="/stop"' not in phone.get("/login").text
        assert phone.post("/stop").status_code == 410


def test_after_a_stop_somebody_else_meets_her_and_an_old_device_stops_nothing_more(
    browser: Callable[..., Browser], world: World
) -> None:
    phone, other = browser("tuva"), browser("tuva")
    first = help_in(world)
    with clock.at(LATER):
        come_back(browser(), first.secret)
        phone.post("/stop")
    with clock.at(LATER + timedelta(hours=1)):
        assert "Tuva" in browser("birgitta").get("/ways-in").text
        for maker in ("sara", "petra"):  # its maker, and staff who settle nothing
            with pytest.raises(NotAllowed):
                links.make_for(world.viewer(maker), world.id("tuva"))
        second = links.make_for(world.viewer("birgitta"), world.id("tuva"))
        for old in (phone, other):
            assert old.post("/stop").status_code == 410
        back = browser()
        come_back(back, second.secret)
        assert row_of(world, "tuva").frozen_at is None
        assert back.sign_in("tuva", NEW).status_code == 303
        for old in (phone, other):
            assert old.post("/stop").status_code == 410
        assert queries.stopped_lately(world.viewer("birgitta")) == []
        assert not private_side_open(world.viewer("tuva"))


def test_a_manager_who_made_it_does_not_settle_her_own_stop(browser: Callable[..., Browser], world: World) -> None:
    phone = browser("tuva")
    made = help_in(world, maker="birgitta")
    with clock.at(LATER):
        come_back(browser(), made.secret)
        phone.post("/stop")
        with pytest.raises(NotAllowed):
            links.make_for(world.viewer("birgitta"), world.id("tuva"))


def test_a_frozen_account_opens_to_nothing_that_opens_sessions(world: World) -> None:
    with transaction() as s:
        s.execute(update(Member).where(Member.id == world.id("tuva")).values(frozen_at=NOW))
    with pytest.raises(Invalid):
        actions.open_session(world.id("tuva"), kept=True)


def test_looking_at_the_stop_page_stops_nothing(browser: Callable[..., Browser], world: World) -> None:
    phone = browser("tuva")
    made = help_in(world)
    with clock.at(LATER):
        assert phone.get("/stop").status_code == 200
        assert links.redeem(HERE, made.secret)


def test_two_presses_at_once_are_one(world: World, browser: Callable[..., Browser]) -> None:
    browser("tuva")
    made = help_in(world)
    holder = queries.holder_of(made.id)
    assert holder is not None
    with clock.at(LATER):
        assert links.stop(holder) is False
        with pytest.raises(Gone):
            links.stop(holder)
    assert session().scalar(select(SignInSession.ended_at).where(SignInSession.member_id == world.id("tuva"))) is None


def test_a_second_link_does_not_hide_the_one_somebody_came_in_by(browser: Callable[..., Browser], world: World) -> None:
    phone, first = browser("tuva"), help_in(world)
    with clock.at(LATER):
        thief = browser()
        come_back(thief, first.secret)
        assert thief.sign_in("tuva", NEW).status_code == 303
    second = help_in(world)
    with clock.at(LATER):
        assert phone.post("/stop").location == "/stopped"
        assert thief.get("/").status_code == 302
        assert row_of(world, "tuva").frozen_at is not None
        assert browser().get(f"/back/{second.secret}").status_code == 410


def test_a_link_taken_back_leaves_the_power_to_stop_the_one_before(
    browser: Callable[..., Browser], world: World
) -> None:
    phone, first = browser("tuva"), help_in(world)
    with clock.at(LATER):
        come_back(browser(), first.secret)
    second = help_in(world)
    with clock.at(LATER):
        links.withdraw(world.viewer("sara"), second.id)
        assert phone.post("/stop").location == "/stopped"
        assert row_of(world, "tuva").frozen_at is not None


def test_a_link_from_before_the_stop_opens_nothing_after_it(browser: Callable[..., Browser], world: World) -> None:
    phone, made = browser("tuva"), help_in(world)
    with clock.at(LATER):
        come_back(browser(), made.secret)
        with transaction():
            letter = links.write(world.id("tuva"), "mail")
        assert phone.post("/stop").location == "/stopped"
        with pytest.raises(Gone):
            links.redeem(HERE, letter.secret)


def test_what_whoever_came_in_made_for_herself_goes_with_the_stop(
    browser: Callable[..., Browser], world: World, make: Make
) -> None:
    phone, made = browser("tuva"), help_in(world)
    make.passkey("tuva")  # hers, from before
    with clock.at(LATER):
        come_back(browser(), made.secret)
        with transaction() as s:
            theirs = Passkey(
                member_id=world.id("tuva"),
                made_at=clock.now(),
                credential_id="theirs",
                public_key="A",
                sign_count=0,
                name="x",
            )
            s.add(theirs)
        assert phone.post("/stop").location == "/stopped"
    kept = session().scalars(select(Passkey.credential_id).where(Passkey.member_id == world.id("tuva"))).all()
    assert len(kept) == 1 and "theirs" not in kept


def test_an_address_asked_for_before_the_help_never_counts(browser: Callable[..., Browser], world: World) -> None:
    with clock.at(NOW):
        emails.add_email(replace(world.viewer("tuva"), password_at=clock.now()), "thief@example.com")
    made = help_in(world)
    with clock.at(LATER):
        come_back(browser(), made.secret)
        waiting = select(EmailAddress.id).where(EmailAddress.member_id == world.id("tuva"))
        assert session().scalars(waiting).all() == []


def test_a_sign_in_that_was_under_way_does_not_survive_a_new_password(world: World) -> None:
    stored = row_of(world, "tuva").password_hash
    with transaction() as s:
        s.execute(update(Member).where(Member.id == world.id("tuva")).values(password_hash="another"))
    with pytest.raises(Invalid):
        actions.open_session(world.id("tuva"), kept=True, proved_by=stored)
