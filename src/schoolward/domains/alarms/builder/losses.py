"""Supervision losses that fall together are one case. Pure: values in, values out.

An outage of a site or of a provider takes many panels at once, but each is missed only at the end of its own
time; so losses join an open case for as long as the usual interval and some more.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

TOGETHER: Final = 300 * 1_000_000
"""Losses within so many microseconds of the last one join its case."""


@dataclass(slots=True)
class LossCase:
    """An open case of lost systems: all that were ever lost in it, and those still lost."""

    key: Hashable
    last_at: int
    opened_at: int
    lost: set[int] = field(default_factory=set)
    still: set[int] = field(default_factory=set)
    count: int = 0

    def as_json(self) -> dict[str, Any]:
        """What is stored with the case."""
        return {"lost": sorted(self.lost), "still": sorted(self.still)}


@dataclass(frozen=True, slots=True)
class Lost:
    """What became of a loss: the case, whether it is new, and which of the systems are new in it."""

    case: LossCase
    is_new: bool
    added: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Restored:
    """What became of a restoral: the case, the systems, and whether none is lost any more."""

    case: LossCase
    systems: tuple[int, ...]
    is_whole: bool


class Losses:
    """The open cases of lost systems, from the oldest to the newest."""

    def __init__(self, open_cases: Iterable[LossCase] = ()) -> None:
        self._cases = list(open_cases)
        self._made = 0

    def lose(self, systems: Sequence[int], at: int) -> Lost:
        """Systems were not heard from."""
        newest = self._cases[-1] if self._cases else None
        is_new = newest is None or not newest.opened_at - TOGETHER <= at <= newest.last_at + TOGETHER
        if newest is None or is_new:
            self._made += 1
            newest = LossCase(key=("lost", self._made), last_at=at, opened_at=at)
            self._cases.append(newest)
        added = tuple(system for system in systems if system not in newest.lost)
        newest.lost.update(systems)
        newest.still.update(systems)
        newest.count += len(systems)
        newest.last_at = max(newest.last_at, at)
        return Lost(newest, is_new, added)

    def restore(self, systems: Sequence[int], at: int) -> list[Restored]:
        """Systems were heard again. One entry a case that it concerns."""
        found = []
        for case in self._cases:
            back = tuple(system for system in systems if system in case.still)
            if back:
                case.still.difference_update(back)
                found.append(Restored(case, back, not case.still))
        return found
