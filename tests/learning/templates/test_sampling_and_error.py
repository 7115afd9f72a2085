"""Audit samples and error rates, worked out again from the stem."""

import re
from decimal import Decimal
from fractions import Fraction

import pytest

from tests.learning.templates.reading import agrees, find, half_up


def stratum_share(stem):
    size, universe = find(stem, "sample of # from #")
    part = re.search(r"sample are ([\w-]+) stays", stem)[1]
    return size / (universe / find(stem, f"{part} #"))


def extrapolation(stem):
    sampled, universe, total = find(stem, "reviews # claims", r"random from #", "overpaid, by #")
    return universe / sampled * total


def net_error(stem):
    paid, over, under = find(stem, "payer had paid #", "overpayments came to #", "underpayments came to #")
    return 100 * over / paid - 100 * under / paid


def probe(stem):
    sampled, wrong = find(stem, "probe of # claims", "had # with")
    share = 100 * wrong / sampled
    low, low_does, low_again, high, middle, high_again, last = re.search(
        r"below (\d+)% ([^;]*); from (\d+)% up to but not including (\d+)% ([^;]*); from (\d+)% on ([^.]*)\.",
        stem).groups()
    assert (low, high) == (low_again, high_again)
    does = low_does if share < int(low) else middle if share < int(high) else last
    return does[0].upper() + does[1:]


def interval(stem):
    wrong, sampled = (Decimal(int(n)) for n in find(stem, "in # of #"))
    p = wrong / sampled
    half = Decimal("1.96") * (p * (1 - p) / sampled).sqrt()
    low, high = (half_up(Fraction(100 * end), 1) for end in (p, half))
    return f"{low - high}% to {low + high}%"


def agreement(stem):
    elements, records, differ, goal = find(stem, "enter # data elements for each of #", "differ on # elements",
                                           "least #%")
    rate = 100 - 100 * differ / (elements * records)
    return f"{half_up(rate, 1)}%: the goal is {'met' if rate >= goal else 'missed'}"


def kappa(stem):
    a, b, c, d = find(stem, "both say leading for #", "first says leading for #",
                      "second says leading for #", "both say not leading for #")
    return 2 * (a * d - b * c) / ((a + b) * (b + d) + (a + c) * (c + d))


def duplicate_rate(stem):
    records, listed, false = find(stem, "holds # records", "lists # records", "shows that #")
    return 100 * listed / records - 100 * false / records


def systematic(stem):
    records, size, at, nth = find(stem, "list of #", "sample of #", "start is record #", "of the #th")
    return list(range(int(at), int(records) + 1, int(records / size)))[int(nth) - 1]


def sample_size(stem):
    share, floor, ceiling, records = find(stem, "review #%", "least #", "most #", "finished #")
    return sorted((floor, records * share / 100, ceiling))[1]


APART = {"stratum-share": (stratum_share, 0), "extrapolation": (extrapolation, 2), "net-error-rate": (net_error, 1),
         "probe-follow-up": (probe, None), "error-interval": (interval, None), "abstractor-agreement": (agreement,
             None),
         "kappa-agreement": (kappa, 2), "duplicate-rate": (duplicate_rate, 1), "systematic-sample": (systematic, 0),
         "sample-size-policy": (sample_size, 0)}


@pytest.mark.parametrize("name", APART)
def test_the_key_agrees_with_a_calculation_made_apart(name):
    agrees(name, *APART[name])
