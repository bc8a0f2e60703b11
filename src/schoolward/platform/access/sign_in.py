"""What sign-in leaves behind: every success, failure, lock-out and sign-out is on the record."""

from __future__ import annotations

from typing import Any

import structlog
from axes.helpers import get_client_ip_address
from axes.signals import user_locked_out
from django.contrib.admin.models import LogEntry
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.db.models.signals import post_save
from django.dispatch import receiver
from django.http import HttpRequest
from django.utils import timezone

from schoolward.platform.access.models import Account
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.audit.actions import record
from schoolward.platform.audit.guard import AnchorFault
from schoolward.platform.audit.models import Outcome

log = structlog.get_logger(__name__)


def client_username(request: HttpRequest | None, credentials: dict[str, Any] | None) -> str | None:
    """The address that failures are counted by, for django-axes; one spelling for all spellings."""
    given = credentials or {}
    typed = given.get("email") or given.get("username") or given.get("login")
    if not typed and request is not None:
        typed = request.POST.get("login")
    return str(typed).strip().lower() if typed else None


def _account(account: Account) -> Viewer:
    """The account as actor, before or after it acts through a membership."""
    return Viewer(account.pk, account.name, None, None, "", "", frozenset(), "", timezone.now())


def _note(
    action: str, by: Viewer, request: HttpRequest | None, *, outcome: str = Outcome.DONE, **detail: Any
) -> None:
    subject = f"access.Account:{by.account_id}" if by.account_id else "access.Account:unknown"
    if request is not None:
        detail["address"] = get_client_ip_address(request)
    record(action, by=by, at=by.at, subject=subject, detail=detail, outcome=outcome)


@receiver(user_logged_in)
def _signed_in(sender: Any, request: HttpRequest, user: Account, **kwargs: Any) -> None:
    _note("access.signed_in", _account(user), request)


@receiver(user_logged_out)
def _signed_out(sender: Any, request: HttpRequest, user: Account | None, **kwargs: Any) -> None:
    if user is None:
        return
    try:
        _note("access.signed_out", _account(user), request)
    except AnchorFault as fault:
        # Nobody is kept signed in because it cannot be recorded that they left.
        log.error("audit.refused", action="access.signed_out", why=str(fault))


@receiver(user_login_failed)
def _failed(
    sender: Any, credentials: dict[str, Any], request: HttpRequest | None = None, **kwargs: Any
) -> None:
    """What was typed is not kept: it may be a password in the wrong field."""
    typed = client_username(request, credentials)
    account = Account.objects.filter(email=typed).first() if typed else None
    by = _account(account) if account else Viewer.anonymous(at=timezone.now())
    _note("access.sign_in_failed", by, request, outcome=Outcome.DENIED)


@receiver(user_locked_out)
def _locked_out(sender: Any, request: HttpRequest, username: str | None, **kwargs: Any) -> None:
    account = Account.objects.filter(email=username).first() if username else None
    by = _account(account) if account else Viewer.anonymous(at=timezone.now())
    _note("access.locked_out", by, request, outcome=Outcome.DENIED)


@receiver(post_save, sender=LogEntry)
def _administered(sender: Any, instance: LogEntry, created: bool, **kwargs: Any) -> None:
    """The technical administration writes past our actions; its own log line becomes an event."""
    if not created:
        return
    model = instance.content_type.model_class() if instance.content_type else None
    label = model._meta.label if model else "unknown"
    account = Account.objects.get(pk=instance.user_id)
    record(
        "access.administered",
        by=_account(account),
        at=timezone.now(),
        subject=f"{label}:{instance.object_id}",
        detail={"kind": {1: "added", 2: "changed", 3: "deleted"}[instance.action_flag]},
    )
