"""Accounts receivable and denials: collection rates, aging, unbilled days, denial and clean-claim rates, what to work.

Money is in whole dollars.
"""

import datetime as dt

from app.world.seed import Stream
from question_bank.templates.drawing import Choice, Draw, Template, makers, percent, rounded, three
from question_bank.templates.wording import HOSPITALS, MONTHS, begin, drawn_day, lines, listed, on

WRITTEN = dt.date(2026, 11, 25)
RATES = "hfma-map-keys-collection-and-denials"
DNFB = "hfma-map-keys-days-total-discharged-not-final-billed"
BUCKETS = ("0 to 30 days", "31 to 60 days", "61 to 90 days", "91 to 120 days", "More than 120 days")
LIMITS = (30, 60, 90, 120)
HOLDS = ("a missing operative report", "an open query", "a missing discharge summary", "a charge under review",
         "a missing authorization number", "an incomplete registration")


def money(amount: int) -> str:
    """Return whole dollars: `money(12500)` is $12,500."""
    return f"${amount:,}"


def _collection_rate(stream: Stream) -> Draw:
    """Net or gross collection rate of a month."""
    month, _ = stream.one(MONTHS)
    charges = stream.whole(220, 980) * 10_000
    off = charges * stream.whole(38, 62) // 100
    paid = (charges - off) * stream.whole(86, 98) // 100
    bad = (charges - off) * stream.whole(1, 2) // 100
    net = stream.chance(60)
    figures = listed(stream, f"gross charges were {money(charges)}", f"contractual write-offs were {money(off)}",
                     f"payments were {money(paid)}", f"bad debt was {money(bad)}")
    stem = (f"The claims of {month} are now settled at {stream.one(HOSPITALS)}. {begin(figures)}. What is "
            f"the {'net' if net else 'gross'} collection rate?")
    key = (Choice(percent(paid, charges - off), f"{money(paid)} / ({money(charges)} − {money(off)}) = "
                                                f"{percent(paid, charges - off)}.") if net else
           Choice(percent(paid, charges), f"{money(paid)} / {money(charges)} = {percent(paid, charges)}."))
    return Draw(stem, key, three(
        key,
        Choice(percent(paid, charges), "This divides by gross charges: the gross rate."),
        Choice(percent(paid, charges - off), "This divides by what may be collected: the net rate."),
        Choice(percent(paid, charges - off - bad), "This takes bad debt off as well, and so hides what was lost."),
        Choice(percent(paid + off, charges), "This counts write-offs as if they were collected."),
    ))


def _over_ninety(stream: Stream) -> Draw:
    """Share of receivables older than 90 days."""
    amounts = [stream.whole(900, 1_900) * 1000, stream.whole(500, 1_000) * 1000, stream.whole(250, 600) * 1000,
               stream.whole(120, 400) * 1000, stream.whole(100, 500) * 1000]
    total, old = sum(amounts), amounts[3] + amounts[4]
    rows = [f"{bucket}, {money(amount)}" for bucket, amount in zip(BUCKETS, amounts, strict=True)]
    stem = (f"Below is the aged trial balance of {stream.one(HOSPITALS)} on the last day of {stream.one(MONTHS)[0]}. "
            + stream.one(("What share of the receivables is older than 90 days?",
                          "How much of the whole, in percent, is more than 90 days old?")) + lines(*rows))
    key = Choice(percent(old, total), f"({money(amounts[3])} + {money(amounts[4])}) / {money(total)} = "
                                      f"{percent(old, total)}.")
    return Draw(stem, key, three(
        key,
        Choice(percent(amounts[4], total), "This counts from 121 days on."),
        Choice(percent(old + amounts[2], total), "This counts 61 to 90 days as well."),
        Choice(percent(old, total - old), "This divides by what is younger and not by the whole."),
    ))


def _aging_bucket(stream: Stream) -> Draw:
    """In which bucket an account stands, aged from a stated event."""
    left = drawn_day(stream, dt.date(2026, 1, 5), 120)
    billed = left + dt.timedelta(stream.whole(4, 24))
    bucket = stream.whole(0, 3)
    days = LIMITS[bucket] - stream.whole(1, 18)
    from_billing = stream.chance(50)
    start = billed if from_billing else left
    today = start + dt.timedelta(days)
    paid = billed + dt.timedelta(stream.whole(2, 12))
    age = "the day on which the claim was sent" if from_billing else "the day of discharge"
    def holding(count: int) -> str:
        return BUCKETS[sum(count > limit for limit in LIMITS)]
    stem = (f"{begin(stream.one(HOSPITALS))} ages accounts from {age}. A patient was discharged on {on(left)}. The "
            f"claim was sent on {on(billed)}, and the plan acknowledged it on {on(paid)}. Nothing is paid. In which "
            f"aging bucket is the account on {on(today)}?")
    key = Choice(holding(days), f"From {on(start)} to {on(today)} is {days} days.")
    others = [Choice(holding((today - (left if from_billing else billed)).days),
                     "This counts from the wrong event."),
              *(Choice(text, f"{days} days do not fall in this bucket.") for text in BUCKETS)]
    return Draw(stem, key, three(key, *others))


def _unbilled_days(stream: Stream) -> Draw:
    """Days of revenue in discharged, not final billed accounts."""
    month, length = stream.one(MONTHS)
    daily = stream.whole(60, 420) * 10_000
    held = daily * stream.whole(20, 42) // 10 // 10_000 * 10_000
    past = daily * stream.whole(18, 48) // 10 // 10_000 * 10_000
    house, sent = daily * stream.whole(25, 45) // 10 // 10_000 * 10_000, daily * stream.whole(3, 9) // 10
    revenue = daily * length
    stem = (f"On the last day of {month} {stream.one(HOSPITALS)} has {money(held)} in discharged accounts inside the "
            f"bill hold and {money(past)} in discharged accounts held past it. Patients still in house have charges of "
            f"{money(house)}, and {money(sent)} is billed and not yet paid. Gross revenue of the {length} days was "
            f"{money(revenue)}. "
            + stream.one(("How many days of revenue are discharged, not final billed?",
                          "What is the DNFB in days?")))
    def text(amount: int) -> str:
        return f"{rounded(amount * length, revenue, 1)} days"
    key = Choice(text(held + past), f"{money(held)} + {money(past)} = {money(held + past)}. Over {money(daily)} a day: "
                                    f"{text(held + past)}.")
    return Draw(stem, key, three(
        key,
        Choice(text(past), "This leaves out the bill hold. Its accounts are discharged and unbilled too."),
        Choice(text(held + past + house), "This counts patients who are not discharged."),
        Choice(text(held + past + sent), "This counts what is billed already."),
    ))


def _denial_rate(stream: Stream) -> Draw:
    """Initial denial rate by number of claims."""
    answered = stream.whole(2_400, 9_800)
    denied = answered * stream.whole(70, 160) // 1000
    won, rejected = denied * stream.whole(40, 65) // 100, answered * stream.whole(2, 6) // 100
    stem = (f"In {stream.one(MONTHS)[0]} payers answered {answered:,} claims from {stream.one(HOSPITALS)} by "
            f"remittance. They denied {denied:,} of them at first, of which {won:,} have since been overturned. The "
            f"clearinghouse had rejected {rejected:,} other claims before any payer saw them. "
            + stream.one(("What is the initial denial rate?", "What share of the claims was denied at first?")))
    key = Choice(percent(denied, answered), f"{denied:,} / {answered:,} = {percent(denied, answered)}. It counts the "
                                            "first answer.")
    return Draw(stem, key, three(
        key,
        Choice(percent(denied - won, answered), "This takes off what was won later: the final denial rate."),
        Choice(percent(denied + rejected, answered + rejected), "This counts rejections, which no payer decided."),
        Choice(percent(won, denied), "This is the overturn rate."),
    ))


def _clean_claims(stream: Stream) -> Draw:
    """Share of claims that pass all edits without anybody touching them."""
    sent = stream.whole(3_200, 9_900)
    stopped, back = sent * stream.whole(3, 9) // 100, sent * stream.whole(1, 3) // 100
    fixed = stopped * stream.whole(70, 95) // 100
    stem = (f"Of {sent:,} claims that {stream.one(HOSPITALS)} prepared in {stream.one(MONTHS)[0]}, the claim scrubber "
            f"stopped {stopped:,}. Staff corrected {fixed:,} of these on the same day. Of the claims never stopped, "
            f"{back:,} were rejected by the clearinghouse. What is the clean-claim rate, if a clean claim passes the "
            "scrubber and the clearinghouse untouched?")
    key = Choice(percent(sent - stopped - back, sent),
                 f"({sent:,} − {stopped:,} − {back:,}) / {sent:,} = {percent(sent - stopped - back, sent)}.")
    return Draw(stem, key, three(
        key,
        Choice(percent(sent - stopped + fixed - back, sent), "This counts corrected claims as clean. They were "
                                                             "touched."),
        Choice(percent(sent - stopped, sent), "This forgets what the clearinghouse rejected."),
        Choice(percent(sent - back, sent), "This forgets what the scrubber stopped."),
    ))


def _cost_to_collect(stream: Stream) -> Draw:
    """Cost of the revenue cycle as a share of the cash collected."""
    charges = stream.whole(300, 900) * 100_000
    revenue = charges * stream.whole(40, 60) // 100
    cash = revenue * stream.whole(88, 97) // 100 // 1000 * 1000
    staff, vendors, systems = (cash * stream.whole(*span) // 1000 // 100 * 100 for span in ((14, 22), (5, 12), (3, 8)))
    cost = staff + vendors + systems
    stem = (f"In a year the revenue cycle of {stream.one(HOSPITALS)} spent {money(staff)} on staff, {money(vendors)} "
            f"on vendors and {money(systems)} on systems. Gross charges were {money(charges)}, net patient revenue "
            f"{money(revenue)} and cash collected {money(cash)}. "
            + stream.one(("What was the cost to collect?", "How much did it cost to collect, as a share of cash?")))
    key = Choice(percent(cost, cash), f"{money(cost)} / {money(cash)} = {percent(cost, cash)}.")
    return Draw(stem, key, three(
        key,
        Choice(percent(cost, charges), "This divides by gross charges, much of which is never due."),
        Choice(percent(staff, cash), "This leaves out vendors and systems."),
        Choice(percent(cost, revenue), "This divides by revenue earned. The measure is per dollar of cash."),
    ))


def _bad_debt(stream: Stream) -> Draw:
    """Bad debt, as against charity care and contractual write-offs, as a share of gross revenue."""
    charges = stream.whole(400, 1_400) * 10_000
    bad, charity, off = (charges * stream.whole(*span) // 1000 for span in ((12, 38), (9, 40), (400, 560)))
    recovered = bad * stream.whole(5, 20) // 100
    stem = (f"In {stream.one(MONTHS)[0]} {stream.one(HOSPITALS)} wrote off {money(off)} under contracts, "
            f"{money(charity)} as financial assistance to patients who qualified, and {money(bad)} that patients could "
            f"pay and did not. Collection agencies recovered {money(recovered)} of earlier write-offs. Gross revenue "
            f"was {money(charges)}. "
            + stream.one(("What is bad debt as a share of gross revenue, before recoveries?",
                          "Before recoveries, what share of gross revenue is bad debt?")))
    key = Choice(percent(bad, charges), f"Only what patients could pay and did not: {money(bad)} / {money(charges)} = "
                                        f"{percent(bad, charges)}.")
    return Draw(stem, key, three(
        key,
        Choice(percent(bad + charity, charges), "This counts financial assistance. It was never expected to be paid."),
        Choice(percent(bad - recovered, charges), "This takes off recoveries, which the question leaves out."),
        Choice(percent(bad + charity + off, charges), "This counts every write-off, contractual ones too."),
        Choice(percent(charity, charges), "This is financial assistance."),
    ))


def _hold_first(stream: Stream) -> Draw:
    """Which held account is worked first: the most dollars past the bill hold."""
    hold = stream.whole(3, 5)
    reasons = stream.some(HOLDS, 4)
    past = [stream.whole(1, 9), stream.whole(1, 9), stream.whole(1, 9), -stream.whole(0, hold - 1)]
    dollars_held = [stream.whole(8, 60) * 1000 for _ in past]
    dollars_held[3] = max(dollars_held) + stream.whole(5, 20) * 1000  # the largest is still inside the hold
    best = max(range(3), key=lambda i: dollars_held[i])
    if dollars_held.count(dollars_held[best]) > 1:
        dollars_held[best] += 700
    def days(count: int) -> str:
        return f"{count} {'day' if count == 1 else 'days'}"
    rows = [f"{money(dollars_held[i])} with {reasons[i]}, {days(hold + past[i])} after discharge"
            for i in stream.shuffled(range(4))]
    stem = (f"{begin(stream.one(HOSPITALS))} has a bill hold of {hold} days and first works the account with "
            "the most dollars past it. The unbilled accounts are listed below. "
            + stream.one(("Which account is worked first?", "Where does work begin?")) + lines(*rows))
    def text(i: int) -> str:
        return f"The one with {reasons[i]}"
    key = Choice(text(best), f"{money(dollars_held[best])}, {days(past[best])} past the hold: the most dollars there.")
    return Draw(stem, key, tuple(
        Choice(text(i), "It is the largest, but still within the bill hold." if i == 3 else
               f"It is past the hold, but holds only {money(dollars_held[i])}.") for i in range(4) if i != best))


def _appeal_first(stream: Stream) -> Draw:
    """Which denial is worth most: amount times the share of such appeals that were won."""
    names = stream.shuffled(("Denial A", "Denial B", "Denial C", "Denial D"))
    amounts = [stream.whole(20, 60) * 100, stream.whole(50, 110) * 100, stream.whole(90, 150) * 100,
               stream.whole(140, 220) * 100]
    shares = [stream.whole(75, 95), stream.whole(45, 75), stream.whole(20, 60), stream.whole(8, 25)]
    worth = [a * s for a, s in zip(amounts, shares, strict=True)]
    best = max(range(4), key=lambda i: worth[i])
    if sorted(worth)[3] < sorted(worth)[2] * 105 // 100:
        amounts[best] += 1_500
        worth[best] = amounts[best] * shares[best]
    rows = [f"{name}, {money(amounts[i])}, {shares[i]}% of such appeals won"
            for name, i in sorted((name, i) for i, name in enumerate(names))]
    stem = (f"Four denials of {stream.one(HOSPITALS)} are listed below. All have the same appeal deadline, and "
            "each takes the same time to appeal. "
            + stream.one(("Going by the expected recovery, which is worked first?",
                          "By expected recovery, which is appealed first?")) + lines(*rows))
    def said(i: int) -> str:
        return f"{money(amounts[i])} × {shares[i]}% = {money(worth[i] // 100)}."
    why = {i: said(i) for i in range(4)}
    why[amounts.index(max(amounts))] += " The largest amount, but it is seldom won."
    why[shares.index(max(shares))] += " The surest, but for little."
    return Draw(stem, Choice(names[best], said(best)), tuple(Choice(names[i], why[i]) for i in range(4) if i != best))


TEMPLATES = makers(
    (Template("t-collection-rate", ("4.9", "3.3"), "application", RATES, WRITTEN), _collection_rate),
    (Template("t-over-ninety-days", ("4.9", "3.3"), "application", RATES, WRITTEN), _over_ninety),
    (Template("t-aging-bucket", ("4.9",), "application", RATES, WRITTEN), _aging_bucket),
    (Template("t-unbilled-days", ("4.7",), "analysis", DNFB, WRITTEN), _unbilled_days),
    (Template("t-denial-rate", ("4.4", "3.3"), "application", RATES, WRITTEN), _denial_rate),
    (Template("t-clean-claim-rate", ("4.9", "3.3"), "application", RATES, WRITTEN), _clean_claims),
    (Template("t-cost-to-collect", ("4.9", "3.3"), "application", RATES, WRITTEN), _cost_to_collect),
    (Template("t-bad-debt", ("4.9", "3.3"), "application", RATES, WRITTEN), _bad_debt),
    (Template("t-hold-first", ("4.7",), "analysis", "worked-calculation-from-amounts-given-hfma-map-keys-dnfb",
              WRITTEN), _hold_first),
    (Template("t-appeal-first", ("4.4",), "analysis", "worked-calculation-amount-x-past-rate-success-with-appeal",
              WRITTEN), _appeal_first),
)
