"""Reads of question sessions."""

import datetime as dt

import msgspec
from msgspec import Struct
from sqlalchemy import select

from app.learning.items import Item
from app.store.models.sittings import Sitting, SittingItem
from app.store.session import session


class Question(Struct, frozen=True):
    """A question of a session as it was drawn. `response` and `score` (0 to 100) are None before it is answered.

    `item_id` is the item's or, of a draw, the template's.
    """

    position: int
    item_id: str
    item_version: str
    item: Item
    order: str
    response: list[str] | None
    score: int | None


class SittingRow(Struct, frozen=True):
    public_id: str
    mode: str
    title: str
    started_at: dt.datetime
    finished_at: dt.datetime | None
    questions: tuple[Question, ...]

    def at(self, position: int) -> Question | None:
        """Return the question at `position` (from 1), or None."""
        return self.questions[position - 1] if 1 <= position <= len(self.questions) else None

    @property
    def next_open(self) -> int | None:
        """The first position that is not answered, or None."""
        return next((q.position for q in self.questions if q.response is None), None)

    @property
    def percent(self) -> int:
        """Share of the answered ones, in whole percent."""
        scores = [q.score for q in self.questions if q.score is not None]
        return round(sum(scores) / len(scores)) if scores else 0


def sitting(sitting_id: int) -> SittingRow:
    """Return the session with its questions. Raises NoResultFound when there is none."""
    row = session().execute(select(Sitting).where(Sitting.id == sitting_id)).scalar_one()
    items = session().execute(select(SittingItem).where(SittingItem.sitting_id == sitting_id)
                              .order_by(SittingItem.position)).scalars()
    questions = tuple(Question(
        i.position, i.item_id, i.item_version, msgspec.json.decode(i.body, type=Item), i.order,
        msgspec.json.decode(i.response, type=list[str]) if i.response is not None else None, i.score) for i in items)
    return SittingRow(row.public_id, row.mode, row.title, row.started_at, row.finished_at, questions)
