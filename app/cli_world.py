"""The command line of the world: `flask --app wsgi world export`, `… census`, `… check`, `… defects`."""

import sys
import time
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path

import click
from flask import Flask, current_app

from app.cli import Noun, stop
from app.export.order import KINDS, BadOrder, make_order

WORKERS = 32  # more than any machine has use for
GOES_ON = "What is done is kept; the same command goes on."


world = Noun("world", help="The world of the cases.")


def set_up(app: Flask, codes: Path) -> None:
    """Give the application its commands. `codes` is the built code index: workers open it by themselves."""
    app.config["CODES_PATH"] = codes
    app.cli.add_command(world)


@world.command("export")
@click.option("--seed", required=True, help="Names the population: the same seed, the same cases.")
@click.option("--count", required=True, type=int, help="Cases, 1 to 1,000,000.")
@click.option("--as", "kind", required=True, type=click.Choice(KINDS), help="What to write.")
@click.option("--to", "folder", required=True, type=click.Path(path_type=Path),
              help="A new folder, or one to go on in.")
@click.option("--workers", default=1, show_default=True, type=click.IntRange(1, WORKERS), help="Processes.")
def export_(seed: str, count: int, kind: str, folder: Path, workers: int) -> None:
    """Write a population to files. Stopped at any moment, the same command goes on where it was."""
    from app.export.run import export  # the writers are not needed by a site that serves pages

    try:
        order = make_order(seed, count, kind)
        told = Told(order.count)
        manifest = export(order, folder, current_app.config["CODES_PATH"], workers=workers,
                          progress=told.progress)
    except BadOrder as error:
        stop(str(error))
    except FileNotFoundError:
        raise  # the code index: the noun says how to build it
    except OSError as error:
        stop(f"{folder} cannot be written: {error.strerror}. {GOES_ON}")
    except BrokenProcessPool:
        stop(f"a worker was stopped from outside; was there memory enough for {workers}? {GOES_ON}")
    told.end()
    click.echo(f"{order.count:,} cases, {len(manifest.files)} files in {folder}; README.txt says what is in them")


@world.command("defects")
def defects_() -> None:
    """Print the table of docs/defects.md: every defect, and how an expert would notice it."""
    from app.world.defects.listing import table

    click.echo(table())


@world.command("census")
def census_() -> None:
    """Count the world for the page /about/world; do it again when templates or plans have changed."""
    from app.learning.census import KeptCensus, census, version
    from app.learning.population import population
    from app.web.about import kept

    start = time.perf_counter()
    cases = population(kept.SEED, current_app.extensions["office"].codes, 0, kept.CASES)
    kept.keep(KeptCensus(kept.SEED, version(), census(cases)))
    click.echo(f"{kept.CASES:,} cases counted in {time.perf_counter() - start:.0f} s, kept in {kept.PATH}")


@world.command("check")
@click.option("--seeds", default=10_000, show_default=True, type=click.IntRange(1, 1_000_000), help="Clean cases.")
@click.option("--seed", default="world", show_default=True, help="Names the population: the same seed, the same cases.")
def check_(seeds: int, seed: str) -> None:
    """Prove of many clean cases that person, season, codes, papers and dates agree. Exit status 1 when they do not."""
    from app.learning.world_check.run import CHECKS, check_world

    told = Told(seeds)
    report = check_world(seed, seeds, current_app.extensions["office"].codes, told.progress)
    told.end()
    for line in report.lines():
        click.echo(line)
    for problem in report.problems:
        click.echo(problem.line(), err=True)
    click.echo(f"{report.cases:,} cases, {len(report.rows)} templates, {len(CHECKS)} checks, "
               f"{len(report.problems):,} problems, {told.seconds:.0f} s")
    if report.problems:
        sys.exit(1)


class Told:
    """Progress on standard error: a line that moves in a terminal, and a line each 10 % elsewhere."""

    def __init__(self, count: int) -> None:
        self._all, self._start, self._tenths = count, time.perf_counter(), 0
        self._moves = sys.stderr.isatty()
        self._open = False

    def progress(self, done: int, kept: int = 0) -> None:
        """Tell that `done` cases are written or checked, `kept` of them by earlier runs."""
        tenths = 10 * done // self._all
        if not self._moves and tenths == self._tenths:
            return
        self._tenths = tenths
        click.echo(f"\r{self._line(done, kept)}\x1b[K" if self._moves else self._line(done, kept), nl=not self._moves,
                   err=True)
        self._open = self._moves

    def end(self) -> None:
        """Leave the moving line."""
        if self._open:
            click.echo("", err=True)

    @property
    def seconds(self) -> float:
        """Return the seconds since the start."""
        return time.perf_counter() - self._start

    def _line(self, done: int, kept: int) -> str:
        rate = (done - kept) / max(time.perf_counter() - self._start, 0.001)
        left = int((self._all - done) / max(rate, 0.001))
        return (f"{done:,} of {self._all:,} cases, {100 * done // self._all} %, {rate:,.0f} a second, "
                f"{left // 60}:{left % 60:02d} left")
