"""The second factor: roles that reach records of others must use one, and a session must have shown it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from allauth.mfa.signals import authenticator_added, authenticator_used
from django.conf import settings
from django.dispatch import receiver
from django.http import HttpRequest

from schoolward.platform.access.models import Account, Membership
from schoolward.platform.access.roles import DESCRIPTIONS, Role

SHOWN_KEY = "second_factor_of"
# What somebody who still has to enrol may open: enrolling, proving who they are, and leaving.
OPEN_WHILE_ENROLLING: frozenset[str] = frozenset(
    {
        "mfa_activate_totp",
        "mfa_generate_recovery_codes",
        "mfa_view_recovery_codes",
        "mfa_download_recovery_codes",
        "account_reauthenticate",
        "account_logout",
        "account_login",
    }
)


def must_use(account: Account, memberships: Iterable[Membership]) -> bool:
    """Whether any role of the account demands a second factor here.

    Demonstration accounts, whose password is printed on the terminal, are exempt while the
    installation says that it is a demonstration (``SCHOOLWARD_DEMO=1``), and locked out otherwise.
    """
    if not settings.SECOND_FACTOR_REQUIRED or (account.is_demonstration and settings.DEMO):
        return False
    return account.is_staff or any(
        DESCRIPTIONS[Role(membership.role)].must_use_second_factor for membership in memberships
    )


def was_shown(request: HttpRequest) -> bool:
    """Whether this session has shown the second factor of the very account that it belongs to."""
    return bool(request.session.get(SHOWN_KEY) == request.user.pk)


@receiver(authenticator_added)
@receiver(authenticator_used)
def note(sender: Any, request: HttpRequest, user: Account, **kwargs: Any) -> None:
    """A code was right: the session remembers whose."""
    request.session[SHOWN_KEY] = user.pk
