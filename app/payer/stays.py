"""P10 for a stay: the DRG's payment, less for an early transfer, more for an unusually costly stay."""

from msgspec import Struct

from app.payer import rulebook
from app.payer.model import Claim, DrgTerms
from app.world.money import Cents, dollars, share
from app.world.plans import payer_of, plans

# Discharges that count as a transfer: to another acute hospital always, to post-acute care for the DRGs of the list.
ACUTE = ("02", "66")
POST_ACUTE = ("03", "05", "06", "50", "51", "62", "63", "65")
_FOLLOWS_MEDICARE = ("medicare", "medicare_advantage")


class StayPayment(Struct, frozen=True, gc=False):
    """What the contract pays for a stay before the limit of the charge, with the sentences that say why."""

    payment: Cents
    said: tuple[str, ...]
    amounts: dict[str, Cents]


def stay_payment(claim: Claim, terms: DrgTerms, charge: Cents) -> StayPayment:
    """Return the payment by MS-DRG.

    Weight × base rate × the contract's percentage; under Medicare and Medicare Advantage a transfer before the mean
    stay is paid by the day (42 CFR 412.4) and a stay that cost far more is paid an outlier amount (42 CFR 412.80,
    412.84). Other contracts of this world pay the DRG alone.
    """
    plan = plans()[claim.plan]
    base = rulebook.value("drg_base_rate", claim.last)
    full = share(base * terms.weight // 10_000, plan.allowed_percent)
    shown = f"{terms.weight // 10_000}.{terms.weight % 10_000:04d}"
    said = [f"MS-DRG {claim.drg}: weight {shown} × base rate {dollars(base)} × the contract's percentage is "
            f"{dollars(full)}."]
    amounts = {"base": base, "rate": full, "charge": charge}
    if payer_of(plan).kind not in _FOLLOWS_MEDICARE:
        return StayPayment(full, tuple(said), amounts)
    payment, told = _by_the_day(claim, terms, full)
    outlier, why = _outlier(claim, payment, charge)
    amounts |= {"transfer": payment, "outlier": outlier}
    return StayPayment(payment + outlier, (*said, told, why), amounts)


def _by_the_day(claim: Claim, terms: DrgTerms, full: Cents) -> tuple[Cents, str]:
    """A transfer: the mean payment of a day, twice for the first; a special-pay DRG half of all at once (412.4(f))."""
    days = max(1, (claim.last - claim.first).days)
    status = claim.discharge_status
    if status not in ACUTE and not (status in POST_ACUTE and terms.post_acute):
        return full, f"Discharge status {status or 'not given'} is no transfer under the policy: the DRG is paid whole."
    if not terms.geometric_stay:
        return full, "The DRG has no mean stay: it is paid whole."
    daily = full * 10 // terms.geometric_stay
    special = terms.special_pay and status in POST_ACUTE
    paid = min(full, full // 2 + daily * (days + 1) // 2 if special else daily * (days + 1))
    mean = f"{terms.geometric_stay // 10}.{terms.geometric_stay % 10}"
    how = "half of the DRG and half of each day's part" if special else "a day's part for each day, twice for the first"
    return paid, (f"Transfer (discharge status {status}) after {days} of {mean} mean days: {how}, {dollars(daily)} a "
                  f"day, at most the DRG: {dollars(paid)}.")


def _outlier(claim: Claim, payment: Cents, charge: Cents) -> tuple[Cents, str]:
    """Of the cost over payment and threshold a part is paid (42 CFR 412.84). Cost is charge × the hospital's ratio."""
    cost = share(charge, rulebook.value("cost_to_charge", claim.last))
    threshold = rulebook.value("outlier_threshold", claim.last)
    over = cost - payment - threshold
    if over <= 0:
        return 0, (f"No outlier: the cost of {dollars(cost)} is within the payment and the threshold of "
                   f"{dollars(threshold)}.")
    extra = share(over, rulebook.value("outlier_share", claim.last))
    return extra, (f"Outlier: the cost of {dollars(cost)} is {dollars(over)} over the payment and the threshold of "
                   f"{dollars(threshold)}; of that {dollars(extra)} is added.")
