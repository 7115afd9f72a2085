"""A speed drill: short charts against the clock. Its kinds are data, its charts follow from its seed.

What a learner may see of a chart (`ChartView`) and what is right (`ChartKey`) are different types, stored apart.
"""

import datetime as dt
from functools import cache
from pathlib import Path

from msgspec import Struct

from app.learning import desk
from app.learning.contract import Field
from app.learning.papers import ChartPaper
from app.world.datafile import load
from app.world.generate import Wish, clean_world
from app.world.model import Diagnosis
from app.world.seed import Seed
from app.world.settings import settings
from app.world.templates import TOLERATED_EVERYWHERE, templates

VERSION = "4"  # of the series: part of every seed's path, raised when the same seed would give another case
GRACE = dt.timedelta(seconds=5)  # for the network: what arrives this much after the end still counts
_KINDS = Path(__file__).parent / "data" / "drills.yaml"
# A coder opens the clinician's own note first; the first of these that the chart has lies on top.
_ON_TOP = ("emergency_note", "office_note", "discharge_summary", "operative_report", "progress_note")


class DrillKind(Struct, frozen=True, forbid_unknown_fields=True):
    """A kind of drill. `words` is the length that no chart of it passes; `most` the codes that one may enter."""

    id: str
    title: str
    about: str
    minutes: int
    words: int
    templates: tuple[str, ...]
    most: int = 8


class ChartView(Struct, frozen=True):
    """What the learner sees: the documents, where and when the patient was seen. It cannot hold the key."""

    number: int
    setting: str
    on: dt.date
    papers: tuple[ChartPaper, ...]
    opens: str


class ChartKey(Struct, frozen=True):
    """What the chart supports, in order, and the codes that may be added and need not."""

    diagnoses: tuple[Diagnosis, ...]
    tolerated: tuple[str, ...]


class Clock(Struct, frozen=True):
    """A drill's time. `stopped_at` is set when the learner ended it herself. All moments are UTC."""

    started_at: dt.datetime
    minutes: int
    stopped_at: dt.datetime | None = None

    @property
    def ends(self) -> dt.datetime:
        """The deadline, whether or not it was stopped before."""
        return deadline(self.started_at, self.minutes)

    def running(self, now: dt.datetime) -> bool:
        """Whether another chart may be opened."""
        return self.stopped_at is None and now <= self.ends

    def counts(self, received: dt.datetime) -> bool:
        """Whether a chart received at that moment counts."""
        return received <= (self.stopped_at or self.ends + GRACE)

    def left(self, now: dt.datetime) -> int:
        """Whole seconds left, never below 0."""
        return max(0, int((self.ends - now).total_seconds())) if self.running(now) else 0

    def used(self, now: dt.datetime) -> int:
        """Whole seconds used, at least 1: to the end, to where it was stopped, or up to now."""
        return max(1, int((min(self.stopped_at or now, self.ends) - self.started_at).total_seconds()))


def deadline(started_at: dt.datetime, minutes: int) -> dt.datetime:
    """Return when a drill ends: the one place that says so."""
    return started_at + dt.timedelta(minutes=minutes)


@cache
def kinds() -> dict[str, DrillKind]:
    """Return every kind of drill by id, in the order of the file. Raises DataFileError."""
    rows = load(_KINDS, tuple[DrillKind, ...], shown_as="app/learning/data/drills.yaml")
    return {row.id: row for row in rows}


def draw_chart(kind: DrillKind, seed: str, number: int) -> tuple[ChartView, ChartKey]:
    """Return chart `number` (from 1) of the drill of `seed`: the same bytes on any machine.

    The templates come in a drawn order, each once before any comes again. Raises ValueError when no world fits.
    """
    root = Seed(f"chartroom/drill/{VERSION}/{kind.id}/{seed}")
    turn, place = divmod(number - 1, len(kind.templates))
    template = root.child("turn", turn).stream().shuffled(kind.templates)[place]
    facts = clean_world(root.child("chart", number), Wish(templates=(template,), level=1, moment="after_visit"))
    encounter = facts.encounter
    papers = tuple(paper for paper in desk.chart(facts) if isinstance(paper, ChartPaper))
    in_time = sorted(encounter.chart, key=lambda document: document.at)
    on_top = next((document.id for wanted in _ON_TOP for document in in_time if document.kind == wanted), "")
    view = ChartView(number, settings()[encounter.setting].title, encounter.first, papers, on_top)
    return view, ChartKey(encounter.diagnoses, (*TOLERATED_EVERYWHERE, *templates()[template].tolerated))


def entry(kind: DrillKind) -> Field:
    """Return the field in which the codes are entered."""
    return Field("codes", "Diagnosis codes, the first-listed one first", "codes", most=kind.most,
                 hint="Tab goes to the next box. Enter hands the chart in and brings the next.")
