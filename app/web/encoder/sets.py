"""What code sets this site has: edition, source, counts, and what is missing."""

from flask import render_template

from app.coding.catalog import catalog
from app.web.encoder.blueprint import blueprint
from app.web.office import office


@blueprint.get("/codes/sets")
def code_sets() -> str:
    """List the code sets."""
    index = office().codes
    editions = zip(index.editions("icd10cm"), index.editions("icd10pcs"), strict=True)
    return render_template("encoder/code_sets.html", cards=catalog(index), editions=editions)
