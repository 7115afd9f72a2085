import datetime as dt
import re

import pytest

from app.world.digits import exchanges, is_npi, matching, npi_check_digit
from app.world.model import Person
from app.world.names import name_lists, places, poverty_guideline
from app.world.people import age_on, birth_date_for, make_person
from app.world.providers import facility_for, providers, staff
from app.world.seed import Seed
from app.world.templates import templates

DAY = dt.date(2026, 5, 1)


def people(count: int = 300) -> list[Person]:
    return [make_person(Seed("people").child(i), sex="F" if i % 2 else "M",
                        birth_date=birth_date_for(Seed("born").child(i).stream(), (0, 95), DAY)) for i in range(count)]


def test_no_person_can_be_real():
    for person in people():
        assert re.fullmatch(r"9\d\d-[1-4]\d-\d{4}", person.ssn), "a number that is issued"
        assert re.fullmatch(r"\d{3}-555-01\d\d", person.phone)
        assert re.fullmatch(r"[a-z.0-9]+@example\.org", person.email)


def test_a_drawn_age_is_the_age_on_the_day():
    for i in range(400):
        born = birth_date_for(Seed("age").child(i).stream(), (i % 90, i % 90), DAY)
        person = make_person(Seed("p").child(i), sex="F", birth_date=born)
        assert age_on(person, DAY) == i % 90


def test_every_year_of_birth_has_names_of_both_sexes():
    for year in range(1925, 2027):
        for sex in ("F", "M"):
            fitting = [g for g in name_lists().given if g.sex == sex and g.born[0] <= year <= g.born[1]]
            assert sum(len(group.names) for group in fitting) >= 8, (year, sex)


def test_the_lists_are_long_enough_for_a_plain_mix():
    given = [name for group in name_lists().given for name in group.names]
    family = [name for group in name_lists().family for name in group.names]
    assert len(given) == len(set(given)) >= 150
    assert len(set(family)) >= 195
    assert len(places().streets) >= 60
    assert len(places().cities) >= 25
    assert set(name_lists().nicknames) <= set(given)


def test_nobody_has_the_given_name_as_middle_name():
    assert all(person.middle != person.given for person in people())


def test_the_poverty_guideline_grows_with_the_household():
    assert poverty_guideline(1, DAY) == 1_596_000
    assert poverty_guideline(4, DAY) == 1_596_000 + 3 * 568_000
    assert poverty_guideline(1, dt.date(2025, 7, 1)) == 1_565_000


def test_the_check_digit_is_the_one_of_the_published_example():
    assert npi_check_digit("123456789") == "3"  # CMS's own example of the method
    assert not is_npi("1234567890")


def test_every_npi_is_right_once_and_never_issued():
    npis = [p.npi for p in providers()] + [facility_for("office").npi, facility_for("inpatient").npi]
    assert all(is_npi(npi) and npi.startswith("2") for npi in npis)
    assert len(set(npis)) == len(npis)


@pytest.mark.parametrize("specialty", sorted({template.specialty for template in templates().values()}))
def test_every_specialty_of_a_template_has_clinicians(specialty):
    assert sum(p.specialty == specialty for p in providers()) >= 2


def test_the_hospital_is_nonprofit_and_staff_are_distinct():
    assert facility_for("emergency").nonprofit
    assert facility_for("emergency") == facility_for("inpatient") != facility_for("office")
    assert len({row.user for row in staff()}) == len(staff())


def test_drawn_numbers_match_their_pattern():
    for i in range(100):
        assert re.fullmatch("[A-Z]{2}[0-9]{7}X", matching("[A-Z]{2}[0-9]{7}X", Seed("m").child(i).stream()))


def test_exchanging_digits_keeps_the_form_and_changes_the_number():
    assert exchanges("T1123", "T[0-9]{4}") == ["T1213", "T1132"]
    assert exchanges("T1111", "T[0-9]{4}") == []
