"""``schoolward roster``: a OneRoster set held against the specification, or against the records of who is
referred. Nothing is stored."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from schoolward.cli import terminal
from schoolward.cli.outcome import CommandError, ExitCode

if TYPE_CHECKING:
    from schoolward.protocols.faults import Faults
    from schoolward.protocols.oneroster import Roster

FAULTS_SHOWN = 40


@click.command(
    epilog="""\b
Examples:
  schoolward roster export.zip                     what is wrong with a set
  schoolward roster export/ --json                 the same of a folder, for a script
  schoolward roster export.zip --students          how many records of referred students differ
  schoolward import roster-schools export.zip --dry-run
  schoolward import roster-staff export.zip --dry-run
  schoolward import roster-students export.zip     note what differs, for a person to decide""",
)
@click.argument("place", type=click.Path(exists=True, path_type=Path))
@click.option(
    "--students",
    is_flag=True,
    help="Hold the set against the records of students who are referred, instead of the specification.",
)
@click.option("--json", "as_json", is_flag=True, help="Write counts and faults as JSON.")
@click.pass_context
def roster(ctx: click.Context, place: Path, students: bool, as_json: bool) -> None:
    """Check a OneRoster set of version 1.1 or 1.2: a ZIP file, or a folder of CSV files.

    Every file is held against the specification and against the others: header, required cells, ids, dates,
    words, references. Demographics are never opened. Nothing is stored, and no fault shows a value that might
    be of a child or a family. Exits with 7 when it finds a fault, and with 5 when the set cannot be read.

    With --students it asks the database who is referred, and says as a number how many of their records
    differ from the set: nobody is named. It exits with 3 when a row of one of them is faulty.
    """
    if students:
        _students(ctx, place, as_json)
        return
    from schoolward.protocols.oneroster import Archive, Folder, SetProblem, read

    try:
        if place.is_dir():
            found = read(Folder(place))
        else:
            with place.open("rb") as stream:
                found = read(Archive(stream))
    except SetProblem as problem:
        raise CommandError(str(problem), ExitCode.REFUSED) from None
    if as_json:
        terminal.write_json(_as_json(found))
    else:
        _write(found)
    if found.faults.total:
        ctx.exit(ExitCode.FOUND_FAULTS)


def _students(ctx: click.Context, place: Path, as_json: bool) -> None:
    """The preview of ``schoolward import roster-students``."""
    from schoolward.cli import installation
    from schoolward.cli.exchanges import write_report
    from schoolward.protocols.oneroster import STAFF, Folder, packed

    installation.start()
    from schoolward.platform.exchange.running import run

    members = ("manifest", *STAFF)
    with packed(Folder(place), members) if place.is_dir() else place.open("rb") as stream:
        report = run(
            "roster-students",
            stream,
            by=installation.operator(),
            at=installation.moment(),
            dry_run=True,
            file_name=place.name,
        )
    if as_json:
        terminal.write_json(report.as_json())
    else:
        write_report(report, dry_run=True)
    if report.rejected:
        ctx.exit(ExitCode.ROWS_REJECTED)


def _as_json(found: Roster) -> dict[str, Any]:
    manifest = found.manifest
    return {
        "version": manifest.version,
        "source": manifest.source,
        "modes": {name: str(mode) for name, mode in manifest.modes.items()},
        "rows": dict(found.rows),
        "orgs": len(found.orgs),
        "staff": len(found.staff),
        "left_out": found.left_out,
        "faults": [asdict(fault) for fault in found.faults.kept],
        "faults_in_all": found.faults.total,
    }


def write_faults(faults: Faults) -> None:
    """Write the first faults, each with its place and mend."""
    for fault in faults.kept[:FAULTS_SHOWN]:
        value = f" “{fault.value}”" if fault.value else ""
        click.echo(f"  {fault.file}, row {fault.row}, {fault.column}:{value} {fault.error} → {fault.mend}")
    if faults.total > FAULTS_SHOWN:
        click.echo(f"  … and {faults.total - FAULTS_SHOWN:,} more (--json lists them)")


def _write(found: Roster) -> None:
    from schoolward.platform.health.wording import counted

    click.echo(f"OneRoster {found.manifest.version}")
    for name, rows in found.rows.items():
        click.echo(f"  {name}.csv: {counted(rows, 'row')}, {found.manifest.mode(name)}")
    click.echo(
        f"{counted(len(found.orgs), 'organization')}, {len(found.staff):,} staff; "
        f"{found.left_out:,} others were passed over"
    )
    write_faults(found.faults)
    if not found.faults.total:
        click.echo("No fault was found.")
