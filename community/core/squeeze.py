"""Pages travel compressed, at a length that tells nothing.

A page holds what must not be guessed (a form's token, a draft) beside what an address can bring into it; whoever could
make a browser ask many times and see the lengths of the answers on the wire might guess it piece by piece (BREACH). So
each answer has up to a hundred bytes of random length in its gzip header, where a file's name has its place: then one
guess takes thousands of looks ("Heal the Breach", Palacios, Fernández and others, 2022). The cookie is not sent to
anything another site's page takes in (SameSite=Lax), and a form's token is signed anew each second.
"""

from __future__ import annotations

import gzip
import io
import secrets

from flask import Response, request

KINDS = ("text/html", "application/json")
SHORTEST = 1_000  # bytes; below that little is won
LEVEL = 4  # a page of 60 KB in under a millisecond
LONGEST_NAME = 100


def squeezed(response: Response) -> Response:
    """The answer, compressed where the browser takes that and it is worth it."""
    if response.mimetype not in KINDS or response.is_streamed or response.direct_passthrough:
        return response
    response.vary.add("Accept-Encoding")
    if request.accept_encodings["gzip"] <= 0 or "Content-Encoding" in response.headers:
        return response
    plain = response.get_data()
    if len(plain) >= SHORTEST:
        response.set_data(_packed(plain))
        response.headers["Content-Encoding"] = "gzip"
    return response


def _packed(plain: bytes) -> bytes:
    packed, name = io.BytesIO(), "a" * secrets.randbelow(LONGEST_NAME)
    with gzip.GzipFile(filename=name, mode="wb", compresslevel=LEVEL, fileobj=packed, mtime=0) as file:
        file.write(plain)
    return packed.getvalue()
