"""What a scenario may ask of its world, and which plans and templates can meet it."""

import datetime as dt
import re
from functools import cache
from typing import Literal

from msgspec import Struct

from app.world.coverage import ages_enrolled
from app.world.model import PayerKind, PlanKind, Setting, Sex
from app.world.plans import ACCIDENT_KINDS, GROUP_KINDS, Plan, payer_of, plans
from app.world.services import services
from app.world.templates import PRIMARY_CARE, Template, templates

WORKING_UNTIL = 70  # years
EDITION_FROM = dt.date(2026, 4, 1)  # encounters lie in the April 2026 edition of the code sets

Moment = Literal["before_visit", "after_visit", "after_denial"]


class Wish(Struct, frozen=True, cache_hash=True, forbid_unknown_fields=True):
    """What a scenario may ask of its world. An empty tuple, and None, mean "as it comes".

    `ages` are years and `income_percent` percents of the poverty guideline, both ends included. `moment` is when the
    case plays: before the visit, after it (the claim is about to go), or after the payer answered.
    `remaining_deductible`: True, some of it is left; False, it is met or the plan has none.
    """

    settings: tuple[Setting, ...] = ()
    templates: tuple[str, ...] = ()
    specialties: tuple[str, ...] = ()
    plan_kinds: tuple[PlanKind, ...] = ()
    plans: tuple[str, ...] = ()
    level: Literal[1, 2, 3] = 1
    ages: tuple[int, int] = (0, 100)
    sexes: tuple[Sex, ...] = ("F", "M")
    secondary: bool = False
    dependent: bool | None = None
    remaining_deductible: bool | None = None
    needs_authorization: bool | None = None
    needs_referral: bool | None = None
    income_percent: tuple[int, int] = (80, 600)
    moment: Moment = "after_denial"


def told(wish: Wish) -> str:
    """Return the wish in a few words, only what differs from "as it comes"."""
    plain = Wish()
    parts = [f"{name}: {_words(value)}" for name in wish.__struct_fields__
             if (value := getattr(wish, name)) != getattr(plain, name)]
    return ", ".join(parts) or "an open wish"


def _words(value: object) -> str:
    return " or ".join(map(str, value)) if isinstance(value, tuple) else str(value)


def is_pregnancy(template: Template) -> bool:
    """Return whether the template is about a pregnant patient."""
    return any(row.code.startswith(("O", "Z34", "Z3A")) for row in template.diagnoses)


def is_newborn(template: Template) -> bool:
    """Return whether the stay begins with the patient's birth."""
    return template.ages == (0, 0) and template.setting == "inpatient"


@cache
def pairs(wish: Wish) -> tuple[tuple[str, str], ...]:
    """Return every plan and template that can go together, by id, in order of the data files."""
    return tuple((plan.id, template.id) for plan in plans().values() if _plan_wished(plan, wish)
                 for template in templates().values() if _template_wished(template, wish)
                 if _together(plan, template, wish))


def _plan_wished(plan: Plan, wish: Wish) -> bool:
    if wish.plans or wish.plan_kinds:
        named = (not wish.plans or plan.id in wish.plans) and (not wish.plan_kinds or plan.kind in wish.plan_kinds)
    else:
        named = plan.kind != "self_pay"
    deductible = plan.on(EDITION_FROM)
    left = bool(deductible and deductible.deductible_individual)
    if plan.kind == "medigap":  # never alone: it follows Original Medicare
        return False
    if wish.secondary and plan.kind not in ("medicare_b", *GROUP_KINDS):  # the others pay last, or alone
        return False
    with_family = plan.kind in (*GROUP_KINDS, "tricare")
    return named and (left or not wish.remaining_deductible) and (with_family or not wish.dependent)


def _template_wished(template: Template, wish: Wish) -> bool:
    return ((not wish.templates or template.id in wish.templates)
            and (not wish.settings or template.setting in wish.settings)
            and (not wish.specialties or template.specialty in wish.specialties)
            and any(sex in wish.sexes for sex in template.sexes))


def _together(plan: Plan, template: Template, wish: Wish) -> bool:
    if template.payers and _answers_as(plan) not in template.payers:
        return False
    of_accident = plan.kind in ACCIDENT_KINDS.values() or template.accident
    if of_accident and ACCIDENT_KINDS.get(template.accident) != plan.kind:
        return False
    if is_newborn(template) and wish.moment == "before_visit":
        return False
    ages, percents = ages_for(plan, template, wish), percents_for(plan, wish)
    if ages[0] > ages[1] or percents[0] > percents[1]:
        return False
    if wish.needs_referral and not _may_want_referral(plan, template):
        return False
    asked = any(service in plan.services_needing_authorization for service in _possible_services(template))
    return asked or not wish.needs_authorization


def _answers_as(plan: Plan) -> PayerKind:
    """Return the kind of payer that decides which templates fit: Medicare Advantage covers what Medicare does."""
    kind = payer_of(plan).kind
    return "medicare" if kind == "medicare_advantage" else kind


def _may_want_referral(plan: Plan, template: Template) -> bool:
    benefits = plan.on(EDITION_FROM)
    return (template.setting == "office" and template.specialty not in PRIMARY_CARE and benefits is not None
            and any(cost.referral for cost in benefits.costs.values()))


def ages_for(plan: Plan, template: Template, wish: Wish) -> tuple[int, int]:
    """Return the ages, both included, that plan, template and wish all allow (empty when low > high)."""
    low, high = ages_enrolled(plan, pregnant=is_pregnancy(template))
    if wish.secondary and plan.kind in GROUP_KINDS:  # at work after 65, Medicare second
        high = WORKING_UNTIL
    ranges = ((low, high), template.ages, wish.ages)
    return max(low for low, _ in ranges), min(high for _, high in ranges)


def percents_for(plan: Plan, wish: Wish) -> tuple[int, int]:
    """Return the percents of the poverty guideline that plan and wish both allow (empty when low > high)."""
    return max(plan.income_percent[0], wish.income_percent[0]), min(plan.income_percent[1], wish.income_percent[1])


def _possible_services(template: Template) -> set[str]:
    """Return the services that a template's charges may name, also through its slots."""
    written = " ".join(row.service for row in template.charges)
    slots = [template.slots, *(option.words for options in template.variants.values() for option in options)]
    words = [text for slot in slots for name, choice in slot.items() if "{" + name + "}" in written
             for text in ((choice,) if isinstance(choice, str) else choice)]
    return {word for word in [*re.findall(r"\w+", written), *words] if word in services()}
