"""Sharing agreements: drawing one up, signing for a party, revoking. Each is one transaction, one event."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from schoolward.platform.access.clock import today
from schoolward.platform.access.models import Account, Agency, AgencyKind, Agreement, RecordClass, Signature
from schoolward.platform.access.permissions import check, may
from schoolward.platform.access.policy import Across, policy_for
from schoolward.platform.access.purposes import Purpose
from schoolward.platform.access.references import protected_models
from schoolward.platform.access.refusal import Refusal, fit_text
from schoolward.platform.access.roles import Role
from schoolward.platform.access.rules import ALL_FIELDS
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.audit.actions import record

DRAFT, SIGN, VIEW = "sharing.draft", "sharing.sign", "sharing.view"
LONGEST_REASON = 300
SEES_ALL = frozenset({Role.PRIVACY_OFFICER, Role.ACCOUNTABILITY, Role.ADMINISTRATOR, Role.LEAD})
#: Who can bind an agency of a kind: a principal signs for a charter, and never for the district.
SIGNATORIES: dict[str, frozenset[str]] = {
    AgencyKind.DISTRICT: frozenset({Role.LEAD, Role.TRUSTEE, Role.PRIVACY_OFFICER}),
    AgencyKind.POLICE: frozenset({Role.LEAD, Role.PRIVACY_OFFICER}),
    AgencyKind.CITY: frozenset({Role.SECRETARY}),
    AgencyKind.COUNTY: frozenset({Role.SECRETARY, Role.REGIONAL_PARTNER}),
    AgencyKind.PRIVATE_SCHOOL: frozenset({Role.SITE_LEAD, Role.REGIONAL_PARTNER}),
    AgencyKind.CHARTER: frozenset({Role.SITE_LEAD, Role.REGIONAL_PARTNER}),
    AgencyKind.COMMUNITY: frozenset({Role.PROVIDER}),
}


def may_bind(agreement: Agreement, viewer: Viewer) -> bool:
    """Whether the viewer can sign or revoke for one of the two parties."""
    return (
        may(viewer, SIGN)
        and viewer.agency_id in (agreement.owner_id, agreement.recipient_id)
        and viewer.role in SIGNATORIES.get(viewer.agency_kind, frozenset())
    )


@dataclass(frozen=True)
class Terms:
    """What two agencies agree on."""

    title: str
    owner: Agency
    recipient: Agency
    record_classes: Collection[str]
    purposes: Collection[str]
    fields: Collection[str]
    valid_from: date
    valid_to: date


def shareable_fields() -> list[str]:
    """What an agreement can name, as ``app.Model.field``: fields that a rule opens across agencies."""
    names: set[str] = set()
    for label, model in protected_models().items():
        policy = policy_for(model)
        for rule in policy.rules if policy else ():
            if rule.across is Across.AGREEMENT:
                every = {field.name for field in model._meta.concrete_fields}
                names |= {f"{label}.{name}" for name in (every if rule.fields == ALL_FIELDS else rule.fields)}
    return sorted(names)


def words_of(name: str) -> str:
    """A shareable field in words; as it is written where the table or field is no longer there."""
    label, _dot, field = name.rpartition(".")
    model = protected_models().get(label)
    known = {each.name: each for each in model._meta.concrete_fields} if model else {}
    if model is None or field not in known:
        return name
    table, column = capfirst(model._meta.verbose_name), known[field].verbose_name
    return f"{table}: {column}"


def agreements(viewer: Viewer) -> QuerySet[Agreement]:
    """The agreements that the viewer may read: all for those who guard them, else those of the own agency."""
    check(viewer, VIEW)
    found = Agreement.objects.select_related("owner", "recipient").prefetch_related("signatures__account")
    if not viewer.is_system and viewer.role not in SEES_ALL:
        found = found.filter(Q(owner=viewer.agency_id) | Q(recipient=viewer.agency_id))
    return found.order_by("-valid_from", "-pk")


def state(agreement: Agreement, at: datetime) -> str:
    """``revoked``, ``waits`` for signatures, ``ended``, ``begins`` later, ``suspended``, or ``live``."""
    day = today(at)
    signed = {signature.agency_id for signature in agreement.signatures.all()}
    if agreement.revoked_at is not None:
        return "revoked"
    if day > agreement.valid_to:
        return "ended"
    if not {agreement.owner_id, agreement.recipient_id} <= signed:
        return "waits"
    if agreement.owner.revoked_at or agreement.recipient.revoked_at:
        return "suspended"
    return "begins" if day < agreement.valid_from else "live"


def digest(agreement: Agreement) -> str:
    """SHA-256 (hex) over the terms, so that a signature says what was signed."""
    terms = {
        "title": agreement.title,
        "owner": agreement.owner.key,
        "recipient": agreement.recipient.key,
        "record_classes": agreement.record_classes,
        "purposes": agreement.purposes,
        "fields": agreement.fields,
        "valid_from": agreement.valid_from.isoformat(),
        "valid_to": agreement.valid_to.isoformat(),
    }
    return hashlib.sha256(json.dumps(terms, sort_keys=True).encode()).hexdigest()


@transaction.atomic
def draft(*, terms: Terms, by: Viewer, at: datetime) -> Agreement:
    """Draw an agreement up. It opens nothing until a person of each party has signed it.

    Raises :class:`Refusal` with what to mend.
    """
    check(by, DRAFT)
    _fit(terms)
    agreement = Agreement.objects.create(
        title=fit_text(terms.title, field="title", longest=200),
        owner=terms.owner,
        recipient=terms.recipient,
        record_classes=sorted(set(terms.record_classes)),
        purposes=sorted(set(terms.purposes)),
        fields=sorted(set(terms.fields)),
        valid_from=terms.valid_from,
        valid_to=terms.valid_to,
    )
    record(
        "access.agreement_drafted",
        by=by,
        at=at,
        subject=_subject(agreement),
        detail={"owner": terms.owner.key, "recipient": terms.recipient.key, "terms": digest(agreement)},
    )
    return agreement


def _fit(terms: Terms) -> None:
    if terms.owner.pk == terms.recipient.pk:
        raise Refusal(_("An agreement is between two agencies: choose another recipient."), field="recipient")
    for field, given, known in (
        ("record_classes", terms.record_classes, set(RecordClass.values)),
        ("purposes", terms.purposes, set(Purpose.values)),
        ("fields", terms.fields, set(shareable_fields())),
    ):
        if not given:
            raise Refusal(_("Choose at least one."), field=field)
        if unknown := sorted(set(given) - known):
            raise Refusal(_("Unknown: %(names)s.") % {"names": ", ".join(unknown)}, field=field)
    if terms.valid_to < terms.valid_from:
        raise Refusal(_("The last day lies before the first."), field="valid_to")


@transaction.atomic
def sign(*, agreement: Agreement, by: Viewer, at: datetime) -> Signature:
    """Sign for one's own agency. Two different persons sign, one for each party.

    Raises :class:`Refusal`.
    """
    check(by, SIGN, _subject(agreement))
    agreement = _locked(agreement)
    if by.account_id is None or by.agency_id is None or not may_bind(agreement, by):
        raise Refusal(_("Only somebody who can sign for one of the two parties can sign."))
    if agreement.revoked_at is not None or today(at) > agreement.valid_to:
        raise Refusal(_("This agreement is over; draw up a new one."))
    signed = list(agreement.signatures.all())
    if any(signature.agency_id == by.agency_id for signature in signed):
        raise Refusal(_("It is signed for your agency already."))
    if any(signature.account_id == by.account_id for signature in signed):
        raise Refusal(_("You signed for the other party: another person signs for this one."))
    signature = Signature.objects.create(
        agreement=agreement,
        agency_id=by.agency_id,
        account_id=by.account_id,
        role=by.role,
        at=at,
        terms_sha256=digest(agreement),
    )
    record(
        "access.agreement_signed",
        by=by,
        at=at,
        subject=_subject(agreement),
        detail={"agency": by.agency_id, "terms": signature.terms_sha256},
    )
    return signature


@transaction.atomic
def revoke(*, agreement: Agreement, reason: str, by: Viewer, at: datetime) -> None:
    """End an agreement at once: the next question finds nothing by it. Either party may, giving a reason.

    Raises :class:`Refusal`.
    """
    check(by, SIGN, _subject(agreement))
    agreement = _locked(agreement)
    if not (by.is_system or may_bind(agreement, by)):
        raise Refusal(_("Only somebody who can sign for one of the two parties can revoke."))
    if agreement.revoked_at is not None:
        raise Refusal(_("It is revoked already."))
    agreement.revoked_at = at
    agreement.revoked_reason = fit_text(reason, field="reason", longest=LONGEST_REASON)
    agreement.revoked_by = Account.objects.filter(pk=by.account_id or 0).first()
    agreement.save(update_fields=["revoked_at", "revoked_reason", "revoked_by"])
    record(
        "access.agreement_revoked",
        by=by,
        at=at,
        subject=_subject(agreement),
        detail={"reason": agreement.revoked_reason},
    )


def _locked(agreement: Agreement) -> Agreement:
    """The agreement as it is now; on PostgreSQL nobody else signs or revokes it until the end."""
    found = Agreement.objects.select_related("owner", "recipient").select_for_update(of=("self",))
    return found.get(pk=agreement.pk)


def _subject(agreement: Agreement) -> str:
    return f"access.Agreement:{agreement.pk}"
