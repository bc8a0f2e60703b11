"""``schoolward routes``: safe routes to school, from a map of the streets."""

from __future__ import annotations

import click

from schoolward.cli.lazy import LazyGroup

#: A sub-command is one line: name, where its command is, what it does.
COMMANDS: dict[str, tuple[str, str]] = {
    "build": ("schoolward.cli.routes_network:build", "Make the network of streets and paths from a map."),
    "show": ("schoolward.cli.routes_network:show", "Say what a network holds and what was assumed in it."),
    "plan": ("schoolward.cli.routes_plan:plan", "Find every pupil's shortest and safest way to school."),
    "way": ("schoolward.cli.routes_way:way", "Find the safest way to a school from one place."),
    "use": ("schoolward.cli.routes_schools:use", "Make plans on a network from now on."),
    "networks": ("schoolward.cli.routes_schools:networks", "List the networks that are known."),
    "schools-plan": (
        "schoolward.cli.routes_schools:schools_plan",
        "Plan the ways to each school and keep them.",
    ),
    "schools": ("schoolward.cli.routes_schools:schools", "List the newest plan of each school."),
    "segments": (
        "schoolward.cli.routes_segments:segments",
        "Count pupils by street, with no pupil to be found.",
    ),
    "sheds": ("schoolward.cli.routes_sheds:sheds", "Find the streets within 5 to 20 minutes of each school."),
    "tradeoff": (
        "schoolward.cli.routes_tradeoff:tradeoff",
        "Find what a longer walk buys, school by school.",
    ),
    "fixes": ("schoolward.cli.routes_fixes:fixes", "Rank single fixes by the pupils they let walk."),
    "closure": ("schoolward.cli.routes_closure:closure", "Ask what a closed street or a new signal changes."),
    "map": ("schoolward.cli.routes_map:school_map", "Print a map of the ways to each school."),
    "demo": ("schoolward.cli.routes_demo:demo", "Show all of it on a real map, with invented pupils."),
    "place-guards": (
        "schoolward.cli.routes_placing:place_guards",
        "Find where guards protect most of the pupils of a file.",
    ),
    "plan-buses": ("schoolward.cli.routes_placing:plan_buses", "Plan walking buses from pupils' addresses."),
    "stress": ("schoolward.cli.routes_network:stress", "Write the stress model: each number and its source."),
    "guards": ("schoolward.cli.routes_guards:guards", "Choose where crossing guards protect most pupils."),
    "bus": ("schoolward.cli.routes_bus:bus", "Plan walking school buses with the fewest leaders."),
    "application": ("schoolward.cli.routes_records:application", "Write the tables of a grant application."),
    "events": ("schoolward.cli.routes_records:events", "Write the events to come as a calendar."),
    "audits": ("schoolward.cli.routes_records:audits", "List walk audits, and what fails in one."),
    "points": ("schoolward.cli.routes_records:points", "Write barriers, crossings or guards as GeoJSON."),
}


@click.group(cls=LazyGroup, commands_at=COMMANDS)
def routes() -> None:
    """Find safe ways to school.

    No address of a pupil is stored. Only use, networks, schools, schools-plan, place-guards, plan-buses,
    application, events, audits and points need the database.
    """
