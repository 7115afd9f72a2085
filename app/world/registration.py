"""What the desk writes down when everything goes well, and who opens the chart along the way."""

import datetime as dt
from collections.abc import Sequence
from functools import cache

from app.world.coverage import covers
from app.world.model import AccessEntry, Coverage, Encounter, Person, Registration
from app.world.providers import users
from app.world.seed import Stream


def coverages_on(coverages: Sequence[Coverage], day: dt.date) -> list[Coverage]:
    """Return the coverages in force on `day`, in order of payment."""
    found = [row for row in coverages if covers(row, day)]
    return sorted(found, key=lambda row: row.order) if len(found) > 1 else found


def register(patient: Person, coverages: Sequence[Coverage], day: dt.date, registered_on: dt.date) -> Registration:
    """Return a registration that agrees with the truth about `day`; plan `self-pay` when nothing is in force."""
    in_force = coverages_on(coverages, day)
    given, family, sex, born = patient.given, patient.family, patient.sex, patient.birth_date
    if not in_force:
        return Registration(given, family, sex, born, "self-pay", "", "", patient.name, "self", "", registered_on)
    first = in_force[0]
    return Registration(given, family, sex, born, first.plan, first.member_id, first.group_number,
                        first.subscriber.name, first.relationship, in_force[1].plan if len(in_force) > 1 else "",
                        registered_on)


def access_log(stream: Stream, encounter: Encounter, registered_on: dt.date, filed: dt.date,
               today: dt.date) -> tuple[AccessEntry, ...]:
    """Return who opened the chart up to `today`, in order of time: everybody had a reason in the work."""
    desk, nurse, coder, biller = map(stream.one, _users())
    clinician = _user_name(encounter.provider.given, encounter.provider.family)
    first, last = encounter.first, encounter.last
    rows = (
        (registered_on, desk, "registration", "opened demographics", "registration"),
        (first, desk, "registration", "checked in", "visit"),
        (first, nurse, "nurse", "opened chart", "care of the patient"),
        (first, clinician, "clinician", "opened chart", "care of the patient"),
        (last, clinician, "clinician", "signed note", "care of the patient"),
        (last + _DAY, coder, "coder", "opened chart", "coding of the encounter"),
        (filed - _DAY, biller, "biller", "opened charges", "claim"),
    )
    times = sorted([stream.whole(0, 9 * 60) for _ in rows])
    # Days and times both go on, so that the entries are in order.
    return tuple([AccessEntry(dt.datetime.combine(day, _office_time(minute)), who, role, action, reason)
                  for (day, who, role, action, reason), minute in zip(rows, times, strict=True) if day <= today])


_DAY = dt.timedelta(days=1)


@cache
def _users() -> tuple[tuple[str, ...], ...]:
    """Return who may open a chart at the desk, as a nurse, as a coder and as a biller."""
    return tuple(users(role) for role in ("registration", "nurse", "coder", "biller"))


@cache
def _office_time(minute: int) -> dt.time:
    """Return the time of day so many minutes after the office opens at eight."""
    return dt.time(8 + minute // 60, minute % 60)


@cache
def _user_name(given: str, family: str) -> str:
    return (given[0] + family).lower().replace("'", "")
