"""Questions whose numbers are drawn: each template is a function `make(seed) -> Item`, named here."""

from collections.abc import Callable

from app.learning.items import Item
from question_bank.templates.coding_quality import make_case_mix_index, make_code_accuracy
from question_bank.templates.hospital_statistics import make_length_of_stay, make_occupancy
from question_bank.templates.patient_accounts import make_days_receivable, make_patient_share

TEMPLATES: dict[str, Callable[[str], Item]] = {
    "case-mix-index": make_case_mix_index,
    "code-accuracy": make_code_accuracy,
    "days-receivable": make_days_receivable,
    "length-of-stay": make_length_of_stay,
    "occupancy": make_occupancy,
    "patient-share": make_patient_share,
}
