"""What a defect is: a named change to a clean case, how an expert would notice it, and its repair."""

from collections.abc import Callable
from typing import Literal

from msgspec import Struct

from app.world.model import DefectRecord, Facts
from app.world.seed import Stream


class Change(Struct, frozen=True):
    """A changed copy of the facts, with what happened in one sentence and the values that matter."""

    facts: Facts
    what: str
    values: dict[str, str]


Area = Literal["registration", "eligibility", "authorization", "coding", "charging", "filing", "coordination",
               "privacy", "identity", "records"]
# Who meets a defect. payer: the claim is rejected or denied. audit: the claim is paid, and only who holds it against
# the chart sees that it is wrong. record: the claim is as it should be; the chart, the index or a log is not.
Meets = Literal["payer", "audit", "record"]


class Defect(Struct, frozen=True):
    """`area` is the work it happens in; `meets` says who meets it (see `Meets`).

    `electronic` is False where the defect leaves out what an 837 cannot go without: such a claim goes on paper.

    `applies` says whether `change` can be made; `mend` restores what is right in truth.

    No defect knows a reason code: what follows from it, the payer alone decides.
    """

    id: str
    title: str
    changes: str  # what part of the facts is changed
    notice: str  # where an expert would notice it
    applies: Callable[[Facts], bool]
    change: Callable[[Facts, Stream], Change]
    mend: Callable[[Facts, DefectRecord], Facts]
    area: Area
    meets: Meets = "payer"
    electronic: bool = True
