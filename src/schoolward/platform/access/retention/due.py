"""What is due: rows whose years of keeping have passed, and which nothing holds."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, DateTimeField, F, Q, QuerySet

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
    """How many of an agency's records of one table and class are due by a schedule, and how many held.

    ``sealed`` are those due that are sealed: a number, and never which.
    """

    schedule: RetentionSchedule
    agency_id: int
    count: int
    held: int
    sealed: int = 0


def due(viewer: Viewer) -> list[Due]:
    """Counts of what is due in the viewer's agency, and of what would be if no hold named it; no names."""
    check(viewer, VIEW)
    found: list[Due] = []
    schedules = [one for one in live(today(viewer.at)) if one.table in retained()]
    with within(viewer, sealing=True):
        # Those of which the table has left this version are not in it.
        hidden = {
            schedule.pk: _by_agency(free_of(past_its_years(schedule, viewer, sealed=True), schedule))
            for schedule in schedules
        }
    with within(viewer):
        for schedule in schedules:
            past = past_its_years(schedule, viewer)
            sealed = hidden[schedule.pk]
            free, kept = _by_agency(free_of(past, schedule)), _by_agency(past.filter(held(past.model)))
            found += [
                Due(schedule, agency, free.get(agency, 0), kept.get(agency, 0), sealed.get(agency, 0))
                for agency in sorted({*free, *kept, *sealed})
            ]
    return found


def past_its_years(
    schedule: RetentionSchedule, viewer: Viewer, *, sealed: bool = False
) -> QuerySet[ProtectedRecord]:
    """The rows of the viewer's agency whose years have passed today. Ask inside ``within(viewer)``.

    Either those that are not sealed, or those that are: then ``within(viewer, sealing=True)``, and what comes
    of it is counted or deleted, and shown to nobody.
    """
    model = protected_models()[schedule.table]
    last = last_due(today(viewer.at), years_of(schedule))
    # A record that was put together with another is due in its time, too, and a manager leaves it out.
    rows: QuerySet[ProtectedRecord] = model.including_sealed.filter(
        _until(model, event_path(schedule), last),
        record_class=schedule.record_class,
        sealed_at__isnull=not sealed,
    )
    return rows if viewer.is_system else rows.filter(agency=viewer.agency_id)


def free_of(
    rows: QuerySet[ProtectedRecord], schedule: RetentionSchedule, *, besides: int | None = None
) -> QuerySet[ProtectedRecord]:
    """Without rows that are held, to be sealed (or their person is), or that stand in another open batch."""
    to_seal = Sealing.objects.filter(sealed_at__isnull=True, record__startswith=f"{schedule.table}:")
    numbers = [int(name.rpartition(":")[2]) for name in to_seal.values_list("record", flat=True)]
    listed = DisposalRow.objects.filter(
        Q(disposal__reviewed_at__isnull=True) | Q(disposal__is_approved=True),
        disposal__schedule__table=schedule.table,
        disposal__carried_out_at__isnull=True,
        taken_out_at__isnull=True,
    ).exclude(disposal=besides)
    whole = Sealing.objects.filter(sealed_at__isnull=True, record=F("subject")).values("subject")
    free = rows.exclude(held(rows.model)).exclude(pk__in=numbers).exclude(subject__in=whole)
    return free.exclude(pk__in=listed.values("number"))


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
