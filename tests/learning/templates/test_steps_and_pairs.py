"""Orders and matches, decided again by rules that read the words of each step and case."""

import re

import pytest

from question_bank.templates import TEMPLATES
from tests.learning.templates.reading import SEEDS

RANKS = {  # one word of each step, in the order of the work
    "order-claim": ["coverage", "authorization", "document", "charges", "edits", "Send", "acknowledgment", "remittance",
                    "share"],
    "order-release": ["Log", "valid", "identifiers", "covers", "protected", "agreed", "Record"],
    "order-appeal": ["Redetermination", "Reconsideration", "judge", "Council", "court"],
    "order-breach": ["leak", "seen", "factors", "Decide", "writing", "yearly"],
    "order-buying": ["need", "information", "proposals.to", "Score", "demonstrations", "contract", "live"],
}


def who_pays(text):
    return {"PR": "The patient", "CO": "The hospital", "OA": "Nobody: another payer has dealt with it"}[text[-2:]]


def action(text):
    for pattern, name in (("group PR", "Bill the patient"), ("group CO|duplicate", "Close"),
                          ("primary|accident|Advantage", "Rebill to another payer"),
                          ("criteria|policy covers", "Appeal")):
        if re.search(pattern, text):
            return name
    return "Corrected claim"


def hold_owner(text):
    for pattern, name in (("authorized|under review", "Utilization review"), ("policy|guarantor|birth", "Patient reg"),
                          ("implant|infusion|two charges", "The charging"), ("summary|query|signed", "The phys")):
        if re.search(pattern, text):
            return name
    return "The coders"


PAIRS = {"match-who-pays": who_pays, "match-denial-action": action, "match-hold-owner": hold_owner}
APART = {**RANKS, **PAIRS}


@pytest.mark.parametrize("name", RANKS)
def test_the_steps_stand_in_the_order_of_the_work(name):
    for i in range(SEEDS):
        item = TEMPLATES[name](f"class-{i}")
        ranks = []
        for option in item.options:
            (rank,) = [rank for rank, word in enumerate(RANKS[name]) if re.search(word, option.text)]
            ranks.append(rank)
        assert ranks == sorted(set(ranks))


@pytest.mark.parametrize("name", PAIRS)
def test_the_matches_agree_with_a_rule_made_apart(name):
    for i in range(SEEDS):
        item = TEMPLATES[name](f"class-{i}")
        assert all(option.match.startswith(PAIRS[name](option.text)) for option in item.options), item
