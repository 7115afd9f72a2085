"""What a note names, read as a coder reads it."""

import pytest

from app.coding.notes.references import code_parts, references


def _named(text):
    return [(r.first, r.last) for r in references(text)]


@pytest.mark.parametrize(("text", "named"), [
    ("type 1 diabetes mellitus (E10.-)", [("E10", "E10")]),
    ("code to identify stage of chronic kidney disease (N18.1-N18.6)", [("N181", "N186")]),
    ("influenza with pneumonia (J09.X1, J10.0-, J11.0-)", [("J09X1", "J09X1"), ("J100", "J100"), ("J110", "J110")]),
    ("sepsis following abortion (O03-O07, O08.0)", [("O03", "O07"), ("O080", "O080")]),
    ("conditions classifiable to S06.0- to S06.8-code to specified injury", [("S060", "S068")]),
    ("other dietary vitamin B12 deficiency anemia (D51.3)", [("D513", "D513")]),
    ("primary cutaneous CD30-positive T-cell proliferations (C86.6-)", [("C866", "C866")]),
    ("pneumoconiosis with tuberculosis, any type in A15 (J65)", [("J65", "J65")]),
    ("other vitamin B12 anemia", []), ("the underlying disease, such as:", []), ("", []),
])
def test_codes_and_ranges_are_read(text, named):
    assert _named(text) == named


@pytest.mark.parametrize(("text", "meant", "not_meant"), [
    ("adverse effect (T36-T50 with fifth or sixth character 5)", ["T40.2X5A", "T36.95XA", "t402x5s"],
     ["T40.2X1A", "T43.651A", "T51.0X5A"]),
    ("poisoning (T36-T65 with fifth or sixth character 1-4)", ["T43.651A", "T36.91XA"], ["T40.2X5A", "T40.2X6A"]),
    ("aphasia following stroke (I69. with final characters -20)", ["I69.320"], ["I69.321", "I69.20"]),
    ("leukemia in remission C91.0-C95.9 with 5th character 1", ["C91.01"], ["C91.00", "C91.0"]),
    ("current concussion (S06.0X- with seventh character A)", ["S06.0X0A"], ["S06.0X0D"]),
    ("diabetic acidosis - see categories E08-E10, E11, E13 with ketoacidosis", [], ["E11.9", "E11.10"]),
    ("benign neoplasm (D10-D36)", ["D10.0", "D36.9"], ["D37.01", "D1"]),
])
def test_a_restriction_is_kept(text, meant, not_meant):
    (named, *_) = references(text)
    found = references(text)
    assert [code for code in meant if not any(r.means(code) for r in found)] == []
    assert [code for code in not_meant if any(r.means(code) for r in found)] == []
    assert named.first


def test_nearly_every_bracketed_code_of_the_edition_is_read(index):
    """Excludes 1 notes with a code somewhere, of which none could be read: there is no such note."""
    rows = index._rows("SELECT text FROM note WHERE kind IN ('Excludes 1', 'Code first') AND text GLOB '*([A-Z][0-9]*'")
    assert len(rows) > 4_000
    assert [text for (text,) in rows if not references(text)] == []


@pytest.mark.parametrize(("text", "codes"), [
    ("code to identify stage (N18.1-N18.6)", ["N18.1", "N18.6"]), ("tobacco dependence (F17.-)", ["F17"]),
    ("multiple sclerosis (G35-)", ["G35"]), ("birth trauma", []), ("codes E08-E13, B20.", ["E08", "E13", "B20"])])
def test_a_note_is_parted_into_words_and_codes_and_loses_nothing(text, codes):
    pieces = code_parts(text)
    assert [code for _, code in pieces if code] == codes
    assert "".join(words for words, _ in pieces) == text
