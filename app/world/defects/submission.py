"""How the claim was sent: as a replacement of nothing, before the visit, under the wrong NPI or type of bill."""

import datetime as dt

from msgspec.structs import replace

from app.world.defects.contract import Change, Defect
from app.world.defects.identity import registered_coverage
from app.world.model import DefectRecord, Facts
from app.world.seed import Stream
from app.world.settings import settings


def _to_payer(facts: Facts) -> bool:
    return registered_coverage(facts) is not None


def _replace_nothing(facts: Facts, stream: Stream) -> Change:
    """The number given is the office's own or none: the payer has no such claim."""
    typed = stream.one(("", f"C{stream.digits(9)}"))
    return Change(replace(facts, entry=replace(facts.entry, frequency="7", original_reference=typed)),
                  "A first claim was sent as a replacement (7) without the payer's number of an original.",
                  {"frequency": "7", "original": typed})


def _mend_frequency(facts: Facts, record: DefectRecord) -> Facts:
    return replace(facts, entry=replace(facts.entry, frequency="1", original_reference=""))


def _send_before_visit(facts: Facts, stream: Stream) -> Change:
    early = facts.encounter.first - dt.timedelta(days=stream.whole(1, 3))
    return Change(replace(facts, filed=early), "The claim went out with the appointment, before the visit had been.",
                  {"filed": facts.filed.isoformat(), "early": early.isoformat()})


def _mend_filed(facts: Facts, record: DefectRecord) -> Facts:
    return replace(facts, filed=dt.date.fromisoformat(record.values["filed"]))


def _use_facility_npi(facts: Facts, stream: Stream) -> Change:
    wrong = facts.encounter.facility.npi
    return Change(replace(facts, entry=replace(facts.entry, rendering_npi=wrong)),
                  f"The NPI of {facts.encounter.facility.name} stands where the clinician's belongs.",
                  {"right": facts.encounter.provider.npi, "wrong": wrong})


def _leave_npi_blank(facts: Facts, stream: Stream) -> Change:
    return Change(replace(facts, entry=replace(facts.entry, rendering_npi="")),
                  "The claim does not say who treated the patient.", {"right": facts.encounter.provider.npi})


def _mend_npi(facts: Facts, record: DefectRecord) -> Facts:
    return replace(facts, entry=replace(facts.entry, rendering_npi=None))


def _other_bill_types(facts: Facts) -> list[str]:
    own = settings()[facts.encounter.setting].bill_type
    known = dict.fromkeys(row.bill_type for row in settings().values() if row.bill_type)
    return [kind for kind in known if kind != own] if own and _to_payer(facts) else []


def _take_other_bill_type(facts: Facts, stream: Stream) -> Change:
    wrong = stream.one(_other_bill_types(facts))
    return Change(replace(facts, entry=replace(facts.entry, bill_type=wrong)),
                  f"The claim went out under type of bill {wrong}, which is for another kind of care.",
                  {"right": settings()[facts.encounter.setting].bill_type, "wrong": wrong})


def _mend_bill_type(facts: Facts, record: DefectRecord) -> Facts:
    return replace(facts, entry=replace(facts.entry, bill_type=""))


DEFECTS = (
    Defect("replacement_of_nothing", "A first claim sent as a replacement", "entry.frequency, entry.original_reference",
           "Frequency 7 without the payer's own number of the original; the account shows no decided claim.",
           _to_payer, _replace_nothing, _mend_frequency, "filing"),
    Defect("sent_before_visit", "Sent before the visit", "filed",
           "The day of receipt lies before the date of service.", _to_payer, _send_before_visit, _mend_filed, "filing"),
    Defect("facility_npi_as_rendering", "The facility's NPI in the clinician's place", "entry.rendering_npi",
           "The NPI is right in form and belongs to an organization, not to who treated.",
           _to_payer, _use_facility_npi, _mend_npi, "filing"),
    Defect("rendering_npi_blank", "Clinician's NPI left blank", "entry.rendering_npi",
           "The field for who treated is empty.", _to_payer, _leave_npi_blank, _mend_npi, "filing", electronic=False),
    Defect("wrong_bill_type", "Type of bill of another kind of care", "entry.bill_type",
           "Form locator 4 names another kind of facility or care than the chart.",
           lambda facts: bool(_other_bill_types(facts)), _take_other_bill_type, _mend_bill_type, "filing"),
)
