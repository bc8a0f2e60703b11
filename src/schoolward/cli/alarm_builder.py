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
    running.run(_stop_request(), _holder())


def build_beside() -> None:
    """Read the journal until SIGTERM or SIGINT, as a fork of receivers' parent, which has read no models.

    A database that does not answer, or whose tables are being changed, is waited for.
    """
    stop = _stop_request()  # first: who is told to end while it reads the models, still reads what waits
    installation.start(database=False)
    from schoolward.domains.alarms.builder import running

    running.run(stop, _holder())


def _stop_request() -> StopRequest:
    stop = StopRequest()
    stop.listen(again_ends=True)
    return stop


def _holder() -> str:
    return f"{socket.gethostname()}-{os.getpid()}"
