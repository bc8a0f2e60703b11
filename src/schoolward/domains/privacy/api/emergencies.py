"""Emergency looks over HTTP, and what somebody else judges of them."""

# No deferred annotations here: Ninja resolves the types of what is sent from the annotations themselves.
from datetime import datetime
from typing import Any

from django.http import HttpRequest
from ninja import Router, Schema, Status

from schoolward.domains.privacy.actions import open_emergency
from schoolward.domains.privacy.api.asked import Sentence, Word
from schoolward.platform.access import breaking_glass
from schoolward.platform.access.emergency_readings import Reading, readings
from schoolward.platform.access.guarded import GuardedSchema
from schoolward.platform.access.models import Emergency
from schoolward.platform.access.sealing import shown
from schoolward.platform.access.views import viewer_of
from schoolward.platform.ui.asking import RowNumber

router = Router()


class EmergencyOut(Schema):
    """An emergency look."""

    id: int
    account: str
    subject: str
    reason: str
    opened_at: datetime
    closes_at: datetime
    judgement: str

    @staticmethod
    def resolve_subject(emergency: Emergency) -> str:
        return shown([emergency.subject])[0]

    @staticmethod
    def resolve_account(emergency: Emergency) -> str:
        return str(emergency.account.name)


class EmergencyIn(GuardedSchema):
    """Whose records (``app.Model:number``), and what the emergency is."""

    subject: Word
    reason: Sentence


class JudgementIn(GuardedSchema):
    """``justified`` or ``not_justified``, and why."""

    judgement: Word
    note: Sentence


class ReadingOut(Schema):
    """One reading by way of an emergency look: when, which record, which fields."""

    at: datetime
    record: str
    fields_read: list[str]

    @staticmethod
    def resolve_fields_read(reading: Reading) -> list[str]:
        return list(reading.fields)


@router.get("/emergencies", url_name="emergencies", response=list[EmergencyOut])
def emergencies(request: HttpRequest) -> Any:
    """The emergency looks of others that nobody has judged, the oldest first."""
    return breaking_glass.to_review(viewer_of(request))


@router.post("/emergencies", url_name="emergency_open", response={201: EmergencyOut})
def emergency_open(request: HttpRequest, told: EmergencyIn) -> Status[Emergency]:
    """Break the glass: one person's records for three hours, nothing sealed or of a special category."""
    viewer = viewer_of(request)
    made = open_emergency(subject=told.subject, reason=told.reason, by=viewer, at=viewer.at)
    return Status(201, made)


@router.get("/emergencies/{emergency_id}/readings", url_name="emergency_readings", response=list[ReadingOut])
def emergency_readings(request: HttpRequest, emergency_id: RowNumber) -> Any:
    """What was read by way of an emergency look of somebody else that waits for a judgement."""
    return readings(emergency_id=emergency_id, by=viewer_of(request))


@router.post("/emergencies/{emergency_id}/judge", url_name="emergency_judge", response=EmergencyOut)
def emergency_judge(request: HttpRequest, emergency_id: RowNumber, told: JudgementIn) -> Emergency:
    """Judge an emergency look of somebody else."""
    viewer = viewer_of(request)
    return breaking_glass.review(
        emergency_id=emergency_id, judgement=told.judgement, note=told.note, by=viewer, at=viewer.at
    )
