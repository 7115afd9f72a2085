"""Questions whose numbers are drawn. A module for each topic declares its `TEMPLATES`; here they are joined.

Every module beside this one is looked into: a new topic needs no line here.
"""

from collections.abc import Callable
from importlib import import_module
from pkgutil import iter_modules

from app.learning.items import Item


def _joined() -> dict[str, Callable[[str], Item]]:
    """Return the templates of all topics by name. Raises ValueError when two topics use the same name."""
    found: dict[str, Callable[[str], Item]] = {}
    for topic in sorted(module.name for module in iter_modules(__path__)):
        own: dict[str, Callable[[str], Item]] = getattr(import_module(f"{__name__}.{topic}"), "TEMPLATES", {})
        if twice := found.keys() & own.keys():
            raise ValueError(f"{topic}.py: the name {min(twice)!r} is used by another topic")
        found |= own
    return found


TEMPLATES = _joined()
