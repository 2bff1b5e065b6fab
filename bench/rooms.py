"""Members who talk in chats by the whole way: gate, database, broadcast, in one process on SQLite.

Two hundred in ten chats, five messages a second in each, for a minute, and what one message takes alone; nobody writes
more than a member may. Then readers who stop reading among those who go on.
"""

from __future__ import annotations

import contextlib
import json
import math
import statistics
import sys
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from bench.measure import processor_seconds, resident
from bench.talkers import Talkers
from tests.live.house import House, run_quietly
from tests.proof.crowd import crowd
from tests.serve import Hearth

CHATS, EACH, A_SECOND, SECONDS = 10, 20, 5, 60
ALONE = 40  # messages with nothing beside them

READERS, STALLED, WRITERS, RATE, STALL_SECONDS = 100, 50, 20, 25, 40
STRETCH = 50  # messages

_OPEN = """
import json, sys
from datetime import timedelta
import config
from community.app import create_app
from community.chat import hosting
from community.core import clock
from community.members.models import Member
from community.members.queries import as_viewer
from community.spaces.models import Space
from community.core.db import session
from sqlalchemy import select

with create_app(config.load()).app_context():
    jonna = as_viewer(session().scalar(select(Member.id).where(Member.sign_in_name == "jonna")))
    space = session().scalar(select(Space.id).where(Space.slug == "vardagsrummet"))
    begins = clock.now() - timedelta(minutes=1)
    names = [(f"Rum {number}", f"Room {number}") for number in range(int(sys.argv[1]))]
    wishes = [hosting.Wish(*name, space, begins, begins + timedelta(hours=3)) for name in names]
    print(json.dumps([hosting.open_chat(jonna, wish).id for wish in wishes]))
"""


def rooms(house: House, folder: Path) -> Iterator[str]:
    """Lines of the table."""
    server = house.another(SOCKET=str(folder / "rooms.sock"), TRUSTED_PROXIES="1", DEMO_NO_LIMITS="0")
    with server, Talkers() as talkers:
        cookies = [cookie["sid"] for cookie in crowd(house, CHATS * EACH)]
        streams = json.loads(run_quietly([sys.executable, "-c", _OPEN, str(CHATS)], house.server.env).splitlines()[-1])
        parts = [[stream, cookies[place * EACH : (place + 1) * EACH]] for place, stream in enumerate(streams)]
        talkers.ask(open=parts, where=server.settings["SOCKET"], port=server.port)
        time.sleep(2)  # who is there was told to everybody
        talkers.ask(say="Uppvärmning", a_second=0.3, seconds=10, by=EACH)
        # So slowly that nothing is beside a message: ten chats take turns.
        alone = talkers.ask(say="Ensam", a_second=0.25, seconds=ALONE / CHATS / 0.25, by=EACH)
        talkers.ask(wait=60)  # a member's own limit counts a minute
        used, began = processor_seconds(server.child.pid), time.monotonic()
        found = talkers.ask(say="Fullt hus", a_second=A_SECOND, seconds=SECONDS, by=EACH)
        took = time.monotonic() - began
        used = processor_seconds(server.child.pid) - used
    check(alone), check(found)
    one, late = statistics.median(alone["lasts"]), part_of(alone["lasts"], 0.99)
    usual, p99 = statistics.median(found["lasts"]), part_of(found["lasts"], 0.99)
    what = f"{CHATS * EACH} members in {CHATS} chats, {A_SECOND} messages a second in each, {SECONDS} s"
    yield f"a message alone, sent to the last of {EACH} readers | {one:.0f} ms (p99 {late:.0f} ms) | 1"
    yield f"{what}: p99 | {p99:.0f} ms | {p99 / one:.1f}"
    yield f"the same, median | {usual:.0f} ms | {usual / one:.1f}"
    yield (
        f"sent, lost, twice, in another order | {found['sent']}, {found['lost']}, {found['twice']}, "
        f"{found['disordered']} |"
    )
    yield f"processor time a message | {1000 * used / found['sent']:.1f} ms ({100 * used / took:.0f} % of a core) |"


def stalled(house: House, folder: Path) -> Iterator[str]:
    """Lines of the table. Twenty write so much that one who reads nothing is cut; the limits of members are lifted."""
    metrics = {"SOCKET": str(folder / "stalled.sock"), "TRUSTED_PROXIES": "1", "DEMO_NO_LIMITS": "1"}
    server = house.another(**metrics)
    with contextlib.ExitStack() as ending:
        ending.enter_context(server)
        talkers = ending.enter_context(Talkers())
        cookies = [cookie["sid"] for cookie in crowd(house, READERS + STALLED)]
        chat = house.chat()
        talkers.ask(open=[[chat, cookies[:READERS]]], where=server.settings["SOCKET"], port=server.port)
        talk: dict[str, Any] = {"a_second": RATE, "seconds": STALL_SECONDS, "by": WRITERS}
        talkers.ask(say="Uppvärmning", a_second=RATE, seconds=5, by=WRITERS)
        without = talkers.ask(say="Alla läser", **talk)
        talkers.ask(stall=[chat, cookies[READERS:]])
        before = resident(server.child.pid)
        with_them, most = watched(server, talkers, talk)
        after = resident(server.child.pid)
        cut = talkers.ask(cut=True)["cut"]
    check(without), check(with_them)
    calm, other = part_of(without["lasts"], 0.95), part_of(with_them["lasts"], 0.95)
    yield f"{RATE} messages a second to {READERS} readers of a chat: p95 to the last of them | {calm:.0f} ms | 1"
    yield f"the same, beside {STALLED} that stopped reading | {other:.0f} ms | {other / calm:.2f}"
    calm, other = (statistics.median(p95s(found["lasts"])) for found in (without, with_them))
    yield f"p95 of each {STRETCH} messages, the middle one, without them | {calm:.0f} ms | 1"
    yield f"the same, with them | {other:.0f} ms | {other / calm:.2f}"
    yield f"of these {STALLED} cut by the server | {cut} |"
    memory = f"{(most - before) / 1024:+.1f} MB, {(after - before) / 1024:+.1f} MB"
    yield f"memory beside them, at most, and at the end | {memory} |"


def watched(server: Hearth, talkers: Talkers, talk: dict[str, Any]) -> tuple[dict[str, Any], float]:
    """What was told, and the most memory the server held meanwhile, in KB."""
    most = 0.0
    with ThreadPoolExecutor(1) as beside:
        told = beside.submit(talkers.ask, say="Några läser inte", **talk)
        while not told.done():
            most = max(most, resident(server.child.pid))
            time.sleep(0.2)
    return told.result(), most


def p95s(found: list[float]) -> list[float]:
    """Of each stretch: what disturbs the machine for a second or two disturbs one of them."""
    return [part_of(found[start : start + STRETCH], 0.95) for start in range(0, len(found), STRETCH)]


def part_of(found: Sequence[float], part: float) -> float:
    """The value so many of them stay under; what never arrived counts as for ever."""
    in_order = sorted(math.inf if math.isnan(one) else one for one in found)
    return in_order[min(len(in_order) - 1, int(part * len(in_order)))]


def check(found: dict[str, Any]) -> None:
    """Everything acknowledged came to everybody, once, in one order; nothing was refused."""
    wrong = {name: found[name] for name in ("refused", "lost", "twice", "disordered") if found[name]}
    assert not wrong, wrong
