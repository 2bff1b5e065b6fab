"""The crash harness: eight writers, a server killed outright in the middle, and what must hold afterwards.

Each writer notes what it is about to send, and what was acknowledged, in a file of its own that is flushed to the disk
line by line. They write in a thread by its form, or in a chat by the lines of their pages. The server is killed at a
random moment, started again, and every unanswered post is sent once more under the same name. Then: acknowledged is
stored, stored was meant, everything is there once, in one author's order, and the events of the stream form one chain.
"""

from __future__ import annotations

import http.client
import os
import random
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from tests.live.house import House
from tests.live.people import Person, mark
from tests.live.talks import Talk, Thread

WRITERS = ("amina", "elias", "tuva", "samir", "isla", "johanna", "callum", "sara")
NO_ANSWER = (OSError, http.client.HTTPException)

Where = Callable[[House, Person], Talk]


@dataclass
class Round:
    """What one round found. `unacked` is how many posts had no answer when the server died; none proves nothing."""

    acked: int
    unacked: int
    lost_or_late: int
    seconds_to_answer: float

    @property
    def counts(self) -> bool:
        return self.unacked > 0


@dataclass
class Writer:
    """One person with one log; posts one after the other until it gets no answer."""

    person: Person
    log: Path
    talk: Talk
    intents: list[tuple[str, str]] = field(default_factory=list)
    acked: dict[str, int] = field(default_factory=dict)

    def run(self, started: threading.Event) -> None:
        number = 0
        while True:
            number += 1
            named = mark()
            text = f"{self.person.name} nummer {number} märkt {named}"
            self.note(f"INTENT {named} {number}")
            self.intents.append((named, text))
            try:
                if not self.send(named, text):
                    return
            except NO_ANSWER:
                return
            started.set()

    def send(self, named: str, text: str) -> bool:
        receipt = self.talk.says(self.person, text, named)
        if receipt is None:
            return False
        piece, seq = receipt
        self.note(f"ACK {named} {piece} {seq}")
        self.acked[named] = piece
        return True

    def send_unacked_again(self) -> None:
        for named, text in self.intents:
            if named not in self.acked:
                assert self.send(named, text), f"{named} was refused after the restart"

    def note(self, line: str) -> None:
        """On the disk before anything else happens."""
        with open(self.log, "a") as log:
            log.write(line + "\n")
            log.flush()
            os.fsync(log.fileno())


def crash_round(
    house: House, talk: Talk, reader: Person, people: list[Person], folder: Path, dice: random.Random
) -> Round:
    """One round on a running house, which runs again afterwards. Raises AssertionError with what did not hold."""
    writers = [Writer(person, folder / f"{person.name}-{talk.stream}-{talk.nr}.log", talk) for person in people]
    runs = start_writing(writers)
    time.sleep(dice.uniform(0.05, 0.5))
    house.server.kill9()
    for run in runs:
        run.join()
    began = time.monotonic()
    house.server.start()
    up = time.monotonic() - began
    acked = {named for writer in writers for named in writer.acked}
    meant = {named for writer in writers for named, _text in writer.intents}
    stored = [named for _nr, named in talk.stored(reader)]
    assert acked <= set(stored), f"acknowledged, but gone: {sorted(acked - set(stored))}"
    assert set(stored) <= meant
    for writer in writers:
        writer.send_unacked_again()
    check(house, reader, talk, writers)
    talk.end()
    return Round(len(acked), len(meant - acked), len(set(stored) - acked), up)


def start_writing(writers: list[Writer]) -> list[threading.Thread]:
    """Everybody at once; returns when the first of them was answered."""
    started = threading.Event()
    for writer in writers:
        writer.talk.enter(writer.person)
    runs = [threading.Thread(target=writer.run, args=(started,)) for writer in writers]
    for run in runs:
        run.start()
    assert started.wait(30), "nothing was acknowledged for thirty seconds"
    return runs


def check(house: House, reader: Person, talk: Talk, writers: list[Writer]) -> None:
    """After the last answer: everything once, in order, one chain, and the database is sound."""
    shown = talk.stored(reader)
    named = [name for _nr, name in shown]
    assert len(named) == len(set(named)), "something stands there twice"
    assert set(named) == {name for writer in writers for name, _text in writer.intents}
    assert [nr for nr, _name in shown] == list(range(talk.nr + 1, talk.nr + 1 + len(shown)))
    for writer in writers:
        mine = {name for name, _text in writer.intents}
        assert [name for name in named if name in mine] == [name for name, _text in writer.intents]
    events = [(seq, prev) for seq, prev in house.events(talk.stream) if seq > talk.seq]
    assert [seq for seq, _prev in events] == list(range(talk.seq + 1, talk.seq + 1 + len(events)))
    assert [prev for _seq, prev in events] == list(range(talk.seq, talk.seq + len(events)))
    assert house.is_sound()


def crash_rounds(
    house: House, folder: Path, *, counting: int, at_most: int, seed: int, where: Where = Thread
) -> list[Round]:
    """Rounds until `counting` of them had an open acknowledgement."""
    dice, rounds = random.Random(seed), []
    with house.served():
        reader, people = house.person("noor"), [house.person(name) for name in WRITERS]
        while sum(found.counts for found in rounds) < counting and len(rounds) < at_most:
            rounds.append(crash_round(house, where(house, reader), reader, people, folder, dice))
    return rounds
