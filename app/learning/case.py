"""A case: everything one attempt at a scenario consists of, derived from a seed and stored whole at the start.

Marking reads only a stored case, so that an upgrade of rules, plans or codes never changes an attempt under way.
"""

import datetime as dt

from msgspec import Struct

from app.payer.model import Adjudication, Claim, Context, Denial
from app.world.model import Facts


class Case(Struct, frozen=True):
    """`facts` is the case as the office has it (defects planted), `clean` the same case with every defect repaired.

    `adjudication` answers the claim as sent; `clean_adjudication` answers the repaired claim; `denials` hold one
    against the other. `versions` names what the case was derived from.
    """

    scenario: str
    version: int
    seed: str
    today: dt.date
    level: int
    facts: Facts
    clean: Facts
    claim: Claim
    clean_claim: Claim
    context: Context
    clean_context: Context
    adjudication: Adjudication
    clean_adjudication: Adjudication
    denials: tuple[Denial, ...]
    titles: dict[str, str]  # code titles the case needs
    versions: dict[str, str]
