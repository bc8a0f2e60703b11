"""Writing the audit: one call, inside the transaction of the write that it tells of."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import connection, transaction

from schoolward.platform.audit import anchor, guard
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

    Raises :class:`guard.AnchorFault` where the anchor is lost or another's; the write that it tells of must
    then not happen either.
    """
    with transaction.atomic():
        events, head = lock_chain()
        turn = _turn_of_this_transaction()
        if turn is None:
            guard.check(events=events, head=head, at=at)
            turn = connection.audit_turn = _Turn(at)  # type: ignore[attr-defined]
        event = append_event(
            action,
            events=events,
            head=head,
            by=by,
            at=at,
            subject=subject,
            detail=detail,
            outcome=outcome,
        )
        # Robust: the write is committed and acknowledged even where the anchor's disk is full. The
        # failure is logged, verification says how far the anchor has fallen behind, and the guard
        # ends it where that is far. Every event registers the turn, because a savepoint that is
        # rolled back takes its callbacks along; the first one that is left does the work.
        transaction.on_commit(turn.take, robust=True)
    return event


def record_many(
    action: str, *, by: Actor, at: datetime, events: Sequence[dict[str, Any]], outcome: str = Outcome.DONE
) -> None:
    """Append one event each for many records that one question concerned, as one turn at the chain.

    Each of ``events`` has a ``subject`` and a ``detail``, as :func:`record` takes them.
    """
    if not events:
        return
    with transaction.atomic():
        first = record(action, by=by, at=at, outcome=outcome, **events[0])
        sequence, head = first.sequence, first.hash
        rows = []
        for event in events[1:]:
            row = _event(action, events=sequence, head=head, by=by, at=at, outcome=outcome, **event)
            rows.append(row)
            sequence, head = row.sequence, row.hash
        Event.objects.bulk_create(rows)


def lock_chain() -> tuple[int, str]:
    """Wait for the chain until this transaction ends; its (number of events, head). Only in a transaction."""
    if connection.vendor == "postgresql":
        # SQLite's IMMEDIATE transactions have one writer anyway; here two could read the same head.
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [CHAIN_LOCK])
    last = Event.objects.order_by("-sequence").values_list("sequence", "hash").first()
    return last or (0, GENESIS)


def append_event(
    action: str,
    *,
    events: int,
    head: str,
    by: Actor,
    at: datetime,
    subject: str,
    detail: dict[str, Any] | None = None,
    outcome: str = Outcome.DONE,
) -> Event:
    """Append one event to a locked chain, without a look at the anchor: only re-anchoring needs that."""
    event = _event(
        action,
        events=events,
        head=head,
        by=by,
        at=at,
        subject=subject,
        detail=detail,
        outcome=outcome,
    )
    event.save(force_insert=True)
    return event


def _event(
    action: str,
    *,
    events: int,
    head: str,
    by: Actor,
    at: datetime,
    subject: str,
    detail: dict[str, Any] | None,
    outcome: str,
) -> Event:
    """The event that follows upon a chain of so many events that ends in ``head``; not yet stored."""
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
    digest = event_hash(previous_hash=head, sequence=events + 1, at=at, content=content)
    return Event(sequence=events + 1, at=at, previous_hash=head, hash=digest, **content)


class _Turn:
    """One transaction's turn at the anchor, however many events it holds: a line is a write to the disk."""

    def __init__(self, at: datetime) -> None:
        self.at = at
        self.is_over = False

    def take(self) -> None:
        """Anchor the head, once."""
        if self.is_over:
            return
        self.is_over = True
        count, head = Event.objects.order_by("-sequence").values_list("sequence", "hash")[0]
        anchor.append(count=count, head=head, at=self.at)


def _turn_of_this_transaction() -> _Turn | None:
    """The turn that an event of this transaction has registered, unless that was rolled back.

    From the newest callback on, where it nearly always is: a transaction of many events stays linear.
    """
    turn: _Turn | None = getattr(connection, "audit_turn", None)
    if turn is None or turn.is_over:
        return None
    waiting = (entry[1] for entry in reversed(connection.run_on_commit))
    return turn if any(callback == turn.take for callback in waiting) else None
