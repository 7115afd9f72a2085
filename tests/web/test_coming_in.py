"""Guests, registration, signing in and out, passwords."""

import logging
import re

import pytest
from sqlalchemy import select

from app.store.models.attempts import Attempt
from app.store.models.people import User
from app.store.session import session
from tests.conftest import EMAILS, PASSWORD, SCENARIO


def register(client, email="new@example.org", **changes):
    return client.post("/register", data={"name": "New Person", "email": email, "password": PASSWORD, **changes})


def test_a_guest_practices_without_a_form(browse):
    assert browse("guest").get("/home").status_code == 200


def test_a_guest_who_registers_keeps_the_work(app, browse):
    guest = browse("guest")
    guest.post(f"/scenarios/{SCENARIO}/start")
    register(guest)
    owner = session().execute(select(User.email).join(Attempt, Attempt.user_id == User.id)).scalar_one()
    assert owner == "new@example.org"


def test_a_guest_who_signs_in_takes_the_work_along(app, cast, browse):
    guest = browse("guest")
    guest.post(f"/scenarios/{SCENARIO}/start")
    guest.post("/sign-in", data={"email": EMAILS["learner"], "password": PASSWORD})
    assert session().execute(select(Attempt.user_id)).scalar_one() == cast.users["learner"]


def test_the_guest_is_forgotten_after_signing_in(app, cast, browse):
    guest = browse("guest")
    guest.post("/sign-in", data={"email": EMAILS["learner"], "password": PASSWORD})
    assert session().execute(select(User.id).where(User.is_guest)).first() is None


def test_an_address_registers_once(app, browse):
    assert register(browse("nobody")).status_code == 302
    again = register(browse("nobody"), email="NEW@example.org")
    assert again.status_code == 422
    assert "There is an account with this address" in again.text


@pytest.mark.parametrize(("field", "value", "said"), [
    ("email", "nobody", "such as name@example.org"), ("password", "short", "10 characters"), ("name", "", "your name"),
])
def test_bad_input_is_told_beside_the_field_and_the_rest_is_kept(app, browse, field, value, said):
    answer = register(browse("nobody"), **{field: value})
    assert answer.status_code == 422
    assert said in answer.text
    assert field == "email" or "new@example.org" in answer.text


def test_a_wrong_password_and_an_unknown_address_say_the_same(cast, browse):
    client = browse("nobody")
    wrong = client.post("/sign-in", data={"email": EMAILS["learner"], "password": "not this one"})
    unknown = client.post("/sign-in", data={"email": "who@example.org", "password": "not this one"})
    assert "do not match an account" in wrong.text
    plain = [re.sub(r'(?<=name="csrf_token")[^>]*', "", answer.text) for answer in (wrong, unknown)]  # dated tokens
    assert plain[0].replace(EMAILS["learner"], "") == plain[1].replace("who@example.org", "")


@pytest.mark.parametrize("there", ["https://evil.example", "//evil.example", "/\\evil.example", "javascript:alert(1)"])
def test_signing_in_never_leads_to_another_site(cast, browse, there):
    answer = browse("nobody").post("/sign-in", data={"email": EMAILS["learner"], "password": PASSWORD, "next": there})
    assert answer.location == "/home"


def test_signing_in_goes_on_to_the_page_that_was_asked_for(cast, browse):
    asked = browse("nobody").get("/scenarios")
    assert asked.location == "/sign-in?next=/scenarios"


def test_signing_out_ends_the_session(cast, browse):
    client = browse("learner")
    client.post("/sign-out")
    assert client.get("/home").status_code == 302


def test_changing_the_password_ends_other_sessions(cast, browse):
    here, elsewhere = browse("learner"), browse("learner")
    here.post("/account/password", data={"old": PASSWORD, "password": "another long one", "again": "another long one"})
    assert here.get("/home").status_code == 200
    assert elsewhere.get("/home").status_code == 302


def reset_link(caplog, client, email):
    with caplog.at_level(logging.WARNING, "chartroom.mail"):
        client.post("/forgot", data={"email": email})
    found = re.search(r"http://localhost(/reset/\S+)", caplog.text)
    return found.group(1) if found else None


def test_the_reset_link_is_in_the_log_and_works_once(cast, browse, caplog):
    client = browse("nobody")
    link = reset_link(caplog, client, EMAILS["learner"])
    new = {"password": "a brand new one", "again": "a brand new one"}
    assert client.post(link, data=new).location == "/sign-in"
    assert client.post("/sign-in", data={"email": EMAILS["learner"], "password": "a brand new one"}).location == "/home"
    assert browse("nobody").post(link, data=new).location == "/forgot"


def test_an_unknown_address_gets_the_same_answer_and_no_link(cast, browse, caplog):
    assert reset_link(caplog, browse("nobody"), "who@example.org") is None


def test_a_changed_link_is_refused(cast, browse):
    assert browse("nobody").get("/reset/not.a.token").location == "/forgot"


def test_a_learner_joins_a_class_by_its_code(cast, browse):
    client = browse("other class")
    code = browse("instructor").get(f"/classes/{cast.klass}").text.split('class="code">')[1].split("<")[0]
    assert client.post("/account/join", data={"code": code.lower()}).status_code == 302
    assert "Week 1" in client.get("/home").text


def test_a_wrong_code_is_told(cast, browse):
    assert "No class has this code" in browse("learner").post("/account/join", data={"code": "NOPE"}).text


def test_csrf_is_asked_for(app, browse):
    app.config["WTF_CSRF_ENABLED"] = True
    assert browse("nobody").post("/sign-in", data={"email": "a@example.org", "password": "x"}).status_code == 400
