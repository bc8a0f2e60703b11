"""Opening, changing and closing accounts: each on the record, none on one's own account."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db import OperationalError, connection

from schoolward.domains.people.actions import keep_contact
from schoolward.domains.people.queries import memberships_to_review, people
from schoolward.platform.access import actions, tokens
from schoolward.platform.access.models import Account, Agency, ApiToken, Membership
from schoolward.platform.access.permissions import AccessDenied
from schoolward.platform.access.policy import readable
from schoolward.platform.access.queries import live_memberships, viewer_for
from schoolward.platform.access.roles import Role
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.audit.models import Event

pytestmark = pytest.mark.django_db


@pytest.fixture
def district(at: datetime) -> Agency:
    return Agency.objects.create(key="district", name="District", kind="district", created_at=at)


def join(district: Agency, by: Viewer, email: str, role: str) -> Membership:
    account = actions.open_account(email=email, name=email, by=by, at=by.at)
    return actions.add_membership(
        account=account,
        agency=district,
        role=role,
        all_sites=True,
        campus_ids=[],
        valid_from=date(2012, 7, 1),
        valid_to=None,
        title="",
        by=by,
        at=by.at,
    )


@pytest.fixture
def administrator(district: Agency, by: Viewer, at: datetime) -> Viewer:
    return viewer_for(join(district, by, "admin@example.org", Role.ADMINISTRATOR), at=at)


def test_each_step_is_one_event(district: Agency, administrator: Viewer, at: datetime) -> None:
    before = Event.objects.count()
    membership = join(district, administrator, "Ana@Example.org ", Role.LEAD)
    account = membership.account
    assert account.email == "ana@example.org"
    assert not account.has_usable_password()
    actions.confirm_membership(membership=membership, by=administrator, at=at)
    actions.reset_second_factor(account=account, by=administrator, at=at)
    actions.end_membership(membership=membership, reason="moved away", by=administrator, at=at)
    actions.close_account(account=account, reason="moved away", by=administrator, at=at)
    actions.reopen_account(account=account, by=administrator, at=at)
    done = list(Event.objects.order_by("sequence").values_list("action", flat=True)[before:])
    assert done == [
        "access.account_opened",
        "access.membership_added",
        "access.membership_confirmed",
        "access.second_factor_reset",
        "access.membership_ended",
        "access.account_closed",
        "access.account_reopened",
    ]
    assert live_memberships(account, at) == [], "what was ended stays ended"


def test_an_address_is_taken_in_every_spelling(district: Agency, by: Viewer, at: datetime) -> None:
    actions.open_account(email="ana@example.org", name="Ana", by=by, at=at)
    with pytest.raises(actions.AccountExists):
        actions.open_account(email=" ANA@example.ORG", name="Ana", by=by, at=at)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"role": Role.SCHOOL_RESOURCE_OFFICER}, "no role of an agency"),
        ({"all_sites": False}, "either all sites or"),
        ({"valid_to": date(2012, 6, 30)}, "before the first"),
    ],
)
def test_what_does_not_go_together_is_refused_whole(
    district: Agency, by: Viewer, at: datetime, change: dict[str, object], words: str
) -> None:
    account = actions.open_account(email="ana@example.org", name="Ana", by=by, at=at)
    asked = {
        "account": account,
        "agency": district,
        "role": Role.LEAD,
        "all_sites": True,
        "campus_ids": [],
        "valid_from": date(2012, 7, 1),
        "valid_to": None,
        "title": "",
    }
    with pytest.raises(actions.UnfitMembership, match=words):
        actions.add_membership(**{**asked, **change}, by=by, at=at)
    assert not Membership.objects.exists()


def test_nobody_changes_their_own_access(administrator: Viewer, district: Agency, at: datetime) -> None:
    own = Account.objects.get(pk=administrator.account_id)
    membership = own.memberships.get()
    for attempt in (
        lambda: actions.close_account(account=own, reason="x", by=administrator, at=at),
        lambda: actions.reset_second_factor(account=own, by=administrator, at=at),
        lambda: actions.end_membership(membership=membership, reason="x", by=administrator, at=at),
        lambda: actions.confirm_membership(membership=membership, by=administrator, at=at),
        lambda: actions.invite_again(account=own, by=administrator, at=at),
    ):
        with pytest.raises(actions.OwnAccount):
            attempt()


@pytest.mark.parametrize("role", [role for role in Role.values if role not in ("administrator", "system")])
def test_other_roles_administer_nothing(
    district: Agency, by: Viewer, at: datetime, viewer: Callable[..., Viewer], role: str
) -> None:
    account = join(district, by, "ana@example.org", Role.LEAD).account
    before = Event.objects.count()
    looking = dataclasses.replace(viewer(role), account_id=account.pk + 1)
    for attempt in (
        lambda: actions.open_account(email="b@example.org", name="B", by=looking, at=at),
        lambda: actions.close_account(account=account, reason="x", by=looking, at=at),
        lambda: actions.end_sessions(account=account, by=looking, at=at),
    ):
        with pytest.raises(AccessDenied):
            attempt()
    assert Event.objects.count() == before


def test_the_technical_administration_goes_with_the_role(
    district: Agency, administrator: Viewer, at: datetime
) -> None:
    membership = join(district, administrator, "second@example.org", Role.ADMINISTRATOR)
    assert Account.objects.get(pk=membership.account_id).is_staff
    actions.end_membership(membership=membership, reason="left", by=administrator, at=at)
    assert not Account.objects.get(pk=membership.account_id).is_staff


def test_tokens_end_with_their_membership(district: Agency, administrator: Viewer, at: datetime) -> None:
    membership = join(district, administrator, "ana@example.org", Role.LEAD)
    owner = viewer_for(membership, at=at)
    _token, secret = tokens.issue(
        membership=membership,
        name="script",
        scopes=["measures.view"],
        expires_at=at + timedelta(days=30),
        by=owner,
        at=at,
    )
    seen = tokens.viewer_of_token(secret, at=at)
    assert seen is not None
    assert (seen.role, seen.scopes) == (Role.LEAD, frozenset({"measures.view"}))
    assert tokens.viewer_of_token(secret, at=at + timedelta(days=31)) is None
    assert tokens.viewer_of_token("swt_guess", at=at) is None
    actions.end_membership(membership=membership, reason="left", by=administrator, at=at)
    assert tokens.viewer_of_token(secret, at=at) is None
    assert ApiToken.objects.get().revoked_at == at


def test_a_call_does_not_fail_because_its_tokens_use_cannot_be_noted(
    district: Agency, administrator: Viewer, at: datetime
) -> None:
    membership = join(district, administrator, "ana@example.org", Role.LEAD)
    token, secret = tokens.issue(
        membership=membership,
        name="script",
        scopes=["measures.view"],
        expires_at=at + timedelta(days=30),
        by=viewer_for(membership, at=at),
        at=at,
    )

    def locked(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if sql.startswith("UPDATE"):
            raise OperationalError("database is locked")
        return execute(sql, params, many, context)

    with connection.execute_wrapper(locked):
        assert tokens.viewer_of_token(secret, at=at) is not None
    token.refresh_from_db()
    assert token.last_used_at is None
    assert tokens.viewer_of_token(secret, at=at) is not None
    token.refresh_from_db()
    assert token.last_used_at == at


def test_nobody_makes_a_token_of_another_membership(
    district: Agency, administrator: Viewer, at: datetime
) -> None:
    other = join(district, administrator, "ana@example.org", Role.LEAD)
    with pytest.raises(AccessDenied):
        tokens.issue(
            membership=other,
            name="x",
            scopes=["measures.view"],
            expires_at=at + timedelta(days=1),
            by=administrator,
            at=at,
        )


def test_a_membership_comes_back_for_review_after_half_a_year(
    district: Agency, administrator: Viewer, at: datetime
) -> None:
    membership = join(district, administrator, "ana@example.org", Role.LEAD)
    assert membership not in memberships_to_review(at)
    later = at + timedelta(days=181)
    assert membership in memberships_to_review(later)
    actions.confirm_membership(membership=membership, by=administrator, at=later)
    assert membership not in memberships_to_review(later)


def test_a_partner_reads_less_of_a_card(
    district: Agency, by: Viewer, at: datetime, viewer: Callable[..., Viewer]
) -> None:
    keep_contact(
        person=None,
        agency=district,
        name="Ana",
        position="Lead",
        phone="1",
        email="A@example.org",
        active=True,
        by=by,
        at=at,
    )
    (card,) = people(viewer(Role.PROVIDER))
    assert readable(card, "phone", viewer(Role.PROVIDER))
    assert not readable(card, "email", viewer(Role.PROVIDER))
    (card,) = people(viewer(Role.LEAD))
    assert readable(card, "email", viewer(Role.LEAD))
