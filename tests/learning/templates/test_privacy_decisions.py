"""Decisions on privacy, made again from the words of the stem by rules written apart."""

import datetime as dt
import re
from fractions import Fraction

import pytest

from tests.learning.templates.reading import agrees, find, half_up


def has(stem, *patterns):
    return any(re.search(pattern, stem) for pattern in patterns)


def days_in(stem):
    return [dt.datetime.strptime(day, "%b %d, %Y").date() for day in re.findall(r"[A-Z][a-z]{2} \d+, \d{4}", stem)]


def basis(stem):
    if has(stem, "bedside", "caller"):
        return "Yes, if the patient agrees or does not object"
    if has(stem, "subpoena", "discovery request"):
        return "Only with a court order or satisfactory assurance"
    allowed = has(stem, "now treats", "decide on the claim", "reportable", "judge has", "examiner", "inspection",
                  "workers'")
    return "Yes, without the patient's authorization" if allowed else "Only with the patient's authorization"


def minor(stem):
    if has(stem, "injuries that she believes"):
        return "The hospital, which may refuse for fear of abuse"
    if has(stem, "in confidence"):
        return "The minor, as the parent agreed to confidentiality"
    alone = has(stem, "lets a minor", "came alone")
    return "The minor, who lawfully consented alone" if alone else "The parent, as the personal representative"


def part2(stem):
    if has(stem, "It is not a program"):
        return "Yes, as these are not Part 2 records"
    if has(stem, "unconscious"):
        return "Yes, as a medical emergency"
    against = has(stem, "prosecutor", "trial against")
    return "No, without a Part 2 court order or consent" if against else "Yes, under the patient's consent"


def breach(stem):
    if has(stem, "was encrypted"):
        return "No notice: the information was encrypted"
    if has(stem, "unread", "unopened"):
        return "No breach: the recipient could not retain it"
    if has(stem, "physician of the same hospital"):
        return "No breach: a slip between authorized people"
    innocent = has(stem, "saw the error", "saw that it was not hers")
    return ("No breach: good-faith access within the job" if innocent else
            "A presumed breach: assess the risk, or notify")


def notices(stem):
    first, second = find(stem, "affects # residents", "and # residents")
    if first + second < 500:
        return "The patients now, and HHS with the yearly report"
    big = [n for n in (first, second) if n > 500]
    return ["The patients and HHS now, and no media", "The patients, HHS now, and media in one state",
            "The patients, HHS now, and media in both states"][len(big)]


def deceased(stem):
    died, today = days_in(stem)
    if (today.year - died.year, today.month, today.day) > (50, died.month, died.day):
        return "Yes: it is no longer protected, as 50 years have passed"
    if "executor" in stem:
        return "Yes: to the personal representative"
    return ("Yes: to a person involved in the care, as relevant to it" if "nursed" in stem else
            "Not without the personal representative's authorization")


def access_fee(stem):
    minutes, wage, drive = find(stem, "takes # minutes", "at # an hour", "drive costs #")
    labor = Fraction(str(half_up(minutes / 60 * wage, 2)))
    return labor + drive + (find(stem, "postage #") if "be mailed" in stem else 0)


def necessary(stem):
    if has(stem, "authorization"):
        return "It does not apply: this is by authorization"
    if has(stem, "the patient asks"):
        return "It does not apply: this goes to the patient"
    treats = has(stem, "surgeon", "home health nurse")
    return "It does not apply: this is for treatment" if treats else "It applies: only what is needed may go"


def authorization(stem):
    used, _signed, expires, *revoked = days_in(stem)
    if revoked:
        return "No: it was revoked in writing"
    if expires < used:
        return "No: it has expired"
    whole = all(words in stem for words in ("to be disclosed", "who may disclose", "who receives it", "the purpose",
                                            "signature"))
    return "Yes, it is valid" if whole else "No: a core element is missing"


def accounting(stem):
    asked, *days = days_in(stem)
    log = re.findall(r"^(.*), [A-Z][a-z]{2} \d+, \d{4}$", stem, re.MULTILINE)
    left_out = r"specialist|health plan|to the patient|authorization|own quality"
    recent = [row for row, day in zip(log, days, strict=True)
              if (asked.year - day.year, asked.month, asked.day) <= (6, day.month, day.day)]
    return str(sum(not re.search(left_out, row) for row in recent))


APART = {"disclosure-basis": (basis, None), "minor-record": (minor, None), "part-2-disclosure": (part2, None),
         "breach-or-not": (breach, None), "breach-notices": (notices, None), "deceased-record": (deceased, None),
         "access-fee": (access_fee, 2), "minimum-necessary": (necessary, None),
         "authorization-valid": (authorization, None), "accounting-count": (accounting, None)}


@pytest.mark.parametrize("name", APART)
def test_the_key_agrees_with_a_decision_made_apart(name):
    agrees(name, *APART[name])
