"""The blueprint of scenarios and attempts."""

from flask import Blueprint

blueprint = Blueprint("workbench", __name__)

from app.web.workbench import filters, scenarios, steps  # noqa: E402, F401  (the views register themselves)
