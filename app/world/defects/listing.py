"""The defects as the table of `docs/defects.md`."""

from collections.abc import Iterable

from app.world.defects import defects
from app.world.defects.contract import Defect

AREAS = ("registration", "eligibility", "authorization", "coding", "charging", "filing", "coordination", "privacy",
         "identity", "records")


def table() -> str:
    """Return every defect as Markdown: a table for each area, in the order in which an office meets them."""
    return "\n\n".join(_area(area, [row for row in defects().values() if row.area == area]) for area in AREAS)


def _area(area: str, rows: Iterable[Defect]) -> str:
    head = f"## {area.capitalize()}\n\n| id | defect | met by | how an expert notices |\n|---|---|---|---|\n"
    return head + "\n".join(f"| `{row.id}` | {row.title} | {row.meets} | {row.notice} |" for row in rows)
