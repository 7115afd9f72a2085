"""Damaged files: each is told with its line and what was expected, and what can be read is read."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.billing.x12.reading import X12Error, as_text, read
from app.billing.x12.reading_bytes import characters
from tests.billing.x12_reading.senders import CLAIMS, HABITS, ISA, PAYMENT
from tests.billing.x12_reading.test_own_files import rejoined

BROKEN = [
    (("SE*66*", "SE*65*"),
     "line 68, segment 68: SE says 65 segments, 66 were counted"),
    (("SE*66*", "SE*many*"),
     "line 68, segment 68: SE should say how many segments there are (66), and says “many”"),
    (("SE*66*000000052", "SE*66*52"),
     "line 68, segment 68: SE has control number “52”, ST has “000000052”: the same was expected"),
    (("GE*1*52", "GE*2*52"),
     "line 69, segment 69: GE says 2 transactions, 1 was counted"),
    (("GE*1*52", "GE*1*53"),
     "line 69, segment 69: GE has control number “53”, GS has “52”: the same was expected"),
    (("IEA*1*", "IEA*3*"),
     "line 70, segment 70: IEA says 3 functional groups, 1 was counted"),
    (("IEA*1*000004711", "IEA*1*000004712"),
     "line 70, segment 70: IEA has control number “000004712”, ISA has “000004711”: the same was expected"),
    (("ST*837*000000052*005010X222A1~\n", ""),
     "line 3, segment 3: “BHT” stands outside a transaction: ST was expected before it"),
    (("ST*837*", "ST*83S*"),
     "line 3, segment 3: ST01 is “83S”: the three digits of a transaction were expected, such as 837 or 835"),
    (("SE*66*000000052~\n", ""),
     "line 68, segment 68: GE stands here, but transaction 000000052 has not ended: SE was expected"),
    (("GE*1*52~\n", ""),
     "line 69, segment 69: IEA stands here, but functional group 52 has not ended: GE was expected"),
    (("IEA*1*000004711~\n", ""),
     "line 69, segment 69: the file ends after this segment, inside interchange 000004711: IEA was expected"),
    ((ISA + "\n", ISA[:105] + "!\n"),
     "line 1, segment 1: ISA says that “!” ends each segment, and none was found after it: the character after its"
     " 16th element should be the one that the file uses"),
    ((ISA + "\n", ISA[:60]),
     "line 1, segment 1: ISA is damaged: its 16th element names the character between the parts of an element, and"
     " “0” cannot be one"),
    (("ISA*00*", "ISA,00*"),
     "line 1, segment 1: ISA is damaged: element 1 has 251 characters, 2 were expected"),
    (("ISA*", "UNB+"),
     "line 1: this is no X12 file: it looks like EDIFACT, and ISA was expected"),
    ((ISA + "\n", ""),
     "line 1: the file begins with GS; ISA was expected, because it says which characters separate and end the "
     "segments"),
    (("IEA*1*000004711~\n", "IEA*1*000004711~\nSent by Dana\n"),
     "line 71, segment 71: “SENT BY DANA” stands outside an interchange: ISA was expected before it"),
]
NO_X12 = [
    (b"", "line 1: the file is empty; it should begin with ISA"),
    (b"\r\n  \n", "line 1: the file is empty; it should begin with ISA"),
    (b"%PDF-1.7 ...", "line 1: this is no X12 file: it looks like a PDF, and ISA was expected"),
    (b"PK\x03\x04", "line 1: this is no X12 file: it looks like a ZIP archive, and ISA was expected"),
    (b"<html>", "line 1: this is no X12 file: it looks like XML or HTML, and ISA was expected"),
    (b"\n\nclaim,amount\n1,2\n", "line 3: this is no X12 file: it begins with “claim,amount”, and ISA was expected"),
    (bytes(range(256)),
     "line 1: this is no X12 file: it looks like a file of a program, not text, and ISA was expected"),
    (b"ISA", "line 1, segment 1: ISA is cut off after its name; 16 elements were expected"),
]


def problems(text):
    with pytest.raises(X12Error) as raised:
        read(text)
    return [str(problem) for problem in raised.value.problems]


@pytest.mark.parametrize(("change", "said"), BROKEN, ids=[said[:60] for _, said in BROKEN])
def test_what_is_wrong_is_told_with_its_line(change, said):
    damaged = CLAIMS.replace(*change)
    assert damaged != CLAIMS
    assert said in problems(damaged)


@pytest.mark.parametrize(("raw", "said"), NO_X12, ids=[said[:60] for _, said in NO_X12])
def test_what_is_no_x12_file_is_told(raw, said):
    assert problems(characters(raw)) == [said]


def test_a_damaged_file_is_read_as_far_as_it_goes():
    with pytest.raises(X12Error) as raised:
        read(CLAIMS[:CLAIMS.index("HL*3*1*22")])
    file = raised.value.file
    assert [claim.charge for claim in file.transactions[0].claims] == [22_550]
    assert "A-1001" in as_text(file, summary=True)


def test_a_file_that_is_too_long_is_refused_before_it_is_read():
    with pytest.raises(X12Error, match="at most 1,000 are read"):
        read(CLAIMS, limit=1_000)


@pytest.mark.parametrize(("text", "step"), [(CLAIMS, 3), (PAYMENT, 1)], ids=["837", "835"])
def test_cut_off_at_any_place_it_is_told(text, step):
    for length in range(3, len(text.rstrip("\n~")), step):
        said = problems(text[:length])
        assert all(re.fullmatch(r"line \d+, segment \d+: .*(expected|found|counted|should say).*", line)
                   for line in said), (length, said)


@settings(max_examples=200, deadline=None, derandomize=True)
@given(st.sampled_from([CLAIMS, PAYMENT]), st.sampled_from([lambda text: text, *HABITS]), st.data())
def test_damage_of_any_kind_is_read_or_told(text, habit, data):
    """Cut out, put in, turned over: a typed error with all that can be read, or the file; never anything else."""
    text = habit(text)
    for _ in range(data.draw(st.integers(1, 4))):
        start = data.draw(st.integers(0, len(text)))
        stop = data.draw(st.integers(start, min(len(text), start + 60)))
        put = data.draw(st.text(max_size=4) | st.sampled_from(["~", "*", ":", "^", "\n", "ISA*", "ST*837*1~"]))
        text = text[:start] + put + text[stop:]
    try:
        file = read(text)
    except X12Error as error:
        file = error.file
        assert error.problems
        assert "\n" not in str(error)
    if file is not None:
        assert rejoined(file) == text
        assert as_text(file)
