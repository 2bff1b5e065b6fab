import os, json, pathlib
from tests.matrix.test_matrix import *
from tests.matrix.test_matrix import _asker
from tests.matrix import answers as A
from tests.matrix.actors import ACTORS
from tests.matrix.requests import EVENTS, Requests, cases
from tests.matrix.test_sockets import _answer


def test_fill(app, world, make, rolled_back):
    with app.app_context():
        order = cases(surface_rows())
    old = A.expected()
    new = [c for c in order if c not in old and c[1] in ("GET", "POST", "event")]
    part = int(os.environ["PART"])
    out = {}
    for actor in list(ACTORS)[part::4]:
        with rolled_back.begin_nested() as whole:
            sc = scene_of(make)
            ask = _asker(actor, app, world, sc)
            for case in new:
                if case[1] == "event":
                    continue
                with rolled_back.begin_nested() as undo:
                    out["|".join([*case, actor])] = word_of(ask(case))
                    undo.rollback()
            b, r = browser_of(actor, app, world, sc), Requests(app, world, sc, actor)
            sock = b.socket()
            for case in new:
                if case[1] == "event":
                    out["|".join([*case, actor])] = _answer(sock, r, *case)
            if sock.is_connected():
                sock.disconnect()
            whole.rollback()
        pathlib.Path(f"/tmp/bt-fill-{part}.json").write_text(json.dumps(out))
