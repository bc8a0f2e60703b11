"""From a street network to the content of a school's map: what lies around it, and what to suggest."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from schoolward.analysis.routing.chains import Chains, Places, fold, weigh
from schoolward.analysis.routing.corridors import corridors
from schoolward.analysis.routing.cropping import Cropped, crop_around
from schoolward.analysis.routing.ground import metres_a_degree
from schoolward.analysis.routing.lines import Lines, runs
from schoolward.analysis.routing.making import StreetNetwork
from schoolward.analysis.routing.mending import names_at, same_places
from schoolward.analysis.routing.network import Network
from schoolward.analysis.routing.plan_tables import Area
from schoolward.analysis.routing.sheds import METRES_A_SECOND, walk_shed
from schoolward.analysis.routing.snapping import Snapped, Snapper
from schoolward.analysis.routing.street_tags import FIRST_ROAD, Crossing, Pavement, Street
from schoolward.analysis.routing.streets import BESIDE_M
from schoolward.analysis.routing.trees import full_tree
from schoolward.analysis.school_map.content import (
    Avoided,
    Entrance,
    GuardPost,
    MapContent,
    MapCrossing,
    SuggestedStreet,
    WalkZone,
)
from schoolward.analysis.school_map.framing import ground_of
from schoolward.analysis.school_map.street_rows import FlatLines, StreetRows
from schoolward.analysis.school_map.words import MapWords
from schoolward.analysis.school_map.zoning import AROUND_M

__all__ = ["MINUTES", "NoStreetNear", "around", "counts_in_miles"]

MINUTES = 20
"""The walk zone of a map, where nothing else is asked for."""

AVOIDED_FACTOR = 2.5
"""A main road whose metre costs so much is to be kept away from: it has traffic, and no pavement."""

_SHOWN_AROUND = 1.4  # times the farthest walk: a sheet is wider than the zone is
_NEAR_M = 200.0
_MET = np.uint8(Crossing.SIGNAL | Crossing.MARKED | Crossing.ISLAND)


class NoStreetNear(ValueError):
    """An entrance lies too far from any street of the network."""


def around(
    made: StreetNetwork,
    entrances: Sequence[Entrance],
    *,
    school: str,
    day: date,
    minutes: float = MINUTES,
    zone_m: float | None = None,
    suggested: NDArray[np.bool_] | None = None,
    guards: Sequence[GuardPost] = (),
    avoided: Sequence[Avoided] = (),
    invented: str = "",
    miles: bool | None = None,
    words: MapWords | None = None,
    metres_a_second: float = METRES_A_SECOND,
) -> MapContent:
    """The map of one school.

    Args:
        made: the network.
        entrances: where the school is entered; one or more.
        school: its name.
        day: as of when.
        minutes: how long a walk reaches to the edge of the walk zone.
        zone_m: metres along streets to the edge of the walk zone, where it is stated so and not in minutes.
        suggested: which of the network's m edges many are known to walk. They are suggested, as far as they
            hang together, beside those where the safest ways of the whole zone run together.
        guards: crossing guards.
        avoided: places that are known to be kept away from, beside what the network says.
        invented: a sentence, where the school or anything else is.
        miles: whether speeds are in miles an hour; without it, as most limits of the map are.
        words: why a street is to be kept away from, in another language.
        metres_a_second: how fast one walks.

    Raises:
        NoStreetNear: an entrance is farther than a kilometre from any street.
    """
    words = words or MapWords()
    if zone_m is not None:
        minutes = zone_m / metres_a_second / 60
    radius = 60 * minutes * metres_a_second
    lon, lat = (np.array([one.at[axis] for one in entrances], dtype=np.float64) for axis in (0, 1))
    cropped = crop_around(made, lon, lat, radius * _SHOWN_AROUND)
    network, streets = cropped.made.network, cropped.made.streets
    met = _entered(network, lon, lat)
    if not len(met.edge) or (met.edge < 0).any():
        raise NoStreetNear(f"{school}: farther than a kilometre from any street of the network.")
    places = Places(met.edge, met.fraction)
    chains = fold(network)
    length, stress = weigh(chains, network.length_m), weigh(chains, network.stress)
    (shed,) = walk_shed(network, chains, length, places, minutes=(minutes,), metres_a_second=metres_a_second)  # type: ignore[arg-type]
    zone = np.zeros(len(network.ends), np.bool_)
    zone[shed.edges[shed.from_first + shed.from_second >= 0.5]] = True
    walked = corridors(network, chains, stress, places, street=streets.street, zone=zone)
    if suggested is not None:
        walked = _together(network, places, walked | np.asarray(suggested)[cropped.edges])
    pavement = _pavements(cropped)
    name, names = cropped.made.name, cropped.made.names
    lines = Lines(chains, network)
    hazards = zone & ~walked & _hazardous(cropped, pavement)
    cost = full_tree(chains, length, places).cost.min(axis=0)
    zone_lines = tuple(line for line, _ in lines.of(runs(chains, zone)))
    ground = ground_of(
        [
            *itertools.chain.from_iterable(zone_lines),
            *(one.at for one in entrances),
            *(one.at for one in guards),
        ],
        at_least_m=AROUND_M,
    )
    return MapContent(
        school=school,
        day=day,
        entrances=tuple(entrances),
        streets=_streets(cropped, chains, lines, pavement, ground),
        zone=WalkZone(zone_lines, minutes, zone_m),
        suggested=tuple(
            SuggestedStreet(line, names[name[edge]])
            for line, edge in lines.of(runs(chains, walked, name), towards=cost)
        ),
        crossings=_crossings(cropped),
        guards=tuple(guards),
        avoided=(
            *_told_where(avoided, cropped, words),
            *(
                Avoided(line, names[name[edge]], _why(int(pavement[edge]), words))
                for line, edge in lines.of(runs(chains, hazards, name))
                if names[name[edge]]
            ),
        ),
        attribution=str(made.about.get("attribution", "")),
        invented=invented,
        miles=counts_in_miles(made) if miles is None else miles,
    )


def _entered(network: Network, lon: NDArray[np.float64], lat: NDArray[np.float64]) -> Snapped:
    """Where entrances meet the network. Mostly a street is near: only those that are need be looked at."""
    east_m, north_m = (float(metres) for metres in metres_a_degree(lat.mean()))
    east, north = _NEAR_M / east_m, _NEAR_M / north_m
    first, second = network.ends[:, 0], network.ends[:, 1]
    may = np.ones(len(first), np.bool_)
    for at, room, axis in ((lon, east, network.longitude), (lat, north, network.latitude)):
        a, b = axis[first], axis[second]
        may &= (np.maximum(a, b) >= at.min() - room) & (np.minimum(a, b) <= at.max() + room)
    met = Snapper(network, edges=np.flatnonzero(may)).snap(lon, lat, farthest_m=_NEAR_M)
    return met if (met.edge >= 0).all() else Snapper(network).snap(lon, lat)


def counts_in_miles(made: StreetNetwork) -> bool:
    """Whether most speed limits of the map are whole numbers of miles an hour, and so where none is known."""
    speeds = made.streets.speed_kmh[made.streets.speed_kmh > 0]
    return not len(speeds) or bool(np.mean(np.abs(speeds - np.round(speeds)) > 0.05) >= 0.5)


def _told_where(avoided: Sequence[Avoided], cropped: Cropped, words: MapWords) -> tuple[Avoided, ...]:
    """The places to keep away from; one of which nobody said where it is lies near a street."""
    unsaid = [number for number, one in enumerate(avoided) if not one.where.strip()]
    found = list(avoided)
    if unsaid:
        names, name = cropped.made.names, cropped.made.name
        called = np.flatnonzero(np.array([bool(each) for each in names])[name])
        at = np.array([avoided[number].line[0] for number in unsaid])
        met = Snapper(cropped.made.network, edges=called).snap(at[:, 0], at[:, 1])
        for number, edge in zip(unsaid, met.edge.tolist(), strict=True):
            street = names[name[edge]] if edge >= 0 else ""
            if street:
                found[number] = replace(avoided[number], where=words.near.format(where=street))
    return tuple(found)


def _hazardous(cropped: Cropped, pavement: NDArray[np.uint8]) -> NDArray[np.bool_]:
    """Main roads to keep away from, but for those that a path of its own runs beside."""
    network, streets = cropped.made.network, cropped.made.streets
    found = (network.factor >= AVOIDED_FACTOR) & (streets.street >= Street.TERTIARY)
    found &= pavement != Pavement.SEPARATE
    found[_beside(cropped, np.flatnonzero(found), np.flatnonzero(streets.street < FIRST_ROAD))] = False
    return found


def _beside(cropped: Cropped, roads: NDArray[np.int64], paths: NDArray[np.int64]) -> NDArray[np.int64]:
    """Those of the roads (edges) beside whose middle one of the paths runs."""
    network = cropped.made.network
    if not len(roads) or not len(paths):
        return roads[:0]
    middle = [axis[network.ends[roads]].mean(axis=1) for axis in (network.longitude, network.latitude)]
    return roads[Snapper(network, edges=paths).snap(*middle, farthest_m=BESIDE_M).edge >= 0]


def _streets(
    cropped: Cropped, chains: Chains, lines: Lines, pavement: NDArray[np.uint8], ground: Area
) -> StreetRows:
    network, streets, name = cropped.made.network, cropped.made.streets, cropped.made.name
    inside = np.any(ground.holds(network.longitude, network.latitude)[network.ends], axis=1)
    nodes, sizes, edges = lines.nodes(runs(chains, inside, name, streets.street, pavement, streets.speed_kmh))
    posted = np.where(streets.street >= FIRST_ROAD, streets.speed_kmh, 0.0)
    return StreetRows(
        lines=FlatLines(network.longitude[nodes], network.latitude[nodes], sizes),
        street=streets.street[edges],
        name=name[edges],
        names=cropped.made.names,
        pavement=pavement[edges],
        speed_kmh=posted[edges],
        factor=network.factor[edges],
        is_sidewalk=streets.beside[edges] > 0,
    )


_STREETS = {int(street): street for street in Street}


def _together(network: Network, places: Places, chosen: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Those of the chosen edges from which the places are reached along chosen edges."""
    ends = network.ends[chosen]
    size = len(network.node_ids)
    joined = coo_array((np.ones(len(ends), np.int8), (ends[:, 0], ends[:, 1])), shape=(size, size))
    _, label = connected_components(joined, directed=False)
    return chosen & np.isin(label[network.ends[:, 0]], label[network.ends[places.edge]])


def _why(pavement: int, words: MapWords) -> str:
    return words.fast_without if pavement == Pavement.NONE else words.fast


def _pavements(cropped: Cropped) -> NDArray[np.uint8]:
    """Pavements of each edge; a road beside which one is drawn as a way of its own has it, tagged or not."""
    streets = cropped.made.streets
    found = np.array(streets.pavement)
    unknown = np.flatnonzero((streets.street >= FIRST_ROAD) & (found == Pavement.UNKNOWN))
    found[_beside(cropped, unknown, np.flatnonzero(streets.beside > 0))] = Pavement.SEPARATE
    return found


def _crossings(cropped: Cropped) -> tuple[MapCrossing, ...]:
    """Places to cross a road with a signal, markings or an island; what lies within thirty metres is one."""
    network, streets = cropped.made.network, cropped.made.streets
    nodes = np.flatnonzero((streets.crossed >= Street.RESIDENTIAL) & ((streets.crossing & _MET) > 0))
    if not len(nodes):
        return ()
    place = same_places(network.longitude[nodes], network.latitude[nodes])
    names = names_at(cropped.made, nodes, place)
    helps = np.zeros(len(names), np.uint8)
    np.bitwise_or.at(helps, place, streets.crossing[nodes] & _MET)
    across = np.zeros(len(names), np.uint8)
    np.maximum.at(across, place, streets.crossed[nodes])
    count = np.bincount(place)
    east, north = (
        np.bincount(place, weights=axis[nodes]) / count for axis in (network.longitude, network.latitude)
    )
    return tuple(
        MapCrossing((lon, lat), Crossing(flags), " and ".join(met[:2]), _STREETS[road])
        for lon, lat, flags, met, road in zip(
            east.tolist(), north.tolist(), helps.tolist(), names, across.tolist(), strict=True
        )
    )
