"""``schoolward audit``: is the record of who did what whole?"""

from __future__ import annotations

from pathlib import Path

import click

from schoolward.cli import installation, terminal
from schoolward.cli.outcome import CommandError, ExitCode

LONGEST_REASON = 300


@click.group()
def audit() -> None:
    """Verify the audit, and put back what guards it."""


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

    Exits with 7 when an event was edited, deleted or cut off, or the anchor is lost.
    """
    installation.start()
    from schoolward.platform.audit.verify import verify as verify_chain
    from schoolward.platform.health.wording import counted

    found = verify_chain(anchor)
    if as_json:
        terminal.write_json(found.as_json())
    else:
        for fault in found.faults:
            click.echo(f"event {fault.sequence}: {fault.kind}: {fault.words}")
        for warning in found.warnings:
            terminal.say(f"warning: {warning}")
        for note in found.notes:
            terminal.say(f"note: {note}")
        verdict = "whole" if found.ok else counted(found.faults_in_all, "fault")
        click.echo(f"{counted(found.events, 'event')}, anchored up to {found.anchored:,}: {verdict}")
    if not found.ok:
        ctx.exit(ExitCode.FOUND_FAULTS)


@audit.command(epilog="\b\nExample:\n  schoolward audit wall --json")
@click.option("--json", "as_json", is_flag=True, help="Write the result as JSON.")
def wall(as_json: bool) -> None:
    """Put up again the triggers that refuse to change or delete an event."""
    installation.start()
    from django.db import connection, transaction

    from schoolward.platform.audit import wall as triggers
    from schoolward.platform.audit.actions import record

    missing = triggers.missing(connection)
    if not missing:
        if as_json:
            terminal.write_json({"put_up": []})
        else:
            click.echo("The wall stands; nothing was done.")
        return
    by = installation.operator()
    with transaction.atomic():
        triggers.tear_down(connection)
        triggers.build(connection)
        record("audit.wall_rebuilt", by=by, at=by.at, subject="audit:wall", detail={"missing": missing})
    if as_json:
        terminal.write_json({"put_up": missing})
    else:
        click.echo(f"Put up again: {', '.join(missing)}")


@audit.command(
    name="re-anchor",
    epilog='\b\nExample:\n  schoolward audit re-anchor --reason "The anchor\'s disk failed on 09/06/2012"',
)
@click.option("--reason", required=True, help="Why the anchor is gone, for whoever reads the audit later.")
@click.option("--json", "as_json", is_flag=True, help="Write the result as JSON.")
def re_anchor(reason: str, as_json: bool) -> None:
    """Make a new anchor where the old one is lost for good, and put that on the record.

    Verifies the chain inside the database first, and says what cannot be proved any more. Put the old
    anchor back instead, wherever there is a copy of it.
    """
    reason = reason.strip()
    if not 0 < len(reason) <= LONGEST_REASON:
        raise click.BadParameter(f"must have 1 to {LONGEST_REASON} letters.", param_hint="--reason")
    installation.start()
    from schoolward.platform.audit import anchor, reanchoring

    by = installation.operator()
    try:
        done = reanchoring.reanchor(
            by=by,
            at=by.at,
            operator=_account_on_this_machine(),
            command="schoolward audit re-anchor",
            reason=reason,
        )
    except reanchoring.ReanchoringRefused as error:
        raise CommandError(f"{error}.", ExitCode.REFUSED) from None
    except OSError as error:
        raise CommandError(
            f"The event is recorded, but the anchor {anchor.path()} could not be written ({error.strerror}); "
            "mend that and run this command once more.",
            ExitCode.NOT_READY,
        ) from None
    if as_json:
        terminal.write_json(
            {
                "event": done.event.sequence,
                "head": done.event.hash,
                "set_aside": str(done.set_aside) if done.set_aside else None,
                "unproven": done.unproven,
            }
        )
        return
    click.echo(f"Anchored anew at event {done.event.sequence}, head {done.event.hash}")
    click.echo(
        f"The chain inside the database is whole up to event {done.event.sequence}, which is this one."
    )
    if done.set_aside:
        click.echo(f"The old anchor is kept as {done.set_aside}")
    click.echo(done.unproven)


def _account_on_this_machine() -> str:
    """Who runs this, as the operating system knows it: the environment's word could be anybody's."""
    import os
    import pwd

    try:
        return pwd.getpwuid(os.getuid()).pw_name
    except KeyError:  # a container's user need not have a name
        return f"uid {os.getuid()}"
