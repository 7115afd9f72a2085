"""Whatever is posted, nobody sees a broken page, and no case breaks."""

import pytest
from sqlalchemy import select

from app.store.models.attempts import AttemptEvent
from app.store.session import session

ODD = ("\x00", "²", "٣", "1e9", "Infinity", "-1", "9999-12-31", "0001-01-01", "99999999999", "💥" * 50, "A" * 5000,
       "<script>alert(1)</script>", "' OR 1=1 --", "../../etc/passwd")


@pytest.fixture
def client(app, browse):
    return browse("guest")


@pytest.mark.parametrize("odd", ODD)
def test_a_step_takes_anything(app, client, odd):
    start = client.post("/scenarios/the-claim-that-came-back/start").location
    step = client.get(start).location
    fields = dict.fromkeys(("token", "hint", "state", "meaning", "liable", "unpaid", "look_up", "other"), odd)
    codes = [client.post(step + verb, data=fields).status_code for verb in ("/draft", "/edits", "/hint", "/hand-in")]
    codes.append(client.get(step).status_code)
    assert all(code < 500 for code in codes)
    assert session().execute(select(AttemptEvent.id).where(AttemptEvent.kind == "broken")).first() is None


@pytest.mark.parametrize("odd", ODD)
def test_every_form_takes_anything(app, client, odd):
    forms = {"/register": ("name", "email", "password"), "/sign-in": ("email", "password", "next"),
             "/forgot": ("email",), "/account/join": ("code",), "/questions": ("domain", "count"), "/theme": ("theme",)}
    for path, names in forms.items():
        assert client.post(path, data=dict.fromkeys(names, odd)).status_code < 500
    names = ("look_up", "next", "system", "on", "bench", "term", "code", "laterality", odd)
    encoder = ("/codes", "/codes/book", "/codes/guided", "/codes/guided/S72", "/codes/pcs", "/codes/E11.9")
    for path in ("/sign-in", *encoder):
        assert client.get(path, query_string=dict.fromkeys(names, odd)).status_code < 500


@pytest.mark.parametrize("odd", ODD)
def test_codes_that_are_none_are_typed_and_checked(app, client, odd):
    step = client.get(client.post("/scenarios/code-an-inpatient-stay/start").location).location
    fields = {"codes": [odd, "I10"], "codes_poa": [odd, odd], "look_in": odd, "look_up.codes": odd}
    for headers in ({}, {"X-Requested-With": "edits"}):
        assert client.post(step + "/edits", data=fields, headers=headers).status_code < 500
    assert client.get(step, query_string={"look_in": "codes", "look_up": odd, "edits": odd}).status_code < 500


def test_what_was_typed_never_becomes_markup(app, client):
    step = client.get(client.post("/scenarios/verify-a-visit/start").location).location
    client.post(step + "/draft", data={"given": '"><script>alert(1)</script>', "token": "0"})
    assert "<script>alert" not in client.get(step).text
