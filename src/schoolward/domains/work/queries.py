"""Reads of work: what a viewer may see, how it stood on a day, and what waits for somebody."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Case, Count, F, OuterRef, Q, QuerySet, Subquery, Sum, When
from django.db.models.functions import Coalesce

from schoolward.domains.work.hooks import sources_closed_to
from schoolward.domains.work.models import (
    LABELS_OF_STATES,
    DueChange,
    Evidence,
    Transition,
    WorkItem,
    WorkKind,
)
from schoolward.domains.work.states import CLOSED_STATES, OPEN_STATES, UNDONE_STATES, State
from schoolward.platform.access.policy import visible
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.measures.together import shared


def work_items(viewer: Viewer) -> QuerySet[WorkItem]:
    """The work that the viewer may see."""
    return visible(WorkItem.objects.select_related("campus"), viewer)


def sees_details(item: WorkItem, viewer: Viewer) -> bool:
    """Whether the viewer may read description and evidence of work that the viewer may see."""
    return viewer.is_system or not item.source.startswith(sources_closed_to(viewer.role))


def details_open_to(viewer: Viewer) -> Q:
    """The work whose description and evidence the viewer may read."""
    closed = Q()
    for begin in () if viewer.is_system else sources_closed_to(viewer.role):
        closed |= Q(source__startswith=begin)
    return ~closed if closed else Q()


#: Work to do first, then what waits to be verified, then closed work; in each what is due first. Work without
#: a due date stands behind that on both databases.
IN_ORDER = (
    Case(When(state__in=UNDONE_STATES, then=0), When(state=State.DONE, then=1), default=2),
    F("due").asc(nulls_last=True),
    "reference",
)


def is_late(on: date, *, state: str = "state", due: str = "due") -> Q:
    """What makes work overdue on a day: it is not done yet, and its due date lies before that day.

    The one definition. The names are those of the fields to look at: a measure asks about its own past ones.
    """
    return Q(**{f"{state}__in": UNDONE_STATES, f"{due}__lt": on})


def overdue(viewer: Viewer, *, on: date) -> QuerySet[WorkItem]:
    """The overdue work that the viewer may see, the longest overdue first."""
    return work_items(viewer).filter(is_late(on)).order_by("due", "pk")


def due_soon(viewer: Viewer, *, on: date, days: int = 14) -> QuerySet[WorkItem]:
    """Open work that is due from `on` up to `days` later, the nearest first."""
    last = on + timedelta(days=days)
    coming = work_items(viewer).filter(state__in=UNDONE_STATES, due__range=(on, last))
    return coming.order_by("due", "pk")


def waiting_for_verification(viewer: Viewer) -> QuerySet[WorkItem]:
    """Done work that this viewer could verify: not done by the viewer, and with evidence."""
    waiting = work_items(viewer).filter(state=State.DONE, evidence_count__gte=1)
    if viewer.account_id is not None:
        waiting = waiting.exclude(done_by_id=viewer.account_id)
    return waiting.order_by("done_on", "pk")


def as_of(items: QuerySet[Any], day: date) -> QuerySet[Any]:
    """Annotate work with ``state_then``, its state at the end of `day`; work proposed later is left out."""
    known = items.filter(proposed_on__lte=day)
    if not _moved_after(day):  # as nearly always: then nobody need look for each one's last move
        return known.annotate(state_then=F("state"))
    last = Transition.objects.filter(item=OuterRef("pk"), on__lte=day).order_by("-number")
    return known.annotate(state_then=Subquery(last.values("to_state")[:1]))


@shared
def _moved_after(day: date) -> bool:
    return Transition.objects.filter(on__gt=day).exists()


def due_then(items: QuerySet[Any], day: date) -> QuerySet[Any]:
    """Annotate work with ``due_then``, the due date that held on `day`.

    A change after `day` is undone: the earliest of them says what held before it.
    """
    if not _postponed_after(day):
        return items.annotate(due_then=F("due"))
    later = DueChange.objects.filter(item=OuterRef("pk"), on__gt=day).order_by("pk")
    return items.annotate(due_then=Coalesce(Subquery(later.values("from_due")[:1]), F("due")))


@shared
def _postponed_after(day: date) -> bool:
    return DueChange.objects.filter(on__gt=day).exists()


def accepted_ever(items: QuerySet[Any], day: date) -> QuerySet[Any]:
    """The work that had been accepted at least once by the end of `day`."""
    accepted = Transition.objects.filter(to_state=State.ACCEPTED, on__lte=day)
    return items.filter(pk__in=accepted.values("item"))


def verified_date(items: QuerySet[Any], day: date) -> QuerySet[Any]:
    """Annotate work with ``verified_then``, the day of its last verification up to `day`."""
    last = Transition.objects.filter(item=OuterRef("pk"), to_state=State.VERIFIED, on__lte=day)
    return items.annotate(verified_then=Subquery(last.order_by("-number").values("on")[:1]))


def recommended_campuses(day: date) -> QuerySet[Any]:
    """The campuses that had at least one recommendation at the end of `day`."""
    recommendations = WorkItem.objects.filter(kind=WorkKind.RECOMMENDATION, proposed_on__lte=day)
    return _campuses().filter(pk__in=recommendations.values("campus"))


def complete_campuses(day: date) -> QuerySet[Any]:
    """The campuses whose recommendations were all decided, with those not declined verified, by the end of
    `day`.
    """
    recommendations = as_of(WorkItem.objects.filter(kind=WorkKind.RECOMMENDATION, campus__isnull=False), day)
    unfinished = recommendations.filter(state_then__in=OPEN_STATES)
    verified = recommendations.filter(state_then=State.VERIFIED)
    return _campuses().filter(pk__in=verified.values("campus")).exclude(pk__in=unfinished.values("campus"))


def _campuses() -> QuerySet[Any]:
    # Reached through the foreign key: a domain does not import another domain's models.
    campus: Any = WorkItem._meta.get_field("campus").related_model
    return campus._default_manager.all()


@dataclass(frozen=True, kw_only=True)
class SiteProgress:
    """How far one campus's recommendations are, as of a day: counts of recommendations."""

    campus_id: int
    total: int
    verified: int
    declined: int

    @property
    def open(self) -> int:
        """How many still need somebody."""
        return self.total - self.verified - self.declined

    @property
    def complete(self) -> bool:
        """Whether every recommendation is decided and at least one verified."""
        return self.open == 0 and self.verified > 0


def progress_by_site(day: date) -> list[SiteProgress]:
    """The progress of recommendations at each campus that has any, as of `day`, in order of campus id."""
    recommendations = as_of(WorkItem.objects.filter(kind=WorkKind.RECOMMENDATION, campus__isnull=False), day)
    counted = recommendations.order_by("campus_id").values_list("campus_id", "state_then")
    found: dict[int, list[str]] = {}
    for campus_id, state in counted:
        found.setdefault(campus_id, []).append(state)
    return [
        SiteProgress(
            campus_id=campus_id,
            total=len(states),
            verified=states.count(State.VERIFIED),
            declined=states.count(State.DECLINED),
        )
        for campus_id, states in found.items()
    ]


@dataclass(frozen=True, kw_only=True)
class StateTotal:
    """How much work stands in one state, and what it costs: ``None`` where no amount is known."""

    state: str
    count: int
    estimate_cents: int | None
    actual_cents: int | None


def totals_by_state(items: QuerySet[WorkItem]) -> list[StateTotal]:
    """The work per state in the order of the states; states without work are there with 0."""
    rows = (
        items.order_by()
        .values("state")
        .annotate(n=Count("pk"), estimate=Sum("estimate_cents"), actual=Sum("actual_cents"))
    )
    found: dict[str, dict[str, Any]] = {row["state"]: dict(row) for row in rows}
    return [
        StateTotal(
            state=state.value,
            count=found.get(state, {}).get("n", 0),
            estimate_cents=found.get(state, {}).get("estimate"),
            actual_cents=found.get(state, {}).get("actual"),
        )
        for state in State
    ]


@dataclass(frozen=True, kw_only=True)
class TimelineEntry:
    """One thing that happened to a piece of work."""

    at: datetime
    by_name: str
    kind: str
    row: Transition | DueChange | Evidence


def timeline(item: WorkItem) -> list[TimelineEntry]:
    """Everything that happened to the work, oldest first: its moves, changes of due date and evidence."""
    sources: tuple[tuple[str, Iterable[Any]], ...] = (
        ("transition", item.transitions.all()),
        ("due", item.due_changes.all()),
        ("evidence", item.evidence.select_related("file")),
    )
    entries = [
        TimelineEntry(at=row.at, by_name=row.by_name, kind=kind, row=row)
        for kind, rows in sources
        for row in rows
    ]
    return sorted(entries, key=lambda entry: entry.at)


def find_by_source(source: str, kind: str) -> WorkItem | None:
    """The work of this kind that the source asked for, or ``None``."""
    return WorkItem.objects.filter(source=source, kind=kind).first()


def state_label(state: str) -> str:
    """A state in words; the state itself where it is none that we know."""
    return str(dict(LABELS_OF_STATES).get(state, state))


def is_closed(state: str) -> bool:
    """Whether work in this state needs nobody any more."""
    return state in CLOSED_STATES


def evidence_with_file(viewer: Viewer, pk: int) -> Evidence | None:
    """The evidence of this number with its file, if the viewer may read that of the work it belongs to."""
    seen = visible(Evidence.objects.select_related("file"), viewer)
    open_work = work_items(viewer).filter(details_open_to(viewer))
    return seen.filter(pk=pk, item__in=open_work.values("pk")).first()


def with_decline_reason(items: QuerySet[WorkItem]) -> QuerySet[WorkItem]:
    """Annotate declined work with ``decline_reason``, why it was declined last; ``None`` for other work."""
    last = Transition.objects.filter(
        item=OuterRef("pk"), to_state=State.DECLINED, item__state=State.DECLINED
    ).order_by("-number")
    return items.annotate(decline_reason=Subquery(last.values("reason")[:1]))
