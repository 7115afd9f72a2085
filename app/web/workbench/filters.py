"""How values of a case look on a page."""

import datetime as dt

from app.learning import drg_effect
from app.learning.papers import Paper
from app.learning.reading import show_date
from app.web.workbench.blueprint import blueprint
from app.world.money import dollars


@blueprint.app_template_filter("paper_kind")
def paper_kind(paper: Paper) -> str:
    """Return the tag of a paper: the template that draws it has this name."""
    return str(paper.__struct_config__.tag)


@blueprint.app_template_filter("cents")
def cents(amount: int | str) -> str:
    """Return `$1,234.56`; what is not a number stays as it is."""
    try:
        return dollars(int(amount))
    except ValueError:
        return str(amount)


@blueprint.app_template_filter("day")
def day(value: dt.date) -> str:
    """Return `Mar 4, 2026`."""
    return show_date(value)


@blueprint.app_template_filter("moment")
def moment(value: dt.datetime) -> str:
    """Return `Mar 4, 2026, 14:05`."""
    return f"{show_date(value.date())}, {value:%H:%M}"


@blueprint.app_template_filter("marks")
def marks(hundredths: int) -> str:
    """Return hundredths of a mark as `3.5`, without needless zeros."""
    whole, part = divmod(hundredths, 100)
    return f"{whole}.{part:02d}".rstrip("0").rstrip(".") if part else str(whole)


@blueprint.app_template_filter("clock")
def clock(seconds: int) -> str:
    """Return seconds as `7:05`, minutes and seconds."""
    return f"{seconds // 60}:{seconds % 60:02d}"


@blueprint.app_template_filter("weight")
def weight(ten_thousandths: int) -> str:
    """Return a relative weight as `1.2345`."""
    return drg_effect.weight(ten_thousandths)
