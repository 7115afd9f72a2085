"""Live edits in the workbench: of the learner's own codes, with a script and without, and never of the key."""

import html

import pytest
from sqlalchemy import select

from app.actions import attempts
from app.learning.checking import lay
from app.learning.live_edits import edits_of
from app.store.models.attempts import Attempt
from app.store.queries import attempts as reads
from app.store.session import session
from tests.conftest import SCENARIO

SCRIPT = {"X-Requested-With": "edits"}


@pytest.fixture
def stay(app, browse):
    client = browse("guest")
    start = client.post("/scenarios/code-a-surgical-stay/start").location
    return client, f"{start}/steps/codes"


def found():
    return reads.loaded(session().execute(select(Attempt.id)).scalar_one())


def test_a_script_gets_the_findings_and_nothing_is_kept(stay):
    client, step = stay
    page = client.post(f"{step}/edits", data={"codes": ["M17.10", "S72"]}, headers=SCRIPT).text
    assert "leaves the side open" in page
    assert "7 characters" in page
    assert "<html" not in page
    assert reads.draft(found().id, "codes") is None


def test_without_a_script_the_codes_are_kept_and_the_page_shows_the_findings(stay):
    client, step = stay
    answer = client.post(f"{step}/edits", data={"codes": ["E11.9", "E10.9"]})
    assert answer.location.endswith("/steps/codes?edits=1#edits")
    page = client.get(answer.location).text
    assert "Excludes 1" in page
    assert 'value="E10.9"' in page


def test_the_stay_is_grouped_on_the_patient_of_the_case(stay):
    client, step = stay
    page = client.post(f"{step}/edits", data={"codes": ["J18.9", "J96.01"]}, headers=SCRIPT).text
    assert "MS-DRG 193" in page
    assert "No procedure is counted here" in page


def test_procedures_are_grouped_with_the_diagnoses_that_were_handed_in(stay):
    client, step = stay
    client.post(f"{step}/hand-in", data={"codes": ["K35.80"], "codes_poa": ["Y"]})
    page = client.post(step.replace("/codes", "/procedures") + "/edits", data={"procedures": ["0DTJ4ZZ"]},
                       headers=SCRIPT).text
    assert "MS-DRG 399" in page or "MS-DRG 398" in page  # Appendix procedures, by the edition's numbers
    assert "0DTJ4ZZ</span> operating room" in page


def test_a_step_that_was_handed_in_is_checked_no_more(stay):
    client, step = stay
    client.post(f"{step}/hand-in", data={"codes": ["K35.80"]})
    assert client.post(f"{step}/edits", data={"codes": ["I10"]}, headers=SCRIPT).status_code == 409


def test_a_step_without_codes_has_no_edits(app, browse):
    client = browse("guest")
    step = client.get(client.post(f"/scenarios/{SCENARIO}/start").location).location
    assert "Check the codes" not in client.get(step).text
    assert client.post(f"{step}/edits", headers=SCRIPT).status_code == 200


def test_the_box_of_a_field_searches_its_own_code_set(stay):
    client, step = stay
    client.post(f"{step}/hand-in", data={"codes": ["K35.80"]})
    step = step.replace("/codes", "/procedures")
    answer = client.post(f"{step}/draft", data={"procedures": ["0DTJ"], "look_in": "procedures",
                                                "look_up.procedures": "appendectomy"})
    page = client.get(answer.location).text
    assert 'data-code="0DTJ4ZZ"' in page
    assert 'value="0DTJ"' in page
    assert "bench=" in page.split("Open the encoder")[0].rsplit("href=", 1)[1]


@pytest.mark.parametrize("scenario", ["code-an-inpatient-stay", "code-a-surgical-stay", "code-an-office-visit"])
def test_nothing_typed_brings_a_code_of_the_key_to_light(app, office, browse, scenario):
    """Edits of codes that have nothing to do with the chart name no code, title or reason of the key."""
    client = browse("guest")
    step = client.get(client.post(f"/scenarios/{scenario}/start").location).location
    page = html.unescape(client.post(f"{step}/edits", data={"codes": ["Q90.9", "M17.10", "L89"]}, headers=SCRIPT).text)
    diagnoses = found().case.clean.encounter.diagnoses
    assert [d.code for d in diagnoses if d.code in page] == []
    assert [d.why for d in diagnoses if len(d.why) > 20 and d.why in page] == []


def test_another_chart_with_the_same_patient_gets_the_same_edits(app, office, browse):
    """What is said depends on the codes, the day and the patient: not on what the chart supports."""
    from msgspec.structs import replace
    browse("guest").post("/scenarios/code-a-surgical-stay/start")
    loaded = found()
    case, view = loaded.case, lay(loaded.case, loaded.state.current.spec, loaded.state.earlier).view
    bare = replace(case.clean.encounter, diagnoses=(), procedures=())
    other = replace(case, clean=replace(case.clean, encounter=bare), facts=replace(case.facts, encounter=replace(
        case.facts.encounter, diagnoses=(), procedures=())))
    for codes in (["J18.9", "I10"], ["E11.22", "M17.10"], ["S72"]):
        asked = ("assign_codes", view.fields, {"codes": codes}, loaded.state.earlier, office.codes)
        assert edits_of(case, *asked) == edits_of(other, *asked)


def test_an_instructor_who_reads_along_sees_no_edits(app, office, cast, browse):
    made = attempts.start(cast.users["learner"], office.library.scenarios[SCENARIO], office.codes,
                          assignment_id=cast.assignment_id)
    step = office.library.scenarios[SCENARIO].steps[0].id
    assert browse("instructor").post(f"/attempts/{made}/steps/{step}/edits", headers=SCRIPT).status_code == 404
