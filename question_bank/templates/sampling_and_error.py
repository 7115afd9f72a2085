"""Audit samples and error rates: strata, intervals, extrapolation, agreement of reviewers, duplicates of the index."""

import datetime as dt
from math import isqrt

from app.world.seed import Stream
from question_bank.templates.drawing import Choice, Draw, NumberDraw, Template, dollars, makers, percent, rounded, three
from question_bank.templates.wording import HOSPITALS, begin, listed

WRITTEN = dt.date(2026, 11, 25)
SAMPLING = "cms-pub-100-08-ch-8-sec-8-4-sampling"
NET_ERROR = "oig-claims-reviews-corporate-integrity-agreements-net"
INTERVAL = "nist-sematech-confidence-interval-of-a-share"
AGREEMENT = "mchugh-kappa-2012"
INDEX_RATE = "mpi-duplicate-rate"
GIVEN = "audit-policy-in-the-question"
AUDITED = ("inpatient records", "emergency department records", "clinic encounters", "observation stays",
           "outpatient surgery records")
ERRORS = ("an unsupported charge", "a missing signature", "a wrong date of service", "no signed order",
          "an unsupported diagnosis")
DEPARTMENTS = ("the wound clinic", "the infusion center", "a family practice", "the emergency department",
               "home health",
               "the sleep laboratory", "outpatient therapy", "the pain clinic", "radiology", "cardiac rehabilitation")
AUDITORS = ("A compliance auditor", "An internal auditor", "The coding manager", "An outside reviewer", "A consultant")


def _stratum_share(stream: Stream) -> Draw:
    """How many of a stratified sample come from one stratum when it is drawn in proportion."""
    size = stream.one((60, 80, 120, 200))
    parts = stream.some(("Medicare", "Medicaid", "commercial", "self-pay"), 4)
    shares = stream.shuffled([45, 30, 15, 10]) if stream.chance(50) else stream.shuffled([40, 35, 20, 5])
    universe = stream.whole(3, 14) * 400
    counts = [universe * share // 100 for share in shares]
    wanted = stream.whole(0, 3)
    stem = (f"{stream.one(AUDITORS)} draws a sample of {size} from {universe:,} stays in proportion to payer. Stays "
            "by payer: "
            + listed(stream, *(f"{part} {count:,}" for part, count in zip(parts, counts, strict=True)))
            + f". How many of the sample are {parts[wanted]} stays?")
    key = Choice(str(size * shares[wanted] // 100), f"Their share of all stays is {counts[wanted]:,} / {universe:,} = "
                                                    f"{shares[wanted]}%. {shares[wanted]}% of {size} is "
                                                    f"{size * shares[wanted] // 100}.")
    return Draw(stem, key, three(
        key,
        Choice(str(size // 4), "This splits the sample evenly between the payers, which is not in proportion."),
        Choice(str(shares[wanted]), f"This is the share in percent ({shares[wanted]}%), not a number out of {size}."),
        Choice(str(counts[wanted] * size // (universe - counts[wanted])), "This divides by the stays of the other "
            f"payers: {counts[wanted]:,} over {universe - counts[wanted]:,}."),
        Choice(str(size - size * shares[wanted] // 100), "This is what is left for the other payers."),
    ))


def _extrapolation(stream: Stream) -> Draw:
    """Point estimate of the overpayment: mean overpayment of the sample times the claims of the universe."""
    sampled, universe = stream.one((50, 80, 100, 120)), stream.whole(8, 42) * 100
    mean = stream.whole(35, 180) * 50  # cents
    total = mean * sampled
    wrong = sampled * stream.whole(15, 35) // 100
    paid = total * stream.whole(8, 14)
    stem = (f"{stream.one(AUDITORS)} reviews {sampled} claims drawn at random from {universe:,} that a payer paid. "
            f"{wrong} of the sampled claims were overpaid, "
            f"by {dollars(total)} together. The payer had paid {dollars(paid)} for the sample. What is the point "
            f"estimate of the overpayment for all {universe:,} claims?")
    key = Choice(dollars(mean * universe), f"{dollars(total)} / {sampled} sampled claims = {dollars(mean)} a claim, "
                                           f"right ones included. Times {universe:,}: {dollars(mean * universe)}.")
    return Draw(stem, key, three(
        key,
        Choice(dollars(total * universe // wrong), f"This takes the mean of the {wrong} overpaid claims only, and puts "
                                                   f"it on all."),
        Choice(dollars(total), "This is the overpayment of the sample alone."),
        Choice(dollars(total * wrong // sampled), "This multiplies the overpayment by the share of claims in error, "
                                                  "within the sample."),
        Choice(dollars(mean * (universe - sampled)), "This leaves the sampled claims out of the universe."),
    ))


def _net_error(stream: Stream) -> Draw:
    """Financial error rate: net overpayment over the amount paid for the sample."""
    sampled = stream.one((50, 75, 100))
    paid = sampled * stream.whole(180, 900) * 100
    over = paid * stream.whole(50, 120) // 1000
    under = over * stream.whole(15, 40) // 100
    wrong = sampled * stream.whole(12, 30) // 100
    stem = (f"In a claims review of {sampled} paid claims the payer had paid {dollars(paid)}. "
            + begin(listed(stream, f"overpayments came to {dollars(over)}", f"underpayments came to {dollars(under)}",
                           f"{wrong} claims had an error of either kind"))
            + ". What is the financial error rate, net of underpayments?")
    key = Choice(percent(over - under, paid), f"({dollars(over)} − {dollars(under)}) / {dollars(paid)} = "
                                              f"{percent(over - under, paid)}.")
    return Draw(stem, key, three(
        key,
        Choice(percent(over, paid), "This leaves the underpayments out: the gross overpayment rate."),
        Choice(percent(over + under, paid), "This adds the underpayments. They go the other way."),
        Choice(percent(wrong, sampled), "This is the share of claims in error, whatever each was worth."),
    ))


def _extended_review(stream: Stream) -> Draw:
    """What a drawn policy asks for after a probe: educate, extend the sample, or refund and stop."""
    sampled = stream.one((20, 25, 30, 40, 50, 60))
    low, high = stream.one(((5, 10), (5, 15), (4, 12), (8, 20)))
    wrong = stream.whole(1, sampled * (high + 12) // 100)
    scaled = 100 * wrong
    answers = {
        "close": "Refund what was found and close the review",
        "teach": "Refund, teach the department, and probe again",
        "extend": "Refund, extend the sample, and extrapolate",
        "hold": "Refund, and hold all claims of the department",
    }
    which = "close" if scaled < low * sampled else "teach" if scaled < high * sampled else "extend"
    rule = (f"below {low}% refund what was found and close the review; from {low}% up to but not including {high}% "
            f"refund, teach the department, and probe again; "
            f"from {high}% on refund, extend the sample, and extrapolate. Claims are held only when counsel says so.")
    stem = (f"A compliance plan sets what follows a probe audit by the share of claims in error: {rule} In a probe of "
            f"{sampled} claims {stream.one(DEPARTMENTS)} had {wrong} with {stream.one(ERRORS)}. What does the plan ask "
            "for?")
    whys = {"close": f"That is for a share below {low}%.", "teach": f"That is for a share from {low}% to just below "
            f"{high}%.",
            "extend": f"That is for a share of {high}% or more.", "hold": "The plan leaves that to counsel, and "
                "counsel has not spoken."}
    found = f"{wrong} / {sampled} = {percent(wrong, sampled)}."
    return Draw(stem, Choice(answers[which], f"{found} {whys[which]}"), tuple(
        Choice(text, f"{whys[name]} Here it is {percent(wrong, sampled)}.") for name,
        text in answers.items() if name != which))


def _interval(stream: Stream) -> Draw:
    """Ninety-five percent confidence interval of an error rate, by the normal approximation."""
    sampled, share = stream.one((100, 200, 300, 400)), stream.whole(8, 30)
    wrong = sampled * share // 100
    share_10 = 1000 * wrong // sampled  # tenths of a percent: exact for these sizes
    margin = _margin(share_10, sampled, 196)
    stem = (f"{stream.one(AUDITORS)} finds {stream.one(ERRORS)} in {wrong} of {sampled} {stream.one(AUDITED)} drawn at "
            f"random. With the standard error √(p(1 − p)/n) and the factor 1.96, "
            "what is the 95% confidence interval of the error rate?")
    def reads(half: int) -> str:
        return f"{rounded(share_10 - half, 10, 1)}% to {rounded(share_10 + half, 10, 1)}%"
    key = Choice(reads(margin), f"p = {wrong} / {sampled} = {rounded(share_10, 10, 1)}%. The standard error is "
                                f"{rounded(_margin(share_10, sampled, 1000), 100, 2)} points; 1.96 times it is "
                                f"{rounded(margin, 10, 1)} points.")
    return Draw(stem, key, three(
        key,
        Choice(reads(_margin(share_10, sampled, 100)), "This is one standard error on either side: the factor 1.96 was "
                                                       "left out."),
        Choice(reads(_margin(share_10, sampled, 98)), "This spreads 1.96 standard errors over both sides, half on "
                                                      "each."),
        Choice(reads(_margin(share_10, sampled, 258)), "This uses 2.58, the factor of a 99% interval."),
    ))


def _margin(share: int, sampled: int, factor: int) -> int:
    """Return factor/100 standard errors of a share in tenths of a percent, to the nearest tenth of a point (factor 1000
    for one standard error in hundredths)."""
    return (isqrt(4 * factor * factor * share * (1000 - share) // sampled) // 100 + 1) // 2


def _agreement(stream: Stream) -> Draw:
    """Percent agreement of two abstractors over data elements, against a drawn threshold."""
    records, elements = stream.whole(15, 40), stream.whole(8, 20)
    total = records * elements
    differ = total * stream.whole(3, 12) // 100
    with_any = min(differ * 2 // 3, stream.whole(records // 3, records * 2 // 3))
    goal = stream.one((90, 95))
    met = 100 * (total - differ) >= goal * total
    rate, by_record = percent(total - differ, total), percent(records - with_any, records)
    stem = (f"Two abstractors enter {elements} data elements for each of {records} records. They differ on {differ} "
            f"elements, found in {with_any} of the records. The registry requires agreement of at least {goal}% by "
            "data element. What does the quality check report?")
    def says(shown: str, yes: bool) -> str:
        return f"{shown}: the goal is {'met' if yes else 'missed'}"
    key = Choice(says(rate, met), f"{records} × {elements} = {total} elements; {total} − {differ} = {total - differ} "
                                  f"agree: {rate} against {goal}%.")
    return Draw(stem, key, three(
        key,
        Choice(says(by_record, 100 * (records - with_any) >= goal * records), "This is agreement by record: a record "
            "with one difference counts as lost. The goal is by data element."),
        Choice(says(percent(differ, total), False), "This is the share that differs."),
        Choice(says(rate, not met), f"The rate is right; set against {goal}% it says the opposite."),
    ))


def _kappa(stream: Stream) -> NumberDraw:
    """Cohen's kappa of two reviewers who answer yes or no."""
    both, first, second, neither = stream.whole(30, 60), stream.whole(4, 12), stream.whole(4, 12), stream.whole(25, 55)
    n = both + first + second + neither
    observed = (both + neither) * n
    expected = (both + first) * (both + second) + (second + neither) * (first + neither)
    top, bottom = observed - expected, n * n - expected
    stem = (f"Two reviewers judge the same {n} queries as leading or not. " + begin(listed(
        stream, f"both say leading for {both}", f"only the first says leading for {first}",
        f"only the second says leading for {second}",
        f"both say not leading for {neither}")) + ". What is kappa, their agreement beyond chance, to two decimals?")
    return NumberDraw(stem, rounded(top, bottom, 2), "", (
        f"Observed agreement: ({both} + {neither}) / {n} = {rounded(both + neither, n, 3)}. By chance: ({both + first} "
        f"× {both + second} + {second + neither} × {first + neither}) / {n}² = "
        f"{rounded(expected, n * n, 3)}. Kappa = (observed − chance) / (1 − chance) = {rounded(top, bottom, 2)}. The "
        f"plain agreement of {percent(both + neither, n)} counts chance as agreement."), "0.01")


def _duplicate_rate(stream: Stream) -> Draw:
    """Duplicate rate of the patient index: duplicate records over all records."""
    records = stream.whole(80, 460) * 1000
    pairs = records * stream.whole(30, 70) // 1000
    false = pairs * stream.whole(15, 35) // 100
    real = pairs - false
    overlays = stream.whole(20, 90)
    stem = (f"The patient index of {stream.one(HOSPITALS)} holds {records:,} records. A matching program lists "
            f"{pairs:,} records as possible duplicates of another record. "
            f"Review shows that {false:,} of these belong to different people after all. {overlays} records are "
            f"overlays (two people in one). What is the duplicate rate?")
    key = Choice(percent(real, records), f"({pairs:,} − {false:,}) / {records:,} = {real:,} / {records:,} = "
                                         f"{percent(real, records)}.")
    return Draw(stem, key, three(
        key,
        Choice(percent(pairs, records), "This counts the records that proved to be different people."),
        Choice(percent(false, pairs), "This is how often the program was wrong, not how many records are duplicates."),
        Choice(percent(false, records), "These are the records that only looked like duplicates."),
        Choice(percent(real, pairs), "This is how often the program was right."),
    ))


def _interval_sample(stream: Stream) -> NumberDraw:
    """Systematic sampling: the number of a certain record of the sample."""
    every, start_at = stream.whole(7, 40), stream.whole(1, 6)
    size = stream.one((30, 40, 50, 60))
    which = stream.whole(4, 12)
    stem = (f"From a list of {every * size:,} {stream.one(AUDITED)}, numbered from 1, {stream.one(AUDITORS).lower()} "
            f"takes a systematic sample of {size}. The random start is record {start_at}. "
            f"What is the list number of the {which}th record of the sample?")
    number = start_at + (which - 1) * every
    return NumberDraw(stem, str(number), "", (
        f"The interval is {every * size:,} / {size} = {every}. The first is {start_at}; the {which}th comes "
        f"{which - 1} intervals later: {start_at} + {which - 1} × {every} = {number}. "
        f"Adding {which} intervals gives {number + every}, the next one."))


def _sample_size(stream: Stream) -> Draw:
    """How many records a drawn policy asks for: a percentage with a floor and a ceiling."""
    share, floor, ceiling = stream.one(((5, 30, 100), (10, 20, 80), (5, 20, 60), (10, 30, 120), (2, 25, 75)))
    records = stream.whole(2, 36) * 100
    plain = records * share // 100
    size = min(ceiling, max(floor, plain))
    stem = (f"The audit policy of {stream.one(HOSPITALS)} reads: review {share}% of each coder's "
            f"{stream.one(AUDITED)}, but at least {floor} and at most {ceiling}. "
            f"In {stream.one(('six months', 'nine months', 'a year'))} a coder finished {records:,}. How many are "
            f"reviewed?")
    why = f"{share}% of {records:,} is {plain}. "
    key = Choice(str(size), why + ("That lies between the two limits." if size == plain else "That is below the floor "
        f"of {floor}." if plain < floor else f"That is above the ceiling of {ceiling}."))
    return Draw(stem, key, three(
        key,
        Choice(str(plain), why + "This overlooks the policy's limits."),
        Choice(str(floor), f"The floor of {floor} is for a coder with few records."),
        Choice(str(ceiling), f"The ceiling of {ceiling} is for a coder with many records."),
        Choice(str(plain + floor), "This adds the floor to the percentage. It is the least, not an extra."),
        Choice(str(floor + ceiling), "This adds the two limits."),
    ))


TEMPLATES = makers(
    (Template("t-stratum-share", ("4.5", "5.2"), "application", SAMPLING, WRITTEN), _stratum_share),
    (Template("t-extrapolation", ("5.2", "4.5"), "application", SAMPLING, WRITTEN), _extrapolation),
    (Template("t-net-error-rate", ("5.2", "5.3"), "application", NET_ERROR, WRITTEN), _net_error),
    (Template("t-probe-follow-up", ("5.2", "5.3"), "analysis", GIVEN, WRITTEN), _extended_review),
    (Template("t-error-interval", ("5.1", "3.3"), "analysis", INTERVAL, WRITTEN), _interval),
    (Template("t-abstractor-agreement", ("5.1", "1.4"), "analysis", AGREEMENT, WRITTEN), _agreement),
    (Template("t-kappa-agreement", ("5.1", "3.3"), "analysis", AGREEMENT, WRITTEN), _kappa),
    (Template("t-duplicate-rate", ("1.8", "2.6"), "application", INDEX_RATE, WRITTEN), _duplicate_rate),
    (Template("t-systematic-sample", ("4.5", "5.2"), "application", SAMPLING, WRITTEN), _interval_sample),
    (Template("t-sample-size-policy", ("4.5", "5.2"), "application", GIVEN, WRITTEN), _sample_size),
)
