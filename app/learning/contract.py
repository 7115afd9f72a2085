"""The contract between a scenario's steps and everything around them (pages, store, checks).

A step names its kind. A kind is one module in `app/learning/steps/` that says what may be asked (`ask`), derives the
key from the case (`key`), and marks a response (`mark`). What a learner may see is a `View`; what is right is a
`Key`. They are different types, so that no page can show a key by accident.

A response is a plain mapping of field names to lists of normalised strings (money as whole cents, dates as ISO,
codes in upper case): it survives JSON, databases and upgrades.
"""

from collections.abc import Mapping
from typing import Literal, Protocol, TypeAlias

from msgspec import Struct

from app.learning.case import Case
from app.learning.papers import Paper
from app.payer.model import Citation

Response: TypeAlias = dict[str, list[str]]
Outcome = Literal["right", "partly", "wrong", "unanswered"]
FieldType = Literal["text", "identifier", "codes", "money", "date", "number", "choice", "choices", "quote"]
CodeSystem = Literal["icd10cm", "icd10pcs"]


class Choice(Struct, frozen=True):
    value: str
    label: str
    note: str = ""


class Field(Struct, frozen=True):
    """One thing a learner enters. `name` is the posted name; nothing else that is posted is read.

    `codes` posts `name` (the codes in order) and beside them, where asked for, `name_poa` (present on admission) or
    `name_date` (the day of each procedure). `initial` is what the form already holds, as on a claim that is corrected.
    A `quote` must stand in one of the texts `within`, letter for letter but for spaces and capitals.
    """

    name: str
    label: str
    type: FieldType
    choices: tuple[Choice, ...] = ()
    hint: str = ""
    most: int = 80  # characters of a text, or entries of `codes` and `choices`
    group: str = ""  # fields of one group stand under one heading
    initial: tuple[str, ...] = ()
    poa: bool = False
    unit: str = ""  # shown after the box: "days", "months", "%"
    system: CodeSystem = "icd10cm"  # of `codes`
    dated: bool = False  # of `codes`: each has a date
    within: tuple[str, ...] = ()  # of a `quote`

    @property
    def names(self) -> tuple[str, ...]:
        """The posted names of the field: its own, and those of what stands beside each code."""
        beside = (("_poa", self.poa), ("_date", self.dated))
        return (self.name, *(f"{self.name}{suffix}" for suffix, asked in beside if asked))


class View(Struct, frozen=True):
    """What the learner may see of a step: the task, the papers on the desk, and the form."""

    ask: str
    papers: tuple[Paper, ...]
    fields: tuple[Field, ...]
    opens: str = ""  # the paper that is open first
    action: str = "Hand it in"  # what the button does, a verb


class Slip(Struct, frozen=True):
    """A named mistake: the answer it leads to, and what to say about it."""

    id: str
    field: str
    value: tuple[str, ...]
    explanation: str


class KeyLine(Struct, frozen=True):
    """What is right for one field. `accepted` are the normalised answers that are right (each a whole answer).

    `weight` is this line's share of the step's marks. `partly` gives part credit (percent) for answers that are near.
    `any_order`: a list of choices is compared as a set.
    """

    field: str
    label: str
    accepted: tuple[tuple[str, ...], ...]
    shown: str  # the right answer as a person reads it
    why: str
    weight: int = 1
    citation: Citation | None = None
    cost: str = ""  # what the mistake would have cost: dollars, days, a breach
    partly: tuple[tuple[tuple[str, ...], int, str], ...] = ()
    any_order: bool = False


class Key(Struct, frozen=True):
    """The derived key of a step: lines, named slips, and the story of the payer's decision."""

    lines: tuple[KeyLine, ...]
    slips: tuple[Slip, ...] = ()
    story: tuple[str, ...] = ()
    extra: dict[str, str] = {}  # what a kind keeps for its own marking


class LineMark(Struct, frozen=True):
    """The mark of one line beside the learner's own answer. `earned` of `weight * 100`."""

    field: str
    label: str
    given: str
    expected: str
    outcome: Outcome
    earned: int
    weight: int
    why: str
    citation: Citation | None = None
    cost: str = ""


class Finding(Struct, frozen=True):
    """A named mistake that was recognised."""

    id: str
    text: str


class StepMark(Struct, frozen=True):
    """The mark of a step, line by line."""

    lines: tuple[LineMark, ...]
    findings: tuple[Finding, ...] = ()
    story: tuple[str, ...] = ()
    papers: tuple[Paper, ...] = ()  # what came back: the payer's new answer

    @property
    def percent(self) -> int:
        """The share earned, in hundredths of a percent (0 to 10,000)."""
        possible = sum(line.weight for line in self.lines) * 100
        return sum(line.earned for line in self.lines) * 10_000 // possible if possible else 0

    @property
    def outcome(self) -> Outcome:
        """right, partly, wrong, or unanswered when every line is."""
        if all(line.outcome == "unanswered" for line in self.lines):
            return "unanswered"
        if all(line.outcome == "right" for line in self.lines):
            return "right"
        return "partly" if self.percent else "wrong"


class Problems(Struct, frozen=True):
    """What cannot be read, by field: told beside the field, costs nothing."""

    by_field: dict[str, str]


class Earlier(Struct, frozen=True):
    """What the learner has handed in so far: (step id, kind, response) in order."""

    steps: tuple[tuple[str, str, Response], ...] = ()

    def of(self, kind: str) -> Response | None:
        """Return the latest response to a step of this kind, or None."""
        return next((response for _, k, response in reversed(self.steps) if k == kind), None)


class Kind(Protocol):
    """A step kind: a module with these functions."""

    name: str

    def applies(self, case: Case, options: Struct, earlier: Earlier) -> str:
        """Return "" when the step is to be worked, or why there is nothing to do (it then scores full marks)."""

    def ask(self, case: Case, options: Struct, earlier: Earlier) -> View:
        """Return what the learner may see."""

    def key(self, case: Case, options: Struct, earlier: Earlier) -> Key:
        """Derive what is right."""

    def mark(self, case: Case, options: Struct, key: Key, response: Response, earlier: Earlier) -> StepMark:
        """Mark a response that could be read."""

    def summary(self, response: Response) -> str:
        """Return one line for the gradebook."""


Raw: TypeAlias = Mapping[str, list[str]]
