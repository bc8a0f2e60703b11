"""``schoolward routes plan``: the shortest and the safest way to school of every pupil."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from schoolward.cli import terminal
from schoolward.cli.routes_reading import (
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
Columns:
  --schools   id, lon, lat            where pupils walk to: an entrance, not the middle of the building
  --pupils    id, school, lon, lat    school is an id of the first file
  --out       id, shortest_m, route_m, stress, reachable
Degrees are WGS 84, east and north positive. Distances are metres from the point of the nearest street. Stress
is metres of a quiet path that would be as pleasant: docs/reference has the model. A pupil without a way, or
farther than a kilometre from any street, has reachable=false and no numbers.

\b
Examples:
  schoolward routes plan --graph city --schools schools.csv --pupils pupils.csv --out plan.csv
  schoolward routes plan --graph city --schools s.csv --pupils p.csv --out plan.csv --detour 1.2 --paths
  schoolward routes plan --graph state --schools s.csv --pupils p.csv --out plan.csv --dask tcp://host:8786

\b
Addresses stay in memory: neither they nor what was read is kept or logged. But --paths tells nearly as well
where pupils live; its files can be read by you alone, and are yours to delete.""",
)
@graph_option
@schools_option
@pupils_option()
@out_option("CSV to write.")
@detour_option
@click.option(
    "--paths",
    is_flag=True,
    help="Write node ids (OUT.nodes.parquet) and lines (OUT.lines.geojson) beside it.",
)
@click.option("--dask", metavar="ADDRESS", help="A Dask scheduler whose workers see the same --graph folder.")
@json_option
def plan(
    graph: Path,
    schools: str,
    pupils: str,
    out: Path,
    detour: float,
    paths: bool,
    dask: str | None,
    as_json: bool,
) -> None:
    """Find each pupil's safest route that is not much longer than the shortest walk."""
    import time

    from schoolward.analysis.routing.plan_files import write_plan
    from schoolward.analysis.routing.planning import join, plan_routes

    begun = time.perf_counter()
    check_folder_of(out, schools, pupils)
    walks = read_walks(graph, schools, pupils)
    network, trip = walks.made.network, walks.trip
    if dask is None:
        found = plan_routes(walks.laid, trip, detour=detour, nodes=paths)
    else:
        from schoolward.cli.routes_dask import plan_on_workers

        with terminal.progress_bar("routes") as tell:
            found = plan_on_workers(dask, graph, trip, detour=detour, nodes=paths, tell=tell)
    found = join([(walks.met, found)], len(walks.pupils))
    files = write_plan(
        out,
        network,
        walks.pupils.ids,
        [walks.schools.ids[place] for place in walks.pupils.school_of.tolist()],
        found,
        paths=paths,
    )
    reached = found.reachable
    told: dict[str, Any] = {
        "schools": len(walks.schools),
        "pupils": len(walks.pupils),
        "reachable": int(reached.sum()),
        "unreachable": int((~reached).sum()),
        "off_network": walks.off_network,
        "detour": detour,
        "shortest_m_mean": _mean(found.shortest_m[reached]),
        "route_m_mean": _mean(found.route_m[reached]),
        "stress_mean": _mean(found.stress[reached]),
        "inexact": int((found.gap > 0).sum()),
        "largest_gap": round(float(found.gap.max(initial=0.0)), 6),
        "files": [str(file) for file in files],
        "seconds": round(time.perf_counter() - begun, 3),
    }
    if as_json:
        terminal.write_json(told)
        return
    _tell(told)


def _mean(values: Any) -> float | None:
    return round(float(values.mean()), 1) if len(values) else None


def _tell(told: dict[str, Any]) -> None:
    click.echo(
        f"{told['reachable']:,} of {counted(told['pupils'], 'pupil')} of "
        f"{counted(told['schools'], 'school')} with a route: "
        f"{terminal.shown_number(told['shortest_m_mean'])} m the shortest walk, "
        f"{terminal.shown_number(told['route_m_mean'])} m the safest at {told['detour']:g} times, on average."
    )
    if told["off_network"]:
        click.echo(f"{counted(told['off_network'], 'pupil')} farther than a kilometre from any street.")
    if told["unreachable"] - told["off_network"]:
        shut = counted(told["unreachable"] - told["off_network"], "pupil")
        click.echo(f"{shut} without a way that is open.")
    if told["inexact"]:
        within = f"{told['largest_gap']:.2%}"
        click.echo(f"For {told['inexact']:,} the stress is proven only within {within} of the least.")
    for file in told["files"]:
        terminal.say(f"{file} is written.")
