"""Mark the charts of a speed drill as reviewers do, code over code, and hold speed and accuracy side by side."""

from collections.abc import Iterable, Sequence
from typing import Literal

from msgspec import Struct

from app.coding.compare import CodedDiagnosis, Compared, compare
from app.learning.contract import Response
from app.learning.drill import ChartKey

BAR = 9_500  # hundredths of a percent: the accuracy that the field asks for
_WORDS = {1: ("Faster", "more accurate"), 0: ("As fast", "as accurate"), -1: ("Slower", "less accurate")}


class ChartLine(Struct, frozen=True):
    """One code. `code` is "" where it goes beyond the chart, `given` "" where it is missing."""

    outcome: Literal["right", "near", "missing", "extra", "tolerated"]
    code: str
    given: str
    title: str  # of `code`, or of `given` beyond the chart; "" when it is no code
    words: tuple[str, ...]  # of the chart
    why: str


class ChartMark(Struct, frozen=True):
    """A chart beside the reviewer's. `clean`: every code right, the first-listed one first, nothing beyond."""

    lines: tuple[ChartLine, ...]
    asked: int
    right: int
    extra: int
    first_right: bool

    @property
    def clean(self) -> bool:
        """Whether a reviewer would find nothing to say."""
        return self.right == self.asked and self.first_right and not self.extra


class Figures(Struct, frozen=True):
    """A drill, or several together. `coded` charts were handed in with codes; a skipped one only costs accuracy."""

    coded: int
    skipped: int
    clean: int
    asked: int
    right: int
    extra: int
    seconds: int

    @property
    def per_hour(self) -> int:
        """Charts an hour, rounded half up."""
        return (self.coded * 7_200 + self.seconds) // (2 * self.seconds)

    @property
    def accuracy(self) -> int:
        """Right codes over the reviewer's codes, in hundredths of a percent."""
        return self.right * 10_000 // self.asked if self.asked else 0

    @property
    def percent(self) -> int:
        """Accuracy in whole percent, rounded down: nothing below the bar looks like the bar."""
        return self.accuracy // 100

    @property
    def over_bar(self) -> bool:
        """Whether accuracy is what the field asks for."""
        return self.accuracy >= BAR


def mark_chart(key: ChartKey, response: Response) -> ChartMark:
    """Mark a chart. An empty response (a skipped chart) has nothing right."""
    given = [CodedDiagnosis(code, title) for code, title in
             zip(response.get("codes", []), response.get("codes_title", []), strict=True)]
    told = compare([CodedDiagnosis(d.code, d.title) for d in key.diagnoses], given)
    titles = {diagnosis.code: diagnosis.title for diagnosis in given}
    lines = tuple(_line(key, row, titles) for row in told.lines)
    return ChartMark(lines, len(key.diagnoses), sum(line.outcome == "right" for line in lines),
                     sum(line.outcome == "extra" for line in lines), told.first_right)


def _line(key: ChartKey, row: Compared, titles: dict[str, str]) -> ChartLine:
    diagnosis = next((d for d in key.diagnoses if d.code == row.key), None)
    if diagnosis is None:
        if row.given in key.tolerated:
            return ChartLine("tolerated", "", row.given, titles[row.given], (), "May be added here, and need not be.")
        why = row.remark if titles[row.given] else f"{row.given} is no code of the edition in force."
        return ChartLine("extra", "", row.given, titles[row.given], (), why)
    if row.outcome == "exact":
        return ChartLine("right", row.key, row.given, diagnosis.title, diagnosis.evidence, diagnosis.why)
    outcome: Literal["near", "missing"] = "near" if row.outcome == "near" else "missing"
    why = f"{row.remark} {diagnosis.why}" if outcome == "near" else diagnosis.why
    return ChartLine(outcome, row.key, row.given, diagnosis.title, diagnosis.evidence, why)


def pooled(drills: Iterable[Figures]) -> Figures:
    """Return several drills as one: all their charts over all their time."""
    rows = list(drills)
    return Figures(*(sum(getattr(row, name) for row in rows) for name in Figures.__struct_fields__))


def fair(figures: Figures, minutes: int) -> bool:
    """Whether a drill belongs in the trend: a chart was coded, and at least half the time was used."""
    return figures.coded > 0 and figures.seconds * 2 >= minutes * 60


def verdict(last: Figures, earlier: Sequence[Figures]) -> str:
    """Return the last drill against the average of the earlier ones of its kind, in a sentence; "" without any."""
    if not earlier:
        return ""
    before = pooled(earlier)
    speed, accuracy = _sign(last.per_hour - before.per_hour), _sign(last.percent - before.percent)
    joined = "but" if speed * accuracy < 0 else "and"
    count = "the drill" if len(earlier) == 1 else f"the {len(earlier)} drills"
    return (f"{_WORDS[speed][0]} {joined} {_WORDS[accuracy][1]}, compared with {count} before ({before.per_hour} "
            f"charts an hour, {before.percent} % right).")


def _sign(difference: int) -> int:
    return (difference > 0) - (difference < 0)
