"""What staff did, for those who answer for it: plain words, filters, pages by key, a list to take along, and nothing
of a matter that is kept from whoever reads."""

from __future__ import annotations

import ast
import csv
import io
import json
import re
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from community.acts import record as acts
from community.acts import words as decided
from community.core import audit, clock
from community.core.audit import AuditLine
from community.core.db import session, transaction
from community.members import readings
from community.openness import queries, words
from community.openness.lines import kept_from
from community.safety import reasons as said_back
from community.safety.cases import open_case
from community.safety.models import HARM
from community.streams.models import Piece
from tests.client import Browser, words_of
from tests.make import Make
from tests.world import NOW, World

Browsers = Callable[..., Browser]
COMMUNITY = Path(__file__).parents[2] / "community"


def hide(world: World, who: str, label: str, **more: object) -> None:
    piece = world.piece(label)
    acts.record(world.viewer(who), "hidden", piece.author_id, reason="unkind", piece_id=piece.id, **more)  # type: ignore[arg-type]


def test_a_line_says_who_did_what_to_whom_why_on_duty_or_not(
    world: World, make: Make, browser: Browsers, lead: None
) -> None:
    make.shift("jonna", "Linden", -2, 2, role="host")
    hide(world, "jonna", "open-reply")
    hide(world, "sara", "own-tuva")
    page = words_of(browser("birgitta").get("/audit"))
    assert "Jonna dolde en text i Vardagsrummet Om: Sara · Varför: kan såra" in page
    assert re.search(r"Jonna dolde en text.{0,90}? på pass", page)
    assert re.search(r"Sara dolde en text.{0,90}? inte på pass", page)
    english = words_of(browser("petra").get("/audit"))
    assert "Jonna hid a text in Living room About: Sara · Why: can hurt" in english


@pytest.mark.parametrize(
    ("name", "status"), [("birgitta", 200), ("petra", 200), ("jonna", 403), ("sara", 403), ("tuva", 403)]
)
def test_house_managers_and_safety_leads_read_it_nobody_else(
    name: str, status: int, browser: Browsers, lead: None
) -> None:
    for path in ("/audit", "/audit/export"):
        assert browser(name).get(path).status_code == status


def test_what_is_a_members_own_is_on_no_page(world: World, browser: Browsers, lead: None) -> None:
    with transaction():
        for act in sorted(words.OF_HER_OWN):
            audit.append(world.id("amina"), act, f"member:{world.id('amina')}")
    for reader in ("petra", "birgitta"):
        page = browser(reader).get("/audit?whom=Amina").text
        assert "Amina" not in page.split("</details>")[1].replace("?whom=Amina", "")
    assert all(line.who != "Amina" for line in queries.all_for(world.viewer("petra"), queries.Filters()))


def test_whoever_wrote_without_a_name_stays_so(world: World, nameless: Piece, browser: Browsers, lead: None) -> None:
    acts.record(world.viewer("jonna"), "hidden", nameless.author_id, reason="scary", piece_id=nameless.id)
    page = browser("petra").get("/audit")
    assert "Jonna hid a text in Living room About: without a name" in words_of(page)
    assert str(world.id("amina")) not in page.text and "Amina" not in page.text
    by_name = browser("petra").get("/audit?whom=Amina&group=texts")
    assert "hid a text" not in words_of(by_name)
    for form in ("csv", "json"):
        file = browser("petra").post("/audit/export", form=form, reason="the quarter", group="texts")
        assert "without a name" in file.text and "Amina" not in file.text


def test_a_matter_kept_from_somebody_is_in_no_list_of_hers(
    world: World, browser: Browsers, lead: None, duty: Callable[[str, str], None]
) -> None:
    """About Birgitta, the house manager herself: she finds no line, no filter finds one, no file holds one."""
    duty("sara", "house_manager")
    before = {name: len(queries.all_for(world.viewer(name), queries.Filters())) for name in ("birgitta", "petra")}
    case = open_case(
        f"member:{world.id('birgitta')}", "person", harm=HARM, lane="leads", kept_from=[world.id("birgitta")]
    )
    acts.record(world.viewer("petra"), "checked", world.id("birgitta"), case_id=case.id)
    hide(world, "petra", "own-birgitta", case_id=case.id)
    act = acts.record(world.viewer("petra"), "lifted", world.id("tuva"), case_id=case.id)
    with transaction():
        audit.append(world.id("petra"), "appeal.stands", "appeal:17", act_id=act.id)
        audit.append(world.id("petra"), "hidden.opened", f"member:{world.id('birgitta')}", reason="report")
        audit.append(world.id("petra"), "hidden.opened", f"case:{case.id}", reason="report")
    assert len(queries.all_for(world.viewer("birgitta"), queries.Filters())) == before["birgitta"]
    assert len(queries.all_for(world.viewer("petra"), queries.Filters())) == before["petra"] + 6
    assert kept_from(world.viewer("sara")).cases == {case.id}, "a house manager who is no lead"
    for path in ("/audit", "/audit?whom=Birgitta", f"/audit?who={world.id('petra')}", "/audit?group=texts"):
        lines = browser("birgitta").get(path).text.split("</details>")[1]
        assert "Petra" not in lines, path
    for form in ("csv", "json"):
        assert "Petra" not in browser("birgitta").post("/audit/export", form=form, reason="the quarter").text


def test_kept_lines_leave_no_hole_between_pages(world: World, lead: None) -> None:
    case = open_case(f"member:{world.id('jonna')}", "person", harm=HARM, lane="leads")
    for number in range(130):
        hide(world, "sara", "open", case_id=case.id if number % 2 else None)
    reader, seen, before = world.viewer("birgitta"), 0, ""
    sizes = []
    while True:
        lines, before = queries.page_for(reader, queries.Filters(group="texts"), before)
        seen += len(lines)
        sizes.append(len(lines))
        if not before:
            break
    assert (seen, sizes) == (65, [queries.PAGE, 15])
    assert not re.search(r"\b\d{1,6}\b", before)


def test_a_house_manager_reads_her_own_house_and_what_is_for_all(world: World, lead: None) -> None:
    for label in ("linden-reply", "house", "open"):
        hide(world, "jonna", label)
    hers = [line.where for line in queries.all_for(world.viewer("birgitta"), queries.Filters(group="texts"))]
    assert sorted(map(str, hers)) == ["Solgläntan", "Vardagsrummet"] or len(hers) == 2
    assert len(queries.all_for(world.viewer("petra"), queries.Filters(group="texts"))) == 3


def test_filters(world: World, make: Make, lead: None) -> None:
    with clock.at(NOW - timedelta(days=3)):
        hide(world, "sara", "open")
    hide(world, "jonna", "own-tuva")
    make.invitation("birgitta")
    reader, today = world.viewer("petra"), clock.today()

    def found(**asked: object) -> list[str]:
        return [line.done for line in queries.all_for(reader, queries.Filters(**asked))]  # type: ignore[arg-type]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(queries, "BATCH", 2)  # more than one batch
        assert len(found(group="texts")) == 2
    assert len(found(group="texts", from_on=today)) == 1
    assert len(found(group="texts", to_on=today - timedelta(days=3))) == 1
    assert found(group="texts", to_on=today - timedelta(days=4)) == []
    assert len(found(group="texts", who=world.id("jonna"))) == 1
    assert len(found(whom="tUVA")) == 1
    assert found(whom="nobody of this name") == []


def test_filters_that_cannot_be_are_said_by_the_field(browser: Browsers, lead: None) -> None:
    page = browser("petra").get("/audit?from_on=31-31&whom=Tuva")
    assert page.status_code == 422 and "Choose a day." in page.text and 'value="Tuva"' in page.text
    assert browser("petra").get("/audit?before=17").status_code == 404
    assert browser("petra").get("/audit?group=nothing").status_code == 422


def test_taking_the_list_along_is_an_act_with_a_reason(world: World, browser: Browsers, lead: None) -> None:
    hide(world, "sara", "open")
    petra = browser("petra")
    assert petra.post("/audit/export", form="csv").status_code == 422
    file = petra.post("/audit/export", form="csv", reason="the quarter")
    assert file.status_code == 200 and file.headers["Content-Disposition"].startswith("attachment")
    rows = list(csv.reader(io.StringIO(file.text.removeprefix("\ufeff"))))
    assert rows[0] == ["When", "Who", "What", "Whom", "Where", "Why", "On duty"]
    assert rows[1][1:5] == ["Sara", "hid a text", "Amina", "Living room"]
    line = session().scalars(select(AuditLine).where(AuditLine.act == "audit.exported")).one()
    assert (line.actor_id, line.reason) == (world.id("petra"), "the quarter")
    again = json.loads(petra.post("/audit/export", form="json", reason="once more").text)
    assert [one["what"] for one in again[:2]] == ["took a list of what staff did along", "hid a text"]
    with clock.at(NOW + timedelta(minutes=16)):
        answer = petra.post("/audit/export", form="csv", reason="much later")
        assert answer.status_code in (401, 403) and "hid a text" not in answer.text


@pytest.mark.parametrize("start", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1"])
def test_no_cell_is_a_formula(start: str, world: World, browser: Browsers, lead: None) -> None:
    with transaction():
        audit.append(world.id("sara"), "incident.started", "incident:1", reason=f"{start},cmd")
    file = browser("petra").post("/audit/export", form="csv", reason="the quarter", group="house")
    cells = [cell for row in csv.reader(io.StringIO(file.text.removeprefix("\ufeff"))) for cell in row]
    assert any(start.strip() in cell for cell in cells)
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]


def _acts_in_the_code() -> set[str]:
    """Every act the code appends, also those put together from a fixed beginning."""
    found = set()
    for path in COMMUNITY.rglob("*.py"):
        for call in (node for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.Call)):
            func = call.func
            if isinstance(func, ast.Attribute) and func.attr == "append" and getattr(func.value, "id", "") == "audit":
                found |= {one.value for one in ast.walk(call.args[1]) if isinstance(one, ast.Constant) and one.value}
    return {act for act in found if "." in str(act).strip(".")}


def test_every_act_has_its_words_or_is_a_members_own() -> None:
    """A new act is either read by those who answer for staff, or nobody's business: somebody decides."""
    acts_found = _acts_in_the_code()
    assert len(acts_found) > 50
    unknown = acts_found - set(words.DONE) - words.OF_HER_OWN - words.ON_THEIR_PAGE
    assert unknown == set(), "put them into community/openness/words.py"
    assert not set(words.DONE) & (words.OF_HER_OWN | words.ON_THEIR_PAGE)
    assert {group for group, _done in words.DONE.values()} == set(words.GROUPS)


def test_every_reason_of_a_decision_has_its_words() -> None:
    """No line says a bare name of the code where somebody chose from a list."""
    chosen = {*decided.REASONS, *said_back.REASONS, *readings.REASONS}
    assert chosen <= set(words.REASONS), chosen - set(words.REASONS)
