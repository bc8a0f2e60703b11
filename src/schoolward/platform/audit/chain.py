"""The hash chain: each event's hash covers its content and the hash before it."""

from __future__ import annotations

import hashlib
import json
from datetime import UTC, datetime
from typing import Any

GENESIS = "0" * 64


def event_hash(*, previous_hash: str, sequence: int, at: datetime, content: dict[str, Any]) -> str:
    """SHA-256 (hex) over canonical JSON of an event and the hash before it.

    ``at`` enters as UTC with microseconds, so that the digest does not depend on the database's
    time zone. ``content`` must be plain JSON values.
    """
    body = {"previous": previous_hash, "sequence": sequence, "at": at.astimezone(UTC).isoformat(), **content}
    text = json.dumps(body, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()
