"""The patient's account as a ledger: rows are added, the balances are sums."""

import datetime as dt
from typing import Literal

from msgspec import Struct

from app.payer.model import Claim, Remittance
from app.world.money import Cents

Kind = Literal[
    "charge", "payer_payment", "contractual", "transfer_to_patient", "patient_payment", "write_off", "refund",
]
Side = Literal["payer", "patient"]


class Entry(Struct, frozen=True):
    """A row: `amount` cents, always 0 or more but on a reversal. `side` is whose balance it moves."""

    on: dt.date
    kind: Kind
    side: Side
    amount: Cents
    about: str


class Balance(Struct, frozen=True):
    """What is still expected from the payer and from the patient, in cents."""

    payer: Cents
    patient: Cents

    @property
    def total(self) -> Cents:
        """Open in all."""
        return self.payer + self.patient


# What a row does to the balance of its side. A transfer leaves the payer's side by the same amount.
_SIGN: dict[str, int] = {"charge": 1, "payer_payment": -1, "contractual": -1, "transfer_to_patient": 1,
                         "patient_payment": -1, "write_off": -1, "refund": 1}


def charged(claim: Claim) -> tuple[Entry, ...]:
    """Return the charges of a claim: they stand with the payer until it answers."""
    return tuple(Entry(line.on, "charge", "payer", line.charge, f"{claim.number} line {line.number}: {line.code}")
                 for line in claim.lines)


def self_pay(claim: Claim) -> tuple[Entry, ...]:
    """Return the charges of a visit without a payer: the patient's from the first day."""
    return tuple(Entry(line.on, "charge", "patient", line.charge, f"{line.code}") for line in claim.lines)


def posted(answer: Remittance) -> tuple[Entry, ...]:
    """Return the rows that post a remittance: payment, write-off of group CO on paid lines, transfer of group PR.

    A denied line of group CO or OA stays open with the payer until the denial is worked. A rejection posts nothing.
    """
    rows: list[Entry] = []
    for line in answer.lines:
        about = f"{answer.payer_reference} line {line.number}"
        if line.paid:
            rows.append(Entry(answer.decided, "payer_payment", "payer", line.paid, about))
        for adjustment in line.adjustments:
            code = f"{about}: {adjustment.group}-{adjustment.reason}"
            if adjustment.group == "PR":
                rows.append(Entry(answer.decided, "transfer_to_patient", "patient", adjustment.amount, code))
            elif line.allowed:
                rows.append(Entry(answer.decided, "contractual", "payer", adjustment.amount, code))
    return tuple(rows)


def paid_by_patient(on: dt.date, amount: Cents, about: str = "payment") -> Entry:
    """Return a patient's payment. Raises ValueError unless `amount` is over 0."""
    if amount <= 0:
        raise ValueError("A payment is more than $0.00")
    return Entry(on, "patient_payment", "patient", amount, about)


def written_off(on: dt.date, side: Side, amount: Cents, why: str) -> Entry:
    """Return a write-off of what `side` owes. Raises ValueError unless `amount` is over 0 and `why` says something."""
    if amount <= 0 or not why.strip():
        raise ValueError("A write-off is more than $0.00 and states its reason")
    return Entry(on, "write_off", side, amount, why)


def balance(entries: tuple[Entry, ...]) -> Balance:
    """Return what is open with the payer and with the patient. A credit is negative."""
    payer = patient = 0
    for entry in entries:
        signed = _SIGN[entry.kind] * entry.amount
        if entry.side == "payer":
            payer += signed
        else:
            patient += signed
        if entry.kind == "transfer_to_patient":
            payer -= entry.amount
    return Balance(payer, patient)


def running(entries: tuple[Entry, ...]) -> tuple[tuple[Entry, Balance], ...]:
    """Return each row with the balance after it, in order of date (rows of one day in the order given)."""
    ordered = tuple(sorted(entries, key=lambda entry: entry.on))
    return tuple((entry, balance(ordered[: i + 1])) for i, entry in enumerate(ordered))


def age_days(entries: tuple[Entry, ...], today: dt.date) -> int:
    """Return the days since the oldest charge while anything is open; 0 when nothing is."""
    charges = [entry.on for entry in entries if entry.kind == "charge"]
    return (today - min(charges)).days if charges and balance(entries).total > 0 else 0
