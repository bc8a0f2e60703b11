"""Look for a strictly cheaper set of hidden cells by one integer program.

The program is the textbook one for cell suppression (Fischetti and Salazar, "Solving the cell
suppression problem on tabular data with linear constraints", Management Science 47, 2001), written
out in full: a yes/no for each cell, and two flows for each small cell that may touch only cells that
say yes. Its size is small cells x cells, so it is asked only for tables a person would read on one page.
The work is limited by branch-and-bound nodes, not by the clock: the same table gives the same answer
on a slow machine.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.optimize import Bounds, LinearConstraint, milp

LARGEST = 1_500
"""Small cells x cells above which the exact search is not tried."""

_NODES = 400


def smaller_set(
    matrix: sparse.csr_matrix,
    values: NDArray[np.float64],
    primary: list[int],
    fixed: NDArray[np.bool_],
    weights: NDArray[np.float64],
    hidden: NDArray[np.bool_],
    threshold: int,
) -> NDArray[np.bool_] | None:
    """A cheaper set of hidden cells than ``hidden``, or None when none was found.

    Args:
        matrix: relations, shape (sums, cells), ``matrix @ values == 0``.
        values: the true counts.
        primary: positions of the small cells, hidden in any case.
        fixed: cells that must stay public.
        weights: what hiding a cell costs.
        hidden: the set to beat.
        threshold: the first count that may be shown.

    The caller checks the set with whole-number witnesses; here the flows may be fractions.
    """
    size = len(values)
    complementary = [index for index in np.flatnonzero(hidden) if index not in set(primary)]
    # One cell for one small cell cannot be beaten by none unless the small cells protect each other,
    # and then no complementary cell would have been kept.
    if len(complementary) <= 1 or len(primary) * size > LARGEST:
        return None
    reach = float(values.max()) + threshold  # no useful flow is larger than the largest total and the step
    flows = [(index, upward) for index in primary for upward in (False, True)]
    count = size * (1 + len(flows))
    chosen_low = np.zeros(size)
    chosen_low[primary] = 1
    lower = [chosen_low]
    upper = [np.where(fixed, 0.0, 1.0)]
    keep, limit = [], []
    identity = sparse.identity(size, format="csr")
    for position, (index, upward) in enumerate(flows):
        low, high = -values.copy(), np.full(size, reach)
        if upward:
            low[index] = threshold - 1 - values[index]
        else:
            high[index] = 1 - values[index]
        lower.append(np.minimum(low, high))
        upper.append(np.maximum(low, high))
        before = sparse.csr_matrix((matrix.shape[0], size * (1 + position)))
        after = sparse.csr_matrix((matrix.shape[0], size * (len(flows) - position - 1)))
        keep.append(sparse.hstack([before, matrix, after], format="csr"))
        left = sparse.csr_matrix((size, size * position))
        right = sparse.csr_matrix((size, size * (len(flows) - position - 1)))
        limit.append(sparse.hstack([-reach * identity, left, identity, right], format="csr"))
        limit.append(sparse.hstack([-sparse.diags(values), left, -identity, right], format="csr"))
    sums = sparse.vstack(keep, format="csr")
    limits = sparse.vstack(limit, format="csr")
    cost = np.concatenate([weights, np.zeros(count - size)])
    to_beat = float(weights[hidden].sum()) - 0.5 * float(weights.min())
    answer = milp(
        cost,
        constraints=[
            LinearConstraint(sums, 0.0, 0.0),
            LinearConstraint(limits, -np.inf, 0.0),
            LinearConstraint(sparse.csr_matrix(cost), -np.inf, to_beat),
        ],
        bounds=Bounds(np.concatenate(lower), np.concatenate(upper)),
        integrality=np.concatenate([np.ones(size), np.zeros(count - size)]),
        options={"node_limit": _NODES},
    )
    if answer.x is None:
        return None
    return np.asarray(answer.x[:size] > 0.5, dtype=bool)
