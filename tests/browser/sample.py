"""Places and people the stories look at and change nothing in: made once for all of them, when first asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cached_property

from playwright.sync_api import Playwright
from sqlalchemy import create_engine, delete, select
from sqlalchemy.orm import Session

from community.core import clock
from community.core.db import new_id
from community.members.models import Member, Sanction
from tests.browser.people import Pen, joined
from tests.serve import Hearth

LONG_WORD = "Ungdomsvårdsöverraskning"  # 24 letters, as Swedish makes them
RIGHT_TO_LEFT = "مرحبا، أنا جديدة هنا وأحب هذا البيت"
LONG_NAME = "Maximiliana Oxenstierna af Croneborg"


class Sample:
    def __init__(
        self,
        playwright: Playwright,
        base_url: str,
        hearth: Hearth,
        pen: Callable[[str], Pen],
        flask: Callable[..., str],
    ) -> None:
        self.playwright, self.base_url, self.hearth, self.pen, self.flask = playwright, base_url, hearth, pen, flask

    def newcomer(self, name: str, lang: str = "sv") -> str:
        """The sign-in name of somebody who has just joined."""
        link, _code = self.pen("birgitta").invite(name, lang)
        return joined(self.playwright, self.base_url, link, name, lang)

    @cached_property
    def someone_new(self) -> str:
        return self.newcomer("Vide")

    @cached_property
    def talk(self) -> int:
        """An ordinary thread: amina asked, others answered and reacted."""
        thread = self.pen("amina").write("Hur gör man egentligen med **tvätten** när man flyttat?", mode="ask")
        for who, text in (
            ("johanna", "Tvätta ull för hand, och *aldrig* i sextio."),
            ("callum", "Read the label. Then ask Johanna what it means."),
            ("elias", "skicka hem den hit bara"),
        ):
            self.pen("amina").react(self.pen(who).reply(thread, text), "idea")
        for who, kind in (("tuva", "heart"), ("sara", "hug"), ("samir", "strong")):
            self.pen(who).react(self.pen("amina").opening(thread), kind)
        return thread

    @cached_property
    def long(self) -> int:
        """More replies than one page holds."""
        thread = self.pen("tuva").write("Vi räknar till sextio tillsammans.", title="Räkneleken")
        for number in range(60):
            self.pen(("tuva", "samir", "johanna")[number % 3]).reply(thread, f"Nummer {number + 1}")
        return thread

    @cached_property
    def wild(self) -> int:
        """Long words, a long name, the other direction."""
        name = self.newcomer(LONG_NAME)
        writer = Pen(self.playwright, self.base_url, name)
        thread = writer.write(f"{LONG_WORD * 3}\n\n{RIGHT_TO_LEFT}", title=f"{LONG_WORD} {RIGHT_TO_LEFT}")
        writer.reply(thread, RIGHT_TO_LEFT)
        writer.reply(
            thread, f"> {LONG_WORD * 2}\n\n`{'kod' * 40}`\n\n1. {LONG_WORD}\n2. https://exempel.se/{'sida' * 30}"
        )
        for kind in ("heart", "hug", "haha", "glad", "idea", "strong"):
            writer.react(writer.opening(thread), kind)
        writer.asks.dispose()
        return thread

    @cached_property
    def chat(self) -> int:
        """A chat of grown-ups, which rests at no hour, with everything a message can be: the other direction, a word
        without an end, an answer to one, reactions, one that was taken back, somebody with a long name."""
        johanna, callum = self.pen("johanna"), self.pen("callum")
        chat = johanna.chat("Utflyttat", "Moved out")
        first = callum.say(chat, "who remembers the pancake recipe")
        callum.say(chat, "asking for my girlfriend")
        johanna.say(chat, "3 ägg, 6 dl mjölk, 3 dl mjöl", quote=str(first))
        for kind in ("heart", "hug", "haha", "glad", "idea", "strong"):
            johanna.react(first, kind)
        self.pen("sara").say(chat, f"{LONG_WORD * 3} och {LONG_WORD}")
        callum.say(chat, RIGHT_TO_LEFT)
        johanna.take_back(johanna.say(chat, "Glöm det."))
        callum.say(chat, "on the bus already")
        return chat

    @cached_property
    def noted(self) -> int:
        """Heads-ups, long ones too, and quotes: of words, of something folded, of something gone."""
        thread = self.pen("samir").write("Om hunden på Linden.", title="En tung dag", note="om ett djur som har dött")
        noted = self.pen("tuva").reply(thread, "Den var *fjorton* år.", note=f"om {LONG_WORD} {RIGHT_TO_LEFT}")
        source = self.pen("johanna").reply(thread, f"Jag minns den. {LONG_WORD * 2}")
        gone = self.pen("johanna").reply(thread, "Glöm det.")
        for who, quoted in (("callum", noted), ("elias", source), ("sara", gone)):
            self.pen(who).reply(thread, "Jag med.", quote=str(quoted))
        self.pen("johanna").take_back(gone)
        return thread

    @cached_property
    def taken_back(self) -> int:
        """A thread whose opening its author took back, with an answer left standing."""
        pen = self.pen("samir")
        thread = pen.write("Glöm det här.", title="Ett drama i tre akter")
        self.pen("tuva").reply(thread, "För sent, jag läste.")
        pen.take_back(pen.opening(thread))
        return thread

    @cached_property
    def first_manager(self) -> str:
        """The sign-in name of the manager of a house where nobody has written yet."""
        link = self.flask("invite", "manager", "--house", "Granen").split()[0]
        return joined(self.playwright, self.base_url, f"{self.base_url}/i/{link.rsplit('/', 1)[1]}", "Alva")

    @contextmanager
    def standing(self, name: str, kind: str) -> Iterator[None]:
        """As a host will set it one day; today only the row can be written."""
        engine = create_engine(self.hearth.env["DATABASE_URL"])
        try:
            with Session(engine) as s, s.begin():
                member = s.scalars(select(Member.id).where(Member.sign_in_name == name)).one()
                row = Sanction(id=new_id(), member_id=member, kind=kind, starts_at=clock.now())
                s.add(row)
                mark = row.id
            yield
            with Session(engine) as s, s.begin():
                s.execute(delete(Sanction).where(Sanction.id == mark))
        finally:
            engine.dispose()
