"""Both databases that the site runs on."""

import pytest

from app.extensions import db
from app.factory import create_app
from tests.conftest import settings_for
from tests.store.postgres import server


@pytest.fixture(scope="session")
def postgres(tmp_path_factory):
    with server(tmp_path_factory.mktemp("postgres")) as url:
        yield url


BOTH = [pytest.param("sqlite", id="sqlite"),
        pytest.param("postgres", id="postgres", marks=[pytest.mark.postgres, pytest.mark.xdist_group("databases")])]


@pytest.fixture(params=BOTH)
def bare(request, tmp_path):
    """An application on a database without tables."""
    changes = {}
    if request.param == "postgres":
        changes["database_url"] = request.getfixturevalue("postgres")
    made = create_app(settings_for(tmp_path, **changes))
    with made.app_context():
        yield made
        db.session.remove()
        if request.param == "postgres":
            with db.engine.begin() as connection:
                connection.exec_driver_sql("DROP SCHEMA public CASCADE; CREATE SCHEMA public")
        db.engine.dispose()
