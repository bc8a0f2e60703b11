"""Whether a verified fix helped (M13): incidents after it over before it, against campuses without one.

M13 fix effect = incident rate ratio (after/before, exposure in days, matched season, against untreated
sites), with a 95 % interval.

The windows: after the fix from the day after it was verified, for a year at most; before it the same days of
the calendar in an earlier year, ended before work began. The days between are nobody's. Both windows are
split by month of the year, so that like season is held against like; the untreated are campuses that were
open and had no work in either window. Too few to tell is said where no outcome of that many incidents could
have shown an effect (`conditional`), and where the windows are shorter than `SHORTEST_DAYS`.

It is a first form. A campus is mended because it was bad, and what was bad tends to become better by itself;
the comparison takes out what changed everywhere, and not this.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final

from schoolward.analysis.assessing.conditional import Stratum, exact_compared_ratio
from schoolward.analysis.false_alarms.ratios import BeforeAfter, Observed, RateRatio, Verdict, rate_ratio

LONGEST_DAYS: Final = 365
"""A window is at most a year long: then every season is in it once."""
SHORTEST_DAYS: Final = 28
"""With shorter windows a few days decide, so nothing is said (a convention)."""
_DAY: Final = timedelta(days=1)


@dataclass(frozen=True)
class CampusDays:
    """One campus: the days of its incidents (one a case), and those on which it was open and worked upon.

    `open_from` and `open_to` are None where it was open before and after the data. `worked_on` are days on
    which a fix was begun or verified, of whatever kind could have changed the incidents that are counted.
    """

    key: str
    incidents: tuple[date, ...]
    open_from: date | None = None
    open_to: date | None = None
    worked_on: tuple[date, ...] = ()


@dataclass(frozen=True)
class Fix:
    """One verified fix. `begun_on` is the first day of the work, which may be the day it was verified."""

    campus: CampusDays
    begun_on: date
    verified_on: date


@dataclass(frozen=True)
class Windows:
    """Two stretches of the same days of the calendar; first and last days are included."""

    before_first: date
    before_last: date
    after_first: date
    after_last: date

    @property
    def days(self) -> int:
        """Days of the shorter window."""
        before, after = self.before_last - self.before_first, self.after_last - self.after_first
        return min(before, after).days + 1


@dataclass(frozen=True)
class Counted:
    """What counts of one treated campus: its days in the windows, of the months that both hold."""

    campus: str
    windows: Windows
    months: frozenset[int]


@dataclass(frozen=True)
class FixEffect:
    """What one fix, or several together, did to the rate of incidents.

    `compared` is M13; `alone` is the treated campuses' own ratio, to be read beside it. `before` and `after`
    are the treated campuses' incidents and days on which `compared` rests, and `counted` says which these
    are. `untreated` counts the campuses compared with; `overlapping` other works on the treated campuses that
    fall into their windows, which this cannot tell from the fix. `left_out` are fixes without windows in the
    data; `not_compared` those for which no untreated campus was left.
    """

    windows: tuple[Windows, ...]
    counted: tuple[Counted, ...]
    before: Observed
    after: Observed
    untreated_before: Observed
    untreated_after: Observed
    untreated: int
    overlapping: int
    left_out: int
    not_compared: int
    alone: RateRatio
    compared: RateRatio


def matched_windows(begun_on: date, verified_on: date, *, data_from: date, data_to: date) -> Windows | None:
    """Return the windows before and after a fix, None where the data holds no such days.

    Args:
        begun_on: the first day of the work.
        verified_on: the day on which it was verified, not before `begun_on`.
        data_from: the first day that the data covers.
        data_to: the last one.
    """
    if verified_on < begun_on:
        raise ValueError(
            f"The fix was verified on {verified_on}, before it was begun on {begun_on}; mend one."
        )
    first = verified_on + _DAY
    last = min(data_to, verified_on + timedelta(days=LONGEST_DAYS))
    for years in range(1, max(1, data_to.year - data_from.year) + 1):
        after_last = min(last, _shifted(begun_on - _DAY, years))
        after_first = max(first, _shifted(data_from, years))
        if after_first <= after_last:
            return Windows(
                max(data_from, _shifted(after_first, -years)),
                min(begun_on - _DAY, _shifted(after_last, -years)),
                after_first,
                after_last,
            )
    return None


def fix_effect(
    fixes: Sequence[Fix],
    others: Sequence[CampusDays],
    *,
    data_from: date,
    data_to: date,
    confidence: float = 0.95,
) -> FixEffect:
    """Return the effect of one fix, or the common effect of several.

    Each untreated campus is compared with one fix alone, the one with the fewest so far, so that no incident
    counts twice. That costs some precision and keeps the interval honest.

    Args:
        fixes: at most one a campus; with several works on a campus, the one to judge.
        others: all other campuses; those that were worked upon or not open throughout a fix's windows are
            not held against it.
        data_from: the first day that the incidents cover.
        data_to: the last one.
        confidence: of the interval.

    Raises:
        ValueError: a campus is named twice, or a fix is verified before it was begun.
    """
    keys = [fix.campus.key for fix in fixes] + [campus.key for campus in others]
    if twice := [key for key, times in Counter(keys).items() if times > 1]:
        raise ValueError(f"Campus “{twice[0]}” is named twice; name each once, as treated or as untreated.")
    found = [(fix, _windows_of(fix, data_from, data_to)) for fix in fixes]
    judged = [(fix, windows) for fix, windows in found if windows is not None]
    allotted = _allotted([windows for _, windows in judged], others)
    strata: list[Stratum] = []
    own: list[Stratum] = []
    counted: list[Counted] = []
    for (fix, windows), campuses in zip(judged, allotted, strict=True):
        found_here = _strata(windows, [fix.campus], campuses)
        own += found_here.values()
        if campuses:  # without any the strata tell nothing, and what happened there must not count either
            strata += found_here.values()
            counted.append(Counted(fix.campus.key, windows, frozenset(found_here)))
    effect = FixEffect(
        windows=tuple(windows for _, windows in judged),
        counted=tuple(counted),
        before=_summed(stratum.treated.before for stratum in strata),
        after=_summed(stratum.treated.after for stratum in strata),
        untreated_before=_summed(stratum.untreated.before for stratum in strata),
        untreated_after=_summed(stratum.untreated.after for stratum in strata),
        untreated=sum(len(campuses) for campuses in allotted),
        overlapping=sum(_overlapping(fix, windows) for fix, windows in judged),
        left_out=len(fixes) - len(judged),
        not_compared=len(judged) - len(counted),
        alone=rate_ratio(
            _summed(stratum.treated.before for stratum in own),
            _summed(stratum.treated.after for stratum in own),
            confidence=confidence,
        ),
        compared=exact_compared_ratio(strata, confidence=confidence),
    )
    return _explained(effect)


def _windows_of(fix: Fix, data_from: date, data_to: date) -> Windows | None:
    """Return the windows within the days on which the campus was open."""
    return matched_windows(
        fix.begun_on,
        fix.verified_on,
        data_from=max(data_from, fix.campus.open_from or data_from),
        data_to=min(data_to, fix.campus.open_to or data_to),
    )


def _allotted(windows: Sequence[Windows], others: Sequence[CampusDays]) -> list[list[CampusDays]]:
    """Return the untreated campuses of each fix; those that suit few fixes are given away first."""
    found: list[list[CampusDays]] = [[] for _ in windows]
    suits = [(campus, [at for at, one in enumerate(windows) if _untreated(campus, one)]) for campus in others]
    for campus, places in sorted(suits, key=lambda pair: (len(pair[1]), pair[0].key)):
        if places:
            min((found[at] for at in places), key=len).append(campus)
    return found


def _untreated(campus: CampusDays, windows: Windows) -> bool:
    was_open = (campus.open_from is None or campus.open_from <= windows.before_first) and (
        campus.open_to is None or windows.after_last <= campus.open_to
    )
    return was_open and not any(windows.before_first <= day <= windows.after_last for day in campus.worked_on)


def _overlapping(fix: Fix, windows: Windows) -> int:
    own = {fix.begun_on, fix.verified_on}
    return sum(windows.before_first <= day <= windows.after_last for day in set(fix.campus.worked_on) - own)


def _strata(
    windows: Windows, treated: Sequence[CampusDays], untreated: Sequence[CampusDays]
) -> dict[int, Stratum]:
    """Return one stratum for each month of the year that both windows hold, by the month's number."""
    before_days = _days_by_month(windows.before_first, windows.before_last)
    after_days = _days_by_month(windows.after_first, windows.after_last)

    def side(campuses: Sequence[CampusDays], month: int) -> BeforeAfter:
        days = [day for campus in campuses for day in campus.incidents if day.month == month]
        before = sum(windows.before_first <= day <= windows.before_last for day in days)
        after = sum(windows.after_first <= day <= windows.after_last for day in days)
        return BeforeAfter(
            Observed(before, float(before_days[month] * len(campuses))),
            Observed(after, float(after_days[month] * len(campuses))),
        )

    return {
        month: Stratum(side(treated, month), side(untreated, month))
        for month in sorted(set(before_days) & set(after_days))
    }


def _days_by_month(first: date, last: date) -> Counter[int]:
    return Counter((first + step * _DAY).month for step in range((last - first).days + 1))


def _summed(sides: Iterable[Observed]) -> Observed:
    every = list(sides)
    return Observed(sum(side.events for side in every), sum(side.exposure for side in every))


def _explained(effect: FixEffect) -> FixEffect:
    """Say why nothing is said, where the numbers alone do not."""
    if not effect.windows:
        why = "Not judged: the data does not cover the same days of the year before the work and after it."
    elif not effect.untreated:
        why = "Not judged: no campus was open and without work in the same windows."
    elif max(one.days for one in effect.windows) < SHORTEST_DAYS:
        longest = max(one.days for one in effect.windows)
        why = f"Too few to tell: {longest} days on each side; at least {SHORTEST_DAYS} are needed."
        return replace(effect, compared=replace(effect.compared, verdict=Verdict.TOO_FEW, sentence=why))
    else:
        return effect
    return replace(effect, compared=replace(effect.compared, sentence=why))


def _shifted(day: date, years: int) -> date:
    """Return the same day of the calendar in another year; 29 February becomes the 28th."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)
