"""A step is done by what it asks for, not by a tick."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from tests.domain.alarms.journal_writer import make_case

from schoolward.domains.alarms import actions, queries
from schoolward.domains.alarms.actions import WantedStep
from schoolward.domains.alarms.models import AlarmSystem, Case, CaseState
from schoolward.platform.access.viewer import Viewer

pytestmark = pytest.mark.django_db
Deed = Callable[[dict[str, Any]], object]


@pytest.fixture
def planned(system: AlarmSystem, by: Viewer, at: datetime) -> Case:
    """A case whose plan asks for a decision, a call and a look around."""
    wanted = [WantedStep("dispatch", "Decide"), WantedStep("call", "Call"), WantedStep("check", "Look")]
    plan = actions.keep_plan(signal_kind="burglary", title="B", steps=wanted, by=by, at=at).row
    return make_case(system, plan=plan, verification_level=2)


@pytest.fixture
def operator(person: Any) -> Viewer:
    made: Viewer = person("alarm_operator")
    return made


def states(case: Case) -> list[tuple[str, bool]]:
    return [(state.state, state.lacks_deed) for state in queries.steps_of(case)]


@pytest.mark.parametrize(
    "deed",
    [
        lambda told: actions.dispatch_guard(**told),
        lambda told: actions.abort(reason="Nobody needs to go", **told),
        lambda told: (
            actions.log_call(outcome="no_answer", number="555-0101", **told),
            actions.log_call(outcome="no_answer", number="555-0102", **told),
            actions.dispatch_police(**told),
        ),
    ],
)
def test_a_decision_is_done_by_its_deed_alone(
    planned: Case, operator: Viewer, at: datetime, deed: Deed
) -> None:
    decide = queries.steps_of(planned)[0].step
    told = {"case_id": planned.pk, "by": operator, "at": at}
    assert states(planned) == [("open", True), ("open", True), ("open", False)]
    with pytest.raises(actions.DeedMissing, match="Nothing is decided yet"):
        actions.do_step(step_id=decide.pk, **told)
    assert not planned.entries.exists(), "a refusal leaves nothing behind"

    deed(told)

    (first, *_rest) = queries.steps_of(planned)
    assert (first.state, first.at) == ("done", at)


def test_a_call_is_done_once_one_is_kept_and_somebody_says_so(
    planned: Case, operator: Viewer, at: datetime
) -> None:
    call = queries.steps_of(planned)[1].step
    told: dict[str, Any] = {"case_id": planned.pk, "by": operator, "at": at}
    with pytest.raises(actions.DeedMissing, match="No call is kept yet"):
        actions.do_step(step_id=call.pk, **told)
    actions.log_call(outcome="busy", number="555-0101", **told)
    assert states(planned)[1] == ("open", False), "one call may not be enough"
    actions.do_step(step_id=call.pk, **told)
    assert states(planned)[1] == ("done", False)


def test_nobody_closes_by_ticking(client_of: Any, planned: Case) -> None:
    client: Client = client_of("alarm_operator")

    def send(answer: str, **sent: Any) -> Any:
        return client.post(reverse("alarms:answer", args=[planned.number, answer]), sent)

    def page() -> str:
        return client.get(reverse("alarms:case", args=[planned.number])).content.decode()

    assert send("claim").status_code == 302
    decide, call, look = [state.step.pk for state in queries.steps_of(planned)]
    assert page().count('data-answer="step"') == 1, "only looking around is ticked"
    assert client.get(reverse("alarms:case", args=[planned.number])).context["next"].key == "send"
    for step in (decide, call):
        refused = send("step", step_id=step)
        assert refused.status_code == 409
    assert send("step", step_id=look).status_code == 302
    assert send("close", disposition="false", cause="hvac").status_code == 409
    api = f"/api/v1/alarms/cases/{planned.number}/steps"
    assert client.post(api, {"step_id": decide}, content_type="application/json").status_code == 409

    assert send("impossible", step_id=call, reason="The line is dead").status_code == 302
    assert send("abort", reason="A cat").status_code == 302
    assert send("close", disposition="false", cause="animal").status_code == 302
    planned.refresh_from_db()
    assert planned.state == CaseState.CLOSED
