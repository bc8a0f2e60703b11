"""Accounts over HTTP: the list of ``schoolward accounts list``."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from ninja import Router

from schoolward.api.shapes import AccountOut
from schoolward.domains.people.queries import accounts as all_accounts
from schoolward.platform.access.permissions import check
from schoolward.platform.access.queries import live_memberships
from schoolward.platform.access.views import viewer_of

router = Router()


@router.get("", url_name="accounts", response=list[AccountOut])
def accounts(request: HttpRequest) -> list[dict[str, Any]]:
    """Every account with what it may act as today, in order of e-mail address."""
    viewer = viewer_of(request)
    check(viewer, "access.accounts")
    return [
        {
            "email": account.email,
            "name": account.name,
            "active": account.is_active,
            "demonstration": account.is_demonstration,
            "memberships": [str(membership) for membership in live_memberships(account, viewer.at)],
        }
        for account in all_accounts().order_by("email")
    ]
