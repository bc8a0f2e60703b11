"""When school is in at a campus on a day, told from bell times and calendar without asking the database
again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time

ASSUMED_BEGIN = time(7, 0)
ASSUMED_END = time(16, 0)


@dataclass(frozen=True, slots=True)
class Bell:
    """Bell times of one weekday (0 is Monday) that hold from one day to another, both included."""

    begins: time
    ends: time
    valid_from: date | None
    valid_to: date | None

    def holds_on(self, day: date) -> bool:
        """Whether the day lies in the span."""
        return (self.valid_from is None or self.valid_from <= day) and (
            self.valid_to is None or day <= self.valid_to
        )


@dataclass(frozen=True)
class SchoolHours:
    """All bell times and non-school days. ``None`` as campus stands for the whole district.

    A campus's own bell times go before the district's. Where neither has any that hold on the day, a
    weekday from 07:00 up to 15:59 is taken for the school day (issue: measures), and the answer says so.
    """

    bells: dict[tuple[int | None, int], tuple[Bell, ...]]
    closed: dict[int | None, frozenset[date]]

    def on(self, campus_id: int | None, day: date) -> tuple[time, time] | None:
        """Return the first minute of school and the first minute after it, local time; ``None`` without
        school."""
        nowhere: frozenset[date] = frozenset()
        if day in self.closed.get(None, nowhere) or day in self.closed.get(campus_id, nowhere):
            return None
        for owner in (campus_id, None):
            owned = [bell for weekday in range(7) for bell in self.bells.get((owner, weekday), ())]
            if any(bell.holds_on(day) for bell in owned):
                # Bell times that hold, but none for this weekday, mean that there is no school on it.
                return next(
                    (
                        (bell.begins, bell.ends)
                        for bell in reversed(self.bells.get((owner, day.weekday()), ()))
                        if bell.holds_on(day)
                    ),
                    None,
                )
        return (ASSUMED_BEGIN, ASSUMED_END) if day.weekday() < 5 else None

    def keeps_calendar(self, campus_id: int | None, first: date, last: date) -> bool:
        """Whether any day without school has been entered from the first day to the last, for the campus or
        the whole district: others are then school days."""
        return any(
            first <= day <= last for owner in {None, campus_id} for day in self.closed.get(owner, frozenset())
        )

    def is_assumed_at(self, campus_id: int | None) -> bool:
        """Whether no bell times have been entered for a campus; `None`: whether some campus may lack them,
        because there are none for the whole district."""
        return not any(owner in (campus_id, None) for owner, _weekday in self.bells)
