"""What an instructor does: open a class, give an assignment, withdraw it."""

import datetime as dt
import secrets

from app.learning.scenario import Scenario
from app.store.models.people import Assignment, Class
from app.store.session import writing

# Letters and digits that are not taken for each other when read aloud.
_CODE = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"


def open_class(instructor_id: int, name: str) -> str:
    """Open a class and return its public id. Learners join by its code."""
    with writing() as session:
        row = Class(public_id=secrets.token_urlsafe(12), name=name, instructor_id=instructor_id,
                    join_code="".join(secrets.choice(_CODE) for _ in range(8)))
        session.add(row)
        session.flush()
        return str(row.public_id)


def give(class_id: int, scenario: Scenario, title: str, *, opens_at: dt.datetime | None = None,
         due_at: dt.datetime | None = None, attempts_allowed: int = 3) -> str:
    """Give the class a scenario to work, and return the assignment's public id. Times are UTC."""
    with writing() as session:
        row = Assignment(public_id=secrets.token_urlsafe(12), class_id=class_id, scenario_id=scenario.id,
                         title=title, opens_at=opens_at, due_at=due_at, attempts_allowed=attempts_allowed)
        session.add(row)
        session.flush()
        return str(row.public_id)
