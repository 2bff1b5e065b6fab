"""Pictures for a phone's camera. The only user of segno."""

from __future__ import annotations

import segno


def picture(text: str) -> str:
    """A QR picture as a data address for <img>."""
    return str(segno.make(text, error="m").svg_data_uri(scale=6, dark="#2a211b", light="#ffffff"))
