"""Who asks. Each column of answers.txt is one of these."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from flask import Flask

from community.forum import questions
from community.members.actions import open_session
from community.members.invitations import Made
from community.members.queries import viewer_for
from community.recovery.links import Made as WayMade
from tests.client import Browser
from tests.make import Make
from tests.matrix.lost import somebody_lost
from tests.world import World, answer, write

# column: the member behind it, None for somebody without an account
ACTORS: dict[str, str | None] = {
    "anonymous": None,
    "garbage": None,
    "signed_out": "tuva",
    "pending": None,
    "minor": "vera",
    "minor_far": "isla",
    "resident": "tuva",
    "alumnus": "johanna",
    "alum_minor": "kim",
    "paused": "mira",
    "suspended": "leo",
    "excluded": "elias",
    "protected": "noor",
    "author": "amina",
    "staff": "sara",
    "staff_half": "sara",
    "staff_code": "petra",
    "staff_far": "petra",
    "moderator": "jonna",
    "manager": "birgitta",
    "ex_staff": "gun",
    "owes_rules": "hanna",
}

# On PostgreSQL one of each kind asks, unless MATRIX_ACTORS=all (`make proof`): what a rule says does not depend on the
# database, only whether its queries work there.
ONE_OF_EACH = (
    "anonymous",
    "signed_out",
    "minor",
    "alumnus",
    "suspended",
    "excluded",
    "author",
    "staff_code",
    "manager",
)


@dataclass(frozen=True)
class Scene:
    """Made for one run: invitations (only whoever makes one ever sees its link and code), amina's passkey, a session of
    samir's, who never asks here, and somebody who can't get in. Two questions stand there, each with a reply that
    helped."""

    pending: Made
    free: Made
    passkey_id: int  # amina's
    foreign_session: int  # samir's
    way_in: WayMade  # for ivan, made by sara
    requests: dict[str, int]
    vouch: int  # tuva is asked about kim
    email_secret: str


def scene_of(make: Make) -> Scene:
    """What the objects of the table are about; amina has an app, too, and her thread is pinned, as is a house's."""
    make.authenticator("amina")
    for label, who, where, answers in (
        ("asked", "amina", "fraga", "sara"),
        ("asked-linden", "samir", "linden", "isla"),
    ):
        write(label, who, where, mode="ask")
        questions.mark_helped(make.world.viewer(who), answer(f"{label}-reply", answers, label).id)
    for label, who in (("open", "sara"), ("whisper", "petra")):
        make.pin(label, who)
    foreign = viewer_for(open_session(make.world.id("samir"), kept=True))
    assert foreign is not None
    return Scene(
        pending=make.invitation("sara"),
        free=make.invitation("birgitta"),
        passkey_id=make.passkey("amina").id,
        foreign_session=foreign.session_id,
        **somebody_lost(make.world),
    )


def browser_of(actor: str, app: Flask, world: World, scene: Scene) -> Browser:
    """The browser an actor sits at. Its cookie and token are what every request of hers starts from."""
    made: Callable[[Browser], None] = {
        "anonymous": lambda browser: None,
        "garbage": lambda browser: setattr(browser, "cookie", "eyJub3QiOiJvdXJzIn0.aaaaaa.bbbbbbbbbbbb"),
        "signed_out": _copied_before_signing_out,
        "staff_half": lambda browser: _has(browser.signed_in("sara", second_step=False) is not None),
        "staff_code": lambda browser: _has(_with_a_code_to_give(browser) is not None),
        "pending": lambda browser: _has(browser.get(f"/i/{scene.pending.link}").status_code == 303),
    }.get(actor, lambda browser: _has(browser.signed_in(str(ACTORS[actor])) is not None))
    browser = Browser(app, world)
    made(browser)
    browser.token()
    if actor == "garbage":
        browser.client.set_cookie("sid", "eyJub3QiOiJvdXJzIn0.aaaaaa.bbbbbbbbbbbb")
    return browser


def _with_a_code_to_give(browser: Browser) -> Browser:
    """Her password was right; the code of her app is missing."""
    assert browser.world is not None
    Make(browser.world).authenticator("petra")
    return browser.signed_in("petra", second_step=False)


def _copied_before_signing_out(browser: Browser) -> None:
    """The cookie still carries its session's token and CSRF secret; only the row has ended."""
    browser.signed_in("tuva")
    browser.token()
    copied = browser.cookie
    assert browser.post("/logout").status_code == 303
    browser.cookie = copied


def _has(fact: bool) -> None:
    assert fact
