"""A choice of columns while it is being made: what is chosen, and what every row has left."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from schoolward.analysis.portfolio.model import Floats, Ints, Kind, Model

_NEAR = 1e-7  # limits with fractional weights are not exact


class Columns:
    """The whole columns of a model as lists, which are quicker than arrays for a few entries at a time."""

    def __init__(self, model: Model) -> None:
        start, row, value = model.start.tolist(), model.row.tolist(), model.value.tolist()
        self.model = model
        self.entries = [
            list(zip(row[start[k] : start[k + 1]], value[start[k] : start[k + 1]], strict=True))
            for k in range(model.whole)
        ]
        self.candidate: list[int] = model.candidate[: model.whole].tolist()
        self.of_candidate: list[list[int]] = [[] for _one in model.instance.candidates]
        for column, place in enumerate(self.candidate):
            self.of_candidate[place].append(column)
        self.limit: list[float] = model.limit.tolist()
        self.together = _together(model)
        self.helping: dict[int, list[int]] = {}  # columns that bring a row back, by row
        for column, entries in enumerate(self.entries):
            for r, v in entries:
                if v < 0:
                    self.helping.setdefault(r, []).append(column)
        linking = (Kind.BUNDLE, Kind.REQUIRES)
        self.linking = [key.kind in linking for key in model.keys]


class Selection:
    """Chosen columns, at most one a candidate."""

    def __init__(self, columns: Columns, chosen: Iterable[int] = ()) -> None:
        self.columns = columns
        self.chosen: dict[int, int] = {}  # candidate: column
        self.slack = list(columns.limit)
        for column in chosen:
            self.add(column)

    def add(self, column: int) -> None:
        """Choose a column whose candidate has none."""
        self.chosen[self.columns.candidate[column]] = column
        slack = self.slack
        for row, value in self.columns.entries[column]:
            slack[row] -= value

    def remove(self, column: int) -> None:
        """Take a chosen column back."""
        del self.chosen[self.columns.candidate[column]]
        slack = self.slack
        for row, value in self.columns.entries[column]:
            slack[row] += value

    def fits(self, column: int) -> bool:
        """Whether a column can be added without breaking a rule, or breaking one more than it is broken."""
        slack = self.slack
        return all(value <= 0 or value <= slack[row] + _NEAR for row, value in self.columns.entries[column])

    def broken(self) -> list[int]:
        """Return the rows that are not kept."""
        return [row for row, left in enumerate(self.slack) if left < -_NEAR]

    def values(self) -> Floats:
        """Return the choice as values of all columns of the model."""
        values = np.zeros(self.columns.model.columns)
        values[list(self.chosen.values())] = 1.0
        return values

    def benefit(self) -> float:
        """Return what the choice brings."""
        return float(self.columns.model.benefit[list(self.chosen.values())].sum())

    def fill(self, order: Iterable[int]) -> int:
        """Add every column that fits, in an order, and return how many were added."""
        added = 0
        chosen, candidate, together = self.chosen, self.columns.candidate, self.columns.together
        for column in order:
            place = candidate[column]
            if place in chosen:
                continue
            if self.fits(column):
                self.add(column)
                added += 1
            elif place in together:
                added += self._add_together(column, together[place])
        return added

    def _add_together(self, first: int, places: list[int]) -> int:
        """Add a column with all candidates that must come with it, or nothing."""
        taken = [first]
        self.add(first)
        linking, entries = self.columns.linking, self.columns.entries
        for place in places:
            if place in self.chosen:
                continue
            for column in self.columns.of_candidate[place]:
                slack = self.slack
                if all(v <= 0 or linking[r] or v <= slack[r] + _NEAR for r, v in entries[column]):
                    self.add(column)
                    taken.append(column)
                    break
            else:
                break
        rows = {row for column in taken for row, value in entries[column] if value > 0}
        if all(self.slack[row] >= -_NEAR for row in rows):
            return len(taken)
        for column in taken:
            self.remove(column)
        return 0

    def mend(self, rank: Ints) -> bool:
        """Add columns that bring broken rows back, lowest rank first; return whether all rows are kept."""
        for helped in (False, False, True):  # what one row's help makes possible helps another
            for row in self.broken():
                for column in sorted(self.columns.helping.get(row, ()), key=rank.__getitem__):
                    if self.slack[row] >= -_NEAR:
                        break
                    self._try(column, rank if helped else None)
        return not self.broken()

    def _try(self, column: int, rank: Ints | None) -> bool:
        """Add a column if it fits, with what must come with it, or (given ranks) after others made it fit."""
        place = self.columns.candidate[column]
        if place in self.chosen:
            return False
        if not self.fits(column) and rank is not None:
            self._make_fit(column, rank)
        if self.fits(column):
            self.add(column)
            return True
        together = self.columns.together
        return place in together and self._add_together(column, together[place]) > 0

    def _make_fit(self, column: int, rank: Ints) -> None:
        """Add columns that widen the rows which a column lacks: spending elsewhere, for a floor of shares."""
        for row, value in self.columns.entries[column]:
            if value <= 0 or value <= self.slack[row] + _NEAR:
                continue
            for helper in sorted(self.columns.helping.get(row, ()), key=rank.__getitem__):
                if value <= self.slack[row] + _NEAR:
                    break
                if self.columns.candidate[helper] != self.columns.candidate[column]:
                    self._try(helper, None)


def _together(model: Model) -> dict[int, list[int]]:
    """Return, for each candidate that needs others, all that must be chosen with it."""
    instance = model.instance
    index = {candidate.id: place for place, candidate in enumerate(instance.candidates)}
    bundles: dict[str, list[int]] = {}
    for place, candidate in enumerate(instance.candidates):
        if candidate.bundle is not None:
            bundles.setdefault(candidate.bundle, []).append(place)
    needs: dict[int, list[int]] = {}
    for place, candidate in enumerate(instance.candidates):
        if candidate.requires or (candidate.bundle is not None and len(bundles[candidate.bundle]) > 1):
            needs[place] = [index[name] for name in candidate.requires]
            if candidate.bundle is not None:
                needs[place] += [other for other in bundles[candidate.bundle] if other != place]
    found = {}
    for place in needs:
        seen, stack = {place}, [place]
        while stack:
            for other in needs.get(stack.pop(), ()):
                if other not in seen:
                    seen.add(other)
                    stack.append(other)
        found[place] = sorted(seen - {place})
    return found
