"""House managers open, change, order and close channels; whoever wrote trusting who reads is never read by others."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import product
from typing import Any

import pytest
from sqlalchemy import select

from community.channels import actions, queries
from community.channels.actions import Wish
from community.core.audit import AuditLine
from community.core.db import session
from community.core.errors import Conflict, Invalid, NotAllowed, NotFound
from community.members.models import KINDS
from community.members.people import ADULT, SIXTEEN_17, UNDER_16
from community.spaces import queries as spaces
from community.spaces import rules
from community.spaces.models import AUDIENCES, Space, SpaceChange
from community.streams import actions as streams
from tests.client import Browser, field_in, words_of
from tests.digest import digest
from tests.fixtures import Heard
from tests.make import Make
from tests.world import World

Browsers = Callable[..., Browser]
SHED = Wish("Cykelboden", "Bike shed", "Punka och sånt.", "Punctures and such.", colour="moss")


def space(world: World, slug: str) -> Space:
    return session().get_one(Space, world.space(slug), populate_existing=True)


def as_is(world: World, slug: str, **changed: Any) -> Wish:
    return replace(Wish(**actions.values_of(space(world, slug))), **changed)


def change(world: World, slug: str, *, sure: str = "", **changed: Any) -> Space:
    row = space(world, slug)
    wish = as_is(world, slug, **changed)
    return actions.change_channel(world.viewer("birgitta"), row.id, wish, version=row.version, sure=sure)


def sent(wish: Wish, **more: Any) -> dict[str, Any]:
    fields = {name: getattr(wish, name) for name in Wish.__dataclass_fields__}
    fields["asks_whom"] = "y"
    if not wish.asks_whom:
        del fields["asks_whom"]
    return {**fields, "version": 0, **more}


def order(world: World, who: str = "birgitta") -> list[str]:
    return [place.slug for place in spaces.readable(world.viewer(who))]


def test_a_manager_opens_a_channel_and_people_write_there(world: World, browser: Browsers) -> None:
    answer = browser("birgitta").post("/channels/new", sent(SHED))
    assert answer.location == "/c/cykelboden"
    assert order(world)[-1] == "cykelboden"
    page = words_of(browser("tuva").get("/c/cykelboden"))
    assert "Bike shed" in page and "Punctures and such." in page
    assert "Cykelboden" in words_of(browser("amina").get("/"))
    assert browser("tuva").get("/write?space=cykelboden").text.count("Punctures and such.") == 1


def test_the_address_is_made_of_the_swedish_name_is_its_own_and_stays(world: World) -> None:
    birgitta = world.viewer("birgitta")
    slugs = [actions.open_channel(birgitta, replace(SHED, name_sv=name)).slug for name in
             ("Räksmörgås & öl", "Räksmörgås, öl", "Home", "!?", "x" * 40, "X" * 40)]  # fmt: skip
    assert slugs == ["raksmorgasol", "raksmorgasol2", "home2", "kanal", "x" * 36, "x" * 36 + "2"]
    change(world, "kanal", name_sv="Något annat")
    assert space(world, "kanal").name_sv == "Något annat"


@pytest.mark.parametrize("field", ["name_sv", "name_en", "about_sv", "about_en"])
def test_what_is_too_long_or_missing_is_said_by_its_field_and_kept(
    field: str, world: World, browser: Browsers, rolled_back: Any
) -> None:
    birgitta, before = browser("birgitta"), digest(rolled_back)
    longest = 40 if field.startswith("name") else 140
    for value in ("x" * (longest + 1), ""):
        answer = birgitta.post("/channels/new", sent(replace(SHED, **{field: value})))
        assert answer.status_code == 422 and f'id="{field}-err"' in answer.text
        assert field_in(answer, field) == value
    assert digest(rolled_back) == before
    assert birgitta.post("/channels/new", sent(replace(SHED, **{field: "x" * longest}))).status_code == 303


def test_only_what_can_be_is(world: World) -> None:
    birgitta = world.viewer("birgitta")
    for wish, field in (
        (replace(SHED, kind="staff"), "kind"),
        (replace(SHED, audience="staff", asks_whom=True), "asks_whom"),
    ):
        with pytest.raises(Invalid) as refused:
            actions.open_channel(birgitta, wish)
        assert refused.value.field == field


@pytest.mark.parametrize("name", ["sara", "jonna", "tuva", "johanna", "mira"])
def test_nobody_else_opens_changes_or_sees_the_list(name: str, world: World, browser: Browsers) -> None:
    viewer, id_ = world.viewer(name), world.space("minnen")
    wish = as_is(world, "minnen")
    tries: list[Callable[[], object]] = [
        lambda: actions.open_channel(viewer, SHED),
        lambda: actions.change_channel(viewer, id_, wish, version=1),
        lambda: actions.close_channel(viewer, id_),
        lambda: actions.reopen_channel(viewer, id_),
        lambda: actions.move_channel(viewer, id_, "up"),
        lambda: queries.channels_for(viewer),
        lambda: queries.history_of(viewer, space(world, "minnen")),
    ]
    for one in tries:
        with pytest.raises(NotAllowed):
            one()
    assert "/channels" not in browser(name).get("/me").text


def test_another_houses_channel_does_not_exist(world: World, browser: Browsers) -> None:
    birgitta, id_ = world.viewer("birgitta"), world.space("linden")
    for one in (actions.close_channel, actions.reopen_channel):
        with pytest.raises(NotFound):
            one(birgitta, id_)
    assert "Linden" not in words_of(browser("birgitta").get("/channels")).split("Good to know")[0].split("Kanaler")[-1]
    opened = actions.open_channel(birgitta, replace(SHED, audience="house"))
    assert opened.house_id == world.house("Solgläntan")
    assert not rules.reads(world.viewer("samir"), opened) and rules.reads(world.viewer("tuva"), opened)


def test_nobody_new_reads_is_what_the_table_of_audiences_says() -> None:
    """Every pair of readerships, every kind of person: somebody new, or not."""
    wanted = [rules.Wanted(name, house) for name in AUDIENCES for house in ((1, 2) if name == "house" else (None,))]
    people = [rules._Anybody(*one) for one in product(KINDS, (1, 2, 3), (UNDER_16, SIXTEEN_17, ADULT))]
    for before, after in product(wanted, wanted):
        new = [one for one in people if rules.reads(one, after) and not rules.reads(one, before)]
        assert rules.somebody_new_reads(before, after) is bool(new), (before, after)
    narrower = {(b.audience, a.audience) for b, a in product(wanted, wanted) if not rules.somebody_new_reads(b, a)}
    assert narrower == {("all", name) for name in AUDIENCES} | {
        ("moved_out", "moved_out"), ("moved_out", "staff"), ("house", "house"), ("staff", "staff"),
    }  # fmt: skip


@pytest.mark.parametrize(("slug", "audience"), [
    ("utflyttat", "all"), ("utflyttat", "house"), ("personal", "moved_out"), ("personal", "all"),
    ("solglantan", "all"), ("solglantan", "staff"), ("solglantan", "moved_out"),
])  # fmt: skip
def test_a_channel_with_posts_is_never_opened_to_anybody_new(
    slug: str, audience: str, world: World, browser: Browsers, rolled_back: Any
) -> None:
    birgitta, before = browser("birgitta"), digest(rolled_back)
    row = space(world, slug)
    wish = as_is(world, slug, audience=audience, kind="talk")
    for sure in ("", audience):
        answer = birgitta.post(f"/channels/{row.id}", sent(wish, version=row.version, sure=sure))
        assert answer.status_code == 422
        assert "Öppna en ny kanal i stället." in answer.text
    assert digest(rolled_back) == before


def test_a_channel_nobody_wrote_in_may_be_for_anybody(world: World) -> None:
    opened = actions.open_channel(world.viewer("birgitta"), replace(SHED, audience="staff"))
    change(world, opened.slug, audience="all")
    assert rules.reads(world.viewer("vera"), space(world, opened.slug))


def test_fewer_readers_are_told_of_first_and_lose_it_at_once(
    world: World, make: Make, browser: Browsers, heard: Heard
) -> None:
    thread, row = make.thread("tuva", "minnen", title="Bara kort"), space(world, "minnen")
    birgitta, wish = browser("birgitta"), as_is(world, "minnen", audience="moved_out")
    told = birgitta.post(f"/channels/{row.id}", sent(wish, version=row.version))
    assert told.status_code == 422 and 'name="sure" value="moved_out"' in told.text
    assert "inte ens sina egna inlägg" in words_of(told)
    assert browser("tuva").get(f"/t/{thread.id}").status_code == 200
    # A yes to something else is no yes.
    assert birgitta.post(f"/channels/{row.id}", sent(wish, version=row.version, sure="staff")).status_code == 422
    assert birgitta.post(f"/channels/{row.id}", sent(wish, version=row.version, sure="moved_out")).status_code == 303
    assert ("space:narrowed", {"space": row.id}) in [(event, ids) for _room, event, ids in heard]
    for name in ("tuva", "samir", "kim"):
        assert browser(name).get(f"/t/{thread.id}").status_code == 404
        assert "Bara kort" not in browser(name).get("/").text
    for name in ("johanna", "sara", "petra"):
        assert browser(name).get(f"/t/{thread.id}").status_code == 200


def test_how_many_lose_it_leaves_out_whom_the_manager_is_kept_apart_from(world: World, make: Make) -> None:
    birgitta, wanted = world.viewer("birgitta"), rules.Wanted("staff", None)
    before = queries.narrowing_for(birgitta, space(world, "minnen"), wanted).losing
    make.excluded("birgitta", "tuva")
    assert queries.narrowing_for(world.viewer("birgitta"), space(world, "minnen"), wanted).losing == before - 1


def test_two_managers_at_once_the_second_sees_both(world: World, browser: Browsers) -> None:
    row, birgitta = space(world, "minnen"), browser("birgitta")
    version = row.version
    mine = as_is(world, "minnen", name_en="My memories")
    change(world, "minnen", name_en="Their memories", colour="rose")
    answer = birgitta.post(f"/channels/{row.id}", sent(mine, version=version))
    assert answer.status_code == 409
    assert "Their memories" in answer.text and field_in(answer, "name_en") == "My memories"
    assert space(world, "minnen").name_en == "Their memories"
    again = birgitta.post(f"/channels/{row.id}", sent(mine, version=int(field_in(answer, "version"))))
    assert again.status_code == 303 and space(world, "minnen").name_en == "My memories"
    with pytest.raises(Conflict):
        actions.change_channel(world.viewer("birgitta"), row.id, mine, version=version)


def test_a_closed_channel_is_read_and_nothing_else_until_it_is_opened_again(
    world: World, make: Make, browser: Browsers
) -> None:
    thread = make.thread("amina", "minnen")
    piece, row = make.reply("amina", thread), space(world, "minnen")
    birgitta = world.viewer("birgitta")
    actions.close_channel(birgitta, row.id)
    tuva, amina = browser("tuva"), browser("amina")
    page = tuva.get(f"/t/{thread.id}")
    assert page.status_code == 200 and 'form class="composer"' not in page.text
    assert "This channel is closed." in words_of(page) and "This channel is closed." in words_of(tuva.get("/c/minnen"))
    writes = {
        f"/t/{thread.id}/replies": {"text": "x", "client_id": "closed-01"},
        f"/pieces/{piece.id}/react": {"kind": "hug"},
    }
    for path, fields in writes.items():
        assert tuva.post(path, fields).status_code == 403, path
    assert amina.get(f"/pieces/{piece.id}/edit").status_code == 403
    assert amina.post(f"/pieces/{piece.id}/edit", {"text": "y", "version": 1}).status_code == 403
    assert "/edit" not in amina.get(f"/pieces/{piece.id}/more").text
    assert str(row.id) not in tuva.get("/write").text
    streams.remove_piece(world.viewer("amina"), piece.id)
    actions.reopen_channel(birgitta, row.id)
    assert make.reply("tuva", thread).nr


def test_all_channels_may_be_closed_and_pages_still_stand(world: World, browser: Browsers) -> None:
    birgitta = world.viewer("birgitta")
    for place in spaces.readable(birgitta):
        actions.close_channel(birgitta, place.id)
    tuva = browser("tuva")
    assert tuva.get("/").status_code == 200
    refused = tuva.get("/write")
    assert refused.status_code == 403 and "no channel you can write in" in words_of(refused)
    assert "Ingen kanal är öppen" in words_of(browser("birgitta").get("/channels"))


def test_channels_move_up_and_down_among_those_the_manager_sees(world: World, browser: Browsers) -> None:
    birgitta, before = browser("birgitta"), order(world)
    at = before.index("solglantan")
    for way, expected in (("up", at - 1), ("down", at), ("down", at + 1)):
        answer = birgitta.post(f"/channels/{world.space('solglantan')}/move", way=way)
        assert answer.location.endswith(f"#c{world.space('solglantan')}")
        assert order(world).index("solglantan") == expected
    rest = [slug for slug in before if slug != "solglantan"]
    assert [slug for slug in order(world) if slug != "solglantan"] == rest
    first = order(world)[0]
    birgitta.post(f"/channels/{world.space(first)}/move", way="up")
    assert order(world)[0] == first
    assert birgitta.post(f"/channels/{world.space(first)}/move", way="sideways").status_code == 422


def test_every_change_is_a_line_of_history_and_of_the_chain_with_ids_alone(world: World, browser: Browsers) -> None:
    birgitta = world.viewer("birgitta")
    opened = actions.open_channel(birgitta, SHED)
    change(world, opened.slug, name_en="The shed", asks_whom=True)
    actions.move_channel(birgitta, opened.id, "up")
    actions.close_channel(birgitta, opened.id)
    actions.close_channel(birgitta, opened.id)
    actions.reopen_channel(birgitta, opened.id)
    change(world, opened.slug)  # nothing to change
    mine = SpaceChange.space_id == opened.id
    rows = list(session().scalars(select(SpaceChange).where(mine)))
    assert sorted(row.kind for row in rows) == ["changed", "closed", "moved", "opened", "reopened"]
    changed = next(row for row in rows if row.kind == "changed")
    assert changed.fields == {"name_en": ["Bike shed", "The shed"], "asks_whom": [False, True]}
    assert {row.by_id for row in rows} == {birgitta.id}
    lines = list(session().scalars(select(AuditLine).where(AuditLine.subject == f"space:{opened.id}")))
    assert {line.act for line in lines} == {f"space.{row.kind}" for row in rows}
    assert {line.facts["change"] for line in lines} == {row.id for row in rows}
    page = words_of(browser("birgitta").get(f"/channels/{opened.id}"))
    assert "Namn på engelska: Bike shed → The shed" in page and "nej → ja" in page
