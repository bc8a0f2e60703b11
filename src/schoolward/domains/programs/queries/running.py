"""Offerings, their sessions, and what waits to be counted."""

from __future__ import annotations

from datetime import date, timedelta

from django.db.models import Model, Q, QuerySet

from schoolward.domains.programs.models import (
    Assignment,
    Cohort,
    FidelityCheck,
    Offering,
    Session,
    SessionCount,
    SessionState,
    Vetting,
    VettingKind,
    Volunteer,
)
from schoolward.platform.access.permissions import may
from schoolward.platform.access.policy import ALL_FIELDS, mask, visible
from schoolward.platform.access.viewer import Viewer

DAYS_BACK, DAYS_AHEAD = timedelta(days=14), timedelta(days=7)
"""How far the sessions reach that a device keeps."""


def offerings(viewer: Viewer) -> QuerySet[Offering]:
    """The offerings that the viewer may see, with program and site."""
    return visible(Offering.objects.select_related("program__provider", "campus"), viewer)


def in_period(rows: QuerySet[Offering], start: date | None, end: date | None) -> QuerySet[Offering]:
    """Offerings that run on any day of the period and are not cancelled."""
    if start is not None:
        rows = rows.filter(ends_on__gte=start)
    if end is not None:
        rows = rows.filter(starts_on__lte=end)
    return rows.filter(cancelled_on__isnull=True)


def running_on(viewer: Viewer, day: date) -> QuerySet[Offering]:
    """Offerings that run on the day."""
    return in_period(offerings(viewer), day, day)


def cohorts(viewer: Viewer) -> QuerySet[Cohort]:
    """The groups of offerings."""
    return visible(Cohort.objects.select_related("offering__program"), viewer)


def sessions(viewer: Viewer) -> QuerySet[Session]:
    """The sessions that the viewer may see, with offering, program and site."""
    rows = Session.objects.select_related("offering__program__provider", "offering__campus", "cohort")
    return visible(rows, viewer)


def counts(viewer: Viewer) -> QuerySet[SessionCount]:
    """Every count as it was sent in, the first first."""
    return visible(SessionCount.objects.select_related("session"), viewer).order_by("pk")


def to_count(viewer: Viewer, *, on: date) -> list[Session]:
    """Sessions whose day has come, of which nobody has said what became, that the viewer may count.

    The oldest stands first.
    """
    if not may(viewer, "programs.record"):
        return []
    waiting = sessions(viewer).filter(state=SessionState.PLANNED, on__lte=on).order_by("on", "pk")
    return [session for session in waiting if may_write(viewer, session)]


def to_attend(viewer: Viewer, *, on: date) -> list[Session]:
    """Sessions that the viewer may count on a device that has no network later: those of the days around.

    That is what waits since :data:`DAYS_BACK`, what was counted today or yesterday and may have to be
    corrected, and what is planned until :data:`DAYS_AHEAD`. The first day stands first.
    """
    if not may(viewer, "programs.record"):
        return []
    waiting = Q(state=SessionState.PLANNED, on__range=(on - DAYS_BACK, on + DAYS_AHEAD))
    counted = Q(state=SessionState.HELD, on__range=(on - timedelta(days=1), on))
    rows = sessions(viewer).filter(waiting | counted).order_by("on", "offering__begins", "pk")
    return [session for session in rows if may_write(viewer, session)]


def may_write(viewer: Viewer, row: Model) -> bool:
    """Whether the viewer sees all of a row that came from a query here, which is what writing to it needs."""
    return mask(row, viewer) == ALL_FIELDS


def fidelity(viewer: Viewer) -> QuerySet[FidelityCheck]:
    """Results of fidelity checklists."""
    return visible(FidelityCheck.objects.select_related("offering__program"), viewer)


def volunteers(viewer: Viewer) -> QuerySet[Volunteer]:
    """Volunteers by their provider's reference, with their vettings."""
    rows = Volunteer.objects.select_related("provider").prefetch_related("vettings")
    return visible(rows, viewer)


def vettings(viewer: Viewer) -> QuerySet[Vetting]:
    """Every vetting."""
    return visible(Vetting.objects.select_related("volunteer__provider"), viewer)


def assignments(viewer: Viewer) -> QuerySet[Assignment]:
    """Which volunteer is at which offering."""
    return visible(Assignment.objects.select_related("volunteer__provider", "offering__program"), viewer)


def lacking(volunteer: Volunteer, first: date, last: date) -> list[VettingKind]:
    """The vettings that do not hold on every day from the first to the last. Empty: the volunteer may help.

    One vetting that ends within the days may be followed by another: they hold together where no day is left
    out between them.
    """
    missing = []
    for kind in VettingKind:
        day = first
        spans = sorted(
            (one for one in volunteer.vettings.all() if one.kind == kind), key=lambda one: one.cleared_on
        )
        for one in spans:
            if one.cleared_on <= day <= one.expires_on:
                if one.expires_on >= last:
                    day = date.max
                    break
                day = date.fromordinal(one.expires_on.toordinal() + 1)
        if day <= last:
            missing.append(kind)
    return missing


def helping(viewer: Viewer, *, on: date) -> QuerySet[Assignment]:
    """Assignments that hold on the day."""
    return assignments(viewer).filter(Q(starts_on__lte=on) & Q(ends_on__gte=on))
