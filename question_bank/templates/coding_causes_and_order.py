"""A phrase of a record is coded: cause, kind, severity and link of a disease, and which of two codes comes first.

The tables hold what each word of the record gives. ICD-10-CM as of April 2026.
"""

import datetime as dt

from app.world.seed import Stream
from question_bank.templates.coding_sites_and_stages import asked, code_draw, note
from question_bank.templates.drawing import Choice, CodeDraw, Draw, Template, makers
from question_bank.templates.wording import HOSPITALS, begin, person

WRITTEN = dt.date(2026, 11, 25)

DIABETES = {  # what the record says of its kind: category, and why
    "type 1 diabetes mellitus": ("E10", "Type 1 is E10."),
    "type 2 diabetes mellitus": ("E11", "Type 2 is E11."),
    "type 2 diabetes mellitus, on insulin for years": ("E11", "Insulin does not make it type 1: E11."),
    "diabetes mellitus on insulin, type not stated": ("E11", "If the type is not documented, the default is type 2."),
    "diabetes mellitus due to chronic pancreatitis": ("E08", "Due to an underlying condition is E08."),
    "diabetes mellitus caused by long-term steroid use": ("E09", "Caused by a drug is E09."),
}
COMPLICATIONS = {
    "polyneuropathy": "42", "chronic kidney disease": "22", "gastroparesis from autonomic neuropathy": "43",
    "a foot ulcer": "621", "peripheral angiopathy without gangrene": "51", "hyperglycemia": "65",
    "hypoglycemia without coma": "649", "a cataract": "36",
}
ASTHMA = {"mild intermittent": "J45.2", "mild persistent": "J45.3", "moderate persistent": "J45.4",
          "severe persistent": "J45.5", "": "J45.90"}
ASTHMA_NOW = {"no exacerbation": 0, "in acute exacerbation": 1, "with status asthmaticus": 2}
FAILURE_KINDS = {"systolic heart failure": "2", "heart failure with reduced ejection fraction": "2",
                 "diastolic heart failure": "3", "heart failure with preserved ejection fraction": "3",
                 "combined systolic and diastolic heart failure": "4"}
FAILURE_TIMES = {"acute": "1", "chronic": "2", "acute on chronic": "3", "": "0"}
RESPIRATORY_TIMES = {"acute": "0", "chronic": "1", "acute on chronic": "2"}
RESPIRATORY_KINDS = {"with hypoxia": "1", "with hypercapnia": "2", "": "0"}
PNEUMONIA = {
    "Klebsiella pneumoniae": "J15.0", "Pseudomonas": "J15.1",
    "methicillin-resistant Staphylococcus aureus": "J15.212",
    "methicillin-susceptible Staphylococcus aureus": "J15.211",
    "group B streptococcus": "J15.3", "Escherichia coli": "J15.5", "Mycoplasma pneumoniae": "J15.7",
    "Streptococcus pneumoniae": "J13", "Hemophilus influenzae": "J14",
}
SEPSIS = {"methicillin-resistant Staphylococcus aureus": "A41.02",
          "methicillin-susceptible Staphylococcus aureus": "A41.01", "Escherichia coli": "A41.51",
          "Pseudomonas": "A41.52", "Serratia": "A41.53", "Enterococcus": "A41.81", "anaerobes": "A41.4",
          "Hemophilus influenzae": "A41.3"}
DYSFUNCTION = {"acute kidney failure due to the sepsis": "R65.20",
               "septic shock": "R65.21", "no organ dysfunction": ""}
SEQUENCES = (  # what is documented: first code, second code, why, the two other answers
    ("Admitted with sepsis due to E. coli and a urinary tract infection, both present on admission",
     "A41.51", "N39.0", "A systemic infection comes before the localized one when both are present on admission.",
     "R65.20, A41.51", "N39.0, B96.20"),
    ("Admitted with sepsis due to Pseudomonas and pneumonia due to Pseudomonas, both present on admission",
     "A41.52", "J15.1", "A systemic infection comes before the localized one when both are present on admission.",
     "R65.20, A41.52", "J15.1, B96.5"),
    ("Admitted for treatment of anemia in cancer of the ascending colon; only the anemia is treated",
     "C18.2", "D63.0", "For anemia in a malignancy the malignancy comes first, though the anemia brought the patient.",
     "D64.9, C18.2", "D63.0, D64.81"),
    ("Seen only for chemotherapy for cancer of the ascending colon",
     "Z51.11", "C18.2", "An encounter solely for chemotherapy leads with Z51.11.", "C18.2, Z85.038", "Z51.11, Z85.038"),
    ("Seen for anemia in chronic kidney disease, stage 4",
     "N18.4", "D63.1", "D63.1 has the instruction to code the kidney disease first.", "D64.9, N18.4", "N18.9, D64.9"),
    ("Followed for dementia in Alzheimer's disease, severity not stated, without behavioral disturbance",
     "G30.9", "F02.80", "The cause comes first, its manifestation second.", "F03.90, G30.9", "F02.80, F03.90"),
    ("Seen for a generalized drug rash after a sulfonamide that was taken as prescribed",
     "L27.0", "T37.0X5A", "In an adverse effect the reaction comes first, then the drug.", "T37.0X1A, L27.0",
     "L27.0, T37.0X6A"),
    ("Brought in after taking somebody else's oxycodone by mistake; coma documented",
     "T40.2X1A", "R40.20", "In a poisoning the drug comes first, then its effect.", "R40.20, T40.2X5A", "T40.2X5A, "
         "R40.20"),
    ("Admitted with Pneumocystis pneumonia; the patient has HIV disease",
     "B20", "B59", "Admission for a condition related to HIV leads with B20.", "Z21, B59", "B59, Z21"),
    ("Admitted for control of pain from bone metastases; only the pain is treated",
     "G89.3", "C79.51", "When the visit is for control of the pain, G89.3 comes first.", "G89.18, C79.51",
     "C79.51, G89.18"),
    ("Treated today: a third-degree burn of the right thigh and a second-degree burn of the right knee",
     "T24.311A", "T24.221A", "The burn of the highest degree comes first.", "T24.301A, T24.221A", "T24.221A, T24.301A"),
    ("Admitted with acute diastolic heart failure in a patient with hypertension",
     "I11.0", "I50.31", "I50 has the instruction to code heart failure due to hypertension first.", "I10, I50.31",
     "I50.31, I10"),
    ("Seen for chronic kidney disease, stage 3a, in type 2 diabetes",
     "E11.22", "N18.31", "N18 has the instruction to code diabetic kidney disease first.", "E11.9, N18.31",
     "N18.31, E11.9"),
)


def _diabetes(stream: Stream) -> CodeDraw:
    """Kind of diabetes and its complication in one code."""
    kind, (category, why) = stream.one(tuple(DIABETES.items()))
    what, digits = stream.one(tuple(COMPLICATIONS.items()))
    wrong = "E10" if category != "E10" else "E11"
    words = stream.one((f"{kind}, with {what}", f"{what}; {kind}"))
    return code_draw(
        f"{note(stream, words, 34, 86)} Nothing says that they are unrelated. "
        f"{asked(stream, 'the diabetes with its complication')}",
        f"{category}.{digits}", f"{why} The link to {what} is presumed: {category}.{digits}.",
        (f"{wrong}.{digits}", "This is another kind of diabetes than the record gives."),
        (f"{category}.9", "A complication is documented, and \"with\" presumes the link."),
        (f"{category}.8", "The complication is named, so it is not unspecified."),
        (f"E13.{digits}", "Other specified diabetes is for kinds that no other category has."),
    )


def _asthma(stream: Stream) -> CodeDraw:
    """Severity and present state of asthma."""
    severity, start = stream.one(tuple(ASTHMA.items()))
    now, digit = stream.one(tuple(ASTHMA_NOW.items()))
    def code(of: str, state: int) -> str:
        return f"{of}{state}" if of != "J45.90" else of + ("9", "1", "2")[state]
    words = f"{severity} asthma, {now}" if severity else f"asthma, {now}; no severity given"
    return code_draw(
        f"{note(stream, words, 6, 71)} {asked(stream, 'the asthma')}", code(start, digit),
        f"{begin(severity) if severity else 'Unspecified'} asthma is {start}, and the last character says: {now}.",
        (code("J45.90", digit), "The severity is documented."),
        (code(start, (digit + 1) % 3), "This is another state than the record has."),
        (code(start, (digit + 2) % 3), "Status asthmaticus, exacerbation and neither have a character each."),
        (code("J45.4" if start != "J45.4" else "J45.3", digit), "This is another severity."),
    )


def _heart_failure(stream: Stream) -> CodeDraw:
    """Kind and acuity of heart failure without hypertension."""
    kind, five = stream.one(tuple(FAILURE_KINDS.items()))
    when, six = stream.one(tuple(FAILURE_TIMES.items()))
    words = f"{when} {kind}".strip() + ("" if when else ", acuity not stated")
    return code_draw(
        f"{note(stream, words, 44, 91)} There is no hypertension and no kidney disease. "
        f"{asked(stream, 'the heart failure')}",
        f"I50.{five}{six}", f"I50.{five} is the kind"
        + (" (reduced ejection fraction is systolic, preserved is diastolic)" if "fraction" in kind else "")
        + f", {six} the time.",
        ("I50.9", "The kind is documented."),
        (f"I50.{'3' if five == '2' else '2'}{six}", "This is another kind. Reduced ejection fraction is systolic, "
                                                    "preserved is diastolic."),
        (f"I50.{five}0", "The acuity is documented."),
        (f"I50.{five}{'3' if six != '3' else '1'}", "This is another acuity."),
    )


def _respiratory_failure(stream: Stream) -> CodeDraw:
    """Acuity of respiratory failure, and hypoxia or hypercapnia."""
    when, four = stream.one(tuple(RESPIRATORY_TIMES.items()))
    kind, five = stream.one(tuple(RESPIRATORY_KINDS.items()))
    words = (f"{when} respiratory failure {kind}".strip()
             + ("" if kind else "; neither hypoxia nor hypercapnia is mentioned"))
    return code_draw(
        f"{note(stream, words, 38, 90)} {asked(stream, 'the respiratory failure')}", f"J96.{four}{five}",
        f"J96.{four} is {when}; the last character is {five}.",
        (f"J96.9{five}", "The acuity is documented."),
        (f"J96.{four}{'1' if five != '1' else '0'}", "Hypoxia is documented." if five == "1" else
         "Hypoxia is not documented here."),
        (f"J96.{'2' if four != '2' else '0'}{five}", "This is another acuity."),
        ("J80", "Respiratory distress syndrome is another diagnosis."),
    )


def _pneumonia(stream: Stream) -> CodeDraw:
    """Organism of a pneumonia as the provider documents it."""
    organism, code = stream.one(tuple(PNEUMONIA.items()))
    linked = stream.chance(65)
    words = (f"pneumonia due to {organism}" if linked else
             f"pneumonia, organism not determined. A sputum culture grew {organism}; no provider comments on it")
    return code_draw(
        f"{note(stream, words, 29, 90)} {asked(stream, 'the pneumonia as it is documented')}",
        code if linked else "J18.9",
        f"The provider names the organism: {code}." if linked else
        "A laboratory finding that no provider links is not coded: J18.9, and perhaps a query.",
        ("J18.9", "The provider names the organism."),
        (code, "The culture alone does not make the diagnosis. A provider must link the organism."),
        ("J15.9", "This is for bacterial pneumonia whose organism is unspecified."),
        ("J15.8", "This is for organisms that are named and have no code of their own."),
    )


def _sepsis(stream: Stream) -> Draw:
    """Sepsis by organism, and severe sepsis by a dysfunction that is documented as due to it."""
    organism, code = stream.one(tuple(SEPSIS.items()))
    what, severe = stream.one(tuple(DYSFUNCTION.items()))
    kidney = what.startswith("acute kidney")
    right = ", ".join([code, *([severe] if severe else []), *(["N17.9"] if kidney else [])])
    answers = {
        right: "",
        code if severe else f"{code}, R65.20": "An organ dysfunction due to the sepsis makes it severe: R65.2 is added."
        if severe else "R65.20 needs an acute organ dysfunction due to the sepsis.",
        (f"{severe}, {code}" if severe else f"R65.20, {code}"): "R65.2 is never first. The systemic infection leads.",
        f"A41.9{', ' + severe if severe else ''}": "The organism is documented.",
        f"{code}, R65.21": "Septic shock is not documented.",
    }
    stem = (f"{note(stream, f'sepsis due to {organism}, present on admission, {what}', 29, 90)} Which codes are "
            "assigned, and in which order?")
    said = f"The systemic infection by its organism, {code}" + (f", then {severe}" if severe else " alone") + (
        ", then the dysfunction, N17.9." if kidney else ".")
    wrong = tuple(Choice(text, why) for text, why in answers.items() if text != right)[:3]
    named = sorted({part for text in (right, *(choice.text for choice in wrong)) for part in text.split(", ")})
    return Draw(stem, Choice(right, said), wrong, codes=tuple(named))


def _hypertension(stream: Stream) -> Draw:
    """The first code for hypertension with heart failure, kidney disease, both or neither."""
    heart, kidney = stream.chance(50), stream.one(("", "stage 2", "stage 3b", "stage 4", "stage 5", "end stage"))
    apart = bool(kidney) and not heart and stream.chance(25)
    high = kidney in ("stage 5", "end stage")
    if apart or not (heart or kidney):
        right = "I10"
    elif not kidney:
        right = "I11.0"
    else:
        right = {(False, False): "I12.9", (False, True): "I12.0", (True, False): "I13.0", (True, True): "I13.2"}[
            heart, high]
    others = [*(["heart failure"] if heart else []),
              *([f"chronic kidney disease, {kidney}" if kidney != "end stage" else "end-stage renal disease"]
                if kidney else [])]
    said = " and ".join(["hypertension", *others]) if others else "hypertension; heart and kidneys are healthy"
    link = (" The provider adds that the kidney disease is due to lupus and not to hypertension." if apart else
            " Nothing says that they are unrelated." if others else "")
    stem = (f"{note(stream, said, 44, 92)}{link} Which code is assigned for the hypertension?")
    wrong = {"I10": "I10 is for hypertension without heart failure or kidney disease that is linked to it.",
             "I11.0": "I11.0 has no room for the kidneys, and it needs heart failure.",
             "I12.9": "I12.9 is for kidney disease to stage 4, without heart failure.",
             "I12.0": "I12.0 is for kidney disease of stage 5 or end stage, without heart failure.",
             "I13.0": "I13.0 needs heart failure and kidney disease to stage 4.",
             "I13.2": "I13.2 needs heart failure and kidney disease of stage 5 or end stage."}
    likely = {"I10": ("I12.9", "I11.0", "I12.0", "I13.0"), "I11.0": ("I10", "I13.0", "I12.9"),
              "I12.9": ("I10", "I12.0", "I13.0"), "I12.0": ("I12.9", "I10", "I13.2"),
              "I13.0": ("I11.0", "I12.9", "I13.2"), "I13.2": ("I13.0", "I12.0", "I11.0")}[right][:3]
    why = {"I10": "The provider denies the link: I10." if apart else "Neither heart nor kidneys are involved: I10."}
    return Draw(stem, Choice(right, why.get(right, f"The link is presumed. {right} says which organs, and how far.")),
                tuple(Choice(code, wrong[code]) for code in likely), codes=(right, *likely))


def _sequence(stream: Stream) -> Draw:
    """Which of two codes comes first."""
    words, first, second, why, third, fourth = stream.one(SEQUENCES)
    stem = (f"The record of {person(stream)}, age {stream.whole(38, 84)}, at {stream.one(HOSPITALS)} says: {words}. "
            + stream.one(("Which codes are assigned, and in which order?", "How are the codes sequenced?",
                          "Which two codes are assigned, in order?")))
    pair = f"{first}, {second}"
    wrong = (Choice(f"{second}, {first}", "These are the codes, but the other way round."),
             Choice(third, "One of these codes does not match the documentation."),
             Choice(fourth, "One of these codes does not match the documentation."))
    codes = sorted({code for text in (pair, third, fourth) for code in text.split(", ")})
    return Draw(stem, Choice(pair, why), wrong, codes=tuple(codes))


TABULAR = "icd-10-cm-fy-2026-tabular"
TEMPLATES = makers(
    (Template("t-code-diabetes", ("4.1",), "application", "icd-10-cm-fy-2026-diabetes", WRITTEN), _diabetes),
    (Template("t-code-asthma", ("4.1",), "application", TABULAR, WRITTEN), _asthma),
    (Template("t-code-heart-failure", ("4.1",), "application", TABULAR, WRITTEN), _heart_failure),
    (Template("t-code-respiratory-failure", ("4.1",), "application", TABULAR, WRITTEN), _respiratory_failure),
    (Template("t-code-pneumonia", ("4.1", "4.2"), "analysis", "icd-10-cm-official-guidelines-fy-2026-section-iii-b",
              WRITTEN), _pneumonia),
    (Template("t-code-sepsis", ("4.1",), "analysis", "icd-10-cm-fy-2026-sepsis", WRITTEN), _sepsis),
    (Template("t-code-hypertension", ("4.1",), "analysis", "icd-10-cm-official-guidelines-fy-2026-section-i-c-9-3",
              WRITTEN), _hypertension),
    (Template("t-code-sequence", ("4.1",), "analysis", "icd-10-cm-fy-2026-sequence", WRITTEN), _sequence),
)
