"""Every kind of question on its page, and reports of them on the instructors' pages."""

import datetime as dt
import html
import re

import msgspec
import pytest
from sqlalchemy import select

from app.learning.item_marking import right_answer
from app.learning.items import Item, Option, Source
from app.store.models.sittings import SittingItem
from app.store.session import session, writing

SOURCE, DAY = Source("45 CFR 164.524", dt.date(2026, 1, 1)), dt.date(2026, 11, 23)


def item(kind, *options, **more):
    return Item("shown-01", ("4.9",), "application", "What follows?", SOURCE, DAY, kind=kind, options=options, **more)


ORDERING = item("ordering", *(Option(text, f"{text} because") for text in ("Find it", "Confirm it", "Refund it")))
MATCHING = item("matching", Option("Contract", "w1", match="The provider"), Option("Deductible", "w2",
                match="The patient"), Option("Other payer", "w3", match="The other payer"), others=("The state",))
CODE = item("code", Option("J45.901", "An exacerbation is documented.", correct=True),
            Option("J45.909", "It leaves the exacerbation out."))
NUMBER = item("numeric", answer="36.5", tolerance="0.05", unit="%", working="50 / 137 = 36.5 %")
SEVERAL = item("several", *(Option(text, "w", text in "AB") for text in "ABCD"))
TABLE = item("single", *(Option(text, "w", text == "3") for text in "3456"),
             table=(("Ward", "Days"), ("<East>", "3")), listing="SELECT <days>\nFROM ward;")


@pytest.fixture
def asked(app, browse):
    """`asked(item)` is a client with that item as its first question, and the question's address."""
    def of(made, name="guest"):
        client = browse(name)
        first = client.post("/questions", data={"domain": "", "count": "5"}).location
        with writing() as own:
            row = own.execute(select(SittingItem).where(SittingItem.position == 1)).scalar_one()
            row.body = msgspec.json.encode(made).decode()
        return client, first

    return of


def row():
    session().rollback()
    return session().execute(select(SittingItem).where(SittingItem.position == 1)).scalar_one()


@pytest.mark.parametrize("made", [ORDERING, MATCHING, CODE, SEVERAL, TABLE], ids=lambda made: made.kind)
def test_every_kind_is_answered_marked_and_explained(asked, made):
    client, address = asked(made)
    page = client.get(address).text
    assert not any(option.why in page for option in made.options if len(option.why) > 10)
    answer = client.post(address, data={"answer": right_answer(made, row().order)})
    assert answer.status_code == 302
    page = client.get(address).text
    assert row().score == 100
    assert "✓ Right." in page
    assert SOURCE.cite in page


def test_a_wrong_order_shows_the_right_one_and_the_places_given(asked):
    client, address = asked(ORDERING)
    right = right_answer(ORDERING, row().order)
    client.post(address, data={"answer": [{"1": "2", "2": "1"}.get(place, place) for place in right]})
    page = client.get(address).text
    assert "◐ Partly right." in page
    assert "You gave it place 2" in page


def test_the_number_that_was_asked_for_is_told_once_it_was_answered(asked):
    client, address = asked(NUMBER)
    assert "36.5" not in client.get(address).text
    assert "Write a number first." in client.post(address, data={"answer": ""}).text
    client.post(address, data={"answer": "-5"})
    assert '<strong class="code">36.5</strong> %.' in client.get(address).text


def test_what_was_left_out_of_several_is_told(asked):
    client, address = asked(SEVERAL)
    shown = next(letter for letter in right_answer(SEVERAL, row().order))
    client.post(address, data={"answer": [shown]})
    page = client.get(address).text
    assert page.count("✓ Right, your answer") == 1
    assert page.count("✓ Right, and not chosen") == 1


def test_a_wrong_match_is_told_with_the_right_one(asked):
    client, address = asked(MATCHING)
    client.post(address, data={"answer": ["a", "a", "a"]})
    page = html.unescape(client.get(address).text)
    assert "✕ You chose" in page


@pytest.mark.parametrize(("made", "answers", "said"), [
    (ORDERING, ["1", "1", ""], "Give each line a place of its own, from 1 to 3."),
    (MATCHING, ["b", "", "a"], "Choose a match for every line."), (CODE, ["asthma"], "Write one code, such as I50.23."),
    (ORDERING, ["", "", ""], "Number the lines first."), (CODE, [""], "Write a code first.")])
def test_what_cannot_be_read_is_told_and_nothing_entered_is_lost(asked, made, answers, said):
    client, address = asked(made)
    answer = client.post(address, data={"answer": answers})
    assert answer.status_code == 422
    assert said in answer.text
    assert row().response is None
    if made is ORDERING and answers[0]:
        assert answer.text.count("<option selected>1</option>") == 2
    if made is MATCHING:
        assert 'value="b" selected' in answer.text
    if made is CODE and answers[0]:
        assert 'value="asthma"' in answer.text


def test_tables_and_listings_are_shown_as_text(asked):
    client, address = asked(TABLE)
    page = client.get(address).text
    assert '<th scope="row">&lt;East&gt;</th>' in page
    assert "SELECT &lt;days&gt;\nFROM ward;" in page


def test_a_report_goes_to_the_instructors_and_comes_back_with_its_change(asked, cast, browse):
    client, address = asked(SEVERAL, "learner")
    client.post(address, data={"answer": ["a"]})
    blank = client.post(f"{address}/report", data={"about": "key", "words": " "})
    assert blank.status_code == 422
    assert "say it in a sentence" in blank.text
    said = client.post(f"{address}/report", data={"about": "key", "words": "B <b>is</b> right too."})
    assert said.status_code == 302
    page = client.get(address).text
    assert "You reported: the marked answer is wrong." in page
    assert "B &lt;b&gt;is&lt;/b&gt; right too." in page
    teacher = browse("instructor")
    listed = teacher.get("/bank").text
    assert "B &lt;b&gt;is&lt;/b&gt; right too." in listed
    where = f"/bank/items/{row().item_id}"
    report = teacher.get(where).text.split("/bank/reports/")[1].split('"')[0]
    unsaid = teacher.post(f"/bank/reports/{report}", data={"outcome": "changed", "words": ""})
    assert unsaid.status_code == 422
    teacher.post(f"/bank/reports/{report}", data={"outcome": "changed", "words": "B is a key since today."})
    assert "B is a key since today." in client.get(address).text
    assert "B is a key since today." in teacher.get("/bank").text
    assert teacher.post(f"/bank/reports/{report}", data={"outcome": "kept", "words": "No."}).status_code == 404


def test_an_open_report_shows_on_the_item_to_the_next_who_answers_it(app, cast, browse, office):
    only = msgspec.structs.replace(office.bank, items=dict(list(office.bank.items.items())[:1]), templates={},
                                   samples={}, domains={})
    app.extensions["office"].__dict__["bank"] = only
    for name, reported in (("learner", False), ("classmate", True)):
        client = browse(name)
        address = client.post("/questions", data={"domain": "", "count": "5"}).location
        client.post(address, data={"answer": "a"})
        assert ("A learner has reported this question" in client.get(address).text) is reported
        client.post(f"{address}/report", data={"about": "unclear", "words": "Which year?"})


def test_the_list_of_the_bank_is_searched(cast, browse, office):
    teacher = browse("instructor")
    found = next(iter(office.bank.items.values()))
    page = teacher.get("/bank", query_string={"q": found.id}).text
    assert "1 question<" in page
    assert f"/bank/items/{found.id}" in page
    assert "No question has all these words" in teacher.get("/bank", query_string={"q": "zebra crossing"}).text
    last = teacher.get("/bank", query_string={"page": "9999"}).text
    pages = re.search(r"page (\d+) of (\d+)<", last)
    assert pages.group(1) == pages.group(2)
    assert "No question has all these words" not in last


@pytest.mark.parametrize("page", ["0", "-1", "abc", ""])
def test_a_page_of_the_bank_that_is_none_is_the_first(cast, browse, page):
    assert "page 1 of " in browse("instructor").get("/bank", query_string={"page": page}).text


def test_an_item_shows_its_key_its_sources_and_a_drawn_kind_is_told(cast, browse, office):
    teacher = browse("instructor")
    found = next(item for item in office.bank.items.values() if item.source.id)
    page = html.unescape(teacher.get(f"/bank/items/{found.id}").text)
    assert found.options[0].why in page
    assert found.source.cite in page
    assert "This is one draw." in teacher.get("/bank/items/length-of-stay").text
    assert teacher.get("/bank/items/nothing-01").status_code == 404


def test_a_report_of_a_question_that_was_taken_out_can_still_be_settled(asked, cast, browse, app, office):
    client, address = asked(SEVERAL, "learner")
    client.post(address, data={"answer": ["a"]})
    client.post(f"{address}/report", data={"about": "outdated", "words": "The rule was withdrawn."})
    gone = row().item_id
    app.extensions["office"].__dict__["bank"] = msgspec.structs.replace(
        office.bank, items={}, templates={}, samples={}, domains={})
    page = browse("instructor").get(f"/bank/items/{gone}").text
    assert "No longer in the bank" in page
    assert "The rule was withdrawn." in page
