"""Pictures on the disk: sealed, whole or not at all, gone when they are removed, and nothing left of what failed."""

from __future__ import annotations

import errno
import os
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from community.core import picture_files, pictures, sealed_streams
from community.core.errors import Full, NotFound
from tests.pictures import corpus
from tests.pictures.looking import made

PARTS = {"320.webp": b"small" * 100, "2048.jpg": b"large" * 50_000, "veiled.webp": b"v"}
UNKNOWN = "0" * 32


@pytest.fixture(autouse=True)
def folder(tmp_path: Path) -> Iterator[Path]:
    before = picture_files._folder
    picture_files.configure(tmp_path / "pictures")
    yield tmp_path / "pictures"
    picture_files.configure(before)


def files_in(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())


def test_what_was_kept_is_read_again() -> None:
    kept = picture_files.keep(PARTS)
    assert {part: picture_files.read(kept.name, kept.key, part) for part in PARTS} == PARTS


def test_another_process_reads_it_too(folder: Path) -> None:
    kept = picture_files.keep(PARTS)
    program = f"""
from pathlib import Path
from community.core import picture_files
picture_files.configure(Path({str(folder)!r}))
print(len(picture_files.read({kept.name!r}, {kept.key!r}, "2048.jpg")))
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert int(done.stdout) == len(PARTS["2048.jpg"])


def test_names_are_the_servers_own_and_nothing_lies_open(folder: Path) -> None:
    kept = picture_files.keep(PARTS)
    place = folder / kept.name[:2] / kept.name
    assert {path.name for path in place.iterdir()} == set(PARTS)
    assert [path for path in files_in(folder) if b"small" in path.read_bytes() or b"large" in path.read_bytes()] == []
    assert {stat.S_IMODE(path.stat().st_mode) for path in files_in(folder)} == {0o600}
    assert stat.S_IMODE(place.stat().st_mode) == 0o700
    assert picture_files.keep(PARTS).name != kept.name


def test_every_file_has_a_key_of_its_own(folder: Path) -> None:
    """Two sealed with one key could be laid over each other: the same words twice look like different ones."""
    kept = picture_files.keep({"320.webp": b"the same", "960.webp": b"the same"})
    place = folder / kept.name[:2] / kept.name
    one, other = (place / part for part in ("320.webp", "960.webp"))
    assert one.read_bytes() != other.read_bytes()
    one.write_bytes(other.read_bytes())
    with pytest.raises(NotFound):
        picture_files.read(kept.name, kept.key, "320.webp")


def test_without_its_key_it_is_gone() -> None:
    kept = picture_files.keep(PARTS)
    with pytest.raises(NotFound):
        picture_files.read(kept.name, sealed_streams.new_key(), "320.webp")
    assert kept.key not in repr(kept)


@pytest.mark.parametrize("name", ["../../etc/passwd", "..", "", "a/b", UNKNOWN + "/..", "A" * 32, UNKNOWN])
def test_no_other_file_can_be_asked_for_by_name(name: str, folder: Path) -> None:
    (folder.parent / "passwd").write_text("x")
    with pytest.raises(NotFound):
        picture_files.read(name, sealed_streams.new_key(), "320.webp")
    picture_files.remove(name)
    assert (folder.parent / "passwd").exists()


@pytest.mark.parametrize("part", ["../320.webp", "960.webp", "", "320.svg", "320.webp\0", ".", "/etc/passwd"])
def test_no_other_part_can_be_asked_for(part: str) -> None:
    kept = picture_files.keep(PARTS)
    with pytest.raises(NotFound):
        picture_files.read(kept.name, kept.key, part)


def test_removed_it_is_gone_for_everybody_and_a_second_time_finds_nothing(folder: Path) -> None:
    kept, other = picture_files.keep(PARTS), picture_files.keep(PARTS)
    picture_files.remove(kept.name)
    picture_files.remove(kept.name)
    with pytest.raises(NotFound):
        picture_files.read(kept.name, kept.key, "320.webp")
    assert {path.parent.name for path in files_in(folder)} == {other.name}


def test_a_row_that_could_not_be_written_takes_the_files_along(folder: Path) -> None:
    with pytest.raises(ZeroDivisionError), picture_files.kept(PARTS):
        raise ZeroDivisionError
    assert files_in(folder) == []
    with picture_files.kept(PARTS) as kept:
        pass
    assert picture_files.read(kept.name, kept.key, "veiled.webp") == b"v"


@pytest.mark.parametrize("nr", [0, 1, 2, 3, 4, 5])
def test_a_disk_that_fails_anywhere_leaves_nothing(nr: int, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """At the first file, the second, the last; at its folder; after it had its name."""
    flush, count = os.fsync, [0]

    def full(handle: int) -> None:
        count[0] += 1
        if count[0] == nr + 1:
            raise OSError(errno.ENOSPC, "No space left on device")
        flush(handle)

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(Full):
        picture_files.keep(PARTS)
    monkeypatch.undo()
    assert count[0] > nr
    assert files_in(folder) == []
    assert [path.name for path in folder.iterdir() if path.name.startswith(".")] == []


def test_another_fault_of_the_disk_is_told_as_what_it_is(folder: Path) -> None:
    folder.write_text("a file where the folder should be")
    with pytest.raises(OSError):
        picture_files.keep(PARTS)


@pytest.mark.slow
def test_a_really_full_disk(tmp_path: Path) -> None:
    """A bound on how long a file may be says no in the middle of one, as a full disk does; here it is another error."""
    program = f"""
import resource, signal
from pathlib import Path
from community.core import picture_files
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))
picture_files.configure(Path({str(tmp_path / "p")!r}))
try:
    picture_files.keep({{"320.webp": b"x" * 50_000, "960.webp": b"x" * 500_000}})
except OSError as error:
    print(type(error).__name__)
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "OSError"
    assert files_in(tmp_path / "p") == []


KILLED = """
import os, signal
from pathlib import Path
from community.core import picture_files
picture_files.configure(Path({folder!r}))
kept = picture_files.keep({{"320.webp": b"x"}})
print(kept.name, flush=True)
flush, count = os.fsync, 0
def die(handle):
    global count
    count += 1
    if count == {nr}:
        os.kill(os.getpid(), signal.SIGKILL)
    flush(handle)
os.fsync = die
picture_files.keep({{"320.webp": b"x" * 99, "960.webp": b"x" * 99}})
"""


@pytest.mark.parametrize("nr", [1, 2, 3, 4])
def test_killed_anywhere_what_is_left_is_swept_and_what_is_known_stays(nr: int, folder: Path) -> None:
    program = KILLED.format(folder=str(folder), nr=nr)
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert done.returncode == -signal.SIGKILL
    known = done.stdout.strip()
    assert len(files_in(folder)) > 1
    assert picture_files.sweep({known}) == 0  # it may be somebody's who is just writing
    age(folder)
    assert picture_files.sweep({known}) == 1
    assert {path.parent.name for path in files_in(folder)} == {known}
    assert [path for path in folder.iterdir() if path.name.startswith(".")] == []


def age(folder: Path) -> None:
    for path in folder.rglob("*"):
        os.utime(path, (time.time() - 2 * picture_files.A_DAY,) * 2)


def test_the_sweep_takes_what_no_row_knows_and_nothing_else(folder: Path) -> None:
    assert picture_files.sweep(()) == 0  # no folder yet
    old, known = picture_files.keep(PARTS), picture_files.keep(PARTS)
    (folder / f"{picture_files.GONE}{UNKNOWN}").mkdir()
    age(folder)
    fresh = picture_files.keep(PARTS)
    assert picture_files.sweep([known.name]) == 1
    left = {path.parent.name for path in files_in(folder)}
    assert left == {known.name, fresh.name}
    assert not (folder / f"{picture_files.GONE}{UNKNOWN}").exists()
    assert old.name not in left


def test_blurred_afterwards_the_old_files_are_gone_and_the_master_stays(folder: Path) -> None:
    """As a room does it: shown files and master each under a name and key of their own."""
    first = made(corpus.good()["jpeg"])
    shown, master = picture_files.keep(first.parts), picture_files.keep(first.master)
    kept = picture_files.read(master.name, master.key, pictures.MASTER_PART)
    again = picture_files.keep(pictures.remade(kept, whose=1, blur=((0.1, 0.1, 0.3, 0.3),)).parts)
    picture_files.remove(shown.name)
    with pytest.raises(NotFound):
        picture_files.read(shown.name, shown.key, "320.webp")
    assert {path.parent.name for path in files_in(folder)} == {again.name, master.name}
    assert again.key != shown.key


def test_a_refused_picture_leaves_nothing(folder: Path) -> None:
    for content in (b"", b"<svg>", corpus.noisy(300, 200)[:5000]):
        with pytest.raises(pictures.Refused):
            picture_files.keep(made(content).parts)
    assert not folder.exists()
