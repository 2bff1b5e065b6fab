"""A carrier of letters that keeps what it is given."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask

from community.app import WRITERS
from community.core import mail, outbox
from tests.notices.letters import Inbox
from tests.world import World


@pytest.fixture
def inbox(app: Flask, world: World, settings: Any) -> Iterator[Inbox]:
    taken: Inbox = []
    outbox.configure(taken.append, WRITERS, "hej@mail.example")
    yield taken
    outbox.configure(mail.carrier(None, settings.data / "outbox"), WRITERS, settings.mail_from)
