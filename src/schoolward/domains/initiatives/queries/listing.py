"""Which initiatives, milestones, obstacles, reports and facts a viewer may see."""

from __future__ import annotations

from datetime import date, timedelta

from django.db.models import Q, QuerySet

from schoolward.domains.initiatives import rag
from schoolward.domains.initiatives.models import (
    Blocker,
    Fact,
    FundingFact,
    Goal,
    Initiative,
    Kind,
    MeasureLink,
    Milestone,
    Objective,
    Reopening,
    Status,
    StatusUpdate,
)
from schoolward.platform.access.policy import visible
from schoolward.platform.access.viewer import Viewer


def initiatives(viewer: Viewer) -> QuerySet[Initiative]:
    """The initiatives, programs and bodies that the viewer may see."""
    return visible(Initiative.objects.select_related("objective__goal", "part_of"), viewer)


def goals(viewer: Viewer) -> QuerySet[Goal]:
    """The goals that the viewer may see."""
    return visible(Goal.objects.all(), viewer)


def objectives(viewer: Viewer) -> QuerySet[Objective]:
    """The objectives that the viewer may see, with their goals."""
    return visible(Objective.objects.select_related("goal"), viewer)


def measure_links(viewer: Viewer) -> QuerySet[MeasureLink]:
    """The measures by which the objectives are judged that the viewer may see."""
    return visible(MeasureLink.objects.select_related("objective__goal"), viewer)


def open_on(rows: QuerySet[Initiative], day: date) -> QuerySet[Initiative]:
    """Those under way on `day`. Bodies meet; they are not under way."""
    under_way = with_status(rows.exclude(kind=Kind.BODY), Status.ACTIVE, on=day)
    reopened_later = Reopening.objects.filter(closed_on__lte=day, on__gt=day)
    return under_way.exclude(pk__in=reopened_later.values("initiative"))


def with_status(rows: QuerySet[Initiative], status: str, *, on: date) -> QuerySet[Initiative]:
    """Those of this status on `on`, as ``Initiative.status_on`` gives it for each."""
    if status in (Status.COMPLETE, Status.STOPPED):
        return rows.filter(ended=status, closed_on__lte=on)
    not_closed = rows.filter(Q(closed_on__isnull=True) | Q(closed_on__gt=on))
    if status == Status.ACTIVE:
        return not_closed.filter(start__lte=on)
    return not_closed.filter(Q(start__isnull=True) | Q(start__gt=on))


def fresh_on(rows: QuerySet[Initiative], day: date) -> QuerySet[Initiative]:
    """Those with a status update on `day` or in the `FRESH_FOR_DAYS` before it."""
    since = day - timedelta(days=rag.FRESH_FOR_DAYS)
    return rows.filter(pk__in=StatusUpdate.objects.filter(on__range=(since, day)).values("initiative"))


def milestones(viewer: Viewer) -> QuerySet[Milestone]:
    """The milestones of what the viewer may see."""
    seen = initiatives(viewer).values("pk")
    return visible(Milestone.objects.select_related("initiative").filter(initiative__in=seen), viewer)


def blockers(viewer: Viewer) -> QuerySet[Blocker]:
    """The obstacles of what the viewer may see."""
    seen = initiatives(viewer).values("pk")
    return visible(Blocker.objects.select_related("initiative").filter(initiative__in=seen), viewer)


def status_updates(viewer: Viewer) -> QuerySet[StatusUpdate]:
    """The reports on what the viewer may see, oldest first."""
    seen = initiatives(viewer).values("pk")
    rows = StatusUpdate.objects.select_related("initiative").filter(initiative__in=seen)
    return visible(rows, viewer).order_by("on", "pk")


def due_soon(viewer: Viewer, *, on: date, days: int = 14) -> QuerySet[Milestone]:
    """Milestones of initiatives under way that are overdue or due within `days` of `on`.

    The longest overdue stands first.
    """
    under_way = open_on(initiatives(viewer), on)
    return (
        Milestone.objects.filter(
            initiative__in=under_way.values("pk"), done_on__isnull=True, due__lte=on + timedelta(days=days)
        )
        .select_related("initiative")
        .order_by("due", "pk")
    )


def facts_known(initiative: Initiative, *, on: date | None = None) -> QuerySet[Fact]:
    """The facts about an initiative; with `on` only those that could be known on that day."""
    facts = initiative.facts.all()
    return facts if on is None else facts.filter(Q(dated__isnull=True) | Q(dated__lte=on))


def funding_facts(*, on: date) -> QuerySet[FundingFact]:
    """The awards and running costs known by `on`; parts of an award stand under it (``part_of``)."""
    return FundingFact.objects.filter(Q(awarded_year__isnull=True) | Q(awarded_year__lte=on.year))
