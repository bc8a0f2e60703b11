"""The record of an address, if the viewer may see it; otherwise nobody learns that it is there."""

from __future__ import annotations

from typing import Any

from django.shortcuts import get_object_or_404

from schoolward.domains.funding import queries
from schoolward.domains.funding.models import Allocation, Approval, Plan, PriceOption, Scenario, WorkLink
from schoolward.domains.grants import queries as grants
from schoolward.domains.work import queries as work
from schoolward.platform.access.viewer import Viewer


def plan_or_404(viewer: Viewer, pk: int) -> Plan:
    """The plan of this number."""
    return get_object_or_404(queries.plans(viewer), pk=pk)


def scenario_or_404(viewer: Viewer, pk: int) -> Scenario:
    """The scenario of this number."""
    return get_object_or_404(queries.scenarios(viewer), pk=pk)


def approval_or_404(viewer: Viewer, pk: int) -> Approval:
    """The approval of this number."""
    return get_object_or_404(queries.approvals(viewer), pk=pk)


def allocation_or_404(viewer: Viewer, pk: int) -> Allocation:
    """The allocation of this number."""
    return get_object_or_404(queries.allocations(viewer), pk=pk)


def tie_or_404(viewer: Viewer, pk: int) -> WorkLink:
    """The tie of this number."""
    return get_object_or_404(queries.links(viewer), pk=pk)


def price_or_404(viewer: Viewer, pk: int) -> PriceOption:
    """The price of this number."""
    return get_object_or_404(queries.options(viewer), pk=pk)


def work_or_404(viewer: Viewer, pk: int) -> Any:
    """The work of this number."""
    return get_object_or_404(work.work_items(viewer), pk=pk)


def award_or_404(viewer: Viewer, key: str) -> Any:
    """The award of this short name."""
    return get_object_or_404(grants.awards(viewer), key=key)
