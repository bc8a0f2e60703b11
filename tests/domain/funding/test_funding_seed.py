"""The demonstration's plan: invented, of one award for works, asked by the analyst, once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

import pytest

from schoolward.analysis.portfolio import as_json
from schoolward.domains.funding import queries
from schoolward.domains.funding.health_checks import set_aside
from schoolward.domains.funding.models import AwardScope, Plan, Scenario
from schoolward.domains.funding.seed import funding
from schoolward.domains.grants.models import Award, Entry
from schoolward.domains.work.models import WorkItem
from schoolward.platform.access.models import Account
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.demo.registry import SeedContext
from unit.analysis.portfolio import checker


def test_scenarios_of_the_day(
    award: Award, works: dict[str, WorkItem], analyst: Viewer, by: Viewer, at: datetime
) -> None:
    Award.objects.filter(pk=award.pk).update(key="secure-our-schools-2009")
    context = SeedContext(by=by, at=at, today=date(2012, 9, 6))
    assert "4 works with 2 scenarios" in funding(context)
    assert AwardScope.objects.get().trade_list == ("locks", "lighting", "cameras", "alarms")
    for scenario in Scenario.objects.all():
        assert scenario.invented
        assert scenario.state == "ready"
        if scenario.answer["status"] != "infeasible":
            assert checker.faults(as_json(queries.instance_of(scenario)), scenario.answer) == []
    assert funding(context) == "already there"
    assert Plan.objects.count() == 1


def test_no_award_for_works_is_no_plan(award: Award, by: Viewer, at: datetime) -> None:
    told = funding(SeedContext(by=by, at=at, today=date(2012, 9, 6)))
    assert told.startswith("No award takes part")
    assert not AwardScope.objects.get().takes_part


def test_the_analyst_asks_so_that_the_lead_may_approve(
    award: Award, works: dict[str, WorkItem], analyst: Viewer, by: Viewer, at: datetime
) -> None:
    Award.objects.filter(pk=award.pk).update(key="secure-our-schools-2009")
    account = Account.objects.get(pk=analyst.account_id)
    account.is_demonstration = True
    account.save()
    _as_analyst(account, at)
    funding(SeedContext(by=by, at=at, today=date(2012, 9, 6)))
    assert set(Scenario.objects.values_list("by_id", flat=True)) == {analyst.account_id}


def _as_analyst(account: Account, at: datetime) -> None:
    from schoolward.platform.access.models import Agency, Membership

    agency = Agency.objects.create(key="district", name="District", kind="district", created_at=at)
    Membership.objects.create(
        account=account, agency=agency, role="grants_analyst", valid_from=date(2010, 9, 1), all_sites=True
    )


@pytest.fixture
def approved(computed: Callable[..., Scenario], lead: Viewer, at: datetime) -> None:
    from schoolward.domains.funding import actions

    actions.approve(scenario_id=computed().pk, by=lead, at=at)


def test_the_doctor_sees_lines_that_were_spent_for_other_things(
    approved: None, post: Callable[..., Entry], at: datetime
) -> None:
    assert set_aside(at).status == "ok"
    post("expenditure", 60_000_00)
    found = set_aside(at)
    assert (found.status, "doors/E lacks $7,500.00" in found.found) == ("warn", True)
    assert found.mend


def test_the_doctor_sees_a_computing_that_was_left_lying(
    computed: Callable[..., Scenario], at: datetime
) -> None:
    scenario = computed()
    Scenario.objects.filter(pk=scenario.pk).update(state="computing", answer=None, computed_at=None)
    assert set_aside(at).status == "ok"
    from datetime import timedelta

    found = set_aside(at + timedelta(hours=2))
    assert (found.status, f"funding compute {scenario.pk}" in found.mend) == ("warn", True)
