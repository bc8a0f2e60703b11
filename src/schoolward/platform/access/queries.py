"""Reads about who acts: the viewer behind an account and its memberships."""

from __future__ import annotations

from datetime import datetime

from schoolward.platform.access.models import Account, Agency, AgencyKind, Membership
from schoolward.platform.access.purposes import Purpose
from schoolward.platform.access.viewer import Viewer

DEFAULT_PURPOSE = Purpose.SCHOOL_SAFETY.value


def live_memberships(account: Account, at: datetime) -> list[Membership]:
    """The account's memberships that hold now, in a stable order."""
    if not account.is_active:
        return []
    return list(account.memberships.live(at).select_related("agency").order_by("pk"))


def viewer_for(
    membership: Membership,
    *,
    at: datetime,
    purpose: str = DEFAULT_PURPOSE,
    scopes: frozenset[str] | None = None,
) -> Viewer:
    """The viewer that an account is when it acts through this membership."""
    campus_ids = None if membership.all_sites else frozenset(membership.campuses.values_list("pk", flat=True))
    return Viewer(
        account_id=membership.account_id,
        account_name=membership.account.name,
        membership_id=membership.pk,
        agency_id=membership.agency_id,
        agency_kind=membership.agency.kind,
        role=membership.role,
        campus_ids=campus_ids,
        purpose=purpose,
        at=at,
        scopes=scopes,
    )


def home_district() -> str:
    """The name of the school district that the installation belongs to: the first that was founded."""
    found = Agency.objects.filter(kind=AgencyKind.DISTRICT).order_by("created_at", "pk").first()
    return found.name if found else ""
