"""Calendar feeds: making one, revoking it, and who reads by one."""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime, timedelta

from django.core.cache import cache
from django.db import transaction
from django.utils.translation import gettext as _

from schoolward.domains.grants.actions.recording import audit
from schoolward.domains.grants.actions.refusals import GrantRefused
from schoolward.domains.grants.models import CalendarFeed
from schoolward.platform.access.permissions import AccessDenied, check
from schoolward.platform.access.queries import viewer_for
from schoolward.platform.access.viewer import Viewer

#: So many feeds one membership has at a time: one for each device, and some to spare.
MOST = 10
#: So often one feed is read in an hour; calendar programs ask once to four times.
READS_AN_HOUR = 60
#: So often one address asks for feeds that are not there in an hour: nobody tries secrets.
TRIES_AN_HOUR = 30
SCOPES = frozenset({"grants.view"})


class TooManyReads(Exception):
    """The feed, or the address of who asks, was heard too often in this hour."""


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


@transaction.atomic
def make_feed(*, name: str, by: Viewer, at: datetime) -> tuple[CalendarFeed, str]:
    """Make a feed for the actor's own membership; returns it with its secret, which is told this once only.

    Raises ``GrantRefused`` and ``AccessDenied``.
    """
    check(by, "grants.view")
    if by.membership_id is None:
        raise GrantRefused(_("Only a person has a calendar. Sign in with an account of your own."))
    if not name.strip():
        raise GrantRefused(_("Name it, such as “My telephone”."), field="name")
    own = CalendarFeed.objects.filter(membership=by.membership_id, revoked_at__isnull=True)
    if own.count() >= MOST:
        raise GrantRefused(_("You have %(most)s feeds. Revoke one first.") % {"most": MOST})
    secret = secrets.token_urlsafe(32)
    made = CalendarFeed.objects.create(
        membership_id=by.membership_id, name=name.strip()[:80], digest=_digest(secret), made_at=at
    )
    audit("grants.feed_made", made, by=by, membership=by.membership_id)
    return made, secret


@transaction.atomic
def revoke_feed(*, feed_id: int, by: Viewer, at: datetime) -> None:
    """End a feed: one's own, or anybody's for those who administer accounts."""
    feed = (
        CalendarFeed.objects.select_for_update(of=("self",))
        .select_related("membership")
        .filter(pk=feed_id)
        .first()
    )
    subject = f"grants.CalendarFeed:{feed_id}"
    if feed is None:
        raise AccessDenied("grants.view", subject)
    if by.account_id is None or feed.membership.account_id != by.account_id:
        check(by, "access.accounts", subject)
    if feed.revoked_at is None:
        feed.revoked_at = at
        feed.save(update_fields=["revoked_at"])
        audit("grants.feed_revoked", feed, by=by, membership=feed.membership_id)


def viewer_of_feed(secret: str, *, at: datetime, address: str) -> Viewer | None:
    """Who the feed's owner is at this moment, with nothing more than to see grants; ``None`` where it ended.

    ``address`` is where the request comes from; of it only a digest is kept, in memory, for an hour. Raises
    :class:`TooManyReads`.
    """
    digest = _digest(secret)
    feed = (
        CalendarFeed.objects.select_related("membership__account", "membership__agency")
        .filter(digest=digest, revoked_at__isnull=True)
        .first()
    )
    if feed is None or not feed.membership.holds(at):
        _count("tries", _digest(f"feed {address}"), TRIES_AN_HOUR)
        return None
    _count("reads", digest, READS_AN_HOUR)
    if feed.last_read_at is None or feed.last_read_at < at - timedelta(hours=1):
        CalendarFeed.objects.filter(pk=feed.pk).update(last_read_at=at)
    return viewer_for(feed.membership, at=at, scopes=SCOPES)


def _count(kind: str, digest: str, most: int) -> None:
    key = f"grants.feed.{kind}.{digest[:32]}"
    cache.add(key, 0, 3600)
    try:
        count = cache.incr(key)
    except ValueError:  # it ran out in between
        return
    if count > most:
        raise TooManyReads
