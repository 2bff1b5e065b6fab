"""The house rules have versions: changed by house managers, asked of everybody again, all of them there to be read."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlalchemy import select

from community.core.audit import AuditLine
from community.core.db import session
from community.core.errors import Conflict, Invalid, NotAllowed
from community.members import house_rules, rules_changing
from community.members.models import Member
from community.members.open_sessions import open_sessions
from community.members.queries import live_viewer_for
from community.safety.word_lists import in_force
from tests.client import Browser, words_of
from tests.make import Make
from tests.world import HOLD, World

Browsers = Callable[..., Browser]
WHY = {"sv": "En mening var svår.", "en": "One sentence was hard."}


def fresh_sentences(number: int = 7, words: str = "Ny mening") -> list[dict[str, str]]:
    changed = [dict(rule) for rule in house_rules.SHIPPED]
    changed[number - 1] = {"sv": f"{words}.", "en": f"{words} in English."}
    return changed


def fields(**changed: str) -> dict[str, str]:
    rows = {
        f"{lang}_{number}": rule[lang] for number, rule in enumerate(house_rules.SHIPPED, 1) for lang in ("sv", "en")
    }
    return {**rows, "why_sv": WHY["sv"], "why_en": WHY["en"], "version": "1", **changed}


def test_a_preview_changes_nothing_and_publishing_asks_everybody_again(world: World, browser: Browsers) -> None:
    birgitta, amina = browser("birgitta"), browser("amina")
    seen = birgitta.post("/rules/change", fields(sv_7="Vi provar igen.", en_7="We try again.", do="preview"))
    assert seen.status_code == 200 and "Vi provar igen." in seen.text and house_rules.in_force().version == 1
    sent = birgitta.post("/rules/change", fields(sv_7="Vi provar igen.", en_7="We try again.", do="publish"))
    assert sent.status_code == 303 and house_rules.in_force().version == 2
    assert amina.get("/").location == "/rules"
    page = amina.get("/rules")
    assert "Vi provar igen." in page.text and "En mening var svår." in page.text
    assert amina.post("/rules", accept_rules="y", version="2").status_code == 303
    assert amina.get("/").status_code == 200
    line = session().scalars(select(AuditLine).where(AuditLine.act == "rules.changed")).one()
    assert (line.actor_id, line.facts["version"]) == (world.id("birgitta"), 2)


def test_the_history_tells_what_each_version_changed(world: World, browser: Browsers) -> None:
    rules_changing.publish(world.viewer("birgitta"), fresh_sentences(), WHY, version=1)
    rules_changing.publish(world.viewer("birgitta"), fresh_sentences(words="Nyare mening"), WHY, version=2)
    page = browser("tuva").get("/rules/history")
    assert words_of(page).index("Version 3") < words_of(page).index("Version 2") < words_of(page).index("Version 1")
    assert "<del" in page.text and "Ny mening in English." in page.text and "Nyare mening in English." in page.text
    assert house_rules.SHIPPED[6]["en"] in words_of(page)


def test_open_lines_close_until_she_has_said_yes(world: World, browser: Browsers) -> None:
    amina = browser("amina")
    token = amina.facts["_user_id"]
    viewer = live_viewer_for(token)
    assert viewer is not None and open_sessions({viewer.session_id})
    rules_changing.publish(world.viewer("birgitta"), fresh_sentences(), WHY, version=1)
    assert live_viewer_for(token) is None and open_sessions({viewer.session_id}) == {}


def test_nobody_says_yes_to_what_she_has_not_read(world: World, browser: Browsers) -> None:
    hanna = browser("hanna")
    hanna.get("/rules")
    rules_changing.publish(world.viewer("birgitta"), fresh_sentences(), WHY, version=1)
    late = hanna.post("/rules", accept_rules="y", version="1")
    assert late.status_code == 409 and "Ny mening." in late.text and 'value="2"' in late.text
    assert hanna.post("/rules", accept_rules="y", version="2").status_code == 303


def test_whoever_joins_with_an_old_page_is_asked_at_once(world: World, make: Make, browser: Browsers) -> None:
    new = browser()
    new.get(f"/i/{make.invitation().link}")
    assert 'name="rules_seen"' in new.get("/join").text
    rules_changing.publish(world.viewer("birgitta"), fresh_sentences(), WHY, version=1)
    joining = {"display_name": "Nova", "password": "kanel gitarr blåbär", "accept_rules": "y", "language": "sv"}
    assert new.post("/join", {**joining, "rules_seen": "1"}).status_code == 303
    nova = session().scalars(select(Member).where(Member.display_name == "Nova")).one()
    assert nova.rules_version == 1 and new.get("/").location == "/rules"


def test_what_cannot_be_put_in_force(world: World) -> None:
    birgitta = world.viewer("birgitta")
    for name in ("sara", "jonna", "tuva"):
        with pytest.raises(NotAllowed):
            rules_changing.publish(world.viewer(name), fresh_sentences(), WHY, version=1)
    with pytest.raises(Invalid):
        rules_changing.publish(birgitta, house_rules.SHIPPED, WHY, version=1)
    with pytest.raises(Invalid):
        rules_changing.publish(birgitta, fresh_sentences()[:6], WHY, version=1)
    with pytest.raises(Invalid) as wrong:
        rules_changing.publish(birgitta, fresh_sentences(3, ""), {"sv": "x", "en": ""}, version=1)
    assert wrong.value.field == "why_en"
    with pytest.raises(Invalid) as long:
        rules_changing.publish(birgitta, fresh_sentences(3, "x" * 161), WHY, version=1)
    assert long.value.field == "sv_3"
    with in_force(HOLD), pytest.raises(Invalid):
        rules_changing.publish(birgitta, fresh_sentences(2, "heldword"), WHY, version=1)
    rules_changing.publish(birgitta, fresh_sentences(), WHY, version=1)
    with pytest.raises(Conflict):
        rules_changing.publish(birgitta, fresh_sentences(2), WHY, version=1)


def test_an_old_page_gets_what_holds_now(world: World, browser: Browsers) -> None:
    birgitta = browser("birgitta")
    birgitta.get("/rules/change")
    rules_changing.publish(world.viewer("birgitta"), fresh_sentences(), WHY, version=1)
    birgitta.post("/rules", accept_rules="y", version="2")
    late = birgitta.post("/rules/change", fields(sv_1="Min mening.", en_1="Mine.", do="publish"))
    assert (
        late.status_code == 409 and "Min mening." in late.text and 'name="version" type="hidden" value="2"' in late.text
    )
