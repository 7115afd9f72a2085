"""Every table, so that migrations and tests see all of them."""

from app.store.models import attempts, people, sittings

__all__ = ["attempts", "people", "sittings"]
