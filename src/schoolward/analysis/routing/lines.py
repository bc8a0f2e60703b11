"""Edges as lines to be drawn: stretches of chains on which all edges are alike, instead of edge by edge."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from schoolward.analysis.routing.chains import Chains
from schoolward.analysis.routing.network import Network

__all__ = ["Line", "Lines", "runs"]

Line = tuple[tuple[float, float], ...]
"""Degrees east and north of two places or more."""


def runs(
    chains: Chains, kept: NDArray[np.bool_], *alike: NDArray[Any]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Stretches of chains on which all edges are kept and alike: their first and last place in the order."""
    along = kept[chains.edges]
    begins = np.zeros(len(along) + 1, np.bool_)
    begins[chains.first[:-1]] = True
    begins[1:-1] |= along[1:] != along[:-1]
    for values in alike:
        laid = values[chains.edges]
        begins[1:-1] |= laid[1:] != laid[:-1]
    begins[-1] = True
    at = np.flatnonzero(begins)
    first, last = at[:-1], at[1:] - 1
    whole = along[first]
    return first[whole], last[whole]


class Lines:
    """Stretches of chains as lines of positions."""

    def __init__(self, chains: Chains, network: Network) -> None:
        self._chains = chains
        self._longitude, self._latitude = network.longitude, network.latitude

    def of(
        self,
        runs: tuple[NDArray[np.int64], NDArray[np.int64]],
        *,
        towards: NDArray[np.float64] | None = None,
    ) -> list[tuple[Line, int]]:
        """Each line and an edge of it; with `towards` (n) each runs to where that is less."""
        nodes, sizes, edges = self.nodes(runs, towards=towards)
        starts = np.cumsum(sizes) - sizes
        positions = tuple(zip(self._longitude[nodes].tolist(), self._latitude[nodes].tolist(), strict=True))
        return [
            (positions[start : start + size], edge)
            for start, size, edge in zip(starts.tolist(), sizes.tolist(), edges.tolist(), strict=True)
        ]

    def nodes(
        self,
        runs: tuple[NDArray[np.int64], NDArray[np.int64]],
        *,
        towards: NDArray[np.float64] | None = None,
    ) -> tuple[NDArray[np.int32], NDArray[np.int64], NDArray[np.int32]]:
        """The nodes of all lines end to end, how many each has (k), and an edge of each (k)."""
        chains = self._chains
        first, last = runs
        edges = chains.edges[first]
        chain = chains.chain_of[edges]
        begin, end = first + chain, last + chain + 1
        step = np.ones(len(first), np.int64)
        if towards is not None:
            back = towards[chains.nodes[begin]] < towards[chains.nodes[end]]
            step[back] = -1
            begin[back], end[back] = end[back], begin[back]
        sizes = np.abs(end - begin) + 1
        starts = np.cumsum(sizes) - sizes
        of = np.repeat(np.arange(len(sizes)), sizes)
        return chains.nodes[begin[of] + step[of] * (np.arange(len(of)) - starts[of])], sizes, edges
