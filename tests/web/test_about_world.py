"""The page that says what this world is like: for everybody, without script, with the numbers behind each plot."""

import re

import pytest

from app.web.about import kept as kept_file
from app.web.about.plots import length, percent
from app.web.about.views import _plots

TITLES = ("ages", "settings", "payers", "languages", "households", "incomes", "templates", "lines", "answers",
          "denials", "money", "patients", "days")


@pytest.fixture
def page(browse):
    answer = browse("nobody").get("/about/world")
    assert answer.status_code == 200
    return answer.text


def test_every_plot_has_its_table_and_its_sentence(page):
    figures = re.findall(r'<figure class="plot-box" id="plot-(\w+)">(.*?)</figure>', page, re.S)
    assert sorted(name for name, _ in figures) == sorted(TITLES)
    for name, figure in figures:
        plot = _plots()[name]
        assert figure.count("<details>") == figure.count("<summary>") == figure.count("<table") == 1
        assert figure.count('<th scope="row">') == len(plot.table) > 0
        assert f'aria-labelledby="says-{name}"' in figure
        assert re.search(rf'<desc id="says-{name}">[^<]*\d', figure), name
        assert figure.count('class="track"') == len(plot.rows) > 0


def test_the_page_needs_no_script_and_no_style_of_its_own(page):
    main = page[page.index("<main"):page.index("</main>")]
    assert "<script" not in main
    assert "style=" not in main
    assert " onclick" not in main


def test_every_bar_lies_within_its_plot():
    for plot in _plots().values():
        for row in plot.rows:
            for bar in row.bars:
                start, width = (round(100 * float(text.rstrip("%"))) for text in (bar.start, bar.width))
                assert 0 <= start <= start + width <= 10_000, (plot.id, row.name)


def test_the_denial_mix_is_called_illustrative_and_limits_are_told(page):
    assert "Denial mix: illustrative." in page
    assert "What is not realistic" in page
    assert "91 FR 1797" in page


def test_the_page_counts_what_was_kept(page):
    census = kept_file.kept().census
    assert f"{census.cases:,} cases" in page
    for row in census.denials:
        assert f"{row.group}-{row.reason}" in page


def test_it_is_linked_from_every_page(browse):
    assert 'href="/about/world"' in browse("nobody").get("/about").text
    assert 'href="/about/world"' in browse("guest").get("/home").text


def test_a_missing_census_names_the_command(tmp_path, monkeypatch):
    monkeypatch.setattr(kept_file, "PATH", tmp_path / "census.json")
    kept_file.kept.cache_clear()
    with pytest.raises(FileNotFoundError, match="flask --app wsgi world census"):
        kept_file.kept()
    kept_file.kept.cache_clear()


def test_the_command_keeps_a_census(app, tmp_path, monkeypatch):
    monkeypatch.setattr(kept_file, "CASES", 20)
    monkeypatch.setattr(kept_file, "PATH", tmp_path / "census.json")
    answer = app.test_cli_runner().invoke(args=["world", "census"])
    assert answer.exit_code == 0, answer.output
    kept_file.kept.cache_clear()
    assert kept_file.kept().census.cases == 20
    kept_file.kept.cache_clear()


def test_numbers_are_written_as_people_read_them():
    assert [percent(n) for n in (0, 4, 5, 4964, 10_000)] == ["0.0 %", "0.0 %", "0.1 %", "49.6 %", "100.0 %"]
    assert [length(part, 3) for part in (0, 1, 3)] == ["0.00%", "33.33%", "100.00%"]
