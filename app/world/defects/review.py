"""What a review of claims against charts looks for: a level too high, a code left out, a code that fits nobody here."""

import re

from msgspec.structs import replace

from app.world.coverage import category_for
from app.world.defects.codes import billed
from app.world.defects.contract import Change, Defect
from app.world.defects.identity import registered_coverage
from app.world.model import Charge, DefectRecord, Facts
from app.world.plans import payer_of, plans
from app.world.seed import Stream
from app.world.services import Service, services

RETIRED = "Z1402"  # gone from the code list at the end of 2025: `app/payer/rules/policies.yaml`
# A code by its beginning, and the one of another age that stands beside it in a pick list.
OF_ANOTHER_AGE = {"Z37": "Z38.00", "Z00.0": "Z00.129"}


def _lines(facts: Facts) -> tuple[Charge, ...]:
    return facts.entry.charges or facts.encounter.charges


def _with_lines(facts: Facts, place: int, line: Charge, what: str, **values: str) -> Change:
    lines = list(_lines(facts))
    lines[place] = line
    return Change(replace(facts, entry=replace(facts.entry, charges=tuple(lines))), what, values)


def _mend_lines(facts: Facts, record: DefectRecord) -> Facts:
    return replace(facts, entry=replace(facts.entry, charges=()))


def _mend_diagnoses(facts: Facts, record: DefectRecord) -> Facts:
    return replace(facts, entry=replace(facts.entry, diagnoses=()))


def _next_level(charge: Charge) -> Service | None:
    found = re.fullmatch(r"((?:office_new|office_established|emergency)_)(\d)", charge.service)
    return services().get(f"{found[1]}{int(found[2]) + 1}") if found else None


def _raisable(facts: Facts) -> list[int]:
    covered = registered_coverage(facts) is not None
    return [i for i, charge in enumerate(_lines(facts)) if covered and _next_level(charge)]


def _raise_level(facts: Facts, stream: Stream) -> Change:
    place = stream.one(_raisable(facts))
    old = _lines(facts)[place]
    higher = _next_level(old)
    assert higher is not None
    line = replace(old, service=higher.id, code=higher.code, title=higher.title, amount=higher.charge * old.units)
    return _with_lines(facts, place, line, f"{higher.title} was charged; the note supports the level below.",
                       right=old.service, wrong=higher.id)


def _visits(facts: Facts) -> list[int]:
    covered = registered_coverage(facts) is not None
    return [i for i, charge in enumerate(_lines(facts)) if covered and category_for(
        charge.service, facts.encounter.specialty) in ("office_primary", "office_specialist", "preventive")]


def _use_retired_code(facts: Facts, stream: Stream) -> Change:
    place = stream.one(_visits(facts))
    old = _lines(facts)[place]
    return _with_lines(facts, place, replace(old, code=RETIRED), f"{old.title} was charged from an old charge sheet.",
                       right=old.code, wrong=RETIRED)


def _may_be_left_out(facts: Facts) -> bool:
    """Whether the last diagnosis supports no line by itself, so that nobody but a reader of the chart misses it."""
    codes = billed(facts)
    if len(codes) < 2 or registered_coverage(facts) is None:
        return False
    return all(len(codes) not in charge.pointers and _supported(charge, codes[:-1]) for charge in _lines(facts))


def _supported(charge: Charge, codes: tuple[str, ...]) -> bool:
    accepted = services()[charge.service].supports
    pointed = [codes[place - 1] for place in charge.pointers] or list(codes)
    return not accepted or any(code.startswith(accepted) for code in pointed)


def _leave_code_out(facts: Facts, stream: Stream) -> Change:
    *kept, gone = billed(facts)
    return Change(replace(facts, entry=replace(facts.entry, diagnoses=tuple(kept))),
                  "A diagnosis that the chart documents and treats was not coded.", {"missing": gone})


def _of_another_age(facts: Facts) -> list[tuple[int, str]]:
    codes = billed(facts)
    pointed = {place for charge in _lines(facts) for place in (charge.pointers or range(1, len(codes) + 1))}
    return [(i, wrong) for i, code in enumerate(codes) for start, wrong in OF_ANOTHER_AGE.items()
            if code.startswith(start) and i + 1 in pointed and registered_coverage(facts) is not None]


def _take_code_of_another_age(facts: Facts, stream: Stream) -> Change:
    place, wrong = stream.one(_of_another_age(facts))
    codes = list(billed(facts))
    right, codes[place] = codes[place], wrong
    return Change(replace(facts, entry=replace(facts.entry, diagnoses=tuple(codes))),
                  "A code was picked that belongs to a patient of another age.", {"right": right, "wrong": wrong})


def _of_medicare(facts: Facts) -> bool:
    row = registered_coverage(facts)
    return row is not None and payer_of(plans()[row.plan]).kind == "medicare"


def _mark_excluded(facts: Facts, stream: Stream) -> Change:
    return Change(replace(facts, entry=replace(facts.entry, advance_notice="GY")),
                  "The claim was marked with GY, as excluded by law, and Medicare covers the service.",
                  {"notice": "GY"})


def _mend_notice(facts: Facts, record: DefectRecord) -> Facts:
    return replace(facts, entry=replace(facts.entry, advance_notice=""))


DEFECTS = (
    Defect("diagnosis_of_another_age", "Diagnosis of a patient of another age", "entry.diagnoses",
           "A code for a newborn or a child stands on the claim of an adult.",
           lambda facts: bool(_of_another_age(facts)), _take_code_of_another_age, _mend_diagnoses, "coding"),
    Defect("diagnosis_left_out", "A documented diagnosis not coded", "entry.diagnoses",
           "The note assesses one more condition than the claim has codes.",
           _may_be_left_out, _leave_code_out, _mend_diagnoses, "coding", "audit"),
    Defect("visit_level_too_high", "Visit charged a level too high", "entry.charges",
           "Hold problems, data and risk in the note against the level: it supports the one below.",
           lambda facts: bool(_raisable(facts)), _raise_level, _mend_lines, "charging", "audit"),
    Defect("retired_procedure_code", "A code that is no longer in use", "entry.charges",
           "The code stands in last year's list, with an end date.",
           lambda facts: bool(_visits(facts)), _use_retired_code, _mend_lines, "charging"),
    Defect("marked_as_excluded", "Marked as excluded by law", "entry.advance_notice",
           "GY stands on a service that the chart and the coverage rules show to be covered.",
           _of_medicare, _mark_excluded, _mend_notice, "charging"),
)
