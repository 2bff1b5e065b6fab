"""Files somebody might send: drawn here, never anybody's photo; hostile ones are small and claim much."""

from __future__ import annotations

import io
import itertools
import json
import struct
import zipfile
import zlib
from collections.abc import Iterable
from typing import Any

import pillow_heif
from PIL import Image, ImageCms, ImageDraw, PngImagePlugin

pillow_heif.register_heif_opener()

CANARY = "kanariefågeln-Ylva-i-Björkvik"
PLACE = {1: "N", 2: (59.0, 51.0, 11.0), 3: "E", 4: (17.0, 38.0, 22.0)}
RED, GREEN, BLUE, WHITE = (200, 30, 30), (30, 160, 60), (30, 60, 200), (250, 250, 250)
CORNERS = (RED, GREEN, BLUE, WHITE)
ORIENTATION, GPS, MAKER, ARTIST, REMARK = 0x0112, 0x8825, 0x010F, 0x013B, 0x9286


def drawn(width: int = 400, height: int = 300) -> Image.Image:
    """A quarter of each colour: red and green above, blue and white below."""
    image = Image.new("RGB", (width, height))
    pencil = ImageDraw.Draw(image)
    for colour, (x, y) in zip(CORNERS, ((0, 0), (1, 0), (0, 1), (1, 1)), strict=True):
        pencil.rectangle((x * width // 2, y * height // 2, (x + 1) * width // 2, (y + 1) * height // 2), fill=colour)
    return image


def encoded(image: Image.Image, form: str, **how: Any) -> bytes:
    out = io.BytesIO()
    image.save(out, form, **how)
    return out.getvalue()


def noisy(width: int, height: int, form: str = "JPEG", **how: Any) -> bytes:
    """Nothing in it is alike, so nothing of it is small or quick."""
    return encoded(Image.effect_noise((width, height), 80).convert("RGB"), form, **how)


def turned(orientation: int, form: str = "JPEG") -> bytes:
    """What a camera writes that was held in one of eight ways: put right, it is `drawn()`."""
    back = {
        1: None,
        2: Image.Transpose.FLIP_LEFT_RIGHT,
        3: Image.Transpose.ROTATE_180,
        4: Image.Transpose.FLIP_TOP_BOTTOM,
        5: Image.Transpose.TRANSPOSE,
        6: Image.Transpose.ROTATE_90,
        7: Image.Transpose.TRANSVERSE,
        8: Image.Transpose.ROTATE_270,
    }[orientation]
    image = drawn() if back is None else drawn().transpose(back)
    exif = Image.Exif()
    exif[ORIENTATION] = orientation
    return encoded(image, form, exif=exif.tobytes())


def telling_exif() -> bytes:
    exif = Image.Exif()
    exif[MAKER], exif[ARTIST] = CANARY, CANARY
    exif.get_ifd(GPS).update(PLACE)
    exif.get_ifd(0x8769)[REMARK] = b"ASCII\0\0\0" + CANARY.encode()
    return exif.tobytes()


def telling_xmp() -> bytes:
    return f'<x:xmpmeta xmlns:x="adobe:ns:meta/"><place>{CANARY}</place></x:xmpmeta>'.encode()


def telling_profile() -> bytes:
    """sRGB, with the canary as its description."""
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    return profile.replace(b"s\0R\0G\0B", b"Y\0l\0v\0a") + CANARY.encode()


def with_segment(jpeg: bytes, marker: int, content: bytes) -> bytes:
    return jpeg[:2] + struct.pack(">BBH", 0xFF, marker, len(content) + 2) + content + jpeg[2:]


def telling() -> dict[str, bytes]:
    """Each kind with everything that can ride along in it."""
    told = {"exif": telling_exif(), "xmp": telling_xmp(), "icc_profile": telling_profile()}
    jpeg = encoded(drawn(), "JPEG", comment=CANARY, **told)
    iptc = b"Photoshop 3.0\0" + b"8BIM\x04\x04\0\0" + struct.pack(">I", len(CANARY) + 6) + b"\x1c\x02x\0@" + _bytes()
    words = PngImagePlugin.PngInfo()
    words.add_text("Author", CANARY)
    words.add_text("Comment", CANARY, zip=True)
    words.add_itxt("XML:com.adobe.xmp", telling_xmp().decode())
    png_told = {"exif": telling_exif(), "icc_profile": telling_profile(), "pnginfo": words}
    moving = [drawn(200, 100), drawn(200, 100).rotate(180)]
    return {
        "jpeg": with_segment(with_segment(jpeg, 0xED, iptc), 0xEF, _bytes()) + _bytes(),
        "jpeg of two": encoded(drawn(), "MPO", save_all=True, append_images=[drawn(90, 80)], comment=CANARY, **told),
        "png": encoded(drawn(), "PNG", **png_told) + _bytes(),
        "webp": encoded(drawn(), "WEBP", **told) + _bytes(),
        "heic": encoded(drawn(), "HEIF", exif=told["exif"], xmp=told["xmp"], icc_profile=told["icc_profile"]),
        "gif": encoded(drawn(), "GIF", comment=_bytes()) + _bytes(),
        "gif that moves": encoded(moving[0], "GIF", save_all=True, append_images=moving[1:], comment=_bytes()),
        "webp that moves": encoded(moving[0], "WEBP", save_all=True, append_images=moving[1:], **told),
        "png that moves": encoded(moving[0], "PNG", save_all=True, append_images=moving[1:], **png_told),
    }


def _bytes() -> bytes:
    return CANARY.encode()


def good() -> dict[str, bytes]:
    """Every kind and every way of giving colours that is taken."""
    image = drawn()
    glass = image.copy()
    glass.putalpha(255)
    return {
        "jpeg": encoded(image, "JPEG", quality=95),
        "jpeg, progressive": encoded(image, "JPEG", quality=95, progressive=True),
        "jpeg, for printing": encoded(image.convert("CMYK"), "JPEG", quality=95),
        "png": encoded(image, "PNG"),
        "png, palette": encoded(image.quantize(16), "PNG"),
        "png, see-through": encoded(glass, "PNG"),
        "webp": encoded(image, "WEBP", quality=95),
        "webp, lossless": encoded(glass, "WEBP", lossless=True),
        "heic": encoded(image, "HEIF", quality=90),
        "gif": encoded(image, "GIF"),
        "named wrongly": encoded(image, "PNG"),
    }


def other_kinds() -> dict[str, bytes]:
    """Called .jpg by whoever sent them. Nobody asks what they are called."""
    image, boxed = drawn(), io.BytesIO()
    with zipfile.ZipFile(boxed, "w") as box:
        box.writestr("page.html", "<script>alert(1)</script>")
    return {
        "svg": b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
        "svg after a prologue": b'<?xml version="1.0"?>\n<!DOCTYPE svg [<!ENTITY a SYSTEM "file:///etc/passwd">]><svg>&a;</svg>',
        "html": b"<!doctype html><script>alert(1)</script>",
        "pdf": b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF",
        "postscript": b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n(/etc/passwd) run\n%%EOF",
        "tiff": encoded(image, "TIFF"),
        "bmp": encoded(image, "BMP"),
        "avif": encoded(image, "AVIF"),
        "ico": encoded(image, "ICO"),
        "zip": boxed.getvalue(),
        "video": struct.pack(">I4s4sI", 24, b"ftyp", b"isom", 0) + b"isommp42" + bytes(400),
        "movie": struct.pack(">I4s4sI", 20, b"ftyp", b"qt  ", 0) + b"qt  " + bytes(400),
    }


def no_pictures() -> dict[str, bytes]:
    return {
        "nothing": b"",
        "one byte": b"\xff",
        "a script": b"#!/bin/sh\nrm -rf /\n",
        "javascript": b"alert(document.cookie)",
        "python": b"import os; os.system('id')",
        "json": json.dumps({"a": [1] * 99}).encode(),
        "zeros": bytes(100_000),
    }


def truncated() -> dict[str, bytes]:
    kinds = {"jpeg": noisy(300, 200), "png": noisy(300, 200, "PNG"), "webp": noisy(300, 200, "WEBP")}
    kinds["heic"] = noisy(300, 200, "HEIF")
    return {
        f"{name} cut at {cut}": content[: int(len(content) * cut)] for name, content in kinds.items() for cut in CUTS
    }


CUTS = (0.02, 0.3, 0.5, 0.9)


def chunk(name: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))


def png(width: int, height: int, rows: bytes, *more: bytes) -> bytes:
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + b"".join(more) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def gif(width: int, height: int, frames: int) -> bytes:
    """Frames of one pixel, each another than the one before."""
    head = b"GIF89a" + struct.pack("<HHBBB", width, height, 0x80, 0, 0) + bytes(3) + b"\xff" * 3
    dot = b"\x2c" + struct.pack("<HHHHB", 0, 0, 1, 1, 0) + b"\x02\x02"
    wait = b"\x21\xf9\x04\x04\x05\x00\x00\x00"
    each = itertools.cycle((wait + dot + b"\x44\x01\x00", wait + dot + b"\x4c\x01\x00"))
    return head + b"".join(itertools.islice(each, frames)) + b";"


def much_of(nothing: int) -> bytes:
    """So many zeros, a thousandth of that in bytes."""
    packer = zlib.compressobj(9)
    parts: Iterable[bytes] = (packer.compress(bytes(1_000_000)) for _ in range(nothing // 1_000_000))
    return b"".join(parts) + packer.flush()


def claiming(jpeg: bytes, width: int, height: int) -> bytes:
    """The same JPEG, saying that it is so large."""
    at = jpeg.index(b"\xff\xc0") + 5
    return jpeg[:at] + struct.pack(">HH", height, width) + jpeg[at + 4 :]


def heic_claiming(width: int, height: int) -> bytes:
    heic = encoded(drawn(), "HEIF")
    at = heic.index(b"ispe") + 8
    return heic[:at] + struct.pack(">II", width, height) + heic[at + 8 :]


def webp_claiming(width: int, height: int) -> bytes:
    size = struct.pack("<I", width - 1)[:3] + struct.pack("<I", height - 1)[:3]
    still = encoded(drawn(), "WEBP")[12:]
    body = b"WEBP" + b"VP8X" + struct.pack("<I", 10) + bytes(4) + size + still
    return b"RIFF" + struct.pack("<I", len(body)) + body


def too_much() -> dict[str, tuple[bytes, set[str]]]:
    """What takes more than it looks like, and what may be said to it; "" is a picture that does no harm."""
    billion = much_of(1_000_000_000)
    small = zlib.compress(bytes(10 * 31))
    return {
        "jpeg of 100 megapixels": (claiming(encoded(drawn(), "JPEG"), 10_000, 10_000), {"pixels"}),
        "jpeg of 65,535 by 65,535": (claiming(encoded(drawn(), "JPEG"), 65_535, 65_535), {"pixels"}),
        "jpeg of 41 megapixels": (claiming(encoded(drawn(), "JPEG"), 6_410, 6_410), {"pixels"}),
        "png of 100 megapixels": (encoded(Image.new("1", (10_000, 10_000)), "PNG"), {"pixels"}),
        "png of 4 billion pixels": (png(65_535, 65_535, billion), {"pixels"}),
        "png that unpacks to a gigabyte": (png(100, 100, billion), {"", "damaged"}),
        "png with a gigabyte of words": (png(10, 10, small, chunk(b"zTXt", b"k\0\0" + billion)), {"", "damaged"}),
        "png with a gigabyte of profile": (png(10, 10, small, chunk(b"iCCP", b"k\0\0" + billion)), {"", "damaged"}),
        "png that says more than it has": (png(8_000, 5_000, zlib.compress(b"")), {"damaged"}),
        "png too long": (encoded(Image.new("L", (12_001, 3)), "PNG"), {"side"}),
        "webp of 16,384 by 16,384": (webp_claiming(16_384, 16_384), {"pixels", "damaged"}),
        "heic of 100 megapixels": (heic_claiming(10_000, 10_000), {"pixels", "damaged"}),
        "heic of 4 billion pixels": (heic_claiming(65_535, 65_535), {"pixels", "damaged"}),
        "gif of 65,535 by 65,535": (gif(65_535, 65_535, 1), {"pixels"}),
        "gif of 10,000 frames": (gif(20, 20, 10_000), {"frames"}),
        "gif of half a million frames": (gif(20, 20, 400_000), {"frames", "slow"}),
        "gif of 200 frames, 36 megapixels each": (gif(6_000, 6_000, 200), {""}),
        "more than 10 MB": (noisy(100, 100) + bytes(10 * 1024 * 1024), {"bytes"}),
    }


def polyglots() -> dict[str, bytes]:
    """A picture, and something else as well."""
    boxed = io.BytesIO()
    with zipfile.ZipFile(boxed, "w") as box:
        box.writestr("evil.html", f"<script>{CANARY}</script>")
    script = f"<script>alert('{CANARY}')</script>".encode()
    image = drawn()
    return {
        "jpeg and zip": encoded(image, "JPEG") + boxed.getvalue(),
        "jpeg and html": with_segment(encoded(image, "JPEG"), 0xFE, b"--><html>" + script),
        "png and html": encoded(image, "PNG") + script,
        "gif and script": encoded(image, "GIF", comment=b"*/=1;alert(1);/*" + _bytes()),
        "webp and html": encoded(image, "WEBP") + script,
    }
