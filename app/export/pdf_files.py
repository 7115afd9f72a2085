"""Packets to print: for each case of a chunk the claim on its form, and behind it the payer's answer in words.

Each begins on a page of its own, so that the answers can be kept back. One file a chunk, an outline entry a claim.
"""

from collections.abc import Iterable
from pathlib import Path

from app.billing.forms.sheets import sheets_of
from app.learning import desk
from app.learning.population import Billed


def write(cases: Iterable[Billed], folder: Path, chunk: int) -> list[str]:
    """Write the packets of a chunk, one case after another. Return the name."""
    from app.billing.forms import pdf  # reportlab: a quarter of a second that only this needs
    from app.export import pdf_answers

    name = f"claims-{chunk:05d}.pdf"
    canvas = pdf.book(str(folder / name), f"Practice claims, part {chunk + 1}")
    canvas.showOutline()
    for case in cases:
        claim, sheets = case.claim, sheets_of(case.facts, case.claim)
        about = f"Claim {claim.number}, {claim.patient_given} {claim.patient_family}"
        canvas.bookmarkPage(claim.number)
        canvas.addOutlineEntry(f"{about} ({sheets[0].name})", claim.number)
        for sheet in sheets:
            pdf.page(canvas, sheet)
        pdf_answers.answer(canvas, desk.remittance(claim, case.answer.remittance, words=True), about)
    canvas.save()
    return [name]
