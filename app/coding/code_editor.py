"""What the findings of the grouper and the Medicare Code Editor mean, in our own words."""

from msgspec import Struct


class CodeEdit(Struct, frozen=True):
    """An edit that found something: its name, on how many codes, and what it means."""

    name: str
    count: int
    words: str


_WORDS = {
    "INVALID_CODE": "A code does not exist on the discharge date, or lacks characters.",
    "INVALID_ADMIT_DX": "The admitting diagnosis does not exist on that date.",
    "INVALID_AGE": "The age cannot be right.",
    "INVALID_SEX": "The sex is missing or cannot be right.",
    "INVALID_DISCHARGE_STATUS": "The discharge status is not a known one.",
    "INVALID_DSTAT": "The discharge status is not a known one.",
    "INVALID_PDX": "The principal diagnosis is not a valid code.",
    "INVALID_PRINCIPAL_DIAGNOSIS": "The principal diagnosis is not a valid code.",
    "DX_CANNOT_BE_PDX": "This code cannot stand first: it does not say why the patient was admitted.",
    "DX_INVALID": "Not a valid code on the discharge date.",
    "DUPLICATE_OF_PDX": "The principal diagnosis stands among the secondary ones again.",
    "E_CODE_AS_PDX": "An external cause can never be the principal diagnosis.",
    "MANIFESTATION_AS_PDX": "A manifestation cannot stand first: code the disease that causes it before it.",
    "UNACCEPTABLE_PDX": "This code cannot be the principal diagnosis: it describes circumstances, not an illness.",
    "REQUIRES_SDX": "As principal diagnosis this code needs a certain secondary one beside it.",
    "QUESTIONABLE_ADMISSION": "This diagnosis alone seldom needs an inpatient admission.",
    "QUESTIONABLE_OBSTETRIC_ADMISSION": "A delivery is coded without the code for its outcome.",
    "NONSPECIFIC_PDX": "The principal diagnosis is too unspecific for an inpatient stay.",
    "NONSPECIFIC_OR": "The operation is coded too unspecifically.",
    "AGE_CONFLICT": "A diagnosis does not fit the patient's age.",
    "SEX_CONFLICT": "A code does not fit the patient's sex.",
    "MEDICARE_IS_SECONDARY_PAYER": "Another payer may come before Medicare.",
    "NON_COVERED": "Medicare does not cover this procedure.",
    "LIMITED_COVERAGE": "Medicare covers this procedure only under conditions.",
    "OPEN_BIOPSY": "A biopsy is coded as open: check whether it was done through a needle or scope.",
    "BILATERAL": "The joint procedures together suggest that both sides were operated on: check.",
    "WRONG_PROCEDURE_PERFORMED": "A code says that a wrong procedure was performed.",
    "INCONSISTENT_WITH_LENGTH_OF_STAY": "A code does not fit the length of the stay.",
    "UNSPECIFIED": "A code leaves the side open where the chart should tell it.",
    "HAC_MISSING_ONE_POA": "A present-on-admission indicator is missing on a code that may be hospital-acquired: the "
                           "stay cannot be grouped without it.",
    "HAC_STATUS_INVALID_POA_N_OR_U": "A condition that may be hospital-acquired is marked as not present on admission, "
                                     "or as not known.",
    "INVALID_POA": "A present-on-admission indicator is not a known one.",
    "EXCLUDED": "Does not count as CC or MCC beside this principal diagnosis: it is too closely related to it.",
    "DEATH_EXCLUSION": "Counts as CC or MCC only when the patient was discharged alive.",
}


def plain_words(name: str) -> str:
    """Return what `name` means; a name we do not know is given as words."""
    if name.startswith("LIMITED_COVERAGE"):
        name = "LIMITED_COVERAGE"
    return _WORDS.get(name, name.replace("_", " ").capitalize() + ".")
