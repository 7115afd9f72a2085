"""Check a file against its implementation guide, as a clearinghouse does, and write the 999 that it would send.

pyx12 knows the guides (837P, 837I, 835, 277CA, 999 of version 5010, and the 4010 ones); it takes about a second for 500
claims, so nothing that pages wait for calls it.
"""

import io
import logging
from collections.abc import Iterator
from contextlib import contextmanager

from msgspec import Struct

from app.billing.x12.reading import File, X12Error, read


class CannotCheck(ValueError):
    """A file of which no guide is at hand; `str()` is one line."""


class Checked(Struct, frozen=True):
    """What came of a check. `faults` are the checker's own lines, by line of the file.

    `receipt` is the text of the 999, "" for what is not acknowledged (a 999 itself) and for an 835, whose sets do not
    name their guide: pyx12 leaves off in the middle of its receipt.
    """

    accepted: bool
    receipt: str
    faults: tuple[str, ...]


def checked(text: str) -> Checked:
    """Return the verdict on a file. The receipt has the hour in it: it is for a person, never for a stored answer.

    Raises X12Error for a damaged one, CannotCheck when there is no guide for it.
    """
    file = read(text)
    from pyx12.params import params  # only a check needs it, and it takes 0.2 s
    from pyx12.x12n_document import x12n_document

    receipt = io.StringIO()
    try:
        with _listening() as faults:
            accepted = x12n_document(params(), io.StringIO(text[len(file.before):]), receipt, None, None)
    except Exception as error:  # pyx12 raises whatever it meets on what it does not expect
        raise CannotCheck(_why(file, error)) from error
    return Checked(accepted, _whole(receipt.getvalue()), tuple(faults))


def _whole(receipt: str) -> str:
    """Return the receipt, "" when pyx12 left off in the middle of it."""
    try:
        read(receipt)
    except X12Error:
        return ""
    return receipt


def _why(file: File, error: Exception) -> str:
    kinds = ", ".join(dict.fromkeys(f"{t.kind} {t.version}".strip() for t in file.transactions)) or "no transaction"
    if "Map not found" in str(error):
        return f"there is no guide here for {kinds}: 837P, 837I, 835, 277CA and 999 of version 5010 can be checked"
    return f"the file ({kinds}) could not be checked to its end: {' '.join(str(error).split())[:200] or 'no reason'}"


@contextmanager
def _listening() -> Iterator[list[str]]:
    """Gather what pyx12 tells its logs, which would end on standard error."""
    logger, heard = logging.getLogger("pyx12"), _Heard()
    before, logger.propagate = logger.propagate, False
    logger.addHandler(heard)
    try:
        yield heard.lines
    finally:
        logger.propagate = before
        logger.removeHandler(heard)


class _Heard(logging.Handler):
    """Keeps the lines about the file: `Line:14 SEG:1 - Segment SBR*Q not found`."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keep the line as `line 14: Segment SBR*Q not found`."""
        where, dash, said = record.getMessage().partition(" - ")
        if dash and where.startswith("Line:"):
            self.lines.append(f"line {where[5:].split(' ')[0]}: {said}")
