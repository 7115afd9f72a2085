"""The clinician's answer to a query: what a vague chart did not say, once somebody has asked."""

from app.learning.case import Case
from app.learning.contract import Earlier
from app.learning.papers import FormPaper, Paper, Row
from app.learning.reading import show_date
from app.world.defects.documentation import VagueRow, vague_rows
from app.world.model import DefectRecord

ASKED = "write_query"  # the step kind in which it is asked


def unclear(case: Case) -> tuple[VagueRow, DefectRecord] | None:
    """Return what the chart of the case leaves unclear, or None."""
    for record in case.facts.defects:
        if record.id == "vague_documentation":
            return vague_rows()[record.values["row"]], record
    return None


def answered(case: Case, earlier: Earlier) -> tuple[Paper, ...]:
    """Return the answered query as a paper for the desk, once the query step lies behind."""
    found = unclear(case)
    if found is None or earlier.of(ASKED) is None:
        return ()
    row, record = found
    visit = case.facts.encounter
    on = max(case.today, visit.last)
    return (FormPaper("query", "Answered query", "Query to the clinician, answered", (("Answer", (
        Row("About", row.about), Row("Clinician", visit.provider.name), Row("Answered", show_date(on)),
        Row("Addendum to the record", f"{record.values['answer'][:1].upper()}{record.values['answer'][1:]}."),
    )),), note="The clinician has added this to the record. Code from it as from any other document of the chart."),)
