"""Forget guests who have not come back: nobody can sign in as them, and their sessions have ended."""

import datetime as dt
import logging

from app.actions.accounts import forget_guest
from app.store.queries.people import idle_guests
from app.store.session import utc_now

IDLE = dt.timedelta(days=31)  # a session lives for 30
log = logging.getLogger(__name__)


def forget_idle_guests(now: dt.datetime | None = None) -> int:
    """Forget every guest whose last work is older than a session lives; return how many. One failure stops one."""
    forgotten = 0
    for guest_id in idle_guests((now or utc_now()) - IDLE):
        try:
            forgotten += forget_guest(guest_id)
        except Exception:
            log.exception("guest %s could not be forgotten", guest_id)
    return forgotten
