"""The command line of the question bank: `flask --app wsgi bank check`, `… sources`, `… blind`, `… compare`."""

import datetime as dt
import re
import sys
from pathlib import Path

import click
from flask import Flask, current_app

from app.actions.items import keep_all_figures
from app.cli import Noun, stop, the_office
from app.learning.bank_check import check as check_bank
from app.learning.coverage import lines as coverage_lines
from app.learning.leaning import leaning
from app.learning.second_look import REVIEWS, add_reviews, agreed_rows, read_reviews, to_answer
from app.learning.second_look import blind as without_keys
from app.learning.second_look import compare as compare_answers

bank = Noun("bank", help="The question bank.")


def set_up(app: Flask) -> None:
    """Give the application its commands."""
    app.cli.add_command(bank)


@bank.command("check")
def check() -> None:
    """Check every question; print counts by domain and level, and file:line for what is wrong."""
    report = check_bank(the_office().bank, the_office().codes.is_billable, whole=True, reviews=read_reviews(_reviews()))
    for line in report.lines():
        click.echo(line)
    for problem in report.problems:
        click.echo(problem, err=True)
    if report.problems:
        sys.exit(2)


@bank.command("sources")
@click.argument("entry_id", default="")
@click.option("--on", type=click.DateTime(["%Y-%m-%d"]), help="The day to judge by; today when not given.")
def sources(entry_id: str, on: dt.datetime | None) -> None:
    """List the sources that are due for review or withdrawn, each with what leans on it; or the one named."""
    register = the_office().bank.register
    if entry_id and entry_id not in register.entries:
        stop(f"there is no source {entry_id!r} in question_bank/sources.yaml")
    entries = (register.entries[entry_id],) if entry_id else register.due((on or dt.datetime.now(dt.UTC)).date())
    for line in leaning(the_office().bank, entries):
        click.echo(line)


@bank.command("coverage")
@click.argument("outline_id", default="")
def coverage(outline_id: str) -> None:
    """Print how far the bank covers each outline, or the one named."""
    outlines = {outline.id: outline for outline in the_office().outlines}
    if outline_id and outline_id not in outlines:
        stop(f"there is no outline {outline_id!r}. Known: {', '.join(outlines)}")
    for outline in [outlines[outline_id]] if outline_id else outlines.values():
        for line in coverage_lines(the_office().bank, outline):
            click.echo(line)
        click.echo()


@bank.command("figures")
def figures() -> None:
    """Compute the figures of every item in use anew, and set aside what misleads."""
    click.echo(f"{keep_all_figures(the_office().bank)} items with answers")


@bank.command("blind")
@click.option("--only", default="", help="Begin of the item ids, or of the file, such as privacy/.")
@click.option("--unseen", is_flag=True, help="Only items without a row in reviews.csv.")
@click.option("--part", default="1/1", show_default=True, help="The part of it, such as 2/8.")
def blind(only: str, unseen: bool, part: str) -> None:
    """Print items without their keys, to be answered a second time by somebody who has not seen them."""
    found = re.fullmatch(r"([1-9]\d{0,2})/([1-9]\d{0,2})", part)
    if not found or int(found[1]) > int(found[2]):
        stop(f"a part reads 2/8: {part!r} does not")
    chosen = to_answer(the_office().bank, only, read_reviews(_reviews()) if unseen else ())
    for line in without_keys(chosen[int(found[1]) - 1::int(found[2])]):
        click.echo(line)


@bank.command("compare")
@click.argument("answers", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--record", is_flag=True, help="Add a row for each agreed item to reviews.csv.")
def compare(answers: Path, record: bool) -> None:
    """Compare a file of second answers (id, tab, answer) with the keys; print where they differ."""
    compared = compare_answers(the_office().bank, answers.read_text(encoding="utf-8"))
    for line in compared.lines():
        click.echo(line)
    if record:
        add_reviews(_reviews(), agreed_rows(the_office().bank, compared, dt.datetime.now(dt.UTC).date()))


def _reviews() -> Path:
    return Path(current_app.root_path).parent / "question_bank" / REVIEWS
