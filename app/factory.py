"""Make the application: set-up calls in their order. No query, no migration, no import of code sets."""

import datetime as dt

from flask import Flask, request
from jinja2 import StrictUndefined
from werkzeug.middleware.proxy_fix import ProxyFix

from app import cli, cli_bank, cli_codes, cli_world, cli_x12, extensions
from app.actions import accounts as account_actions
from app.config import Settings, from_environment
from app.learning.office import Office
from app.store import models  # noqa: F401  (every table is known before the first query)
from app.web import errors, gate, limits
from app.web.about.views import blueprint as about
from app.web.accounts.blueprint import blueprint as accounts
from app.web.bank.views import blueprint as bank
from app.web.classes.views import blueprint as classes
from app.web.drills.views import blueprint as drills
from app.web.encoder.blueprint import blueprint as encoder
from app.web.home.views import blueprint as home
from app.web.public.views import blueprint as public
from app.web.questions.views import blueprint as questions
from app.web.workbench.blueprint import blueprint as workbench
from app.web.x12.views import blueprint as x12

BLUEPRINTS = (public, about, accounts, home, encoder, workbench, drills, questions, bank, classes, x12)


def create_app(settings: Settings | None = None) -> Flask:
    """Return the application for `settings` (those of this machine when None). Raises SettingsError."""
    chosen = settings or from_environment()
    app = Flask(__name__, template_folder="web/templates", static_folder="web/static",
                instance_path=str(chosen.instance))
    app.request_class = limits.Request
    _configure(app, chosen)
    _extend(app, chosen)
    app.extensions["office"] = Office(chosen.root, chosen.codes)
    gate.set_up(app)
    errors.set_up(app)
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
    app.context_processor(_for_every_page)
    cli.set_up(app)
    cli_bank.set_up(app)
    cli_world.set_up(app, chosen.codes)
    cli_x12.set_up(app)
    cli_codes.set_up()
    return app


def _configure(app: Flask, settings: Settings) -> None:
    app.config.update(
        SECRET_KEY=settings.secret_key, SQLALCHEMY_DATABASE_URI=settings.database_url, TESTING=settings.testing,
        MAX_CONTENT_LENGTH=256 * 1024, MAX_FORM_PARTS=400, SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax", SESSION_COOKIE_SECURE=settings.secure_cookies,
        PERMANENT_SESSION_LIFETIME=dt.timedelta(days=30), WTF_CSRF_TIME_LIMIT=None,
        RATELIMIT_STORAGE_URI=settings.redis_url or "memory://", RATELIMIT_ENABLED=not settings.testing,
        SEND_FILE_MAX_AGE_DEFAULT=86_400, SITE_URL=settings.site_url, MAIL=settings.mail,
    )
    if settings.proxies:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=settings.proxies, x_proto=settings.proxies,  # type: ignore[method-assign]
                                x_host=settings.proxies)
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    account_actions.use_hash_cost(*settings.hash_cost)


def _extend(app: Flask, settings: Settings) -> None:
    extensions.db.init_app(app)
    extensions.migrate.init_app(app, extensions.db, directory=str(settings.root / "app/store/migrations"))
    extensions.csrf.init_app(app)
    extensions.limiter.init_app(app)


def _for_every_page() -> dict[str, object]:
    return {"theme": request.cookies.get("theme", "")}
