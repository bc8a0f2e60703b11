"""Reads of cases: the queue, one case, and what has changed since."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Max, Q, QuerySet

from schoolward.domains.alarms.models import (
    Case,
    CaseEntry,
    CaseState,
    Cause,
    Disposition,
    HandOver,
    Signal,
    SignalKind,
)
from schoolward.platform.access.policy import visible
from schoolward.platform.access.viewer import Viewer

#: The kinds of signal whose cases are activations: something was set off. Faults of a panel are not.
ACTIVATIONS = (
    SignalKind.HOLD_UP,
    SignalKind.PANIC,
    SignalKind.FIRE,
    SignalKind.MEDICAL,
    SignalKind.BURGLARY,
    SignalKind.TAMPER,
    SignalKind.GAS,
)
#: Dispositions of what was no activation after all: counted nowhere.
NOT_COUNTED = (Disposition.TEST, Disposition.TECHNICAL)
#: Dispositions of false alarms. Neither crime nor attempt, nor a real fire or medical emergency.
FALSE = (Disposition.FALSE, Disposition.UNFOUNDED)


def signal_label(kind: str) -> str:
    """A kind of signal in words; the kind itself where it is none that we know."""
    return str(SignalKind(kind).label) if kind in SignalKind.values else kind


def cases(viewer: Viewer) -> QuerySet[Case]:
    """The cases that the viewer may see, the newest first."""
    return visible(Case.objects.select_related("campus", "system", "zone", "claimed_by"), viewer)


def waiting_count(viewer: Viewer) -> int:
    """How many cases nobody has claimed."""
    return visible(Case.objects.filter(state=CaseState.WAITING), viewer).count()


def case_by_number(viewer: Viewer, number: str) -> Case | None:
    """The case of this number, if the viewer may see it."""
    return cases(viewer).filter(number=number).first()


def case_by_pk(viewer: Viewer, pk: int) -> Case | None:
    """The case of this key, if the viewer may see it."""
    return cases(viewer).filter(pk=pk).first()


def cases_by_pk(pks: Iterable[int]) -> dict[int, Case]:
    """The cases of these keys, for whoever tells every desk of them (:func:`concerns` says whom)."""
    rows = Case.objects.select_related("campus", "system", "zone", "claimed_by").filter(pk__in=list(pks))
    return {case.pk: case for case in rows}


def entries_of(case: Case) -> QuerySet[CaseEntry]:
    """What happened in the case, in order."""
    return case.entries.select_related("by", "step").order_by("pk")


def signals_of(case: Case, *, limit: int = 200) -> list[Signal]:
    """The case's first signals in order of arrival, with their zones; a runaway has far more."""
    found = case.signals.select_related("zone", "system").order_by("received_at", "pk")
    return list(found[:limit])


def signals(viewer: Viewer) -> QuerySet[Signal]:
    """The signals that the viewer may see, the newest first."""
    return visible(Signal.objects.select_related("campus", "system", "zone", "case"), viewer)


@dataclass(frozen=True, slots=True)
class Change:
    """One entry, as a live stream tells it: enough to know whom it concerns and what to fetch again."""

    entry_id: int
    case_id: int
    case_number: str
    campus_id: int | None
    kind: str
    at: datetime
    rings: bool | None = None
    """Whether it is to be heard at the desk although the case is there already: systems lost again."""
    still_lost: str | None = None
    """The systems that were not heard from when the case was closed, in words."""


def changes_after(entry_id: int, *, limit: int = 500) -> list[Change]:
    """Entries with a greater number, in order, by primary key alone.

    For whoever feeds the desks: ask once for all of them and show each viewer what is at the viewer's sites
    (:func:`concerns`). No entry comes late with a smaller number: entries are numbered under a lock
    (`actions.recording.lock_entries`).
    """
    rows = (
        CaseEntry.objects.filter(pk__gt=entry_id)
        .order_by("pk")
        .values_list(
            "pk",
            "case_id",
            "case__number",
            "case__campus_id",
            "kind",
            "at",
            "detail__rings",
            "detail__still_lost",
        )[:limit]
    )
    return [Change(*row) for row in rows]


def concerns(change: Change, viewer: Viewer) -> bool:
    """Whether the viewer, who may see alarms, may see the case of this change."""
    return viewer.campus_ids is None or change.campus_id in viewer.campus_ids


def last_entry_id() -> int:
    """The number of the newest entry: where a desk that has just been opened goes on from. 0 for none."""
    newest: int | None = CaseEntry.objects.aggregate(newest=Max("pk"))["newest"]
    return newest or 0


def causes_of(found: QuerySet[Case]) -> list[tuple[str, int]]:
    """What set these cases off, in words, the commonest first; those that are open do not count."""
    labels = dict(Cause.choices)
    rows = found.exclude(cause="").order_by().values_list("cause").annotate(count=Count("pk"))
    return sorted(((str(labels[cause]), count) for cause, count in rows), key=lambda row: (-row[1], row[0]))


def hand_overs(viewer: Viewer) -> QuerySet[HandOver]:
    """What shifts told each other, the newest first."""
    return visible(HandOver.objects.select_related("by", "read_by"), viewer)


def zone_history(zone_ids: Sequence[int]) -> dict[int, tuple[int, int]]:
    """By zone: (closed activations, those of them that were false), tests left out."""
    rows = (
        Case.objects.filter(zone_id__in=zone_ids, state=CaseState.CLOSED, is_test=False)
        .filter(signal_kind__in=ACTIVATIONS)
        .exclude(disposition__in=NOT_COUNTED)
        .values_list("zone_id")
        .annotate(all=Count("pk"), false=Count("pk", filter=Q(disposition__in=FALSE)))
        .order_by()
    )
    found: dict[int, tuple[int, int]] = {}
    for zone_id, closed, false in rows:
        if zone_id is not None:
            found[zone_id] = (closed, false)
    return found
