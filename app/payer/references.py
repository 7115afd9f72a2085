"""The payer's own claim numbers (payer claim control number)."""

from app.world.plans import plans
from app.world.seed import Seed


def reference_of(plan: str, claim_number: str, frequency: str = "1") -> str:
    """Return the payer's number for a claim of the office: 13 digits, always the same for the same claim."""
    payer = plans()[plan].payer if plan in plans() else "none"
    return f"{Seed(f'payer/{payer}/{claim_number}/{frequency}').number() % 10**13:013d}"
