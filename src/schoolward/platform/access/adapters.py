"""How sign-in is bent to the partnership: nobody opens an account for themselves."""

from __future__ import annotations

import time
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from allauth.core import context
from django.conf import settings
from django.http import HttpRequest

PROVEN_SECONDS = 300


class AccountAdapter(DefaultAccountAdapter):
    """Accounts are opened by an administrator's invitation only."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Send a letter, where the installation has a mail server to send it by."""
        if settings.MAIL_IS_SENT:
            super().send_mail(template_prefix, email, context)

    def is_reauthentication_required(self, *, app: str, **asked: Any) -> bool:
        """Whether to ask for the password once more before the second factor is touched.

        Not within five minutes of giving it: who is sent from sign-in to enrolling is not asked twice.
        """
        request = context.request
        given = [entry["at"] for entry in get_authentication_records(request, request.user)]
        return not given or time.time() - max(given) > PROVEN_SECONDS
