"""Stress of walking each edge of a network, by a versioned model; pure: arrays and numbers in, arrays out."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.spatial import cKDTree

from schoolward.analysis.routing.ground import metres_a_degree
from schoolward.analysis.routing.network import Network
from schoolward.analysis.routing.snapping import Snapper
from schoolward.analysis.routing.street_tags import Crossing, Lit, Pavement, Street
from schoolward.analysis.routing.streets import Streets
from schoolward.analysis.routing.stress_model import StressModel

Floats = NDArray[np.float64]
DAY_MINUTES = 24 * 60


@dataclass(frozen=True)
class Collisions:
    """Where people on foot or on a bicycle were hit: k points in degrees, and how much each weighs.

    A weight of 1 is an injury; who counts a death as more says so by its weight.
    """

    longitude: Floats
    latitude: Floats
    weight: Floats


@dataclass(frozen=True)
class Barriers:
    """What walkers reported against a place: k points, what each costs in metres, and when.

    From `from_minute` until before `until_minute` of the day; past midnight where until is the smaller, and
    all day where the two are equal.
    """

    longitude: Floats
    latitude: Floats
    metres: Floats
    from_minute: NDArray[np.int32]
    until_minute: NDArray[np.int32]


@dataclass(frozen=True)
class Assumed:
    """Of one kind of street, how many metres the map says something about, and how many it is silent on."""

    what: str  # speed, lanes, pavement or lit
    street: str
    value: str  # what the model takes instead
    known_m: float
    assumed_m: float


@dataclass(frozen=True)
class Stress:
    """Of m edges the stress of a metre (1 or more) and of crossing (metres, 0 or more); what was assumed."""

    factor: Floats
    crossing_m: Floats
    assumed: tuple[Assumed, ...]


def stress(
    network: Network,
    streets: Streets,
    model: StressModel,
    *,
    dark: bool = False,
    minute: int | None = None,
    collisions: Collisions | None = None,
    barriers: Barriers | None = None,
) -> Stress:
    """Stress by a model of walking each edge, by day or in the dark.

    `minute` (0 to 1439) is when the walk is made: barriers count that hold then. Without it every one counts.
    """
    table = _Table(model)
    road = np.where(streets.beside > 0, streets.beside, streets.street)
    pavement = np.where(streets.beside > 0, Pavement.BOTH, streets.pavement)
    pavement = np.where(pavement == Pavement.UNKNOWN, table.pavement[road], pavement)
    speed = np.where(streets.speed_kmh > 0, streets.speed_kmh, table.speed[road])
    unlit = np.where(streets.lit == Lit.UNKNOWN, ~table.lit[streets.street], streets.lit == Lit.NO)
    factor = 1 + table.traffic[road] * table.of_pavement[pavement] * table.by_speed(speed)
    factor += unlit * (model.unlit_in_the_dark if dark else model.unlit_by_day)
    factor += (streets.street == Street.STEPS) * model.steps + streets.tunnel * model.tunnel

    at_node = crossing_at_nodes(streets, model)
    # Half is met on the way to the middle of the road and half on the way from it.
    crossing_m = (np.where(streets.crosses, at_node[network.ends], 0.0) / 2).sum(axis=1)
    none = np.zeros(len(road), dtype=np.float32)
    kind = np.full(len(road), model.alone_as, dtype=np.uint8)
    crossing_m += streets.alone * table.crossing(kind, none, none, streets.alone_crossing)
    if collisions is not None and len(collisions.weight):
        factor += collision_stress(network, collisions, model)
    if barriers is not None and len(barriers.metres):
        crossing_m += barrier_metres(network, barriers, model, minute=minute)
    return Stress(factor, crossing_m, _assumed(network, streets, table, road))


def crossing_at_nodes(streets: Streets, model: StressModel) -> Floats:
    """Of n nodes the metres for crossing the road there, whole; 0 where none passes through."""
    return _Table(model).crossing(
        streets.crossed, streets.crossed_speed_kmh, streets.crossed_lanes, streets.crossing
    )


def with_stress(network: Network, found: Stress) -> Network:
    """The network with these factors and crossings."""
    return dataclasses.replace(network, factor=found.factor, crossing_m=found.crossing_m)


def collision_stress(network: Network, collisions: Collisions, model: StressModel) -> Floats:
    """What collisions near its middle add to each edge's factor: most at the spot, nothing at `within_m`."""
    a, b = network.ends.T
    east_m, north_m = metres_a_degree(float(network.latitude.mean()))
    scale = np.array([float(east_m), float(north_m)])
    middle = np.column_stack(
        (
            (network.longitude[a] + network.longitude[b]) / 2,
            (network.latitude[a] + network.latitude[b]) / 2,
        )
    )
    places = np.column_stack((collisions.longitude, collisions.latitude))
    there = np.isfinite(places).all(axis=1) & (np.asarray(collisions.weight) > 0)
    within = model.collisions_within_m
    edges = cKDTree(middle * scale).query_ball_point(places[there] * scale, within)
    counts = np.array([len(found) for found in edges], dtype=np.int64)
    adds = np.zeros(len(a))
    if counts.sum():
        edge = np.concatenate([np.array(found, dtype=np.int64) for found in edges])
        at = np.repeat(places[there], counts, axis=0)
        away = np.hypot(*((middle[edge] - at) * scale).T)
        weight = np.repeat(np.asarray(collisions.weight)[there], counts)
        np.add.at(adds, edge, model.collisions_each * weight * np.maximum(1 - away / within, 0))
    return np.minimum(adds, model.collisions_at_most)


def barrier_metres(
    network: Network, barriers: Barriers, model: StressModel, *, minute: int | None = None
) -> Floats:
    """What barriers that hold at a minute of the day add to the crossing of the edge nearest to each."""
    holds = np.asarray(barriers.metres) > 0
    if minute is not None:
        holds &= _within(minute, barriers.from_minute, barriers.until_minute)
    met = Snapper(network).snap(
        np.asarray(barriers.longitude)[holds],
        np.asarray(barriers.latitude)[holds],
        farthest_m=model.barriers_within_m,
    )
    found = met.edge >= 0
    adds = np.zeros(len(network.ends))
    np.add.at(adds, met.edge[found], np.asarray(barriers.metres)[holds][found])
    return adds


def _within(minute: int, start: ArrayLike, until: ArrayLike) -> NDArray[np.bool_]:
    start, until = np.asarray(start), np.asarray(until)
    inside = (start <= minute) & (minute < until)
    over_midnight = (start <= minute) | (minute < until)
    return np.where(start < until, inside, np.where(start > until, over_midnight, True))


class _Table:
    """The model's rows as arrays by the number of a kind of street."""

    def __init__(self, model: StressModel) -> None:
        size = max(Street) + 1
        self.model = model
        self.traffic, self.base, self.speed, self.lanes = (np.zeros(size) for _ in range(4))
        self.pavement = np.zeros(size, dtype=np.uint8)
        self.lit = np.zeros(size, dtype=np.bool_)
        for kind, row in model.street.items():
            self.traffic[kind], self.base[kind] = row.traffic, row.crossing
            self.speed[kind], self.lanes[kind] = row.speed_kmh, row.lanes
            self.pavement[kind], self.lit[kind] = row.pavement, row.lit
        self.of_pavement = np.ones(max(Pavement) + 1)
        for where, times in model.pavement.items():
            self.of_pavement[where] = times
        self._limits = np.array([row.up_to_kmh for row in model.speed[:-1]])
        self._times = np.array([row.times for row in model.speed])

    def by_speed(self, speed_kmh: NDArray[np.floating]) -> Floats:
        return np.asarray(self._times[np.searchsorted(self._limits, speed_kmh, side="left")])

    def crossing(
        self,
        street: NDArray[np.uint8],
        speed_kmh: NDArray[np.float32],
        lanes: NDArray[np.float32],
        crossing: NDArray[np.uint8],
    ) -> Floats:
        """Metres for crossing roads of these kinds with this help."""
        model = self.model
        speed = np.where(speed_kmh > 0, speed_kmh, self.speed[street])
        lanes = np.where(lanes > 0, lanes, self.lanes[street])
        width = np.clip(lanes * model.lanes_each, model.lanes_least, model.lanes_most)
        metres = self.base[street] * self.by_speed(speed) * width
        few = lanes <= model.marked_lanes_at_most
        metres *= np.where(crossing & Crossing.ISLAND, model.treatment[Crossing.ISLAND], 1.0)
        signal = (crossing & Crossing.SIGNAL) > 0
        marked = (crossing & Crossing.MARKED) > 0
        drawn = np.where(marked & few, model.treatment[Crossing.MARKED], model.treatment[Crossing.UNMARKED])
        # A signal's own markings are counted with it.
        return np.asarray(metres * np.where(signal, model.treatment[Crossing.SIGNAL], drawn))


def _assumed(
    network: Network, streets: Streets, table: _Table, road: NDArray[np.uint8]
) -> tuple[Assumed, ...]:
    rows: list[Assumed] = []
    model = table.model
    size = max(Street) + 1
    of_road, of_street = road.astype(np.int64), streets.street.astype(np.int64)
    beside = streets.beside > 0
    for what, known, kind in (
        ("speed", streets.speed_kmh > 0, of_road),
        ("lanes", streets.lanes > 0, of_road),
        ("pavement", (streets.pavement != Pavement.UNKNOWN) | beside, of_road),
        ("lit", streets.lit != Lit.UNKNOWN, of_street),
    ):
        said = np.bincount(kind[known], weights=network.length_m[known], minlength=size)
        silent = np.bincount(kind[~known], weights=network.length_m[~known], minlength=size)
        for street in Street:
            row = model.street[street]
            if said[street] + silent[street] == 0 or (what != "lit" and row.traffic == 0):
                continue
            value = {
                "speed": f"{row.speed_kmh:g} km/h",
                "lanes": f"{row.lanes:g}",
                "pavement": row.pavement.name.lower(),
                "lit": "lit" if row.lit else "unlit",
            }[what]
            rows.append(
                Assumed(
                    what,
                    street.name.lower(),
                    value,
                    round(float(said[street]), 1),
                    round(float(silent[street]), 1),
                )
            )
    return tuple(rows)
