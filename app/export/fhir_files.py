"""FHIR R4B as NDJSON: one Bundle a line, one line a case, one file a chunk."""

from collections.abc import Iterable
from pathlib import Path

from app.billing.fhir.bundle import Submission, bundle, encode
from app.learning.population import Billed


def write(cases: Iterable[Billed], folder: Path, chunk: int) -> list[str]:
    """Write a chunk, case by case. Return the name of its file."""
    name = f"bundles-{chunk:05d}.ndjson"
    with (folder / name).open("wb") as file:
        for case in cases:
            sent = Submission(case.claim, case.answer, case.context)
            file.write(encode(bundle(case.facts, (sent,))) + b"\n")
    return [name]
