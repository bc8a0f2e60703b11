"""Emergency looks over HTTP, and what somebody else judges of them."""

# No deferred annotations here: Ninja resolves the types of what is sent from the annotations themselves.
from datetime import date, datetime
from typing import Any

from django.http import HttpRequest
from ninja import Router, Schema, Status

from schoolward.domains.privacy.actions import open_emergency, open_emergency_for
from schoolward.domains.privacy.api.asked import Sentence, Word
from schoolward.platform.access import breaking_glass
from schoolward.platform.access.emergency_looks import Opened, look
from schoolward.platform.access.emergency_readings import Reading, readings
from schoolward.platform.access.guarded import GuardedSchema
from schoolward.platform.access.models import Emergency
from schoolward.platform.access.refusal import Refusal
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
        return breaking_glass.told_of([emergency])[0].shown_subject

    @staticmethod
    def resolve_reason(emergency: Emergency) -> str:
        return breaking_glass.told_of([emergency])[0].shown_reason

    @staticmethod
    def resolve_account(emergency: Emergency) -> str:
        return str(emergency.account.name)


class EmergencyIn(GuardedSchema):
    """Whose records, and what the emergency is.

    Either ``name`` (the whole name, as it stands at school) with ``born_on``, or the ``subject``
    (``app.Model:number``).
    """

    reason: Sentence
    name: Word | None = None
    born_on: date | None = None
    subject: Word | None = None


class OpenedOut(Schema):
    """One record that a look opens: which, of what kind, and its opened fields by their names."""

    record: str
    kind: str
    fields_read: dict[str, str]

    @staticmethod
    def resolve_fields_read(opened: Opened) -> dict[str, str]:
        return {told.name: told.value for told in opened.fields}


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


@router.post("/emergencies", url_name="emergency_open", response={201: list[EmergencyOut]})
def emergency_open(request: HttpRequest, told: EmergencyIn) -> Status[list[Emergency]]:
    """Break the glass: one person's records for three hours, nothing sealed or of a special category.

    Where two agencies each keep a record of the person, a look opens for each.
    """
    viewer = viewer_of(request)
    if told.subject is not None:
        made = [open_emergency(subject=told.subject, reason=told.reason, by=viewer, at=viewer.at)]
    elif told.name is not None and told.born_on is not None:
        made = open_emergency_for(
            name=told.name, born_on=told.born_on, reason=told.reason, by=viewer, at=viewer.at
        )
    else:
        raise Refusal("Give name and born_on, or the subject.", field="name")
    return Status(201, made)


@router.get("/emergencies/{emergency_id}/look", url_name="emergency_look", response=list[OpenedOut])
def emergency_look(request: HttpRequest, emergency_id: RowNumber) -> Any:
    """What one of the caller's own emergency looks opens, while it is open. Each reading is on the record."""
    return look(emergency_id=emergency_id, by=viewer_of(request))[1]


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
