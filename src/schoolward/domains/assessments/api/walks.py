"""Walks over HTTP, for devices that gather answers and send them in batches, as often as it takes."""

# No deferred annotations here: Ninja cannot resolve annotations kept as text.
from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Field, File, Form, Router, Schema, Status
from ninja.errors import HttpError
from ninja.files import UploadedFile

from schoolward.domains.assessments import actions, queries
from schoolward.domains.assessments.actions.filled_walk import asked_now
from schoolward.domains.assessments.api.answering import GivenAnswer
from schoolward.domains.assessments.filled_forms import filled_questions, waiting_files
from schoolward.domains.assessments.models import AnswerPhoto, Walk
from schoolward.domains.assessments.walk_journals import journal_of
from schoolward.platform.access.permissions import check
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.access.views import viewer_of
from schoolward.platform.demo.clock import now
from schoolward.platform.files.store import FileTooLarge, FileTypeRefused
from schoolward.platform.ui.asking import RowNumber

router = Router()
MOST_AT_ONCE = 1000


class AnswerIn(Schema):
    """One answer: a value of the item's scale, or ``dne`` (does not exist), or ``uto`` (unable to observe).
    ``client_id`` is made once where the answer is given; sent again, it is kept once."""

    code: Annotated[str, Field(max_length=64)]
    answer: GivenAnswer
    client_id: UUID
    note: Annotated[str, Field(max_length=2000)] = ""
    given_at: datetime | None = None


class Batch(Schema):
    """Answers that are kept together, or not at all."""

    answers: Annotated[list[AnswerIn], Field(min_length=1, max_length=MOST_AT_ONCE)]


class ReceiptOut(Schema):
    """What was kept now, and what had been kept before."""

    new: int
    known: int


class PhotoIn(Schema):
    """What stands beside the picture (form field ``file``); ``code`` and ``client_id`` are required.

    Shares of the plan are from 0 to 1."""

    code: Annotated[str, Field(max_length=64)] = ""
    client_id: UUID | None = None
    caption: Annotated[str, Field(max_length=200)] = ""
    longitude: float | None = None
    latitude: float | None = None
    plan_id: RowNumber | None = None
    x: float | None = None
    y: float | None = None


class PhotoOut(Schema):
    """A photograph that is kept, with the hash of what was kept."""

    id: int
    sha256: str


class SubmittedOut(Schema):
    """What came of a walk that was handed in."""

    waits_for_second_assessor: bool
    found: list[int]
    seen_again: int
    mended: int


def walk_for(viewer: Viewer, walk_id: int) -> Walk:
    found = queries.walks(viewer).filter(pk=walk_id).first()
    if found is None:
        raise HttpError(404, f"there is no walk {walk_id} that you may see")
    return found


@router.get("/walks/{walk_id}", url_name="walk", response=dict[str, Any])
def walk(request: HttpRequest, walk_id: RowNumber) -> dict[str, Any]:
    """What a walk asks in walking order, what is answered, and what last time said."""
    viewer = viewer_of(request)
    check(viewer, "assessments.answers")
    found = walk_for(viewer, walk_id)
    answers = queries.current_answers(found.pk)[found.pk]
    last = queries.last_time(found)
    return {
        "id": found.pk,
        "campus_id": found.campus_id,
        "is_submitted": found.submitted_at is not None,
        "items": [
            {
                "code": one.item.code,
                "section": one.section_title,
                "text": one.item.text,
                "choices": [{"value": choice.value, "label": choice.label} for choice in one.scale.choices],
                "answer": queries.given(answers[one.row.pk]) if one.row.pk in answers else None,
                "note": answers[one.row.pk].note if one.row.pk in answers else "",
                "last_time": last.get(one.item.code),
            }
            for one in asked_now(journal_of(found), at=viewer.at)
        ],
    }


class ToldOut(Schema):
    """One answer of a filled form that is no item's; ``value`` is what is stored, ``answer`` in words."""

    path: str
    headings: list[str]
    question: str
    answer: str
    value: str


class FillingOut(Schema):
    """A filled form: when and how it came, which of its files have not, and what else it answered."""

    form: str
    way: str
    received_at: datetime
    waiting: list[str]
    answers: list[ToldOut]


@router.get("/walks/{walk_id}/filling", url_name="walk_filling", response=FillingOut)
def filling(request: HttpRequest, walk_id: RowNumber) -> dict[str, Any]:
    """The filled form of a walk, as far as it is no rating."""
    viewer = viewer_of(request)
    check(viewer, "assessments.answers")
    found = filled_questions(walk_for(viewer, walk_id))
    if found is None:
        raise HttpError(404, f"walk {walk_id} has no filled form")
    if found.unreadable:
        raise HttpError(409, f"the filled form can no longer be read with its instrument: {found.unreadable}")
    return {
        "form": found.filling.instance_id,
        "way": found.filling.way,
        "received_at": found.filling.received_at,
        "waiting": waiting_files(found.filling),
        "answers": [
            {
                "path": one.path,
                "headings": list(one.headings),
                "question": one.question,
                "answer": one.answer,
                "value": one.value,
            }
            for one in found.told
        ],
    }


@router.post("/walks/{walk_id}/answers", url_name="walk_answers", response=ReceiptOut)
def answers(request: HttpRequest, walk_id: RowNumber, sent: Batch) -> actions.Kept:
    """Keep answers of the own walk, all or none; the same ones again change nothing."""
    viewer = viewer_of(request)
    if any(one.given_at is not None and one.given_at.tzinfo is None for one in sent.answers):
        raise HttpError(422, "given_at: write it with its offset from UTC, such as 2012-09-06T09:15:00-07:00")
    try:
        return actions.give_answers(
            walk_id=walk_id,
            answers=[actions.GivenAnswer(**one.dict()) for one in sent.answers],
            by=viewer,
            at=now(viewer.at),
        )
    except actions.AssessmentRefused as refusal:
        raise HttpError(422 if refusal.field else 409, str(refusal)) from refusal


@router.post("/walks/{walk_id}/photos", url_name="walk_photos", response={201: PhotoOut})
def photo(
    request: HttpRequest, walk_id: RowNumber, sent: Form[PhotoIn], file: File[UploadedFile | None] = None
) -> Status[AnswerPhoto]:
    """Keep a photograph of an item of the own walk; the same one again is kept once."""
    viewer = viewer_of(request)
    check(viewer, "assessments.walk")
    if file is None or sent.client_id is None:
        raise HttpError(422, "file and client_id: send the picture and the number that the device gave it")
    place = actions.Pin(
        longitude=sent.longitude, latitude=sent.latitude, plan_id=sent.plan_id, x=sent.x, y=sent.y
    )
    try:
        kept = actions.add_photo(
            walk_id=walk_id,
            code=sent.code,
            stream=file,
            file_name=file.name or "",
            client_id=sent.client_id,
            caption=sent.caption,
            pin=place,
            by=viewer,
            at=now(viewer.at),
        )
    except (FileTooLarge, FileTypeRefused) as refusal:
        raise HttpError(422, f"file: {refusal}") from refusal
    except actions.AssessmentRefused as refusal:
        raise HttpError(422 if refusal.field else 409, str(refusal)) from refusal
    return Status(201, kept)


@router.post("/walks/{walk_id}/submit", url_name="walk_submit", response=SubmittedOut)
def submit(request: HttpRequest, walk_id: RowNumber) -> dict[str, Any]:
    """Hand the own walk in: what failed becomes findings, each proposed as work once."""
    viewer = viewer_of(request)
    try:
        done = actions.submit_walk(walk_id=walk_id, by=viewer, at=now(viewer.at))
    except actions.AssessmentRefused as refusal:
        raise HttpError(409, str(refusal)) from refusal
    return {
        "waits_for_second_assessor": done.waits,
        "found": [finding.pk for finding in done.found],
        "seen_again": done.seen_again,
        "mended": done.mended,
    }
