"""Pages of imports: choose a table, bring a file in, read the preview, apply it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from schoolward.platform.access.permissions import check, may
from schoolward.platform.access.views import requires, viewer_of
from schoolward.platform.audit.actions import record
from schoolward.platform.demo.clock import now
from schoolward.platform.exchange import actions, queries, tasks
from schoolward.platform.exchange.downloads import WRITERS, download, take_out
from schoolward.platform.exchange.forgetting import shows_rows
from schoolward.platform.exchange.forms import UploadForm
from schoolward.platform.exchange.models import ImportRun, ImportState
from schoolward.platform.exchange.reading import UnreadableFile
from schoolward.platform.exchange.registry import Exchange, UnknownExchange, get
from schoolward.platform.exchange.report import Report
from schoolward.platform.exchange.writers import write_csv
from schoolward.platform.files.store import FileTooLarge
from schoolward.platform.jobs.actions import enqueue
from schoolward.platform.jobs.queries import state as job_state

AT_ONCE_BYTES = 1 << 20
"""Larger files are previewed and applied by the worker, with progress on the page."""

REJECTIONS_SHOWN = 100
HISTORY_SHOWN = 25


@require_GET
@requires("exchange.view")
def list_exchanges(request: HttpRequest) -> HttpResponseBase:
    """The tables that the viewer may bring in or take out, and what was brought in lately."""
    viewer = viewer_of(request)
    context = {
        "exchanges": queries.open_exchanges(viewer),
        "history": [
            (run, queries.title_of(run), _standing(request, run))
            for run in queries.history(viewer)[:HISTORY_SHOWN]
        ],
    }
    return render(request, "exchange/list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@requires("exchange.view")
def create(request: HttpRequest, key: str) -> HttpResponseBase:
    """Bring a file in; it is previewed, not applied."""
    viewer, exchange = viewer_of(request), _exchange(key)
    check(viewer, exchange.permission, f"exchange:{key}")
    sent = request.method == "POST"
    form = UploadForm(request.POST if sent else None, request.FILES if sent else None, exchange=exchange)
    if sent and form.is_valid():
        upload = form.cleaned_data["file"]
        try:
            brought = actions.receive(
                exchange=exchange,
                stream=upload,
                file_name=upload.name,
                options=form.options(),
                by=viewer,
                at=viewer.at,
            )
        except (FileTooLarge, UnreadableFile) as problem:
            form.add_error("file", str(problem))
        else:
            if brought.size <= AT_ONCE_BYTES:
                actions.preview(brought=brought, by=viewer, at=now(viewer.at))
            else:
                _hand_over(request, brought, tasks.preview_import, ImportState.READING)
            return redirect("exchange:detail", brought.pk)
    status = 422 if form.is_bound else 200
    return render(request, "exchange/create.html", {"exchange": exchange, "form": form}, status=status)


@require_GET
@requires("exchange.view")
def detail(request: HttpRequest, pk: int) -> HttpResponseBase:
    """One import: its preview or its outcome, with every row that was kept out."""
    return render(request, "exchange/detail.html", _context(request, pk))


@require_GET
@requires("exchange.view")
def status(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The part of the page that changes while a job runs; the page fetches it again and again."""
    return render(request, "exchange/_state.html", _context(request, pk))


@require_POST
@requires("exchange.view")
def apply(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Apply a previewed import."""
    viewer, brought = viewer_of(request), _brought(request, pk)
    check(viewer, get(brought.exchange).permission, f"exchange.ImportRun:{pk}")
    try:
        if brought.size <= AT_ONCE_BYTES:
            report = Report.from_json(actions.apply(brought=brought, by=viewer, at=now(viewer.at)).report)
            changed = report.created + report.updated
            messages.success(
                request,
                ngettext("Applied. %(count)d row changed.", "Applied. %(count)d rows changed.", changed)
                % {"count": changed},
            )
        elif _waits(request, brought):
            _hand_over(request, brought, tasks.apply_import, ImportState.APPLYING)
        else:
            raise actions.NothingToApply(
                _("This import stands at “%(state)s”.") % {"state": brought.get_state_display()}
            )
    except actions.NothingToApply as problem:
        messages.error(request, str(problem))
    return redirect("exchange:detail", pk)


@require_POST
@requires("exchange.view")
def discard(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Leave a previewed import unapplied."""
    viewer, brought = viewer_of(request), _brought(request, pk)
    try:
        actions.discard(brought=brought, by=viewer, at=viewer.at)
    except actions.NothingToApply as problem:
        messages.error(request, str(problem))
        return redirect("exchange:detail", pk)
    messages.success(request, _("Discarded. Nothing was changed."))
    return redirect("exchange:list")


@require_GET
@requires("exchange.view")
def rejected(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The rows that were kept out, as a table to be mended and brought in again."""
    viewer, brought = viewer_of(request), _brought(request, pk)
    check(viewer, get(brought.exchange).permission, f"exchange.ImportRun:{pk}")
    if brought.file is None or not shows_rows(brought, viewer):
        raise Http404
    columns, rows = queries.rejected_rows(brought)
    record("exchange.rejected_rows_fetched", by=viewer, at=viewer.at, subject=f"exchange.ImportRun:{pk}")
    return download(write_csv(columns, rows), f"{brought.exchange}-rejected", "csv")


@require_GET
@requires("exchange.view")
def template(request: HttpRequest, key: str, form: str) -> HttpResponseBase:
    """An empty table with the right headers and one example row."""
    viewer, exchange = viewer_of(request), _exchange(key)
    check(viewer, exchange.permission, f"exchange:{key}")
    if not exchange.columns:
        raise Http404
    example = [column.example for column in exchange.columns]
    return download(WRITERS[form](exchange.column_names, [example]), f"{key}-template", form)


@require_GET
@requires("exchange.view")
def export(request: HttpRequest, key: str, form: str) -> HttpResponseBase:
    """The whole table, as far as the viewer may see it, with the columns of the import."""
    viewer, exchange = viewer_of(request), _exchange(key)
    if not exchange.can_export:
        raise Http404
    return take_out(exchange, form, by=viewer)


def _exchange(key: str) -> Exchange:
    try:
        return get(key)
    except UnknownExchange as problem:
        raise Http404(str(problem)) from problem


def _brought(request: HttpRequest, pk: int) -> ImportRun:
    return get_object_or_404(queries.history(viewer_of(request)), pk=pk)


def _is_given_up(request: HttpRequest, brought: ImportRun) -> bool:
    """Whether the worker that read or applied the file has given it up."""
    if brought.state not in (ImportState.READING, ImportState.APPLYING) or brought.job_id is None:
        return False
    found = job_state(brought.job_id, viewer=viewer_of(request))
    return found is not None and found.is_failed


def _standing(request: HttpRequest, brought: ImportRun) -> str:
    """Where the import stands, in words."""
    if _is_given_up(request, brought):
        return _("Given up, nothing applied")
    return str(brought.get_state_display())


def _waits(request: HttpRequest, brought: ImportRun) -> bool:
    """Whether the import can be applied now: previewed, or given up by the worker while applying."""
    given_up = brought.state == ImportState.APPLYING and _is_given_up(request, brought)
    return brought.state == ImportState.PREVIEWED or given_up


def _hand_over(request: HttpRequest, brought: ImportRun, job: Any, state: str) -> None:
    viewer = viewer_of(request)
    with transaction.atomic():
        job_id = enqueue(job, by=viewer, at=viewer.at, run_id=brought.pk)
        actions.hand_to_worker(brought=brought, state=state, job_id=job_id)


def _context(request: HttpRequest, pk: int) -> dict[str, Any]:
    viewer, brought = viewer_of(request), _brought(request, pk)
    exchange = get(brought.exchange)
    running = brought.state in (ImportState.READING, ImportState.APPLYING)
    found = job_state(brought.job_id, viewer=viewer) if running and brought.job_id else None
    report = Report.from_json(brought.report) if brought.report else Report()
    mine = may(viewer, exchange.permission)
    shown = shows_rows(brought, viewer)
    if not shown:
        report = report.counts()
    return {
        "brought": brought,
        "exchange": exchange,
        "report": report,
        "rejections": report.rejected[:REJECTIONS_SHOWN],
        "job": found,
        "is_running": running and not (found and found.is_failed),
        "may_apply": mine and _waits(request, brought),
        "has_good_rows": bool(report.created or report.updated),
        "may_bring_again": mine,
        "may_discard": mine and brought.state == ImportState.PREVIEWED,
        "may_fetch": mine and brought.file is not None and bool(report.rejected),
        "is_kept_briefly": exchange.about_young_people,
        "shows_rows": shown,
    }
