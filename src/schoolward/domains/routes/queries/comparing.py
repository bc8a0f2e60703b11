"""Two times set side by side, and the year around a fix: like halves of the year, and no day to come."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q, QuerySet

from schoolward.analysis.travel import (
    Comparison,
    DifferenceInDifferences,
    compare,
    difference_in_differences,
)
from schoolward.domains.routes.models import ClassTally, Season, season_of
from schoolward.domains.routes.queries.travel import all_tallies, at_own_sites, class_counts, on_days, shown
from schoolward.platform.access.viewer import Viewer


@dataclass(frozen=True)
class TwoTimes:
    """Two spans of days set side by side; ``comparison`` is ``None`` where a side is withheld.

    ``seasons`` are those of either span that have a tally: year and half, the earliest first. ``until`` is
    the day to which the second span is known so far, where it is not over.
    """

    first: tuple[date, date]
    second: tuple[date, date]
    comparison: Comparison | None
    withheld: bool
    invented: bool
    seasons: tuple[tuple[tuple[int, Season], ...], tuple[tuple[int, Season], ...]] = ((), ())
    until: date | None = None

    @property
    def is_collected(self) -> bool:
        """Whether both times have a tally."""
        return self.comparison is not None and self.comparison.difference is not None

    @property
    def is_like_with_like(self) -> bool:
        """Whether both times were tallied in the same halves of the year: pupils walk more in one of them."""
        earlier, later = ({half for _year, half in told} for told in self.seasons)
        return earlier == later


def two_times(
    viewer: Viewer,
    first: tuple[date, date],
    second: tuple[date, date],
    *,
    today: date,
    campus_ids: Iterable[int] | None = None,
    halves: Iterable[Season] = tuple(Season),
) -> TwoTimes:
    """Compare the share of trips walked or ridden in two spans, at some sites or all of the viewer's.

    ``halves`` of the year that are not named count in neither; whatever the spans, nor does a day after
    ``today``.
    """
    rows = on_days(at_own_sites(viewer), None, today).filter(_in_halves(halves))
    if campus_ids is not None:
        rows = rows.filter(campus_id__in=list(campus_ids))
    earlier, later = on_days(rows, *first), on_days(rows, *second)
    made = compare(class_counts(earlier), class_counts(later))
    withheld = not (shown(made.before) and shown(made.after))
    invented = (earlier | later).filter(invented=True).exists()
    return TwoTimes(
        first,
        second,
        None if withheld else made,
        withheld,
        invented,
        (_seasons_of(earlier), _seasons_of(later)),
        today if second[1] >= today else None,
    )


def _in_halves(halves: Iterable[Season]) -> Q:
    """Tallies of these halves of any year."""
    months = {Season.SPRING: Q(day__month__lte=6), Season.FALL: Q(day__month__gte=7)}
    found = Q(pk__in=())
    for half in halves:
        found |= months[half]
    return found


def _seasons_of(rows: QuerySet[ClassTally]) -> tuple[tuple[int, Season], ...]:
    days = rows.order_by("day").values_list("day", flat=True).distinct()
    return tuple(dict.fromkeys(season_of(day) for day in days))


@dataclass(frozen=True)
class BeforeAndAfter:
    """A fix at a site: the year before and after it there, and at the sites without one in that time.

    ``left_out`` are halves of the year that were tallied in one of the two years only.
    """

    day: date
    there: TwoTimes
    elsewhere: TwoTimes
    beyond: DifferenceInDifferences | None
    left_out: tuple[Season, ...]


AROUND = timedelta(days=365)


def around_a_fix(
    viewer: Viewer, campus_id: int, day: date, fixed: Iterable[int] = (), *, today: date
) -> BeforeAndAfter:
    """Compare a site in the year before and the year from the day of a fix on, and set the change against
    that at other sites. ``fixed`` are sites that had a fix of their own in these two years: they are left
    out.

    Where the year from the fix on is not over, it ends ``today``, and the year before ends as many days
    before the fix would have been a year old. Only halves of the year that the site tallied both times are
    compared, fall with fall and spring with spring: how many walk differs between them without any fix.
    """
    last = min(day + AROUND - timedelta(days=1), today)
    spans = (day - AROUND, last - AROUND), (day, last)
    both = two_times(viewer, *spans, today=today, campus_ids=[campus_id])
    earlier, later = ({half for _year, half in told} for told in both.seasons)
    halves = [half for half in Season if half in earlier & later]
    others = set(all_tallies().values_list("campus_id", flat=True).distinct()) - {campus_id, *fixed}
    if viewer.campus_ids is not None:
        others &= viewer.campus_ids
    there = two_times(viewer, *spans, today=today, campus_ids=[campus_id], halves=halves)
    elsewhere = two_times(viewer, *spans, today=today, campus_ids=others, halves=halves)
    beyond = None
    if there.comparison is not None and elsewhere.comparison is not None:
        beyond = difference_in_differences(there.comparison, elsewhere.comparison)
    left_out = tuple(half for half in Season if half in earlier ^ later)
    return BeforeAndAfter(day, there, elsewhere, beyond, left_out)
