"""Filled forms out, and crosswalks in, on the command line."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import BinaryIO

import click

from schoolward.cli import installation, terminal
from schoolward.cli.bringing_in import bring_in
from schoolward.cli.instruments import version_of


@click.command(
    name="fillings",
    epilog="\b\nExample:\n  schoolward forms fillings door-check --out filled.csv",
)
@click.argument("identifier", metavar="ID")
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="Write to this file.")
def export_fillings(identifier: str, out: Path | None) -> None:
    """Write the filled forms of a version as CSV. ID is as for `forms export`.

    One row is a filled form; each instance of a repeat has a row of its own. The export is on record.
    """
    installation.start()
    from schoolward.domains.assessments.filling_tables import take_fillings_out
    from schoolward.platform.exchange.writers import write_csv

    columns, rows = take_fillings_out(version_of(identifier), by=installation.operator())
    content = b"".join(write_csv(columns, rows))
    if out is not None:
        out.write_bytes(content)
        terminal.say(f"The filled forms are written to {out}.")
    else:
        sys.stdout.buffer.write(content)


@click.command(
    name="crosswalk",
    epilog="\b\nExample:\n  schoolward forms crosswalk our-walk-1-to-2.yaml --dry-run",
)
@click.argument("file", type=click.File("rb"))
@click.option("--dry-run", is_flag=True, help="Say what would happen; change nothing.")
@click.option("--json", "as_json", is_flag=True, help="Write the result as JSON.")
def import_crosswalk(file: BinaryIO, dry_run: bool, as_json: bool) -> None:
    """Bring in the crosswalk FILE (YAML, `-` for standard input): which items of two versions ask the same.

    The same file again changes nothing. Exits with 5 where it is refused; the message names line and mend.
    """
    installation.start()
    from schoolward.domains.assessments import actions

    bring_in(
        file,
        add=actions.add_crosswalk,
        tell=lambda added: {
            "key": added.row.key,
            "title": added.row.title,
            "links": added.row.links,
            "is_new": added.is_new,
            "sha256": added.row.sha256,
        },
        sentence=lambda told: f"{told['key']}, {told['links']} links",
        dry_run=dry_run,
        as_json=as_json,
    )
