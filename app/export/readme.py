"""README.txt of an export: what is in the folder, that nobody in it exists, and what each column means."""

import textwrap
from collections.abc import Iterator

from app.export.order import Kind, Manifest
from app.export.tables import TABLES, Table

NAME = "README.txt"
_WIDTH = 110

_FILES: dict[Kind, str] = {
    "csv": """One file a table, RFC 4180: commas, CRLF, double quotes, UTF-8 without a byte-order mark, a header
        line. Chart text has line breaks inside its quotes. Text that begins with = + - or @ (or a tab) has an
        apostrophe before it, so that no spreadsheet takes it for a formula. Dates are 2026-05-31, an empty cell is no
        value.""",
    "parquet": """One file a table and chunk, such as claims-00000.parquet; read all chunks of a table together. Cents
        are int64, dates date32, moments timestamps without a zone; each column has its description under `says`.""",
    "fhir": """bundles-00000.ndjson and so on: one FHIR R4B (4.3.0) Bundle of type collection a line, one line a case,
        in order of the cases; UTF-8, lines end with LF. Every reference leads to a resource of the same bundle, or has
        a number or a name and no address. Amounts are dollars with two decimals. Moments are Central time of the
        office. Every resource has the tag HTEST (test health data); numbers of clinicians and facilities are marked as
        training numbers.""",
    "pdf": """claims-00000.pdf and so on: for each case of a chunk, in order, the claim with the boxes of a CMS-1500
        or a UB-04, and behind it, on pages of its own, what the payer answered, in words. The outline lists the claims.
        The forms are drawings of our own, not the copyrighted ones.""",
    "x12": """claims-00000.837p.x12 (professional) and claims-00000.837i.x12 (institutional) are what the office sent,
        acks-00000.837p.999.x12 says that the file held to the guide, acks-00000.277ca.x12 which claims were
        taken in and which were turned away before a decision, and remits-00000.835.x12 what the payers decided.
        Before the visits the office asked about coverage (eligibility-00000.270.x12, answered in
        eligibility-00000.271.x12); when the last claim of a chunk had come in, it asked where each claim was
        (status-00000.276.x12, answered in status-00000.277.x12). A line a segment; every interchange is marked
        as a test (T). `flask --app wsgi x12 read FILE` says any of them in words.""",
}
_SYNTHETIC = """Nobody in these files exists. Patients, clinicians, facilities, payers, plans, numbers and amounts are
    made by a program from the seed; any likeness is chance. They are for practice and teaching. Never send them to a
    payer, and draw no conclusion from them about real patients, payers or prices. How often claims are denied, and why,
    is illustrative: no public source ranks the reasons."""
_CODES = """A code of a Z and four digits is a training code: it stands where a licensed code set would. Reasons are in
    our own words."""
_ANSWERS = "The column `planted` of claims names what was made wrong: take it out before learners get the files."
# What each resource of a bundle is, in the order in which they come.
_RESOURCES = (
    ("Patient", "the patient as the office registered her, with earlier names and addresses"),
    ("RelatedPerson", "who holds the coverage of a dependent"),
    ("Organization", "the payers, and the facility; with Location"),
    ("Practitioner", "the clinicians of the case; with PractitionerRole for the specialty, in words"),
    ("Coverage", "the payers' enrollment, in order of payment; one tagged as-registered is what the front desk wrote "
                 "down where it says something else, and what the claim refers to"),
    ("Encounter", "the visit or stay; its diagnoses are Conditions, in right order"),
    ("Condition", "what the chart supports, with its words: the answer to a coding exercise. Not always what was "
                  "billed: see Claim. Take it out before learners code the chart"),
    ("Procedure", "ICD-10-PCS codes of a stay, charges for procedures of a visit"),
    ("DocumentReference", "the chart, document by document, its text in base64; preliminary when nobody signed"),
    ("Claim", "what the office sent, right or wrong"),
    ("ExplanationOfBenefit", "what the payer decided, line by line: submitted = benefit + the adjustments, by group "
                             "and reason. total, payment and benefitBalance follow"),
    ("ClaimResponse", "instead of it, outcome error, for a claim that was rejected: it never reached adjudication"),
    ("AuditEvent", "the access log of the chart"),
)


def text(manifest: Manifest) -> str:
    """Return the README of an export."""
    return "\n".join(_lines(manifest)) + "\n"


def _lines(manifest: Manifest) -> Iterator[str]:
    order = manifest.order
    yield f"Chartroom: {order.count:,} synthetic cases of the seed {order.seed!r}, as {order.kind}"
    yield ""
    yield from _wrapped(_SYNTHETIC)
    yield ""
    yield from _wrapped(f"{_CODES} {_ANSWERS}" if order.kind in ("csv", "parquet") else _CODES)
    yield ""
    yield "Files"
    yield from _wrapped(_FILES[order.kind])
    yield from _wrapped(f"""manifest.json names every file with its SHA-256, and the versions of the program and the
        code sets that made them, in chunks of {order.chunk} cases. The same seed, count and versions give the same
        bytes.""")
    if order.kind == "fhir":
        yield ""
        yield "Resources of a bundle, in order"
        for name, says in _RESOURCES:
            yield from textwrap.wrap(f"{name:22}{says}.", _WIDTH, initial_indent="  ", subsequent_indent=" " * 24)
    if order.kind in ("csv", "parquet"):
        yield ""
        yield "Tables. `case` joins them all; a column that ends in _cents is whole cents."
        for table in TABLES:
            yield from _table(table, order.kind)


def _wrapped(words: str) -> list[str]:
    return textwrap.wrap(" ".join(words.split()), _WIDTH)


def _table(table: Table, kind: Kind) -> Iterator[str]:
    yield ""
    yield f"{table.name}{'.csv' if kind == 'csv' else '-*.parquet'}"
    yield f"  {table.says}"
    for column in table.columns:
        yield f"    {column.name:24}{column.kind.replace('_', ' '):8}{column.says}"
