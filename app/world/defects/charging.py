"""More that goes wrong when charges and codes are entered: place, code, date, units, price, pointers, revenue code."""

import datetime as dt
from collections.abc import Callable

from msgspec.structs import replace

from app.world.defects.codes import billed
from app.world.defects.contract import Change, Defect
from app.world.digits import exchanges
from app.world.model import Charge, DefectRecord, Facts
from app.world.plans import plans
from app.world.seed import Stream
from app.world.services import services
from app.world.settings import settings
from app.world.templates import titles

# Severe diagnoses that raise the payment of a stay, of either sex and any adult age.
_SEVERE = ("J96.01", "N17.9", "E43", "G93.41", "D62", "E87.1")
_PLACES = ("11", "12", "21", "23", "50")


def _lines(facts: Facts) -> tuple[Charge, ...]:
    return facts.entry.charges or facts.encounter.charges


def _has_payer(facts: Facts) -> bool:
    return bool(facts.coverages) and plans()[facts.registration.plan].kind != "self_pay"


def _professional(facts: Facts) -> bool:
    return _has_payer(facts) and settings()[facts.encounter.setting].form == "professional"


def _institutional(facts: Facts) -> bool:
    return _has_payer(facts) and not _professional(facts)


def _change_line(facts: Facts, stream: Stream, what: str, change: Callable[[Charge], Charge]) -> Change:
    lines = list(_lines(facts))
    place = stream.whole(0, len(lines) - 1)
    old, lines[place] = lines[place], change(lines[place])
    return Change(replace(facts, entry=replace(facts.entry, charges=tuple(lines))), what.format(old.title),
                  {"service": old.service, "line": str(place + 1)})


def _mend_lines(facts: Facts, record: DefectRecord) -> Facts:
    return replace(facts, entry=replace(facts.entry, charges=()))


def _wrong_places(facts: Facts) -> list[str]:
    """Return places of service where at least one of the services is not given."""
    own = settings()[facts.encounter.setting].place
    kinds = {row.place: row.id for row in settings().values()}
    return [place for place in _PLACES if place != own and place in kinds
            and any(kinds[place] not in services()[charge.service].settings for charge in _lines(facts))]


def _give_wrong_place(facts: Facts, stream: Stream) -> Change:
    wrong = stream.one(_wrong_places(facts))
    return Change(replace(facts, entry=replace(facts.entry, place_of_service=wrong)),
                  f"Place of service {wrong} was entered; the visit was not there.",
                  {"right": settings()[facts.encounter.setting].place, "wrong": wrong})


def _mend_place(facts: Facts, record: DefectRecord) -> Facts:
    return replace(facts, entry=replace(facts.entry, place_of_service=""))


def _mistyped(code: str) -> list[str]:
    known = {service.code for service in services().values()}
    return [other for other in exchanges(code, ".*") if other not in known]


def _mistype_code(facts: Facts, stream: Stream) -> Change:
    lines = list(_lines(facts))
    place = stream.one([i for i, charge in enumerate(lines) if _mistyped(charge.code)])
    old = lines[place]
    wrong = stream.one(_mistyped(old.code))
    lines[place] = replace(old, code=wrong)
    return Change(replace(facts, entry=replace(facts.entry, charges=tuple(lines))),
                  f"The code of {old.title} was typed with two digits exchanged.", {"right": old.code, "wrong": wrong})


def _both_sides(facts: Facts, stream: Stream) -> Change:
    return _change_line(facts, stream, "{} carries LT and RT on one line.",
                        lambda charge: replace(charge, modifiers=("LT", "RT")))


def _another_day(facts: Facts, stream: Stream) -> Change:
    after = facts.encounter.last + dt.timedelta(days=stream.whole(1, 3))
    return _change_line(facts, stream, "{} was posted with a date on which the patient was not here.",
                        lambda charge: replace(charge, on=after))


def _no_units(facts: Facts, stream: Stream) -> Change:
    return _change_line(facts, stream, "{} was posted with no units.", lambda charge: replace(charge, units=0))


def _no_price(facts: Facts, stream: Stream) -> Change:
    return _change_line(facts, stream, "{} was posted without a price.", lambda charge: replace(charge, amount=0))


def _no_pointer(facts: Facts, stream: Stream) -> Change:
    return _change_line(facts, stream, "{} points to no diagnosis.", lambda charge: replace(charge, pointers=()))


def _no_revenue_code(facts: Facts, stream: Stream) -> Change:
    return _change_line(facts, stream, "{} has no revenue code.", lambda charge: replace(charge, revenue=""))


def _key_twice(facts: Facts, stream: Stream) -> Change:
    lines = _lines(facts)
    twice = stream.one(lines)
    return Change(replace(facts, entry=replace(facts.entry, charges=(*lines, twice))),
                  f"{twice.title} was keyed twice.", {"service": twice.service})


def _leave_out(facts: Facts, stream: Stream) -> Change:
    lines = list(_lines(facts))
    gone = lines.pop(stream.whole(1, len(lines) - 1))
    return Change(replace(facts, entry=replace(facts.entry, charges=tuple(lines))),
                  f"{gone.title} was done and never charged.", {"service": gone.service})


def _add_character(facts: Facts, stream: Stream) -> Change:
    codes = list(billed(facts))
    place = stream.whole(0, min(2, len(codes) - 1))
    right = codes[place]
    codes[place] = wrong = f"{right}{'' if '.' in right else '.'}9"
    return Change(replace(facts, entry=replace(facts.entry, diagnoses=tuple(codes))),
                  "A diagnosis was entered with a character too many.", {"right": right, "wrong": wrong})


def _longer_possible(facts: Facts) -> bool:
    """Whether none of the first three codes becomes a known one by a further 9."""
    return _has_payer(facts) and all(len(code) < 8 and f"{code}9" not in titles() and f"{code}.9" not in titles()
                                     and len(code) >= 6 for code in billed(facts)[:3])


def _severe(facts: Facts) -> list[str]:
    known = {code[:3] for code in billed(facts)}
    return [code for code in _SEVERE if code[:3] not in known] if facts.encounter.setting == "inpatient" else []


def _upcode(facts: Facts, stream: Stream) -> Change:
    added = stream.one(_severe(facts))
    return Change(replace(facts, entry=replace(facts.entry, diagnoses=(*billed(facts), added))),
                  "A severe diagnosis that raises the payment was added, and the chart does not speak of it.",
                  {"wrong": added})


def _mend_diagnoses(facts: Facts, record: DefectRecord) -> Facts:
    return replace(facts, entry=replace(facts.entry, diagnoses=()))


def _other_side(facts: Facts) -> list[tuple[str, str]]:
    """Return codes with the code that says the same of the other side."""
    by_title = {title: code for code, title in titles().items()}
    found = []
    for row in facts.encounter.diagnoses:
        for one, other in (("right", "left"), ("left", "right")):
            twin = by_title.get(row.title.replace(one, other))
            if one in row.title and twin is not None and twin != row.code:
                found.append((row.code, twin))
    return found


def _change_side(facts: Facts, stream: Stream) -> Change:
    right, wrong = stream.one(_other_side(facts))
    codes = tuple(wrong if code == right else code for code in billed(facts))
    return Change(replace(facts, entry=replace(facts.entry, diagnoses=codes)),
                  "The code for the other side of the body was entered.", {"right": right, "wrong": wrong})


def _leave_poa_off(facts: Facts, stream: Stream) -> Change:
    return Change(replace(facts, entry=replace(facts.entry, poa_left_off=True)),
                  "The stay went out without its present-on-admission entries.", {})


def _mend_poa(facts: Facts, record: DefectRecord) -> Facts:
    return replace(facts, entry=replace(facts.entry, poa_left_off=False))


DEFECTS = (
    Defect("wrong_place_of_service", "Wrong place of service", "entry.place_of_service",
           "The place on the claim is not where the visit was.",
           lambda facts: _professional(facts) and bool(_wrong_places(facts)), _give_wrong_place, _mend_place,
           "charging"),
    Defect("procedure_code_mistyped", "Procedure code mistyped", "entry.charges",
           "The code stands in no price list.",
           lambda facts: _has_payer(facts) and any(_mistyped(charge.code) for charge in _lines(facts)), _mistype_code,
           _mend_lines, "charging"),
    Defect("contradictory_modifiers", "Modifiers that contradict each other", "entry.charges",
           "One line says left and right at once.", _has_payer, _both_sides, _mend_lines, "charging"),
    Defect("charge_on_another_day", "Charge on a day without a visit", "entry.charges",
           "The line's date lies outside the dates of the claim.", _has_payer, _another_day, _mend_lines, "charging"),
    Defect("units_blank", "A line without units", "entry.charges", "The units of a line are 0.", _has_payer, _no_units,
           _mend_lines, "charging", electronic=False),
    Defect("price_blank", "A line without a price", "entry.charges", "A line's charge is $0.00.", _has_payer, _no_price,
           _mend_lines, "charging", electronic=False),
    Defect("pointer_missing", "A line that points to no diagnosis", "entry.charges",
           "Box 24E of a line is empty.", _professional, _no_pointer, _mend_lines, "charging", electronic=False),
    Defect("revenue_code_missing", "A line without a revenue code", "entry.charges",
           "Form locator 42 of a line is empty.", _institutional, _no_revenue_code, _mend_lines, "charging",
           electronic=False),
    Defect("line_keyed_twice", "A line keyed twice", "entry.charges",
           "Two lines are alike in code, date, units and modifiers, and the chart has one service.", _has_payer,
           _key_twice, _mend_lines, "charging"),
    Defect("charge_left_out", "A service that was never charged", "entry.charges",
           "The chart and the orders show a service that no line of the claim has.",
           lambda facts: len(_lines(facts)) > 1, _leave_out, _mend_lines, "charging", "audit"),
    Defect("diagnosis_too_long", "Diagnosis with a character too many", "entry.diagnoses",
           "The code set has no such code; it is valid without its last character.", _longer_possible, _add_character,
           _mend_diagnoses, "coding"),
    Defect("severe_diagnosis_unsupported", "A severe diagnosis that the chart does not have", "entry.diagnoses",
           "A code that raises the payment has no words in any document of the stay.",
           lambda facts: _has_payer(facts) and bool(_severe(facts)), _upcode, _mend_diagnoses, "coding"),
    Defect("wrong_side_coded", "Coded on the wrong side", "entry.diagnoses",
           "The chart says left in every note, and the code says right, or the other way round.",
           lambda facts: bool(_other_side(facts)), _change_side, _mend_diagnoses, "coding", "audit"),
    Defect("poa_left_off", "Present-on-admission entries missing", "entry.poa_left_off",
           "The eighth place of form locator 67 is empty throughout.",
           lambda facts: _has_payer(facts) and facts.encounter.setting == "inpatient", _leave_poa_off, _mend_poa,
           "coding"),
)
