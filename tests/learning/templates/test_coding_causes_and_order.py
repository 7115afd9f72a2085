"""Codes by cause, kind and link, found again in the titles of the shipped edition; the order by its own rules."""

import re

import pytest

from question_bank.templates import TEMPLATES
from tests.learning.templates.code_titles import options_are_codes, the_code, titles, word
from tests.learning.templates.reading import agrees

ORGANISM = {"resistant": "methicillin resistant", "susceptible": "methicillin susceptible",
            "coli": r"escherichia coli( \[|$)", "Pseudomonas": "pseudomonas", "Serratia": "serratia",
            "Enterococcus": "enterococcus", "anaerobes": "anaerobes", "Hemophilus": "hemophilus influenzae",
            "Klebsiella": "klebsiella", "group B": "group B$", "Mycoplasma": "mycoplasma",
            "Streptococcus pneumoniae": "streptococcus pneumoniae"}
FIRST = (  # the order of the guidelines: what title leads
    r"^encounter for antineoplastic", r"^sepsis due", r"^poisoning by", r"^human immuno", r"^malignant neoplasm of asc",
    r"^alzheimer", r"^hypertensive heart", r"^type 2 diabetes.*kidney", r"^chronic kidney disease",
    r"^neoplasm related", r"^burn of third", r"^generalized skin", r"",
)


def diabetes(stem):
    begins = word(stem, {"type 1": "E10", "type 2|type not stated": "E11", "pancreatitis": "E08", "steroid": "E09"})
    return the_code(begins, word(stem, {
        "polyneuropathy": "diabetic polyneuropathy", "kidney": "chronic kidney", "gastroparesis": "autonomic",
        "foot ulcer": "foot ulcer", "angiopathy": "without gangrene", "hyperglycemia": "hyperglycemia",
        "hypoglycemia": "hypoglycemia without coma", "cataract": "diabetic cataract"}))


def asthma(stem):
    severity = re.search(r"(mild|moderate|severe) (intermittent|persistent)", stem)
    now = word(stem, {"no exacerbation": "uncomplicated", "acute exacerbation": "exacerbation", "status": "status"})
    return the_code("J45", f"^{severity[0] if severity else 'unspecified'} asthma", now)


def heart_failure(stem):
    kind = word(stem, {r"(?<!and )\bsystolic heart|reduced": "^{}systolic", r"(?<!and )diastolic heart|preserved":
                       "^{}diastolic", "combined": "^{}combined"})
    when = ("unspecified " if "not stated" in stem else "acute on chronic " if "acute on chronic" in stem
            else "acute " if re.search(r"\bacute\b", stem) else "chronic ")
    return the_code("I50", kind.format(when))


def respiratory_failure(stem):
    when = "^acute and chronic" if "acute on chronic" in stem else "^acute resp" if "acute" in stem else "^chronic"
    return the_code("J96", when, word(stem, {
        "is mentioned": "unspecified whether", "failure with hypoxia": "with hypoxia$",
        "failure with hypercapnia": "with hypercapnia$"}))


def pneumonia(stem):
    if "no provider comments" in stem:
        return the_code("J18", "^pneumonia, unspecified organism")
    return the_code("J1", "^pneumonia due to", word(stem, ORGANISM))


def sepsis(stem):
    found = [the_code("A41", "^sepsis due", word(stem, ORGANISM))]
    if "shock" in stem:
        found.append(the_code("R65.2", "with septic shock"))
    if "kidney failure" in stem:
        found += [the_code("R65.2", "without septic shock"), the_code("N17", "^acute kidney failure, unspecified")]
    return ", ".join(found)


def hypertension(stem):
    heart, kidney = "heart failure" in stem, "kidney disease" in stem or "renal" in stem
    if "due to lupus" in stem or not (heart or kidney):
        return the_code("I10", "hypertension")
    if not kidney:
        return the_code("I11", "with heart failure")
    far = "stage 5" in stem or "end-stage" in stem
    late = "with( stage 5 chronic|.* and with stage 5)" if far else "with.* stage 1"
    return the_code("I13", "disease with heart failure", late) if heart else the_code("I12", late)


def sequence(item):
    """Order the codes of the key by the rule, whatever order they were written in."""
    pair = next(option.text for option in item.options if option.correct).split(", ")
    def rank(code):
        return next(i for i, pattern in enumerate(FIRST) if re.search(pattern, titles()[code], re.IGNORECASE))
    return ", ".join(sorted(pair, key=rank))


SEQUENCED = {  # words of the record: what the titles of both codes have
    "urinary": ("sepsis due to esch", "urinary tract infection"), "pneumonia due": ("sepsis due to pse", "pneumonia"),
    "treatment of anemia": ("neoplasm of asc", "anemia in neo"), "chemotherapy": ("encounter for", "neoplasm of asc"),
    "Seen for anemia": ("chronic kidney disease, stage 4", "anemia in chronic kidney"),
    "Alzheimer": ("alzheimer", "dementia in other"), "rash": ("skin eruption", "adverse effect of sulf"),
    "oxycodone": ("poisoning by other opioids, acc", "unspecified coma"), "HIV": ("immunodeficiency", "pneumocystosis"),
    "metastases": ("neoplasm related pain", "secondary.*bone"), "burn": ("third degree of right thigh", "second.*knee"),
    "diastolic": ("hypertensive heart disease with", "^acute diastolic"),
    "stage 3a": ("type 2.*chronic kidney", "stage 3a"),
}
APART = {"code-diabetes": diabetes, "code-asthma": asthma, "code-heart-failure": heart_failure,
         "code-respiratory-failure": respiratory_failure, "code-pneumonia": pneumonia, "code-sepsis": sepsis,
         "code-hypertension": hypertension, "code-sequence": None}


@pytest.mark.parametrize("name", [name for name, calculate in APART.items() if calculate])
def test_the_key_agrees_with_the_titles_of_the_edition(name):
    agrees(name, APART[name], None)


def test_the_codes_of_a_sequence_say_what_is_documented_and_the_rule_puts_them_in_order():
    for i in range(1_000):
        item = TEMPLATES["code-sequence"](f"class-{i}")
        key = next(option.text for option in item.options if option.correct)
        wanted = word(item.stem, SEQUENCED)
        assert all(re.search(pattern, titles()[code], re.IGNORECASE)
                   for pattern, code in zip(wanted, key.split(", "), strict=True)), item.stem
        assert key == sequence(item)


@pytest.mark.parametrize("name", APART)
def test_also_the_codes_written_by_mistake_are_in_the_edition(name):
    assert all(options_are_codes(TEMPLATES[name](f"class-{i}")) for i in range(200))
