"""What code sets this site has: edition, source, counts, and what is missing. For the page that says so."""

import datetime as dt

from msgspec import Struct

from app.coding.editions import CodeSets
from app.coding.hcpcs import modifiers, subset
from app.coding.model import System
from app.coding.places import places, places_source
from app.coding.poa import poa_source


class Count(Struct, frozen=True):
    """A number with what it counts."""

    number: int
    of: str


class Card(Struct, frozen=True):
    """One code set. `in_force` are the days for which it is shown, in words; `missing` is told plainly."""

    name: str
    edition: str
    in_force: str
    source: str
    counts: tuple[Count, ...]
    missing: tuple[str, ...]
    system: System | None = None  # where it can be searched
    licensed: bool = False


def catalog(codes: CodeSets) -> tuple[Card, ...]:
    """Return a card for each code set, those a coder uses most first."""
    about = codes.about
    return (_diagnoses(codes, about), _procedures(codes, about), _hcpcs(codes), *_licensed(codes),
            _groups(about), _severity(about), _places(), _poa())


def _diagnoses(codes: CodeSets, about: dict[str, str]) -> Card:
    oldest, newest = codes.editions()[0], codes.editions()[-1]
    return Card(
        "ICD-10-CM, diagnoses", about["edition"], _days(about["valid_from"], about["valid_to"]), about["source"],
        (Count(int(about["billable"]), "complete codes"), Count(int(about["entries"]), "entries of the tabular list"),
         Count(int(about["notes"]), "notes")),
        ("The alphabetic index: in its place stands a list made of titles, inclusion terms and our own synonyms.",
         "The tables of drugs and of neoplasms.",
         f"Titles and notes of other editions. Codes and their days are known from {_day(oldest.first)} to"
         f" {_day(newest.last)}, so that a code is judged by its date of service."),
        "icd10cm")


def _procedures(codes: CodeSets, about: dict[str, str]) -> Card:
    edition = codes.edition_for(dt.date.fromisoformat(about["valid_from"]), "icd10pcs")
    untitled = int(about["pcs_untitled"])
    return Card(
        "ICD-10-PCS, procedures", edition.name, _days(about["valid_from"], about["valid_to"]), about["pcs_source"],
        (Count(edition.codes - untitled, "codes in force, with titles"),
         Count(sum(len(codes.root_operations(section)) for section in "01"), "root operations with definitions"),
         Count(int(about["pcs_terms"]), "terms of the index and of the body-part and device keys")),
        (f"{untitled} codes in force whose titles our sources do not have yet: they are not shown and cannot be built.",
         "The printed tables of sections 2 to X. What a character means there is read from titles, and left open where"
         " they do not tell.",
         "Long lists of sub-terms of the index, which the source has lost the order of."),
        "icd10pcs")


def _hcpcs(codes: CodeSets) -> Card:
    own = next((own for own in codes.own if own.system == "hcpcs"), None)
    if own is not None:
        return Card("HCPCS Level II, items and services", "CMS's complete file", "as the file says, code by code",
                    f"{own.source}, imported on this site", (Count(own.count, "codes"),), (), "hcpcs")
    return Card(
        "HCPCS Level II, items and services", "Teaching subset of 2026", "2026", subset()[-1].source.cite,
        (Count(sum(len(file.codes) for file in subset()), "codes in our own words"),
         Count(len(modifiers()), "modifiers in our own words")),
        ("Most of Level II, which has about 7,400 codes in force. CMS's complete file can be imported:"
         " flask --app wsgi codes import hcpcs FILE.",), "hcpcs")


def _licensed(codes: CodeSets) -> tuple[Card, ...]:
    found = [own for own in codes.own if own.system == "cpt"]
    return tuple(Card("CPT, physicians' services", "The school's own file", "as licensed to the school",
                      f"{own.source}, imported on this site", (Count(own.count, "codes"),),
                      ("Nothing of it is shipped with Chartroom. It is shown on this site only.",), "cpt", True)
                 for own in found) or (Card(
                     "CPT, physicians' services", "None", "", "American Medical Association (AMA), under license", (),
                     ("All of it: it is licensed. A school that holds a license can import its own file:"
                      " flask --app wsgi codes import cpt FILE.",)),)


def _groups(about: dict[str, str]) -> Card:
    return Card("MS-DRG, groups of inpatient stays", "FY 2026", _days("2025-10-01", "2026-09-30"), about["drg_source"],
                (Count(int(about["drgs"]), "groups with titles and weights"),),
                ("Weights of other years. The grouper itself knows October 2022 to March 2027.",))


def _severity(about: dict[str, str]) -> Card:
    return Card("CC and MCC, severity of secondary diagnoses", "FY 2026", _days("2025-10-01", "2026-09-30"),
                about["severity_source"],
                (Count(int(about["ccs"]), "CC"), Count(int(about["mccs"]), "MCC"),
                 Count(int(about["pdx_collections"]), "lists of principal diagnoses that cancel them")),
                ("Tables of other years: the grouper decides, on any date it knows.",))


def _places() -> Card:
    source = places_source()
    return Card("Place of service", "2026", f"as of {_day(dt.date.fromisoformat(source.as_of))}", source.cite,
                (Count(len(places()), "places in our own words"),), ())


def _poa() -> Card:
    source = poa_source()
    return Card("Exempt from present-on-admission reporting", "FY 2025, as rules",
                f"as of {_day(dt.date.fromisoformat(source.as_of))}", source.cite, (),
                ("Most external causes, some pathological fractures, and a few obstetric and newborn codes were not"
                 " looked up one by one: there the answer is “not known”.", "Changes for FY 2026."))


def _days(first: str, last: str) -> str:
    return f"{_day(dt.date.fromisoformat(first))} to {_day(dt.date.fromisoformat(last))}"


def _day(day: dt.date) -> str:
    return f"{day:%b} {day.day}, {day.year}"
