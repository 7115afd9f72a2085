"""Files to look at for whoever has none: a dozen cases of a population, as the office and its payers sent them."""

from functools import cache

from app.coding.editions import CodeIndex
from app.export.x12_files import files
from app.learning.population import population

SEED, CASES = "x12-examples", 12
# By the name in the address: what it is, and how the name of the file ends.
EXAMPLES: dict[str, tuple[str, str]] = {
    "coverage": ("Eligibility answers (271)", ".271.x12"), "claims": ("Professional claims (837P)", ".837p.x12"),
    "hospital": ("Institutional claims (837I)", ".837i.x12"), "receipt": ("Receipt of a file (999)", ".837p.999.x12"),
    "front-door": ("Claim acknowledgments (277CA)", ".277ca.x12"), "payment": ("Remittance advice (835)", ".835.x12"),
    "status": ("Claim status answers (277)", ".277.x12"),
}


@cache
def example(name: str, codes: CodeIndex) -> str:
    """Return the text of an example. Raises KeyError for an unknown name."""
    _, ending = EXAMPLES[name]
    made = files(population(SEED, codes, 0, CASES), 0)
    return next(text for file, text in made if file.removeprefix(file.split(".")[0]) == ending)
