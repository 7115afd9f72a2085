"""Packets to print: each claim on its form, and behind it the answer in words."""

import pytest
from pypdf import PdfReader

from app.payer.codes import plain_words
from app.world.money import dollars
from tests.export.cases import contents, drawn, write


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    made = tmp_path_factory.mktemp("pdf")
    write(made, "pdf", count=25)
    return made


@pytest.fixture(scope="module")
def pages(folder):
    return [page.extract_text() for path in sorted(folder.glob("claims-*.pdf")) for page in PdfReader(path).pages]


def test_a_file_a_chunk_with_an_outline_of_its_claims(folder):
    assert sorted(path.name for path in folder.glob("*.pdf")) == [f"claims-0000{n}.pdf" for n in range(3)]
    outline = [entry.title for path in sorted(folder.glob("*.pdf")) for entry in PdfReader(path).outline]
    assert [title.split(",")[0] for title in outline] == [f"Claim {case.claim.number}" for case in drawn(25)]


def test_the_answer_stands_behind_its_claim(pages):
    for case in drawn(25):
        place = next(i for i, text in enumerate(pages) if case.claim.number in text)
        assert "Drawn by Chartroom".lower() in pages[place].lower()
        behind = "".join(text for text in pages[place:] if f"Claim {case.claim.number}," in text)
        answer = case.answer.remittance
        assert answer.payer_reference in behind
        assert dollars(case.claim.charge) in behind
        for row in (row for line in answer.lines for row in line.adjustments):
            assert f"{row.group}-{row.reason}" in behind
            assert plain_words(row.group, row.reason, row.remarks)[:40] in behind


def test_every_page_says_that_it_is_a_training_copy(pages):
    assert all("TRAINING COPY – NOT FOR SUBMISSION" in text for text in pages)


def test_an_export_again_has_the_same_bytes(folder, tmp_path):
    write(tmp_path, "pdf", count=25)
    assert contents(tmp_path) == contents(folder)
