"""``schoolward demo``: the demonstration district."""

from __future__ import annotations

import click

from schoolward.cli import installation, terminal
from schoolward.cli.outcome import CommandError, ExitCode


@click.command(
    epilog="""\b
Examples:
  schoolward demo
  schoolward demo --reset
  schoolward demo --reset --set-aside"""
)
@click.option("--reset", is_flag=True, help="Clear a demonstration first. Refused where more is there.")
@click.option(
    "--set-aside",
    is_flag=True,
    help="With --reset: keep database, anchor and files under another name, whatever they hold.",
)
@click.option("--if-empty", is_flag=True, help="Do nothing where there are accounts or records already.")
@click.option("--json", "as_json", is_flag=True, help="Write the result as JSON.")
def demo(reset: bool, set_aside: bool, if_empty: bool, as_json: bool) -> None:
    """Load the demonstration district: real places, real facts, generated incidents that say so."""
    if set_aside and not reset:
        raise click.UsageError("--set-aside goes with --reset.")
    # A database of another version is no hindrance to clearing it.
    installation.start(database=not reset, compiled=False)
    from schoolward.platform.demo import actions as demonstration
    from schoolward.platform.demo import contents

    by = installation.operator()
    kept: list[str] = []
    if set_aside:
        kept = demonstration.set_aside(at=by.at)
        for name in kept:
            terminal.say(f"Kept as {name}")
    elif reset:
        try:
            demonstration.clear()
        except demonstration.NotADemonstration as error:
            raise CommandError(
                f"This installation holds {error}; it is not cleared. Set SCHOOLWARD_DATA_DIR to a "
                "folder for the demonstration, or let `schoolward demo --reset --set-aside` keep what is "
                "there under another name.",
                ExitCode.REFUSED,
            ) from None
    elif not contents.is_empty():
        if if_empty:
            if as_json:
                terminal.write_json({"loaded": [], "set_aside": []})
            return
        raise CommandError(
            "This installation is not empty; --reset clears a demonstration and loads it anew.",
            ExitCode.REFUSED,
        )
    told: list[str] = []

    def tell(sentence: str) -> None:
        told.append(sentence)
        terminal.say(sentence)

    demonstration.load(by=by, at=by.at, told=tell, set_aside=kept)
    if as_json:
        terminal.write_json({"loaded": told, "set_aside": kept})
