"""A PostgreSQL server of the tests' own: made in a temporary folder, reached by a socket, removed at the end."""

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest


def programs() -> Path | None:
    """Return the folder with initdb and postgres, or None."""
    on_path = shutil.which("initdb")
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb")) + ([Path(on_path)] if on_path else [])
    return found[-1].resolve().parent if found else None


@contextmanager
def server(logs: Path) -> Iterator[str]:
    """Run a server, give its SQLAlchemy URL, and leave its log in `logs`. Skips where there is no PostgreSQL."""
    bin_ = programs()
    if bin_ is None:
        pytest.skip("no PostgreSQL on this machine (Debian: apt-get install postgresql)")
    # Not in a folder of pytest's: the path of a socket may have 107 characters, and another user runs the server.
    folder = Path(tempfile.mkdtemp(prefix="pg-"))
    user = _somebody(folder)
    try:
        _run(user, bin_ / "initdb", "-D", folder / "data", "-U", "chartroom", "-A", "trust", "--no-sync", "-E", "UTF8")
        # It must not keep the pipes of this call: `pg_ctl` returns while the server lives on.
        _run(user, bin_ / "pg_ctl", "-D", folder / "data", "-w", "-l", folder / "log",
             "-o", f"-k {folder} -c listen_addresses='' -c fsync=off", "start")
        try:
            _run(user, bin_ / "createdb", "-h", folder, "-U", "chartroom", "chartroom")
            yield f"postgresql+psycopg://chartroom@/chartroom?host={folder}"
        finally:
            _run(user, bin_ / "pg_ctl", "-D", folder / "data", "-m", "immediate", "-w", "stop")
    finally:
        if (folder / "log").exists():
            shutil.copy(folder / "log", logs / "postgres.log")
        shutil.rmtree(folder)


def _somebody(folder: Path) -> str | None:
    """PostgreSQL refuses to run as root: then the user that its package made runs it."""
    if os.geteuid() != 0:
        return None
    name = next(name for name in ("postgres", "nobody") if any(entry.pw_name == name for entry in pwd.getpwall()))
    shutil.chown(folder, name)
    return name


def _run(user: str | None, *command: object) -> None:
    done = subprocess.run(list(map(str, command)), user=user, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
                          cwd="/", env={**os.environ, "LC_ALL": "C"}, timeout=60, text=True)
    assert done.returncode == 0, done.stderr
