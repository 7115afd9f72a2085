"""Public-health figures, worked out again from the stem."""

import re
from fractions import Fraction

import pytest

from tests.learning.templates.reading import agrees, find, half_up


def incidence(stem):
    residents, new = find(stem, "# residents at midyear", "# cases newly")
    return new / (residents / 100_000)


def prevalence(stem):
    residents, had, new, gone, ended = find(stem, "# residents on December", "# residents with the disease on",
                                            "# new cases",
                                            "# residents with the disease who", "# residents who recovered")
    free = residents - had - new + gone + ended
    return 100 - free / residents * 100


def suspect_food(stem):
    rows = re.findall(r"([a-z ]+): (\d+) of (\d+) who ate it, (\d+) of (\d+) who did not", stem)
    gap = {food.strip(): int(a) / int(b) - int(c) / int(d) for food, a, b, c, d in rows}
    return max(gap, key=gap.get).capitalize()


def attack_rate(stem):
    contacts, immune, sick = find(stem, "# other people", "# of the others were already immune", "# of the others fell")
    return 100 - (contacts - immune - sick) / (contacts - immune) * 100


def case_fatality(stem):
    deaths, cases = find(stem, "# deaths", "# cases")
    return 100 / (cases / deaths)


def infant_mortality(stem):
    births, early, later = find(stem, "\n# live births", "# deaths before 28", "# deaths from 28")
    kind = re.search(r"the (\w+) mortality", stem)[1]
    return {"infant": early + later, "neonatal": early, "postneonatal": later}[kind] / (births / 1000)


def maternal_mortality(stem):
    births, deaths = find(stem, "\n# live births", "# maternal deaths from")
    return deaths / (births / 100_000)


def adjusted(stem):
    rows = re.findall(r"([\d,]+) per 100,000, with \d+% of the residents and (\d+)%", stem)
    return sum(Fraction(rate.replace(",", "")) / 100 * int(weight) for rate, weight in rows)


def proportionate(stem):
    cause = re.search(r"mortality of ([^?]*)\?", stem)[1]
    deaths, own = find(stem, "# deaths from all causes", f"# deaths from {cause}")
    return 100 / (deaths / own)


def infection_ratio(stem):
    seen, predicted = find(stem, "reports #", "predicted #")
    return f"{half_up(seen / predicted, 2)}: {'fewer' if seen < predicted else 'more'} than predicted"


APART = {"incidence-rate": (incidence, 1), "point-prevalence": (prevalence, 1), "suspect-food": (suspect_food, None),
         "secondary-attack-rate": (attack_rate, 1), "case-fatality": (case_fatality, 1),
         "infant-mortality": (infant_mortality, 2), "maternal-mortality": (maternal_mortality, 1),
         "age-adjusted-rate": (adjusted, 1), "proportionate-mortality": (proportionate, 1),
         "infection-ratio": (infection_ratio, None)}


@pytest.mark.parametrize("name", APART)
def test_the_key_agrees_with_a_calculation_made_apart(name):
    agrees(name, *APART[name])
