"""Which accounts may be told of a site's alarms."""

from __future__ import annotations

from datetime import datetime

from schoolward.domains.alarms.actions.refusals import MemberUnknown
from schoolward.platform.access.models import Account
from schoolward.platform.access.permissions import may
from schoolward.platform.access.queries import live_memberships, viewer_for


def sees_alarms_at(account: Account, campus_id: int | None, *, at: datetime) -> bool:
    """Whether the account acts through a membership that sees the alarms of the campus at this moment."""
    viewers = (viewer_for(membership, at=at) for membership in live_memberships(account, at))
    return any(
        may(viewer, "alarms.view") and (viewer.campus_ids is None or campus_id in viewer.campus_ids)
        for viewer in viewers
    )


def member_called(email: str, campus_id: int, *, at: datetime) -> Account | None:
    """The account of this address; ``None`` for no address. Raises ``MemberUnknown``."""
    wanted = email.strip().lower()
    if not wanted:
        return None
    account = Account.objects.filter(email=wanted).first()
    if account is None or not sees_alarms_at(account, campus_id, at=at):
        # One answer for both: whoever keeps call lists need not learn who has an account.
        raise MemberUnknown
    return account
