"""Asking for one's data and making the file in this process, as the job does in another; then looking into it."""

from __future__ import annotations

import io
import json
import zipfile
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from flask import Flask

from community.core import clock
from community.core.db import session
from community.members.people import Viewer
from community.my_data import actions, building, queries
from community.my_data.models import Export
from tests.world import World


@dataclass(frozen=True)
class Taken:
    """A file as its owner has it after unpacking."""

    id: int
    content: bytes

    @cached_property
    def files(self) -> dict[str, str]:
        with zipfile.ZipFile(io.BytesIO(self.content)) as file:
            assert file.testzip() is None
            return {name: file.read(name).decode() for name in file.namelist() if not name.endswith(".jpg")}

    @cached_property
    def photos(self) -> dict[str, bytes]:
        with zipfile.ZipFile(io.BytesIO(self.content)) as file:
            return {name: file.read(name) for name in file.namelist() if name.endswith(".jpg")}

    @cached_property
    def data(self) -> dict[str, Any]:
        return dict(json.loads(self.files["data.json"]))

    @property
    def tables(self) -> dict[str, list[dict[str, Any]]]:
        return dict(self.data["tables"])

    @property
    def pages(self) -> str:
        return "\n".join(text for name, text in self.files.items() if name.endswith(".html"))


def fresh(viewer: Viewer) -> Viewer:
    """She has just written her password."""
    return replace(viewer, password_at=clock.now())


def asked(world: World, who: str, lang: str = "sv") -> Export:
    return actions.begin(fresh(world.viewer(who)), lang)


def taken(app: Flask, world: World, who: str, lang: str = "sv") -> Taken:
    """She asks, it is made, she fetches it."""
    with app.app_context():
        export_id = asked(world, who, lang).id
        building.build(export_id)
        found = queries.file_for(world.viewer(who), export_id)
        content = b"".join(found.pieces)
        assert len(content) == found.size
        session().expire_all()
        return Taken(export_id, content)
