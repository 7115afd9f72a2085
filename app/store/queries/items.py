"""Reads of what use tells of items: answers, figures, reports."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

import msgspec
from msgspec import Struct
from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from app.learning.item_statistics import Answer, chosen_texts
from app.learning.items import Item
from app.store.models.items import ItemFigure, ItemReport
from app.store.models.people import User
from app.store.models.sittings import Sitting, SittingItem
from app.store.session import session


class FigureRow(Struct, frozen=True):
    """The kept figures of one version of an item. `biserial` in thousandths."""

    item_id: str
    item_version: str
    answers: int
    percent: int
    biserial: int | None
    set_aside_at: dt.datetime | None
    cleared_at: dt.datetime | None


class ReportRow(Struct, frozen=True):
    """A report. `item` is what the learner saw. Names are "" where the person has left."""

    public_id: str
    item_id: str
    item_version: str
    item: Item
    reporter: str
    about: str
    words: str
    raised_at: dt.datetime
    outcome: str
    answer: str
    settled_by: str
    settled_at: dt.datetime | None


def answers_of(own: Session, item_id: str, version: str, *, with_options: bool = False) -> list[Answer]:
    """Return each learner's first answer to a version of an item, in finished sessions of two questions and more."""
    totals = (select(SittingItem.sitting_id, func.sum(SittingItem.score).label("sum"), func.count().label("count"))
              .where(SittingItem.sitting_id.in_(select(SittingItem.sitting_id).where(SittingItem.item_id == item_id)))
              .group_by(SittingItem.sitting_id).subquery())
    rows = own.execute(
        select(Sitting.user_id, SittingItem.score, totals.c.sum, totals.c.count,
               *((SittingItem.body, SittingItem.order, SittingItem.response) if with_options else ()))
        .join(Sitting, Sitting.id == SittingItem.sitting_id).join(totals, totals.c.sitting_id == Sitting.id)
        .where(SittingItem.item_id == item_id, SittingItem.item_version == version, Sitting.finished_at.is_not(None),
               totals.c.count > 1)
        .order_by(SittingItem.id)).all()
    found: dict[int, Answer] = {}
    for user, score, total, count, *told in rows:
        if user not in found:
            found[user] = Answer(score, (total - score) / (count - 1), _texts(*told) if told else ())
    return list(found.values())


def _texts(body: str, order: str, response: str) -> tuple[str, ...]:
    return chosen_texts(msgspec.json.decode(body, type=Item), order, msgspec.json.decode(response, type=list[str]))


def kept_figures(item_id: str = "") -> dict[tuple[str, str], FigureRow]:
    """Return the kept figures by item and version, of one item or of all."""
    query = select(ItemFigure).where(ItemFigure.item_id == item_id) if item_id else select(ItemFigure)
    return {(row.item_id, row.item_version): FigureRow(row.item_id, row.item_version, row.answers, row.percent,
                                                       row.biserial, row.set_aside_at, row.cleared_at)
            for row in session().execute(query).scalars()}


def set_aside(own: Session) -> dict[str, set[str]]:
    """Return the versions of each item that are not asked."""
    found: dict[str, set[str]] = {}
    for item_id, version in own.execute(select(ItemFigure.item_id, ItemFigure.item_version)
                                        .where(ItemFigure.set_aside_at.is_not(None))):
        found.setdefault(item_id, set()).add(version)
    return found


def open_reports() -> list[ReportRow]:
    """Return the reports that wait to be settled, the oldest first."""
    return _reports(ItemReport.outcome == "open")


def settled_reports(most: int = 50) -> list[ReportRow]:
    """Return the latest settled reports, the newest first."""
    return _reports(ItemReport.outcome != "open", order=(ItemReport.settled_at.desc(), ItemReport.id), most=most)


def reports_of(item_id: str) -> list[ReportRow]:
    """Return every report of an item, the oldest first."""
    return _reports(ItemReport.item_id == item_id)


def report(public_id: str) -> ReportRow | None:
    """Return a report, or None."""
    found = _reports(ItemReport.public_id == public_id)
    return found[0] if found else None


def report_of(item_id: str, version: str, user_id: int) -> ReportRow | None:
    """Return what this person reported of this version, or None."""
    found = _reports(ItemReport.item_id == item_id, ItemReport.item_version == version,
                     ItemReport.reporter_id == user_id)
    return found[0] if found else None


def open_counts(item_id: str = "") -> dict[str, int]:
    """Return how many reports are open, by item: of one item or of all."""
    query = select(ItemReport.item_id, func.count()).where(ItemReport.outcome == "open").group_by(ItemReport.item_id)
    if item_id:
        query = query.where(ItemReport.item_id == item_id)
    return {str(found): int(count) for found, count in session().execute(query)}


def _reports(*conditions: ColumnElement[bool], order: Sequence[Any] = (ItemReport.raised_at, ItemReport.id),
             most: int | None = None) -> list[ReportRow]:
    settler = User.__table__.alias("settler")
    rows = session().execute(
        select(ItemReport, User.name, settler.c.name)
        .outerjoin(User, User.id == ItemReport.reporter_id).outerjoin(settler, settler.c.id == ItemReport.settled_by)
        .where(*conditions).order_by(*order).limit(most)).all()
    return [ReportRow(report.public_id, report.item_id, report.item_version,
                      msgspec.json.decode(report.body, type=Item), reporter or "", report.about, report.words,
                      report.raised_at, report.outcome, report.answer, by or "", report.settled_at)
            for report, reporter, by in rows]
