"""The furnished office of the running application."""

from flask import current_app

from app.learning.office import Office


def office() -> Office:
    """Return the scenarios, questions and codes that this application serves."""
    found: Office = current_app.extensions["office"]
    return found
