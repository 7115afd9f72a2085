"""The demonstration class: an instructor, twelve students with some history, one assignment."""

import datetime as dt
from collections.abc import Iterator

from sqlalchemy import select, update

from app.actions import accounts, attempts, classes, sittings
from app.learning.checking import lay, right_response
from app.learning.item_marking import right_answer
from app.learning.items import Item, view
from app.learning.office import Office
from app.learning.reading import as_typed
from app.learning.scenario import Scenario
from app.store.models.attempts import Attempt
from app.store.models.people import Assignment, Class, Membership, User
from app.store.models.sittings import Sitting
from app.store.queries import attempts as attempt_reads
from app.store.queries import sittings as sitting_reads
from app.store.session import session, utc_now, writing
from app.world.seed import Seed, Stream

PASSWORD = "practice-office"  # noqa: S105  (printed at the start; never on a site that is reached from elsewhere)
INSTRUCTOR = ("instructor@example.org", "Renata Okafor")
ADMINISTRATOR = ("administrator@example.org", "Site Administrator")
STUDENTS = (
    "Amara Lindqvist", "Ben Castellano", "Carmen Yazzie", "Dwayne Petrov", "Elif Moreau", "Farrah Kowalski",
    "Gideon Tran", "Hana Whitfield", "Ivan Oyelaran", "Jolene Marsh", "Kiran Desai", "Luz Herrera",
)
ASSIGNED = "the-claim-that-came-back"


def load(office: Office) -> Iterator[str]:
    """Make the class if it is not there yet, saying line by line what is done, and how to sign in."""
    if not session().execute(select(User.id).where(User.email == INSTRUCTOR[0])).first():
        yield "demonstration class: people"
        teacher = _person(*INSTRUCTOR, role="instructor")
        _person(*ADMINISTRATOR, role="administrator")
        students = [_person(f"student{i:02d}@example.org", name) for i, name in enumerate(STUDENTS, start=1)]
        assignment = _class(office, teacher, students)
        for i, student in enumerate(students):
            yield f"demonstration class: history of {STUDENTS[i]} ({i + 1} of {len(students)})"
            _history(office, student, assignment, Seed("demonstration").child(i).stream(), i)
    yield f"Sign in as {INSTRUCTOR[0]} or student01@example.org … student12@example.org, password {PASSWORD}"


def _person(email: str, name: str, *, role: str = "learner") -> int:
    public_id = accounts.register(name, email, PASSWORD, role=role)
    return session().execute(select(User.id).where(User.public_id == public_id)).scalar_one()


def _class(office: Office, teacher: int, students: list[int]) -> int | None:
    """Open the class with its assignment, and return the assignment's id (None when its scenario is missing)."""
    made = classes.open_class(teacher, "HIT 210 Reimbursement, autumn")
    class_id = session().execute(select(Class.id).where(Class.public_id == made)).scalar_one()
    with writing() as own:
        own.add_all(Membership(class_id=class_id, user_id=student) for student in students)
    if ASSIGNED not in office.library.scenarios:
        return None
    scenario = office.library.scenarios[ASSIGNED]
    classes.give(class_id, scenario, f"Week 6: {scenario.title}", due_at=utc_now() + dt.timedelta(days=9))
    return session().execute(select(Assignment.id).where(Assignment.class_id == class_id)).scalar_one()


def _history(office: Office, student: int, assignment: int | None, stream: Stream, number: int) -> None:
    """A student's weeks so far: better and worse ones, one who has done nothing yet, some in the middle of a case."""
    if number == len(STUDENTS) - 1:
        return
    skill = stream.whole(55, 97)
    practiced = stream.some(sorted(office.library.scenarios), stream.whole(1, 3))
    for weeks, scenario_id in enumerate(practiced, start=1):
        _work(office, student, office.library.scenarios[scenario_id], stream, skill,
              utc_now() - dt.timedelta(days=6 * weeks + stream.whole(0, 4)))
    if assignment is not None and stream.chance(70):
        _work(office, student, office.library.scenarios[ASSIGNED], stream, skill,
              utc_now() - dt.timedelta(hours=stream.whole(5, 70)), assignment=assignment, stop=stream.chance(15))
    for weeks in range(stream.whole(1, 2)):
        domain = stream.one(office.bank.outline.domains).id
        _answer(office, student, domain, stream, skill, utc_now() - dt.timedelta(days=3 + 5 * weeks))


def _work(office: Office, student: int, scenario: Scenario, stream: Stream, skill: int, at: dt.datetime, *,
          assignment: int | None = None, stop: bool = False) -> None:
    """Work a case as someone would who is right in `skill` of 100 fields."""
    made = attempts.start(student, scenario, office.codes, seed=f"demo-{student}-{scenario.id}",
                          assignment_id=assignment)
    row = session().execute(select(Attempt.id).where(Attempt.public_id == made)).scalar_one()
    for _ in scenario.steps:
        found = attempt_reads.loaded(row)
        current = found.state.current
        if current is None or (stop and current.spec != scenario.steps[0]):
            break
        laid = lay(found.case, current.spec, found.state.earlier)
        if laid is None:
            break
        fields = {field.name: field for field in laid.view.fields}
        raw = {name: as_typed(fields[name], values) if name in fields else values
               for name, values in right_response(laid).items() if stream.chance(skill)}
        attempts.hand_in(row, current.spec.id, raw)
    _date_back(Attempt, row, at)


def _answer(office: Office, student: int, domain: str, stream: Stream, skill: int, at: dt.datetime) -> None:
    made = sittings.start(student, office.bank, domain, 10)
    if made is None:
        return
    row = session().execute(select(Sitting.id).where(Sitting.public_id == made)).scalar_one()
    for question in sitting_reads.sitting(row).questions:
        sittings.answer(row, question.position, _choice(question.item, question.order, stream, skill))
    _date_back(Sitting, row, at)


def _choice(item: Item, order: str, stream: Stream, skill: int) -> list[str]:
    """What somebody would answer who knows `skill` of 100 things: the key, or a guess."""
    key, letters = right_answer(item, order), [option.letter for option in view(item, order).options]
    if stream.chance(skill):
        return key
    if item.kind in ("single", "several"):
        return [stream.one(letters)]
    return stream.shuffled(key) if len(key) > 1 else ["1"]


def _date_back(table: type[Attempt] | type[Sitting], row_id: int, at: dt.datetime) -> None:
    """Give made-up history its made-up dates."""
    with writing() as own:
        own.execute(update(table).where(table.id == row_id).values(started_at=at))
        own.execute(update(table).where(table.id == row_id, table.finished_at.is_not(None))
                    .values(finished_at=at + dt.timedelta(minutes=20)))
