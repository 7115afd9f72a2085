"""A broken scenario file is one line with its place and what is expected; the rest is served."""

import pytest

from app.learning.scenario import load_library

GOOD = """\
id: good
version: 1
title: Good
duty: eligibility
tasks: ["4.9"]
level: 1
minutes: 5
brief: Look it up.
world: {settings: [office]}
steps:
  - {id: ask, kind: build_inquiry, title: Ask, marks: 3}
sources:
  - {cite: "45 CFR 162.1202", as_of: 2026-01-01}
"""


@pytest.fixture
def library(tmp_path):
    def load(text, name="bad"):
        (tmp_path / "scenarios" / "eligibility").mkdir(parents=True, exist_ok=True)
        (tmp_path / "scenarios" / "eligibility" / "good.yaml").write_text(GOOD)
        (tmp_path / "scenarios" / "eligibility" / f"{name}.yaml").write_text(text)
        return load_library(tmp_path / "scenarios")

    return load


def bad(change, to):
    assert change in GOOD
    return GOOD.replace("id: good", "id: other").replace(change, to)


def test_a_good_file_is_served(library):
    assert sorted(library(GOOD.replace("id: good", "id: other")).scenarios) == ["good", "other"]


@pytest.mark.parametrize(("text", "said"), [
    (bad("kind: build_inquiry", "kind: build_inqiry"),
     'bad.yaml:11: steps[0].kind: "build_inqiry" is not a step kind. Did you mean "build_inquiry"?'),
    (bad("level: 1", "level: one"), "bad.yaml:6: level: "),
    (bad("marks: 3", "marks: 3, answer: 42"), "bad.yaml:11: steps[0]: Object contains unknown field `answer`"),
    (bad("marks: 3", "marks: 2.5"), "bad.yaml:11: 2.5 is a bare decimal"),
    (bad("marks: 3", "marks: 0"), "bad.yaml:11: steps[0].marks: "),
    (bad("{settings: [office]}", "{settings: [ofice]}"), "bad.yaml:9: world.settings[0]: "),
    (bad("version: 1", "version: 1\nversion: 2"), "bad.yaml:3: 'version' is written twice"),
    (bad("sources:", "defects: [wrong_membr_number]\nsources:"),
     'Did you mean "wrong_member_number"?'),
    ("steps: [", "bad.yaml:2: not YAML"),
])
def test_a_bad_file_is_one_line_and_the_rest_is_served(library, text, said):
    loaded = library(text)
    assert list(loaded.scenarios) == ["good"]
    assert len(loaded.problems) == 1
    assert said in loaded.problems[0]
    assert "\n" not in loaded.problems[0]


def test_two_files_with_one_id(library):
    loaded = library(GOOD)
    assert "is used by another scenario" in loaded.problems[0]
