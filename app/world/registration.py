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
    return sorted((row for row in coverages if covers(row, day)), key=lambda row: row.order)


def register(patient: Person, coverages: Sequence[Coverage], day: dt.date, registered_on: dt.date) -> Registration:
    """Return a registration that agrees with the truth about `day`; plan `self-pay` when nothing is in force."""
    in_force = coverages_on(coverages, day)
    first = in_force[0] if in_force else None
    return Registration(
        given=patient.given, family=patient.family, sex=patient.sex, birth_date=patient.birth_date,
        plan=first.plan if first else "self-pay", member_id=first.member_id if first else "",
        group_number=first.group_number if first else "",
        subscriber_name=first.subscriber.name if first else patient.name,
        relationship=first.relationship if first else "self",
        other_coverage=in_force[1].plan if len(in_force) > 1 else "", registered_on=registered_on,
    )


def access_log(stream: Stream, encounter: Encounter, registered_on: dt.date, filed: dt.date,
               today: dt.date) -> tuple[AccessEntry, ...]:
    """Return who opened the chart up to `today`, in order of time: everybody had a reason in the work."""
    user = {role: stream.one(users(role)) for role in ("registration", "nurse", "coder", "biller")}
    clinician = (encounter.provider.given[0] + encounter.provider.family).lower().replace("'", "")
    first, last = encounter.first, encounter.last
    rows = [
        (registered_on, user["registration"], "registration", "opened demographics", "registration"),
        (first, user["registration"], "registration", "checked in", "visit"),
        (first, user["nurse"], "nurse", "opened chart", "care of the patient"),
        (first, clinician, "clinician", "opened chart", "care of the patient"),
        (last, clinician, "clinician", "signed note", "care of the patient"),
        (last + dt.timedelta(days=1), user["coder"], "coder", "opened chart", "coding of the encounter"),
        (filed - dt.timedelta(days=1), user["biller"], "biller", "opened charges", "claim"),
    ]
    times = sorted([stream.whole(0, 9 * 60) for _ in rows])
    entries = [AccessEntry(dt.datetime.combine(day, _office_time(minute)), who, *words)
               for (day, who, *words), minute in zip(rows, times, strict=True) if day <= today]
    return tuple(sorted(entries, key=lambda entry: entry.at))


@cache
def _office_time(minute: int) -> dt.time:
    """Return the time of day so many minutes after the office opens at eight."""
    return dt.time(8 + minute // 60, minute % 60)
