"""The demo holds together: who wrote could write there then, and what the seed writes is what the actions write."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from sqlalchemy import Connection, select

from community.core import clock, text
from community.core.db import ids_from, session
from community.demo import seed, threads_own
from community.demo.people import PEOPLE, at_anchor
from community.demo.rows import ORDER, Rows, Talk
from community.forum import actions as forum
from community.forum import questions
from community.lifecycle import leaving_work
from community.members.models import Duty, Member, MembershipPeriod
from community.members.queries import as_viewer
from community.safety.gate import Facts, Outcome, Surface, screen
from community.spaces.models import AUDIENCES, Space
from community.spaces.rules import reads
from community.streams import actions as streams
from community.streams import quotes
from community.streams.actions import Said
from community.streams.models import REACTIONS, Piece, ReadMark, Stream
from config import Settings
from tests.demo.conftest import OpenHouse
from tests.demo.invariants import broken
from tests.world import NOW, World

ANYBODY = Facts("under 16", "resident", 10, cover="host", trusted=True)
BY_NAME = {person["sign_in"]: person for person in PEOPLE}

CHANNELS = Space.audience.in_(AUDIENCES)


def contents(connection: Connection) -> dict[str, list[Any]]:
    """Every row, but for what is never the same twice: hashes of passwords and links, and what is sealed."""
    found = {}
    for table in Member.metadata.sorted_tables:
        hashes = ("password_hash", "token_hash")
        columns = [c for c in table.columns if c.name not in hashes and not c.name.endswith("_sealed")]
        found[table.name] = sorted(map(tuple, connection.execute(select(*columns))), key=repr)
    return found


def test_thirty_one_people_twelve_channels(house: Settings) -> None:
    kinds = [at_anchor(person)[0] for person in PEOPLE]
    assert [kinds.count(kind) for kind in ("resident", "alumnus", "staff")] == [8, 14, 9]
    assert session().query(Space).where(CHANNELS).count() == 12
    for name, person in BY_NAME.items():
        viewer = as_viewer(session().query(Member.id).filter(Member.sign_in_name == name).scalar())
        assert viewer.kind == at_anchor(person)[0], name
    drawn = [person["avatar"] for person in PEOPLE if person["avatar"]]
    assert len(drawn) == len(set(drawn)) == 24


def test_forty_threads_in_every_channel_and_both_languages(house: Settings) -> None:
    assert len(seed.THREADS) >= 40
    assert sum(len(thread["replies"]) for thread in seed.THREADS) >= 300
    assert {thread["space"] for thread in seed.THREADS} == set(session().scalars(select(Space.slug).where(CHANNELS)))
    assert {thread["lang"] for thread in seed.THREADS} >= {"sv", "en"}


def test_who_leaves_soon_is_still_here_and_her_successor_is_named(house: Settings) -> None:
    ids = dict(session().execute(select(Member.sign_in_name, Member.id)).all())
    today = clock.today()
    leaves = session().scalars(select(MembershipPeriod.to_on).where(MembershipPeriod.member_id == ids["olof"])).one()
    assert leaves == today + timedelta(days=20)
    assert as_viewer(ids["samir"]).kind == "resident"
    with clock.at(clock.now() + timedelta(days=12)):
        assert as_viewer(ids["samir"]).kind == "alumnus"
    held = select(Duty.member_id).where(Duty.kind == "key_worker", Duty.resident_id == ids["isla"])
    assert session().scalars(held.where(Duty.from_on <= today)).all() == [ids["olof"]]
    planned = leaving_work.planned_for(ids["olof"])
    assert planned is not None and (planned.successor_id, planned.leaves_on) == (ids["sara"], leaves)
    assert leaving_work.note_of(planned)


def test_every_word_was_written_by_somebody_who_could(house: Settings) -> None:
    """In a channel she reads, after she came, before the evening it is told on, past the gate."""
    places = {space.slug: space for space in session().scalars(select(Space))}
    members = dict(session().execute(select(Member.sign_in_name, Member.id)).all())
    anchor, wrong = clock.now(), []
    houses = {thread["key"]: as_viewer(members[thread["author"]]).house_id for thread in threads_own.OWN}
    for thread in seed.THREADS:
        space, opened = places[thread["space"]], anchor - timedelta(days=thread["days_ago"])
        words = [(thread, opened), *((r, opened + timedelta(hours=r["hours_after"])) for r in thread["replies"])]
        for what, at in words:
            named = [(what["author"], at), *((who, anchor) for who, _kind in what["reactions"])]
            for who, when in named:
                with clock.at(when):
                    if not reads(as_viewer(members[who]), space, houses.get(thread["key"])):
                        wrong.append((thread["key"], who, "does not read"))
            kinds = [kind for _who, kind in what["reactions"]]
            gentle = thread["just_listen"] or "note" in thread or "note" in what
            if not set(kinds) <= set(REACTIONS) - ({"haha"} if gentle else set()):
                wrong.append((thread["key"], kinds))
            if len(set(what["reactions"])) != len(kinds) or what["author"] in dict(what["reactions"]):
                wrong.append((thread["key"], what["text"][:30], "reacts twice or to herself"))
            if at + timedelta(minutes=3 * len(kinds)) > anchor:
                wrong.append((thread["key"], what["text"][:30], "later than now"))
            if screen(what["text"], Surface.REPLY, ANYBODY).outcome is not Outcome.PUBLISH:
                wrong.append((thread["key"], what["text"][:30], "stopped by the gate"))
            assert text.says_something(what["text"]) and len(what["text"]) <= text.LONGEST_PIECE
        times = [at for _what, at in words]
        assert times == sorted(times), thread["key"]
    assert wrong == []
    assert len({thread["key"] for thread in seed.THREADS}) == len(seed.THREADS)


def test_streams_keep_what_they_promise(house: Settings) -> None:
    assert broken(session()) == []
    unread = session().scalars(
        select(Stream.id)
        .join(ReadMark, ReadMark.stream_id == Stream.id)
        .join(Member, Member.id == ReadMark.member_id)
        .where(Member.sign_in_name == "amina", ReadMark.nr < Stream.last_nr)
    )
    assert len(unread.all()) >= 3, "something is new to her"


def test_the_same_day_gives_the_same_house(open_house: OpenHouse) -> None:
    houses = []
    for _time in range(2):
        with open_house():
            houses.append(contents(session().connection()))
    one, other = houses
    assert {name for name in one if one[name] != other[name]} <= {"announcement"}


def test_rows_are_what_the_actions_write(world: World) -> None:
    """One story, told by the members and told as rows: table by table the same."""
    numbers = iter(range(1, 1000))
    at = [NOW + timedelta(minutes=minute) for minute in range(6)]
    tuva, sara = world.viewer("tuva"), world.viewer("sara")
    with ids_from(lambda: next(numbers)):
        with clock.at(at[0]):
            said = Said("Först **ett** ord.", "story-0", "En titel")
            opening = forum.start_thread(
                tuva, world.space("minnen"), said, mode="ask", just_listen=True, tags=["money"]
            )
        with clock.at(at[1]):
            streams.react(sara, opening.id, "hug")
        replies = []
        for minute, who in ((2, sara), (3, tuva)):
            with clock.at(at[minute]):
                chosen = {"quote_id": opening.id, "excerpt": "ett ord"} if minute == 3 else {"note": "om ord"}
                said = Said(f"Svar {minute} till @tuva", f"story-{minute}", **chosen)
                replies.append(forum.reply(who, opening.stream_id, said))
        with clock.at(at[4]):
            streams.react(tuva, replies[0].id, "heart")
        with clock.at(at[4]):
            questions.mark_helped(tuva, replies[0].id)
        with clock.at(at[5]):
            streams.mark_read(tuva, session().get_one(Stream, opening.stream_id), 3)
    rows = Rows()
    talk = Talk(rows, opening.stream_id, world.space("minnen"), mode="ask", just_listen=True, tags=["money"])

    def words(piece: Piece) -> dict[str, Any]:
        return {
            name: getattr(piece, name) for name in ("text", "html", "lang", "title", "client_id", "note", *quotes.NONE)
        }

    first = talk.say(opening.id, tuva.id, at[0], words(opening))
    talk.react(first, sara.id, "hug", at[1])
    second = talk.say(replies[0].id, sara.id, at[2], words(replies[0]))
    talk.say(replies[1].id, tuva.id, at[3], words(replies[1]))
    talk.react(second, tuva.id, "heart", at[4])
    talk.mark(second, tuva.id, at[4])
    talk.read(tuva.id, 3, at[5])
    session().expire_all()
    for table in ORDER:
        key = table.c.get("stream_id", table.c.get("id") if table.name == "stream" else None)
        if key is None:
            chosen = select(table).where(table.c.piece_id.in_([first["id"], second["id"]]))
        else:
            chosen = select(table).where(key == opening.stream_id)
        written = [dict(row) for row in session().execute(chosen).mappings()]
        told = rows.of[table.name]
        assert len(written) == len(told) and all(row in told for row in written), table.name
