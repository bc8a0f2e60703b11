"""``schoolward alarms build``: make signals and cases of what receivers have journaled."""

from __future__ import annotations

import os
import socket

import click

from schoolward.cli import installation
from schoolward.cli.terminal import say
from schoolward.platform.jobs.stopping import StopRequest


@click.command(epilog="\b\nExamples:\n  schoolward alarms build\n  schoolward alarms build --once")
@click.option("--once", is_flag=True, help="Read what waits now, and end.")
def build(once: bool) -> None:
    """Read the journal into signals and cases. Ctrl-C or SIGTERM ends it, after what waits.

    `alarms receive` does this by itself; start one more on another machine, or where receivers run with
    --no-builder. One process at a time does the work; a second one waits, and follows within two seconds.
    """
    installation.start()
    from schoolward.domains.alarms.builder import running

    if once:
        click.echo(str(running.run_once()))
        return
    say("Reading the journal (Ctrl-C stops it)")
    keep_building()


def keep_building() -> None:
    """Read the journal until SIGTERM or SIGINT. Django is set up already."""
    from schoolward.domains.alarms.builder import running

    stop = StopRequest()
    stop.listen(again_ends=True)
    running.run(stop, f"{socket.gethostname()}-{os.getpid()}")
