"""Claim forms as PDF: our own drawing, in real text, the same bytes each time.

Lines and squares are drawn once a document; the text of a page goes box by box, number, label and value together, so
that it is read aloud in that order. A value that is too long for its box is set smaller, down to `_LEAST` points; what
is still too long ends with an ellipsis. A document has a title and a language (reportlab writes no tags).
"""

import io
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas

from app.billing.forms.model import TRAINING, WIDTH, Band, Box, Sheet, Table

PAGE = (612, 792)  # US letter, points
MARGIN = 18
_HEAD = 42  # points for the head of a page
_TYPED, _PRINTED, _BOLD = "Courier", "Helvetica", "Helvetica-Bold"
_EM = 0.6  # width of any Courier character
_LEAST = 4.5
_NOTED, _STRIP = 20, 12  # points: a row this high has a strip for a note, this high
_INDENT = 9  # points: what stands before a row without a strip, A or 12
_INK, _PRINT, _TINT = (0, 0, 0), (0.05, 0.36, 0.36), (0.93, 0.96, 0.95)


# The labels of a form are measured once, not once a page.
_width = lru_cache(4096)(stringWidth)


def book(target: Any, title: str) -> Canvas:
    """Return an empty document that is written to `target` (a name or a binary file) by its `save()`."""
    canvas = Canvas(target, pagesize=PAGE, invariant=1, pageCompression=1, lang="en-US")
    canvas.setTitle(title)
    canvas.setAuthor("Chartroom")
    canvas.setCreator("Chartroom")
    canvas.setSubject("Training copy with invented people. Not for submission.")
    canvas.setViewerPreference("DisplayDocTitle", "true")
    return canvas


def pdf(sheets: Sequence[Sheet], title: str) -> bytes:
    """Return the pages of one claim as a document."""
    held = io.BytesIO()
    canvas = book(held, title)
    for sheet in sheets:
        page(canvas, sheet)
    canvas.save()
    return held.getvalue()


def page(canvas: Canvas, sheet: Sheet) -> None:
    """Add one page of a form."""
    if not canvas.hasForm(sheet.form):
        canvas.beginForm(sheet.form)
        _printed(canvas, sheet)
        canvas.endForm()
    canvas.doForm(sheet.form)
    canvas.setFillColorRGB(*_INK)
    canvas.setFont(_TYPED, 8)
    top = PAGE[1] - MARGIN
    for number, line in enumerate(sheet.address):
        canvas.drawRightString(PAGE[0] - MARGIN, top - 8 - 9 * number, line)
    canvas.drawRightString(PAGE[0] - MARGIN, top - 8 - 9 * 3, f"Page {sheet.page} of {sheet.pages}")
    for band, y in _bands(sheet):
        _written(canvas, band, y)
    canvas.showPage()


def _bands(sheet: Sheet) -> list[tuple[Band, int]]:
    """Every band with the height of its top edge above the foot of the page."""
    y, found = PAGE[1] - MARGIN - _HEAD, []
    for band in (band for section in sheet.sections for band in section.bands):
        found.append((band, y))
        y -= band.height
    return found


def _places(boxes: Sequence[Box]) -> list[tuple[Box, int]]:
    x, found = MARGIN, []
    for box in boxes:
        found.append((box, x))
        x += box.w
    return found


# ---- Lines and squares, and what stands above and below them ----

def _printed(canvas: Canvas, sheet: Sheet) -> None:
    top = PAGE[1] - MARGIN
    canvas.setFillColorRGB(*_PRINT)
    canvas.setStrokeColorRGB(*_PRINT)
    canvas.setFont(_BOLD, 13)
    canvas.drawString(MARGIN, top - 12, sheet.name)
    canvas.setFont(_PRINTED, 7)
    canvas.drawString(MARGIN + _width(sheet.name, _BOLD, 13) + 5, top - 12,
                      f"{sheet.edition} · drawn by Chartroom, not the official form")
    canvas.setFont(_BOLD, 11)
    canvas.drawString(MARGIN, top - 29, TRAINING)
    for band, y in _bands(sheet):
        _frame(canvas, band, y)
    canvas.setLineWidth(1.1)
    starts = {section.bands[0] for section in sheet.sections}
    for band, y in _bands(sheet):
        if band in starts:
            canvas.line(MARGIN, y, MARGIN + WIDTH, y)
    foot = _bands(sheet)[-1]
    canvas.line(MARGIN, foot[1] - foot[0].height, MARGIN + WIDTH, foot[1] - foot[0].height)
    canvas.setFont(_BOLD, 7)
    canvas.drawCentredString(PAGE[0] / 2, MARGIN - 8, f"{TRAINING} · invented patient, invented numbers")


def _frame(canvas: Canvas, band: Band, y: int) -> None:
    canvas.setLineWidth(0.4)
    boxes = band.table.columns if band.table else band.boxes
    for box, x in _places(boxes):
        canvas.rect(x, y - band.h, box.w, band.h)
        for _, at in _choices(box, x):
            canvas.rect(at, y - band.h + 4, 7, 7)
    for number in range(len(band.table.rows) if band.table else 0):
        _row_frame(canvas, band, y - band.h - number * band.table.row if band.table else y)


def _row_frame(canvas: Canvas, band: Band, top: int) -> None:
    """A row of a table; a row high enough for a note has it across the columns, in a tinted strip."""
    table = band.table
    if table is None:
        return
    strip = _STRIP if table.row >= _NOTED else 0
    if strip:
        canvas.setFillColorRGB(*_TINT)
        canvas.rect(MARGIN, top - strip, WIDTH, strip, stroke=0, fill=1)
        canvas.setFillColorRGB(*_PRINT)
    canvas.rect(MARGIN, top - table.row, WIDTH, table.row)
    for _, x in _places(table.columns)[1:]:
        canvas.line(x, top - strip, x, top - table.row)


def _choices(box: Box, x: int) -> list[tuple[str, float]]:
    """Each choice with the left edge of its square."""
    at, found = x + 4.0, []
    for choice in box.choices:
        found.append((choice, at))
        at += 9 + _width(choice, _PRINTED, 6.5) + 7
    return found


# ---- The text of a page ----

def _written(canvas: Canvas, band: Band, y: int) -> None:
    """Label and value of each box of a band; a table's heads, then its rows."""
    boxes = band.table.columns if band.table else band.boxes
    for box, x in _places(boxes):
        _label(canvas, box, x, y, band.h)
        canvas.setFillColorRGB(*_INK)
        if box.choices:
            _ticks(canvas, box, x, y - band.h)
        elif "\n" in box.value:
            _block(canvas, box, x, y)
        elif box.value:
            high = band.h >= 20
            _fit(canvas, box, box.value, x, y - band.h + (4 if high else 2.5), 9 if high else 8)
    if band.table is not None:
        _rows(canvas, band.table, y - band.h)


def _label(canvas: Canvas, box: Box, x: int, y: int, high: int) -> None:
    """Number and label at the top of the box."""
    canvas.setFillColorRGB(*_PRINT)
    size = 5.5 if high >= 20 else 4.8
    canvas.setFont(_BOLD, size)
    canvas.drawString(x + 2, y - size - 0.5, box.number)
    start = x + 2 + _width(box.number, _BOLD, size) + 2
    if _width(box.label, _PRINTED, size) <= x + box.w - start - 1:
        canvas.setFont(_PRINTED, size)
        canvas.drawString(start, y - size - 0.5, box.label)
    else:  # a narrow box has its label under the number
        canvas.setFont(_PRINTED, min(size, size * (box.w - 3) / _width(box.label, _PRINTED, size)))
        canvas.drawString(x + 2, y - 2 * size - 1, box.label)


def _ticks(canvas: Canvas, box: Box, x: int, foot: int) -> None:
    """The choices, with a cross in the square of the one that holds."""
    for choice, at in _choices(box, x):
        if choice == box.value:
            canvas.setFont("Courier-Bold", 9)
            canvas.drawString(at + 0.9, foot + 5, "X")
        canvas.setFont(_PRINTED, 6.5)
        canvas.drawString(at + 9, foot + 5, choice)


def _block(canvas: Canvas, box: Box, x: int, y: int) -> None:
    """Several lines from the top of the box, under its label."""
    for number, line in enumerate(box.value.split("\n")):
        _fit(canvas, box, line, x, y - 14 - 8 * number, 7.5)


def _rows(canvas: Canvas, table: Table, y: int) -> None:
    """The cells of a table. What stands before a row (A, 12) is in its strip, or in its first column."""
    size, noted = min(8.5, table.row - 1.5), table.row >= _NOTED
    for number, row in enumerate(table.rows):
        foot = y - (number + 1) * table.row
        if row.note:
            _fit(canvas, Box("", "", WIDTH), f"{row.label}  {row.note}", MARGIN, foot + table.row - 9, 7.5)
        elif row.label and not noted:
            canvas.setFont(_BOLD, 5)
            canvas.drawString(MARGIN + 2, foot + 2.5, row.label)
        for place, (cell, (box, x)) in enumerate(zip(row.cells, _places(table.columns), strict=True)):
            if cell:
                indent = _INDENT if place == 0 and not noted else 0
                _fit(canvas, box, cell, x, foot + (5 if noted else 2), size, indent)


def _fit(canvas: Canvas, box: Box, text: str, x: int, y: float, size: float, indent: int = 0) -> None:
    """Write `text` between the edges of the box: smaller when it is long, cut when it is longer still."""
    room = box.w - 4 - indent
    size = max(_LEAST, min(size, room / (_EM * len(text))))
    most = int(room / (_EM * size) + 1e-6)
    kept = text if len(text) <= most else text[: most - 1] + "…"
    canvas.setFont(_TYPED, size)
    if box.money:
        canvas.drawRightString(x + box.w - 2, y, kept)
    else:
        canvas.drawString(x + 2 + indent, y, kept)
