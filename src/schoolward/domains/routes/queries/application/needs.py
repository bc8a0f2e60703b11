"""What speaks for a site: its pupils, how they travel, and whom collisions near it have hurt."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count, Max, Q, Sum
from django.urls import reverse
from django.utils.translation import gettext as _

from schoolward.analysis.disclosure import ALL, CannotProtectError, SuppressionPolicy, protect, tabulate
from schoolward.analysis.travel import ClassCount, Share, share
from schoolward.domains.places import queries as places
from schoolward.domains.routes.models import (
    WALKING_MODES,
    CollisionNear,
    CollisionSeverity,
    Mode,
    PositionQuality,
    Season,
)
from schoolward.domains.routes.queries import travel as travelled
from schoolward.domains.routes.queries.application.shapes import NOT_SHOWN, Asked, Cell, Table, percent
from schoolward.domains.routes.queries.collisions import five_years_to
from schoolward.platform.access.permissions import may


def _sites(asked: Asked) -> list[Any]:
    found = places.campuses().filter(pk__in=asked.campus_ids)
    return sorted(found, key=lambda campus: (campus.name, campus.pk))


def schools(asked: Asked) -> Table:
    """Each site with its schools and how many are enrolled; a count under eleven is withheld."""
    year = places.latest_enrolment_year(asked.on)
    students = places.students_by_campus(year, asked.on) if year is not None else {}
    few = places.campuses_with_few_students(year, asked.on) if year is not None else frozenset()
    held = places.schools_by_campus(asked.on)
    rows = []
    for campus in _sites(asked):
        page = reverse("places:detail", args=[campus.slug])
        own = held.get(campus.pk, [])
        enrolled = NOT_SHOWN if campus.pk in few else Cell(students.get(campus.pk), page)
        rows.append(
            [
                Cell(campus.name, page),
                Cell(", ".join(school.name for school in own)),
                Cell(", ".join(school.cds_code for school in own)),
                Cell(campus.address),
                Cell(campus.zip_code),
                enrolled,
                Cell(None if year is None else f"{year}-{(year + 1) % 100:02d}"),
            ]
        )
    return Table(
        "schools",
        _("Schools"),
        _("Enrollment of the newest school year that is known; fewer than 11 are not shown."),
        [
            ("site", _("Site")),
            ("schools", _("Schools")),
            ("cds_codes", _("CDS codes")),
            ("address", _("Address")),
            ("zip_code", _("ZIP code")),
            ("enrolled", _("Enrolled")),
            ("school_year", _("School year")),
        ],
        rows,
        invented=year is not None and places.enrolment_is_invented(year),
        source=_("The district's list of schools, and enrollment as it was imported"),
        as_of=asked.on,
    )


def travel(asked: Asked) -> Table:
    """Trips by mode in the newest season, each with its share and interval; classes are the clusters."""
    seasons = travelled.seasons(asked.viewer, most=1)
    columns = [
        ("site", _("Site")),
        ("season", _("Season")),
        ("mode", _("Mode")),
        ("trips", _("Trips")),
        ("share", _("Percent of trips")),
        ("low", _("Percent, at least")),
        ("high", _("Percent, at most")),
        ("classes", _("Classes")),
    ]
    title, note = (
        _("How pupils travel"),
        _(
            "Hands raised in class, both ways (M25), with 95 % intervals that take classes as clusters. "
            "Fewer than 11 trips are not shown, nor what would give them away."
        ),
    )
    if not seasons:
        return Table("travel", title, note, columns)
    year, season = seasons[0]
    days = travelled.days_of_season(year, season)
    shown = _protected(asked, year, season)
    rows = []
    for campus in _sites(asked):
        own = travelled.on_days(travelled.all_tallies(), *days, campus.pk)
        told = own.order_by().values("class_key").annotate(**{mode: Sum(mode) for mode in Mode.values})
        classes: list[Any] = list(told)
        if not classes:
            continue
        url = reverse("routes:travel")
        if may(asked.viewer, "routes.tally"):
            url = f"{reverse('routes:tallies')}?{urlencode({'campus': campus.pk})}"
        for mode in (*Mode.values, travelled.ACTIVE):
            rows.append(
                [
                    Cell(campus.name, reverse("places:detail", args=[campus.slug])),
                    Cell(_("%(season)s %(year)d") % {"season": Season(season).label, "year": year}),
                    Cell(_("On foot or by bike") if mode == travelled.ACTIVE else str(Mode(mode).label)),
                    *_share_cells(campus.pk, mode, classes, shown.get((str(campus.pk), mode)), url),
                ]
            )
    made_up = travelled.on_days(travelled.all_tallies(), *days).filter(
        campus_id__in=asked.campus_ids, invented=True
    )
    return Table(
        "travel",
        title,
        note,
        columns,
        rows,
        invented=made_up.exists(),
        source=_("Student travel tallies in the form of the National Center for Safe Routes to School"),
        as_of=travelled.on_days(travelled.all_tallies(), *days)
        .filter(campus_id__in=asked.campus_ids)
        .aggregate(last=Max("day"))["last"],
    )


def _share_cells(
    campus_id: int, mode: str, classes: list[dict[str, Any]], trips: int | None, url: str
) -> list[Cell]:
    if trips is None:
        return [NOT_SHOWN, NOT_SHOWN, NOT_SHOWN, NOT_SHOWN, Cell(len(classes))]
    counted = WALKING_MODES if mode == travelled.ACTIVE else (mode,)
    found: Share = share(
        [
            ClassCount(
                (campus_id, one["class_key"]),
                sum(one[each] for each in counted),
                sum(one[each] for each in Mode.values),
            )
            for one in classes
        ]
    )
    return [
        Cell(trips, url),
        *(percent(part) for part in (found.value, found.low, found.high)),
        Cell(len(classes)),
    ]


def _protected(asked: Asked, year: int, season: Season) -> dict[tuple[str, str], int | None]:
    """By site and mode: the trips, ``None`` where they are hidden.

    All sites of the season are protected together, whoever looks, and around what other pages show: the
    trips of a site with those on foot or by bike, and the sums by mode of all sites.
    """
    days = travelled.days_of_season(year, season)
    rows = travelled.on_days(travelled.all_tallies(), *days).order_by().values("campus_id")
    sums: Any = rows.annotate(**{mode: Sum(mode) for mode in Mode.values})
    held = {str(row["campus_id"]): row for row in sums}
    counts: dict[tuple[str, ...], int] = {
        (site, mode): row[mode] for site, row in held.items() for mode in Mode.values
    }
    table = tabulate(counts, [{ALL: list(held)}, travelled.tree_of_modes()])
    everybody = replace(asked.viewer, campus_ids=None)
    told = [row for row in travelled.by_site(everybody, year, season) if row.share is not None]
    known = {(ALL, ALL)} | {(str(row.campus_id), part) for row in told for part in (ALL, travelled.ACTIVE)}
    known |= {(ALL, mode) for mode, count in travelled.by_mode(everybody, *days).items() if count is not None}
    try:
        found = protect(table, SuppressionPolicy(), public=known).public()
    except CannotProtectError:
        return {}
    return {
        (site, mode): found.get((site, mode)) for site in held for mode in (*Mode.values, travelled.ACTIVE)
    }


_OTHER_INJURIES = (CollisionSeverity.VISIBLE, CollisionSeverity.PAIN)


def collisions(asked: Asked) -> Table:
    """Collisions on foot or by bike within 402 m by year and gravity, of the five years that records end
    with (M27). The state publishes each of them, so that no count is withheld."""
    first, last = five_years_to(asked.on)
    moving = Q(collision__pedestrian=True) | Q(collision__bicycle=True)
    near = CollisionNear.objects.filter(
        moving, campus__in=asked.campus_ids, collision__retracted=False, collision__day__range=(first, last)
    )
    counted = {
        (row["campus"], row["collision__day__year"]): row
        for row in near.order_by()
        .values("campus", "collision__day__year")
        .annotate(
            grave=Count("pk", filter=Q(collision__grave=True)),
            fatal=Count("pk", filter=Q(collision__severity=CollisionSeverity.FATAL)),
            serious=Count("pk", filter=Q(collision__severity=CollisionSeverity.SERIOUS)),
            other=Count("pk", filter=Q(collision__severity__in=_OTHER_INJURIES)),
            walking=Count("pk", filter=Q(collision__pedestrian=True)),
            cycling=Count("pk", filter=Q(collision__bicycle=True)),
            all=Count("pk"),
            unsure=Count("pk", filter=Q(collision__quality=PositionQuality.REPORTED)),
        )
    }
    names = ("grave", "fatal", "serious", "other", "walking", "cycling", "all", "unsure")
    rows = []
    for campus in _sites(asked):
        page = reverse("collisions:site", args=[campus.slug])
        for year in range(first.year, last.year + 1):
            begins, ends = max(first, date(year, 1, 1)), min(last, date(year, 12, 31))
            found: Any = counted.get((campus.pk, year), {})
            span = {"campus": campus.pk, "from": begins, "to": ends}
            url = f"{reverse('collisions:list')}?{urlencode(span)}"
            numbers = [Cell(found.get(name, 0), url) for name in names]
            numbers[0] = Cell(found.get("grave", 0), f"{url}&grave=on")
            rows.append([Cell(campus.name, page), Cell(begins), Cell(ends), *numbers])
    return Table(
        "collisions",
        _("Collisions within 402 m, on foot or by bike"),
        _(
            "Numbers of collisions, not of people, in the five years that end with the records. Killed or "
            "seriously injured is somebody on foot or by bike; the gravest injury is that of anybody. "
            "A collision near two sites stands with both."
        ),
        [
            ("site", _("Site")),
            ("from", _("From")),
            ("to", _("To")),
            ("killed_or_seriously_injured", _("Killed or seriously injured on foot or by bike")),
            ("fatal", _("Fatal")),
            ("serious", _("Serious injury")),
            ("other_injury", _("Other injury")),
            ("pedestrian", _("With a pedestrian")),
            ("bicycle", _("With a bicyclist")),
            ("all", _("All")),
            ("position_unsure", _("Position as reported, unsure")),
        ],
        rows,
        invented=near.filter(collision__invented=True).exists(),
        source=_("California's collision records, SWITRS until 2024 and CCRS, as they were imported"),
        as_of=last,
    )
