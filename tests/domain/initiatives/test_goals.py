"""Goals, objectives and the measures that judge them: set on pages, by files and over HTTP."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest
from django.urls import reverse

from schoolward.domains.initiatives import actions
from schoolward.domains.initiatives.models import Goal, Initiative, MeasureLink, Objective
from schoolward.platform.access.permissions import AccessDenied
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.audit.models import Event
from schoolward.platform.exchange import registry
from schoolward.platform.exchange.report import Report
from schoolward.platform.exchange.running import run
from schoolward.platform.exchange.writers import write_csv

pytestmark = pytest.mark.django_db
DAY = date(2012, 9, 6)
AIM: dict[str, Any] = {
    "measure_key": "initiatives.freshness",
    "baseline": Decimal(50),
    "baseline_on": date(2011, 9, 6),
    "target": Decimal(90),
    "due": date(2013, 6, 30),
}
SENT = {**AIM, "baseline_on": "2011-09-06", "due": "2013-06-30"}


def text(response: Any) -> str:
    return " ".join(response.content.decode().split())


@pytest.fixture
def objective(db: None, by: Viewer, at: datetime) -> Objective:
    """An objective of a goal."""
    goal = actions.add_goal(title="Every site is safe", by=by, at=at)
    return actions.add_objective(goal_id=goal.pk, title="Cameras work", owner_role="facilities", by=by, at=at)


@pytest.fixture
def bring(by: Viewer, at: datetime) -> Callable[..., Report]:
    def bring(table: str, *lines: str) -> Report:
        return run(table, io.BytesIO("\n".join([*lines, ""]).encode()), by=by, at=at)

    return bring


def test_goals_and_objectives_are_numbered_and_named_from_their_titles(
    objective: Objective, by: Viewer, at: datetime
) -> None:
    second = actions.add_goal(title="中文", by=by, at=at)
    third = actions.add_goal(title="!!!", by=by, at=at)
    sibling = actions.add_objective(
        goal_id=objective.goal_id, title="Cameras work!", owner_role="lead", by=by, at=at
    )

    assert [(goal.key, goal.number) for goal in Goal.objects.all()] == [
        ("every-site-is-safe", 1),
        ("goal", 2),
        ("goal-2", 3),
    ]
    assert (second.title, third.title) == ("中文", "!!!")
    assert (objective.key, sibling.key, sibling.number) == ("cameras-work", "cameras-work-2", 2)


def test_each_write_is_one_audit_event(objective: Objective, by: Viewer, at: datetime) -> None:
    link = actions.link_measure(objective_id=objective.pk, by=by, at=at, **AIM)
    actions.link_measure(objective_id=objective.pk, by=by, at=at, **AIM)
    actions.link_measure(objective_id=objective.pk, by=by, at=at, **{**AIM, "target": Decimal(95)})
    actions.change_goal(goal_id=objective.goal_id, title="Safe sites", by=by, at=at)
    actions.change_objective(objective_id=objective.pk, title="Cameras", owner_role="lead", by=by, at=at)
    assert MeasureLink.objects.get().target == 95
    actions.unlink_measure(link_id=link.pk, by=by, at=at)

    assert not MeasureLink.objects.exists()
    assert [event.action for event in Event.objects.order_by("sequence")] == [
        "initiatives.goal_added",
        "initiatives.objective_added",
        "initiatives.measure_linked",
        "initiatives.measure_link_changed",
        "initiatives.goal_changed",
        "initiatives.objective_changed",
        "initiatives.measure_unlinked",
    ]


def test_only_what_nothing_hangs_on_is_removed(
    objective: Objective, client_of: Any, by: Viewer, at: datetime
) -> None:
    lead = client_of("lead")
    goal_page = reverse("initiatives:remove_goal", args=[objective.goal.key])
    objective_page = reverse("initiatives:remove_objective", args=[objective.key])
    tree = reverse("initiatives:goals")
    link = actions.link_measure(objective_id=objective.pk, by=by, at=at, **AIM)
    actions.open_initiative(
        title="Camera repair",
        kind="initiative",
        strand="initiative",
        summary="",
        objective_id=objective.pk,
        owner_role="facilities",
        start=date(2012, 1, 9),
        by=by,
        at=at,
    )
    serving = objective.initiatives.get()
    for page, why in ((goal_page, "has objectives"), (objective_page, "A measure judges")):
        assert page not in text(lead.get(tree))
        answer = lead.post(page)
        assert answer.status_code == 422
        assert why in text(answer)
    actions.unlink_measure(link_id=link.pk, by=by, at=at)
    assert "Initiatives serve" in text(lead.post(objective_page))
    assert (
        "Initiatives serve" in lead.delete(f"/api/v1/initiatives/objectives/{objective.key}").json()["detail"]
    )
    actions.describe(initiative_id=serving.pk, changes={"objective_id": None}, by=by, at=at)

    assert objective_page in text(lead.get(tree))
    lead.post(objective_page)
    assert not Objective.objects.exists()
    assert goal_page in text(lead.get(tree))
    key = objective.goal.key
    assert lead.delete(f"/api/v1/initiatives/goals/{key}").json() == {"key": key}
    assert not Goal.objects.exists()
    assert [event.action for event in Event.objects.order_by("-sequence")[:2]] == [
        "initiatives.goal_removed",
        "initiatives.objective_removed",
    ]


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"measure_key": "initiatives.nothing"}, "measure_key"),
        ({"due": date(2011, 9, 6)}, "due"),
        ({"due": date(2010, 9, 6)}, "due"),
    ],
)
def test_targets_that_are_refused(
    objective: Objective, by: Viewer, at: datetime, change: dict[str, Any], field: str
) -> None:
    with pytest.raises(actions.InitiativeRefused) as refusal:
        actions.link_measure(objective_id=objective.pk, by=by, at=at, **{**AIM, **change})
    assert refusal.value.field == field
    assert not MeasureLink.objects.exists()


@pytest.mark.parametrize(("role", "may"), [("lead", True), ("accountability", True), ("facilities", False)])
def test_who_sets_goals(objective: Objective, person: Any, at: datetime, role: str, may: bool) -> None:
    writes: list[Callable[..., Any]] = [
        lambda **who: actions.add_goal(title="Other", **who),
        lambda **who: actions.change_goal(goal_id=objective.goal_id, title="Other words", **who),
        lambda **who: actions.add_objective(
            goal_id=objective.goal_id, title="More", owner_role="lead", **who
        ),
        lambda **who: actions.link_measure(objective_id=objective.pk, **AIM, **who),
    ]
    for write in writes:
        if may:
            write(by=person(role), at=at)
        else:
            with pytest.raises(AccessDenied):
                write(by=person(role), at=at)


def test_from_an_empty_page_to_a_measured_initiative(client_of: Any, settings: Any, person: Any) -> None:
    settings.DEMO = True
    client = client_of("lead")
    tree = reverse("initiatives:goals")
    assert "A goal says what the partnership is for" in text(client.get(tree))
    assert reverse("initiatives:add_goal") not in text(client_of("trustee").get(tree))

    client.post(reverse("initiatives:add_goal"), {"title": "Every site is safe"})
    assert "No objective yet" in text(client.get(tree))
    client.post(
        reverse("initiatives:add_objective", args=["every-site-is-safe"]),
        {"title": "Cameras work", "owner_role": "facilities"},
    )
    client.post(reverse("initiatives:link_measure", args=["cameras-work"]), SENT)
    objective = Objective.objects.get()
    client.post(
        reverse("initiatives:open"),
        {
            "title": "Camera repair",
            "kind": "initiative",
            "strand": "initiative",
            "objective_id": objective.pk,
            "owner_role": "facilities",
            "start": "2012-01-09",
        },
    )

    page = text(client.get(tree))
    assert "from 50 in Sep 2011 to 90 by Jun 2013" in page
    assert "Orphans" not in page
    assert "Camera repair" in page
    link = objective.measures.get()
    changed = {**SENT, "target": "95"}
    client.post(reverse("initiatives:change_link", args=[link.pk]), changed)
    assert "to 95 by Jun 2013" in text(client.get(tree))
    remove = reverse("initiatives:unlink_measure", args=[link.pk])
    assert "is then no longer judged by it" in text(client.get(remove))
    client.post(remove)
    assert not MeasureLink.objects.exists()
    client.post(reverse("initiatives:change_goal", args=["every-site-is-safe"]), {"title": "Safe sites"})
    client.post(
        reverse("initiatives:change_objective", args=["cameras-work"]),
        {"title": "Cameras see", "owner_role": "lead"},
    )
    page = text(client.get(tree))
    assert "Safe sites" in page
    assert "Cameras see" in page


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("measure_key", "initiatives.nothing"),
        ("measure_key", ""),
        ("baseline", "NaN"),
        ("target", "1e15"),
        ("target", "0.125"),
        ("due", "0213-06-30"),
        ("due", "2011-09-06"),
        ("baseline_on", ""),
    ],
)
def test_the_form_of_a_target_names_what_is_wrong(
    objective: Objective, client_of: Any, field: str, value: str
) -> None:
    answer = client_of("lead").post(
        reverse("initiatives:link_measure", args=[objective.key]), {**SENT, field: value}
    )

    assert answer.status_code == 422
    assert field in answer.context["form"].errors
    assert not MeasureLink.objects.exists()


GOALS = ("key,title", "safe-sites,Every site is safe", "help,Help comes quickly")
OBJECTIVES = (
    "goal,key,title,owner_role,measure,baseline,baseline_on,target,due",
    "safe-sites,cameras,Cameras work,facilities,initiatives.freshness,50,2011-09-06,90,2013-06-30",
    "safe-sites,cameras,Cameras work,facilities,initiatives.aligned,0.5,2011-09-06,80,2013-06-30",
    "help,posts,Posts are filled,lead,,,,,",
)


def test_goals_and_objectives_come_in_by_files_and_go_out_the_same(bring: Any, by: Viewer) -> None:
    assert bring("goals", *GOALS).created == 2
    assert bring("objectives", *OBJECTIVES).created == 3

    assert [goal.key for goal in Goal.objects.all()] == ["safe-sites", "help"]
    assert MeasureLink.objects.count() == 2
    for table in ("goals", "objectives"):
        exchange = registry.get(table)
        out = b"".join(write_csv(exchange.column_names, exchange.export_rows(by))).decode()
        again = bring(table, *out.splitlines())
        assert (again.created, again.updated, again.rejected) == (0, 0, [])
        assert again.unchanged == len(out.splitlines()) - 1
    changed = bring("objectives", OBJECTIVES[0], OBJECTIVES[1].replace(",90,", ",95,"))
    assert (changed.updated, MeasureLink.objects.get(measure_key="initiatives.freshness").target) == (1, 95)


@pytest.mark.parametrize(
    ("row", "column"),
    [
        ("nowhere,cameras,Cameras work,facilities,,,,,", "goal"),
        ("help,known,Known,facilities,,,,,", "goal"),
        ("safe-sites,cameras,Cameras work,nobody,,,,,", "owner_role"),
        ("safe-sites,cameras,Cameras work,facilities,initiatives.freshness,50,2011-09-06,,", "target"),
        ("safe-sites,cameras,Cameras work,facilities,,50,2011-09-06,90,2013-06-30", "measure"),
        ("safe-sites,cameras,Cameras work,facilities,no.such,50,2011-09-06,90,2013-06-30", "measure"),
        ("safe-sites,cameras,Cameras work,lead,initiatives.freshness,1,2012-09-06,9,2012-09-06", "due"),
        (
            "safe-sites,cameras,Cameras work,lead,initiatives.freshness,1e14,2012-09-06,9,2013-09-06",
            "baseline",
        ),
        (
            "safe-sites,cameras,Cameras work,lead,initiatives.freshness,0.125,2012-09-06,9,2013-09-06",
            "baseline",
        ),
    ],
)
def test_bad_rows_are_named_and_leave_nothing(bring: Any, row: str, column: str) -> None:
    bring("goals", *GOALS)
    bring("objectives", OBJECTIVES[0], "safe-sites,known,Known,facilities,,,,,")

    report = bring("objectives", OBJECTIVES[0], row)

    assert [rejection.column for rejection in report.rejected] == [column]
    assert list(Objective.objects.values_list("key", flat=True)) == ["known"]
    assert not MeasureLink.objects.exists()


def test_rows_of_one_objective_that_differ_are_named(bring: Any) -> None:
    bring("goals", *GOALS)

    report = bring("objectives", *OBJECTIVES[:2], OBJECTIVES[2].replace("Cameras work", "Cameras see"))

    assert [rejection.column for rejection in report.rejected] == ["title"]
    assert Objective.objects.get().title == "Cameras work"


def test_goals_over_http(client_of: Any, settings: Any) -> None:
    settings.DEMO = True
    lead, base = client_of("lead"), "/api/v1/initiatives"

    def send(method: str, path: str, **sent: Any) -> Any:
        return lead.generic(method, base + path, json.dumps(sent), content_type="application/json")

    assert send("POST", "/goals", title="Safe sites").json() == {"key": "safe-sites"}
    assert send("POST", "/goals", title="Safe sites").status_code == 422
    assert send("PUT", "/goals/safe-sites", title="Sites are safe").status_code == 200
    made = send("POST", "/goals/safe-sites/objectives", title="Cameras work", owner_role="facilities")
    assert made.json() == {"key": "cameras-work"}
    assert send("PUT", "/objectives/cameras-work", title="Cameras see", owner_role="lead").status_code == 200
    assert send("POST", "/goals/safe-sites/objectives", title="x", owner_role="king").status_code == 422
    aim = {
        "measure": "initiatives.freshness",
        "baseline": 50,
        "baseline_on": "2011-09-06",
        "target": 90,
        "due": "2013-06-30",
    }
    assert send("POST", "/objectives/cameras-work/measures", **aim).status_code == 201
    refused = send("POST", "/objectives/cameras-work/measures", **{**aim, "measure": "no.such"})
    assert refused.status_code == 422

    (goal,) = lead.get(f"{base}/goals").json()
    (one,) = goal["objectives"]
    assert (goal["title"], one["title"], one["owner_role"]) == ("Sites are safe", "Cameras see", "lead")
    (link,) = one["measures"]
    assert (link["measure"], float(link["target"]), link["value"]) == ("initiatives.freshness", 90, None)
    path = "/objectives/cameras-work/measures/initiatives.freshness"
    assert send("DELETE", path).json() == {"key": "cameras-work"}
    assert send("DELETE", path).status_code == 404
    assert send("PUT", "/goals/nothing", title="x").status_code == 404


@pytest.mark.parametrize("title", ["中文", "!!!", "New", "goals", "Goals"])
def test_an_initiative_may_be_called_anything(client_of: Any, title: str) -> None:
    sent = {"title": title, "kind": "initiative", "strand": "next_step", "owner_role": "facilities"}
    client = client_of("lead")

    answer = client.post(reverse("initiatives:open"), sent)

    assert answer.status_code == 302
    made = Initiative.objects.get()
    assert made.title == title
    assert title in text(client.get(answer["Location"]))
    again = client.post(reverse("initiatives:open"), sent)
    assert "There is one of this title already" in text(again)
    assert client.post(reverse("initiatives:open"), {**sent, "title": f"{title}?"}).status_code == 302


def test_a_file_takes_no_other_pages_address(bring: Any) -> None:
    report = bring("initiatives", "key,title,owner_role", "goals,Goals,lead")

    assert [rejection.column for rejection in report.rejected] == ["key"]
    assert not Initiative.objects.exists()
