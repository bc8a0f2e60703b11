"""A closed street or a new signal: all routes again, and whom it touches.

    python bench/routing/whatif.py [EXTRACT] [--schools 80] [--pupils 500] [--seed 5]

The streets that change are those that most pupils walk. What it is compared to is routing everybody anew, and
every answer is held against that.
"""

from __future__ import annotations

import time
from pathlib import Path

import numpy as np
from cities import arguments, city, trip
from machine import state

from schoolward.analysis.routing.chains import fold, weigh
from schoolward.analysis.routing.routes import find_routes, route_nodes
from schoolward.analysis.routing.whatif import Change, changed_weights, what_if

STREETS = 10


def main() -> None:
    given = arguments(__doc__.splitlines()[0]).parse_args()
    network = city(given.extract)
    walks, _, _ = trip(network, given.schools, given.pupils, given.seed)
    chains = fold(network)
    weights = weigh(chains, network.stress)
    before = find_routes(chains, weights, walks)
    print(state())
    print(f"{Path(given.extract).name}: {given.schools} schools x {given.pupils} pupils, seed {given.seed}")
    busiest = np.argsort(-np.bincount(before.ways >> 1, minlength=len(chains.tail)), kind="stable")[:STREETS]
    for name, times in (("closed", np.inf), ("half the stress", 0.5)):
        took, nodes_took, anew_took, searched, affected = [], [], [], [], []
        for chain in busiest.tolist():
            edge = chains.edges[chains.first[chain] : chains.first[chain] + 1]
            change = Change(edge, network.stress[edge] * times)
            begun = time.process_time()
            found = what_if(chains, weights, walks, before, change)
            took.append(time.process_time() - begun)
            begun = time.process_time()
            route_nodes(chains, walks, found.routes)
            nodes_took.append(time.process_time() - begun)
            begun = time.process_time()
            anew = find_routes(chains, changed_weights(chains, weights, change), walks)
            anew_took.append(time.process_time() - begun)
            reached = anew.reached
            assert np.array_equal(reached, found.routes.reached)
            assert np.allclose(found.routes.cost[reached], anew.cost[reached], rtol=1e-9)
            searched.append(len(found.searched))
            affected.append(int(found.affected.sum()))
        print(
            f"{name:16} median {np.median(took):.3f} s, worst {max(took):.3f} s; all nodes again "
            f"{np.median(nodes_took):.3f} s; everybody anew {np.median(anew_took):.3f} s; "
            f"{np.median(searched):.0f} schools searched, {np.median(affected):.0f} pupils affected"
        )


if __name__ == "__main__":
    main()
