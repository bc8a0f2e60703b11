"""A way to school in steps: along which street, how far, and what helps across the roads that are met.

Steps are data; :mod:`schoolward.analysis.routing.direction_words` puts them into words. A pavement that is
drawn as a path of its own has no name: it bears that of the road beside which it runs.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from schoolward.analysis.routing.ground import metres_a_degree
from schoolward.analysis.routing.making import StreetNetwork
from schoolward.analysis.routing.snapping import Snapper
from schoolward.analysis.routing.street_tags import FIRST_ROAD, Crossing, Pavement, Street
from schoolward.analysis.routing.streets import BESIDE_M
from schoolward.analysis.routing.walked import Piece, line_of

__all__ = ["Along", "Cross", "Guard", "Guide", "Step", "Turn"]

GUARD_M = 30.0
"""A guard's post so near to a crossing serves it."""
SHORT_M = 25.0
"""A stretch so short without a name is part of what comes before it."""
CRUMB_M = 8.0
"""So short a stretch is no step of its own, whatever its name: a corner that is cut."""
_PARALLEL = np.cos(np.radians(30))
_LOOK_M = 12.0  # how far before and after a corner the direction is taken
_STRAIGHT = 35.0  # degrees


class Turn(StrEnum):
    """How a step begins, against the one before."""

    START = "start"
    ON = "straight on"
    LEFT = "left"
    RIGHT = "right"


@dataclass(frozen=True)
class Guard:
    """Where a crossing guard stands, and the hours in words."""

    longitude: float
    latitude: float
    hours: str


@dataclass(frozen=True)
class Along:
    """Walk along a street."""

    street: str  # empty where the map has no name for it
    kind: Street
    turn: Turn
    metres: float
    without_pavement_m: float  # of it on a road of which the map says that it has no pavement


@dataclass(frozen=True)
class Cross:
    """Cross a road."""

    street: str  # empty where the map has no name for it
    kind: Street
    help: Crossing  # SIGNAL, MARKED, ISLAND; 0 where the map knows of none
    guard: str  # hours of a guard who stands there; empty where none does
    longitude: float
    latitude: float


Step = Along | Cross


@dataclass
class _Stretch:
    name: str
    kind: Street
    pieces: list[Piece]
    metres: float
    bare_m: float


class Guide:
    """Tells the ways of one network; what it looks up often is made once."""

    def __init__(self, made: StreetNetwork) -> None:
        """For this network."""
        self.made = made
        flat = made.network.ends.ravel()
        self._edges_at = (np.argsort(flat, kind="stable") >> 1).astype(np.int32)
        self._first = np.concatenate(
            ([0], np.cumsum(np.bincount(flat, minlength=len(made.network.node_ids))))
        )

    @cached_property
    def _roads(self) -> Snapper:
        """Roads that have a name."""
        named = (self.made.name > 0) & (self.made.streets.street >= FIRST_ROAD)
        return Snapper(self.made.network, edges=np.flatnonzero(named))

    def steps(self, pieces: list[Piece], guards: Sequence[Guard] = ()) -> list[Step]:
        """The steps of a way, in the order in which they are walked."""
        steps: list[Step] = []
        before: _Stretch | None = None
        for part in self._parts(pieces, guards):
            if isinstance(part, Cross):
                steps.append(part)
                continue
            steps.append(
                Along(part.name, part.kind, self._turn(before, part), part.metres, round(part.bare_m, 1))
            )
            before = part
        return steps

    def name_of(self, edge: int) -> str:
        """The street's name, or that of the road beside which a path runs."""
        own = self.made.names[int(self.made.name[edge])]
        if own or self.made.streets.street[edge] not in (Street.PATH, Street.CYCLEWAY, Street.PEDESTRIAN):
            return own
        network = self.made.network
        a, b = network.ends[edge]
        middle = (
            (network.longitude[a] + network.longitude[b]) / 2,
            (network.latitude[a] + network.latitude[b]) / 2,
        )
        met = self._roads.snap([middle[0]], [middle[1]], farthest_m=BESIDE_M)
        road = int(met.edge[0])
        if road < 0 or abs(float(self._heading(edge) @ self._heading(road))) < _PARALLEL:
            return ""
        return self.made.names[int(self.made.name[road])]

    def _parts(self, pieces: list[Piece], guards: Sequence[Guard]) -> list[_Stretch | Cross]:
        found: list[_Stretch | Cross] = []
        names: dict[int, str] = {}
        last = None
        for piece in pieces:
            if last is not None:
                crossed = self._crossed(last, piece, guards)
                if crossed is not None:
                    found.append(crossed)
            name = names.setdefault(piece.edge, self.name_of(piece.edge))
            kind = Street(int(self.made.streets.street[piece.edge]))
            metres, bare_m = self._metres(piece)
            stretch = found[-1] if found and isinstance(found[-1], _Stretch) else None
            if stretch is not None and (
                (name, kind if not name else None) == (stretch.name, stretch.kind if not name else None)
                or (not name and metres < SHORT_M)
            ):
                stretch.pieces.append(piece)
                stretch.metres += metres
                stretch.bare_m += bare_m
            elif stretch is not None and not stretch.name and stretch.metres < SHORT_M:
                # A few metres from the door to the street are no step of their own.
                stretch.name, stretch.kind = name, kind
                stretch.pieces.append(piece)
                stretch.metres += metres
                stretch.bare_m += bare_m
            else:
                found.append(_Stretch(name, kind, [piece], metres, bare_m))
            last = piece
        return _without_crumbs(found)

    def _metres(self, piece: Piece) -> tuple[float, float]:
        """Metres of a piece, and of them without a pavement."""
        streets = self.made.streets
        metres = abs(piece.end - piece.begin) * float(self.made.network.length_m[piece.edge])
        bare = (
            streets.street[piece.edge] >= Street.RESIDENTIAL and streets.pavement[piece.edge] == Pavement.NONE
        )
        return metres, metres if bare else 0.0

    def _crossed(self, last: Piece, then: Piece, guards: Sequence[Guard]) -> Cross | None:
        """The road that is crossed between two pieces; small ones only where something helps across."""
        made, streets = self.made, self.made.streets
        node = last.node_reached(made.network)
        if node is None or last.edge == then.edge:
            return self._crossed_apart(last, then, guards)
        leaving = int(then.begin)
        if not (streets.crosses[last.edge, int(last.end)] and streets.crosses[then.edge, leaving]):
            return self._crossed_apart(last, then, guards)
        kind = int(streets.crossed[node])
        around = self._edges_at[self._first[node] : self._first[node + 1]]
        roads = [
            int(edge)
            for edge in around
            if streets.street[edge] == kind and edge not in (last.edge, then.edge)
        ]
        name = next((made.names[int(made.name[edge])] for edge in roads if made.name[edge]), "")
        # Who turns into the road walks along it.
        if name and name in (made.names[int(made.name[edge])] for edge in (last.edge, then.edge)):
            return None
        help_ = _help(int(streets.crossing[node]))
        return self._told(name, kind, help_, node, guards)

    def _crossed_apart(self, last: Piece, then: Piece, guards: Sequence[Guard]) -> Cross | None:
        """A crossing that is drawn as a way of its own and meets no road: told where it begins."""
        streets = self.made.streets
        if not streets.alone[then.edge] or streets.alone[last.edge]:
            return None
        node = int(self.made.network.ends[then.edge, round(then.begin)])
        help_ = _help(int(streets.alone_crossing[then.edge]))
        return self._told("", int(Street.RESIDENTIAL), help_, node, guards)

    def _told(
        self, name: str, kind: int, help_: Crossing, node: int, guards: Sequence[Guard]
    ) -> Cross | None:
        at = float(self.made.network.longitude[node]), float(self.made.network.latitude[node])
        guard = _guard_at(guards, *at)
        if kind < Street.TERTIARY and not help_ and not guard:
            return None
        return Cross(name, Street(kind), help_, guard, *at)

    def _turn(self, before: _Stretch | None, then: _Stretch) -> Turn:
        if before is None:
            return Turn.START
        came = _direction(self._line(before.pieces), at_end=True)
        goes = _direction(self._line(then.pieces), at_end=False)
        angle = float(np.degrees(np.arctan2(came[0] * goes[1] - came[1] * goes[0], came @ goes)))
        if abs(angle) < _STRAIGHT:
            return Turn.ON
        return Turn.LEFT if angle > 0 else Turn.RIGHT

    def _line(self, pieces: list[Piece]) -> NDArray[np.float64]:
        """A line in metres from its first point."""
        line = line_of(self.made.network, pieces)
        east_m, north_m = metres_a_degree(line[0, 1])
        return (line - line[0]) * np.array([float(east_m), float(north_m)])

    def _heading(self, edge: int) -> NDArray[np.float64]:
        """The direction of an edge, of length 1."""
        line = self._line([Piece(edge, 0.0, 1.0)])
        along = line[1] - line[0]
        return np.asarray(along / max(float(np.hypot(*along)), 1e-9))


def _without_crumbs(parts: list[_Stretch | Cross]) -> list[_Stretch | Cross]:
    """The parts without stretches of a few steps: each goes to the stretch after it, the last to the one
    before.
    """
    found: list[_Stretch | Cross] = []
    for number, part in enumerate(parts, start=1):
        before = found[-1] if found else None
        if isinstance(part, _Stretch) and isinstance(before, _Stretch):
            if before.metres < CRUMB_M:
                found[-1] = _joined(before, part, name_of=part)
                continue
            if number == len(parts) and part.metres < CRUMB_M:
                found[-1] = _joined(before, part, name_of=before)
                continue
        found.append(part)
    return found


def _joined(one: _Stretch, then: _Stretch, *, name_of: _Stretch) -> _Stretch:
    return _Stretch(
        name_of.name,
        name_of.kind,
        [*one.pieces, *then.pieces],
        one.metres + then.metres,
        one.bare_m + then.bare_m,
    )


def _direction(line: NDArray[np.float64], *, at_end: bool) -> NDArray[np.float64]:
    """Where a line of metres leads at its end or its beginning, over some metres: a kink is no turn."""
    if at_end:
        line = line[::-1]
    away = np.hypot(*(line - line[0]).T)
    far = np.flatnonzero(away >= min(_LOOK_M, float(away.max())))
    along = line[far[0]] - line[0]
    return np.asarray(-along if at_end else along)


def _help(flags: int) -> Crossing:
    return Crossing(flags) & (Crossing.SIGNAL | Crossing.MARKED | Crossing.ISLAND)


def _guard_at(guards: Sequence[Guard], longitude: float, latitude: float) -> str:
    """The hours of the guard who stands at a place; empty where none does."""
    east_m, north_m = metres_a_degree(latitude)
    for guard in guards:
        away = np.hypot((guard.longitude - longitude) * east_m, (guard.latitude - latitude) * north_m)
        if away <= GUARD_M:
            return guard.hours
    return ""
