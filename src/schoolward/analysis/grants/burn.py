"""How fast an award is spent against its period, and what will lapse when it ends.

The forecast knows nothing but the award's own months: the mean of what was spent in each whole month,
carried on to the period's end, with the interval in which a sum of that many further months lies if they
scatter as the past ones did (Student's t; the mean itself is uncertain, too). What is obligated is taken as
spent by then, whatever the rhythm. Months are not independent and a school's year is not even: the interval
is honest about scatter alone, and the page says so.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from math import sqrt

LEAST_MONTHS = 3
LEVEL = 0.80
DAYS_OF_A_MONTH = 30.4375


@dataclass(frozen=True)
class Lapse:
    """What will be left at the period's end, in cents, with an interval of level ``LEVEL``."""

    days_left: int
    unspent: int
    expected: int
    low: int
    high: int
    monthly: int
    months_seen: int

    @property
    def has_pace(self) -> bool:
        """Whether any whole month has seen spending: without, there is nothing to carry on."""
        return self.monthly > 0 or self.days_left == 0


def elapsed_share(start: date, end: date, on: date) -> float:
    """The part of the period that is over at the end of the day ``on``, from 0 to 1."""
    whole = (end - start).days + 1
    if whole <= 0:
        raise ValueError(f"the period ends ({end}) before it starts ({start})")
    return min(1.0, max(0.0, ((on - start).days + 1) / whole))


def months_left(end: date, on: date) -> float:
    """Months from the day after ``on`` to the period's end, by the mean length of a month."""
    return max(0, (end - on).days) / DAYS_OF_A_MONTH


def forecast(
    monthly_spent: Sequence[int], *, budgeted: int, expended: int, unliquidated: int, end: date, on: date
) -> Lapse | None:
    """Say what will lapse. ``monthly_spent``: cents of each whole month since the start, zeros included.

    ``None`` where fewer than three months are over: there is no rhythm yet. After the period only obligations
    are still to be paid.
    """
    unspent = max(0, budgeted - expended)
    bound = min(unspent, max(0, unliquidated))
    days, seen = max(0, (end - on).days), len(monthly_spent)
    if days == 0:
        left = unspent - bound
        return Lapse(0, unspent, left, left, left, 0, seen)
    if seen < LEAST_MONTHS:
        return None
    # Imported here: scipy takes a third of a second, and most pages ask for no forecast.
    from scipy.special import stdtrit

    ahead = months_left(end, on)
    mean = sum(monthly_spent) / seen
    variance = sum((spent - mean) ** 2 for spent in monthly_spent) / (seen - 1)
    # A sum of `ahead` further months about its forecast: their own scatter and that of the mean.
    spread = sqrt(variance * (ahead + ahead * ahead / seen))
    margin = float(stdtrit(seen - 1, 0.5 + LEVEL / 2)) * spread

    def left_after(spent: float) -> int:
        return unspent - min(unspent, max(bound, round(spent)))

    # What is bound is paid at least; what scatters does so about the larger of the two.
    centre = max(mean * ahead, float(bound))
    return Lapse(
        days,
        unspent,
        left_after(centre),
        left_after(centre + margin),
        left_after(centre - margin),
        round(mean),
        seen,
    )
