"""Agencies with people, a provider, and one program of each kind that the tests speak of."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, time

import pytest
from django.test import Client

from schoolward.domains.places.models import Campus
from schoolward.domains.programs import actions
from schoolward.domains.programs.models import Offering, Program, Provider, Session
from schoolward.platform.access.models import Account, Agency, Membership
from schoolward.platform.access.queries import viewer_for
from schoolward.platform.access.viewer import Viewer

THEN = datetime(2010, 9, 1, tzinfo=UTC)


@pytest.fixture
def membership(db: None) -> Callable[..., Membership]:
    """A person with an account in a role at an agency: ``membership("provider", "community")``."""

    def make(role: str, agency: str = "district", campuses: list[Campus] | None = None) -> Membership:
        found, _made = Agency.objects.get_or_create(
            key=agency, defaults={"name": agency.title(), "kind": agency, "created_at": THEN}
        )
        account, _made = Account.objects.get_or_create(
            email=f"{role}.{agency}@example.org", defaults={"name": f"The {role}", "created_at": THEN}
        )
        made = Membership.objects.get_or_create(
            account=account,
            agency=found,
            role=role,
            all_sites=campuses is None,
            valid_from=date(2010, 9, 1),
        )[0]
        made.campuses.set(campuses or [])
        return made

    return make


@pytest.fixture
def person(membership: Callable[..., Membership], at: datetime) -> Callable[..., Viewer]:
    """A viewer with an account of its own."""

    def make(role: str, agency: str = "district", campuses: list[Campus] | None = None) -> Viewer:
        return viewer_for(membership(role, agency, campuses), at=at)

    return make


@pytest.fixture
def client_of(membership: Callable[..., Membership]) -> Callable[..., Client]:
    """A signed-in browser of a person in a role at an agency."""

    def make(role: str, agency: str = "district", campuses: list[Campus] | None = None) -> Client:
        client = Client()
        client.force_login(
            membership(role, agency, campuses).account,
            backend="allauth.account.auth_backends.AuthenticationBackend",
        )
        return client

    return make


@pytest.fixture
def campus(db: None) -> Campus:
    """A site."""
    return Campus.objects.create(
        name="Oak High", slug="oak-high", address="1 Oak Street", address_key="1 oak st"
    )


@pytest.fixture
def league(membership: Callable[..., Membership], by: Viewer, at: datetime) -> Provider:
    """A provider that belongs to the community's agency."""
    agency = membership("provider", "community").agency
    return actions.add_provider(name="The League", agency_id=agency.pk, by=by, at=at)


@pytest.fixture
def program(league: Provider, by: Viewer, at: datetime) -> Callable[..., Program]:
    """A program of a kind."""

    def make(kind: str, title: str = "", **fields: object) -> Program:
        return actions.add_program(
            title=title or f"A {kind}",
            kind=kind,
            provider_id=league.pk,
            starts_on=date(2011, 9, 1),
            by=by,
            at=at,
            **fields,
        )

    return make


@pytest.fixture
def offering(
    program: Callable[..., Program], campus: Campus, by: Viewer, at: datetime
) -> Callable[..., Offering]:
    """An offering of a kind of program in the fall of 2012, with 12 registered where the kind has seats."""

    def make(kind: str = "curriculum", registered: int | None = 12, **fields: object) -> Offering:
        terms: dict[str, object] = {
            "starts_on": date(2012, 8, 27),
            "ends_on": date(2012, 12, 14),
            "campus_id": campus.pk,
            "days": "MO,WE",
            "begins": time(9),
            "ends": time(9, 50),
        }
        made = actions.open_offering(
            program_id=program(kind, **fields).pk,
            by=by,
            at=at,
            **terms,  # type: ignore[arg-type]
            **({} if kind == "event" else {"seats": 20}),  # type: ignore[arg-type]
        )
        if kind != "event" and registered is not None:
            actions.change_offering(offering_id=made.pk, changes={"registered": registered}, by=by, at=at)
            made.refresh_from_db()
        return made

    return make


@pytest.fixture
def session(offering: Callable[..., Offering], by: Viewer, at: datetime) -> Callable[..., Session]:
    """A session of the day before, planned for 50 minutes."""

    def make(kind: str = "curriculum", on: date = date(2012, 9, 5), **fields: object) -> Session:
        return actions.plan_session(offering_id=offering(kind, **fields).pk, on=on, minutes=50, by=by, at=at)

    return make
