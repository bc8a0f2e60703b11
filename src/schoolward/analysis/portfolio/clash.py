"""Which demands cannot all hold: a set of which none can be spared, and the smallest there is if time allows.

First a set is narrowed down by halves (QuickXplain: Junker, AAAI 2004). Then a smallest one is looked for: it
shares a demand with everything that any plan breaks, so that the smallest set that does so for the plans seen
so far either clashes itself or yields a plan that breaks something else (Ignatiev and others, CP 2015).
"""

from __future__ import annotations

from collections.abc import Sequence
from time import perf_counter

import numpy as np

from schoolward.analysis.portfolio import solver
from schoolward.analysis.portfolio.answer import Demand
from schoolward.analysis.portfolio.demands import demand
from schoolward.analysis.portfolio.instance import Instance
from schoolward.analysis.portfolio.model import Floats, Key, Kind, Model, restricted
from schoolward.analysis.portfolio.solver import Ended
from schoolward.analysis.portfolio.writing import build

_ONE_QUESTION = 5.0  # seconds


def clash(instance: Instance, *, seconds: float) -> tuple[Demand, ...]:
    """Return demands of an infeasible instance that cannot all hold. Empty if none was found in time."""
    asker = _Asker(build(instance, closing=False), perf_counter() + seconds)
    everything = list(dict.fromkeys(key for key in asker.model.keys if key.kind is not Kind.ARITHMETIC))
    found = asker.narrowed(asker.suspects(everything))
    if found is None:
        return ()
    smallest = asker.smallest(everything, found)
    return tuple(demand(instance, key) for key in smallest)


class _Asker:
    """Asks whether some of the demands can hold together."""

    def __init__(self, model: Model, until: float) -> None:
        self.model = model
        self.until = until
        self.number = {key: place for place, key in enumerate(dict.fromkeys(model.keys))}
        self.of_row = np.array([self.number[key] for key in model.keys], dtype=np.int64)
        self.plan: Floats | None = None  # that keeps what was asked about last

    def left(self) -> float:
        """Seconds until time is up."""
        return self.until - perf_counter()

    def part(self, demands: Sequence[Key]) -> Model:
        """Return the programme with some demands only."""
        wanted = np.zeros(len(self.number), dtype=bool)
        wanted[[self.number[key] for key in demands]] = True
        rows = wanted[self.of_row]
        rows |= np.array([key.kind is Kind.ARITHMETIC for key in self.model.keys], dtype=bool)
        return restricted(self.model, rows)

    def clashes(self, demands: Sequence[Key]) -> bool:
        """Whether no plan keeps these demands. Not knowing counts as no."""
        self.plan = None
        if self.left() <= 0:
            return False
        part = self.part(demands)
        outcome = solver.branch(
            part,
            np.zeros(part.columns),
            part.upper,
            seconds=min(self.left(), _ONE_QUESTION),
            gap=1.0,
            objective=np.zeros(part.columns),
        )
        self.plan = outcome.values
        return outcome.ended is Ended.INFEASIBLE

    def suspects(self, demands: list[Key]) -> list[Key]:
        """Return the demands that the relaxation's proof uses, where it has one; all of them otherwise."""
        rows = solver.contradiction(self.part(demands), seconds=max(self.left(), 0.1))
        if rows is None:
            return demands
        part = self.part(demands)
        few = list(
            dict.fromkeys(part.keys[row] for row in rows if part.keys[row].kind is not Kind.ARITHMETIC)
        )
        return few if self.clashes(few) else demands

    def narrowed(self, demands: list[Key]) -> list[Key] | None:
        """Return a part of clashing demands of which none can be spared, None if it is not known to clash."""
        if not self.clashes(demands):
            return None
        return self._narrow([], [], demands)

    def _narrow(self, kept: list[Key], added: list[Key], rest: list[Key]) -> list[Key]:
        if added and self.clashes(kept):
            return []
        if len(rest) <= 1:
            return rest
        half = len(rest) // 2
        first, second = rest[:half], rest[half:]
        of_second = self._narrow(kept + first, first, second)
        of_first = self._narrow(kept + of_second, of_second, first)
        return of_first + of_second

    def smallest(self, demands: list[Key], known: list[Key]) -> list[Key]:
        """Return the smallest clashing set, or `known` if none smaller is found in time."""
        broken: list[list[Key]] = []
        while self.left() > 0:
            few = self._hitting(demands, broken)
            if few is None or len(few) >= len(known):
                return known
            if self.clashes(few):
                return few
            if self.plan is None:
                return known
            broken.append(self._broken(self.plan))
        return known

    def _broken(self, plan: Floats) -> list[Key]:
        used = np.bincount(
            self.model.row,
            weights=self.model.value * np.repeat(plan, np.diff(self.model.start)),
            minlength=len(self.model.limit),
        )
        rows = np.flatnonzero(used > self.model.limit + 1e-6)
        return list(dict.fromkeys(self.model.keys[row] for row in rows))

    def _hitting(self, demands: list[Key], broken: list[list[Key]]) -> list[Key] | None:
        """Return a smallest set of demands that shares one with each of the sets."""
        places = {key: place for place, key in enumerate(demands)}
        chosen = solver.smallest_hitting_set(
            len(demands), [[places[key] for key in one] for one in broken], seconds=max(self.left(), 0.1)
        )
        return None if chosen is None else [demands[place] for place in chosen]
