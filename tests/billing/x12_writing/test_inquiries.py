"""270, 271, 276 and 277: what the office asks, what the payer answers, read back by x12sdk and by our own checks."""

import datetime as dt
import re

import pytest
from msgspec.structs import replace
from x12sdk.io import X12ModelReader

from app.billing.x12 import claim_status, eligibility, eligibility_answers
from app.billing.x12.answered import findings
from app.billing.x12.balance import Finding
from app.billing.x12.eligibility_answers import percent
from app.payer.model import EligibilityAnswer, Inquiry, ServiceBenefit
from app.world.services import services
from tests.billing.x12_writing.files import MADE, files
from tests.payer.builders import PRACTICE

pytestmark = pytest.mark.xdist_group("x12")  # the files are made once
PAIRS = [("270", "271"), ("276", "277")]


def segments(text):
    rows = (row.strip() for row in text.split("~"))
    return [re.sub(r"(?<=\*)0(?=\.)", "", row) for row in rows if row and row[:3] not in ("ISA", "GS*", "GE*", "IEA")]


def read_by_x12sdk(text):
    with X12ModelReader(text) as reader:
        return segments("".join(model.x12() for model in reader.models()))


def with_known_refusals(text):
    """x12sdk knows at the member's levels only the refusals of a provider's level: not 71, 72, 73, 75 of the guide."""
    return re.sub(r"AAA\*N\*\*(65|67|71|72|73|75)\*", "AAA*N**79*", text)


def with_line(text, wanted):
    """x12sdk keeps one service line of a claim: leave only the `wanted` one, and count again."""
    kept, line, count = [], 0, 0
    for row in text.split("~\n"):
        name = row.split("*")[0]
        count = 1 if name == "ST" else count
        line = line + 1 if name == "SVC" else 0 if name in ("HL", "TRN", "SE") else line
        if line not in (0, wanted):
            continue
        kept.append(f"SE*{count}*{row.split('*')[2]}" if name == "SE" else row)
        count += 1
    return "~\n".join(kept)


@pytest.mark.parametrize("kind", ["270", "276"])
def test_x12sdk_reads_every_question_to_the_letter(kind):
    text = files().texts[kind]
    assert read_by_x12sdk(text) == segments(text)


def test_x12sdk_reads_every_answer_about_coverage_to_the_letter():
    text = with_known_refusals(files().texts["271"])
    assert read_by_x12sdk(text) == segments(text)


@pytest.mark.parametrize("line", [1, 2, 3, 4])
def test_x12sdk_reads_every_answer_about_a_claim_to_the_letter(line):
    text = with_line(files().texts["277"], line)
    assert read_by_x12sdk(text) == segments(text)


@pytest.mark.parametrize(("question", "answer"), PAIRS)
def test_every_question_has_its_answer(question, answer):
    texts = files().texts
    assert findings(texts[question], texts[answer]) == ()
    assert texts[question].count("TRN*1*") == texts[answer].count("TRN*2*") > 400


def test_the_files_hold_every_situation():
    texts = files().texts
    assert {row.answer.refusal for row in files().coverage} == {"", "number", "name", "birth_date", "person"}
    for part in ("EB*1*IND*30", "EB*6*IND*30", "EB*R*IND", "LS*2120", "HL*4*3*23*0", "INS*N*01", "INS*N*19",
                 "AAA*N**71*C", "AAA*N**72*C", "AAA*N**73*C", "****Y*Y*HC:", "MSG*REFERRAL", "***26*"):
        assert part in texts["271"], part
    for part in ("A1:19:PR", "A2:20", "P1:20", "A4:35", "A7:", "F1:65", "F2:", "F3:101", "REF*1K", "REF*BLT",
                 "SVC*NU:"):
        assert part in texts["277"], part


@pytest.mark.parametrize(("change", "said"), [
    (("TRN*2*Q7*", "TRN*2*Q9999*"), "nobody asked Q9999"), (("TRN*2*Q7*", "REF*EJ*"), "Q7 was asked and not answered"),
    (("EB*1*IND*30", "EB**IND*30"), "EB01 is blank"), (("*****.2~", "*****20~"), "EB08 is 20"),
    (("***29*0~", "***29*999999~"), "999999 remains of")])
def test_our_checks_find_what_is_off_in_an_answer(change, said):
    found = findings(files().texts["270"], files().texts["271"].replace(*change, 1))
    assert any(said in row.said for row in found), found


def test_our_checks_find_a_payment_that_its_lines_do_not_make():
    text = files().texts["277"]
    paid = re.search(r"STC\*F1:65\*\d+\*\*[\d.]+\*([\d.]+)\*", text)
    changed = text[:paid.start(1)] + "0.01" + text[paid.end(1):]
    assert [row.said[:15] for row in findings(files().texts["276"], changed)] == ["STC05 is 0.01; "]
    assert isinstance(findings(files().texts["276"], changed)[0], Finding)


def test_a_transaction_speaks_to_one_payer():
    coverage, statuses = files().coverage, files().statuses
    for write, rows in ((eligibility.inquiries, coverage), (eligibility_answers.answers, coverage),
                        (claim_status.inquiries, statuses), (claim_status.answers, statuses)):
        with pytest.raises(ValueError, match="one payer"):
            write(rows, batch="B1", made=MADE)
        with pytest.raises(ValueError, match="payer"):
            write([], batch="B1", made=MADE)


# Examples like the job

DAY = dt.date(2026, 5, 4)
ASKED = Inquiry("tamarack-hmo", "T12345678", "Brook", "Mara", dt.date(1980, 3, 9), DAY,
                ("office_established_4", "mri_lumbar"))
BENEFITS = (ServiceBenefit("office_established_4", True, "not needed", "needed", True, 2_500, 0, False),
            ServiceBenefit("mri_lumbar", True, "needed", "not needed", False, 0, 2_000, True))
ANSWER = EligibilityAnswer(True, "Active.", True, "Tamarack Care HMO", dt.date(2026, 1, 1), None, "", 120_000, 45_050,
                           320_000, 100_000, BENEFITS)


def told(answer, inquiry=ASKED, **who):
    row = eligibility.Asked("Q1", inquiry, answer, PRACTICE, **who)
    return eligibility_answers.answers([row], batch="B1", made=MADE)


def test_an_active_member_is_told_deductible_copayment_and_coinsurance():
    body = told(ANSWER)
    assert [row for row in body if row.startswith("EB*C*IND*30")] == ["EB*C*IND*30***23*1200", "EB*C*IND*30***29*749.5"]
    assert [row for row in body if row.startswith("EB*G")] == ["EB*G*IND*30***23*3200", "EB*G*IND*30***29*2200"]
    assert "EB*B*IND*98***27*25" in body
    assert "EB*A*IND*4*****.2" in body
    assert "EB*C*IND*98***23*0" in body  # the deductible does not apply to an office visit


def test_an_authorization_and_the_network_stand_with_the_procedure():
    body, code = told(ANSWER), services()["mri_lumbar"].code
    assert f"EB*1*IND*4********Y*N*HC:{code}" in body
    assert body[body.index(f"EB*1*IND*98********N*Y*HC:{services()['office_established_4'].code}") + 1] == \
        "MSG*REFERRAL NEEDED"


def test_a_service_that_is_not_covered_is_told_as_such():
    body = told(replace(ANSWER, benefits=(replace(BENEFITS[1], covered=False),)))
    assert f"EB*I*IND*4********Y*N*HC:{services()['mri_lumbar'].code}" in body


def test_coverage_that_ended_is_told_with_its_last_day_and_nothing_else():
    body = told(replace(ANSWER, active=False, ended=dt.date(2026, 3, 31), benefits=()))
    assert "DTP*347*D8*20260331" in body
    assert [row for row in body if row.startswith("EB")] == ["EB*6*IND*30*HM*TAMARACK CARE HMO"]


@pytest.mark.parametrize(("refusal", "own", "dependents"), [
    ("number", "72", "72"), ("name", "73", "65"), ("birth_date", "71", "71"), ("person", "75", "67")])
def test_a_member_who_is_not_found_is_refused_with_the_reason(refusal, own, dependents):
    nobody = EligibilityAnswer(False, "", False, "", None, None, "", 0, 0, None, 0, (), refusal)
    body = told(nobody)
    assert f"AAA*N**{own}*C" in body
    assert not any(row.startswith("EB") for row in body)
    body = told(nobody, relationship="child", subscriber_given="Ann", subscriber_family="Brook")
    assert body.index(f"AAA*N**{dependents}*C") < body.index("DMG*D8*19800309")
    assert (body.index(f"AAA*N**{dependents}*C") < body.index("HL*4*3*23*0")) == (refusal == "number")


def test_a_dependent_stands_below_the_subscriber_with_the_trace_number():
    row = eligibility.Asked("Q1", ASKED, ANSWER, PRACTICE, "child", "Ann", "Brook")
    body = eligibility.inquiries([row], batch="B1", made=MADE)
    assert body[5:] == ["HL*3*2*22*1", "NM1*IL*1*BROOK*ANN****MI*T12345678", "HL*4*3*23*0", "TRN*1*Q1*1004471930",
                        "NM1*03*1*BROOK*MARA", "DMG*D8*19800309", "INS*N*19", "DTP*291*D8*20260504", "EQ*30^98^4"]


def test_nobody_can_be_asked_about_a_patient_without_a_plan():
    row = eligibility.Asked("Q1", replace(ASKED, plan="self-pay"), ANSWER, PRACTICE)
    with pytest.raises(ValueError, match="no payer answers"):
        eligibility.inquiries([row], batch="B1", made=MADE)


@pytest.mark.parametrize(("share", "written"), [(0, "0"), (2_000, ".2"), (550, ".055"), (10_000, "1"), (15, ".0015")])
def test_a_share_is_written_as_a_fraction(share, written):
    assert percent(share) == written
