"""Everybody who may call: a person of each role, and those who must stay outside. Fixtures of modules."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from http.cookies import SimpleCookie
from typing import Any

import pytest
from django.conf import LazySettings
from django.core.cache import cache
from django.test import Client
from pytest_django import DjangoDbBlocker
from tests.conftest import NOW

from schoolward.platform.access.models import Account, Agency, Membership
from schoolward.platform.access.roles import DESCRIPTIONS, HUMAN_ROLES, Role

ANONYMOUS = "anonymous"
REVOKED = "lead whose membership was revoked"
EXPIRED = "lead whose membership has run out"
NOT_YET = "lead whose membership has not begun"
CLOSED = "lead whose account was closed"
STRANGER = "account without any membership"
OUTSIDERS = (REVOKED, EXPIRED, NOT_YET, STRANGER)


@pytest.fixture(autouse=True)
def _no_rate_limits(settings: LazySettings) -> Iterator[None]:
    settings.ACCOUNT_RATE_LIMITS = False
    cache.clear()
    yield
    cache.clear()


@pytest.fixture(scope="module")
def everybody(shared_rows: None, django_db_blocker: DjangoDbBlocker) -> dict[str, Client]:
    """A client a role, and the outsiders; signed in once for all tests of a module."""
    with django_db_blocker.unblock():
        return _everybody(at=NOW)


def _everybody(at: datetime) -> dict[str, Client]:
    agencies = {
        kind: Agency.objects.create(key=kind, name=kind, kind=kind, created_at=at)
        for kind in ("district", "police", "city", "community", "charter", "county")
    }
    clients = {ANONYMOUS: Client(raise_request_exception=False)}

    def client(name: str, **account: Any) -> tuple[Account, Client]:
        made = Account.objects.create_user(f"{len(clients)}@example.org", None, name=name, **account)
        clients[name] = Client(raise_request_exception=False)
        # One handler for all: each would build the whole middleware chain anew.
        clients[name].handler = clients[ANONYMOUS].handler
        clients[name].force_login(made)
        return made, clients[name]

    begun = date(2010, 9, 1)
    for role in HUMAN_ROLES:
        account, _client = client(
            role, is_staff=role == Role.ADMINISTRATOR, is_superuser=role == Role.ADMINISTRATOR
        )
        agency = agencies[DESCRIPTIONS[role].agency_kinds[0]]
        Membership.objects.create(account=account, agency=agency, role=role, all_sites=True, valid_from=begun)
    for name, fields in {
        REVOKED: {"valid_from": begun, "revoked_at": at},
        EXPIRED: {"valid_from": begun, "valid_to": date(2011, 6, 30)},
        NOT_YET: {"valid_from": date(2999, 1, 1)},
        CLOSED: {"valid_from": begun},
    }.items():
        account, _client = client(name)
        Membership.objects.create(
            account=account, agency=agencies["district"], role=Role.LEAD, all_sites=True, **fields
        )
        if name == CLOSED:
            Account.objects.filter(pk=account.pk).update(is_active=False)
    client(STRANGER)
    return clients


@pytest.fixture
def actors(everybody: dict[str, Client], db: None) -> Iterator[dict[str, Client]]:
    """Everybody, with nothing done yet: the session that a test ends is there again for the next."""
    cookies = {name: client.cookies.copy() for name, client in everybody.items()}
    yield everybody
    for name, client in everybody.items():
        client.cookies = SimpleCookie(cookies[name])
