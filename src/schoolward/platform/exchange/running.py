"""Running an import: the same code for a preview and for good, in one transaction."""

from __future__ import annotations

import hashlib
import os
import shutil
import tempfile
from collections.abc import Mapping
from datetime import datetime
from operator import attrgetter
from typing import BinaryIO

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from schoolward.platform.access.permissions import check
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.audit.actions import record
from schoolward.platform.exchange.models import ImportRun, ImportState
from schoolward.platform.exchange.reading import UnreadableFile
from schoolward.platform.exchange.registry import Exchange, ImportContext, Told, get
from schoolward.platform.exchange.report import Report

_SPOOL_BYTES = 8 << 20


class UnknownOption(ValueError):
    """An option, or the value of one, that the exchange does not have."""


def run(
    exchange_key: str,
    stream: BinaryIO,
    *,
    by: Viewer,
    at: datetime,
    dry_run: bool = False,
    options: Mapping[str, str] | None = None,
    progress: Told | None = None,
    file_name: str = "",
    history: ImportRun | None = None,
) -> Report:
    """Import a file, or with ``dry_run`` find out exactly what importing it would do, and return the report.

    ``at`` is the moment by which rows are judged and kept: that of the pages (`platform.demo.clock`), so that
    a day which an action takes on a page is taken from a file as well.

    All good rows are applied and the import is noted in the history and the audit, or, when the file cannot
    be read to its end or the process dies, nothing is. ``history`` is the row of an import that was
    previewed before; without it a new one is made. ``progress`` is called with rows done, rows in all (or
    ``None``) and a message.

    Raises ``UnknownExchange``, :class:`UnknownOption` and ``AccessDenied``. A file that is no such table is
    no exception but a report with one rejection.
    """
    exchange = get(exchange_key)
    check(by, exchange.permission, f"exchange:{exchange_key}")
    with _seekable(stream) as source:
        digest, size = _measure(source)
        context = ImportContext(
            by=by,
            at=at,
            dry_run=dry_run,
            options=chosen_options(exchange, options or {}),
            file_name=file_name,
            sha256=digest,
            size=size,
        )
        if progress is not None:
            context.progress = progress
        if size > settings.IMPORT_MAX_BYTES:
            return _unreadable(UnreadableFile(_("The file is too large."), _("Split it into several files.")))
        try:
            with transaction.atomic():
                exchange.run_stream(source, context)
                # Some rows are refused when they are read, others when they meet what is stored.
                context.report.rejected.sort(key=attrgetter("row"))
                if dry_run:
                    transaction.set_rollback(True)
                else:
                    _note(exchange, context, history)
        except UnreadableFile as problem:
            return _unreadable(problem)
    return context.report


def chosen_options(exchange: Exchange, given: Mapping[str, str]) -> dict[str, str]:
    """Return a value for each of the exchange's choices. Raises :class:`UnknownOption` with the values
    there are."""
    chosen = {choice.name: given.get(choice.name) or choice.default for choice in exchange.choices}
    for name in given:
        if name not in chosen and given[name]:
            raise UnknownOption(
                _("%(title)s has no option “%(name)s”.") % {"title": exchange.title, "name": name}
            )
    for choice in exchange.choices:
        values = [value for value, _title in choice.values]
        if values and chosen[choice.name] not in values:
            raise UnknownOption(
                _("%(name)s cannot be “%(value)s”; it is one of %(values)s.")
                % {"name": choice.name, "value": chosen[choice.name], "values": ", ".join(values)}
            )
    return chosen


def _note(exchange: Exchange, context: ImportContext, history: ImportRun | None) -> None:
    """Write the import into the history and the audit, in the transaction of its rows.

    Both say when somebody did it; rows are judged by ``context.at``, which stands still in a demonstration.
    """
    by, report = context.by, context.report
    run = history or ImportRun(
        exchange=exchange.key,
        file_name=exchange.name_kept(context.file_name[-255:] or "-"),
        sha256=context.sha256,
        size=context.size,
        options=dict(context.options),
        account_id=by.account_id,
        account_name=by.account_name,
        membership_id=by.membership_id,
        agency_id=by.agency_id,
        started_at=by.at,
    )
    run.state = ImportState.APPLIED
    run.applied_at = by.at
    run.report = report.as_json()
    run.save()
    record(
        "exchange.imported",
        by=by,
        at=by.at,
        subject=f"exchange.ImportRun:{run.pk}",
        detail={
            "exchange": exchange.key,
            "sha256": context.sha256,
            "read": report.read,
            "created": report.created,
            "updated": report.updated,
            "unchanged": report.unchanged,
            "rejected": report.rejected_rows,
        },
    )


def _unreadable(problem: UnreadableFile) -> Report:
    report = Report()
    report.reject(problem.row, problem.column, problem.value, problem.error, problem.mend)
    return report


def _measure(source: BinaryIO) -> tuple[str, int]:
    """Return SHA-256 and size of the whole stream and wind it back."""
    digest = hashlib.file_digest(source, "sha256").hexdigest()  # type: ignore[arg-type]
    size = source.seek(0, os.SEEK_END)
    source.seek(0)
    return digest, size


class _seekable:  # noqa: N801 - used as a function in a with statement
    """The stream itself if it can be wound back (then it stays open), else a temporary copy of it."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._copy: BinaryIO | None = None

    def __enter__(self) -> BinaryIO:
        if self._stream.seekable():
            self._stream.seek(0)
            return self._stream
        self._copy = tempfile.SpooledTemporaryFile(max_size=_SPOOL_BYTES)  # type: ignore[assignment]
        assert self._copy is not None  # noqa: S101 - for the type checker
        shutil.copyfileobj(self._stream, self._copy)
        self._copy.seek(0)
        return self._copy

    def __exit__(self, *_error: object) -> None:
        if self._copy is not None:
            self._copy.close()
