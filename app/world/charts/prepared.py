"""A clinical template made ready once for many encounters: its texts as functions, its options with their weights."""

from collections.abc import Mapping
from functools import cache
from typing import NamedTuple

from app.world.charts.phrases import phrases
from app.world.charts.texts import Written, written
from app.world.charts.variety import woven
from app.world.charts.words import Bank, Part, bank_of, banks_of, phrase_bank
from app.world.model import Diagnosis
from app.world.seed import Weights
from app.world.services import Service, services
from app.world.settings import settings
from app.world.templates import ChargeRow, CodeRow, DocumentRow, Option, Template, When, templates, titles

_BY_AGE = ("allergies", "triage_close")  # slots that a young child's chart fills otherwise
_EVERYBODY, _EVERY_AGE = ("F", "M"), (0, 120)


class Drawable(NamedTuple):
    """An option of an axis with its words: those that are known at once, and the banks of all."""

    option: Option
    known: Mapping[str, str]
    banks: Mapping[str, Bank]


class Axis(NamedTuple):
    """An axis of a template. `open`: the options by weight where all fit everybody, else None."""

    name: str
    drawables: tuple[Drawable, ...]
    open: Weights[Drawable] | None


class Coded(NamedTuple):
    """A diagnosis of the template. `made`: the diagnosis itself where nothing of it is drawn."""

    row: CodeRow
    code: Written
    evidence: tuple[Written, ...]
    why: Written
    made: Diagnosis | None


class Chargeable(NamedTuple):
    """A charge of the template. `service` and `units` where neither is drawn."""

    row: ChargeRow
    service: Service | None
    units: int | None
    modifiers: tuple[str, ...] | None


class Prepared(NamedTuple):
    """What every encounter of a template needs, whatever is drawn. `institutional`: the form of its claim."""

    template: Template
    institutional: bool
    axes: tuple[Axis, ...]
    known: Mapping[str, str]
    banks: Mapping[str, Bank]
    reason: Bank
    diagnoses: tuple[Coded, ...]
    charges: tuple[Chargeable, ...]
    intake: Part
    close: str  # the slot that ends the intake note
    intake_title: str
    problems: tuple[Bank, ...]
    medications: tuple[Bank, ...]
    documents: tuple[tuple[DocumentRow, tuple[Part, ...]], ...]


@cache
def prepared(template: str) -> Prepared:
    """Return a template made ready."""
    found = templates()[template]
    place, plain = settings()[found.setting], _plain_names(found)
    return Prepared(
        template=found, institutional=place.form == "institutional",
        axes=tuple(_axis(name, options, plain) for name, options in found.variants.items()),
        known=_known(found.slots, plain), banks=banks_of(found.slots), reason=bank_of(found.reason),
        diagnoses=tuple(map(_coded, found.diagnoses)), charges=tuple(map(_chargeable, found.charges)),
        intake=Part("Reason", bank_of(found.intake).ways, "intake", phrase_bank("woven_nursing").ways, 2),
        close=place.close, intake_title=place.intake,
        problems=tuple(map(bank_of, found.problems)), medications=tuple(map(bank_of, found.medications)),
        documents=_documents(found),
    )


def _axis(name: str, options: tuple[Option, ...], plain: frozenset[str]) -> Axis:
    rows = tuple(Drawable(option, _known(option.words, plain), banks_of(option.words)) for option in options)
    fits_all = all(option.sexes == _EVERYBODY and option.ages == _EVERY_AGE for option in options)
    return Axis(name, rows, Weights((row, row.option.weight) for row in rows) if fits_all else None)


def _known(words: Mapping[str, object], plain: frozenset[str]) -> dict[str, str]:
    return {name: choice for name, choice in words.items() if name in plain and isinstance(choice, str)}


def _plain_names(template: Template) -> frozenset[str]:
    """Return the slots that are one text without a slot wherever the template fills them: nothing is drawn for them."""
    filled = [template.slots, *(option.words for options in template.variants.values() for option in options)]
    drawn = {name for words in filled for name, choice in words.items()
             if not isinstance(choice, str) or "{" in choice}
    return frozenset(name for words in filled for name in words if name not in {*drawn, *_BY_AGE})


def _coded(row: CodeRow) -> Coded:
    code, evidence, why = written(row.code), tuple(map(written, row.evidence)), written(row.why)
    made = None
    if not any("{" in text for text in (row.code, *row.evidence, row.why)):
        made = Diagnosis(row.code, titles()[row.code], row.evidence, row.poa, row.role, row.why)
    return Coded(row, code, evidence, why, made)


def _chargeable(row: ChargeRow) -> Chargeable:
    return Chargeable(row, None if "{" in row.service else services()[row.service],
                      row.units if isinstance(row.units, int) else None,
                      None if any("{" in text for text in row.modifiers) else row.modifiers)


def _documents(template: Template) -> tuple[tuple[DocumentRow, tuple[Part, ...]], ...]:
    more = woven(template.id)
    rows = []
    for number, row in enumerate(template.documents):
        parts = []
        for heading, text in row.sections.items():
            bank, count = more.get((number, heading), ("", 0))
            parts.append(Part(heading, bank_of(text).ways, f"document {number} {heading}",
                              phrase_bank(bank).ways if bank else (), count))
        rows.append((row, tuple(parts)))
    return tuple(rows)


@cache
def of_a_child(newborn: bool) -> dict[str, Bank]:
    """Return the banks that are otherwise in the chart of a child who does not answer the nurse."""
    banks = phrases()
    return banks_of({"allergies": banks["allergies_newborn" if newborn else "allergies_child"],
                     "triage_close": banks["triage_close_child"], "agrees": banks["agrees_child"]})


def holds(when: When, options: Mapping[str, str]) -> bool:
    """Say whether a row holds under the drawn options."""
    for axis, names in when.items():  # noqa: SIM110
        if options[axis] not in names:
            return False
    return True
