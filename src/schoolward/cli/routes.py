"""``schoolward routes``: safe routes to school, from a map of the streets."""

from __future__ import annotations

import click

from schoolward.cli.lazy import LazyGroup

#: A sub-command is one line: name, where its command is, what it does.
COMMANDS: dict[str, tuple[str, str]] = {
    "build": ("schoolward.cli.routes_network:build", "Make the network of streets and paths from a map."),
    "show": ("schoolward.cli.routes_network:show", "Say what a network holds and what was assumed in it."),
    "plan": ("schoolward.cli.routes_plan:plan", "Find every pupil's shortest and safest way to school."),
    "stress": ("schoolward.cli.routes_network:stress", "Write the stress model: each number and its source."),
    "guards": ("schoolward.cli.routes_guards:guards", "Choose where crossing guards protect most pupils."),
    "bus": ("schoolward.cli.routes_bus:bus", "Plan walking school buses with the fewest leaders."),
    "application": ("schoolward.cli.routes_records:application", "Write the tables of a grant application."),
    "audits": ("schoolward.cli.routes_records:audits", "List walk audits, and what fails in one."),
    "points": ("schoolward.cli.routes_records:points", "Write barriers, crossings or guards as GeoJSON."),
}


@click.group(cls=LazyGroup, commands_at=COMMANDS)
def routes() -> None:
    """Find safe ways to school.

    No address of a pupil is stored. Only `application`, `audits` and `points` read the database.
    """
