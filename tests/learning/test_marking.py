"""Marking line by line against a derived key."""

from app.learning.contract import Field, Key, KeyLine, Slip
from app.learning.marking import full_response, mark_lines

OWES = Field("owes", "Owes", "money")
NEEDS = Field("needs", "Needs", "choices")
KEY = Key((
    KeyLine("owes", "Owes", (("4200",),), "$42.00", "20 % of $210.00", weight=3),
    KeyLine("needs", "Needs", (("authorization", "referral"),), "both", "the plan asks for both", any_order=True),
), (Slip("whole-charge", "owes", ("30000",), "That is the whole charge."),))


def mark(**response):
    return mark_lines(KEY, response, (OWES, NEEDS))


def test_the_key_scores_full_marks():
    assert mark(**full_response(KEY)).percent == 10_000


def test_blank_is_unanswered_not_wrong():
    assert mark().outcome == "unanswered"


def test_weights_decide_the_share():
    assert mark(owes=["4200"]).percent == 7_500


def test_the_order_of_a_list_does_not_matter_where_it_means_nothing():
    assert mark(owes=["4200"], needs=["referral", "authorization"]).percent == 10_000


def test_half_a_list_earns_half():
    assert mark(needs=["referral"]).lines[1].earned == 50


def test_ticking_everything_does_not_pay():
    assert mark(needs=["authorization", "referral", "notice", "nothing"]).lines[1].earned == 0


def test_a_named_slip_is_recognized():
    assert [finding.id for finding in mark(owes=["30000"]).findings] == ["whole-charge"]


def test_any_other_wrong_amount_names_no_slip():
    assert mark(owes=["1"]).findings == ()


def test_the_learners_own_answer_stands_beside_the_key():
    line = mark(owes=["30000"]).lines[0]
    assert (line.given, line.expected, line.outcome) == ("$300.00", "$42.00", "wrong")
