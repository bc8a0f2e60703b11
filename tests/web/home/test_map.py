"""The map's layers: sites with their counts, incidents where the viewer may place them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db
ClientOf = Callable[..., Client]
ASKED = "from=2012-06-01&to=2012-09-06"


def _names(collection: dict[str, Any]) -> dict[str, int]:
    return {
        feature["properties"]["name"]: feature["properties"]["count"] for feature in collection["features"]
    }


def test_sites_carry_their_incidents(client_of: ClientOf, records: dict[str, Any]) -> None:
    answer = client_of("lead").get(f"/map/sites.geojson?{ASKED}")
    assert answer["Content-Type"] == "application/geo+json"
    assert _names(answer.json()) == {str(records["1"].campus): 3, str(records["7"].campus): 1}
    narrowed = client_of("lead").get(f"/map/sites.geojson?{ASKED}&school_hours=1&category=theft").json()
    assert _names(narrowed) == {str(records["1"].campus): 1, str(records["7"].campus): 1}
    vandalism = client_of("lead").get(f"/map/sites.geojson?{ASKED}&category=vandalism").json()
    assert set(_names(vandalism).values()) == {0}


def test_the_list_beside_the_map_says_the_same(client_of: ClientOf, records: dict[str, Any]) -> None:
    client = client_of("lead")
    listed = [(site["name"], site["count"]) for site in client.get(f"/map?{ASKED}").context["listed"]]
    drawn = _names(client.get(f"/map/sites.geojson?{ASKED}").json())
    assert listed == sorted(drawn.items(), key=lambda pair: -pair[1])


def test_incidents_are_narrowed_and_limited(client_of: ClientOf, records: dict[str, Any]) -> None:
    client = client_of("lead")

    def ids(more: str) -> set[int]:
        found = client.get(f"/map/incidents.geojson?{ASKED}{more}").json()
        return {feature["id"] for feature in found["features"]}

    every = {row.pk for row in records.values() if row.longitude is not None or row.placement == "site"}
    assert ids("") == every
    assert ids("&category=vandalism") == {records["3"].pk, records["4"].pk}
    assert ids("&bbox=-121.6,38.39,-121.4,38.41") == {records["5"].pk, records["7"].pk}
    assert ids(f"&site={records['7'].campus.slug}") == {records["7"].pk}
    newest = client.get(f"/map/incidents.geojson?{ASKED}&limit=1").json()
    assert newest["truncated"] is True
    assert len(newest["features"]) == 1


def test_who_may_not_read_a_position_gets_no_point(client_of: ClientOf, records: dict[str, Any]) -> None:
    assert client_of("trustee").get(f"/map/incidents.geojson?{ASKED}").json()["features"] == []
    assert client_of("provider").get(f"/map/incidents.geojson?{ASKED}").status_code == 403


def test_a_site_lead_sees_the_incidents_of_the_own_site_only(
    client_of: ClientOf, records: dict[str, Any]
) -> None:
    client = client_of("site_lead", campuses=[records["7"].campus])
    found = client.get(f"/map/incidents.geojson?{ASKED}").json()
    assert {feature["id"] for feature in found["features"]} == {records["7"].pk}


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        ("category=mischief", "There is no category “mischief”. Choose one of: homicide, assault,"),
        ("bbox=1,2,3", "Write west,south,east,north in degrees"),
        ("bbox=1,2,0,4", "is no area on earth"),
        ("limit=0", "Give a number from 1 to 2000."),
        ("limit=99999", "Give a number from 1 to 2000."),
        ("from=2012-09-31", "“from” is “2012-09-31”, which is no date."),
    ],
)
def test_filters_that_cannot_be_read_get_400(client_of: ClientOf, asked: str, sentence: str) -> None:
    answer = client_of("lead").get(f"/map/incidents.geojson?{asked}")
    assert answer.status_code == 400
    assert sentence in answer.content.decode()


def test_a_site_whose_incidents_are_not_the_viewers_has_no_count(
    client_of: ClientOf, records: dict[str, Any]
) -> None:
    own = records["7"].campus
    client = client_of("site_lead", campuses=[own])
    found = client.get(f"/map/sites.geojson?{ASKED}").json()["features"]
    counts = {feature["id"]: feature["properties"].get("count") for feature in found}
    assert counts.pop(own.pk) == 1
    assert set(counts.values()) <= {None}
