"""The blueprint of accounts."""

from flask import Blueprint

blueprint = Blueprint("accounts", __name__)

from app.web.accounts import passwords, views  # noqa: E402, F401  (the views register themselves)
