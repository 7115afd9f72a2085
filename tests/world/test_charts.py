import re

import pytest

from app.world.charts.phrases import phrases
from app.world.charts.vitals import vital_words
from app.world.charts.words import Words, banks_of
from app.world.seed import Seed
from app.world.templates import templates
from tests.world.evidence_cases import encounter, encounters

FEWEST = {"office": 3, "health_center": 3, "emergency": 4, "observation": 5, "outpatient_surgery": 4, "inpatient": 6,
          "equipment": 3}


def test_a_setting_has_its_documents_by_several_authors_at_several_times() -> None:
    for template, _, case in encounters(15):
        assert len(case.chart) >= FEWEST[template.setting], template.id
        assert len({document.author for document in case.chart}) >= 2
        assert len({document.at for document in case.chart}) >= 3
        assert [document.at for document in case.chart] == sorted(document.at for document in case.chart)
        assert len({document.id for document in case.chart}) == len(case.chart)


def test_no_slot_is_left_open_and_no_sentence_is_broken() -> None:
    for template, level, case in encounters(15):
        for document in case.chart:
            for section in document.sections:
                assert section.text.strip(), (template.id, document.title, section.heading)
                assert not re.search(r"[{}]|\.\.|,\.|;\.| \.|\s,|  ", section.text), (template.id, level, section.text)


def test_the_same_seed_gives_the_same_encounter() -> None:
    template = templates()["sepsis_urinary"]
    assert encounter(template, 9, 3) == encounter(template, 9, 3)


def test_two_seeds_read_differently() -> None:
    for template in templates().values():
        assert encounter(template, 1, 1).chart != encounter(template, 3, 1).chart


def test_a_clean_chart_is_wholly_signed_and_an_untidy_one_is_not() -> None:
    for template in templates().values():
        assert all(document.signed for document in encounter(template, 2, 1).chart)
        untidy = encounter(template, 2, 3).chart
        assert [document for document in untidy if document.signed is None]
        assert untidy[-1].title == "Late addendum"
        assert untidy[-1].at > untidy[-2].at


def test_an_ordinary_chart_abbreviates_and_keeps_old_problems() -> None:
    text = " ".join(section.text for document in encounter(templates()["diabetes_kidney"], 6, 2).chart
                    for section in document.sections)
    assert re.search(r"\b(yo|pt|w/o|bilat|RR)\b", text)
    assert any(problem in text for problem in phrases()["old_problem"])


def test_the_body_mass_index_follows_from_the_written_weight_and_height() -> None:
    for number in range(200):
        words = vital_words(Seed("size").child(number).stream(), 50, "F" if number % 2 else "M", {"bmi": (304, 396)})
        pounds, inches = int(words["weight"].split()[0]), int(words["height"].split()[0])
        assert abs(float(words["bmi"]) - pounds * 703 / inches**2) <= 0.051
        assert words["bmi_code"] == f"Z68.{int(float(words['bmi']))}"


def test_a_word_is_the_same_wherever_it_stands() -> None:
    drugs = ("aspirin", "heparin", "warfarin", "none")
    words = Words(Seed("w").long_stream(), {}, banks_of({"drug": drugs, "dose": "{10-90} mg"}))
    assert words.fill("{drug} {dose}", "here") == words.fill("{drug} {dose}", "there")


def test_a_slot_that_nothing_fills_is_told() -> None:
    with pytest.raises(KeyError, match="nowhere"):
        Words(Seed("w").long_stream(), {}, {}).fill("{nowhere}", "here")



def test_a_number_keeps_its_tenth() -> None:
    drawn = {Words(Seed("w").child(n).long_stream(), {}, {}).fill("{6.8-7.1}", "here") for n in range(60)}
    assert drawn == {"6.8", "6.9", "7.0", "7.1"}
