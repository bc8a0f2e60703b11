"""The safest route of every pupil, cost and all nodes, and whole trees: ours, scipy and, where given, peers.

    python bench/routing/paths.py [EXTRACT] [--schools 80] [--pupils 500] [--seed 5] [--peer PYTHON]

PYTHON is an interpreter of an environment with pandana, igraph, routingkit-cch and networkx in it, or some of
them. Seconds are of the processor. Ours pay for laying the weights and for folding the network each time;
peers that build an index say what that costs beside their query. Compiling is paid once for an installation
and left out; it is printed by itself.
"""

from __future__ import annotations

import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np
from cities import NEAR_M, arguments, city, matrix, trip
from machine import state
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import dijkstra

from schoolward.analysis.routing.chains import fold, weigh
from schoolward.analysis.routing.routes import find_routes, route_nodes
from schoolward.analysis.routing.trees import full_tree

RUNS = 5


def main() -> None:
    parser = arguments(__doc__.splitlines()[0])
    parser.add_argument("--peer", help="an interpreter with the peers in it")
    given = parser.parse_args()
    network = city(given.extract)
    walks, at, homes = trip(network, given.schools, given.pupils, given.seed)
    print(state())
    print(
        f"{Path(given.extract).name}: {len(network.node_ids):,} nodes, {len(network.ends):,} edges; "
        f"{given.schools} schools x {given.pupils} pupils within {NEAR_M:.0f} m, seed {given.seed}"
    )
    before = _peak()

    def ours() -> tuple[np.ndarray, np.ndarray]:
        chains = fold(network)
        routes = find_routes(chains, weigh(chains, network.stress), walks)
        return routes.cost, route_nodes(chains, walks, routes)[1]

    first = time.process_time()
    ours()
    print(f"first call, with what is compiled read or made   {time.process_time() - first:7.3f} s")
    took, (cost, nodes) = _best(ours)
    print(f"ours: fold, weigh, cost, {len(nodes):,} nodes     {took:7.3f} s")
    print(
        f"peak memory, with the network                    {_peak():7} MB ({before} before the first route)"
    )

    graph = matrix(network, network.stress)
    # No caller knows beforehand how far the last pupil lives: with this limit scipy is given the answer.
    limit = float(cost[np.isfinite(cost)].max()) * 1.0001

    def scipy_paths(graph: csr_matrix = graph, limit: float = limit) -> np.ndarray:
        found = np.empty(len(homes))
        for school, node in enumerate(at.tolist()):
            costs, parents = dijkstra(graph, indices=node, return_predecessors=True, limit=limit)
            parent = parents.tolist()
            for pupil in range(school * given.pupils, (school + 1) * given.pupils):
                here, walked = int(homes[pupil]), []
                while here >= 0:
                    walked.append(here)
                    here = parent[here]
                found[pupil] = costs[homes[pupil]]
        return found

    theirs, expected = _best(scipy_paths, 1)
    both = np.isfinite(expected) & (expected > 0)
    wrong = np.abs(cost[both] - expected[both]) / expected[both]
    assert np.array_equal(np.isfinite(cost), np.isfinite(expected))
    print(f"scipy with that limit, and a walk up its tree    {theirs:7.3f} s   {theirs / took:5.1f} x ours")
    unaided, _ = _best(lambda: scipy_paths(matrix(network, network.stress), np.inf), 1)
    print(f"scipy, its matrix laid, no limit known to it     {unaided:7.3f} s   {unaided / took:5.1f} x ours")
    print(f"largest relative difference                      {wrong.max():.1e}")

    def trees() -> np.ndarray:
        chains = fold(network)
        found = full_tree(chains, weigh(chains, network.stress), walks.schools)
        return found.cost

    took_trees, whole = _best(trees, 3)
    theirs_trees, known = _best(lambda: dijkstra(graph, indices=at, return_predecessors=True)[0], 1)
    print(f"whole trees, ours                                {took_trees:7.3f} s")
    ratio = theirs_trees / took_trees
    print(f"whole trees, scipy                               {theirs_trees:7.3f} s   {ratio:5.1f} x ours")
    reached = np.isfinite(known) & (known > 0)
    worst = np.abs(whole[reached] / known[reached] - 1).max()
    print(f"largest relative difference                      {worst:.1e}")
    if given.peer:
        _peers(given.peer, network, at, homes, cost, took)


def _best(run, runs: int = RUNS):  # type: ignore[no-untyped-def]
    took = []
    for _ in range(runs):
        begun = time.process_time()
        found = run()
        took.append(time.process_time() - begun)
    return min(took), found


def _peak() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def _peers(python, network, at, homes, cost, took):  # type: ignore[no-untyped-def]
    """Run the peers on the same work in their own interpreter."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "work.npz"
        np.savez(
            file,
            ends=network.ends,
            weights=network.stress,
            longitude=network.longitude,
            latitude=network.latitude,
            schools=at,
            homes=homes,
            cost=cost,
            ours=took,
        )
        subprocess.run([python, str(Path(__file__).with_name("peers.py")), str(file)], check=False)


if __name__ == "__main__":
    sys.exit(main())
