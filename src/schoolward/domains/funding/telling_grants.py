"""What approved plans have set aside of budget lines, told to grants, which know nothing of plans."""

from __future__ import annotations

from datetime import date

from schoolward.domains.funding.queries import funds_now
from schoolward.domains.grants.hooks import SetAside, tells_set_aside
from schoolward.platform.access.permissions import may
from schoolward.platform.access.viewer import Viewer


@tells_set_aside
def of_lines(viewer: Viewer, on: date) -> list[SetAside]:
    """What approved plans have set aside of each line and the ledger has not bound yet, and what it lacks."""
    if not may(viewer, "funding.view"):
        return []
    return [
        SetAside(fund.award.pk, fund.line.pk, fund.allocated, fund.lacks)
        for fund in funds_now(viewer, on=on).funds
        if fund.allocated
    ]
