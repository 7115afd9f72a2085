"""The pages of a claim's paper form: what a claim says, laid into the boxes of `cms1500.yaml` or `ub04.yaml`."""

from functools import cache
from pathlib import Path

from msgspec.structs import replace

from app.billing.forms import cms1500, ub04
from app.billing.forms.model import STEP, WIDTH, Band, Box, Form, OtherCover, Section, Sheet, Values
from app.billing.x12.parties import ClaimParties, parties_from, payer_address
from app.payer.model import Claim
from app.world.datafile import load
from app.world.model import Facts

_FOLDER = Path(__file__).parent


def sheets_of(facts: Facts, claim: Claim) -> tuple[Sheet, ...]:
    """Return the pages of a claim of a case, from what the office knows: registration and cards."""
    return sheets(claim, parties_from(facts, claim), on_file(facts))


def on_file(facts: Facts) -> OtherCover | None:
    """Return the further coverage that registration wrote down, with what its card says when there is one."""
    desk = facts.registration
    if not desk.other_coverage:
        return None
    card = next((card for card in facts.cards if card.plan == desk.other_coverage), None)
    if card is None:
        return OtherCover(desk.other_coverage, "", "", f"{desk.given} {desk.family}", "self")
    own = card.subscriber_name == card.patient_name
    return OtherCover(card.plan, card.member_id, card.group_number, card.subscriber_name,
                      "self" if own else desk.relationship)


def sheets(claim: Claim, parties: ClaimParties, other: OtherCover | None = None) -> tuple[Sheet, ...]:
    """Return the pages of `claim`. `other` is further coverage on file at the office of a claim to a first payer."""
    fill = cms1500.pages if claim.form == "professional" else ub04.pages
    form = layout("cms1500" if claim.form == "professional" else "ub04")
    written = fill(claim, parties, other)
    home = payer_address(parties.payer.id)
    address = (parties.payer.name, home.street, f"{home.city}, {home.state} {home.zip}")
    return tuple(filled(replace(form, address=address, page=number, pages=len(written)), values)
                 for number, values in enumerate(written, start=1))


@cache
def layout(form: Form) -> Sheet:
    """Return the empty form. Raises DataFileError, or ValueError when the boxes of a row do not fill the page."""
    empty = load(_FOLDER / f"{form}.yaml", Sheet, shown_as=f"app/billing/forms/{form}.yaml")
    for band in (band for section in empty.sections for band in section.bands):
        boxes = band.table.columns if band.table else band.boxes
        if sum(box.w for box in boxes) != WIDTH or (band.boxes and any(box.w % STEP for box in boxes)):
            raise ValueError(f"{form}.yaml: the widths of the row of {boxes[0].id} must be multiples of {STEP} "
                             f"and sum to {WIDTH}")
    return empty


def filled(form: Sheet, values: Values) -> Sheet:
    """Return `form` with what is written on it. Raises ValueError when a value has no box."""
    left = Values(dict(values.boxes), dict(values.tables))
    done = replace(form, sections=tuple(
        Section(section.heading, tuple(_band(band, left) for band in section.bands)) for section in form.sections))
    if left.boxes or left.tables:
        raise ValueError(f"{form.name} has no box {', '.join([*left.boxes, *left.tables])}")
    return done


def _band(band: Band, left: Values) -> Band:
    if band.table is not None:
        return replace(band, table=replace(band.table, rows=left.tables.pop(band.table.id, ())))
    return replace(band, boxes=tuple(_box(box, left) for box in band.boxes))


def _box(box: Box, left: Values) -> Box:
    value = left.boxes.pop(box.id, "")
    if box.choices and value and value not in box.choices:
        raise ValueError(f"box {box.id} has no choice {value!r}")
    return replace(box, value=value) if value else box
