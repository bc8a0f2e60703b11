"""Reading editions: the list, the paper as a page, a number's records, what changed, the files."""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from schoolward.analysis.anomaly import Verdict
from schoolward.platform.access.disclosing import read_whole
from schoolward.platform.access.models import ProtectedRecord
from schoolward.platform.access.permissions import may
from schoolward.platform.access.policy import visible
from schoolward.platform.access.references import reference
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.access.views import requires, viewer_of
from schoolward.platform.audit.actions import record
from schoolward.platform.demo import clock
from schoolward.platform.measures.lineage import unpack
from schoolward.platform.ui.search import kind_of
from schoolward.reports import registry
from schoolward.reports.checks import lineage_trouble, question_of
from schoolward.reports.composing import SectionError
from schoolward.reports.content import span_of
from schoolward.reports.difference import difference
from schoolward.reports.errors import CannotPrint
from schoolward.reports.forms import NewEditionForm
from schoolward.reports.models import CellReading, Edition, State
from schoolward.reports.paper import paper
from schoolward.reports.queries import (
    Contents,
    NoSuchEdition,
    contents,
    edition_for,
    editions,
    previous_edition,
)
from schoolward.reports.rendering import file_of

PAGE = 50
KINDS = {
    "pdf": "application/pdf",
    "csv": "text/csv; charset=utf-8",
    "json": "application/json",
    "sha256": "text/plain; charset=utf-8",
}
"""The files by kind; "annotated-" before a kind asks for the newest annotated copy."""


def edition_or_404(viewer: Viewer, pk: int) -> Edition:
    """The edition, if it is the viewer's to see."""
    try:
        return edition_for(viewer, pk)
    except NoSuchEdition as error:
        raise Http404(str(error)) from error


def paper_context(found: Contents) -> dict[str, Any]:
    """What the paper's templates need: its data, its cells by mark, its charts."""
    data = paper(found, [])
    return {
        "paper": data,
        "cells": {cell["id"]: cell for cell in data["cells"]},
        "charts": found.charts,
        "places": {},
    }


@require_safe
@requires("reports.view")
def reports(request: HttpRequest) -> HttpResponse:
    """Every edition that the viewer may see, by report, and where a new one starts."""
    viewer = viewer_of(request)
    rows = list(editions(viewer))
    kinds = [
        {"kind": kind, "editions": [row for row in rows if row.report == kind.key]}
        for kind in registry.all_reports()
    ]
    waiting = sum(row.state in (State.REVIEW, State.APPROVED) for row in rows)
    return render(
        request,
        "reports/list.html",
        {
            "kinds": kinds,
            "waiting": waiting,
            "may_edit": may(viewer, "reports.edit"),
            "may_see_actions": may(viewer, "assessments.view"),
            "form": NewEditionForm(initial={"as_of": clock.today(viewer.at)}),
        },
    )


@require_safe
@requires("reports.view")
def edition(request: HttpRequest, pk: int) -> HttpResponse:
    """The paper as a page. A draft's numbers are read just now, the others are frozen."""
    viewer = viewer_of(request)
    row = edition_or_404(viewer, pk)
    context: dict[str, Any] = {
        "edition": row,
        "may_edit": may(viewer, "reports.edit") and row.state == State.DRAFT,
        "may_minute": may(viewer, "reports.minutes") and row.state != State.DRAFT,
        "is_annotated": row.files.filter(copy__gt=0).exists(),
        "previous": previous_edition(row),
        "corrections": row.corrections.all(),
        "may_correct": may(viewer, "reports.correct") and row.state in (State.PUBLISHED, State.SUPERSEDED),
    }
    try:
        context |= paper_context(contents(row))
    except SectionError as error:
        return render(request, "reports/broken.html", {**context, "error": error}, status=422)
    return render(request, "reports/edition.html", context)


@require_safe
@requires("reports.view")
def number(request: HttpRequest, pk: int, position: int) -> HttpResponse:
    """A frozen number: how it was made, whether its lineage is live, and its records page by page."""
    viewer = viewer_of(request)
    row = edition_or_404(viewer, pk)
    cell = get_object_or_404(
        CellReading.objects.select_related("anomaly_signoff"), edition=row, position=position
    )
    keys = unpack(bytes(cell.record_keys))
    page = max(1, int(request.GET.get("page", "1"))) if request.GET.get("page", "1").isdigit() else 1
    here = keys[(page - 1) * PAGE : page * PAGE]
    return render(
        request,
        "reports/number.html",
        {
            "edition": row,
            "cell": cell,
            "period": span_of(question_of(cell)[0]),
            "trouble": lineage_trouble(cell),
            "lines": _lines(cell, here, viewer),
            "page": page,
            "before": page - 1 if page > 1 else None,
            "after": page + 1 if len(keys) > page * PAGE else None,
            "needs_signature": cell.value is not None
            and cell.anomaly != Verdict.ORDINARY
            and not hasattr(cell, "anomaly_signoff"),
            "may_sign": may(viewer, "reports.sign_anomaly") and row.state in (State.REVIEW, State.APPROVED),
        },
    )


def _lines(cell: CellReading, pks: list[str], viewer: Viewer) -> list[dict[str, Any]]:
    """The records in words where the viewer may see them, else by their key alone."""
    model = apps.get_model(cell.record_model)
    kind = kind_of(model)
    if issubclass(model, ProtectedRecord):
        own = read_whole(model._default_manager.filter(pk__in=pks).order_by("pk"), viewer)
        return [{"key": reference(row), "hit": kind.describe(row, viewer)} for row in own]
    queryset = visible(model._default_manager.filter(pk__in=pks), viewer)
    rows = {
        str(row.pk): row for row in (queryset.select_related(*kind.related) if kind.related else queryset)
    }
    return [
        {"key": f"{cell.record_model}:{pk}", "hit": kind.describe(rows[pk], viewer) if pk in rows else None}
        for pk in pks
    ]


@require_safe
@requires("reports.view")
def changes(request: HttpRequest, pk: int) -> HttpResponse:
    """What changed since the edition before."""
    row = edition_or_404(viewer_of(request), pk)
    before = previous_edition(row)
    try:
        found = difference(before, row) if before else None
    except SectionError as error:
        return render(request, "reports/broken.html", {"edition": row, "error": error}, status=422)
    return render(request, "reports/difference.html", {"edition": row, "before": before, "difference": found})


@require_safe
@requires("reports.view")
def download(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """One of the edition's files."""
    viewer = viewer_of(request)
    row = edition_or_404(viewer, pk)
    try:
        name, content = file_of(row, kind)
    except LookupError as error:
        raise Http404(_("There is no such file.")) from error
    except (SectionError, CannotPrint) as error:
        return render(request, "reports/broken.html", {"edition": row, "error": error}, status=422)
    with transaction.atomic():
        record(
            "reports.downloaded",
            by=viewer,
            at=viewer.at,
            subject=f"reports.Edition:{row.pk}",
            detail={"file": name, "state": row.state},
        )
    bare = kind.removeprefix("annotated-")
    response = HttpResponse(content, content_type=KINDS[bare])
    shown = "inline" if bare == "pdf" else "attachment"
    response["Content-Disposition"] = f'{shown}; filename="{name}"'
    return response
