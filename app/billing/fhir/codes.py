"""Which code system a code belongs to. Titles are our own words, so they stand as text and not as a display."""

import re

from app.billing.fhir import systems
from app.billing.fhir.elements import Element, coding, concept

_HCPCS = re.compile(r"[A-V][0-9]{4}")  # Level II is A to V (CMS); the local codes of Z ended in 2003
_TRAINING = re.compile(r"Z[0-9]{4}")


def diagnosis_concept(code: str, title: str = "") -> Element:
    """Return an ICD-10-CM code, with its dot."""
    return concept(systems.ICD_10_CM, code, text=title)


def procedure_concept(code: str, title: str = "") -> Element:
    """Return an ICD-10-PCS code."""
    return concept(systems.ICD_10_PCS, code, text=title)


def service_concept(code: str, title: str = "") -> Element:
    """Return a service: HCPCS Level II, or one of our training codes. What is neither stands as text alone."""
    if _HCPCS.fullmatch(code):
        return concept(systems.HCPCS, code, text=title)
    if _TRAINING.fullmatch(code):
        return concept(systems.TRAINING, code, text=f"{title} (training code)" if title else "Training code")
    return {"text": code}


def modifier_concept(code: str) -> Element:
    """Return a modifier. Those with a letter first are HCPCS Level II."""
    return {"coding": [coding(systems.HCPCS if code[:1].isalpha() else systems.MODIFIER, code)]}
