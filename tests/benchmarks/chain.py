"""How many cases a second, from a seed to a marked key: the first part of `make bench`.

Every figure of one run stands beside a yardstick of the same run (SHA-256 over the same number of bytes as the cases
have), so that machines can be compared. Nothing here judges.
"""

import hashlib
import statistics
import time
from pathlib import Path

import msgspec

from app.coding.editions import SqliteCodeIndex
from app.learning.building import build_case
from app.learning.checking import lay, right_response
from app.learning.contract import Earlier
from app.learning.scenario import Scenario, load_library
from tests.codes import built_index

ROOT = Path(__file__).parents[2]
CASES, ROUNDS = 20, 5


def marked_case(scenario: Scenario, seed: str, codes: SqliteCodeIndex) -> int:
    """Build one case, answer every step with its key, mark it; return the case's size in bytes."""
    case = build_case(scenario, seed, codes)
    earlier = Earlier()
    for spec in scenario.steps:
        laid = lay(case, spec, earlier)
        if laid is None:
            continue
        response = right_response(laid)
        assert laid.kind.mark(case, laid.options, laid.key, response, earlier).percent == 10_000
        earlier = Earlier((*earlier.steps, (spec.id, spec.kind, response)))
    return len(msgspec.json.encode(case))


def rate(scenario: Scenario, codes: SqliteCodeIndex) -> tuple[float, int]:
    """Return the median of cases a second, and the median size of a case in bytes."""
    rates, sizes = [], []
    for turn in range(ROUNDS):
        start = time.perf_counter()
        sizes += [marked_case(scenario, f"bench-{turn}-{i}", codes) for i in range(CASES)]
        rates.append(CASES / (time.perf_counter() - start))
    return statistics.median(rates), int(statistics.median(sizes))


def yardstick() -> float:
    """Return megabytes hashed a second on this machine, in this run."""
    block, start = b"x" * 1_000_000, time.perf_counter()
    for _ in range(50):
        hashlib.sha256(block).digest()
    return 50 / (time.perf_counter() - start)


def main() -> None:
    """Print a row for each scenario."""
    codes = SqliteCodeIndex(built_index())
    megabytes = yardstick()
    print(f"{'scenario':34} {'cases/s':>8} {'kB a case':>10} {'per hashed MB':>14}")
    for scenario in load_library(ROOT / "scenarios").scenarios.values():
        cases, size = rate(scenario, codes)
        print(f"{scenario.id:34} {cases:8.1f} {size / 1000:10.1f} {cases / megabytes:14.4f}")
    print(f"medians of {ROUNDS} rounds of {CASES} cases; seed → patient → chart → claim → payer → key → full marks\n")


if __name__ == "__main__":
    main()
