"""Which awards, entries, applications and positions a viewer may see."""

from __future__ import annotations

from datetime import date, timedelta

from django.db.models import Count, Prefetch, QuerySet

from schoolward.domains.grants.models import (
    Application,
    Award,
    BudgetLine,
    CalendarFeed,
    Entry,
    Evidence,
    LapseAlert,
    LedgerAccount,
    Opportunity,
    OverrideRequest,
    OverrideState,
    Position,
    PositionFunding,
    Purpose,
    ReportDue,
)
from schoolward.platform.access.policy import visible
from schoolward.platform.access.viewer import Viewer


def awards(viewer: Viewer) -> QuerySet[Award]:
    """The awards that the viewer may see, the one that ends first in front."""
    return visible(Award.objects.all(), viewer)


def awards_for_public(*, on: date) -> QuerySet[Award]:
    """The awards under way on a day, for a paper: amounts and balances of grants are public business."""
    return Award.objects.filter(start__lte=on, end__gte=on)


def lines(viewer: Viewer) -> QuerySet[BudgetLine]:
    """The budget lines that the viewer may see, with their awards."""
    return visible(BudgetLine.objects.select_related("award"), viewer)


def entries(viewer: Viewer) -> QuerySet[Entry]:
    """The entries that the viewer may see, in the order of their days."""
    rows = Entry.objects.select_related("award", "line", "obligation", "reverses", "reversed_by", "override")
    return visible(rows, viewer)


def entries_with_proof(viewer: Viewer) -> QuerySet[Entry]:
    """The entries with their evidence and purposes at hand."""
    return entries(viewer).prefetch_related(
        Prefetch("evidence", Evidence.objects.select_related("file")),
        Prefetch("purposes", Purpose.objects.select_related("taken_back_by")),
    )


def accounts(viewer: Viewer) -> QuerySet[LedgerAccount]:
    """The accounts of the general ledger that are mapped."""
    return visible(LedgerAccount.objects.select_related("award", "line"), viewer)


def opportunities(viewer: Viewer) -> QuerySet[Opportunity]:
    """The opportunities that the viewer may see, with what came of them."""
    return visible(Opportunity.objects.select_related("application__award"), viewer)


def applications(viewer: Viewer) -> QuerySet[Application]:
    """The applications that the viewer may see."""
    rows = Application.objects.select_related("opportunity", "award").prefetch_related("parts", "signatures")
    return visible(rows, viewer)


def reports_due(viewer: Viewer) -> QuerySet[ReportDue]:
    """Every report that an award owes or owed, the earliest due first."""
    return visible(ReportDue.objects.select_related("award"), viewer)


def reports_open(viewer: Viewer, *, until: date) -> QuerySet[ReportDue]:
    """Reports not sent whose period has ended, or that fall due by ``until``."""
    return reports_due(viewer).filter(submitted_on__isnull=True, due__lte=until)


def reports_late(award: Award, *, on: date) -> int:
    """How many of an award's reports should have gone out before ``on`` and did not."""
    return award.reports.filter(submitted_on__isnull=True, due__lt=on).count()


def overrides(viewer: Viewer) -> QuerySet[OverrideRequest]:
    """Every request to let something by, the newest first."""
    return visible(OverrideRequest.objects.select_related("award", "entry", "transfer"), viewer)


def overrides_waiting(viewer: Viewer) -> QuerySet[OverrideRequest]:
    """Requests that somebody has to decide."""
    return overrides(viewer).filter(state=OverrideState.ASKED)


def alerts(viewer: Viewer) -> QuerySet[LapseAlert]:
    """Alerts that an award's period ends."""
    return visible(LapseAlert.objects.select_related("award"), viewer)


def positions(viewer: Viewer) -> QuerySet[Position]:
    """The posts that the viewer may see, with who pays them."""
    funding = PositionFunding.objects.select_related("award").order_by("start", "pk")
    return visible(Position.objects.prefetch_related(Prefetch("funding", funding)), viewer)


def own_feeds(viewer: Viewer) -> QuerySet[CalendarFeed]:
    """The calendar feeds of the viewer's own account, the newest first; nobody sees another's."""
    if viewer.account_id is None:
        return CalendarFeed.objects.none()
    return CalendarFeed.objects.filter(membership__account=viewer.account_id)


def without_purpose(viewer: Viewer) -> QuerySet[Entry]:
    """Expenditures that nothing says the purpose of, and that were not taken back."""
    rows = entries(viewer).filter(kind="expenditure", reverses__isnull=True, reversed_by__isnull=True)
    return rows.annotate(purpose_count=Count("purposes")).filter(purpose_count=0)


def ends_within(viewer: Viewer, *, on: date, days: int) -> QuerySet[Award]:
    """Awards not closed whose period ends on ``on`` or in the days after it."""
    return awards(viewer).filter(closed_on__isnull=True, end__range=(on, on + timedelta(days=days)))
