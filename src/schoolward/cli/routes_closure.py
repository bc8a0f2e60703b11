"""``schoolward routes closure``: a street is closed, a signal is built; who walks another way?"""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from schoolward.cli import terminal
from schoolward.cli.outcome import CommandError, ExitCode
from schoolward.cli.routes_reading import (
    Degrees,
    Walks,
    graph_option,
    json_option,
    pupils_option,
    read_walks,
    schools_option,
)

if TYPE_CHECKING:
    from schoolward.analysis.routing.whatif import Change

_NEAR_M = 60.0


@click.command(
    epilog="""\b
Give one of --street, --crossing and --signal, each with degrees: the place is led to the nearest street,
crossing, or crossing without a signal, within 60 m.

\b
Examples:
  schoolward routes closure --graph city --schools s.csv --pupils p.csv --street -121.4944,38.5816
  schoolward routes closure --graph city --schools s.csv --pupils p.csv --crossing -121.4944,38.5816 --json
  schoolward routes closure --graph city --schools s.csv --pupils p.csv --signal -121.4944,38.5816

\b
Routes here are those of least stress, however long. Fewer than 11 pupils are not shown, nor a number from
which few others could be worked out.""",
)
@graph_option
@schools_option
@pupils_option()
@click.option("--street", type=Degrees(), help="Close the street here, from one junction to the next.")
@click.option("--crossing", type=Degrees(), help="Close the crossing here.")
@click.option("--signal", type=Degrees(), help="Build a signal at the crossing here.")
@json_option
def closure(
    graph: Path,
    schools: str,
    pupils: str,
    street: tuple[float, float] | None,
    crossing: tuple[float, float] | None,
    signal: tuple[float, float] | None,
    as_json: bool,
) -> None:
    """Find whom a closed street, a closed crossing or a new signal touches, and how much longer they walk."""
    asked = [
        (what, place)
        for what, place in (("street", street), ("crossing", crossing), ("signal", signal))
        if place is not None
    ]
    if len(asked) != 1:
        raise CommandError("Give one of --street, --crossing and --signal.", ExitCode.USAGE)
    walks = read_walks(graph, schools, pupils)
    told = ask(walks, *asked[0])
    if as_json:
        terminal.write_json(told)
        return
    _tell(told)


def ask(walks: Walks, what: str, place: tuple[float, float]) -> dict[str, Any]:
    """What may be told of a change. Raises CommandError where nothing of the kind is near."""
    import numpy as np

    from schoolward.analysis.disclosure import SuppressionPolicy
    from schoolward.analysis.routing.routes import find_routes, read_along
    from schoolward.analysis.routing.showing import shown_sets
    from schoolward.analysis.routing.whatif import what_if

    change, where = _change(walks, what, place)
    laid, trip, policy = walks.laid, walks.trip, SuppressionPolicy()
    before = find_routes(laid.chains, laid.stress, trip)
    begun = time.perf_counter()
    after = what_if(laid.chains, laid.stress, trip, before, change)
    took = time.perf_counter() - begun
    both = after.affected & before.reached & after.routes.reached
    more = np.zeros(len(trip.pupils))
    lengths = [read_along(laid.chains, laid.length, trip, routes) for routes in (after.routes, before)]
    more[both] = lengths[0][both] - lengths[1][both]
    kinds = {
        "affected": after.affected,
        "lost": before.reached & ~after.routes.reached,
        "won": ~before.reached & after.routes.reached,
    }
    sets = [
        *kinds.values(),
        *(after.affected & (trip.school_of == school) for school in range(len(walks.schools))),
    ]
    of_set, pupils = np.nonzero(np.stack(sets))
    order = np.lexsort((of_set, pupils))
    counts = [int(members.sum()) for members in sets]
    shown = shown_sets(
        pupils[order],
        of_set[order],
        of_pupils=len(trip.pupils),
        of_sets=len(sets),
        policy=policy,
        worth=[len(trip.pupils) + 1, len(trip.pupils), len(trip.pupils), *counts[3:]],
    ).tolist()

    def number(place: int) -> int | None:
        return counts[place] if shown[place] or not counts[place] else None

    def mean(place: int, values: Any) -> float | None:
        some = sets[place] & both
        return (
            round(float(values[some].mean()), 1) if shown[place] and some.sum() >= policy.threshold else None
        )

    return {
        "what": what,
        "where": where,
        "pupils": len(trip.pupils) if not policy.is_small(len(trip.pupils)) else None,
        **{kind: number(place) for place, kind in enumerate(kinds)},
        "longer_m_mean": mean(0, more),
        "stress_mean": mean(0, np.where(both, after.change, 0.0)),
        "schools": [
            {"school": name, "affected": number(place), "longer_m_mean": mean(place, more)}
            for place, name in enumerate(walks.schools.ids, len(kinds))
            if counts[place]
        ],
        "seconds": round(took, 4),
    }


def _change(walks: Walks, what: str, place: tuple[float, float]) -> tuple[Change, str]:
    import numpy as np

    from schoolward.analysis.routing.mending import crossing_mends
    from schoolward.analysis.routing.snapping import snap
    from schoolward.analysis.routing.street_tags import Street
    from schoolward.analysis.routing.stress_model import stress_model
    from schoolward.analysis.routing.whatif import Change

    made, network, chains = walks.made, walks.made.network, walks.laid.chains
    if what == "street":
        edge = int(snap(network, [place[0]], [place[1]], farthest_m=_NEAR_M).edge[0])
        if edge < 0:
            raise _nothing("street")
        chain = int(chains.chain_of[edge])
        edges = chains.edges[chains.first[chain] : chains.first[chain + 1]]
        return Change(edges, np.full(len(edges), np.inf)), made.names[made.name[edge]]
    model = stress_model(made.about["stress_model"]["version"])
    if what == "crossing":
        return _closed_crossing(walks, place)
    mends = crossing_mends(made, model, least=Street.RESIDENTIAL)
    nearest = _nearest(np.array([(one.longitude, one.latitude) for one in mends]), place)
    if nearest is None:
        raise _nothing("crossing without a signal")
    mend = mends[nearest]
    return Change(mend.edges, network.length_m[mend.edges] * mend.factor + mend.crossing_m), mend.where


def _closed_crossing(walks: Walks, place: tuple[float, float]) -> tuple[Change, str]:
    """Nobody crosses the roads at the place nearest to this one."""
    import numpy as np

    from schoolward.analysis.routing.mending import names_at, same_places
    from schoolward.analysis.routing.whatif import Change

    made, network, streets = walks.made, walks.made.network, walks.made.streets
    met = np.zeros(len(network.node_ids), np.bool_)
    met[network.ends[streets.crosses]] = True
    nodes = np.flatnonzero(met)
    nearest = _nearest(np.stack((network.longitude[nodes], network.latitude[nodes]), axis=1), place)
    if nearest is None:
        raise _nothing("crossing")
    label = same_places(network.longitude[nodes], network.latitude[nodes])
    together = nodes[label == label[nearest]]
    closed = (streets.crosses & np.isin(network.ends, together)).any(axis=1)
    edges = np.flatnonzero(closed).astype(np.int32)
    (names,) = names_at(made, together, np.zeros(len(together), np.int64))
    return Change(edges, np.full(len(edges), np.inf)), " and ".join(names)


def _nearest(points: Any, place: tuple[float, float]) -> int | None:
    """Which of the points (k x 2 degrees) is nearest to a place, if one is near."""
    import numpy as np

    from schoolward.analysis.routing.ground import metres_a_degree

    if not len(points):
        return None
    east_m, north_m = (float(metres) for metres in metres_a_degree(place[1]))
    away = np.hypot((points[:, 0] - place[0]) * east_m, (points[:, 1] - place[1]) * north_m)
    nearest = int(away.argmin())
    return nearest if away[nearest] <= _NEAR_M else None


def _nothing(what: str) -> CommandError:
    return CommandError(
        f"No {what} lies within {_NEAR_M:.0f} m of that place; give degrees as LON,LAT on the street itself.",
        ExitCode.NOT_FOUND,
    )


_DONE = {"street": "closed", "crossing": "crossing closed", "signal": "new signal"}


def _tell(told: dict[str, Any]) -> None:
    def shown(number: int | None) -> str:
        return "a number not shown" if number is None else f"{number:,}"

    click.echo(f"{told['where'] or 'A street without a name'}: {_DONE[told['what']]}.")
    longer = told["longer_m_mean"]
    said = (
        ""
        if longer is None
        else f", {abs(longer):,.0f} m {'longer' if longer >= 0 else 'shorter'} on average"
    )
    click.echo(
        f"{shown(told['affected'])} of {shown(told['pupils'])} pupils are affected{said}; "
        f"{shown(told['lost'])} lose their way, {shown(told['won'])} gain one."
    )
    if told["schools"]:
        click.echo()
        terminal.write_table(
            ("school", "affected", "longer, m"),
            [
                (
                    row["school"],
                    terminal.shown_number(row["affected"]),
                    terminal.shown_number(row["longer_m_mean"]),
                )
                for row in told["schools"]
            ],
        )
    terminal.say(f"Found in {told['seconds'] * 1000:,.0f} ms.")
