"""Items in use: keep their figures, set aside what misleads, take reports of learners and settle them."""

import secrets
from contextlib import suppress

import msgspec
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from app.learning.bank import Bank
from app.learning.item_statistics import figures
from app.learning.items import Item
from app.store.models.items import ItemFigure, ItemReport
from app.store.models.sittings import Sitting, SittingItem
from app.store.queries.items import answers_of
from app.store.session import utc_now, writing

ABOUT = ("key", "unclear", "outdated", "other")
LONGEST = 1_000  # characters of a report or an answer


def keep_figures(sitting_id: int) -> None:
    """Compute the figures of the items of a finished session anew; set aside what misleads.

    When two sessions with a new item end at the same moment, one of them leaves the figures to the other.
    """
    with suppress(IntegrityError), writing() as own:
        sitting = own.get(Sitting, sitting_id)
        if sitting is None or sitting.finished_at is None:
            return
        rows = own.execute(select(SittingItem).where(SittingItem.sitting_id == sitting_id)
                           .order_by(SittingItem.item_id)).scalars().all()
        for row in rows:
            _keep(own, row.item_id, row.item_version, msgspec.json.decode(row.body, type=Item))


def keep_all_figures(bank: Bank) -> int:
    """Compute the figures of every item of the bank that was answered; return how many."""
    every = bank.items | dict(bank.samples)
    count = 0
    with writing() as own:
        asked = own.execute(select(SittingItem.item_id, SittingItem.item_version).distinct()
                            .order_by(SittingItem.item_id)).all()
        for item_id, version in asked:
            if item_id in every and bank.version(item_id) == version:
                _keep(own, item_id, version, every[item_id])
                count += 1
    return count


def _keep(own: Session, item_id: str, version: str, item: Item) -> None:
    found = figures(item, answers_of(own, item_id, version))
    row = own.get(ItemFigure, (item_id, version))
    if row is None:
        row = ItemFigure(item_id=item_id, item_version=version)
        own.add(row)
    row.answers, row.percent, row.biserial = found.answers, found.percent, found.biserial
    if found.is_set_aside and row.set_aside_at is None and row.cleared_at is None:
        row.set_aside_at = utc_now()
    own.flush()


def report(sitting_id: int, position: int, user_id: int, about: str, words: str) -> bool:
    """Report an item that was answered. False when there is no such answer; a second report changes nothing."""
    with writing() as own:
        asked = own.execute(select(SittingItem).where(
            SittingItem.sitting_id == sitting_id, SittingItem.position == position,
            SittingItem.answered_at.is_not(None))).scalar_one_or_none()
        if asked is None or about not in ABOUT:
            return False
        made = own.query(ItemReport).filter_by(item_id=asked.item_id, item_version=asked.item_version,
                                               reporter_id=user_id).first()
        if made is None:
            own.add(ItemReport(public_id=secrets.token_urlsafe(12), item_id=asked.item_id,
                               item_version=asked.item_version, body=asked.body, reporter_id=user_id, about=about,
                               words=words[:LONGEST], raised_at=utc_now()))
        return True


def settle(public_id: str, by: int, *, changed: bool, words: str) -> bool:
    """Settle a report with what it changed, or why nothing changed. False when there is no open one."""
    with writing() as own:
        row = own.execute(select(ItemReport).where(ItemReport.public_id == public_id)
                          .with_for_update()).scalar_one_or_none()
        if row is None or row.outcome != "open":
            return False
        row.outcome, row.answer = "changed" if changed else "kept", words[:LONGEST]
        row.settled_by, row.settled_at = by, utc_now()
        return True


def ask_again(item_id: str, version: str) -> None:
    """Ask an item again that was set aside: somebody looked at its key and found it right."""
    with writing() as own:
        row = own.get(ItemFigure, (item_id, version))
        if row is not None and row.set_aside_at is not None:
            row.set_aside_at, row.cleared_at = None, utc_now()
