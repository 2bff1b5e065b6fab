"""Staff have a second step; members may. What it is worth: replays, guesses, clocks that jump, half-open sessions."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pyotp
import pytest
from flask import Flask
from flask.testing import FlaskCliRunner
from sqlalchemy import func, select

from community.core import clock, crypto
from community.core.audit import AuditLine
from community.core.db import session, transaction
from community.members import actions, second_step
from community.members.models import AuthenticatorApp, MembershipPeriod, RecoveryCode
from community.members.rules import COMMAND_LINE
from tests.client import Browser, field_in, words_of
from tests.make import Make
from tests.world import NOW, PASSWORD, TODAY, World

Browsers = Callable[..., Browser]
SET_UP = "/me/second-step/set-up"


def _code(secret: str, later: timedelta = timedelta(0)) -> str:
    return pyotp.TOTP(secret).at(clock.now() + later)


def _give(browser: Browser, **fields: str) -> Any:
    answer = browser.post("/second-step", **fields)
    browser._token = None
    return answer


def _audited(act: str) -> int:
    return session().scalar(select(func.count()).select_from(AuditLine).where(AuditLine.act == act)) or 0


@pytest.fixture
def half(browser: Browsers, make: Make) -> tuple[Browser, str]:
    """Petra has typed her password; her app's secret."""
    secret, petra = make.authenticator("petra"), browser()
    assert petra.sign_in("petra", next="/invitations").location == "/second-step?next=/invitations"
    return petra, secret


def test_the_code_of_the_app_makes_the_session_whole(half: tuple[Browser, str]) -> None:
    petra, secret = half
    asked = petra.get("/second-step?next=/invitations")
    answer = _give(petra, code=_code(secret), next=field_in(asked, "next"))
    assert (answer.status_code, answer.location) == (303, "/invitations")
    assert petra.get("/invitations").status_code == 200


def test_staff_without_one_reach_nothing_but_setting_it_up(browser: Browsers) -> None:
    sara = browser()
    assert sara.sign_in("sara").location == SET_UP
    for path in ("/", "/write", "/c/personal", "/me", "/invitations", "/rules", "/me/passkeys", "/me/recovery-codes"):
        assert sara.get(path).location.split("?")[0] == SET_UP, path
    page = sara.get(SET_UP)
    assert page.status_code == 200
    assert "/c/" not in page.text, "channels are not named to a session that is half open"
    assert sara.get("/help").status_code == 200
    assert sara.post("/leave").status_code == 200


def test_no_socket_is_opened_for_a_half_open_session(half: tuple[Browser, str], browser: Browsers) -> None:
    sara = browser("sara", second_step=False)
    for each in (half[0], sara):
        assert not each.socket().is_connected()


def test_the_code_must_not_be_gone_round(half: tuple[Browser, str]) -> None:
    """Whoever knows only the password sets up no other app, makes no codes and no passkey."""
    petra, _secret = half
    for path in (SET_UP, "/me/recovery-codes", "/me/second-step/off", "/me/passkeys", "/me/passkeys/options"):
        assert petra.post(path, code="000000").status_code == 403, path
    assert petra.get(SET_UP).location.startswith("/second-step")


def test_setting_it_up_lets_staff_in_and_shows_ten_codes_once(browser: Browsers, world: World) -> None:
    sara = browser()
    sara.sign_in("sara")
    page = sara.get(SET_UP)
    assert 'src="data:image/svg+xml' in page.text
    secret = _secret_in(page.text)
    assert _secret_in(sara.get(SET_UP).text) == secret, "loading it again shows the same picture"
    wrong = sara.post(SET_UP, code="12345")
    assert wrong.status_code == 422 and _secret_in(wrong.text) == secret
    before = sara.cookie
    done = sara.post(SET_UP, code=_code(secret))
    assert done.status_code == 200
    codes = re.findall(r"<li>([2-9A-Z]{5} [2-9A-Z]{5})</li>", done.text)
    assert len(set(codes)) == 10
    assert sara.get("/").status_code == 200
    thief = browser()
    thief.cookie = before
    assert thief.get("/").location.startswith("/login"), "the session goes on under a new token"
    rows = [row.code_hash for row in session().scalars(select(RecoveryCode))]
    assert len(rows) == 10 and not {code.replace(" ", "") for code in codes} & set(rows)
    sealed = session().get_one(AuthenticatorApp, world.id("sara")).secret_sealed
    assert secret not in sealed
    with pytest.raises(crypto.Unsealable):
        crypto.unseal(sealed, f"authenticator_app:{world.id('petra')}:secret")


def _secret_in(page: str) -> str:
    found = re.search(r'class="secret small"[^>]*>([^<]+)<', page)
    assert found
    return found[1].replace(" ", "")


def test_a_code_is_good_once(half: tuple[Browser, str], browser: Browsers) -> None:
    petra, secret = half
    code = _code(secret)
    assert _give(petra, code=code).status_code == 303
    again = browser()
    again.sign_in("petra")
    answer = _give(again, code=code)
    assert answer.status_code == 422
    assert "has been used" in words_of(answer)
    with clock.at(NOW + timedelta(seconds=30)):
        assert _give(again, code=code).status_code == 422, "not within its second half-minute either"
        assert _give(again, code=_code(secret)).status_code == 303


@pytest.mark.parametrize(("seconds", "good"), [(-60, False), (-30, True), (0, True), (30, True), (60, False)])
def test_a_step_to_either_side(half: tuple[Browser, str], seconds: int, good: bool) -> None:
    petra, secret = half
    assert (_give(petra, code=_code(secret, timedelta(seconds=seconds))).status_code == 303) is good


def test_a_clock_that_jumps_revives_no_code_and_locks_nobody_out(make: Make, browser: Browsers) -> None:
    secret, used = make.authenticator("petra"), []
    for moment in (NOW, NOW + timedelta(hours=1), NOW + timedelta(days=90)):
        with clock.at(moment):
            petra = browser()
            petra.sign_in("petra")
            used.append((moment, _code(secret)))
            assert _give(petra, code=_code(secret)).status_code == 303
    for moment, code in reversed(used):
        with clock.at(moment):
            thief = browser()
            thief.sign_in("petra")
            assert _give(thief, code=code).status_code == 422
    with clock.at(NOW + timedelta(minutes=2)):
        petra = browser()
        petra.sign_in("petra")
        assert _give(petra, code=_code(secret)).status_code == 303, "put back, the clock shuts nobody out"


@pytest.mark.parametrize("typed", ["", " ", "1234567", "abcdef", "x" * 100_000, "\x00", "12 34"])
def test_what_is_no_code_is_refused_with_the_form(half: tuple[Browser, str], typed: str) -> None:
    answer = _give(half[0], code=typed, next="/me")
    assert answer.status_code == 422
    assert field_in(answer, "next") == "/me"


def test_missing_and_doubled_fields_are_refused(half: tuple[Browser, str]) -> None:
    petra, secret = half
    assert _give(petra).status_code == 422
    assert petra.post("/second-step", {"code": [_code(secret)] * 2}).status_code == 422
    assert petra.post("/second-step", code=_code(secret), staff="1").status_code == 422


def test_digits_of_every_script_and_spaces_are_digits(half: tuple[Browser, str]) -> None:
    petra, secret = half
    code = "".join(chr(0x660 + int(digit)) for digit in _code(secret))
    assert _give(petra, code=f"{code[:3]} {code[3:]}").status_code == 303


def test_twenty_wrong_codes_meet_a_wait_and_the_owner_comes_in_elsewhere(
    app: Flask, world: World, make: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    slept: list[float] = []
    monkeypatch.setattr("community.members.proof.loop.sleep", slept.append)
    secret, wrong = make.authenticator("petra"), 0
    for address in ("10.0.0.1", "10.0.0.2", "10.0.0.3", "10.0.0.4"):
        thief = Browser(app, world, address=address)
        thief.sign_in("petra")
        for _try in range(5):
            assert _give(thief, code="000000").status_code == 422
            wrong += 1
        assert _give(thief, code="000000").status_code == 429
    assert (wrong, _audited("second_step.wrong")) == (20, 20)
    owner = Browser(app, world, address="10.0.0.9")
    owner.sign_in("petra")
    assert _give(owner, code=_code(secret)).status_code == 303
    assert slept and max(slept) <= 2.0, "ever slower, never shut"


def test_a_hundred_wrong_codes_within_a_day_close_the_app_but_not_the_account(
    app: Flask, world: World, make: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("community.members.proof.loop.sleep", lambda _seconds: None)
    secret, codes = make.authenticator("petra"), make.recovery_codes("petra")
    for number in range(20):
        thief = Browser(app, world, address=f"2001:db8:{number:x}::1")
        thief.sign_in("petra")
        for _try in range(5):
            assert _give(thief, code="000000").status_code == 422
    owner = Browser(app, world, address="10.0.0.9")
    owner.sign_in("petra")
    assert _give(owner, code=_code(secret)).status_code == 429
    assert _give(owner, recovery=codes[0]).status_code == 303


def test_all_addresses_of_one_line_are_one_place(app: Flask, world: World, make: Make) -> None:
    make.authenticator("petra")
    for number in range(6):
        thief = Browser(app, world, address=f"2001:db8:0:1:{number}::1")
        thief.sign_in("petra")
        assert _give(thief, code="000000").status_code == (422 if number < 5 else 429)


def test_a_recovery_code_stands_in_for_the_app_once(half: tuple[Browser, str], make: Make, browser: Browsers) -> None:
    petra, codes = half[0], make.recovery_codes("petra")
    assert _give(petra, recovery="ABCDE 22222").status_code == 422
    assert _give(petra, recovery=f" {codes[0][:5].lower()} {codes[0][5:]}").status_code == 303
    again = browser()
    again.sign_in("petra")
    assert _give(again, recovery=codes[0]).status_code == 422
    assert _give(again, recovery=make.recovery_codes("tuva")[0]).status_code == 422, "somebody else's"
    assert _give(again, recovery=codes[1]).status_code == 303
    assert (_audited("recovery_code.used"), _audited("second_step.wrong")) == (2, 3)


def test_the_cookie_from_before_the_second_step_is_worth_nothing_after(
    half: tuple[Browser, str], browser: Browsers
) -> None:
    petra, secret = half
    thief = browser()
    thief.cookie = petra.cookie
    assert thief.get("/").location.startswith("/second-step")
    assert _give(petra, code=_code(secret)).status_code == 303
    assert thief.get("/").location.startswith("/login")


def test_what_was_being_written_rides_over_both_steps(browser: Browsers, world: World, make: Make) -> None:
    secret, petra = make.authenticator("petra"), browser("petra")
    petra.token()
    actions.sign_out_everywhere(COMMAND_LINE, "petra")
    asked = petra.post("/write", text="långt", client_id="both-steps-1", space_id=world.space("minnen"), mode="tell")
    step = petra.sign_in("petra", carried=field_in(asked, "carried"))
    assert step.status_code == 200 and field_in(step, "carried")
    wrong = _give(petra, code="000000", carried=field_in(step, "carried"))
    assert wrong.status_code == 422
    sent = _give(petra, code=_code(secret), carried=field_in(wrong, "carried"))
    assert sent.status_code == 303
    assert world.piece("both-steps-1").text == "långt"


def test_a_member_turns_it_on_and_off(browser: Browsers) -> None:
    tuva, other = browser("tuva"), browser("tuva", second_step=False)
    assert "It is off." in words_of(tuva.get("/me/second-step"))
    secret = _secret_in(tuva.get(SET_UP).text)
    assert tuva.post(SET_UP, code=_code(secret)).status_code == 200
    tuva._token = None
    assert tuva.get("/").status_code == 200
    assert other.get("/").location == "/second-step", "her other sessions wait for it from now on"
    assert browser().sign_in("tuva").location == "/second-step"
    off = tuva.post("/me/second-step/off")
    assert off.status_code == 303
    assert browser().sign_in("tuva").location == "/"


def test_staff_replace_theirs_and_never_do_without(browser: Browsers, make: Make) -> None:
    old, petra = make.authenticator("petra"), browser("petra")
    refused = petra.post("/me/second-step/off")
    assert refused.status_code == 403 and "second step" in words_of(refused)
    assert "Turn it off" not in petra.get("/me/second-step").text
    new = _secret_in(petra.get(SET_UP).text)
    assert petra.post(SET_UP, code=_code(new)).status_code == 200
    again = browser()
    again.sign_in("petra")
    with clock.at(NOW + timedelta(seconds=45)):
        assert _give(again, code=_code(old)).status_code == 422
        assert _give(again, code=_code(new)).status_code == 303


@pytest.mark.parametrize(
    ("method", "path"),
    [("GET", SET_UP), ("POST", SET_UP), ("POST", "/me/second-step/off"), ("POST", "/me/recovery-codes")],
)
def test_it_is_changed_with_a_fresh_password_alone(browser: Browsers, make: Make, method: str, path: str) -> None:
    make.authenticator("tuva")
    tuva = browser("tuva")
    with clock.at(NOW + timedelta(minutes=16)):
        if method == "GET":
            assert tuva.get(path).location == f"/confirm?next={path}"
        else:
            answer = tuva.post(path, {"code": "1"} if path == SET_UP else {})
            assert answer.status_code == 403 and 'action="/confirm"' in answer.text
    assert session().get(AuthenticatorApp, make.world.id("tuva")) is not None


def test_an_adult_who_starts_to_work_here_is_asked_at_her_next_request(
    app: Flask, world: World, browser: Browsers
) -> None:
    johanna = browser("johanna", second_step=False)
    assert johanna.get("/").status_code == 200
    with transaction() as s:
        house = world.house("Solgläntan")
        s.add(MembershipPeriod(member_id=world.id("johanna"), kind="staff", house_id=house, from_on=TODAY))
    assert johanna.get("/").location == SET_UP
    kept = johanna.post(
        "/write", text="halvvägs", client_id="starts-here-1", space_id=world.space("minnen"), mode="tell"
    )
    assert kept.status_code == 403 and "halvvägs" in kept.text


@pytest.fixture
def exempt() -> Iterator[None]:
    second_step.configure(staff_exempt=True)
    yield
    second_step.configure(staff_exempt=False)


def test_demo_staff_may_be_exempted_but_not_from_a_step_they_have(exempt: None, browser: Browsers, make: Make) -> None:
    make.authenticator("petra")
    assert browser().sign_in("sara").location == "/"
    assert browser().sign_in("petra").location == "/second-step"


def test_new_recovery_codes_replace_the_old_ones(browser: Browsers, make: Make) -> None:
    old, tuva = make.recovery_codes("tuva"), browser("tuva")
    assert "10 recovery codes left" in words_of(tuva.get("/me/recovery-codes"))
    page = tuva.post("/me/recovery-codes")
    new = re.findall(r"<li>([2-9A-Z]{5} [2-9A-Z]{5})</li>", page.text)
    assert len(new) == 10
    visitor = browser()
    assert visitor.post("/recover", name="tuva", code=old[0]).status_code == 422
    assert visitor.post("/recover", name="tuva", code=new[0]).status_code == 303
    assert not any(code in tuva.get("/me/recovery-codes").text for code in new)


def test_a_member_sets_no_password_of_somebody_else(browser: Browsers) -> None:
    assert browser("tuva").get("/recover").status_code == 303
    assert browser().post("/recover/password", password=PASSWORD).location == "/recover"


def test_the_command_line_resets_a_lost_second_step(app: Flask, browser: Browsers, make: Make) -> None:
    make.authenticator("petra")
    make.passkey("petra")
    codes, petra = make.recovery_codes("petra"), browser("petra")
    done = FlaskCliRunner(app).invoke(args=["member", "reset-second-step", "petra"])
    assert done.exit_code == 0, done.output
    assert petra.get("/").location.startswith("/login")
    again = browser()
    assert again.sign_in("petra").location == SET_UP
    assert _give(again, recovery=codes[0]).status_code == 403
    assert FlaskCliRunner(app).invoke(args=["member", "reset-second-step", "nobody"]).exit_code == 1
