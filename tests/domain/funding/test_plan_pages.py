"""Pages of plans and scenarios: made, asked, waited for, read, and taken away as files."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from tests.domain.funding.pages import page

from schoolward.domains.funding import actions
from schoolward.domains.funding.models import (
    Plan,
    Scenario,
    ScenarioState,
)
from schoolward.domains.grants.models import Award
from schoolward.domains.places.models import Campus
from schoolward.domains.work.models import WorkItem
from schoolward.platform.access.viewer import Viewer

pytestmark = pytest.mark.django_db
ClientOf = Callable[..., Client]
Computed = Callable[..., Scenario]


@pytest.fixture(autouse=True)
def _demonstration_day(settings: object) -> None:
    """Pages stand at September 6, 2012."""
    settings.DEMO = True  # type: ignore[attr-defined]


def test_a_plan_is_made_with_a_first_scenario_that_waits_to_be_computed(
    scoped: Award, works: dict[str, WorkItem], client_of: ClientOf
) -> None:
    client = client_of("grants_analyst")
    asks = page(client, "plan_new")
    assert "$200,000 in 2 budget lines and 4 works to choose from" in asks
    sent = client.post(reverse("funding:plan_new"), {"title": "What is left in fall"}, follow=True)
    made = Plan.objects.get()
    scenario = made.scenarios.get()
    assert scenario.job_id is not None
    shown = sent.content.decode()
    assert "is being computed" in shown
    assert f'hx-get="{reverse("funding:plan", args=[made.pk])}"' in shown
    assert '<meta http-equiv="refresh"' in shown
    # The part that asks again gets itself alone, and then the order to fetch the whole page.
    path = reverse("funding:scenario", args=[scenario.pk])
    part = client.get(path, headers={"HX-Request": "true"})
    assert "<main" not in part.content.decode()
    actions.compute(scenario_id=scenario.pk, by=Viewer.system(at=scenario.at), at=scenario.at)
    assert client.get(path, headers={"HX-Request": "true"}).headers["HX-Refresh"] == "true"


def test_a_plan_without_a_fund_is_refused_with_a_word(
    works: dict[str, WorkItem], client_of: ClientOf
) -> None:
    refused = client_of("grants_analyst").post(reverse("funding:plan_new"), {"title": "Fall"})
    assert refused.status_code == 422
    assert "No award takes part in plans" in refused.content.decode()


def test_a_scenario_that_nobody_computes_says_so_and_can_be_computed(
    plan: Plan, analyst: Viewer, at: datetime, client_of: ClientOf
) -> None:
    asked = actions.add_scenario(plan_id=plan.pk, title="As it is", by=analyst, at=at)
    assert "nothing is under way" in page(client_of("trustee"), "scenario", asked.pk)
    client = client_of("grants_analyst")
    assert "Compute it" in page(client, "scenario", asked.pk)
    client.post(reverse("funding:compute", args=[asked.pk]))
    asked.refresh_from_db()
    assert asked.job_id is not None


def test_scenarios_stand_side_by_side(plan: Plan, computed: Computed, client_of: ClientOf) -> None:
    computed("As it is")
    computed("Without cameras", locked_out=("W-CAMERAS",))
    shown = page(client_of("trustee"), "plan", plan.pk)
    assert "Scenarios side by side" in shown
    assert "Without cameras" in shown
    assert "The best possible" in shown
    assert "Safer doors, line E" in shown
    assert "New scenario" not in shown
    assert "What all of them pay" in shown
    # What no plan keeps stands beside the others, and does not empty what they have in common.
    common = shown.partition("What all of them pay")[2].partition("What only one of them pays")[0]
    computed("Too much", locked_in=("W-GATE",), site_max={"oak": 100_00})
    again = page(client_of("trustee"), "plan", plan.pk)
    assert "No plan keeps every rule" in again
    assert again.partition("What all of them pay")[2].partition("What only one of them pays")[0] == common


def test_a_scenario_says_what_it_pays_what_not_and_why(computed: Computed, client_of: ClientOf) -> None:
    scenario = computed("Without cameras", locked_out=("W-CAMERAS",))
    shown = page(client_of("trustee"), "scenario", scenario.pk)
    assert "The best possible." in shown
    assert "Must not be paid: W-CAMERAS Watch the yard." in shown
    assert "It is locked out." in shown
    assert "no finding is behind it" in shown
    assert "Lock in" not in shown
    assert "What more or less money would bring" in shown
    # By name, not by the planner's keys.
    assert "doors/E" not in shown


def test_the_slider_works_by_address_and_by_part(computed: Computed, client_of: ClientOf) -> None:
    scenario = computed()
    client = client_of("trustee")
    path = reverse("funding:scenario", args=[scenario.pk])
    at_nothing = client.get(path + "?point=0").content.decode()
    assert "With 0 percent of the budget ($0)" in at_nothing
    half = client.get(reverse("funding:frontier", args=[scenario.pk]) + "?point=1").content.decode()
    assert "With 50 percent of the budget ($100,000)" in half
    assert "Comes in against the point before" in half
    assert "<main" not in half
    scenario.refresh_from_db()
    assert scenario.frontier is not None
    chosen = set(scenario.frontier[1]["chosen"])
    assert chosen
    for reference in chosen:
        assert reference in half
    for wrong in ("-1", "9", "x", "1" * 40):
        assert "With 100 percent" in client.get(path + f"?point={wrong}").content.decode()


def test_an_infeasible_scenario_names_the_clash_and_a_way_out(
    computed: Computed, other_site: Campus, client_of: ClientOf
) -> None:
    scenario = computed("Too much", locked_in=("W-GATE",), site_max={"oak": 100_00})
    shown = page(client_of("grants_analyst"), "scenario", scenario.pk)
    assert "Why there is no plan" in shown
    assert "W-GATE Mend the gate must be chosen." in shown
    assert "At most $100 is spent at Oak." in shown
    assert "Do not lock it in." in shown
    assert "Ask again with a change" in shown


def test_a_lock_makes_a_new_scenario_beside_the_old_one(
    plan: Plan, computed: Computed, client_of: ClientOf
) -> None:
    first = computed()
    client = client_of("grants_analyst")
    path = reverse("funding:lock", args=[first.pk])
    client.post(path, {"lock_in": "W-LIGHTS"})
    made = plan.scenarios.exclude(pk=first.pk).get()
    assert made.locked_in == ["W-LIGHTS"]
    assert made.job_id is not None
    for wrong in ({}, {"lock_in": "W-NONE"}, {"lock_in": "W-GATE", "lock_out": "W-GATE"}):
        told = client.post(path, wrong, follow=True).content.decode()
        assert "W-NONE" in told or "Choose one work" in told
    assert plan.scenarios.count() == 2


def asked_form(**changed: object) -> dict[str, object]:
    return {"title": "Fair", "share_percent": "100", **changed}


def test_a_scenario_is_asked_with_everything(
    plan: Plan, site: Campus, other_site: Campus, client_of: ClientOf
) -> None:
    client = client_of("grants_analyst")
    sent = client.post(
        reverse("funding:ask", args=[plan.pk]),
        asked_form(
            share_percent="80",
            match_available_cents="$50,000",
            funds_out=["doors/C"],
            locked_in="w-gate",
            locked_out="W-CAMERAS",
            site_0="elm",
            least_0="1,000",
            most_0="60000",
            floor_percent_0="25",
            floor_name_0="Most findings",
            floor_sites_0=["oak", "elm"],
            may_split="on",
        ),
    )
    made = Scenario.objects.get()
    assert sent.headers["Location"] == reverse("funding:scenario", args=[made.pk])
    assert made.share_percent == 80
    assert made.match_available_cents == 50_000_00
    assert (made.funds_out, made.locked_in, made.locked_out) == (["doors/C"], ["W-GATE"], ["W-CAMERAS"])
    assert (made.site_min, made.site_max) == ({"elm": 1_000_00}, {"elm": 60_000_00})
    assert made.equity == [{"sites": ["elm", "oak"], "percent": 25.0, "name": "Most findings"}]
    assert made.may_split
    # A copy begins with all of it, and what is not changed stays.
    copy = reverse("funding:copy", args=[made.pk])
    shown = client.get(copy)
    form = shown.context["form"]
    values = {name: form[name].value() for name in form.fields}
    values = {name: value for name, value in values.items() if value not in (None, False)}
    client.post(copy, {**values, "title": "Fairer", "floor_percent_0": "40"})
    other = Scenario.objects.get(title="Fairer")
    assert other.copied_from_id == made.pk
    assert other.equity[0]["percent"] == 40.0
    assert (other.site_min, other.site_max, other.locked_in) == (made.site_min, made.site_max, made.locked_in)


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"title": ""}, "This field is required"),
        ({"share_percent": "101"}, "less than or equal to 100"),
        ({"locked_in": "W-NONE"}, "The plan has no “W-NONE”"),
        ({"locked_in": "W-GATE", "locked_out": "W-GATE"}, "locked in and locked out"),
        ({"site_0": "elm"}, "Write a least, a most, or both"),
        ({"least_0": "5"}, "Choose the site that the amount is for"),
        ({"site_0": "elm", "least_0": "9", "most_0": "5"}, "is above its most"),
        ({"site_0": "elm", "least_0": "9", "site_1": "elm", "most_1": "5"}, "row above already"),
        ({"floor_percent_0": "20"}, "Tick at least one site"),
        ({"floor_sites_0": ["oak"]}, "Write how many percent"),
        ({"floor_sites_0": ["oak"], "floor_percent_0": "120"}, "less than or equal to 100"),
        ({"match_available_cents": "lots"}, "Enter a number"),
    ],
)
def test_wrong_questions_are_answered_at_their_field(
    plan: Plan, client_of: ClientOf, changed: dict[str, object], said: str
) -> None:
    answer = client_of("grants_analyst").post(reverse("funding:ask", args=[plan.pk]), asked_form(**changed))
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert not Scenario.objects.exists()


def test_the_works_go_out_as_a_file_and_the_sites_as_points(
    computed: Computed, site: Campus, other_site: Campus, client_of: ClientOf
) -> None:
    for number, campus in enumerate((site, other_site)):
        campus.longitude, campus.latitude = -121.5 + number / 100, 38.5
        campus.save()
    scenario = computed("Without cameras", locked_out=("W-CAMERAS",))
    client = client_of("trustee")
    sent = client.get(reverse("funding:works_file", args=[scenario.pk, "csv"]))
    rows = list(csv.DictReader(io.StringIO(b"".join(sent).decode())))
    assert {row["reference"] for row in rows} == {"W-GATE", "W-DOORS", "W-LIGHTS", "W-CAMERAS"}
    paid = [row for row in rows if row["decision"] == "paid"]
    for row in paid:
        assert float(row["paid"]) + float(row["match"]) == float(row["cost"])
    assert client.get(reverse("funding:works_file", args=[scenario.pk, "xlsx"])).status_code == 200
    assert client.get(reverse("funding:works_file", args=[scenario.pk, "pdf"])).status_code == 404
    points: dict[str, Any] = json.loads(client.get(reverse("funding:points", args=[scenario.pk])).content)
    assert {feature["properties"]["name"] for feature in points["features"]} == {"Oak", "Elm"}


def test_a_scenario_that_is_not_ready_has_no_file(
    plan: Plan, analyst: Viewer, at: datetime, client_of: ClientOf
) -> None:
    asked = actions.add_scenario(plan_id=plan.pk, title="As it is", by=analyst, at=at)
    assert asked.state == ScenarioState.ASKED
    client = client_of("trustee")
    for name, extra in (("works_file", ["csv"]), ("points", []), ("frontier", [])):
        assert client.get(reverse(f"funding:{name}", args=[asked.pk, *extra])).status_code == 404
