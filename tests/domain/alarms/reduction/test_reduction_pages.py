"""The pages about fewer false alarms, permits and fees, and the same over HTTP."""

from __future__ import annotations

import io
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from tests.domain.alarms.reduction.alarm_history import arming, closed, moment

from schoolward.domains.alarms.models import AlarmSystem, Appeal, Case, Permit, Zone
from schoolward.domains.work.queries import work_items
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.exchange.running import run

pytestmark = pytest.mark.django_db
SPAN = {"first": "2012-06-01", "last": "2012-09-05"}


def text(response: Any) -> str:
    return " ".join(b"".join(response).decode().split())


@pytest.fixture(autouse=True)
def standing_day(settings: Any) -> None:
    """It is 6 September 2012, half past seven, as in the demonstration."""
    settings.DEMO = True


@pytest.fixture
def lead(client_of: Any) -> Client:
    return client_of("lead")


@pytest.fixture
def zone(system: AlarmSystem) -> Zone:
    """Twelve false alarms between 18:00 and 19:00, half of them with police sent, under a permit."""
    events = []
    for index in range(40):
        day = date(2012, 6, 1) + timedelta(days=index)
        events += [("opening", moment(day, "06:00")), ("closing", moment(day, "17:00"))]
    arming(system, *events)
    Permit.objects.create(system=system, ordinance="demonstration", number="1", issued_on=date(2012, 1, 1))
    found: Zone = system.zones.get(number="4")
    for index in range(12):
        day = date(2012, 6, 2) + timedelta(days=2 * index)
        sent = {"police_dispatched_at": moment(day, "18:50")} if index % 2 else {}
        closed(found, day, f"18:{index + 10}", cause_role="teacher", **sent)
    return found


@pytest.mark.parametrize("name", ["reduction", "fees", "permits"])
def test_pages_open_with_and_without_anything_in_them(
    lead: Client, name: str, request: pytest.FixtureRequest
) -> None:
    assert lead.get(reverse(f"alarms:{name}")).status_code == 200
    request.getfixturevalue("zone")
    assert lead.get(reverse(f"alarms:{name}")).status_code == 200


def test_every_number_opens_its_cases(lead: Client, zone: Zone) -> None:
    page = text(lead.get(reverse("alarms:reduction"), SPAN))
    assert "12 activations from 1 Jun 2012 to 5 Sep 2012, 12 of them false." in page
    cases = reverse("alarms:cases")
    span = {"since": "2012-06-01", "until": "2012-09-05"}
    for narrowed, count in (
        ({"counted": "1"}, 12),
        ({"counted": "false", "zone": zone.pk}, 12),
        ({"counted": "1", "sent": "1"}, 6),
        ({"counted": "1", "sent": "verified"}, 0),
        ({"counted": "false", "role": "teacher"}, 12),
    ):
        found = lead.get(cases, span | narrowed).context["table"].page.paginator.count
        assert found == count, narrowed


def test_an_hour_of_the_week_opens_its_cases(lead: Client, zone: Zone) -> None:
    saturdays = [case.number for case in Case.objects.all() if case.opened_on.weekday() == 5]
    assert len(saturdays) == 2
    found = lead.get(reverse("alarms:cases"), {"counted": "1", "weekday": "5", "hour": "18"})
    assert {row.number for row in found.context["table"].data} == set(saturdays)
    at_noon = lead.get(reverse("alarms:cases"), {"counted": "1", "weekday": "5", "hour": "12"})
    assert not len(at_noon.context["table"].data)


def test_a_span_that_runs_backward_is_refused(lead: Client) -> None:
    response = lead.get(reverse("alarms:reduction"), {"first": "2012-09-05", "last": "2012-09-01"})
    assert response.status_code == 400


def test_the_zone_proposes_and_opens_work_once(lead: Client, zone: Zone) -> None:
    page = reverse("alarms:zone", args=[zone.pk])
    button = reverse("alarms:corrective_action", args=[zone.pk])
    assert button in text(lead.get(page))
    lead.post(button)
    lead.post(button)
    (item,) = work_items(Viewer.system(at=moment(date(2012, 9, 6)))).filter(kind="corrective_action")
    shown = text(lead.get(page))
    assert item.reference in shown
    assert button not in shown


def test_fees_are_told_and_saved(lead: Client, zone: Zone) -> None:
    fees = reverse("alarms:fees")
    page = text(lead.get(fees))
    assert "$300 for 6 counted alarms" in page
    table = text(lead.get(fees, {"export": "csv", "charged": "on"}))
    assert table.count("demonstration") == 4
    assert lead.get(fees, {"export": "xlsx"}).status_code == 200


def test_an_appeal_is_filed_and_decided(lead: Client, zone: Zone) -> None:
    case = Case.objects.filter(police_dispatched_at__isnull=False).order_by("-opened_at")[0]
    page = reverse("alarms:appeal", args=[case.number])
    assert lead.get(page).status_code == 200
    assert lead.post(page, {"filed_on": "2012-06-30", "grounds": ""}).status_code == 422
    assert lead.post(page, {"filed_on": "2012-06-30", "grounds": "A test"}).status_code == 302
    assert "$300 for 6" in text(lead.get(reverse("alarms:fees")))
    filed = {"filed_on": "2012-06-30", "grounds": "A test"}
    assert lead.post(page, filed | {"decided_on": "2012-06-01", "outcome": "granted"}).status_code == 422
    assert lead.post(page, filed | {"decided_on": "", "outcome": "granted"}).status_code == 422
    assert lead.post(page, filed | {"decided_on": "2012-07-09", "outcome": "granted"}).status_code == 302
    assert "Granted on July 9, 2012: nothing is owed" in text(lead.get(page))
    assert Appeal.objects.get().outcome == "granted"
    shown = text(lead.get(reverse("alarms:fees")))
    assert "$200 for 5" in shown
    assert "2012: 5 counted alarms, 1 struck out on appeal" in shown, "six are listed, of which five count"


def test_an_appeal_that_comes_too_late_is_kept_and_said_to_change_nothing(lead: Client, zone: Zone) -> None:
    case = Case.objects.filter(police_dispatched_at__isnull=False).order_by("-opened_at")[0]
    page = reverse("alarms:appeal", args=[case.number])
    assert "The last day to appeal: July 17, 2012." in text(lead.get(page))
    before = text(lead.get(reverse("alarms:fees")))
    sent = lead.post(page, {"filed_on": "2012-09-05", "grounds": "A test"}, follow=True)
    assert "filed after July 17, 2012" in text(sent)
    assert "the fee stands" in text(lead.get(page))
    told = {"filed_on": "2012-09-05", "grounds": "A test", "decided_on": "2012-09-05", "outcome": "granted"}
    decided = lead.post(page, told, follow=True)
    assert "the fee stands" in text(decided)
    assert "$300 for 6" in before
    assert "$300 for 6" in text(lead.get(reverse("alarms:fees")))


def test_there_is_no_appeal_against_what_costs_nothing(lead: Client, zone: Zone) -> None:
    free = Case.objects.filter(police_dispatched_at__isnull=True).first()
    assert free is not None
    page = reverse("alarms:appeal", args=[free.number])
    assert "costs nothing, so there is no fee" in text(lead.get(page, follow=True))
    refused = lead.post(page, {"filed_on": "2012-09-05", "grounds": "A test"})
    assert (refused.status_code, Appeal.objects.count()) == (422, 0)
    assert "there is no fee to appeal against" in text(refused)


def test_an_appeal_is_corrected_and_withdrawn(lead: Client, zone: Zone) -> None:
    case = Case.objects.filter(police_dispatched_at__isnull=False).order_by("-opened_at")[0]
    page = reverse("alarms:appeal", args=[case.number])
    lead.post(page, {"filed_on": "2012-06-30", "grounds": "A tset"})
    assert lead.post(page, {"filed_on": "2012-07-02", "grounds": "A test"}).status_code == 302
    appeal = Appeal.objects.get()
    assert (appeal.filed_on, appeal.grounds, appeal.outcome) == (date(2012, 7, 2), "A test", "")
    told = {"filed_on": "2012-07-02", "grounds": "A test", "decided_on": "2012-07-03"}
    assert lead.post(page, told | {"outcome": "withdrawn"}).status_code == 302
    assert "Withdrawn on July 3, 2012: the fee stands" in text(lead.get(page))
    shown = text(lead.get(reverse("alarms:fees")))
    assert "$300 for 6 counted alarms" in shown
    assert "$300 is neither appealed nor struck out" in shown


def test_an_appeal_is_filed_corrected_and_decided_over_http(lead: Client, zone: Zone) -> None:
    case = Case.objects.filter(police_dispatched_at__isnull=False).order_by("-opened_at")[0]
    url = f"/api/v1/alarms/cases/{case.number}/appeal"

    def post(way: str, **told: str) -> Any:
        return lead.post(f"{url}{way}", told, content_type="application/json")

    assert post("/correction", filed_on="2012-07-02", grounds="A test").status_code == 409, "nothing is filed"
    assert post("", filed_on="2012-06-30", grounds="A tset").status_code == 201
    assert post("/correction", filed_on="2012-07-02", grounds=" ").status_code == 409
    assert post("/correction", filed_on="2012-06-01", grounds="A test").status_code == 409, "before the alarm"
    corrected = post("/correction", filed_on="2012-07-02", grounds="A test")
    assert (corrected.status_code, corrected.json()["grounds"]) == (200, "A test")
    assert post("/decision", decided_on="2012-07-09", outcome="denied").status_code == 200
    assert post("/correction", filed_on="2012-07-10", grounds="A test").status_code == 409, (
        "after the decision"
    )
    assert post("/correction", filed_on="2012-07-09", grounds="A test").json() == {
        "case": case.number,
        "filed_on": "2012-07-09",
        "grounds": "A test",
        "decided_on": "2012-07-09",
        "outcome": "denied",
    }


def test_a_file_of_appeals_corrects_those_that_are_there(zone: Zone, by: Viewer, at: datetime) -> None:
    case = Case.objects.filter(police_dispatched_at__isnull=False).order_by("-opened_at")[0]

    def bring(row: str) -> tuple[int, int, int, int]:
        table = f"case,filed_on,grounds,decided_on,outcome\n{case.number},{row}\n"
        report = run("alarm-appeals", io.BytesIO(table.encode()), by=by, at=at)
        return report.created, report.updated, report.unchanged, report.rejected_rows

    def kept() -> tuple[Any, ...]:
        appeal = Appeal.objects.get()
        return appeal.filed_on.day, appeal.grounds, appeal.decided_on, appeal.outcome

    assert bring("2012-07-02,A tset,,") == (1, 0, 0, 0)
    assert bring("2012-07-03,A test,,") == (0, 1, 0, 0)
    assert kept() == (3, "A test", None, "")
    assert bring("2012-07-03,A test,2012-07-05,denied") == (0, 1, 0, 0)
    assert bring("2012-07-03,A test,2012-07-05,denied") == (0, 0, 1, 0)
    assert bring("2012-07-03,A test,,") == (0, 0, 1, 0), "a decision that was entered stays"
    assert bring("2012-07-06,A test,,") == (0, 0, 0, 1), "filed after it was decided"
    assert bring("2012-07-06,A test,2012-07-09,granted") == (0, 1, 0, 0), "both days move at once"
    assert kept() == (6, "A test", date(2012, 7, 9), "granted")


def test_a_permit_is_entered_and_changed(lead: Client, system: AlarmSystem) -> None:
    told = {"system_id": system.pk, "ordinance": "stockton-ca", "number": "A-1", "issued_on": "2012-01-01"}
    assert lead.post(reverse("alarms:permit_new"), told | {"number": ""}).status_code == 422
    assert lead.post(reverse("alarms:permit_new"), told).status_code == 302
    permit = Permit.objects.get()
    edit = reverse("alarms:permit_edit", args=[permit.pk])
    assert lead.get(edit).status_code == 200
    assert lead.post(edit, told | {"ends_on": "2011-01-01"}).status_code == 422
    assert lead.post(edit, told | {"ends_on": "2012-12-31"}).status_code == 302
    permit.refresh_from_db()
    assert permit.ends_on == date(2012, 12, 31)


def test_the_same_over_http(lead: Client, zone: Zone) -> None:
    rates = lead.get("/api/v1/alarms/reduction", {"from": "2012-06-01", "to": "2012-09-05"}).json()
    assert (rates["activations"], rates["false"], rates["dispatched"]) == (12, 12, 6)
    assert {one["key"] for one in rates["rates"]} >= {"M4", "M5", "M6", "M7"}
    found = lead.get(f"/api/v1/alarms/zones/{zone.pk}/reduction").json()
    assert found["proposal"]["action"] == "change_schedule_or_detector"
    url = f"/api/v1/alarms/zones/{zone.pk}/corrective-action"
    assert lead.post(url).status_code == 201
    assert lead.post(url).status_code == 409
    fees = lead.get("/api/v1/alarms/fees").json()
    assert (fees["claimed_cents"], len(fees["ordinances"][0]["assessments"])) == (30000, 6)
    assert lead.get("/api/v1/alarms/permits").json()["count"] == 1
    assert lead.get("/api/v1/alarms/fees", {"campus_id": 999_999}).status_code == 404


def test_the_alarms_of_the_fees_page_are_folded_by_year() -> None:
    from types import SimpleNamespace

    from schoolward.domains.alarms.views.fees import _by_year

    lines = [
        SimpleNamespace(assessed=SimpleNamespace(time=datetime(year, 3, day, tzinfo=UTC), counts=True))
        for year, day in ((2012, 9), (2012, 2), (2011, 5))
    ]

    folded = [(told, len(held)) for told, held in _by_year(lines)]  # type: ignore[arg-type]
    assert folded == [("2012: 2 counted alarms", 2), ("2011: 1 counted alarm", 1)]
