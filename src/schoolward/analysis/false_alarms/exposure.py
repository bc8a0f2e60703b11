"""How long sites stood armed and systems were in service: what rates of alarms are held against.

Python subtracts two moments of one time zone by the clock on the wall, which is an hour wrong across a
change to or from summer time. Events and spans therefore hold their moments in UTC, whatever zone they were
given in; moments without a zone are refused.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from functools import cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

from schoolward.analysis.local_time import LocalClock

DAYS_PER_YEAR: Final = 365.25
"""The year of a system-year, in days: the mean year that epidemiology counts person-years by."""

_SECONDS_PER_HOUR: Final = 3600
_MICROSECOND: Final = timedelta(microseconds=1)
_STEP_S: Final = 900  # every offset in use is a whole number of quarter hours


class Arming(StrEnum):
    """What a user did at the keypad: closing arms the system, opening disarms it."""

    CLOSING = "closing"
    OPENING = "opening"


@dataclass(frozen=True)
class ArmingEvent:
    """One opening or closing at an aware moment."""

    at: datetime
    kind: Arming

    def __post_init__(self) -> None:
        if self.at.tzinfo is not UTC:
            object.__setattr__(self, "at", _utc(self.at))


@dataclass(frozen=True)
class Span:
    """A stretch of time from an aware moment to another, the end not included; None for one that goes on."""

    start: datetime
    end: datetime | None = None

    def __post_init__(self) -> None:
        if self.start.tzinfo is not UTC:
            object.__setattr__(self, "start", _utc(self.start))
        if self.end is None:
            return
        if self.end.tzinfo is not UTC:
            object.__setattr__(self, "end", _utc(self.end))
        if self.end < self.start:
            raise ValueError(
                f"A span ends before it starts: {self.start.isoformat()}, {self.end.isoformat()}."
            )


def armed_spans(events: Iterable[ArmingEvent], *, armed_at_start: datetime | None = None) -> list[Span]:
    """Return the spans from each closing to the next opening.

    Takes events in any order. A closing while already armed changes nothing, nor does an opening while
    disarmed; at one moment an opening comes before a closing, so that a site re-armed at once stays armed.
    `armed_at_start` is the moment since which the site is known to have been armed before the first event,
    None where it was disarmed or nothing is known.
    """
    ordered = sorted(events, key=lambda event: (event.at, event.kind is Arming.CLOSING))
    found: list[Span] = []
    since = None if armed_at_start is None else _utc(armed_at_start)
    for event in ordered:
        if event.kind is Arming.CLOSING:
            since = event.at if since is None else since
        elif since is not None:
            if event.at > since:
                found.append(Span(since, event.at))
            since = None
    if since is not None:
        found.append(Span(since))
    return found


def union(spans: Iterable[Span], period: Span) -> list[Span]:
    """Return the spans clipped to the period and joined where they overlap or touch, in UTC and in order.

    The period must have an end. A span that goes on lasts to the period's end: give a period that ends no
    later than the data does.
    """
    if period.end is None:
        raise ValueError("The period has no end: give the moment to which the data reaches.")
    first, last = period.start, period.end
    clipped = sorted(
        (max(span.start, first), last if span.end is None else min(span.end, last)) for span in spans
    )
    joined: list[tuple[datetime, datetime]] = []
    for start, end in clipped:
        if end <= start:
            continue
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(joined[-1][1], end))
        else:
            joined.append((start, end))
    return [Span(start, end) for start, end in joined]


def armed_hours(spans: Iterable[Span], period: Span) -> float:
    """Return the hours that one site stood armed within the period, in true hours whatever the clocks did.

    A moment that several spans cover (partitions of one site, a closing reported twice) counts once. Sum over
    sites for M5.
    """
    lasted = sum((_lasted(span) for span in union(spans, period)), timedelta())
    return hours_of(lasted // _MICROSECOND)


def hours_of(microseconds: int) -> float:
    """Return whole microseconds as hours, rounded as `armed_hours` is."""
    return microseconds / 1_000_000 / _SECONDS_PER_HOUR


def armed_microseconds(spans: Iterable[Span], edges: Sequence[datetime]) -> list[int]:
    """Return the whole microseconds that one site stood armed from each edge to the next.

    `edges` are aware moments in order, at least two: midnights, say. A moment that several spans cover counts
    once, and time is true time: a local day of a change of the clocks has 23 hours or 25. Nothing is rounded,
    so that the parts add up to the whole.
    """
    ends = [_utc(edge) for edge in edges]
    found = [0] * (len(ends) - 1)
    part = 0
    for span in union(spans, Span(ends[0], ends[-1])):
        assert span.end is not None  # noqa: S101  (`union` gives every span an end)
        while ends[part + 1] <= span.start:
            part += 1
        at = part
        while at < len(found) and ends[at] < span.end:
            shared = min(span.end, ends[at + 1]) - max(span.start, ends[at])
            found[at] += shared // _MICROSECOND
            at += 1
    return found


def system_years(in_service: Iterable[Sequence[Span]], period: Span) -> float:
    """Return the years that systems were in service within the period; one sequence of spans a system."""
    days = sum(armed_hours(spans, period) for spans in in_service) / 24
    return days / DAYS_PER_YEAR


def armed_hours_by_slot(spans: Iterable[Span], period: Span, zone: str) -> NDArray[np.float64]:
    """Return the armed hours of one site by local weekday (0 is Monday) and hour, shape (7, 24).

    `zone` is an IANA name. The hour that a clock repeats in autumn counts twice, the one that it skips in
    spring not at all; the sum is that of `armed_hours`.
    """
    slots = np.zeros(7 * 24)
    clock = _clock(zone)
    for span in union(spans, period):
        start, end = span.start.timestamp(), span.start.timestamp() + _seconds(span)
        steps = np.arange(np.floor(start / _STEP_S) + 1, np.ceil(end / _STEP_S)) * _STEP_S
        edges = np.concatenate([[start], steps, [end]])
        local = clock.to_local(np.floor(edges[:-1]).astype(np.int64))
        # 1970-01-01 was a Thursday.
        slot = ((local // 86_400 + 3) % 7) * 24 + (local // _SECONDS_PER_HOUR) % 24
        slots += np.bincount(slot, weights=np.diff(edges), minlength=7 * 24)
    return (slots / _SECONDS_PER_HOUR).reshape(7, 24)


@cache
def _clock(zone: str) -> LocalClock:
    """One clock a zone: it remembers the offset of every hour that it was asked."""
    return LocalClock(zone)


def _utc(moment: datetime) -> datetime:
    if moment.utcoffset() is None:
        raise ValueError(f"{moment.isoformat()} has no time zone: an hour of it may be missing or double.")
    return moment.astimezone(UTC)


def _seconds(span: Span) -> float:
    return _lasted(span).total_seconds()


def _lasted(span: Span) -> timedelta:
    assert span.end is not None  # noqa: S101  (`union` gives every span an end)
    return span.end - span.start
