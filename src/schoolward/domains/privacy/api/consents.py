"""Consents over HTTP: kept, shown as far as the viewer may see them, withdrawn."""

# No deferred annotations here: Ninja resolves the types of what is sent from the annotations themselves.
from datetime import date, datetime
from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Field, Router, Schema, Status

from schoolward.domains.privacy.api.asked import LONGEST_LIST, Word, agency_of
from schoolward.platform.access import consenting, disclosing
from schoolward.platform.access.guarded import GuardedSchema
from schoolward.platform.access.models import Consent
from schoolward.platform.access.permissions import check
from schoolward.platform.access.policy import mask
from schoolward.platform.access.views import viewer_of
from schoolward.platform.ui.asking import RowNumber

router = Router()


class ConsentOut(Schema):
    """A consent. A field that the caller may not read is absent."""

    id: int
    subject: str | None = None
    category: str | None = None
    recipient: str | None = None
    purpose: str | None = None
    given_by: str | None = None
    valid_from: date | None = None
    valid_to: date | None = None
    withdrawn_at: datetime | None = None


class ConsentIn(GuardedSchema):
    """What somebody consented to. ``recipient`` is an agency's short key."""

    subject: Word
    category: Word
    recipient: Word
    purpose: Word
    given_by: Word
    valid_from: date
    valid_to: date


CONSENT_FIELDS = frozenset(ConsentOut.model_fields) - {"id"}


def _consent(consent: Consent, shown: frozenset[str]) -> dict[str, Any]:
    told = {name: getattr(consent, name) for name in CONSENT_FIELDS & shown}
    if "recipient" in told:
        told["recipient"] = consent.recipient.key
    return {"id": consent.pk, **told}


@router.get("/consents", url_name="consents", response=list[ConsentOut], exclude_unset=True)
def consents(
    request: HttpRequest,
    offset: Annotated[int, Field(ge=0, le=2**31)] = 0,
    limit: Annotated[int, Field(ge=1, le=LONGEST_LIST)] = 50,
) -> list[dict[str, Any]]:
    """The consents that the own agency keeps, the newest first. Each one shown is on the record."""
    viewer = viewer_of(request)
    check(viewer, consenting.VIEW)
    rows = Consent.objects.select_related("recipient").order_by("-recorded_at", "-pk")
    found = disclosing.read(rows, viewer, fields=CONSENT_FIELDS, start=offset, stop=offset + limit)
    return [_consent(consent, mask(consent, viewer)) for consent in found]


@router.post("/consents", url_name="consent_record", response={201: ConsentOut}, exclude_unset=True)
def consent_record(request: HttpRequest, told: ConsentIn) -> Status[dict[str, Any]]:
    """Record a consent whose paper the own agency keeps."""
    viewer = viewer_of(request)
    check(viewer, consenting.KEEP)
    scope = consenting.Scope(**told.dict() | {"recipient": agency_of(told.recipient)})
    made = consenting.record_consent(scope=scope, by=viewer, at=viewer.at)
    return Status(201, _consent(made, CONSENT_FIELDS))


@router.post("/consents/{consent_id}/withdraw", url_name="consent_withdraw", response={204: None})
def consent_withdraw(request: HttpRequest, consent_id: RowNumber) -> Status[None]:
    """Take a consent back."""
    viewer = viewer_of(request)
    consenting.withdraw_consent(consent_id=consent_id, by=viewer, at=viewer.at)
    return Status(204, None)
