"""Between a posted form and the fields of a step."""

from werkzeug.datastructures import MultiDict

from app.learning.contract import Field, View
from app.store.queries.attempts import DraftRow

_OURS = {"csrf_token", "token", "hint", "look_in"}
LOOK_UP = "look_up"  # what is typed into a box of the encoder is never an answer: `look_up.` and the field's name


def posted(form: MultiDict[str, str]) -> dict[str, list[str]]:
    """Return what was posted by name, without the names that belong to the page itself."""
    return {name: form.getlist(name) for name in form if name not in _OURS and not name.startswith(LOOK_UP)}


def shown_values(view: View, draft: DraftRow | None) -> dict[str, list[str]]:
    """Return what each field holds: the draft where there is one, else what the form starts with."""
    if draft is not None:
        return {name: draft.fields.get(name, []) for field in view.fields for name in field.names}
    return {name: _initial(field, name) for field in view.fields for name in field.names}


def _initial(field: Field, name: str) -> list[str]:
    return list(field.initial) if name == field.name else []


def looked_up(form: MultiDict[str, str]) -> tuple[str, str]:
    """Return the field whose box was used, and what was typed into it; "" and "" when none was."""
    field = form.get("look_in", "")[:60]
    return (field, form.get(f"{LOOK_UP}.{field}", "")[:80].strip()) if field else ("", "")
