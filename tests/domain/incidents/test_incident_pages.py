"""Pages of incidents, as several roles see them."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client

from schoolward.domains.incidents.models import Incident
from schoolward.domains.places.queries import campus_for_cds
from schoolward.platform.exchange.report import Report

pytestmark = pytest.mark.django_db
SignIn = Callable[..., Client]


@pytest.fixture
def north(schools: None, bring_in: Callable[..., Report], small_file: str) -> int:
    """North High's campus, with the small file brought in."""
    bring_in("incidents", small_file)
    campus = campus_for_cds("34670000000001")
    assert campus is not None
    return campus.pk


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("", 3),
        ("?where=at", 1),
        ("?where=near", 1),
        ("?category=non_crime", 1),
        ("?category=crimes", 2),
        ("?hours=on", 2),
        ("?from=2012-09-05&to=2012-09-05", 2),
        ("?source=generic", 0),
    ],
)
def test_the_list_narrows(north: int, client_of: SignIn, query: str, shown: int) -> None:
    page = client_of("lead").get(f"/incidents/{query}")
    assert page.status_code == 200
    assert page.context["table"].paginator.count == shown
    assert len(page.context["table"].page.object_list) == shown


def test_a_filter_that_makes_no_sense_says_so(north: int, client_of: SignIn) -> None:
    assert client_of("lead").get("/incidents/?from=yesterday").status_code == 400


def test_planners_see_no_address(north: int, client_of: SignIn) -> None:
    incident = Incident.objects.get(at_campus=True)
    for role, sees in (("lead", True), ("trustee", False)):
        browser = client_of(role)
        for url in ("/incidents/", f"/incidents/{incident.pk}/", "/incidents/?export=csv"):
            answer = browser.get(url)
            body = b"".join(answer.streaming_content) if answer.streaming else answer.content  # type: ignore[attr-defined]
            assert (b"10 1ST ST" in body) is sees, (role, url)
        points = json.loads(browser.get("/incidents/points.geojson").content)["features"]
        assert len(points) == (3 if sees else 0)


def test_a_site_lead_sees_the_own_site(north: int, client_of: SignIn) -> None:
    browser = client_of("site_lead", campuses=[north])
    assert browser.get("/incidents/").context["table"].paginator.count == 2
    elsewhere = Incident.objects.get(campus=None)
    assert browser.get(f"/incidents/{elsewhere.pk}/").status_code == 404
    assert browser.get(f"/incidents/panel/{north}/").status_code == 200
    assert browser.get(f"/incidents/panel/{north + 1}/").status_code == 404


@pytest.mark.parametrize("url", ["/incidents/map/", "/incidents/trends/", "/incidents/new/"])
def test_pages_open_with_and_without_records(
    schools: None, bring_in: Callable[..., Report], small_file: str, client_of: SignIn, url: str
) -> None:
    browser = client_of("lead")
    assert browser.get(url).status_code == 200
    bring_in("incidents", small_file)
    assert browser.get(url).status_code == 200


def test_trends_count_what_is_chosen(north: int, client_of: SignIn) -> None:
    browser = client_of("lead")
    everything = browser.get("/incidents/trends/?first=2012-08-01&last=2012-09-30")
    assert everything.context["total"] == 3
    assert b"Not collected" in everything.content  # no enrolment: no rate
    for query, expected in ((f"campus={north}", 2), ("where=at", 1), ("category=theft", 1), ("hours=on", 2)):
        page = browser.get(f"/incidents/trends/?first=2012-08-01&last=2012-09-30&{query}")
        assert page.context["total"] == expected, query
    assert browser.get("/incidents/trends/?first=2012-09-01&last=2012-08-01").status_code == 400


def test_an_incident_is_entered_and_corrected(north: int, client_of: SignIn) -> None:
    browser = client_of("site_lead", campuses=[north])
    form = browser.get("/incidents/new/").context["form"]
    assert len(form.fields) <= 12
    entry = {
        "day": "2012-09-05",
        "time": "12:10",
        "campus": north,
        "category": "vandalism",
        "description": "Broken pane",
        "spot": "north gate",
    }
    refused = browser.post("/incidents/new/", {**entry, "category": ""})
    assert refused.status_code == 422
    saved = browser.post("/incidents/new/", entry)
    incident = Incident.objects.get(source="manual")
    assert saved.status_code == 302
    assert saved["Location"] == f"/incidents/{incident.pk}/"
    assert browser.get(saved["Location"]).status_code == 200
    corrected = browser.post(f"/incidents/{incident.pk}/correct/", {**entry, "category": "theft"})
    assert corrected.status_code == 302
    incident.refresh_from_db()
    assert incident.category == "theft"


ENTRY = {"day": "2012-09-05", "time": "12:10", "category": "vandalism", "description": "Broken pane"}


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"day": "2012-03-11", "time": "02:30"}, "time"),  # summer time began at two
        ({"day": "1899-12-31"}, "day"),
        ({"day": "1979-09-05"}, "campus"),
    ],
)
def test_an_entry_that_would_be_kept_otherwise_than_told_is_refused(
    north: int, client_of: SignIn, change: dict[str, str], field: str
) -> None:
    answer = client_of("lead").post("/incidents/new/", {**ENTRY, "campus": north, **change})
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [field]
    assert not Incident.objects.filter(source="manual").exists()


@pytest.mark.parametrize("clock", ["01:59", "03:00"])
def test_the_times_beside_the_skipped_hour_are_taken(north: int, client_of: SignIn, clock: str) -> None:
    entry = {**ENTRY, "campus": north, "day": "2012-03-11", "time": clock}
    assert client_of("lead").post("/incidents/new/", entry).status_code == 302
    made = Incident.objects.get(source="manual")
    assert f"{made.local_minute // 60:02}:{made.local_minute % 60:02}" == clock


def test_a_case_number_stands_beside_the_records_own(north: int, client_of: SignIn) -> None:
    browser = client_of("lead")
    saved = browser.post("/incidents/new/", {**ENTRY, "campus": north, "case_number": "12-345678"})
    page = browser.get(saved["Location"]).content.decode()
    own = Incident.objects.get(source="manual").source_key
    assert f"<dd>{own}</dd>" in page
    assert "<dd>12-345678</dd>" in page
    assert "12-345678" not in client_of("trustee").get(saved["Location"]).content.decode()


def test_school_hours_are_said_of_sites_only(north: int, client_of: SignIn) -> None:
    browser = client_of("lead")
    elsewhere = Incident.objects.get(campus=None)
    assert elsewhere.in_school_hours  # by the district's hours
    assert "in school hours" not in browser.get(f"/incidents/{elsewhere.pk}/").content.decode()
    rows = {row.record.pk: row for row in browser.get("/incidents/").context["table"].paginated_rows}
    assert rows[elsewhere.pk].get_cell("in_school_hours") == ""
    assert rows[Incident.objects.get(at_campus=True).pk].get_cell("in_school_hours") == "Yes"


@pytest.mark.parametrize(("query", "said"), [("&where=at", "1 incident from"), ("", "3 incidents from")])
def test_trends_count_in_the_right_number(north: int, client_of: SignIn, query: str, said: str) -> None:
    page = client_of("lead").get(f"/incidents/trends/?first=2012-08-01&last=2012-09-30{query}")
    assert said in page.content.decode()


def test_the_api_shows_and_enters(north: int, client_of: SignIn) -> None:
    browser = client_of("lead")
    listed = browser.get("/api/v1/incidents?at_campus=true").json()
    assert [item["category"] for item in listed["items"]] == ["theft"]
    assert listed["items"][0]["address"] == "10 1ST ST"
    one = browser.get(f"/api/v1/incidents/{listed['items'][0]['id']}").json()
    assert one["method"] == "address"
    assert browser.get("/api/v1/incidents/999999").status_code == 404
    assert client_of("trustee").get("/api/v1/incidents").json()["items"][0]["address"] is None


@pytest.mark.parametrize(
    ("query", "open_from"),
    [
        ("?first=2012-07-01&last=2012-09-06", date(2012, 9, 1)),
        ("?first=2012-07-01&last=2012-11-30", date(2012, 9, 1)),
        ("?first=2012-10-01&last=2012-11-30", date(2012, 10, 1)),
        ("?first=2012-07-01&last=2012-08-15", None),  # whole months are counted, and August is over
    ],
)
def test_trends_say_which_month_is_not_over(
    north: int, client_of: SignIn, query: str, open_from: date | None
) -> None:
    page = client_of("lead").get(f"/incidents/trends/{query}")
    assert page.context["open_from"] == open_from
    said = "is not over in the records" in page.content.decode()
    assert said is bool(open_from and page.context["total"])
