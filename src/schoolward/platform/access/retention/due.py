"""What is due: rows whose years of keeping have passed, and which nothing holds."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, DateTimeField, Q, QuerySet

from schoolward.platform.access.clock import today
from schoolward.platform.access.models import (
    DisposalRow,
    ProtectedRecord,
    RetentionSchedule,
    Sealing,
)
from schoolward.platform.access.models.retention import KeptAfter
from schoolward.platform.access.permissions import check
from schoolward.platform.access.references import protected_models
from schoolward.platform.access.retention.holds import held
from schoolward.platform.access.retention.registry import retained
from schoolward.platform.access.retention.schedules import VIEW, live
from schoolward.platform.access.retention.years import COMING_OF_AGE, last_due
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.access.wall import within


@dataclass(frozen=True)
class Due:
    """How many of an agency's records of one table and class are due by a schedule, and how many held."""

    schedule: RetentionSchedule
    agency_id: int
    count: int
    held: int


def due(viewer: Viewer) -> list[Due]:
    """Counts of what is due in the viewer's agency, and of what would be if no hold named it; no names."""
    check(viewer, VIEW)
    found: list[Due] = []
    with within(viewer):
        for schedule in live(today(viewer.at)):
            if schedule.table not in retained():
                continue  # its table has left this version
            past = past_its_years(schedule, viewer)
            free, kept = _by_agency(free_of(past, schedule)), _by_agency(past.filter(held(past.model)))
            found += [
                Due(schedule, agency, free.get(agency, 0), kept.get(agency, 0))
                for agency in sorted({*free, *kept})
            ]
    return found


def past_its_years(schedule: RetentionSchedule, viewer: Viewer) -> QuerySet[ProtectedRecord]:
    """The rows of the viewer's agency whose years have passed today. Ask inside ``within(viewer)``."""
    model = protected_models()[schedule.table]
    last = last_due(today(viewer.at), years_of(schedule))
    rows = model.objects.filter(_until(model, event_path(schedule), last), record_class=schedule.record_class)
    return rows if viewer.is_system else rows.filter(agency=viewer.agency_id)


def free_of(
    rows: QuerySet[ProtectedRecord], schedule: RetentionSchedule, *, besides: int | None = None
) -> QuerySet[ProtectedRecord]:
    """Without rows that are held, that are to be sealed, and that stand in another open batch."""
    to_seal = Sealing.objects.filter(sealed_at__isnull=True, record__startswith=f"{schedule.table}:")
    numbers = [int(name.rpartition(":")[2]) for name in to_seal.values_list("record", flat=True)]
    listed = DisposalRow.objects.filter(
        Q(disposal__reviewed_at__isnull=True) | Q(disposal__is_approved=True),
        disposal__schedule__table=schedule.table,
        disposal__carried_out_at__isnull=True,
        taken_out_at__isnull=True,
    ).exclude(disposal=besides)
    return rows.exclude(held(rows.model)).exclude(pk__in=numbers).exclude(pk__in=listed.values("number"))


def years_of(schedule: RetentionSchedule) -> int:
    """The years from the day that the table declares to the day on which a row is due."""
    return schedule.years + (COMING_OF_AGE if schedule.after == KeptAfter.TURNED_18 else 0)


def event_path(schedule: RetentionSchedule) -> str:
    """The field, perhaps of a related row, that holds the day which the years are counted from."""
    return retained()[schedule.table].events[schedule.after]


def _by_agency(rows: QuerySet[ProtectedRecord]) -> dict[int, int]:
    return dict(rows.order_by().values_list("agency").annotate(count=Count("pk", distinct=True)))


def _until(model: type[ProtectedRecord], path: str, last: date) -> Q:
    """The rows whose day is ``last`` or earlier; of a time, its day by the clock on the wall."""
    field: Any = None
    for name in path.split("__"):
        field = (field.related_model if field else model)._meta.get_field(name)
    return Q(**{f"{path}__date__lte" if isinstance(field, DateTimeField) else f"{path}__lte": last})
