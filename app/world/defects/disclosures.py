"""Copies of the record that left the office wrongly: to whom, on whose signature, and what was in the envelope."""

import datetime as dt
from collections.abc import Callable
from functools import cache

from msgspec import Struct
from msgspec.structs import replace

from app.world.datafile import load
from app.world.defects.contract import Change, Defect
from app.world.model import DefectRecord, Disclosure, Facts, SignedAuthorization
from app.world.plans import DATA
from app.world.providers import staff
from app.world.seed import Stream

_PSYCHOTHERAPY = "Psychotherapy notes (kept apart from the chart)"
_PROGRAM = "Records of the substance use program (42 CFR Part 2)"


class ReleaseRequest(Struct, frozen=True, forbid_unknown_fields=True):
    """Who asks for copies, and whether a signed authorization is needed."""

    recipient: str
    fax: str
    purpose: str
    authorization: bool


@cache
def release_requests() -> tuple[ReleaseRequest, ...]:
    """Return the table `app/world/data/release_requests.yaml`."""
    return load(DATA / "release_requests.yaml", tuple[ReleaseRequest, ...],
                shown_as="app/world/data/release_requests.yaml")


def _can_release(facts: Facts) -> bool:
    """Whether the visit is over, so that there is a chart to copy."""
    return facts.today > facts.encounter.last + dt.timedelta(days=1)


def _note(facts: Facts) -> str:
    """Return the title of the last document that the attending clinician wrote."""
    return [d.title for d in facts.encounter.chart if d.author == facts.encounter.provider.name][-1]


def _proper(facts: Facts, stream: Stream, request: ReleaseRequest) -> Disclosure:
    """Return a disclosure with nothing wrong: one document, to who asked, on an authorization still in force."""
    last = facts.encounter.last
    day = last + dt.timedelta(days=stream.whole(1, min(40, (facts.today - last).days - 1)))
    at = dt.datetime.combine(day, dt.time(stream.whole(9, 15), stream.whole(0, 59)))
    user = next(row.user for row in staff() if row.role == "release of information")
    signed = last + dt.timedelta(days=stream.whole(0, (day - last).days))
    form = SignedAuthorization(request.recipient, (_note(facts),), signed, signed + dt.timedelta(days=180))
    return Disclosure(at, user, request.recipient, request.fax, request.fax, request.purpose, (_note(facts),),
                      form if request.authorization else None)


def _asking(*, authorization: bool) -> list[ReleaseRequest]:
    return [row for row in release_requests() if row.authorization == authorization]


def _spoiled(facts: Facts, stream: Stream, spoil: Callable[[Disclosure, Stream], Disclosure], what: str,
             requests: list[ReleaseRequest] | None = None) -> Change:
    right = _proper(facts, stream, stream.one(requests or _asking(authorization=True)))
    sent = spoil(right, stream)
    return Change(replace(facts, disclosures=(*facts.disclosures, sent)), what.format(sent.recipient),
                  {"at": sent.at.isoformat(), "recipient": sent.recipient})


def _send_elsewhere(facts: Facts, stream: Stream) -> Change:
    def spoil(right: Disclosure, stream: Stream) -> Disclosure:
        other = stream.one([row.fax for row in release_requests() if row.fax != right.recipient_fax])
        return replace(right, sent_to=other)
    return _spoiled(facts, stream, spoil, "What {} had asked for was sent to another number.",
                    list(release_requests()))


def _send_unsigned(facts: Facts, stream: Stream) -> Change:
    return _spoiled(facts, stream, lambda right, _: replace(right, authorization=None),
                    "Copies went to {} without the patient's authorization.")


def _with_form(right: Disclosure, form: Callable[[SignedAuthorization], SignedAuthorization]) -> Disclosure:
    assert right.authorization is not None
    return replace(right, authorization=form(right.authorization))


def _send_after_expiry(facts: Facts, stream: Stream) -> Change:
    def spoil(right: Disclosure, stream: Stream) -> Disclosure:
        ended = right.at.date() - dt.timedelta(days=stream.whole(5, 90))
        return _with_form(right, lambda form: replace(form, signed=ended - dt.timedelta(days=90), expires=ended))
    return _spoiled(facts, stream, spoil, "Copies went to {} on an authorization that had expired.")


def _send_to_unnamed(facts: Facts, stream: Stream) -> Change:
    def spoil(right: Disclosure, stream: Stream) -> Disclosure:
        named = stream.one([row.recipient for row in _asking(authorization=True) if row.recipient != right.recipient])
        return _with_form(right, lambda form: replace(form, recipient=named))
    return _spoiled(facts, stream, spoil, "Copies went to {}, whom the authorization does not name.")


def _send_too_much(facts: Facts, stream: Stream) -> Change:
    everything = tuple(dict.fromkeys(document.title for document in facts.encounter.chart))
    return _spoiled(facts, stream, lambda right, _: replace(right, documents=everything),
                    "The whole chart went to {}; the authorization covers one document.")


def _send_protected(title: str, what: str) -> Callable[[Facts, Stream], Change]:
    def change(facts: Facts, stream: Stream) -> Change:
        return _spoiled(facts, stream, lambda right, _: replace(right, documents=(*right.documents, title)), what)
    return change


def _has_diagnosis(facts: Facts, *prefixes: str) -> bool:
    return any(row.code.startswith(prefixes) for row in facts.encounter.diagnoses)


def _mend(facts: Facts, record: DefectRecord) -> Facts:
    """What would be had nothing been sent: a disclosure cannot be called back."""
    at = dt.datetime.fromisoformat(record.values["at"])
    return replace(facts, disclosures=tuple(row for row in facts.disclosures if row.at != at))


DEFECTS = (
    Defect("disclosed_to_wrong_number", "Copies sent to a wrong number", "disclosures",
           "The number that the fax went to is not the one on the request.",
           _can_release, _send_elsewhere, _mend, "privacy", "record"),
    Defect("disclosed_without_authorization", "Copies sent without authorization", "disclosures",
           "The purpose is neither treatment, payment nor operations, and no signed form is on file "
           "(45 CFR 164.508(a)(1)).",
           _can_release, _send_unsigned, _mend, "privacy", "record"),
    Defect("disclosed_after_expiry", "Copies sent on an expired authorization", "disclosures",
           "The expiration date on the form lies before the day of the disclosure (45 CFR 164.508(b)(2)(i)).",
           _can_release, _send_after_expiry, _mend, "privacy", "record"),
    Defect("disclosed_to_unnamed_recipient", "Copies sent to somebody the form does not name", "disclosures",
           "The recipient on the form is not the one in the log (45 CFR 164.508(c)(1)(iii)).",
           _can_release, _send_to_unnamed, _mend, "privacy", "record"),
    Defect("disclosed_too_much", "More sent than was authorized", "disclosures",
           "The form describes one document; the log lists the whole chart (45 CFR 164.508(c)(1)(i)).",
           lambda facts: _can_release(facts) and len({d.title for d in facts.encounter.chart}) > 1, _send_too_much,
           _mend, "privacy", "record"),
    Defect("psychotherapy_notes_disclosed", "Psychotherapy notes in a released set", "disclosures",
           "Notes that are kept apart from the chart need an authorization of their own (45 CFR 164.508(a)(2)).",
           lambda facts: _can_release(facts) and _has_diagnosis(facts, "F2", "F3", "F4"),
           _send_protected(_PSYCHOTHERAPY, "Psychotherapy notes went to {} with the rest; the form does not name "
                           "them."), _mend, "privacy", "record"),
    Defect("part_2_record_disclosed", "Substance use program record in a released set", "disclosures",
           "Records of a substance use program need a consent that names them (42 CFR 2.31).",
           lambda facts: _can_release(facts) and _has_diagnosis(facts, "F10", "F11", "F14", "F15", "F19"),
           _send_protected(_PROGRAM, "Records of the patient's substance use program went to {} with the rest; no "
                           "consent names them."), _mend, "privacy", "record"),
)
