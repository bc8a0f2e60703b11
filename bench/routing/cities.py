"""Networks, schools and pupils for the benchmarks of routes: an extract that the user names, or a grid."""

from __future__ import annotations

import argparse
import sys
import tempfile
from concurrent.futures import ProcessPoolExecutor
from datetime import UTC, datetime
from multiprocessing import get_context
from pathlib import Path

import numpy as np
from scipy.spatial import cKDTree

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "bench"), str(ROOT / "tests")]

from schoolward.analysis.geodesy import chord_length, unit_vectors  # noqa: E402
from schoolward.analysis.routing.chains import places_at_nodes  # noqa: E402
from schoolward.analysis.routing.making import make  # noqa: E402
from schoolward.analysis.routing.network import Network  # noqa: E402
from schoolward.analysis.routing.routes import Trip  # noqa: E402
from schoolward.analysis.routing.saved import load, save  # noqa: E402
from unit.analysis.routing.streets import grid  # noqa: E402

NEAR_M = 2_500.0


def arguments(what: str) -> argparse.ArgumentParser:
    """What every benchmark of routes takes."""
    parser = argparse.ArgumentParser(description=what)
    parser.add_argument("extract", nargs="?", default="grid", help="an OpenStreetMap extract, or grid")
    parser.add_argument("--schools", type=int, default=80)
    parser.add_argument("--pupils", type=int, default=500, help="of each school")
    parser.add_argument("--seed", type=int, default=5)
    return parser


def city(extract: str) -> Network:
    """The network of an extract, or a grid of 300,000 nodes of which one street in seven is missing."""
    if extract == "grid":
        return grid(548, bends=0, step=0.0003)
    # Made in a process of its own: what reading the extract takes is the business of build.py.
    with tempfile.TemporaryDirectory() as folder, ProcessPoolExecutor(1, get_context("spawn")) as maker:
        place = Path(folder) / "network"
        maker.submit(_make, extract, place).result()
        return load(place).network


def _make(extract: str, place: Path) -> None:
    save(place, make(extract), at=datetime.now(UTC))


def trip(network: Network, schools: int, pupils: int, seed: int) -> tuple[Trip, np.ndarray, np.ndarray]:
    """Schools anywhere, and pupils of each within 2.5 km of it; the trip, and the nodes of both."""
    chance = np.random.default_rng(seed)
    at = chance.integers(0, len(network.node_ids), schools)
    around = unit_vectors(network.longitude, network.latitude)
    tree = cKDTree(around)
    homes = np.concatenate(
        [
            chance.choice(tree.query_ball_point(around[school], chord_length(NEAR_M)), pupils)
            for school in at.tolist()
        ]
    )
    school_of = np.repeat(np.arange(schools, dtype=np.int32), pupils)
    return Trip(places_at_nodes(network, at), places_at_nodes(network, homes), school_of), at, homes


def matrix(network: Network, weights: np.ndarray):  # type: ignore[no-untyped-def]
    """The network as scipy has it, both ways, the cheapest of parallel edges kept."""
    from scipy.sparse import csr_matrix

    count = len(network.node_ids)
    low, high = network.ends.min(1), network.ends.max(1)
    order = np.lexsort((weights, high, low))
    low, high, weights = low[order], high[order], weights[order]
    kept = np.ones(len(low), bool)
    kept[1:] = (low[1:] != low[:-1]) | (high[1:] != high[:-1])
    one = csr_matrix((weights[kept], (low[kept], high[kept])), shape=(count, count))
    return (one + one.T).tocsr()
