"""Mark a response line by line against a derived key."""

from collections.abc import Iterable, Sequence

from app.learning.contract import Field, Finding, Key, KeyLine, LineMark, Outcome, Response, StepMark
from app.learning.reading import readable
from app.payer.model import Citation


def mark_lines(key: Key, response: Response, fields: tuple[Field, ...]) -> StepMark:
    """Return the mark of every key line, the slips that were recognised, and the key's story."""
    by_name = {field.name: field for field in fields}
    lines = tuple(_mark_line(line, response.get(line.field, []), by_name[line.field]) for line in key.lines)
    wrong = {line.field for line in lines if line.outcome in ("wrong", "partly")}
    return StepMark(lines, tuple(_slips(key, response, wrong)), key.story)


def full_response(key: Key) -> Response:
    """Return the response that the key holds for right: used by the checks."""
    return {line.field: list(line.accepted[0]) for line in key.lines if line.accepted and line.accepted[0]}


def right_line(field: str, label: str, shown: str, why: str, weight: int = 1,
               citation: Citation | None = None) -> LineMark:
    """Return a line that needs no work and scores full marks."""
    return LineMark(field, label, shown, shown, "right", weight * 100, weight, why, citation)


def _slips(key: Key, response: Response, wrong: set[str]) -> Iterable[Finding]:
    for slip in key.slips:
        if slip.field in wrong and response.get(slip.field, []) == list(slip.value):
            yield Finding(slip.id, slip.explanation)


def _mark_line(line: KeyLine, given: list[str], field: Field) -> LineMark:
    percent, outcome, remark = _judge(line, given)
    return LineMark(
        field=line.field, label=line.label, given=readable(field, given), expected=line.shown, outcome=outcome,
        earned=line.weight * percent, weight=line.weight, why=f"{remark} {line.why}".strip(),
        citation=line.citation, cost="" if outcome == "right" else line.cost,
    )


def _judge(line: KeyLine, given: list[str]) -> tuple[int, Outcome, str]:
    """Return percent earned, outcome, and a remark for a near answer. An empty answer is right where the key is."""
    answer = _plain(given, line)
    accepted = [_plain(a, line) for a in line.accepted]
    if answer and answer in accepted:
        return 100, "right", ""
    if not answer:
        return 0, "unanswered", ""
    for value, percent, remark in line.partly:
        if answer == _plain(value, line):
            return percent, "partly", remark
    return _share_of_list(line, answer, accepted) if line.any_order else (0, "wrong", "")


def _plain(values: Sequence[str], line: KeyLine) -> tuple[str, ...]:
    """An answer as it is compared: case of letters never counts, order only where it means something."""
    plain = [value.casefold() for value in values]
    return tuple(sorted(plain) if line.any_order else plain)


def _share_of_list(line: KeyLine, answer: tuple[str, ...],
                   accepted: list[tuple[str, ...]]) -> tuple[int, Outcome, str]:
    """Part credit for a list: right members less wrong ones, of the right ones."""
    best = max((len(set(answer) & set(a)) - len(set(answer) - set(a))) * 100 // max(len(a), 1) for a in accepted)
    return (min(best, 99), "partly", "") if best > 0 else (0, "wrong", "")
