"""Removing a kept content for good, once nothing refers to it: the row in the caller's transaction, the bytes
after it."""

from __future__ import annotations

import time
from collections.abc import Iterable
from datetime import datetime
from functools import partial
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.db.models import ProtectedError

from schoolward.platform.access.viewer import Viewer
from schoolward.platform.audit.actions import record
from schoolward.platform.files import store
from schoolward.platform.files.models import StoredFile

AN_HOUR = 3600.0
"""Seconds. A content that was written so lately may still be waiting for its row."""


def discard(stored_ids: Iterable[int], *, by: Viewer, at: datetime) -> int:
    """Remove these contents, save those that something else still refers to; returns how many are removed.

    What refers to them is deleted or emptied before, in the caller's transaction. A process killed between
    its end and the removal leaves bytes that no row names; :func:`sweep` takes them.
    """
    removed = 0
    for stored in StoredFile.objects.filter(pk__in=list(stored_ids)).order_by("pk"):
        number, sha256 = stored.pk, stored.sha256
        try:
            with transaction.atomic():
                stored.delete()
        except ProtectedError:
            continue
        record(
            "files.discarded",
            by=by,
            at=at,
            subject=f"files.StoredFile:{number}",
            detail={"sha256": sha256, "size": stored.size},
        )
        transaction.on_commit(partial(_remove, sha256), robust=True)
        removed += 1
    return removed


def sweep() -> int:
    """Remove contents that no row names, and leftovers in quarantine, if they are older than an hour.

    Returns how many. Safe to run at any time and again.
    """
    folder, before = Path(settings.FILES_DIR), time.time() - AN_HOUR
    if not folder.is_dir():
        return 0
    removed = 0
    for path in sorted(path for path in folder.glob("*/*") if path.is_file()):
        if path.stat().st_mtime > before:
            continue
        if path.parent.name == "quarantine":
            path.unlink(missing_ok=True)
            removed += 1
        elif len(name := path.parent.name + path.name) == 64:
            removed += _remove(name)
    return removed


def _remove(sha256: str) -> bool:
    """Unlink the content unless a row names it, perhaps since."""
    if StoredFile.objects.filter(sha256=sha256).exists():
        return False
    store.path_of(sha256).unlink(missing_ok=True)
    return True
