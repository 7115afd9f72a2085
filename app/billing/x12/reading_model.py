"""What a reader of X12 gives back: segments as they stood, and what is wrong with the file."""

from collections.abc import Sequence

from msgspec import Struct

from app.world.money import Cents


class Marks(Struct, frozen=True, gc=False):
    """The characters that an interchange separates with. `repetition` is "" before version 5010."""

    element: str
    component: str
    repetition: str
    end: str


class Segment(Struct, frozen=True, gc=False):
    """A segment as it stood. `raw` and `end` (terminator and what follows up to the next segment), joined over all
    segments, are the file. `loop` is the loop's number, `place` its name in words.
    """

    number: int  # 1-based in the file
    line: int  # 1-based in the file
    raw: str
    end: str
    elements: tuple[str, ...]  # [0] is the name in upper case
    marks: Marks
    loop: str = ""
    place: str = ""
    words: str = ""
    notes: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        """`CLM`."""
        return self.elements[0]

    @property
    def shown(self) -> str:
        """The raw text on one line, with its terminator when that can be seen."""
        return unbroken(self.raw) + self.end[:1].strip()

    def at(self, place: int, part: int = 0) -> str:
        """Return element `place`, or its component `part` (both 1-based), without spaces around; "" when absent."""
        value = self.elements[place] if place < len(self.elements) else ""
        if part:
            parts = value.split(self.marks.component)
            value = parts[part - 1] if part <= len(parts) else ""
        return value.strip()

    def code(self, place: int, part: int = 0) -> str:
        """As `at`, in upper case, for comparing."""
        return self.at(place, part).upper()


class Problem(Struct, frozen=True, gc=False):
    """What is wrong with the structure of a file, and where. Line and segment are 1-based, 0: unknown."""

    said: str
    line: int = 0
    segment: int = 0

    def __str__(self) -> str:
        """`line 14, segment 9: SE says 23 segments, 24 were counted`."""
        where = f"line {self.line}, segment {self.segment}: " if self.segment else f"line {self.line}: " if self.line \
            else ""
        return where + self.said


class AdjustmentRow(Struct, frozen=True, gc=False):
    """An amount not paid, in cents, with the words for its group and reason."""

    group: str
    reason: str
    amount: Cents
    words: str


class LineRow(Struct, frozen=True, gc=False):
    """A service line. Amounts in cents; None: the file does not say."""

    number: str
    service: str
    on: str
    units: str
    charge: Cents | None
    paid: Cents | None
    adjustments: tuple[AdjustmentRow, ...]
    remarks: tuple[str, ...]


class ClaimRow(Struct, frozen=True, gc=False):
    """A claim (837) or the payment of one (835). `wrong` says in sentences what does not add up; empty: it balances."""

    segment: int  # number of its CLM or CLP
    number: str
    payer_number: str
    status: str
    patient: str
    member: str
    payer: str
    provider: str
    dates: str
    diagnoses: tuple[str, ...]
    charge: Cents | None
    paid: Cents | None
    patient_owes: Cents | None
    adjustments: tuple[AdjustmentRow, ...]  # of the whole claim
    remarks: tuple[str, ...]
    lines: tuple[LineRow, ...]
    wrong: tuple[str, ...]

    @property
    def balances(self) -> bool:
        """Whether every sum agrees."""
        return not self.wrong


class Transaction(Struct, frozen=True, gc=False):
    """One ST to SE. `kind`: 837P, 835 …; segments `first` to `last` of the file, both included."""

    kind: str
    title: str
    control: str
    version: str
    sender: str
    receiver: str
    on: str
    first: int
    last: int
    claims: tuple[ClaimRow, ...] = ()
    payment: str = ""  # 835: how much is paid, how, to whom
    totals: tuple[str, ...] = ()  # other sums in words: provider-level adjustments
    wrong: tuple[str, ...] = ()  # what does not add up over the whole transaction


class File(Struct, frozen=True, gc=False):
    """A file that was read. `before` is a byte order mark and blank space ahead of the first ISA."""

    before: str
    segments: tuple[Segment, ...]
    transactions: tuple[Transaction, ...]
    problems: tuple[Problem, ...] = ()

    @property
    def notes(self) -> tuple[Problem, ...]:
        """What is odd but did not stop the reading."""
        return tuple(Problem(note, s.line, s.number) for s in self.segments for note in s.notes)


class X12Error(ValueError):
    """A file that is damaged. `str(error)` is one line; `problems` are all of them; `file` is what could be read."""

    def __init__(self, problems: Sequence[Problem], file: File | None = None) -> None:
        super().__init__(str(problems[0]))
        self.problems, self.file = tuple(problems), file


def unbroken(text: str) -> str:
    """Return `text` without line breaks."""
    return text.replace("\r", "").replace("\n", "")
