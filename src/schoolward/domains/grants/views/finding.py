"""The record of an address, if the viewer may see it; otherwise nobody learns that it is there."""

from __future__ import annotations

from django.shortcuts import get_object_or_404

from schoolward.domains.grants import queries
from schoolward.domains.grants.models import (
    Application,
    Award,
    Entry,
    Opportunity,
    OverrideRequest,
    Position,
    PositionFunding,
    ReportDue,
)
from schoolward.platform.access.policy import visible
from schoolward.platform.access.viewer import Viewer


def award_or_404(viewer: Viewer, key: str) -> Award:
    """The award of this short name."""
    return get_object_or_404(queries.awards(viewer), key=key)


def entry_or_404(viewer: Viewer, pk: int) -> Entry:
    """The entry of this number."""
    return get_object_or_404(queries.entries(viewer), pk=pk)


def request_or_404(viewer: Viewer, pk: int) -> OverrideRequest:
    """The request of this number."""
    return get_object_or_404(queries.overrides(viewer), pk=pk)


def report_or_404(viewer: Viewer, pk: int) -> ReportDue:
    """The report of this number."""
    return get_object_or_404(queries.reports_due(viewer), pk=pk)


def position_or_404(viewer: Viewer, key: str) -> Position:
    """The position of this short name."""
    return get_object_or_404(queries.positions(viewer), key=key)


def funding_or_404(viewer: Viewer, pk: int) -> PositionFunding:
    """What a source pays of a position, by its number."""
    rows = PositionFunding.objects.select_related("position", "award")
    return get_object_or_404(visible(rows, viewer), pk=pk)


def opportunity_or_404(viewer: Viewer, key: str) -> Opportunity:
    """The opportunity of this short name."""
    return get_object_or_404(queries.opportunities(viewer), key=key)


def application_or_404(viewer: Viewer, pk: int) -> Application:
    """The application of this number."""
    return get_object_or_404(queries.applications(viewer), pk=pk)
