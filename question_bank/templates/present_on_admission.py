"""The present-on-admission indicator, an uncertain diagnosis by setting, and a hospital-acquired condition."""

import datetime as dt

from app.world.seed import Stream
from question_bank.templates.drawing import Choice, Draw, Template, chosen, makers
from question_bank.templates.wording import HOSPITALS, drawn_day, on, person

WRITTEN = dt.date(2026, 11, 25)
INDICATORS = {
    "Y": "Y is for what was there at the time of the order to admit.",
    "N": "N is for what arose after the order to admit.",
    "U": "U is for documentation that leaves it open when no answer can be had from a provider.",
    "W": "W is for a provider's statement that it cannot be clinically determined.",
}
CIRCUMSTANCES = (  # what the record says of a condition, the indicator, why
    ("diagnosed in the emergency department an hour before the order to admit", "Y",
     "What arises in the emergency department before the order counts as present."),
    ("a chronic disease that was first diagnosed during the stay", "Y",
     "A chronic condition was there, though it was found later."),
    ("documented as suspected on admission and confirmed on the third day", "Y",
     "Suspected at admission and confirmed later is present."),
    ("already present in the observation stay that led to the admission", "Y",
     "Observation before the order counts as before admission."),
    ("listed in the patient's history on arrival, and still treated", "Y", "It was there before admission."),
    ("first seen on the fourth day; the skin there was intact on admission", "N", "It arose after admission."),
    ("a reaction to a drug that was begun on the second day of the stay", "N", "It arose after admission."),
    ("from a catheter that was placed on the ward a week after admission", "N", "It arose after admission."),
    ("from a fall out of the hospital bed on the second night", "N", "It arose after admission."),
    ("noted on the second day, and nobody wrote when it began; the attending physician does not answer the query",
     "U",
     "The documentation is insufficient, and the query stays unanswered."),
    ("mentioned only in the discharge summary, without a word on when it began; no provider can be reached", "U",
     "The documentation is insufficient, and nobody can say more."),
    ("found on the second day; asked by query, the physician says it cannot be clinically determined whether it was "
     "present on admission", "W", "The provider says that it cannot be determined clinically."),
    ("of unclear onset; the attending physician documents that it cannot be clinically determined when it began",
     "W", "The provider says that it cannot be determined clinically."),
)
CONDITIONS = ("a pressure ulcer", "a deep vein thrombosis", "a urinary tract infection", "a pneumonia",
              "an acute kidney injury", "a delirium", "a rash", "a hip fracture", "an anemia")
FITTING = {"skin there": ("a pressure ulcer",), "reaction to a drug": ("a rash",), "catheter": ("a bloodstream "
           "infection", "a urinary tract infection"), "fall out": ("a hip fracture", "a wrist fracture"),
           "chronic disease": ("diabetes mellitus", "chronic kidney disease", "hypothyroidism"),
           "listed in": ("atrial fibrillation", "diabetes mellitus", "chronic obstructive lung disease")}
UNCERTAIN = {
    "As if the disease were established": "This is the rule for inpatients whose diagnosis is uncertain at discharge.",
    "By the symptoms, as it is uncertain": "An inpatient's uncertain diagnosis at discharge is coded as established, "
                                           "and a confirmed one always.",
    "As the disease, since it was confirmed": "Nothing confirmed the disease.",
    "Not at all: it was ruled out": "Nobody ruled the disease out.",
}
WORDS = ("probable", "suspected", "likely", "possible")
DISEASES = (("pulmonary embolism", "chest pain"), ("acute cholecystitis", "right upper quadrant pain"),
            ("pneumonia", "cough and fever"), ("diverticulitis", "left lower quadrant pain"),
            ("transient ischemic attack", "dizziness"), ("kidney stone", "flank pain"))
ACQUIRED = {
    "Not counted: on the list, with N or U": "The condition is not on the list, or it counts as present.",
    "Counted: it was present on admission": "It was not present on admission.",
    "Counted: the condition is not on the list": "The condition is on the list.",
    "Counted: W is treated as Y": "W was not assigned here.",
}
ON_LIST = {"a pressure ulcer of stage 3": True, "a pressure ulcer of stage 4": True,
           "a hip fracture from a fall": True, "a catheter-associated urinary tract infection": True,
           "a sponge left in the abdomen": True, "pneumonia": False, "acute kidney injury": False,
           "acute respiratory failure": False}


def _indicator(stream: Stream) -> Draw:
    """Y, N, U or W by what the record says."""
    letter = stream.one(tuple(INDICATORS))
    words, _, why = stream.one([row for row in CIRCUMSTANCES if row[1] == letter])
    fitting = next((names for start, names in FITTING.items() if start in words), CONDITIONS[1:6])
    came = drawn_day(stream, dt.date(2026, 1, 5), 300)
    stem = (f"{person(stream)}, {stream.whole(44, 91)}, is admitted to {stream.one(HOSPITALS)} on {on(came)}. "
            f"Secondary diagnosis: {stream.one(fitting)}, {words}. Which present-on-admission indicator is reported?")
    return Draw(stem, *chosen(INDICATORS, letter, why))


def _uncertain(stream: Stream) -> Draw:
    """How an uncertain diagnosis is coded by setting."""
    number, (disease, symptom) = stream.whole(0, 3), stream.one(DISEASES)
    word, inpatient = stream.one(WORDS), stream.chance(50)
    inpatient = True if number == 0 else False if number == 1 else inpatient
    at_end = {0: f"The final diagnosis reads \"{word} {disease}\".",
              1: f"The final impression reads \"{symptom}, {word} {disease}\".",
              2: f"The first note reads \"{word} {disease}\". A test confirmed it, and the physician documents "
                 f"{disease}.",
              3: f"The first note reads \"{word} {disease}\". The physician closes with \"{symptom}; {disease} ruled "
                 "out\"."}
    place = stream.one(HOSPITALS)
    setting = (f"is an inpatient of {place}" if inpatient else
               f"is seen in the emergency department of {place} and sent home")
    stem = (f"{person(stream)}, {stream.whole(28, 84)}, with {symptom}, {setting}. {at_end[number]} "
            + stream.one((f"How is the {disease} coded?", f"How does the coder report the {disease}?")))
    why = ("Uncertain at the discharge of an inpatient: coded as if established.",
           "Outpatient: coded to the highest degree of certainty, here the symptom.",
           "A confirmed diagnosis is coded in each setting.",
           "What was ruled out is not coded. The symptom is.")[number]
    return Draw(stem, *chosen(UNCERTAIN, tuple(UNCERTAIN)[number], why))


def _acquired(stream: Stream) -> Draw:
    """Whether a secondary diagnosis still counts for payment under the hospital-acquired conditions rule."""
    number = stream.whole(0, 3)
    listed = number != 2
    what = stream.one([name for name, on_list in ON_LIST.items() if on_list == listed])
    letter = {0: stream.one(("N", "U")), 1: "Y", 2: "N", 3: "W"}[number]
    stem = (f"On a Medicare stay of {person(stream)}, {stream.whole(66, 93)}, at {stream.one(HOSPITALS)} the only CC "
            f"or MCC is {what}, reported with the indicator {letter}. The stay is paid under the inpatient prospective "
            "payment system. "
            + stream.one(("Does the condition count for the payment?", "How does the condition affect the MS-DRG "
                "payment?")))
    why = (f"{letter} on a listed condition: it does not raise the payment.",
           "Y: a listed condition that was there counts.", "The rule reaches listed conditions alone.",
           "W counts as Y does.")[number]
    return Draw(stem, *chosen(ACQUIRED, tuple(ACQUIRED)[number], why))


def _query(stream: Stream) -> Draw:
    """Whether a gap in the record is a query, and for what."""
    reasons = {
        "Query for the clinical significance of a finding": "The provider has named what the finding means.",
        "Query for the present-on-admission status": "When it began is clear from the record.",
        "Query to resolve conflicting documentation": "The providers do not contradict each other.",
        "No query: code what is documented": "Something that the code needs is open here.",
    }
    cases = (
        ("potassium of 2.7 is treated with infusions, and no provider names a diagnosis", 0,
         "A treated abnormal finding without a diagnosis is queried, not coded."),
        ("hemoglobin falls to 6.9 and two units of red cells are given, without a diagnosis in the notes", 0,
         "A treated abnormal finding without a diagnosis is queried, not coded."),
        ("a stage 3 pressure ulcer is documented on day 5, and nothing tells whether it was there on arrival", 1,
         "The indicator needs it, and only a provider can say."),
        ("pneumonia appears in the note of day 3, and nothing tells when it began", 1,
         "The indicator needs it, and only a provider can say."),
        ("the attending physician writes systolic heart failure, the cardiologist diastolic heart failure", 2,
         "The attending physician is asked when providers contradict each other."),
        ("the consultant documents acute kidney injury, the attending physician writes that there is none", 2,
         "The attending physician is asked when providers contradict each other."),
        ("the discharge summary has acute on chronic systolic heart failure, present on admission and treated", 3,
         "Kind, acuity and onset are documented. Nothing is to be asked."),
        ("the attending physician documents acute blood loss anemia after surgery and orders two units of red cells", 3,
         "The diagnosis is documented and treated. Nothing is to be asked."),
    )
    words, number, why = stream.one(cases)
    stem = (f"Chart of {person(stream)}, {stream.whole(47, 90)}, discharged from {stream.one(HOSPITALS)} on "
            f"{on(drawn_day(stream, dt.date(2026, 1, 5), 300))}: {words}. "
            + stream.one(("What does the coder do?", "What is the next step in coding?")))
    key, wrong = chosen(reasons, tuple(reasons)[number], why)
    return Draw(stem, key, tuple(Choice(choice.text, choice.why) for choice in wrong))


POA = "icd-10-cm-official-guidelines-fy-2026-appendix-i"
TEMPLATES = makers(
    (Template("t-poa-indicator", ("4.1", "1.1"), "application", POA, WRITTEN), _indicator),
    (Template("t-uncertain-diagnosis", ("4.1",), "application", "icd-10-cm-fy-2026-uncertain-by-setting", WRITTEN),
     _uncertain),
    (Template("t-hospital-acquired", ("4.8", "5.1"), "analysis", "social-security-act-1886-d-4-d-cms-hospital-acquired",
              WRITTEN), _acquired),
    (Template("t-query-or-code", ("4.2",), "analysis", "ahima-acdis-guidelines-achieving-compliant-query-practice-2",
              WRITTEN), _query),
)
