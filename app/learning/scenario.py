"""Scenario files: what a situation is, never what its answer is (`scenarios/<duty>/<id>.yaml`)."""

import datetime as dt
import difflib
from pathlib import Path
from typing import Any, Literal

import msgspec
from msgspec import Struct

from app.learning.steps import KINDS
from app.world.datafile import DataFileError, line_of, load, parse
from app.world.defects import defects
from app.world.generate import Wish

Duty = Literal[
    "history", "eligibility", "claims", "database", "outcomes", "follow-up", "coding", "payer-calls",
    "confidentiality", "payment-plans", "registry", "audit", "journey",
]


class Hint(Struct, frozen=True, forbid_unknown_fields=True):
    """`costs` marks are taken from the step when the hint is opened."""

    text: str
    costs: int


class StepSpec(Struct, frozen=True, forbid_unknown_fields=True):
    id: str
    kind: str
    title: str
    marks: int
    hints: tuple[Hint, ...] = ()
    options: dict[str, Any] = {}


class Source(Struct, frozen=True, forbid_unknown_fields=True):
    cite: str
    as_of: dt.date


class Scenario(Struct, frozen=True, forbid_unknown_fields=True):
    """`defects` are planted in order; each entry is an id, or several ids parted by ` | ` of which one is drawn."""

    id: str
    version: int
    title: str
    duty: Duty
    tasks: tuple[str, ...]
    level: Literal[1, 2, 3]
    minutes: int
    brief: str
    world: Wish
    steps: tuple[StepSpec, ...]
    sources: tuple[Source, ...]
    defects: tuple[str, ...] = ()
    balance_at_least: int = 0  # cents that the patient owes once the claim is right
    at_stake_at_least: int = 0  # cents that the payer would still pay on the first denial

    @property
    def marks(self) -> int:
        """Marks in all."""
        return sum(step.marks for step in self.steps)

    def step(self, step_id: str) -> StepSpec | None:
        """Return the step of that id, or None."""
        return next((step for step in self.steps if step.id == step_id), None)


class Library(Struct, frozen=True):
    """The scenarios that can be served, by id, and one line for each file that cannot."""

    scenarios: dict[str, Scenario]
    problems: tuple[str, ...]


def load_library(root: Path) -> Library:
    """Load every scenario below `root`. A broken file becomes one line of `problems`; the rest is served."""
    found: dict[str, Scenario] = {}
    problems = []
    for path in sorted(root.glob("*/*.yaml")):
        shown = str(Path(root.name) / path.relative_to(root))
        try:
            scenario = load_scenario(path, shown_as=shown)
        except DataFileError as error:
            problems.append(str(error))
            continue
        if scenario.id in found:
            problems.append(f"{shown}:1: the id {scenario.id!r} is used by another scenario")
            continue
        found[scenario.id] = scenario
    return Library(found, tuple(problems))


def load_scenario(path: Path, *, shown_as: str) -> Scenario:
    """Load and check one file. Raises DataFileError naming the line and what is expected."""
    scenario = load(path, Scenario, shown_as=shown_as)
    complaint = next(iter(_complaints(scenario)), None)
    if complaint:
        where, message = complaint
        _, root = parse(path.read_text(encoding="utf-8"), shown_as=shown_as)
        raise DataFileError(shown_as, line_of(root, f"$.{where}"), f"{where}: {message}")
    return scenario


def step_options(step: StepSpec) -> Struct:
    """Return the step's options as its kind's own type. Raises msgspec.ValidationError."""
    options: Struct = msgspec.convert(step.options, KINDS[step.kind].Options)
    return options


def _complaints(scenario: Scenario) -> list[tuple[str, str]]:
    """Return (path, message) of all that a type cannot check."""
    found = []
    if len(scenario.brief.split()) > 80:
        found.append(("brief", f"{len(scenario.brief.split())} words; a brief has at most 80"))
    if not scenario.sources:
        found.append(("sources", "name at least one source"))
    for i, entry in enumerate(scenario.defects):
        found += [(f"defects[{i}]", f'"{name}" is not a defect.{_meant(name, list(defects()))}')
                  for name in entry.split(" | ") if name not in defects()]
    ids = [step.id for step in scenario.steps]
    for i, step in enumerate(scenario.steps):
        if ids.index(step.id) != i:
            found.append((f"steps[{i}].id", f'"{step.id}" is the id of an earlier step'))
        found += _step_complaints(i, step)
    return found


def _step_complaints(i: int, step: StepSpec) -> list[tuple[str, str]]:
    if step.kind not in KINDS:
        return [(f"steps[{i}].kind", f'"{step.kind}" is not a step kind.{_meant(step.kind, list(KINDS))}')]
    if step.marks < 1 or sum(hint.costs for hint in step.hints) > step.marks:
        return [(f"steps[{i}].marks", "marks are 1 or more, and the hints together cost no more than them")]
    try:
        step_options(step)
    except msgspec.ValidationError as error:
        return [(f"steps[{i}].options", str(error))]
    return []


def _meant(word: str, known: list[str]) -> str:
    near = difflib.get_close_matches(word, known, n=1)
    return f' Did you mean "{near[0]}"?' if near else f" Known: {', '.join(sorted(known))}."
