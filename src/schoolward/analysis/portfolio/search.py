"""The search for a plan: a quick one, a bound, then smaller and smaller questions to the solver.

At any moment there is a plan that keeps every rule (or none yet) and a bound that no plan passes. Whatever
stops the search, both are true.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from time import perf_counter

import numpy as np

from schoolward.analysis.portfolio import bounding, greedy, solver
from schoolward.analysis.portfolio.answer import Allocation, Status
from schoolward.analysis.portfolio.bounding import Priced
from schoolward.analysis.portfolio.cents import kept_allocations
from schoolward.analysis.portfolio.instance import Instance
from schoolward.analysis.portfolio.model import Floats, Model, with_row
from schoolward.analysis.portfolio.paying import values_of
from schoolward.analysis.portfolio.selection import Columns, Selection
from schoolward.analysis.portfolio.site_bound import priced_by_site
from schoolward.analysis.portfolio.solver import Ended
from schoolward.analysis.portfolio.writing import build

_EXACT = 1e-9  # gaps below are rounding
_CORES = (350, 600)  # candidates that are open in the first questions
_CORE_GAP = 0.003  # how exactly they are answered
_CORE_SECONDS = 0.12  # of the time, for one question


@dataclass
class Search:
    """What is known so far."""

    instance: Instance
    gap: float
    until: float
    model: Model = field(init=False)
    columns: Columns = field(init=False)
    values: Floats | None = None
    allocations: list[Allocation] = field(default_factory=list)
    benefit: float = -np.inf
    cost: float = np.inf
    bound: float = np.inf
    known: Priced | None = None
    by_site: Priced | None = None
    infeasible: bool = False
    begun: float = 0.0

    def __post_init__(self) -> None:
        self.begun = perf_counter()
        self.model = build(self.instance)
        self.columns = Columns(self.model)

    # -- what is known ---------------------------------------------------------------------------------------
    @property
    def reached(self) -> float | None:
        """The gap between the plan and the bound, None without a plan or where it has no measure."""
        if self.values is None:
            return None
        if self.bound <= self.benefit + _EXACT * max(1.0, abs(self.benefit)):
            return 0.0
        return (self.bound - self.benefit) / self.benefit if self.benefit > 0 else None

    @property
    def done(self) -> bool:
        """Whether there is nothing left to ask for, or no time."""
        reached = self.reached
        return (
            self.infeasible or (reached is not None and reached <= self.gap) or perf_counter() >= self.until
        )

    @property
    def status(self) -> Status:
        """The word for what is known."""
        if self.infeasible:
            return Status.INFEASIBLE
        if self.values is None:
            return Status.UNKNOWN
        return Status.OPTIMAL if self.reached == 0.0 else Status.FEASIBLE

    def left(self) -> float:
        """Seconds until time is up."""
        return self.until - perf_counter()

    def offer(self, values: Floats | None) -> bool:
        """Keep a plan if it keeps every rule and brings more, or as much for less."""
        if values is None:
            return False
        benefit, cost = float(self.model.benefit @ values), float(self.model.cost @ values)
        rounding = _EXACT * max(1.0, abs(benefit))
        if benefit < self.benefit - rounding or (benefit <= self.benefit + rounding and cost >= self.cost):
            return False
        allocations = kept_allocations(self.model, values)
        if allocations is None:
            return False
        self.values, self.allocations = values, allocations
        self.benefit, self.cost = benefit, cost
        return True

    def lower_bound_to(self, bound: float) -> None:
        """Take note of a bound."""
        self.bound = min(self.bound, bound)

    # -- the steps -------------------------------------------------------------------------------------------
    def run(self, start: Iterable[Allocation] = ()) -> None:
        """Search until the gap is reached or time is up."""
        given = list(start)
        if given:
            self._begin_with(values_of(self.model, given))
        self._quick()
        if self.done:
            return
        self._relax()
        if self.done:
            return
        self._core()
        if not self.done:
            self._prove()
        if self.values is None and not self.infeasible:
            self._without_sharing()

    def _without_sharing(self) -> None:
        """Where shared costs cannot be paid in whole cents: a plan that shares none, or buys nothing."""
        nothing = np.zeros(self.model.columns)
        upper = self.model.upper.copy()
        upper[self.model.whole :] = 0.0
        outcome = solver.branch(self.model, nothing, upper, seconds=self.left(), gap=self.gap)
        if not self.offer(outcome.values):
            self.offer(nothing)

    def polish(self) -> None:
        """Take what still fits in, exchange one for one while that pays: nobody should find it by hand."""
        model = self.model
        if self.values is None or self.status is Status.OPTIMAL or self.left() <= 0:
            return
        if np.any(self.values[model.whole : model.first_part] > 0.5):
            return
        selection = Selection(self.columns, np.flatnonzero(self.values[: model.whole] > 0.5).tolist())
        if selection.broken():  # kept only by moved money
            return
        best_first = np.argsort(-model.benefit[: model.whole], kind="stable")
        selection.fill([column for column in best_first.tolist() if model.benefit[column] > 0])
        greedy.exchange(selection, until=self.until, rounds=5)
        self.offer(selection.values())

    def cheapen(self) -> None:
        """Where no plan brings more: look for one that brings as much for less, about as long again."""
        if self.status is not Status.OPTIMAL or self.values is None or self.left() <= 0 or not self.cost:
            return
        limit = -self.benefit + _EXACT * max(1.0, abs(self.benefit))
        outcome = solver.branch(
            with_row(self.model, -self.model.benefit, limit),
            np.zeros(self.model.columns),
            self.model.upper,
            seconds=min(self.left(), 1.0 + perf_counter() - self.begun),
            gap=0.0,
            start=self.values,
            objective=-self.model.cost,
        )
        self.offer(outcome.values)

    def _begin_with(self, values: Floats) -> None:
        """Offer an earlier plan, and what it becomes when it is mended and filled up by today's rules."""
        self.offer(values)
        model = self.model
        chosen = np.flatnonzero(values[: model.whole] > 0.5).tolist()
        selection = Selection(self.columns, chosen)
        if selection.broken():  # what no longer holds goes; some columns hold only beside others
            selection = Selection(self.columns)
            for _again in range(3):
                selection.fill(chosen)
        order = np.argsort(-greedy.scores(model), kind="stable")
        selection.mend(greedy.ranks(order))
        selection.fill([column for column in order.tolist() if model.benefit[column] > 0])
        if not selection.broken():
            self.offer(selection.values())

    def _quick(self) -> None:
        self.lower_bound_to(bounding.simple(self.model))
        selection = greedy.first_plan(self.columns)
        self._offer_selection(selection)

    def _offer_selection(self, selection: Selection, rounds: int = 1) -> None:
        if not selection.broken():
            self.offer(selection.values())
            if self.done:
                return
            greedy.exchange(selection, until=self.until, rounds=rounds)
            self.offer(selection.values())

    def price(self) -> Floats | None:
        """Solve the relaxation, note what its prices prove, and return its values."""
        outcome = solver.relax(self.model, seconds=self.left())
        if outcome.ended is Ended.INFEASIBLE:
            self.infeasible = True
        if outcome.values is None or outcome.duals is None:
            return None
        self.known = bounding.priced(self.model, outcome.duals)
        self.lower_bound_to(self.known.bound)
        self.by_site = priced_by_site(self.model, outcome.duals)
        if self.by_site is not None:
            self.lower_bound_to(self.by_site.bound)
        return outcome.values

    def _relax(self) -> None:
        values = self.price()
        if values is None or self.known is None:
            return
        if np.all(np.abs(values - np.round(values))[self.model.binary] < 1e-6):
            self.offer(_snapped(self.model, values))
        if self.done:
            return
        self._offer_selection(greedy.rounded(self.columns, values, self.known), rounds=2)

    def _core(self) -> None:
        """Ask only about candidates on which prices are nearly indifferent; the rest stays as it is."""
        known = self.by_site or self.known
        if known is None or self.values is None:
            return
        loss = known.loss(self.model)
        second = _second(self.model, loss, known.leaving)
        rising = np.sort(second)
        for size in _CORES:
            if size > len(second) // 2:
                return
            self._ask(loss, second, float(rising[size]))
            if self.done:
                return

    def _ask(self, loss: Floats, second: Floats, reach: float) -> bool:
        assert self.values is not None  # noqa: S101 - asked only about a plan
        model, values = self.model, self.values
        chooses = model.candidate >= 0
        open_candidate = second <= reach
        unlike = chooses & (values > 0.5) & (loss > 1e-9)
        open_candidate[model.candidate[unlike]] = True
        open_column = np.ones(model.columns, dtype=bool)
        open_column[chooses] = open_candidate[model.candidate[chooses]]
        open_column[chooses] &= (loss[chooses] <= 2 * reach) | (values[chooses] > 0.5)
        lower = np.where(open_column, 0.0, values)
        upper = np.where(open_column, model.upper, values)
        seconds = min(self.left(), max(_CORE_SECONDS * self.left(), 0.5))
        target = self.bound / (1 + self.gap)
        outcome = solver.branch(
            model, lower, upper, seconds=seconds, gap=_CORE_GAP, start=values, target=target
        )
        return self.offer(outcome.values)

    def _prove(self) -> None:
        """Ask about everything that a better plan can contain, beginning with the plan that there is."""
        upper = self.model.upper
        if self.values is not None:
            for known in (self.known, self.by_site):
                if known is not None:
                    upper = np.minimum(upper, bounding.struck(self.model, known, self.benefit))
            upper = np.where(self.values > upper, self.values, upper)
        outcome = solver.branch(
            self.model,
            np.zeros(self.model.columns),
            upper,
            seconds=self.left(),
            gap=self.gap,
            start=self.values,
            target=self.bound / (1 + self.gap),
        )
        if outcome.ended is Ended.INFEASIBLE and self.values is None:
            self.infeasible = True
            return
        before = self.benefit
        self.offer(outcome.values)
        # What was struck brings no more than the plan that there was.
        self.lower_bound_to(max(outcome.bound + 1e-9 * abs(outcome.bound), before))


def _second(model: Model, loss: Floats, best: Floats) -> Floats:
    """Return, for each candidate, what its second best way costs: small where prices hardly decide."""
    losses = [[] for _one in best]  # type: list[list[float]]
    for column in range(model.first_part):
        losses[model.candidate[column]].append(float(loss[column]))
    return np.array(
        [
            sorted([*own, nothing])[1] if own else np.inf
            for own, nothing in zip(losses, best.tolist(), strict=True)
        ]
    )


def _snapped(model: Model, values: Floats) -> Floats:
    return np.where(model.binary, np.round(values), values)
