"""Check a scenario over many seeds: its derived key must score full marks, a blank one none, a spoiled one less."""

from collections.abc import Iterable, Iterator
from typing import Any

import msgspec
from msgspec import Struct

from app.coding.editions import CodeIndex
from app.learning.building import build_case
from app.learning.case import Case
from app.learning.contract import Earlier, Key, KeyLine, Response, StepMark, View
from app.learning.marking import full_response
from app.learning.scenario import Scenario, StepSpec, step_options
from app.learning.steps import KINDS
from app.world.defects import defects


class Failure(Struct, frozen=True):
    scenario: str
    seed: str
    step: str
    what: str

    def line(self) -> str:
        """Return one line for the command line."""
        return f"{self.scenario} seed {self.seed} step {self.step}: {self.what}"


class Laid(Struct, frozen=True):
    """A step laid on the desk with its key."""

    spec: StepSpec
    kind: Any
    options: Any
    view: View
    key: Key


def check_scenario(scenario: Scenario, seeds: Iterable[str], codes: CodeIndex) -> Iterator[Failure]:
    """Yield every failure over `seeds`. What cannot be built is a failure too."""
    for seed in seeds:
        try:
            case = build_case(scenario, seed, codes)
        except Exception as error:
            yield Failure(scenario.id, seed, "-", f"cannot be built: {type(error).__name__}: {error}")
            continue
        yield from _check_case(scenario, seed, case, codes)


def _check_case(scenario: Scenario, seed: str, case: Case, codes: CodeIndex) -> Iterator[Failure]:
    def fail(step: str, what: str) -> Failure:
        return Failure(scenario.id, seed, step, what)

    again = build_case(scenario, seed, codes)
    written = msgspec.json.encode(case)
    if msgspec.json.encode(again) != written:
        yield fail("-", "the same seed gave another case")
    if msgspec.json.decode(written, type=Case) != case:
        yield fail("-", "the case does not survive JSON")
    yield from _engine_agrees(case, fail)
    yield from _walk(scenario, case, fail, "")
    # What the learner got wrong before has its consequences later: each step left blank once, the rest still holds.
    for spec in scenario.steps[:-1]:
        yield from _walk(scenario, case, fail, spec.id)


def _walk(scenario: Scenario, case: Case, fail: Any, blank: str) -> Iterator[Failure]:
    """Go through the steps, leaving `blank` unanswered, and check every step that is laid on the way."""
    earlier = Earlier()
    after = f" after a blank {blank}" if blank else ""
    for spec in scenario.steps:
        try:
            laid = lay(case, spec, earlier)
            if laid is None:
                continue
            for what in _check_step(case, laid, earlier):
                yield fail(spec.id, what + after)
            response = {} if spec.id == blank else right_response(laid)
            earlier = Earlier((*earlier.steps, (spec.id, spec.kind, response)))
        except Exception as error:
            yield fail(spec.id, f"broke{after}: {type(error).__name__}: {error}")
            return


def lay(case: Case, spec: StepSpec, earlier: Earlier) -> Laid | None:
    """Lay the step on the desk, or None when there is nothing to do in it."""
    kind, options = KINDS[spec.kind], step_options(spec)
    if kind.applies(case, options, earlier):
        return None
    return Laid(spec, kind, options, kind.ask(case, options, earlier), kind.key(case, options, earlier))


def right_response(laid: Laid) -> Response:
    """The response that the key holds for right, on top of what the form already holds."""
    initial: Response = {f.name: _normal(f.type, f.initial) for f in laid.view.fields if f.initial}
    return {**initial, **full_response(laid.key)}


def _engine_agrees(case: Case, fail: Any) -> Iterator[Failure]:
    if case.clean_adjudication.remittance.status != "paid" or any(
            line.allowed == 0 and line.charge for line in case.clean_adjudication.remittance.lines):
        yield fail("-", "the repaired claim is not paid in full")
    to_be_denied = any(defects()[record.id].meets == "payer" for record in case.facts.defects)
    if to_be_denied and not case.denials:
        yield fail("-", "the planted defects bring no denial")


def _check_step(case: Case, laid: Laid, earlier: Earlier) -> Iterator[str]:
    def marked(response: Response) -> StepMark:
        mark: StepMark = laid.kind.mark(case, laid.options, laid.key, response, earlier)
        return mark

    right = right_response(laid)
    mark = marked(right)
    if mark.percent != 10_000:
        lost = [line.label for line in mark.lines if line.outcome != "right"]
        yield f"the key scores {mark.percent / 100:.0f} % (lost: {', '.join(lost)})"
    blank = marked({})
    if blank.percent or blank.outcome != "unanswered":
        yield f"a blank response is {blank.outcome} with {blank.percent / 100:.0f} %"
    for line in laid.key.lines:
        if marked({**right, line.field: _spoiled(laid, line)}).percent >= 10_000:
            yield f"a spoiled {line.field} still scores full marks"
    for slip in laid.key.slips:
        slipped = marked({**right, slip.field: list(slip.value)})
        if slipped.percent >= 10_000:
            yield f"the slip {slip.id} scores full marks"
        if slip.id not in [finding.id for finding in slipped.findings]:
            yield f"the slip {slip.id} is not named"
    if b'"accepted"' in msgspec.json.encode(laid.view):
        yield "the view holds a key"


def _spoiled(laid: Laid, line: KeyLine) -> list[str]:
    """An answer that the field takes and that cannot be right."""
    field = next((field for field in laid.view.fields if field.name == line.field), None)
    if field is not None and field.type == "choice":
        return next([choice.value] for choice in field.choices if (choice.value,) not in line.accepted)
    plain = {"money": ["99999999"], "number": ["999999"], "date": ["1999-12-31"]}
    return plain.get(field.type if field else "text", ["~"])


def _normal(type_: str, values: tuple[str, ...]) -> list[str]:
    if type_ == "identifier":
        return ["".join(ch for ch in value.upper() if ch.isalnum()) for value in values]
    return list(values)
