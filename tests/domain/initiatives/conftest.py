"""People, an initiative under way and a body that meets."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest
from django.test import Client

from schoolward.domains.initiatives import actions
from schoolward.domains.initiatives.models import Initiative, Kind
from schoolward.platform.access.models import Account, Agency, AgencyKind, Membership
from schoolward.platform.access.queries import viewer_for
from schoolward.platform.access.viewer import Viewer


@pytest.fixture
def membership(db: None) -> Callable[[str], Membership]:
    """A person with an account in a role."""

    def make(role: str) -> Membership:
        then = datetime(2010, 9, 1, tzinfo=UTC)
        agency, _made = Agency.objects.get_or_create(
            key="district", defaults={"name": "District", "kind": AgencyKind.DISTRICT, "created_at": then}
        )
        account, _made = Account.objects.get_or_create(
            email=f"{role}@example.org",
            defaults={"name": f"The {role}", "is_demonstration": True, "created_at": then},
        )
        return Membership.objects.get_or_create(
            account=account, agency=agency, role=role, all_sites=True, valid_from=date(2010, 9, 1)
        )[0]

    return make


@pytest.fixture
def person(membership: Callable[[str], Membership], at: datetime) -> Callable[[str], Viewer]:
    """A viewer with an account of its own."""
    return lambda role: viewer_for(membership(role), at=at)


@pytest.fixture
def client_of(membership: Callable[[str], Membership]) -> Callable[[str], Client]:
    """A signed-in browser of a person in a role."""

    def make(role: str) -> Client:
        client = Client()
        client.force_login(
            membership(role).account, backend="allauth.account.auth_backends.AuthenticationBackend"
        )
        return client

    return make


@pytest.fixture
def cameras(db: None, by: Viewer, at: datetime) -> Initiative:
    """An initiative under way since March 2011, due at the end of 2012."""
    return actions.open_initiative(
        key="cameras",
        title="Camera repair",
        owner_role="facilities",
        start=date(2011, 3, 1),
        due=date(2012, 12, 21),
        by=by,
        at=at,
    )


@pytest.fixture
def team(db: None, by: Viewer, at: datetime) -> Initiative:
    """A body that meets every two weeks."""
    return actions.open_initiative(
        key="team",
        title="Project team",
        kind=Kind.BODY,
        owner_role="lead",
        cadence="Every two weeks",
        meets_every_days=14,
        start=date(2010, 10, 5),
        by=by,
        at=at,
    )
