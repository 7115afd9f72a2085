"""Both ways of the encoder, and a whole inpatient case worked with it: with JavaScript and, where it must, without."""

import re

from tests.browser.test_paths import enter_as_guest


def start(page, scenario):
    enter_as_guest(page)
    page.goto(f"/scenarios/{scenario}")
    page.get_by_role("button", name="Start a fresh case").click()
    page.wait_for_selector("#step-form")


def key_of(site):
    """What the chart of the one case on this site supports."""
    from sqlalchemy import select

    from app.store.models.attempts import Attempt
    from app.store.queries import attempts as reads
    from app.store.session import session

    with site.app.app_context():
        return reads.loaded(session().execute(select(Attempt.id)).scalar_one())


def test_book_logic_from_a_term_to_a_complete_code(page):
    enter_as_guest(page)
    page.goto("/codes/book")
    page.get_by_label("Main term").fill("hip fracture")
    page.get_by_role("button", name="Look it up").click()
    page.locator(".index-list").get_by_role("link", name="S72.-").click()
    assert "A fracture not indicated as displaced" in page.locator(".notes-beside").inner_text()
    page.locator(".tree details", has_text="S72.04").first.locator("summary").click()
    page.get_by_role("link", name=re.compile(r"^S72\.041")).click()
    page.get_by_role("link", name="S72.041A").click()
    assert "A complete code, in force" in page.locator(".standing").inner_text()
    assert page.get_by_role("heading", level=1).inner_text().startswith("S72.041A")


def test_guided_from_a_term_to_a_complete_code_and_back(page):
    enter_as_guest(page)
    page.goto("/codes/guided")
    page.get_by_label("What does the patient have").fill("osteoarthritis of knee")
    page.get_by_role("button", name="Find where to begin").click()
    page.locator(".choices").get_by_role("link", name=re.compile("^M17 ")).click()
    page.locator(".choices").get_by_role("link", name=re.compile("^Unilateral primary")).click()
    page.locator(".choices").get_by_role("link", name=re.compile("^right")).click()
    assert page.get_by_role("heading", level=1).inner_text().startswith("M17.11")
    page.get_by_role("link", name="Back one question").click()
    page.locator(".choices").get_by_role("link", name=re.compile("^left")).click()
    assert page.get_by_role("heading", level=1).inner_text().startswith("M17.12")


def test_search_and_open_by_keys_alone(scripted):
    page = scripted
    enter_as_guest(page)
    page.goto("/codes")
    page.get_by_label("A term, an abbreviation or a code").focus()
    page.keyboard.type("asthma moderate")
    page.locator(".hits a", has_text="J45.40").wait_for()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Enter")
    page.wait_for_url("**/codes/J45.40*")
    page.go_back()
    assert "look_up=asthma" in page.url  # what was searched can be kept and sent


def test_a_code_goes_from_the_encoder_into_the_case(scripted):
    page = scripted
    start(page, "code-an-inpatient-stay")
    page.locator(".code-entry").first.fill("I10")
    with page.context.expect_page() as opened:
        page.get_by_role("link", name="Open the encoder").click()
    encoder = opened.value
    encoder.goto(encoder.url.replace("/codes?", "/codes/J45.40?"))
    encoder.get_by_role("button", name="Use J45.40 in the case").click()
    encoder.get_by_text("J45.40 stands in the case: diagnosis 2.").wait_for()
    assert page.locator(".code-entry").nth(1).input_value() == "J45.40"


def test_a_procedure_is_built_in_the_box_under_its_field(scripted):
    page = scripted
    start(page, "code-a-surgical-stay")
    page.locator("#hand-in").dblclick()  # blank: asked once
    page.locator(".task-actions a.btn-primary").click()
    page.fill(".look-up-box", "0DT")
    for mark in "J4ZZ":
        page.locator(f'.btn-next[data-text$="{mark}"]').first.click()
    page.locator('.hits .btn-use[data-code="0DTJ4ZZ"]').click()
    assert page.locator(".code-entry").first.input_value() == "0DTJ4ZZ"


def check(page, says):
    page.get_by_role("button", name="Check the codes").click()
    page.locator("#edits-found", has_text=says).wait_for()


def enter(page, name, codes, poas=()):
    for i, code in enumerate(codes):
        if i >= page.locator(f'input[name="{name}"]').count():
            page.get_by_role("button", name="Save for later").click()  # a fuller list shows more boxes
            page.wait_for_load_state("load")
        page.locator(f'input[name="{name}"]').nth(i).fill(code)
    for i, poa in enumerate(poas):
        page.locator(f'select[name="{name}_poa"]').nth(i).select_option(poa)


def go_on(page):
    page.locator("#hand-in").click()
    page.wait_for_selector(".mark-lines")
    verdict = page.locator(".verdict").inner_text()
    page.locator(".task-actions a.btn-primary").click()
    return verdict


def test_a_whole_surgical_stay_is_coded(page, site):
    """Diagnoses with POA, procedures with dates, the words that support them: every step to its mark."""
    start(page, "code-a-surgical-stay")
    visit = key_of(site).case.clean.encounter
    page.locator(".code-entry").first.fill("W19")
    check(page, "Not complete")
    enter(page, "codes", [d.code for d in visit.diagnoses], [d.poa or "1" for d in visit.diagnoses])
    check(page, "MS-DRG")
    assert go_on(page) == "All right."
    enter(page, "procedures", [p.code for p in visit.procedures])
    for i, procedure in enumerate(visit.procedures):
        page.locator('input[name="procedures_date"]').nth(i).fill(procedure.on.isoformat())
    check(page, "operating room")
    assert go_on(page) == "All right."
    words = [line.accepted[0][0] for line in key_of(site).state.current.key.lines]
    for i, quote in enumerate(words, start=1):
        page.fill(f'textarea[name="words_{i}"]', " ".join(quote.split()[:25]))
    assert go_on(page) == "All right."
    assert "marks" in page.locator(".summary-score").inner_text()


def test_a_query_comes_before_the_codes(page, site):
    """The chart is unclear: ask, read the answer that comes back, and code with it."""
    start(page, "query-the-clinician")
    for fieldset in page.locator("#step-form fieldset:has(input[type=radio], input[type=checkbox])").all():
        fieldset.locator("input").first.check()
    for select in page.locator("#step-form select").all():
        select.select_option(index=1)
    page.locator("#hand-in").click()
    page.wait_for_selector(".mark-lines")
    page.locator(".task-actions a.btn-primary").click()
    assert "Answered query" in page.locator(".desk").inner_text()
    diagnoses = key_of(site).case.clean.encounter.diagnoses
    enter(page, "codes", [d.code for d in diagnoses], [d.poa or "1" for d in diagnoses])
    check(page, "MS-DRG")
    assert go_on(page) == "All right."
