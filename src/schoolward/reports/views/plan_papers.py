"""The letters and the board item of an approved plan, on the page and as files."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from schoolward.platform.access.viewer import Viewer
from schoolward.platform.access.views import requires, viewer_of
from schoolward.platform.audit.actions import record
from schoolward.platform.demo import clock
from schoolward.reports.errors import CannotPrint
from schoolward.reports.plan_papers.approved import PERMISSION, Approved, NoSuchPaper, approved, award_of
from schoolward.reports.plan_papers.board_item import board_item
from schoolward.reports.plan_papers.files import MEDIA_TYPES, plan_file
from schoolward.reports.plan_papers.letter import in_a_sentence, letter
from schoolward.reports.sheets.shape import Sheet
from schoolward.reports.views.profiles import refused


def _approved(viewer: Viewer, pk: int) -> Approved:
    try:
        return approved(viewer, clock.today(viewer.at), pk=pk)
    except NoSuchPaper as error:
        raise Http404(str(error)) from error


def _letter(viewer: Viewer, made: Approved, key: str) -> Sheet:
    try:
        return letter(made, award_of(made, key), by=viewer)
    except NoSuchPaper as error:
        raise Http404(str(error)) from error


@require_safe
@requires(PERMISSION)
def plan_letters(request: HttpRequest, pk: int) -> HttpResponse:
    """The letters of an approved plan, one for each award that pays, and what each asks for."""
    made = _approved(viewer_of(request), pk)
    rows = [(award, in_a_sentence(made, award)) for award in made.awards]
    return render(request, "reports/plan_letters.html", {"made": made, "rows": rows})


@require_safe
@requires(PERMISSION)
def plan_letter(request: HttpRequest, pk: int, key: str) -> HttpResponse:
    """The letter about one award."""
    viewer = viewer_of(request)
    made = _approved(viewer, pk)
    context = {"made": made, "sheet": _letter(viewer, made, key), "key": key}
    return render(request, "reports/plan_paper.html", context)


@require_safe
@requires(PERMISSION)
def plan_letter_file(request: HttpRequest, pk: int, key: str, kind: str) -> HttpResponse:
    """The letter as a file: pdf, txt or json."""
    viewer = viewer_of(request)
    return _file(request, _letter(viewer, _approved(viewer, pk), key), kind, viewer, pk)


@require_safe
@requires(PERMISSION)
def plan_board_item(request: HttpRequest, pk: int) -> HttpResponse:
    """The item for the board."""
    viewer = viewer_of(request)
    made = _approved(viewer, pk)
    return render(request, "reports/plan_paper.html", {"made": made, "sheet": board_item(made, by=viewer)})


@require_safe
@requires(PERMISSION)
def plan_board_item_file(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """The item as a file: pdf, txt or json."""
    viewer = viewer_of(request)
    return _file(request, board_item(_approved(viewer, pk), by=viewer), kind, viewer, pk)


def _file(request: HttpRequest, sheet: Sheet, kind: str, viewer: Viewer, pk: int) -> HttpResponse:
    if kind not in MEDIA_TYPES:
        raise Http404(_("There is no such file."))
    try:
        name, content = plan_file(sheet, kind)
    except CannotPrint as error:
        return refused(request, error)
    record(
        "reports.plan_paper_exported",
        by=viewer,
        at=viewer.at,
        subject=f"funding.Approval:{pk}",
        detail={"paper": sheet.report, "format": kind, **sheet.about},
    )
    answer = HttpResponse(content, content_type=MEDIA_TYPES[kind])
    shown = "inline" if kind == "pdf" else "attachment"
    answer["Content-Disposition"] = f'{shown}; filename="{name}"'
    answer["Cache-Control"] = "private, no-store"
    return answer
