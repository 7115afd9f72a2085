"""ICD-10-PCS: build a code from its table, one character a step, or find the table by a term."""

from flask import render_template, request
from msgspec import Struct

from app.coding.model import bare
from app.coding.pcs.model import LENGTH, LETTERS, TABLE, PcsTable, PcsValue
from app.coding.pcs.sections import axis
from app.web.encoder.blueprint import blueprint, day
from app.web.office import office

_TERMS = 12
_KEY_SHOWN = 6


class Step(Struct, frozen=True):
    """A character of the code so far; `back` is what stands before it."""

    axis: str
    value: PcsValue
    back: str


class Choice(Struct, frozen=True):
    """A value that may come next. `also` are names that the body-part key or device key sends here."""

    value: PcsValue
    code: str
    also: tuple[str, ...]


@blueprint.get("/codes/pcs")
def build() -> str:
    """Show the code so far, and what may come next."""
    index, on = office().codes, day()
    term = request.args.get("term", "")[:80].strip()
    typed = "".join(c for c in bare(request.args.get("code", ""))[:LENGTH] if c in LETTERS)
    prefix = _possible(typed)
    following = index.pcs_next(prefix, on)
    steps = [Step(axis(prefix[0], i), value, prefix[:i]) for i, value in enumerate(following.so_far)]
    whole = len(prefix) == LENGTH
    return render_template(
        "encoder/pcs.html", prefix=prefix, dropped=typed[len(prefix):], steps=steps, axis=following.axis,
        number=len(prefix) + 1, choices=[_choice(prefix, value) for value in following.choices], whole=whole,
        title=found.title if whole and (found := index.pcs_look_up(prefix)) else "",
        stretches=index.in_force(prefix) if whole else (), asked_for=on,
        rows=_rows(index.pcs_table(prefix, on), prefix) if len(prefix) >= TABLE else (),
        axes=[axis(prefix[0], i) for i in range(TABLE, LENGTH)] if prefix else (),
        term=term, terms=index.pcs_terms(term, _TERMS) if term else (),
        hits=index.search_in(("icd10pcs",), term, _TERMS, on) if term else ())


def _possible(typed: str) -> str:
    """Return the longest beginning of `typed` that some code has."""
    index, on = office().codes, day()
    for length in range(len(typed), 0, -1):
        beginning = typed[:length]
        if index.pcs_next(beginning, on).choices or (length == LENGTH and index.in_force(beginning)):
            return beginning
    return ""


def _choice(prefix: str, value: PcsValue) -> Choice:
    about = axis(prefix[:1], len(prefix)) if prefix else ""
    keyed = about.startswith(("Body part", "Device", "Body Part"))
    return Choice(value, prefix + value.character, office().codes.pcs_key(value.meaning)[:_KEY_SHOWN] if keyed else ())


def _rows(table: PcsTable | None, prefix: str) -> list[tuple[tuple[PcsValue, ...], ...]]:
    """Return the rows of the table in which the characters chosen so far stand."""
    columns = [(row.fourth, row.fifth, row.sixth, row.seventh) for row in table.rows] if table else []
    chosen = prefix[TABLE:]
    return [row for row in columns if all(any(value.character == mark for value in column)
                                          for mark, column in zip(chosen, row, strict=False))]
