"""Do the codes, the season and the orders fit the person?"""

from collections.abc import Iterator

from app.learning.world_check.book import Book
from app.world.model import Facts, Sex
from app.world.people import age_on
from app.world.services import services
from app.world.templates import templates

# Codes that tell a sex by themselves: ICD-10-CM chapters 2, 14, 15 and 21, by their titles.
FEMALE = ("O", "Z33", "Z34", "Z36", "Z37", "Z39", "Z3A", "N70", "N71", "N72", "N73", "N75", "N76", "N77", "N8", "N90",
          "N91", "N92", "N93", "N94", "N95", "N96", "N97", "N98", "D25", "D26", "D27", "C51", "C52", "C53", "C54",
          "C55", "C56", "C57", "C58")
MALE = ("N40", "N41", "N42", "N43", "N44", "N45", "N46", "N47", "N48", "N49", "N50", "N51", "N52", "N53", "C60", "C61",
        "C62", "C63", "Z12.5")
# Ages in whole years, both included, that a code tells by itself.
AGES = (
    (("Z38",), (0, 0)), (("P",), (0, 0)), (("Z00.12",), (0, 17)), (("Z00.0",), (18, 120)), (("Z68.5",), (2, 19)),
    (("Z68.1", "Z68.2", "Z68.3", "Z68.4"), (18, 120)), (("O", "Z34", "Z37", "Z3A"), (9, 64)), (("J21",), (0, 2)),
)


def sex(facts: Facts, book: Book) -> Iterator[str]:
    """The patient's sex is one the template, each code and each service allow."""
    person, visit = facts.patient, facts.encounter
    if person.sex not in templates()[visit.template].sexes:
        yield f"{visit.template} is not for a patient of sex {person.sex}"
    for row in visit.diagnoses:
        told = _sex_of(row.code, row.title)
        if told and told != person.sex:
            yield f"{row.code} is not for a patient of sex {person.sex}"
    for charge in visit.charges:
        if services()[charge.service].sex not in (None, person.sex):
            yield f"{charge.code} is not for a patient of sex {person.sex}"


def _sex_of(code: str, title: str) -> Sex | None:
    if code.startswith(FEMALE) or " female " in f" {title} ":
        return "F"
    return "M" if code.startswith(MALE) or " male " in f" {title} " else None


def age(facts: Facts, book: Book) -> Iterator[str]:
    """The patient's age is one the template, each code and each service allow."""
    visit = facts.encounter
    years = age_on(facts.patient, visit.first)
    low, high = templates()[visit.template].ages
    if not low <= years <= high:
        yield f"{visit.template} is for {low} to {high} years, the patient is {years}"
    if facts.patient.birth_date > visit.first:
        yield "the patient was born after the first day"
    for row in visit.diagnoses:
        for prefixes, (low, high) in AGES:
            if row.code.startswith(prefixes) and not low <= years <= high:
                yield f"{row.code} does not fit an age of {years}"
    for charge in visit.charges:
        low, high = services()[charge.service].age or (0, 120)
        if not low <= age_on(facts.patient, charge.on) <= high:
            yield f"{charge.code} does not fit an age of {years}"


def season(facts: Facts, book: Book) -> Iterator[str]:
    """The first day lies in a month in which the condition occurs."""
    months = templates()[facts.encounter.template].months
    if months and facts.encounter.first.month not in months:
        yield f"{facts.encounter.template} does not occur in month {facts.encounter.first.month}"
