"""Measures of tests and studies, worked out again from the stem."""

import re

import pytest

from tests.learning.templates.reading import agrees, find


def sensitivity(stem):
    hit, miss, false, clear = find(stem, "\n# flagged who had it", "# not flagged who had", "\n# flagged who did not",
                                   "# not flagged who did not")
    missed_share = miss / (hit + miss) if "its sensitivity" in stem else false / (false + clear)
    return 100 - 100 * missed_share


def predictive_value(stem):
    hit, _, flags = find(stem, r"\nflagged +\| # +\| # +\| #")
    return 100 / (flags / hit)


def false_positives(stem):
    tested, ill, specificity = find(stem, "test # people", "that #% of", "specificity of #%")
    well = tested - tested * ill / 100
    return well - well * specificity / 100


def relative_risk(stem):
    n = find(stem, r"Of # who [^;]*, # developed", "; of # who [^;]*, # did")
    return (n[1] / n[0]) / (n[3] / n[2])


def odds_ratio(stem):
    a, c, b, d = find(stem, "Of the cases # [a-z ]*, and # ", "of the controls # [a-z ]*, and # ")
    return (a / c) / (b / d)


def number_needed(stem):
    new, usual = find(stem, ", #% of patients", "against #%")
    count = 1
    while count * (usual - new) < 100:
        count += 1
    return count


def fitting_measure(stem):
    signs = {"Relative risk": r"free of .* and follows them", "Odds ratio": "people without, and asks",
             "Prevalence": "on one day", "Case fatality": "died of it"}
    (measure,) = [name for name, sign in signs.items() if re.search(sign, stem)]
    return measure


APART = {"sensitivity-specificity": (sensitivity, 1), "predictive-value": (predictive_value, 1),
         "false-positives": (false_positives, 0), "relative-risk": (relative_risk, 2), "odds-ratio": (odds_ratio, 2),
         "number-needed": (number_needed, 0), "fitting-measure": (fitting_measure, None)}


@pytest.mark.parametrize("name", APART)
def test_the_key_agrees_with_a_calculation_made_apart(name):
    agrees(name, *APART[name])
