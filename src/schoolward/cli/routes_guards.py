"""``schoolward routes guards``: where so many crossing guards protect most pupils. It needs no database."""

from __future__ import annotations

import json
import time

import click

from schoolward.cli.routes_instances import file_argument, read_json_instance, seconds_option


@click.command(
    epilog="""\b
Examples:
  schoolward routes guards crossings.json
  schoolward routes guards - --seconds 5 < crossings.json

\b
FILE holds {"crossings": [NAME, ...], "paths": [{"crossings": [NAME, ...], "pupils": 3}, ...], "guards": 60,
"guarded": [NAME, ...], "protects": "all"}. With "all" a pupil is protected when each crossing of the path is
guarded, with "any" when one is. Crossings under "guarded" keep their guard and count among the guards.""",
)
@file_argument
@seconds_option
def guards(name: str, seconds: float) -> None:
    """Choose where crossing guards stand, and prove how many pupils no choice could exceed.

    Writes JSON: the chosen crossings, the pupils they protect, the bound and whether it is reached, and
    what the usual greedy choice would protect. Exits with 5 when the file cannot be used; the message names
    the entry.
    """
    from schoolward.analysis import crossing_guards

    instance = read_json_instance(name, crossing_guards.read_instance)
    began = time.perf_counter()
    placement = crossing_guards.place(instance, seconds=seconds)
    took = time.perf_counter() - began
    lost = placement.lost_without()
    told = {
        "protects": instance.protects.value,
        "guards": instance.guards,
        "pupils": instance.pupils,
        "pupils_without_crossing": instance.without_crossing,
        "protected": placement.pupils,
        "bound": placement.bound,
        "proved": placement.proved,
        "greedy": instance.protected(crossing_guards.greedy(instance)),
        "seconds": round(took, 3),
        "chosen": [
            {
                "crossing": instance.crossings[crossing],
                "already_guarded": crossing in instance.guarded,
                "lost_without": pupils,
            }
            for crossing, pupils in lost.items()
        ],
    }
    click.echo(json.dumps(told, ensure_ascii=False, indent=2))
