"""The census that the page shows: taken once by a command, kept beside this file."""

from functools import cache
from pathlib import Path

import msgspec

from app.learning.census import KeptCensus

SEED, CASES = "about", 5_000
PATH = Path(__file__).with_name("census.json")
REBUILD = "run `flask --app wsgi world census` and commit app/web/about/census.json"


@cache
def kept() -> KeptCensus:
    """Return the census. Raises FileNotFoundError, with the command that takes it."""
    if not PATH.is_file():
        raise FileNotFoundError(f"{PATH} is missing: {REBUILD}")
    return msgspec.json.decode(PATH.read_bytes(), type=KeptCensus)


def keep(census: KeptCensus) -> None:
    """Write the census, whole or not at all."""
    fresh = PATH.with_name(f".{PATH.name}.partial")
    fresh.write_bytes(msgspec.json.format(msgspec.json.encode(census), indent=1) + b"\n")
    fresh.replace(PATH)
