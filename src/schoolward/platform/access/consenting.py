"""Recording a consent, and taking it back. Each is one transaction and one event."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from schoolward.platform.access.clock import today
from schoolward.platform.access.models import Agency, Consent, SpecialCategory
from schoolward.platform.access.models.consents import GivenBy
from schoolward.platform.access.permissions import check, may
from schoolward.platform.access.persons import is_of_a_person
from schoolward.platform.access.policy import visible
from schoolward.platform.access.purposes import Purpose
from schoolward.platform.access.references import fit_subject, model_of, reference
from schoolward.platform.access.refusal import Refusal
from schoolward.platform.access.sealing import sealed_among
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.access.wall import within
from schoolward.platform.audit.actions import record

VIEW, KEEP = "consents.view", "consents.keep"
KEEP_FOR_ALL = "persons.find"
"""Whoever finds the own agency's persons records consents of any of them; others of those whom they see."""
LONGEST = timedelta(days=366)
"""A consent is asked for again each year: whoever gave it may be another, or think otherwise."""
OLDEST = 10 * LONGEST
"""So far back papers are taken over, to be kept as long as a schedule says."""


@dataclass(frozen=True)
class Scope:
    """What somebody consents to."""

    subject: str
    recipient: Agency
    category: str
    purpose: str
    given_by: str
    valid_from: date
    valid_to: date


def consents(viewer: Viewer) -> QuerySet[Consent]:
    """The consents that the viewer may read, the newest first. Ask inside ``within(viewer)``."""
    check(viewer, VIEW)
    rows: QuerySet[Consent] = visible(Consent.objects.select_related("agency", "recipient"), viewer)
    return rows.order_by("-recorded_at", "-pk")


def record_consent(*, scope: Scope, by: Viewer, at: datetime) -> Consent:
    """Record a consent whose paper the own agency keeps. Raises :class:`Refusal` with what to mend."""
    check(by, KEEP)
    subject = fit_subject(scope.subject)
    if by.agency_id is None:
        raise Refusal(_("A consent is kept by an agency: record it as one of its people."))
    for field, value, known in (
        ("category", scope.category, SpecialCategory.values),
        ("purpose", scope.purpose, Purpose.values),
        ("given_by", scope.given_by, GivenBy.values),
    ):
        if value not in known:
            raise Refusal(_("Choose one of: %(known)s.") % {"known": ", ".join(known)}, field=field)
    if scope.valid_to < scope.valid_from:
        raise Refusal(_("The last day lies before the first."), field="valid_to")
    if scope.valid_to - scope.valid_from > LONGEST:
        raise Refusal(_("A consent ends within a year; then it is asked for again."), field="valid_to")
    _in_our_time(scope, today(at))
    _about_somebody(subject, by)
    with within(by), transaction.atomic():
        if sealed_among([subject]):
            raise Refusal(_("Your agency has no such record."), field="subject")
        consent = Consent.objects.create(
            agency_id=by.agency_id,
            subject=subject,
            record_class="protected",
            recipient=scope.recipient,
            category=scope.category,
            purpose=scope.purpose,
            given_by=scope.given_by,
            valid_from=scope.valid_from,
            valid_to=scope.valid_to,
            recorded_at=at,
            recorded_by_id=by.account_id,
        )
        _note("access.consent_recorded", consent, by, at, recipient=scope.recipient.key, until=scope.valid_to)
    return consent


def _in_our_time(scope: Scope, day: date) -> None:
    """Refuse a consent that ran out ten years ago, and one that begins after a year: slips of the year."""
    if scope.valid_to < day - OLDEST:
        raise Refusal(
            _("This consent ran out more than ten years ago: look at the year, or ask for a new one."),
            field="valid_to",
        )
    if scope.valid_from > day + LONGEST:
        raise Refusal(_("A consent begins within a year: look at the year."), field="valid_from")


def _about_somebody(subject: str, by: Viewer) -> None:
    """Refuse a reference to a person whom the viewer does not see, nor their agency keeps.

    Who is somebody else's, who is sealed and who never was look alike.
    """
    if not is_of_a_person(subject):
        return
    model, number = model_of(subject, field="subject")
    with within(by):
        if visible(model.objects.filter(pk=number), by).exists():
            return
    with within(Viewer.system(at=by.at, name=by.account_name)):
        kept = model.objects.filter(pk=number, agency_id=by.agency_id).exists()
    if not kept or not may(by, KEEP_FOR_ALL):
        raise Refusal(
            _("You keep no record with this reference: look it up on the person's page."), field="subject"
        )


def withdraw_consent(*, consent_id: int, by: Viewer, at: datetime) -> Consent:
    """Take a consent back: the next question finds nothing by it.

    Raises ``Consent.DoesNotExist`` where the viewer sees none, and :class:`Refusal`.
    """
    check(by, KEEP)
    with within(by), transaction.atomic():
        consent = consents(by).get(pk=consent_id)
        if consent.agency_id != by.agency_id and not by.is_system:
            raise Refusal(_("The agency that keeps the paper withdraws it."))
        if consent.withdrawn_at is not None:
            raise Refusal(_("It is withdrawn already."))
        consent.withdrawn_at = at
        consent.save(update_fields=["withdrawn_at"])
        _note("access.consent_withdrawn", consent, by, at)
    return consent


def _note(action: str, consent: Consent, by: Viewer, at: datetime, **detail: Any) -> None:
    """About the subject, and naming the record: a sealed consent's events are hidden by its name."""
    record(action, by=by, at=at, subject=consent.subject, detail={"record": reference(consent), **detail})
