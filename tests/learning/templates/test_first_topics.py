"""Length of stay, occupancy, coding accuracy, case mix, receivables, patient share: worked out again from the stem."""

import pytest

from question_bank.templates import TEMPLATES
from tests.learning.templates.reading import agrees, key, numbers


def length_of_stay(stem):
    _admitted, discharges, days, *_ = numbers(stem)
    return days / discharges


def occupancy(stem):
    length, before, first, after, service = numbers(stem)
    return 100 * service / (before * first + after * (length - first))


def code_accuracy(stem):
    _records, auditor, right, *_ = numbers(stem)
    return 100 * right / auditor


def case_mix_index(stem):
    n = numbers(stem)
    pairs = list(zip(n[0::2], n[1::2], strict=True))
    return sum(count * weight for count, weight in pairs) / sum(count for count, _ in pairs)


def days_receivable(stem):
    length, receivable, _charges, revenue, _cash = numbers(stem)
    return receivable / (revenue / length)


def patient_share(stem):
    _charge, allowed, deductible, rate = numbers(stem)
    return deductible + (allowed - deductible) * rate / 100


APART = {"length-of-stay": (length_of_stay, 1), "occupancy": (occupancy, 1),
         "code-accuracy": (code_accuracy, 1), "case-mix-index": (case_mix_index, 2),
         "days-receivable": (days_receivable, 1), "patient-share": (patient_share, 2)}


@pytest.mark.parametrize("name", APART)
def test_the_key_agrees_with_a_calculation_made_apart(name):
    agrees(name, *APART[name])


def test_occupancy_is_never_beyond_what_a_learner_would_believe():
    items = [TEMPLATES["occupancy"](f"class-{i}") for i in range(200)]
    assert all(40 < numbers(option.text)[0] <= 100 for item in items for option in item.options)
    assert all(key(item).endswith("%") for item in items)
