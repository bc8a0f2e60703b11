"""The records behind each performance measure of a half-year: the table counts them, its figures open them.

Ask them inside the system's part of the wall: whoever counts sees every caseload, and shows nobody.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from schoolward.domains.cases.models import FollowUp, Found, Referral, Service
from schoolward.domains.cases.states import NEVER_COUNTED, State
from schoolward.domains.programs.queries import capacity, sessions
from schoolward.platform.access.models import Agreement
from schoolward.platform.access.policy import readable, visible
from schoolward.platform.access.viewer import Viewer

TOGETHER = ""
"""The key of the line about all programs together."""


@dataclass(frozen=True)
class Half:
    """A half-year up to the day that it is judged at, the programs that are looked at, and who counts."""

    first: date
    end: date
    as_of: date
    programs: Collection[int]
    system: Viewer


Rows = QuerySet[Any]
Adds = Callable[[Any, Viewer], float | None]
"""What a record adds; ``None`` where that is not the viewer's to read."""


def served(half: Half) -> Rows:
    """Referrals that had started by the end and were not out before the half-year."""
    rows = visible(Referral.objects.all(), half.system)
    rows = rows.filter(program__in=half.programs, started_on__lte=half.end)
    rows = rows.exclude(end_reason__in=NEVER_COUNTED)
    return rows.filter(Q(ended_on=None) | Q(ended_on__gte=half.first)).order_by()


def carried(half: Half) -> Rows:
    """Those of them that started before the half-year."""
    return served(half).filter(started_on__lt=half.first)


def new(half: Half) -> Rows:
    """Those of them that started in it."""
    return served(half).filter(started_on__gte=half.first)


def exits(half: Half) -> Rows:
    """Those that were out in it, completed or not."""
    return served(half).filter(ended_on__lte=half.end)


def completed(half: Half) -> Rows:
    """Those that completed the program in it."""
    return exits(half).filter(state=State.COMPLETED)


def not_completed(half: Half) -> Rows:
    """Those that left before the end."""
    return exits(half).exclude(state=State.COMPLETED)


def held(half: Half) -> Rows:
    """Sessions held in it."""
    rows = sessions(half.system).filter(state="held", on__range=(half.first, half.end))
    return rows.filter(offering__program__in=half.programs).order_by()


def services(half: Half) -> Rows:
    """Sessions planned for those who started in it."""
    rows = visible(Service.objects.all(), half.system)
    rows = rows.filter(referral__started_on__range=(half.first, half.end))
    return rows.filter(offering__program__in=half.programs).order_by()


def followed(months: int) -> Callable[[Half], Rows]:
    """Follow-ups whose days were full in it and of which it is known what there was."""

    def rows(half: Half) -> Rows:
        found = visible(FollowUp.objects.all(), half.system).exclude(found=Found.UNKNOWN)
        found = found.filter(full_on__range=(half.first, half.end), months=months)
        return found.filter(referral__program__in=half.programs).order_by()

    return rows


def again(months: int) -> Callable[[Half], Rows]:
    """Those of them with a new offense."""
    return lambda half: followed(months)(half).filter(found=Found.YES)


def places(half: Half) -> Rows:
    """The last report of places of each program up to the end."""
    rows = capacity(half.system).filter(on__lte=half.end, program__in=half.programs)
    last: dict[int, int] = dict(rows.order_by("on", "pk").values_list("program", "pk"))
    return rows.filter(pk__in=last.values()).order_by()


def agreements(half: Half) -> Rows:
    """Agreements on sharing in force at the end of the day that is asked about."""
    moment = datetime.combine(half.as_of, time(23, 59), tzinfo=timezone.get_default_timezone())
    return Agreement.objects.live(moment)


def hours_of(session: Any, viewer: Viewer) -> float | None:
    """Hours that a session adds: its minutes by the heads that came, for whoever may read these."""
    is_told = readable(session, "attended", viewer) and readable(session, "minutes_held", viewer)
    return round(session.minutes_held * session.attended / 60, 1) if is_told else None


def _days_of(referral: Any, _viewer: Viewer) -> int:
    return (referral.ended_on - referral.started_on).days


def _attended(service: Any, _viewer: Viewer) -> int:
    return int(service.attended)


def _planned(service: Any, _viewer: Viewer) -> int:
    return int(service.planned)


def _places(report: Any, _viewer: Viewer) -> int:
    return int(report.maximum)


@dataclass(frozen=True)
class Behind:
    """Which records a measure counts, what each adds where it is a sum or a mean, and the same of what it is
    held against. ``unit`` is that of what each adds."""

    rows: Callable[[Half], Rows]
    adds: Adds | None = None
    against: Callable[[Half], Rows] | None = None
    against_adds: Adds | None = None
    unit: str = ""


BEHIND: Mapping[str, Behind] = {
    "served": Behind(served),
    "carried": Behind(carried),
    "new": Behind(new),
    "exits": Behind(exits),
    "completed": Behind(completed, against=exits),
    "stay": Behind(exits, _days_of, unit="days"),
    "hours": Behind(held, hours_of, unit="hours"),
    "dosage": Behind(services, _attended, services, _planned, unit="sessions"),
    "again_6": Behind(again(6), against=followed(6)),
    "again_12": Behind(again(12), against=followed(12)),
    "slots": Behind(places, _places, unit="places"),
    "agreements": Behind(agreements),
}
"""By the name of a measure. What nobody writes down is not here."""
