"""What a process has used, from /proc: processor time and memory; and asking it for pages."""

from __future__ import annotations

import http.client
import os
import re
from collections.abc import Callable, Mapping
from pathlib import Path

from tests.live.people import cookie_header


def processor_seconds(pid: int) -> float:
    """What a process has used so far, its threads included; in steps of 10 ms."""
    fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def per_processor_second(pid: int, amount: int, work: Callable[[], object]) -> float:
    before = processor_seconds(pid)
    work()
    return amount / max(processor_seconds(pid) - before, 0.01)


def resident(pid: int) -> float:
    """The memory a process holds, in KB."""
    found = re.search(r"VmRSS:\s+(\d+)", Path(f"/proc/{pid}/status").read_text())
    assert found
    return float(found[1])


def fetch(port: int, path: str, cookies: Mapping[str, str], count: int) -> None:
    """So many times over one connection; everything else than a 200 ends the measurement."""
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    for _ in range(count):
        line.request("GET", path, headers={"Cookie": cookie_header(cookies)} if cookies else {})
        answer = line.getresponse()
        answer.read()
        assert answer.status == 200, (path, answer.status)
    line.close()
