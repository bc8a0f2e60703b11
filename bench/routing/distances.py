"""Walking distances held against two public engines, where those two agree within 1 %.

    python bench/routing/distances.py [EXTRACT CSV]...

The default is Portland and Baltimore in the folder that SCHOOLWARD_MAPS names, without it ../shared/data/osm.
The CSV has a row a pair: school_osm_node, student_osm_node, their positions, osrm_foot_m, valhalla_ped_m and,
if it is there, naive_shortest_m (a plain filter of tags). An address that is no node of ours is snapped.
"""

from __future__ import annotations

import csv
import os
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_array, csr_array
from scipy.sparse.csgraph import dijkstra

from schoolward.analysis.routing.building import read_network
from schoolward.analysis.routing.network import Network
from schoolward.analysis.routing.snapping import Snapper

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "bench")]

from machine import state  # noqa: E402

MAPS = Path(os.environ.get("SCHOOLWARD_MAPS", ROOT.parent / "shared" / "data" / "osm"))
CITIES = ("portland", "baltimore")
WITHIN, GOAL = 0.01, 0.985


@dataclass(frozen=True)
class Agreement:
    """Of the pairs on which both engines agree, the shares that ours is within 1 % of."""

    pairs: int
    osrm: float
    valhalla: float
    either: float
    naive_osrm: float  # nan where the file does not tell it


def graph(network: Network) -> csr_array:
    """Lengths between nodes, of several edges between the same two the shortest."""
    low, high = np.sort(network.ends, axis=1).T
    order = np.lexsort((network.length_m, high, low))
    low, high, length = low[order], high[order], network.length_m[order]
    first = np.ones(len(low), dtype=np.bool_)
    first[1:] = (low[1:] != low[:-1]) | (high[1:] != high[:-1])
    low, high, length = low[first], high[first], length[first]
    size = len(network.node_ids)
    both = (np.concatenate((low, high)), np.concatenate((high, low)))
    return csr_array(coo_array((np.concatenate((length, length)), both), shape=(size, size)))


def distances(network: Network, rows: list[dict[str, str]]) -> NDArray[np.float64]:
    """Metres between school and student of each row; inf where there is no way."""
    places = {int(node): place for place, node in enumerate(network.node_ids)}
    snapper = Snapper(network)

    def ends(who: str) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
        """Of each row the two nodes to start from, and the metres to each."""
        known = np.array([places.get(int(row[f"{who}_osm_node"]), -1) for row in rows])
        met = snapper.snap(
            np.array([float(row[f"{who}_lon"]) for row in rows]),
            np.array([float(row[f"{who}_lat"]) for row in rows]),
        )
        if (met.edge < 0).any():
            raise SystemExit("an address of the file lies farther than a kilometer from every street")
        nodes = network.ends[met.edge].astype(np.int64)
        length = network.length_m[met.edge]
        metres = np.stack((met.fraction * length, (1 - met.fraction) * length), axis=1)
        nodes[known >= 0] = known[known >= 0, None]
        metres[known >= 0] = 0
        return nodes, metres

    school, from_school = ends("school")
    student, from_student = ends("student")
    starts, which = np.unique(school, return_inverse=True)
    which = which.reshape(school.shape)
    trees = dijkstra(graph(network), indices=starts)
    best = np.full(len(rows), np.inf)
    for a in (0, 1):
        for b in (0, 1):
            whole = from_school[:, a] + trees[which[:, a], student[:, b]] + from_student[:, b]
            best = np.minimum(best, whole)
    return best


def agreement(extract: Path, table: Path) -> Agreement:
    """Hold the network of an extract against the two engines' distances."""
    with table.open(newline="", encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file) if row["osrm_foot_m"] and row["valhalla_ped_m"]]
    osrm = np.array([float(row["osrm_foot_m"]) for row in rows])
    valhalla = np.array([float(row["valhalla_ped_m"]) for row in rows])
    ours = distances(read_network(extract), rows)
    naive = np.array([float(row.get("naive_shortest_m") or "nan") for row in rows])
    agreed = np.abs(osrm - valhalla) <= WITHIN * osrm
    to_osrm = np.abs(ours - osrm)[agreed] <= WITHIN * osrm[agreed]
    to_valhalla = np.abs(ours - valhalla)[agreed] <= WITHIN * valhalla[agreed]
    told = np.abs(naive - osrm)[agreed] <= WITHIN * osrm[agreed]
    return Agreement(
        pairs=int(agreed.sum()),
        osrm=float(to_osrm.mean()),
        valhalla=float(to_valhalla.mean()),
        either=float((to_osrm | to_valhalla).mean()),
        naive_osrm=float(told.mean()) if np.isfinite(naive).any() else float("nan"),
    )


def main() -> None:
    """Print the shares for each city."""
    print(state())
    named = [Path(name) for name in sys.argv[1:]]
    files = list(zip(named[::2], named[1::2], strict=True)) or [
        (MAPS / f"{city}.osm.pbf", MAPS / f"{city}_walking_distances.csv") for city in CITIES
    ]
    for extract, table in files:
        if not extract.is_file() or not table.is_file():
            sys.exit(f"{extract}, {table}: one of them is not there; name an extract and its distances.")
        begun = time.process_time()
        found = agreement(extract, table)
        print(
            f"{extract.name}: {found.pairs:,} pairs on which both agree; within 1 % of OSRM {found.osrm:.2%} "
            f"(goal {GOAL:.1%}, a plain filter {found.naive_osrm:.2%}), of Valhalla {found.valhalla:.2%}, "
            f"of either {found.either:.2%}; {time.process_time() - begun:.1f} CPU-s"
        )


if __name__ == "__main__":
    main()
