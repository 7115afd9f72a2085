"""The claim that the office sends, and what it sends again."""

import msgspec

from app.billing.claims import claim_from, context_from, corrected, secondary
from app.payer.model import Context, OtherPayment
from app.payer.pipeline import adjudicate
from app.world.generate import Wish, clean_world
from app.world.seed import Seed

FACTS = clean_world(Seed("claims"), Wish(settings=("office",), plans=("fernwood-ppo",)))


def test_the_claim_says_what_was_registered_and_charged() -> None:
    claim = claim_from(FACTS)
    assert (claim.form, claim.place_of_service) == ("professional", "11")
    assert (claim.member_id, claim.patient_family) == (FACTS.registration.member_id, FACTS.registration.family)
    assert claim.charge == sum(charge.amount for charge in FACTS.encounter.charges)
    assert claim.diagnoses == tuple(d.code for d in FACTS.encounter.diagnoses)


def test_what_the_biller_typed_goes_before_what_is_on_file() -> None:
    entry = msgspec.structs.replace(FACTS.entry, authorization_number="", diagnoses=("R53.83",))
    claim = claim_from(msgspec.structs.replace(FACTS, entry=entry, authorization_on_file="PA1"))
    assert (claim.authorization_number, claim.diagnoses) == ("", ("R53.83",))
    assert all(max(line.pointers) <= 1 for line in claim.lines if line.pointers)


def test_a_stay_goes_on_the_institutional_form_with_its_drg() -> None:
    stay = clean_world(Seed("stay"), Wish(settings=("inpatient",)))
    claim = claim_from(stay, drg="193")
    assert (claim.form, claim.drg, len(claim.poa)) == ("institutional", "193", len(claim.diagnoses))
    assert claim_from(FACTS, drg="193").drg == ""


def test_the_context_is_plain_data() -> None:
    context = context_from(FACTS, {"193": 13_000}, lambda code: len(code) > 3)
    assert msgspec.json.decode(msgspec.json.encode(context), type=Context) == context
    assert all(len(code) <= 3 for code in context.invalid_diagnoses)
    assert context.invalid_diagnoses


def test_a_replacement_carries_the_payers_number_and_a_new_claim_does_not() -> None:
    claim = claim_from(FACTS)
    again = corrected(claim, original_reference="7711223344", member_id="X")
    assert (again.frequency, again.original_reference, again.member_id) == ("7", "7711223344", "X")
    fresh = corrected(claim, frequency="1", original_reference="7711223344")
    assert (fresh.frequency, fresh.original_reference) == ("1", "")


def test_the_payer_knows_its_own_number_on_a_replacement() -> None:
    claim, context = claim_from(FACTS), context_from(FACTS)
    first = adjudicate(claim, context)
    again = adjudicate(corrected(claim, original_reference=first.remittance.payer_reference), context)
    assert again.remittance.status == "paid"


def test_a_secondary_claim_is_a_first_claim_to_the_next_payer() -> None:
    paid = OtherPayment("fernwood-ppo", (1,), (1,), (2,))
    claim = secondary(claim_from(FACTS), plan="grayling-adult", other_payment=paid)
    assert (claim.plan, claim.frequency, claim.other_payment) == ("grayling-adult", "1", paid)
