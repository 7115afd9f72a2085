"""What somebody ordered, and the manifest that says how far the writing has come.

The manifest has no clock and no path in it: the same order gives the same bytes, on any machine, in one go or in ten.
"""

import hashlib
from collections.abc import Iterable
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Literal

import msgspec
from msgspec import Struct

from app.world.generate import Wish

Kind = Literal["x12", "fhir", "csv", "parquet", "pdf"]
KINDS: tuple[Kind, ...] = ("x12", "csv", "parquet", "fhir", "pdf")  # those that have a writer in app/export/run.py
MOST = 1_000_000  # cases in one export
CHUNK = 500  # cases: what is in memory at most, and what a break loses at most
MANIFEST = "manifest.json"
# What decides the bytes: the pure packages with their data, and this one.
_SOURCES = ("world", "payer", "billing", "coding", "records", "learning", "export")
_LIBRARIES: dict[Kind, tuple[str, ...]] = {"parquet": ("pyarrow",), "pdf": ("reportlab",), "fhir": ("msgspec",)}


class BadOrder(ValueError):
    """An order that cannot be filled; `str()` is one line that says what to do."""


class Order(Struct, frozen=True):
    """Cases 0 to `count` - 1 of the population `seed`, written as `kind`."""

    seed: str
    count: int
    kind: Kind
    wish: Wish = Wish()
    chunk: int = CHUNK

    @property
    def chunks(self) -> int:
        """How many chunks there are; the last may be shorter."""
        return -(-self.count // self.chunk)

    def cases(self, chunk: int) -> tuple[int, int]:
        """Return the first case of `chunk` and the one after its last."""
        return chunk * self.chunk, min(self.count, (chunk + 1) * self.chunk)


class Written(Struct, frozen=True):
    """A chunk that is whole, by its number: SHA-256 (hexadecimal) by the name of each file."""

    chunk: int
    cases: int
    files: dict[str, str]


class Manifest(Struct, frozen=True):
    """`versions` are what decided the bytes; `whole` are the files made of all chunks together (CSV)."""

    order: Order
    versions: dict[str, str]
    chunks: tuple[Written, ...] = ()
    whole: dict[str, str] = {}
    complete: bool = False

    @property
    def files(self) -> dict[str, str]:
        """The files that stay, with their SHA-256."""
        return self.whole or {name: sha for chunk in self.chunks for name, sha in chunk.files.items()}


def make_order(seed: str, count: int, kind: str, wish: Wish | None = None, chunk: int = CHUNK) -> Order:
    """Return the order. Raises BadOrder."""
    if kind not in KINDS:
        raise BadOrder(f"there is no kind {kind!r} of export. Known: {', '.join(KINDS)}")
    if not 1 <= count <= MOST:
        raise BadOrder(f"--count must be from 1 to {MOST:,}, not {count:,}")
    if not seed.strip() or len(seed) > 100 or not seed.isprintable():
        raise BadOrder("--seed must be 1 to 100 characters that can be printed, such as autumn-class")
    return Order(seed, count, kind, wish or Wish(), chunk)


def versions(kind: Kind, edition: str) -> dict[str, str]:
    """Return what decides the bytes besides the order: program and data, code edition, libraries that write."""
    return {"program": _program(), "codes": edition, **{name: version(name) for name in _LIBRARIES.get(kind, ())}}


@cache
def _program() -> str:
    app, digest = Path(__file__).parents[1], hashlib.sha256()
    for source in (path for name in _SOURCES for path in sorted((app / name).rglob("*"))):
        if source.suffix in (".py", ".yaml"):
            digest.update(f"{source.relative_to(app).as_posix()}\n".encode() + source.read_bytes())
    return digest.hexdigest()[:16]


def read(folder: Path) -> Manifest | None:
    """Return the manifest of `folder`, None when it has none. Raises BadOrder for one that cannot be read."""
    try:
        return msgspec.json.decode((folder / MANIFEST).read_bytes(), type=Manifest)
    except FileNotFoundError:
        return None
    except msgspec.DecodeError:
        raise BadOrder(f"{folder / MANIFEST} is not the manifest of an export: choose another folder") from None


def keep(manifest: Manifest, folder: Path) -> None:
    """Write the manifest, whole or not at all."""
    fresh = folder / f".{MANIFEST}.partial"
    fresh.write_bytes(msgspec.json.format(msgspec.json.encode(manifest), indent=1) + b"\n")
    fresh.replace(folder / MANIFEST)


def check_belongs(found: Manifest, wanted: Manifest, folder: Path) -> None:
    """Raise BadOrder when `folder` belongs to another export, with what is different."""
    pairs = [(f"--{name if name != 'kind' else 'as'}", getattr(found.order, name), getattr(wanted.order, name))
             for name in ("seed", "count", "kind", "wish", "chunk")]
    pairs += [(name, found.versions.get(name, "none"), wanted.versions.get(name, "none"))
              for name in sorted(found.versions.keys() | wanted.versions.keys())]
    other = [f"{name} is {was}, not {now}" for name, was, now in pairs if was != now]
    if other:
        raise BadOrder(f"{folder} belongs to another export ({'; '.join(other)}): choose another folder")


def sha256_of(path: Path) -> str:
    """Return the file's SHA-256 in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def digests(folder: Path, names: Iterable[str]) -> dict[str, str]:
    """Return the SHA-256 of each named file of `folder`."""
    return {name: sha256_of(folder / name) for name in names}


def is_there(folder: Path, files: dict[str, str]) -> bool:
    """Whether every file stands in `folder` with the digest that was written down."""
    return all((folder / name).is_file() and sha256_of(folder / name) == sha for name, sha in files.items())
