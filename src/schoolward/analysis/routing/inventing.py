"""Schools and pupils laid out over a street network that have never been: to show what the planning does.

The same network and seed give the same. Nothing in it is taken from anybody.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.spatial import cKDTree

from schoolward.analysis.routing.ground import metres_a_degree
from schoolward.analysis.routing.making import StreetNetwork
from schoolward.analysis.routing.street_tags import Street

__all__ = ["invent"]

_FARTHEST_M = 1_600.0  # a pupil's home from the school, as the crow flies
_HALF_WITHIN_M = 700.0
_BESIDE_M = 12.0
_CANDIDATES = 2_000
_DRAWN = 8
_LIVED_ON = (Street.LIVING_STREET, Street.RESIDENTIAL, Street.UNCLASSIFIED, Street.TERTIARY)


def invent(made: StreetNetwork, *, schools: int, pupils: int, seed: int) -> tuple[bytes, bytes]:
    """So many schools, and so many pupils of each, as the two CSV files that the commands read.

    Raises:
        ValueError: the network has no street on which anybody could live.
    """
    chance = np.random.default_rng(seed)
    network = made.network
    lived = np.flatnonzero(np.isin(made.streets.street, np.array(_LIVED_ON, dtype=np.uint8)))
    if not len(lived):
        raise ValueError("the network has no street on which anybody could live.")
    east_m, north_m = (float(metres) for metres in metres_a_degree(float(network.latitude.mean())))
    scale = np.array([east_m, north_m])
    ends = np.stack((network.longitude, network.latitude), axis=1) * scale
    middle = ends[network.ends[lived]].mean(axis=1)
    at = _apart(middle, _inner(middle, chance), schools, chance)
    tree = cKDTree(middle)
    rows: list[tuple[str, ...]] = []
    for school, place in enumerate(at.tolist()):
        near = np.array(tree.query_ball_point(middle[place], _FARTHEST_M))
        away = np.hypot(*(middle[near] - middle[place]).T)
        weight = network.length_m[lived[near]] * np.exp2(-away / _HALF_WITHIN_M)
        homes = lived[near[chance.choice(len(near), pupils, p=weight / weight.sum())]]
        share = chance.random(pupils)[:, None]
        begin, end = ends[network.ends[homes, 0]], ends[network.ends[homes, 1]]
        homes_at = begin + share * (end - begin) + chance.normal(0, _BESIDE_M, (pupils, 2))
        for number, (lon, lat) in enumerate((homes_at / scale).tolist(), 1):
            rows.append((f"{_id(school)}-{number}", _id(school), f"{lon:.6f}", f"{lat:.6f}"))
    entrances = [
        (_id(school), f"Invented School {school + 1}", f"{lon:.6f}", f"{lat:.6f}")
        for school, (lon, lat) in enumerate((middle[at] / scale).tolist())
    ]
    return _csv(("id", "name", "lon", "lat"), entrances), _csv(("id", "school", "lon", "lat"), rows)


def _id(school: int) -> str:
    return f"invented-{school + 1}"


def _inner(middle: NDArray[np.float64], chance: np.random.Generator) -> NDArray[np.int64]:
    """Some of the streets that have others on all sides."""
    low, high = np.quantile(middle, (0.15, 0.85), axis=0)
    inside = np.flatnonzero(((middle >= low) & (middle <= high)).all(axis=1))
    if not len(inside):
        inside = np.arange(len(middle))
    return chance.choice(inside, min(_CANDIDATES, len(inside)), replace=False)


def _apart(
    middle: NDArray[np.float64], candidates: NDArray[np.int64], count: int, chance: np.random.Generator
) -> NDArray[np.int64]:
    """So many of the candidates: each time the one of a few drawn that is farthest from those before it.

    That spreads them, and still puts more where there are more streets (Mitchell's best candidate).
    """
    chosen = [int(candidates[chance.integers(len(candidates))])]
    while len(chosen) < count:
        drawn = candidates[chance.integers(len(candidates), size=_DRAWN)]
        away, _ = cKDTree(middle[chosen]).query(middle[drawn])
        chosen.append(int(drawn[away.argmax()]))
    return np.array(chosen)


def _csv(header: Sequence[str], rows: Sequence[Sequence[str]]) -> bytes:
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(header)
    writer.writerows(rows)
    return text.getvalue().encode()
