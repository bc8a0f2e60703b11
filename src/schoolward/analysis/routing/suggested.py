"""The ways to a school that many corners around it share, whoever lives there.

A suggested way must be drawn where few pupils or none live as well, and drawing it must not tell which. So
one walker is thought to start from every junction within reach, and the streets that enough of them walk are
suggested: no pupil has a part in it.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from schoolward.analysis.routing.bounded import find_bounded_routes
from schoolward.analysis.routing.chains import Places, places_at_nodes
from schoolward.analysis.routing.planning import Laid
from schoolward.analysis.routing.routes import Trip
from schoolward.analysis.routing.searching import Search
from schoolward.analysis.routing.segments import walked_segments
from schoolward.analysis.routing.sheds import METRES_A_SECOND

__all__ = ["FEWEST_CORNERS", "MINUTES_AROUND", "suggested_chains"]

MINUTES_AROUND = 15
FEWEST_CORNERS = 5
_LABELS = 1 << 12


def suggested_chains(laid: Laid, school: Places, *, detour: float) -> NDArray[np.int64]:
    """The chains that the safest ways of at least :data:`FEWEST_CORNERS` junctions within
    :data:`MINUTES_AROUND` minutes lead along, ascending.
    """
    chains = laid.chains
    corners = _corners(laid, school)
    if not len(corners):
        return np.zeros(0, np.int64)
    starts = places_at_nodes(laid.network, chains.junctions[corners])
    trip = Trip(school, starts, np.zeros(len(corners), np.int32))
    found = find_bounded_routes(chains, laid.stress, laid.length, trip, detour=detour, most_labels=_LABELS)
    _walkers, segments = walked_segments(chains, trip, found.routes)
    return np.flatnonzero(np.bincount(segments, minlength=len(chains.tail)) >= FEWEST_CORNERS)


def _corners(laid: Laid, school: Places) -> NDArray[np.int64]:
    """Junctions within reach of the shortest walk."""
    chains = laid.chains
    chain = int(chains.chain_of[school.edge[0]])
    most = 60 * METRES_A_SECOND * MINUTES_AROUND
    search = Search.over(chains, laid.length)
    # Each end of the school's own chain counts as at the school: a corner more or less decides nothing.
    starts = np.array((chains.tail[chain], chains.head[chain]))
    search.run(starts, np.zeros(2), limit=most)
    return np.flatnonzero(search.cost <= most)
