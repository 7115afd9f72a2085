"""What payers pay: capitation, per diem, lesser of, discounted procedures, sequestration, secondary payers, credits."""

import datetime as dt

from app.world.seed import Stream
from question_bank.templates.drawing import Choice, Draw, Template, chosen, dollars, makers, nearest, three
from question_bank.templates.wording import HOSPITALS, begin, drawn_day, in_words, lines, on, person

WRITTEN = dt.date(2026, 11, 25)
CONTRACT = "payer-contract-in-the-question"
SECONDARY = "42-cfr-411-33"
SERVICES = ("a spinal injection", "a magnetic resonance scan", "an outpatient operation", "a series of infusions",
            "a cataract operation", "an endoscopy", "a nuclear stress test", "a course of radiation treatments")
PRACTICES = ("A pediatric practice", "A family practice", "An internal medicine group", "A rural clinic",
             "A multispecialty group", "A women's health practice")


def _capitation(stream: Stream) -> Draw:
    """Gain or loss of a capitated month."""
    members, rate = stream.whole(600, 4_800), stream.whole(1_450, 4_200)
    visits, cost = members * stream.whole(22, 34) // 100, stream.whole(6_500, 13_800)
    income, spent = members * rate, visits * cost
    def said(amount: int) -> str:
        return f"A {'gain' if amount >= 0 else 'loss'} of {dollars(abs(amount))}"
    stem = (f"{stream.one(PRACTICES)} is paid {dollars(rate)} per member per month for {members:,} members of a plan. "
            f"In {stream.one(('March', 'June', 'September', 'November'))} these members made {visits:,} visits. A "
            f"visit costs the practice {dollars(cost)} and would earn {dollars(cost * 14 // 10)} under the fee "
            "schedule. "
            + stream.one(("What is the result for the month under capitation?",
                          "What does the practice gain or lose under capitation?")))
    key = Choice(said(income - spent), f"{members:,} × {dollars(rate)} = {dollars(income)}. {visits:,} × "
                                       f"{dollars(cost)} = {dollars(spent)}. The difference is "
                                       f"{dollars(abs(income - spent))}.")
    return Draw(stem, key, three(
        key,
        Choice(said(spent - income), "The amount is right, but it has the wrong sign."),
        Choice(said(visits * (cost * 14 // 10 - cost)), "This is what a fee schedule would have brought."),
        Choice(said(visits * (rate - cost)), "This pays the rate for a visit. It is paid for each member, seen or "
                                             "not."),
        Choice(said(income), "This leaves out what the visits cost."),
    ))


def _per_diem(stream: Stream) -> Draw:
    """Days at two rates; the day of discharge is not paid."""
    first = drawn_day(stream, dt.date(2026, 1, 5), 280)
    intensive, ward = stream.whole(1, 5), stream.whole(2, 9)
    high, low = stream.whole(310, 520) * 1_000, stream.whole(140, 270) * 1_000
    moved, home = first + dt.timedelta(intensive), first + dt.timedelta(intensive + ward)
    due = intensive * high + ward * low
    stem = (f"A contract pays {dollars(high)} for each day in intensive care and {dollars(low)} for each other day. "
            f"The level of care at midnight counts, and the day of discharge is not paid. {person(stream)} is admitted "
            f"to intensive care on {on(first)}, moves to a regular unit on the morning of {on(moved)} and goes home on "
            f"{on(home)}. "
            + stream.one(("What does the contract pay?", "How much does the plan owe for the stay?")))
    key = Choice(dollars(due), f"Midnights in intensive care: {intensive}; on the ward: {ward}. {intensive} × "
                               f"{dollars(high)} + {ward} × {dollars(low)} = {dollars(due)}.")
    return Draw(stem, key, three(
        key,
        Choice(dollars(due + low), "This pays the day of discharge."),
        Choice(dollars(due + high), "This pays the day of the move twice: as intensive care and as ward."),
        Choice(dollars((intensive + ward) * high), "This keeps the intensive care rate for the whole stay."),
    ))


def _lesser_of(stream: Stream) -> Draw:
    """Line by line, the lesser of charge and contract rate."""
    claim = []
    for i in stream.shuffled(range(3)):
        rate = stream.whole(60, 480) * 100
        claim.append((rate * stream.whole(60, 95) // 100 if i == 0 else rate * stream.whole(115, 190) // 100, rate))
    due = sum(min(line) for line in claim)
    charges, rates = (sum(column) for column in zip(*claim, strict=True))
    rows = [f"Line {i}: {dollars(charge)} charged against a rate of {dollars(rate)}"
            for i, (charge, rate) in enumerate(claim, 1)]
    stem = (f"A contract pays each line at the lesser of the charge and its rate. Below are the three lines of a "
            f"claim from {stream.one(HOSPITALS)} for {stream.one(SERVICES)}. "
            + stream.one(("What does the contract allow?", "How much is allowed in all?")) + lines(*rows))
    key = Choice(dollars(due), f"{' + '.join(dollars(min(line)) for line in claim)} = {dollars(due)}.")
    return Draw(stem, key, three(
        key,
        Choice(dollars(min(charges, rates)), "This compares the totals. The clause works line by line."),
        Choice(dollars(charges), "This pays the charges, also where the rate is lower."),
        Choice(dollars(sum(max(line) for line in claim)), "This takes the greater of each line."),
    ))


def _discounted(stream: Stream) -> Draw:
    """Several procedures in one session: the highest in full, the others at half."""
    rates = [stream.whole(380, 990) * 200, stream.whole(1_000, 1_900) * 200, stream.whole(150, 370) * 200]
    rates = stream.shuffled(rates)
    top = max(rates)
    due = top + (sum(rates) - top) // 2
    stem = (f"In one operative session at {stream.one(HOSPITALS)} a Medicare outpatient has three procedures that are "
            f"subject to multiple-procedure discounting. In claim order their full payment rates are "
            f"{in_words([dollars(rate) for rate in rates])}. Each was done once and none was discontinued. What is the "
            "payment for the three, before the patient's share?")
    key = Choice(dollars(due), f"{dollars(top)} is the highest and paid in full. Half of the others is "
                               f"{dollars((sum(rates) - top) // 2)}. Together {dollars(due)}.")
    return Draw(stem, key, three(
        key,
        Choice(dollars(sum(rates)), "This pays all in full."),
        Choice(dollars(rates[0] + (sum(rates) - rates[0]) // 2),
               "This pays the first line in full. The highest rate is paid so, wherever it stands."),
        Choice(dollars(sum(rates) // 2), "This halves the highest as well."),
        Choice(dollars(top), "This pays the highest alone, as if the others were packaged."),
        Choice(dollars(min(rates) + (sum(rates) - min(rates)) // 2), "This pays the lowest in full."),
    ))


def _sequestration(stream: Stream) -> Draw:
    """Medicare's payment after deductible, 20% coinsurance and 2% sequestration."""
    left, allowed = stream.one((0, 0, stream.whole(2, 12) * 1_000)), stream.whole(150, 900) * 500
    before = (allowed - left) * 4 // 5
    cut = nearest(before * 2, 100)
    stem = (f"For {stream.one(SERVICES)} of {person(stream)} Medicare Part B allows {dollars(allowed)}. "
            f"{f'{dollars(left)} of the yearly deductible is unmet' if left else 'The yearly deductible is met'}, and "
            "coinsurance is 20%. The provider takes assignment. "
            + stream.one(("What does Medicare pay after the sequestration of 2%?",
                          "Sequestration takes 2%. What arrives from Medicare?")))
    key = Choice(dollars(before - cut), f"80% of {dollars(allowed - left)} is {dollars(before)}. Less 2% of that, "
                                        f"{dollars(cut)}: {dollars(before - cut)}. The patient's share stays.")
    return Draw(stem, key, three(
        key,
        Choice(dollars(before), "This leaves out the sequestration."),
        Choice(dollars(before - nearest(allowed * 2, 100)), "This takes 2% of the allowed amount."),
        Choice(dollars(nearest((allowed - left) * 98, 100)), "This leaves out the coinsurance."),
    ))


def _secondary_medicare(stream: Stream) -> Draw:
    """Medicare as secondary payer: the lowest of three amounts."""
    allowed = stream.whole(100, 600) * 500
    plan_allows = allowed + stream.one((-1, 1)) * stream.whole(2, 40) * 500
    charge = max(allowed, plan_allows) + stream.whole(5, 150) * 500
    paid = min(plan_allows, allowed) * stream.whole(30, 92) // 100
    three_amounts = (charge - paid, allowed * 4 // 5, max(allowed, plan_allows) - paid)
    due = min(three_amounts)
    stem = (f"{person(stream)} has an employer's plan first and Medicare second. For {stream.one(SERVICES)} the charge "
            f"is {dollars(charge)}. The plan allows {dollars(plan_allows)} and pays {dollars(paid)}. Medicare allows "
            f"{dollars(allowed)}, of which it would pay 80% as primary; its deductible is met. The provider need "
            "not accept the plan's allowed amount as full payment. "
            + stream.one(("What does Medicare pay as secondary, before sequestration?",
                          "Before sequestration, how much does Medicare add as the secondary payer?")))
    key = Choice(dollars(due), f"Charge less payment: {dollars(three_amounts[0])}. Medicare as primary: "
                               f"{dollars(three_amounts[1])}. Higher allowed amount less payment: "
                               f"{dollars(three_amounts[2])}. The lowest is paid.")
    return Draw(stem, key, three(
        key,
        Choice(dollars(three_amounts[1]), "This is what Medicare would pay as primary."),
        Choice(dollars(three_amounts[2]), "This is the higher allowed amount less the plan's payment: not the lowest."),
        Choice(dollars(three_amounts[0]), "This makes the provider whole up to the charge."),
        Choice(dollars(max(0, three_amounts[1] - paid)), "This takes the plan's payment off Medicare's own payment."),
        Choice("$0.00", "Nothing would be left only if the plan had paid more than each of the limits."),
        Choice(dollars(allowed), "This is the whole of what Medicare allows."),
    ))


def _secondary_plan(stream: Stream) -> Draw:
    """A secondary commercial plan: the rest of the allowed amount, or nothing beyond its own benefit."""
    allowed, first = stream.whole(80, 700) * 1_000, stream.one((50, 60, 70, 80))
    second, strict = stream.one((70, 80, 90)), stream.chance(50)
    paid, own = allowed * first // 100, allowed * second // 100
    rest = allowed - paid
    due = max(0, own - paid) if strict else min(own, rest)
    clause = ("has a carve-out: it pays its own benefit less what the primary paid" if strict else
              "has standard coordination: it pays its own benefit, but no more than the primary left unpaid")
    stem = (f"Two plans cover {person(stream)}. The allowed amount for {stream.one(SERVICES)} is {dollars(allowed)} "
            f"under both, and the deductibles are met. The primary pays {first}%. The secondary, whose benefit alone "
            f"would be {second}%, {clause}. "
            + stream.one(("What does the secondary pay?", "How much comes from the secondary?")))
    key = Choice(dollars(due), f"Primary: {dollars(paid)}. The secondary's own benefit: {dollars(own)}. Unpaid: "
                               f"{dollars(rest)}. The clause gives {dollars(due)}.")
    return Draw(stem, key, three(
        key,
        Choice(dollars(rest), "This pays all that was left, which the clause does not grant."),
        Choice(dollars(own), "This is the benefit as if there were no other plan. Together more than allowed is paid."),
        Choice(dollars(max(0, own - paid)), "This is a carve-out. The clause here is the standard one."),
        Choice(dollars(rest * second // 100), "This applies the percentage to what was left."),
        Choice(dollars(rest * (100 - second) // 100), "This is the patient's share of what was left."),
    ))


def _credit_balance(stream: Stream) -> Draw:
    """Who is refunded how much when more came in than was owed."""
    allowed, rate = stream.whole(100, 600) * 1_000, stream.one((10, 20, 30))
    share = allowed * rate // 100
    plan = allowed - share
    double = stream.chance(50)
    estimate = share + stream.whole(15, 120) * 100
    paid_by_patient = share if double else estimate
    paid_by_plan = 2 * plan if double else plan
    over = plan if double else estimate - share
    stem = (f"An account at {stream.one(HOSPITALS)} for {stream.one(SERVICES)} shows a credit balance. In network "
            f"{dollars(allowed)} was allowed, and the patient's coinsurance is {rate}%. The patient paid "
            f"{dollars(paid_by_patient)} at registration. The plan's payments come to {dollars(paid_by_plan)}. The "
            "contractual write-off is posted. "
            + stream.one(("Who gets a refund, and how much?", "Which refund is due?")))
    right, wrong = ("plan", "patient") if double else ("patient", "plan")
    key = Choice(f"The {right}: {dollars(over)}", f"Patient's share: {dollars(share)}. Plan's share: {dollars(plan)}. "
                                                  f"The {right} paid {dollars(over)} too much.")
    return Draw(stem, key, three(
        key,
        Choice(f"The {wrong}: {dollars(over)}", "The amount is right, but this party paid no more than its share."),
        Choice(f"The patient: {dollars(paid_by_patient)}", "This gives back the share that the patient owes."),
        Choice(f"The plan: {dollars(paid_by_plan)}", "This gives back everything that the plan paid."),
        Choice(f"The plan: {dollars(share)}", "This is the patient's share, which the plan does not owe."),
    ))


def _part_a_stay(stream: Stream) -> Draw:
    """The patient's share of a long Medicare stay."""
    days = stream.one((stream.whole(12, 60), stream.whole(61, 90), stream.whole(61, 90)))
    begun = stream.chance(30)
    later = max(0, days - 60)
    deductible = 0 if begun else 173_600
    # In a benefit period that is already under way, the days used before count as well.
    used = stream.whole(5, 20) if begun else 0
    days = min(days, 90 - used)
    later = max(0, days + used - 60)
    due = deductible + later * 43_400
    before = (f"Earlier in the same benefit period {used} inpatient days were used, and the deductible was paid."
              if begun else "A new benefit period begins with this stay.")
    stem = (f"{person(stream)} stays {days} days as a Medicare inpatient of {stream.one(HOSPITALS)} in 2026. {before} "
            "The Part A deductible of 2026 is $1,736.00, and days 61 to 90 cost $434.00 each. There is no other "
            "insurance. "
            + stream.one(("What does the patient owe for the stay under Part A?",
                          "How much is the patient's share for the stay?")))
    key = Choice(dollars(due), f"Deductible: {dollars(deductible)}. Days past the 60th: {later} × $434.00 = "
                               f"{dollars(later * 43_400)}. Together {dollars(due)}.")
    return Draw(stem, key, three(
        key,
        Choice(dollars(later * 43_400 + 173_600), "This asks for a second deductible in one benefit period."),
        Choice(dollars(deductible + max(0, days - 60) * 43_400), "This forgets the days used before."),
        Choice(dollars(173_600 + days * 43_400), "This asks for coinsurance from the first day on."),
        Choice(dollars(later * 43_400), "This leaves out the deductible."),
        Choice(dollars(days * 43_400), "This takes the daily amount for each day and no deductible."),
        Choice(dollars(43_400), "This is one day's coinsurance."),
    ))


PAYERS = ("The group plan, because of the employer's size", "Medicare, because of the employer's size",
          "Medicare, as the coverage is not from current employment",
          "The group plan, during the 30-month ESRD coordination period")
PAYER_WRONG = {
    PAYERS[0]: "The size rule does not make the plan primary here.",
    PAYERS[1]: "Size is not what puts Medicare first here.",
    PAYERS[2]: "The coverage is from current employment, or end-stage renal disease decides.",
    PAYERS[3]: "Entitlement here is not by end-stage renal disease.",
}


def _payer_order(stream: Stream) -> Draw:
    """Which payer is primary, by the reason of entitlement, the job and the size of the employer."""
    basis = stream.one(("age", "disability", "kidney"))
    small, large = {"age": ((3, 19), (20, 400)), "disability": ((20, 99), (100, 900)), "kidney": ((5, 60), (5, 900))}[
        basis]
    working, big = stream.chance(70), stream.chance(50)
    size = stream.whole(*(large if big else small))
    who = stream.one(("his own", "his wife's")) if stream.chance(50) else stream.one(("her own", "her husband's"))
    pronoun = "He" if who in ("his own", "his wife's") else "She"
    years = stream.whole(66, 79) if basis == "age" else stream.whole(38, 62)
    entitled = {"age": "because of age", "disability": "because of disability",
                "kidney": f"only because of end-stage renal disease, for the past {stream.whole(4, 28)} months"}[basis]
    job = f"through {who} current job" if working else f"for retirees through {who} former job"
    if basis == "kidney":
        answer, why = PAYERS[3], "For the first 30 months the group plan pays first, whatever the size or the job."
    elif not working:
        answer, why = PAYERS[2], "A retiree's plan is not coverage by current employment: Medicare is primary."
    elif big:
        answer, why = PAYERS[0], f"{size} employees are at least {20 if basis == 'age' else 100}."
    else:
        answer, why = PAYERS[1], f"{size} employees are fewer than {20 if basis == 'age' else 100}."
    stem = (f"{begin(stream.one(HOSPITALS))} registers a patient, age {years}, who has Medicare {entitled}. {pronoun} "
            f"is also in a group health plan {job} with a single employer of {size} employees. "
            + stream.one(("Who is the primary payer?", "Which payer is billed first?")))
    return Draw(stem, *chosen(PAYER_WRONG, answer, why))


TEMPLATES = makers(
    (Template("t-capitation-result", ("4.9", "3.3"), "application", CONTRACT, WRITTEN), _capitation),
    (Template("t-per-diem", ("4.9",), "application", CONTRACT, WRITTEN), _per_diem),
    (Template("t-lesser-of", ("4.9",), "application", CONTRACT, WRITTEN), _lesser_of),
    (Template("t-discounted-procedures", ("4.9",), "application", "42-cfr-419-44", WRITTEN), _discounted),
    (Template("t-sequestration", ("4.9",), "application", "cms-mandatory-payment-reductions-sequestration", WRITTEN),
     _sequestration),
    (Template("t-medicare-secondary", ("4.9",), "analysis", SECONDARY, WRITTEN), _secondary_medicare),
    (Template("t-secondary-plan", ("4.9",), "analysis", "naic-cob-secondary-benefit", WRITTEN), _secondary_plan),
    (Template("t-credit-balance", ("4.9", "4.4"), "analysis", CONTRACT, WRITTEN), _credit_balance),
    (Template("t-part-a-stay", ("4.9",), "analysis", "cms-2026-part-a-part-b-amounts", WRITTEN), _part_a_stay),
    (Template("t-payer-order", ("4.9",), "analysis", "42-cfr-411-primary-by-entitlement", WRITTEN), _payer_order),
)
