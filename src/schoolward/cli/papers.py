"""``schoolward report``: a report's files for a date."""

from __future__ import annotations

import os
from datetime import datetime
from pathlib import Path

import click

from schoolward.cli import installation, terminal
from schoolward.cli.outcome import CommandError, ExitCode


@click.command(epilog="\b\nExample:\n  schoolward report board-summary --as-of 2012-09-06 --out paper/")
@click.argument("key")
@click.option(
    "--as-of", required=True, type=click.DateTime(["%Y-%m-%d"]), help="The day the report stands at."
)
@click.option(
    "--out",
    required=True,
    type=click.Path(file_okay=False, path_type=Path),
    help="Folder for the PDF, the CSV annex, the JSON and their checksums.",
)
@click.option("--json", "as_json", is_flag=True, help="Write the result as JSON.")
def report(key: str, as_of: datetime, out: Path, as_json: bool) -> None:
    """Render the report KEY, e.g. board-summary, and say which share of its numbers opens its records."""
    installation.start()
    from schoolward.reports import registry
    from schoolward.reports.beginning import check_day
    from schoolward.reports.composing import SectionError
    from schoolward.reports.errors import ReportError
    from schoolward.reports.rendering import render

    by = installation.operator()
    try:
        registry.get(key)
        check_day(as_of.date(), at=by.at)
        _make_folder(out)
        done = render(key, as_of.date(), out, by=by)
    except registry.UnknownReport as error:
        raise CommandError(f"{str(error)[:1].upper()}{str(error)[1:]}.", ExitCode.NOT_FOUND) from None
    except (ReportError, SectionError) as error:
        raise CommandError(str(error), ExitCode.REFUSED) from None
    if as_json:
        terminal.write_json(done)
        return
    for path in done["paths"]:
        click.echo(path)
    for name, value in done["traceability"].items():
        terminal.say(f"{name}: {'no number has a value yet' if value is None else value}")


def _make_folder(out: Path) -> None:
    """Refuse a folder that cannot be had before the paper is composed for it."""
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        why = error.strerror or "it cannot be made"
    else:
        if os.access(out, os.W_OK | os.X_OK):
            return
        why = "it cannot be written to"
    raise CommandError(
        f"The folder {out} cannot be used ({why}); give another with --out.", ExitCode.NOT_READY
    )
