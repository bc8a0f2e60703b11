"""Writing the audit: one call, inside the transaction of the write that it tells of."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection, transaction

from schoolward.platform.audit import anchor
from schoolward.platform.audit.actor import Actor
from schoolward.platform.audit.chain import GENESIS, event_hash
from schoolward.platform.audit.models import Event, Outcome

CHAIN_LOCK = 7_260_911  # one advisory lock for the whole installation; the number only has to be ours


def record(
    action: str,
    *,
    by: Actor,
    at: datetime,
    subject: str,
    detail: dict[str, Any] | None = None,
    outcome: str = Outcome.DONE,
) -> Event:
    """Append one event to the chain and anchor the chain's head once the transaction is committed.

    ``subject`` names a record as ``"app.Model:pk"``. ``detail`` holds keys and counts, never the
    content of a protected record. Raises ``TransactionManagementError`` outside a transaction on
    PostgreSQL only implicitly: callers wrap their write and this call in one ``atomic`` block.
    """
    content = {
        "account_id": by.account_id,
        "account_name": by.account_name,
        "membership_id": by.membership_id,
        "agency_id": by.agency_id,
        "role": str(by.role),
        "purpose": by.purpose,
        "action": action,
        "subject": subject,
        "outcome": str(outcome),
        "detail": json.loads(json.dumps(detail or {}, cls=DjangoJSONEncoder)),
    }
    with transaction.atomic():
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_xact_lock(%s)", [CHAIN_LOCK])
        last = Event.objects.order_by("-sequence").values_list("sequence", "hash").first()
        sequence, previous_hash = (last[0] + 1, last[1]) if last else (1, GENESIS)
        digest = event_hash(previous_hash=previous_hash, sequence=sequence, at=at, content=content)
        event = Event.objects.create(
            sequence=sequence, at=at, previous_hash=previous_hash, hash=digest, **content
        )
        transaction.on_commit(lambda: anchor.append(count=sequence, head=digest, at=at))
    return event
