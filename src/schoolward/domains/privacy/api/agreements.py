"""Sharing agreements over HTTP: drawn up, signed by two persons, revoked."""

# No deferred annotations here: Ninja resolves the types of what is sent from the annotations themselves.
from datetime import date, datetime
from typing import Any

from django.http import HttpRequest
from ninja import Router, Schema, Status

from schoolward.domains.privacy.api.asked import Sentence, Word, agency_of
from schoolward.platform.access import sharing
from schoolward.platform.access.guarded import GuardedSchema
from schoolward.platform.access.models import Agreement
from schoolward.platform.access.permissions import check
from schoolward.platform.access.views import viewer_of
from schoolward.platform.ui.asking import RowNumber

router = Router()


class Reason(Schema):
    """Why; it goes on the record."""

    reason: Sentence


class SignatureOut(Schema):
    """Who signed for which party, and when. ``terms_sha256`` is of the terms as they stood."""

    agency: str
    signed_by: str
    at: datetime
    terms_sha256: str


class AgreementOut(Schema):
    """A sharing agreement. ``state``: waits, live, begins, ended, revoked or suspended."""

    id: int
    title: str
    owner: str
    recipient: str
    record_classes: list[str]
    purposes: list[str]
    fields: list[str]
    valid_from: date
    valid_to: date
    state: str
    revoked_reason: str
    signatures: list[SignatureOut]


class AgreementIn(GuardedSchema):
    """Terms. Agencies by their short keys; ``fields`` as ``app.Model.field``."""

    title: Word
    owner: Word
    recipient: Word
    record_classes: list[Word]
    purposes: list[Word]
    fields: list[Word]
    valid_from: date
    valid_to: date


def _agreement(agreement: Agreement, at: datetime) -> dict[str, Any]:
    return {
        "id": agreement.pk,
        "title": agreement.title,
        "owner": agreement.owner.key,
        "recipient": agreement.recipient.key,
        "record_classes": agreement.record_classes,
        "purposes": agreement.purposes,
        "fields": agreement.fields,
        "valid_from": agreement.valid_from,
        "valid_to": agreement.valid_to,
        "state": sharing.state(agreement, at),
        "revoked_reason": agreement.revoked_reason,
        "signatures": [
            {
                "agency": signature.agency.key,
                "signed_by": signature.account.name,
                "at": signature.at,
                "terms_sha256": signature.terms_sha256,
            }
            for signature in agreement.signatures.select_related("agency", "account")
        ],
    }


def _told(request: HttpRequest, agreement_id: int) -> dict[str, Any]:
    viewer = viewer_of(request)
    return _agreement(sharing.agreements(viewer).get(pk=agreement_id), viewer.at)


@router.get("/agreements", url_name="agreements", response=list[AgreementOut])
def agreements(request: HttpRequest) -> list[dict[str, Any]]:
    """The sharing agreements of the own agency; all for those who guard them."""
    viewer = viewer_of(request)
    return [_agreement(agreement, viewer.at) for agreement in sharing.agreements(viewer)]


@router.post("/agreements", url_name="agreement_draft", response={201: AgreementOut})
def draft(request: HttpRequest, told: AgreementIn) -> Status[dict[str, Any]]:
    """Draw an agreement up. It opens nothing until a person of each agency has signed."""
    viewer = viewer_of(request)
    check(viewer, sharing.DRAFT)
    terms = told.dict() | {"owner": agency_of(told.owner), "recipient": agency_of(told.recipient)}
    made = sharing.draft(terms=sharing.Terms(**terms), by=viewer, at=viewer.at)
    return Status(201, _agreement(made, viewer.at))


@router.get("/agreements/{agreement_id}", url_name="agreement", response=AgreementOut)
def agreement(request: HttpRequest, agreement_id: RowNumber) -> dict[str, Any]:
    """One agreement with its terms and signatures."""
    return _told(request, agreement_id)


@router.post("/agreements/{agreement_id}/sign", url_name="agreement_sign", response=AgreementOut)
def sign(request: HttpRequest, agreement_id: RowNumber) -> dict[str, Any]:
    """Sign for the own agency."""
    viewer = viewer_of(request)
    check(viewer, sharing.SIGN)
    sharing.sign(agreement=sharing.agreements(viewer).get(pk=agreement_id), by=viewer, at=viewer.at)
    return _told(request, agreement_id)


@router.post("/agreements/{agreement_id}/revoke", url_name="agreement_revoke", response=AgreementOut)
def revoke(request: HttpRequest, agreement_id: RowNumber, told: Reason) -> dict[str, Any]:
    """End an agreement at once."""
    viewer = viewer_of(request)
    check(viewer, sharing.SIGN)
    found = sharing.agreements(viewer).get(pk=agreement_id)
    sharing.revoke(agreement=found, reason=told.reason, by=viewer, at=viewer.at)
    return _told(request, agreement_id)
