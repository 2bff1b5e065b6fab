"""A house with a night: lars-like staff of the cast at work, and what leaves the house caught in a folder."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from community.concerns import actions, driver, providers, waiting
from community.concerns.actions import Wish
from community.concerns.models import Call, Concern, DutyPhone
from community.core import clock, crypto
from community.core.db import session, transaction
from community.core.jobs import run_due
from community.members.models import Duty, Member
from community.rota.models import Shift
from community.safety import outside
from tests.make import Make
from tests.world import NOW, World, nobody_works

STAFF = ("birgitta", "sara", "jonna", "petra")


@dataclass
class House:
    """`house.ask("tuva")`, `house.at(10)`, `house.told(concern)`."""

    app: Flask
    world: World
    make: Make
    folder: Path

    def ask(self, who: str, severity: str = "urgent", words: str = "", **more: Any) -> int:
        wish = Wish(severity, words, **{"how": "write", **more})
        return actions.ask(self.world.viewer(who), wish, f"{who}-{severity}-{len(words)}-{self._count():06d}")

    def _count(self) -> int:
        return len(session().scalars(select(Concern.id)).all())

    def about(self, *names: str) -> frozenset[int]:
        return frozenset(self.world.id(name) for name in names)

    @contextmanager
    def at(self, minutes: float) -> Iterator[None]:
        """So many minutes later, after the clockwork has gone round."""
        with clock.at(NOW + timedelta(minutes=minutes)):
            self.go_round()
            yield

    def go_round(self) -> int:
        waiting.forget()
        with self.app.app_context():
            return run_due(driver.JOBS)

    def told(self, concern_id: int, channel: str = "app") -> list[str]:
        """Who was told by a channel, in the order in which it happened, as often as it happened."""
        rows = session().execute(
            select(Member.sign_in_name)
            .join(Call, Call.member_id == Member.id)
            .where(Call.concern_id == concern_id, Call.channel == channel)
            .order_by(Call.made_at, Call.round, Call.id)
        )
        return [name for (name,) in rows]

    def concern(self, concern_id: int) -> Concern:
        return session().get_one(Concern, concern_id, populate_existing=True)

    def lead(self, who: str) -> None:
        with transaction() as s:
            s.add(Duty(member_id=self.world.id(who), kind="safeguarding_lead", from_on=clock.today()))
            s.flush()

    def back_up(self, who: str, of: str) -> None:
        with transaction() as s:
            for shift in s.scalars(select(Shift).where(Shift.member_id == self.world.id(of))):
                shift.back_up_id = self.world.id(who)
            s.flush()

    def phone(self, who: str, number: str = "070-111 22 33") -> None:
        id_ = self.world.id(who)
        with transaction() as s:
            sealed = crypto.seal(number, f"duty_phone:{id_}:phone")
            s.add(DutyPhone(member_id=id_, phone_sealed=sealed, changed_at=clock.now()))
            s.flush()

    def sent(self, channel: str) -> list[dict[str, Any]]:
        """What a provider was given."""
        file = self.folder / f"{channel}.jsonl"
        return [json.loads(line) for line in file.read_text().splitlines()] if file.exists() else []


@pytest.fixture
def house(app: Flask, world: World, make: Make, tmp_path: Path) -> Iterator[House]:
    """Nobody is at work yet. Letters go to confirmed addresses alone, and there is nobody outside."""
    before = (providers._providers, providers._address_of)
    folder = tmp_path / "calls"
    carriers = {name: providers.FileOutbox(folder, name) for name in ("sms", "voice")}
    providers.configure(carriers, lambda _id: None)
    nobody_works()
    waiting.forget()
    yield House(app, world, make, folder)
    providers.configure(before[0], before[1] or (lambda _id: None))
    outside.configure(None, None)
    waiting.forget()


@pytest.fixture
def night(house: House) -> House:
    """Sara is awake at Solgläntan, petra is her back-up, jonna the safety lead, birgitta on call."""
    house.make.shift("sara", "Solgläntan", -4, 8)
    house.back_up("petra", "sara")
    house.lead("jonna")
    house.make.shift("birgitta", None, -4, 8, role="on_call")
    return house


Browsers = Callable[..., Any]
