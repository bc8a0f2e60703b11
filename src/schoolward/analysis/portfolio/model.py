"""The plan as a 0-1 programme: one column a choice, one row a rule, all rows `sum <= limit` in whole numbers.

A row belongs to one demand of the instance, so that whatever stands in the way can be named. At most one
column of a candidate is taken; that is kept beside the rows (`candidate`): every algorithm here uses it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum

import numpy as np
import numpy.typing as npt

from schoolward.analysis.portfolio.eligibility import Choice
from schoolward.analysis.portfolio.instance import Instance

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]


class Kind(StrEnum):
    """What a demand is about."""

    FUND = "fund"
    CATEGORY_MAX = "category_max"
    TRANSFERS = "transfers"
    MATCH = "match_available"
    SITE_MIN = "site_min"
    SITE_MAX = "site_max"
    EQUITY = "equity"
    LIMIT = "limit"
    BUNDLE = "bundle"
    REQUIRES = "requires"
    CONFLICT = "conflicts"
    LOCKED_IN = "locked_in"
    LOCKED_OUT = "locked_out"
    ARITHMETIC = "arithmetic"  # no demand: the parts of a shared cost add up


@dataclass(frozen=True, slots=True)
class Key:
    """A demand by its kind and subject: a name, two names joined, or a place in a list."""

    kind: Kind
    subject: str

    def __str__(self) -> str:
        return f"{self.kind.value}:{self.subject}"


@dataclass(frozen=True)
class Model:
    """Columns and rows. Entries are stored by column: those of column k are `start[k]:start[k + 1]`.

    The first `whole` columns pay a candidate from one fund. Behind them stand, where candidates may be split
    or money be moved, the columns that say so (`binary`), parts in cents and moved cents.
    """

    instance: Instance
    choices: list[Choice]
    whole: int
    candidate: Ints  # of every column; -1 where it chooses none
    benefit: Floats
    cost: Floats
    upper: Floats  # 1 for what is chosen or not, cents for parts and moved money
    binary: npt.NDArray[np.bool_]
    start: Ints
    row: Ints
    value: Floats
    limit: Floats
    keys: list[Key]
    scale: list[int]  # what each row's numbers were divided by
    rest: list[int]  # and what that left over of its limit, which no choice can use
    part_of: list[tuple[int, int]]  # candidate and fund of each part; columns from `first_part`
    first_part: int
    first_moved: int  # columns of moved money, one for each fund that `moved_fund` names
    moved_fund: list[int]

    @property
    def columns(self) -> int:
        """How many columns there are."""
        return len(self.upper)

    @property
    def only_whole(self) -> bool:
        """Whether nothing can be split or moved."""
        return self.whole == self.columns


def restricted(model: Model, rows: npt.NDArray[np.bool_]) -> Model:
    """Return the programme with some of its rows only."""
    kept = rows[model.row]
    number = np.cumsum(rows) - 1
    entries = np.repeat(np.arange(model.columns), np.diff(model.start))
    start = np.zeros(model.columns + 1, dtype=np.int64)
    np.cumsum(np.bincount(entries[kept], minlength=model.columns), out=start[1:])
    return replace(
        model,
        start=start,
        row=number[model.row[kept]],
        value=model.value[kept],
        limit=model.limit[rows],
        keys=[key for key, keep in zip(model.keys, rows.tolist(), strict=True) if keep],
        scale=[scale for scale, keep in zip(model.scale, rows.tolist(), strict=True) if keep],
        rest=[rest for rest, keep in zip(model.rest, rows.tolist(), strict=True) if keep],
    )


def with_row(model: Model, values: Floats, limit: float) -> Model:
    """Return the programme with one more row, `sum of values <= limit`, that is no demand."""
    entries = np.repeat(np.arange(model.columns), np.diff(model.start))
    more = np.flatnonzero(values)
    column = np.concatenate([entries, more])
    order = np.argsort(column, kind="stable")
    start = np.zeros(model.columns + 1, dtype=np.int64)
    np.cumsum(np.bincount(column, minlength=model.columns), out=start[1:])
    return replace(
        model,
        start=start,
        row=np.concatenate([model.row, np.full(len(more), len(model.limit))])[order],
        value=np.concatenate([model.value, values[more]])[order],
        limit=np.append(model.limit, limit),
        keys=[*model.keys, Key(Kind.ARITHMETIC, "added")],
        scale=[*model.scale, 1],
        rest=[*model.rest, 0],
    )


def strike(model: Model) -> None:
    """Close whole columns that break a row even if everything else helps: what is too dear for its fund."""
    column = np.repeat(np.arange(model.columns), np.diff(model.start))
    helped = np.bincount(
        model.row, weights=np.minimum(model.value, 0.0) * model.upper[column], minlength=len(model.limit)
    )
    breaks = (model.value > (model.limit - helped)[model.row] + 1e-6) & (column < model.whole)
    model.upper[column[breaks]] = 0.0
