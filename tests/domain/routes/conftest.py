"""Sites, people in roles, and a barrier that can be taken as far as wanted."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.test import Client

from schoolward.domains.places.models import Campus
from schoolward.domains.routes import actions
from schoolward.domains.routes.models import Barrier, Crossing, WalkingBus
from schoolward.platform.access.models import Account, Agency, Membership
from schoolward.platform.access.queries import viewer_for
from schoolward.platform.access.viewer import Viewer

THEN = datetime(2010, 9, 1, tzinfo=UTC)
Person = Callable[..., Viewer]


@pytest.fixture
def oak(db: None) -> Campus:
    """A site."""
    return Campus.objects.create(
        name="Oak", slug="oak", address="1 Oak St", address_key="1 OAK ST", longitude=-121.47, latitude=38.53
    )


@pytest.fixture
def elm(db: None) -> Campus:
    """Another site."""
    return Campus.objects.create(name="Elm", slug="elm", address="1 Elm St", address_key="1 ELM ST")


@pytest.fixture
def membership(db: None) -> Callable[..., Membership]:
    """A person with an account in a role: ``membership("safe_routes")``, at some sites only with them."""

    def make(role: str, sites: list[Campus] | None = None) -> Membership:
        kind = "city" if role == "safe_routes" else "district"
        agency, _made = Agency.objects.get_or_create(
            key=kind, defaults={"name": kind.title(), "kind": kind, "created_at": THEN}
        )
        account, _made = Account.objects.get_or_create(
            email=f"{role}@example.org",
            defaults={"name": f"The {role}", "is_demonstration": True, "created_at": THEN},
        )
        made, _new = Membership.objects.get_or_create(
            account=account,
            agency=agency,
            role=role,
            all_sites=sites is None,
            valid_from=date(2010, 9, 1),
        )
        made.campuses.set(sites or [])
        return made

    return make


@pytest.fixture
def person(membership: Callable[..., Membership], at: datetime) -> Person:
    """A viewer with an account of its own."""

    def make(role: str, sites: list[Campus] | None = None) -> Viewer:
        return viewer_for(membership(role, sites), at=at)

    return make


@pytest.fixture
def client_of(membership: Callable[..., Membership]) -> Callable[..., Client]:
    """A signed-in browser of a person in a role."""

    def make(role: str, sites: list[Campus] | None = None) -> Client:
        client = Client()
        client.force_login(
            membership(role, sites).account, backend="allauth.account.auth_backends.AuthenticationBackend"
        )
        return client

    return make


@pytest.fixture
def tally(oak: Campus, person: Person, at: datetime) -> Callable[..., Any]:
    """Keep a tally of Room 1 on a Tuesday, with whatever is given otherwise."""

    def keep(**given: Any) -> Any:
        told: dict[str, Any] = {
            "campus_id": oak.pk,
            "class_label": "Room 1",
            "grade": "3",
            "enrolled": 24,
            "day": date(2012, 5, 8),
            "direction": "arrival",
            "weather": "sunny",
            "counts": {"walk": 8, "family_vehicle": 14},
            "by": person("safe_routes"),
            "at": at,
        }
        return actions.keep_tally(**(told | given))

    return keep


@pytest.fixture
def barrier(oak: Campus, person: Person, at: datetime) -> Callable[..., Barrier]:
    """Report a barrier at Oak, with whatever is given otherwise."""

    def report(**given: Any) -> Barrier:
        told: dict[str, Any] = {
            "campus_id": oak.pk,
            "kind": "crossing",
            "title": "No crosswalk at the library",
            "place": "Oak Street and First Avenue",
            "longitude": -121.471,
            "latitude": 38.531,
            "owner": "city",
            "severity": "high",
            "by": person("safe_routes"),
            "at": at,
        }
        return actions.report_barrier(**(told | given))

    return report


@pytest.fixture
def crossing(oak: Campus, person: Person, at: datetime) -> Crossing:
    """An uncontrolled crossing of two lanes at Oak."""
    return actions.keep_crossing(
        campus_id=oak.pk,
        reference="X-1",
        values={
            "place": "Oak Street and First Avenue",
            "longitude": -121.471,
            "latitude": 38.531,
            "control": "none",
            "lanes": 2,
            "divided": False,
            "width_ft": 35.0,
            "has_refuge": False,
            "rural": False,
            "speed_85_mph": 30.0,
            "controlled_within_ft": None,
        },
        by=person("safe_routes"),
        at=at,
    )


@pytest.fixture
def bus(oak: Campus, person: Person, at: datetime) -> WalkingBus:
    """A bus that walks to Oak on school days, twelve pupils at most, six for a leader."""
    return actions.keep_bus(
        campus_id=oak.pk,
        name="Oak, north",
        capacity=12,
        pupils_per_leader=6,
        valid_from=date(2012, 8, 27),
        by=person("safe_routes"),
        at=at,
    )
