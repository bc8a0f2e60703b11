"""Writing the audit: one call, inside the transaction of the write that it tells of."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import connection, transaction

from schoolward.platform.audit import anchor
from schoolward.platform.audit.actor import Actor
from schoolward.platform.audit.chain import GENESIS, event_hash, plain, plain_text
from schoolward.platform.audit.models import Event, Outcome

CHAIN_LOCK = 7_260_911  # one advisory lock for the whole installation; the number only has to be ours


def _clipped(text: str, field: str) -> str:
    """Storable text no longer than its column: a long name must not keep a denial off the record."""
    return plain_text(text)[: Event._meta.get_field(field).max_length]  # type: ignore[union-attr]


def record(
    action: str,
    *,
    by: Actor,
    at: datetime,
    subject: str,
    detail: dict[str, Any] | None = None,
    outcome: str = Outcome.DONE,
) -> Event:
    """Append one event to the chain; once the transaction is committed, anchor the chain's head.

    ``subject`` names a record as ``"app.Model:pk"``. ``detail`` holds keys and counts, never the
    content of a protected record. Call it inside the ``atomic`` block of the write that it tells of,
    as its last step: from here to the commit, no other audited write can go on.
    """
    content = {
        "account_id": by.account_id,
        "account_name": _clipped(by.account_name, "account_name"),
        "membership_id": by.membership_id,
        "agency_id": by.agency_id,
        "role": str(by.role),
        "purpose": by.purpose,
        "action": _clipped(action, "action"),
        "subject": _clipped(subject, "subject"),
        "outcome": str(outcome),
        "detail": plain(detail or {}),
    }
    with transaction.atomic():
        if connection.vendor == "postgresql":
            # SQLite's IMMEDIATE transactions have one writer anyway; here two could read the same head.
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_xact_lock(%s)", [CHAIN_LOCK])
        last = Event.objects.order_by("-sequence").values_list("sequence", "hash").first()
        sequence, previous_hash = (last[0] + 1, last[1]) if last else (1, GENESIS)
        digest = event_hash(previous_hash=previous_hash, sequence=sequence, at=at, content=content)
        event = Event.objects.create(
            sequence=sequence, at=at, previous_hash=previous_hash, hash=digest, **content
        )
        _anchor_after_commit(at)
    return event


class _Commit:
    """One transaction's turn at the anchor, however many events it holds."""

    anchored = False


def _anchor_after_commit(at: datetime) -> None:
    """Anchor the head after the commit, once a transaction: each line costs a write to the disk.

    Every event registers a callback, because a savepoint that is rolled back takes its callbacks
    along; the first one that is left does the work.
    """
    turn: _Commit | None = getattr(connection, "audit_commit", None)
    if turn is None or turn.anchored:
        turn = _Commit()
        connection.audit_commit = turn  # type: ignore[attr-defined]

    def anchor_head() -> None:
        if turn.anchored:
            return
        turn.anchored = True
        count, head = Event.objects.order_by("-sequence").values_list("sequence", "hash")[0]
        anchor.append(count=count, head=head, at=at)

    # Robust: the write is committed and acknowledged even where the anchor's disk is full. The
    # failure is logged, and verification says how far the anchor has fallen behind.
    transaction.on_commit(anchor_head, robust=True)
