"""Giving an assignment: what cannot be meant is told beside the field."""

import pytest
from sqlalchemy import select

from app.store.models.people import Class
from app.store.session import session
from tests.conftest import SCENARIO


@pytest.mark.parametrize(("changed", "said"), [
    ({"due_at": "2020-01-01T10:00"}, "That is past."), ({"due_at": "soon"}, "Not a valid"),
    ({"opens_at": "2099-02-01T10:00", "due_at": "2099-01-01T10:00"}, "It must be due after it opens."),
    ({"attempts": "0"}, "From 1 to 20."), ({"title": " "}, "Give it a title.")])
def test_what_cannot_be_meant_is_told(cast, browse, changed, said):
    klass = session().execute(select(Class.public_id).where(Class.name == "HIT 210")).scalar_one()
    form = {"scenario": SCENARIO, "title": "Week 2", "attempts": "3"} | changed
    answer = browse("instructor").post(f"/classes/{klass}/assignments", data=form)
    assert answer.status_code == 422
    assert said in answer.text
