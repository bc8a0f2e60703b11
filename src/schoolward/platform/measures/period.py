"""What a measure is asked about: a period of local dates and a scope of sites."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

EARLIEST, LATEST = date(1850, 1, 1), date(2199, 12, 31)
"""No record of a school lies outside of this, and a year beside a date inside of it is still a date."""


class PeriodError(ValueError):
    """The dates make no period. The message says which, and how that is mended."""


def _believable(*days: date | None) -> None:
    for day in days:
        if day is not None and not EARLIEST <= day <= LATEST:
            raise PeriodError(
                f"the date {day} lies outside of {EARLIEST.year} to {LATEST.year}; check the year"
            )


@dataclass(frozen=True, slots=True)
class Period:
    """Local dates, both ends included; ``None`` leaves an end open. State is judged ``as_of`` a date.

    Raises :class:`PeriodError` for an end before the start, and for years that are slips of the keyboard.
    """

    start: date | None
    end: date | None
    as_of: date

    def __post_init__(self) -> None:
        _believable(self.start, self.end, self.as_of)
        if self.start and self.end and self.start > self.end:
            raise PeriodError(
                f"the period ends ({self.end}) before it starts ({self.start}); exchange the two dates"
            )

    @classmethod
    def school_year(cls, on: date) -> Period:
        """The school year to date: from 1 July (the CDE's year) to the day asked about."""
        _believable(on)
        first = date(on.year if on.month >= 7 else on.year - 1, 7, 1)
        return cls(first, on, on)

    @classmethod
    def previous_school_year(cls, on: date) -> Period:
        """The whole school year before the one that the day lies in."""
        first = cls.school_year(on).start
        assert first is not None  # noqa: S101 - school_year always sets it
        return cls(date(first.year - 1, 7, 1), date(first.year, 6, 30), on)


@dataclass(frozen=True, slots=True)
class Scope:
    """What is looked at: everything, one campus (asked for by campus or by a school's CDS code), or one youth
    program by its key. Raises ``ValueError`` for a campus and a program: no number is told of both at once.
    """

    campus_id: int | None = None
    label: str = ""
    program: str = ""

    def __post_init__(self) -> None:
        if self.campus_id is not None and self.program:
            raise ValueError("a number is told of one site or of one program, and not of both at once")
