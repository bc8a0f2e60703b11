"""Pages of approvals, and what other pages tell of plans."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from datetime import datetime

import pytest
from django.test import Client
from django.urls import reverse
from tests.domain.funding.pages import page

from schoolward.domains.funding import actions
from schoolward.domains.funding.models import (
    Allocation,
    Approval,
    Plan,
    Scenario,
)
from schoolward.domains.grants.models import Award
from schoolward.domains.places.models import Campus
from schoolward.domains.work import actions as work
from schoolward.domains.work.models import WorkItem
from schoolward.platform.access.viewer import Viewer

pytestmark = pytest.mark.django_db
ClientOf = Callable[..., Client]
Computed = Callable[..., Scenario]


@pytest.fixture(autouse=True)
def _demonstration_day(settings: object) -> None:
    """Pages stand at September 6, 2012."""
    settings.DEMO = True  # type: ignore[attr-defined]


def test_an_approval_takes_another_person_and_says_what_it_does(
    computed: Computed, lead: Viewer, works: dict[str, WorkItem], client_of: ClientOf
) -> None:
    scenario = computed()
    client = client_of("lead")
    assert "Approve" in page(client, "scenario", scenario.pk)
    shown = page(client, "approve", scenario.pk)
    assert "become funded" in shown
    assert "$" in shown
    client.post(reverse("funding:approve", args=[scenario.pk]), {"note": "Cabinet, September 5"})
    made = Approval.objects.get()
    told = page(client_of("trustee"), "approval", made.pk)
    assert "Cabinet, September 5" in told
    assert "is set aside: $0 of it is obligated or spent" in told
    assert "Withdraw" not in told
    chosen = Allocation.objects.select_related("work", "award").first()
    assert chosen is not None
    assert "still open" in page(client, "work_panel", chosen.work_id)
    assert str(chosen.work) in page(client, "award_panel", chosen.award.key)
    assert str(chosen.work) in page(client, "allocations")
    exported = client.get(reverse("funding:allocations") + "?export=csv")
    rows = list(csv.reader(io.StringIO(b"".join(exported).decode())))
    assert len(rows) == 1 + Allocation.objects.count()


def test_the_one_who_asked_does_not_approve(
    plan: Plan, lead: Viewer, computed: Computed, client_of: ClientOf
) -> None:
    client = client_of("lead")
    mine = Scenario.objects.get(pk=computed("Mine", by=lead).pk)
    Scenario.objects.filter(pk=mine.pk).update(by_id=int(client.session["_auth_user_id"]))
    assert "somebody else approves it" in page(client, "scenario", mine.pk)
    refused = client.post(reverse("funding:approve", args=[mine.pk]), {"note": ""})
    assert refused.status_code == 422
    assert "somebody else has to approve it" in refused.content.decode()
    assert not Approval.objects.exists()


def test_what_changed_since_stands_before_the_approval(
    computed: Computed, works: dict[str, WorkItem], lead: Viewer, at: datetime, client_of: ClientOf
) -> None:
    scenario = computed("With the gate", locked_in=("W-GATE",))
    work.decline(item_id=works["gate"].pk, reason="Not needed", by=lead, at=at)
    client = client_of("lead")
    shown = page(client, "approve", scenario.pk)
    assert "W-GATE Mend the gate can no longer be chosen" in shown
    refused = client.post(reverse("funding:approve", args=[scenario.pk]), {"note": ""})
    assert refused.status_code == 422
    assert not Approval.objects.exists()


def test_a_withdrawal_wants_a_reason_and_frees_the_money(
    computed: Computed, lead: Viewer, at: datetime, client_of: ClientOf
) -> None:
    scenario = computed()
    actions.approve(scenario_id=scenario.pk, by=lead, at=at)
    row = Allocation.objects.first()
    assert row is not None
    client = client_of("lead")
    path = reverse("funding:withdraw", args=[row.pk])
    assert client.post(path, {"reason": ""}).status_code == 422
    told = client.post(path, {"reason": "The bid fell through"}, follow=True).content.decode()
    assert "The bid fell through" in told
    row.refresh_from_db()
    assert row.withdrawn_on is not None
    assert WorkItem.objects.get(pk=row.work_id).state == "accepted"


def test_who_sees_only_some_sites_sees_no_plan(computed: Computed, site: Campus, client_of: ClientOf) -> None:
    scenario = computed()
    client = client_of("facilities", campuses=[site])
    assert client.get(reverse("funding:plan", args=[scenario.plan_id])).status_code == 404
    assert client.get(reverse("funding:scenario", args=[scenario.pk])).status_code == 404
    assert "No plan yet" in page(client, "plans")


def test_work_and_awards_tell_of_plans_on_their_pages(
    scoped: Award, works: dict[str, WorkItem], client_of: ClientOf
) -> None:
    client = client_of("trustee")
    item = works["gate"]
    whole = client.get(reverse("work:detail", args=[item.pk])).content.decode()
    assert reverse("funding:work_panel", args=[item.pk]) in whole
    assert "A plan can choose it" in page(client, "work_panel", item.pk)
    award = client.get(reverse("grants:award", args=[scoped.key])).content.decode()
    assert reverse("funding:award_panel", args=[scoped.key]) in award
    assert "Plans may use what is left of it" in page(client, "award_panel", scoped.key)


def test_the_morning_page_tells_the_lead_of_a_plan_that_waits(
    computed: Computed, lead: Viewer, at: datetime, client_of: ClientOf
) -> None:
    scenario = computed()
    path = reverse("funding:plan", args=[scenario.plan_id])
    client = client_of("lead")
    assert path in client.get("/").content.decode()
    Scenario.objects.filter(pk=scenario.pk).update(by_id=int(client.session["_auth_user_id"]))
    assert path not in client.get("/").content.decode()
    Scenario.objects.filter(pk=scenario.pk).update(by_id=scenario.by_id)
    actions.approve(scenario_id=scenario.pk, by=lead, at=at)
    assert path not in client.get("/").content.decode()
