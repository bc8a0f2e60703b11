"""Who acts in the demonstration's story: its accounts, as viewers."""

from __future__ import annotations

from datetime import datetime

from schoolward.platform.access.models import Membership
from schoolward.platform.access.roles import Role
from schoolward.platform.access.viewer import Viewer


def viewer_of(role: Role, at: datetime) -> Viewer:
    """The demonstration's account of a role. Raises ``LookupError`` where it is not there."""
    membership = (
        Membership.objects.filter(account__is_demonstration=True, role=role)
        .select_related("account", "agency")
        .order_by("pk")
        .first()
    )
    if membership is None:
        raise LookupError(f"the demonstration has no account in the role {role}; load people first")
    return Viewer(
        account_id=membership.account_id,
        account_name=membership.account.name,
        membership_id=membership.pk,
        agency_id=membership.agency_id,
        agency_kind=membership.agency.kind,
        role=role,
        # Sites of site roles are set by a later seed; the story needs them at their own.
        campus_ids=None,
        purpose="operation",
        at=at,
    )
