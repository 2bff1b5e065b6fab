"""A memory book of a hundred pages with a hundred pictures, as the process that makes one sets it: how long, and the
most memory it takes. Measured in a process of its own, because memory once taken is never given back."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator

PAGES = 100


def books() -> Iterator[tuple[str, str]]:
    """Rows for the table: what, and its figure."""
    asked = subprocess.run([sys.executable, "-m", "bench.book"], capture_output=True, check=True, text=True)
    found = json.loads(asked.stdout.splitlines()[-1])
    yield (
        f"a memory book of {found['pages']} pages with {found['pictures']} pictures, as PDF",
        f"{found['seconds']:.1f} s",
    )
    yield "the most memory its process takes (target: under 400 MB)", f"{found['megabytes']} MB"


def _measure() -> dict[str, float]:
    import io
    import resource
    import time
    from datetime import date

    from markupsafe import Markup
    from PIL import Image

    from community.book.building import be_kind
    from community.book.leaves import Leaf, Picture
    from community.book.press import printed
    from community.book.whole import Whole

    be_kind()
    grain = Image.effect_noise((960, 720), 40).convert("RGB")
    file = io.BytesIO()
    grain.save(file, "JPEG", quality=82)
    words = Markup("<p>Det var en gång en sommar vid sjön, och vi badade varje kväll tills det blev mörkt.</p>" * 5)
    leaves = [
        Leaf(nr, "piece", date(2014 + nr // 10, 6, 1), html=words, pictures=(Picture(nr, 960, 720, "En sjö", str(nr)),))
        for nr in range(PAGES)
    ]
    jpeg = file.getvalue()

    def read(picture: Picture) -> bytes:
        return jpeg + picture.id.to_bytes(4, "big")  # each its own bytes, as photos are

    begun = time.perf_counter()
    book = Whole("Mina år", "", "Amina", "Hearth", "sv", "1 juni 2026", leaves, read, lambda _count: None)
    made = printed(book)
    seconds, most = time.perf_counter() - begun, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    pages = made.count(b"/Type /Page\n")
    return {"pages": pages, "pictures": PAGES, "seconds": seconds, "megabytes": most // 1024, "bytes": len(made)}


if __name__ == "__main__":
    print(json.dumps(_measure()))
