"""Reads about people and their access."""

from __future__ import annotations

from datetime import datetime, timedelta

from allauth.mfa.models import Authenticator
from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from schoolward.domains.people.models import Person, ResponseNumber
from schoolward.platform.access.agencies import agencies
from schoolward.platform.access.models import Account, Agency, ApiToken, Membership
from schoolward.platform.access.policy import visible
from schoolward.platform.access.viewer import Viewer

REVIEW_EVERY = timedelta(days=180)


def people(viewer: Viewer) -> QuerySet[Person]:
    """The contact cards that the viewer may see, by name."""
    return visible(Person.objects.select_related("agency"), viewer).order_by("name")


def response_numbers(viewer: Viewer) -> QuerySet[ResponseNumber]:
    """Whom to call about which ground, as far as the viewer may see it."""
    return visible(ResponseNumber.objects.select_related("agency"), viewer).order_by("serves", "use")


def agencies_with_accounts(at: datetime) -> QuerySet[Agency]:
    """Every agency by name, with how many memberships hold there now as ``people``."""
    held = Membership.objects.live(at).filter(account__is_active=True).values("pk")
    return agencies().annotate(people=Count("memberships", filter=Q(memberships__in=held)))


def accounts() -> QuerySet[Account]:
    """Every account with ``has_second_factor``, by name. For those who administer accounts."""
    factor = Authenticator.objects.filter(user=OuterRef("pk"), type=Authenticator.Type.TOTP)
    return (
        Account.objects.annotate(has_second_factor=Exists(factor))
        .prefetch_related("memberships__agency")
        .order_by("name", "email")
    )


def memberships_of(account: Account) -> QuerySet[Membership]:
    """The account's memberships, past ones too, the newest first."""
    return (
        Membership.objects.filter(account=account)
        .select_related("agency")
        .prefetch_related("campuses")
        .order_by("-valid_from", "-pk")
    )


def memberships_to_review(at: datetime) -> QuerySet[Membership]:
    """Live memberships that nobody has confirmed for half a year, the longest unconfirmed first."""
    return (
        Membership.objects.live(at)
        .filter(account__is_active=True)
        .exclude(reviewed_at__gt=at - REVIEW_EVERY)
        .select_related("account", "agency")
        .order_by("reviewed_at", "account__name")
    )


def tokens_of(viewer: Viewer) -> QuerySet[ApiToken]:
    """The tokens of the viewer's account, the newest first."""
    return ApiToken.objects.filter(membership__account_id=viewer.account_id or 0).select_related(
        "membership__agency"
    )
