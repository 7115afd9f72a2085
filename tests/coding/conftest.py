"""The real code index."""

from pathlib import Path

import pytest

from app.coding.editions import SqliteCodeIndex
from tests.codes import built_index


@pytest.fixture(scope="session")
def built() -> Path:
    return built_index()


@pytest.fixture(scope="session")
def index(built: Path) -> SqliteCodeIndex:
    return SqliteCodeIndex(built)
