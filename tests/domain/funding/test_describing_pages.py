"""Pages that say what is left, what an award may buy, and of works what a plan needs to know."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from tests.domain.funding.pages import page

from schoolward.domains.funding.models import (
    AwardScope,
    CandidateFact,
    Scenario,
    WorkLink,
)
from schoolward.domains.grants.models import Award, BudgetLine
from schoolward.domains.places.models import Campus
from schoolward.domains.work.models import WorkItem

pytestmark = pytest.mark.django_db
ClientOf = Callable[..., Client]
Computed = Callable[..., Scenario]


@pytest.fixture(autouse=True)
def _demonstration_day(settings: object) -> None:
    """Pages stand at September 6, 2012."""
    settings.DEMO = True  # type: ignore[attr-defined]


def test_what_is_left_says_why_a_line_takes_no_part(award: Award, client_of: ClientOf) -> None:
    shown = page(client_of("trustee"), "funds")
    assert "Nobody has said yet what it may buy" in shown
    assert "No award takes part in plans yet" in shown
    assert "Make a plan" not in shown


def test_an_award_takes_part_once_somebody_says_what_it_may_buy(
    award: Award, site: Campus, client_of: ClientOf
) -> None:
    client = client_of("grants_analyst")
    path = reverse("funding:scope", args=[award.key])
    refused = client.post(path, {"takes_part": "on", "trades": ["locks"], "reason": " "})
    assert refused.status_code == 422
    assert not AwardScope.objects.exists()
    sent = client.post(
        path,
        {"takes_part": "on", "trades": ["locks"], "campuses": [site.pk], "reason": "Letter, page 3"},
        follow=True,
    )
    shown = sent.content.decode()
    assert "It may buy: Locks and doors, at Oak." in shown
    assert "$200,000" in shown
    again = client.get(path).content.decode()
    assert "Letter, page 3" in again


def test_candidates_tell_why_others_are_none_and_where_that_is_mended(
    accepted: Callable[..., WorkItem], client_of: ClientOf
) -> None:
    accepted("Mend the gate", 500_00, reference="W-GATE")
    bare = accepted("Think about it", None, reference="W-BARE")
    shown = page(client_of("facilities"), "candidates")
    assert "W-GATE Mend the gate" in shown
    assert "It has no estimate" in shown
    assert reverse("work:edit", args=[bare.pk]) in shown
    seen_only = page(client_of("trustee"), "candidates")
    assert reverse("work:edit", args=[bare.pk]) not in seen_only
    assert client_of("trustee").get(reverse("funding:candidates") + "?by=nonsense").status_code == 404


def test_a_benefit_says_what_it_is_made_of_and_can_be_said_otherwise(
    accepted: Callable[..., WorkItem], client_of: ClientOf
) -> None:
    item = accepted("Mend the gate", 500_00, severity="urgent", reference="W-GATE")
    client = client_of("grants_analyst")
    shown = page(client, "candidate", item.pk)
    assert "588 points: no finding is behind it" in shown
    path = reverse("funding:say", args=[item.pk, "benefit"])
    for wrong in ("many", "-1", "nan"):
        refused = client.post(path, {"value": wrong, "reason": "Seen"})
        assert refused.status_code == 422
        assert "Write risk points" in refused.content.decode()
    client.post(path, {"value": "700", "reason": "Two break-ins since"})
    assert CandidateFact.objects.get().value == "700"
    assert "Two break-ins since" in page(client, "candidate", item.pk)
    assert client.get(reverse("funding:say", args=[item.pk, "color"])).status_code == 404
    client.post(reverse("funding:unsay", args=[item.pk, "benefit"]))
    assert not CandidateFact.objects.exists()


def test_ties_prices_and_bundles_by_their_pages(
    works: dict[str, WorkItem], line: BudgetLine, client_of: ClientOf
) -> None:
    client = client_of("grants_analyst")
    gate, doors = works["gate"], works["doors"]
    path = reverse("funding:tie", args=[gate.pk])
    refused = client.post(path, {"kind": "requires", "other_id": "W-NONE", "reason": "x"})
    assert "There is no work “W-NONE”" in refused.content.decode()
    client.post(path, {"kind": "requires", "other_id": "w-doors", "reason": "Same key system"})
    tie = WorkLink.objects.get()
    assert tie.other_id == doors.pk
    assert "Same key system" in page(client, "candidate", doors.pk)
    client.post(reverse("funding:untie", args=[tie.pk]))
    assert not WorkLink.objects.exists()
    client.post(
        reverse("funding:price", args=[gate.pk]),
        {"line_id": line.pk, "cost_cents": "$50,000", "reason": "Contract price"},
    )
    assert "$50,000.00" in page(client, "candidate", gate.pk)
    one = client.post(
        reverse("funding:bundle"), {"references": "W-GATE", "bundle": "gates", "reason": "Same day"}
    )
    assert "Choose at least two works" in one.content.decode()
    client.post(
        reverse("funding:bundle"), {"references": "W-GATE, w-doors", "bundle": "gates", "reason": "Same day"}
    )
    assert CandidateFact.objects.filter(value="gates").count() == 2
