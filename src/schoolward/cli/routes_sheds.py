"""``schoolward routes sheds``: the streets within so many minutes of each school, and who lives there."""

from __future__ import annotations

import time
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from schoolward.cli import terminal
from schoolward.cli.routes_reading import (
    Walks,
    about_of,
    check_folder_of,
    graph_option,
    json_option,
    out_option,
    pupils_option,
    read_network,
    read_schools,
    read_walks,
    schools_option,
)

if TYPE_CHECKING:
    from schoolward.analysis.routing.making import StreetNetwork
    from schoolward.analysis.routing.plan_tables import Placed
    from schoolward.cli.terminal import Told


class Minutes(click.ParamType):
    """Numbers of minutes, ascending: 5,10,15,20."""

    name = "MINUTES"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[int, ...]:
        """The numbers."""
        if isinstance(value, tuple):
            return value
        try:
            minutes = tuple(int(part) for part in str(value).split(","))
        except ValueError:
            self.fail("are no minutes; write whole numbers, for instance 5,10,15,20.", param, ctx)
        if list(minutes) != sorted(set(minutes)) or not 1 <= minutes[0] <= minutes[-1] <= 240:
            self.fail("must go from few to many, each once, from 1 to 240.", param, ctx)
        return minutes


@click.command(
    epilog="""\b
Properties in --out, one feature a school and number of minutes:
  school     its id
  minutes    the streets lie within so many minutes' walk, and beyond the number before
  length_m   metres of street
  pupils     how many of its pupils live within these minutes, all nearer ones too; null where not shown
  share      the same, of all its pupils

\b
Examples:
  schoolward routes sheds --graph city --schools schools.csv --out sheds.geojson
  schoolward routes sheds --graph city --schools s.csv --pupils p.csv --out sheds.geojson --minutes 10,20

\b
One walks 3.5 feet a second (MUTCD 4E.06). Fewer than 11 pupils are not shown, nor a number from which few
others could be worked out.""",
)
@graph_option
@schools_option
@pupils_option(required=False)
@out_option("GeoJSON to write.")
@click.option(
    "--minutes", type=Minutes(), default="5,10,15,20", show_default=True, help="Up to which minutes."
)
@json_option
def sheds(
    graph: Path, schools: str, pupils: str | None, out: Path, minutes: tuple[int, ...], as_json: bool
) -> None:
    """Find the streets within 5, 10, 15 and 20 minutes of each school, and the share of pupils there."""
    from schoolward.analysis.routing.writing import File, put_files

    begun = time.perf_counter()
    check_folder_of(out, schools, pupils)
    if pupils is None:
        made = read_network(graph)
        known, _ = read_schools(made.network, schools)
        within = None
    else:
        walks = read_walks(graph, schools, pupils)
        made, known = walks.made, walks.schools
        within = who_lives_within(walks, minutes)
    with terminal.progress_bar("schools") as tell:
        written, rows = shed_features(made, known, minutes, within, tell)
    put_files([File(out, lambda stream: stream.write(written))])
    told = {"schools": rows, "files": [str(out)], "seconds": round(time.perf_counter() - begun, 3)}
    if as_json:
        terminal.write_json(told)
        return
    headers = ("school", *(f"{number} min" for number in minutes), *(("pupils",) if within else ()))
    terminal.write_table(headers, [_cells(row, shares=within is not None) for row in rows])
    if within:
        click.echo("Shares of pupils; a hyphen where few could be recognized.")
    terminal.say(f"{out} is written.")


def who_lives_within(walks: Walks, minutes: Sequence[int]) -> list[list[int | None]]:
    """Of each school the pupils within each number of minutes, and all of them last; None: not shown."""
    import numpy as np

    from schoolward.analysis.disclosure import SuppressionPolicy
    from schoolward.analysis.routing.routes import find_routes
    from schoolward.analysis.routing.sheds import reach
    from schoolward.analysis.routing.showing import shown_chain

    metres = np.full(len(walks.pupils), np.inf)
    metres[walks.met] = find_routes(walks.laid.chains, walks.laid.length, walks.trip).cost
    policy = SuppressionPolicy()
    found = []
    for school in range(len(walks.schools)):
        reached = reach(metres[walks.pupils.school_of == school], minutes=minutes)
        found.append(shown_chain([*reached.pupils, reached.of], policy))
    return found


def shed_features(
    made: StreetNetwork,
    known: Placed,
    minutes: Sequence[int],
    within: list[list[int | None]] | None,
    tell: Told,
) -> tuple[bytes, list[dict[str, Any]]]:
    """The streets as GeoJSON, and a row a school."""
    import numpy as np

    from schoolward.analysis.disclosure import SuppressionPolicy
    from schoolward.analysis.routing.chains import fold, weigh
    from schoolward.analysis.routing.cropping import crop_around
    from schoolward.analysis.routing.lines import Lines, runs
    from schoolward.analysis.routing.planning import places_from
    from schoolward.analysis.routing.sheds import METRES_A_SECOND, walk_shed
    from schoolward.analysis.routing.snapping import FARTHEST_M, Snapper
    from schoolward.analysis.routing.writing import geojson, multi_line

    features, rows = [], []
    farthest = 60 * METRES_A_SECOND * minutes[-1] + FARTHEST_M
    for school, name in enumerate(known.ids):
        at = known.longitude[[school]], known.latitude[[school]]
        network = crop_around(made, *at, farthest).made.network
        chains = fold(network)
        place, _ = places_from(*Snapper(network).snap(*at)[:2])
        found = walk_shed(network, chains, weigh(chains, network.length_m), place, minutes=minutes)
        lines = Lines(chains, network)
        before = np.zeros(len(network.ends), np.bool_)
        counts = within[school] if within is not None else [None] * (len(minutes) + 1)
        row: dict[str, Any] = {"school": name, "pupils": counts[-1], "within": []}
        for shed, count in zip(found, counts[:-1], strict=True):
            reached = np.zeros(len(before), np.bool_)
            reached[shed.edges[shed.from_first + shed.from_second >= 0.5]] = True
            new = reached & ~before
            before = reached
            share = count / counts[-1] if count is not None and counts[-1] else None
            told = {
                "minutes": shed.minutes,
                "length_m": round(float(network.length_m[new].sum()), 1),
                "pupils": count,
                "share": None if share is None else round(share, 4),
            }
            drawn = multi_line(line for line, _ in lines.of(runs(chains, new)))
            features.append((drawn, {"school": name, **told}))
            row["within"].append(told)
        rows.append(row)
        tell(school + 1, len(known), "")
    about = about_of(made, threshold=SuppressionPolicy().threshold)
    return geojson(features, about=about), rows


def _cells(row: dict[str, Any], *, shares: bool) -> tuple[str, ...]:
    if not shares:
        return (row["school"], *(f"{one['length_m'] / 1000:,.1f} km" for one in row["within"]))
    shown = ("-" if one["share"] is None else f"{one['share']:.0%}" for one in row["within"])
    return (row["school"], *shown, "-" if row["pupils"] is None else f"{row['pupils']:,}")
