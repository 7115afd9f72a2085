"""Ready-made encounters for the clinical tests: every template with a patient whom it fits."""

import datetime as dt
from collections.abc import Iterator
from itertools import product

from app.world.charts.encounters import make_encounter
from app.world.model import Address, Encounter, Facility, Person, Provider
from app.world.seed import Seed
from app.world.templates import Option, Template, templates

DAY = dt.date(2026, 5, 12)
PLACE = Address("1 Elm Street", "Springfield", "OH", "45501")
CLINICIAN = Provider("1000000004", "Ada", "Ferris", "MD", "any", (), dt.date(2020, 1, 1), None)
REFERRER = Provider("1000000012", "Ben", "Okafor", "MD", "family medicine", (), dt.date(2020, 1, 1), None)
OFFICE = Facility("1000000020", "Elm Street Practice", "practice", "000000000", PLACE, "555-0100", True)


def patient(template: Template, number: int) -> Person:
    """A person whose age runs through the template's range as `number` grows."""
    low, high = template.ages
    age = low + (number * 7) % (high - low + 1)
    sex = template.sexes[number % len(template.sexes)]
    return Person("M1", "Jo", "A", "Marsh", sex, dt.date(DAY.year - age, 3, 3), PLACE, "555-0101", "jo@example.org",
                  "900000001", "English")


def encounter(template: Template, number: int, level: int) -> Encounter:
    return make_encounter(Seed("clinic").child(template.id, number), template, patient(template, number), CLINICIAN,
                          OFFICE, REFERRER, DAY, level)


def encounters(seeds: int, levels: tuple[int, ...] = (1, 2, 3)) -> Iterator[tuple[Template, int, Encounter]]:
    for template, number, level in product(templates().values(), range(seeds), levels):
        yield template, level, encounter(template, number, level)


def draws(template: Template) -> Iterator[dict[str, Option]]:
    """Every combination of the template's options."""
    axes = list(template.variants)
    for options in product(*template.variants.values()):
        yield dict(zip(axes, options, strict=True))


def reachable_codes(template: Template) -> set[str]:
    """Every diagnosis and procedure code that the template can lead to."""
    found = set()
    for drawn in draws(template):
        words = {name: text for option in drawn.values() for name, text in option.words.items()}
        for row in (*template.diagnoses, *template.procedures):
            if all(drawn[axis].name in names for axis, names in row.when.items()):
                found |= _filled(row.code, {**template.slots, **words, "bmi_code": tuple(_bmi_codes(template))})
    return found


def _filled(code: str, words: dict[str, str | tuple[str, ...]]) -> set[str]:
    codes = {code}
    for name, choice in words.items():
        each = (choice,) if isinstance(choice, str) else choice
        codes = {text.replace(f"{{{name}}}", value) for text in codes for value in each}
    return codes


def _bmi_codes(template: Template) -> list[str]:
    low, high = template.vitals.get("bmi", (225, 289))
    return [f"Z68.{tens}" for tens in range(low // 10, high // 10 + 1)]
