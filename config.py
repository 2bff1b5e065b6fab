"""Settings from the environment; loud where something that protects people is missing.

Two environments: `local` (the default: this machine only, plain http allowed through INSECURE_LOCAL=1) and
`production`. A data folder remembers its own secret and whether it holds demo people, so a command started beside
a running server needs nothing but HEARTH_DATA.
"""

from __future__ import annotations

import json
import os
import re
import secrets
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

SHORTEST_SECRET = 32
EXAMPLE_SECRETS = {"change-me", "changeme", "secret", "dev", "example"}


class SettingsError(SystemExit):
    """A setting is missing or unsafe; the message is one sentence that says what to do."""


@dataclass(frozen=True)
class Settings:
    """What one process runs with. Read once, never changed."""

    data: Path
    secret_key: str
    database_url: str
    environment: str = "local"
    demo: bool = False
    testing: bool = False
    insecure_local: bool = False
    no_limits: bool = False
    skip_totp: bool = False
    redis_url: str | None = None
    processes: int = 1
    encryption_keys: str | None = None
    host: str = "127.0.0.1"
    port: int = 5000
    socket: Path | None = None
    public_url: str | None = None
    trusted_proxies: int = 0
    community_name: str = "Hearth"
    zone: str = "Europe/Stockholm"
    quick_exit_url: str = "https://www.wikipedia.org/"
    help_file: Path | None = None
    safety_file: Path | None = None
    log_form: str = "text"
    metrics_port: int | None = None
    anchor_dir: Path | None = None
    backup_key: str | None = None
    backup_dir: Path | None = None
    backup_keep: int = 14
    unanswered_hours: int = 4
    independent_name: str | None = None
    independent_contact: str | None = None
    smtp_url: str | None = None
    mail_from: str = "hearth@localhost.invalid"
    sms_provider: str = "file"
    voice_provider: str = "file"
    help_country: str = "SE"
    sqlite_synchronous: str = "FULL"
    fanout: str = "fast"
    peer_months: int = 24
    word_lists: dict[str, list[str]] | None = None  # {"hold": [...], "refuse": [...]}, under test only
    argon2: dict[str, int] = field(default_factory=lambda: {"time_cost": 2, "memory_cost": 19456, "parallelism": 1})

    @property
    def anchors(self) -> Path:
        """Where the audit chain's anchors lie: the data folder's own, until ANCHOR_DIR says a safer place."""
        return self.anchor_dir or self.data / "anchors"

    @property
    def production(self) -> bool:
        return self.environment == "production"

    @property
    def mails(self) -> bool:
        """Whether letters reach people: by SMTP, or in trial use as files in the data folder."""
        return self.smtp_url is not None or not self.production

    @property
    def root(self) -> str:
        """The address links begin with: the configured one, never what a request claims."""
        return self.public_url or f"http://localhost:{self.port}"

    @property
    def cookie_name(self) -> str:
        """`__Host-` cookies need https, so plain http on this machine uses another name."""
        return "sid" if self.insecure_local else "__Host-sid"


def load(environ: dict[str, str] | None = None) -> Settings:
    """Read the settings of this process. Raises SettingsError with one sentence where starting would be unsafe."""
    env = dict(os.environ if environ is None else environ)
    environment = env.get("HEARTH_ENV", "local")
    if environment not in ("local", "production"):
        raise SettingsError(f"HEARTH_ENV is {environment!r}; it must be local or production.")
    data = Path(env.get("HEARTH_DATA") or "data").absolute()
    host = env.get("HOST", "127.0.0.1")
    insecure = _flag(env, "INSECURE_LOCAL")
    if insecure and host not in ("127.0.0.1", "::1", "localhost"):
        raise SettingsError("INSECURE_LOCAL=1 is refused unless HOST is 127.0.0.1: cookies would travel unprotected.")
    _make_folder(data)
    remembered = _install_file(data) if environment == "local" else _read_install_file(data)
    demo = _flag(env, "DEMO") or bool(remembered.get("demo"))
    if environment == "production":
        _check_production(env, demo=demo, insecure=insecure)
    proxies = _number(env, "TRUSTED_PROXIES", 0, 0, 9)
    if env.get("SOCKET") and not proxies:
        raise SettingsError("SOCKET is for a proxy of this machine: set TRUSTED_PROXIES=1, or nobody has an address.")
    processes = _processes(env, data)
    testing = _flag(env, "HEARTH_TESTING") and environment == "local"
    return Settings(
        data=data,
        secret_key=env.get("SECRET_KEY") or _remembered_secret(remembered),
        database_url=_database_url(env, data),
        environment=environment,
        demo=demo,
        testing=testing,
        insecure_local=insecure,
        no_limits=demo and _flag(env, "DEMO_NO_LIMITS"),
        skip_totp=demo and _flag(env, "DEMO_SKIP_TOTP"),
        redis_url=_redis_url(env),
        processes=processes,
        encryption_keys=env.get("ENCRYPTION_KEYS") or None,
        host=host,
        port=_number(env, "PORT", 5000, 1, 65535),
        socket=_path(env, "SOCKET"),
        public_url=(env.get("PUBLIC_URL") or "").rstrip("/") or None,
        trusted_proxies=proxies,
        community_name=env.get("COMMUNITY_NAME", "Hearth"),
        zone=_zone(env),
        quick_exit_url=env.get("QUICK_EXIT_URL", "https://www.wikipedia.org/"),
        help_file=Path(env["HELP_FILE"]) if env.get("HELP_FILE") else None,
        safety_file=_path(env, "SAFETY_FILE"),
        log_form=_choice(
            env, "LOG_FORM", ("JSON", "TEXT") if environment == "production" else ("TEXT", "JSON")
        ).lower(),
        metrics_port=_metrics_port(env),
        anchor_dir=_path(env, "ANCHOR_DIR"),
        backup_key=env.get("BACKUP_KEY") or None,
        backup_dir=_path(env, "BACKUP_DIR"),
        backup_keep=_number(env, "BACKUP_KEEP", 14, 1, 9999),
        unanswered_hours=_number(env, "UNANSWERED_HOURS", 4, 1, 999),
        peer_months=_number(env, "PEER_MONTHS", 24, 0, 120),
        independent_name=_independent(env)[0],
        independent_contact=_independent(env)[1],
        smtp_url=_smtp_url(env),
        mail_from=_mail_from(env),
        sms_provider=env.get("SMS_PROVIDER") or "file",
        voice_provider=env.get("VOICE_PROVIDER") or "file",
        help_country=env.get("HELP_COUNTRY") or "SE",
        sqlite_synchronous=_choice(env, "SQLITE_SYNCHRONOUS", ("FULL", "NORMAL")),
        fanout=_choice(env, "HEARTH_FANOUT", ("FAST", "STOCK")).lower(),
        word_lists=json.loads(Path(env["HEARTH_WORD_LISTS"]).read_text())
        if testing and env.get("HEARTH_WORD_LISTS")
        else None,
    )


def remember_demo(data: Path) -> None:
    """Mark a data folder as holding demo people, so that production refuses it and commands know it."""
    remember(data, demo=True)


def remember(data: Path, **facts: object) -> None:
    """Write facts about a data folder into it, beside those it has."""
    _write_private(data / "install.json", json.dumps({**_install_file(data), **facts}))


def recall(data: Path) -> dict[str, object]:
    """What was written into a data folder about it."""
    return {name: fact for name, fact in _read_install_file(data).items() if name != "secret_key"}


def _check_production(env: dict[str, str], *, demo: bool, insecure: bool) -> None:
    secret = env.get("SECRET_KEY", "")
    if len(secret) < SHORTEST_SECRET or secret.lower() in EXAMPLE_SECRETS:
        raise SettingsError("SECRET_KEY is missing or shorter than 32 characters: set a long random one.")
    if demo:
        raise SettingsError("Demo mode is refused in production: unset DEMO, or use a data folder without demo people.")
    if insecure:
        raise SettingsError("INSECURE_LOCAL=1 is refused in production: put TLS in front instead.")
    if not env.get("PUBLIC_URL", "").startswith("https://"):
        raise SettingsError("PUBLIC_URL must be the https address people use, as in https://hearth.example.")


def _install_file(data: Path) -> dict[str, object]:
    """The folder's own facts; the first start makes its secret and keeps it readable by the owner alone."""
    path = data / "install.json"
    if not path.exists():
        fresh = json.dumps({"secret_key": secrets.token_urlsafe(48)})
        try:
            _write_private(path, fresh, only_new=True)
        except FileExistsError:
            pass  # another process was first; its secret counts
    return _read_install_file(data)


def _read_install_file(data: Path) -> dict[str, object]:
    path = data / "install.json"
    try:
        facts = json.loads(path.read_text()) if path.exists() else {}
    except (OSError, ValueError):
        facts = None
    if not isinstance(facts, dict):
        raise SettingsError(
            f"{path} can't be read: put it back from a copy, because it holds this installation's secret."
        )
    return facts


def _remembered_secret(remembered: dict[str, object]) -> str:
    """Never an empty or a guessable one: whoever knows it can sign in as anybody."""
    secret = remembered.get("secret_key")
    if not isinstance(secret, str) or len(secret) < SHORTEST_SECRET:
        raise SettingsError("install.json in the data folder holds no secret any more: put it back from a copy.")
    return secret


def _make_folder(data: Path) -> None:
    try:
        data.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as error:
        raise SettingsError(f"The data folder {data} can't be made: {error.strerror}.") from error


def _write_private(path: Path, text: str, *, only_new: bool = False) -> None:
    """Written whole under another name first, so that a reader never meets half a file."""
    waiting = path.with_name(f"{path.name}.{os.getpid()}")
    handle = os.open(waiting, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "w") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    try:
        if only_new:
            os.link(waiting, path)
            return
        os.replace(waiting, path)
    finally:
        waiting.unlink(missing_ok=True)


def _flag(env: dict[str, str], name: str) -> bool:
    return env.get(name, "").strip().lower() in ("1", "true", "yes", "on")


def _number(env: dict[str, str], name: str, otherwise: int, least: int, most: int) -> int:
    value = env.get(name) or str(otherwise)
    if not (value.isascii() and value.isdigit() and least <= int(value) <= most):
        raise SettingsError(f"{name} is {value!r}; it must be a whole number from {least} to {most}.")
    return int(value)


def _metrics_port(env: dict[str, str]) -> int | None:
    if not env.get("METRICS_PORT"):
        return None
    port = _number(env, "METRICS_PORT", 0, 1, 65535)
    if port == _number(env, "PORT", 5000, 1, 65535):
        raise SettingsError("METRICS_PORT must be another port than PORT: it is for this machine alone.")
    return port


def _path(env: dict[str, str], name: str) -> Path | None:
    return Path(env[name]).absolute() if env.get(name) else None


def _zone(env: dict[str, str]) -> str:
    name = env.get("HOME_ZONE") or "Europe/Stockholm"
    try:
        ZoneInfo(name)
    except (ValueError, OSError, KeyError) as error:
        raise SettingsError(f"HOME_ZONE is {name!r}; it must be a zone such as Europe/Stockholm.") from error
    return name


def _database_url(env: dict[str, str], data: Path) -> str:
    url = env.get("DATABASE_URL") or f"sqlite:///{data / 'hearth.db'}"
    if not url.startswith(("sqlite:///", "postgresql+psycopg2://")):
        raise SettingsError("DATABASE_URL must begin with sqlite:/// or postgresql+psycopg2://.")
    return url


def _redis_url(env: dict[str, str]) -> str | None:
    url = env.get("REDIS_URL") or None
    if url is not None and not url.startswith(("redis://", "rediss://", "unix://")):
        raise SettingsError("REDIS_URL must begin with redis://, rediss:// or unix://.")
    return url


def _processes(env: dict[str, str], data: Path) -> int:
    """How many servers share this installation. Each would count limits for itself, and SQLite has one writer."""
    processes = _number(env, "PROCESSES", 1, 1, 64)
    if processes > 1 and _database_url(env, data).startswith("sqlite"):
        raise SettingsError("PROCESSES above 1 needs PostgreSQL: set DATABASE_URL to postgresql+psycopg2://...")
    if processes > 1 and not _redis_url(env):
        raise SettingsError("PROCESSES above 1 needs Redis: set REDIS_URL, or limits would hold for each one apart.")
    return processes


def _independent(env: dict[str, str]) -> tuple[str | None, str | None]:
    """Who hears of somebody who works here when nobody else may: a name and how to reach them, or neither."""
    name, contact = env.get("INDEPENDENT_NAME", "").strip(), env.get("INDEPENDENT_CONTACT", "").strip()
    if bool(name) != bool(contact):
        raise SettingsError("INDEPENDENT_NAME and INDEPENDENT_CONTACT go together: who it is, and how to reach them.")
    return name or None, contact or None


def _smtp_url(env: dict[str, str]) -> str | None:
    url = env.get("SMTP_URL") or None
    try:
        parts = urlsplit(url or "")
        fits = url is None or (parts.scheme in ("smtp", "smtps") and parts.hostname and parts.port != 0)
    except ValueError:
        fits = False
    if not fits:  # its password stays out of the sentence
        raise SettingsError("SMTP_URL must be smtp://name:password@host:port, or smtps://.")
    return url


def _mail_from(env: dict[str, str]) -> str:
    sender = env.get("MAIL_FROM", "")
    if env.get("SMTP_URL") and not re.fullmatch(r"[^@\s<>,;]+@[^@\s<>,;]+\.[^@\s<>,;]+", sender):
        raise SettingsError("MAIL_FROM must be the address letters come from, as in hej@hearth.example.")
    return sender or Settings.mail_from


def _choice(env: dict[str, str], name: str, allowed: tuple[str, ...]) -> str:
    value = env.get(name, allowed[0]).upper()
    if value not in allowed:
        raise SettingsError(f"{name} must be one of {', '.join(allowed)}.")
    return value
