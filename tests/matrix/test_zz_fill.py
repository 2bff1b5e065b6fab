import os, pathlib
from tests.matrix.test_matrix import *
from tests.matrix.test_matrix import _asker
from tests.matrix import answers as A
from tests.matrix.actors import ACTORS
from tests.matrix.requests import EVENTS, Requests, cases
from tests.matrix.test_sockets import _answer
from community.core import live

def test_fill(app, world, make, rolled_back):
    with app.app_context():
        order = cases(surface_rows())
    old = A.expected()
    new = [c for c in order if c not in old]
    found = {c: {} for c in new}
    for actor in ACTORS:
        with rolled_back.begin_nested() as whole:
            sc = scene_of(make)
            ask = _asker(actor, app, world, sc)
            for case in new:
                if case[1] == "event": continue
                with rolled_back.begin_nested() as undo:
                    found[case][actor] = word_of(ask(case))
                    undo.rollback()
            b, r = browser_of(actor, app, world, sc), Requests(app, world, sc, actor)
            sock = b.socket()
            for case in new:
                if case[1] == "event":
                    found[case][actor] = _answer(sock, r, *case)
            if sock.is_connected(): sock.disconnect()
            whole.rollback()
    merged = {c: found.get(c) or old[c] for c in order if c in old or c in found}
    pathlib.Path("/tmp/bt-answers.txt").write_text(A.rendered(merged) + chr(10))
    pathlib.Path("/tmp/bt-new.txt").write_text(A.rendered(found) + chr(10))
