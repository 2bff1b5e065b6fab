"""Codes people read aloud, print and type: of signs nobody mistakes, taken however they are typed."""

from __future__ import annotations

import secrets

ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"  # 32 signs nobody mistakes on paper; ten of them are 50 bits
SHORT = 10


def fresh(length: int = SHORT) -> str:
    """A new one, five bits for each sign."""
    return "".join(secrets.choice(ALPHABET) for _sign in range(length))


def bare(typed: str) -> str:
    """What was meant: spaces, dashes and small letters do not matter."""
    return "".join(char for char in typed.upper() if char.isalnum())


def spaced(code: str, *, group: int = 5) -> str:
    """In groups, easier to read aloud: 'ABCDE FGHJK'."""
    return " ".join(code[start : start + group] for start in range(0, len(code), group))
