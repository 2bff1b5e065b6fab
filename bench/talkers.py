"""Members in chats, in one process of their own: each has a page open, writes by it, and keeps what came and when.

`python -m bench.talkers` reads one JSON object a line and answers each with one:
`{"open": [[stream, [cookie, ...]], ...], "where", "port"}` lets everybody in, a list of members for each chat;
`{"stall": [stream, cookies]}` lets some more in who never read a word; `{"say": ..., "a_second": n, "seconds": s,
"by": k}` has the first `k` of each chat write in turns, `n` messages a second in each chat, and waits until everybody
has everything. The answer says what was sent, refused, lost, doubled or told in another order, and for each message how
long it took to its acknowledgement and to the last reader, in milliseconds.
"""

from __future__ import annotations

import json
import re
import resource
import selectors
import socket
import subprocess
import sys
import time
from collections import Counter
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any, Self

from bench.readers import Page
from tests.serve import ROOT

PIECE = re.compile(rb'42\["stream:piece",\{"stream":\d+,"seq":(\d+),"prev":\d+,"id":(\d+),"nr"')
ACK = re.compile(rb"43(\d+)(.*)", re.S)
PATIENCE = 60.0  # seconds after the last message


class Talkers:
    """The process, from outside."""

    def __enter__(self) -> Self:
        command = [sys.executable, "-m", "bench.talkers"]
        self.child = subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        return self

    def __exit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:
        assert self.child.stdin
        self.child.stdin.close()
        self.child.wait(20)

    def ask(self, **what: Any) -> dict[str, Any]:
        assert self.child.stdin and self.child.stdout
        print(json.dumps(what), file=self.child.stdin, flush=True)
        answer = self.child.stdout.readline()
        assert answer, "the talkers have gone"
        found: dict[str, Any] = json.loads(answer)
        return found


class Member(Page):
    """An open page that keeps which messages came, in their order, and the answers to what it sent."""

    __slots__ = ("acks", "heard", "numbers")

    def __init__(self, where: str, port: int, cookie: str, stream: int) -> None:
        self.heard: list[tuple[int, float]] = []
        self.acks: dict[int, tuple[float, dict[str, Any]]] = {}
        self.numbers = 421
        super().__init__(where, port, cookie, ["40", f'421["stream:join",{{"stream":{stream}}}]'])

    def hear(self, said: bytes) -> None:
        self.came += 1
        now = time.monotonic()
        piece = PIECE.match(said)
        if piece:
            self.heard.append((int(piece[2]), now))
        elif (ack := ACK.match(said)) is not None:
            self.acks[int(ack[1])] = (now, json.loads(ack[2])[0])

    def read(self) -> None:
        more = self.wire.recv(65536)
        assert more, "the server closed a line"
        self.part += more
        self.count()

    def sends(self, stream: int, text: str) -> tuple[int, float]:
        self.numbers += 1
        payload = {"stream": stream, "client_id": f"bench-{time.monotonic_ns()}", "text": text}
        at = time.monotonic()
        self.say(f"42{self.numbers}" + json.dumps(["chat:send", payload]))
        return self.numbers, at


@dataclass
class Chat:
    """One chat, who is in it, and what was sent there: (who, the number of her event, when)."""

    stream: int
    members: list[Member]
    sent: list[tuple[Member, int, float]] = field(default_factory=list)

    def begin(self) -> None:
        self.sent.clear()
        for member in self.members:
            member.heard.clear()
            member.acks.clear()

    @property
    def is_done(self) -> bool:
        if any(number not in who.acks for who, number, _at in self.sent):
            return False
        stood = sum(bool(who.acks[number][1]["ok"]) for who, number, _at in self.sent)
        return all(len(member.heard) >= stood for member in self.members)


def main() -> None:
    hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    chats: list[Chat] = []
    stalled: list[Member] = []
    where, port = "", 0
    with selectors.DefaultSelector() as ready:
        for line in sys.stdin:
            asked = json.loads(line)
            answer: dict[str, Any] = {}
            if "open" in asked:
                where, port = asked["where"], asked["port"]
                chats = [Chat(to, [Member(where, port, one, to) for one in cookies]) for to, cookies in asked["open"]]
                for member in (member for chat in chats for member in chat.members):
                    ready.register(member.wire, selectors.EVENT_READ, member)
            elif "stall" in asked:
                stream, cookies = asked["stall"]
                stalled += [Member(where, port, cookie, stream) for cookie in cookies]
            elif "wait" in asked:
                ends = time.monotonic() + asked["wait"]
                while (left := ends - time.monotonic()) > 0:
                    read(ready, left)  # a line that answers no ping is cut
            elif "cut" in asked:
                answer = {"cut": sum(is_cut(member.wire) for member in stalled)}
            else:
                talk(ready, chats, asked)
                answer = told(chats)
            print(json.dumps(answer), flush=True)


def is_cut(wire: socket.socket) -> bool:
    """Whether the server has ended a line, once everything that waits on it is read."""
    try:
        while wire.recv(1 << 20):
            pass
    except BlockingIOError:
        return False
    except OSError:
        pass
    return True


def talk(ready: selectors.BaseSelector, chats: list[Chat], asked: dict[str, Any]) -> None:
    """Everything at its moment, whatever becomes of what went before it."""
    for chat in chats:
        chat.begin()
    step, count = 1 / asked["a_second"], round(asked["a_second"] * asked["seconds"])
    began = time.monotonic() + 0.05
    due = [
        (began + number * step + place * step / len(chats), chat, number)
        for number in range(count)
        for place, chat in enumerate(chats)
    ]
    for at, chat, number in due:
        while (left := at - time.monotonic()) > 0:
            read(ready, left)
        who = chat.members[number % min(asked["by"], len(chat.members))]
        chat.sent.append((who, *who.sends(chat.stream, f"{asked['say']} nummer {number}")))
        read(ready, 0)
    ends = time.monotonic() + PATIENCE
    while time.monotonic() < ends and not all(chat.is_done for chat in chats):
        read(ready, 0.05)
    read(ready, 0.5)  # what came twice would come now


def read(ready: selectors.BaseSelector, seconds: float) -> None:
    for key, _ in ready.select(seconds):
        key.data.read()


def told(chats: list[Chat]) -> dict[str, Any]:
    found: dict[str, Any] = {"sent": 0, "refused": Counter(), "lost": 0, "twice": 0, "disordered": 0}
    acks, lasts = [], []
    for chat in chats:
        when: dict[int, float] = {}
        for member in chat.members:
            for piece, at in member.heard:
                when[piece] = max(at, when.get(piece, 0.0))
        stood: dict[int, int] = {}
        for who, number, sent_at in chat.sent:
            found["sent"] += 1
            at, answer = who.acks.get(number, (0.0, {"ok": False, "code": "no answer"}))
            if not answer["ok"]:
                found["refused"][answer["code"]] += 1
                continue
            stood[answer["id"]] = answer["seq"]
            acks.append(1000 * (at - sent_at))
            lasts.append(1000 * (when.get(answer["id"], float("nan")) - sent_at))
        in_order = sorted(stood, key=stood.__getitem__)
        for member in chat.members:
            heard = [piece for piece, _at in member.heard]
            found["lost"] += len(stood.keys() - set(heard))
            found["twice"] += len(heard) - len(set(heard))
            found["disordered"] += heard != in_order
    return {**found, "acks": acks, "lasts": lasts}


if __name__ == "__main__":
    main()
