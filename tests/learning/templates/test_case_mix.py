"""MS-DRG payments and the case-mix index, worked out again from the stem."""

import re

import pytest

from tests.learning.templates.reading import agrees, find, half_up


def drg_payment(stem):
    return find(stem, "base rate of #") * find(stem, "weight #")


def mcc_effect(stem):
    old, new = find(stem, "MCC, of weight #"), find(stem, "makes the weight #")
    base, cases = find(stem, "base rate is #"), find(stem, "finds # stays")
    return base * new * cases - base * old * cases


def transfer(stem):
    days, full, mean = find(stem, "after # day", "amount is #", "length of stay is # days")
    earned = 2 * full / mean
    for _ in range(int(days) - 1):
        earned += full / mean
    return earned if earned < full else full


def outlier(stem):
    charges, ratio, drg, loss = find(stem, "charges of #", "ratio is #", "payment is #", "taken as #")
    return (charges * ratio - (drg + loss)) * 80 / 100


def index_change(stem):
    old, new = find(stem, "was # in", "and # in")
    return f"It {'rose' if new > old else 'fell'} by {half_up(abs(new / old - 1) * 100, 1)}%"


def index_after_moves(stem):
    cases, old, moved, low, high = find(stem, "had # dis", "index of #", "audit # of", "from an MS-DRG of weight #",
                                        "to one of weight #")
    return ((cases - moved) * ((cases * old - moved * low) / (cases - moved)) + moved * high) / cases


def capture_rate(stem):
    all_tiers, plain = find(stem, "# are in MS-DRG families", "# with neither")
    return 100 - 100 * plain / all_tiers


def worth(stem):
    cases, base, old, new = find(stem, "expects # Medicare", "base rate is #", "index from #", "to # *,")
    return cases * new * base - cases * old * base


def tier(stem):
    counted = re.findall(r"is an? (M?CC), documented, treated and not excluded", stem)
    return f"The tier {'with MCC' if 'MCC' in counted else 'with CC' if 'CC' in counted else 'without CC or MCC'}"


def cause(stem):
    surgical, then, major, after = find(stem, "cases were #%", "and then #% of discharges", "MCCs were on #%",
                                        "and then #% of medical")
    if then != surgical:
        return "The mix of surgical and medical cases"
    return "The capture of MCCs among medical cases" if after != major else "New relative weights of a fiscal year"


APART = {"drg-payment": (drg_payment, 2), "mcc-effect": (mcc_effect, 2), "transfer-per-diem": (transfer, 2),
         "cost-outlier": (outlier, 2), "index-change": (index_change, None),
         "index-after-moves": (index_after_moves, 3), "capture-rate": (capture_rate, 1), "worth-of-index": (worth, 2),
         "severity-tier": (tier, None), "cause-of-index-change": (cause, None)}


@pytest.mark.parametrize("name", APART)
def test_the_key_agrees_with_a_calculation_made_apart(name):
    agrees(name, *APART[name])
