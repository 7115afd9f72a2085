"""Fictional people: a plain mix of names, ages and languages, each drawn on its own."""

import datetime as dt
import unicodedata
from functools import lru_cache

from app.world import names
from app.world.digits import ssn
from app.world.model import Address, Person, PersonChange, Sex
from app.world.seed import Seed, Stream, Weights

LATEST = dt.date(2026, 3, 31)  # changes lie before the first day of any case


def make_person(seed: Seed, *, sex: Sex, birth_date: dt.date, family: str | None = None,
                home: tuple[Address, str] | None = None) -> Person:
    """Return a person. `family` and `home` (address and telephone) are those of the household, or drawn."""
    return draw_person(seed.stream(), sex=sex, birth_date=birth_date, family=family, home=home)


def draw_person(numbers: Stream, *, sex: Sex, birth_date: dt.date, family: str | None = None,
                home: tuple[Address, str] | None = None) -> Person:
    """Return a person, as `make_person` does, from the stream of who lives together."""
    fitting = names.given_names(sex, birth_date.year)
    given = numbers.of(fitting)
    family, (address, phone) = family or numbers.of(names.family_names()), home or names.address(numbers)
    number = str(numbers.whole(1_000_000, 8_999_999))
    return Person(number, given, _middle(numbers, given, fitting), family, sex, birth_date, address, phone,
                  f"{_plain(given)}.{_plain(family)}{numbers.whole(2, 98)}@example.org", ssn(numbers),
                  numbers.of(names.languages()), _changes(numbers, sex, birth_date, family))


def _changes(stream: Stream, sex: Sex, born: dt.date, family: str) -> tuple[PersonChange, ...]:
    """Return the former names and addresses: many a record still stands under one of them.

    A move in the last three years for one person in six; a former family name for a third of women and a few men,
    from the age of 23 on. The rates are illustrative.
    """
    drawn, changes = stream.whole(0, 9_999), []
    if drawn % 100 < (33 if sex == "F" else 3) and born.year + 23 <= LATEST.year:
        former = stream.of(names.family_names())
        year = stream.whole(born.year + 22, LATEST.year - 1)
        if former != family:
            changes.append(PersonChange("name", former, dt.date(year, stream.whole(1, 12), stream.whole(1, 28))))
    if drawn // 100 < 16:
        moved = LATEST - dt.timedelta(days=stream.whole(1, 3 * 365))
        if moved > born:
            changes.append(PersonChange("address", names.address(stream)[0].line, moved))
    return tuple(sorted(changes, key=lambda change: change.on)) if changes else ()


def birth_date_for(stream: Stream, ages: tuple[int, int], on: dt.date) -> dt.date:
    """Return a birth date that makes a person `ages[0]` to `ages[1]` years old, both included, on `on`."""
    age = stream.whole(*ages)
    return dt.date(on.year - age, on.month, min(on.day, 28)) - dt.timedelta(days=stream.whole(0, 363))


def age_on(person: Person, day: dt.date) -> int:
    """Return the age in whole years on `day`."""
    born = person.birth_date
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def _middle(stream: Stream, given: str, fitting: Weights[str]) -> str:
    for _ in range(99):
        drawn = stream.of(fitting)
        if drawn != given:
            return drawn
    raise ValueError(f"there is no other name than {given}")


@lru_cache(8192)
def _plain(name: str) -> str:
    """Return the name in small letters without accents and marks."""
    return unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().replace("'", "").lower()
