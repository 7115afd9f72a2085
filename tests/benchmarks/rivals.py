"""What the chain is measured against, and the chain itself: each a function that does one unit of work, warm, off disk.

- `chain`: case `i` of a population (`app/learning/population.py`: patient, household, coverage, encounter, chart,
  charges, in one case of eight a defect; claim; adjudication with its trace), then its 837 and its 835 as text, one
  file each. A stay or an emergency is an 837I; a claim that the front door rejects has no 835.
- `faker_profile`: ten fields of a person from Faker's en_US, weighted as it is by default: first name, last name, birth
  date, SSN, street, city, state, ZIP, telephone, email.
- `x12sdk_pair`: `generate_837p` and `generate_835` of x12sdk for one claim each (it draws the two apart: they do not
  answer one another).
- `synthea_claims`: whole lives in PySynthea's default modules (its unit of work is a life, of which claims are a part),
  then the FHIR Claim and ExplanationOfBenefit of every encounter that cost something, as its exporter makes them.
"""

import contextlib
import datetime as dt
import gc
import io
import tempfile
import time
from collections.abc import Callable, Sequence
from functools import cache

from app.billing.x12 import claims, remittances
from app.billing.x12.envelope import interchange
from app.billing.x12.parties import parties_from
from app.billing.x12.remittances import Answered
from app.coding.editions import SqliteCodeIndex
from app.learning.population import Billed, billed
from tests.codes import built_index

LIVES = range(6)  # the first people of PySynthea's population 7, with 671 claims


def rate(work: Callable[[int], object], numbers: Sequence[int]) -> float:
    """Return units a second of CPU time."""
    gc.collect()
    start = time.process_time()
    for number in numbers:
        work(number)
    return len(numbers) / (time.process_time() - start)


@cache
def codes() -> SqliteCodeIndex:
    """Return the code index that the tests use."""
    return SqliteCodeIndex(built_index())


def chain(seed: str, index: int) -> tuple[Billed, str, str]:
    """Return a case with the text of its claim and of its remittance ("" when the front door rejected it)."""
    case = billed(seed, index, codes())
    claim, answer = case.claim, case.answer
    row = Answered(claim, parties_from(case.facts, claim), answer)
    made = dt.datetime.combine(claim.received, dt.time(18))
    filed = claims.transaction(claim.form, [(claim, row.parties)], batch="1", made=made)
    claim_text = interchange("837P" if claim.form == "professional" else "837I", [filed], control=1, made=made)
    if answer.remittance.status == "rejected":
        return case, claim_text, ""
    made = dt.datetime.combine(answer.remittance.decided, dt.time(18))
    return case, claim_text, interchange("835", [remittances.transaction([row], check="1")], control=1, made=made)


def is_professional(seed: str, index: int) -> bool:
    """Whether the claim of a case is an 837P."""
    return billed(seed, index, codes()).claim.form == "professional"


def faker_profile() -> Callable[[], object]:
    """Return the function that makes a profile."""
    from faker import Faker

    Faker.seed(1)
    fake = Faker("en_US")
    return lambda: (fake.first_name(), fake.last_name(), fake.date_of_birth(), fake.ssn(), fake.street_address(),
                    fake.city(), fake.state_abbr(), fake.zipcode(), fake.phone_number(), fake.email())


def x12sdk_pair() -> Callable[[int], object]:
    """Return the function that makes the pair of a seed."""
    from x12sdk.generate import generate_835, generate_837p

    return lambda seed: (generate_837p(seed=seed, claims=1), generate_835(seed=seed, claims=1))


def synthea_claims() -> Callable[[], int]:
    """Return the function that lives `LIVES` and returns how many claims they made."""
    with contextlib.redirect_stdout(io.StringIO()), tempfile.TemporaryDirectory() as folder:
        from synthea.engine.generator import Generator, GeneratorOptions
        from synthea.export.fhir import FHIRExporter
        from synthea.helpers.config import Config

        options, config = GeneratorOptions(), Config()
        options.seed, options.reference_date, options.reference_date_explicit = 7, dt.datetime(2026, 1, 1), True
        config.set("exporter.baseDirectory", folder)  # it makes folders there and, this way, no files
        generator = Generator(options, config)
    writer = next(row for row in generator.exporter.patient_exporters if isinstance(row, FHIRExporter))

    def live() -> int:
        made = 0
        for index in LIVES:
            person = generator.generate_person(index)
            bundle: dict[str, list[object]] = {"entry": []}
            writer._add_financial(bundle, person)
            made += sum(row["resource"]["resourceType"] == "Claim" for row in bundle["entry"])  # type: ignore[index]
        return made

    return live
