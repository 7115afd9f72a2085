"""The command line: `flask --app wsgi <noun> <verb>`, thin over the rest. Bad input: one line, exit status 2."""

import sqlite3
import sys
import time
from contextlib import closing
from pathlib import Path
from typing import Any, NoReturn

import click
import msgspec
from flask import Flask, current_app
from flask.cli import AppGroup
from flask_migrate import upgrade
from sqlalchemy.exc import OperationalError

from app.actions import demonstration
from app.jobs.guests import forget_idle_guests
from app.learning.building import CannotBuild, build_case
from app.learning.checking import check_scenario, lay, right_response
from app.learning.contract import Earlier
from app.learning.office import Office
from app.payer.story import story


class Noun(AppGroup):
    """A group of verbs. What the person at the terminal can put right is told in one line, without a traceback."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run the verb."""
        try:
            return super().invoke(ctx)
        except click.UsageError as error:  # a missing or misspelled word
            stop(" ".join(error.format_message().split()))
        except FileNotFoundError as error:  # the code index, with the command that builds it
            stop(str(error))
        except OperationalError as error:
            stop(f"the database: {str(error.orig).strip().splitlines()[0]}. Is DATABASE_URL right, and the server up?")


scenarios = Noun("scenarios", help="Scenarios.")
case = Noun("case", help="Cases of a scenario.")
codes = Noun("codes", help="The code index.")
demo = Noun("demo", help="The demonstration class.")
office_group = Noun("office", help="The whole office.")


def set_up(app: Flask) -> None:
    """Give the application its commands."""
    for group in (scenarios, case, codes, demo, office_group):
        app.cli.add_command(group)


def the_office() -> Office:
    """Return the office of the application that runs the command."""
    found: Office = current_app.extensions["office"]
    return found


def stop(message: str) -> NoReturn:
    """Tell what the person at the terminal can put right, in one line, and end with status 2."""
    click.echo(message, err=True)
    sys.exit(2)


@scenarios.command("check")
@click.option("--seeds", default=20, show_default=True, type=click.IntRange(1, 100_000))
@click.option("--only", default="", help="The id of one scenario.")
def scenarios_check(seeds: int, only: str) -> None:
    """Check that over many seeds the key scores full marks, blank none, and mistakes are named."""
    library = the_office().library
    if only and only not in library.scenarios:
        stop(f"there is no scenario {only!r}. Known: {', '.join(library.scenarios)}")
    failures = 0
    for problem in library.problems:
        click.echo(problem, err=True)
    for scenario in library.scenarios.values():
        if only and scenario.id != only:
            continue
        start, found = time.perf_counter(), 0
        for failure in check_scenario(scenario, map(str, range(1, seeds + 1)), the_office().codes):
            found += 1
            click.echo(failure.line(), err=True)
        failures += found
        click.echo(f"{scenario.id:34} {seeds} seeds  {found} failures  {time.perf_counter() - start:.1f} s")
    checked = 1 if only else len(library.scenarios)
    click.echo(f"{checked} scenarios, {seeds} seeds each, {failures} failures, {len(library.problems)} bad files")
    if failures or library.problems:
        sys.exit(2)


@case.command("show")
@click.argument("scenario_id", metavar="SCENARIO")
@click.option("--seed", required=True)
def case_show(scenario_id: str, seed: str) -> None:
    """Print one case as JSON, with its key and the payer's trace."""
    scenario = the_office().library.scenarios.get(scenario_id)
    if scenario is None:
        stop(f"there is no scenario {scenario_id!r}. Known: {', '.join(the_office().library.scenarios)}")
    try:
        built = build_case(scenario, seed, the_office().codes)
    except CannotBuild as error:
        stop(str(error))
    keys, earlier = {}, Earlier()
    for spec in scenario.steps:
        laid = lay(built, spec, earlier)
        if laid is not None:
            keys[spec.id] = laid.key
            earlier = Earlier((*earlier.steps, (spec.id, spec.kind, right_response(laid))))
    shown = {"case": built, "keys": keys, "trace": built.adjudication.trace, "story": story(built.adjudication)}
    click.echo(msgspec.json.format(msgspec.json.encode(shown), indent=2).decode())


@codes.command("build")
def codes_build() -> None:
    """Build the index of ICD-10-CM and MS-DRG from the installed packages."""
    _build_codes(Path(current_app.instance_path) / "codes.sqlite")


@demo.command("load")
def demo_load() -> None:
    """Load the demonstration class, once."""
    for line in demonstration.load(the_office()):
        click.echo(line)


@office_group.command("prepare")
def prepare() -> None:
    """Do what is still to be done before the site can open: tables, code index, demonstration class."""
    upgrade()
    target = Path(current_app.instance_path) / "codes.sqlite"
    if not _is_current(target):
        _build_codes(target)
    if current_app.config["SITE_URL"]:  # reached from elsewhere: nobody may come in with a password that is printed
        click.echo("no demonstration class, because SITE_URL is set; `flask --app wsgi demo load` makes one")
        return
    for line in demonstration.load(the_office()):
        click.echo(line)


def _is_current(index: Path) -> bool:
    """Whether the built index is whole, and of the edition and layout that this version of the site works with."""
    from app.coding.index_build import EDITION, LAYOUT

    if not index.exists():
        return False
    try:
        with closing(sqlite3.connect(f"{index.as_uri()}?mode=ro", uri=True)) as connection:
            found = connection.execute("SELECT value FROM meta WHERE name IN ('edition', 'layout') ORDER BY name"
                                       ).fetchall()
    except sqlite3.DatabaseError:
        return False
    return bool(found == [(EDITION,), (LAYOUT,)])


@office_group.command("tidy")
def tidy() -> None:
    """Forget guests who have not come back for a month. Run it once a day."""
    click.echo(f"{forget_idle_guests()} idle guests forgotten")


def _build_codes(target: Path) -> None:
    from app.coding.index_build import build

    def progress(done: int, all_: int) -> None:
        click.echo(f"\rcode index: {100 * done // max(all_, 1)} %", nl=False)

    start = time.perf_counter()
    build(target, progress)
    click.echo(f"\rcode index: built in {time.perf_counter() - start:.0f} s, {target.stat().st_size // 1_000_000} MB")
