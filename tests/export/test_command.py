"""`flask world export`: what the person at the terminal can put right is one line, exit status 2."""

import pytest

from app import cli_world
from app.export.order import MOST, make_order

ORDER = ("world", "export", "--seed", "autumn", "--count", "3", "--as", "csv", "--to")


def run(app, *words):
    return app.test_cli_runner().invoke(args=[str(word) for word in words])


def told(answer, said):
    assert answer.exit_code == 2, answer.output
    assert said in answer.stderr
    assert len(answer.stderr.strip().splitlines()) == 1
    assert answer.stdout == ""


def test_an_export_says_what_it_wrote(app, tmp_path):
    answer = run(app, *ORDER, tmp_path / "out")
    assert answer.exit_code == 0, answer.output
    assert answer.stdout.startswith("3 cases, 10 files in")
    assert (tmp_path / "out" / "README.txt").exists()
    again = run(app, *ORDER, tmp_path / "out")
    assert again.stdout == answer.stdout
    assert again.stderr == ""


@pytest.mark.parametrize("count", ["0", "-5", str(MOST + 1), "many", "1.5"])
def test_a_wrong_count(app, tmp_path, count):
    told(run(app, "world", "export", "--seed", "a", "--count", count, "--as", "csv", "--to", tmp_path / "out"), "count")
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(("changes", "said"), [
    ({"--as": "excel"}, "parquet"), ({"--workers": "0"}, "workers"), ({"--workers": "99"}, "workers"),
    ({"--seed": " "}, "--seed"), ({"--seed": None}, "--seed"), ({"--to": None}, "--to"), ({"--frm": "1"}, "--frm"),
])
def test_wrong_words(app, tmp_path, changes, said):
    words = {"--seed": "a", "--count": "3", "--as": "csv", "--to": tmp_path / "out"} | changes
    told(run(app, "world", "export", *(part for pair in words.items() if pair[1] is not None for part in pair)), said)
    assert not (tmp_path / "out").exists()


def test_a_folder_that_cannot_be_made(app, tmp_path):
    (tmp_path / "file").write_text("no folder")
    told(run(app, *ORDER, tmp_path / "file" / "out"), "cannot be written")


def test_a_full_disk_is_told_and_what_is_done_is_kept(app, tmp_path, monkeypatch):
    def full(*_, **__):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("app.export.run.write_chunk", full)
    told(run(app, *ORDER, tmp_path / "out"), "No space left on device. What is done is kept")


def test_the_folder_of_another_export_is_told(app, tmp_path):
    run(app, *ORDER, tmp_path / "out")
    other = ("spring" if word == "autumn" else word for word in ORDER)
    told(run(app, *other, tmp_path / "out"), "--seed is autumn, not spring")


def test_a_misspelled_verb(app):
    told(run(app, "world", "exprot"), "exprot")


def test_progress_is_a_line_each_tenth_where_nobody_watches(capsys):
    lines = cli_world.Told(make_order("a", 10_000, "csv").count)
    for done in range(100, 10_001, 100):
        lines.progress(done, 0)
    lines.end()
    said = capsys.readouterr()
    assert said.out == ""
    assert [line.split(" cases")[0] for line in said.err.splitlines()] == [
        f"{n:,} of 10,000" for n in range(1_000, 10_001, 1_000)]


def test_progress_moves_in_a_terminal(capsys, monkeypatch):
    monkeypatch.setattr("sys.stderr.isatty", lambda: True)
    line = cli_world.Told(make_order("a", 1_000, "csv").count)
    line.progress(10, 0)
    line.progress(20, 0)
    line.end()
    said = capsys.readouterr().err
    assert said.count("\r") == 2
    assert said.count("\n") == 1
