"""How much any plan can bring at most, and what cannot be part of a better one, by prices of the scarce rows.

For any prices y >= 0 of the rows, no plan brings more than y·limit plus, for each candidate, what its best
column is worth after paying for what it uses (Lagrange). That holds whatever the prices are, so the bound is
true although the solver that suggests them rounds.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from schoolward.analysis.portfolio.model import Floats, Kind, Model

_SAFE = 1 + 1e-12  # sums of a few thousand products are off by less


@dataclass(frozen=True)
class Priced:
    """What prices prove: a bound, and by how much it sinks if a candidate must be chosen or left out."""

    bound: float
    profit: Floats  # of each column: benefit minus the price of what it uses
    top: Floats  # of each candidate: the best profit of its columns
    entering: Floats  # of each candidate: what choosing it costs
    leaving: Floats  # of each candidate: what leaving it out costs

    def loss(self, model: Model) -> Floats:
        """Return what choosing each column costs; nothing for columns that choose no candidate."""
        chooses = (model.candidate >= 0) & (model.upper > 0)
        loss = np.zeros(model.columns)
        place = model.candidate[chooses]
        loss[chooses] = self.entering[place] + self.top[place] - self.profit[chooses]
        loss[model.upper <= 0] = np.inf
        return loss


def profits(model: Model, prices: Floats) -> tuple[Floats, Floats]:
    """Return the profit of each column at these prices, and the best of each candidate."""
    entries = np.repeat(np.arange(model.columns), np.diff(model.start))
    used = np.bincount(entries, weights=prices[model.row] * model.value, minlength=model.columns)
    profit = np.where(model.upper > 0, model.benefit - used, -np.inf)
    top = np.full(len(model.instance.candidates), -np.inf)
    chooses = model.candidate >= 0
    np.maximum.at(top, model.candidate[chooses], profit[chooses])
    return profit, top


def constant(model: Model, prices: Floats, profit: Floats) -> float:
    """Return the part of a bound that does not depend on candidates."""
    rest = model.candidate < 0
    return float(prices @ model.limit) + float(np.maximum(profit[rest], 0.0) @ model.upper[rest])


def priced(model: Model, prices: Floats) -> Priced:
    """Return the bound that prices prove. Negative prices count as none."""
    prices = np.maximum(prices, 0.0)
    profit, top = profits(model, prices)
    leaving = np.maximum(top, 0.0)
    bound = (constant(model, prices, profit) + float(leaving.sum())) * _SAFE
    return Priced(bound, profit, top, leaving - top, leaving)


def simple(model: Model) -> float:
    """Return the bound of one price on money alone: what is known before anything is solved."""
    money = np.array([key.kind is Kind.FUND for key in model.keys], dtype=bool)
    best = priced(model, np.zeros(len(model.limit))).bound
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio = np.where(model.cost > 0, model.benefit / model.cost, 0.0)[: model.whole]
    for level in np.quantile(ratio, (0.2, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9)) if model.whole else ():
        best = min(best, priced(model, np.where(money, level, 0.0)).bound)
    return best


def struck(model: Model, known: Priced, objective: float) -> Floats:
    """Return upper bounds of all columns without those that no plan better than `objective` contains."""
    room = known.bound - objective + 1e-9 * max(1.0, abs(objective))
    return np.where(model.binary & (known.loss(model) > room), 0.0, model.upper)
