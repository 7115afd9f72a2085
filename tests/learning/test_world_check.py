"""The proof of the world: clean cases pass every check, and every check can fail."""

import datetime as dt
from functools import cache

import msgspec
import pytest

from app.coding.editions import SqliteCodeIndex
from app.learning.world_check.book import Book
from app.learning.world_check.run import CHECKS, case, check_world, problems_of
from app.world.generate import clean_world
from app.world.model import Facts, Section
from app.world.seed import Seed
from app.world.wishes import Wish
from tests.codes import built_index

replace = msgspec.structs.replace
CASES = 1_800


@cache
def book() -> Book:
    return Book(SqliteCodeIndex(built_index()))


@cache
def facts(template: str, level: int = 1) -> Facts:
    return clean_world(Seed("spoil").child(template), Wish(templates=(template,), level=level))


def spoiled(found: Facts, **changes: object) -> Facts:
    return replace(found, encounter=replace(found.encounter, **changes))


def failing(found: Facts) -> set[str]:
    return {name for name, _ in problems_of(found, book())}


def said(found: Facts) -> str:
    return "\n".join(words for _, words in problems_of(found, book()))


def coded(found: Facts, *rows: tuple[str, str | None]) -> Facts:
    """The case with these further codes, bearing their titles and words that stand in the chart."""
    first = found.encounter.diagnoses[0]
    more = tuple(replace(first, code=code, title=book().look_up(code).title, role="secondary", poa=poa)
                 for code, poa in rows)
    return spoiled(found, diagnoses=(*found.encounter.diagnoses, *more))


def test_the_open_population_has_no_problem() -> None:
    report = check_world("suite", CASES, SqliteCodeIndex(built_index()))
    assert not report.problems, [problem.line() for problem in report.problems[:5]]
    assert report.cases == CASES == sum(sum(row.levels) for row in report.rows)
    assert len(report.rows) > 70
    assert len({row.setting for row in report.rows}) == 7
    assert report.lines()[-1].split() == ["all", *("600",) * 3, "0"]


def test_every_level_and_moment_takes_its_turn() -> None:
    assert [case("turns", index).level for index in range(6)] == [1, 2, 3, 1, 2, 3]
    before = case("turns", 6)
    assert before.today < before.encounter.first


def test_a_code_that_is_not_complete() -> None:
    visit = facts("cystitis").encounter
    worse = replace(visit.diagnoses[0], code="N30.0")
    assert "edition" in failing(spoiled(facts("cystitis"), diagnoses=(worse, *visit.diagnoses[1:])))


def test_a_code_of_another_title_and_a_code_twice() -> None:
    visit = facts("cystitis").encounter
    worse = replace(visit.diagnoses[0], title="Acute cystitis")
    assert "bears another title" in said(spoiled(facts("cystitis"), diagnoses=(worse, *visit.diagnoses[1:])))
    twice = (*visit.diagnoses, replace(visit.diagnoses[0], role="secondary"))
    assert "coded twice" in said(spoiled(facts("cystitis"), diagnoses=twice))


def test_a_code_that_comes_into_force_later() -> None:
    visit = facts("wellness").encounter
    early = dt.date(2015, 1, 5)  # before ICD-10-CM
    assert "is valid from" in said(spoiled(facts("wellness"), first=early, last=early, diagnoses=visit.diagnoses))


def test_the_code_editor_speaks_of_a_stay_without_a_reason_for_it() -> None:
    drawn = (clean_world(Seed("a fall").child(n), Wish(templates=("hip_fracture",))) for n in range(20))
    stay, cause = next((stay, row) for stay in drawn for row in stay.encounter.diagnoses if row.code.startswith("W"))
    first = (replace(cause, role="principal"), *(replace(row, role="secondary") for row in stay.encounter.diagnoses
                                                if row is not cause))
    assert "E_CODE_AS_PDX" in said(spoiled(stay, diagnoses=first))


def test_the_code_editor_knows_the_procedure_tables() -> None:
    stay = facts("appendectomy")
    wrong = replace(stay.encounter.procedures[0], code="0DTJ1ZZ")
    assert {"code editor", "edition"} <= failing(spoiled(stay, procedures=(wrong, *stay.encounter.procedures[1:])))


def test_two_codes_that_exclude_each_other() -> None:
    assert "has an Excludes1 note for" in said(coded(facts("diabetes_kidney"), ("E10.9", None)))


def test_a_condition_before_what_is_to_be_coded_first() -> None:
    rows = facts("diabetic_foot_office").encounter.diagnoses
    turned = (replace(rows[1], role="principal"), replace(rows[0], role="secondary"), *rows[2:])
    assert "E11.621 should come before L97" in said(spoiled(facts("diabetic_foot_office"), diagnoses=turned))


def test_a_stay_without_an_indicator_and_an_exempt_code_with_one() -> None:
    stay = facts("gi_bleed")
    rows = stay.encounter.diagnoses
    assert "should have an indicator" in said(spoiled(stay, diagnoses=(replace(rows[0], poa=None), *rows[1:])))
    assert "should have no indicator" in said(coded(stay, ("Z37.0", "Y")))
    unknown = spoiled(stay, diagnoses=(replace(rows[0], poa="X"), *rows[1:]))  # the editor itself refuses such a claim
    assert "which does not exist" in "".join(CHECKS["present on admission"](unknown, book()))
    assert "cannot have arisen" in said(spoiled(stay, diagnoses=(replace(rows[0], poa="N"), *rows[1:])))


def test_a_modifier_of_the_other_side() -> None:
    visit = facts("carpal_tunnel_release").encounter
    other = {"RT": ("LT",), "LT": ("RT",)}
    charges = tuple(replace(row, modifiers=other.get("".join(row.modifiers), row.modifiers)) for row in visit.charges)
    right = replace(visit.diagnoses[0], code="G56.01", title="Carpal tunnel syndrome, right upper limb")
    left = replace(visit.diagnoses[0], code="G56.02", title="Carpal tunnel syndrome, left upper limb")
    assert any("sides" in failing(spoiled(facts("carpal_tunnel_release"), charges=charges,
                                          diagnoses=(row, *visit.diagnoses[1:]))) for row in (right, left))


def test_a_code_of_the_other_sex() -> None:
    man = facts("renal_colic")
    man = replace(man, patient=replace(man.patient, sex="M"))
    assert "sex" in failing(coded(man, ("N83.201", None)))
    assert "sex" in failing(coded(man, ("C50.411", None)))
    woman = replace(man, patient=replace(man.patient, sex="F"))
    assert "sex" in failing(coded(woman, ("N40.0", None)))
    birth = facts("vaginal_delivery")
    assert "sex" in failing(replace(birth, patient=replace(birth.patient, sex="M")))


def test_an_age_that_the_condition_does_not_have() -> None:
    child = facts("otitis_media")
    grown = replace(child, patient=replace(child.patient, birth_date=dt.date(1970, 1, 1)))
    assert "age" in failing(grown)
    assert "age" in failing(coded(facts("cystitis"), ("Z38.00", None)))
    unborn = replace(child, patient=replace(child.patient, birth_date=dt.date(2026, 12, 1)))
    assert "born after the first day" in said(unborn)


def test_a_condition_out_of_season() -> None:
    april = dt.date(2026, 4, 7)
    assert "season" in failing(spoiled(facts("heat_exhaustion_emergency"), first=april, last=april))


def test_words_that_do_not_stand_in_the_chart_or_that_nobody_signed() -> None:
    visit = facts("cystitis").encounter
    unsaid = replace(visit.diagnoses[0], evidence=("Chronic interstitial cystitis",))
    assert "evidence" in failing(spoiled(facts("cystitis"), diagnoses=(unsaid, *visit.diagnoses[1:])))
    open_ = tuple(replace(document, signed=None) for document in visit.chart)
    assert "evidence" in failing(spoiled(facts("cystitis"), chart=open_))
    silent = replace(visit.diagnoses[0], evidence=())
    assert "has no words that support it" in said(spoiled(facts("cystitis"), diagnoses=(silent, *visit.diagnoses[1:])))


def test_a_stay_that_is_too_long_or_ends_elsewhere_than_the_summary_says() -> None:
    stay = facts("pancreatitis")
    assert "nights, where pancreatitis has" in said(spoiled(stay, last=stay.encounter.first + dt.timedelta(days=40)))
    assert "discharge status '20' is not one of" in said(spoiled(stay, discharge_status="20"))
    assert "does not say 'died'" in said(spoiled(stay, discharge_status="20"))
    assert "a discharge status belongs to" in said(spoiled(facts("cystitis"), discharge_status="01"))


def test_observation_hours_that_the_summary_does_not_tell() -> None:
    visit = facts("syncope_observation").encounter
    charges = tuple(replace(row, units=row.units + 1) if row.code == "G0378" else row for row in visit.charges)
    assert "of observation" in said(spoiled(facts("syncope_observation"), charges=charges))


def moved(found: Facts, kind: str, **by: int) -> Facts:
    """The case with the last document of a kind written at another time."""
    place = max(i for i, document in enumerate(found.encounter.chart) if document.kind == kind)
    at = found.encounter.chart[place].at + dt.timedelta(**by)
    chart = [*found.encounter.chart]
    chart[place] = replace(chart[place], at=at, signed=at)
    return spoiled(found, chart=tuple(sorted(chart, key=lambda document: document.at)))


def test_papers_in_an_impossible_order() -> None:
    stay = facts("pancreatitis")
    assert "not in order of time" in said(spoiled(stay, chart=stay.encounter.chart[::-1]))
    assert "after the discharge summary" in said(moved(stay, "discharge_summary", days=-1))
    assert "not of the last day" in said(moved(stay, "discharge_summary", days=-1))
    assert "after the last day" in said(moved(stay, "progress_note", days=30))
    assert "before the visit" in said(moved(stay, "progress_note", days=-30))
    early = tuple(replace(d, signed=d.at - dt.timedelta(hours=1)) for d in stay.encounter.chart)
    assert "signed before it was written" in said(spoiled(stay, chart=early))


def test_charges_and_papers_of_the_office_outside_the_stay() -> None:
    visit = facts("cystitis").encounter
    late = (replace(visit.charges[0], on=visit.last + dt.timedelta(days=1)), *visit.charges[1:])
    assert "dated outside the stay" in said(spoiled(facts("cystitis"), charges=late))
    registered = replace(facts("cystitis").registration, registered_on=dt.date(1900, 1, 1))
    assert "registered at an impossible time" in said(replace(facts("cystitis"), registration=registered))
    assert "before the end of care" in said(replace(facts("cystitis"), filed=visit.first))


@pytest.mark.parametrize(("template", "had", "told"), [
    ("cystitis", 3, 1), ("cystitis", 1, 3), ("diabetes_kidney", 2, 1), ("diabetes_kidney", 1, 2),
    ("pancreatitis", 3, 2), ("pancreatitis", 2, 3),
])
def test_a_chart_of_another_level(template: str, had: int, told: int) -> None:
    assert "tidiness" in failing(replace(facts(template, had), level=told))


def test_an_addendum_that_is_not_late_and_a_nurse_who_agrees() -> None:
    untidy = facts("pancreatitis", 3)
    *rest, addendum = untidy.encounter.chart
    assert "is not late" in said(spoiled(untidy, chart=(*rest, replace(addendum, at=rest[-1].at))))
    agrees = tuple(replace(d, sections=tuple(Section("Shift", s.text) for s in d.sections))
                   for d in untidy.encounter.chart)
    assert "no nurse contradicts" in said(spoiled(untidy, chart=agrees))


def test_every_check_is_seen_to_fail_here() -> None:
    assert set(CHECKS) == {"edition", "code editor", "Excludes1", "code first", "present on admission", "sides", "sex",
                           "age", "season", "evidence", "stay", "dates", "tidiness"}


def test_the_command_prints_a_table_and_exits_by_what_it_found(app, monkeypatch) -> None:
    good = app.test_cli_runner().invoke(args=["world", "check", "--seeds", "9"])
    assert good.exit_code == 0, good.output
    assert good.stdout.splitlines()[0].split() == ["setting", "template", "level", "1", "level", "2", "level", "3",
                                                   "problems"]
    assert "9 cases" in good.stdout
    assert "100 %" in good.stderr
    monkeypatch.setitem(CHECKS, "season", lambda facts, book: iter(["it snows"]))
    bad = app.test_cli_runner().invoke(args=["world", "check", "--seeds", "3"])
    assert bad.exit_code == 1
    assert bad.stderr.count("season: it snows") == 3


@pytest.mark.parametrize("words", [("--seeds", "0"), ("--seeds", "many"), ("--sedes", "3")])
def test_a_wrong_order_is_one_line(app, words: tuple[str, ...]) -> None:
    answer = app.test_cli_runner().invoke(args=["world", "check", *words])
    assert answer.exit_code == 2
    assert len(answer.stderr.strip().splitlines()) == 1
