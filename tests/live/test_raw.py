"""Requests no browser would send: refused or cut off, never half of one taken for another's."""

from __future__ import annotations

import re
import socket
from pathlib import Path

import pytest

from tests.live.house import House

HIDDEN = "GET /about HTTP/1.1\r\nHost: localhost\r\n\r\n"
TWO_WAYS_TO_END = {
    "two lengths": "Content-Length: 0\r\nContent-Length: {rest}\r\n\r\n",
    "two lengths alike": "Content-Length: 0\r\nContent-Length: 0\r\n\r\n",
    "a list of lengths": "Content-Length: 0, {rest}\r\n\r\n",
    "length and chunks": "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
    "chunks spelled oddly": "Transfer-Encoding: xchunked\r\n\r\n",
    "less than nothing": "Content-Length: -1\r\n\r\n",
}
FORM = "Content-Type: application/x-www-form-urlencoded\r\n"


def statuses(house: House, sent: bytes) -> list[int]:
    """What the server answers on one line until it closes it or says nothing for two seconds."""
    with socket.create_connection(("127.0.0.1", house.server.port), timeout=2) as line:
        got = b""
        try:
            line.sendall(sent)
            while piece := line.recv(65_536):
                got += piece
        except OSError:
            pass
    return [int(status) for status in re.findall(rb"HTTP/1\.[01] (\d{3})", got)]


@pytest.mark.parametrize("how", TWO_WAYS_TO_END)
def test_a_request_that_could_end_in_two_places_hides_no_other(house: House, how: str) -> None:
    ending = TWO_WAYS_TO_END[how].format(rest=len(HIDDEN))
    found = statuses(house, f"POST /login HTTP/1.1\r\nHost: localhost\r\n{ending}{HIDDEN}".encode())
    assert 200 not in found
    assert found in ([], [400])


def test_what_is_too_big_is_refused_before_it_is_read(house: House) -> None:
    head = f"POST /login HTTP/1.1\r\nHost: localhost\r\n{FORM}Content-Length: 200000000\r\n\r\n"
    before = _memory(house)
    assert statuses(house, head.encode() + b"a" * 1000) == [413]
    chunks = f"POST /login HTTP/1.1\r\nHost: localhost\r\n{FORM}Transfer-Encoding: chunked\r\n\r\n"
    assert 200 not in statuses(house, chunks.encode() + (b"10000\r\n" + b"a" * 65_536 + b"\r\n") * 160 + b"0\r\n\r\n")
    assert statuses(house, b"GET /about HTTP/1.1\r\nHost: localhost\r\nX: " + b"a" * 200_000 + b"\r\n\r\n") in (
        [],
        [400],
    )
    assert _memory(house) - before < 50_000_000
    assert house.server.is_well()


def _memory(house: House) -> int:
    """Bytes the server has in memory."""
    said = Path(f"/proc/{house.server.child.pid}/statm").read_text().split()
    return int(said[1]) * 4096
