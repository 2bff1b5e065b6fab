"""What `/design` shows of a move: the list in its states, people, letters on both sides, and the private cards."""

from __future__ import annotations

from datetime import timedelta
from types import SimpleNamespace
from typing import Any

from community.core import clock, i18n
from community.members.people import AuthorView
from community.moving.checklist import LineView, ListView
from community.moving.models import Move
from community.moving.prepared import AdultView, KeptView
from community.moving.prepared_models import FarewellLetter, MoveWish
from community.moving.preparing_forms import NewLineForm
from community.notices.models import OwnCard

SARA = AuthorView(3, "Sara", "staff", "a24", "a")
ELIAS = AuthorView(2, "Elias", "resident", "a13", "c")
LONG = AuthorView(4, "Ungdomsvårdsöverraskning", "resident", None, "d")
STATES = (("sealed", True), ("held", True), ("returned", True), ("sealed", False))


def samples() -> dict[str, Any]:
    """Made-up ones, in their states."""
    day = clock.today() + timedelta(days=12)
    move = Move(id=1, member_id=1, kind="planned", is_open=True, moves_on=day)
    wrong = NewLineForm(formdata=None, prefix="drawn-")
    wrong.line.errors = [i18n.lazy("Write something here first.")]
    return {
        "drawn_lists": [
            (ListView(1, True, ("Olof",), _lines()), NewLineForm(formdata=None, prefix="one-")),
            (ListView(1, True, (), ()), wrong),
            (ListView(1, False, ("Samir",), _lines()[:1]), NewLineForm(formdata=None, prefix="two-")),
            (ListView(5, False, ("Samir",), ()), NewLineForm(formdata=None, prefix="three-")),
        ],
        "drawn_kept": [KeptView(SARA, "page"), KeptView(ELIAS, "page"), KeptView(LONG, "page")],
        "drawn_letters": [
            SimpleNamespace(move=move, wish=MoveWish(letters=yes, asks=yes), sealed=count, letters_here=here)
            for yes, count, here in ((False, 0, []), (True, 0, []), (True, 4, [1]))
        ],
        "drawn_adult": AdultView(SARA, day),
        "drawn_composers": [
            _composer(state, day if is_open else None, index) for index, (state, is_open) in _numbered()
        ],
        "drawn_cards": [
            OwnCard(id=90 + index, kind=kind, what=what, about_id=1)
            for index, (kind, what) in enumerate(
                (
                    ("check_in", "week"),
                    ("check_in", "year"),
                    ("farewell", ""),
                    ("farewell", "again"),
                    ("letters", ""),
                    ("picture", ""),
                    ("portrait", "others"),
                    ("book_words", ""),
                    ("book", "ready"),
                    ("book", "anew"),
                    ("welcome", ""),
                )
            )
        ],
    }


CARDS = (
    *(("check_in", "week"), ("check_in", "year"), ("farewell", ""), ("farewell", "again"), ("letters", "")),
    ("welcome", ""),
)


def _numbered() -> list[tuple[int, tuple[str, bool]]]:
    return list(enumerate(STATES))


def _composer(state: str, opens_on: Any, index: int) -> Any:
    own = FarewellLetter(id=index, state=state, opened_at=None)
    return SimpleNamespace(to=ELIAS, opens_on=opens_on, read_first=index == 1, own=own)


def _lines() -> tuple[LineView, ...]:
    return (
        LineView(81, "Kontrakt på lägenheten", "", True, None, None, 1),
        LineView(82, "Eget bankkonto och BankID", "", True, None, None, 1),
        LineView(83, "Vårdcentral nära nya stället", "Olof ringer med dig på tisdag", False, None, None, 1),
        LineView(84, "Hemförsäkring", "", False, "Första hyran, vad glömde ni?", 1, 1),
    )
