"""``schoolward audit``: is the record of who did what whole?"""

from __future__ import annotations

from pathlib import Path

import click

from schoolward.cli import installation, terminal
from schoolward.cli.outcome import ExitCode


@click.group()
def audit() -> None:
    """Verify the audit."""


@audit.command(
    epilog="\b\nExamples:\n  schoolward audit verify\n  schoolward audit verify --anchor /mnt/anchor",
)
@click.option(
    "--anchor",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Check against a copy of the anchor that was kept elsewhere.",
)
@click.option("--json", "as_json", is_flag=True, help="Write the result as JSON.")
@click.pass_context
def verify(ctx: click.Context, anchor: Path | None, as_json: bool) -> None:
    """Check every event's hash, the chain, and the anchor outside the database.

    Exits with 7 when an event was edited, deleted or cut off.
    """
    installation.start()
    from schoolward.platform.audit.verify import verify as verify_chain

    found = verify_chain(anchor)
    if as_json:
        terminal.write_json(found.as_json())
    else:
        for fault in found.faults:
            click.echo(f"event {fault.sequence}: {fault.kind}: {fault.words}")
        for warning in found.warnings:
            terminal.say(f"warning: {warning}")
        verdict = "whole" if found.ok else f"{found.faults_in_all} faults"
        click.echo(f"{found.events} events, {found.anchored} anchored heads: {verdict}")
    if not found.ok:
        ctx.exit(ExitCode.FOUND_FAULTS)


@audit.command()
def wall() -> None:
    """Put up again the triggers that refuse to change or delete an event."""
    installation.start()
    from django.db import connection, transaction

    from schoolward.platform.audit import wall as triggers
    from schoolward.platform.audit.actions import record

    missing = triggers.missing(connection)
    if not missing:
        click.echo("The wall stands; nothing was done.")
        return
    by = installation.operator()
    with transaction.atomic():
        triggers.tear_down(connection)
        triggers.build(connection)
        record("audit.wall_rebuilt", by=by, at=by.at, subject="audit:wall", detail={"missing": missing})
    click.echo(f"Put up again: {', '.join(missing)}")
