"""What is unresolved on a day: the measure and the papers about sites say the same."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from schoolward.domains.assessments import actions
from schoolward.domains.assessments.models import Finding, Walk
from schoolward.domains.assessments.queries import unresolved_as_of
from schoolward.domains.assessments.queries.as_of import findings_as_of
from schoolward.domains.work import actions as work
from schoolward.platform.access.viewer import Viewer


def test_the_measure_and_the_papers_agree_on_every_day(
    walked: Callable[..., Walk], person: Callable[..., Viewer], at: datetime
) -> None:
    walk = walked({"G1": 0, "G2": 1, "D1": 0})
    actions.submit_walk(walk_id=walk.pk, by=person(), at=at)
    first, second, _third = Finding.objects.order_by("pk")
    other = person("lead", 2)
    actions.decline_finding(finding_id=first.pk, reason="Not ours.", by=other, at=at + timedelta(days=3))
    actions.accept_finding(finding_id=second.pk, by=other, at=at + timedelta(days=4))
    assert second.work_id is not None
    work.decline(item_id=second.work_id, reason="No money.", by=other, at=at + timedelta(days=6))
    work.reopen(item_id=second.work_id, reason="There is money.", by=other, at=at + timedelta(days=9))
    counts = []
    for days in range(-1, 12):
        day = (at + timedelta(days=days)).date()
        told = {one.finding.pk for one in findings_as_of(other, day) if one.is_unresolved}
        assert set(unresolved_as_of(day).values_list("pk", flat=True)) == told
        counts.append(len(told))
    assert counts == [0, 3, 3, 3, 2, 2, 2, 1, 1, 1, 2, 2, 2]
