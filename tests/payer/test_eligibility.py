"""What a payer answers when the desk asks about a member, a date and services."""

import datetime as dt
from typing import Any

from msgspec.structs import replace

from app.payer.eligibility import answer
from app.payer.estimate import estimate
from app.payer.model import EligibilityAnswer, Inquiry
from app.payer.pipeline import adjudicate
from tests.payer.builders import Earlier, GivenAuthorization, GivenCover, GivenLine, built

DAY = dt.date(2026, 5, 4)


def _ask(services: tuple[str, ...] = ("office_established_4",), about: dict[str, Any] | None = None,
         **situation: Any) -> EligibilityAnswer:
    claim, context = built(**situation)
    asked = Inquiry(claim.plan, claim.member_id, claim.patient_family, claim.patient_given, claim.patient_birth_date,
                    DAY, services)
    return answer(replace(asked, **(about or {})), context, claim.rendering)


def test_an_active_member_with_what_is_met_of_the_deductible() -> None:
    told = _ask(plan="fernwood-hdhp", earlier=(Earlier("7", dt.date(2026, 2, 2), deductible=12_000,
                                                       out_of_pocket=15_000),))
    assert (told.found, told.active, told.effective) == (True, True, dt.date(2025, 1, 1))
    assert (told.deductible, told.deductible_met, told.out_of_pocket_met) == (340_000, 12_000, 15_000)


def test_number_name_and_birth_date_together_find_the_member() -> None:
    assert not _ask(about={"member_id": "FWM204716358"}).found
    assert not _ask(about={"family": "Brooks"}).found
    assert not _ask(about={"birth_date": dt.date(1980, 9, 3)}).found
    assert _ask(about={"member_id": "fwm 204-716-385", "family": "BROOK"}).found


def test_coverage_that_ended_is_found_and_not_active() -> None:
    told = _ask(covered_to=dt.date(2026, 5, 3))
    assert (told.found, told.active, told.ended, told.benefits) == (True, False, dt.date(2026, 5, 3), ())


def test_authorization_needed_or_on_file() -> None:
    wanted = GivenAuthorization("mri_lumbar", dt.date(2026, 1, 1), dt.date(2026, 4, 30))
    assert _ask(("mri_lumbar",), plan="tamarack-hmo", authorization=wanted).benefits[0].authorization == "needed"
    granted = replace(wanted, last=DAY)
    assert _ask(("mri_lumbar",), plan="tamarack-hmo", authorization=granted).benefits[0].authorization == "on file"
    assert _ask(("lab_a1c",), plan="tamarack-hmo").benefits[0].authorization == "not needed"


def test_referral_for_a_specialist_only() -> None:
    without = _ask(plan="tamarack-hmo", specialty="cardiology", referral=False)
    assert without.benefits[0].referral == "needed"
    assert _ask(plan="tamarack-hmo", specialty="cardiology").benefits[0].referral == "on file"
    assert _ask(plan="tamarack-hmo", referral=False).benefits[0].referral == "not needed"


def test_an_emergency_wants_no_permission_and_no_network() -> None:
    told = _ask(("emergency_4", "ct_abdomen"), plan="tamarack-hmo", out_of_network=True)
    assert [(b.authorization, b.in_network) for b in told.benefits] == [("not needed", True)] * 2


def test_another_payer_that_comes_first_is_named() -> None:
    assert _ask(order=2, other_coverage=(GivenCover("copperline-ppo", order=1),)).other_payer == "copperline-ppo"
    assert _ask(other_coverage=(GivenCover("copperline-ppo", order=2),)).other_payer == ""


def test_a_medicare_stay_is_answered_with_the_part_a_deductible() -> None:
    told = _ask(("room_medical",), plan="medicare-b", born=dt.date(1950, 3, 9))
    assert (told.deductible, told.deductible_met) == (173_600, 0)
    assert (told.benefits[0].copayment, told.benefits[0].deductible_applies) == (0, True)


def test_the_answer_foretells_what_the_claim_will_cost() -> None:
    """An estimate is the claim decided ahead, so the two never differ."""
    claim, context = built(plan="fernwood-ppo", lines=(GivenLine("office_established_4"), GivenLine("lab_a1c")))
    told = estimate(claim, context)
    assert told.patient_owes == adjudicate(claim, context).remittance.patient_responsibility == 2_500 + 1_310


def test_without_a_payer_the_patient_owes_the_charges() -> None:
    claim, context = built()
    assert estimate(replace(claim, plan="self-pay"), context).patient_owes == claim.charge
