import pytest

from app.world.money import cents, dollars, share


@pytest.mark.parametrize(("amount", "percent", "expected"), [(12_345, 2_000, 2_469), (1, 5_000, 1), (1, 4_999, 0)])
def test_a_share_is_rounded_half_up_to_the_cent(amount, percent, expected):
    assert share(amount, percent) == expected


def test_dollars_show_thousands_and_cents():
    assert dollars(123_456) == "$1,234.56"
    assert dollars(-5) == "-$0.05"


@pytest.mark.parametrize(("typed", "expected"), [("1,234.5", 123_450), ("$12", 1_200), (" 0.07 ", 7), (".50", 50)])
def test_money_is_read_as_people_type_it(typed, expected):
    assert cents(typed) == expected


@pytest.mark.parametrize("typed", ["", "twelve", "1.234", "1.", "-3", "1e3", "١٢", "1.2.3", "9999999999"])
def test_what_is_no_amount_is_refused(typed):
    with pytest.raises(ValueError, match=r"1234\.56"):
        cents(typed)


@pytest.mark.parametrize("amount", [0, 1, 99, 100, 123_456, 99_999_999])
def test_what_is_shown_can_be_typed_back(amount):
    assert cents(dollars(amount)) == amount
