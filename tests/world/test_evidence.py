from collections import defaultdict

from app.world.charts.untidy import ATTENDING
from app.world.templates import templates
from tests.world.evidence_cases import CLINICIAN, encounter, encounters

SEEDS = 200


def test_every_word_of_evidence_stands_in_the_chart_at_every_level() -> None:
    missing = [(template.id, level, case.id, row.code, words)
               for template, level, case in encounters(SEEDS)
               for row in (*case.diagnoses, *case.procedures)
               for words in row.evidence
               if not any(words in section.text for document in case.chart for section in document.sections)]
    assert not missing, missing[:5]


def test_the_attending_or_the_surgeon_signs_the_evidence() -> None:
    for template, level, case in encounters(20):
        words = [section.text for document in case.chart for section in document.sections
                 if document.signed and (document.kind in ATTENDING or document.kind == "operative_report")]
        for row in (*case.diagnoses, *case.procedures):
            for evidence in row.evidence:
                assert any(evidence in text for text in words), (template.id, level, evidence)


def test_the_level_changes_the_chart_and_nothing_else() -> None:
    for template in templates().values():
        tidy, untidy = encounter(template, 4, 1), encounter(template, 4, 3)
        assert (tidy.diagnoses, tidy.charges, tidy.procedures, tidy.last) == \
               (untidy.diagnoses, untidy.charges, untidy.procedures, untidy.last)
        assert tidy.chart != untidy.chart


def test_every_option_of_every_axis_is_drawn() -> None:
    codes: dict[str, set[tuple[str, ...]]] = defaultdict(set)
    for template, _, case in encounters(60, (1,)):
        codes[template.id].add(tuple(row.code for row in case.diagnoses))
    assert not [name for name, found in codes.items() if len(found) < 2 and len(templates()[name].variants) > 1]


def test_every_pointer_leads_to_a_diagnosis() -> None:
    for template, _, case in encounters(40, (1,)):
        for charge in case.charges:
            assert 1 <= len(charge.pointers) <= 4, (template.id, charge.service)
            assert all(1 <= place <= len(case.diagnoses) for place in charge.pointers)
            assert case.first <= charge.on <= case.last
            assert charge.units >= 1
            assert charge.amount > 0


def test_the_author_of_the_evidence_is_the_clinician_of_the_encounter() -> None:
    case = encounter(templates()["diabetes_kidney"], 1, 3)
    assert case.chart[-1].author == CLINICIAN.name
