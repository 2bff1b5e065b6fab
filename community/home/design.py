"""`/design`: every component in every state, with made-up people. To draw a state first, and to look at all of them.

Nothing here comes from the database, so it may be seen by anybody; an installation in production does not have it.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from types import SimpleNamespace
from typing import Any

from flask import Blueprint, current_app, g, render_template, request, session
from markupsafe import Markup

from community.channels.pinned import Pinned, PinView
from community.core import clock, i18n, text, web
from community.core.errors import Conflict, NotFound, TooMany
from community.core.i18n import _
from community.forum.forms import AskerForm, ReplyForm, TagForm, WriteForm
from community.forum.helped import HelpedView, TagView, all_tags
from community.forum.queries import ThreadView
from community.forum.unanswered import ReplyTime, WaitingView
from community.home import (
    design_acts,
    design_books,
    design_chat,
    design_concerns,
    design_lists,
    design_memories,
    design_moves,
    design_openness,
    design_pictures,
    design_publishing,
    design_review,
    design_rota,
    design_telling,
    design_waiting,
)
from community.home.profiles import Wrote
from community.members import qr
from community.members.forms import InviteForm, JoinForm, PinForm, SignInForm
from community.members.people import AuthorView, Look
from community.members.sessions import SessionView
from community.notices.forms import WishesForm
from community.notices.queries import NoticeView, Unread
from community.recovery.forms import AskMembersForm, CheckForm, ConfirmForm, PersonForm, RefuseForm, people
from community.spaces.queries import SpaceView
from community.streams import queries as streams
from community.streams.forms import EditForm
from community.streams.models import REACTIONS
from community.streams.queries import PieceView, ReactionView
from community.streams.quotes import GONE, QuoteView
from community.streams.unnamed import author_of

pages = Blueprint("design", __name__)

THEMES = ("device", "light", "dark")

LONG_WORD = "Realisationsvinstbeskattningsreglerna"
LINK = "https://hearth.invalid/i/ett-exempel"
RIGHT_TO_LEFT = "أهلا بكم جميعا في البيت"
PEOPLE = {
    "amina": AuthorView(1, "Amina", "resident", "a01", "b"),
    "johanna": AuthorView(2, "Johanna", "alumnus", "a10", "c"),
    "sara": AuthorView(3, "Sara", "staff", "a24", "a"),
    "nobody": AuthorView(4, "Bo", "resident", None, "d"),
    "long": AuthorView(5, "Maximiliana-Alexandria af Klingenspoor", "alumnus", "a15", "e"),
    "noor": AuthorView(6, "نور", "resident", "a06", "f"),
}
SPACES = (
    SpaceView(1, "one", "Vardagsrummet", "green", "talk", True),
    SpaceView(2, "two", "Minnen", "honey", "memories", True),
    SpaceView(3, "three", "Fråga & svar", "blue", "questions", True),
    SpaceView(4, "four", "Köket", "clay", "talk", True),
    SpaceView(5, "five", LONG_WORD, "plum", "talk", False),
)


ROOMS = (
    *(design_rota, design_review, design_telling, design_acts, design_concerns, design_openness, design_publishing),
    *(design_chat, design_lists, design_moves, design_pictures, design_memories, design_books),
)
"""Modules with samples of their own."""


@pages.get("/design")
@web.open_to_all
@web.without_database
def design() -> str:
    """All components and states in one page; `?lang=` and `?theme=` choose how they are shown."""
    if current_app.config["SETTINGS"].production:
        raise NotFound
    if request.args.get("lang") in i18n.LANGUAGES:
        session["lang"] = request.args["lang"]
    g.viewer = None
    theme = request.args.get("theme", "device")
    theme = theme if theme in THEMES else "device"
    return render_template(
        "design.html",
        **_samples(),
        **_forms(),
        **_account(),
        **_told(),
        **design_waiting.samples(_piece(5, "amina", "Det här väntar på att bli läst.", state="held")),
        **{name: what for room in ROOMS for name, what in room.samples().items()},
        look=Look(theme=theme),
    )


def _samples() -> dict[str, Any]:
    me = PEOPLE["amina"]
    reply = _piece(
        2, "sara", "Middag är **18.00**. Den som vill röra i grytan kommer halv.", reactions=("heart", "hug")
    )
    own = _piece(3, "amina", "jag rör. men bara om Elias inte väljer musik", edited=True, reactions=("haha",))
    pieces = {
        "opening": _piece(1, "johanna", "Vem kommer på söndag?", kind="opening", title="Söndagsmiddag, vem kommer?"),
        "untitled": _piece(11, "nobody", "Bara en rad, utan titel.", kind="opening"),
        "reply": reply,
        "own": own,
        "all": _piece(4, "johanna", "Alla sex på en gång.", reactions=REACTIONS),
        "held": _piece(5, "amina", "Det här väntar på att bli läst.", state="held"),
        "unnamed": _nameless(_piece(12, "nobody", "Hur säger man nej?", kind="opening", title="Får man säga nej")),
        "asker": _nameless(_piece(13, "nobody", "Tack, jag provar.")),
        "delayed": _nameless(_piece(14, "nobody", "Det här visas snart.", kind="opening", state="delayed")),
        "removed": _piece(6, "johanna", "", state="removed"),
        "own_removed": _piece(7, "amina", "", state="removed"),
        "long": _piece(8, "long", f"{LONG_WORD * 2}\n\n`{'kod' * 30}`\n\n> citat i citat\n\n1. ett\n2. två"),
        "noted": _piece(12, "sara", "Hunden på Linden var sjuk länge. Igår dog den.", note="om ett djur som dör"),
        "quoting": _piece(
            13, "amina", "precis det", quote=QuoteView("… rör i grytan …", "sv", 2, None, PEOPLE["sara"])
        ),
        "quoting_noted": _piece(
            14, "johanna", "Jag med.", quote=QuoteView("Igår dog den.", "sv", 12, LONG_WORD, PEOPLE["long"])
        ),
        "quoting_gone": _piece(15, "nobody", "Det du skrev hjälpte.", quote=GONE),
        "rtl": _piece(9, "noor", f"{RIGHT_TO_LEFT}\n\noch en rad på svenska"),
    }
    return {
        "people": PEOPLE,
        "me": me,
        "pieces": pieces,
        "mine": {
            "member": me.id,
            "pieces": [3, 7],
            "reactions": {"2": ["hug"], "3": ["haha"]},
            "read_nr": 1,
            "folded": {"4": "person"},
        },
        "threads": _threads(),
        "nav_spaces": list(SPACES),
        "space": None,
        "thread_id": 1,
        "following": True,
        "wrote": [
            Wrote(pieces["reply"], SPACES[0], "#people", None),
            Wrote(pieces["long"], SPACES[4], "#people", None),
            Wrote(pieces["opening"], SPACES[1], "#people", "word"),
        ],
        "muted": False,
        "tags": all_tags(),
        "tag": TagView("housing"),
        "helped_shown": [
            HelpedView(reply, None, None, False),
            HelpedView(pieces["long"], "true", _ago(60 * 24 * 400), True),
            HelpedView(own, "not", _ago(60 * 24 * 9), False),
        ],
        "waiting_shown": [
            WaitingView(21, SPACES[2], "ask", False, pieces["untitled"], _ago(60 * 7)),
            WaitingView(22, SPACES[4], "tell", True, pieces["long"], _ago(60 * 24 * 3)),
        ],
        "reply_times": [
            ReplyTime(30, 4, 3, None),
            ReplyTime(90, 43, 41, timedelta(minutes=130)),
        ],
        "choices": [_choice(kind, reply) for kind in REACTIONS],
        "actions": [
            {"label": _("Change"), "url": "#", "method": "get", "icon": "pencil", "part": False},
            {"label": _("Take back"), "url": "#", "method": "post", "icon": "trash-2", "danger": True},
            {"label": _("What was changed"), "url": "#", "method": "get", "icon": "history", "part": False},
        ],
        "long_word": LONG_WORD,
        "pinned_home": Pinned(_pins(), home=True),
        "pinned_channel": Pinned(_pins(), _pins()[1:]),
        "hello": {"readers": _("Who reads it: staff."), "space": "one"},
        "calls_shown": [
            {"name": "Jourtelefon", "number": "000-000 00", "url": "#", "text": "Ett exempel.", "hours": "Dygnet runt"}
        ],
        "who_rows": [{"where": SPACES[0].name, "who": _("Only you. Staff can't read drafts.")}],
    }


def _account() -> dict[str, Any]:
    """What belongs to one's account and to coming back in."""
    staff = SimpleNamespace(name=PEOPLE["sara"].name, is_staff=True, tablet=True)
    places = [
        SessionView(1, "phone/Android/Chrome", _ago(900), _ago(1), True, True, False),
        SessionView(2, "computer/Windows/Firefox", _ago(90), _ago(40), False, False, False),
        SessionView(3, "tablet//Safari", _ago(60), _ago(9), False, False, True),
    ]
    link = SimpleNamespace(made_at=_ago(5))
    view = SimpleNamespace(row=SimpleNamespace(id=1), who="Kim", checker="Sara", checked_with="Birgitta", link=link)
    view.vouches, view.checked, view.has_address = [("Johanna", True), ("Bo", None)], True, True
    person, members = PersonForm(formdata=None), AskMembersForm(formdata=None)
    for field in (person.member_id, members.first_id, members.second_id):
        field.choices = people([(1, "Kim"), (2, PEOPLE["long"].name)])
    return {
        "staff": staff,
        "places": places,
        "asked": [SimpleNamespace(id=1, asker=PEOPLE["sara"].name)],
        "way_in_notice": SimpleNamespace(maker=PEOPLE["sara"].name, made_at=_ago(3), can_stop=True),
        "passkeys_at": "hearth.invalid",
        "link": LINK,
        "qr": qr.picture(LINK),
        "view": view,
        "checked_by_me": False,
        "person": person,
        "check": CheckForm(formdata=None),
        "members": members,
        "confirm": ConfirmForm(formdata=None),
        "refuse": RefuseForm(formdata=None),
        "pin": PinForm(formdata=None),
    }


def _told() -> dict[str, Any]:
    """The bell in its states, and one notice of each kind."""

    def one(number: int, kind: str, who: tuple[str, ...], others: int = 0, **more: Any) -> NoticeView:
        opening = _piece(number, "amina", LONG_WORD, kind="opening", title="Söndagsmiddag, vem kommer?")
        given = {"unread": False, "many": False, "faces": (), "own_thread": False, "opening": opening, **more}
        people = tuple(PEOPLE[name] for name in who)
        return NoticeView(
            id=number, kind=kind, at=_ago(number), people=people, others=others, space=SPACES[number % 5], **given
        )

    gone = _piece(60, "amina", "", kind="opening", state="removed")
    return {
        "told_states": [Unread(), Unread(0, True), Unread(1), Unread(4), Unread(10, True)],
        "notices": [
            one(51, "mention", ("sara",), unread=True),
            one(52, "reply", ("johanna",), 3, unread=True, own_thread=True),
            one(53, "reply", ("noor", "long")),
            one(54, "reply", ("nobody",), 19, many=True, opening=gone),
            one(55, "reaction", ("johanna", "sara"), faces=("🧡", "🫂")),
            one(56, "published", ("amina",)),
        ],
        "wishes": WishesForm(formdata=None, prefix="wishes", mention_app=True),
    }


def _forms() -> dict[str, Any]:
    """Every field empty, filled in and refused. Prefixes keep the ids of a page apart."""
    empty = JoinForm(formdata=None, prefix="empty")
    refused = JoinForm(formdata=None, prefix="refused", display_name=LONG_WORD)
    refused.display_name.errors = [_("That name is too long. At most 40 characters fit.")]
    refused.password.errors = [_("Choose a password.")]
    refused.accept_rules.errors = [_("Read the house rules and tick the box.")]
    refused.form_errors = [TooMany(40).sentence]
    write = WriteForm(formdata=None, prefix="write", text="Halvskrivet")
    editing = EditForm(formdata=None, prefix="edit", text="jag rör.", version=1)
    conflict = EditForm(formdata=None, prefix="conflict", text="Mina ord", version=1)
    conflict.form_errors = [Conflict().sentence]
    invite = InviteForm(formdata=None, prefix="invite", birth_date=date(2010, 2, 3))
    invite.house_id.choices, invite.key_worker_id.choices = [(1, "Solgläntan")], [(0, "Sara")]
    tagging = TagForm(formdata=None, prefix="tags", tag_housing=True)
    too_many = TagForm(formdata=None, prefix="too-many", tag_money=True, tag_housing=True, tag_work=True)
    too_many.tag_money.errors = [_("Choose at most three.")]
    composer = ReplyForm(formdata=None, prefix="composer", text="Det jag har skrivit hittills")
    asker = AskerForm(formdata=None, prefix="asker", text="Tack allihop")
    refused_quote = ReplyForm(formdata=None, prefix="quoting", text="Mitt svar", note="om sjukdom")
    refused_quote.quote.errors = [_("That can't be quoted.")]
    return {
        "sign_in": SignInForm(formdata=None, prefix="sign-in"),
        "empty": empty,
        "refused": refused,
        "write": write,
        "tagging": tagging,
        "too_many_tags": too_many,
        "editing": editing,
        "conflict_form": conflict,
        "invite": invite,
        "form": composer,
        "asker": asker,
        "refused_quote": refused_quote,
        "quoted": QuoteView("Middag är 18.00. Den som vill röra i grytan kommer halv.", "sv", 2, None, PEOPLE["sara"]),
    }


def _piece(
    id_: int,
    who: str,
    words: str,
    *,
    kind: str = "reply",
    state: str = "published",
    title: str | None = None,
    edited: bool = False,
    reactions: tuple[str, ...] = (),
    note: str | None = None,
    quote: QuoteView | None = None,
) -> PieceView:
    return PieceView(
        id=id_,
        stream_id=1,
        nr=None if state in ("held", "delayed") else id_,
        seq=id_,
        version=1,
        kind=kind,
        state=state,
        title=title,
        text=words,
        html=Markup(text.to_html(words)) if words else Markup(""),
        lang="sv",
        author=PEOPLE[who],
        posted_at=_ago(id_),
        edited_at=_ago(0) if edited else None,
        reactions=tuple(ReactionView(one) for one in reactions),
        note=note,
        quote=quote,
    )


def _nameless(piece: PieceView) -> PieceView:
    """The same without its author's name."""
    return replace(piece, author=author_of(piece.kind), unnamed=True)


def _threads() -> list[ThreadView]:
    def one(number: int, opening: PieceView, **more: Any) -> ThreadView:
        given = {"mode": "tell", "just_listen": False, "reply_count": 0, "new_count": 0, "no_haha": False, **more}
        return ThreadView(id=number, space=SPACES[number % 5], opening=opening, active_at=_ago(number), **given)

    def said(number: int, who: str, words: str, **more: Any) -> PieceView:
        return _piece(number, who, words, kind="opening", **more)

    return [
        one(20, said(20, "nobody", "Tungt idag."), just_listen=True, house_only=True),
        one(21, said(21, "johanna", "Tog med bilden. Vem känner igen trappan?", title="Snöbollskriget"), new_count=3),
        one(22, said(22, "nobody", "Bara en rad."), unopened=True),
        one(
            23,
            said(23, "amina", "Hur gör man?", title="BankID på ny telefon"),
            mode="ask",
            tags=(TagView("practical"),),
        ),
        one(
            27,
            said(27, "long", "Vad glömde ni?", title="Första hyran"),
            mode="ask",
            reply_count=12,
            answered=True,
            tags=(TagView("housing"), TagView("money"), TagView("whom")),
        ),
        one(28, said(28, "johanna", "Ett ord till.", title="Ihopfällt"), folded="word"),
        one(24, said(24, "noor", RIGHT_TO_LEFT, reactions=("heart", "hug")), just_listen=True, reply_count=200),
        one(25, said(25, "long", f"{LONG_WORD} " * 12, title=f"{LONG_WORD} {RIGHT_TO_LEFT}"), reply_count=1),
        one(30, said(30, "sara", "Om hunden.", title="En tung dag", note="om ett djur som dör")),
        one(31, said(31, "nobody", "Utan titel.", note=f"{LONG_WORD} {RIGHT_TO_LEFT}")),
        one(26, said(26, "amina", "", state="removed"), reply_count=2),
        one(29, _nameless(said(29, "nobody", "Jag vågar inte ringa.", title="Att ringa")), mode="ask"),
    ]


def _pins() -> list[PinView]:
    day = clock.today() + timedelta(days=7)
    return [PinView(1, f"{LONG_WORD} {LONG_WORD}", "sv", day), PinView(2, RIGHT_TO_LEFT, "sv", day)]


def _choice(kind: str, piece: PieceView) -> dict[str, Any]:
    given = [one.kind for one in piece.reactions]
    return {
        "kind": kind,
        "emoji": streams.REACTION_FACES[kind],
        "label": str(streams.REACTION_WORDS[kind]),
        "pressed": kind == "hug",
        "names": [PEOPLE["johanna"].name, PEOPLE["long"].name] if kind in given else [],
    }


def _ago(minutes: int) -> datetime:
    return clock.now() - timedelta(minutes=minutes)
