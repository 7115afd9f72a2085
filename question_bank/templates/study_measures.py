"""Measures of tests and studies: sensitivity, predictive value, relative risk, odds ratio, number needed to treat."""

import datetime as dt

from app.world.seed import Stream
from question_bank.templates.drawing import Choice, Draw, NumberDraw, Template, makers, percent, rounded, three
from question_bank.templates.wording import HOSPITALS, sheet, table

WRITTEN = dt.date(2026, 11, 25)
SCREENING = "cdc-guidelines-evaluating-public-health-surveillance-systems"
RISK = "cdc-principles-epidemiology-public-health-practice-lesson-3"
DESIGN = "cdc-principles-epidemiology-public-health-practice-lesson-1"
NEEDED = "number-needed-to-treat"
FINDERS = (
    ("A search of notes for the word “sepsis”", "sepsis"),
    ("A software flag for pressure injuries", "a pressure injury"),
    ("A code-based case definition of stroke", "a stroke"),
    ("A screening questionnaire for depression", "depression"),
    ("An alert for falls with injury", "a fall with injury"),
    ("A casefinding program of the cancer registry", "a reportable cancer"),
    ("A prompt for malnutrition", "malnutrition"),
)
EXPOSURES = (
    ("worked with solvents", "did not work with solvents", "liver disease"),
    ("smoked", "never smoked", "bladder cancer"),
    ("worked nights", "worked days only", "high blood pressure"),
    ("worked with asbestos", "never worked with asbestos", "lung cancer"),
    ("took the drug daily", "never took the drug", "kidney disease"),
    ("lived near the plant", "lived far from the plant", "asthma"),
)
PROGRAMS = ("discharge program", "transition clinic", "heart failure clinic", "telephone follow-up program")
RETURNS = ("readmitted within 30 days", "back in the emergency department within 30 days", "readmitted within 90 days")


def _fourfold(stream: Stream) -> tuple[int, int, int, int]:
    """Return true and false positives, false and true negatives."""
    ill, well = stream.whole(40, 140), stream.whole(200, 700)
    found, false = ill * stream.whole(62, 94) // 100, well * stream.whole(4, 17) // 100
    return found, false, ill - found, well - false


def _sensitivity(stream: Stream) -> Draw:
    """Sensitivity or specificity, as drawn."""
    found, false, missed, clear = _fourfold(stream)
    finder, illness = stream.one(FINDERS)
    wants = stream.one(("sensitivity", "specificity"))
    stem = (f"{finder} is checked against full review of {found + false + missed + clear} records for {illness}. "
            f"What is its {wants}?") + sheet(
        stream, f"{found} flagged who had it", f"{missed} not flagged who had it",
        f"{false} flagged who did not have it", f"{clear} not flagged who did not have it")
    rates = {
        "sensitivity": Choice(percent(found, found + missed), f"Of those who had it, the share flagged: {found} / "
        f"({found} + {missed}) = {percent(found, found + missed)}: the sensitivity."),
        "specificity": Choice(percent(clear, clear + false), "Of those who did not have it, the share not flagged: "
                                                             f"{clear} / ({clear} + {false}) = "
                                                             f"{percent(clear, clear + false)}: the specificity."),
    }
    key = rates.pop(wants)
    return Draw(stem, key, three(
        key, *rates.values(),
        Choice(percent(found, found + false), f"{found} / ({found} + {false}) is the positive predictive value: its "
                                              f"denominator is those flagged."),
        Choice(percent(clear, clear + missed), f"{clear} / ({clear} + {missed}) is the negative predictive value."),
    ))


def _predictive_value(stream: Stream) -> Draw:
    """Positive predictive value: of those flagged, the share that has it."""
    found, false, missed, clear = _fourfold(stream)
    finder, _ = stream.one(FINDERS)
    stem = f"How far can a flag be trusted? {finder} was tried at {stream.one(HOSPITALS)}. " + stream.one((
        "What is its positive predictive value?", "Of the flags that staff follow up, what share is right?",
        "A flagged record is opened. How likely is it, by these figures, that the patient has it?"))
    stem += table("Records by flag", ("", "had it", "did not", "all"), (
        ("flagged", found, false, found + false), ("not flagged", missed, clear, missed + clear)))
    total = found + false + missed + clear
    key = Choice(percent(found, found + false), f"Of all flagged, those who had it: {found} / ({found} + {false}) = "
                                                f"{percent(found, found + false)}.")
    return Draw(stem, key, three(
        key,
        Choice(percent(found, found + missed), "This is the sensitivity: of those who had it, the share flagged."),
        Choice(percent(found + clear, total), "This is the share of all records judged rightly, flagged or not."),
        Choice(percent(clear, clear + missed), "This is the negative predictive value: how far a record without a flag "
                                               "can be trusted."),
    ))


def _false_alarms(stream: Stream) -> NumberDraw:
    """How many of those flagged are well, from prevalence, sensitivity and specificity."""
    tested = stream.whole(2, 6) * 10_000
    prevalence, sensitivity, specificity = stream.whole(2, 10), stream.whole(80, 96), stream.whole(85, 95)
    well = tested * (100 - prevalence) // 100
    false = well * (100 - specificity) // 100
    stem = (
        f"{stream.one(('A screening program', 'A statewide program', 'A regional campaign', 'A large health plan'))} "
        f"is to test {tested:,} people for a disease that {prevalence}% of them have. The test has a sensitivity of "
        f"{sensitivity}% and a specificity of {specificity}%. " + stream.one((
                "How many people without the disease will test positive?", "How many false positives are to be "
                    "expected?")))
    return NumberDraw(stem, str(false), "people", (
        f"Without the disease: {100 - prevalence}% of {tested:,} = {well:,}. Of them {100 - specificity}% test "
        f"positive: {false:,}. Taking {100 - specificity}% of all {tested:,} counts those with the disease as well; "
        "the sensitivity says nothing about those without it."))


def _relative_risk(stream: Stream) -> Draw:
    """Relative risk of a cohort: risk of the exposed over that of the others."""
    yes, no, illness = stream.one(EXPOSURES)
    exposed, others = stream.whole(150, 600), stream.whole(200, 900)
    risk = stream.whole(3, 9)
    sick_others = max(4, others * risk // 100)
    sick = exposed * risk * stream.whole(16, 32) // 1000
    stem = (f"A study follows people for five years. Of {exposed} who {yes}, {sick} developed {illness}; of "
            f"{others} who {no}, {sick_others} did. "
            + stream.one(("What is the relative risk, to two decimals?", "To two decimals, how many times the risk "
                "of the "
                "others is that of the exposed (relative risk)?")))
    ratio = rounded(sick * others, exposed * sick_others, 2)
    key = Choice(ratio, f"({sick} / {exposed}) / ({sick_others} / {others}) = {ratio}.")
    return Draw(stem, key, three(
        key,
        Choice(rounded(sick * (others - sick_others), (exposed - sick) * sick_others, 2),
               "This is the odds ratio: it divides the ill by the well."),
        Choice(rounded(sick, sick_others, 2), "This divides the numbers of the ill, although the groups differ in "
                                              "size."),
        Choice(rounded(exposed * sick_others, sick * others, 2), "This is upside down: the risk of those not exposed "
                                                                 "over that of the exposed."),
    ))


def _odds_ratio(stream: Stream) -> Draw:
    """Odds ratio of a case-control study: the cross product."""
    yes, no, illness = stream.one(EXPOSURES)
    cases, controls = stream.whole(60, 180), stream.whole(120, 360)
    exposed, exposed_controls = cases * stream.whole(38, 66) // 100, controls * stream.whole(15, 33) // 100
    stem = (f"A case-control study compares {cases} patients with {illness} and {controls} without. Of the cases "
            f"{exposed} {yes}, and {cases - exposed} {no}; of the controls {exposed_controls} {yes}, and "
            f"{controls - exposed_controls} {no}. What is the odds ratio, to two decimals?")
    a, b, c, d = exposed, exposed_controls, cases - exposed, controls - exposed_controls
    key = Choice(rounded(a * d, b * c, 2), f"Cross product: ({a} × {d}) / ({b} × {c}) = {rounded(a * d, b * c, 2)}.")
    return Draw(stem, key, three(
        key,
        Choice(rounded(a * (c + d), c * (a + b), 2), "This is a relative risk. The sizes of the groups were chosen, so "
                                                     "that no risk can be taken from them."),
        Choice(rounded(a * controls, b * cases, 2), "This divides the shares exposed, not the odds."),
        Choice(rounded(b * c, a * d, 2), "The cross product is upside down."),
    ))


def _needed_to_treat(stream: Stream) -> Draw:
    """Number needed to treat: one over the difference of the risks, rounded up."""
    treated, usual = stream.whole(60, 120), stream.whole(140, 260)  # tenths of a percent
    better = usual - treated
    needed = -(-1000 // better)
    place, program, event = stream.one(HOSPITALS), stream.one(PROGRAMS), stream.one(RETURNS)
    stem = (f"At {place}, {rounded(treated, 10, 1)}% of patients in a new {program} were {event}, against "
            f"{rounded(usual, 10, 1)}% with usual care. "
            "How many patients must be in the program to prevent one such return (number needed to treat, rounded up)?")
    key = Choice(str(needed), f"The difference is {rounded(usual, 10, 1)}% − {rounded(treated, 10, 1)}% = "
                              f"{rounded(better, 10, 1)}%. 1 / {rounded(better, 1000, 3)} = "
                              f"{rounded(1000, better, 1)}, rounded up to {needed}.")
    return Draw(stem, key, three(
        key,
        Choice(str(-(-1000 // treated)), "This is one over the risk in the program, without comparing."),
        Choice(str(-(-1000 // usual)), "This is one over the risk with usual care, without comparing."),
        Choice(str(-(-100 * better // usual)), "This is the relative reduction of the risk in percent, not a number of "
                                               "patients."),
    ))


def _fitting_measure(stream: Stream) -> Draw:
    """Which measure a study of a drawn design can give."""
    yes, no, illness = stream.one(EXPOSURES)
    year, number = stream.whole(3, 9), stream.whole(120, 480)
    designs = {
        "Relative risk": f"The study enrolls {number} people who {yes} and {number} who {no}, all free of {illness}, "
        f"and follows them for {year} years.",
        "Odds ratio": f"The study takes {number} patients with {illness} from a registry and {number} people without, "
        f"and asks which of them {yes} in the last {year} years.",
        "Prevalence": f"The study asks {number} residents on one day in {2015 + year} whether they have {illness}, and "
        f"follows nobody.",
        "Case fatality": f"The study takes {number} patients with new {illness} and counts how many died of it "
                         f"within {year} years.",
    }
    whys = {
        "Relative risk": "It needs risks: people who are followed from before the disease, exposed and not exposed.",
        "Odds ratio": "It compares the odds of exposure between cases and controls, whose numbers the study chose.",
        "Prevalence": "It is the share that has the disease at one time, in a sample of all.",
        "Case fatality": "It is the share of the cases that dies of the disease.",
    }
    measure = stream.one(tuple(designs))
    stem = designs[measure] + stream.one((" Which measure can be worked out directly from it?",
                                          " Which measure does this design give?"))
    return Draw(stem, Choice(measure, whys[measure]), tuple(
        Choice(name, why + " This study is designed otherwise.") for name, why in whys.items() if name != measure))


TEMPLATES = makers(
    (Template("t-sensitivity-specificity", ("3.3",), "application", SCREENING, WRITTEN), _sensitivity),
    (Template("t-predictive-value", ("3.3", "3.2"), "analysis", SCREENING, WRITTEN), _predictive_value),
    (Template("t-false-positives", ("3.3",), "analysis", SCREENING, WRITTEN), _false_alarms),
    (Template("t-relative-risk", ("3.3",), "application", RISK, WRITTEN), _relative_risk),
    (Template("t-odds-ratio", ("3.3",), "application", RISK, WRITTEN), _odds_ratio),
    (Template("t-number-needed", ("3.3", "5.1"), "application", NEEDED, WRITTEN), _needed_to_treat),
    (Template("t-fitting-measure", ("3.3",), "application", DESIGN, WRITTEN), _fitting_measure),
)
