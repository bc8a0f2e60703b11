"""``schoolward routes bus``: walking school buses with the fewest leaders and the least danger. No
database."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import click

from schoolward.cli.routes_instances import file_argument, read_json_instance, seconds_option

if TYPE_CHECKING:
    from schoolward.analysis.walking_bus import Answer, Plan


@click.command(
    epilog="""\b
Examples:
  schoolward routes bus stops.json
  schoolward routes bus - --seconds 60 --seed 2 < stops.json

\b
FILE holds {"stops": [{"id": "Oak and Elm", "pupils": 3}, ...], "length_m": MATRIX,
"danger": MATRIX, "detour": 1.3, "pupils_per_leader": 8}. Row and column 0 of both matrices
are the school, the others the stops in their order; a cell is the walk from the row's
point to the column's. Nobody walks more than "detour" times the direct way.""",
)
@file_argument
@seconds_option
@click.option("--seed", type=click.IntRange(min=0), default=0, show_default=True, help="Another search.")
def bus(name: str, seconds: float, seed: int) -> None:
    """Plan walking school buses to one school: few leaders first, then little danger.

    Writes JSON: a line for each leader from its first stop to the school, where lines join, the walk of
    each stop, and bounds that no plan can beat. Exits with 5 when the file cannot be used; the message
    names the entry.
    """
    from schoolward.analysis import walking_bus

    instance = read_json_instance(name, walking_bus.read_instance)
    answer = walking_bus.solve(instance, seconds=seconds, seed=seed)
    click.echo(json.dumps(_told(answer), ensure_ascii=False, indent=2))


def _told(answer: Answer) -> dict[str, Any]:
    plan, instance = answer.plan, answer.plan.instance
    names = ["school", *(stop.key for stop in instance.stops)]
    return {
        "leaders": plan.leaders,
        "danger": round(plan.danger, 6),
        "bounds": {"leaders": answer.bounds.leaders, "danger": round(answer.bounds.danger, 6)},
        "proved": answer.proved,
        "first": {"leaders": answer.first.leaders, "danger": round(answer.first.danger, 6)},
        "seconds": round(answer.seconds, 3),
        "lines": [_line(plan, line, names) for line in plan.lines()],
        "stops": [
            {
                "id": stop.key,
                "next": names[plan.parents[point]],
                "walk_m": round(float(plan.walk_m[point]), 1),
                "direct_m": round(float(instance.length_m[point, 0]), 1),
            }
            for point, stop in enumerate(instance.stops, 1)
        ],
    }


def _line(plan: Plan, line: list[int], names: list[str]) -> dict[str, Any]:
    return {
        "begins": names[line[0]],
        "by": [names[point] for point in line[1:]],
        "walk_m": round(float(plan.walk_m[line[0]]), 1),
    }
