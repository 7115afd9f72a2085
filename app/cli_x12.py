"""The command line of electronic files: `flask --app wsgi x12 read FILE`, `flask --app wsgi x12 check FILE`."""

import sys
from collections.abc import Sequence
from typing import BinaryIO, NoReturn

import click
from flask import Flask

from app.cli import Noun, stop

LIMIT = 50_000_000  # bytes: every segment becomes text in memory


x12 = Noun("x12", help="Electronic claims, remittances and their answers.")


def set_up(app: Flask) -> None:
    """Give the application its command."""
    app.cli.add_command(x12)


@x12.command("read")
@click.argument("file", metavar="FILE", type=click.File("rb"))
@click.option("--summary", is_flag=True, help="Only what each claim says, not every segment.")
def read_(file: BinaryIO, *, summary: bool) -> None:
    """Print an 837, an 835 or another X12 file in words. `-` reads standard input.

    A damaged file is printed as far as it can be read; what is wrong goes to standard error, a line each, and the exit
    status is 2.
    """
    from app.billing.x12.reading import X12Error, as_text, read  # the tables are not needed by other commands

    try:
        click.echo(as_text(read(_text_of(file)), summary=summary))
    except X12Error as error:
        if error.file is not None:
            click.echo(as_text(error.file, summary=summary))
        _damaged(file.name, error.problems)


@x12.command("check")
@click.argument("file", metavar="FILE", type=click.File("rb"))
@click.option("--raw", is_flag=True, help="Print the 999 itself, not its words.")
def check_(file: BinaryIO, *, raw: bool) -> None:
    """Check a file against its guide and print the 999 that a clearinghouse would send. `-` reads standard input.

    The exit status is 0 when the file is accepted, 1 when it is not, 2 when it cannot be checked.
    """
    from app.billing.x12.checking import CannotCheck, checked  # pyx12 is not needed by other commands
    from app.billing.x12.reading import X12Error, as_text, read

    try:
        found = checked(_text_of(file))
    except X12Error as error:
        _damaged(file.name, error.problems)
    except CannotCheck as error:
        stop(f"{file.name}: {error}")
    if found.receipt:
        click.echo(found.receipt.strip() if raw else as_text(read(found.receipt)))
    else:
        click.echo("\n".join(found.faults) or "no receipt is written for this kind of file")
    click.echo(f"{file.name}: {'accepted' if found.accepted else 'not accepted'}", err=True)
    sys.exit(0 if found.accepted else 1)


def _text_of(file: BinaryIO) -> str:
    from app.billing.x12.reading_bytes import characters

    try:
        raw = file.read(LIMIT + 1)
    except OSError as error:
        stop(f"{file.name} cannot be read: {error.strerror}")
    if len(raw) > LIMIT:
        stop(f"{file.name} has more than {LIMIT:,} bytes; that is more than is read at once")
    return characters(raw)


def _damaged(name: str, problems: Sequence[object]) -> NoReturn:
    """A line each; the last with the exit status."""
    for problem in problems[:-1]:
        click.echo(f"{name}: {problem}", err=True)
    stop(f"{name}: {problems[-1]}")
