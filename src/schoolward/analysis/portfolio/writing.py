"""Writing the programme of an instance: every demand as one row or several."""

from __future__ import annotations

from collections.abc import Iterable
from math import gcd, lcm

import numpy as np

from schoolward.analysis.portfolio.eligibility import choices, exactly, may_split
from schoolward.analysis.portfolio.instance import Candidate, Instance
from schoolward.analysis.portfolio.model import Key, Kind, Model, strike

_EXACT = 2**52  # sums of whole numbers up to here are exact in floating point


def build(instance: Instance, *, closing: bool = True) -> Model:
    """Build the programme of an instance; `closing` closes columns that break a rule by themselves."""
    model = _Builder(instance).model()
    if closing:
        strike(model)
    return model


class _Rows:
    """Rows while they are written: entries by column, in whole numbers."""

    def __init__(self) -> None:
        self.limits: list[float] = []
        self.keys: list[Key] = []
        self.scale: list[int] = []
        self.rest: list[int] = []
        self.entries: list[list[tuple[int, float]]] = []

    def add(self, key: Key, entries: Iterable[tuple[int, float]], limit: float) -> None:
        """Add `sum <= limit`, divided by what all its numbers have in common."""
        kept = [(column, value) for column, value in entries if value]
        common, rest = 1, 0
        if kept and all(float(value).is_integer() for _column, value in kept) and float(limit).is_integer():
            common = gcd(*(int(value) for _column, value in kept))
            if common > 1:
                kept = [(column, int(value) // common) for column, value in kept]
                limit, rest = divmod(int(limit), common)
        self.scale.append(common)
        self.rest.append(rest)
        self.keys.append(key)
        self.limits.append(float(limit))
        self.entries.append(kept)


class _Builder:
    """One pass over an instance."""

    def __init__(self, instance: Instance) -> None:
        self.instance = instance
        self.rows = _Rows()
        self.choices = choices(instance)
        self.of_candidate: list[list[int]] = [[] for _candidate in instance.candidates]
        for column, choice in enumerate(self.choices):
            self.of_candidate[choice.candidate].append(column)
        self.whole = len(self.choices)
        self.split_columns: list[int] = []  # candidates
        self.part_of: list[tuple[int, int]] = []
        self._split()
        self.moved_fund: list[int] = []
        self.moved_most: list[float] = []
        self._moved()
        self.first_part = self.whole + len(self.split_columns)
        self.first_moved = self.first_part + len(self.part_of)
        self.index = {candidate.id: place for place, candidate in enumerate(instance.candidates)}
        self.site = [candidate.site for candidate in instance.candidates]

    def _split(self) -> None:
        for place, candidate in enumerate(self.instance.candidates):
            columns = self.of_candidate[place]
            if len(columns) > 1 and may_split(self.instance, candidate):
                self.split_columns.append(place)
                self.part_of += [(place, self.choices[column].fund) for column in columns]

    def _moved(self) -> None:
        places = {fund.id: place for place, fund in enumerate(self.instance.funds)}
        for rule in self.instance.transfers:
            if rule.max and len(rule.funds) > 1:
                self.moved_fund += [places[fund] for fund in rule.funds]
                self.moved_most += [float(rule.max)] * len(rule.funds)

    def add(self, kind: Kind, subject: str, entries: Iterable[tuple[int, float]], limit: float) -> None:
        """Add a row of a demand."""
        self.rows.add(Key(kind, subject), entries, limit)

    def model(self) -> Model:
        """Write all rows and return the programme."""
        self._links()
        self._money()
        self._sites()
        self._limits()
        self._relations()
        return self._assembled()

    # -- what the parts of a split candidate add up to -------------------------------------------------------
    def _links(self) -> None:
        parts: dict[int, list[int]] = {}
        for offset, (place, _fund) in enumerate(self.part_of):
            parts.setdefault(place, []).append(self.first_part + offset)
        for offset, place in enumerate(self.split_columns):
            column = self.whole + offset
            self.of_candidate[place].append(column)
            cost = self.choices[self.of_candidate[place][0]].cost
            entries = [(part, 1.0) for part in parts[place]]
            name = self.instance.candidates[place].id
            # Two rows make an equation. They are arithmetic, no demand, and are never left out.
            self.rows.add(Key(Kind.ARITHMETIC, name), [*entries, (column, -float(cost))], 0)
            self.rows.add(
                Key(Kind.ARITHMETIC, name), [(c, -v) for c, v in [*entries, (column, -float(cost))]], 0
            )

    # -- money -----------------------------------------------------------------------------------------------
    def _money(self) -> None:
        instance = self.instance
        paid: list[list[tuple[int, float]]] = [[] for _fund in instance.funds]
        match: list[tuple[int, float]] = []
        for column, choice in enumerate(self.choices):
            paid[choice.fund].append((column, choice.cost - choice.match))
            if choice.match:
                match.append((column, choice.match))
        parts_in = [0] * len(instance.funds)
        for offset, (_place, payer) in enumerate(self.part_of):
            rate = float(exactly(instance.funds[payer].match_rate))
            parts_in[payer] += 1
            paid[payer].append((self.first_part + offset, 1.0 - rate))
            if rate:
                match.append((self.first_part + offset, rate))
        moved = {place: self.first_moved + offset for offset, place in enumerate(self.moved_fund)}
        # A part's match is rounded up to a cent: the fund pays up to a cent less than its share says.
        spare = [
            count if fund.match_rate else 0 for count, fund in zip(parts_in, instance.funds, strict=True)
        ]
        for place, fund in enumerate(instance.funds):
            entries = paid[place] + ([(moved[place], -1.0)] if place in moved else [])
            self.add(Kind.FUND, fund.id, entries, fund.amount + spare[place])
        for index, rule in enumerate(instance.transfers):
            places = [place for place in moved if instance.funds[place].id in rule.funds]
            if places:
                key = str(index)
                self.add(Kind.TRANSFERS, key, [(moved[place], 1.0) for place in places], rule.max)
                held = sum(instance.funds[place].amount + spare[place] for place in places)
                self.add(Kind.TRANSFERS, key, [entry for place in places for entry in paid[place]], held)
        if instance.match_available is not None:
            self.add(Kind.MATCH, "all", match, instance.match_available)
        for place, fund in enumerate(instance.funds):
            for category, most in fund.category_max.items():
                entries = [
                    (column, value)
                    for column, value in paid[place]
                    if self._candidate(column).category == category
                ]
                self.add(Kind.CATEGORY_MAX, f"{fund.id}/{category}", entries, most + spare[place])

    def _candidate(self, column: int) -> Candidate:
        if column < self.whole:
            return self.instance.candidates[self.choices[column].candidate]
        return self.instance.candidates[self.part_of[column - self.first_part][0]]

    # -- sites -----------------------------------------------------------------------------------------------
    def _costs(self, place: int) -> list[tuple[int, int]]:
        """Columns of a candidate, each with its whole cost in cents."""
        columns = self.of_candidate[place]
        return [(c, self.choices[c if c < self.whole else columns[0]].cost) for c in columns]

    def _sites(self) -> None:
        at: dict[str, list[tuple[int, int]]] = {}
        for place, site in enumerate(self.site):
            at.setdefault(site, []).extend(self._costs(place))
        for site, least in self.instance.site_min.items():
            if least:
                self.add(Kind.SITE_MIN, site, [(c, -v) for c, v in at.get(site, ())], -least)
        for site, most in self.instance.site_max.items():
            self.add(Kind.SITE_MAX, site, at.get(site, ()), most)
        for index, floor in enumerate(self.instance.equity):
            share, inside = exactly(floor.share), set(floor.sites)
            # A share of sixteen digits makes numbers that no solver takes. What is found is checked exactly.
            spent = sum(value for columns in at.values() for _column, value in columns)
            whole = 1 if spent * share.denominator > _EXACT else share.denominator
            weight = {True: (share - 1) * whole, False: share * whole}
            entries = [
                (column, float(value * weight[site in inside]))
                for site, columns in at.items()
                for column, value in columns
            ]
            self.add(Kind.EQUITY, str(index), entries, 0)

    # -- other scarce things, and candidates that depend on each other ---------------------------------------
    def _limits(self) -> None:
        for limit in self.instance.limits:
            weights = {name: exactly(weight) for name, weight in limit.weights.items()}
            most = exactly(limit.max)
            scale = lcm(most.denominator, *(weight.denominator for weight in weights.values()))
            if scale * max(sum(weights.values()), most) > _EXACT:
                scale = 1
            entries = [
                (column, float(weight * scale))
                for name, weight in weights.items()
                for column in self.of_candidate[self.index[name]]
            ]
            self.add(Kind.LIMIT, limit.name, entries, float(most * scale))

    def _relations(self) -> None:
        bundles: dict[str, list[int]] = {}
        for place, candidate in enumerate(self.instance.candidates):
            if candidate.bundle is not None:
                bundles.setdefault(candidate.bundle, []).append(place)
            for other in candidate.requires:
                self._implies(Kind.REQUIRES, f"{candidate.id}/{other}", place, self.index[other])
        for name, members in bundles.items():
            for offset, place in enumerate(members if len(members) > 1 else ()):
                self._implies(Kind.BUNDLE, name, place, members[(offset + 1) % len(members)])
        pairs = {
            (min(place, other), max(place, other))
            for place, candidate in enumerate(self.instance.candidates)
            for other in map(self.index.__getitem__, candidate.conflicts)
        }
        for first, second in sorted(pairs):
            names = "/".join(self.instance.candidates[place].id for place in (first, second))
            both = self.of_candidate[first] + self.of_candidate[second]
            self.add(Kind.CONFLICT, names, [(column, 1.0) for column in both], 1)
        for name in dict.fromkeys(self.instance.locked_in):
            columns = self.of_candidate[self.index[name]]
            self.add(Kind.LOCKED_IN, name, [(column, -1.0) for column in columns], -1)
        for name in dict.fromkeys(self.instance.locked_out):
            columns = self.of_candidate[self.index[name]]
            self.add(Kind.LOCKED_OUT, name, [(column, 1.0) for column in columns], 0)

    def _implies(self, kind: Kind, subject: str, place: int, other: int) -> None:
        entries = [(column, 1.0) for column in self.of_candidate[place]]
        self.add(kind, subject, entries + [(column, -1.0) for column in self.of_candidate[other]], 0)

    # -- arrays ----------------------------------------------------------------------------------------------
    def _assembled(self) -> Model:
        moved = len(self.moved_fund)
        columns = self.first_moved + moved
        candidate = np.full(columns, -1, dtype=np.int64)
        benefit, cost = np.zeros(columns), np.zeros(columns)
        upper = np.ones(columns)
        for column, choice in enumerate(self.choices):
            candidate[column], benefit[column], cost[column] = choice.candidate, choice.benefit, choice.cost
        for offset, place in enumerate(self.split_columns):
            column, like = self.whole + offset, self.choices[self.of_candidate[place][0]]
            candidate[column], benefit[column], cost[column] = place, like.benefit, like.cost
        for offset, (place, _fund) in enumerate(self.part_of):
            upper[self.first_part + offset] = self.choices[self.of_candidate[place][0]].cost
        upper[self.first_moved :] = self.moved_most
        limits = np.array(self.rows.limits)
        lengths = [len(entries) for entries in self.rows.entries]
        row = np.repeat(np.arange(len(lengths)), lengths)
        flat = [entry for entries in self.rows.entries for entry in entries]
        column_of = np.fromiter((column for column, _value in flat), dtype=np.int64, count=len(flat))
        values = np.fromiter((value for _column, value in flat), dtype=np.float64, count=len(flat))
        order = np.argsort(column_of, kind="stable")
        start = np.zeros(columns + 1, dtype=np.int64)
        np.cumsum(np.bincount(column_of, minlength=columns), out=start[1:])
        return Model(
            instance=self.instance,
            choices=self.choices,
            whole=self.whole,
            candidate=candidate,
            benefit=benefit,
            cost=cost,
            upper=upper,
            binary=np.arange(columns) < self.first_part,
            start=start,
            row=row[order],
            value=values[order],
            limit=limits,
            keys=self.rows.keys,
            scale=self.rows.scale,
            rest=self.rows.rest,
            part_of=self.part_of,
            first_part=self.first_part,
            first_moved=self.first_moved,
            moved_fund=self.moved_fund,
        )
