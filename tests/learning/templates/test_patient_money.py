"""What a patient owes, worked out again from the stem."""

import pytest

from tests.learning.templates.reading import agrees, find


def emergency_copay(stem):
    copay, rate, allowed = find(stem, "copayment of #", "coinsurance of #%", "and # is allowed")
    plan_pays = allowed - allowed * rate / 100
    return allowed - plan_pays + copay * ("goes home" in stem)


def yearly_maximum(stem):
    allowed, left, rate, limit = find(stem, "and # is allowed", "# of the deductible", "Coinsurance is #%",
                                      "Only # is left")
    asked = rate * (allowed - left) / 100 + left
    return limit if asked > limit else asked


def family_deductible(stem):
    family, own, others, allowed = find(stem, "family deductible is #", "this year # of", "and # of the other",
                                        "with # allowed")
    limits = [allowed, family - (own + others)]
    if "with an embedded" in stem:
        limits.append(find(stem, "embedded deductible of #") - own)
    return sorted(limits)[0]


def split_of_claim(stem):
    charge, allowed, rate = find(stem, "charges #", "allows #", "coinsurance is #%")
    patient = allowed / 100 * rate
    return patient if "the patient owe?" in stem else allowed - patient if "the plan pay?" in stem else charge - allowed


def after_denial(stem):
    if "group CO" in stem:
        return 0
    allowed = find(stem, "contract allows #")
    return allowed if "to the deductible" in stem else allowed * find(stem, "coinsurance is #%") / 100


def sliding_fee(stem):
    full, nominal, first, more, people, month = find(
        stem, "a visit is #", "to 100%, #;", "guideline as # a year", "and # for each additional", "household of #",
        "earns # a month")
    ratio = month * 12 / (first + (people - 1) * more)
    quarters = sum(ratio * 100 > limit for limit in (100, 133, 166, 200))
    return full * quarters / 4 if quarters else nominal


def last_installment(stem):
    owed, down, count, each = find(stem, "(?:hospital|center|system|Hospital|Center) # and pays", "pays # at once",
                                   "over # months", "interest: # a month")
    left = owed - down
    for _ in range(int(count) - 1):
        left -= each
    return left


def plan_disclosure(stem):
    if "A monthly finance charge" in stem:
        return "Yes: the plan carries a finance charge"
    if find(stem, "in # monthly") <= 4:
        return "No: at most four payments and no finance charge"
    return ("Yes: a written plan of more than four payments" if "sign the agreement" in stem else
            "No: more than four payments, but no written plan")


def estimate_dispute(stem):
    estimate, bill, days = find(stem, "estimate of #", "came to #", "asks # days")
    if bill < estimate + 400:
        return "No: the bill is less than $400 over the estimate"
    return "Yes: the excess and the time both fit" if days <= 120 else "No: more than 120 days have passed"


APART = {"emergency-copay": (emergency_copay, 2), "yearly-maximum": (yearly_maximum, 2),
         "family-deductible": (family_deductible, 2), "split-of-claim": (split_of_claim, 2),
         "after-denial": (after_denial, 2), "sliding-fee": (sliding_fee, 2), "last-installment": (last_installment, 2),
         "plan-disclosure": (plan_disclosure, None), "estimate-dispute": (estimate_dispute, None)}


@pytest.mark.parametrize("name", APART)
def test_the_key_agrees_with_a_calculation_made_apart(name):
    agrees(name, *APART[name])
