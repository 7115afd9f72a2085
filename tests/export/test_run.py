"""An export can be stopped at any moment and goes on; who writes it, and in how many goes, does not show."""

import fcntl
import os
import signal
import subprocess
import sys

import pytest

from app.config import ROOT
from app.export.order import MOST, BadOrder, make_order, read
from tests.export.cases import contents, write


class Interrupted(Exception):
    pass


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    """An export in one go, by one process."""
    folder = tmp_path_factory.mktemp("whole")
    write(folder)
    return contents(folder)


def stop_after(cases):
    def progress(done, kept):
        if done >= cases:
            raise Interrupted

    return progress


def test_an_export_that_was_interrupted_goes_on(tmp_path, whole):
    with pytest.raises(Interrupted):
        write(tmp_path, progress=stop_after(20))
    assert [row.chunk for row in read(tmp_path).chunks] == [0, 1]
    told = []
    write(tmp_path, progress=lambda done, kept: told.append((done, kept)))
    assert told == [(30, 20), (35, 20)]  # what was done is not made again
    assert contents(tmp_path) == whole


def test_an_export_that_was_killed_goes_on(tmp_path, whole):
    """`kill -9` in the middle of a chunk, with two workers at it."""
    script = ("from pathlib import Path\nfrom tests.export.cases import write\n"
              f"if __name__ == '__main__':\n    write(Path({str(tmp_path)!r}), workers=2,\n"
              "          progress=lambda done, kept: print(done, flush=True))\n")
    main = tmp_path.parent / f"{tmp_path.name}-main.py"
    main.write_text(script)
    with subprocess.Popen([sys.executable, str(main)], cwd=ROOT, stdout=subprocess.PIPE,
                          env={**os.environ, "PYTHONPATH": str(ROOT)}) as running:
        assert running.stdout.readline()
        running.send_signal(signal.SIGKILL)
    write(tmp_path)
    assert contents(tmp_path) == whole


def test_two_workers_write_the_same_bytes(tmp_path, whole):
    write(tmp_path, workers=2)
    assert contents(tmp_path) == whole


def test_the_manifest_names_every_file_with_its_digest(tmp_path, whole):
    manifest = write(tmp_path)
    assert manifest.complete
    assert set(whole) == {*manifest.files, "manifest.json", "README.txt"}


def test_a_complete_export_is_left_as_it_is(tmp_path):
    write(tmp_path)
    before = {path: path.stat().st_mtime_ns for path in tmp_path.iterdir()}
    write(tmp_path, progress=stop_after(0))
    assert {path: path.stat().st_mtime_ns for path in tmp_path.iterdir()} == before


def test_a_file_that_was_damaged_is_made_again(tmp_path, whole):
    write(tmp_path)
    (tmp_path / "claims.csv").write_text("lost")
    write(tmp_path)
    assert contents(tmp_path) == whole


def test_only_the_damaged_chunk_is_made_again(tmp_path):
    write(tmp_path, "parquet")
    before = contents(tmp_path)
    (tmp_path / "claims-00002.parquet").unlink()
    told = []
    write(tmp_path, "parquet", progress=lambda done, kept: told.append(done - kept))
    assert told == [10]
    assert contents(tmp_path) == before


def test_a_longer_export_begins_with_the_same_cases(tmp_path):
    write(tmp_path / "short", count=12)
    write(tmp_path / "long", count=23)
    short, long = ((tmp_path / name / "claims.csv").read_bytes() for name in ("short", "long"))
    assert long.startswith(short)
    assert len(long) > len(short)


@pytest.mark.parametrize(("changed", "said"), [({"seed": "spring"}, "--seed is autumn, not spring"),
                                               ({"count": 36}, "--count is 35, not 36"),
                                               ({"kind": "parquet"}, "--as is csv, not parquet")])
def test_the_folder_of_another_export_is_refused(tmp_path, changed, said):
    write(tmp_path)
    before = contents(tmp_path)
    with pytest.raises(BadOrder, match=said):
        write(tmp_path, **changed)
    assert contents(tmp_path) == before


def test_the_folder_of_another_version_is_refused(tmp_path, monkeypatch):
    with pytest.raises(Interrupted):
        write(tmp_path, progress=stop_after(10))
    monkeypatch.setattr("app.export.order._program", lambda: "a-later-one")
    with pytest.raises(BadOrder, match=r"program is \w+, not a-later-one"):
        write(tmp_path)


def test_a_folder_with_other_files_is_refused(tmp_path):
    (tmp_path / "thesis.docx").write_text("mine")
    with pytest.raises(BadOrder, match="thesis"):
        write(tmp_path)
    assert list(contents(tmp_path)) == ["thesis.docx"]


def test_two_exports_do_not_write_into_one_folder(tmp_path):
    held = os.open(tmp_path, os.O_RDONLY)
    fcntl.flock(held, fcntl.LOCK_EX)
    with pytest.raises(BadOrder, match="another export is writing"):
        write(tmp_path)
    os.close(held)


def test_a_manifest_that_is_no_manifest_is_told(tmp_path):
    (tmp_path / "manifest.json").write_text('{"name": "a web page"}')
    with pytest.raises(BadOrder, match="not the manifest of an export"):
        write(tmp_path)


@pytest.mark.parametrize("count", [0, -1, MOST + 1])
def test_an_impossible_count_is_refused(count):
    with pytest.raises(BadOrder, match="1 to 1,000,000"):
        make_order("autumn", count, "csv")


@pytest.mark.parametrize("seed", ["", "  ", "a\nb", "x" * 101])
def test_an_impossible_seed_is_refused(seed):
    with pytest.raises(BadOrder, match="--seed"):
        make_order(seed, 1, "csv")
