"""A tighter bound: what fits under a site's maximum is weighed exactly, everything else by its price.

A relaxation takes halves of candidates to use a site's maximum to the last cent. Here each site's own choice
is made in whole candidates, by dynamic programming over its money in steps. Costs are rounded down to steps,
so the bound stays a bound.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from schoolward.analysis.portfolio.bounding import _SAFE, Priced, constant, profits
from schoolward.analysis.portfolio.model import Floats, Ints, Kind, Model

_STEPS = 400


def priced_by_site(model: Model, prices: Floats) -> Priced | None:
    """Return the bound with each site's maximum kept exactly, None where no site has a maximum."""
    rows = np.array([row for row, key in enumerate(model.keys) if key.kind is Kind.SITE_MAX], dtype=np.int64)
    rows = rows[model.limit[rows] > 0]
    if not len(rows):
        return None
    prices = np.maximum(prices, 0.0)
    prices[rows] = 0.0
    profit, top = profits(model, prices)
    block, weight = _weights(model, rows)
    worth = np.maximum(top, 0.0)
    inside = block >= 0
    leaving = worth.copy()
    entering = worth - top
    total = constant(model, prices, profit) + float(worth[~inside].sum())
    tables = _Tables(block, weight, top, len(rows))
    total += float(tables.best.sum())
    members = np.flatnonzero(inside)
    entering[members], leaving[members] = tables.changes(members, block, weight, top)
    return Priced(total * _SAFE, profit, top, entering, leaving)


def _weights(model: Model, rows: Ints) -> tuple[Ints, Ints]:
    """Return the block of each candidate (-1: none), and the steps of money that it takes at least."""
    number = np.full(len(model.limit), -1, dtype=np.int64)
    number[rows] = np.arange(len(rows))
    entries = np.repeat(np.arange(model.columns), np.diff(model.start))
    kept = (number[model.row] >= 0) & (model.upper[entries] > 0)
    places = model.candidate[entries[kept]]
    block = np.full(len(model.instance.candidates), -1, dtype=np.int64)
    block[places] = number[model.row[kept]]
    least = np.full(len(block), np.inf)
    np.minimum.at(least, places, model.value[kept])
    able = np.bincount(
        model.candidate[: model.first_part][model.upper[: model.first_part] > 0], minlength=len(block)
    )
    # A candidate with a column that costs the site nothing takes nothing at least.
    least[np.bincount(places, minlength=len(block)) < able] = 0.0
    steps = np.zeros(len(block), dtype=np.int64)
    inside = block >= 0
    steps[inside] = np.floor(least[inside] * _STEPS / model.limit[rows][block[inside]] + 1e-12).astype(
        np.int64
    )
    return block, steps


class _Tables:
    """The best worth of each site by money spent: from its first candidates on, and from its last back."""

    def __init__(self, block: Ints, weight: Ints, top: Floats, sites: int) -> None:
        members = np.flatnonzero((block >= 0) & (top > 0) & (weight <= _STEPS))
        members = members[np.argsort(block[members], kind="stable")]
        at = block[members]
        self.position = np.full(len(block), -1, dtype=np.int64)
        self.position[members] = np.arange(len(members)) - np.searchsorted(at, at)
        depth = int(self.position.max()) + 1 if len(members) else 0
        taken = np.full((depth, sites), _STEPS + 1, dtype=np.int64)
        worth = np.zeros((depth, sites))
        taken[self.position[members], at] = weight[members]
        worth[self.position[members], at] = top[members]
        self.before = _cumulated(taken, worth)
        self.after = _cumulated(taken[::-1], worth[::-1])[::-1]
        self.best = self.before[-1][:, -1]

    def changes(self, places: Ints, block: Ints, weight: Ints, top: Floats) -> tuple[Floats, Floats]:
        """Return by how much the best sinks if each candidate must be chosen, and if it must not."""
        site, position = block[places], self.position[places]
        entering, leaving = np.full(len(places), np.inf), np.zeros(len(places))
        fits = (weight[places] <= _STEPS) & np.isfinite(top[places])
        plain = fits & (position < 0)
        entering[plain] = (
            self.best[site[plain]]
            - self.before[-1][site[plain], _STEPS - weight[places[plain]]]
            - top[places[plain]]
        )
        for depth in range(len(self.before) - 1):
            here = np.flatnonzero(position == depth)
            before, after = self.before[depth][site[here]], self.after[depth + 1][site[here]]
            without = (before + after[:, ::-1]).max(axis=1)
            leaving[here] = self.best[site[here]] - without
            rest = _STEPS - weight[places[here]]
            column = np.arange(_STEPS + 1)[None, :]
            with_it = np.where(
                column <= rest[:, None],
                before + np.take_along_axis(after, np.maximum(rest[:, None] - column, 0), axis=1),
                -np.inf,
            ).max(axis=1)
            entering[here] = self.best[site[here]] - with_it - top[places[here]]
        return entering, leaving


def _cumulated(taken: Ints, worth: Floats) -> npt.NDArray[np.float64]:
    """Return the best worth of each site for each money, after no candidate, after one, after two, …"""
    depth, sites = taken.shape
    tables = np.zeros((depth + 1, sites, _STEPS + 1))
    rows, column = np.arange(sites)[:, None], np.arange(_STEPS + 1)[None, :]
    for one in range(depth):
        left = column - taken[one][:, None]
        chosen = np.where(left >= 0, tables[one][rows, np.maximum(left, 0)] + worth[one][:, None], -np.inf)
        np.maximum(tables[one], chosen, out=tables[one + 1])
    return tables
