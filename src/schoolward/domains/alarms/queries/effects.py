"""Whether a corrective action helped: the rate of false activations after it against the rate before.

Exposure is armed hours, so that a longer weekend is no improvement; and what improved everywhere is taken out
by the zones of the district that nothing was done to.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from schoolward.analysis.false_alarms import (
    BeforeAfter,
    Observed,
    RateRatio,
    Span,
    Verdict,
    compared_rate_ratio,
    hours_of,
    rate_ratio,
)
from schoolward.domains.alarms.models import Zone
from schoolward.domains.alarms.queries.armed import armed_by_day
from schoolward.domains.alarms.queries.rates import (
    activations,
    false_activations,
    first_signal_on,
    last_signal_at,
    midnight,
)
from schoolward.domains.work import queries as work
from schoolward.platform.access.viewer import Viewer

LOOKED_BACK: Final = timedelta(days=365)
"""So far back what is past is held against, and so far ahead what follows: a year has every season."""
ENOUGH_DAYS: Final = 120
"""From so many days on each side in the same months of the year on, like season is held against like."""
SOURCE: Final = "alarms.Zone:"
KIND: Final = "corrective_action"

Side = tuple[date, date]
"""From a day to another, which is not included."""


@dataclass(frozen=True, slots=True)
class Effect:
    """Whether verified work helped: false activations and armed hours (or days) before and after.

    ``alone`` is this zone's rate ratio, ``compared`` the same over that of the district's zones without such
    work in the same months; ``told`` is the one to believe, with its sentence.
    """

    done_on: date
    first: date
    last: date
    before: Observed
    after: Observed
    unit: str
    alone: RateRatio
    compared: RateRatio

    @property
    def before_days(self) -> tuple[date, date]:
        """The first and the last day before."""
        return self.first, self.done_on - timedelta(days=1)

    @property
    def after_days(self) -> tuple[date, date]:
        """The first and the last day after."""
        return self.done_on + timedelta(days=1), self.last

    @property
    def is_compared(self) -> bool:
        """Whether there was enough to hold the zone against the others of its season."""
        return self.compared.verdict not in (Verdict.TOO_FEW, Verdict.NO_EXPOSURE)

    @property
    def told(self) -> RateRatio:
        """The ratio to believe."""
        return self.compared if self.is_compared else self.alone

    @property
    def too_few(self) -> bool:
        """Whether nothing can be said yet."""
        return self.told.verdict in (Verdict.TOO_FEW, Verdict.NO_EXPOSURE)


@dataclass(frozen=True, slots=True)
class Sides:
    """What is held against what: this zone before and after, and by stratum beside the district's others.

    ``first`` and ``last`` are the first day before and the last day after.
    """

    first: date
    last: date
    unit: str
    alone: BeforeAfter
    treated: list[BeforeAfter]
    comparison: list[BeforeAfter]


def sides_of(zone: Zone, done_on: date | None, *, today: date) -> Sides | None:
    """Both sides of what was done on a day; ``None`` while there is nothing before it, or nothing after.

    The day itself belongs to neither side. Exposure is the site's armed hours, or days where no opening or
    closing was ever reported. The zones compared with are all others that no corrective action was verified
    for, held against this one month of the year by month of the year where both sides share enough of them,
    else as a whole.
    """
    begun = first_signal_on()
    if done_on is None or begun is None:
        return None
    first, last = max(begun, done_on - LOOKED_BACK), min(today, done_on + LOOKED_BACK)
    if first >= done_on or last <= done_on:
        return None
    days = armed_by_day(first, last, now=_known_until(last), site=zone.system.campus_id)
    armed, everywhere = days.own, days.everywhere
    is_armed = any(armed.values())
    own, others = _false_days(zone.pk, first, last)
    sides = ((first, done_on), (done_on + timedelta(days=1), last + timedelta(days=1)))
    alone = _before_after(own, ([sides[0]], [sides[1]]), armed if is_armed else None)
    treated, comparison = [], []
    for stratum in _strata(*sides):
        treated.append(_before_after(own, stratum, armed if is_armed else None))
        comparison.append(_before_after(others, stratum, everywhere if is_armed else None))
    return Sides(first, last, "armed hours" if is_armed else "days", alone, treated, comparison)


def effect_of(zone: Zone, done_on: date | None, *, today: date) -> Effect | None:
    """Whether what was done on a day helped (:func:`sides_of`); ``None`` while nobody can tell."""
    sides = sides_of(zone, done_on, today=today)
    if sides is None or done_on is None:
        return None
    return Effect(
        done_on=done_on,
        first=sides.first,
        last=sides.last,
        before=sides.alone.before,
        after=sides.alone.after,
        unit=sides.unit,
        alone=rate_ratio(sides.alone.before, sides.alone.after),
        compared=compared_rate_ratio(sides.treated, sides.comparison),
    )


def _strata(before: Side, after: Side) -> list[tuple[list[Side], list[Side]]]:
    """The months of the year that lie on both sides, each as its spans before and after; else the whole."""
    months = [_by_month(side) for side in (before, after)]
    matched = [(months[0][month], months[1][month]) for month in sorted(set(months[0]) & set(months[1]))]
    days = [sum((end - begin).days for one in matched for begin, end in one[side]) for side in (0, 1)]
    return matched if min(days) >= ENOUGH_DAYS else [([before], [after])]


def _by_month(side: Side) -> dict[int, list[Side]]:
    """A side cut into its months, by the month of the year."""
    found: dict[int, list[Side]] = {}
    day, end = side
    while day < end:
        following = (day.replace(day=1) + timedelta(days=32)).replace(day=1)
        found.setdefault(day.month, []).append((day, min(following, end)))
        day = following
    return found


def _before_after(
    days: Counter[date], stratum: tuple[Sequence[Side], Sequence[Side]], armed: Mapping[date, int] | None
) -> BeforeAfter:
    before, after = (
        Observed(
            sum(count for day, count in days.items() if any(begin <= day < end for begin, end in side)),
            sum(_exposure(armed, begin, end) for begin, end in side),
        )
        for side in stratum
    )
    return BeforeAfter(before, after)


def _exposure(armed: Mapping[date, int] | None, begin: date, end: date) -> float:
    """Armed hours between the local days; days where it is not known when anything was armed.

    ``armed``: microseconds by local day.
    """
    if end <= begin:
        return 0.0
    if armed is None:
        return float((end - begin).days)
    lasted = sum(armed.get(begin + timedelta(days=number), 0) for number in range((end - begin).days))
    return hours_of(lasted)


def known_period(first: date, last: date) -> Span:
    """The local days as one span, ended by the newest signal: beyond it nobody knows what was armed."""
    begin = midnight(first)
    return Span(begin, max(begin, _known_until(last)))


def _known_until(last: date) -> datetime:
    end, newest = midnight(last + timedelta(days=1)), last_signal_at()
    return end if newest is None else min(end, newest)


def _false_days(zone_id: int, first: date, last: date) -> tuple[Counter[date], Counter[date]]:
    """False activations by day: of the zone, and of those of the district that nothing was done to."""
    mended = {number for source in _verified_sources() if (number := zone_of(source)) is not None}
    own: Counter[date] = Counter()
    others: Counter[date] = Counter()
    found = false_activations(activations(first, last)).filter(zone__isnull=False)
    for zone, day in found.order_by().values_list("zone_id", "opened_on"):
        if zone == zone_id:
            own[day] += 1
        elif zone not in mended:
            others[day] += 1
    return own, others


def _verified_sources() -> list[str]:
    # Of the whole district, whoever asks: what a zone is compared with does not depend on who looks.
    everything = work.work_items(Viewer.system(at=midnight(date(2000, 1, 1)), name="false alarms"))
    found = everything.filter(kind=KIND, state="verified", source__startswith=SOURCE)
    return list(found.values_list("source", flat=True))


def zone_of(source: str) -> int | None:
    """The zone that a piece of work names as its source."""
    number = source.removeprefix(SOURCE).split(":")[0]
    return int(number) if source.startswith(SOURCE) and number.isdecimal() else None
