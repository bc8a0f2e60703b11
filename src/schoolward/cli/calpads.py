"""``schoolward calpads``: the state's three incident files held against each other and counted. It needs no
database and stores nothing."""

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
  schoolward calpads sinc.txt --json"""
)
@click.argument("sinc", type=_FILE)
@click.argument("sirs", type=_FILE, required=False)
@click.argument("soff", type=_FILE, required=False)
@click.option("--json", "as_json", is_flag=True, help="Write counts and faults as JSON.")
@click.pass_context
def calpads(ctx: click.Context, sinc: Path, sirs: Path | None, soff: Path | None, as_json: bool) -> None:
    """Check CALPADS incident files, in the order in which they are sent: SINC, SIRS, SOFF.

    Says by school and school year how many incidents there were and how many students were in them, in all
    and by offense and result. Students are counted and not named; nothing is stored. These files do not say
    which students were reported to the police: that number cannot be had from them. Exits with 7 when it
    finds a fault, and with 5 when a file cannot be read.
    """
    from schoolward.protocols.calpads import FILES, count, read
    from schoolward.protocols.delimited import FileProblem

    with ExitStack() as open_files:
        files: dict[str, BinaryIO] = {
            name: open_files.enter_context(path.open("rb"))
            for name, path in zip(FILES, (sinc, sirs, soff), strict=True)
            if path is not None
        }
        try:
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
