"""The bank: every question that can be served. A broken item is one line of problems, the rest is served."""

import datetime as dt
import hashlib
from collections.abc import Callable, Mapping
from pathlib import Path

import msgspec
import yaml
from msgspec import Struct

from app.learning.items import Item, domain_of, flaw
from app.learning.outline import Outline, load_outline
from app.learning.sources import Register, load_register
from app.world.datafile import DataFileError, line_of, parse

Template = Callable[[str], Item]  # an item from a seed


class Bank(Struct, frozen=True):
    """`places` says where each item stands (file:line); `problems` are lines about what could not be read.

    `templates` make items from a seed; `samples` holds one item of each under the template's name, so that its tasks,
    level and source can be read without drawing.
    """

    outline: Outline
    items: dict[str, Item]
    places: dict[str, str]
    problems: tuple[str, ...]
    domains: dict[str, tuple[Item, ...]]
    register: Register = Register({}, {}, ())
    templates: Mapping[str, Template] = {}
    samples: Mapping[str, Item] = {}

    def by_domain(self, domain: str) -> tuple[Item, ...]:
        """Return the items that count for `domain`."""
        return self.domains.get(domain, ())

    def every(self, domain: str = "") -> tuple[Item, ...]:
        """Return what can be asked for `domain` ("" for all): the items, and a sample of each template by its name."""
        rows = (*self.items.values(), *self.samples.values())
        return tuple(item for item in rows if domain in ("", domain_of(item)))

    def by_task(self, task: str) -> tuple[Item, ...]:
        """Return the items tagged with the outline's task `task`, first or further."""
        return tuple(item for item in self.items.values() if task in item.tasks)

    def version(self, item_id: str) -> str:
        """Return a short digest of the item's content: it changes whenever a word does, not when a field is new.

        Of a template it is that of its sample. Raises KeyError for an unknown id.
        """
        item = self.items.get(item_id) or self.samples[item_id]
        written = msgspec.json.encode(item, order="deterministic")
        return hashlib.blake2b(written, digest_size=6).hexdigest()


def load_bank(root: Path, *, outline: str = "rhit", templates: Mapping[str, Template] | None = None) -> Bank:
    """Load everything below `root` (the folder question_bank), with the templates given, by name.

    Raises DataFileError when the outline is broken.
    """
    found = load_outline(root / "outlines" / f"{outline}.yaml", shown_as=f"{root.name}/outlines/{outline}.yaml")
    register = load_register(root / "sources.yaml", shown_as=f"{root.name}/sources.yaml")
    items: dict[str, Item] = {}
    places: dict[str, str] = {}
    problems: list[str] = [*register.problems]
    for path in sorted((root / "items").glob("*/*.yaml")):
        shown = f"{root.name}/{path.relative_to(root)}"
        for line, read in _read(path, shown, register):
            if isinstance(read, str):
                problems.append(f"{shown}:{line}: {read}")
            elif read.id in items:
                problems.append(f"{shown}:{line}: the id {read.id!r} is used at {places[read.id]} already")
            else:
                items[read.id], places[read.id] = read, f"{shown}:{line}"
    domains: dict[str, list[Item]] = {}
    for item in items.values():
        domains.setdefault(domain_of(item), []).append(item)
    samples = _samples(templates or {}, problems)
    drawn = {name: make for name, make in (templates or {}).items() if name in samples}
    return Bank(found, items, places, tuple(problems), {d: tuple(rows) for d, rows in domains.items()},
                register, drawn, samples)


def _samples(templates: Mapping[str, Template], problems: list[str]) -> dict[str, Item]:
    """One item of each template under its name. A template that cannot draw is one line of problems."""
    found = {}
    for name, make in templates.items():
        try:
            found[name] = msgspec.structs.replace(make("sample"), id=name)
        except KeyError as error:
            problems.append(f"question_bank/templates:1: {name}: {error} is not in sources.yaml")
        except ValueError as error:
            problems.append(f"question_bank/templates:1: {name}: {error}")
    return found


def _read(path: Path, shown: str, register: Register) -> list[tuple[int, Item | str]]:
    """Return (line, item or what is wrong with it) for every item of a file."""
    try:
        value, root = parse(path.read_text(encoding="utf-8"), shown_as=shown)
    except (DataFileError, OSError, UnicodeDecodeError) as error:
        where = error if isinstance(error, DataFileError) else None
        return [(where.line if where else 1, where.message if where else f"cannot be read: {error}")]
    if not isinstance(value, list) or not isinstance(root, yaml.SequenceNode):
        return [(1, "a file of items is a list: begin each item with “- id:”")]
    return [_item(i, entry, root, register) for i, entry in enumerate(value)]


def _item(i: int, entry: object, root: yaml.Node, register: Register) -> tuple[int, Item | str]:
    try:
        item = msgspec.convert(_with_source(entry, register), Item, builtin_types=())
    except KeyError as error:
        return line_of(root, f"$[{i}].source"), f"source: {error} is not in sources.yaml"
    except msgspec.ValidationError as error:
        message, _, path = str(error).partition(" - at `")
        inner = path.rstrip("`").removeprefix("$")
        return line_of(root, f"$[{i}]{inner}"), f"{inner.removeprefix('.')}: {message}" if inner else message
    said = flaw(item)
    return line_of(root, f"$[{i}]"), f"{item.id}: {said}" if said else item


def _with_source(entry: object, register: Register) -> object:
    """Put the register's entry where the file names it by id, or by a list of ids. Raises KeyError."""
    if not isinstance(entry, dict) or not isinstance(entry.get("source"), str | list):
        return entry
    named = entry["source"]
    source = register.source([named] if isinstance(named, str) else [str(one) for one in named])
    return entry | {"source": msgspec.to_builtins(source, builtin_types=(dt.date,))}
