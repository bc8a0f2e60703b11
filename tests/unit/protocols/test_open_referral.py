"""Directories of services: written as the specification asks, read back alike, refused by name."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, time
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schoolward.protocols.open_referral import (
    BadDirectory,
    BadService,
    Capacity,
    Organization,
    Place,
    Schedule,
    Service,
    document,
    read,
)

#: Required fields by object, as the schemas of HSDS 3.1 list them.
REQUIRED = {
    "service": {"id", "name", "status"},
    "organization": {"id", "name", "description"},
    "service_at_location": {"id"},
    "location": {"id", "location_type"},
    "schedule": {"id"},
    "capacity": {"id", "unit", "available", "updated"},
    "unit": {"id", "name"},
    "address": {"id", "address_1", "city", "state_province", "postal_code", "country", "address_type"},
}
WHOLE = Service(
    id="ac148810-d857-441c-9679-408f346de14b",
    name="Study hall",
    status="active",
    organization=Organization(
        id="d9d5e0f5-d3ce-4f73-9a2f-4dd0ecc6c610", name="River League", website="https://example.org"
    ),
    description="Homework with help.",
    eligibility="Is in grade 9.\nA parent agrees.",
    minimum_age=14,
    maximum_age=18,
    how_to_apply="Come by.",
    cost=0.0,
    languages=("en", "es"),
    documents=("Permission",),
    places=(
        Place(
            id="3a19ff88-4620-4d17-9830-ac1d859eb5d5",
            name="Oak High",
            address="1 Oak Street",
            city="River City",
            state="CA",
            postal_code="95800",
            latitude=38.5,
            longitude=-121.5,
            external_id="oak-high",
            schedules=(
                Schedule(
                    valid_from=date(2012, 8, 27),
                    valid_to=date(2012, 12, 14),
                    byday="MO,WE",
                    opens_at=time(15, 30),
                    closes_at=time(16, 30),
                ),
            ),
        ),
    ),
    capacities=(Capacity(unit="seat", available=4, maximum=24, updated="2012-09-03T09:00:00-07:00"),),
    codes={"schoolward:kind": "curriculum"},
)


def _read(raw: Any) -> list[Service | BadService]:
    return [service for _number, service in read(json.dumps(raw).encode())]


def test_what_is_written_is_read_back_whole() -> None:
    assert _read(document([WHOLE])) == [
        replace(WHOLE, organization=replace(WHOLE.organization, description="River League"))
    ]


def test_every_required_field_is_there_and_every_id_is_a_uuid() -> None:
    service = document([WHOLE])["contents"][0]
    at = service["service_at_locations"][0]
    objects = {
        "service": service,
        "organization": service["organization"],
        "service_at_location": at,
        "location": at["location"],
        "schedule": at["schedules"][0],
        "capacity": service["capacities"][0],
        "unit": service["capacities"][0]["unit"],
        "address": at["location"]["addresses"][0],
    }
    missing = {name: REQUIRED[name] - set(found) for name, found in objects.items()}
    assert not any(missing.values()), missing
    assert all(UUID(found["id"]) for found in objects.values())


def test_an_address_without_its_required_parts_is_left_out_whole() -> None:
    place = replace(WHOLE.places[0], city="")
    location = document([replace(WHOLE, places=(place,))])["contents"][0]["service_at_locations"][0][
        "location"
    ]
    assert "addresses" not in location
    assert location["description"] == "1 Oak Street"


def test_the_same_directory_is_written_alike_twice() -> None:
    assert document([WHOLE]) == document([WHOLE])


@given(
    st.builds(
        replace,
        st.just(WHOLE),
        name=st.text(min_size=1).map(str.strip).filter(bool),
        description=st.text().map(str.strip),
        minimum_age=st.none() | st.integers(0, 25),
        cost=st.none() | st.integers(0, 10**6).map(lambda cents: cents / 100),
        status=st.sampled_from(["active", "inactive", "defunct", "temporarily closed"]),
        capacities=st.just(()),
        places=st.just(()),
    )
)
def test_whatever_is_said_of_a_service_is_read_back(service: Service) -> None:
    read_back = _read(document([service]))
    assert read_back == [
        replace(service, organization=replace(service.organization, description="River League"))
    ]


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"id": None}, "id"),
        ({"id": "17"}, "id"),
        ({"name": ""}, "name"),
        ({"name": 5}, "name"),
        ({"status": "open"}, "status"),
        ({"organization": None}, "organization"),
        ({"organization": {"name": "x"}}, "organization.id"),
        ({"minimum_age": "twelve"}, "minimum_age"),
        ({"minimum_age": 900}, "minimum_age"),
        ({"languages": "en"}, "languages"),
        ({"capacities": [{"available": 3}]}, "capacities"),
        ({"service_at_locations": [{"id": "x"}]}, "service_at_locations"),
    ],
)
def test_a_bad_service_names_its_field_and_the_others_are_read(changed: dict[str, Any], field: str) -> None:
    good = document([WHOLE])["contents"][0]
    bad, fine = _read([{**good, **changed}, good])
    assert isinstance(bad, BadService)
    assert bad.field == field
    assert isinstance(fine, Service)


@pytest.mark.parametrize("content", [b"", b"a,b\n1,2", b"\xff\xfe", b"17", b'"text"', b"[" * 100_000])
def test_what_is_no_directory_is_refused(content: bytes) -> None:
    with pytest.raises(BadDirectory):
        list(read(content))


def test_one_service_and_a_bare_list_are_read_too() -> None:
    one = document([WHOLE])["contents"][0]
    assert _read(one) == _read([one]) == _read({"contents": [one]})
