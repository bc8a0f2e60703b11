"""A lost audit anchor, as somebody at the site meets it: a plain 503, and nothing done."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from django.test import Client, TestCase

from schoolward.platform.access.models import Account, Agency, Membership
from schoolward.platform.access.roles import Role
from schoolward.platform.audit import anchor
from schoolward.platform.audit.models import Event

pytestmark = pytest.mark.django_db
EMAIL, PASSWORD = "ana@district.example", "invented-Pass-2012"


@pytest.fixture
def visitor(at: datetime) -> Client:
    """Somebody who is signed in, at a site whose audit has lost its anchor since."""
    account = Account.objects.create_user(EMAIL, PASSWORD, name="Ana")
    agency = Agency.objects.create(key="district", name="District", kind="district", created_at=at)
    Membership.objects.create(
        account=account,
        agency=agency,
        role=Role.CAMPUS_MONITOR,
        all_sites=True,
        valid_from=date(2010, 9, 1),
    )
    client = Client(raise_request_exception=False)
    with TestCase.captureOnCommitCallbacks(execute=True):
        client.force_login(account)
    anchor.path().unlink()
    return client


def test_nobody_signs_in(visitor: Client) -> None:
    events = Event.objects.count()
    stranger = Client(raise_request_exception=False)
    assert stranger.get("/accounts/login/").status_code == 200
    for password in (PASSWORD, "a wrong one"):
        told = stranger.post("/accounts/login/", {"login": EMAIL, "password": password})
        assert told.status_code == 503
        assert "schoolward doctor" in told.content.decode()
        assert str(anchor.path()) not in told.content.decode()
        assert "sessionid" not in told.cookies
    assert Event.objects.count() == events
    assert not anchor.path().exists()


def test_a_refusal_that_cannot_be_recorded_is_still_no_entry(visitor: Client) -> None:
    assert visitor.get("/audit/").status_code == 503


def test_the_api_says_so_as_a_problem(visitor: Client) -> None:
    told = visitor.get("/api/v1/audit/verify")
    assert (told.status_code, told.headers["Content-Type"]) == (503, "application/problem+json")
    assert str(anchor.path()) not in told.content.decode()


def test_whoever_leaves_is_let_out(visitor: Client) -> None:
    assert visitor.post("/accounts/logout/").status_code == 302
    assert "_auth_user_id" not in visitor.session


def test_a_supervisor_does_not_restart_the_server_for_it(visitor: Client) -> None:
    assert visitor.get("/healthz").status_code == 200
    assert visitor.get("/readyz").status_code == 200
