"""The editions that the caller may see, one as JSON, its files."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Router
from ninja.errors import HttpError

from schoolward.platform.access.permissions import check
from schoolward.platform.access.views import viewer_of
from schoolward.reports import registry
from schoolward.reports.api.shapes import PaperOut
from schoolward.reports.composing import SectionError
from schoolward.reports.errors import CannotPrint
from schoolward.reports.models import Edition
from schoolward.reports.paper import correction_of
from schoolward.reports.queries import contents, edition_as_of, editions, traceability
from schoolward.reports.rendering import file_of
from schoolward.reports.views.reading import KINDS

router = Router()


def reports(request: HttpRequest) -> list[dict[str, Any]]:
    """Every edition that the caller may see, newest first."""
    viewer = viewer_of(request)
    check(viewer, "reports.view")
    return [
        {
            "id": row.pk,
            "report": row.report,
            "edition": row.number,
            "as_of": row.as_of,
            "state": row.state,
            "frozen_at": row.frozen_at,
            "published_at": row.published_at,
            "invented": row.invented,
        }
        for row in editions(viewer)
    ]


def _edition(request: HttpRequest, report: str, as_of: date) -> Edition:
    viewer = viewer_of(request)
    check(viewer, "reports.view")
    try:
        found = edition_as_of(viewer, registry.get(report).key, as_of)
    except registry.UnknownReport as error:
        raise HttpError(404, str(error)) from error
    if found is None:
        raise HttpError(404, f"there is no edition of {report} as of {as_of}")
    return found


@router.get("/{report}", url_name="report", response=PaperOut)
def report(request: HttpRequest, report: str, as_of: date) -> dict[str, Any]:
    """One edition's state and how many of its numbers open their records now."""
    row = _edition(request, report, as_of)
    try:
        found = contents(row)
    except SectionError as error:
        raise HttpError(422, str(error)) from error
    return {
        "id": row.pk,
        "report": row.report,
        "edition": row.number,
        "as_of": row.as_of,
        "state": row.state,
        "traceability": traceability(found.cells).as_json(),
        "corrections": [correction_of(correction) for correction in row.corrections.select_related("cell")],
        "numbers": [
            {
                "number": cell.position,
                "key": cell.measure_key,
                "version": cell.measure_version,
                "shown": cell.shown,
                "value": cell.value,
                "numerator": cell.numerator,
                "denominator": cell.denominator,
                "unit": cell.unit,
                "suppressed": cell.suppressed,
                "collected": cell.collected,
                "records": None if cell.suppressed else cell.record_count,
            }
            for cell in found.cells
        ],
    }


@router.get("/{report}/files/{kind}", url_name="report_file")
def report_file(request: HttpRequest, report: str, kind: str, as_of: date) -> HttpResponse:
    """One of the edition's files: pdf, csv, json or sha256; annotated-pdf and so on after a correction."""
    row = _edition(request, report, as_of)
    try:
        name, content = file_of(row, kind)
    except LookupError as error:
        names = f"{', '.join(KINDS)}, and after a correction annotated-pdf and so on"
        raise HttpError(404, f"there is no file {kind!r}; there is {names}") from error
    except (SectionError, CannotPrint) as error:
        raise HttpError(422, str(error)) from error
    response = HttpResponse(content, content_type=KINDS[kind.removeprefix("annotated-")])
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
