"""How long a search takes: p50 and p99 over 1,000 mixed queries, printed and not judged.

Run with `pytest -m bench -s tests/benchmarks/test_code_search.py`.
"""

import sqlite3
import time

import pytest

from app.coding.editions import SqliteCodeIndex
from app.coding.index_build import build
from app.coding.query import synonyms
from app.world.seed import Seed

pytestmark = pytest.mark.bench


@pytest.fixture(scope="module")
def path(tmp_path_factory):
    found = tmp_path_factory.mktemp("codes") / "codes.sqlite"
    start = time.perf_counter()
    told = build(found, lambda done, all_: None)
    print(f"\n{told.billable:,} billable codes, {told.size / 1e6:.1f} MB, built in {time.perf_counter() - start:.1f} s")
    return found


def _queries(path):
    """Titles cut to a few words, titles misspelled, beginnings of codes, abbreviations: 250 of each."""
    stream = Seed("bench").child("search").stream()
    with sqlite3.connect(path) as connection:
        codes = connection.execute("SELECT bare, title FROM code WHERE billable ORDER BY position").fetchall()
    said = sorted(" ".join(words) for words in synonyms())
    for _ in range(250):
        code, title = stream.one(codes)
        words = title.replace(",", "").split()
        yield "words", " ".join(words[:stream.whole(1, 4)])
        yield "misspelled", " ".join(word[:2] + word[3:] if len(word) > 5 else word for word in words[:3])
        yield "code", code.lower()[:stream.whole(2, 6)]
        yield "abbreviation", stream.one(said)


def test_latency_of_a_thousand_searches(path):
    index = SqliteCodeIndex(path)
    index.search("warm", 20)
    times: dict[str, list[float]] = {}
    for kind, query in _queries(path):
        start = time.perf_counter()
        index.search(query, 20)
        times.setdefault(kind, []).append((time.perf_counter() - start) * 1000)
    times["all"] = [took for each in times.values() for took in each]
    for kind, found in times.items():
        p50, p99, worst = (sorted(found)[i] for i in (len(found) // 2, len(found) * 99 // 100, -1))
        print(f"{kind:13} n {len(found):5}  p50 {p50:6.1f} ms  p99 {p99:6.1f} ms  worst {worst:6.1f} ms")
    assert len(times["all"]) == 1000
