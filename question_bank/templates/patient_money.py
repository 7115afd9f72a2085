"""What a patient owes: copayments, deductibles of a family, the yearly maximum, denials, discounts, payment plans."""

import datetime as dt

from app.world.seed import Stream
from question_bank.templates.drawing import Choice, Draw, Template, chosen, dollars, makers, nearest, three
from question_bank.templates.wording import HOSPITALS, begin, person

WRITTEN = dt.date(2026, 11, 25)
COST_SHARING = "healthcare-gov-deductible-coinsurance"
INSTALLMENTS = "12-cfr-1026-2-a-17"
COSTLY = ("outpatient surgery", "a heart catheterization", "a knee replacement", "a course of radiation therapy",
          "an infusion of a biologic drug", "an outpatient shoulder repair")
SERVICES = ("a magnetic resonance scan", "outpatient surgery", "a course of physical therapy", "a sleep study",
            "an infusion", "a cardiac stress test", "a colonoscopy with biopsy", "a specialist's procedure")
DISCLOSURE = {
    "Yes: the plan carries a finance charge": "No finance charge is made here.",
    "Yes: a written plan of more than four payments": "The plan here is not one of more than four payments in writing.",
    "No: at most four payments and no finance charge": "Either there is a finance charge or there are more than four "
                                                       "payments.",
    "No: more than four payments, but no written plan": "This fits only where nothing is agreed in writing.",
}
DISPUTE = {
    "Yes: the excess and the time both fit": "One of the two limits is missed here.",
    "No: the bill is less than $400 over the estimate": "The bill is at least $400 above the estimate.",
    "No: more than 120 days have passed": "The 120 calendar days from receipt of the bill have not passed.",
    "No: her plan's appeal comes first": "She used no plan. The process is for people who are uninsured or self-pay.",
}
SPLIT = {"the hospital write off": "This is the write-off: the charge less the allowed amount.",
         "the plan pay": "This is the plan's part: the allowed amount less coinsurance.",
         "the patient owe": "This is the patient's coinsurance."}
DENIALS = (  # how the remittance reads, and which part the patient owes
    ("denies it with group CO, because the hospital never got the authorization that its contract requires", "nothing"),
    ("denies it with group CO, because the claim was filed after the contract's deadline", "nothing"),
    ("applies the whole allowed amount to the deductible, group PR", "allowed"),
    ("pays the allowed amount less coinsurance, group PR", "share"),
    ("denies it with group CO, as bundled into another service of the same day", "nothing"),
)


def _emergency_copay(stream: Stream) -> Draw:
    """A copayment that is waived on admission, and coinsurance."""
    copay, rate = stream.whole(10, 50) * 1_000, stream.one((10, 15, 20, 25, 30))
    allowed, admitted = stream.whole(30, 240) * 2_000, stream.chance(50)
    charge = allowed * stream.whole(14, 26) // 10
    share = allowed * rate // 100
    owed = share + (0 if admitted else copay)
    ending = "is admitted to the same hospital" if admitted else "goes home"
    stem = (f"A plan charges an emergency department copayment of {dollars(copay)}, waived if the patient is admitted, "
            f"and coinsurance of {rate}% of the allowed amount. {person(stream)} is seen in the emergency department "
            f"of {stream.one(HOSPITALS)} and {ending}. The emergency visit was charged at {dollars(charge)}, and "
            f"{dollars(allowed)} is allowed. The deductible is met. What does the patient owe for the visit?")
    key = Choice(dollars(owed), f"{rate}% of {dollars(allowed)} is {dollars(share)}. "
                 + ("The copayment is waived on admission." if admitted else
                    f"With the copayment of {dollars(copay)}: {dollars(owed)}."))
    return Draw(stem, key, three(
        key,
        Choice(dollars(share + copay), "This asks for the copayment, which admission waives."),
        Choice(dollars(share), "This waives the copayment, though nobody was admitted."),
        Choice(dollars(copay), "This is the copayment alone, without coinsurance."),
        Choice(dollars(charge * rate // 100), "This takes the percentage of the charge."),
    ))


def _yearly_maximum(stream: Stream) -> Draw:
    """Deductible and coinsurance up to what is left of the out-of-pocket maximum."""
    rate, left = stream.one((10, 20, 30, 40)), stream.whole(2, 30) * 2_500
    allowed = left + stream.whole(100, 900) * 1_500
    due = left + (allowed - left) * rate // 100
    limit = stream.one((stream.whole(1, 6), 12)) * due // 8 // 100 * 100
    owed = min(due, limit)
    stem = (f"{person(stream)} needs {stream.one(COSTLY)} in network, and {dollars(allowed)} is allowed. "
            f"{dollars(left)} of the deductible is unmet. Coinsurance is {rate}%. Only {dollars(limit)} is left before "
            "this year's out-of-pocket maximum, and the deductible counts toward it. What does the patient owe?")
    said = (f"Deductible {dollars(left)} and {rate}% of the rest make {dollars(due)}. "
            + (f"Only {dollars(limit)} is left until the maximum." if limit < due else
               f"That is within the {dollars(limit)} left."))
    key = Choice(dollars(owed), said)
    return Draw(stem, key, three(
        key,
        Choice(dollars(due), "This goes beyond the out-of-pocket maximum."),
        Choice(dollars(limit), "This asks for all that is left until the maximum, though less is due."),
        Choice(dollars(allowed * rate // 100), "This takes coinsurance on the whole and no deductible."),
        Choice(dollars(left + allowed * rate // 100), "This takes coinsurance on the deductible part as well."),
        Choice(dollars(left), "This is the deductible alone."),
    ))


def _family_deductible(stream: Stream) -> Draw:
    """How much of a claim a family's deductible takes, with and without a limit for each member."""
    single = stream.whole(6, 20) * 25_000
    family = 2 * single
    own = stream.whole(1, 9) * single // 10 // 1000 * 1000
    others = stream.whole(2, 9) * single // 10 // 1000 * 1000
    embedded = stream.chance(50)
    allowed = stream.whole(3, 18) * single // 10 // 100 * 100
    room = min(single - own, family - own - others) if embedded else family - own - others
    taken = min(allowed, room)
    kind = (f"The family deductible is {dollars(family)}, with an embedded deductible of {dollars(single)} for each "
            "member" if embedded else
            f"The family deductible is {dollars(family)}, and no member has an individual (embedded) deductible; "
            f"single coverage would have one of {dollars(single)}")
    who = stream.one(("the daughter", "the son", "the father"))
    stem = (f"{kind}. So far this year {dollars(own)} of {who}'s claims and {dollars(others)} of the other members' "
            f"claims were applied to it. Now {who} has a claim for {stream.one(COSTLY)}, with {dollars(allowed)} "
            "allowed. How much of it is applied to the deductible?")
    said = (f"Left of the member's own: {dollars(single - own)}; of the family's: {dollars(family - own - others)}. "
            f"The smaller one limits." if embedded else
            f"Left of the family's: {dollars(family)} − {dollars(own)} − {dollars(others)} = {dollars(room)}.")
    key = Choice(dollars(taken), f"{said} {dollars(taken)} of {dollars(allowed)} goes to the deductible.")
    return Draw(stem, key, three(
        key,
        Choice(dollars(allowed), "This puts the whole claim to the deductible, beyond what is left."),
        Choice(dollars(min(allowed, single - own)), "This applies a limit for each member, which this plan does not "
                                                    "have."),
        Choice(dollars(min(allowed, family - own - others)),
               "This overlooks the member's own deductible, which is met sooner."),
        Choice(dollars(min(allowed, family - own)), "This forgets what the other members have paid."),
        Choice(dollars(single), "This is the limit of one member, as if nothing had been paid."),
        Choice(dollars(own), "This is what was paid before."),
    ))


def _split_of_claim(stream: Stream) -> Draw:
    """One of the three parts of a claim in network: written off, paid by the plan, owed by the patient."""
    allowed, rate = stream.whole(80, 700) * 2_000, stream.one((10, 15, 20, 25, 30))
    charge = allowed * stream.whole(13, 29) // 10
    share = allowed * rate // 100
    parts = {"the hospital write off": charge - allowed, "the plan pay": allowed - share, "the patient owe": share}
    asked = stream.one(tuple(parts))
    stem = (f"{begin(stream.one(HOSPITALS))} is in network. It charges {dollars(charge)} for {stream.one(COSTLY)}, "
            f"of which the contract allows {dollars(allowed)}. The deductible is met, and coinsurance is {rate}%. How "
            f"much does {asked}?")
    key = Choice(dollars(parts[asked]),
                 f"Written off: {dollars(charge - allowed)}. Coinsurance: {dollars(share)}. The plan: "
                 f"{dollars(allowed - share)}. Together they are the charge.")
    return Draw(stem, key, three(
        key, *(Choice(dollars(amount), SPLIT[who]) for who, amount in parts.items()),
        Choice(dollars(charge * rate // 100), f"This takes {rate}% of the charge."),
        Choice(dollars(charge - allowed + share), "This adds the write-off to the patient's share."),
    ))


def _after_denial(stream: Stream) -> Draw:
    """What the patient is billed after a drawn answer of the plan."""
    allowed, rate = stream.whole(80, 700) * 2_000, stream.one((10, 15, 20, 25))
    charge = allowed * stream.whole(13, 29) // 10
    wanted = stream.weighted([("nothing", 40), ("allowed", 30), ("share", 30)])
    words, part = stream.one([row for row in DENIALS if row[1] == wanted])
    amounts = {"nothing": 0, "allowed": allowed, "share": allowed * rate // 100}
    stem = (f"{begin(stream.one(HOSPITALS))} is in network. It charged {dollars(charge)} for {stream.one(COSTLY)}, of "
            f"which the contract allows {dollars(allowed)}. The plan's coinsurance is {rate}%. The plan {words}. No "
            "appeal is left. "
            + stream.one(("What is the patient billed?", "How much goes on the patient's bill?")))
    why = {"nothing": "Group CO is the provider's loss by contract. It never goes to the patient.",
           "allowed": "PR is the patient's. The deductible takes the whole allowed amount.",
           "share": f"PR is the patient's: {rate}% of the allowed amount."}
    wrong = {"nothing": "PR says that the patient owes it. This writes it off instead.",
             "allowed": "This bills the allowed amount, which the plan's response does not put on the patient.",
             "share": "This bills coinsurance, which the plan's response does not name."}
    key = Choice(dollars(amounts[part]), why[part])
    return Draw(stem, key, three(
        key, *(Choice(dollars(amounts[name]), text) for name, text in wrong.items()),
        Choice(dollars(charge), "A provider in network does not bill its charge to the patient."),
    ))


def _sliding_fee(stream: Stream) -> Draw:
    """The fee of a health center by income and size of household."""
    first, more = stream.whole(1_560, 1_640) * 10, stream.whole(550, 580) * 10  # dollars a year
    people = stream.whole(2, 6)
    line = first + more * (people - 1)
    share = stream.one((stream.whole(60, 98), stream.whole(103, 130), stream.whole(137, 160), stream.whole(170, 195),
                        stream.whole(206, 240)))
    income = line * share // 1200 * 12
    full, nominal = stream.whole(45, 70) * 400, stream.whole(4, 8) * 500
    fees = {100: nominal, 133: full // 4, 166: full // 2, 200: full * 3 // 4}
    def fee(percent_of_line: int) -> int:
        return next((amount for limit, amount in fees.items() if percent_of_line <= limit), full)
    owed = fee(-(-100 * income // line))
    stem = (f"A health center's full fee for a visit is {dollars(full)}. Its scale by percent of the poverty guideline "
            f"reads: up to 100%, {dollars(nominal)}; to 133%, 25% of the fee; to 166%, 50%; to 200%, 75%; above, the "
            f"full fee. Take the guideline as ${first:,} a year for one person and ${more:,} for each additional "
            f"person. {person(stream)}, in a household of {people}, earns ${income // 12:,} a month, the only income. "
            + stream.one(("What is the fee?", "What does the visit cost the patient?")))
    key = Choice(dollars(owed), f"Guideline for {people}: ${line:,}. Income of a year: ${income:,}, which is "
                                f"{100 * income // line}% of it. The fee is {dollars(owed)}.")
    return Draw(stem, key, three(
        key,
        Choice(dollars(fee(-(-100 * income // (line - more)))), "This leaves one person out of the household."),
        Choice(dollars(fee(-(-100 * income // first))), "This takes the guideline for one person."),
        *(Choice(dollars(amount), f"This is the fee for income up to {limit}% of the guideline.")
          for limit, amount in fees.items()),
        Choice(dollars(full), "This is the full fee. It begins above 200%."),
    ))


def _last_installment(stream: Stream) -> Draw:
    """The last payment of a plan in whole dollars."""
    count, down = stream.whole(5, 14), stream.whole(2, 20) * 2_500
    each = stream.whole(45, 160) * 100
    last = each - stream.whole(101, 3_900)
    rest = each * (count - 1) + last
    stem = (f"{person(stream)} owes {stream.one(HOSPITALS)} {dollars(rest + down)} and pays {dollars(down)} at once. "
            f"The rest is spread over {count} months without interest: {dollars(each)} a month, and in the last month "
            "whatever remains. "
            + stream.one(("How much is the last payment?", "What is due in the last month?")))
    key = Choice(dollars(last), f"{dollars(rest + down)} − {dollars(down)} = {dollars(rest)}. {count - 1} payments of "
                                f"{dollars(each)} are {dollars(each * (count - 1))}. {dollars(last)} remains.")
    return Draw(stem, key, three(
        key,
        Choice(dollars(each), "This makes the last payment like the others, and the patient pays too much."),
        Choice(dollars(nearest(rest, count)), "This divides the rest evenly. The plan is in whole dollars."),
        Choice(dollars(last + each), "This counts one payment too few before the last."),
    ))


def _plan_disclosure(stream: Stream) -> Draw:
    """Whether a payment plan brings the disclosures of credit."""
    answer = stream.one(tuple(DISCLOSURE))
    charge = answer.startswith("Yes: the plan carries")
    count = stream.whole(2, 4) if charge or answer.startswith("No: at") else stream.whole(5, 18)
    oral = answer.startswith("No: more")
    written = "Nothing is agreed in writing, and the patient pays when able" if oral else "Both sign the agreement"
    interest = (f"A monthly finance charge of {rate_words(stream)} is added" if charge else
                "There is no finance charge and no fee")
    stem = (f"{begin(stream.one(HOSPITALS))} regularly lets patients pay over time. {person(stream)} will pay "
            f"{dollars(stream.whole(300, 4_200) * 100)} in {count} monthly payments. {written}. {interest}. "
            + stream.one(("Does this plan require Truth in Lending disclosures?",
                          "Must the hospital give Truth in Lending disclosures?")))
    whys = ("A finance charge makes the hospital a creditor, however few the payments.",
            f"{count} payments by written agreement are more than four. That is enough without interest.",
            f"{count} payments without a finance charge fall outside the rule.",
            "Without a finance charge it takes a written agreement of more than four payments.")
    return Draw(stem, *chosen(DISCLOSURE, answer, dict(zip(DISCLOSURE, whys, strict=True))[answer]))


def rate_words(stream: Stream) -> str:
    """Return a monthly rate: `1.2%`."""
    return f"{stream.whole(0, 1)}.{stream.whole(5, 9)}%"


def _estimate_dispute(stream: Stream) -> Draw:
    """Whether a bill above a good-faith estimate may be disputed."""
    estimate = stream.whole(500, 4_800) * 100
    over = stream.one((stream.whole(150, 399), stream.whole(400, 1_900), stream.whole(400, 900))) * 100
    passed = stream.one((stream.whole(12, 119), stream.whole(12, 119), stream.whole(124, 190)))
    if over < 40_000:
        passed = min(passed, 119)
        answer, why = tuple(DISPUTE)[1], f"{dollars(over)} is less than $400."
    elif passed > 120:
        answer, why = tuple(DISPUTE)[2], f"{passed} days are more than 120."
    else:
        answer = next(iter(DISPUTE))
        why = f"{dollars(over)} is at least $400, and {passed} days are within 120."
    stem = (f"Before {stream.one(SERVICES)} {stream.one(HOSPITALS)} gave a patient without insurance a good-faith "
            f"estimate of {dollars(estimate)}. The bill came to {dollars(estimate + over)}. She asks {passed} days "
            "after receiving the bill whether she may start the federal dispute process. "
            + stream.one(("May she?", "What is she told?")))
    return Draw(stem, *chosen(DISPUTE, answer, why))


TEMPLATES = makers(
    (Template("t-emergency-copay", ("4.9",), "application", COST_SHARING, WRITTEN), _emergency_copay),
    (Template("t-yearly-maximum", ("4.9",), "analysis", COST_SHARING, WRITTEN), _yearly_maximum),
    (Template("t-family-deductible", ("4.9",), "analysis", COST_SHARING, WRITTEN), _family_deductible),
    (Template("t-split-of-claim", ("4.9",), "application", COST_SHARING, WRITTEN), _split_of_claim),
    (Template("t-after-denial", ("4.4", "4.9"), "application",
              "x12-835-claim-adjustment-group-codes-co-pr-plain-meaning", WRITTEN), _after_denial),
    (Template("t-sliding-fee", ("4.9", "6.2"), "application", "42-cfr-51c-303-f", WRITTEN), _sliding_fee),
    (Template("t-last-installment", ("4.9",), "application", "audit-policy-in-the-question", WRITTEN),
     _last_installment),
    (Template("t-plan-disclosure", ("4.9", "5.2"), "analysis", INSTALLMENTS, WRITTEN), _plan_disclosure),
    (Template("t-estimate-dispute", ("4.9", "6.1"), "application", "45-cfr-149-620", WRITTEN), _estimate_dispute),
)
