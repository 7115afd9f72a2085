"""Between a posted form and the fields of a step."""

from werkzeug.datastructures import MultiDict

from app.learning.contract import Field, View
from app.store.queries.attempts import DraftRow

_OURS = {"csrf_token", "token", "hint", "look_up"}


def posted(form: MultiDict[str, str]) -> dict[str, list[str]]:
    """Return what was posted by name, without the names that belong to the page itself."""
    return {name: form.getlist(name) for name in form if name not in _OURS}


def shown_values(view: View, draft: DraftRow | None) -> dict[str, list[str]]:
    """Return what each field holds: the draft where there is one, else what the form starts with."""
    if draft is not None:
        return {name: draft.fields.get(name, []) for field in view.fields for name in field.names}
    return {name: _initial(field, name) for field in view.fields for name in field.names}


def _initial(field: Field, name: str) -> list[str]:
    return list(field.initial) if name == field.name else []
