"""Funding over HTTP: from what is left to an approval, and every way in which it is refused."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from django.conf import LazySettings
from django.test import Client
from django_tasks_db.models import DBTaskResult, get_date_max

from schoolward.analysis.portfolio import read_instance
from schoolward.domains.funding import tasks
from schoolward.domains.funding.models import Scenario
from schoolward.domains.grants.models import Award
from schoolward.domains.work.models import WorkItem
from schoolward.platform.jobs.worker import Worker
from unit.analysis.portfolio import checker

pytestmark = pytest.mark.django_db
SignIn = Callable[[str], Client]


@pytest.fixture(autouse=True)
def _on_the_day(settings: LazySettings) -> None:
    settings.DEMO = True


@pytest.fixture
def keeper(client_of: SignIn) -> Client:
    return client_of("grants_analyst")


@pytest.fixture
def chief(client_of: SignIn) -> Client:
    return client_of("lead")


def post(client: Client, path: str, **sent: Any) -> Any:
    return client.post(f"/api/v1/funding/{path}", sent, content_type="application/json")


def get(client: Client, path: str) -> Any:
    return client.get(f"/api/v1/funding/{path}")


def test_the_whole_way(
    award: Award, works: dict[str, WorkItem], keeper: Client, chief: Client, at: datetime
) -> None:
    told = post(keeper, "scopes/doors", takes_part=True, reason="Letter", trades=["locks", "lighting"])
    assert told.json()["trades"] == ["locks", "lighting"]
    post(keeper, "scopes/doors", takes_part=True, reason="Letter")
    assert {fund["key"]: fund["amount"] for fund in get(keeper, "funds").json()} == {
        "doors/C": 50_000_00,
        "doors/E": 150_000_00,
    }
    ready = get(keeper, "candidates").json()["ready"]
    assert [(one["reference"], one["benefit"]) for one in ready] == [
        ("W-CAMERAS", 118.0),
        ("W-DOORS", 588.0),
        ("W-GATE", 176.0),
        ("W-LIGHTS", 118.0),
    ]
    assert ready[1]["bases"][0]["kind"] == "work"
    assert len(read_instance(json.dumps(get(keeper, "instance").json())).candidates) == 4

    made = post(keeper, "plans", title="Fall")
    assert (made.status_code, made.json()["candidates"]) == (201, 4)
    plan = made.json()["id"]
    asked = post(
        keeper,
        f"plans/{plan}/scenarios",
        title="As it is",
        equity=[{"sites": ["elm"], "percent": 20}],
        gap=0,
        frontier_steps=2,
    )
    assert (asked.status_code, asked.json()["state"], asked.json()["answer"]) == (201, "asked", None)
    number = asked.json()["id"]
    queued = post(keeper, f"scenarios/{number}/compute")
    assert (queued.status_code, queued.json()["state"]) == (202, "asked")
    assert queued.json()["job"]

    class Context:
        by = _viewer(number)
        attempt = 1
        job_id = queued.json()["job"]

        def __init__(self) -> None:
            self.at = at

        def progress(self, *told: Any) -> None: ...

        def succeed(self, value: Any = None) -> None:
            assert value == {"scenario": number, "state": "ready", "status": "optimal"}

    tasks.compute_scenario.func(Context(), scenario_id=number)
    ready_now = get(keeper, f"scenarios/{number}").json()
    assert (ready_now["state"], len(ready_now["frontier"])) == ("ready", 3)
    assert len(ready_now["answer"]["allocations"]) == 3

    copied = post(keeper, f"scenarios/{number}/copy", lock_in=["W-CAMERAS"])
    assert copied.json()["locked_in"] == ["W-CAMERAS"]
    side = get(keeper, f"plans/{plan}/comparison").json()
    assert list(side["scenarios"]) == [str(number)]
    assert [one["id"] for one in get(keeper, f"plans/{plan}").json()["scenarios"]] == [
        number,
        copied.json()["id"],
    ]

    assert get(chief, f"scenarios/{number}/obstacles").json() == []
    assert post(keeper, f"scenarios/{number}/approve").status_code == 403
    approved = post(chief, f"scenarios/{number}/approve", note="Board")
    assert approved.status_code == 201, approved.content
    assert sum(one["open_cents"] for one in approved.json()) == 135_000_00
    assert get(keeper, "plans").json()[0]["approved"] == number
    assert post(chief, f"scenarios/{number}/approve").status_code == 409
    gate = next(one for one in approved.json() if one["work"] == "W-GATE")
    taken = post(chief, f"allocations/{gate['id']}/withdraw", reason="No bids")
    assert [(one["work"], one["open_cents"]) for one in taken.json()] == [("W-GATE", 0)]
    assert len(get(keeper, "allocations").json()) == 2
    assert len(get(keeper, "allocations?open=false").json()) == 3
    assert get(keeper, "transfers").json() == []


def _viewer(scenario_id: int) -> Any:
    from schoolward.platform.access.viewer import Viewer

    asked = Scenario.objects.get(pk=scenario_id)
    return Viewer.system(at=asked.at)


def test_the_worker_computes_what_was_asked(plan: Any, keeper: Client) -> None:
    number = post(keeper, f"plans/{plan.pk}/scenarios", title="As it is", frontier_steps=0).json()["id"]
    post(keeper, f"scenarios/{number}/compute")
    assert Worker().run_pending() == 1
    scenario = Scenario.objects.get(pk=number)
    assert scenario.state == "ready"
    instance = {**plan.instance, "match_available": None}
    assert checker.faults(instance, scenario.answer) == []


def test_a_computing_that_breaks_off_says_so_after_its_last_try(
    plan: Any, keeper: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def breaks(*_told: Any, **_more: Any) -> Any:
        raise MemoryError

    monkeypatch.setattr("schoolward.domains.funding.actions.computing.plan", breaks)
    number = post(keeper, f"plans/{plan.pk}/scenarios", title="As it is").json()["id"]
    post(keeper, f"scenarios/{number}/compute")
    worker = Worker()
    for state in ("computing", "failed"):
        DBTaskResult.objects.update(run_after=get_date_max())
        assert worker.run_pending() == 1
        assert Scenario.objects.get(pk=number).state == state
    assert "broke off" in get(keeper, f"scenarios/{number}").json()["failure"]


def test_facts_ties_prices_and_bundles(works: dict[str, WorkItem], scoped: Award, keeper: Client) -> None:
    said = post(keeper, "candidates/w-gate/facts", fact="lead_days", value="10", reason="A letter")
    assert said.json() == {
        "fact": "lead_days",
        "value": "10",
        "reason": "A letter",
        "by_name": "Test grants_analyst",
    }
    assert post(keeper, "candidates/W-GATE/defaults", fact="lead_days").status_code == 204
    assert post(keeper, "candidates/W-GATE/defaults", fact="lead_days").status_code == 422
    both = post(keeper, "bundles", works=["W-GATE", "W-DOORS"], bundle="oak", reason="One visit")
    assert [one["value"] for one in both.json()] == ["oak", "oak"]
    tie = post(keeper, "links", work="W-GATE", other="W-LIGHTS", kind="conflicts", reason="So")
    assert tie.status_code == 201
    bid = post(keeper, "options", work="W-GATE", fund="doors/E", cost_cents=5, reason="A bid")
    gate = next(one for one in get(keeper, "candidates").json()["ready"] if one["reference"] == "W-GATE")
    assert (gate["bundle"], gate["links"], gate["options"]) == ("oak", [tie.json()], [bid.json()])
    assert post(keeper, f"links/{tie.json()['id']}/remove").status_code == 204
    assert post(keeper, f"options/{bid.json()['id']}/remove").status_code == 204
    assert post(keeper, f"options/{bid.json()['id']}/remove").status_code == 404


@pytest.mark.parametrize(
    ("path", "sent", "status", "told"),
    [
        ("scopes/windows", {"takes_part": True, "reason": "x"}, 404, "windows"),
        ("scopes/doors", {"takes_part": True, "reason": " "}, 422, "reason"),
        ("scopes/doors", {"takes_part": True, "reason": "x", "sites": ["mars"]}, 422, "mars"),
        ("scopes/doors", {"takes_part": True, "reason": "x", "trades": ["magic"]}, 422, "magic"),
        ("candidates/W-NONE/facts", {"fact": "benefit", "value": "1", "reason": "x"}, 404, "W-NONE"),
        ("candidates/W-GATE/facts", {"fact": "benefit", "value": "a", "reason": "x"}, 422, "value"),
        ("candidates/W-GATE/facts", {"fact": "bundle", "value": "a\0", "reason": "x"}, 422, "NUL"),
        ("options", {"work": "W-GATE", "fund": "doors/X", "cost_cents": 1, "reason": "x"}, 404, "doors/X"),
        ("options", {"work": "W-GATE", "fund": "doors/E", "cost_cents": 0, "reason": "x"}, 422, "cost"),
        ("plans", {"title": " "}, 422, "title"),
        ("plans/987/scenarios", {"title": "x"}, 404, "987"),
        ("plans/{plan}/scenarios", {"title": "x", "locked_in": ["W-NONE"]}, 422, "locked_in"),
        ("plans/{plan}/scenarios", {"title": "x", "share_percent": 101}, 422, "share_percent"),
        ("plans/{plan}/scenarios", {"title": "x", "seconds": 0}, 422, "seconds"),
        ("plans/{plan}/scenarios", {"title": "x", "lock_in": ["W-GATE"]}, 422, "did you mean locked_in"),
        ("scenarios/987/compute", {}, 404, "987"),
        ("allocations/987/withdraw", {"reason": "x"}, 404, "987"),
    ],
)
def test_what_is_refused_names_what_and_why(
    path: str, sent: dict[str, Any], status: int, told: str, plan: Any, chief: Client
) -> None:
    answer = post(chief, path.format(plan=plan.pk), **sent)
    assert answer.status_code == status, answer.content
    assert told in answer.json()["detail"]


def test_what_was_overtaken_is_a_conflict(
    computed: Callable[..., Scenario], works: dict[str, WorkItem], chief: Client
) -> None:
    scenario = computed()
    WorkItem.objects.filter(reference="W-GATE").update(estimate_cents=61_000_00)
    (obstacle,) = get(chief, f"scenarios/{scenario.pk}/obstacles").json()
    assert (obstacle["why"], obstacle["subject"]) == ("cost", "W-GATE")
    refused = post(chief, f"scenarios/{scenario.pk}/approve")
    assert refused.status_code == 409
    assert "$61,000.00 today" in refused.json()["detail"]


def test_a_trustee_reads_and_asks_why(computed: Callable[..., Scenario], client_of: SignIn) -> None:
    scenario, trustee = computed(), client_of("trustee")
    told = get(trustee, f"plans/{scenario.plan_id}").json()
    basis = told["references"]["candidates"]["W-GATE"]["bases"][0]
    assert (basis["kind"], basis["points"]) == ("work", 176)
    assert get(trustee, f"scenarios/{scenario.pk}").status_code == 200
    for path in ("plans", f"scenarios/{scenario.pk}/compute", f"scenarios/{scenario.pk}/approve"):
        assert post(trustee, path, **({"title": "Mine"} if path == "plans" else {})).status_code == 403
    assert get(client_of("site_lead"), "plans").status_code == 403
