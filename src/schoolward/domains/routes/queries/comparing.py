"""Two times set side by side, and the seasons around a fix: whole seasons, like halves, and no day to come.

A season at a site whose share is withheld must not be told by subtraction. So whatever is compared is a sum
of whole seasons, each of which may be shown at the same sites by itself.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Max, Min, Q, QuerySet, Sum

from schoolward.analysis.travel import (
    Comparison,
    DifferenceInDifferences,
    compare,
    difference_in_differences,
)
from schoolward.domains.routes.models import ClassTally, Season, season_of
from schoolward.domains.routes.queries.barriers import sites_fixed_between
from schoolward.domains.routes.queries.travel import (
    all_tallies,
    at_own_sites,
    class_counts,
    days_of_season,
    may_be_shown,
    on_days,
    with_trips,
)
from schoolward.platform.access.viewer import Viewer

Span = tuple[date, date]
"""The first and the last day, both in it."""


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


def is_of_whole_seasons(first: date, last: date) -> bool:
    """Whether the days from the first to the last are whole seasons: January to June, July to December."""
    begins, ends = days_of_season(*season_of(first))[0], days_of_season(*season_of(last))[1]
    return (first, last) == (begins, ends) and first < last


def two_times(
    viewer: Viewer,
    first: Span,
    second: Span,
    *,
    today: date,
    campus_ids: Iterable[int] | None = None,
    halves: Iterable[Season] = tuple(Season),
) -> TwoTimes:
    """Compare the share of trips walked or ridden in two spans, at some sites or all of the viewer's.

    ``halves`` of the year that are not named count in neither; whatever the spans, nor does a day after
    ``today``. A span is withheld where one of its seasons is: where, over the sites whose own share of that
    season may not be shown, the sum may not be shown either. Raises ``ValueError`` for a span that is not of
    whole seasons: two spans that differ by a few days would tell those days' few pupils.
    """
    for span in (first, second):
        if not is_of_whole_seasons(*span):
            raise ValueError(f"{span[0]} to {span[1]} are not whole seasons")
    rows = on_days(at_own_sites(viewer), None, today).filter(_in_halves(halves))
    if campus_ids is not None:
        rows = rows.filter(campus_id__in=list(campus_ids))
    earlier, later = on_days(rows, *first), on_days(rows, *second)
    withheld = not (_may_be_told(earlier) and _may_be_told(later))
    invented = (earlier | later).filter(invented=True).exists()
    return TwoTimes(
        first,
        second,
        None if withheld else compare(class_counts(earlier), class_counts(later)),
        withheld,
        invented,
        (_seasons_of(earlier), _seasons_of(later)),
        today if second[1] >= today else None,
    )


def _may_be_told(rows: QuerySet[ClassTally]) -> bool:
    """Whether what is hidden of each season, site by site, may be shown as one sum."""
    hidden: dict[tuple[int, Season], tuple[int, int]] = {}
    for (season, _site), (active, trips) in _by_season_and_site(rows).items():
        if not may_be_shown(active, trips):
            others = hidden.get(season, (0, 0))
            hidden[season] = others[0] + active, others[1] + trips
    return all(may_be_shown(active, trips) for active, trips in hidden.values())


def _by_season_and_site(
    rows: QuerySet[ClassTally],
) -> dict[tuple[tuple[int, Season], int], tuple[int, int]]:
    """Trips on foot or by bike, and all trips, of each season at each site."""
    found: dict[tuple[tuple[int, Season], int], tuple[int, int]] = {}
    told = (
        with_trips(rows)
        .order_by()
        .values_list("day", "campus_id")
        .annotate(walked=Sum("active_trips"), hands=Sum("all_trips"))
    )
    for day, site, active, trips in told:
        before = found.get((season_of(day), site), (0, 0))
        found[season_of(day), site] = before[0] + active, before[1] + trips
    return found


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
    """A fix at a site: the seasons before and after it there, and at the sites without one in that time.

    ``left_out`` are halves of the year that were tallied in one of the two times only.
    """

    day: date
    there: TwoTimes
    elsewhere: TwoTimes
    beyond: DifferenceInDifferences | None
    left_out: tuple[Season, ...]


def around_a_fix(viewer: Viewer, campus_id: int, day: date, *, today: date) -> BeforeAndAfter:
    """Compare a site in the two seasons before the day of a fix and the two after it, and set the change
    against that at other sites, without those that had a fix of their own in this time.

    The season of the fix counts as one after it where the site's tallies of the season all come from that day
    on, as one before where all come earlier; else it is left out. Only halves of the year that the site
    tallied both times are compared, fall with fall and spring with spring: how many walk differs between them
    without any fix. Other sites count where each season may be shown at them alone.
    """
    spans = _seasons_around(campus_id, day)
    both = two_times(viewer, *spans, today=today, campus_ids=[campus_id])
    earlier, later = ({half for _year, half in told} for told in both.seasons)
    halves = [half for half in Season if half in earlier & later]
    others = on_days(at_own_sites(viewer), None, today).filter(_in_halves(halves))
    others = others.exclude(campus_id__in={campus_id, *sites_fixed_between(spans[0][0], spans[1][1])})
    cells = _by_season_and_site(on_days(others, *spans[0]) | on_days(others, *spans[1]))
    sites = {site for _season, site in cells}
    sites -= {site for (_season, site), counts in cells.items() if not may_be_shown(*counts)}
    there = two_times(viewer, *spans, today=today, campus_ids=[campus_id], halves=halves)
    elsewhere = two_times(viewer, *spans, today=today, campus_ids=sites, halves=halves)
    beyond = None
    if there.comparison is not None and elsewhere.comparison is not None:
        beyond = difference_in_differences(there.comparison, elsewhere.comparison)
    left_out = tuple(half for half in Season if half in earlier ^ later)
    return BeforeAndAfter(day, there, elsewhere, beyond, left_out)


def _seasons_around(campus_id: int, day: date) -> tuple[Span, Span]:
    """The two seasons before a fix at a site, and the two after it."""
    own = season_of(day)
    told = on_days(all_tallies(), *days_of_season(*own), campus_id).aggregate(
        earliest=Min("day"), latest=Max("day")
    )
    last, first = _season_away(own, -1), _season_away(own, 1)
    if told["earliest"] is None or told["earliest"] >= day:
        first = own
    elif told["latest"] < day:
        last = own
    return (
        (days_of_season(*_season_away(last, -1))[0], days_of_season(*last)[1]),
        (days_of_season(*first)[0], days_of_season(*_season_away(first, 1))[1]),
    )


def _season_away(season: tuple[int, Season], steps: int) -> tuple[int, Season]:
    """The season so many seasons later; earlier, below 0."""
    year, half = divmod(2 * season[0] + (season[1] == Season.FALL) + steps, 2)
    return year, Season.FALL if half else Season.SPRING
