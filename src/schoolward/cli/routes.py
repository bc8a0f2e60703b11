"""``schoolward routes``: safe routes to school over a street network."""

from __future__ import annotations

import click

from schoolward.cli.lazy import LazyGroup

#: A sub-command is one line: name, where its command is, what it does.
COMMANDS: dict[str, tuple[str, str]] = {
    "guards": ("schoolward.cli.routes_guards:guards", "Choose where crossing guards protect most pupils."),
    "bus": ("schoolward.cli.routes_bus:bus", "Plan walking school buses with the fewest leaders."),
}


@click.group(cls=LazyGroup, commands_at=COMMANDS)
def routes() -> None:
    """Plan safe routes to school."""
