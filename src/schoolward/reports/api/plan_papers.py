"""What an approved funding plan writes, over HTTP: letters about its awards, and the board item."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Router, Schema
from ninja.errors import HttpError

from schoolward.platform.access.viewer import Viewer
from schoolward.platform.access.views import viewer_of
from schoolward.platform.audit.actions import record
from schoolward.platform.demo import clock
from schoolward.platform.ui.asking import RowNumber
from schoolward.reports.errors import CannotPrint
from schoolward.reports.plan_papers.approved import Approved, NoSuchPaper, approved, award_of
from schoolward.reports.plan_papers.board_item import board_item
from schoolward.reports.plan_papers.files import MEDIA_TYPES, plan_file
from schoolward.reports.plan_papers.letter import in_a_sentence, letter
from schoolward.reports.sheets.shape import Sheet
from schoolward.reports.sheets.tables import sheet_json

router = Router()


class LetterRow(Schema):
    """An award that the plan uses, and what its letter comes to."""

    award: str
    title: str
    says: str


@router.get("/funding-plans/{plan_id}/letters", url_name="plan_letters", response=list[LetterRow])
def letters(request: HttpRequest, plan_id: RowNumber) -> list[dict[str, Any]]:
    """The letters of an approved plan: one for each award that it uses."""
    made = _approved(viewer_of(request), plan_id)
    return [
        {"award": award.key, "title": award.title, "says": in_a_sentence(made, award)}
        for award in made.awards
    ]


@router.get("/funding-plans/{plan_id}/letters/{award}", url_name="plan_letter", response=dict[str, Any])
def one_letter(request: HttpRequest, plan_id: RowNumber, award: str) -> dict[str, Any]:
    """The letter about one award, by today's ledger: what is asked for, or why nothing has to be."""
    return sheet_json(_letter(viewer_of(request), plan_id, award))


@router.get("/funding-plans/{plan_id}/letters/{award}/files/{kind}", url_name="plan_letter_file")
def letter_file(request: HttpRequest, plan_id: RowNumber, award: str, kind: str) -> HttpResponse:
    """The same as a file: pdf, txt or json."""
    viewer = viewer_of(request)
    return _file(_letter(viewer, plan_id, award), kind, viewer, plan_id)


@router.get("/funding-plans/{plan_id}/board-item", url_name="plan_board_item", response=dict[str, Any])
def item(request: HttpRequest, plan_id: RowNumber) -> dict[str, Any]:
    """The board item about an approved plan, by today's records."""
    return sheet_json(_item(viewer_of(request), plan_id))


@router.get("/funding-plans/{plan_id}/board-item/files/{kind}", url_name="plan_board_item_file")
def item_file(request: HttpRequest, plan_id: RowNumber, kind: str) -> HttpResponse:
    """The same as a file: pdf, txt or json."""
    viewer = viewer_of(request)
    return _file(_item(viewer, plan_id), kind, viewer, plan_id)


def _approved(viewer: Viewer, plan_id: int) -> Approved:
    try:
        return approved(viewer, clock.today(viewer.at), plan=plan_id)
    except NoSuchPaper as error:
        raise HttpError(404, str(error)) from error


def _letter(viewer: Viewer, plan_id: int, key: str) -> Sheet:
    made = _approved(viewer, plan_id)
    try:
        return letter(made, award_of(made, key), by=viewer)
    except NoSuchPaper as error:
        raise HttpError(404, str(error)) from error


def _item(viewer: Viewer, plan_id: int) -> Sheet:
    return board_item(_approved(viewer, plan_id), by=viewer)


def _file(sheet: Sheet, kind: str, viewer: Viewer, plan_id: int) -> HttpResponse:
    if kind not in MEDIA_TYPES:
        raise HttpError(404, f"there is no file {kind!r}; there is {', '.join(MEDIA_TYPES)}")
    try:
        name, content = plan_file(sheet, kind)
    except CannotPrint as error:
        raise HttpError(422, str(error)) from error
    record(
        "reports.plan_paper_exported",
        by=viewer,
        at=viewer.at,
        subject=f"funding.Plan:{plan_id}",
        detail={"paper": sheet.report, "format": kind, **sheet.about},
    )
    answer = HttpResponse(content, content_type=MEDIA_TYPES[kind])
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    answer["Cache-Control"] = "private, no-store"
    return answer
