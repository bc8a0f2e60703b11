"""Callers of the API: accounts of the district, by role."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

import pytest
from django.test import Client
from tests.cli.conftest import schoolward

from schoolward.platform.access.models import Account, Agency, Membership

__all__ = ["client_of", "schoolward"]


@pytest.fixture
def client_of(db: None, at: datetime) -> Callable[[str], Client]:
    """Sign somebody of a role in: ``client_of("lead")``."""

    def sign_in(role: str) -> Client:
        agency, _made = Agency.objects.get_or_create(
            key="district", defaults={"name": "District", "kind": "district", "created_at": at}
        )
        account = Account.objects.create_user(f"{role}@example.org", None, name=role)
        Membership.objects.create(
            account=account, agency=agency, role=role, all_sites=True, valid_from=date(2010, 9, 1)
        )
        client = Client(raise_request_exception=False)
        client.force_login(account)
        return client

    return sign_in
