"""Assessments on the command line: the journal of a walk, held against its hashes."""

from __future__ import annotations

from typing import Any

import click

from schoolward.cli import installation, terminal
from schoolward.cli.lazy import LazyGroup
from schoolward.cli.outcome import CommandError, ExitCode

LARGEST = 2**63 - 1


@click.group(
    cls=LazyGroup,
    commands_at={
        "journal": (
            "schoolward.cli.assessments:journal",
            "List what devices sent of a walk, and verify it.",
        ),
    },
    epilog="\b\nExample:\n  schoolward assessments journal 7",
)
def assessments() -> None:
    """Look into walks as devices have sent them."""


@click.command(
    epilog="\b\nExamples:\n  schoolward assessments journal 7\n  schoolward assessments journal 7 --json",
)
@click.argument("walk", metavar="WALK", type=click.IntRange(1, LARGEST))
@click.option("--json", "as_json", is_flag=True, help="Write the journal as JSON.")
def journal(walk: int, as_json: bool) -> None:
    """List the entries of the journal of WALK (its number, as in the address of its page).

    Every entry is held against its hash, every strand against gaps, every photograph against its file. Says
    where devices contradict each other. Exits with 1 where something is damaged or missing.
    """
    installation.start()
    from schoolward.domains.assessments import queries
    from schoolward.domains.assessments.walk_journals import journal_of

    found = queries.walks(installation.operator()).filter(pk=walk).first()
    if found is None:
        raise CommandError(f"There is no walk {walk}.", ExitCode.NOT_FOUND)
    kept = journal_of(found)
    damaged = [str(row.pk) for row in kept.rows if not kept.is_whole(row)]
    told: dict[str, Any] = {
        "walk": walk,
        "name": str(found.client_id),
        "is_submitted": found.submitted_at is not None,
        "wants_in": kept.wants_in,
        "late": kept.late,
        "damaged": damaged,
        "gaps": [str(strand) for strand in kept.gaps],
        "photos_missing": kept.photos_missing,
        "differences": [
            {"path": one.path, "entries": [entry.id for entry in one.entries]} for one in kept.differences
        ],
        "entries": [
            {
                "id": str(row.pk),
                "device": kept.devices[str(row.strand)],
                "sequence": row.sequence,
                "moment": row.moment,
                "kind": row.kind,
                "payload": row.payload,
                "received_at": row.received_at.isoformat(),
                "skew_s": row.skew_s,
            }
            for row in kept.rows
        ],
    }
    if as_json:
        terminal.write_json(told)
    else:
        _tell(told)
    if damaged or told["gaps"] or told["photos_missing"]:
        raise CommandError("The journal is not whole; see above.", ExitCode.FAILED)


def _tell(told: dict[str, Any]) -> None:
    if not told["entries"]:
        click.echo("No device has sent anything of this walk.")
        return
    for row in told["entries"]:
        damage = "  DAMAGED" if row["id"] in told["damaged"] else ""
        click.echo(
            f"device {row['device']}  {row['sequence']:>4}  {row['moment']}  {row['kind']:<6}  "
            f"{row['payload']}{damage}"
        )
    click.echo(f"{len(told['entries'])} entries, {len(told['damaged'])} of them damaged.")
    for strand in told["gaps"]:
        click.echo(f"Strand {strand} lacks an entry before its last: it was not received whole.")
    for sha256 in told["photos_missing"]:
        click.echo(f"The photograph {sha256} is missing from the folder of files.")
    for one in told["differences"]:
        click.echo(f"Devices differ at {one['path']}: {', '.join(one['entries'])}")
    if told["late"]:
        click.echo(f"{told['late']} came after the walk was handed in, and changed nothing.")
    if told["wants_in"]:
        click.echo("A device has handed the walk in; that waits for what is told above, or for its assessor.")
