"""Crossings with their counts and posts, and whether a guard is warranted there by the rule of a day."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import cache
from importlib.resources import files

from django.db.models import Prefetch, QuerySet

from schoolward.analysis.crossing_warrants import (
    CrossingAsIs,
    Edition,
    Observed,
    Verdict,
    edition_on,
    evaluate,
    read_editions,
)
from schoolward.domains.places.queries import holding
from schoolward.domains.routes.models import Crossing, CrossingCount, GuardAssignment, GuardPost, Shift
from schoolward.platform.access.policy import visible
from schoolward.platform.access.viewer import Viewer

DEFAULT_WARRANTS = "ca-mutcd"


@cache
def editions() -> tuple[Edition, ...]:
    """Every edition of the warrants that is shipped (``data/guard_warrants.toml``)."""
    text = (files("schoolward.domains.routes") / "data" / "guard_warrants.toml").read_text("utf-8")
    return read_editions(text)


def warrants_on(key: str, day: date) -> Edition | None:
    """The edition of these warrants that holds on a day."""
    return edition_on(editions(), key, day)


def keys_of_warrants() -> list[tuple[str, str]]:
    """The sets of warrants by key, with the title of the newest edition."""
    newest: dict[str, Edition] = {}
    for one in sorted(editions(), key=lambda edition: edition.valid_from):
        newest[one.key] = one
    return [(key, one.title) for key, one in newest.items()]


def crossings(viewer: Viewer) -> QuerySet[Crossing]:
    """The crossings that the viewer may see, with their site and counts."""
    return visible(
        Crossing.objects.select_related("campus").prefetch_related(
            Prefetch("counts", CrossingCount.objects.order_by("-day", "begins")),
        ),
        viewer,
    )


def counts(viewer: Viewer) -> QuerySet[CrossingCount]:
    """What was counted at crossings that the viewer may see."""
    return visible(CrossingCount.objects.select_related("crossing__campus"), viewer)


def posts(viewer: Viewer) -> QuerySet[GuardPost]:
    """The posts that the viewer may see, with crossing, site and agency."""
    return visible(GuardPost.objects.select_related("crossing__campus", "agency"), viewer)


def posts_on(viewer: Viewer, day: date) -> QuerySet[GuardPost]:
    """Posts that exist on a day."""
    return posts(viewer).filter(holding(day))


def assignments(viewer: Viewer) -> QuerySet[GuardAssignment]:
    """Who stands at which post, for those who may see it."""
    return visible(GuardAssignment.objects.select_related("post", "account"), viewer)


def standing_on(rows: Iterable[GuardAssignment], day: date) -> dict[str, int]:
    """How many guards stand in the morning and in the afternoon of a day."""
    held = [one for one in rows if one.valid_from <= day and (one.valid_to is None or day <= one.valid_to)]
    return {
        half: sum(one.guards for one in held if one.shift in (half, Shift.BOTH))
        for half in (Shift.MORNING.value, Shift.AFTERNOON.value)
    }


def unguarded(viewer: Viewer, day: date) -> list[GuardPost]:
    """Posts of a day that have fewer guards than they take, in either half that they have hours for."""
    rows = posts_on(viewer, day).prefetch_related("assignments").order_by("reference")
    found = []
    for post in rows:
        there = standing_on(post.assignments.all(), day)
        wanted = [
            half
            for half, begins in (
                (Shift.MORNING.value, post.morning_begins),
                (Shift.AFTERNOON.value, post.afternoon_begins),
            )
            if begins is not None
        ]
        if any(there[half] < post.guards for half in wanted):
            found.append(post)
    return found


def as_it_is(crossing: Crossing) -> CrossingAsIs:
    """The crossing as the warrants ask about it."""
    return CrossingAsIs(
        control=crossing.control,
        lanes=crossing.lanes,
        divided=crossing.divided,
        width_ft=crossing.width_ft,
        has_refuge=crossing.has_refuge,
        rural=crossing.rural,
        speed_85_mph=crossing.speed_85_mph,
        controlled_within_ft=crossing.controlled_within_ft,
    )


def verdict(crossing: Crossing, *, on: date, key: str = DEFAULT_WARRANTS) -> Verdict | None:
    """Whether a guard is warranted at a crossing, by the edition of the newest count's day; without a count,
    of the day asked about. ``None`` where no edition holds then."""
    told = [one for one in crossing.counts.all() if one.day <= on]
    edition = warrants_on(key, max((one.day for one in told), default=on))
    if edition is None:
        return None
    return evaluate(
        as_it_is(crossing),
        (
            Observed(
                day=one.day,
                begins=one.begins,
                minutes=one.minutes,
                vehicles=one.vehicles,
                turning=one.turning,
                pupils=one.pupils,
                rows=one.rows,
                gaps=one.gaps,
            )
            for one in told
            if edition.valid_from <= one.day
        ),
        edition,
    )
