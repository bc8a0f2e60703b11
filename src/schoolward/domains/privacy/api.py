"""Agreements, consents, seals, emergency looks and the disclosure log, over HTTP."""

# No deferred annotations here: Ninja resolves the types of what is sent from the annotations themselves.
from datetime import date, datetime
from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Field, Router, Schema, Status
from ninja.errors import HttpError

from schoolward.domains.privacy.actions import open_emergency
from schoolward.platform.access import breaking_glass, consenting, disclosing, sealing, sharing
from schoolward.platform.access.agencies import agencies
from schoolward.platform.access.models import Agency, Agreement, Consent, Emergency, Sealing
from schoolward.platform.access.permissions import check
from schoolward.platform.access.policy import mask
from schoolward.platform.access.views import viewer_of
from schoolward.platform.ui.asking import RowNumber

router = Router()
Word = Annotated[str, Field(min_length=1, max_length=200, pattern=r"^[^\x00]*$")]
Sentence = Annotated[str, Field(min_length=1, max_length=500, pattern=r"^[^\x00]*$")]
LONGEST_LIST = 200


def _agency(key: str) -> Agency:
    found = agencies().filter(key=key).first()
    if found is None:
        raise HttpError(422, f"{key}: there is no agency of this key")
    return found


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


class AgreementIn(Schema):
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
    terms = told.dict() | {"owner": _agency(told.owner), "recipient": _agency(told.recipient)}
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


class ConsentIn(Schema):
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
    scope = consenting.Scope(**told.dict() | {"recipient": _agency(told.recipient)})
    made = consenting.record_consent(scope=scope, by=viewer, at=viewer.at)
    return Status(201, _consent(made, CONSENT_FIELDS))


@router.post("/consents/{consent_id}/withdraw", url_name="consent_withdraw", response={204: None})
def consent_withdraw(request: HttpRequest, consent_id: RowNumber) -> Status[None]:
    """Take a consent back."""
    viewer = viewer_of(request)
    consenting.withdraw_consent(consent_id=consent_id, by=viewer, at=viewer.at)
    return Status(204, None)


class SealingOut(Schema):
    """An order to seal. ``record`` and ``reason`` are absent once it is carried out."""

    id: int
    ground: str
    due_on: date
    sealed_at: datetime | None
    record: str | None = None
    reason: str | None = None


class SealingIn(Schema):
    """Which record is to be sealed (``app.Model:number``), why, and by when."""

    record: Word
    ground: Word
    reason: Sentence
    due_on: date


def _sealing(order: Sealing) -> dict[str, Any]:
    told = {"id": order.pk, "ground": order.ground, "due_on": order.due_on, "sealed_at": order.sealed_at}
    return told if order.sealed_at else {**told, "record": order.record, "reason": order.reason}


@router.get("/sealings", url_name="sealings", response=list[SealingOut], exclude_unset=True)
def sealings(request: HttpRequest) -> list[dict[str, Any]]:
    """The orders to seal, by their day."""
    return [_sealing(order) for order in sealing.sealings(viewer_of(request))]


@router.post("/sealings", url_name="sealing_order", response={201: SealingOut}, exclude_unset=True)
def sealing_order(request: HttpRequest, told: SealingIn) -> Status[dict[str, Any]]:
    """Order that a record be sealed by a day."""
    viewer = viewer_of(request)
    made = sealing.order(
        record_name=told.record,
        ground=told.ground,
        reason=told.reason,
        due_on=told.due_on,
        by=viewer,
        at=viewer.at,
    )
    return Status(201, _sealing(made))


@router.post("/sealings/{sealing_id}/seal", url_name="seal", response=SealingOut, exclude_unset=True)
def seal(request: HttpRequest, sealing_id: RowNumber) -> dict[str, Any]:
    """Carry an order out: the record is nowhere from then on."""
    viewer = viewer_of(request)
    return _sealing(sealing.seal(sealing_id=sealing_id, by=viewer, at=viewer.at))


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
    def resolve_account(emergency: Emergency) -> str:
        return str(emergency.account.name)


class EmergencyIn(Schema):
    """Whose records (``app.Model:number``), and what the emergency is."""

    subject: Word
    reason: Sentence


class JudgementIn(Schema):
    """``justified`` or ``not_justified``, and why."""

    judgement: Word
    note: Sentence


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


@router.post("/emergencies/{emergency_id}/judge", url_name="emergency_judge", response=EmergencyOut)
def emergency_judge(request: HttpRequest, emergency_id: RowNumber, told: JudgementIn) -> Emergency:
    """Judge an emergency look of somebody else."""
    viewer = viewer_of(request)
    return breaking_glass.review(
        emergency_id=emergency_id, judgement=told.judgement, note=told.note, by=viewer, at=viewer.at
    )


class SubjectIn(Schema):
    """Whose log (``app.Model:number``); in the body, so that no address names a person."""

    subject: Word


class DisclosureOut(Schema):
    """One reading of what the own agency keeps about the person."""

    at: datetime
    agency: str
    role: str
    purpose: str
    record: str
    fields: list[str]
    basis: str


@router.post("/disclosures", url_name="disclosures", response=list[DisclosureOut])
def disclosures(request: HttpRequest, told: SubjectIn) -> Any:
    """Who read what is kept about one person, the newest first. Asking is itself on the record."""
    return disclosing.disclosures(told.subject, by=viewer_of(request))
