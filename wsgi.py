"""The server. `python wsgi.py` serves; everything else is `flask <command>`, which runs unpatched."""

import warnings

# eventlet announces its own retirement at every import; our way out is docs/decisions/eventlet.md.
warnings.filterwarnings("ignore", message=r"\s*Eventlet is deprecated")

import eventlet  # noqa: E402

eventlet.monkey_patch()

import gc  # noqa: E402

gc.disable()  # while everything is read in there is nothing to collect; _settle_memory has it looked for again

import itertools  # noqa: E402
import logging  # noqa: E402
import os  # noqa: E402
import resource  # noqa: E402
import signal  # noqa: E402
import socket  # noqa: E402
from collections.abc import Sequence  # noqa: E402
from pathlib import Path  # noqa: E402
from typing import Any  # noqa: E402

import eventlet.event  # noqa: E402
import eventlet.greenio  # noqa: E402
import eventlet.hubs  # noqa: E402
import eventlet.wsgi  # noqa: E402
from sqlalchemy.exc import DBAPIError  # noqa: E402

import config  # noqa: E402
from community.app import JOBS, create_app  # noqa: E402
from community.chat import here, presence  # noqa: E402
from community.chat import sockets as chat_sockets  # noqa: E402
from community.concerns import driver  # noqa: E402
from community.core import announcements, clock, crypto, db, knock, live, loop, metrics, outbox, schema  # noqa: E402
from community.core.jobs import Job, run_due  # noqa: E402
from community.demo import seed  # noqa: E402
from community.my_data import making  # noqa: E402

MOST_OPEN = 20_000  # every open page holds a greenlet and a file; the server's own default is 1,024
JOBS_EVERY = 5.0
CALLS_EVERY = 2.0
EXPORTS_EVERY = 2.0
LAST_ANSWERS = 5.0  # seconds that requests under way have to end once the server is told to

_log = logging.getLogger("hearth")


class _ServerLog:
    """What eventlet's server has to say: only its traces concern us, and of those no word of the request."""

    def info(self, message: str) -> None:
        if message.startswith("Traceback"):
            _log.error("a request could not be answered: %s", message.rstrip().rsplit("\n", 1)[-1].split(":", 1)[0])

    error = debug = info


class _Protocol(eventlet.wsgi.HttpProtocol):
    """Eventlet refuses a length beside chunks itself, but believes the first of two lengths and knows no coding but
    chunks: what stands between us and the browser may read it otherwise, and take the rest for somebody else's."""

    def parse_request(self) -> bool:
        if not super().parse_request():
            return False
        lengths, codings = (self.headers.get_all(name, []) for name in ("Content-Length", "Transfer-Encoding"))
        if len(lengths) < 2 and [coding.strip().lower() for coding in codings] in ([], ["chunked"]):
            return True
        self.wfile.write(b"HTTP/1.0 400 Bad Request\r\nConnection: close\r\nContent-Length: 0\r\n\r\n")
        self.close_connection = 1
        return False


QUIETLY = {"log": _ServerLog(), "log_output": False, "debug": False}

_telling = loop.lock()  # of what another process passed on


def _pass_on(app: Any, pairs: set[knock.Pair]) -> None:
    """One after the other, beside everything else; what comes while one is told is left out."""
    if not _telling.locked():
        loop.spawn(_in_app, app, lambda: _tell_typing(pairs))


def _tell_typing(pairs: set[knock.Pair]) -> None:
    with _telling:
        chat_sockets.hear_typing(pairs)


def main() -> None:
    """Bring the database up to date, fill in the demo on its first start, serve."""
    settings = config.load()
    app = create_app(settings)
    if settings.socket:
        listener = _listen_on_file(settings.socket)
    else:
        listener = _listen("PORT", settings.host, settings.port)
    private = _listen("METRICS_PORT", "127.0.0.1", settings.metrics_port) if settings.metrics_port else None
    with app.app_context():
        _make_ready(settings)
    _raise_limits()
    _settle_memory()
    if settings.redis_url:  # a name of this installation's own: others may use the same Redis
        channel = f"hearth:{crypto.keyed_hash('rows', 'knock')[:16]}"
        knock.start(settings.redis_url, channel, announcements.hear, lambda pairs: _pass_on(app, pairs))
    loop.spawn(_in_app, app, lambda: announcements.watch(also=_every_second))
    loop.spawn(_in_app, app, lambda: _do_jobs([job for job in JOBS if job not in making.JOBS], JOBS_EVERY))
    # Of its own: nobody who needs somebody waits for a backup that is being made.
    loop.spawn(_in_app, app, lambda: _do_jobs(driver.JOBS, CALLS_EVERY))
    loop.spawn(_in_app, app, lambda: _do_jobs(making.JOBS, EXPORTS_EVERY))  # neither for somebody's file
    loop.spawn(_in_app, app, outbox.watch)
    loop.spawn(_compile_pages, app)
    pool, told_to_end = eventlet.GreenPool(MOST_OPEN), _told_to_end()
    serving = eventlet.spawn(eventlet.wsgi.server, listener, app, custom_pool=pool, protocol=_Protocol, **QUIETLY)
    if private is not None:
        eventlet.spawn(eventlet.wsgi.server, private, metrics.answer, max_size=8, keepalive=False, **QUIETLY)
    print(_greeting(settings), flush=True)
    told_to_end.wait()
    if settings.socket:  # before the door shuts: after it another server may have one there
        settings.socket.unlink(missing_ok=True)
    _end(listener, pool, serving)


def _compile_pages(app: Any) -> None:
    """Compiling all parts of a page at its first request would hold up everybody else's; one by one it does not."""
    for page in app.jinja_env.list_templates(filter_func=lambda name: not name.startswith("design")):
        app.jinja_env.get_template(page)
        loop.sleep(0.01)


def _settle_memory() -> None:
    """What stands now stands until the end: the collector need not look at it again, nor look so often (by default
    after every 700 new objects, several times in each request, and all requests wait meanwhile)."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)
    gc.enable()


def _listen(setting: str, host: str, port: int) -> Any:
    """Before anything is written: two servers on one port would take turns, each with data of its own."""
    try:
        return eventlet.listen((host, port), reuse_addr=True, reuse_port=False)
    except OSError as error:
        raise config.SettingsError(
            f"Port {port} can't be used ({error.strerror}): end what runs there, or choose another with {setting}."
        ) from error


class _FileListener:
    """Callers through a file have no address, and the server tells connections apart by theirs: they are numbered."""

    def __init__(self, listener: socket.socket) -> None:
        self._listener, self._numbers = eventlet.greenio.GreenSocket(listener), itertools.count(1)

    def accept(self) -> Any:
        line, _ = self._listener.accept()
        return line, ("proxy", next(self._numbers))

    def __getattr__(self, name: str) -> Any:
        return getattr(self._listener, name)


def _listen_on_file(path: Path) -> Any:
    """For the proxy of this machine, at less than half of what a line costs by TCP; the file's owner and group may
    speak, nobody else. A file that a killed server left behind is taken over, a living server's is not."""
    listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    try:
        if path.is_socket() and _nobody_listens(path):
            path.unlink()
        listener.bind(str(path))
        path.chmod(0o660)
        listener.listen(1024)
    except OSError as error:
        raise config.SettingsError(
            f"{path} can't be used ({error.strerror or error}): end what serves there, or choose another with SOCKET."
        ) from error
    return _FileListener(listener)


def _nobody_listens(path: Path) -> bool:
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as caller:
        try:
            caller.connect(str(path))
        except ConnectionRefusedError:
            return True
    return False


def _make_ready(settings: config.Settings) -> None:
    try:
        schema.upgrade(settings.database_url)
        if settings.demo:
            seed.fill(settings, pictured=True)
        clock.reread(db.session())
        announcements.start_from_here()
    except DBAPIError as error:
        raise config.SettingsError(f"The database can't be opened: {error.orig}") from error


def _told_to_end() -> Any:
    """An event for SIGTERM and Ctrl-C. The handler may interrupt any greenlet, so it only leaves word with the loop."""
    told = eventlet.event.Event()

    def tell() -> None:
        if not told.ready():
            told.send()

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_signal: eventlet.hubs.get_hub().schedule_call_global(0, tell))
    return told


def _end(listener: Any, pool: Any, serving: Any) -> None:
    """No new requests; those under way get their answer; open pages lose their line and look for the next server."""
    eventlet.spawn_n(serving.kill)
    listener.close()
    live.hang_up_all()
    _leave_the_chats()
    with eventlet.Timeout(LAST_ANSWERS, False):
        pool.waitall()
    db.close()
    _log.info("ended with %s requests under way", pool.running())


def _leave_the_chats() -> None:
    try:
        presence.leave()
    except Exception:
        _log.warning("who was in the chats here counts for another minute")
    finally:
        db.remove()


def _every_second() -> None:
    clock.reread(db.session())
    live.sweep()
    here.look()


def _in_app(app: Any, work: Any) -> None:
    with app.app_context():
        work()


def _do_jobs(jobs: Sequence[Job], every: float) -> None:
    while True:
        loop.sleep(every)
        try:
            run_due(jobs)
        except Exception:
            _log.exception("jobs could not be run")
        finally:
            db.remove()


def _raise_limits() -> None:
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = MOST_OPEN if hard == resource.RLIM_INFINITY else min(MOST_OPEN, hard)
    if soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))


def _greeting(settings: config.Settings) -> str:
    address = f"http://localhost:{settings.port}" if settings.socket is None else str(settings.socket)
    if not settings.demo:
        return f"Hearth is at {address}"
    return (
        f"\nHearth is at {address}\n"
        f"Sign in as amina (lives here), johanna (has lived here) or birgitta (house manager); "
        f"password {seed.PASSWORD}\nEnd with Ctrl-C. Everything is in {os.path.relpath(settings.data)}.\n"
    )


if __name__ == "__main__":
    main()
