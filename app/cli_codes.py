"""The command line of code files of one's own: `flask --app wsgi codes import hcpcs FILE`, `codes import cpt FILE`."""

import sqlite3
from pathlib import Path

import click
from flask import current_app

from app.cli import codes
from app.cli_world import World
from app.coding.model import System
from app.learning.office import OWN_CODES

import_group = World("import", help="Import a code file of your own; it is searched on this site only.")


def set_up() -> None:
    """Give the noun `codes` its further verbs. A second application of the process finds them there."""
    codes.add_command(import_group)


@import_group.command("hcpcs")
@click.argument("file", type=click.Path(path_type=Path))
def import_hcpcs(file: Path) -> None:
    """Import CMS's complete HCPCS Level II file of a quarter (the ANWEB text, or a CSV with CMS's headings)."""
    _import(file, "hcpcs")


@import_group.command("cpt")
@click.argument("file", type=click.Path(path_type=Path))
def import_cpt(file: Path) -> None:
    """Import the CPT file that your school holds a license for: code and descriptor, tab or comma between."""
    _import(file, "cpt")


def _import(file: Path, system: System) -> None:
    from app.coding.own_files import BadCodeFile, read_cpt, read_hcpcs
    from app.coding.site_codes import import_items

    try:
        items = read_hcpcs(file) if system == "hcpcs" else read_cpt(file)
        told = import_items(Path(current_app.instance_path) / OWN_CODES, system, file.name, items,
                            lambda done: click.echo(f"\r{system}: {100 * done // len(items)} %", nl=False))
    except BadCodeFile as error:
        raise click.UsageError(str(error)) from None
    except (OSError, sqlite3.Error) as error:
        raise click.UsageError(f"the codes cannot be kept in {current_app.instance_path}: {error}") from None
    click.echo(f"\r{system}: {told.count:,} codes of {told.source} are searched on this site now")
