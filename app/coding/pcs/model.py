"""ICD-10-PCS: seven characters, each of which says one thing about a procedure. Immutable values."""

from typing import Literal

from msgspec import Struct

LENGTH = 7
TABLE = 3  # a table is named by its first three characters
LETTERS = frozenset("0123456789ABCDEFGHJKLMNPQRSTUVWXYZ")  # never I or O


class PcsValue(Struct, frozen=True):
    """A character and what it means where it stands. `meaning` is "" where no free source tells it."""

    character: str
    meaning: str
    definition: str = ""


class PcsCode(Struct, frozen=True):
    """A complete code. `values` are its seven characters with their meanings."""

    code: str
    title: str
    values: tuple[PcsValue, ...]


class PcsNext(Struct, frozen=True):
    """What may follow `prefix`. `axis` is what the next character stands for; `choices` are empty after seven."""

    prefix: str
    axis: str
    so_far: tuple[PcsValue, ...]
    choices: tuple[PcsValue, ...]


class PcsRow(Struct, frozen=True):
    """A row of a table: each of the fourth characters goes with each of the fifth, sixth and seventh."""

    fourth: tuple[PcsValue, ...]
    fifth: tuple[PcsValue, ...]
    sixth: tuple[PcsValue, ...]
    seventh: tuple[PcsValue, ...]


class PcsTable(Struct, frozen=True):
    """One table. `axes` name the fourth to seventh characters."""

    prefix: str
    section: PcsValue
    body_system: PcsValue
    operation: PcsValue
    axes: tuple[str, ...]
    rows: tuple[PcsRow, ...]


class RootOperation(Struct, frozen=True):
    """A root operation of a section as CMS defines it; `explanation` and `examples` may be ""."""

    section: str
    character: str
    name: str
    definition: str
    explanation: str
    examples: str


class Approach(Struct, frozen=True):
    """An approach of a section as CMS defines it."""

    section: str
    character: str
    name: str
    definition: str


class PcsTerm(Struct, frozen=True):
    """A line of the index: a term and what it leads to.

    `kind`: see (a table or the beginning of a code: `beginnings`), body part or device (the value to use: `use`).
    """

    term: str
    kind: Literal["see", "body part", "device"]
    text: str
    beginnings: tuple[str, ...] = ()
    use: tuple[str, ...] = ()
