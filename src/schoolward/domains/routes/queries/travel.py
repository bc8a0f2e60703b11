"""How classes came to school: counts by class, shares by season and mode."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, F, IntegerField, Min, QuerySet, Sum, Value

from schoolward.analysis.disclosure import ALL, CannotProtectError, Cell, SuppressionPolicy, protect, tabulate
from schoolward.analysis.travel import (
    ClassCount,
    Share,
    share,
)
from schoolward.domains.routes.models import WALKING_MODES, ClassTally, Mode, Season, season_of
from schoolward.platform.access.policy import visible
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.measures.registry import FEWEST_STUDENTS


def tallies(viewer: Viewer) -> QuerySet[ClassTally]:
    """The tallies that the viewer may see, newest first, with their site; those set aside too."""
    return visible(ClassTally.objects.select_related("campus"), viewer)


def counted_tallies(viewer: Viewer) -> QuerySet[ClassTally]:
    """Those of :func:`tallies` that count."""
    return tallies(viewer).filter(class_key__isnull=False)


def tallies_set_aside() -> int:
    """How many tallies count no more, as a later one of the same class, day and way stands."""
    return ClassTally.objects.filter(class_key__isnull=True).count()


def with_trips(rows: QuerySet[ClassTally]) -> QuerySet[Any]:
    """Annotate tallies with ``all_trips``, hands of every mode, and ``active_trips``, those of walk and
    bike."""
    return rows.annotate(
        all_trips=_total(Mode.values),
        active_trips=_total(WALKING_MODES),
    )


def _total(modes: Iterable[str]) -> Any:
    found: Any = Value(0, output_field=IntegerField())
    for mode in modes:
        found = found + F(mode)
    return found


def on_days(
    rows: QuerySet[ClassTally], first: date | None, last: date | None, campus_id: int | None = None
) -> QuerySet[ClassTally]:
    """Tallies of the days, both ends included, at one site or all."""
    if first is not None:
        rows = rows.filter(day__gte=first)
    if last is not None:
        rows = rows.filter(day__lte=last)
    return rows if campus_id is None else rows.filter(campus_id=campus_id)


def class_counts(rows: QuerySet[ClassTally]) -> list[ClassCount]:
    """What each class told over all these tallies."""
    told = (
        with_trips(rows)
        .order_by()
        .values_list("campus_id", "class_key")
        .annotate(walked=Sum("active_trips"), hands=Sum("all_trips"), times=Count("pk"))
    )
    return [ClassCount((site, label), active, trips, times) for site, label, active, trips, times in told]


def all_tallies() -> QuerySet[ClassTally]:
    """Every tally that counts, for sums of whole sites: what single classes told is for :func:`tallies`."""
    return ClassTally.objects.filter(class_key__isnull=False)


def shown(found: Share) -> bool:
    """Whether a share may be shown: neither those who walk or ride nor the others are fewer than eleven
    trips, unless there is none."""
    return may_be_shown(found.active, found.trips)


def may_be_shown(active: int, trips: int) -> bool:
    """As :func:`shown`, of so many trips on foot or by bike among all."""
    return not (0 < active < FEWEST_STUDENTS or 0 < trips - active < FEWEST_STUDENTS)


@dataclass(frozen=True)
class SeasonOfSite:
    """A season at a site: the share of trips walked or ridden, and how many classes told it.

    ``share`` is ``None`` where it is withheld.
    """

    year: int
    season: Season
    campus_id: int
    classes: int
    share: Share | None


def days_of_season(year: int, season: str) -> tuple[date, date]:
    """The first and the last day of a season: spring is January to June."""
    if season == Season.SPRING:
        return date(year, 1, 1), date(year, 6, 30)
    return date(year, 7, 1), date(year, 12, 31)


def seasons(viewer: Viewer, *, most: int = 4) -> list[tuple[int, Season]]:
    """The seasons that have a tally at a site of the viewer's, the newest first."""
    rows = at_own_sites(viewer)
    found: list[tuple[int, Season]] = []
    last: date | None = None
    while len(found) < most:
        days = rows if last is None else rows.filter(day__lt=last)
        newest = days.order_by("-day").values_list("day", flat=True).first()
        if newest is None:
            break
        found.append(season_of(newest))
        last = days_of_season(*found[-1])[0]
    return found


def seasons_until(today: date) -> list[tuple[int, Season]]:
    """Every season from that of the first tally to today's, the newest first; today's alone without one."""
    earliest = first_day() or today
    found = [season_of(today)]
    while (begins := days_of_season(*found[-1])[0]) > earliest:
        found.append(season_of(begins - timedelta(days=1)))
    return found


def at_own_sites(viewer: Viewer) -> QuerySet[ClassTally]:
    """Every tally that counts at the viewer's sites."""
    rows = all_tallies()
    return rows if viewer.campus_ids is None else rows.filter(campus_id__in=viewer.campus_ids)


def by_site(viewer: Viewer, year: int, season: str) -> list[SeasonOfSite]:
    """The season at each site of the viewer's that has a tally, by site number."""
    rows = on_days(at_own_sites(viewer), *days_of_season(year, season))
    found: dict[int, list[ClassCount]] = {}
    for one in class_counts(rows):
        found.setdefault(one.cluster[0], []).append(one)
    told = {campus_id: share(counts) for campus_id, counts in sorted(found.items())}
    hidden = {campus_id for campus_id, made in told.items() if not shown(made)}
    # All sites together are told as well: what is withheld of them must not be few, taken together.
    for campus_id in sorted(told, key=lambda one: (told[one].trips, one)):
        if not hidden or shown(share([one for site in hidden for one in found[site]])):
            break
        hidden.add(campus_id)
    return [
        SeasonOfSite(year, Season(season), campus_id, made.classes, None if campus_id in hidden else made)
        for campus_id, made in told.items()
    ]


ACTIVE = "active"
"""The total of trips on foot and by bike, between the modes and all trips."""


def tree_of_modes() -> dict[str, list[str]]:
    """Which modes add up to which totals that pages show."""
    others = [mode for mode in Mode.values if mode not in WALKING_MODES]
    return {ALL: [ACTIVE, *others], ACTIVE: list(WALKING_MODES)}


def by_mode(viewer: Viewer, first: date, last: date, campus_id: int | None = None) -> dict[str, int | None]:
    """Trips by mode over some days; ``None`` where a count is under eleven, or would give one away."""
    rows = on_days(at_own_sites(viewer), first, last, campus_id)
    sums = rows.aggregate(**{mode: Sum(mode) for mode in Mode.values})
    counts: dict[Cell, int] = {(mode,): sums[mode] or 0 for mode in Mode.values}
    try:
        # All trips, and those on foot or by bike, stand beside it: both are taken for known.
        known = [(ALL,), (ACTIVE,)]
        public = protect(tabulate(counts, [tree_of_modes()]), SuppressionPolicy(), public=known).public()
    except CannotProtectError:
        public = dict.fromkeys(counts)
    return {mode: public[(mode,)] for mode in Mode.values}


def first_day() -> date | None:
    """The day of the first tally, or ``None``."""
    return all_tallies().aggregate(first=Min("day"))["first"]


def sites_without_tally(viewer: Viewer, sites: Iterable[int], year: int, season: str) -> list[int]:
    """Of these sites, those of the viewer's that have no tally of the season, in their order."""
    told = set(
        on_days(at_own_sites(viewer), *days_of_season(year, season))
        .values_list("campus_id", flat=True)
        .distinct()
    )
    own = viewer.campus_ids
    return [site for site in sites if site not in told and (own is None or site in own)]
