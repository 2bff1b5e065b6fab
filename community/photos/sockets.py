"""Live: those for whom pictures wait are told on their open pages; everybody else hears nothing of it. A portrait that
is gone goes from open pages too."""

from __future__ import annotations

from typing import Any

from community.core import live
from community.members.kept_apart import excluded_ids
from community.photos import queries


def bring_waiting(ids: dict[str, Any]) -> None:
    """The number after which to catch up, for the pages that have the stream open of those who may know of pictures on
    this piece: who put them up, those asked, and those who work here."""
    seats = live.seats(f"stream:{ids['stream']}:")
    if not seats:
        return
    about, told = queries.concerned_by(ids["piece"])

    def may_know(seat: live.Seat) -> bool:
        return (seat.member_id in told or seat.footing.kind == "staff") and not seat.footing.excluded_ids & about

    frame = {"stream": ids["stream"], "seq": ids["seq"]}
    live.tell_lines([seat.sid for seat in seats if may_know(seat)], "pictures:changed", frame)


def bring_portrait(ids: dict[str, Any]) -> None:
    """Whose picture is another one, or none, for the open pages of all who are not kept apart from her."""
    member_id = ids["member"]
    live.tell_members(live.members_here() - excluded_ids(member_id), "portrait:changed", {"member": member_id})
