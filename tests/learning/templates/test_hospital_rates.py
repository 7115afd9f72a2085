"""Rates of a hospital, worked out again from the stem."""

import pytest

from tests.learning.templates.reading import agrees, find


def per_hundred(of, whole):
    return 100 / (whole / of)


def gross_death(stem):
    alive, died = find(stem, "# patients discharged alive", "# inpatient deaths in all")
    return 100 - per_hundred(alive, alive + died)


def net_death(stem):
    left, died, early = find(stem, "# discharges incl", "# deaths of inpatients", "# deaths less")
    return 100 - per_hundred(left - died, left - early)


def newborn_death(stem):
    alive, died = find(stem, "# newborns discharged alive", "# newborns who died")
    return 100 - per_hundred(alive, alive + died)


def fetal_death(stem):
    born, *dead = find(stem, "# live births", "# intermediate", "# late")
    return 100 - per_hundred(born, born + sum(dead))


def autopsy(stem):
    deaths, taken, done = find(stem, "# inpatient deaths", "# bodies", "# autopsies of inpatients")
    return per_hundred(done, deaths - taken * ("net autopsy rate" in stem))


def postoperative_death(stem):
    return per_hundred(*find(stem, "# deaths within 10 days", "# patients operated"))


def infection(stem):
    return per_hundred(*find(stem, "# infections in clean", "# surgical operations"))


def central_line(stem):
    return 10 * per_hundred(*find(stem, "# central-line infection", "# central-line days"))


def cesarean(stem):
    infants, twins, section = find(stem, "# infants", r"\(# deliveries were of twins", "# cesarean deliveries")
    return per_hundred(section, infants - twins)


def consultation(stem):
    return per_hundred(*find(stem, "# discharged patients with", r"# discharges(?!\w)"))


def readmission(stem):
    left, died, back, planned = find(stem, "# discharges incl", "# deaths in", "# patients readmitted within",
                                     "# planned")
    return per_hundred(back - planned, left - died)


APART = {"gross-death-rate": (gross_death, 2), "net-death-rate": (net_death, 2), "newborn-death-rate": (newborn_death,
    2),
         "fetal-death-rate": (fetal_death, 2), "autopsy-rate": (autopsy, 2),
         "postoperative-death-rate": (postoperative_death, 2), "postoperative-infection-rate": (infection, 2),
         "central-line-rate": (central_line, 2), "cesarean-rate": (cesarean, 1), "consultation-rate": (consultation, 1),
         "readmission-rate": (readmission, 1)}


@pytest.mark.parametrize("name", APART)
def test_the_key_agrees_with_a_calculation_made_apart(name):
    agrees(name, *APART[name])
