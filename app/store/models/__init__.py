"""Every table, so that migrations and tests see all of them."""

from app.store.models import attempts, disputes, drills, items, people, sittings

__all__ = ["attempts", "disputes", "drills", "items", "people", "sittings"]
