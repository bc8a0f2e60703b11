"""``schoolward doctor``: what is wrong with this installation, and what to do about it."""

from __future__ import annotations

import click

from schoolward.cli import installation, terminal
from schoolward.cli.outcome import ExitCode

MARKS = {"ok": ("ok  ", "green"), "warn": ("warn", "yellow"), "fail": ("FAIL", "red")}


@click.command(epilog="\b\nExamples:\n  schoolward doctor\n  schoolward doctor --json | jq .ok")
@click.option("--json", "as_json", is_flag=True, help="Write the result as JSON.")
@click.pass_context
def doctor(ctx: click.Context, as_json: bool) -> None:
    """Say what is wrong with this installation, and how to mend it. Exits with 7 when something is broken."""
    installation.start(database=False)
    from schoolward.platform.health.registry import diagnose, is_well

    found = diagnose(at=installation.now())
    if as_json:
        terminal.write_json({"ok": is_well(found), "checks": [diagnosis.as_json() for diagnosis in found]})
    else:
        width = max(len(diagnosis.name) for diagnosis in found)
        for diagnosis in found:
            mark, colour = MARKS[diagnosis.status]
            click.echo(f"{click.style(mark, fg=colour)}  {diagnosis.name.ljust(width)}  {diagnosis.found}")
            if diagnosis.mend:
                click.echo(f"      {' ' * width}  → {diagnosis.mend}")
    if not is_well(found):
        ctx.exit(ExitCode.FOUND_FAULTS)
