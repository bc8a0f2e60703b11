"""A membership holds from its first to its last local day, unless it is revoked or its account closed."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.db import IntegrityError, transaction

from schoolward.platform.access.models import Account, Agency, Membership
from schoolward.platform.access.permissions import AccessDenied, all_permissions, check, declare, may
from schoolward.platform.access.queries import live_memberships, viewer_for
from schoolward.platform.access.roles import DESCRIPTIONS, Role
from schoolward.platform.access.viewer import Viewer

pytestmark = pytest.mark.django_db


@pytest.fixture
def membership(at: datetime) -> Membership:
    agency = Agency.objects.create(key="district", name="District", kind="district", created_at=at)
    account = Account.objects.create_user("lead@example.org", name="Lead", created_at=at)
    return Membership.objects.create(
        account=account,
        agency=agency,
        role=Role.LEAD,
        all_sites=True,
        valid_from=date(2012, 7, 1),
        valid_to=date(2013, 6, 30),
    )


@pytest.mark.parametrize(
    ("moment", "holds"),
    [
        (datetime(2012, 7, 1, 6, 59, tzinfo=UTC), False),  # 23:59 on 30 June in Sacramento
        (datetime(2012, 7, 1, 7, 0, tzinfo=UTC), True),
        (datetime(2013, 7, 1, 6, 59, tzinfo=UTC), True),
        (datetime(2013, 7, 1, 7, 0, tzinfo=UTC), False),
    ],
)
def test_days_are_the_districts_own(membership: Membership, moment: datetime, holds: bool) -> None:
    assert (live_memberships(membership.account, moment) == [membership]) is holds
    assert membership.holds(moment) is holds


def test_a_revoked_membership_holds_no_more(membership: Membership, at: datetime) -> None:
    membership.revoked_at = at
    membership.save()
    assert live_memberships(membership.account, at) == []
    assert not membership.holds(at)


def test_a_closed_account_has_no_membership(membership: Membership, at: datetime) -> None:
    membership.account.is_active = False
    membership.account.save()
    assert live_memberships(membership.account, at) == []
    assert not membership.holds(at)


def test_no_site_is_not_every_site(membership: Membership, at: datetime) -> None:
    assert viewer_for(membership, at=at).campus_ids is None
    membership.all_sites = False
    assert viewer_for(membership, at=at).campus_ids == frozenset()


@pytest.mark.parametrize("fields", [{"role": "king"}, {"valid_to": date(2012, 6, 30)}])
def test_the_database_refuses_what_cannot_be(membership: Membership, fields: dict[str, object]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Membership.objects.filter(pk=membership.pk).update(**fields)


def test_every_role_is_described_with_five_jobs() -> None:
    assert set(DESCRIPTIONS) == set(Role) - {Role.SYSTEM}
    assert {len(description.jobs) for description in DESCRIPTIONS.values()} == {5}
    assert all(description.agency_kinds for description in DESCRIPTIONS.values())


def test_permissions_name_roles_that_exist() -> None:
    for permission in all_permissions():
        assert permission.roles <= set(Role.values), permission.key
        assert str(permission.title)


def test_a_permission_is_denied_unless_the_role_carries_it(at: datetime, membership: Membership) -> None:
    lead = viewer_for(membership, at=at)
    assert not may(lead, "access.accounts")
    with pytest.raises(AccessDenied):
        check(lead, "access.accounts")
    with pytest.raises(KeyError):
        may(lead, "no.such.permission")
    assert not may(Viewer.anonymous(at=at), "access.tokens")
    assert may(lead, "access.tokens")
    narrowed = viewer_for(membership, at=at, scopes=frozenset({"measures.view"}))
    assert may(narrowed, "measures.view")
    assert not may(narrowed, "access.tokens")


def test_a_permission_is_declared_once() -> None:
    with pytest.raises(ValueError, match="declared twice"):
        declare("access.accounts", "again", [Role.LEAD])
