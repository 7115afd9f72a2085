"""A coder finds what is looked for among the first five."""

import pytest

from app.coding.editions import MemoryCodeIndex
from app.coding.model import Code
from app.coding.query import phrase_key, synonyms
from app.coding.spelling import Vocabulary, edits


def _found(index, query, limit=5):
    return [hit.code for hit in index.search(query, limit)]


@pytest.mark.parametrize(("query", "code"), [
    ("J45.909", "J45.909"), ("j4590", "J45.909"), ("HTN", "I10"), ("chf", "I50.9"), ("COPD exacerbation", "J44.1"),
    ("DM2", "E11.9"), ("diabetes type 2", "E11.9"), ("UTI", "N39.0"), ("MI", "I21.9"), ("CVA", "I63.9"),
    ("a-fib", "I48.91"), ("GERD", "K21.9"), ("CKD stage 3", "N18.30"), ("fx left femur", "S72.92XA"),
    ("hip fracture right", "S72.001A"), ("pneumonia", "J18.9"), ("kidney stones", "N20.0"), ("heart attack", "I21.9"),
    ("neuropathy E11", "E11.40"), ("sepsis e. coli", "A41.51"), ("pressure ulcer sacral stage 3", "L89.153"),
    ("strep throat", "J02.0"), ("vitamin b12 deficiency", "D51.9"), ("crohns disease", "K50.90"),
    ("cellulitis left leg", "L03.116"), ("newborn jaundice", "P59.9"), ("tylenol overdose", "T39.1X1A"),
    ("adverse effect of warfarin", "T45.515A"), ("pressure ulcer sacrum stage 3", "L89.153"),
    ("metformin use", "Z79.84"),
    ("chest pain", "R07.9"), ("low back pain", "M54.50"), ("asthma", "J45.909"),
])
def test_a_usual_query_finds_its_code(index, query, code):
    assert code in _found(index, query)


@pytest.mark.parametrize(("query", "code"), [
    ("pnuemonia", "J18.9"), ("diabetis type 2", "E11.9"), ("appendicitus", "K37"), ("bronchits acute", "J20.9"),
    ("hypertention", "I10"), ("astma", "J45.909"), ("heart atack", "I21.9"), ("shortnes of breath", "R06.02"),
    ("high blod pressure", "I10"),
])
def test_a_misspelling_is_forgiven(index, query, code):
    assert code in _found(index, query)


@pytest.mark.parametrize("query", ["pneumonia viral", "viral pneumonia", "VIRAL, pneumonia!"])
def test_the_order_of_words_does_not_matter(index, query):
    assert _found(index, query, 1) == ["J12.9"]


def test_complete_codes_come_before_headings(index):
    for query in ("atrial fibrillation", "fracture of femur", "diabetes", "asthma"):
        headings = [hit.billable for hit in index.search(query, 20) if hit.why == "name"]
        assert headings == sorted(headings, reverse=True)
        assert headings[0]


def test_a_first_encounter_comes_before_a_later_one(index):
    titles = [hit.title for hit in index.search("fracture of shaft of left tibia", 10) if hit.billable]
    assert titles
    assert all("initial encounter" in title for title in titles)


def test_the_beginning_of_a_code_lists_it_and_what_follows(index):
    assert _found(index, "j45.9", 3) == ["J45.9", "J45.90", "J45.901"]


def test_a_word_too_many_still_finds_something(index):
    assert "J18.9" in _found(index, "pneumonia xylophone", 20)


@pytest.mark.parametrize("query", [
    "", "   ", "xyzzyqq", '"', "'; DROP TABLE code", "* OR", "NEAR(", "é" * 80, "()", "-"])
def test_nonsense_finds_nothing_or_something_but_never_fails(index, query):
    assert isinstance(index.search(query, 5), tuple)


def test_the_limit_is_kept(index):
    assert len(index.search("diabetes", 7)) == 7
    assert index.search("diabetes", 0) == ()


def test_every_synonym_leads_to_a_complete_code(index):
    for said, entry in synonyms().items():
        assert [code for code in entry.first if not index.is_billable(code)] == [], said
        assert index.search(" ".join(said), 1), said


def test_there_are_plenty_of_synonyms():
    assert len(synonyms()) >= 80


@pytest.mark.parametrize(("title", "asked"), [
    ("Pneumonia, unspecified organism", "pneumonia"), ("Unspecified asthma, uncomplicated", "asthma"),
    ("Type 2 diabetes mellitus without complications", "diabetes mellitus type 2"), ("Cough, unspecified", "coughs"),
    ("Hypertension (arterial) (benign)", "hypertension"), ("Calculus of kidney", "kidney calculus"),
    ("Urinary tract infection, site not specified", "urinary tract infection"),
])
def test_a_title_is_reduced_to_what_people_ask_for(title, asked):
    assert phrase_key(title) == phrase_key(asked)


@pytest.mark.parametrize(("one", "two", "n"), [
    ("ab", "ba", 1), ("abc", "abd", 1), ("abc", "abcd", 1), ("abcd", "wxyz", 3)])
def test_a_neighbouring_exchange_is_one_edit(one, two, n):
    assert edits(one, two, 2) == n


def test_a_frequent_word_is_meant_before_a_rare_one():
    assert Vocabulary([("casts", 1), ("costs", 9)]).near("cxsts")[0] == "costs"


def test_a_few_codes_can_be_searched_in_memory():
    few = MemoryCodeIndex((Code("I10", "Essential (primary) hypertension", True, "category", "", "9", "I10-I1A"),))
    assert [hit.code for hit in few.search("hypertension", 5)] == ["I10"]
    assert few.is_billable("i10")
    assert few.search("", 5) == ()


@pytest.mark.parametrize("query", ["viral hepatitis", "copd", "persistent asthma"])
def test_after_the_names_asked_for_headings_come_last(index, query):
    billable = [hit.billable for hit in index.search(query, 100) if hit.why != "name"]
    assert billable == sorted(billable, reverse=True)
    assert not all(billable)
