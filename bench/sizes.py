"""The same pages in a small, a larger and a very large house: processor time of one page, its ratio to the smallest.

The houses take turns, some pages each, so that other work on the machine meets all of them; the figure is the median.
"""

from __future__ import annotations

import json
import shutil
import statistics
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

from tests.serve import ROOT, Hearth

SMALL, MILLION = (2_000, 40_000), 1_000_000
ROUNDS, EACH = 12, 5  # pages of each kind: ROUNDS times EACH


class Filled:
    """A filled folder and the process that is asked for its pages."""

    def __init__(self, env: Mapping[str, str]) -> None:
        command = [sys.executable, "-m", "bench.asked"]
        self.child = subprocess.Popen(
            command,
            cwd=ROOT,
            env=dict(env),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,  # a line for every request
            text=True,
        )
        self.is_there: dict[str, Any] = self._answer()
        self.took: dict[str, list[float]] = {kind: [] for kind in self.is_there["pages"]}

    def ask(self, paths: Sequence[str]) -> list[float]:
        assert self.child.stdin
        print(json.dumps(paths), file=self.child.stdin, flush=True)
        found: list[float] = self._answer()
        return found

    def _answer(self) -> Any:
        assert self.child.stdout
        line = self.child.stdout.readline()
        assert line, "the process ended"
        return json.loads(line)

    def end(self) -> None:
        assert self.child.stdin and self.child.stdout
        self.child.stdin.close()
        self.child.wait(30)
        self.child.stdout.close()


@contextmanager
def houses(folder: Path, given: Sequence[Path], million: bool) -> Iterator[list[Filled]]:
    """Copies of the folders given, else freshly filled ones; the smallest first. They are gone afterwards."""
    made = []
    for number, source in enumerate(given):
        made.append(Hearth(folder / f"filled-{number}"))
        shutil.copytree(source, made[-1].data)
    for posts in () if given else (*SMALL, *((MILLION,) if million else ())):
        made.append(Hearth(folder / f"filled-{posts}"))
        command = [sys.executable, "-m", "flask", "demo", "bulk", "--posts", str(posts)]
        subprocess.run(command, cwd=ROOT, env=dict(made[-1].env), check=True, stdout=subprocess.DEVNULL)
    with ExitStack() as stack:
        for house in made:
            stack.callback(shutil.rmtree, house.data)
        found = [Filled(house.env) for house in made]
        for one in found:
            stack.callback(one.end)
        yield sorted(found, key=lambda one: int(one.is_there["posts"]))


def sizes(folder: Path, given: Sequence[Path], million: bool) -> Iterator[str]:
    with houses(folder, given, million) as found:
        for one in found:  # warm
            for paths in one.is_there["pages"].values():
                one.ask([*paths, *paths])
        for _ in range(ROUNDS):
            for kind in found[0].took:
                for one in found:
                    paths = one.is_there["pages"][kind]
                    one.took[kind] += one.ask([paths[number % len(paths)] for number in range(EACH)])
        for kind in found[0].took:
            yardstick = statistics.median(found[0].took[kind])
            for one in found:
                median = statistics.median(one.took[kind])
                where = f"{kind}, of {one.is_there['posts']:,} posts"
                if "thread" in kind:
                    where += f" ({one.is_there['longest']:,} replies)"
                yield f"{where} | {median:.1f} ms of processor time | {median / yardstick:.2f}"
        for one in found:
            first, deep = (statistics.median(one.took[kind]) for kind in list(one.took)[-2:])
            where = f"deep inside a thread of {one.is_there['longest']:,} replies, to its newest page"
            yield f"{where} | {deep:.1f} ms of processor time | {deep / first:.2f}"
