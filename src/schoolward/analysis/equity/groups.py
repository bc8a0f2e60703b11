"""Groups too small to stand by themselves are told together."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

OTHERS: Final = "Other groups together"

LEAST_PERCENT: Final = 1
"""A group of at least one percent of the young people stands by itself."""


def pooled(sizes: Mapping[str, int], *, percent: int = LEAST_PERCENT) -> dict[str, str]:
    """For each group the name under which it is told: its own, or :data:`OTHERS` below so many percent.

    ``sizes`` are the young people of each group in the population that the stages begin from. A group that
    would be the only one to be pooled takes the smallest of the others with it: alone under another name it
    would be no better hidden, and could be had by subtraction. Raises ``ValueError`` for a count below zero.
    """
    if any(size < 0 for size in sizes.values()):
        raise ValueError("a group has no fewer than 0 members")
    whole = sum(sizes.values())
    small = [group for group, size in sizes.items() if size * 100 < whole * percent]
    if len(small) == 1 and len(sizes) > 1:
        rest = sorted((size, group) for group, size in sizes.items() if group not in small)
        small.append(rest[0][1])
    return {group: OTHERS if group in small else group for group in sizes}
