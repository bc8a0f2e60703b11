"""Cases that stand open when a batch begins, locked until it is written."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from schoolward.domains.alarms.builder.grouped import FAMILY_OF, JOIN_FAULT, Family, GroupedCase, Shape
from schoolward.domains.alarms.builder.losses import LossCase
from schoolward.domains.alarms.builder.times import microseconds_of
from schoolward.domains.alarms.models import Case, CaseKind, CaseState

#: What the builder may change of a case that is there. Operators' answers are other columns.
BUILT_FIELDS = (
    "signal_kind",
    "system",
    "campus",
    "zone",
    "plan",
    "title",
    "shape",
    "last_signal_at",
    "signal_count",
    "urgency",
    "reasons",
    "verification_level",
)
_READ_FIELDS = (
    *BUILT_FIELDS,
    "number",
    "kind",
    "state",
    "partition",
    "opened_at",
    "opened_on",
    "first_answer_at",
)


def open_groups(systems: Iterable[int], since: datetime) -> list[tuple[Case, GroupedCase]]:
    """The open alarm cases of these systems that a signal from `since` on may join, locked."""
    rows = (
        Case.objects.select_for_update()
        .filter(
            kind=CaseKind.ALARM,
            system_id__in=set(systems),
            last_signal_at__gte=since - timedelta(microseconds=JOIN_FAULT),
        )
        .exclude(state=CaseState.CLOSED)
        .only(*_READ_FIELDS)
        .order_by("pk")
    )
    found = []
    for case in rows:
        group = GroupedCase(
            key=case.pk,
            system=case.system_id or 0,
            partition=case.partition,
            family=FAMILY_OF.get(case.signal_kind, Family.FAULT),
            kind=case.signal_kind,
            zone=case.shape.get("zone", ""),
            opened_at=microseconds_of(case.opened_at),
            last_at=microseconds_of(case.last_signal_at),
            count=case.signal_count,
            shape=Shape.of(case.shape),
        )
        found.append((case, group))
    return found


def open_losses() -> list[tuple[Case, LossCase]]:
    """The open cases of lost systems, locked."""
    rows = Case.objects.select_for_update().filter(kind=CaseKind.SUPERVISION)
    found = []
    for case in rows.exclude(state=CaseState.CLOSED).order_by("pk"):
        loss = LossCase(
            key=case.pk,
            last_at=microseconds_of(case.last_signal_at),
            opened_at=microseconds_of(case.opened_at),
            lost=set(case.shape.get("lost", ())),
            still=set(case.shape.get("still", ())),
            sites=set(case.shape.get("sites", ())),
            count=case.signal_count,
        )
        found.append((case, loss))
    return found
