"""The house's own rules, where a linter does not say them."""

import ast
from pathlib import Path

import pytest

APP = Path(__file__).parents[2] / "app"
PURE = ("world", "payer", "billing", "coding", "records", "learning")
FORBIDDEN_NAMES = {"utils", "helpers", "manager", "common", "misc", "base2"}
CLOCKS = {"today", "now", "utcnow"}


def sources(*folders):
    return [path for folder in folders for path in sorted((APP / folder).rglob("*.py"))]


@pytest.mark.parametrize("path", sources(*PURE, "export"), ids=lambda p: str(p.relative_to(APP)))
def test_the_pure_packages_know_no_clock(path):
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            assert node.func.attr not in CLOCKS, f"line {node.lineno}"
        if isinstance(node, ast.Import | ast.ImportFrom):  # `dt.time(9, 30)` is a value; the module `time` is a clock
            assert "time" not in {getattr(node, "module", ""), *(alias.name for alias in node.names)} or (
                isinstance(node, ast.ImportFrom) and node.module == "datetime"), f"line {node.lineno}"


@pytest.mark.parametrize("path", sources(*PURE, "export"), ids=lambda p: str(p.relative_to(APP)))
def test_the_pure_packages_draw_only_from_seeds(path):
    names = {alias.name for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.Import)
             for alias in node.names}
    assert "random" not in names or path.name == "seed.py"
    assert not names & {"uuid", "secrets"}


def test_only_store_actions_and_jobs_know_the_tables():
    for path in sources("web", "learning"):
        assert "store.models" not in path.read_text(), path


def test_only_actions_write():
    for path in sources("web", "store/queries", "jobs"):
        text = path.read_text()
        assert "writing(" not in text, path
        assert ".commit(" not in text, path


def test_names_come_from_the_field():
    assert not {path.stem for path in APP.rglob("*.py")} & FORBIDDEN_NAMES
