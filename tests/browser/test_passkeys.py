"""Passkeys with a device of the browser's own: made, used, as both steps of staff, removed. And the second step by an
app, without JavaScript."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Callable, Iterator

import pyotp
import pytest
from playwright.sync_api import Browser, CDPSession, Page, expect

from tests.browser import axe
from tests.browser.looks import Look
from tests.browser.people import PASSWORD, People
from tests.serve import ROOT, Hearth

Shot = Callable[..., None]


@pytest.fixture(scope="module")
def strict(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hearth]:
    """A house in which staff need their second step."""
    with Hearth(tmp_path_factory.mktemp("strict") / "data", DEMO_NO_LIMITS="1", DEMO_SKIP_TOTP="0") as server:
        yield server


@pytest.fixture
def staff(strict: Hearth) -> str:
    """Somebody who works here and has no second step yet."""
    command = [sys.executable, "-m", "flask", "member", "reset-second-step", "sara"]
    subprocess.run(command, cwd=ROOT, env=dict(strict.env), check=True, capture_output=True, timeout=30)
    return "sara"


@pytest.fixture
def house(browser: Browser, strict: Hearth, look: Look) -> Iterator[People]:
    here = People(browser, _address(strict, "localhost"), look)
    yield here
    here.end()


def _address(server: Hearth, host: str) -> str:
    return f"http://{host}:{server.port}"


def _device(page: Page) -> tuple[CDPSession, str]:
    """A device with a finger on it."""
    line = page.context.new_cdp_session(page)
    line.send("WebAuthn.enable")
    options = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True}
    more = {"isUserVerified": True, "automaticPresenceSimulation": True}
    made = line.send("WebAuthn.addVirtualAuthenticator", {"options": {**options, **more}})
    return line, str(made["authenticatorId"])


def _sign_in(page: Page, name: str) -> None:
    page.goto("/login")
    page.locator("[name=name]").fill(name)
    page.locator("[name=password]").fill(PASSWORD)
    page.locator("form.card button[type=submit]").click()


def _make(page: Page, look: Look, name: str) -> None:
    page.locator("#passkey-name").fill(name)
    page.get_by_role("button", name=look.say("Make a passkey")).click()


def _use(page: Page, look: Look) -> None:
    page.get_by_role("button", name=look.say("Use a passkey")).click()


def _out(page: Page, look: Look) -> None:
    page.goto("/me")
    page.get_by_role("button", name=look.say("Sign out")).click()
    expect(page).to_have_url(re.compile("/login"))


def test_a_member_makes_one_comes_in_by_it_and_removes_it(house: People, look: Look, shot: Shot) -> None:
    page = house.visitor()
    _device(page)
    _sign_in(page, "amina")
    expect(page).to_have_url(re.compile("/$"))
    house.reads(page, look.lang)
    page.goto("/me/passkeys")
    expect(page.get_by_text(look.say("You have no passkeys yet."))).to_be_visible()
    _make(page, look, "Min mobil")
    expect(page.locator(".passkeys strong")).to_have_text("Min mobil")
    shot(page, "passkeys one")
    assert not axe.violations(page)
    _out(page, look)
    _use(page, look)
    expect(page).to_have_url(re.compile("/$"))
    page.goto("/me/passkeys")
    expect(page.locator(".passkeys .meta")).to_contain_text(look.say("last used"))
    page.goto("/confirm?next=/me/passkeys")  # a passkey is no password: what matters asks for it
    page.locator("[name=password]").fill(PASSWORD)
    page.locator("form.card button[type=submit]").click()
    page.locator(".passkeys summary").click()
    page.get_by_role("button", name=look.say("Remove %(name)s", name="Min mobil")).click()
    expect(page.get_by_text(look.say("You have no passkeys yet."))).to_be_visible()
    _out(page, look)
    house.guard(page).expect(422)
    _use(page, look)
    expect(page.get_by_role("heading", level=1)).to_have_text(look.say("Almost"))
    expect(
        page.get_by_text(look.say("That passkey doesn't open anything here. Sign in with name and password."))
    ).to_be_visible()


def test_staff_come_in_by_a_passkey_alone(house: People, staff: str, look: Look, shot: Shot) -> None:
    page = house.visitor()
    _device(page)
    _sign_in(page, staff)
    expect(page).to_have_url(re.compile("/me/second-step/set-up$"))
    shot(page, "second step to set up")
    assert not axe.violations(page)
    page.locator(f"button[lang={look.lang}]").click()
    _make(page, look, "Jobbmobilen")
    expect(page.locator(".codes li")).to_have_count(10)
    shot(page, "recovery codes shown once")
    assert not axe.violations(page)
    page.get_by_role("link", name=look.say("I have them, go on")).click()
    expect(page).to_have_url(re.compile("/$"))
    _out(page, look)
    _use(page, look)
    expect(page).to_have_url(re.compile("/$"))
    page.goto("/invitations")
    expect(page.get_by_role("heading", level=1)).to_have_text(look.say("Invitations"))
    _out(page, look)
    _sign_in(page, staff)
    expect(page).to_have_url(re.compile("/second-step$"))
    shot(page, "second step by passkey")
    assert not axe.violations(page)
    _use(page, look)
    expect(page).to_have_url(re.compile("/$"))


def test_staff_set_an_app_up_and_sign_in_with_it_without_javascript(
    house: People, staff: str, look: Look, shot: Shot
) -> None:
    page = house.visitor(javascript=False)
    _sign_in(page, staff)
    expect(page).to_have_url(re.compile("/me/second-step/set-up$"))
    page.locator(f"button[lang={look.lang}]").click()
    expect(page.locator("form[data-passkey]")).to_be_hidden()
    app = pyotp.TOTP(page.locator(".secret").inner_text().replace(" ", ""))
    house.guard(page).expect(422)
    page.locator("[name=code]").fill("000000")
    page.get_by_role("button", name=look.say("Turn it on")).click()
    expect(page.locator("#code-err")).to_be_visible()
    shot(page, "second step to set up, wrong code")
    page.locator("[name=code]").fill(app.now())
    page.get_by_role("button", name=look.say("Turn it on")).click()
    codes = page.locator(".codes li").all_inner_texts()
    assert len(codes) == 10
    page.goto("/me")
    page.get_by_role("button", name=look.say("Sign out")).click()
    _sign_in(page, staff)
    expect(page).to_have_url(re.compile("/second-step$"))
    shot(page, "second step by app")
    page.locator("summary").click()
    page.locator("[name=recovery]").fill(codes[0])
    page.locator("details button").click()
    expect(page).to_have_url(re.compile("/$"))


def test_where_the_address_is_another_the_button_stays_away(house: People, strict: Hearth) -> None:
    page = house.visitor()
    house.guard(page).allow_leaving_to(_address(strict, "127.0.0.1"))
    page.goto(_address(strict, "127.0.0.1") + "/login")
    expect(page.locator("form[data-passkey]")).to_be_hidden()


def test_a_browser_without_passkeys_says_so(house: People, look: Look) -> None:
    page = house.visitor()
    page.add_init_script("delete window.PublicKeyCredential")
    _sign_in(page, "elias")
    house.reads(page, look.lang)
    page.goto("/me/passkeys")
    expect(page.locator("form[data-passkey]")).to_be_hidden()
    expect(
        page.get_by_text(look.say("This browser cannot make passkeys here. Your password works as before."))
    ).to_be_visible()
