"""``schoolward routes fixes``: who could walk but for one barrier, and which single fix frees most pupils."""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from schoolward.analysis.routing.tolerable import TOLERABLE_CROSSING_M, TOLERABLE_FACTOR, TOLERABLE_MINUTES
from schoolward.cli import terminal
from schoolward.cli.routes_reading import (
    Walks,
    about_of,
    check_folder_of,
    graph_option,
    json_option,
    out_option,
    pupils_option,
    read_walks,
    schools_option,
)

if TYPE_CHECKING:
    from schoolward.analysis.routing.making import StreetNetwork
    from schoolward.cli.terminal import Told

TOP = 20


@click.command(
    epilog="""\b
A pupil can walk where a way of --minutes has no metre worse than --factor and no crossing worse than
--crossing. The stress model has the numbers: a quiet path is 1, a four-lane road without a sidewalk 4;
crossing a two-lane main road without help is 70 m, with a signal 18. Fixes that are tried: a signal where
walkers cross a busy road, a sidewalk where a road has none.

\b
Properties in --out, a point a fix:
  rank, what (signal or pavement), where, street (its kind), frees (pupils; 11 or more)

\b
Examples:
  schoolward routes fixes --graph city --schools schools.csv --pupils pupils.csv
  schoolward routes fixes --graph city --schools s.csv --pupils p.csv --minutes 15 --top 5 --out fixes.geojson

\b
Fixes that free fewer than 11 pupils are left out, and numbers from which few others could be worked out.""",
)
@graph_option
@schools_option
@pupils_option()
@out_option("GeoJSON to write.", required=False)
@click.option(
    "--minutes",
    type=click.FloatRange(1, 240),
    default=TOLERABLE_MINUTES,
    show_default=True,
    help="How far one walks.",
)
@click.option(
    "--factor",
    type=click.FloatRange(1, 100),
    default=TOLERABLE_FACTOR,
    show_default=True,
    help="The worst stress of a metre.",
)
@click.option(
    "--crossing",
    type=click.FloatRange(0, 10_000),
    default=TOLERABLE_CROSSING_M,
    show_default=True,
    help="The worst stress of crossing a road, in metres.",
)
@click.option(
    "--top", type=click.IntRange(1, 1000), default=TOP, show_default=True, help="Show so many fixes at most."
)
@json_option
def fixes(
    graph: Path,
    schools: str,
    pupils: str,
    out: Path | None,
    minutes: float,
    factor: float,
    crossing: float,
    top: int,
    as_json: bool,
) -> None:
    """Find who could walk but for one barrier, and rank single fixes by the pupils they free."""
    from schoolward.analysis.routing.writing import File, put_files

    begun = time.perf_counter()
    if out is not None:
        check_folder_of(out, schools, pupils)
    walks = read_walks(graph, schools, pupils)
    with terminal.progress_bar("fixes") as tell:
        told = try_fixes(walks, minutes=minutes, factor=factor, crossing_m=crossing, top=top, tell=tell)
    if out is not None:
        made = fix_features(walks.made, told)
        put_files([File(out, lambda stream: stream.write(made))])
    told |= {"files": [str(out)] if out else [], "seconds": round(time.perf_counter() - begun, 3)}
    if as_json:
        terminal.write_json(told)
        return
    _tell(told)
    if out is not None:
        terminal.say(f"{out} is written.")


def try_fixes(
    walks: Walks, *, minutes: float, factor: float, crossing_m: float, top: int, tell: Told
) -> dict[str, Any]:
    """What may be told of who can walk, and of the fixes that free most."""
    import dataclasses

    from schoolward.analysis.disclosure import SuppressionPolicy
    from schoolward.analysis.routing.fix_search import find_fixes, show_fixes
    from schoolward.analysis.routing.fixes import Tolerance
    from schoolward.analysis.routing.mending import crossing_mends, pavement_mends
    from schoolward.analysis.routing.stress_model import stress_model

    made, policy = walks.made, SuppressionPolicy()
    model = stress_model(made.about["stress_model"]["version"])
    mends = [*crossing_mends(made, model), *pavement_mends(made, model)]
    tolerance = Tolerance.stated(minutes, factor, crossing_m)
    found = find_fixes(walks.laid, walks.trip, mends, tolerance, least=policy.threshold, tell=tell)
    few = [place for place, pupils in enumerate(found.freed) if len(pupils) >= policy.threshold][:top]
    found = dataclasses.replace(
        found,
        mends=tuple(found.mends[place] for place in few),
        freed=tuple(found.freed[place] for place in few),
    )
    shown = show_fixes(found, policy)
    kept = [(mend, frees) for mend, frees in zip(found.mends, shown.frees, strict=True) if frees is not None]
    return {
        "pupils": len(walks.trip.pupils) if not policy.is_small(len(walks.trip.pupils)) else None,
        "near_enough": shown.near_enough,
        "can_walk": shown.can_walk,
        "but_for_one": shown.but_for_one,
        "minutes": minutes,
        "factor": factor,
        "crossing": crossing_m,
        "tried": found.tried,
        "fixes": [
            {
                "rank": rank,
                "what": mend.what,
                "where": mend.where,
                "street": mend.street.name.lower(),
                "frees": frees,
                "lon": round(mend.longitude, 6),
                "lat": round(mend.latitude, 6),
            }
            for rank, (mend, frees) in enumerate(kept, 1)
        ],
    }


def in_words(told: dict[str, Any]) -> str:
    """Who can walk, in sentences; what is not shown is left out."""
    parts = []
    if told["near_enough"] is not None:
        parts.append(f"{told['near_enough']:,} live within {told['minutes']:g} minutes")
    if told["can_walk"] is not None:
        parts.append(f"{told['can_walk']:,} have a way of {told['minutes']:g} minutes that is not too hard")
    if told["but_for_one"] is not None:
        parts.append(f"{told['but_for_one']:,} more would have one but for a single barrier")
    if told["pupils"] is None or not parts:
        return "So few pupils are concerned that no number is shown."
    return f"Of {told['pupils']:,} pupils {'; '.join(parts)}."


def fix_features(made: StreetNetwork, told: dict[str, Any]) -> bytes:
    """The fixes as GeoJSON, a point each."""
    from schoolward.analysis.routing.writing import geojson, point

    features = [
        (point((fix["lon"], fix["lat"])), {key: fix[key] for key in fix if key not in ("lon", "lat")})
        for fix in told["fixes"]
    ]
    asked = {key: told[key] for key in ("minutes", "factor", "crossing")}
    return geojson(features, about=about_of(made, **asked))


def _tell(told: dict[str, Any]) -> None:
    click.echo(in_words(told))
    if not told["fixes"]:
        click.echo("No single fix frees 11 pupils or more.")
        return
    click.echo()
    terminal.write_table(
        ("frees", "what", "street", "lon,lat", "where"),
        [
            (
                f"{fix['frees']:,}",
                fix["what"],
                fix["street"],
                f"{fix['lon']},{fix['lat']}",
                fix["where"] or "-",
            )
            for fix in told["fixes"]
        ],
    )
