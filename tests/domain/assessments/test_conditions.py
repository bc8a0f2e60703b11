"""What a condition hides is not asked, and a form is handed in when it is finished; page and server agree."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from schoolward.domains.assessments import actions, queries
from schoolward.domains.assessments.models import Answer, Assessment, Finding, Walk
from schoolward.domains.assessments.walk_journals import journal_of
from schoolward.domains.places.models import Campus
from schoolward.platform.access.viewer import Viewer

from .devices import Device
from .test_instruments import CHOICES, SETTINGS, sheets

pytestmark = pytest.mark.django_db
RATED = ("instance::fails_at", "instance::severity", "instance::trade", "instance::recommendation")
SURVEY = (
    ("type", "name", "label", "relevant", "constraint", "required", *RATED),
    ("select_one condition", "G1", "The gate closes.", "", "", "", "", "", "", ""),
    (
        *("select_one condition", "G2", "The lock holds.", "${G1} > 0", "", ""),
        *("0", "urgent", "locks", "Change the lock."),
    ),
    ("integer", "width", "How wide is it?", "", ". < 100", "yes", "", "", "", ""),
)
FORM = sheets(survey=SURVEY, choices=CHOICES, settings=SETTINGS)
G1, G2, WIDTH = "/data/G1", "/data/G2", "/data/width"


@pytest.fixture
def planned(site: Campus, by: Viewer, at: datetime) -> Assessment:
    version = actions.add_instrument(content=FORM, name="walk.xlsx", by=by, at=at).version
    return actions.plan_assessment(
        campus_id=site.pk, version_id=version.pk, planned_on=date(2012, 9, 6), by=by, at=at
    )


@pytest.fixture
def begun(planned: Assessment, lead: Client) -> Walk:
    lead.post(reverse("assessments:start", args=[planned.pk]))
    return Walk.objects.get()


def sent(device: Device, at: datetime, **values: str) -> actions.TakenIn:
    for name, value in values.items():
        device.write("set", path=f"/data/{name}", value=value)
    device.write("submit")
    by = Viewer.system(at=at)
    return actions.receive_entries(walk_id=device.walk.pk, entries=device.entries, sent="", by=by, at=at)


def test_what_is_hidden_in_the_end_has_no_score_and_no_finding(
    begun: Walk, lead: Client, at: datetime
) -> None:
    device = Device(begun, lead)
    device.write("set", path=G1, value="2")
    device.write("set", path=G2, value="0")
    assert sent(device, at, G1="0", width="4").problem == ""
    begun.refresh_from_db()
    assert (begun.submitted_at is not None, begun.not_asked) == (True, ["G2"])
    assert Answer.objects.filter(item__code="G2").exists()
    assert queries.answers_by_code(begun.pk) == {"G1": 0}
    assert not Finding.objects.exists()
    results = queries.results_of(Assessment.objects.get())
    assert results is not None
    total = results.scores.total
    assert (total.asked, total.rated, total.unanswered, total.coverage) == (1, 1, 0, 100)
    assert [one.item.code for one in queries.asked_in(begun)] == ["G1"]


def test_what_is_asked_in_the_end_counts(begun: Walk, lead: Client, at: datetime) -> None:
    assert sent(Device(begun, lead), at, G1="2", G2="0", width="4").problem == ""
    begun.refresh_from_db()
    assert begun.not_asked is None
    assert Finding.objects.get().title == "Change the lock."


def test_pages_and_api_ask_what_the_condition_lets_through(begun: Walk, lead: Client, at: datetime) -> None:
    address = reverse("api:walk", args=[begun.pk])
    for answer, asked in (("0", ["G1"]), ("2", ["G1", "G2"])):
        lead.post(
            reverse("assessments:answer", args=[begun.pk]),
            {"code": "G1", "answer": answer, "client_id": str(uuid4())},
        )
        assert [one["code"] for one in lead.get(address).json()["items"]] == asked
        page = lead.get(reverse("assessments:walk", args=[begun.pk])).content.decode()
        assert ("The lock holds." in page) == ("G2" in asked)
    end = lead.get(reverse("assessments:submit", args=[begun.pk])).content.decode()
    assert "1 of 2 answered" in end


@pytest.mark.parametrize(
    ("width", "told"),
    [
        ("", "“How wide is it?”: it needs an answer."),
        ("500", "“How wide is it?”: this answer is not allowed."),
    ],
)
def test_an_unfinished_form_is_not_handed_in(
    begun: Walk, lead: Client, at: datetime, width: str, told: str
) -> None:
    device = Device(begun, lead)
    problem = sent(device, at, G1="2", G2="2", width=width).problem
    assert told in problem
    assert "500" not in problem
    begun.refresh_from_db()
    assert begun.submitted_at is None
    end = lead.get(reverse("assessments:submit", args=[begun.pk])).content.decode()
    assert (told in end, "Mend them" in end) == (True, True)
    answer = lead.post(reverse("api:walk_submit", args=[begun.pk]))
    assert (answer.status_code, told in answer.json()["detail"]) == (409, True)
    assert sent(device, at, width="4").problem == ""
    assert not journal_of(begun).differences


def test_a_form_written_here_is_never_unfinished(
    walked: Callable[..., Walk], person: Callable[..., Viewer], at: datetime
) -> None:
    walk = walked({"G1": 3})
    assert not actions.submit_walk(walk_id=walk.pk, by=person(), at=at).waits
