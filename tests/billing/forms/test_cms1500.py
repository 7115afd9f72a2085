"""The CMS-1500, box by box."""

import datetime as dt

from app.billing.forms.model import OtherCover
from tests.billing.forms.filed import JAN, REFERRER, after, boxes, line, pages, parties, professional, table


def written(claim, named=None, other=None):
    (page,) = pages(claim, named, other)
    return boxes(page)


def test_a_plain_claim():
    found = written(professional())
    assert found == {
        "1": "Group health plan", "1a": "FWM123456789", "2": "Brook, Mara, J", "3": "03 09 1980", "3.sex": "F",
        "4": "Brook, Mara, J", "5": "12 Mill Road", "5.city": "Northmoor", "5.state": "WI", "5.zip": "53990",
        "5.phone": "608-555-0111", "6": "Self", "7": "12 Mill Road", "7.city": "Northmoor", "7.state": "WI",
        "7.zip": "53990", "7.phone": "608-555-0111", "10a": "No", "10b": "No", "10c": "No", "11": "543966",
        "11a": "03 09 1980", "11a.sex": "F", "11c": "Fernwood Choice PPO", "11d": "No", "12": "Signature on file",
        "13": "Signature on file", "20": "No", "21": "0", "21A": "J45909", "21B": "I10", "25": "00-4471930",
        "25.kind": "EIN", "26": "C000000001", "27": "Yes", "28": "211.00", "31": "Iris Holm, MD\nSignature on file",
        "31.date": "05 11 26", "32": "Northmoor Practice\n12 Mill Road\nNorthmoor WI 53990", "32a": "2053703296",
        "33": "Northmoor Practice\n12 Mill Road\nNorthmoor WI 53990\n608-555-0101", "33a": "2053703296",
    }


def test_its_lines():
    (page,) = pages(professional())
    lines = table(page, "lines")
    assert lines["1"] == {
        "24A.from": "05 04 26", "24A.to": "05 04 26", "24B": "11", "24D": "Z1203", "24D.modifiers": "25", "24E": "AB",
        "24F": "175.00", "24G": "1", "24I": "NPI", "24J": "2883602825"}
    assert lines["2"]["24E"] == "A"


def test_what_was_typed_wrong_stands_wrong_on_the_form():
    found = written(professional(patient_given="Marah", member_id="X", rendering_npi="1"))
    assert (found["2"], found["4"], found["1a"]) == ("Brook, Marah, J", "Brook, Mara, J", "X")


def test_a_dependent_names_the_subscriber():
    found = written(professional(relationship="child", subscriber_name="Jan Brook"))
    assert (found["4"], found["6"], found["11a"], found["11a.sex"]) == ("Brook, Jan, J", "Child", "11 02 1978", "M")


def test_a_subscriber_whom_the_office_knows_only_by_name_has_no_birth_date():
    found = written(professional(relationship="child", subscriber_name="Jon Brook"))
    assert found["4"] == "Brook, Jon"
    assert "11a" not in found


def test_a_referral_and_an_authorization():
    claim = professional(referring_npi=REFERRER.npi, authorization_number="PA1", referral_number="RF2")
    found = written(claim, parties(claim, referring=REFERRER))
    assert (found["17"], found["17b"]) == ("DN Paul Bjornstad, DO", "2356232753")
    assert (found["23"], found["19"]) == ("PA1", "Referral RF2")
    assert written(professional(referral_number="RF2"))["23"] == "RF2"


def test_an_auto_accident():
    found = written(professional(accident="auto", accident_on=dt.date(2026, 4, 30)))
    assert (found["10a"], found["10b"], found["10b.state"], found["10c"]) == ("No", "Yes", "WI", "No")
    assert (found["14"], found["15"]) == ("431 04 30 26", "439 04 30 26")


def test_an_accident_that_was_left_off():
    found = written(professional(accident="", accident_on=dt.date(2026, 4, 30)))
    assert found["10b"] == "No"
    assert "14" not in found


def test_a_corrected_claim_names_the_original():
    found = written(professional(frequency="7", original_reference="8964248005965"))
    assert (found["22"], found["22.reference"]) == ("7", "8964248005965")
    assert "22" not in written(professional())


def test_a_claim_to_a_second_payer_says_what_the_first_paid():
    found = written(*after(professional(plan="copperline-ppo", group_number="")))
    assert (found["1"], found["11d"], found["28"], found["29"]) == ("Other", "Yes", "211.00", "125.00")
    assert (found["9"], found["9a"], found["9d"]) == ("Brook, Jan, J", "543966", "Fernwood Choice PPO")


def test_medicare_first_says_none_in_11():
    found = written(professional(plan="medicare-b", group_number=""))
    assert (found["1"], found["11"]) == ("Medicare", "NONE")
    assert not {"4", "6", "7", "11a", "11c", "11d"} & set(found)


def test_medicare_second_has_the_first_payer_in_11_and_nothing_in_29():
    found = written(*after(professional(plan="medicare-b", group_number="")))
    assert (found["4"], found["6"], found["7"], found["11"]) == ("Brook, Jan, J", "Spouse", "SAME", "543966")
    assert (found["11a"], found["11c"]) == (f"{JAN.birth_date:%m %d %Y}", "Fernwood Choice PPO")
    assert not {"9", "29"} & set(found)


def test_a_medigap_policy_on_file_stands_in_9():
    policy = OtherCover("granite-supplement-g", "GS1", "", "Mara Brook", "self")
    found = written(professional(plan="medicare-b", group_number=""), None, policy)
    assert (found["9"], found["9a"], found["11"]) == ("Brook, Mara", "GS1", "NONE")


def test_seven_lines_take_two_pages_and_the_total_stands_on_the_last():
    claim = professional(lines=tuple(line(number, charge=1_000 * number) for number in range(1, 8)))
    first, second = pages(claim)
    assert (first.page, second.page, first.pages) == (1, 2, 2)
    assert list(table(first, "lines")) == ["1", "2", "3", "4", "5", "6"]
    assert list(table(second, "lines")) == ["7"]
    assert (boxes(first)["28"], boxes(second)["28"]) == ("continued", "280.00")


def test_twelve_diagnoses_have_boxes_and_a_thirteenth_is_told():
    codes = tuple(f"E11.{number}" for number in range(10, 23))
    found = written(professional(diagnoses=codes))
    assert [found[f"21{letter}"] for letter in "ABCDEFGHIJKL"] == [code.replace(".", "") for code in codes[:12]]
    assert found["19"] == "1 more diagnoses on the electronic claim"


def test_a_service_at_home_has_no_address_in_32():
    assert "32" not in written(professional(place_of_service="12"))
