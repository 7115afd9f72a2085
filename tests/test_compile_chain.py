"""The copy whose chain is compiled. It is made without a compiler here: with one it takes a minute."""

import subprocess
import sys

import pytest

import compile_chain


def test_every_module_of_the_chain_exists():
    assert [name for name in compile_chain.chain() if not (compile_chain.ROOT / name).is_file()] == []


def test_no_module_of_the_chain_reads_a_data_file_itself():
    """What mypyc compiles has no types for msgspec to read a file by."""
    reading = [name for name in compile_chain.chain()
               if "app.world.datafile import" in (compile_chain.ROOT / name).read_text()]
    assert reading == []


@pytest.fixture
def no_compiler(monkeypatch):
    monkeypatch.setenv("CC", "no-such-compiler")


def test_without_a_compiler_the_copy_is_plain_python(tmp_path, no_compiler):
    to = tmp_path / "copy"
    assert compile_chain.compile_chain(to).endswith("there is no C compiler (cc)")
    said = subprocess.run([sys.executable, "-c", "from app.payer import pipeline; print(pipeline.__file__)"], cwd=to,
                          check=True, capture_output=True, text=True, env={})
    assert said.stdout.strip() == str(to / "app/payer/pipeline.py")
    assert compile_chain.compile_chain(to).endswith("is as it should be")
    (to / compile_chain.STAMP).write_text("another")
    assert "is made" in compile_chain.compile_chain(to)


def test_a_folder_with_something_else_in_it_is_left_alone(tmp_path, monkeypatch, capsys):
    (tmp_path / "letters.txt").write_text("kept")
    monkeypatch.setattr(sys, "argv", ["compile_chain", str(tmp_path)])
    with pytest.raises(SystemExit) as stopped:
        compile_chain.main()
    assert stopped.value.code == 2
    assert "holds something else" in capsys.readouterr().err
    assert (tmp_path / "letters.txt").read_text() == "kept"


def test_a_compiler_that_fails_ends_in_a_word_and_no_whole_copy(tmp_path, monkeypatch):
    monkeypatch.setattr(compile_chain.shutil, "which", lambda name: "/bin/false")
    monkeypatch.setattr(compile_chain, "_SETUP", "raise SystemExit('no room')  # {files}")
    with pytest.raises(SystemExit, match=r"no room\s+the modules could not be compiled"):
        compile_chain.compile_chain(tmp_path / "copy")
    monkeypatch.setattr(compile_chain.shutil, "which", lambda name: None)
    assert "is made" in compile_chain.compile_chain(tmp_path / "copy")
