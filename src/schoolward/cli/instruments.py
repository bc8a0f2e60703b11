"""Instruments on the command line: bringing them in, listing them, and taking their files out again."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

import click

from schoolward.cli import installation, terminal
from schoolward.cli.bringing_in import bring_in
from schoolward.cli.outcome import CommandError, ExitCode

if TYPE_CHECKING:
    from schoolward.domains.assessments.actions import Added
    from schoolward.domains.assessments.models import InstrumentVersion


@click.command(
    name="import",
    epilog="""\b
Examples:
  schoolward forms import walk.yaml
  zip walk.zip walk.xlsx rooms.csv && schoolward forms import walk.zip
  cat walk.yaml | schoolward forms import - --json""",
)
@click.argument("file", type=click.File("rb"))
@click.option("--dry-run", is_flag=True, help="Say what would happen; change nothing.")
@click.option("--json", "as_json", is_flag=True, help="Write the result as JSON.")
def import_instrument(file: BinaryIO, dry_run: bool, as_json: bool) -> None:
    """Bring in the instrument FILE (`-` for standard input): YAML, an XLSForm or an XForm.

    A form that reads files, such as choices in rooms.csv, comes with them in one ZIP file.

    The same file again changes nothing. A version that is there never changes: give better wording a new
    version. Exits with 5 where the file is refused; the message names place, line and mend.
    """
    installation.start()
    from schoolward.domains.assessments import actions

    bring_in(
        file,
        add=actions.add_instrument,
        tell=_as_json,
        sentence=lambda told: f"{told['key']} {told['version']}, {told['items']} items",
        dry_run=dry_run,
        as_json=as_json,
    )


@click.command(name="list", epilog="\b\nExample:\n  schoolward forms list --json")
@click.option("--json", "as_json", is_flag=True, help="Write the list as JSON.")
def list_instruments(as_json: bool) -> None:
    """List every version of every instrument, with the ID that `forms export` takes."""
    installation.start()
    from schoolward.domains.assessments import queries

    rows = [
        {
            "id": version.pk,
            "key": version.instrument.key,
            "version": version.version,
            "title": version.title,
            "kind": version.instrument.kind,
            "format": version.format,
            "items": version.items.count(),
            "valid_from": version.valid_from.isoformat(),
            "valid_to": version.valid_to.isoformat() if version.valid_to else None,
            "sha256": version.sha256,
        }
        for version in queries.versions(installation.operator())
    ]
    if as_json:
        terminal.write_json(rows)
        return
    if not rows:
        click.echo("No instrument yet. `schoolward forms load` brings in those that come with Schoolward.")
    for row in rows:
        until = f" to {row['valid_to']}" if row["valid_to"] else ""
        click.echo(
            f"{row['id']:>4}  {row['key']} {row['version']}  {row['items']} items  "
            f"from {row['valid_from']}{until}  {row['title']}"
        )


@click.command(
    name="export",
    epilog="""\b
Examples:
  schoolward forms export 1 > walk.yaml
  schoolward forms export cpted-school --as xlsform --out walk.xlsx
  schoolward forms export cpted-school --as json | jq .sections""",
)
@click.argument("identifier", metavar="ID")
@click.option(
    "--as",
    "wanted",
    type=click.Choice(["xlsform", "xform", "json"]),
    help="Write it in this format (default: as it came in).",
)
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="Write to this file.")
def export_instrument(identifier: str, wanted: str | None, out: Path | None) -> None:
    """Write the file of a version as it came in. ID is its number, or the instrument's key for the newest.

    In another format it asks the same items when it is brought in again.
    """
    installation.start()
    from schoolward.domains.assessments.instrument_exports import ExportFormat, exported
    from schoolward.platform.files.queries import open_file
    from schoolward.platform.ui.explained import CannotBeShown

    version = version_of(identifier)
    if wanted is not None:
        try:
            content = exported(version, ExportFormat(wanted)).content
        except CannotBeShown as refusal:
            raise CommandError(str(refusal), ExitCode.REFUSED) from None
    else:
        with open_file(version.file) as handle:
            content = handle.read()
    if out is not None:
        try:
            out.write_bytes(content)
        except OSError as error:
            raise CommandError(f"{out} cannot be written: {error.strerror}.", ExitCode.USAGE) from None
        terminal.say(f"{version} is written to {out}.")
    else:
        sys.stdout.buffer.write(content)


def version_of(identifier: str) -> InstrumentVersion:
    """The version with this number, or the newest of the instrument with this key."""
    from schoolward.domains.assessments import queries

    held = queries.versions(installation.operator())
    if identifier.isascii() and identifier.isdigit() and len(identifier) < 19:
        version = held.filter(pk=int(identifier)).first()
    else:
        version = held.filter(instrument__key=identifier).order_by("-valid_from", "-pk").first()
    if version is None:
        raise CommandError(
            f"There is no instrument {identifier}; `schoolward forms list` lists them.", ExitCode.NOT_FOUND
        )
    return version


@click.command(name="load", epilog="\b\nExample:\n  schoolward forms load")
@click.option("--json", "as_json", is_flag=True, help="Write the result as JSON.")
def load_instruments(as_json: bool) -> None:
    """Bring in the instruments that come with Schoolward. Those that are there stay as they are."""
    installation.start()
    from schoolward.domains.assessments import actions

    by = installation.operator()
    try:
        added = actions.load_shipped(by=by, at=installation.moment())
    except actions.AssessmentRefused as refusal:
        raise CommandError(str(refusal), ExitCode.REFUSED) from None
    if as_json:
        terminal.write_json([_as_json(one) for one in added])
        return
    for one in added:
        click.echo(f"{one.version}: {'brought in' if one.is_new else 'here already'}.")


def _as_json(added: Added) -> dict[str, Any]:
    version = added.version
    return {
        "id": version.pk,
        "key": version.instrument.key,
        "version": version.version,
        "items": version.items.count(),
        "is_new": added.is_new,
        "sha256": version.sha256,
    }
