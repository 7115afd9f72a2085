"""No page shows a key, a reason or an unpaid hint before its time."""

import html

import msgspec
import pytest
from sqlalchemy import select

from app.actions import attempts
from app.config import ROOT
from app.learning.checking import lay, right_response
from app.learning.items import Item
from app.learning.reading import as_typed
from app.learning.scenario import load_library
from app.store.models.attempts import Attempt
from app.store.models.sittings import SittingItem
from app.store.queries import attempts as reads
from app.store.session import session

SCENARIOS = sorted(load_library(ROOT / "scenarios").scenarios)


@pytest.mark.parametrize("scenario_id", SCENARIOS)
def test_a_step_shows_no_reason_and_no_hint_before_it_is_marked(app, browse, scenario_id):
    client = browse("guest")
    client.post(f"/scenarios/{scenario_id}/start")
    row = session().execute(select(Attempt.id)).scalar_one()
    while (found := reads.loaded(row)).state.current is not None:
        current = found.state.current
        page = html.unescape(client.get(f"/attempts/{found.public_id}/steps/{current.spec.id}").text)
        secrets = [line.why for line in current.key.lines] + [line.cost for line in current.key.lines]
        secrets += [slip.explanation for slip in current.key.slips] + [hint.text for hint in current.spec.hints]
        assert [secret for secret in secrets if len(secret) > 20 and secret in page] == []
        laid = lay(found.case, current.spec, found.state.earlier)
        fields = {field.name: field for field in laid.view.fields}
        attempts.hand_in(row, current.spec.id, {name: as_typed(fields[name], values) if name in fields else values
                                                for name, values in right_response(laid).items()})


@pytest.mark.parametrize("scenario_id", SCENARIOS)
def test_a_step_ahead_cannot_be_opened(app, office, browse, scenario_id):
    client = browse("guest")
    start = client.post(f"/scenarios/{scenario_id}/start").location
    ahead = office.library.scenarios[scenario_id].steps[-1].id
    assert client.get(f"{start}/steps/{ahead}").status_code == 404
    assert client.post(f"{start}/steps/{ahead}/hand-in", data={}).status_code == 404


def test_a_question_shows_no_reason_before_it_is_answered(app, office, browse):
    client = browse("guest")
    first = client.post("/questions", data={"domain": "", "count": "20"}).location
    for row in session().execute(select(SittingItem)).scalars().all():
        item = msgspec.json.decode(row.body, type=Item)
        page = html.unescape(client.get(first.rsplit("/", 1)[0] + f"/{row.position}").text)
        assert [option.why for option in item.options if len(option.why) > 20 and option.why in page] == []
        assert item.source.cite not in page or item.source.cite in item.stem
    assert row.answered_at is None
