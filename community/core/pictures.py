"""Bytes somebody sent become a picture that is safe to show: the way in for rooms.

A picture is known by what is in it, never by its name. It is drawn anew in a process of its own (`picture_drawing.py`),
so nothing of the file that came in is kept: no place, no camera, no hidden text. What comes out goes to
`picture_files.py`. A later blur is drawn from the master into new files, and the old ones are removed.
"""

from __future__ import annotations

import io
import os
from collections.abc import Hashable, Sequence
from dataclasses import dataclass, field
from typing import Any, BinaryIO

from community.core.errors import Busy, Invalid
from community.core.i18n import lazy as _l
from community.core.picture_sizes import CUTS, MASTER, MOST_BYTES, MOVING, Rectangle, part, sound
from community.core.picture_turns import Crowded
from community.core.picture_worker import Answer, Broken, Slow, Unfit, Worker

SENTENCES: dict[str, Any] = {
    "nothing": _l("There is no picture in this file. Choose another one."),
    "kind": _l("This kind of file can't be shown here. Choose a JPEG, PNG, WebP, HEIC or GIF."),
    "bytes": _l("This picture is larger than 10 MB. Send a smaller copy, or a screenshot of it."),
    "pixels": _l("This picture is too big to open here: more than 40 megapixels. Send a smaller copy of it."),
    "side": _l("This picture is too long to open here. Cut it shorter, or send a screenshot of it."),
    "frames": _l("This one moves for too long: more than 200 frames. Choose a shorter one, or a photo."),
    "damaged": _l("This picture is damaged, or did not arrive whole. Try once more, or choose another one."),
    "slow": _l("This picture took too long to open. Send a smaller copy, or a screenshot of it."),
    "cut": _l("Choose which part of the picture is shown."),
    "blur": _l("The blurred part was not clear. Mark it once more."),
}


class Refused(Invalid):
    """These bytes can't be shown as a picture; `reason` is one of SENTENCES."""

    code = "picture"

    def __init__(self, reason: str, *, field: str | None = None) -> None:
        super().__init__(SENTENCES[reason], field=field, facts={"reason": reason})
        self.reason = reason


class Crowd(Busy):
    """Too many pictures at once, or of one person."""

    sentence = _l("Many pictures are coming in just now. Wait a moment and send yours again.")


class Off(Busy):
    """The process that draws does not start; the log says so to who keeps the machine."""

    sentence = _l("Pictures can't be taken in just now. Try again in a while, or send your words without it.")


@dataclass(frozen=True)
class Made:
    """A picture ready to be kept. `width` and `height` are those of its largest size; `sizes_of` says the others.

    `parts` are the files people may be shown, by name ('960.webp', 'veiled.jpg', 'moving.webp'); `master` is what later
    blurs are drawn from, kept apart under a key of its own, and empty where it was drawn from one itself. `faces`:
    where faces seem to be, looked for once, in what came in.
    """

    width: int
    height: int
    parts: dict[str, bytes] = field(repr=False)
    master: dict[str, bytes] = field(repr=False)
    faces: tuple[Rectangle, ...] = ()

    @property
    def moves(self) -> bool:
        """Whether there is a moving one beside the still."""
        return MOVING in self.parts


_worker = Worker()


def made(upload: BinaryIO, *, whose: Hashable, blur: Sequence[Rectangle] = ()) -> Made:
    """Draw what somebody sent, with the rectangles of `blur` made unknowable in every part but the master. `whose` is
    who waits for it: people take turns. Within ten seconds of its turn. Raises Refused, Crowd and Off."""
    size = upload.seek(0, os.SEEK_END)
    if size > MOST_BYTES:
        raise Refused("bytes")
    return _made(_drawn(upload, size, whose, blur, master=True))


def remade(master: bytes, *, whose: Hashable, blur: Sequence[Rectangle]) -> Made:
    """Draw a picture again from its master (the file MASTER_PART), with other parts of it blurred, or none. Keep it as
    new files, let the row name them, then remove the old ones. Raises Refused, Crowd and Off."""
    return _made(_drawn(io.BytesIO(master), len(master), whose, blur, master=False))


def squared(upload: BinaryIO, *, whose: Hashable, cut: str) -> dict[str, bytes]:
    """The files of a picture of one person ('96.webp'), cut to a square at one of `picture_sizes.CUTS`: nothing else of
    it is kept. Raises as `made` does."""
    if cut not in CUTS:
        raise Refused("cut")
    size = upload.seek(0, os.SEEK_END)
    if size > MOST_BYTES:
        raise Refused("bytes")
    return _drawn(upload, size, whose, (), master=False, cut=cut).parts


MASTER_PART = part(MASTER, "jpg")


def close() -> None:
    """End the process that draws; the next picture starts another."""
    _worker.close()


def _drawn(
    content: BinaryIO,
    size: int,
    whose: Hashable,
    blur: Sequence[Rectangle],
    *,
    master: bool,
    cut: str | None = None,
) -> Answer:
    if size == 0:
        raise Refused("nothing")
    if not sound(blur):
        raise Refused("blur")
    try:
        return _worker.ask(content, size, blur, master=master, whose=whose, cut=cut)
    except Unfit as unfit:
        raise Refused(unfit.reason if unfit.reason in SENTENCES else "damaged") from unfit
    except Slow as error:
        raise Refused("slow") from error
    except Crowded as error:
        raise Crowd from error
    except Broken as broken:
        raise (Refused("damaged") if broken.started else Off()) from broken


def _made(answer: Answer) -> Made:
    shown = {name: content for name, content in answer.parts.items() if name != MASTER_PART}
    kept = {name: content for name, content in answer.parts.items() if name == MASTER_PART}
    return Made(answer.width, answer.height, shown, kept, answer.faces if sound(answer.faces) else ())
