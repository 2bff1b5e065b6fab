"""A photo of twelve megapixels, from its bytes to all its sizes sealed on the disk, against the least it can cost: the
same library decodes, shrinks and encodes the same files in one go. And whether anybody waits meanwhile."""

from __future__ import annotations

import io
import random
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from PIL import Image, ImageDraw, ImageFilter

from bench.measure import processor_seconds, resident
from community.core import picture_files, pictures
from community.core.picture_drawing import JPEG, MASTER_JPEG, WEBP
from community.core.picture_sizes import EVERYTHING, LONG_SIDES
from tests.copies import SqliteCopies
from tests.live.heartbeat import pulse
from tests.live.house import copied
from tests.live.sending import sent

ROUNDS, PHOTOS = 9, 12


def photo(width: int = 4000, height: int = 3000) -> bytes:
    """Drawn: soft ground, hard edges, grain, as a phone's camera would give; some 3 MB."""
    dice = random.Random(7)
    image = Image.effect_noise((width // 8, height // 8), 90).resize((width, height), Image.Resampling.BICUBIC)
    image = image.convert("RGB")
    pencil = ImageDraw.Draw(image)
    for _ in range(400):
        x, y, r = dice.randrange(width), dice.randrange(height), dice.randrange(10, 300)
        pencil.ellipse((x - r, y - r, x + r, y + r), fill=tuple(dice.randrange(256) for _ in range(3)))
    image = Image.blend(image, image.filter(ImageFilter.GaussianBlur(2)), 0.5)
    grain = Image.effect_noise((width, height), 12).convert("RGB")
    return _encoded(Image.blend(image, grain, 0.15), "JPEG", quality=90)


def bare(content: bytes) -> list[bytes]:
    """Decode, shrink from large to small, encode: nothing looked at, nothing kept."""
    image, out = Image.open(io.BytesIO(content)), []
    for side in reversed(LONG_SIDES):
        image = image.resize((side, side * 3 // 4), Image.Resampling.BICUBIC)
        if side == LONG_SIDES[-1]:
            out.append(_encoded(image, "JPEG", **MASTER_JPEG))
        out += [_encoded(image, "WEBP", **WEBP), _encoded(image, "JPEG", **JPEG)]
    small = image.resize((4, 3), Image.Resampling.BOX).resize(image.size)
    return [*out, _encoded(small, "WEBP", **WEBP), _encoded(small, "JPEG", **JPEG)]


def ours(content: bytes, **how: object) -> list[bytes]:
    made = pictures.made(io.BytesIO(content), whose=1, **how)  # type: ignore[arg-type]
    with picture_files.kept(made.parts), picture_files.kept(made.master):
        return [*made.parts.values(), *made.master.values()]


def drawing(copies: SqliteCopies, folder: Path) -> Iterator[str]:
    content = photo()
    picture_files.configure(folder / "pictures")
    files = [len(bare(content)), len(ours(content))]
    weight = sum(map(len, ours(content))) / 1024
    yield f"the photo, and its {files[1]} files together | {len(content) / 1024:.0f} KB, {weight:.0f} KB"
    assert files[0] == files[1]
    least, found, blurred = [], [], []
    for _ in range(ROUNDS):
        least.append(_taken(lambda: bare(content)))
        found.append(_taken(lambda: ours(content)))
        blurred.append(_taken(lambda: ours(content, blur=EVERYTHING)))
    clock, worked = (statistics.median(one[nr] for one in least) for nr in (0, 1))
    yield f"the same files by Pillow alone, one core | {clock * 1000:.0f} ms, {worked * 1000:.0f} of the processor | 1"
    for name, taken in (("drawn, sealed and on the disk", found), ("the same, blurred", blurred)):
        ratio = statistics.median(one[0] / two[0] for one, two in zip(taken, least, strict=True))
        at_work = statistics.median(one[1] / two[1] for one, two in zip(taken, least, strict=True))
        took = statistics.median(one[0] for one in taken)
        yield f"{name} | {took * 1000:.0f} ms | {ratio:.2f}; by the processor {at_work:.2f} (target 2.5)"
    yield f"memory the process that draws holds afterwards | {resident(pictures._worker.pid or 0) / 1024:.0f} MB"
    pictures.close()
    yield from _heartbeat(copies, folder, content)


def _heartbeat(copies: SqliteCopies, folder: Path, content: bytes) -> Iterator[str]:
    house = copied(copies, folder, program=("-m", "tests.live.pictures_server"))
    with house.served():
        sent(house.server, content)
        with pulse(house.server) as quiet:
            time.sleep(5)
        with pulse(house.server) as heart, ThreadPoolExecutor(3) as pool:
            drawn = [pool.submit(sent, house.server, content, whose=str(nr % 3)) for nr in range(PHOTOS)]
            assert {one.result().status for one in drawn} == {200}
    yield f"longest pause of the server with nothing to do | {quiet.worst * 1000:.0f} ms"
    yield f"longest pause while {PHOTOS} such photos come in, three at once | {heart.worst * 1000:.0f} ms (target 100)"


def _taken(work: Callable[[], object]) -> tuple[float, float]:
    """Seconds by the clock, and of the processor: this process's and that of the one that draws."""
    pid = pictures._worker.pid or 0
    began, worked, drew = time.perf_counter(), time.process_time(), processor_seconds(pid)
    work()
    return time.perf_counter() - began, time.process_time() - worked + processor_seconds(pid) - drew


def _encoded(image: Image.Image, form: str, **how: object) -> bytes:
    out = io.BytesIO()
    image.save(out, form, **how)
    return out.getvalue()


def by_itself() -> None:
    """Without the rest of the bench: `python -m bench.pictures`."""
    with tempfile.TemporaryDirectory(prefix="hearth-bench-") as name:
        for line in drawing(SqliteCopies(Path(name) / "copies"), Path(name)):
            print(f"| {line} |", flush=True)


if __name__ == "__main__":
    by_itself()
