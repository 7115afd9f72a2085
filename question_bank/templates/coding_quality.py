"""Coding accuracy code over code, and the case-mix index."""

import datetime as dt

from app.world.seed import Stream
from question_bank.templates.drawing import Choice, Draw, Template, makers, percent, rounded

WRITTEN = dt.date(2026, 11, 23)


def _code_accuracy(stream: Stream) -> Draw:
    """Code-over-code accuracy, in percent: codes the coder reported rightly over the auditor's codes."""
    records = stream.whole(20, 40)
    auditor = records * stream.whole(60, 110) // 10
    wrong, omitted, unsupported = stream.whole(3, 12), stream.whole(4, 14), stream.whole(2, 12)
    right = auditor - wrong - omitted
    reported = right + wrong + unsupported
    clean = records - stream.whole(2, 8)
    stem = (f"An auditor's final list for {records} inpatient records has {auditor} codes. The coder reported {right} "
            f"of them correctly, put a wrong code in place of {wrong}, and left out {omitted}. She also reported "
            f"{unsupported} codes that nothing in the records supports. The MS-DRG was right for {clean} records. "
            "What is her code-over-code accuracy, measured against the auditor's codes?")
    return Draw(stem, Choice(
        percent(right, auditor),
        f"Right codes over the auditor's codes: {right} / {auditor} = {percent(right, auditor)}.",
    ), (
        Choice(percent(right, reported),
               f"{right} / {reported} divides by the codes the coder reported, so what she left out does not count."),
        Choice(percent(auditor - omitted, auditor),
               f"{auditor - omitted} / {auditor} takes off only what was left out. A wrong code is an error too."),
        Choice(percent(clean, records),
               f"{clean} / {records} is case-over-case accuracy of the MS-DRG: another measure."),
    ))


def _case_mix_index(stream: Stream) -> Draw:
    """Case-mix index, to two decimals: the sum of relative weights over discharges."""
    # Weights are in hundredths.
    weights = (stream.whole(55, 95), stream.whole(100, 145), stream.whole(160, 260), stream.whole(380, 820))
    counts = (stream.whole(60, 140), stream.whole(40, 110), stream.whole(15, 50), stream.whole(4, 14))
    total = sum(w * n for w, n in zip(weights, counts, strict=True))
    discharges = sum(counts)
    rows = [f"{n} in an MS-DRG of weight {rounded(w, 100, 2)}" for w, n in zip(weights, counts, strict=True)]
    stem = (f"In a month a hospital's Medicare discharges were: {', '.join(rows[:3])} and {rows[3]}. What was the "
            "case-mix index, to two decimals?")
    commonest = weights[max(range(4), key=lambda i: counts[i])]
    return Draw(stem, Choice(
        rounded(total, 100 * discharges, 2),
        f"Each weight times its discharges: {rounded(total, 100, 2)} in all. Divided by {discharges} discharges: "
        f"{rounded(total, 100 * discharges, 2)}.",
    ), (
        Choice(rounded(sum(weights), 400, 2),
               "This is the plain mean of the four weights, as if each had as many discharges."),
        Choice(rounded(commonest, 100, 2), "This is the weight of the commonest MS-DRG, not a mean."),
        Choice(rounded(total - weights[3] * counts[3], 100 * (discharges - counts[3]), 2),
               "This leaves out the heaviest MS-DRG as though it were an outlier. The index takes in all discharges."),
    ))


TEMPLATES = makers(
    (Template("t-code-accuracy", ("4.5", "5.2"), "application",
              "ahima-coding-audit-methods-code-over-code-case-over-case", WRITTEN), _code_accuracy),
    (Template("t-case-mix-index", ("4.8",), "application", "case-mix-index-sum-of-weights", WRITTEN),
     _case_mix_index),
)
