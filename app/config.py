"""The settings of one site: read from the environment and `instance/` once, checked once."""

import importlib.util
import os
import secrets
from collections.abc import Mapping
from pathlib import Path

from msgspec import Struct

ROOT = Path(__file__).resolve().parents[1]


class SettingsError(ValueError):
    """A setting that cannot be used; `str()` is one line that says what to do."""


class MailServer(Struct, frozen=True):
    """Where mail is handed over. `tls`: STARTTLS, or TLS from the start on port 465."""

    host: str
    sender: str
    port: int = 587
    username: str = ""
    password: str = ""
    tls: bool = True


class Settings(Struct, frozen=True):
    """`database_url` is an SQLAlchemy URL; `hash_cost` is argon2's (time, memory in KiB); `proxies` stand before us."""

    instance: Path
    secret_key: str
    database_url: str
    codes: Path
    root: Path = ROOT
    redis_url: str = ""
    site_url: str = ""
    mail: MailServer | None = None
    proxies: int = 0
    secure_cookies: bool = False
    testing: bool = False
    hash_cost: tuple[int, int] = (3, 65_536)


def from_environment(environ: Mapping[str, str] = os.environ) -> Settings:
    """Return the settings of this machine. Raises SettingsError."""
    instance = _folder(Path(environ.get("CHARTROOM_INSTANCE", ROOT / "instance")))
    key = environ.get("SECRET_KEY") or _kept_key(instance / "secret_key")
    if len(key) < 32:
        raise SettingsError("SECRET_KEY is too short: give it 32 characters or more, or leave it unset")
    site_url = _site_url(environ)
    return Settings(
        instance=instance, secret_key=key, database_url=_database_url(environ, instance),
        codes=instance / "codes.sqlite", redis_url=_redis_url(environ), site_url=site_url,
        mail=_mail(environ, site_url), proxies=_whole(environ, "TRUSTED_PROXIES", 0, 9),
        secure_cookies=environ.get("SECURE_COOKIES", "1" if site_url.startswith("https:") else "") == "1",
    )


def _folder(path: Path) -> Path:
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise SettingsError(f"{path} cannot be made ({error.strerror}): set CHARTROOM_INSTANCE to another folder"
                            ) from None
    if not os.access(path, os.W_OK):
        raise SettingsError(f"{path} cannot be written to: set CHARTROOM_INSTANCE to another folder")
    return path


def _database_url(environ: Mapping[str, str], instance: Path) -> str:
    url = environ.get("DATABASE_URL") or f"sqlite:///{instance / 'chartroom.sqlite'}"
    for old in ("postgres://", "postgresql://"):
        url = url.replace(old, "postgresql+psycopg://", 1) if url.startswith(old) else url
    if not url.startswith(("sqlite:///", "postgresql+psycopg://")):
        raise SettingsError("DATABASE_URL must begin with postgresql:// or sqlite:///")
    return url


def _redis_url(environ: Mapping[str, str]) -> str:
    url = environ.get("REDIS_URL", "")
    if url and not url.startswith(("redis://", "rediss://", "unix://")):
        raise SettingsError("REDIS_URL must begin with redis://, rediss:// or unix://")
    if url and importlib.util.find_spec("redis") is None:
        raise SettingsError("REDIS_URL needs the package redis: run `.venv/bin/pip install redis`, or unset it")
    return url


def _site_url(environ: Mapping[str, str]) -> str:
    url = environ.get("SITE_URL", "").rstrip("/")
    if url and not url.startswith(("http://", "https://")):
        raise SettingsError("SITE_URL must begin with https:// (or http://), such as https://chartroom.example.org")
    return url


def _mail(environ: Mapping[str, str], site_url: str) -> MailServer | None:
    host = environ.get("MAIL_SERVER", "")
    if not host:
        return None
    if not site_url:
        # Without it a link would go to the host that the request names, which anybody can choose.
        raise SettingsError("MAIL_SERVER needs SITE_URL too, the address that links in mail lead to")
    if not environ.get("MAIL_FROM"):
        raise SettingsError("MAIL_SERVER needs MAIL_FROM too, the address that mail comes from")
    return MailServer(host, environ["MAIL_FROM"], _whole(environ, "MAIL_PORT", 587, 65_535),
                      environ.get("MAIL_USERNAME", ""), environ.get("MAIL_PASSWORD", ""),
                      environ.get("MAIL_TLS", "1") != "0")


def _whole(environ: Mapping[str, str], name: str, default: int, most: int) -> int:
    text = environ.get(name) or str(default)
    if not text.isdecimal() or int(text) > most:
        raise SettingsError(f"{name} must be a whole number from 0 to {most}, not {text!r}")
    return int(text)


def _kept_key(path: Path) -> str:
    """Return the key that this site made for itself, making it the first time, readable by nobody else."""
    if not path.exists():
        fresh = path.with_name(f".{path.name}-{secrets.token_hex(4)}")
        descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w") as file:
            file.write(secrets.token_hex(32))
        try:
            os.link(fresh, path)  # whole or not at all: of two processes that start at once, both read the first
        except FileExistsError:
            pass
        finally:
            fresh.unlink()
    return path.read_text().strip()
