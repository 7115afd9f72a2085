"""Conditions with a season occur in it, observation lasts as long as it is charged, and a 1 takes the singular."""

import datetime as dt
from typing import get_args

import pytest

from app.world.charts.grammar import singular
from app.world.generate import Wish, clean_world
from app.world.names import places
from app.world.seed import Seed
from app.world.settings import settings
from app.world.templates import templates
from app.world.wishes import Moment, is_pregnancy

SEASONAL = [template.id for template in templates().values() if template.months]
OBSERVED = [template.id for template in templates().values() if template.setting == "observation"]


def test_heat_comes_in_summer_and_ticks_from_may_on() -> None:
    assert templates()["heat_exhaustion_emergency"].months == (6, 7, 8)
    assert templates()["lyme_office"].months == (5, 6, 7, 8)


@pytest.mark.parametrize("name", SEASONAL)
@pytest.mark.parametrize("moment", get_args(Moment))
def test_the_first_day_lies_in_the_season_and_the_office_is_open(name: str, moment: Moment) -> None:
    template = templates()[name]
    days = {clean_world(Seed("season").child(name, number), Wish(templates=(name,), moment=moment)).encounter.first
            for number in range(12)}
    assert len(days) > 4
    assert {day.month for day in days} <= set(template.months)
    if settings()[template.setting].weekdays:
        assert not [day for day in days if day.weekday() >= 5 or day in places().closed]


@pytest.mark.parametrize("name", OBSERVED)
def test_observation_hours_run_from_the_order_to_the_last_note(name: str) -> None:
    for number in range(20):
        visit = clean_world(Seed("hours").child(name, number), Wish(templates=(name,))).encounter
        ordered = next(document.at for document in visit.chart if document.title.startswith("Order for obs"))
        units = next(charge.units for charge in visit.charges if charge.code == "G0378")
        assert abs((visit.chart[-1].at - ordered) / dt.timedelta(hours=1) - units) < 2


def test_a_plan_that_enrolls_no_pregnant_woman_has_no_prenatal_visit() -> None:
    assert is_pregnancy(templates()["gestational_diabetes"])
    assert is_pregnancy(templates()["prenatal_center"])
    with pytest.raises(ValueError, match="No plan and clinical template"):
        clean_world(Seed("w"), Wish(templates=("gestational_diabetes",), plans=("grayling-adult",)))


@pytest.mark.parametrize(("text", "told"), [
    ("seen in 1 days", "seen in 1 day"), ("vomited 1 times", "vomited 1 time"), ("fewer than 1 wet diapers", None),
    ("11 days, 2.1 units, 0-1 hours", "11 days, 2.1 units, 0-1 hours"), ("type 1 diabetes", "type 1 diabetes"),
    ("1 tries", "1 try"),
])
def test_a_drawn_one_takes_the_singular(text: str, told: str | None) -> None:
    assert singular(text) == (told or "fewer than 1 wet diaper")
