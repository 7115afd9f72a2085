"""Read code files that a site brings itself: CMS's complete HCPCS Level II file, and a school's licensed CPT file.

HCPCS: the alpha-numeric file of a quarter, as text in columns (HCPC2026_JAN_ANWEB.txt; CMS, HCPC2026_recordlayout.txt:
code in columns 1 to 5, record kind in 11, long description in 12 to 91, day added in 269 to 276, last day in 285 to
292) or as a CSV with CMS's headings. CPT: two columns, code and descriptor, with tab or comma between.
"""

import csv
import io
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from app.coding.items import ALWAYS, OPEN_END, Item

_PROCEDURE, _PROCEDURE_GOES_ON, _MODIFIER, _MODIFIER_GOES_ON = "3", "4", "7", "8"
_HCPCS = re.compile(r"[A-CE-V]\d{4}")  # D codes are a dental association's, not Level II of CMS
_CPT = re.compile(r"\d{5}|\d{4}[A-Z]")
_HEADINGS = ("HCPC", "RECID", "LONG DESCRIPTION")
_MOST_BYTES = 64 * 1024 * 1024


class BadCodeFile(ValueError):
    """A file that cannot be imported; `str()` is one line with the line number and what was expected."""


def read_hcpcs(path: Path) -> list[Item]:
    """Return the codes of CMS's HCPCS file, text or CSV. Raises BadCodeFile."""
    lines = _text(path).splitlines()
    first = lines[0] if lines else ""
    found = list(_csv_records(path, lines) if "HCPC" in first and "," in first else _fixed_records(path, lines))
    if not found:
        raise BadCodeFile(f"{path.name}: no HCPCS Level II code in it; expected CMS's alpha-numeric file of a quarter")
    return _once(path, found)


def read_cpt(path: Path) -> list[Item]:
    """Return the codes of a school's licensed file: code and descriptor, tab or comma between. Raises BadCodeFile."""
    found, text = [], _text(path)
    reader = csv.reader(io.StringIO(text), delimiter="\t" if "\t" in text.partition("\n")[0] else ",")
    for row in reader:
        number, cells = reader.line_num, [cell.strip() for cell in row]
        if not any(cells) or (number == 1 and not _CPT.fullmatch(cells[0].upper())):
            continue  # an empty line, or the headings
        if len(cells) < 2 or not cells[1]:
            raise BadCodeFile(f"{path.name}:{number}: expected a code and a descriptor, with a tab or comma between")
        if not _CPT.fullmatch(cells[0].upper()):
            raise BadCodeFile(f"{path.name}:{number}: {cells[0][:12]!r} is no CPT code; expected five digits, or four"
                              " and a letter")
        found.append((number, Item("cpt", cells[0].upper(), " ".join(cells[1].split()))))
    if not found:
        raise BadCodeFile(f"{path.name}: no code in it; expected lines of a code and a descriptor")
    return _once(path, found)


def _text(path: Path) -> str:
    try:
        if path.stat().st_size > _MOST_BYTES:
            raise BadCodeFile(f"{path.name}: larger than {_MOST_BYTES // 1024 // 1024} MB; is it the right file?")
        data = path.read_bytes()
    except OSError as error:
        raise BadCodeFile(f"{path}: cannot be read: {error.strerror}") from None
    if b"\0" in data or data.startswith(b"PK"):
        raise BadCodeFile(f"{path.name}: is no text; expected the .txt or a CSV (unpack a ZIP, save a workbook as CSV)")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")


def _fixed_records(path: Path, lines: Sequence[str]) -> Iterator[tuple[int, Item]]:
    """Yield each procedure code with its line; what goes on over several lines is joined."""
    current: tuple[int, str, list[str], str] | None = None
    for number, line in enumerate(lines, 1):
        kind = line[10:11]
        if current and kind != _PROCEDURE_GOES_ON:
            yield _fixed_item(path, *current)
            current = None
        if not line.strip() or kind in (_MODIFIER, _MODIFIER_GOES_ON):
            continue
        if kind == _PROCEDURE:
            current = (number, line[:5].strip(), [line[11:91].strip()], line)
        elif kind == _PROCEDURE_GOES_ON and current:
            current[2].append(line[11:91].strip())
        else:
            raise BadCodeFile(f"{path.name}:{number}: expected the record kind 3, 4, 7 or 8 in column 11, not {kind!r}")
    if current:
        yield _fixed_item(path, *current)


def _fixed_item(path: Path, number: int, code: str, said: Sequence[str], line: str) -> tuple[int, Item]:
    return _item(path, number, code, " ".join(said), line[268:276], line[284:292])


def _csv_records(path: Path, lines: Sequence[str]) -> Iterator[tuple[int, Item]]:
    reader = csv.DictReader(lines)
    headings = {str(name).strip().upper(): name for name in reader.fieldnames or ()}
    lacking = [name for name in _HEADINGS if name not in headings]
    if lacking:
        raise BadCodeFile(f"{path.name}:1: the heading {lacking[0]!r} is missing; expected CMS's headings")
    added, ended = headings.get("ADD DT", ""), headings.get("TERM DT", "")
    for row in reader:
        if str(row[headings["RECID"]]).strip() == _PROCEDURE:
            yield _item(path, reader.line_num, str(row[headings["HCPC"]]).strip(),
                        str(row[headings["LONG DESCRIPTION"]]), str(row.get(added) or ""), str(row.get(ended) or ""))


def _item(path: Path, number: int, code: str, said: str, added: str, ended: str) -> tuple[int, Item]:
    if not _HCPCS.fullmatch(code):
        raise BadCodeFile(f"{path.name}:{number}: {code[:12]!r} is no HCPCS Level II code; expected a letter and four"
                          " digits")
    if not said.strip():
        raise BadCodeFile(f"{path.name}:{number}: {code} has no long description in columns 12 to 91")
    return number, Item("hcpcs", code, " ".join(said.split()), _day(path, number, added, ALWAYS),
                        _day(path, number, ended, OPEN_END))


def _day(path: Path, number: int, text: str, otherwise: int) -> int:
    plain = text.strip()
    if not plain:
        return otherwise
    if len(plain) != 8 or not plain.isdecimal() or not 1 <= int(plain[4:6]) <= 12:
        raise BadCodeFile(f"{path.name}:{number}: {plain!r} is no day; expected YYYYMMDD")
    return int(plain)


def _once(path: Path, found: Sequence[tuple[int, Item]]) -> list[Item]:
    seen: dict[str, int] = {}
    for number, item in found:
        if item.code in seen:
            raise BadCodeFile(f"{path.name}:{number}: {item.code} stands in line {seen[item.code]} already")
        seen[item.code] = number
    return [item for _, item in found]
