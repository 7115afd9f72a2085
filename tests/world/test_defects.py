import msgspec
import pytest
from msgspec.structs import replace

from app.payer import rulebook
from app.world.coverage import needs_authorization
from app.world.defects import defects, plant, repair
from app.world.defects.identity import ONLY
from app.world.defects.lines import code_pairs
from app.world.digits import is_npi
from app.world.generate import LAST_DAY, Wish, clean_world
from app.world.model import Facts
from app.world.plans import payer_of, plans
from app.world.registration import register
from app.world.seed import Seed
from app.world.services import services
from tests.world.clean import worlds

# What repair gives back otherwise than it was: another payer learned of, or the case's own today.
NEW_TRUTH = {"coverage_ended", "other_payer_primary", "plan_before_medicaid_unknown", "injury_billed_to_health_plan",
             "late_filing"}


def planted(defect: str, facts: Facts) -> Facts:
    return plant(facts, defect, Seed(facts.seed).child("plant"))


@pytest.mark.parametrize("defect", defects())
def test_a_defect_changes_the_case_and_says_so(defect):
    cases = worlds(defect, 6)
    assert len(cases) == 6, "hardly ever applies"
    for facts in cases:
        spoiled = planted(defect, facts)
        assert replace(spoiled, defects=()) != facts
        assert [record.id for record in spoiled.defects] == [defect]
        assert spoiled.defects[0].what.endswith(".")
        assert spoiled.defects[0].notice


@pytest.mark.parametrize("defect", defects())
def test_repair_restores_the_clean_case(defect):
    for facts in worlds(defect, 6):
        mended = repair(planted(defect, facts))
        assert mended.defects == ()
        if defect not in NEW_TRUTH:
            assert mended == facts


@pytest.mark.parametrize("defect", defects())
def test_a_planted_case_is_the_same_again_and_survives_json(defect):
    facts = worlds(defect, 1)[0]
    spoiled = planted(defect, facts)
    assert planted(defect, facts) == spoiled
    assert msgspec.json.decode(msgspec.json.encode(spoiled), type=Facts) == spoiled


@pytest.mark.parametrize("defect", ["coverage_ended", "other_payer_primary"])
def test_when_another_payer_is_found_registration_and_permissions_follow_it(defect):
    for facts in worlds(defect, 12):
        spoiled = planted(defect, facts)
        mended = repair(spoiled)
        assert mended.registration == register(
            facts.patient, spoiled.coverages, facts.encounter.first, facts.registration.registered_on)
        assert payer_of(plans()[mended.registration.plan]) != payer_of(plans()[spoiled.registration.plan])
        plan = plans()[mended.registration.plan]
        wanted = {c.service for c in facts.encounter.charges if needs_authorization(plan, c, facts.encounter)}
        assert {a.service for a in mended.authorizations if a.number == mended.authorization_on_file} == wanted
        assert plan.id in mended.encounter.provider.networks
        assert {card.plan for card in mended.cards} == {row.plan for row in mended.coverages}


def test_two_defects_are_both_repaired():
    facts = worlds("missing_authorization", 1)[0]
    twice = plant(planted("missing_authorization", facts), "wrong_member_number", Seed("second"))
    assert [record.id for record in twice.defects] == ["missing_authorization", "wrong_member_number"]
    assert repair(twice) == facts


def test_a_wrong_member_number_still_has_the_payers_form():
    for facts in worlds("wrong_member_number", 6):
        wrong = planted("wrong_member_number", facts).registration.member_id
        assert sorted(wrong) == sorted(facts.coverages[0].member_id)
        assert wrong != facts.coverages[0].member_id


def test_a_late_claim_is_late_by_the_payers_own_count():
    for facts in worlds("late_filing", 6):
        late = planted("late_filing", facts)
        limit = payer_of(plans()[facts.registration.plan]).filing_days
        assert (late.filed - facts.encounter.first).days > limit
        assert late.filed < late.today <= LAST_DAY
        mended = repair(late)
        assert (mended.filed, mended.today) == (facts.filed, late.today)


def test_a_wrong_npi_fails_its_check_digit():
    for facts in worlds("wrong_rendering_npi", 6):
        assert not is_npi(planted("wrong_rendering_npi", facts).entry.rendering_npi)


def test_an_unsupported_diagnosis_is_neither_in_the_chart_nor_in_the_policy():
    for facts in worlds("unsupported_diagnosis", 6):
        spoiled = planted("unsupported_diagnosis", facts)
        values = spoiled.defects[0].values
        known = {row.code for row in facts.encounter.diagnoses}
        accepted = services()[values["service"]].supports
        for code in values["wrong"].split(", "):
            assert code in spoiled.entry.diagnoses
            assert code not in known
            assert not code.startswith(accepted)


def test_too_many_units_are_more_than_a_day_holds_at_the_same_price():
    for facts in worlds("units_over_limit", 6):
        lines = zip(facts.encounter.charges, planted("units_over_limit", facts).entry.charges, strict=True)
        (right, wrong), = [(a, b) for a, b in lines if a != b]
        assert wrong.units > services()[wrong.service].unit_limit
        assert wrong.amount * right.units == right.amount * wrong.units


def test_unbundling_adds_the_contained_service_on_the_same_day():
    pairs = {(pair.whole, pair.part) for pair in code_pairs()}
    for facts in worlds("unbundled_service", 6):
        added = planted("unbundled_service", facts).entry.charges[-1]
        assert any((charge.service, added.service) in pairs and charge.on == added.on
                   for charge in facts.encounter.charges)


def test_snooping_leaves_one_row_without_a_reason():
    for facts in worlds("snooping_in_access_log", 6):
        assert all(entry.reason for entry in facts.access_log)
        spoiled = planted("snooping_in_access_log", facts)
        assert [entry.user for entry in spoiled.access_log if not entry.reason] == [spoiled.defects[0].values["user"]]


def test_a_defect_that_does_not_apply_is_refused():
    facts = clean_world(Seed("self-pay"), Wish(plan_kinds=("self_pay",)))
    with pytest.raises(ValueError, match="wrong_member_number does not apply"):
        plant(facts, "wrong_member_number", Seed("x"))


def test_no_defect_names_a_reason_code():
    text = " ".join(" ".join((d.title, d.changes, d.notice)) for d in defects().values())
    assert not any(word in text for word in ("CO-", "PR-", "OA-", "CARC", "RARC"))


def test_diagnoses_of_one_sex_are_those_the_payer_asks_about():
    for sex, prefixes in ONLY.items():
        assert set(prefixes) == {rule.prefix for rule in rulebook.life_rules() if rule.sex == sex}
