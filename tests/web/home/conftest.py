"""A small district to look at, and a browser of any role."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime
from typing import Any

import pytest
from django.conf import LazySettings
from django.test import Client

from schoolward.domains.incidents import examples
from schoolward.platform.access.models import Account, Agency, Membership
from schoolward.platform.measures import registry
from schoolward.platform.measures.examples import parse
from schoolward.platform.measures.registry import Measure

ClientOf = Callable[..., Client]


@pytest.fixture(autouse=True)
def _the_day(settings: LazySettings) -> None:
    """Pages reckon from the demonstration's day, half past seven."""
    settings.DEMO = True


@pytest.fixture
def client_of(db: None, at: datetime) -> ClientOf:
    """Sign in as a role: ``client_of("lead")``, ``client_of("site_lead", campuses=[campus])``."""

    def sign_in(role: str, *, campuses: list[Any] | None = None, agency_kind: str = "district") -> Client:
        agency, _made = Agency.objects.get_or_create(
            key=agency_kind, defaults={"name": agency_kind, "kind": agency_kind, "created_at": at}
        )
        number = Account.objects.count()
        account = Account.objects.create_user(f"{role}-{number}@example.org", name=f"Test {role}")
        membership = Membership.objects.create(
            account=account,
            agency=agency,
            role=role,
            valid_from=date(2010, 9, 1),
            all_sites=campuses is None,
        )
        membership.campuses.set(campuses or [])
        client = Client()
        client.force_login(account, backend="allauth.account.auth_backends.AuthenticationBackend")
        return client

    return sign_in


@pytest.fixture
def records(db: None) -> dict[str, Any]:
    """Two schools and seven incidents, by the labels of the incidents' worked example."""
    return examples.build(parse(examples.ROWS))


@pytest.fixture
def measured() -> Iterator[Callable[[Measure], Measure]]:
    """Register a measure for one test."""
    added: list[str] = []

    def add(measure: Measure) -> Measure:
        registry._measures[measure.key] = measure
        added.append(measure.key)
        return measure

    yield add
    for key in added:
        del registry._measures[key]
