"""How long a session lasts: it ends when it lies idle, when it is old, and when an administrator says so."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.signals import user_logged_in
from django.dispatch import receiver
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

BEGAN_KEY = "session_began"
SEEN_KEY = "session_seen"
NOTE_EVERY = timedelta(minutes=1)  # a session row is not rewritten for every picture of a page


class SessionLimits:
    """Signs out a session that has passed a limit; the request goes on as nobody's."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            at = timezone.now()
            if has_ended(request, at):
                logout(request)
                messages.info(request, _("You were signed out to keep your account safe. Sign in again."))
            else:
                _note(request, at)
        return self.get_response(request)


def has_ended(request: HttpRequest, at: datetime) -> bool:
    """Whether the session is idle too long, too old, or begun before the account's sessions were ended.

    A session without a beginning was made by no sign-in of ours and has ended too.
    """
    began, seen = _moment(request, BEGAN_KEY), _moment(request, SEEN_KEY)
    if began is None or seen is None:
        return True
    ended: datetime | None = request.user.sessions_end_before  # type: ignore[union-attr]
    return (
        at - seen > timedelta(minutes=settings.SESSION_IDLE_MINUTES)
        or at - began > timedelta(seconds=settings.SESSION_COOKIE_AGE)
        or (ended is not None and began <= ended)
    )


@receiver(user_logged_in)
def begin(sender: Any, request: HttpRequest, **kwargs: Any) -> None:
    """Note when the session began."""
    now = timezone.now().isoformat()
    request.session[BEGAN_KEY] = now
    request.session[SEEN_KEY] = now


def _note(request: HttpRequest, at: datetime) -> None:
    seen = _moment(request, SEEN_KEY)
    if seen is None or at - seen >= NOTE_EVERY:
        request.session[SEEN_KEY] = at.isoformat()


def _moment(request: HttpRequest, key: str) -> datetime | None:
    try:
        return datetime.fromisoformat(request.session[key])
    except (KeyError, TypeError, ValueError):
        return None
