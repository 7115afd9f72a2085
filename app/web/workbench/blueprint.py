"""The blueprint of scenarios, attempts and the code look-up."""

from flask import Blueprint

blueprint = Blueprint("workbench", __name__)

from app.web.workbench import codes, filters, scenarios, steps  # noqa: E402, F401  (the views register themselves)
