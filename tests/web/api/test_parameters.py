"""What is sent and not known is refused, so that a slip neither writes nor widens."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import datetime

import pytest
from django.test import Client
from tests.rosters import roster

from schoolward.domains.incidents.models import Incident
from schoolward.domains.places.models import Campus, School
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.exchange.running import run

pytestmark = pytest.mark.django_db
SCHOOLS = """cds_code,name,kind,address
34670000000001,Maple,Elementary,100 First Street
34670000000002,Birch,Elementary,200 First Street
"""
INCIDENTS = """incident_number,occurred_at,category,address
1,2012-08-31 08:00,theft,100 First Street
2,2012-09-01 08:00,theft,200 First Street
3,2012-09-02 08:00,theft,100 First Street
"""
SignIn = Callable[[str], Client]


def upload(name: str = "schools.csv", text: str = SCHOOLS) -> io.BytesIO:
    file = io.BytesIO(text.encode())
    file.name = name
    return file


@pytest.fixture
def records(by: Viewer, at: datetime) -> None:
    """Two schools, and three incidents at their addresses."""
    for key, text in (("schools", SCHOOLS), ("incidents", INCIDENTS)):
        assert run(key, io.BytesIO(text.encode()), by=by, at=at).rejected == []


@pytest.mark.parametrize(
    ("asked", "mend"),
    [
        ("measures/incidents.total?form=2012-01-01", "did you mean from?"),
        ("trace/incidents.total?asof=2012-01-01", "did you mean as_of?"),
        ("incidents?local_date__gte=2012-09-01", "there are"),
        ("places?on=2012-01-01", "as_of, operating"),
        ("places/sites.geojson?on=2012-01-01", "as_of"),
        ("doctor?verbose=1", "nor any other"),
        ("work?stat=done", "did you mean state?"),
        ("audit/events?page=2", "did you mean page_size?"),
    ],
)
def test_a_parameter_that_is_not_known_is_refused(client_of: SignIn, asked: str, mend: str) -> None:
    answer = client_of("administrator" if asked.startswith(("doctor", "audit")) else "lead").get(
        f"/api/v1/{asked}"
    )
    assert answer.status_code == 422, answer.content
    assert answer["Content-Type"] == "application/problem+json"
    told = answer.json()
    name = asked.partition("?")[2].partition("=")[0]
    assert told["errors"][0]["field"] == f"query.{name}"
    assert mend in told["detail"]


def test_a_field_of_a_json_body_that_is_not_known_is_refused(client_of: SignIn, records: None) -> None:
    entry = {"occurred_at": "2012-09-04T08:00", "category": "theft", "address": "100 First Street"}
    before = Incident.objects.count()
    answer = client_of("lead").post(
        "/api/v1/incidents", {**entry, "descripton": "A misspelt name."}, content_type="application/json"
    )
    assert answer.status_code == 422
    told = answer.json()
    assert told["errors"][0]["field"] == "body.descripton"
    assert "did you mean description?" in told["detail"]
    assert Incident.objects.count() == before


@pytest.mark.parametrize(
    ("query", "fields"),
    [("?dry-run=true", {}), ("?dryrun=1", {}), ("", {"dry-run": "true"}), ("", {"dryRun": "true"})],
)
def test_a_dry_run_that_is_misspelt_writes_nothing(
    client_of: SignIn, query: str, fields: dict[str, str]
) -> None:
    answer = client_of("lead").post(f"/api/v1/imports/schools{query}", {"file": upload(), **fields})
    assert answer.status_code == 422
    assert "did you mean dry_run?" in answer.json()["detail"]
    assert not School.objects.exists()


@pytest.mark.parametrize(("query", "fields"), [("?dry_run=true", {}), ("", {"dry_run": "true"})])
def test_a_dry_run_is_asked_for_in_either_place(
    client_of: SignIn, query: str, fields: dict[str, str]
) -> None:
    answer = client_of("lead").post(f"/api/v1/imports/schools{query}", {"file": upload(), **fields})
    assert (answer.status_code, answer.json()["created"]) == (200, 2), answer.content
    assert not School.objects.exists()


def test_an_import_goes_on_as_before(client_of: SignIn) -> None:
    sent = {"file": upload("i.csv", INCIDENTS), "format": "generic", "csrfmiddlewaretoken": "x"}
    answer = client_of("lead").post("/api/v1/imports/incidents", sent)
    assert (answer.status_code, answer.json()["created"]) == (200, 3)
    assert Incident.objects.count() == 3


@pytest.mark.parametrize(
    ("option", "status", "told"),
    [
        ("names=take", 200, "created"),
        ("names=both", 422, "it is one of keep, take"),
        ("pets=many", 422, "has no option"),
        ("names", 422, "is not name=value"),
    ],
)
def test_what_a_table_asks_besides_is_an_option(
    client_of: SignIn, option: str, status: int, told: str
) -> None:
    answer = client_of("lead").post(
        f"/api/v1/imports/roster-schools?dry_run=1&option={option}", {"file": roster()}
    )
    assert answer.status_code == status
    assert told in answer.content.decode()


@pytest.mark.parametrize(
    ("asked", "numbers"),
    [
        ("", "123"),
        ("?from=2012-09-01", "23"),
        ("?to=2012-09-01", "12"),
        ("?from=2012-09-01&to=2012-09-01", "2"),
        ("?site=34670000000001", "13"),
        ("?site=34670000000001&category=theft&from=2012-09-02", "3"),
        ("?category=arson", ""),
    ],
)
def test_incidents_are_narrowed_by_the_words_of_every_question(
    client_of: SignIn, records: None, asked: str, numbers: str
) -> None:
    answer = client_of("lead").get(f"/api/v1/incidents{asked}")
    assert answer.status_code == 200, answer.content
    assert sorted(item["number"] for item in answer.json()["items"]) == sorted(numbers)


@pytest.mark.parametrize("place", ["incidents", "work", "measures/incidents.total", "trace/incidents.total"])
def test_a_blank_site_is_no_site(client_of: SignIn, records: None, place: str) -> None:
    answer = client_of("lead").get(f"/api/v1/{place}?site=")
    assert answer.status_code == 404, answer.content
    assert "14 digits" in answer.json()["detail"]


def test_places_stand_as_of_a_day(client_of: SignIn, records: None) -> None:
    birch = Campus.objects.get(address="200 First Street")
    client = client_of("lead")
    sites = client.get("/api/v1/places?as_of=2012-09-06").json()
    assert {site["as_of"] for site in sites} == {"2012-09-06"}
    assert client.get(f"/api/v1/places/{birch.slug}?as_of=2010-01-01").json()["as_of"] == "2010-01-01"
