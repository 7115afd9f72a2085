"""A payer's answer as pages to print: lines, adjustments and what they mean in our words."""

from reportlab.lib.utils import simpleSplit
from reportlab.pdfgen.canvas import Canvas

from app.billing.forms.model import TRAINING
from app.learning.papers import RemittanceCode, RemittanceLine, RemittancePaper
from app.learning.reading import show_date
from app.world.money import dollars

_LEFT, _RIGHT, _TOP, _FOOT = 54, 558, 738, 60  # points on US letter
_COLUMNS = (330, 404, 480, 558)  # right edges: charge, allowed, paid, adjusted
_PLAIN, _BOLD, _TYPED = "Helvetica", "Helvetica-Bold", "Courier"


def answer(canvas: Canvas, paper: RemittancePaper, about: str) -> None:
    """Add the answer's pages. `about` names the claim."""
    page = _Page(canvas, paper, about)
    page.row(12, ((_LEFT, _sum_of(paper)),), _BOLD, 11)
    for reason in paper.rejection:
        page.text(reason, _LEFT)
    if paper.lines:
        page.amounts(("Line", "Charge", "Allowed", "Paid", "Not paid"), _BOLD)
        for line in paper.lines:
            _line(page, line)
        page.amounts(("Total", dollars(paper.charge), dollars(sum(line.allowed for line in paper.lines)),
                      dollars(paper.paid), dollars(paper.charge - paper.paid)), _BOLD)
        page.row(16, ((_LEFT, f"Patient's responsibility: {dollars(paper.patient)}"),), _BOLD, 10)
    canvas.showPage()


def _sum_of(paper: RemittancePaper) -> str:
    if not paper.lines:
        return f"{paper.status}. Charge {dollars(paper.charge)}; no lines were adjudicated."
    return f"{paper.status}: {dollars(paper.paid)} of {dollars(paper.charge)}"


def _line(page: "_Page", line: RemittanceLine) -> None:
    page.need(34)
    page.amounts((f"{line.number}   {line.code}", dollars(line.charge), dollars(line.allowed), dollars(line.paid),
                  dollars(line.charge - line.paid)), _TYPED)
    for code in line.codes:
        _code(page, code)


def _code(page: "_Page", code: RemittanceCode) -> None:
    page.need(26)
    page.row(13, ((_LEFT + 18, " ".join((f"{code.group}-{code.reason}", *code.remarks)),),
                  (_LEFT + 130, dollars(code.amount))), _TYPED, 9)
    page.text(code.words, _LEFT + 18)


class _Page:
    """Where writing has come to on the page; a full page is followed by another with the same head."""

    def __init__(self, canvas: Canvas, paper: RemittancePaper, about: str) -> None:
        self.canvas, self.paper, self.about = canvas, paper, about
        self._head()

    def _head(self) -> None:
        canvas, paper, self.y = self.canvas, self.paper, _TOP
        canvas.setFillColorRGB(0, 0, 0)
        self.row(0, ((_LEFT, paper.title),), _BOLD, 14)
        self.row(16, ((_LEFT, TRAINING),), _BOLD, 9)
        self.row(20, ((_LEFT, self.about),))
        self.row(13, ((_LEFT, f"{paper.payer} · reference {paper.reference} · {show_date(paper.decided)}"),))
        canvas.line(_LEFT, self.y - 6, _RIGHT, self.y - 6)
        canvas.setFont(_BOLD, 7)
        canvas.drawCentredString((_LEFT + _RIGHT) / 2, 30, f"{TRAINING} · invented patient, invented numbers")
        self.y -= 14

    def need(self, points: int) -> None:
        """Begin another page when there are fewer points left."""
        if self.y - points < _FOOT:
            self.canvas.showPage()
            self._head()

    def row(self, down: int, cells: tuple[tuple[float, str], ...], font: str = _PLAIN, size: float = 9.5) -> None:
        """Write pieces of text at their left edges, `down` points below the last row."""
        self.y -= down
        self.canvas.setFont(font, size)
        for x, text in cells:
            self.canvas.drawString(x, self.y, text)

    def amounts(self, cells: tuple[str, ...], font: str) -> None:
        """Write a row of the table: what it is about, then amounts set to the right."""
        self.row(20, ((_LEFT, cells[0]),), font, 9.5)
        for x, cell in zip(_COLUMNS, cells[1:], strict=True):
            self.canvas.drawRightString(x, self.y, cell)

    def text(self, words: str, x: int) -> None:
        """Write words, broken into lines."""
        for part in simpleSplit(words, _PLAIN, 9.5, _RIGHT - x):
            self.need(12)
            self.row(12, ((x, part),))
