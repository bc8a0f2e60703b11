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
    """Read the journal into signals and cases. Ctrl-C or SIGTERM ends it between two segments.

    One process at a time does the work; a second one waits, and follows within two seconds.
    """
    installation.start()
    from schoolward.domains.alarms.builder import running

    if once:
        click.echo(str(running.run_once()))
        return
    stop = StopRequest()
    stop.listen()
    say("Reading the journal (Ctrl-C stops it)")
    running.run(stop, f"{socket.gethostname()}-{os.getpid()}")
