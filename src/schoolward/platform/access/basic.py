"""HTTP Basic for devices that know no other way: the account's address, and a token as the password.

A token is worth its membership, so it travels over TLS alone, or within one machine. Wrong tries are counted
by django-axes, apart from those at the sign-in page: a phone with an old token must not lock its owner out.
"""

from __future__ import annotations

import base64
import binascii
from datetime import datetime
from ipaddress import ip_address

from axes.handlers.proxy import AxesProxyHandler
from django.contrib.auth.signals import user_login_failed
from django.http import HttpRequest

from schoolward.platform.access.models import Account
from schoolward.platform.access.tokens import viewer_of_token
from schoolward.platform.access.viewer import Viewer

CHALLENGE = 'Basic realm="Schoolward", charset="UTF-8"'
_LONGEST = 1000


class NotSecure(Exception):
    """The request came in the clear, from another machine."""


class TooManyTries(Exception):
    """Wrong tokens came too often; the address waits."""


def viewer_by_basic(request: HttpRequest, *, at: datetime) -> Viewer | None:
    """The viewer that address and token stand for; ``None`` where there are none, or they do not hold.

    Raises ``NotSecure`` before anything is read, and ``TooManyTries`` while the address is locked.
    """
    if not request.is_secure() and not _is_this_machine(request):
        raise NotSecure
    given = _given(request)
    if given is None:
        return None
    address, token = given
    counted = {"username": f"device of {address.strip().lower()}"}
    if not AxesProxyHandler.is_allowed(request, counted):
        raise TooManyTries
    viewer = viewer_of_token(token.strip(), at=at)
    if viewer is not None and _is_address_of(viewer, address):
        return viewer
    user_login_failed.send(sender=__name__, credentials=counted, request=request)
    return None


def _given(request: HttpRequest) -> tuple[str, str] | None:
    scheme, _blank, told = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != "basic" or len(told) > _LONGEST:
        return None
    try:
        address, colon, token = base64.b64decode(told.strip(), validate=True).decode("utf-8").partition(":")
    except (binascii.Error, UnicodeDecodeError):
        return None
    return (address, token) if colon else None


def _is_address_of(viewer: Viewer, address: str) -> bool:
    held = Account.objects.filter(email__iexact=address.strip(), is_active=True)
    return viewer.account_id is not None and held.filter(pk=viewer.account_id).exists()


def _is_this_machine(request: HttpRequest) -> bool:
    """Whether nobody but this machine sees the request: a proxy before us would have passed it on."""
    if "X-Forwarded-For" in request.headers or "Forwarded" in request.headers:
        return False
    try:
        return ip_address(request.META.get("REMOTE_ADDR", "")).is_loopback
    except ValueError:
        return False
