"""An import on the page: a file comes in, is previewed, and then applied or discarded."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from datetime import datetime
from typing import BinaryIO

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from schoolward.platform.access.permissions import check
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.audit.actions import record
from schoolward.platform.exchange.forgetting import let_go
from schoolward.platform.exchange.models import ImportRun, ImportState
from schoolward.platform.exchange.registry import Exchange, Told, get
from schoolward.platform.exchange.report import Report
from schoolward.platform.exchange.running import chosen_options, run
from schoolward.platform.files.actions import plain_name, store_file
from schoolward.platform.files.queries import open_file


class NothingToApply(Exception):
    """The import is not waiting to be applied. The message says how it stands."""


def receive(
    *,
    exchange: Exchange,
    stream: BinaryIO,
    file_name: str,
    options: Mapping[str, str],
    by: Viewer,
    at: datetime,
) -> ImportRun:
    """Keep a file that somebody brings in and note it in the history, to be previewed next.

    Raises ``AccessDenied``, ``UnknownOption``, ``FileTooLarge`` and ``UnreadableFile``.
    """
    check(by, exchange.permission, f"exchange:{exchange.key}")
    chosen = chosen_options(exchange, options)
    name = exchange.name_kept(plain_name(file_name))
    stored = store_file(
        exchange.kept(stream, by=by, options=chosen),
        name=name,
        by=by,
        at=at,
        limit=settings.IMPORT_MAX_BYTES,
    )
    with transaction.atomic():
        made = ImportRun.objects.create(
            exchange=exchange.key,
            file=stored,
            file_name=name,
            sha256=stored.sha256,
            size=stored.size,
            options=chosen,
            state=ImportState.READING,
            account_id=by.account_id,
            account_name=by.account_name,
            membership_id=by.membership_id,
            agency_id=by.agency_id,
            started_at=at,
        )
        record(
            "exchange.received",
            by=by,
            at=at,
            subject=f"exchange.ImportRun:{made.pk}",
            detail={"exchange": exchange.key, "sha256": stored.sha256, "size": stored.size},
        )
    return made


def preview(*, brought: ImportRun, by: Viewer, at: datetime, progress: Told | None = None) -> ImportRun:
    """Find out what applying the file would do, and keep the report. Nothing else changes.

    Of an import that is emptied meanwhile nothing is kept.
    """
    if brought.file is None:
        return brought
    with open_file(brought.file) as stream:
        report = run(
            brought.exchange,
            stream,
            by=by,
            at=at,
            dry_run=True,
            options=brought.options,
            progress=progress,
            file_name=brought.file_name,
        )
    brought.report = report.as_json()
    brought.state = ImportState.PREVIEWED if report.read or not report.rejected else ImportState.FAILED
    still = ImportRun.objects.filter(pk=brought.pk, forgotten_at__isnull=True)
    if not still.update(report=brought.report, state=brought.state):
        brought.refresh_from_db()
    return brought


def apply(*, brought: ImportRun, by: Viewer, at: datetime, progress: Told | None = None) -> ImportRun:
    """Apply a previewed file for good: all its good rows, or, if anything fails, none.

    A file about young people goes with that, unless rows were rejected and wait to be mended.
    Raises ``AccessDenied`` and :class:`NothingToApply`, also for the second of two who apply at once.
    """
    check(by, get(brought.exchange).permission, f"exchange.ImportRun:{brought.pk}")
    with transaction.atomic():
        locked = ImportRun.objects.select_for_update().get(pk=brought.pk)
        if locked.state not in (ImportState.PREVIEWED, ImportState.APPLYING):
            raise NothingToApply(
                _("This import stands at “%(state)s”.") % {"state": locked.get_state_display()}
            )
        assert locked.file is not None  # noqa: S101 - receive() set it
        with open_file(locked.file) as stream:
            run(
                locked.exchange,
                stream,
                by=by,
                at=at,
                options=locked.options,
                progress=progress,
                file_name=locked.file_name,
                history=locked,
            )
        if not Report.from_json(locked.report).rejected_rows:
            let_go(locked, by=by, at=by.at)
    return locked


def discard(*, brought: ImportRun, by: Viewer, at: datetime) -> ImportRun:
    """Leave a previewed file unapplied; one about young people goes.

    Raises ``AccessDenied`` and :class:`NothingToApply`.
    """
    check(by, get(brought.exchange).permission, f"exchange.ImportRun:{brought.pk}")
    with transaction.atomic():
        locked = ImportRun.objects.select_for_update().get(pk=brought.pk)
        if locked.state != ImportState.PREVIEWED:
            raise NothingToApply(
                _("This import stands at “%(state)s”.") % {"state": locked.get_state_display()}
            )
        locked.state = ImportState.DISCARDED
        locked.save(update_fields=["state"])
        record("exchange.discarded", by=by, at=at, subject=f"exchange.ImportRun:{locked.pk}")
        let_go(locked, by=by, at=at)
    return locked


def hand_to_worker(*, brought: ImportRun, state: str, job_id: str) -> ImportRun:
    """Note that a job now reads or applies the file, unless the import was emptied meanwhile."""
    still = ImportRun.objects.filter(pk=brought.pk, forgotten_at__isnull=True)
    still.update(state=state, job_id=uuid.UUID(job_id))
    brought.refresh_from_db()
    return brought
