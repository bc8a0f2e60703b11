"""Openings and closings against the schedule. Pure: values in, values out.

A schedule says of a weekday, on school days or on others, when a system is expected to be open. A system
that has no schedule at all is held to nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Final


class Deviation(StrEnum):
    """How an opening or closing, or the lack of one, departs from the schedule."""

    OPENED_EARLY = "opened_early"
    OPENED_LATE = "opened_late"
    OPENED_UNEXPECTEDLY = "opened_unexpectedly"
    CLOSED_EARLY = "closed_early"
    CLOSED_LATE = "closed_late"
    CLOSED_UNEXPECTEDLY = "closed_unexpectedly"
    NOT_CLOSED = "not_closed"


WORDS: Final = {
    Deviation.OPENED_EARLY: "opened before its time",
    Deviation.OPENED_LATE: "opened late",
    Deviation.OPENED_UNEXPECTEDLY: "opened when it should be closed",
    Deviation.CLOSED_EARLY: "closed before its time",
    Deviation.CLOSED_LATE: "closed late",
    Deviation.CLOSED_UNEXPECTEDLY: "closed on a day on which it was not to be opened",
    Deviation.NOT_CLOSED: "not closed at its time",
}


@dataclass(frozen=True, slots=True)
class Span:
    """When one system is expected to be open on a weekday (0 is Monday)."""

    weekday: int
    on_school_days: bool
    opens: time
    closes: time
    tolerance: timedelta = timedelta(minutes=30)
    valid_from: date | None = None
    valid_to: date | None = None

    def holds_on(self, day: date, *, is_school_day: bool) -> bool:
        """Whether it speaks of the day."""
        return (
            day.weekday() == self.weekday
            and is_school_day == self.on_school_days
            and (self.valid_from is None or self.valid_from <= day)
            and (self.valid_to is None or day <= self.valid_to)
        )


def spans_on(spans: Iterable[Span], day: date, *, is_school_day: bool) -> list[Span]:
    """The spans of a day, in order. None: the system is to stay closed."""
    return sorted(
        (span for span in spans if span.holds_on(day, is_school_day=is_school_day)),
        key=lambda span: span.opens,
    )


def opening(today: Sequence[Span], at: datetime, *, opened_before: bool) -> Deviation | None:
    """Judge an opening at a local wall-clock moment. ``today``: :func:`spans_on` of its day.

    ``opened_before``: the system had been opened before on that day, so that it is not late.
    """
    if not today:
        return Deviation.OPENED_UNEXPECTEDLY
    first, last = today[0], today[-1]
    if at < _moment(at, first.opens) - first.tolerance:
        return Deviation.OPENED_EARLY
    if at > _moment(at, last.closes) + last.tolerance:
        return Deviation.OPENED_UNEXPECTEDLY
    if not opened_before and at > _moment(at, first.opens) + first.tolerance and _is_within(today, at):
        return Deviation.OPENED_LATE
    return None


def closing(
    today: Sequence[Span], yesterday: Sequence[Span], at: datetime, *, opened_on: date | None
) -> Deviation | None:
    """Judge a closing. ``opened_on``: the local day on which the system was opened last, if known."""
    day = at.date()
    if opened_on is not None and opened_on < day and yesterday:
        first_of_today = _moment(at, today[0].opens) - today[0].tolerance if today else None
        if first_of_today is None or at < first_of_today:
            return Deviation.CLOSED_LATE  # past midnight, of the day before
    if not today:
        # An unexpected opening has said already that somebody is there; its closing ends it.
        return None if opened_on == day else Deviation.CLOSED_UNEXPECTEDLY
    last = today[-1]
    if at > _moment(at, last.closes) + last.tolerance:
        return Deviation.CLOSED_LATE
    if any(_moment(at, span.opens) <= at < _moment(at, span.closes) - span.tolerance for span in today):
        return Deviation.CLOSED_EARLY
    return None


def due_to_close(today: Sequence[Span], now: datetime) -> bool:
    """Whether a system that is open at the local moment should have been closed by now."""
    if not today:
        return False
    return now > _moment(now, today[-1].closes) + today[-1].tolerance


def _is_within(today: Sequence[Span], at: datetime) -> bool:
    return any(_moment(at, span.opens) <= at <= _moment(at, span.closes) for span in today)


def _moment(of_day: datetime, clock: time) -> datetime:
    return datetime.combine(of_day.date(), clock, tzinfo=of_day.tzinfo)
