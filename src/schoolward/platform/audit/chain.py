"""The hash chain: each event's hash covers its content and the hash before it."""

from __future__ import annotations

import hashlib
import json
from datetime import UTC, datetime
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder

GENESIS = "0" * 64


def plain_text(text: str) -> str:
    """Text that both databases store and give back unchanged: no NUL, no lone surrogate."""
    return text.encode("utf-8", "replace").decode().replace("\x00", "\N{REPLACEMENT CHARACTER}")


def plain(value: Any) -> Any:
    """JSON values that come back from either database exactly as they went in.

    Floats become text, because PostgreSQL's ``jsonb`` keeps numbers as decimals and gives ``1e16``
    back as an integer, which would hash differently.
    """
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, float):
        return repr(value)
    if isinstance(value, str):
        return plain_text(value)
    if isinstance(value, dict):
        return {plain_text(str(key)): plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    if isinstance(value, set | frozenset):
        return sorted((plain(item) for item in value), key=str)
    return plain(json.loads(json.dumps(value, cls=DjangoJSONEncoder)))


def event_hash(*, previous_hash: str, sequence: int, at: datetime, content: dict[str, Any]) -> str:
    """SHA-256 (hex) over canonical JSON of an event and the hash before it.

    ``at`` enters as UTC with microseconds, so that the digest does not depend on the database's
    time zone. ``content`` must be plain JSON values.
    """
    body = {"previous": previous_hash, "sequence": sequence, "at": at.astimezone(UTC).isoformat(), **content}
    text = json.dumps(body, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()
