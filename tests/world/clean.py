"""Clean worlds that take a given defect, and a world of an accident."""

from collections.abc import Iterator
from itertools import count, islice

from msgspec.structs import replace

from app.world.coverage import card_for, make_coverage
from app.world.defects import defects
from app.world.generate import Wish, clean_world
from app.world.model import Facts
from app.world.plans import plans
from app.world.registration import register
from app.world.seed import Seed

TRIES = 30  # worlds drawn for each that takes the defect, at most

AUTHORIZED, REFERRED = Wish(needs_authorization=True), Wish(needs_referral=True)
STAY, INJURY = Wish(settings=("inpatient",)), Wish(templates=("laceration", "ankle_injury", "hip_fracture"))
GROUP = ("ppo", "hmo", "hdhp", "epo")
# What an open wish draws too rarely.
WISHES = {
    "wrong_sex_on_registration": Wish(specialties=("obstetrics and gynecology",)),
    "missing_authorization": AUTHORIZED,
    "authorization_number_mistyped": AUTHORIZED,
    "authorization_expired": AUTHORIZED,
    "authorization_units_exceeded": AUTHORIZED,
    "authorization_for_other_service": AUTHORIZED,
    "authorization_number_left_off": AUTHORIZED,
    "missing_referral": REFERRED,
    "referral_expired": REFERRED,
    "referral_to_other_specialty": REFERRED,
    "referral_number_left_off": REFERRED,
    "late_filing": Wish(plans=("tamarack-hmo", "tamarack-epo")),
    "out_of_network": Wish(plan_kinds=("hmo", "epo", "medicaid"), settings=("office",)),
    "coverage_ended": Wish(plan_kinds=GROUP),
    "other_payer_primary": Wish(plan_kinds=("medicare_b", "ppo")),
    "plan_before_medicaid_unknown": Wish(plan_kinds=("medicaid",)),
    "coverage_not_yet_in_force": Wish(plan_kinds=(*GROUP, "medicaid"), remaining_deductible=True),
    "advantage_elected": Wish(plans=("medicare-b",)),
    "hospice_elected": Wish(plans=("medicare-b",)),
    "marked_as_excluded": Wish(plans=("medicare-b",)),
    "newborn_billed_as_mother": Wish(templates=("newborn",), plan_kinds=GROUP),
    "medicare_billed_first": Wish(secondary=True, ages=(65, 70), plan_kinds=GROUP),
    "medicaid_billed_first": Wish(secondary=True, ages=(1, 18), plan_kinds=GROUP, income_percent=(100, 200)),
    "supplement_billed_first": Wish(secondary=True, plan_kinds=("medicare_b",)),
    "birthday_rule_missed": Wish(secondary=True, ages=(1, 18), plan_kinds=GROUP, income_percent=(250, 600)),
    "spouse_plan_billed_first": Wish(secondary=True, ages=(30, 60), plan_kinds=GROUP),
    "primary_answer_missing": Wish(secondary=True),
    "injury_marked_as_work": INJURY,
    "injury_marked_as_auto": INJURY,
    "diagnosis_of_another_age": Wish(templates=("vaginal_delivery", "cesarean_delivery", "wellness")),
    "severe_diagnosis_unsupported": STAY,
    "poa_left_off": STAY,
    "wrong_side_coded": Wish(templates=("knee_replacement", "hip_fracture", "cataract_surgery", "ankle_injury")),
    "unbundled_service": Wish(templates=("ankle_injury", "asthma_office", "laceration", "knee_osteoarthritis",
                                         "chest_pain")),
    "discharge_summary_unsigned": STAY,
    "discharge_summary_late": STAY,
    "history_late": STAY,
    "history_missing": STAY,
    "operative_report_missing": Wish(settings=("outpatient_surgery",)),
    "psychotherapy_notes_disclosed": Wish(templates=("depression", "ptsd_office", "major_depression_inpatient")),
    "part_2_record_disclosed": Wish(templates=("alcohol_withdrawal",)),
}
ACCIDENTS = {"accident_not_told": ("employment", "badger-work"), "injury_billed_to_health_plan": ("auto",
                                                                                                "lakeshore-no-fault")}


def worlds(defect: str, wanted: int, name: str = "defects") -> list[Facts]:
    """Return clean worlds that take the defect, each of a seed of its own; fewer when it hardly ever applies."""
    fitting = (facts for facts in islice(_drawn(defect, name), wanted * TRIES) if defects()[defect].applies(facts))
    return list(islice(fitting, wanted))


def _drawn(defect: str, name: str) -> Iterator[Facts]:
    root = Seed(f"{name}/{defect}")
    for i in count():
        if defect in ACCIDENTS:
            yield injured(root.child(i), *ACCIDENTS[defect])
        else:
            yield clean_world(root.child(i), WISHES.get(defect, Wish()))


def injured(seed: Seed, accident: str, plan: str) -> Facts:
    """Return a clean world of an injury at work or on the road, under the insurer that answers for it."""
    facts = clean_world(seed, Wish(templates=("laceration", "ankle_injury"), ages=(20, 60), plan_kinds=("ppo",)))
    day = facts.encounter.first
    row = make_coverage(seed.child("accident"), plans()[plan], facts.patient, facts.patient, "self", on=day)
    provider = replace(facts.encounter.provider, networks=(*facts.encounter.provider.networks, plan))
    return replace(
        facts, coverages=(row,), cards=(card_for(row),), prior_claims=(),
        registration=register(facts.patient, (row,), day, facts.registration.registered_on),
        encounter=replace(facts.encounter, accident=accident, accident_on=day, provider=provider))
