"""Question sessions: start one, answer, finish."""

import secrets
from typing import Any

import msgspec
from sqlalchemy import func, select

from app.actions.items import keep_figures
from app.learning.bank import Bank
from app.learning.item_marking import mark
from app.learning.items import Item, domain_of
from app.learning.sitting import Seen, draw
from app.store.models.sittings import Sitting, SittingItem
from app.store.queries.items import set_aside
from app.store.session import utc_now, writing


def start(user_id: int, bank: Bank, domain: str, count: int) -> str | None:
    """Start a practice session in a domain ("" for all), and return its public id; None when there are no items.

    A template takes part as one item; what is asked is a fresh draw of it. What is set aside is not asked.
    """
    with writing() as session:
        aside = set_aside(session)
        pool = [item for item in bank.every(domain)
                if item.id not in aside or bank.version(item.id) not in aside[item.id]]
        drawn = draw(pool, count, _seen(session, user_id), secrets.token_hex(8))
        if not drawn:
            return None
        title = next((d.title for d in bank.outline.domains if d.id == domain), "All domains")
        row = Sitting(public_id=secrets.token_urlsafe(12), user_id=user_id, mode="practice", title=title,
                      started_at=utc_now())
        session.add(row)
        session.flush()
        session.add_all(_row(row.id, i, item, bank) for i, item in enumerate(drawn, start=1))
        return str(row.public_id)


def answer(sitting_id: int, position: int, response: list[str]) -> bool:
    """Mark an answer, once. False when there is no such question, nothing was answered, or it was answered before."""
    with writing() as session:
        sitting = session.get(Sitting, sitting_id, with_for_update=True)
        row = session.execute(select(SittingItem).where(SittingItem.sitting_id == sitting_id,
                                                        SittingItem.position == position)).scalar_one_or_none()
        if sitting is None or row is None or row.answered_at is not None or not response:
            return False
        item = msgspec.json.decode(row.body, type=Item)
        row.response = msgspec.json.encode(response).decode()
        row.score, row.answered_at = mark(item, row.order, response).score, utc_now()
        session.flush()
        left = session.execute(select(func.count()).select_from(SittingItem).where(
            SittingItem.sitting_id == sitting_id, SittingItem.answered_at.is_(None))).scalar_one()
        if left == 0:
            sitting.finished_at = utc_now()
    if left == 0:
        keep_figures(sitting_id)
    return True


def _row(sitting_id: int, position: int, item: Item, bank: Bank) -> SittingItem:
    """The question as it is asked. Of a template the id is the template's: its draws count together."""
    asked = bank.templates[item.id](secrets.token_hex(8)) if item.id in bank.templates else item
    return SittingItem(
        sitting_id=sitting_id, position=position, item_id=item.id, item_version=bank.version(item.id),
        domain=domain_of(item), body=msgspec.json.encode(asked).decode(), order=secrets.token_hex(8),
    )


def _seen(session: Any, user_id: int) -> dict[str, Seen]:
    """How each item went for this person, the last time it was answered."""
    rows = session.execute(
        select(SittingItem.item_id, SittingItem.score, Sitting.id)
        .join(Sitting, Sitting.id == SittingItem.sitting_id)
        .where(Sitting.user_id == user_id, SittingItem.answered_at.is_not(None)).order_by(Sitting.id)).all()
    sessions = sorted({sitting for _, _, sitting in rows}, reverse=True)
    ago = {sitting: i for i, sitting in enumerate(sessions)}
    return {item_id: Seen(score, ago[sitting]) for item_id, score, sitting in rows}
