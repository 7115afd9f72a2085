"""MS-DRG payment and the case-mix index: weights, transfers, outliers, secondary diagnoses, why an index moves.

A weight is in ten-thousandths, an index in thousandths, money in cents.
"""

import datetime as dt

from app.world.seed import Stream
from question_bank.templates.drawing import (
    Choice,
    Draw,
    Template,
    chosen,
    dollars,
    makers,
    nearest,
    percent,
    rounded,
    three,
)
from question_bank.templates.wording import HOSPITALS, SURNAMES, begin

WRITTEN = dt.date(2026, 11, 25)
WEIGHT_TIMES_BASE = "42-cfr-412-60-412-64-ms-drg-weight-times-base-rate"
INDEX = "cms-case-mix-index-file-definition-sum-ms-drg-weights"
GROUPS = {  # what a stay is for, and between which weights such MS-DRGs lie
    "heart failure": (5_700, 12_800), "simple pneumonia": (6_300, 13_100),
    "kidney and urinary tract infection": (8_100, 11_600), "a major joint replacement": (19_300, 30_300),
    "septicemia without long ventilation": (10_200, 19_400), "a major bowel procedure": (16_900, 45_900),
    "cellulitis": (8_700, 14_200), "a gastrointestinal hemorrhage": (6_400, 18_200),
}
THREE_TIERS = ("simple pneumonia", "a gastrointestinal hemorrhage", "chronic obstructive pulmonary disease",
               "renal failure", "heart failure", "a respiratory infection", "a disorder of the pancreas")
QUARTERS = ("first", "second", "third", "fourth")
TIERS = {
    "The tier with MCC": "No MCC that counts is left here, so this tier would be an overpayment.",
    "The tier with CC": "This is not the highest level that counts here.",
    "The tier without CC or MCC": "A secondary diagnosis that counts is left here, and the case is more than plain.",
    "The CC and MCC tiers, with their weights added": "A stay has one MS-DRG. The highest level decides, once.",
}
CAUSES = {
    "The mix of surgical and medical cases": "The surgical share stayed about the same in both periods.",
    "The capture of MCCs among medical cases": "The share of medical cases with an MCC hardly changed.",
    "New relative weights of a fiscal year": "Both periods are figured with the same weights.",
    "The number of discharges": "The index is a mean: more or fewer cases of the same mix leave it as it is.",
}


def weight(ten_thousandths: int) -> str:
    """Return a relative weight as it is printed: `weight(14392)` is 1.4392."""
    return rounded(ten_thousandths, 10_000, 4)


def paid(base: int, ten_thousandths: int) -> int:
    """Return a weight times a base rate, in cents."""
    return nearest(base * ten_thousandths, 10_000)


def _drg_payment(stream: Stream) -> Draw:
    """Base rate times relative weight."""
    group, (lightest, heaviest) = stream.one(tuple(GROUPS.items()))
    base, drg = stream.whole(580_000, 790_000), stream.whole(lightest, heaviest)
    mean, stay = stream.whole(28, 62), stream.whole(2, 9)
    charges = paid(base, drg) * stream.whole(22, 40) // 10
    stem = (f"{begin(stream.one(HOSPITALS))} has a base rate of {dollars(base)}. A stay for {group} groups to an "
            f"MS-DRG of weight {weight(drg)} with a geometric mean length of stay of {rounded(mean, 10, 1)} days. The "
            f"patient stayed {stay} days, went home, and had charges of {dollars(charges)}. There is no add-on and no "
            "outlier. " + stream.one(("What is the MS-DRG payment?", "How much does the MS-DRG pay?")))
    key = Choice(dollars(paid(base, drg)),
                 f"{dollars(base)} × {weight(drg)} = {dollars(paid(base, drg))}. Neither the days nor the charges "
                 "change it.")
    return Draw(stem, key, three(
        key,
        Choice(dollars(nearest(base * drg * stay, 1_000 * mean)),
               "This pays by the day. A stay that ends at home is paid for each case."),
        Choice(dollars(nearest(base * 10_000, drg)), "This divides the base rate by the weight."),
        Choice(dollars(charges), "These are the charges. The payment is set before the stay."),
    ))


def _mcc_effect(stream: Stream) -> Draw:
    """What a supported MCC adds to the payment of some cases."""
    base, plain = stream.whole(580_000, 790_000), stream.whole(6_500, 9_900)
    more, cases = plain + stream.whole(3_500, 8_800), stream.whole(3, 14)
    stem = (f"A review finds {cases} stays for {stream.one(THREE_TIERS)} at {stream.one(HOSPITALS)} that were billed "
            f"in the MS-DRG without CC or MCC, of weight {weight(plain)}. The record of each supports an MCC, which "
            f"makes the weight {weight(more)}. The base rate is {dollars(base)}. How much more does the hospital "
            "receive for them after timely rebilling?")
    key = Choice(dollars(nearest(base * cases * (more - plain), 10_000)),
                 f"{weight(more)} − {weight(plain)} = {weight(more - plain)}. Times {cases} cases and {dollars(base)}: "
                 f"{dollars(nearest(base * cases * (more - plain), 10_000))}.")
    return Draw(stem, key, three(
        key,
        Choice(dollars(nearest(base * cases * more, 10_000)),
               "This is the whole new payment. The old one was received already."),
        Choice(dollars(paid(base, more - plain)), "This is the gain of one case."),
        Choice(dollars(nearest(base * cases * (more + plain), 10_000)),
               "This adds both weights. The new MS-DRG replaces the old one."),
    ))


def _transfer(stream: Stream) -> Draw:
    """Payment of a transferring hospital: a per diem, doubled on the first day, at most the full amount."""
    full, mean, days = stream.whole(600_000, 1_900_000), stream.whole(31, 78), stream.whole(1, 7)
    by_days = nearest(full * 10 * (days + 1), mean)
    due = min(full, by_days)
    one = nearest(full * 10, mean)
    stem = (f"A Medicare patient is transferred from {stream.one(HOSPITALS)} to another acute care hospital after "
            f"{days} {'day' if days == 1 else 'days'}. The full MS-DRG amount is {dollars(full)}, and the geometric "
            f"mean length of stay is {rounded(mean, 10, 1)} days. The MS-DRG is under the usual transfer rule. What is "
            "the transferring hospital paid, without add-ons?")
    said = (f"A day: {dollars(full)} / {rounded(mean, 10, 1)} = {dollars(one)}. The first day counts twice: {days + 1} "
            f"× that = {dollars(by_days)}.")
    if by_days > full:
        said += f" That is above the full amount, so {dollars(full)} is paid."
    key = Choice(dollars(due), said)
    return Draw(stem, key, three(
        key,
        Choice(dollars(nearest(full * 10 * days, mean)), "This forgets that the first day is paid twice."),
        Choice(dollars(full), "This is the full amount, as for a discharge home. The per diem does not reach it."),
        Choice(dollars(by_days), "This is the sum of the per diems. It may not go beyond the full amount."),
        Choice(dollars(nearest(full * 20 * days, mean)), "This doubles every day. Only the first is paid twice."),
        Choice(dollars(full // 2), "This halves the full amount. The share goes by days and not by hospitals."),
    ))


def _outlier(stream: Stream) -> Draw:
    """Cost outlier: 80% of the cost above the payment and the fixed-loss amount."""
    drg, loss = stream.whole(900_000, 3_800_000), stream.whole(380, 470) * 10_000
    ratio = stream.whole(18, 42)
    cost = drg + loss + stream.whole(400_000, 6_000_000)
    charges = cost * 100 // ratio // 100 * 100
    cost = charges * ratio // 100
    over = cost - drg - loss
    due = nearest(over * 4, 5)
    stem = (f"A stay at {stream.one(HOSPITALS)} has covered charges of {dollars(charges)}. The hospital's "
            f"cost-to-charge ratio is 0.{ratio}. The MS-DRG payment is {dollars(drg)}, and the fixed-loss amount in "
            f"force is taken as {dollars(loss)}. "
            + stream.one(("What outlier payment is added to the MS-DRG payment?", "How much is the outlier payment?")))
    key = Choice(dollars(due), f"Cost: {dollars(charges)} × 0.{ratio} = {dollars(cost)}. Less {dollars(drg)} and "
                               f"{dollars(loss)}: {dollars(over)}. 80% of it is {dollars(due)}.")
    return Draw(stem, key, three(
        key,
        Choice(dollars(over), "This pays the whole excess. Medicare pays 80% of it."),
        Choice(dollars(nearest((charges - drg - loss) * 4, 5)), "This takes charges for cost."),
        Choice(dollars(nearest((cost - loss) * 4, 5)),
               "This leaves out the MS-DRG payment. The threshold is that payment and the fixed-loss amount."),
    ))


def _index_change(stream: Stream) -> Draw:
    """Change of the case-mix index in percent."""
    before = stream.whole(1_250, 1_890)  # thousandths
    after = before + stream.one((-1, 1)) * stream.whole(25, 190)
    quarter = stream.one(QUARTERS)
    word = "rose" if after > before else "fell"
    stem = (f"The Medicare case-mix index of {stream.one(HOSPITALS)} was {rounded(before, 1000, 3)} in the {quarter} "
            f"quarter of last year and {rounded(after, 1000, 3)} in the same quarter of this year. By what percentage "
            "did it change?")
    gap = abs(after - before)
    def text(top: int, bottom: int) -> str:
        return f"It {word} by {percent(top, bottom)}"
    key = Choice(text(gap, before), f"{rounded(gap, 1000, 3)} / {rounded(before, 1000, 3)} = {percent(gap, before)}.")
    return Draw(stem, key, three(
        key,
        Choice(text(gap, after), "This divides by the new index. A change is measured against where it began."),
        Choice(text(gap, 1000), "This is the change in points, read as percent."),
        Choice(text(2 * gap, before + after), "This divides by the mean of both. The old value is the base."),
        Choice(text(after, before), "This sets the whole new index against the old one."),
    ))


def _index_after_moves(stream: Stream) -> Draw:
    """The index after some cases move to a heavier MS-DRG."""
    cases, old = stream.whole(180, 620), stream.whole(1_250, 1_850)
    low = stream.whole(700, 1_050)
    high, moved = low + stream.whole(350, 900), stream.whole(12, 45)
    new = rounded(cases * old + moved * (high - low), 1000 * cases, 3)
    stem = (f"{begin(stream.one(HOSPITALS))} had {cases} discharges with a case-mix index of {rounded(old, 1000, 3)}. "
            f"After an audit {moved} of them move from an MS-DRG of weight {rounded(low, 1000, 3)} to one of weight "
            f"{rounded(high, 1000, 3)}. "
            + stream.one(("What is the index now, to three decimals?",
                          "To three decimals, what does the index become?")))
    key = Choice(new, f"The sum of weights grows by {moved} × {rounded(high - low, 1000, 3)} = "
                      f"{rounded(moved * (high - low), 1000, 3)}. Over {cases} discharges that adds "
                      f"{rounded(moved * (high - low), 1000 * cases, 3)}: {new}.")
    return Draw(stem, key, three(
        key,
        Choice(rounded(cases * old + moved * high, 1000 * cases, 3),
               "This adds the new weights and leaves the old ones in the sum."),
        Choice(rounded(cases * old + moved * high, 1000 * (cases + moved), 3),
               "This counts the moved cases as further discharges."),
        Choice(rounded(old + high - low, 1000, 3), "This adds the gain of one case to the mean of the whole."),
    ))


def _capture_rate(stream: Stream) -> Draw:
    """Share of the cases with a CC or an MCC in the MS-DRGs that have such tiers."""
    major, minor, plain = stream.whole(40, 110), stream.whole(50, 130), stream.whole(40, 120)
    other = stream.whole(20, 90)
    tiers = major + minor + plain
    stem = (f"Of the month's discharges of {stream.one(HOSPITALS)}, {tiers} are in MS-DRG families with severity "
            f"tiers: {major} with an MCC, {minor} with a CC but no MCC, {plain} with neither. Another {other} "
            "are in MS-DRGs without tiers. "
            + stream.one(("What is the combined CC and MCC capture rate of the families with tiers?",
                          "In what share of the cases with tiers is a CC or an MCC reported?")))
    key = Choice(percent(major + minor, tiers), f"({major} + {minor}) / {tiers} = {percent(major + minor, tiers)}.")
    return Draw(stem, key, three(
        key,
        Choice(percent(major + minor, tiers + other), "This counts MS-DRGs in which no CC or MCC could show."),
        Choice(percent(major, tiers), "This is the capture rate of MCCs alone."),
        Choice(percent(major + minor + other, tiers + other), "This counts cases without tiers as captured."),
    ))


def _worth_of_index(stream: Stream) -> Draw:
    """What a change of the index is worth in a year."""
    cases, base = stream.whole(1_400, 6_800), stream.whole(580_000, 790_000)
    old, rise = stream.whole(1_300, 1_800), stream.whole(8, 60)
    worth = nearest(cases * base * rise, 1000)
    stem = (f"{begin(stream.one(HOSPITALS))} expects {cases:,} Medicare discharges in a year. Its base rate is "
            f"{dollars(base)}. If documentation lifts the case-mix index from {rounded(old, 1000, 3)} to "
            f"{rounded(old + rise, 1000, 3)}, how much more does the year bring in MS-DRG payments?")
    key = Choice(dollars(worth), f"{rounded(rise, 1000, 3)} × {dollars(base)} × {cases:,} = {dollars(worth)}.")
    return Draw(stem, key, three(
        key,
        Choice(dollars(nearest(base * rise, 1000)), "This is what one discharge brings on average."),
        Choice(dollars(nearest(cases * base * (old + rise), 1000)), "This is the payment of the whole year."),
        Choice(dollars(nearest(cases * base * rise, 1000 + old)),
               "This spreads the rise over the old index. A change of the index is in weights already."),
    ))


def _tier(stream: Stream) -> Draw:
    """Which tier a stay belongs to, when some secondary diagnoses do not count."""
    reasons = ("counts", "is excluded by this principal diagnosis", "rests on a laboratory value alone",
               "was ruled out before discharge")
    diagnoses = stream.shuffled([("MCC", stream.weighted([(reasons[0], 3), *((r, 2) for r in reasons[1:])])),
                                 ("CC", stream.weighted([(reasons[0], 5), *((r, 1) for r in reasons[1:])])),
                                 (stream.one(("CC", "MCC")), stream.one(reasons[1:]))])
    levels = {level for level, reason in diagnoses if reason == reasons[0]}
    highest = "with MCC" if "MCC" in levels else "with CC" if levels else "without CC or MCC"
    words = {reasons[0]: ", documented, treated and not excluded"}
    ordinal = ("One", "Another", "The third")
    said = " ".join(f"{ordinal[i]} is {'an' if level == 'MCC' else 'a'} {level}{words.get(reason, ' that ' + reason)}."
                    for i, (level, reason) in enumerate(diagnoses))
    name, years = stream.one(SURNAMES), stream.whole(52, 94)
    stem = (f"The stay of a patient, age {years}, for {stream.one(THREE_TIERS)} at {stream.one(HOSPITALS)} falls into "
            f"an MS-DRG family with three tiers. Coder {name} sees three secondary diagnoses. {said} "
            + stream.one(("Which tier is billed?", "In which tier does the stay belong?")))
    return Draw(stem, *chosen(TIERS, f"The tier {highest}",
                              "What is excluded, ruled out or not diagnosed by a provider does not count. The highest "
                              f"level of the rest gives the tier {highest}."))


def _cause_of_change(stream: Stream) -> Draw:
    """Which of the things that can move an index did."""
    cause = stream.one(tuple(CAUSES)[:3])
    surgical, major = stream.whole(24, 38), stream.whole(18, 32)
    cases = stream.whole(420, 980)
    moved = stream.whole(6, 11)
    later_surgical = surgical + (moved if cause.startswith("The mix") else 0)
    later_major = major + (moved if cause.startswith("The capture") else 0)
    later_cases = cases + stream.whole(15, 90)
    when = ("the last quarter of one fiscal year and the first quarter of the next" if cause.startswith("New") else
            "two quarters of the same fiscal year")
    old = stream.whole(1_400, 1_690)
    stem = (f"At {stream.one(HOSPITALS)} the case-mix index went from {rounded(old, 1000, 3)} to "
            f"{rounded(old + stream.whole(50, 130), 1000, 3)} between {when}. Surgical cases were {surgical}% and then "
            f"{later_surgical}% of discharges. MCCs were on {major}% and then {later_major}% of medical cases. "
            f"Discharges went from {cases} to {later_cases}. "
            + stream.one(("What most likely moved the index?", "What best explains the change?")))
    why = {"The mix": f"Surgical cases are heavier, and their share grew from {surgical}% to {later_surgical}%.",
           "The cap": f"MCCs grew from {major}% to {later_major}% of medical cases, and they raise weights.",
           "New rel": "Mix and capture are the same. The weights change on October 1, between the two quarters."}
    return Draw(stem, *chosen(CAUSES, cause, why[cause[:7]]))


TEMPLATES = makers(
    (Template("t-drg-payment", ("4.8", "4.9"), "application", WEIGHT_TIMES_BASE, WRITTEN), _drg_payment),
    (Template("t-mcc-effect", ("4.8", "4.5"), "application", WEIGHT_TIMES_BASE, WRITTEN), _mcc_effect),
    (Template("t-transfer-per-diem", ("4.9",), "analysis", "42-cfr-412-4-f-1", WRITTEN), _transfer),
    (Template("t-cost-outlier", ("4.9",), "application", "42-cfr-412-80-412-84", WRITTEN), _outlier),
    (Template("t-index-change", ("4.8", "3.3"), "application", INDEX, WRITTEN), _index_change),
    (Template("t-index-after-moves", ("4.8", "4.5"), "analysis", INDEX, WRITTEN), _index_after_moves),
    (Template("t-capture-rate", ("4.8", "6.4"), "application", "ms-drg-severity-tiers", WRITTEN), _capture_rate),
    (Template("t-worth-of-index", ("4.8", "6.4"), "application", INDEX, WRITTEN), _worth_of_index),
    (Template("t-severity-tier", ("4.8", "4.1"), "analysis", "ms-drg-severity-tiers", WRITTEN), _tier),
    (Template("t-cause-of-index-change", ("4.8", "3.3"), "analysis", "case-mix-index-what-moves-it", WRITTEN),
     _cause_of_change),
)
