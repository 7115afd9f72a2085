"""The invariants over thousands of whole cases: each chunk of seeds is drawn once."""

import pytest

from tests.properties.invariants import INVARIANTS, violations

SEEDS, CHUNKS = 5_000, 20


@pytest.mark.parametrize("chunk", range(CHUNKS))
def test_the_invariants_hold(chunk: int) -> None:
    size = SEEDS // CHUNKS
    for index in range(chunk * size, (chunk + 1) * size):
        assert violations(index) == ()


def test_all_sixteen_and_the_four_others_are_asked() -> None:
    assert list(INVARIANTS) == [*map(str, range(1, 17)), "claim status", "cost share", "two payers", "reversal"]
