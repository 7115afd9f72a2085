"""Files of any origin: other people's habits, and the files of a writer that is not ours."""

import pytest
import x12sdk.generate as theirs

from app.billing.x12.reading import as_text, read
from app.billing.x12.reading_bytes import characters
from tests.billing.x12_reading.senders import CLAIMS, HABITS, PAYMENT
from tests.billing.x12_reading.test_own_files import rejoined

BY_X12SDK = {
    "837P": lambda seed: theirs.generate_837p(seed=seed, claims=12),
    "837I": lambda seed: theirs.generate_837i(seed=seed, claims=12),
    "835": lambda seed: theirs.generate_835(seed=seed, claims=12, provider_adjustments=3),
    "270": lambda seed: theirs.generate_270(seed=seed, members=6),
    "271": lambda seed: theirs.generate_271(seed=seed, members=6),
    "276": lambda seed: theirs.generate_276(seed=seed, patients=6),
    "277": lambda seed: theirs.generate_277(seed=seed, patients=6),
    "834": lambda seed: theirs.generate_834(seed=seed, enrollees=6),
}


def claims(file):
    """What a claim says, wherever it stands in the file, in capitals."""
    return [(claim.number.upper(), claim.patient.upper(), claim.member.upper(), claim.payer.upper(), claim.dates,
             claim.charge, claim.paid, claim.patient_owes, tuple(code.upper() for code in claim.diagnoses),
             tuple((line.charge, line.paid, line.on, line.units) for line in claim.lines), claim.wrong)
            for transaction in file.transactions for claim in transaction.claims]


@pytest.mark.parametrize("habit", HABITS, ids=lambda habit: habit.__name__)
@pytest.mark.parametrize("text", [CLAIMS, PAYMENT], ids=["837", "835"])
def test_however_it_is_written_it_says_the_same(text, habit):
    written = habit(text)
    file = read(written)
    assert rejoined(file) == written
    copies = written.upper().count("A-1001") // text.count("A-1001")
    assert claims(file) == claims(read(text)) * copies
    assert as_text(file)


@pytest.mark.parametrize("seed", range(25))
@pytest.mark.parametrize("kind", BY_X12SDK)
def test_files_of_another_writer_are_read_without_loss(kind, seed):
    text = BY_X12SDK[kind](seed)
    file = read(text)
    assert rejoined(file) == text
    assert [transaction.kind for transaction in file.transactions] == [kind]
    assert len(as_text(file).splitlines()) > 2 * len(file.segments)
    found = [claim for transaction in file.transactions for claim in transaction.claims]
    assert [claim.number for claim in found] == [row.split("*")[1] for row in text.replace("\n", "").split("~")
                                                 if row[:4] in ("CLM*", "CLP*")]
    assert [claim.wrong for claim in found if claim.wrong] == []


def test_what_our_writers_never_send_has_words_too():
    said = as_text(read(CLAIMS))
    for words in ("related to another accident (OA)", "Papers sent apart", "Fell from a ladder; wrist splinted",
                  "patient is organ", "another payer paid", "Drug"):
        assert (words in said) == (words not in ("patient is organ", "another payer paid")), words
    assert "not in our table" not in said


def test_a_claim_of_others_is_summed_up():
    first, second = read(CLAIMS).transactions[0].claims
    assert (first.patient, first.member, first.provider) == ("Per J Lindqvist Jr", "W-998877", "Ngozi A Okafor MD")
    assert (first.charge, [line.charge for line in first.lines], first.paid) == (22_550, [12_550, 10_000], None)
    assert (second.patient, second.payer_number, second.paid, second.charge) == ("Pa Moua", "77001", 6_000, 8_000)


def test_a_payment_of_others_is_summed_up():
    paid = read(PAYMENT).transactions[0]
    assert paid.payment == ("$151.25 by check on Jul 2, 2026, number 0099887766, from Other Payer to Ngozi Okafor MD")
    assert [(claim.paid, claim.patient_owes) for claim in paid.claims] == [(14_125, 3_000), (0, 0)]
    assert [a.reason for a in paid.claims[0].lines[0].adjustments] == ["45", "1", "3"]
    assert paid.wrong == ()
    assert [claim.wrong for claim in paid.claims] == [(), ()]


def test_a_sender_may_name_another_payee_before_a_claim():
    another = "N1*PE*Birch Street Clinic*XX*1234567893~"
    text = PAYMENT.replace("CLP*A-1002*", f"{another}\nCLP*A-1002*").replace("SE*38*", "SE*39*")
    paid = read(text).transactions[0]
    assert [claim.provider for claim in paid.claims] == ["Ngozi Okafor MD", "Birch Street Clinic"]
    assert paid.payment.endswith("to Ngozi Okafor MD")


@pytest.mark.parametrize(("wrong", "said"), [
    (("*141.25*30*", "*141.25*29*"), "the patient owes $29.00"), (("*141.25*30*", "*140.25*30*"), "CLP04 says $140.25"),
    (("BPR*I*151.25", "BPR*I*150"), "BPR says $150.00"), (("*CO*45*45~", "*CO*45*44~"), "SVC03 says $50.00")])
def test_a_payment_that_does_not_balance_is_read_and_told(wrong, said):
    assert said in as_text(read(PAYMENT.replace(*wrong)), summary=True)


def test_words_of_a_sender_for_a_licensed_code_are_not_repeated():
    assert "Visit of twenty minutes" in as_text(read(CLAIMS), summary=True)
    licensed = CLAIMS.replace("HC:Z1203:25", "HC:" + "9" * 5 + ":25")
    assert "Visit of twenty minutes" not in as_text(read(licensed), summary=True)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "latin-1"])
def test_whatever_program_saved_it(encoding):
    text = CLAIMS.replace("Okafor", "Ökafor")
    file = read(characters(text.encode(encoding)))
    assert file.transactions[0].claims[0].provider == "Ngozi A Ökafor MD"
