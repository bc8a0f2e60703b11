"""Why each candidate is left out: what stands in its way, what it would displace, when it would enter."""

from __future__ import annotations

from collections.abc import Iterable
from math import floor

import numpy as np

from schoolward.analysis.portfolio.answer import Allocation, LeftOut, Why
from schoolward.analysis.portfolio.bounding import Priced
from schoolward.analysis.portfolio.demands import demand, eligibility_sentence, money
from schoolward.analysis.portfolio.eligibility import exactly, match_of
from schoolward.analysis.portfolio.model import Key, Kind, Model
from schoolward.analysis.portfolio.paying import values_of
from schoolward.analysis.portfolio.selection import Columns

_NEAR = 1e-6
_TRIES = 6  # of things that could go, cheapest first
#: Rules whose use grows with the cost.
_BY_COST = frozenset((Kind.FUND, Kind.CATEGORY_MAX, Kind.MATCH, Kind.SITE_MAX, Kind.EQUITY, Kind.TRANSFERS))


def reasons(model: Model, allocations: Iterable[Allocation], known: Priced | None) -> list[LeftOut]:
    """Return the reason for each candidate that is not chosen, in the order of the instance."""
    return _Reasons(model, list(allocations), known).all()


class _Reasons:
    """What every row has left under a plan, and who could make room."""

    def __init__(self, model: Model, allocations: list[Allocation], known: Priced | None) -> None:
        self.model = model
        self.instance = model.instance
        self.known = known
        self.columns = Columns(model)
        values = values_of(model, allocations)
        used = np.bincount(
            model.row,
            weights=model.value * np.repeat(values, np.diff(model.start)),
            minlength=len(model.limit),
        )
        self.slack: list[float] = (model.limit - used).tolist()
        self.chosen_places = {one.candidate for one in allocations}
        self.locked_out = frozenset(self.instance.locked_out)
        locked_in = frozenset(self.instance.locked_in)
        # What may go: paid by one fund, not locked, and nothing else comes with it.
        self.may_go = [
            column
            for column in np.flatnonzero(values[: model.whole] > 0.5).tolist()
            if self._name(column) not in locked_in
            and self.columns.candidate[column] not in self.columns.together
        ]
        self.may_go.sort(key=lambda column: model.benefit[column])
        self.gives = np.zeros((len(model.limit), len(self.may_go)))
        for place, column in enumerate(self.may_go):
            for row, value in self.columns.entries[column]:
                self.gives[row, place] = value

    def _name(self, column: int) -> str:
        return self.instance.candidates[self.columns.candidate[column]].id

    def all(self) -> list[LeftOut]:
        """Return all reasons."""
        return [
            self._reason(place)
            for place, candidate in enumerate(self.instance.candidates)
            if candidate.id not in self.chosen_places
        ]

    def _reason(self, place: int) -> LeftOut:
        candidate = self.instance.candidates[place]
        columns = self.columns.of_candidate[place]
        if candidate.id in self.locked_out:
            return LeftOut(candidate=candidate.id, why=Why.LOCKED_OUT, reason="It is locked out.")
        if not columns:
            return LeftOut(
                candidate=candidate.id,
                why=Why.NOT_ELIGIBLE,
                reason=eligibility_sentence(self.instance, candidate),
            )
        if all(self.model.benefit[column] <= 0 for column in columns):
            return LeftOut(candidate=candidate.id, why=Why.NO_BENEFIT, reason="It brings no benefit.")
        impossible = self._impossible(place)
        if impossible is not None:
            return impossible
        return self._weighed(place)

    def _impossible(self, place: int) -> LeftOut | None:
        """The reason if no plan of this kind could contain the candidate, whatever made room."""
        name = self.instance.candidates[place].id
        for other in self.columns.together.get(place, ()):
            needed = self.instance.candidates[other]
            if needed.id in self.locked_out:
                why = f"It is chosen only with {needed.id}, which is locked out."
            elif not self.columns.of_candidate[other]:
                why = f"It is chosen only with {needed.id}. {eligibility_sentence(self.instance, needed)}"
            elif name in needed.conflicts or needed.id in self.instance.candidates[place].conflicts:
                why = f"It is chosen only with {needed.id}, and the two exclude each other."
            else:
                continue
            return LeftOut(candidate=name, why=Why.NEEDS, reason=why)
        columns = self.columns.of_candidate[place]
        if any(self.model.upper[column] > 0 for column in columns) or self._shared(place):
            return None
        keys = list(dict.fromkeys(key for column in columns for key in self._beyond(column)))
        told = " ".join(demand(self.instance, key).sentence for key in keys[:3])
        return LeftOut(
            candidate=name,
            why=Why.TOO_DEAR,
            reason=f"It is more than a rule allows, even alone. {told}",
            constraints=tuple(str(key) for key in keys),
        )

    def _shared(self, place: int) -> bool:
        return bool(np.any(self.model.candidate[self.model.whole : self.model.first_part] == place))

    def _beyond(self, column: int) -> list[Key]:
        model = self.model
        found = []
        for row, value in self.columns.entries[column]:
            helps = sum(-model.value[k] for k in np.flatnonzero((model.row == row) & (model.value < 0)))
            if value > model.limit[row] + helps + _NEAR:
                found.append(model.keys[row])
        return found

    # -- candidates that other choices keep out --------------------------------------------------------------
    def _blocking(self, entries: list[tuple[int, float]]) -> list[int]:
        return [row for row, value in entries if value > 0 and value > self.slack[row] + _NEAR]

    def _weighed(self, place: int) -> LeftOut:
        name = self.instance.candidates[place].id
        with_it = [
            other
            for other in self.columns.together.get(place, ())
            if self.instance.candidates[other].id not in self.chosen_places
        ]
        ways = []
        for column in self.columns.of_candidate[place]:
            if self.model.upper[column] > 0:
                entries, benefit = self._with_others(column, with_it)
                ways.append((len(self._blocking(entries)), -benefit, column, entries))
        if not ways:  # only its cost shared by several funds could be paid
            return LeftOut(
                candidate=name,
                why=Why.BLOCKED,
                reason="No fund can pay it alone, and what they have left together is needed.",
            )
        ways.sort(key=lambda way: way[:3])
        _count, negative, _column, entries = ways[0]
        blocking = self._blocking(entries)
        keys = tuple(str(self.model.keys[row]) for row in blocking)
        companions = tuple(self.instance.candidates[other].id for other in with_it)
        prefix = f"With {', '.join(companions)}, which it comes with: " if companions else ""
        if not blocking:
            return LeftOut(
                candidate=name, why=Why.NOT_SETTLED, reason=f"{prefix}it still fits in; search longer."
            )
        swap = self._swap([way[3] for way in ways])
        at_cost = None if companions else self._fitting_cost(place)
        told = prefix + " ".join(self._short(row, entries) for row in blocking[:3])
        if len(blocking) > 3:
            told += f" And {len(blocking) - 3} more rules."
        if at_cost is not None:
            told += f" At {money(at_cost)} it would fit into what is left."
        if swap is not None:
            gone = self.model.benefit[swap]
            own = -negative
            return LeftOut(
                candidate=name,
                why=Why.DISPLACED if gone >= own else Why.NOT_SETTLED,
                reason=(
                    f"{told} It would fit if {self._name(swap)} went, which brings {gone:.6g}; "
                    f"this brings {own:.6g}."
                ),
                constraints=keys,
                displaces=(self._name(swap),),
                enters_at_benefit=float(gone),
                enters_at_cost=at_cost,
            )
        return LeftOut(
            candidate=name,
            why=Why.OUTBID if self.may_go else Why.BLOCKED,
            reason=f"{told} No single other candidate makes room for it.",
            constraints=keys,
            enters_at_benefit=None if companions else self._price(place),
            enters_at_cost=at_cost,
        )

    def _with_others(self, column: int, others: list[int]) -> tuple[list[tuple[int, float]], float]:
        """The use of rows and the benefit of a column with all that comes with it, each at its best fund."""
        if not others:
            return self.columns.entries[column], float(self.model.benefit[column])
        total: dict[int, float] = {}
        benefit = 0.0
        profit = self.model.benefit if self.known is None else self.known.profit
        for one in [column, *(max(self.columns.of_candidate[o], key=lambda k: profit[k]) for o in others)]:
            benefit += float(self.model.benefit[one])
            for row, value in self.columns.entries[one]:
                total[row] = total.get(row, 0.0) + value
        return list(total.items()), benefit

    def _swap(self, ways: list[list[tuple[int, float]]]) -> int | None:
        """The cheapest chosen column that makes room for one of the ways, if one column does."""
        best: int | None = None
        for entries in ways:
            rows = [row for row, value in entries if value > 0]
            asked = np.array([value for _row, value in entries if value > 0])
            left = np.array([self.slack[row] for row in rows])
            able = np.all(self.gives[rows] + (left - asked)[:, None] >= -_NEAR, axis=0)
            for place in np.flatnonzero(able)[:_TRIES].tolist():
                if best is not None and self.model.benefit[self.may_go[place]] >= self.model.benefit[best]:
                    break
                if self._may_leave(self.may_go[place], dict(entries)):
                    best = self.may_go[place]
                    break
        return best

    def _may_leave(self, column: int, coming: dict[int, float]) -> bool:
        """Whether what a column helps to keep is still kept when it goes and the other comes."""
        return all(
            value >= 0 or self.slack[row] + value - coming.get(row, 0.0) >= -_NEAR
            for row, value in self.columns.entries[column]
        )

    def _fitting_cost(self, place: int) -> int | None:
        """The highest cost at which it fits into what is left, None where cost does not decide."""
        found = []
        for column in self.columns.of_candidate[place]:
            cost = self.model.choices[column].cost
            blocking = self._blocking(self.columns.entries[column])
            if cost == 0 or any(self.model.keys[row].kind not in _BY_COST for row in blocking):
                continue
            value = dict(self.columns.entries[column])
            lower = min(
                floor(cost * self._left(row) / (value[row] * self.model.scale[row]) + _NEAR)
                for row in blocking
            )
            # The match of another cost is rounded up anew, which can be a cent more or less.
            fitting = (cost for cost in (lower + 1, lower, lower - 1) if self._fits_at(column, cost))
            found.append(next(fitting, 0))
        return max((cost for cost in found if cost > 0), default=None)

    def _left(self, row: int) -> float:
        """What a row has left, in the unit of the instance."""
        return self.slack[row] * self.model.scale[row] + self.model.rest[row]

    def _fits_at(self, column: int, cost: int) -> bool:
        """Whether every row that money decides holds the column at another cost, to the cent."""
        choice = self.model.choices[column]
        match = match_of(cost, exactly(self.instance.funds[choice.fund].match_rate))
        asked = {
            Kind.MATCH: match,
            Kind.FUND: cost - match,
            Kind.CATEGORY_MAX: cost - match,
            Kind.TRANSFERS: cost - match,
            Kind.SITE_MAX: cost,
        }
        for row, value in self.columns.entries[column]:
            kind = self.model.keys[row].kind
            in_proportion = value * self.model.scale[row] * cost / choice.cost
            if kind in _BY_COST and asked.get(kind, in_proportion) > self._left(row) + _NEAR:
                return False
        return True

    def _price(self, place: int) -> float | None:
        """What the scarce things that it takes are worth elsewhere, by the prices of the relaxation."""
        if self.known is None or not np.isfinite(self.known.top[place]):
            return None
        worth = [
            float(self.model.benefit[column] - self.known.profit[column])
            for column in self.columns.of_candidate[place]
            if self.model.upper[column] > 0
        ]
        return max(min(worth), 0.0)

    def _short(self, row: int, entries: list[tuple[int, float]]) -> str:
        """What a row lacks for a candidate, as a sentence."""
        key = self.model.keys[row]
        if key.kind in (Kind.FUND, Kind.MATCH, Kind.SITE_MAX, Kind.CATEGORY_MAX):
            scale = self.model.scale[row]
            asked, left = dict(entries)[row] * scale, max(self._left(row), 0.0)
            what = {
                Kind.FUND: f"The fund {key.subject} has {money(int(left))} left",
                Kind.MATCH: f"Match money of {money(int(left))} is left",
                Kind.SITE_MAX: f"{money(int(left))} may still be spent at {key.subject}",
                Kind.CATEGORY_MAX: f"{money(int(left))} may still be paid, fund and category {key.subject}",
            }[key.kind]
            return f"{what}; it takes {money(round(asked))}."
        if key.kind is Kind.EQUITY:
            return f"It would break a floor: {demand(self.instance, key).sentence}"
        if key.kind is Kind.LIMIT:
            return f"Too little is left of {key.subject}. {demand(self.instance, key).sentence}"
        return demand(self.instance, key).sentence
