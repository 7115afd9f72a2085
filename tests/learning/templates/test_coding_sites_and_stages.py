"""Codes by site, side and stage, found again in the titles of the shipped edition by the words of the stem."""

import re

import pytest

from question_bank.templates import TEMPLATES
from tests.learning.templates.code_titles import options_are_codes, the_code, word
from tests.learning.templates.reading import agrees

SIDE = {r"\bright (radius|lower leg|clavicle|hand|wrist|thumb|knee|forearm)|the right\b": "right",
        r"\bleft (radius|lower leg|clavicle|hand|wrist|thumb|knee|forearm)|the left\b": "left"}


def fracture(stem):
    bone = word(stem, {"Colles": ("S52", "^colles"), "bimalleolar": ("S82", "bimalleolar"),
                       "clavicle": ("S42", "shaft of .* clavicle")})
    kind = r"\bnondisplaced" if "nondisplaced" in stem else r"\bdisplaced" if "displaced" in stem else ""
    visit = word(stem, {"first time|operating room": "initial encounter for closed fracture$",
                        "cast comes off": "for (closed )?fracture with routine",
                        "delayed healing": "for (closed )?fracture with delayed",
                        "nonunion": "for (closed )?fracture with nonunion",
                        "malunion": "for (closed )?fracture with malunion", "healed long": "sequela$"})
    return the_code(*bone, kind, rf"\b{word(stem, SIDE)}\b", visit)


def burn(stem):
    site = word(stem, {"palm": "palm", "back of": "back of", "wrist": r"^burn of \w+ degree of \w+ wrist",
                       "thumb": r"degree of \w+ thumb", "knee": "knee", "lower leg": r"(right|left) lower leg",
                       "forearm": "forearm"})
    degree = word(stem, {"First-": "first", "Second-|Partial": "second", "Third-|Full-": "third"})
    visit = word(stem, {"day of the acc|operating": "initial", "change of dressing": "subsequent",
                        "contract": "sequela"})
    begins = word(stem, {"palm|back of|wrist|thumb": "T23", "knee|lower leg": "T24", "forearm": "T22"})
    return the_code(begins, "^burn of", f"{degree} degree", site, word(stem, SIDE), visit)


def pressure_ulcer(stem):
    site = re.search(r"ulcer of the ([a-z ]+)\.", stem)[1]
    if "deep tissue" in stem:
        return the_code("L89", f"deep tissue damage of {site}$")
    stage = re.search(r"stage \d|unstageable", stem)
    return the_code("L89", f"ulcer of {site}, {stage[0] if stage else 'unspecified stage'}$")


def glaucoma(stem):
    eye = word(stem, {"right eye": "right eye", "left eye": "left eye", "both eyes": "bilateral"})
    stage = word(stem, {rf"\b{name}\b": name for name in ("mild", "moderate", "severe", "indeterminate")})
    return the_code("H40.11", f"{eye}, {stage} stage")


def otitis(stem):
    ear = word(stem, {"right ear": "right ear$", "left ear": "left ear$", "both ears": "bilateral$"})
    rupture = "without" if "not ruptured" in stem else "media with spontaneous"
    again = "drum, recurrent, " if "recurrent" in stem else "drum, "
    return the_code("H66.0", "^acute supp", rupture, again + ear)


def gout(stem):
    side, site = re.search(r"in the (right|left) ([a-z ]+)\.", stem).groups()
    joint = {"ankle": "ankle and foot", "foot": "ankle and foot", "great toe": "ankle and foot"}.get(site, site)
    return the_code("M10", "^drug-induced" if "diuretic" in stem else "^idiopathic", f"{side} {joint}$")


def hemiplegia(stem):
    side = word(stem, {"the right side from|right hemi": "right", "the left side from|left hemi": "left"})
    hand = re.search(r"(right|left)-handed|ambidextrous", stem)
    hand = "right" if hand is None else side if hand[0] == "ambidextrous" else hand[1]
    return the_code("I69.35", f"affecting {side} {'dominant' if side == hand else 'non-dominant'} side")


def trimester(stem):
    days = 7 * int(re.search(r"(\d+) weeks", stem)[1]) + int(re.search(r"and (\d) days?\b", stem)[1])
    third = "first" if days < 98 else "second" if days < 196 else "third"
    what = word(stem, {"first pregnancy at": "elderly primi", "third pregnancy at": "elderly multi",
                       "Anemia": "^anemia complicating pregnancy", "hypertension": r"^gestational \[pregnancy",
                       "Urinary": "^unspecified infection of urinary tract in pregnancy"})
    return the_code("O", what, f"{third} trimester")


APART = {"code-fracture": fracture, "code-burn": burn, "code-pressure-ulcer": pressure_ulcer,
         "code-glaucoma": glaucoma, "code-otitis": otitis, "code-gout": gout, "code-hemiplegia": hemiplegia,
         "code-trimester": trimester}


@pytest.mark.parametrize("name", APART)
def test_the_key_agrees_with_the_titles_of_the_edition(name):
    agrees(name, APART[name], None)


@pytest.mark.parametrize("name", APART)
def test_also_the_codes_written_by_mistake_are_in_the_edition(name):
    assert all(options_are_codes(TEMPLATES[name](f"class-{i}")) for i in range(200))
