"""What work costs is counted once, however many findings it mends."""

from __future__ import annotations

from datetime import date

from schoolward.domains.assessments.models import Finding, FindingState
from schoolward.domains.assessments.queries.as_of import FindingThen
from schoolward.domains.places.models import Campus
from schoolward.domains.work.models import WorkItem
from schoolward.reports.corrective_actions.plan import bundles
from schoolward.reports.work_then import each_work_once

OAK = Campus(pk=1, name="Oak", slug="oak", zip_code="95814")
SHARED = WorkItem(pk=1, reference="W-1", estimate_cents=50_000)


def found(
    pk: int, trade: str, severity: str, work: WorkItem | None, estimate: int | None = None
) -> FindingThen:
    row = Finding(
        pk=pk, campus=OAK, trade=trade, severity=severity, estimate_cents=estimate, found_on=date(2012, 5, 1)
    )
    return FindingThen(row, FindingState.OPEN, "", work, "proposed", None)


def test_shared_work_is_that_of_its_gravest_finding() -> None:
    low, urgent = found(1, "fencing", "low", SHARED), found(2, "locks", "urgent", SHARED)
    alone, own = found(3, "locks", "low", None, 700), found(4, "fencing", "low", WorkItem(pk=2))
    kept = each_work_once([low, urgent, alone, own])
    assert sorted(one.finding.pk for one in kept) == [2, 3, 4]


def test_the_rows_of_the_plan_add_up_to_what_is_paid() -> None:
    part = bundles([found(1, "fencing", "low", SHARED), found(2, "locks", "urgent", SHARED)], None)
    told = {row["trade"].shown: (row["to_mend"].raw, row["estimate_cents"].raw) for row in part.rows}
    assert told["Locks and doors"] == (1, 50_000)
    assert told["Fences and gates"][0] == 1
    assert not told["Fences and gates"][1]
