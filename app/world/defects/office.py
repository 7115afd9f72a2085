"""What goes wrong inside the office and never reaches a payer."""

import datetime as dt

from msgspec.structs import replace

from app.world.defects.contract import Change, Defect
from app.world.model import AccessEntry, DefectRecord, Facts
from app.world.providers import StaffMember, staff
from app.world.seed import Stream


def _strangers(facts: Facts) -> list[StaffMember]:
    """Return staff who have no part in this patient's care or claim."""
    known = {entry.user for entry in facts.access_log}
    imaging = any(document.kind == "imaging" for document in facts.encounter.chart)
    roles = ["scheduling", "nurse", *([] if imaging else ["radiology technologist"])]
    return [row for row in staff() if row.user not in known and row.role in roles]


def _snoop(facts: Facts, stream: Stream) -> Change:
    person = stream.one(_strangers(facts))
    days = (facts.today - facts.registration.registered_on).days
    day = facts.today - dt.timedelta(days=stream.whole(0, max(0, min(days, 20))))
    at = dt.datetime.combine(day, dt.time(stream.whole(19, 22), stream.whole(0, 59)))
    entry = AccessEntry(at, person.user, person.role, "opened chart", "")
    log = tuple(sorted((*facts.access_log, entry), key=lambda row: row.at))
    return Change(replace(facts, access_log=log),
                  f"{person.name}, {person.role}, opened the chart without a reason in the work.",
                  {"user": person.user, "at": at.isoformat()})


def _mend_log(facts: Facts, record: DefectRecord) -> Facts:
    at = dt.datetime.fromisoformat(record.values["at"])
    return replace(facts, access_log=tuple(
        entry for entry in facts.access_log if (entry.user, entry.at) != (record.values["user"], at)))


DEFECTS = (
    Defect("snooping_in_access_log", "Snooping in the access log", "access_log",
           "One row of the log has no reason, an hour outside the work, and a user with no part in the care.",
           lambda facts: bool(_strangers(facts)), _snoop, _mend_log, "privacy", "record"),
)
