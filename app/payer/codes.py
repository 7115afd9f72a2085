"""Plain words for group, reason and remark codes, in our own wording."""

from app.payer import rulebook


def plain_words(group: str, reason: str, remarks: tuple[str, ...] = ()) -> str:
    """Return one line for an adjustment: what the reason means, and what each remark adds.

    An unknown code says so, so that a remittance never shows a blank.
    """
    table = rulebook.codes()
    found = table.reasons.get(reason)
    said = found.words if found else f"Reason {reason} (not in our table)"
    told = [table.remarks.get(code, f"remark {code}") for code in remarks]
    return f"{said}: {'; '.join(told)}" if told else said


def whose(group: str) -> str:
    """Return who owes an amount under `group`, in words."""
    return rulebook.codes().groups.get(group, f"group {group}")


def first_action(reason: str) -> str:
    """Return the first thing a denial desk does about `reason`; empty for an unknown code."""
    found = rulebook.codes().reasons.get(reason)
    return found.first if found else ""


def needs_remark(reason: str) -> bool:
    """Whether the reason must stand with a remark code."""
    found = rulebook.codes().reasons.get(reason)
    return found is not None and found.remark
