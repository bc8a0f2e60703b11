"""``schoolward calpads``: the state's three incident files held against each other and counted, and with
``--apply`` stored without a student."""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import asdict
from pathlib import Path
from typing import BinaryIO

import click

from schoolward.cli import terminal
from schoolward.cli.outcome import CommandError, ExitCode
from schoolward.cli.rosters import write_faults

_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command(
    epilog="""\b
Examples:
  schoolward calpads sinc.txt sirs.txt soff.txt
  schoolward calpads sinc.txt --json
  schoolward calpads sinc.txt sirs.txt soff.txt --apply --dry-run
  schoolward export calpads-incidents > incidents.csv"""
)
@click.argument("sinc", type=_FILE)
@click.argument("sirs", type=_FILE, required=False)
@click.argument("soff", type=_FILE, required=False)
@click.option("--apply", is_flag=True, help="Store the incidents in the place of those of the same years.")
@click.option("--dry-run", is_flag=True, help="With --apply: report what would happen; change nothing.")
@click.option("--json", "as_json", is_flag=True, help="Write counts and faults as JSON.")
@click.pass_context
def calpads(
    ctx: click.Context,
    sinc: Path,
    sirs: Path | None,
    soff: Path | None,
    apply: bool,
    dry_run: bool,
    as_json: bool,
) -> None:
    """Check CALPADS incident files, in the order in which they are sent: SINC, SIRS, SOFF.

    Says by school and school year how many incidents there were and how many students were in them, in all
    and by offense and result. Students are counted and not named; nothing is stored. These files do not say
    which students were reported to the police: that number cannot be had from them. Exits with 7 when it
    finds a fault, and with 5 when a file cannot be read.

    With --apply each school's year takes the place of what was there, as `schoolward import
    calpads-incidents` does it: of students nothing is stored but how many were removed in which way. Where a
    row has a fault nothing is stored, and it exits with 3.
    """
    if dry_run and not apply:
        raise click.UsageError("--dry-run goes with --apply.")
    from schoolward.protocols.calpads import FILES, count, read
    from schoolward.protocols.delimited import FileProblem

    with ExitStack() as open_files:
        files: dict[str, BinaryIO] = {
            name: open_files.enter_context(path.open("rb"))
            for name, path in zip(FILES, (sinc, sirs, soff), strict=True)
            if path is not None
        }
        try:
            if apply:
                _apply(ctx, files, dry_run, as_json)
                return
            found = read(files)
        except FileProblem as problem:
            raise CommandError(str(problem), ExitCode.REFUSED) from None
    counts = count(found)
    if as_json:
        terminal.write_json(
            {
                "rows": dict(found.rows),
                "counts": [asdict(one) for one in counts],
                "faults": [asdict(fault) for fault in found.faults.kept],
                "faults_in_all": found.faults.total,
            }
        )
    else:
        for one in counts:
            what = " ".join(filter(None, (one.about, one.code)))
            click.echo(
                f"{one.lea}{one.school} {one.year}-{(one.year + 1) % 100:02}, {what}: "
                f"{one.incidents:,} incidents, {one.students:,} students"
            )
        write_faults(found.faults)
    if found.faults.total:
        ctx.exit(ExitCode.FOUND_FAULTS)


def _apply(ctx: click.Context, files: dict[str, BinaryIO], dry_run: bool, as_json: bool) -> None:
    """Store the incidents, or say what storing them would do. Raises ``FileProblem``."""
    from schoolward.cli import installation
    from schoolward.cli.exchanges import write_report
    from schoolward.protocols.calpads import without_students

    installation.start()
    from schoolward.platform.exchange.running import run

    report = run(
        "calpads-incidents",
        without_students(files),
        by=installation.operator(),
        at=installation.moment(),
        dry_run=dry_run,
        file_name="SINC, SIRS, SOFF",
    )
    if as_json:
        terminal.write_json(report.as_json())
    else:
        write_report(report, dry_run)
    if report.rejected:
        ctx.exit(ExitCode.ROWS_REJECTED)
