"""Service lines that should not stand as they do: too many units, or a part billed beside the whole."""

from functools import cache

from msgspec import Struct
from msgspec.structs import replace

from app.world.coverage import cost_of, needs_authorization
from app.world.datafile import load
from app.world.defects.contract import Change, Defect
from app.world.model import Charge, DefectRecord, Facts
from app.world.plans import DATA, plans
from app.world.seed import Stream
from app.world.services import services


class Pair(Struct, frozen=True):
    """`part` is contained in `whole` when both are given on one day. Service ids."""

    whole: str
    part: str


@cache
def code_pairs() -> tuple[Pair, ...]:
    """Return the pairs that somebody may unbundle: the table is `app/world/data/code_pairs.yaml`."""
    rows = load(DATA / "code_pairs.yaml", tuple[dict[str, str], ...], shown_as="app/world/data/code_pairs.yaml")
    return tuple(Pair(row["pays"], row["contained"]) for row in rows)


def _lines(facts: Facts) -> tuple[Charge, ...]:
    return facts.entry.charges or facts.encounter.charges


def _free_lines(facts: Facts) -> list[int]:
    """Return places of lines that need no authorization (whose units would be looked at first)."""
    plan = plans()[facts.registration.plan]
    return [i for i, charge in enumerate(_lines(facts))
            if facts.encounter.setting != "inpatient" and facts.coverages
            and not needs_authorization(plan, charge, facts.encounter)]


def _too_many(facts: Facts, stream: Stream) -> Change:
    lines, place = list(_lines(facts)), stream.one(_free_lines(facts))
    old = lines[place]
    most = services()[old.service].unit_limit
    units = most + stream.whole(1, max(1, most // 2))
    lines[place] = replace(old, units=units, amount=old.amount // old.units * units)
    return Change(replace(facts, entry=replace(facts.entry, charges=tuple(lines))),
                  f"{old.title} was billed with more units than were given.",
                  {"service": old.service, "right": str(old.units), "wrong": str(units)})


def _parts_to_add(facts: Facts) -> list[tuple[Charge, str]]:
    """Return lines with the contained service that could be billed beside each."""
    plan, present = plans()[facts.registration.plan], {charge.service for charge in _lines(facts)}
    return [(charge, pair.part) for charge in _lines(facts) for pair in code_pairs()
            if pair.whole == charge.service and pair.part not in present and facts.coverages
            and facts.encounter.setting in services()[pair.part].settings
            and cost_of(plan, pair.part, facts.encounter.specialty, charge.on)
            and not needs_authorization(plan, _part(charge, pair.part), facts.encounter)]


def _part(charge: Charge, part: str) -> Charge:
    service = services()[part]
    return Charge(service.id, service.code, service.title, 1, service.charge, charge.on, (), charge.pointers,
                  service.revenue)


def _unbundle(facts: Facts, stream: Stream) -> Change:
    whole, part = stream.one(_parts_to_add(facts))
    added = _part(whole, part)
    return Change(replace(facts, entry=replace(facts.entry, charges=(*_lines(facts), added))),
                  f"{added.title} was billed beside {whole.title}, which contains it.",
                  {"whole": whole.service, "part": part})


def _mend_lines(facts: Facts, record: DefectRecord) -> Facts:
    return replace(facts, entry=replace(facts.entry, charges=()))


DEFECTS = (
    Defect("units_over_limit", "Units over the limit", "entry.charges",
           "The chart tells how much was given; the line has more units than a day can hold.",
           lambda facts: bool(_free_lines(facts)), _too_many, _mend_lines, "charging"),
    Defect("unbundled_service", "A part billed beside the whole", "entry.charges",
           "Two lines of one day, of which the first contains the second; the visit has only the first.",
           lambda facts: bool(_parts_to_add(facts)), _unbundle, _mend_lines, "charging"),
)
