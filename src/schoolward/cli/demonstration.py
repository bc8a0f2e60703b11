"""``schoolward demo``: the demonstration district."""

from __future__ import annotations

import click

from schoolward.cli import installation, terminal
from schoolward.cli.outcome import CommandError, ExitCode


@click.command(epilog="\b\nExamples:\n  schoolward demo\n  schoolward demo --reset")
@click.option("--reset", is_flag=True, help="Clear what is there first. Refused where a real account exists.")
@click.option("--if-empty", is_flag=True, help="Do nothing where there are accounts already.")
@click.option("--json", "as_json", is_flag=True, help="Write the result as JSON.")
def demo(reset: bool, if_empty: bool, as_json: bool) -> None:
    """Load the demonstration district: real places, real facts, generated incidents that say so."""
    # A database of another version is no hindrance to clearing it.
    installation.start(database=not reset)
    from schoolward.platform.demo import actions as demonstration

    if reset:
        try:
            demonstration.clear()
        except demonstration.HoldsRealAccounts:
            raise CommandError(
                "This installation has accounts that are not the demonstration's; it is not cleared.",
                ExitCode.REFUSED,
            ) from None
    elif not demonstration.is_empty():
        if if_empty:
            return
        raise CommandError(
            "This installation is not empty; --reset clears a demonstration and loads it anew.",
            ExitCode.REFUSED,
        )
    told: list[str] = []

    def tell(sentence: str) -> None:
        told.append(sentence)
        terminal.say(sentence)

    by = installation.operator()
    demonstration.load(by=by, at=by.at, told=tell)
    if as_json:
        terminal.write_json({"loaded": told})
