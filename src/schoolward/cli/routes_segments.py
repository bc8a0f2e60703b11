"""``schoolward routes segments``: how many pupils walk each street, with no pupil to be found in it."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import click

from schoolward.cli import terminal
from schoolward.cli.routes_reading import (
    Walks,
    about_of,
    check_folder_of,
    detour_option,
    graph_option,
    json_option,
    out_option,
    pupils_option,
    read_walks,
    schools_option,
)
from schoolward.platform.health.wording import counted


@click.command(
    epilog="""\b
Properties of a street in --out:
  street     its name, empty where it has none
  pupils     how many walk it, 11 or more
  length_m   metres from one junction to the next
  stress     of a metre, crossings included: 1 is a quiet path

\b
Examples:
  schoolward routes segments --graph city --schools schools.csv --pupils pupils.csv --out streets.geojson
  schoolward routes segments --graph city --schools s.csv --pupils - --out streets.geojson --json < p.csv

\b
Streets that fewer than 11 pupils walk are left out, and as many others as are needed so that none of the few
can be worked out. Two files of nearly the same pupils can be held against each other: publish one.""",
)
@graph_option
@schools_option
@pupils_option()
@out_option("GeoJSON to write: a line a street.")
@detour_option
@json_option
def segments(graph: Path, schools: str, pupils: str, out: Path, detour: float, as_json: bool) -> None:
    """Count pupils by street along their safest routes, as GeoJSON."""
    from schoolward.analysis.routing.writing import File, put_files

    begun = time.perf_counter()
    check_folder_of(out, schools, pupils)
    made, told = count(read_walks(graph, schools, pupils), detour=detour)
    put_files([File(out, lambda stream: stream.write(made))])
    told |= {"files": [str(out)], "seconds": round(time.perf_counter() - begun, 3)}
    if as_json:
        terminal.write_json(told)
        return
    click.echo(
        f"{counted(told['shown'], 'street')} shown with pupils, up to {told['most']:,} on one; not shown: "
        f"{told['not_shown']:,}, walked by few, or such as would give few away."
    )
    terminal.say(f"{out} is written.")


def count(walks: Walks, *, detour: float) -> tuple[bytes, dict[str, Any]]:
    """The streets as GeoJSON, and the counts of streets."""
    import numpy as np

    from schoolward.analysis.routing.bounded import find_bounded_routes
    from schoolward.analysis.routing.lines import Lines
    from schoolward.analysis.routing.segments import count_segments
    from schoolward.analysis.routing.writing import geojson, multi_line

    laid, made = walks.laid, walks.made
    chains = laid.chains
    routes = find_bounded_routes(chains, laid.stress, laid.length, walks.trip, detour=detour).routes
    counted = count_segments(chains, walks.trip, routes)
    shown = np.flatnonzero(counted.shown > 0)
    spans = chains.first[shown].astype(np.int64), chains.first[shown + 1].astype(np.int64) - 1
    stress = laid.stress.total[shown] / laid.length.total[shown]
    features = [
        (
            multi_line([line]),
            {
                "street": made.names[made.name[edge]],
                "pupils": pupils,
                "length_m": round(metres, 1),
                "stress": round(each, 2),
            },
        )
        for (line, edge), pupils, metres, each in zip(
            Lines(chains, made.network).of(spans),
            counted.shown[shown].tolist(),
            laid.length.total[shown].tolist(),
            stress.tolist(),
            strict=True,
        )
    ]
    told = {
        "shown": len(shown),
        "not_shown": int((counted.shown < 0).sum()),
        "most": int(counted.shown.max(initial=0)),
        "threshold": counted.policy.threshold,
        "detour": detour,
    }
    return geojson(features, about=about_of(made, threshold=counted.policy.threshold)), told
