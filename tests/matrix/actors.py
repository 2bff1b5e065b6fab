"""Who asks. Each column of answers.txt is one of these."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from flask import Flask

from community.chat import hosting
from community.chat.hosting import Wish as Evening
from community.core.db import transaction
from community.forum import actions as forum
from community.forum import questions
from community.members.actions import open_session
from community.members.invitations import Made
from community.members.models import Duty
from community.members.queries import viewer_for
from community.moderation import unmasking
from community.publishing.actions import change_figures as count_otherwise
from community.recovery.links import Made as WayMade
from community.reports.actions import Wish, tell
from community.rota.handing import sign
from community.safety.cases import open_case
from community.safety.models import HARM
from community.streams.actions import Said
from tests.client import Browser
from tests.make import Make
from tests.matrix.asked import somebody_asked
from tests.matrix.booked import somebodys_book
from tests.matrix.decided import decided
from tests.matrix.kept_apart import kept_apart
from tests.matrix.lost import somebody_lost
from tests.matrix.on_the_move import somebody_moves
from tests.matrix.on_the_way import somebody_prepares
from tests.matrix.pictured import somebody_pictured
from tests.matrix.remembered import something_remembered
from tests.matrix.talking import somebody_talks
from tests.matrix.to_the_team import written_to_the_team
from tests.matrix.turns import turned
from tests.matrix.waiting import something_waits
from tests.world import NOW, World, answer, write

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

# On PostgreSQL one of each kind asks (in `make proof` everybody): what a rule says does not depend on the database,
# only whether its queries work there.
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
    helped. Everybody has told staff of something."""

    pending: Made
    free: Made
    passkey_id: int  # amina's
    foreign_session: int  # samir's
    export_id: int  # a file amina can fetch
    way_in: WayMade  # for ivan, made by sara
    requests: dict[str, int]
    vouch: int  # tuva is asked about kim
    email_secret: str
    shifts: dict[str, int]
    handover: int  # signed by sara, at Solgläntan, where birgitta is on call
    cases: dict[str, int]
    steps: dict[str, int]
    acts: dict[str, int]  # about each of the cast
    olles: int  # a closing that waits for a second yes
    appeals: dict[str, int]  # by house
    concerns: dict[str, int]
    token: str  # of the link that asks sara about the open one
    evenings: dict[str, int]  # chats jonna opens tomorrow, one of them for her house alone
    inboxes: dict[str, int]  # of vera and samir
    connections: dict[str, int]
    moves: dict[str, int]  # amina's, to come, and johanna's, of long ago
    sudden: dict[str, int]  # olle has to move at once
    lines: dict[str, int]
    letters: dict[str, int]
    cards: dict[str, int]
    photos: dict[str, int]
    pictured: dict[str, int]
    portraits: dict[str, int]  # whose
    albums: dict[str, int]
    books: dict[str, int]  # amina's, and what is in it; `asked`: vera, about her answer
    talks: dict[str, int]  # of those who ask, and `told`: the case of a message in the group, which birgitta has
    turn: int  # whether ivan may work here, asked by sara
    separations: dict[str, int]
    askings: dict[str, int]  # jonna asks who wrote two posts without a name, one of them alone; both are kim's


def scene_of(make: Make) -> Scene:
    """What the objects of the table are about; amina has an app, too, and her thread is pinned, as is a house's. Sara
    works at Solgläntan, jonna at Linden; birgitta is on call for both, and
    has changed who reads first."""
    make.authenticator("amina")
    for label, who, where, answers in (
        ("asked", "amina", "fraga", "sara"),
        ("asked-linden", "samir", "linden", "isla"),
    ):
        write(label, who, where, mode="ask")
        questions.mark_helped(make.world.viewer(who), answer(f"{label}-reply", answers, label).id)
    for label, who in (("open", "sara"), ("whisper", "petra")):
        make.pin(label, who)
    count_otherwise(make.world.viewer("birgitta"), {"first_posts": 4}, reason="a little more", version=0)
    for who in {*ACTORS.values(), "samir"} - {None, "gun"}:
        tell(make.world.viewer(str(who)), Wish("other", "something else happened"))
    foreign = viewer_for(open_session(make.world.id("samir"), kept=True))
    assert foreign is not None
    shifts = {
        "running": make.shift("sara", "Solgläntan", -4, 4).id,
        "over": make.shift("petra", "Linden", -12, -4).id,
        "hosts": make.shift("jonna", "Linden", -4, 4, role="host").id,
        "on_call": make.shift("birgitta", None, -4, 4, role="on_call").id,
    }
    return Scene(
        turn=turned(make.world),
        pending=make.invitation("sara"),
        free=make.invitation("birgitta"),
        passkey_id=make.passkey("amina").id,
        foreign_session=foreign.session_id,
        export_id=make.export("amina"),
        shifts=shifts,
        **somebody_asked(make.world),
        askings=_asked_about_two_nameless(make.world),
        evenings=_evenings(make.world),
        handover=sign(make.world.viewer("sara"), make.world.house("Solgläntan"), {"held": 0}).id,
        **somebody_lost(make.world),
        **something_waits(make.world),
        **somebody_talks(make.world),
        **decided(make.world),
        **written_to_the_team(make.world),
        **kept_apart(make.world),
        **somebody_moves(make.world),
        **somebody_prepares(make.world),
        **somebody_pictured(make.world),
        **something_remembered(make.world),
        **somebodys_book(make),
    )


def _evenings(world: World) -> dict[str, int]:
    def opened(slug: str) -> int:
        begins = NOW + timedelta(days=1)
        wish = Evening("Filmkväll", "Film night", world.space(slug), begins, begins + timedelta(hours=2))
        return hosting.open_chat(world.viewer("jonna"), wish).id

    return {"evening": opened("vardagsrummet"), "evening-linden": opened("linden")}


def _asked_about_two_nameless(world: World) -> dict[str, int]:
    """Kim, who never asks about it, has written twice without her name. Jonna asks a second person whose the first is;
    the other she has found out alone, because it could not wait. Birgitta is a safety lead as well."""
    with transaction() as s:
        s.add(Duty(member_id=world.id("birgitta"), kind="safeguarding_lead", from_on=date(2025, 3, 1)))
        s.flush()
    space, kim, jonna, found = world.space("vardagsrummet"), world.viewer("kim"), world.viewer("jonna"), {}
    for label, alone in (("nameless", False), ("urgent", True)):
        said = Said(f"words of {label}", label, unnamed=True, at_once=True)
        piece = forum.start_thread(kim, space, said, mode="ask", just_listen=False)
        if alone:
            case = open_case(f"piece:{piece.id}", "word", harm=HARM, piece_id=piece.id)
            with transaction():
                case.claimed_by = jonna.id
        found[label] = unmasking.ask(jonna, piece.id, "somebody may be in danger", alone=alone).id
    return found


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
