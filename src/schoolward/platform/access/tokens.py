"""Tokens for programs: each stands for one membership, may be narrower than it, and ends.

Only a SHA-256 of the secret is kept. The secret has 256 bits of its own, so that a slow password
hash would add time to every call and no safety.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

import structlog
from django.db import OperationalError, connection, transaction

from schoolward.platform.access.models import ApiToken, Membership
from schoolward.platform.access.permissions import AccessDenied, all_permissions, check, may
from schoolward.platform.access.queries import viewer_for
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.audit.actions import record

log = structlog.get_logger(__name__)
PREFIX = "swt_"
LONGEST_LIFE = timedelta(days=366)


class InvalidToken(ValueError):
    """A token asked for more than its membership has, or for too long."""


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


@transaction.atomic
def issue(
    *, membership: Membership, name: str, scopes: list[str], expires_at: datetime, by: Viewer, at: datetime
) -> tuple[ApiToken, str]:
    """Make a token for the actor's own membership; returns it with its secret, shown this once only.

    ``scopes`` are permission keys. Raises ``AccessDenied`` for another's membership and
    ``InvalidToken`` for an empty or unheld scope or a life beyond a year.
    """
    check(by, "access.tokens")
    if not by.is_system and membership.pk != by.membership_id:
        raise AccessDenied("access.tokens", f"access.Membership:{membership.pk}")
    owner = viewer_for(membership, at=at)
    known = {permission.key for permission in all_permissions()}
    unheld = [key for key in scopes if key not in known or not may(owner, key)]
    if not scopes or unheld:
        raise InvalidToken(f"the membership does not carry: {', '.join(unheld) or 'anything asked for'}")
    if not at < expires_at <= at + LONGEST_LIFE:
        raise InvalidToken("a token ends after now and within a year")
    secret = PREFIX + secrets.token_urlsafe(32)
    token = ApiToken.objects.create(
        membership=membership,
        name=name,
        digest=_digest(secret),
        scopes=sorted(scopes),
        created_at=at,
        expires_at=expires_at,
    )
    record(
        "access.token_issued",
        by=by,
        at=at,
        subject=f"access.ApiToken:{token.pk}",
        detail={"membership": membership.pk, "scopes": token.scopes, "expires_at": expires_at},
    )
    return token, secret


@transaction.atomic
def revoke(*, token: ApiToken, by: Viewer, at: datetime) -> None:
    """End a token now: one's own, or anybody's for those who administer accounts."""
    if token.membership.account_id != by.account_id:
        check(by, "access.accounts", f"access.ApiToken:{token.pk}")
    if token.revoked_at is None:
        token.revoked_at = at
        token.save(update_fields=["revoked_at"])
        record("access.token_revoked", by=by, at=at, subject=f"access.ApiToken:{token.pk}")


def _note_use(token: ApiToken, at: datetime) -> None:
    """Write when the token was used, at most once an hour: "is it still used?" needs no write on every call.

    A call that only reads neither fails nor waits because somebody else writes: the next call notes it then.
    """
    if token.last_used_at is not None and token.last_used_at > at - timedelta(hours=1):
        return
    try:
        with _waiting_shortly(), transaction.atomic():
            ApiToken.objects.filter(pk=token.pk).update(last_used_at=at)
    except OperationalError as error:
        log.warning("token.use_not_noted", token=token.pk, error=type(error).__name__)


@contextmanager
def _waiting_shortly() -> Iterator[None]:
    """Wait for SQLite's only write lock half a second at most; PostgreSQL locks rows and needs nothing."""
    if connection.vendor != "sqlite":
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA busy_timeout")
        usual = cursor.fetchone()[0]
        cursor.execute("PRAGMA busy_timeout = 500")
        try:
            yield
        finally:
            cursor.execute(f"PRAGMA busy_timeout = {int(usual)}")


def viewer_of_token(secret: str, *, at: datetime) -> Viewer | None:
    """The viewer that a token stands for, or ``None`` when the token or its membership no longer holds."""
    if not secret.startswith(PREFIX):
        return None
    token = (
        ApiToken.objects.select_related("membership__account", "membership__agency")
        .filter(digest=_digest(secret), revoked_at__isnull=True, expires_at__gt=at)
        .first()
    )
    if token is None or not token.membership.holds(at):
        return None
    _note_use(token, at)
    return viewer_for(token.membership, at=at, scopes=frozenset(token.scopes))
