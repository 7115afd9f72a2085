"""The bank for those who teach: what there is, how items do in use, what learners report, and one item whole."""

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_login import current_user
from msgspec import Struct
from werkzeug.wrappers import Response

from app.actions import items as actions
from app.learning.bank import Bank
from app.learning.coverage import coverage
from app.learning.item_statistics import ENOUGH, ItemFigures, figures
from app.learning.items import Item
from app.store import access
from app.store.queries import items as reads
from app.store.queries.items import FigureRow
from app.store.session import session
from app.web.bank.plots import biserial, options, spread
from app.web.office import office

blueprint = Blueprint("bank", __name__)
PAGE = 50
ABOUT = {"key": "The marked answer is wrong", "unclear": "The wording is unclear", "outdated": "The rule has changed",
         "other": "Something else"}


class Row(Struct, frozen=True):
    """An item on the list, with its kept figures, if any, and how many reports wait."""

    item: Item
    figure: FigureRow | None
    reports: int

    @property
    def judged(self) -> ItemFigures | None:
        """The figures as they are judged; None before anybody answered."""
        kept = self.figure
        return ItemFigures(kept.answers, kept.percent, kept.biserial) if kept else None


@blueprint.get("/about/bank")
def about() -> str:
    """Tell anybody how large the bank is, how it is checked, and how far it covers each outline."""
    bank = office().bank
    return render_template("bank/about.html", bank=bank, plot=spread(bank, office().counts),
                           outlines=[(outline, coverage(bank, outline)) for outline in office().outlines],
                           counts=_second_look(), enough=ENOUGH)


@blueprint.get("/bank")
def index() -> str:
    """Show the bank: counts, what is set aside or flagged, open reports, and a list to search."""
    access.teaches(current_user)
    bank = office().bank
    rows = _rows(bank)
    found = [row for row in rows if _wanted(row, request.args.get("q", ""), request.args.get("task", ""))]
    pages = max(1, -(-len(found) // PAGE))
    page = min(max(1, request.args.get("page", 1, type=int)), pages)
    return render_template(
        "bank/index.html", plot=spread(bank, office().counts), bank=bank, found=found[(page - 1) * PAGE:page * PAGE],
        count=len(found), page=page, pages=pages, enough=ENOUGH, biserial=biserial,
        aside=[row for row in rows if row.figure and row.figure.set_aside_at],
        flagged=[row for row in rows if row.judged and row.judged.flags], about=ABOUT,
        reports=reads.open_reports(), settled=reads.settled_reports(), reviewed=_second_look()["answered"])


@blueprint.get("/bank/items/<item_id>")
def item(item_id: str) -> str:
    """Show an item whole: key, reasons, sources, second look, figures, reports."""
    access.teaches(current_user)
    return _item(item_id)


@blueprint.post("/bank/reports/<report_id>")
def settle(report_id: str) -> Response | tuple[str, int]:
    """Settle a report, with the change it caused or why nothing changed."""
    access.teaches(current_user)
    report = reads.report(report_id)
    words, outcome = request.form.get("words", "").strip(), request.form.get("outcome", "")
    if report is None:
        abort(404)
    if not words or len(words) > actions.LONGEST or outcome not in ("changed", "kept"):
        return _item(report.item_id, wrong=report_id, words=words), 422
    if not actions.settle(report_id, current_user.id, changed=outcome == "changed", words=words):
        abort(404)
    flash("Settled. Who reported it sees your answer beside the question.", "right")
    return redirect(url_for("bank.item", item_id=report.item_id))


@blueprint.post("/bank/items/<item_id>/ask-again")
def ask_again(item_id: str) -> Response:
    """Ask an item again that was set aside."""
    access.teaches(current_user)
    every = _every(office().bank)
    if item_id not in every:
        abort(404)
    actions.ask_again(item_id, office().bank.version(item_id))
    flash("It is asked again.", "right")
    return redirect(url_for("bank.item", item_id=item_id))


def _second_look() -> dict[str, int]:
    """How many of the bank's items were answered again, how many of them changed, and how many were taken out."""
    bank, record = office().bank, office().reviewed
    here = [reviews for item_id, reviews in record.items() if item_id in bank.items]
    return {"answered": len(here), "removed": len(record) - len(here),
            "changed": sum(any(review.outcome == "corrected" for review in reviews) for reviews in here)}


def _item(item_id: str, wrong: str = "", words: str = "") -> str:
    bank = office().bank
    reports, here = reads.reports_of(item_id), _every(bank).get(item_id)
    found = here or next((report.item for report in reports), None)  # reports outlive what was taken out of the bank
    if found is None:
        abort(404)
    version = bank.version(item_id) if here else ""
    computed = figures(found, reads.answers_of(session(), item_id, version, with_options=item_id in bank.items))
    entries = [bank.register.entries[entry] for entry in (found.source.id, *found.source.also)
               if entry in bank.register.entries]
    kept = reads.kept_figures(item_id).get((item_id, version))
    return render_template(
        "bank/item.html", item=found, version=version, figures=computed, kept=kept, entries=entries,
        plot=options(computed) if computed.options and item_id in bank.items else None, enough=ENOUGH,
        biserial=biserial, reviews=office().reviewed.get(item_id, []), reports=reports,
        about=ABOUT, drawn=item_id in bank.samples, place=bank.places.get(item_id, ""), wrong=wrong, words=words)


def _rows(bank: Bank) -> list[Row]:
    """Every item with the figures of its present version."""
    kept, waiting = reads.kept_figures(), reads.open_counts()
    asked = {item_id for item_id, _ in kept}
    return [Row(one, kept.get((item_id, bank.version(item_id))) if item_id in asked else None, waiting.get(item_id, 0))
            for item_id, one in _every(bank).items()]


def _wanted(row: Row, words: str, task: str) -> bool:
    text = f"{row.item.id} {row.item.stem}".lower()
    return (not task or task in row.item.tasks) and all(word in text for word in words.lower().split())


def _every(bank: Bank) -> dict[str, Item]:
    return bank.items | dict(bank.samples)
