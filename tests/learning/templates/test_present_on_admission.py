"""Indicators, uncertain diagnoses, acquired conditions and queries, decided again from the words of the stem."""

import re

import pytest

from tests.learning.templates.reading import agrees


def indicator(stem):
    if re.search("cannot be clinically", stem):
        return "W"
    if re.search("nobody wrote when|without a word", stem):
        return "U"
    before = re.search("before the order|chronic disease|suspected on admission|observation stay|on arrival", stem)
    return "Y" if before else "N"


def uncertain(stem):
    if "confirmed it" in stem:
        return "As the disease, since it was confirmed"
    if "ruled out" in stem:
        return "Not at all: it was ruled out"
    return "As if the disease were established" if "is an inpatient" in stem else "By the symptoms, as it is uncertain"


def acquired(stem):
    listed = re.search("stage [34]|hip fracture|catheter|sponge", stem)
    letter = re.search(r"indicator ([YNUW])", stem)[1]
    if not listed:
        return "Counted: the condition is not on the list"
    return {"Y": "Counted: it was present on admission", "W": "Counted: W is treated as Y"}.get(
        letter, "Not counted: on the list, with N or U")


def query(stem):
    if re.search("no provider names|without a diagnosis", stem):
        return "Query for the clinical significance of a finding"
    if "nothing tells" in stem:
        return "Query for the present-on-admission status"
    two = len(re.findall("attending|consultant|cardiologist", stem)) > 1
    return "Query to resolve conflicting documentation" if two else "No query: code what is documented"


APART = {"poa-indicator": indicator, "uncertain-diagnosis": uncertain, "hospital-acquired": acquired,
         "query-or-code": query}


@pytest.mark.parametrize("name", APART)
def test_the_key_agrees_with_a_decision_made_apart(name):
    agrees(name, APART[name], None)
