"""Walk the whole URL map as everybody, with somebody else's things."""

import re

import pytest
from sqlalchemy import select

from app.actions import attempts, disputes, drills, items, sittings
from app.learning.drill import kinds
from app.store.models.attempts import Attempt
from app.store.models.disputes import Dispute
from app.store.models.items import ItemReport
from app.store.models.sittings import Sitting
from app.store.session import session, utc_now, writing
from tests.conftest import SCENARIO
from tests.house.expectations import EXPECTED, WHO

UNPAID = "the-claim-that-came-back"  # its first step has a claim on the desk
CLAIM_FORM = "/attempts/<attempt_id>/steps/<step_id>/papers/<paper_id>.pdf"


def routes(app):
    for rule in app.url_map.iter_rules():
        for method in sorted(rule.methods & {"GET", "POST", "PUT", "DELETE", "PATCH"}):
            yield f"{method} {rule.rule}"


def test_every_route_says_who_may_use_it(app):
    assert sorted(routes(app)) == sorted(EXPECTED)


def test_every_expectation_names_everybody():
    assert all(tuple(expected) == WHO or set(expected) == set(WHO) for expected in EXPECTED.values())


@pytest.fixture
def things(app, office, cast):
    """What the learner has: an attempt at the assignment of the class, a question session, a drill that runs."""
    learner = cast.users["learner"]
    made = attempts.start(learner, office.library.scenarios[SCENARIO], office.codes, assignment_id=cast.assignment_id)
    scenario, unpaid = office.library.scenarios[SCENARIO], office.library.scenarios[UNPAID]
    claim = attempts.start(learner, unpaid, office.codes, assignment_id=cast.assignment_id)
    return {
        "scenario_id": SCENARIO, "attempt_id": made, "step_id": scenario.steps[0].id, "class_id": cast.klass,
        "sitting_id": sittings.start(learner, office.bank, "", 5), "position": "1", "code": "J45.909",
        "token": "not-a-token", "filename": "office.css", "dispute_id": disputed(learner, scenario, office, cast),
        "item_id": next(iter(office.bank.items)), "report_id": reported(learner, office),
        "drill_id": drills.start(learner, kinds()["short"], received=utc_now()).public_id,
        CLAIM_FORM: f"/attempts/{claim}/steps/{unpaid.steps[0].id}/papers/claim.pdf",
    }


def disputed(learner, scenario, office, cast):
    """A dispute of the learner's about a step handed in blank."""
    made = attempts.start(learner, scenario, office.codes)
    with writing() as own:
        row = own.execute(select(Attempt).where(Attempt.public_id == made)).scalar_one()
        row.assignment_id, row.ordinal, number = cast.assignment_id, 99, row.id
    attempts.hand_in(number, scenario.steps[0].id, {})
    disputes.raise_dispute(number, scenario.steps[0].id, 0, "The card says so.")
    return session().execute(select(Dispute.public_id)).scalar_one()


def reported(learner, office):
    """A report of the learner's about a question that was answered."""
    made = sittings.start(learner, office.bank, "", 5)
    row = session().execute(select(Sitting.id).where(Sitting.public_id == made)).scalar_one()
    sittings.answer(row, 1, ["a"])
    items.report(row, 1, learner, "key", "The rule says 30 days.")
    return session().execute(select(ItemReport.public_id)).scalar_one()


def outcome(answer):
    if answer.status_code == 404:
        return "no"
    if answer.status_code == 302 and answer.location.startswith("/sign-in?"):
        return "in"
    if answer.status_code == 302 and answer.location == "/sign-in" and answer.request.path not in ("/forgot",):
        return "in"
    return "ok" if answer.status_code in (200, 302, 422) else str(answer.status_code)


@pytest.mark.parametrize("who", WHO)
def test_what_each_person_may_do(app, things, browse, who):
    wrong = []
    for route, expected in EXPECTED.items():
        method, _, rule = route.partition(" ")
        path = things.get(rule, rule)
        for name, value in things.items():
            for form in (f"<{name}>", f"<int(max=9999):{name}>", f"<path:{name}>"):
                path = path.replace(form, value)
        client = browse(who)  # a fresh session: signing out and the like must not spoil the next route
        fields = {"count": "5", "answer": "a"} if method == "POST" else None
        got = outcome(client.open(path, method=method, data=fields))
        if got != expected[who]:
            wrong.append(f"{who}: {route} is {got}, expected {expected[who]}")
    assert wrong == []


def test_an_instructor_does_not_see_practice_outside_his_assignments(app, office, cast, browse):
    made = attempts.start(cast.users["learner"], office.library.scenarios[SCENARIO], office.codes)
    assert browse("instructor").get(f"/attempts/{made}").status_code == 404


def test_an_assignment_cannot_be_started_from_another_class(app, cast, browse):
    answer = browse("other class").post(f"/scenarios/{SCENARIO}/start", data={"assignment": cast.assignment})
    assert answer.status_code == 404
    assert session().execute(select(Attempt.id)).first() is None


def test_absent_and_foreign_look_the_same(app, things, browse):
    client = browse("classmate")
    foreign = client.get(f"/attempts/{things['attempt_id']}")
    absent = client.get("/attempts/nothing-like-this")
    plain = [re.sub(r'(?<=name="csrf_token")[^>]*', "", answer.text) for answer in (foreign, absent)]  # dated tokens
    assert (foreign.status_code, plain[0]) == (absent.status_code, plain[1])
