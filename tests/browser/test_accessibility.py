"""Axe finds nothing serious on any page, in light and dark, wide and at 360 px; no page scrolls sideways."""

import msgspec
import pytest
from sqlalchemy import select

from app.store.models.sittings import SittingItem
from app.store.session import writing
from tests.billing.x12_reading.senders import PAYMENT
from tests.browser.conftest import _page, serious
from tests.browser.test_paths import answer_the_question, enter_as_guest, instructor  # noqa: F401  (a fixture)
from tests.conftest import PASSWORD
from tests.web.test_questions import CODE, MATCHING, ORDERING, SEVERAL, TABLE

LOOKS = {"light, wide": {"color_scheme": "light", "viewport": {"width": 1280, "height": 900}},
         "dark, phone": {"color_scheme": "dark", "viewport": {"width": 360, "height": 740}}}


@pytest.fixture(params=list(LOOKS))
def look(request, chromium, site):
    yield from _page(chromium, site, script=True, **LOOKS[request.param])


def examine(page, found):
    """Once the page is whole: a page that is still coming has no document to look at."""
    page.wait_for_load_state("load")
    found += serious(page)
    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    if wide > 0:
        found.append(f"{page.url}: {wide} px too wide")


def visit(page, paths, found):
    for path in paths:
        page.goto(path)
        examine(page, found)


def test_pages_before_signing_in(look):
    found = []
    visit(look, ("/", "/about", "/about/bank", "/credits", "/privacy", "/sign-in", "/register", "/forgot", "/nowhere"),
          found)
    look.goto("/register")
    look.get_by_role("button", name="Make my account").click()
    look.wait_for_selector(".field-problem")
    examine(look, found)
    assert found == []


def test_a_learners_pages(look):
    found = []
    enter_as_guest(look)
    visit(look, ("/home", "/scenarios", "/questions", "/account", "/codes/sets", "/x12"), found)
    look.get_by_label("Or paste its text").fill(PAYMENT.replace("SE*38*", "SE*3*"))
    look.get_by_role("button", name="Read it").click()
    look.wait_for_selector(".field-problem")
    examine(look, found)
    for scenario in ("code-an-inpatient-stay", "the-claim-that-came-back", "a-plan-for-a-balance"):
        look.goto(f"/scenarios/{scenario}")
        examine(look, found)
        look.get_by_role("button", name="Start a fresh case").click()
        look.wait_for_selector("#step-form")
        examine(look, found)
        if look.locator("#tab-claim").count():
            look.evaluate("for (const id of ['pane-desk', 'tab-claim']) document.getElementById(id).click()")
            look.wait_for_selector(".claim-form")
            examine(look, found)
        look.evaluate("[1, 2].forEach(() => document.getElementById('hand-in').click())")  # blank: asked once
        look.wait_for_selector(".mark-lines")
        examine(look, found)
    visit(look, ("/home", "/drills"), found)
    drill(look, found)
    assert found == []


def drill(look, found):
    """A chart on the desk, one with a problem, the results, a marked chart, and the trend."""
    look.get_by_role("button", name="Start Short office charts").click()
    look.wait_for_url("**/charts/1")
    examine(look, found)
    for codes, then in (("n3?", "**/charts/1/hand-in"), ("n30.00", "**/charts/2")):
        look.evaluate("document.getElementById('pane-task').click()")
        look.locator(".code-entry").first.fill(codes)
        look.locator("#hand-in").click()
        look.wait_for_url(then)
        examine(look, found)
    look.evaluate("document.querySelector('.drill-stop button').click()")
    look.wait_for_selector(".drill-charts")
    examine(look, found)
    look.evaluate("document.querySelectorAll('.drill-charts details').forEach(each => { each.open = true; })")
    look.get_by_role("link", name="Read chart 1 again").click()  # a clean chart stands folded, and this may be one
    look.wait_for_selector(".task.marked")
    examine(look, found)


def test_the_encoders_pages(look):
    found = []
    enter_as_guest(look)
    visit(look, ("/codes", "/codes?look_up=asthma", "/codes?look_up=0DT&system=icd10pcs", "/codes/E11.22", "/codes/E11",
                 "/codes/E0156", "/codes/book?term=hip+fracture", "/codes/book/S72", "/codes/book/W19",
                 "/codes/guided?term=asthma", "/codes/guided/S72?laterality=right",
                 "/codes/guided/M17.1?laterality=right", "/codes/pcs?code=0DTJ&term=appendectomy",
                 "/codes/pcs?code=0DTJ4ZZ"), found)
    look.goto("/scenarios/code-a-surgical-stay")
    look.get_by_role("button", name="Start a fresh case").click()
    for i, code in enumerate(("S72.009A", "E11.22", "E10.9")):
        look.locator(".code-entry").nth(i).fill(code)
    look.locator(".edit-stop").wait_for()
    look.evaluate("document.querySelectorAll('.task details').forEach(part => { part.open = true })")
    examine(look, found)
    assert found == []


def test_the_summary_of_a_case(look):
    found = []
    enter_as_guest(look)
    look.goto("/scenarios/verify-a-visit")
    look.get_by_role("button", name="Start a fresh case").click()
    for _ in range(3):
        look.wait_for_selector("#step-form")
        look.evaluate("[1, 2].forEach(() => document.getElementById('hand-in').click())")  # blank: asked once
        look.wait_for_selector(".mark-lines")
        look.goto(look.url.split("/steps/")[0])
    look.wait_for_url("**/summary")
    examine(look, found)
    assert found == []


def test_every_kind_of_question_and_its_explanation(look, site):
    found = []
    enter_as_guest(look)
    look.goto("/questions")
    look.locator("input[name=count][value='5']").check()
    look.get_by_role("button", name="Start").click()
    look.wait_for_selector(".question form")
    kinds = (ORDERING, MATCHING, CODE, SEVERAL, TABLE)
    with site.app.app_context():
        ask(kinds)
    first = look.url.rsplit("/", 1)[0]
    for position, _ in enumerate(kinds, start=1):
        look.goto(f"{first}/{position}")
        look.get_by_role("button", name="Answer").click()
        look.wait_for_selector(".field-problem")
        examine(look, found)
        answer_the_question(look)
        examine(look, found)
    look.get_by_text("Something is wrong with this question").click()
    look.get_by_role("button", name="Report it").click()
    look.wait_for_selector("#report-problem")
    examine(look, found)
    look.get_by_label("The wording is unclear").check()
    look.get_by_label("Why do you think so?").fill("Which year is meant?")
    look.get_by_role("button", name="Report it").click()
    look.get_by_text("You reported: the wording is unclear.").wait_for()
    examine(look, found)
    assert found == []


def ask(items):
    """Let the questions of the only session be these."""
    with writing() as own:
        for row, item in zip(own.execute(select(SittingItem).order_by(SittingItem.position)).scalars(), items,
                             strict=True):
            row.body = msgspec.json.encode(item).decode()


def test_an_instructors_pages(look, instructor):  # noqa: F811
    found = []
    look.goto("/sign-in")
    look.get_by_label("Email").fill("teacher@example.org")
    look.get_by_label("Password").fill(PASSWORD)
    look.get_by_role("button", name="Sign in").click()
    look.wait_for_url("**/home")
    visit(look, ("/home", "/classes", "/bank", "/bank?q=zebra", "/bank/items/length-of-stay",
                 "/bank/items/graph-histogram-los-01"), found)
    look.goto("/classes")
    look.get_by_role("link", name="HIT 210").first.click()
    look.wait_for_selector("#gradebook")
    examine(look, found)
    assert found == []
