"""Items in use: figures are kept when a session ends, what misleads is not asked, drawn kinds are asked anew."""

import msgspec
import pytest
from sqlalchemy import select

from app.actions import accounts, items, sittings
from app.learning.bank import Bank
from app.learning.item_marking import right_answer
from app.learning.items import Item
from app.store.models.items import ItemFigure, ItemReport
from app.store.models.people import User
from app.store.models.sittings import Sitting, SittingItem
from app.store.queries import items as reads
from app.store.session import session, writing


@pytest.fixture
def small(office):
    """A bank of two written items and one drawn kind."""
    two = {item.id: item for item in [i for i in office.bank.items.values() if i.kind == "single"][:2]}
    name = "length-of-stay"
    return Bank(office.bank.outline, two, {}, (), {}, office.bank.register,
                {name: office.bank.templates[name]}, {name: office.bank.samples[name]})


@pytest.fixture
def learners(app):
    for i in range(4):
        accounts.register(f"Learner {i}", f"learner{i}@example.org", "correct horse battery", role="learner")
    return list(session().execute(select(User.id).order_by(User.id)).scalars())


def sit(user, bank, right):
    """A whole session; `right` says of an item id whether it is answered rightly."""
    made = sittings.start(user, bank, "", 10)
    row = session().execute(select(Sitting.id).where(Sitting.public_id == made)).scalar_one()
    for asked in session().execute(select(SittingItem).where(SittingItem.sitting_id == row)).scalars().all():
        key = right_answer(msgspec.json.decode(asked.body, type=Item), asked.order)
        wrong = next(letter for letter in "abcd" if letter not in key)
        sittings.answer(row, asked.position, key if right(asked.item_id) else [wrong])
    return row


def kept():
    session().rollback()
    return {row.item_id: row for row in session().execute(select(ItemFigure)).scalars()}


def test_a_drawn_kind_is_asked_with_other_numbers_each_time(small, learners):
    for _ in range(3):
        sittings.start(learners[0], small, "3", 10)
    bodies = [msgspec.json.decode(body, type=Item).stem for body in session().execute(
        select(SittingItem.body).where(SittingItem.item_id == "length-of-stay")).scalars()]
    assert len(set(bodies)) == 3


def test_figures_are_kept_when_a_session_ends(small, learners):
    first, second = list(small.items)
    sit(learners[0], small, lambda item: True)
    sit(learners[1], small, lambda item: item != first)
    found = kept()
    assert {item: (row.answers, row.percent) for item, row in found.items()} == {
        first: (2, 50), second: (2, 100), "length-of-stay": (2, 100)}


def test_only_the_first_answer_of_a_learner_counts(small, learners):
    first = next(iter(small.items))
    sit(learners[0], small, lambda item: item != first)
    sit(learners[0], small, lambda item: True)
    assert (kept()[first].answers, kept()[first].percent) == (1, 0)


def test_what_is_set_aside_is_not_asked_until_it_is_corrected_or_cleared(small, learners):
    first, second = list(small.items)
    sit(learners[0], small, lambda item: True)
    with writing() as own:
        own.get(ItemFigure, (first, small.version(first))).set_aside_at = own.get(User, learners[0]).created_at
    asked = lambda: {row.item_id for row in session().execute(select(SittingItem).where(  # noqa: E731
        SittingItem.sitting_id == session().execute(select(Sitting.id).order_by(Sitting.id.desc())).scalars().first()
    )).scalars()}
    sittings.start(learners[1], small, "", 10)
    assert asked() == {second, "length-of-stay"}
    corrected = msgspec.structs.replace(small, items={
        first: msgspec.structs.replace(small.items[first], stem="Corrected?"), second: small.items[second]})
    sittings.start(learners[1], corrected, "", 10)
    assert first in asked()
    items.ask_again(first, small.version(first))
    sittings.start(learners[1], small, "", 10)
    assert first in asked()


def test_an_item_that_was_cleared_is_not_set_aside_again(small, learners, monkeypatch):
    from app.learning import item_statistics

    monkeypatch.setattr(item_statistics, "ENOUGH", 3)
    first, second = list(small.items)
    strong_get_it_wrong = [lambda item: item != first, lambda item: item != first, lambda item: item == first,
                           lambda item: item == first]
    for user, right in zip(learners[:3], strong_get_it_wrong[:3], strict=True):
        sit(user, small, right)
    assert kept()[first].set_aside_at is not None
    assert kept()[second].set_aside_at is None
    items.ask_again(first, small.version(first))
    items.keep_all_figures(small)
    assert kept()[first].set_aside_at is None


def test_all_figures_can_be_computed_anew(small, learners):
    sit(learners[0], small, lambda item: True)
    with writing() as own:
        own.query(ItemFigure).delete()
    assert items.keep_all_figures(small) == 3
    assert len(kept()) == 3


def test_a_report_is_made_once_and_settled_once(small, learners):
    row = sit(learners[0], small, lambda item: True)
    assert items.report(row, 1, learners[0], "key", "The rule says 30 days.")
    assert items.report(row, 1, learners[0], "other", "Again.")
    report = session().execute(select(ItemReport)).scalar_one()
    assert report.words == "The rule says 30 days."
    session().rollback()
    assert items.settle(report.public_id, learners[1], changed=True, words="The key now says 30 days.")
    assert not items.settle(report.public_id, learners[2], changed=False, words="No.")
    session().rollback()
    found = reads.reports_of(report.item_id)[0]
    assert (found.outcome, found.answer, found.settled_by) == ("changed", "The key now says 30 days.", "Learner 1")
    assert reads.open_reports() == []


def test_only_an_answered_question_can_be_reported(small, learners):
    made = sittings.start(learners[0], small, "", 10)
    row = session().execute(select(Sitting.id).where(Sitting.public_id == made)).scalar_one()
    assert not items.report(row, 1, learners[0], "key", "It is wrong.")
    assert not items.report(row, 99, learners[0], "key", "It is wrong.")
