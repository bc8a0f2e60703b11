"""Reads of what people entered: what awards may buy, facts of works, ties between them, prices by line."""

from __future__ import annotations

from datetime import date

from django.db.models import Q, QuerySet

from schoolward.domains.funding.models import (
    Allocation,
    Approval,
    AwardScope,
    CandidateFact,
    Plan,
    PriceOption,
    Scenario,
    ScenarioState,
    TransferNeed,
    WorkLink,
)
from schoolward.platform.access.policy import visible
from schoolward.platform.access.viewer import Viewer


def scopes(viewer: Viewer) -> QuerySet[AwardScope]:
    """What awards may buy, as far as the viewer may see it."""
    return visible(AwardScope.objects.select_related("award").prefetch_related("campuses"), viewer)


def facts(viewer: Viewer) -> QuerySet[CandidateFact]:
    """What was said of works instead of the defaults."""
    return visible(CandidateFact.objects.select_related("work"), viewer)


def links(viewer: Viewer) -> QuerySet[WorkLink]:
    """The ties between works."""
    return visible(WorkLink.objects.select_related("work", "other"), viewer)


def options(viewer: Viewer) -> QuerySet[PriceOption]:
    """What works cost where one line pays them."""
    return visible(PriceOption.objects.select_related("work", "line__award"), viewer)


def plans(viewer: Viewer) -> QuerySet[Plan]:
    """The plans, the newest first."""
    return visible(Plan.objects.select_related("approval"), viewer)


def plans_waiting(viewer: Viewer, *, asked_by_others: bool = False) -> QuerySet[Plan]:
    """The plans with a scenario that is ready, of which none is approved yet.

    ``asked_by_others``: a scenario that somebody else than the viewer asked for, as an approval needs.
    """
    ready = Scenario.objects.filter(state=ScenarioState.READY)
    if asked_by_others:
        ready = ready.filter(by__isnull=False).exclude(by=viewer.account_id)
    return plans(viewer).filter(approval__isnull=True, pk__in=ready.values("plan"))


def scenarios(viewer: Viewer) -> QuerySet[Scenario]:
    """The scenarios of all plans, in the order in which they were asked for."""
    return visible(Scenario.objects.select_related("plan", "copied_from", "by", "approval"), viewer)


def approvals(viewer: Viewer) -> QuerySet[Approval]:
    """What was approved, the newest first."""
    return visible(Approval.objects.select_related("plan", "scenario", "by", "asked_by"), viewer)


def approved_for_public(*, start: date | None, on: date) -> QuerySet[Approval]:
    """The plans approved from ``start`` to ``on`` of which something stood on that day, for a paper.

    What grants are used for is public business. The oldest first.
    """
    standing = Q(allocations__withdrawn_on__isnull=True) | Q(allocations__withdrawn_on__gt=on)
    rows = Approval.objects.select_related("plan").filter(standing, on__lte=on)
    if start is not None:
        rows = rows.filter(on__gte=start)
    return rows.order_by("on", "pk").distinct()


def allocations(viewer: Viewer) -> QuerySet[Allocation]:
    """Money set aside for works, also what was withdrawn."""
    rows = Allocation.objects.select_related("approval__scenario", "work__campus", "award", "line")
    return visible(rows, viewer)


def transfer_needs(viewer: Viewer) -> QuerySet[TransferNeed]:
    """Transfers that approved plans count on, also those that were made since."""
    return visible(TransferNeed.objects.select_related("approval", "award", "from_line", "to_line"), viewer)
