"""What `/design` shows of the queue, of what waits of one's own, and of a thread that rests."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from markupsafe import Markup

from community.acts.models import Act
from community.core import clock, i18n
from community.core.i18n import lazy as _l
from community.forum.queries import LockView
from community.home.waits import Waits
from community.members.people import AuthorView
from community.moderation import forms, words
from community.moderation.beside import Elsewhere, reason_words
from community.moderation.items import Group, Item, StepView
from community.moderation.queries import ShiftFigures
from community.reports.queries import Said, Told
from community.safety.models import HARM, LIFE, LOOK, PLAIN, Case
from community.spaces.queries import SpaceView
from community.streams.queries import PieceView
from community.streams.told import ToldView
from community.wordlists.queries import HeardView

LONG = "Realisationsvinstbeskattningsreglerna"
WILMA = AuthorView(91, "Wilma", "resident", "a03", "c")
LONG_NAME = AuthorView(92, "Maximiliana-Alexandria af Klingenspoor", "alumnus", None, "e")
NOBODY = AuthorView(0, "Någon i gruppen", "someone", None, "f")
PLACE = SpaceView(2, "two", "Minnen", "honey", "memories", True)


def samples() -> dict[str, Any]:
    """Cards of every kind, one of several texts; the forms; one's own texts in every state."""
    plain = _item(
        1, WILMA, "hej allihop 👋 får man spela på pianot?", kind=words.FIRST, dos=("publish", "back", "remove")
    )
    second = _item(2, WILMA, f"och vem äter soppa? {LONG}", kind=words.FIRST, dos=("publish", "back"))
    told = _item(
        3, LONG_NAME, "ingen vill ha dig på middagen", kind=words.TOLD, harm=LOOK, told=3, dos=("fine", "hide", "back")
    )
    hard = _item(4, WILMA, "det finns inget hopp, allt är meningslöst", kind=words.WORRY, harm=LIFE, dos=("publish",))
    closed = _item(5, NOBODY, "", kind=words.WORRY, harm=HARM, dos=("publish", "back"), closed_words=True)
    taken = _item(6, WILMA, "någon annan har den", kind=words.FIRST, holder_id=93, holder="Jonna", dos=("publish",))
    own = _item(
        7, LONG_NAME, "det här gäller mig", kind=words.APPEALS, refused=_l("The hosts look after this."), locked=True
    )
    groups = [Group((hard,)), Group((closed,)), Group((told,)), Group((plain, second)), Group((taken,)), Group((own,))]
    return {
        "review": {
            "groups": groups,
            "counts": {words.WORRY: 2, words.TOLD: 1, words.FIRST: 3, words.APPEALS: 1},
            "all": 6,
            "chip": "",
            "oldest": i18n.span(timedelta(minutes=41)),
            "for_backup": 2,
            "busy_until": clock.now() + timedelta(minutes=30),
            "busy_form": forms.BusyForm(formdata=None),
            "may_handle": True,
            "figures": ShiftFigures(11, 4),
        },
        "review_items": [hard, told],
        "review_told": Told(
            3,
            ("unkind", "worried"),
            (
                Said("unkind", clock.now(), f"han skriver så hela tiden {LONG}", 3, {"text": "ingen vill ha dig"}),
                Said("worried", clock.now(), "", 3, {}),
            ),
        ),
        "review_elsewhere": [
            Elsewhere("#", _l("Short break, read only, close")),
            Elsewhere("#", _l("Read and answer")),
        ],
        "review_keys": [
            HeardView("hold:dumhuvud", "hold", "dumhuvud", None),
            HeardView("check:hålligång", "check", "hålligång", True),
            HeardView("check:kvällen", "check", "kvällen", False),
        ],
        "reason_words": reason_words,
        "review_words": words,
        "review_story": [
            StepView(None, "någon sa till", clock.now(), None),
            StepView("Jonna", LONG, clock.now(), LONG),
        ],
        "review_acts": [Act(kind="returned", at=clock.now())],
        "review_notes": forms.CaseNoteForm(formdata=None),
        "review_forms": [(do, forms.DecideForm(formdata=None, version=1)) for do in ("back", "heads-up", "cool")],
        "review_done": {"step": 1, "what": words.DONE["published"], "seconds": 10, "hard": True, "final": False},
        "own_waits": [
            _waits(11, "returned", ToldView("Jonna", "Det står ett telefonnummer i den.", 1)),
            _waits(12, "returned", ToldView(None, LONG, None)),
            _waits(13, "hidden", ToldView("Jonna", "Den kan såra.", None), by_host=True),
            _waits(14, "hidden", None, by_host=True),
            _waits(15, "published", ToldView("Jonna", "Skriv utan namnet.", None), rewrite=True),
        ],
        "locks": [LockView("Vi tar en paus.", clock.now() + timedelta(hours=1)), LockView(LONG, None)],
    }


def _piece(number: int, author: AuthorView, text: str, state: str = "held", **more: Any) -> PieceView:
    return PieceView(
        id=number,
        stream_id=1,
        nr=None,
        seq=0,
        version=1,
        kind="opening",
        state=state,
        title=None,
        text=text,
        html=Markup("<p>{}</p>").format(text),
        lang="sv",
        author=author,
        posted_at=clock.now() - timedelta(minutes=41),
        edited_at=None,
        reactions=(),
        **more,
    )


def _item(number: int, author: AuthorView, text: str, *, kind: str, harm: int = PLAIN, **more: Any) -> Item:
    now = clock.now()
    case = Case(
        id=number, target=f"piece:{number}", lane="hosts", reasons=["held"], harm=harm, version=1, state="open",
        since=now - timedelta(minutes=41), changed_at=now, member_id=author.id, piece_id=number,
    )  # fmt: skip
    given: dict[str, Any] = {"told": 0, "holder_id": None, "holder": None, "refused": None, "dos": ()}
    given |= {"closed_words": False, "locked": False, "age": "16–17", **more}
    piece = _piece(number, author, text, unnamed=author.id == 0)
    state = str(words.STATES["held"])
    return Item(case=case, kind=kind, piece=piece, own_words="", author=author, where="Minnen", state=state, **given)


def _waits(number: int, state: str, told: ToldView | None, *, rewrite: bool = False, **more: Any) -> Waits:
    piece = _piece(number, WILMA, "Ring mig på 070-000 00 00", state, told=told, **more)
    return Waits(piece, told, PLACE, "#", rewrite)
