"""Where the safest ways to a school run together: the streets worth suggesting when no plan says who walks.

From every street of a walk zone on which people live the way of least stress leads to the school. The ways
join as streams do; a street is kept where so large a share of all of them comes along.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from schoolward.analysis.routing.chains import Chains, Places, Weights
from schoolward.analysis.routing.loops.gathering import gather
from schoolward.analysis.routing.network import Network
from schoolward.analysis.routing.street_tags import Street
from schoolward.analysis.routing.trees import full_tree

__all__ = ["LEAST_SHARE", "corridors"]

LEAST_SHARE = 0.02
"""A street carries at least so much of the zone's length, or it is not suggested."""

_LIVED_ON = (
    Street.PEDESTRIAN,
    Street.LIVING_STREET,
    Street.RESIDENTIAL,
    Street.UNCLASSIFIED,
    Street.TERTIARY,
)


def corridors(
    network: Network,
    chains: Chains,
    stress: Weights,
    places: Places,
    *,
    street: NDArray[np.uint8],
    zone: NDArray[np.bool_],
    least_share: float = LEAST_SHARE,
) -> NDArray[np.bool_]:
    """Which of m edges so large a share of the safest ways to these places leads along.

    Args:
        network: the network.
        chains: the same, folded.
        stress: what its edges cost.
        places: where the ways end, a school's entrances; each way to that reached with least stress.
        street: the kind of each of m edges; ways begin where people live.
        zone: which of m edges ways begin on.
        least_share: of the length on which ways begin.
    """
    trees = full_tree(chains, stress, places)
    nearest = trees.cost.argmin(axis=0)
    everywhere = np.arange(trees.cost.shape[1])
    cost, before = trees.cost[nearest, everywhere], trees.before[nearest, everywhere]
    ends = network.ends
    lived = np.flatnonzero(zone & np.isin(street, np.array(_LIVED_ON, dtype=np.uint8)))
    carried = np.zeros(len(cost))
    for end in (0, 1):
        np.add.at(carried, ends[lived, end], network.length_m[lived] / 2)
    carried[~np.isfinite(cost)] = 0.0
    least = carried.sum() * least_share
    reached = np.flatnonzero(np.isfinite(cost) & (before >= 0))
    gather(carried, before, reached[np.argsort(-cost[reached], kind="stable")])
    kept = reached[carried[reached] >= max(least, 1e-9)]
    # Of parallel edges between a node and the one before it the way takes the one of least stress.
    along = np.empty(len(ends))
    along[chains.edges] = stress.along
    before_of = np.full(len(cost), -1, np.int64)
    before_of[kept] = before[kept]
    first, second = ends[:, 0], ends[:, 1]
    leads = [np.flatnonzero(before_of[first] == second), np.flatnonzero(before_of[second] == first)]
    edges = np.concatenate(leads)
    node = np.concatenate((first[leads[0]], second[leads[1]]))
    order = np.lexsort((edges, along[edges], node))
    is_least = np.diff(node[order], prepend=-1) != 0
    mask = np.zeros(len(ends), np.bool_)
    mask[edges[order[is_least]]] = True
    mask[places.edge] |= bool(len(kept))
    return mask
