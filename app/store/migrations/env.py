"""How migrations run: on the application's own engine, each run in one transaction, on SQLite too."""

from typing import Any, Literal

from alembic import context
from flask import current_app
from sqlalchemy import Connection

from app.store.models.types import UtcDateTime


def _render(kind: str, thing: Any, _: Any) -> str | Literal[False]:
    """A migration stands by itself: it names the column type of the database, not our own."""
    return "sa.DateTime()" if kind == "type" and isinstance(thing, UtcDateTime) else False


def _foreign_keys(connection: Connection, switch: Literal["ON", "OFF"]) -> None:
    """On SQLite a changed table is made anew and the old one dropped; with foreign keys on, that would delete the
    rows that point to it. The switch works only outside a transaction."""
    if connection.dialect.name == "sqlite":
        raw: Any = connection.connection.dbapi_connection
        raw.execute(f"PRAGMA foreign_keys={switch}")


def _refuse_orphans(connection: Connection) -> None:
    if connection.dialect.name == "sqlite":
        orphans = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
        if orphans:
            raise RuntimeError(f"the migration would leave rows that point to nothing: {orphans[:5]}")


def run() -> None:
    """Run what Alembic was asked for."""
    db = current_app.extensions["migrate"].db
    with db.engine.execution_options(writing=True).connect() as connection:
        _foreign_keys(connection, "OFF")
        try:
            context.configure(
                connection=connection, target_metadata=db.metadata, transactional_ddl=True, render_item=_render,
                **current_app.extensions["migrate"].configure_args,  # compare_type and render_as_batch among them
            )
            with context.begin_transaction():
                context.run_migrations()
                _refuse_orphans(connection)
        finally:
            connection.rollback()
            _foreign_keys(connection, "ON")


run()
