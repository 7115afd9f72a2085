"""`flask x12 read` and `flask x12 check`: words on standard output, what is wrong in a line each, exit status 2."""

import pytest

from app import cli_x12
from app.billing.x12 import acknowledgments
from app.billing.x12.envelope import interchange
from tests.billing.x12_reading.senders import CLAIMS, PAYMENT
from tests.billing.x12_writing.files import MADE


def run(app, *words, given=None):
    return app.test_cli_runner().invoke(args=["x12", *(str(word) for word in words)], input=given)


@pytest.fixture
def file(tmp_path):
    def make(text, name="file.x12"):
        path = tmp_path / name
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return path
    return make


def told(answer, *lines):
    assert answer.exit_code == 2, answer.output
    assert answer.stderr.strip().splitlines() == list(lines)


def test_a_file_is_printed_in_words_segment_by_segment(app, file):
    answer = run(app, "read", file(CLAIMS))
    assert answer.exit_code == 0, answer.output
    assert "  Claim A-1001: Per J Lindqvist Jr, member W-998877, Jun 11, 2026" in answer.stdout
    assert "CLM*A-1001*225.5***11:B:1*Y*A*Y*Y*P*OA~" in answer.stdout
    assert "2300: claim" in answer.stdout
    assert answer.stderr == ""


def test_the_summary_leaves_the_segments_out(app, file):
    answer = run(app, "read", "--summary", file(PAYMENT))
    assert "paid $141.25, patient owes $30.00" in answer.stdout
    assert "CLP*" not in answer.stdout


def test_standard_input_is_read(app):
    assert run(app, "read", "-", "--summary", given=CLAIMS).stdout.startswith("70 segments, 1 transaction")


def test_a_damaged_file_is_printed_as_far_as_it_goes(app, file):
    path = file(CLAIMS.replace("SE*66*", "SE*65*").replace("IEA*1*", "IEA*2*"))
    answer = run(app, "read", "--summary", path)
    told(answer, f"{path}: line 68, segment 68: SE says 65 segments, 66 were counted",
         f"{path}: line 70, segment 70: IEA says 2 functional groups, 1 was counted")
    assert "Claim A-1002" in answer.stdout


@pytest.mark.parametrize("verb", ["read", "check"])
def test_what_is_no_x12_file_is_one_line(app, file, verb):
    path = file(b"\x89PNG\r\n\x1a\n\x00\x00")
    told(run(app, verb, path), f"{path}: line 1: this is no X12 file: it looks like a file of a program, not text, and "
                               "ISA was expected")
    empty = file("", "empty")
    told(run(app, verb, empty), f"{empty}: line 1: the file is empty; it should begin with ISA")


@pytest.mark.parametrize("verb", ["read", "check"])
def test_a_file_that_is_not_there_or_a_folder_is_one_line(app, tmp_path, verb):
    for path, said in ((tmp_path / "gone.x12", "No such file"), (tmp_path, "Is a directory")):
        answer = run(app, verb, path)
        assert (answer.exit_code, len(answer.stderr.strip().splitlines())) == (2, 1)
        assert said in answer.stderr


def test_a_file_that_is_too_long_is_refused(app, file, monkeypatch):
    monkeypatch.setattr(cli_x12, "LIMIT", 1_000)
    path = file(CLAIMS)
    told(run(app, "read", path), f"{path} has more than 1,000 bytes; that is more than is read at once")


def test_a_check_prints_the_receipt_that_a_clearinghouse_would_send(app, file):
    answer = run(app, "check", file(CLAIMS))
    assert "Implementation acknowledgment (999)" in answer.stdout
    assert "Answer to the group: Accepted" in answer.stdout
    assert (answer.exit_code, answer.stderr.split(": ")[1]) == (0, "accepted\n")


def test_a_check_says_where_a_file_breaks_its_guide(app, file):
    answer = run(app, "check", file(CLAIMS.replace("CLM*A-1001*", "CLM**")))
    assert answer.exit_code == 1
    assert "Error in a segment: Segment CLM at position 23" in answer.stdout
    assert "Error in an element: Element 1, a required element is missing (1)" in answer.stdout
    assert answer.stderr.endswith("file.x12: not accepted\n")


def test_a_check_can_print_the_receipt_itself(app, file):
    answer = run(app, "check", "--raw", file(CLAIMS))
    assert answer.stdout.startswith("ISA*00*")
    assert "AK9*A*1*1*1~" in answer.stdout


def test_a_remittance_is_checked_too(app, file):
    assert run(app, "check", file(PAYMENT)).exit_code == 0
    answer = run(app, "check", file(PAYMENT.replace("CLP*A-1001*1*", "CLP*A-1001*97*")))
    assert answer.exit_code == 1
    assert answer.stdout == "line 17: (97) is not a valid code for Claim Status Code (CLP02) (97)\n"


def test_a_receipt_has_no_receipt(app, file):
    body = acknowledgments.functional("837", "005010X222A1", "1", [("0001", ())])
    answer = run(app, "check", file(interchange("999", [body], control=1, made=MADE)))
    assert (answer.exit_code, answer.stdout) == (0, "no receipt is written for this kind of file\n")


def test_a_kind_without_a_guide_is_told(app, file):
    path = file(CLAIMS.replace("005010X222A1", "005010X999"))
    told(run(app, "check", path), f"{path}: there is no guide here for 837P 005010X999: 837P, 837I, 835, 277CA and 999 "
                                  "of version 5010 can be checked")


def test_a_misspelled_verb_is_one_line(app):
    answer = run(app, "raed", "x")
    assert (answer.exit_code, len(answer.stderr.strip().splitlines())) == (2, 1)
