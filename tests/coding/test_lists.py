"""Small lists: places of service, and diagnoses without a present-on-admission indicator."""

import pytest

from app.coding.places import places
from app.coding.poa import poa_exempt


@pytest.mark.parametrize(("code", "answer"), [
    ("Z79.4", "exempt"), ("Z68.41", "exempt"), ("I25.2", "exempt"), ("I69.351", "exempt"), ("Q21.10", "exempt"),
    ("S72.001D", "exempt"), ("M80.051S", "exempt"), ("Y92.010", "exempt"), ("z87891", "exempt"),
    ("S72.001A", "not exempt"), ("S72.001B", "not exempt"), ("J18.9", "not exempt"), ("E11.9", "not exempt"),
    ("Z66", "not exempt"), ("Z72.823", "not exempt"), ("Z20.822", "not exempt"), ("Z96.651", "not exempt"),
    ("Z96.82", "exempt"), ("W01.0XXA", "not known"), ("M84.451D", "not known"), ("O80", "not known"),
])
def test_exempt_from_present_on_admission(code, answer):
    assert poa_exempt(code) == answer


def test_places_of_service_are_told_in_words():
    assert len(places()) >= 50
    assert places()["23"].name == "Emergency room"
    assert all(len(code) == 2 and place.means.endswith(".") for code, place in places().items())
