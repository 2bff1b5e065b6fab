"""Passkeys: made, used, renamed, removed; and everything that must not open anything."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from community.core import clock
from community.core.db import session
from community.members import passkeys
from community.members.models import Passkey, SignInSession
from tests.client import Browser, field_in, words_of
from tests.make import Make
from tests.members.device import PRESENT, Device
from tests.world import NOW, World

NO_MATCH = "Den passkeyn öppnar inget här. Logga in med namn och lösenord."
Browsers = Callable[..., Browser]


def _options(browser: Browser, path: str) -> dict[str, Any]:
    sent = {"csrf_token": browser.token()}
    answer = browser.open("POST", path, data=sent, headers={"Accept": "application/json"})
    assert answer.status_code == 200, answer.text
    return dict(answer.json or {})


def _make(browser: Browser, device: Device, name: str = "telefon") -> Any:
    return browser.post("/me/passkeys", credential=device.make(_options(browser, "/me/passkeys/options")), name=name)


def _use(browser: Browser, device: Device, **fields: str) -> Any:
    answer = browser.post(
        "/login/passkey", credential=device.use(_options(browser, "/login/passkey/options")), **fields
    )
    browser._token = None
    return answer


@pytest.fixture
def device(browser: Browsers) -> Device:
    """Amina's phone."""
    made = Device()
    assert _make(browser("amina"), made).location == "/me/passkeys"
    return made


def test_made_and_used_without_a_name_or_a_password(browser: Browsers, device: Device, world: World) -> None:
    visitor = browser()
    before = visitor.cookie
    answer = _use(visitor, device, next="/me", keep="y")
    assert (answer.status_code, answer.location) == (303, "/me")
    assert "amina" in words_of(visitor.get("/me"))
    row = session().scalars(select(SignInSession).order_by(SignInSession.created_at.desc())).first()
    assert row is not None and visitor.cookie != before
    shown = words_of(browser("amina").get("/me/passkeys"))
    assert "telefon" in shown and session().scalars(select(Passkey)).one().last_used_at == NOW


def test_the_browser_is_asked_for_a_finger_face_or_pin_and_a_key_it_can_find(browser: Browsers, device: Device) -> None:
    asked = _options(browser("amina"), "/me/passkeys/options")
    assert asked["authenticatorSelection"]["userVerification"] == "required"
    assert asked["authenticatorSelection"]["residentKey"] == "required"
    assert asked["rp"]["id"] == "localhost" and len(asked["excludeCredentials"]) == 1
    sign_in = _options(browser(), "/login/passkey/options")
    assert sign_in["userVerification"] == "required" and not sign_in.get("allowCredentials")


def test_it_counts_as_both_steps_for_staff(browser: Browsers) -> None:
    made, sara = Device(), browser("sara")
    _make(sara, made)
    visitor = browser()
    assert _use(visitor, made).location == "/"
    assert visitor.get("/invitations").status_code == 200
    with clock.at(NOW):
        asked = visitor.get("/me/second-step/set-up")
        assert asked.location.startswith("/confirm"), "no password was typed in this session"


def test_with_the_password_it_is_the_second_step(browser: Browsers, device: Device) -> None:
    mine, sara = Device(), browser("sara")
    _make(sara, mine)
    half = browser()
    assert half.sign_in("sara").location == "/second-step"
    half._token = None
    assert _use(half, device).status_code == 422, "amina's passkey is not sara's second step"
    assert half.get("/").location.startswith("/second-step")
    assert _use(half, mine, next="/invitations").location == "/invitations"
    assert half.get("/invitations").status_code == 200


def test_staff_may_set_up_a_passkey_instead_of_an_app(browser: Browsers) -> None:
    sara, made = browser(), Device()
    sara.sign_in("sara")
    sara._token = None
    page = _make(sara, made)
    assert page.status_code == 200 and page.text.count("<li>") >= 10
    assert sara.get("/invitations").status_code == 200


Lie = Callable[[Device], None]
LIES: dict[str, Lie] = {
    "another key": lambda device: setattr(device, "key", Device().key),
    "an unknown key": lambda device: setattr(device, "id", Device().id),
    "no finger, face or PIN": lambda device: setattr(device, "flags", PRESENT),
    "another host": lambda device: setattr(device, "host", "evil.example"),
    "somebody else's handle": lambda device: setattr(device, "handle", b"x" * 32),
}


@pytest.mark.parametrize("lie", LIES)
def test_whatever_does_not_fit_gets_one_answer(browser: Browsers, device: Device, lie: str) -> None:
    LIES[lie](device)
    visitor = browser()
    answer = _use(visitor, device)
    assert answer.status_code == 422
    assert NO_MATCH in words_of(answer)
    assert visitor.get("/").status_code == 302


def test_a_passkey_of_another_address_is_told_so(browser: Browsers, device: Device) -> None:
    device.origin, device.host = "https://evil.example", "evil.example"
    answer = _use(browser(), device)
    assert answer.status_code == 422
    assert "hör till en annan adress" in words_of(answer)
    amina, other = browser("amina"), Device("http://127.0.0.1:5000", "127.0.0.1")
    assert "hör till en annan adress" in words_of(_make(amina, other))


def test_a_removed_one_answers_like_an_unknown_one(browser: Browsers, device: Device) -> None:
    amina = browser("amina")
    key = session().scalars(select(Passkey.id)).one()
    assert amina.post(f"/me/passkeys/{key}/remove").location == "/me/passkeys"
    answer = _use(browser(), device)
    assert answer.status_code == 422 and NO_MATCH in words_of(answer)


def test_an_answer_is_good_once_and_for_one_browser(browser: Browsers, device: Device) -> None:
    visitor, other = browser(), browser()
    answer = device.use(_options(visitor, "/login/passkey/options"))
    cookie = visitor.cookie
    assert other.post("/login/passkey", credential=answer).status_code == 422, "another browser was not asked"
    assert visitor.post("/login/passkey", credential=answer).status_code == 303
    again = browser()
    again.cookie = cookie
    assert again.post("/login/passkey", credential=answer).status_code == 422, "answered already"


def test_a_question_waits_five_minutes(browser: Browsers, device: Device) -> None:
    for minutes, status in ((4, 303), (6, 422), (-6, 422)):
        visitor = browser()
        answer, token = device.use(_options(visitor, "/login/passkey/options")), visitor.token()
        with clock.at(NOW + timedelta(minutes=minutes)):
            sent = {"credential": answer, "csrf_token": token}
            done = visitor.client.post("/login/passkey", data=sent)
            assert done.status_code == status, minutes


def test_a_copied_key_is_noticed_by_its_count(browser: Browsers) -> None:
    counting = Device(count=5)
    _make(browser("amina"), counting)
    assert _use(browser(), counting).status_code == 303
    counting.count = 2
    assert _use(browser(), counting).status_code == 422


def test_whoever_works_here_no_more_is_nobody(browser: Browsers, make: Make) -> None:
    made = Device()
    made.handle = passkeys._handle(make.world.id("gun"))
    _key_of("gun", made, make)
    answer = _use(browser(), made)
    assert answer.status_code == 422 and NO_MATCH in words_of(answer)


def _key_of(name: str, device: Device, make: Make) -> None:
    import cbor2
    from webauthn.helpers import bytes_to_base64url

    numbers = device.key.public_key().public_numbers()
    key = {1: 2, 3: -7, -1: 1, -2: numbers.x.to_bytes(32, "big"), -3: numbers.y.to_bytes(32, "big")}
    make.passkey(name, credential_id=bytes_to_base64url(device.id), public_key=bytes_to_base64url(cbor2.dumps(key)))


@pytest.mark.parametrize(
    "credential",
    [
        "",
        "{}",
        "[]",
        "null",
        "1",
        '"x"',
        '{"id": 1, "response": {}}',
        '{"id": "a", "response": {"clientDataJSON": "%"}}',
        '{"id": "a", "response": {"clientDataJSON": "e30"}}',
        "[" * 15000,
        "x" * 100_000,
    ],
)
def test_what_cannot_be_read_opens_nothing(browser: Browsers, credential: str) -> None:
    visitor, amina = browser(), browser("amina")
    _options(visitor, "/login/passkey/options")
    assert visitor.post("/login/passkey", credential=credential).status_code == 422
    _options(amina, "/me/passkeys/options")
    assert amina.post("/me/passkeys", credential=credential, name="x").status_code == 422
    assert session().scalars(select(Passkey)).all() == []


def test_missing_and_doubled_fields_open_nothing(browser: Browsers, device: Device) -> None:
    visitor = browser()
    answer = device.use(_options(visitor, "/login/passkey/options"))
    assert visitor.post("/login/passkey").status_code == 422
    _options(visitor, "/login/passkey/options")
    assert visitor.post("/login/passkey", {"credential": [answer, answer]}).status_code == 422


def test_a_name_is_kept_and_changed_and_a_wrong_one_given_back(browser: Browsers, device: Device) -> None:
    amina, tuva = browser("amina"), browser("tuva")
    key = session().scalars(select(Passkey.id)).one()
    for name in ("", "   ", "x" * 61, "x" * 100_000):
        answer = amina.post(f"/me/passkeys/{key}/rename", name=name)
        assert answer.status_code == 422 and f'id="name-{key}-err"' in answer.text
    assert amina.post(f"/me/passkeys/{key}/rename", name=" min <platta> ").status_code == 303
    assert "min &lt;platta&gt;" in amina.get("/me/passkeys").text
    for path in (f"/me/passkeys/{key}/rename", f"/me/passkeys/{key}/remove"):
        assert tuva.post(path, {"name": "min"} if "rename" in path else {}).status_code == 404
    assert "You have no passkeys yet." in words_of(tuva.get("/me/passkeys"))


def test_making_and_removing_ask_for_a_fresh_password(browser: Browsers, device: Device) -> None:
    amina, key = browser("amina"), session().scalars(select(Passkey.id)).one()
    amina.token()
    with clock.at(NOW + timedelta(minutes=16)):
        told = amina.open(
            "POST", "/me/passkeys/options", data={"csrf_token": amina.token()}, headers={"Accept": "application/json"}
        )
        assert (told.status_code, (told.json or {}).get("url")) == (403, "/confirm")
        asked = amina.post(f"/me/passkeys/{key}/remove")
        assert asked.status_code == 403 and field_in(asked, "carried")
        assert session().scalars(select(Passkey.id)).one() == key
        gone = amina.post("/confirm", password="lampa moped blåbär", carried=field_in(asked, "carried"))
        assert gone.location == "/me/passkeys"
    assert session().scalars(select(Passkey.id)).all() == []


def test_staff_never_remove_their_only_second_step(browser: Browsers, make: Make) -> None:
    sara, only = browser("sara"), make.passkey("sara").id
    refused = sara.post(f"/me/passkeys/{only}/remove")
    assert refused.status_code == 403
    make.authenticator("sara")
    assert sara.post(f"/me/passkeys/{only}/remove").status_code == 303
    assert session().scalars(select(Passkey.id)).all() == []


def test_twenty_are_enough(browser: Browsers, make: Make) -> None:
    for _number in range(20):
        make.passkey("amina")
    amina = browser("amina")
    sent = {"csrf_token": amina.token()}
    answer = amina.open("POST", "/me/passkeys/options", data=sent, headers={"Accept": "application/json"})
    assert answer.status_code == 409


def test_the_site_is_what_is_configured() -> None:
    assert passkeys.site() == passkeys.Site("http://localhost:5000", "Hearth")
    assert passkeys.Site("https://hearth.example", "Hearth").host == "hearth.example"
