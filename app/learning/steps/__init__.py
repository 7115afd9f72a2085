"""Step kinds: one module each, found by its name. A scenario's step names its kind; see `app/learning/contract.py`."""

from typing import Any

from app.learning.steps import (
    assemble_appeal,
    assign_codes,
    assign_procedures,
    audit_codes,
    build_inquiry,
    build_plan,
    check_claim,
    choose_action,
    correct_claim,
    estimate_cost,
    explain_balance,
    find_cause,
    find_support,
    handle_missed,
    mark_evidence,
    post_payment,
    read_benefits,
    read_remittance,
    screen_assistance,
    write_query,
)

KINDS: dict[str, Any] = {
    module.NAME: module
    for module in (
        assemble_appeal, assign_codes, assign_procedures, audit_codes, build_inquiry, build_plan, check_claim,
        choose_action, correct_claim, estimate_cost, explain_balance, find_cause, find_support, handle_missed,
        mark_evidence, post_payment, read_benefits, read_remittance, screen_assistance, write_query,
    )
}
