"""How long a search takes, and the building of the index: printed and not judged.

5,000 mixed queries over ICD-10-CM, ICD-10-PCS and HCPCS together. What is measured is the processor time of the process
(other work on the machine does not count); the wall clock stands beside it.
Run with `pytest -m bench -s tests/benchmarks/test_code_search.py`.
"""

import sqlite3
import time
from contextlib import closing

import pytest

from app.coding.editions import SqliteCodeIndex
from app.coding.index_build import build
from app.coding.query import procedure_terms, synonyms
from app.world.seed import Seed

pytestmark = pytest.mark.bench
SYSTEMS = ("icd10cm", "icd10pcs", "hcpcs")
EACH = 625  # of eight kinds


@pytest.fixture(scope="module")
def path(tmp_path_factory):
    found = tmp_path_factory.mktemp("codes") / "codes.sqlite"
    wall, cpu = time.perf_counter(), time.process_time()
    told = build(found, lambda done, all_: None)
    print(f"\n{told.billable:,} diagnoses, {told.pcs:,} procedures, {told.size / 1e6:.1f} MB, built in"
          f" {time.process_time() - cpu:.1f} s of processor time, {time.perf_counter() - wall:.1f} s by the clock")
    return found


def _queries(path):
    """Titles cut to a few words, titles misspelled, beginnings of codes, abbreviations, nonsense, single letters."""
    stream = Seed("bench").child("search").stream()
    with closing(sqlite3.connect(path)) as connection:
        rows = connection.execute("SELECT bare, title FROM code WHERE billable ORDER BY position").fetchall()
        rows += connection.execute("SELECT code, title FROM pcs ORDER BY code").fetchall()
        rows += connection.execute("SELECT code, title FROM item ORDER BY code").fetchall() * 20
    said = sorted(" ".join(words) for words in (*synonyms(), *procedure_terms()))
    letters = "abcdefghijklmnopqrstuvwxyz0123456789 "
    for _ in range(EACH):
        code, title = stream.one(rows)
        words = title.replace(",", "").split()
        at = stream.whole(0, max(len(words) - 3, 0))
        yield "words", " ".join(words[:stream.whole(1, 4)])
        yield "words anywhere", " ".join(words[at:at + 4])
        yield "misspelled", " ".join(word[:2] + word[3:] if len(word) > 5 else word for word in words[:4])
        yield "code", code.lower()[:stream.whole(2, 6)]
        yield "abbreviation", stream.one(said)
        yield "whole title", title[:80]
        yield "nonsense", "".join(stream.one(letters) for _ in range(80))
        yield "one letter", stream.one(letters.strip())


def test_latency_of_five_thousand_searches(path):
    index = SqliteCodeIndex(path)
    index.search_in(SYSTEMS, "warm xyzzy", 20)
    times: dict[str, list[tuple[float, float, str]]] = {}
    for kind, query in _queries(path):
        wall, cpu = time.perf_counter(), time.process_time()
        index.search_in(SYSTEMS, query, 20)
        took = ((time.process_time() - cpu) * 1000, (time.perf_counter() - wall) * 1000, query)
        times.setdefault(kind, []).append(took)
    times["all"] = [took for each in times.values() for took in each]
    for kind, found in times.items():
        cpu, wall = sorted(took[0] for took in found), sorted(took[1] for took in found)
        p50, p99 = len(found) // 2, len(found) * 99 // 100
        print(f"{kind:15} n {len(found):5}  processor p50 {cpu[p50]:5.1f} ms  p99 {cpu[p99]:5.1f} ms"
              f"  worst {cpu[-1]:5.1f} ms   clock p50 {wall[p50]:5.1f} ms  p99 {wall[p99]:5.1f} ms")
    print("slowest:", *(f"\n  {took[0]:5.1f} ms  {took[2]!r}" for took in sorted(times["all"], reverse=True)[:8]))
    assert len(times["all"]) == 8 * EACH
