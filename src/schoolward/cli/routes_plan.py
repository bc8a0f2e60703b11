"""``schoolward routes plan``: the shortest and the safest way to school of every pupil."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from schoolward.cli import terminal
from schoolward.cli.outcome import CommandError, ExitCode

if TYPE_CHECKING:
    from schoolward.analysis.routing.network import Network
    from schoolward.analysis.routing.plan_tables import Placed

FILE = click.Path(exists=True, dir_okay=False, allow_dash=True)
FAR_NAMED = 20
MARGIN = 0.02  # degrees around the network, about two kilometres: a school at its edge may stand outside


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
@click.option(
    "--graph",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    required=True,
    help="A network made by `schoolward routes build`.",
)
@click.option("--schools", type=FILE, required=True, help="CSV of schools: id,lon,lat.")
@click.option(
    "--pupils", type=FILE, required=True, help="CSV of pupils: id,school,lon,lat; - reads standard input."
)
@click.option(
    "--out",
    type=click.Path(dir_okay=False, path_type=Path),
    required=True,
    help="CSV to write; it is replaced only when all is done.",
)
@click.option(
    "--detour",
    type=click.FloatRange(1, 100),
    default=1.3,
    show_default=True,
    help="How many times the shortest walk the safest route may be long.",
)
@click.option(
    "--paths",
    is_flag=True,
    help="Write node ids (OUT.nodes.parquet) and lines (OUT.lines.geojson) beside it.",
)
@click.option("--dask", metavar="ADDRESS", help="A Dask scheduler whose workers see the same --graph folder.")
@click.option("--json", "as_json", is_flag=True, help="Write counts as JSON.")
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

    import numpy as np

    from schoolward.analysis.routing.plan_files import write_plan
    from schoolward.analysis.routing.plan_tables import PUPILS, SCHOOLS, Area
    from schoolward.analysis.routing.planning import Laid, join, plan_routes
    from schoolward.analysis.routing.routes import Trip

    begun = time.perf_counter()
    if not out.parent.is_dir():
        raise CommandError(f"{out.parent}: no such folder; make it first.", ExitCode.NOT_FOUND)
    network = _network(graph)
    area = Area.of(network.longitude, network.latitude, margin=MARGIN)
    known = _read(schools, columns=SCHOOLS, area=area)
    walking = _read(pupils, columns=PUPILS, area=area, schools=known)
    at_schools, near = _snapped(network, known)
    if len(near) < len(known):
        away = np.setdiff1d(np.arange(len(known)), near)
        named = ", ".join(known.ids[place] for place in away[:FAR_NAMED])
        raise CommandError(
            f"{schools}: farther than a kilometre from any street: {named}"
            f"{' …' if len(away) > FAR_NAMED else ''}. "
            "Mend their coordinates, or build a network around them.",
            ExitCode.REFUSED,
        )
    at_pupils, met = _snapped(network, walking)
    trip = Trip(at_schools, at_pupils, walking.school_of[met])
    if dask is None:
        found = plan_routes(Laid.of(network), trip, detour=detour, nodes=paths)
    else:
        from schoolward.cli.routes_dask import plan_on_workers

        with terminal.progress_bar("routes") as tell:
            found = plan_on_workers(dask, graph, trip, detour=detour, nodes=paths, tell=tell)
    found = join([(met, found)], len(walking))
    files = write_plan(
        out,
        network,
        walking.ids,
        [known.ids[place] for place in walking.school_of.tolist()],
        found,
        paths=paths,
    )
    reached = found.reachable
    told: dict[str, Any] = {
        "schools": len(known),
        "pupils": len(walking),
        "reachable": int(reached.sum()),
        "unreachable": int((~reached).sum()),
        "off_network": len(walking) - len(met),
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


def _network(graph: Path) -> Network:
    from schoolward.analysis.routing.saved import SavedProblem, load

    try:
        network = load(graph).network
    except SavedProblem as problem:
        raise CommandError(str(problem), ExitCode.REFUSED) from None
    if not len(network.ends):
        raise CommandError(f"{graph}: the network has no street; build it again.", ExitCode.NOT_READY)
    return network


def _read(path: str, **given: Any) -> Placed:
    from schoolward.analysis.routing.plan_tables import TableFaults, read_places

    with click.open_file(path, "rb") as stream:
        data = stream.read()
    try:
        return read_places(data, "standard input" if path == "-" else path, **given)
    except TableFaults as faults:
        raise CommandError(str(faults), ExitCode.REFUSED) from None


def _snapped(network: Network, places: Placed) -> Any:
    """Where the rows meet the network, and which of them do."""
    from schoolward.analysis.routing.planning import places_from
    from schoolward.analysis.routing.snapping import snap

    met = snap(network, places.longitude, places.latitude)
    return places_from(met.edge, met.fraction)


def _mean(values: Any) -> float | None:
    return round(float(values.mean()), 1) if len(values) else None


def _tell(told: dict[str, Any]) -> None:
    click.echo(
        f"{told['reachable']:,} of {told['pupils']:,} pupils of {told['schools']:,} schools have a route: "
        f"{terminal.shown_number(told['shortest_m_mean'])} m the shortest walk, "
        f"{terminal.shown_number(told['route_m_mean'])} m the safest at {told['detour']:g} times, on average."
    )
    if told["off_network"]:
        click.echo(f"{told['off_network']:,} live farther than a kilometre from any street of the network.")
    if told["unreachable"] - told["off_network"]:
        click.echo(f"{told['unreachable'] - told['off_network']:,} have no way that is open.")
    if told["inexact"]:
        within = f"{told['largest_gap']:.2%}"
        click.echo(f"For {told['inexact']:,} the stress is proven only within {within} of the least.")
    for file in told["files"]:
        terminal.say(f"{file} is written.")
