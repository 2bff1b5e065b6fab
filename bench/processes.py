"""Two processes with Redis beside one: replies in a thread, or messages of a chat, written at both, delivered to as
many readers, spread over both.

Everything is in it: pages or sockets, transactions, rows, knocks, rendering, sending. By the clock it needs two cores
for the servers and some more for PostgreSQL and the readers; by processor time of the busier process it says what two
free cores would give.
"""

from __future__ import annotations

import contextlib
import statistics
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

from bench.measure import processor_seconds
from bench.readers import Readers
from tests.copies import PostgresCopies
from tests.live.crash import Where
from tests.live.house import House, copied
from tests.live.people import Person, mark
from tests.live.talks import Chat, Talk, Thread
from tests.proof.crowd import crowd
from tests.serve import Hearth
from tests.servers import Postgres, Valkey

READERS, EACH, WRITERS, REPLIES, ROUNDS = 400, 4, 4, 8, 5  # replies: of each writer in a round


@dataclass
class Set:
    """One or two servers over one house; `by_clock` and `by_processor`: deliveries a second, of each round."""

    name: str
    servers: list[Hearth]
    writers: list[Person]
    talk: Talk
    cookies: list[str]  # one for each reader
    by_clock: list[float] = field(default_factory=list)
    by_processor: list[float] = field(default_factory=list)


def processes(folder: Path, where: Where = Thread) -> Iterator[str]:
    """Lines of the table."""
    said = "messages of a chat" if where is Chat else "replies"
    with Postgres() as postgres, Valkey() as valkey, contextlib.ExitStack() as ending:
        copies = PostgresCopies(postgres.folder)
        sets = [started(copies, folder, valkey, ending, count, where) for count in (1, 2)]
        readers = ending.enter_context(Readers())
        for these in sets:
            let_in(readers, these)
        with ThreadPoolExecutor(WRITERS) as at_once:
            for _ in range(ROUNDS + 1):
                for these in sets:
                    one_round(these, readers, at_once)
    one, two = sets
    for these in sets:
        del these.by_clock[0], these.by_processor[0]  # warming up
    what = f"{said} to {READERS} readers, PostgreSQL and Redis, one process"
    yield f"{what} | {statistics.median(one.by_clock):,.0f} deliveries a second | 1"
    yield f"the same, two processes | {statistics.median(two.by_clock):,.0f} | {beside(two.by_clock, one.by_clock):.2f}"
    found = beside(two.by_processor, one.by_processor)
    figure = statistics.median(two.by_processor)
    yield f"by processor time of the busier process | {figure:,.0f} deliveries per processor second | {found:.2f}"


def beside(mine: list[float], its: list[float]) -> float:
    """The median of the rounds' ratios: what disturbs a round disturbs both."""
    return statistics.median(one / other for one, other in zip(mine, its, strict=True))


def started(
    copies: PostgresCopies, folder: Path, valkey: Valkey, ending: contextlib.ExitStack, count: int, where: Where
) -> Set:
    """A house of its own, its servers on socket files as behind nginx."""
    house: House = copied(copies, folder, REDIS_URL=valkey.url, PROCESSES=str(count), TRUSTED_PROXIES="1")
    servers = [house.another(SOCKET=str(folder / f"{count}-{number}.sock")) for number in range(count)]
    for server in servers:
        ending.enter_context(server)
    # Four browsers of one member: named apart, because a chat keeps a line for each name.
    writers = [house.person("elias", servers[number % count]) for number in range(WRITERS)]
    talk = where(house, writers[0])
    for number, writer in enumerate(writers):
        writer.name = f"elias {number}"
        talk.enter(writer)
    ending.callback(talk.end)
    cookies = [cookie["sid"] for cookie in crowd(house, READERS // EACH)] * EACH
    return Set(f"set of {count}", servers, writers, talk, cookies)


def let_in(readers: Readers, these: Set) -> None:
    """As many at each server."""
    greeting = ["40", f'421["stream:join",{{"stream":{these.talk.stream}}}]']
    for number, server in enumerate(these.servers):
        mine = these.cookies[number :: len(these.servers)]
        readers.open(these.name, server.settings["SOCKET"], server.port, mine, greeting)


def one_round(these: Set, readers: Readers, at_once: ThreadPoolExecutor) -> None:
    def write(writer: Person) -> None:
        for number in range(REPLIES):
            assert these.talk.says(writer, f"Mätning {number}", mark())

    pids = [server.child.pid for server in these.servers]
    before, began = [processor_seconds(pid) for pid in pids], time.perf_counter()
    list(at_once.map(write, these.writers))
    readers.ask({"wait": these.name, "count": WRITERS * REPLIES})
    took = time.perf_counter() - began
    busiest = max(processor_seconds(pid) - used for pid, used in zip(pids, before, strict=True))
    delivered = READERS * WRITERS * REPLIES
    these.by_clock.append(delivered / took)
    these.by_processor.append(delivered / busiest)
