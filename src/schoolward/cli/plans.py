"""``schoolward plan``: what to do with what is scarce."""

from __future__ import annotations

import click

from schoolward.cli.lazy import LazyGroup

#: A sub-command is one line: name, where its command is, what it does.
COMMANDS: dict[str, tuple[str, str]] = {
    "funding": ("schoolward.cli.plan_funding:funding", "Choose works for what is left in several funds."),
}


@click.group(cls=LazyGroup, commands_at=COMMANDS)
def plan() -> None:
    """Make the best of what is scarce."""
