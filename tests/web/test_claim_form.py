"""A claim on the desk: its boxes on the page, and the same ones as PDF."""

import io

import msgspec
import pytest
from pypdf import PdfReader
from sqlalchemy import select

from app.actions import attempts
from app.learning.papers import ClaimPaper, Paper
from app.store.models.attempts import Attempt
from app.store.queries import attempts as reads
from app.store.session import session


@pytest.fixture
def step(app, office, browse):
    """A guest at the first step of an unpaid claim: her browser, and the address of the step."""
    client = browse("guest")
    start = client.post("/scenarios/the-claim-that-came-back/start").location
    return client, f"{start}/steps/{office.library.scenarios['the-claim-that-came-back'].steps[0].id}"


def claim():
    return reads.loaded(session().execute(select(Attempt.id)).scalar_one()).case.claim


def test_the_page_shows_the_boxes_and_opens_them_as_pdf(step):
    client, address = step
    page = client.get(address).text
    assert f'href="{address}/papers/claim.pdf"' in page
    assert "<b>1a</b> Member number</dt>" in page
    answer = client.get(f"{address}/papers/claim.pdf")
    assert (answer.status_code, answer.content_type) == (200, "application/pdf")
    assert answer.headers["Content-Disposition"] in ("inline; filename=cms-1500.pdf", "inline; filename=ub-04.pdf")
    text = PdfReader(io.BytesIO(answer.data)).pages[0].extract_text()
    for value in (claim().number, claim().member_id):
        assert value in page
        assert value in text


@pytest.mark.parametrize("paper", ["remittance", "nothing", "claim%2F.."])
def test_what_is_no_claim_on_the_desk_is_absent(step, paper):
    client, address = step
    assert client.get(f"{address}/papers/{paper}.pdf").status_code == 404


def test_a_step_ahead_has_no_form_yet(step, office):
    client, address = step
    ahead = office.library.scenarios["the-claim-that-came-back"].steps[-1].id
    assert client.get(f"{address.rsplit('/', 1)[0]}/{ahead}/papers/claim.pdf").status_code == 404


def test_the_claim_that_the_learners_work_has_made(app, office, browse):
    """The whole journey: the claim on the desk is the one with the codes that she assigned."""
    scenario = office.library.scenarios["front-desk-to-payment-plan"]
    client = browse("guest")
    start = client.post(f"/scenarios/{scenario.id}/start").location
    row = session().execute(select(Attempt.id)).scalar_one()
    for spec in scenario.steps:
        if spec.kind == "check_claim":
            break
        attempts.hand_in(row, spec.id, {"codes": ["R07.2", "I10"]} if spec.kind == "assign_codes" else {})
    text = PdfReader(io.BytesIO(client.get(f"{start}/steps/{spec.id}/papers/claim.pdf").data)).pages[0].extract_text()
    assert "R072" in text


def test_a_claim_stored_before_it_had_a_form_still_opens():
    old = {"type": "claim", "id": "claim", "tab": "Claim", "title": "Claim as sent", "form": "professional", "rows": [],
           "diagnoses": ["I10"], "lines": [], "charge": 100}
    paper = msgspec.json.decode(msgspec.json.encode(old), type=Paper)
    assert isinstance(paper, ClaimPaper)
    assert paper.sheets == ()
