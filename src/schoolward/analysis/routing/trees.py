"""The cheapest way from a place to every node of the network: whole trees, for walk-sheds and checks."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from schoolward.analysis.routing.chains import Chains, Floats, Ints, Places, Weights, coordinates
from schoolward.analysis.routing.loops.reaching import offsets
from schoolward.analysis.routing.loops.spreading import spread
from schoolward.analysis.routing.searching import Search

__all__ = ["Trees", "full_tree"]


@dataclass(frozen=True)
class Trees:
    """For each of s places and n nodes, the least cost and the node before it on the way from the place."""

    cost: Floats  # s x n, infinity where no way is, or where it costs more than the limit
    before: Ints  # s x n; -1 where the way comes from the place itself, -9999 where no way is


def full_tree(chains: Chains, weights: Weights, places: Places, *, limit: float = np.inf) -> Trees:
    """Search from each place to every node that is no dearer than the limit."""
    count = int(chains.nodes.max()) + 1 if len(chains.nodes) else 0
    # The loop writes every node of every chain.
    cost = np.empty((len(places), count))
    before = np.empty((len(places), count), np.int32)
    lonely = np.ones(count, np.bool_)
    lonely[chains.nodes] = False
    if lonely.any():
        cost[:, lonely], before[:, lonely] = np.inf, -9999
    search = Search.over(chains, weights)
    chain, at = coordinates(chains, places)
    to_tail, to_head = offsets(chains.first, weights.along, chain, at)
    for place in range(len(places)):
        starts = np.array((chains.tail[chain[place]], chains.head[chain[place]]))
        search.run(starts, np.array((to_tail[place], to_head[place])), limit=limit)
        spread(
            chains.first, chains.nodes, chains.tail, chains.head, chains.junctions, weights.along,
            chains.arc_tail, chains.arc_way, search.cost, search.arrived, chain[place], at[place], limit,
            cost[place], before[place],
        )  # fmt: skip
    return Trees(cost, before)
