"""Make the claim that the office sends, from what was registered, charged and typed."""

from collections.abc import Callable
from functools import lru_cache
from typing import Any

from msgspec.structs import replace

from app.payer.model import Claim, Context, DrgTerms, Line, OtherPayment
from app.world.model import Charge, Facts
from app.world.seed import Seed
from app.world.settings import settings


def claim_from(facts: Facts, *, drg: str = "") -> Claim:
    """Return the claim as the office sends it: registration, encounter and charges, with what the biller typed.

    The setting decides the form (`app/world/data/settings.yaml`). `drg` is the MS-DRG
    of a stay. The claim number comes from the encounter, so the same case always has the same claim.
    """
    desk, visit, entry = facts.registration, facts.encounter, facts.entry
    inpatient, place = visit.setting == "inpatient", settings()[visit.setting]
    diagnoses = entry.diagnoses or tuple([d.code for d in visit.diagnoses])
    present = {d.code: d.poa for d in visit.diagnoses} if inpatient else {}
    return Claim(
        number=claim_number(facts), form=place.form,
        frequency=entry.frequency, original_reference=entry.original_reference, plan=desk.plan,
        patient_given=desk.given, patient_family=desk.family, patient_sex=desk.sex, patient_birth_date=desk.birth_date,
        patient_mrn=facts.patient.mrn, member_id=desk.member_id, group_number=desk.group_number,
        subscriber_name=desk.subscriber_name, relationship=desk.relationship, billing=visit.facility,
        rendering=visit.provider,
        rendering_npi=visit.provider.npi if entry.rendering_npi is None else entry.rendering_npi,
        referring_npi=visit.referring.npi if visit.referring else "", specialty=visit.specialty, setting=visit.setting,
        place_of_service=entry.place_of_service or place.place, first=visit.first,
        last=visit.last, received=facts.filed,
        diagnoses=diagnoses,
        poa=tuple(present.get(code, "Y") for code in diagnoses) if inpatient and not entry.poa_left_off else (),
        procedures=tuple([p.code for p in visit.procedures]), drg=drg if inpatient else "",
        lines=_lines(entry.charges or visit.charges, len(diagnoses)),
        authorization_number=_typed(entry.authorization_number, facts.authorization_on_file),
        referral_number=_typed(entry.referral_number, facts.referral_on_file), advance_notice=entry.advance_notice,
        other_payment=OtherPayment(desk.other_coverage, (), (), ()) if entry.sent_as_second else None,
        evidence={d.code: d.evidence for d in visit.diagnoses},
        bill_type=entry.bill_type or place.bill_type,
        discharge_status=visit.discharge_status,
        accident="" if entry.accident_left_off else entry.accident_marked or visit.accident,
        accident_on=visit.accident_on or (visit.first if entry.accident_marked else None),
    )


def claim_number(facts: Facts) -> str:
    """Return the office's own claim number."""
    return f"C{Seed(facts.seed).child('claim', facts.encounter.id).number() % 10**9:09d}"


def _typed(typed: str | None, on_file: str) -> str:
    return on_file if typed is None else typed


def _lines(charges: tuple[Charge, ...], diagnoses: int) -> tuple[Line, ...]:
    """Number the charges. A pointer to a diagnosis that is not billed falls away; a line keeps at least the first."""
    return tuple([Line(
        i, charge.service, charge.code, charge.modifiers, charge.units, charge.amount, charge.on,
        _within(charge.pointers, diagnoses), charge.revenue,
    ) for i, charge in enumerate(charges, start=1)])


@lru_cache(4096)
def _within(pointers: tuple[int, ...], diagnoses: int) -> tuple[int, ...]:
    return tuple(p for p in pointers if p <= diagnoses) or ((1,) if pointers else ())


def context_from(facts: Facts, drg_weights: dict[str, int] | None = None,
                 is_billable: Callable[[str], bool] | None = None,
                 drg_terms: dict[str, DrgTerms] | None = None) -> Context:
    """Return what the payers know about this case, as plain values that can be stored with it.

    `drg_weights` are ten-thousandths by MS-DRG; `drg_terms` say also what a transfer is paid. `is_billable` asks the
    code edition: the case's codes and every shorter form of them that it refuses are kept, so that a truncated code
    can be told from a whole one later.
    """
    visit = facts.encounter
    # The provider of the visit last: the payer's file about the one who billed is what counts.
    known = {p.npi: p for p in (facts.primary_care, visit.referring, visit.provider) if p is not None}
    return Context(
        coverages=facts.coverages, authorizations=facts.authorizations, referrals=facts.referrals,
        prior_claims=facts.prior_claims, drg_weights=dict(drg_weights or {}), providers=tuple(known.values()),
        invalid_diagnoses=_invalid(facts, is_billable) if is_billable else (),
        papers=_papers(facts),
        drg_terms=dict(drg_terms or {}), elections=facts.elections, deceased_on=facts.deceased_on,
        documented_units=_units(visit.charges),
    )


def _papers(facts: Facts) -> dict[str, str]:
    papers: dict[str, str] = {document.id: document.kind for document in facts.encounter.chart}
    for authorization in facts.authorizations:
        papers[f"authorization-{authorization.number}"] = "authorization"
    for referral in facts.referrals:
        papers[f"referral-{referral.number}"] = "referral"
    return papers


def _units(charges: tuple[Charge, ...]) -> dict[str, int]:
    units: dict[str, int] = {}
    for charge in charges:
        units[charge.code] = units.get(charge.code, 0) + charge.units
    return units


def _invalid(facts: Facts, is_billable: Callable[[str], bool]) -> tuple[str, ...]:
    codes = dict.fromkeys((*(d.code for d in facts.encounter.diagnoses), *facts.entry.diagnoses))
    shorter = dict.fromkeys(code[:length].rstrip(".") for code in codes for length in range(3, len(code) + 1))
    return tuple(code for code in shorter if not is_billable(code))


def corrected(claim: Claim, **changes: Any) -> Claim:
    """Return the claim with `changes` (fields of Claim), to be sent again.

    A claim that was adjudicated goes as a replacement: give `frequency="7"` with the payer's number as
    `original_reference`, or that number alone. A claim that was rejected or returned as unprocessable (MA130) was
    never decided: it goes again as frequency 1, and an original reference is dropped.
    """
    reference = str(changes.get("original_reference", "")).strip()
    frequency = changes.get("frequency") or ("7" if reference else "1")
    kept = reference if frequency in ("7", "8") else ""
    return replace(claim, **(changes | {"frequency": frequency, "original_reference": kept}))


def secondary(claim: Claim, **changes: Any) -> Claim:
    """Return the claim as it goes to the next payer: give `plan`, `member_id`, `other_payment` and `received`."""
    return replace(claim, **({"frequency": "1", "original_reference": ""} | changes))
