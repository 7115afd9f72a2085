"""What is wrong with a Bundle that a model of its classes does not see: codes, and references that lead nowhere.

`fhir.resources` judges which elements there are, and their types. It accepts a gender "banana" and a reference to
nobody. Reads any bundle as plain JSON values.
"""

import re
from collections.abc import Iterator
from functools import cache
from typing import Any

from msgspec import Struct

from app.billing.fhir.elements import Resource
from app.billing.fhir.value_sets import Binding, binding_of, tables, value_sets

Place = tuple[str, str, Any]  # resource (Claim/1), path of the element without positions, value


class Problem(Struct, frozen=True):
    """`resource` is Type/id, `path` names the element, `said` what is wrong."""

    resource: str
    path: str
    said: str


def problems(bundle: Resource) -> tuple[Problem, ...]:
    """Return everything that is wrong with the codes and references of `bundle`; empty when nothing is."""
    return (*code_problems(bundle), *reference_problems(bundle))


def code_problems(bundle: Resource) -> tuple[Problem, ...]:
    """Return codes that do not exist or do not belong where they stand."""
    return tuple(Problem(where, path, said) for where, path, value in _places(bundle) for said in _said(path, value))


def reference_problems(bundle: Resource) -> tuple[Problem, ...]:
    """Return references that lead nowhere, and resources that could be taken for another.

    A relative reference is completed from the full URL of the entry that it stands in (R4B, bundle.html, resolving
    references in bundles).
    """
    entries = bundle.get("entry", [])
    urls = [row.get("fullUrl", "") for row in entries]
    told = [*_entries(entries)]
    for row in entries:
        base = row.get("fullUrl", "").removesuffix(_name(row["resource"]))
        for where, path, value in _elements(row["resource"]):
            written = value.get("reference") if isinstance(value, dict) else None
            said = _target(written, value.get("type"), base, urls) if isinstance(written, str) else ""
            if said:
                told.append(Problem(where, path, said))
    return tuple(told)


def _name(resource: Resource) -> str:
    return f"{resource.get('resourceType', '')}/{resource.get('id', '')}"


def _entries(entries: list[dict[str, Any]]) -> Iterator[Problem]:
    seen: set[str] = set()
    for row in entries:
        name, url = _name(row["resource"]), row.get("fullUrl", "")
        if not url.endswith(f"/{name}"):
            yield Problem(name, "Bundle.entry.fullUrl", f"{url or 'no full URL'} does not end with {name}")
        if url in seen:
            yield Problem(name, "Bundle.entry.fullUrl", f"{url} stands twice")
        seen.add(url)


def _target(written: str, kind: str | None, base: str, urls: list[str]) -> str:
    """What is wrong with a reference as written; `kind` is the type that it names."""
    if written.startswith("#"):
        return f"{written} is a contained resource, and none is written here"
    url = written if ":" in written else f"{base}{written}"
    if url not in urls:
        return f"{written} is not in the bundle"
    return f"{written} is no {kind}" if kind and f"/{kind}/" not in f"/{written}" else ""


def _places(bundle: Resource) -> Iterator[Place]:
    """The bundle's own elements, then those of every resource in it."""
    own = {name: value for name, value in bundle.items() if name != "entry"}
    yield from _elements(own)
    for row in bundle.get("entry", []):
        yield from _elements(row["resource"])


def _elements(resource: Resource) -> Iterator[Place]:
    waiting: list[tuple[str, Any]] = [(resource.get("resourceType", ""), resource)]
    while waiting:
        path, value = waiting.pop()
        yield _name(resource), path, value
        if isinstance(value, dict):
            waiting += [(f"{path}.{name}", part) for name, part in value.items()]
        elif isinstance(value, list):
            waiting += [(path, part) for part in value]


def _said(path: str, value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        yield from _said_of_dict(path, value)
        return
    binding = binding_of(path) if isinstance(value, str) else None
    if binding is not None and value not in value_sets()[binding.set].codes:
        yield f"{value!r} is not in {binding.set}"


def _said_of_dict(path: str, value: dict[str, Any]) -> Iterator[str]:
    if "system" in value and "code" in value:
        yield from _coding(value["system"], value["code"])
    elif path.endswith((".identifier", ".reference")) and "system" in value and value["system"] not in tables().numbers:
        yield f"{value['system']} is no system of numbers that we know"
    binding = binding_of(path)
    if binding is not None and not _fits(value, binding):
        yield f"no code of {binding.set}, to which the element is bound ({binding.strength})"


def _coding(system: str, code: str) -> Iterator[str]:
    listed, form = _listed(system), _form(system)
    if not listed and form is None:
        yield f"{system} is no code system that we know"
    elif code not in listed and not (form and form.fullmatch(code)):
        yield f"{code!r} is no code of {system}"


def _fits(value: dict[str, Any], binding: Binding) -> bool:
    """Whether a Coding or CodeableConcept fits its binding. Words alone will do but where a code is required."""
    if binding.strength not in ("required", "extensible"):
        return True
    codings = value.get("coding", [value] if "code" in value else [])
    if not codings:
        return binding.strength == "extensible"
    wanted = value_sets()[binding.set]
    return any(row.get("system") == wanted.system and row.get("code") in wanted.codes for row in codings)


@cache
def _listed(system: str) -> frozenset[str]:
    return frozenset(code for row in tables().sets if row.system == system for code in row.codes)


@cache
def _form(system: str) -> re.Pattern[str] | None:
    return next((re.compile(row.form) for row in tables().forms if row.system == system), None)
