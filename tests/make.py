"""Things a test needs beyond the world, made through the house's own actions. Labels are client ids."""

from __future__ import annotations

import itertools
from dataclasses import replace
from datetime import timedelta
from typing import Any, TypeVar

from community.channels import pinning
from community.core import clock, crypto, sealed_streams
from community.core.db import session, transaction
from community.forum import actions as forum
from community.members import authenticator, invitations, recovery_codes
from community.members.invitations import Made, Wish
from community.members.models import AuthenticatorApp, Passkey, Sanction
from community.my_data import actions as exports
from community.my_data import keeping
from community.rota import working
from community.rota.models import Shift
from community.streams import actions as streams
from community.streams.actions import Said
from community.streams.models import Piece, Stream
from tests.world import NOW, World, exclude

Row = TypeVar("Row", Stream, Piece)


class Make:
    """`make.thread("amina")`, `make.reply("tuva", thread)`: each with words of its own."""

    def __init__(self, world: World) -> None:
        self.world = world
        self._numbers = itertools.count(1)

    def said(self, text: str | None, title: str | None = None) -> Said:
        number = next(self._numbers)
        return Said(text if text is not None else f"made text {number}", f"made-{number:06d}", title)

    def thread(
        self, who: str, space: str = "vardagsrummet", text: str | None = None, title: str | None = None, **how: Any
    ) -> Stream:
        how = {"mode": "tell", "just_listen": False, **how}
        viewer = self.world.viewer(who)
        piece = forum.start_thread(viewer, self.world.space(space), self.said(text, title), **how)
        return self._let_go(session().get_one(Stream, piece.stream_id, populate_existing=True))

    def reply(self, who: str, stream: Stream | int, text: str | None = None) -> Piece:
        stream_id = stream if isinstance(stream, int) else stream.id
        return self._let_go(forum.reply(self.world.viewer(who), stream_id, self.said(text)))

    def _let_go(self, row: Row) -> Row:
        """As it is now, readable also after a request has given the session back."""
        session().refresh(row)
        session().expunge(row)
        return row

    def invitation(self, maker: str = "birgitta", **wish: Any) -> Made:
        given = {"kind": "resident", "house_id": self.world.house("Solgläntan"), "adult_checked": True, **wish}
        return invitations.make_invitation(self.world.viewer(maker), Wish(**given))

    def authenticator(self, who: str) -> str:
        """Somebody has set an app up, long before; returns its secret."""
        secret, member_id = authenticator.new_secret(), self.world.id(who)
        sealed = crypto.seal(secret, f"authenticator_app:{member_id}:secret")
        with transaction() as s:
            s.add(AuthenticatorApp(member_id=member_id, secret_sealed=sealed, used_steps=[], made_at=NOW))
            s.flush()
        return secret

    def passkey(self, who: str, **more: Any) -> Passkey:
        """Somebody's device has made a passkey; what it keeps is in tests/members/device.py."""
        number = next(self._numbers)
        given = {"credential_id": f"made{number:06d}", "public_key": "AAAA", "sign_count": 0, "name": "telefon", **more}
        with transaction() as s:
            made = Passkey(member_id=self.world.id(who), made_at=NOW, **given)
            s.add(made)
            s.flush()
        return made

    def export(self, who: str, content: bytes = b"a file") -> int:
        """A file with all of somebody's data is ready for her; with words instead of what it would hold."""
        viewer = replace(self.world.viewer(who), password_at=clock.now())
        export_id, name, key = exports.begin(viewer, "sv").id, keeping.new_name(), sealed_streams.new_key()
        assert exports.start(export_id, 1, name) is not None
        file = sealed_streams.Sealing(keeping.path_of(name), key)
        file.write(content)
        file.close()
        assert exports.finish(export_id, name, key, file.size)
        return export_id

    def recovery_codes(self, who: str) -> list[str]:
        """Ten codes on somebody's paper."""
        return recovery_codes.write_new(self.world.viewer(who))

    def pin(self, label: str, who: str = "sara", *, days: int = 7, **where: bool) -> None:
        """A thread of the world stands at the top of its channel and of Home."""
        until = clock.today() + timedelta(days=days)
        given = {"in_channel": True, "on_home": True, **where}
        pinning.pin(self.world.viewer(who), self.world.stream(label).id, until_on=until, **given)

    def excluded(self, one: str, other: str, kind: str = "block") -> None:
        exclude(one, other, kind)

    def sanction(self, who: str, kind: str, **when: Any) -> None:
        given = {"starts_at": NOW, **when}
        with transaction() as s:
            s.add(Sanction(member_id=self.world.id(who), kind=kind, **given))
            s.flush()

    def shift(self, who: str, house: str | None, begins: float, ends: float, role: str = "staff") -> Shift:
        """A shift as a row, in hours from this moment; also one that has begun or is over."""
        starts_at = clock.now() + timedelta(hours=begins)
        with transaction() as s:
            made = Shift(
                member_id=self.world.id(who),
                house_id=self.world.house(house) if house else None,
                role=role,
                starts_at=starts_at,
                ends_at=clock.now() + timedelta(hours=ends),
                day=clock.local(starts_at).date(),
            )
            s.add(made)
            s.flush()
        working.forget()
        return made

    def reaction(self, who: str, piece_id: int, kind: str = "heart") -> Piece:
        return streams.react(self.world.viewer(who), piece_id, kind)
