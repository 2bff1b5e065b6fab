"""Another name, by the member or with staff: the old one is nowhere afterwards, in no page and in no column."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlalchemy import select

from community.core.audit import AuditLine
from community.core.db import session
from community.core.errors import Invalid, NotAllowed
from community.lifecycle import renaming
from community.members import invitations
from community.members.actions import join
from community.members.invitations import Wish
from community.members.people import Visitor
from community.tables import METADATA
from tests.client import Browser
from tests.inbox import saying
from tests.make import Make
from tests.world import PASSWORD, World

OLD = "Zebulonda"


def newcomer(world: World) -> int:
    """Somebody who came in under a name nobody else has, with a preset one."""
    wish = Wish("resident", world.house("Solgläntan"), adult_checked=True, known=True, preset_name=OLD)
    made = invitations.make_invitation(world.viewer("birgitta"), wish)
    asked = {"password": PASSWORD, "language": "sv", "avatar": "a01", "colour": "a"}
    return join(Visitor("127.0.0.1"), made.id, display_name=OLD, **asked)[0]


def everywhere(word: str) -> list[str]:
    """Every column in which a word stands."""
    found = []
    for table in METADATA.sorted_tables:
        for row in session().execute(select(table)):
            found += [f"{table.name}.{name}" for name, value in row._mapping.items() if word in str(value).casefold()]
    return sorted(set(found))


def lived(world: World, make: Make) -> int:
    """She writes, is mentioned, quoted and answered, tells the team, and is noticed."""
    id_ = newcomer(world)
    world.__dict__.pop("_ids", None)
    who = OLD.casefold()
    stream = make.thread(who)
    make.reply("tuva", stream, f"Hej @{OLD} och välkommen")
    make.reply(who, world.stream("open"))
    saying.write(world, who, "till teamet")
    saying.answer(world, "sara", saying.inbox_of(world, who), "hej hej")
    return id_


def test_the_old_name_stands_in_no_column(world: World, make: Make) -> None:
    id_ = lived(world, make)
    assert everywhere(OLD.casefold())
    renamed = renaming.rename(world.viewer("birgitta"), id_, "Viktor", sign_in_too=True)
    assert (renamed.name, renamed.sign_in_name) == ("Viktor", "viktor")
    assert everywhere(OLD.casefold()) == []


def test_nor_on_any_page(world: World, make: Make, browser: Callable[..., Browser]) -> None:
    id_ = lived(world, make)
    stream = make.world.stream("made-000001")
    hers = browser(OLD.casefold())
    renaming.rename(world.viewer("birgitta"), id_, "Viktor", sign_in_too=True)
    tuva = browser("tuva")
    pages = ("/", f"/t/{stream.id}", f"/people/{id_}", "/notifications", f"/t/{world.stream('open').id}")
    for path in pages:
        assert OLD not in tuva.get(path).text and OLD.casefold() not in tuva.get(path).text, path
    assert "@Viktor" in tuva.get(f"/t/{stream.id}").text
    for path in ("/team?show=answered", "/audit", "/invitations", f"/people/{id_}/membership"):
        assert OLD not in browser("birgitta").get(path).text, path
    mine = hers.get("/me").text  # her sessions go on
    assert "Viktor" in mine and "viktor" in mine and OLD.casefold() not in mine.casefold()


def test_she_signs_in_with_the_new_name_alone(world: World, make: Make, browser: Callable[..., Browser]) -> None:
    id_ = newcomer(world)
    renaming.rename(world.viewer("birgitta"), id_, "Tuva", sign_in_too=True)  # taken: a number
    assert browser().sign_in(OLD.casefold()).status_code == 422
    assert browser().sign_in("tuva2").status_code == 303


def test_the_sign_in_name_stays_where_it_is_not_asked_for(world: World) -> None:
    assert (
        renaming.rename(world.viewer("birgitta"), world.id("tuva"), "Viktor", sign_in_too=False).sign_in_name == "tuva"
    )
    line = session().scalar(select(AuditLine).where(AuditLine.act == "member.renamed"))
    assert line is not None and line.facts == {"sign_in": False}


def test_a_name_passes_the_gate_and_is_nobodys_who_works_here(world: World) -> None:
    for name in ("Sara", " ", "x" * 60):
        with pytest.raises(Invalid) as refused:
            renaming.rename(world.viewer("birgitta"), world.id("tuva"), name, sign_in_too=False)
        assert refused.value.field == "display_name"


def test_house_managers_alone(world: World) -> None:
    for by in ("sara", "jonna", "tuva"):
        with pytest.raises(NotAllowed):
            renaming.rename(world.viewer(by), world.id("amina"), "Viktor", sign_in_too=False)
    with pytest.raises(NotAllowed):
        renaming.rename(world.viewer("birgitta"), world.id("birgitta"), "Viktor", sign_in_too=False)


def test_her_own_change_does_the_same_but_for_the_sign_in_name(
    world: World, make: Make, browser: Callable[..., Browser]
) -> None:
    id_ = lived(world, make)
    assert browser(OLD.casefold()).post("/me", display_name="Viktor", about="", colour="a").status_code == 303
    assert "member.sign_in_name" in everywhere(OLD.casefold())
    assert set(everywhere(OLD.casefold())) <= {"member.sign_in_name"}
    assert id_


def test_nothing_keeps_anybodys_gender() -> None:
    columns = {f"{table.name}.{column.name}" for table in METADATA.sorted_tables for column in table.columns}
    words = ("gender", "sex", "pronoun", "marker", "personal_number")
    assert not [name for name in columns if any(word in name.split(".")[1] for word in words)]


def test_the_page(world: World, browser: Callable[..., Browser]) -> None:
    birgitta, path = browser("birgitta"), f"/people/{world.id('tuva')}/membership/name"
    assert "tuva" in birgitta.get(path).text
    assert birgitta.post(path, display_name=" ").status_code == 422
    done = birgitta.post(path, display_name="Viktor", sign_in_too="y")
    assert done.status_code == 200 and "viktor" in done.text
