"""A table of stages by group: how many of those at the stage before, at what rate, against the reference.

Small counts are hidden before anything is computed from them (`analysis/disclosure`), and with a stage's
count goes the count of those who did *not* reach it: "47 of 50" tells of three. What could be worked out from
a rate or a ratio is made of published counts alone.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from schoolward.analysis.disclosure import ALL, Cell, CountTable, Sum, SuppressionPolicy, protect
from schoolward.analysis.equity.groups import pooled
from schoolward.analysis.equity.ratios import Minimum, RateRatio, rate_ratio
from schoolward.analysis.false_alarms.intervals import Interval, wilson

_REACHED: Final = "reached"
_NOT: Final = "not"


@dataclass(frozen=True, slots=True)
class Stage:
    """A stage that young people reach, out of those at the stage ``base`` (``None`` for the first)."""

    key: str
    title: str
    base: str | None = None


@dataclass(frozen=True)
class GroupRate:
    """One group at one stage. A number that is withheld is ``None``, and so is all that is made of it."""

    stage: Stage
    group: str
    count: int | None
    base: int | None
    rate: float | None
    interval: Interval | None
    ratio: RateRatio | None
    is_reference: bool
    against_others: RateRatio | None = None
    """The rate over that of all other groups together (M36)."""

    @property
    def missed(self) -> int | None:
        """How many of the base did not reach the stage."""
        return None if self.count is None or self.base is None else self.base - self.count


@dataclass(frozen=True)
class StageTable:
    """Every stage by every group, and all groups together; ``hidden`` counts what is withheld."""

    rows: tuple[GroupRate, ...]
    groups: tuple[str, ...]
    reference: str
    hidden: int
    told_together: tuple[str, ...]

    def of(self, stage: str, group: str) -> GroupRate:
        """One row. Raises ``KeyError`` where there is none."""
        for row in self.rows:
            if (row.stage.key, row.group) == (stage, group):
                return row
        raise KeyError((stage, group))


def stage_table(
    counts: Mapping[str, Mapping[str, int]],
    stages: Sequence[Stage],
    *,
    reference: str,
    policy: SuppressionPolicy | None = None,
    minimum: Minimum | None = None,
) -> StageTable:
    """Make the table, with groups below one percent pooled and small counts hidden.

    Args:
        counts: by stage and group; a group that is not named at a stage counts zero there.
        stages: in order, each base before the stage that is held against it.
        reference: the group that others are held against. Where it is pooled, there is no ratio.
        policy: which counts are small.
        minimum: below which there is no point estimate of a ratio.

    Raises:
        ValueError: a base comes after its stage, more reached a stage than its base, or the reference is no
            group.
    """
    by_key = {stage.key: number for number, stage in enumerate(stages)}
    for number, stage in enumerate(stages):
        if stage.base is not None and by_key.get(stage.base, number) >= number:
            raise ValueError(f"stage {stage.key!r} is held against {stage.base!r}: put that before it")
    names = list(dict.fromkeys(group for stage in stages for group in counts.get(stage.key, {})))
    if reference not in names:
        raise ValueError(f"{reference!r} is no group of these counts; there are {', '.join(names)}")
    firsts = [stage.key for stage in stages if stage.base is None]
    told = pooled({group: sum(counts[key].get(group, 0) for key in firsts) for group in names})
    groups = tuple(dict.fromkeys(told[group] for group in names))
    summed = {
        (stage.key, group): sum(
            counts.get(stage.key, {}).get(name, 0) for name in names if told[name] == group
        )
        for stage in stages
        for group in groups
    }
    for stage in stages:
        for group in groups:
            if stage.base and summed[stage.key, group] > summed[stage.base, group]:
                raise ValueError(f"{group}: more reached {stage.key!r} than were at {stage.base!r}")
    rule = policy or SuppressionPolicy()
    public = protect(_table(summed, stages, groups), rule).public()
    rows = _rows(public, stages, groups, reference, minimum, rule)
    hidden = sum(value is None for cell, value in public.items() if cell[0] == _REACHED)
    return StageTable(rows, groups, reference, hidden, tuple(n for n in names if told[n] != n))


def _table(
    summed: Mapping[tuple[str, str], int], stages: Sequence[Stage], groups: Sequence[str]
) -> CountTable:
    """Counts of each stage, those who missed it, and the sums that a reader could use."""
    values: dict[Cell, int] = {}
    for stage in stages:
        for group in groups:
            count = summed[stage.key, group]
            values[_REACHED, stage.key, group] = count
            if stage.base is not None:
                values[_NOT, stage.key, group] = summed[stage.base, group] - count
    sums = []
    for kind, key in dict.fromkeys(cell[:2] for cell in values):
        parts = tuple((kind, key, group) for group in groups)
        values[kind, key, ALL] = sum(values[part] for part in parts)
        sums.append(Sum((kind, key, ALL), parts))
    for stage in stages:
        if stage.base is not None:
            sums += [
                Sum((_REACHED, stage.base, g), ((_REACHED, stage.key, g), (_NOT, stage.key, g)))
                for g in (*groups, ALL)
            ]
    return CountTable(values, tuple(sums))


def _rows(
    public: Mapping[Cell, int | None],
    stages: Sequence[Stage],
    groups: Sequence[str],
    reference: str,
    minimum: Minimum | None,
    policy: SuppressionPolicy,
) -> tuple[GroupRate, ...]:
    rows = []
    for stage in stages:
        against = _pair(public, stage, reference) if reference in groups else None
        for group in (*groups, ALL):
            pair = _pair(public, stage, group)
            rate = interval = ratio = None
            if pair is not None and pair[1]:
                rate, interval = pair[0] / pair[1], wilson(*pair)
                if against is not None and against[1] and group not in (reference, ALL):
                    ratio = rate_ratio(*pair, *against, minimum=minimum)
            count = public[_REACHED, stage.key, group]
            base = None if stage.base is None else public[_REACHED, stage.base, group]
            others = None if group == ALL else _against_others(public, stage, group, minimum, policy)
            rows.append(
                GroupRate(stage, group, count, base, rate, interval, ratio, group == reference, others)
            )
    return tuple(rows)


def _against_others(
    public: Mapping[Cell, int | None],
    stage: Stage,
    group: str,
    minimum: Minimum | None,
    policy: SuppressionPolicy,
) -> RateRatio | None:
    """A group's rate over that of all the others, made of published counts alone.

    ``None`` where one of them is hidden, where either side has fewer than the smallest count, or where what
    the others come to is itself a small count.
    """
    pair, whole = _pair(public, stage, group), _pair(public, stage, ALL)
    if pair is None or whole is None:
        return None
    reached, base = whole[0] - pair[0], whole[1] - pair[1]
    if min(pair[1], base) < policy.threshold or any(map(policy.is_small, (reached, base - reached))):
        return None
    return rate_ratio(*pair, reached, base, minimum=minimum, other="all others together")


def _pair(public: Mapping[Cell, int | None], stage: Stage, group: str) -> tuple[int, int] | None:
    """Count and base where both are published, and so is what is between them."""
    if stage.base is None:
        return None
    count, base = public[_REACHED, stage.key, group], public[_REACHED, stage.base, group]
    return None if count is None or base is None else (count, base)
