"""`/x12`: a file in words, what is wrong beside the field, and nothing kept."""

import io

import pytest

from app.web.x12 import views
from app.web.x12.examples import EXAMPLES
from tests.billing.x12_reading.senders import CLAIMS, PAYMENT


@pytest.fixture
def client(app, browse):
    return browse("guest")


def upload(raw, **fields):
    return {"file": (io.BytesIO(raw), "claims.x12"), **fields}


def test_a_file_is_shown_in_words(client):
    page = client.post("/x12", data=upload(CLAIMS.encode()))
    assert page.status_code == 200
    for words in ("70 segments, 1 transaction, 2 claims", "Per J Lindqvist Jr", "$225.50", "Balances.",
                  "CLM*A-1001*225.5***11:B:1*Y*A*Y*Y*P*OA~", "Fell from a ladder; wrist splinted"):
        assert words in page.text


def test_pasted_text_is_read_and_stays_in_the_field(client):
    page = client.post("/x12", data={"text": PAYMENT, "show": "claims"})
    assert "paid <strong" in page.text
    assert "CLP*A-1001*1*225.5*141.25" in page.text.split("</textarea>")[0]
    assert "Segment by segment" not in page.text


def test_a_damaged_file_is_told_beside_the_field_and_shown_as_far_as_it_goes(client):
    page = client.post("/x12", data={"text": CLAIMS.replace("SE*66*", "SE*65*").replace("IEA*1*", "IEA*2*")})
    assert page.status_code == 422
    field = page.text.split('id="text-problem"')[1].split("</p>")[0]
    assert "Line 68, segment 68: SE says 65 segments, 66 were counted" in field
    assert "IEA says 2 functional groups, 1 was counted" in page.text
    assert "A-1002" in page.text.split('id="found"')[1]


@pytest.mark.parametrize(("raw", "said"), [
    (b"", "Choose a file, or paste its text."), (b" \n", "Choose a file, or paste its text."),
    (b"\x89PNG\r\n\x1a\n\x00\x00", "this is no X12 file: it looks like a file of a program, not text"),
    (bytes(range(256)), "this is no X12 file"), ("%PDF-1.7".encode("utf-16"), "it looks like a PDF")])
def test_what_is_no_file_is_told_beside_the_field(client, raw, said):
    page = client.post("/x12", data=upload(raw))
    assert page.status_code == 422
    assert said in page.text.split('id="file-problem"')[1].split("</p>")[0]


def test_a_file_at_the_limit_is_read_and_one_beyond_is_refused_beside_the_field(client):
    padded = CLAIMS.encode() + b"\n" * (views.MOST - len(CLAIMS.encode()))
    assert client.post("/x12", data=upload(padded)).status_code == 200
    for longer in (padded + b"\n", padded * 2):
        page = client.post("/x12", data=upload(longer))
        assert page.status_code in (413, 422)
        assert "more than 1,000,000 bytes" in page.text.split('id="file-problem"')[1].split("</p>")[0]
    page = client.post("/x12", data={"text": "A" * 1_000_001})
    assert page.status_code == 422
    assert "more than 1,000,000 bytes" in page.text.split('id="text-problem"')[1].split("</p>")[0]


def test_other_pages_take_no_more_than_before(client):
    assert client.post("/questions", data={"domain": "A" * 300_000, "count": "5"}).status_code == 413


def test_of_many_segments_the_first_are_shown(client, monkeypatch):
    monkeypatch.setattr(views, "SEGMENTS", 20)
    page = client.post("/x12", data=upload(CLAIMS.encode()))
    assert "The first 20 of 70 segments are shown." in page.text
    assert "A-1002" in page.text  # every claim is summed up all the same


@pytest.mark.parametrize("name", EXAMPLES)
def test_an_example_of_each_kind_can_be_looked_at(client, name):
    page = client.get(f"/x12?example={name}")
    assert page.status_code == 200
    assert "Segment by segment" in page.text
    assert "not in our table" not in page.text


def test_an_example_that_is_not_there(client):
    assert client.get("/x12?example=payroll").status_code == 404


def test_what_a_file_says_never_becomes_markup(client):
    page = client.post("/x12", data={"text": CLAIMS.replace("Lindqvist", "<script>alert(1)</script>")})
    assert "<script>alert" not in page.text


def test_nobody_reads_without_signing_in(browse):
    nobody = browse("nobody")
    assert nobody.get("/x12").location.startswith("/sign-in")
    assert nobody.post("/x12", data=upload(b"A" * 2_000_000)).location.startswith("/sign-in")


def test_a_forged_form_is_refused(app, client):
    app.config["WTF_CSRF_ENABLED"] = True
    assert client.post("/x12", data={"text": CLAIMS}).status_code == 400


def test_home_leads_to_it(client):
    assert 'href="/x12"' in client.get("/home").text
