"""Retention schedules: dated, replaced by later ones, refused where they make no sense."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from domain.access.protected.comparing import Stage
from domain.access.protected.retaining import (
    TODAY,
    closed,
    counts,
    officer,
    rule,
    set_rule,
)
from schoolward.domains.privacy.seed import retention_schedules
from schoolward.platform.access.models import RetentionSchedule
from schoolward.platform.access.refusal import Refusal
from schoolward.platform.access.retention import due, schedules
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.demo.registry import SeedContext

YOUNG = date(2007, 9, 7)


def test_a_schedule_begins_later_and_ends_the_one_before(stage: Stage, at: datetime) -> None:
    closed(stage, YOUNG)
    first = set_rule(stage, at)
    later = set_rule(stage, at, years=1, valid_from=TODAY + timedelta(days=9))
    first.refresh_from_db()
    assert (first.version, later.version, first.valid_to) == (1, 2, TODAY + timedelta(days=8))
    assert counts(officer(stage)) == []
    nine_days_on = Viewer.system(at=at + timedelta(days=9))
    assert [one.schedule for one in due.due(nine_days_on)] == [later]
    with pytest.raises(Refusal, match="later schedule"):
        set_rule(stage, at)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"table": "access.Agency"}, "table"),
        ({"record_class": "secret"}, "record_class"),
        ({"after": "graduation"}, "after"),
        ({"years": 101}, "years"),
        ({"years": -1}, "years"),
        ({"citation": " "}, "citation"),
        ({"valid_from": date(2012, 9, 5)}, "valid_from"),
    ],
)
def test_a_schedule_that_makes_no_sense_is_refused(
    change: dict[str, object], field: str, stage: Stage, at: datetime
) -> None:
    with pytest.raises(Refusal) as refused:
        schedules.set_schedule(rule=rule(**change), by=officer(stage), at=at)
    assert refused.value.field == field
    assert not RetentionSchedule.objects.exists()


def test_the_demonstration_sets_one_and_no_second(stage: Stage, at: datetime, by: Viewer) -> None:
    for _again in range(2):
        retention_schedules(SeedContext(by, at, TODAY))
    made = RetentionSchedule.objects.get()
    assert (made.table, made.is_confirmed) == ("access.Consent", False)
    assert "invented" in made.citation
