"""Starting an edition and writing it, over HTTP."""

from __future__ import annotations

from datetime import date

from django import forms
from django.http import HttpRequest
from ninja import Router, Schema, Status
from ninja.errors import HttpError

from schoolward.platform.access.permissions import check
from schoolward.platform.access.views import viewer_of
from schoolward.platform.ui.asking import RowNumber, Text, cleaned
from schoolward.reports import registry
from schoolward.reports.actions import discard, draft_edition, edit_form, edit_section, write_minutes
from schoolward.reports.api.editions import EditionOut, Reason, answering, edition_or_404, shown
from schoolward.reports.forms import BoardItemForm, MinutesForm, SectionForm, written_reason

router = Router()


class Start(Schema):
    """The day at which the figures stand."""

    as_of: date


class SectionIn(Schema):
    """A section's text, and the version that it was written from."""

    text: Text
    version: int


class FormIn(Schema):
    """Fields of the board item form; those that are not given stay as they are."""

    district: Text | None = None
    agenda_item: Text | None = None
    meeting_date: date | None = None
    subject: Text | None = None
    item_type: Text | None = None
    division: Text | None = None
    minutes_planned: int | None = None
    submitted_by_role: Text | None = None
    approved_by_role: Text | None = None


class Minutes(Schema):
    """The minutes of the board."""

    minutes_text: Text


@router.post("/{report}/editions", url_name="report_start", response={201: EditionOut})
def start(request: HttpRequest, report: str, given: Start) -> Status[EditionOut]:
    """Start an edition. Its texts begin as the last edition's."""
    viewer = viewer_of(request)
    check(viewer, "reports.edit")
    try:
        key = registry.get(report).key
    except registry.UnknownReport as error:
        raise HttpError(404, str(error)) from error
    with answering():
        made = draft_edition(report=key, as_of=given.as_of, by=viewer, at=viewer.at)
    return Status(201, shown(made))


@router.get("/editions/{edition_id}", url_name="edition", response=EditionOut)
def edition(request: HttpRequest, edition_id: RowNumber) -> EditionOut:
    """One edition with its texts, its signatures and every reason against its publication."""
    viewer = viewer_of(request)
    check(viewer, "reports.view")
    return shown(edition_or_404(viewer, edition_id))


@router.post("/editions/{edition_id}/sections/{key}", url_name="edition_section", response=EditionOut)
def section(request: HttpRequest, edition_id: RowNumber, key: str, given: SectionIn) -> EditionOut:
    """Write a section. Refused when somebody else saved it since, or when a token does not read."""
    viewer = viewer_of(request)
    check(viewer, "reports.edit")
    row = edition_or_404(viewer, edition_id)
    if not row.sections.filter(key=key).exists():
        known = ", ".join(row.sections.values_list("key", flat=True))
        raise HttpError(404, f"there is no section {key!r}; there is {known}")
    text = cleaned(SectionForm({"body": given.text, "version": given.version}))
    with answering():
        edit_section(edition=row, key=key, by=viewer, at=viewer.at, **text)
    return shown(edition_or_404(viewer, edition_id))


@router.post("/editions/{edition_id}/form", url_name="edition_form", response=EditionOut)
def form(request: HttpRequest, edition_id: RowNumber, given: FormIn) -> EditionOut:
    """Change fields of the board item form of a draft."""
    viewer = viewer_of(request)
    check(viewer, "reports.edit")
    row = edition_or_404(viewer, edition_id)
    changed = given.dict(exclude_none=True)
    now = forms.model_to_dict(row, fields=BoardItemForm.base_fields)
    values = cleaned(BoardItemForm({**now, **changed}, instance=row))
    with answering():
        edit_form(edition=row, values=values, by=viewer, at=viewer.at)
    return shown(edition_or_404(viewer, edition_id))


@router.post("/editions/{edition_id}/minutes", url_name="edition_minutes", response=EditionOut)
def minutes(request: HttpRequest, edition_id: RowNumber, given: Minutes) -> EditionOut:
    """Write the board's minutes; the one field of the form that stays open after publication."""
    viewer = viewer_of(request)
    check(viewer, "reports.minutes")
    row = edition_or_404(viewer, edition_id)
    values = cleaned(MinutesForm({"minutes_text": given.minutes_text}))
    with answering():
        write_minutes(edition=row, text=values["minutes_text"], by=viewer, at=viewer.at)
    return shown(edition_or_404(viewer, edition_id))


@router.post("/editions/{edition_id}/discard", url_name="edition_discard", response={204: None})
def give_up(request: HttpRequest, edition_id: RowNumber, given: Reason) -> Status[None]:
    """Give up a draft. Its texts go; the audit keeps that it was there, and the reason."""
    viewer = viewer_of(request)
    check(viewer, "reports.edit")
    row = edition_or_404(viewer, edition_id)
    with answering():
        discard(edition=row, reason=written_reason(given.dict()), by=viewer, at=viewer.at)
    return Status(204, None)
