"""The paths people take, with JavaScript and without."""

import re

import pytest

from app.actions import accounts
from tests.conftest import PASSWORD, SCENARIO


@pytest.fixture
def instructor(site):
    from app.actions import classes
    from app.extensions import db
    from app.store.models.people import Assignment, Class, Membership, User

    with site.app.app_context():
        accounts.register("Renata Okafor", "teacher@example.org", PASSWORD, role="instructor")
        accounts.register("Amara Lindqvist", "student@example.org", PASSWORD)
        ids = {user.email: user.id for user in User.query}
        classes.open_class(ids["teacher@example.org"], "HIT 210")
        klass = Class.query.one().id
        db.session.add(Membership(class_id=klass, user_id=ids["student@example.org"]))
        db.session.commit()
        scenario = site.app.extensions["office"].library.scenarios[SCENARIO]
        classes.give(klass, scenario, "Week 1: verify", attempts_allowed=2)
        assert Assignment.query.count() == 1
        db.session.remove()


def enter_as_guest(page):
    page.goto("/")
    page.get_by_role("button", name="Practice now").click()
    page.wait_for_url("**/home")


def answer_the_step(page, press="click"):
    """Fill the first of everything: right or wrong, it can be read."""
    for fieldset in page.locator("#step-form fieldset:has(input[type=radio])").all():
        fieldset.locator("input").first.check()
    for select in page.locator("#step-form select").all():
        select.select_option(index=1)
    for box in page.locator("#step-form input[type=date]").all():
        box.fill("2026-06-01")
    for box in page.locator("#step-form input.form-control[type=text]:not(.look-up-box)").all():
        if not box.input_value():
            box.fill("12")
    getattr(page.locator("#hand-in"), press)()


def test_a_guest_works_a_case_to_its_score(page):
    enter_as_guest(page)
    page.get_by_role("link", name="Scenarios").first.click()
    page.get_by_role("link", name="Verify a visit before it happens").click()
    page.get_by_role("button", name="Start a fresh case").click()
    page.wait_for_selector("#step-form")
    for _ in range(3):
        answer_the_step(page)
        page.wait_for_selector(".mark-lines")
        page.locator(".task-actions a.btn-primary").click()
    page.wait_for_url("**/summary")
    assert "marks" in page.locator(".summary-score").inner_text()


def test_registering_keeps_the_guests_work(page):
    enter_as_guest(page)
    page.goto(f"/scenarios/{SCENARIO}")
    page.get_by_role("button", name="Start a fresh case").click()
    page.wait_for_selector("#step-form")
    page.get_by_role("link", name="Keep my work").click()
    page.get_by_label("Name").fill("Amara Lindqvist")
    page.get_by_label("Email").fill("amara@example.org")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Make my account").click()
    page.wait_for_url("**/home")
    assert page.get_by_role("link", name="Go on with “Verify a visit before it happens”").is_visible()


def answer_the_question(page):
    """Answer a question of any kind with something that can be read."""
    for i, field in enumerate(page.locator(".place select").all(), start=1):
        field.select_option(str(i))
    for field in page.locator(".match select").all():
        field.select_option(index=1)
    if page.locator("#answer").count():
        page.fill("#answer", "J45.909" if page.get_by_label("The ICD-10-CM code").count() else "1")
    elif page.locator(".option input").count():
        page.locator(".option input").first.check()
    page.get_by_role("button", name="Answer").click()
    page.wait_for_selector(".verdict")


def test_a_session_of_questions(page):
    enter_as_guest(page)
    page.get_by_role("link", name="Questions", exact=True).click()
    page.locator("input[name=count][value='5']").check()
    page.get_by_role("button", name="Start").click()
    for _ in range(5):
        page.wait_for_selector(".question form")
        answer_the_question(page)
        page.locator("article.question a.btn-primary").click()
    page.wait_for_selector(".went")
    assert page.locator(".went li").count() == 5


def test_an_instructors_first_page(page, instructor):
    page.goto("/sign-in")
    page.get_by_label("Email").fill("teacher@example.org")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url("**/home")
    page.get_by_role("link", name="HIT 210").click()
    page.get_by_role("rowheader", name="Amara Lindqvist").wait_for()
    page.get_by_label("Title").fill("Week 2: code a visit")
    page.get_by_label("Scenario").select_option(index=2)
    page.get_by_role("button", name="Give it").click()
    page.get_by_role("columnheader", name="Week 2: code a visit").wait_for()


def test_what_cannot_be_read_is_told_and_kept(page):
    enter_as_guest(page)
    page.goto(f"/scenarios/{SCENARIO}")
    page.get_by_role("button", name="Start a fresh case").click()
    page.get_by_label("Member number").fill("AB 123")
    page.evaluate("document.querySelector('input[type=date]').type = 'text'") if page.script else None
    if page.script:
        page.locator("#f-birth_date").fill("the third of May")
        page.locator("#hand-in").click()
        page.wait_for_selector("#problem-summary")
        assert "Write a date" in page.locator("#birth_date-problem").inner_text()
    else:
        page.get_by_role("button", name="Save for later").click()
    assert page.get_by_label("Member number").input_value() == "AB 123"


def test_codes_are_looked_up_from_the_step(page):
    enter_as_guest(page)
    page.goto("/scenarios/code-an-office-visit")
    page.get_by_role("button", name="Start a fresh case").click()
    page.locator(".code-entry").first.fill("I10")
    page.fill(".look-up-box", "asthma exacerbation moderate")
    if not page.script:
        page.get_by_role("button", name="Look it up").click()
    page.wait_for_selector(".hits li")
    assert "J45.41" in page.locator(".hits").inner_text()
    assert page.locator(".code-entry").first.input_value() == "I10"


def test_a_reload_keeps_what_the_page_said_was_saved(scripted):
    page = scripted
    enter_as_guest(page)
    page.goto(f"/scenarios/{SCENARIO}")
    page.get_by_role("button", name="Start a fresh case").click()
    page.get_by_label("Member number").fill("XYZ 987")
    page.locator("#saved", has_text=re.compile(r"^Saved \d")).wait_for()
    page.reload()
    assert page.get_by_label("Member number").input_value() == "XYZ 987"


def test_what_is_typed_before_the_script_has_come_is_kept(scripted):
    page = scripted
    enter_as_guest(page)
    page.goto(f"/scenarios/{SCENARIO}")
    waiting = []
    page.route("**/workbench.js*", lambda route: waiting.append(route))
    page.get_by_role("button", name="Start a fresh case").click(no_wait_after=True)
    page.get_by_label("Member number").fill("XYZ 987")
    assert page.locator("#saved", has_text=re.compile(r"^Saved \d")).count() == 0
    waiting[0].continue_()
    page.locator("#saved", has_text=re.compile(r"^Saved \d")).wait_for()


def test_a_double_click_hands_in_once(scripted):
    page = scripted
    enter_as_guest(page)
    page.goto(f"/scenarios/{SCENARIO}")
    page.get_by_role("button", name="Start a fresh case").click()
    answer_the_step(page, press="dblclick")
    page.wait_for_selector(".mark-lines")
    assert page.locator(".bench-steps .step-marked").count() == 1


def test_nothing_is_handed_in_blank_by_a_slip_of_the_thumb(scripted):
    page = scripted
    enter_as_guest(page)
    page.goto(f"/scenarios/{SCENARIO}")
    page.get_by_role("button", name="Start a fresh case").click()
    page.locator("#hand-in").click()
    assert page.locator("#saved").inner_text().startswith("Nothing is entered. Press again")
    assert page.locator(".mark-lines").count() == 0
    page.locator("#hand-in").click()
    page.wait_for_selector(".mark-lines")
    assert page.locator(".verdict").inner_text() == "Handed in blank."


def test_a_speed_drill_by_keyboard_alone(page):
    enter_as_guest(page)
    page.get_by_role("link", name="Practice speed").press("Enter")
    page.get_by_role("button", name="Start Short office charts").press("Enter")
    for address, chart, codes in (("1", 1, "n3?"), ("1/hand-in", 1, "n30.00"), ("2", 2, "i10 e11.9")):
        page.wait_for_url(f"**/charts/{address}")
        assert page.locator("h1").inner_text() == f"Chart {chart}"
        if page.script:
            assert page.evaluate("document.activeElement.name") == "codes"
            assert re.fullmatch(r"[0-4]:[0-5]\d", page.locator("#clock-left").inner_text())
        page.locator(".code-entry").first.fill(codes)
        page.keyboard.press("Enter")
    page.wait_for_url("**/charts/3")
    page.get_by_role("button", name="Stop the drill").press("Enter")
    page.wait_for_selector(".drill-charts")
    assert page.locator(".drill-charts > li").count() == 2
    assert page.get_by_role("button", name="Drill again, 5 minutes").is_visible()


def test_a_case_prints_as_dark_ink_on_paper_with_every_document(scripted):
    page = scripted
    enter_as_guest(page)
    page.goto("/scenarios/code-an-office-visit")
    page.get_by_role("button", name="Start a fresh case").click()
    page.wait_for_selector("#step-form")
    page.set_viewport_size({"width": 720, "height": 900})  # a sheet of paper is narrower than a laptop
    page.emulate_media(media="print", color_scheme="dark")
    assert all(panel.is_visible() for panel in page.locator(".panel").all())
    assert not page.locator(".pane-switch").is_visible()
    ink = page.locator(".paper").first.evaluate("element => getComputedStyle(element).color")
    assert max(int(part) for part in re.findall(r"\d+", ink)[:3]) < 80
