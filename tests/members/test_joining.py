"""Joining: a name, a password, the rules; and the rules again when they change."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select

from community.core.db import session
from community.core.errors import Invalid, NotAllowed
from community.members import actions, house_rules, invitations, passwords, rules_changing
from community.members.actions import plain_name
from community.members.models import Member, MembershipPeriod, SignInSession
from tests.client import Browser, field_in, words_of
from tests.digest import digest
from tests.make import Make
from tests.world import PASSWORD, TODAY, World

Browsers = Callable[..., Browser]
JOINING = {"display_name": "Nova", "password": PASSWORD, "accept_rules": "y", "language": "sv", "colour": "a"}


@pytest.fixture
def invited(browser: Browsers, make: Make) -> Browser:
    visitor = browser()
    assert visitor.get(f"/i/{make.invitation().link}").status_code == 303
    return visitor


def _named(sign_in_name: str) -> Member:
    return session().scalars(select(Member).where(Member.sign_in_name == sign_in_name)).one()


def test_one_is_in_and_signed_in_and_told_the_name(invited: Browser, world: World) -> None:
    answer = invited.post("/join", JOINING)
    assert (answer.status_code, answer.location) == (303, "/joined")
    invited._token = None
    assert "nova" in words_of(invited.get("/joined"))
    assert invited.get("/").status_code == 200
    period = session().scalars(select(MembershipPeriod).where(MembershipPeriod.member_id == _named("nova").id)).one()
    assert (period.kind, period.house_id, period.from_on) == ("resident", world.house("Solgläntan"), TODAY)
    assert _named("nova").rules_version == house_rules.FIRST


NAMES = [
    ("Åsa-Märta", "asamarta"), ("Zoë", "zoe"), ("Łukasz", "łukasz"), ("Straße", "strasse"), ("Ægir Ø", "aegiro"),
    ("ÄLVA M.", "alvam"), ("O'Neil", "oneil"), ("李明", "李明"), ("Amina", "amina2"),
    ("🦊🦊", "medlem"), ("A" * 40, "a" * 30),
]  # fmt: skip


@pytest.mark.parametrize(("name", "made"), NAMES)
def test_the_sign_in_name_is_made_from_the_name(invited: Browser, name: str, made: str) -> None:
    answer = invited.post("/join", {**JOINING, "display_name": name})
    if answer.status_code == 422:
        pytest.fail(words_of(answer))
    member = session().scalars(select(Member).order_by(Member.joined_at.desc(), Member.id)).first()
    assert member is not None
    assert _named(made).display_name == name


def test_the_other_language_loses_nothing_that_is_filled_in(invited: Browser) -> None:
    filled = {"display_name": "Nova", "avatar": "a07", "colour": "c", "keep": "y", "language": "sv"}
    page = invited.post("/join", {**filled, "read_in": "en"})
    assert page.status_code == 200
    assert "Come in" in words_of(page)
    assert "Write the name" not in words_of(page)  # nobody is told off for what she has not sent yet
    assert field_in(page, "display_name") == "Nova"
    for name, value in (("avatar", "a07"), ("colour", "c"), ("language", "en")):
        assert re.search(rf'name="{name}" value="{value}"[^>]* checked', page.text), name
    assert re.search(r'<input[^>]* checked[^>]*name="keep"', page.text)


@pytest.mark.parametrize("keep", [True, False])
def test_whoever_joins_chooses_whether_this_device_remembers_her(invited: Browser, keep: bool) -> None:
    answer = invited.post("/join", {**JOINING, **({"keep": "y"} if keep else {})})
    assert ("Expires=" in answer.headers["Set-Cookie"]) is keep
    opened = session().scalars(select(SignInSession).where(SignInSession.member_id == _named("nova").id)).one()
    assert opened.kept is keep


@pytest.mark.parametrize("name", ["Jonna", "jonna", " JONNA ", "Jönna", "J o n n a"])
def test_nobody_comes_in_under_the_name_of_somebody_who_works_here(invited: Browser, name: str) -> None:
    answer = invited.post("/join", {**JOINING, "display_name": name})
    assert answer.status_code == 422
    assert field_in(answer, "display_name") == name.strip()


def test_nobody_takes_such_a_name_later_but_may_keep_the_one_she_has(browser: Browsers, world: World) -> None:
    amina = browser("amina")
    assert amina.post("/me", display_name="Jonna", avatar="a02", colour="b").status_code == 422
    session().get_one(Member, world.id("amina")).display_name = "Jonna"
    session().flush()
    assert amina.post("/me", display_name="Jonna", avatar="a02", colour="b").status_code == 303
    jonna = browser("jonna")
    assert jonna.post("/me", display_name="Jonna", avatar="a03", colour="b").status_code == 303


def test_a_taken_name_gets_the_next_number(browser: Browsers, make: Make) -> None:
    for made in ("nova", "nova2", "nova3"):
        visitor = browser()
        visitor.get(f"/i/{make.invitation().link}")
        assert visitor.post("/join", JOINING).status_code == 303
        assert _named(made)


BAD_NAMES = ["", " ", "\u200b", "x" * 41, "a\x00b"]


@pytest.mark.parametrize("name", BAD_NAMES)
def test_a_name_says_something_and_fits(invited: Browser, name: str) -> None:
    refused = invited.post("/join", {**JOINING, "display_name": name})
    assert refused.status_code == 422


@pytest.mark.parametrize(
    ("password", "why"),
    [
        ("kort men9", "nine characters"), ("x" * 129, "129 characters"), ("nova12345678", "her own name"),
        ("password1234", "common"), ("qwertyuiop", "a row of keys"), ("aaaaaaaaaaaa", "one letter"),
        ("1234567890", "a row"),
        ("a" * 100_000, "very long"),
    ],
)  # fmt: skip
def test_passwords_that_are_refused(invited: Browser, rolled_back: object, password: str, why: str) -> None:
    before = digest(rolled_back)  # type: ignore[arg-type]
    refused = invited.post("/join", {**JOINING, "password": password})
    assert refused.status_code == 422, why
    assert password not in refused.text, "a password is never shown again"
    assert digest(rolled_back) == before  # type: ignore[arg-type]


@pytest.mark.parametrize("password", ["gräs kivi7", "moln-tåg-blå", "k" + "äpple moped " * 10 + "kartong"])
def test_passwords_that_are_taken(password: str) -> None:
    assert 10 <= len(password) <= 128
    passwords.check_new(password, "Nova")
    with pytest.raises(Invalid):
        passwords.check_new((password + "x" * 128)[:129], "Nova")


def test_nothing_is_cut_off_and_two_keyboards_type_one_password() -> None:
    long = "k" + "äpple moped " * 10
    stored = passwords.hashed(long)
    assert passwords.matches(stored, long)
    assert not passwords.matches(stored, long[:72])
    assert passwords.matches(stored, unicodedata.normalize("NFD", long))
    assert stored.startswith("$argon2id$")


def test_the_suggested_words_make_a_good_password() -> None:
    for lang in ("sv", "en"):
        for _time in range(20):
            passwords.check_new(passwords.suggestion(lang))


def test_a_suggestion_never_says_a_word_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(passwords.SUGGESTION_WORDS, "sv", ["lampa", "moped", "blåbär"])
    assert {frozenset(passwords.suggestion("sv").split()) for _time in range(20)} == {
        frozenset({"lampa", "moped", "blåbär"})
    }


def test_without_the_rules_there_is_no_way_in(invited: Browser, rolled_back: object) -> None:
    before = digest(rolled_back)  # type: ignore[arg-type]
    fields = {name: value for name, value in JOINING.items() if name != "accept_rules"}
    refused = invited.post("/join", fields)
    assert refused.status_code == 422
    assert 'value="Nova"' in refused.text
    assert digest(rolled_back) == before  # type: ignore[arg-type]


def test_the_rules_are_asked_again_when_they_change(browser: Browsers, world: World) -> None:
    amina = browser("amina")
    assert amina.get("/").status_code == 200
    changed = [{"sv": f"Mening {number}.", "en": f"Sentence {number}."} for number in range(1, 8)]
    rules_changing.publish(world.viewer("birgitta"), changed, {"sv": "Kortare.", "en": "Shorter."}, version=1)
    asked = amina.get("/")
    assert (asked.status_code, asked.location) == (302, "/rules")
    assert amina.get("/help").status_code == 200
    page = amina.get("/rules")
    assert all(sentence in words_of(page) for sentence in house_rules.sentences("sv"))
    assert amina.post("/rules").status_code == 422
    assert amina.post("/rules", accept_rules="y").status_code == 303
    assert amina.get("/").status_code == 200


def test_the_page_of_the_rules_can_be_answered(browser: Browsers) -> None:
    """What the page's own form sends is enough."""
    hanna = browser("hanna")
    page = hanna.get("/rules").text
    form = page[page.index('action="/rules"') :]
    assert 'name="accept_rules"' in form[: form.index("</form>")]


def test_the_seven_sentences_are_there_in_both_languages() -> None:
    assert len(house_rules.sentences("sv")) == len(house_rules.sentences("en")) == 7


@pytest.mark.parametrize(("typed", "made"), [("", ""), ("  ", ""), ("Ä", "a"), ("Émile Zola", "emilezola")])
def test_plain_names(typed: str, made: str) -> None:
    assert plain_name(typed) == made


def test_whoever_is_signed_in_neither_joins_nor_signs_in(world: World, make: Make) -> None:
    made = make.invitation()
    tuva: Any = world.viewer("tuva")
    new = {"display_name": "Ny", "password": "kanel gitarr blåbär", "language": "sv", "avatar": None, "colour": "a"}
    with pytest.raises(NotAllowed):
        actions.join(tuva, 1, **new)
    with pytest.raises(NotAllowed):
        actions.sign_in(tuva, "amina", PASSWORD, keep=True)
    with pytest.raises(NotAllowed):
        invitations.redeem_code(tuva, made.code)
