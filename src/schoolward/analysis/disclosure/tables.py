"""Tables of counts with their totals, and the rule that says which counts are small."""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from scipy import sparse

ALL = "All"
"""The label of a total."""

Cell = tuple[str, ...]
"""One label for each axis of the table, e.g. ``("Started", "Grade 9")``."""


class InconsistentTableError(ValueError):
    """The counts are not counts, or a total is not the sum of its parts."""


@dataclass(frozen=True)
class SuppressionPolicy:
    """Which counts may not be shown, and the sentence that says so to the reader.

    The threshold differs between publishers (California's education department hides fewer than 11,
    Delaware 15 and fewer, Wisconsin 5 and fewer), so it is a value, not a constant.
    """

    threshold: int = 11
    reason: str = (
        "Counts of 1 to 10 students are not shown, so that no child can be recognized; "
        "some other cells are hidden so that the small ones cannot be worked out."
    )

    def __post_init__(self) -> None:
        if self.threshold < 2:
            raise ValueError(f"A threshold of {self.threshold} hides nothing: give 2 or more.")

    def is_small(self, count: int) -> bool:
        """Whether ``count`` is from 1 to one less than the threshold. Zero is not small."""
        return 1 <= count < self.threshold


class Status(StrEnum):
    """What happens to a cell. Readers see only published or hidden: which kind of hidden is a clue."""

    PUBLISHED = "published"
    PRIMARY = "primary"
    COMPLEMENTARY = "complementary"


@dataclass(frozen=True)
class Sum:
    """``total`` is the sum of ``parts``."""

    total: Cell
    parts: tuple[Cell, ...]


@dataclass(frozen=True)
class CountTable:
    """Whole numbers of students, and every relation between them that a reader may use."""

    values: Mapping[Cell, int]
    sums: tuple[Sum, ...]

    def __post_init__(self) -> None:
        for cell, value in self.values.items():
            if value < 0 or value != int(value):
                raise InconsistentTableError(
                    f"Cell {' / '.join(cell)} holds {value!r}: give a whole number from 0."
                )
        for relation in self.sums:
            found = sum(self.values[part] for part in relation.parts)
            if found != self.values[relation.total]:
                raise InconsistentTableError(
                    f"Total {' / '.join(relation.total)} says {self.values[relation.total]}, "
                    f"but its parts add up to {found}: mend the total or the parts."
                )

    @property
    def totals(self) -> frozenset[Cell]:
        """The cells that are the sum of others."""
        return frozenset(relation.total for relation in self.sums)


@dataclass(frozen=True)
class Protected:
    """A table with the fate of each cell."""

    table: CountTable
    policy: SuppressionPolicy
    status: Mapping[Cell, Status]

    def public(self) -> dict[Cell, int | None]:
        """What a reader may see: the count, or None for a hidden cell of either kind."""
        return {
            cell: value if self.status[cell] is Status.PUBLISHED else None
            for cell, value in self.table.values.items()
        }

    def cells(self, status: Status) -> tuple[Cell, ...]:
        """The cells with this status, in the table's order."""
        return tuple(cell for cell in self.table.values if self.status[cell] is status)


def tabulate(
    counts: Mapping[Cell, int],
    trees: Sequence[Mapping[str, Sequence[str]]] | None = None,
) -> CountTable:
    """Build a table with all its totals from the counts at its leaves.

    Args:
        counts: count for each leaf cell; a combination that is not named counts zero.
        trees: for each axis, which label is the total of which labels. Without it, each axis has one
            total, ``All``, of all its labels. A deeper tree gives sub-totals, e.g.
            ``{"All": ["High", "Middle"], "High": ["North", "South"]}``.

    Returns:
        The table of every combination of labels and totals, of any number of axes.
    """
    if not counts:
        raise InconsistentTableError("The table has no cells: give at least one count.")
    width = len(next(iter(counts)))
    if any(len(cell) != width for cell in counts):
        raise InconsistentTableError("All cells need the same number of labels.")
    leaves = [list(dict.fromkeys(cell[axis] for cell in counts)) for axis in range(width)]
    if trees is None:
        trees = [{ALL: labels} for labels in leaves]
    if len(trees) != width:
        raise InconsistentTableError(
            f"The table has {width} axes but {len(trees)} trees: give one for each axis."
        )
    nodes = [_nodes(tree, labels) for tree, labels in zip(trees, leaves, strict=True)]
    for axis, tree in enumerate(trees):
        # A leaf that no total counts would be missing from the totals without a word.
        covered = {child for children in tree.values() for child in children}
        orphans = [label for label in leaves[axis] if label not in covered and tree]
        if orphans:
            raise InconsistentTableError(f"Label {orphans[0]!r} belongs to no total: add it to the tree.")
    values: dict[Cell, int] = {}
    for cell in itertools.product(*nodes):
        spans = [_leaves_under(tree, label) for tree, label in zip(trees, cell, strict=True)]
        values[cell] = sum(counts.get(leaf, 0) for leaf in itertools.product(*spans))
    sums = [
        Sum(
            (*cell[:axis], parent, *cell[axis + 1 :]),
            tuple((*cell[:axis], child, *cell[axis + 1 :]) for child in children),
        )
        for axis, tree in enumerate(trees)
        for parent, children in tree.items()
        for cell in itertools.product(
            *[labels if other != axis else [parent] for other, labels in enumerate(nodes)]
        )
    ]
    return CountTable(values, tuple(sums))


def _nodes(tree: Mapping[str, Sequence[str]], leaves: Sequence[str]) -> list[str]:
    inner = [label for children in tree.values() for label in children]
    return list(
        dict.fromkeys([*leaves, *(label for label in inner if label not in tree), *reversed(list(tree))])
    )


def _leaves_under(tree: Mapping[str, Sequence[str]], label: str) -> list[str]:
    if label not in tree:
        return [label]
    return [leaf for child in tree[label] for leaf in _leaves_under(tree, child)]


def sum_matrix(cells: Sequence[Cell], sums: Sequence[Sum]) -> sparse.csr_matrix:
    """The relations as a matrix ``M`` with ``M @ values == 0``: +1 for parts, -1 for the total.

    Shape: one row for each sum, one column for each cell, in the order of ``cells``.
    """
    from scipy import sparse  # half a second of start-up, for whoever protects a table

    position = {cell: index for index, cell in enumerate(cells)}
    row, column, entry = [], [], []
    for number, relation in enumerate(sums):
        for cell, sign in [(relation.total, -1.0), *((part, 1.0) for part in relation.parts)]:
            row.append(number)
            column.append(position[cell])
            entry.append(sign)
    return sparse.csr_matrix((np.array(entry), (row, column)), shape=(len(sums), len(cells)))
