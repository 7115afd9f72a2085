"""The command line: what a person can put right is told in one line, exit status 2."""

import sqlite3
from contextlib import closing

import pytest

from app.cli import _is_current
from app.coding.index_build import LAYOUT
from app.extensions import db
from app.factory import create_app
from tests.conftest import settings_for


@pytest.fixture
def fresh(tmp_path):
    """A site that was never prepared."""
    made = create_app(settings_for(tmp_path, codes=tmp_path / "codes.sqlite"))
    yield made
    with made.app_context():
        db.engine.dispose()


@pytest.fixture
def built(monkeypatch):
    """Counts the builds of the code index; the real one takes seconds."""
    calls = []

    def build(target, progress):
        calls.append(target)
        progress(1, 1)
        write_index(target, "now")

    monkeypatch.setattr("app.coding.index_build.build", build)
    monkeypatch.setattr("app.coding.index_build.EDITION", "now")
    monkeypatch.setattr("app.actions.demonstration.load", lambda office: iter(["Sign in as"]))
    return calls


def write_index(path, edition):
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE meta (name TEXT, value TEXT)")
        connection.execute("INSERT INTO meta VALUES ('edition', ?), ('layout', ?)", (edition, LAYOUT))
        connection.commit()


def run(app, *words):
    return app.test_cli_runner().invoke(args=words)


def told(answer, said):
    assert answer.exit_code == 2, answer.output
    assert said in answer.stderr
    assert len(answer.stderr.strip().splitlines()) == 1


def test_the_site_is_prepared_once(fresh, built):
    first, later = run(fresh, "office", "prepare"), run(fresh, "office", "prepare")
    assert (first.exit_code, later.exit_code) == (0, 0), first.output
    assert "code index: built" in first.output
    assert later.output == "Sign in as\n"
    assert len(built) == 1


def test_a_site_that_is_reached_from_elsewhere_gets_no_known_passwords(tmp_path, built):
    public = create_app(settings_for(tmp_path, codes=tmp_path / "codes.sqlite", site_url="https://a.example"))
    answer = run(public, "office", "prepare")
    assert answer.exit_code == 0
    assert "no demonstration class" in answer.output
    assert "Sign in as" not in answer.output


@pytest.mark.parametrize("index", ["an older edition", "no index at all"])
def test_an_index_of_another_edition_is_built_anew(built, tmp_path, index):
    path = tmp_path / "codes.sqlite"
    if index == "an older edition":
        write_index(path, "older")
    else:
        path.write_text("not a database, " * 100)
    assert not _is_current(path)


@pytest.mark.parametrize("words", [("bank", "check"), ("case", "show", "verify-a-visit", "--seed", "1")])
def test_a_missing_code_index_says_how_to_build_it(fresh, words):
    told(run(fresh, *words), "flask --app wsgi codes build")


def test_a_database_that_is_away_is_told(tmp_path, built):
    away = create_app(settings_for(tmp_path, database_url="postgresql+psycopg://nobody@127.0.0.1:1/none"))
    told(run(away, "office", "prepare"), "Is DATABASE_URL right")


def test_an_unknown_scenario_is_told_with_the_known_ones(app):
    told(run(app, "case", "show", "no-such-case", "--seed", "1"), "verify-a-visit")


def test_a_case_is_shown_with_its_keys_and_trace(app):
    answer = run(app, "case", "show", "verify-a-visit", "--seed", "1")
    assert answer.exit_code == 0
    assert all(f'"{part}":' in answer.output for part in ("case", "keys", "trace", "story"))


def test_the_same_seed_shows_the_same_case(app):
    words = ("case", "show", "verify-a-visit", "--seed", "7")
    assert run(app, *words).output == run(app, *words).output
