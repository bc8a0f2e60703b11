"""``schoolward routes map``: a sheet for each school, with the map that a parent takes along."""

from __future__ import annotations

import re
import time
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from schoolward.cli import terminal
from schoolward.cli.outcome import CommandError, ExitCode
from schoolward.cli.routes_reading import (
    FILE,
    Walks,
    detour_option,
    graph_option,
    json_option,
    pupils_option,
    read_file,
    read_network,
    read_schools,
    read_walks,
    schools_option,
)
from schoolward.platform.health.wording import counted

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from schoolward.analysis.routing.making import StreetNetwork
    from schoolward.analysis.routing.plan_tables import Placed
    from schoolward.analysis.school_map.content import Avoided, GuardPost, MapContent

_BESIDE_M = 2_500.0  # guards and places so near to a school, or in its walk zone, are on its map
_MILE_M = 1_609.344
_UNITS = {"auto": None, "miles": True, "km": False}


@click.command(
    epilog="""\b
Columns:
  --schools   id, lon, lat, and name where there is one: the entrance, and the title of the sheet
  --guards    id, lon, lat, hours, where
  --avoid     id, lon, lat, where, why: places to keep away from, beside the roads that the network tells of

\b
Examples:
  schoolward routes map --graph city --schools schools.csv --out maps/
  schoolward routes map --graph city --schools schools.csv --pupils pupils.csv --guards guards.csv --out maps/

\b
Suggested are streets where the safest ways of the whole walk zone run together; with --pupils also those that
11 pupils of the school or more would walk, none of whom can be told from it. No count is on the map. One page
in Letter, PDF/UA-1, readable in black and white; the file is named by the school's id.""",
)
@graph_option
@schools_option
@pupils_option(required=False)
@click.option("--guards", type=FILE, help="CSV of crossing guards.")
@click.option("--avoid", type=FILE, help="CSV of places to keep away from.")
@click.option(
    "--out",
    "folder",
    type=click.Path(file_okay=False, path_type=Path),
    required=True,
    help="The folder for the sheets; it is made where it is not there.",
)
@click.option(
    "--minutes",
    type=click.FloatRange(2, 60),
    help="How far the walk zone reaches, in minutes.  [default: 20]",
)
@click.option(
    "--zone-miles",
    type=click.FloatRange(0.1, 5),
    help="How far the walk zone reaches along streets, where the district states a distance.",
)
@click.option(
    "--units",
    type=click.Choice(tuple(_UNITS)),
    default="auto",
    show_default=True,
    help="Of speeds and distances; auto goes by the speed limits of the map.",
)
@click.option("--day", type=click.DateTime(["%Y-%m-%d"]), help="The day on the sheet.  [default: today]")
@click.option("--invented", default="", help="A sentence that says what is invented, to stand on the sheet.")
@detour_option
@json_option
def school_map(
    graph: Path,
    schools: str,
    pupils: str | None,
    guards: str | None,
    avoid: str | None,
    folder: Path,
    minutes: float | None,
    zone_miles: float | None,
    units: str,
    day: datetime | None,
    invented: str,
    detour: float,
    as_json: bool,
) -> None:
    """Print a one-page map of the ways to each school: streets, signals, guards, where to walk and cross."""
    from schoolward.analysis.school_map.gathering import MINUTES, counts_in_miles

    begun = time.perf_counter()
    if minutes is not None and zone_miles is not None:
        raise click.UsageError("Say the walk zone by --minutes or by --zone-miles, not by both.")
    suggested: Sequence[NDArray[np.bool_] | None]
    if pupils is None:
        made = read_network(graph)
        known, _ = read_schools(made.network, schools)
        suggested = [None] * len(known)
    else:
        walks = read_walks(graph, schools, pupils)
        made, known = walks.made, walks.schools
        suggested = walked_streets(walks, detour=detour)
    files = [folder / name for name in file_names(known.ids)]
    posts, places = read_guards(made, guards), read_avoided(made, avoid)
    miles = _UNITS[units]
    if miles is None:
        miles = counts_in_miles(made)
    dated = (day or datetime.now().astimezone()).date()
    folder.mkdir(parents=True, exist_ok=True)
    with terminal.progress_bar("maps") as tell:
        for school, file in enumerate(files):
            content = content_of(
                made,
                known,
                school,
                day=dated,
                minutes=minutes or MINUTES,
                zone_m=None if zone_miles is None else zone_miles * _MILE_M,
                invented=invented,
                miles=miles,
                suggested=suggested[school],
                guards=posts,
                avoided=places,
            )
            print_to(file, content)
            tell(school + 1, len(files), "")
    told = {"files": [str(file) for file in files], "seconds": round(time.perf_counter() - begun, 3)}
    if as_json:
        terminal.write_json(told)
        return
    click.echo(f"{counted(len(files), 'sheet')} in {folder}.")


def content_of(
    made: StreetNetwork,
    known: Placed,
    school: int,
    *,
    day: date,
    minutes: float,
    zone_m: float | None = None,
    invented: str,
    miles: bool,
    suggested: NDArray[np.bool_] | None,
    guards: Sequence[GuardPost] = (),
    avoided: Sequence[Avoided] = (),
) -> MapContent:
    """The map of one school of a file, with the guards and places that are near it."""
    from schoolward.analysis.school_map.content import Entrance
    from schoolward.analysis.school_map.gathering import around

    at = (float(known.longitude[school]), float(known.latitude[school]))
    beside_m = max(_BESIDE_M, zone_m or 0.0)
    return around(
        made,
        [Entrance(at)],
        school=(known.texts.get("name") or known.ids)[school] or known.ids[school],
        day=day,
        minutes=minutes,
        zone_m=zone_m,
        suggested=suggested,
        guards=[post for post in guards if _near(post.at, at, beside_m)],
        avoided=[place for place in avoided if _near(place.line[0], at, beside_m)],
        invented=invented,
        miles=miles,
    )


def print_to(file: Path, content: MapContent) -> None:
    """Print a sheet into a file. Raises CommandError where a name cannot be printed."""
    from schoolward.analysis.routing.writing import File, put_files
    from schoolward.analysis.school_map.printing import print_sheet
    from schoolward.analysis.typesetting import MissingCharacter

    try:
        sheet = print_sheet(content)
    except MissingCharacter as missing:
        raise CommandError(
            f"{content.school}: {missing}; write the name in other letters.", ExitCode.REFUSED
        ) from None
    put_files([File(file, lambda stream: stream.write(sheet))])


def walked_streets(walks: Walks, *, detour: float) -> list[NDArray[np.bool_] | None]:
    """Of each school the edges that enough of its pupils walk for none to be found; None where none is."""
    import dataclasses

    import numpy as np

    from schoolward.analysis.routing.bounded import find_bounded_routes
    from schoolward.analysis.routing.routes import Trip
    from schoolward.analysis.routing.segments import count_segments

    laid, trip = walks.laid, walks.trip
    routes = find_bounded_routes(laid.chains, laid.stress, laid.length, trip, detour=detour).routes
    found: list[NDArray[np.bool_] | None] = []
    for school in range(len(walks.schools)):
        mine = np.flatnonzero(trip.school_of == school)
        alone = Trip(
            trip.schools.take(np.array([school])), trip.pupils.take(mine), np.zeros(len(mine), np.int32)
        )
        taken = {
            field.name: getattr(routes, field.name)[mine]
            for field in dataclasses.fields(routes)
            if field.name != "ways"
        }
        counted = count_segments(laid.chains, alone, dataclasses.replace(routes, **taken))
        walked = counted.by_edge(laid.chains) > 0
        found.append(walked if walked.any() else None)
    return found


def file_names(ids: Sequence[str]) -> list[str]:
    """A file name for each id. Raises CommandError where two would have the same."""
    names = [f"{re.sub(r'[^A-Za-z0-9._-]+', '-', one).strip('.-') or 'school'}.pdf" for one in ids]
    folded = [name.lower() for name in names]
    for place, name in enumerate(folded):
        if folded.index(name) < place:
            raise CommandError(
                f"The schools {ids[folded.index(name)]} and {ids[place]} would both be written to {name}; "
                "give them ids that differ in letters or digits.",
                ExitCode.REFUSED,
            )
    return names


def read_guards(made: StreetNetwork, path: str | None) -> list[GuardPost]:
    """The guards of a file. Raises CommandError."""
    from schoolward.analysis.school_map.content import GuardPost

    return [
        GuardPost(at, row["where"] or row["id"], row["hours"])
        for at, row in _rows(made, path, ("hours", "where"))
    ]


def read_avoided(made: StreetNetwork, path: str | None) -> list[Avoided]:
    """The places of a file. Raises CommandError."""
    from schoolward.analysis.school_map.content import Avoided

    return [
        Avoided((at,), row["where"] or row["id"], row["why"])
        for at, row in _rows(made, path, ("where", "why"))
    ]


def _rows(
    made: StreetNetwork, path: str | None, texts: tuple[str, ...]
) -> list[tuple[tuple[float, float], dict[str, str]]]:
    from schoolward.analysis.routing.plan_tables import SCHOOLS

    if path is None:
        return []
    found = read_file(path, made.network, columns=SCHOOLS, texts=texts)
    empty = [""] * len(found)
    columns = [found.texts.get(column, empty) for column in texts]
    return [
        ((lon, lat), dict(zip(("id", *texts), row, strict=True)))
        for lon, lat, *row in zip(
            found.longitude.tolist(), found.latitude.tolist(), found.ids, *columns, strict=True
        )
    ]


def _near(one: tuple[float, float], other: tuple[float, float], metres: float) -> bool:
    from schoolward.analysis.routing.ground import metres_a_degree

    east_m, north_m = (float(metres) for metres in metres_a_degree(other[1]))
    east, north = (one[0] - other[0]) * east_m, (one[1] - other[1]) * north_m
    return bool(east * east + north * north <= metres**2)
