"""Clinical templates: what can happen to whom, which codes follow, and the words in the chart that support them.

A template is a file under `data/templates/`. Each of its axes (`variants`) draws one option; the words of the drawn
options, of `slots` and of the phrase banks fill the `{slots}` of texts, codes and evidence alike, so a key and the
words that support it can never drift apart. Coding follows the ICD-10-CM Official Guidelines for FY 2026.
"""

from functools import cache
from typing import Literal

from msgspec import Struct

from app.world.datafile import load, load_all
from app.world.model import AccidentKind, DocumentKind, PayerKind, Setting, Sex
from app.world.plans import DATA

Author = Literal["provider", "referring", "nurse", "laboratory", "radiology", "consultant", "resident", "therapist",
                 "dietitian", "social_worker", "respiratory", "pharmacist", "supplier"]
# Every specialty that a template may ask for: the world must have a clinician of each.
SPECIALTIES = (
    "family medicine", "internal medicine", "pediatrics", "cardiology", "orthopedics", "sleep medicine",
    "obstetrics and gynecology", "psychiatry", "emergency medicine", "hospital medicine", "gastroenterology",
    "general surgery", "ophthalmology", "urology", "oncology", "dermatology", "neurology", "pulmonology", "podiatry",
    "occupational medicine", "psychology", "nephrology", "neonatology", "otolaryngology",
)
PRIMARY_CARE = ("family medicine", "internal medicine", "pediatrics")
Choice = str | tuple[str, ...]  # one text, or several of which one is drawn
When = dict[str, tuple[str, ...]]  # axis: the options under which a row holds


class Option(Struct, frozen=True, forbid_unknown_fields=True):
    """One choice on an axis. `words` fill slots; `weight` is how often it is drawn, relative to its neighbors."""

    name: str
    words: dict[str, Choice] = {}
    weight: int = 1
    sexes: tuple[Sex, ...] = ("F", "M")
    ages: tuple[int, int] = (0, 120)  # years, both included


class CodeRow(Struct, frozen=True, forbid_unknown_fields=True):
    """A diagnosis of the template. `code` may hold a slot; `evidence` must stand in the chart, letter for letter."""

    id: str
    code: str
    evidence: tuple[str, ...]
    why: str
    role: Literal["principal", "secondary"] = "secondary"
    poa: str | None = None  # inpatient: Y N U W; None when the code is exempt, or outpatient
    when: When = {}


class ProcedureRow(Struct, frozen=True, forbid_unknown_fields=True):
    """An ICD-10-PCS procedure on day `day` of the stay (0 is the day of admission)."""

    code: str
    day: int
    evidence: tuple[str, ...]
    why: str
    when: When = {}


class ChargeRow(Struct, frozen=True, forbid_unknown_fields=True):
    """A charge. `units` is a number, `days` (nights of the stay), `days-2` or a slot; `points` name diagnosis rows."""

    service: str
    points: tuple[str, ...]
    units: str | int = 1
    modifiers: tuple[str, ...] = ()
    day: int = 0
    when: When = {}


class DocumentRow(Struct, frozen=True, forbid_unknown_fields=True):
    """A document of the chart.

    `day` counts from the first; -1 is the last. `minute` counts from the start of the visit on day 0 and from 07:00
    on later days. `each_day` makes one document for every day strictly between the first and the last.
    """

    kind: DocumentKind
    title: str
    author: Author
    sections: dict[str, Choice]
    minute: int
    day: int = 0
    each_day: bool = False
    when: When = {}


class Conflict(Struct, frozen=True, forbid_unknown_fields=True):
    """A contradiction in a minor place (level 3): the nurse `says` it, the attending `settled` it in an addendum."""

    says: str
    settled: str
    when: When = {}


class Template(Struct, frozen=True, forbid_unknown_fields=True):
    """`ages` are years, both included; `stay` is nights; empty `payers` means that any payer fits.

    `intake` is what the nurse hears; `problems` and `medications` become lists in the chart. `tolerated` are codes
    that a careful coder may add or leave out here: marking should neither ask for them nor take points for them.
    An `accident` at work or on the road goes with the plans that answer for it, and with no other.
    """

    id: str
    title: str
    setting: Setting
    specialty: str
    reason: str
    ages: tuple[int, int]
    variants: dict[str, tuple[Option, ...]]
    intake: Choice
    diagnoses: tuple[CodeRow, ...]
    charges: tuple[ChargeRow, ...]
    documents: tuple[DocumentRow, ...]
    checked: str  # edition of the code set and the guidelines against which the coding was checked
    problems: tuple[str, ...] = ()
    medications: tuple[str, ...] = ()
    sexes: tuple[Sex, ...] = ("F", "M")
    payers: tuple[PayerKind, ...] = ()
    slots: dict[str, Choice] = {}
    vitals: dict[str, tuple[int, int]] = {}
    procedures: tuple[ProcedureRow, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    tolerated: tuple[str, ...] = ()
    stay: tuple[int, int] = (0, 0)
    discharge_status: str = ""
    discharge_statuses: dict[str, int] = {}  # or several with their weights, drawn for each stay
    accident: AccidentKind = ""
    accident_days: tuple[int, int] = (0, 0)  # days from the accident to the first day, both included
    months: tuple[int, ...] = ()  # of the first day, 1 to 12: a condition with a season; empty: the whole year


# A long-term drug without a code of its own may be reported on almost any chart: never asked for, never wrong.
TOLERATED_EVERYWHERE = ("Z79.899",)


@cache
def templates() -> dict[str, Template]:
    """Return every template by id, in order of file name. Raises DataFileError with file and line."""
    found = {}
    for path in sorted((DATA / "templates").glob("*.yaml")):
        template = load(path, Template, shown_as=f"app/world/data/templates/{path.name}")
        found[template.id] = template
    return found


@cache
def titles() -> dict[str, str]:
    """Return the official title of every ICD-10-CM and ICD-10-PCS code that a template can lead to."""
    files = load_all(DATA, "code_titles*.yaml", dict[str, str], shown_as="app/world/data")
    return {code: title for rows in files for code, title in rows.items()}
