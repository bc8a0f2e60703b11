"""Keeping a file that somebody hands in."""

from __future__ import annotations

from datetime import datetime
from pathlib import PurePath

from django.db import transaction

from schoolward.platform.access.viewer import Viewer
from schoolward.platform.audit.actions import record
from schoolward.platform.files import store
from schoolward.platform.files.models import StoredFile

MEGABYTE = 1 << 20


def store_file(
    stream: store.Readable,
    *,
    name: str,
    by: Viewer,
    at: datetime,
    limit: int = 25 * MEGABYTE,
    allowed: frozenset[str] | None = None,
) -> StoredFile:
    """Keep a file and return its row; the same content gives the same row.

    Whether ``by`` may hand in a file here is for the caller to check. Raises ``FileTooLarge`` and
    ``FileTypeRefused``.
    """
    kept = store.keep(stream, limit=limit, allowed=allowed)
    with transaction.atomic():
        stored, created = StoredFile.objects.get_or_create(
            sha256=kept.sha256,
            defaults={
                "size": kept.size,
                "media_type": kept.media_type,
                "first_name": plain_name(name),
                "stored_at": at,
            },
        )
        if created:
            record(
                "files.stored",
                by=by,
                at=at,
                subject=f"files.StoredFile:{stored.pk}",
                detail={"sha256": kept.sha256, "size": kept.size, "media_type": kept.media_type},
            )
    return stored


def plain_name(name: str) -> str:
    """Return a file's own name without folders or control characters, at most 255 characters long."""
    last = PurePath(name.replace("\\", "/")).name
    return "".join(c for c in last if c.isprintable())[-255:] or "file"
