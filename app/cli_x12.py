"""The command line of electronic files: `flask --app wsgi x12 read FILE`."""

import sys
from typing import Any, BinaryIO, NoReturn

import click
from flask import Flask

from app.cli import Noun

LIMIT = 50_000_000  # bytes: every segment becomes text in memory


class X12(Noun):
    """A noun whose words are checked here too: a missing or misspelled option, or an absent file, is one line."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run the verb."""
        try:
            return super().invoke(ctx)
        except click.UsageError as error:
            _stop(" ".join(error.format_message().split()))


x12 = X12("x12", help="Electronic claims, remittances and their answers.")


def set_up(app: Flask) -> None:
    """Give the application its command."""
    app.cli.add_command(x12)


def _stop(message: str) -> NoReturn:
    click.echo(message, err=True)
    sys.exit(2)


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
        raw = file.read(LIMIT + 1)
    except OSError as error:
        _stop(f"{file.name} cannot be read: {error.strerror}")
    if len(raw) > LIMIT:
        _stop(f"{file.name} has more than {LIMIT:,} bytes; that is more than is read at once")
    try:
        click.echo(as_text(read(as_characters(raw)), summary=summary))
    except X12Error as error:
        if error.file is not None:
            click.echo(as_text(error.file, summary=summary))
        for problem in error.problems[:-1]:
            click.echo(f"{file.name}: {problem}", err=True)
        _stop(f"{file.name}: {error.problems[-1]}")


def as_characters(raw: bytes) -> str:
    """Return the text of a file: UTF-8, or UTF-16 with its mark, or one byte a character (every byte is one)."""
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        return raw.decode("utf-16", errors="replace")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return raw.decode("latin-1")
