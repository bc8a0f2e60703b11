"""Disposals over HTTP: proposed by one person, reviewed by another, carried out once."""

# No deferred annotations here: Ninja resolves the types of what is sent from the annotations themselves.
from datetime import date, datetime
from typing import Any

from django.http import HttpRequest
from ninja import Router, Schema, Status
from ninja.errors import HttpError

from schoolward.domains.privacy.api.asked import LONGEST_LIST, Sentence
from schoolward.domains.privacy.api.retention import ReasonIn
from schoolward.platform.access.guarded import GuardedSchema
from schoolward.platform.access.models import Certificate, Disposal, RetentionSchedule
from schoolward.platform.access.retention import disposals as disposing
from schoolward.platform.access.retention.carrying_out import carry_out
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.access.views import viewer_of
from schoolward.platform.ui.asking import RowNumber

router = Router()


class DisposalOut(Schema):
    """A batch. ``state`` is ``proposed``, ``refused``, ``approved`` or ``done``; ``left`` counts its rows."""

    id: int
    schedule: int
    table: str
    record_class: str
    state: str
    left: int
    proposed_by: str
    proposed_at: datetime
    reviewed_by: str | None


class DisposalRowOut(Schema):
    """A row of a batch. ``record`` is empty where the caller may not see the record."""

    id: int
    record: str
    taken_out_reason: str


class DisposalWithRows(DisposalOut):
    """A batch with its rows; once it is carried out, those that were taken out. Of sealed records none."""

    rows: list[DisposalRowOut]


class ProposalIn(GuardedSchema):
    """By which schedule the records are due; ``sealed`` for those of them that are sealed."""

    schedule: RowNumber
    sealed: bool = False


class ReviewIn(GuardedSchema):
    """Whether the batch is approved, and what was looked at."""

    approve: bool
    note: Sentence


class CertificateOut(Schema):
    """What stays of records that were disposed of."""

    id: int
    on: date
    table: str
    record_class: str
    rows: int
    schedule: int
    version: int
    citation: str
    proposed_by: str
    reviewed_by: str


@router.get("/retention/disposals", url_name="disposals", response=list[DisposalOut])
def disposals(request: HttpRequest) -> list[dict[str, Any]]:
    """The batches of the own agency, the newest first."""
    return [_batch(batch) for batch in disposing.disposals(viewer_of(request))[:LONGEST_LIST]]


@router.post("/retention/disposals", url_name="disposal_propose", response={201: DisposalWithRows})
def disposal_propose(request: HttpRequest, told: ProposalIn) -> Status[dict[str, Any]]:
    """List what is due by a schedule as a batch for another person's review."""
    viewer = viewer_of(request)
    try:
        batch = disposing.propose(schedule_id=told.schedule, sealed=told.sealed, by=viewer, at=viewer.at)
    except RetentionSchedule.DoesNotExist:
        raise HttpError(422, f"schedule {told.schedule}: none of this number is in force") from None
    return Status(201, _with_rows(batch.pk, viewer))


@router.get("/retention/disposals/{disposal_id}", url_name="disposal", response=DisposalWithRows)
def disposal(request: HttpRequest, disposal_id: RowNumber) -> dict[str, Any]:
    """A batch with its rows."""
    return _with_rows(disposal_id, viewer_of(request))


@router.post(
    "/retention/disposals/{disposal_id}/review", url_name="disposal_review", response=DisposalWithRows
)
def disposal_review(request: HttpRequest, disposal_id: RowNumber, told: ReviewIn) -> dict[str, Any]:
    """Approve a batch that somebody else has proposed, or refuse it whole."""
    viewer = viewer_of(request)
    disposing.review(
        disposal_id=disposal_id, approve=told.approve, note_text=told.note, by=viewer, at=viewer.at
    )
    return _with_rows(disposal_id, viewer)


@router.post("/retention/rows/{row_id}/take-out", url_name="disposal_take_out", response=DisposalWithRows)
def disposal_take_out(request: HttpRequest, row_id: RowNumber, told: ReasonIn) -> dict[str, Any]:
    """Take one record out of a batch, with a reason; it stays."""
    viewer = viewer_of(request)
    row = disposing.take_out(row_id=row_id, reason=told.reason, by=viewer, at=viewer.at)
    return _with_rows(row.disposal_id, viewer)


@router.post(
    "/retention/disposals/{disposal_id}/carry-out", url_name="disposal_carry_out", response=CertificateOut
)
def disposal_carry_out(request: HttpRequest, disposal_id: RowNumber) -> dict[str, Any]:
    """Delete the records of an approved batch for good. Done a second time it does nothing."""
    viewer = viewer_of(request)
    done = carry_out(disposal_id=disposal_id, by=viewer, at=viewer.at)
    return _certificate(disposing.certificates(viewer).get(pk=done.pk))


@router.get("/retention/certificates", url_name="certificates", response=list[CertificateOut])
def certificates(request: HttpRequest) -> list[dict[str, Any]]:
    """The certificates of the own agency's disposals, the newest first."""
    return [_certificate(one) for one in disposing.certificates(viewer_of(request))[:LONGEST_LIST]]


def _batch(batch: Disposal) -> dict[str, Any]:
    return {
        "id": batch.pk,
        "schedule": batch.schedule_id,
        "table": batch.schedule.table,
        "record_class": batch.schedule.record_class,
        "state": batch.state(),
        "left": disposing.left_in(batch),
        "proposed_by": batch.proposed_by.name,
        "proposed_at": batch.proposed_at,
        "reviewed_by": batch.reviewed_by.name if batch.reviewed_by else None,
    }


def _with_rows(disposal_id: int, viewer: Viewer) -> dict[str, Any]:
    batch = disposing.disposals(viewer).get(pk=disposal_id)
    rows = [
        {"id": row.pk, "record": name, "taken_out_reason": row.taken_out_reason}
        for row, name in disposing.named(batch, viewer)
    ]
    return {**_batch(batch), "rows": rows}


def _certificate(one: Certificate) -> dict[str, Any]:
    return {
        "id": one.pk,
        "on": one.on,
        "table": one.table,
        "record_class": one.record_class,
        "rows": one.rows,
        "schedule": one.schedule_id,
        "version": one.schedule.version,
        "citation": one.schedule.citation,
        "proposed_by": one.proposed_by.name,
        "reviewed_by": one.reviewed_by.name,
    }
