"""A pupil's days: present, or absent with or without a valid excuse. Reasons of absence are not kept."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import pairwise


class Status(StrEnum):
    """What a day was for a pupil who was enrolled on it and for whom school was taught."""

    PRESENT = "present"
    EXCUSED = "excused"
    UNEXCUSED = "unexcused"


@dataclass(frozen=True, slots=True)
class Mark:
    """One day. ``minutes_missed`` without a valid excuse of a day on which the pupil was otherwise there."""

    on: date
    status: Status
    minutes_missed: int = 0

    def __post_init__(self) -> None:
        if self.minutes_missed < 0:
            raise ValueError(f"{self.on}: {self.minutes_missed} minutes cannot be missed; write 0 or more.")
        if self.minutes_missed and self.status is not Status.PRESENT:
            raise ValueError(f"{self.on}: minutes are missed of a day with attendance; leave them out here.")

    @property
    def is_present(self) -> bool:
        """Whether the pupil was there, late or not."""
        return self.status is Status.PRESENT


class Series:
    """A pupil's marks in the order of days, at most one a day. A day without a mark is not known."""

    def __init__(self, marks: Iterable[Mark]) -> None:
        self._marks = tuple(sorted(marks, key=lambda mark: mark.on))
        for earlier, later in pairwise(self._marks):
            if earlier.on == later.on:
                raise ValueError(f"{later.on} is marked twice; keep one mark a day.")

    def __iter__(self) -> Iterator[Mark]:
        return iter(self._marks)

    def __len__(self) -> int:
        return len(self._marks)

    def between(self, first: date, last: date) -> Series:
        """The marks of a time, both days included."""
        return Series(mark for mark in self._marks if first <= mark.on <= last)

    def before(self, day: date, days: int) -> tuple[Mark, ...]:
        """The last so many marks before the day, fewer where there are no more."""
        earlier = [mark for mark in self._marks if mark.on < day]
        return tuple(earlier[-days:]) if days else ()

    def after(self, day: date, days: int) -> tuple[Mark, ...]:
        """The first so many marks after the day, fewer where there are no more yet."""
        return tuple([mark for mark in self._marks if mark.on > day][:days])
