"""What a member takes along of this room: herself, how she came in, whom she keeps away, who read what of hers."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import or_, select

from community.core.db import session
from community.core.i18n import _
from community.core.own_rows import Row, plain, plain_all
from community.members.connections import own_for
from community.members.models import (
    AuthenticatorApp,
    Connection,
    Duty,
    Exclusion,
    House,
    Invitation,
    Member,
    MembershipPeriod,
    Passkey,
    Profile,
    Reading,
    RecoveryCode,
    Sanction,
    SignInSession,
    ToldPiece,
    Trust,
)
from community.members.people import Viewer
from community.members.queries import authors
from community.members.readings import REASONS, WHAT


def called(viewer: Viewer, ids: Iterable[int | None]) -> dict[int | None, str | None]:
    """What people are called where the viewer takes along that they did something: nobody is named whom she is kept
    apart from, and staff by their first names. One query."""
    wanted = set(ids)
    found = authors(id_ for id_ in wanted if id_ is not None)
    names: dict[int | None, str | None] = {None: None}
    for id_, person in found.items():
        name = person.first_name if person.kind == "staff" else person.name
        names[id_] = viewer.name if id_ == viewer.id else _("somebody") if id_ in viewer.excluded_ids else name
    return names


def houses_named(viewer: Viewer, ids: Iterable[int | None]) -> dict[int | None, str | None]:
    """What houses are called, by their number. One query."""
    assert viewer.id
    rows = session().scalars(select(House).where(House.id.in_({id_ for id_ in ids if id_ is not None})))
    return {None: None, **{row.id: row.name for row in rows}}


def account(viewer: Viewer) -> list[Row]:
    """Herself, without what opens the door (passwords and PINs, of which only hashes are kept)."""
    row = session().get_one(Member, viewer.id)
    by = called(viewer, [row.adult_checked_by])
    return [
        plain(
            row,
            *("password_hash", "tablet_pin_hash", "app_pin_hash"),
            adult_checked_by=by[row.adult_checked_by],
        )
    ]


def profile(viewer: Viewer) -> list[Row]:
    """What she told of herself."""
    return plain_all(_hers(viewer, Profile), "member_id")


def periods(viewer: Viewer) -> list[Row]:
    """Where she lived and worked, and when."""
    rows = _hers(viewer, MembershipPeriod, MembershipPeriod.from_on)
    houses = houses_named(viewer, (row.house_id for row in rows))
    return [plain(row, "member_id", house_id=houses[row.house_id]) for row in rows]


def duties(viewer: Viewer) -> list[Row]:
    """What she does or did here at work; and who was there for her."""
    mine = or_(Duty.member_id == viewer.id, Duty.resident_id == viewer.id)
    rows = session().scalars(select(Duty).where(mine).order_by(Duty.from_on, Duty.id)).all()
    names = called(viewer, (id_ for row in rows for id_ in (row.member_id, row.given_by)))
    return [
        plain(
            row,
            member_id=names[row.member_id],
            resident_id=viewer.name if row.resident_id == viewer.id else None,
            given_by=names[row.given_by],
        )
        for row in rows
    ]


def limits(viewer: Viewer) -> list[Row]:
    """Limits on what she might do, and breaks; who set them stands beside what staff did."""
    return plain_all(_hers(viewer, Sanction, Sanction.starts_at), "member_id", "given_by", "space_id")


def blocks(viewer: Viewer) -> list[Row]:
    """Whom she blocked herself. What others or staff set is not hers to know."""
    mine = (Exclusion.made_by == viewer.id) & (Exclusion.kind == "block")
    rows = session().scalars(select(Exclusion).where(mine).order_by(Exclusion.made_at)).all()
    others = {row.id: row.high_id if row.low_id == viewer.id else row.low_id for row in rows}
    names = authors(others.values())
    return [plain(row, "low_id", "high_id", "made_by", whom=names[others[row.id]].name) for row in rows]


def connections(viewer: Viewer) -> list[Row]:
    """What she asked for herself, in her words, and what became of it as far as she may know."""
    mine = or_(
        (Connection.minor_id == viewer.id) & Connection.minor_said_at.is_not(None),
        (Connection.adult_id == viewer.id) & Connection.adult_said_at.is_not(None),
    )
    known = {view.id: view for view in own_for(viewer)}
    found = []
    for row in session().scalars(select(Connection).where(mine).order_by(Connection.id)):
        side, view = "minor" if row.minor_id == viewer.id else "adult", known.get(row.id)
        whole = plain(row)
        about = whole["about"] if side == "adult" else None
        found.append(
            {
                "id": row.id,
                "words": whole[f"{side}_words"],
                "said_at": whole[f"{side}_said_at"],
                "about": about,
                "whom": view.name if view is not None else None,
                "state": view.step if view is not None else None,
                "decided_by": view.decided_by if view is not None else None,
                "reason": view.reason if view is not None else None,
                "review_on": view.review_on if view is not None else None,
            }
        )
    return found


def told_of(viewer: Viewer) -> list[Row]:
    """Texts that are not there for her, because she told staff of them."""
    return plain_all(_hers(viewer, ToldPiece, ToldPiece.told_at), "member_id")


def trusts(viewer: Viewer) -> list[Row]:
    """What staff said of her posts."""
    rows = _hers(viewer, Trust, Trust.given_at)
    names = called(viewer, (id_ for row in rows for id_ in (row.given_by, row.ended_by)))
    return [plain(row, "member_id", given_by=names[row.given_by], ended_by=names[row.ended_by]) for row in rows]


def invitations(viewer: Viewer) -> list[Row]:
    """The invitation by which she came in."""
    rows = session().scalars(select(Invitation).where(Invitation.used_by == viewer.id)).all()
    names = called(viewer, (id_ for row in rows for id_ in (row.made_by, row.key_worker_id)))
    houses = houses_named(viewer, (row.house_id for row in rows))
    return [
        plain(
            row,
            *("link_hash", "code_hash", "used_by"),
            house_id=houses[row.house_id],
            made_by=names[row.made_by],
            key_worker_id=names[row.key_worker_id],
        )
        for row in rows
    ]


def sessions(viewer: Viewer) -> list[Row]:
    """Where she was signed in."""
    rows = _hers(viewer, SignInSession, SignInSession.created_at)
    return plain_all(rows, "member_id", "token_hash")


def second_steps(viewer: Viewer) -> list[Row]:
    """That she has a second step; its secret stays here."""
    return plain_all(_hers(viewer, AuthenticatorApp), "member_id", "secret_sealed", "used_steps")


def recovery_codes(viewer: Viewer) -> list[Row]:
    """When codes were made and used; of the codes only hashes are kept."""
    return plain_all(_hers(viewer, RecoveryCode, RecoveryCode.made_at), "member_id", "code_hash")


def passkeys(viewer: Viewer) -> list[Row]:
    """Her passkeys by name; what belongs to the device stays here."""
    return plain_all(_hers(viewer, Passkey, Passkey.made_at), "member_id", "credential_id", "public_key")


def readings(viewer: Viewer) -> list[Row]:
    """Who of staff read what of hers, and why."""
    rows = _hers(viewer, Reading, Reading.at)
    names = called(viewer, (row.by_id for row in rows))
    return [
        plain(
            row,
            "member_id",
            by_id=names[row.by_id],
            what=str(WHAT.get(row.what) or _("Something of yours")),
            reason=str(REASONS[row.reason]) if row.reason in REASONS else None,
        )
        for row in rows
    ]


def _hers(viewer: Viewer, table: Any, *order: Any) -> list[Any]:
    found = select(table).where(table.member_id == viewer.id)
    return list(session().scalars(found.order_by(*order) if order else found))
