"""Whether verified fixes of assessments helped: what happened at the mended campuses after them, against what
happened at campuses without such work. Incidents and work meet here, because neither domain knows the other.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from schoolward.analysis.assessing.fix_effect import (
    CampusDays,
    Fix,
    FixEffect,
    fix_effect,
)
from schoolward.analysis.false_alarms import Verdict
from schoolward.domains.incidents import queries as incidents
from schoolward.domains.places.queries import campuses_with_school
from schoolward.domains.work import queries as work
from schoolward.platform.access.viewer import Viewer

KIND = "recommendation"


@dataclass(frozen=True)
class Judged:
    """What several fixes did together. ``after`` are the incidents that followed where there was something to
    compare with, ``expected`` how many would have, had the mended campuses gone the way of the others."""

    effect: FixEffect
    after: QuerySet[Any]
    expected: float | None


def verified_fixes(first: date | None, last: date, campus_id: int | None) -> QuerySet[Any]:
    """The recommendations verified from one day to another, of one campus or all, the earliest first."""
    done = work.work_items(_everybody(last)).filter(
        kind=KIND, state="verified", campus__isnull=False, done_on__isnull=False, verified_on__lte=last
    )
    if first is not None:
        done = done.filter(verified_on__gte=first)
    if campus_id is not None:
        done = done.filter(campus_id=campus_id)
    return done.order_by("verified_on", "pk")


def judged_fixes(first: date | None, last: date, campus_id: int | None) -> Judged | None:
    """Judge the first fix of each campus that was verified in the period; ``None`` without any.

    At the campuses compared with, no recommendation was carried out or verified in the same windows.
    """
    fixes = {item.campus_id: item for item in reversed(list(verified_fixes(first, last, campus_id)))}
    span = incidents.span_of_days()
    if not fixes or span is None:
        return None
    data_from, data_to = span[0], min(span[1], last)
    days = _days_by_campus(data_from, data_to)
    worked = _worked_on(last)
    treated = [
        Fix(_campus(pk, days, worked), min(item.done_on, item.verified_on), item.verified_on)
        for pk, item in fixes.items()
    ]
    others = [
        _campus(pk, days, worked)
        for pk in campuses_with_school(last).values_list("pk", flat=True)
        if pk not in fixes
    ]
    effect = fix_effect(treated, others, data_from=data_from, data_to=data_to)
    return Judged(effect, _after(effect, data_from, data_to), _expected(effect))


def is_told(effect: FixEffect) -> bool:
    """Whether anything can be said: enough happened, and there was something to hold it against."""
    return bool(effect.windows) and effect.compared.verdict not in (Verdict.TOO_FEW, Verdict.NO_EXPOSURE)


def _everybody(day: date) -> Viewer:
    # Of the whole district, whoever asks: what a campus is compared with does not depend on who looks.
    at = datetime.combine(day, time(12), tzinfo=timezone.get_default_timezone())
    return Viewer.system(at=at, name="fixes")


def _at_campus(first: date, last: date) -> QuerySet[Any]:
    return incidents.visible_incidents(_everybody(last)).filter(
        at_campus=True, campus__isnull=False, local_date__range=(first, last)
    )


def _days_by_campus(first: date, last: date) -> dict[int, list[date]]:
    found: dict[int, list[date]] = defaultdict(list)
    for pk, day in _at_campus(first, last).order_by().values_list("campus_id", "local_date"):
        found[pk].append(day)
    return found


def _worked_on(last: date) -> dict[int, set[date]]:
    """By campus: the days on which a recommendation was carried out or verified."""
    done = work.work_items(_everybody(last)).filter(kind=KIND, campus__isnull=False, done_on__isnull=False)
    found: dict[int, set[date]] = defaultdict(set)
    for pk, *both in done.order_by().values_list("campus_id", "done_on", "verified_on"):
        found[pk] |= {day for day in both if day is not None}
    return found


def _campus(pk: int, days: dict[int, list[date]], worked: dict[int, set[date]]) -> CampusDays:
    return CampusDays(str(pk), tuple(days.get(pk, ())), worked_on=tuple(sorted(worked.get(pk, ()))))


def _after(effect: FixEffect, data_from: date, data_to: date) -> QuerySet[Any]:
    """The incidents at the mended campuses after their fixes on which the ratio rests, and no others."""
    within = Q(pk__in=[])
    for one in effect.counted:
        within |= Q(
            campus_id=int(one.campus),
            local_date__range=(one.windows.after_first, one.windows.after_last),
            local_date__month__in=sorted(one.months),
        )
    return _at_campus(data_from, data_to).filter(within)


def _expected(effect: FixEffect) -> float | None:
    """How many would have followed: what followed over the ratio, or by the plain counts where none did."""
    if not is_told(effect):
        return None
    if effect.compared.value:
        return effect.after.events / effect.compared.value
    if not effect.untreated_before.events:
        return None
    return effect.before.events * effect.untreated_after.events / effect.untreated_before.events


def nothing_happened(day: date) -> QuerySet[Any]:
    """No incident at all, for a number that cannot be told."""
    return incidents.visible_incidents(_everybody(day)).none()
