"""Freezing, signing, publishing and correcting an edition."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from schoolward.platform.access.permissions import check
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.audit.actions import record
from schoolward.platform.audit.models import Outcome
from schoolward.reports import freezing
from schoolward.reports.actions.errors import ReportError, require_state
from schoolward.reports.checks import Refusal, refusals
from schoolward.reports.models import AnomalySignoff, CellReading, Correction, Edition, Signoff, State, Step


class NotPublishable(ReportError):
    """The checks found reasons; ``refusals`` lists them all."""

    def __init__(self, found: list[Refusal]) -> None:
        self.refusals = found
        super().__init__(" ".join(str(refusal) for refusal in found))


class SamePerson(ReportError):
    """Who sent an edition to review cannot approve it, and who approved it cannot publish it."""

    def __init__(self, step: Step) -> None:
        super().__init__(
            _("You sent this edition to review. Somebody else must approve it.")
            if step == Step.APPROVE
            else _("You approved this edition. Somebody else must publish it.")
        )


def _locked(edition: Edition) -> Edition:
    return Edition.objects.select_for_update().get(pk=edition.pk)


def _sign(
    edition: Edition, step: Step, *, by: Viewer, at: datetime, note: str, detail: dict[str, object]
) -> None:
    Signoff.objects.create(
        edition=edition,
        round=edition.round,
        step=step,
        account_id=by.account_id,
        account_name=by.account_name,
        role=str(by.role),
        at=at,
        note=note,
    )
    record(
        f"reports.{step}",
        by=by,
        at=at,
        subject=f"reports.Edition:{edition.pk}",
        detail={"round": edition.round, **detail},
    )


@transaction.atomic
def submit(*, edition: Edition, by: Viewer, at: datetime, note: str = "") -> Edition:
    """Freeze every number and send the edition to review. Raises ``SectionError`` on a bad token."""
    check(by, "reports.edit")
    edition = _locked(edition)
    require_state(edition, State.DRAFT)
    count = freezing.freeze_edition(edition, at=at)
    edition.state = State.REVIEW
    edition.frozen_at = at
    edition.save(update_fields=["state", "frozen_at", "frozen"])
    _sign(edition, Step.SUBMIT, by=by, at=at, note=note, detail={"cells": count})
    return edition


@transaction.atomic
def return_to_draft(*, edition: Edition, reason: str, by: Viewer, at: datetime) -> Edition:
    """Open an edition again. Its frozen numbers go, and its signatures no longer count."""
    check(by, "reports.edit")
    edition = _locked(edition)
    require_state(edition, State.REVIEW, State.APPROVED)
    if not reason.strip():
        raise ReportError(_("Say why the edition goes back: the next reviewer will ask."))
    edition.cells.all().delete()
    edition.state = State.DRAFT
    edition.frozen_at = edition.frozen = None
    edition.round += 1
    edition.save(update_fields=["state", "frozen_at", "frozen", "round"])
    record(
        "reports.returned",
        by=by,
        at=at,
        subject=f"reports.Edition:{edition.pk}",
        detail={"round": edition.round, "reason": reason},
    )
    return edition


@transaction.atomic
def approve(*, edition: Edition, by: Viewer, at: datetime, note: str = "") -> Edition:
    """Approve the frozen edition. Raises :class:`SamePerson` for whoever sent it to review."""
    check(by, "reports.approve")
    edition = _locked(edition)
    require_state(edition, State.REVIEW)
    sent = edition.signoffs.filter(round=edition.round, step=Step.SUBMIT, account_id__isnull=False)
    if sent.filter(account_id=by.account_id).exists():
        raise SamePerson(Step.APPROVE)
    edition.state = State.APPROVED
    edition.save(update_fields=["state"])
    _sign(edition, Step.APPROVE, by=by, at=at, note=note, detail={})
    return edition


def publish(*, edition: Edition, by: Viewer, at: datetime, note: str = "") -> Edition:
    """Publish an approved edition, and supersede the one before it.

    Raises :class:`SamePerson` for whoever approved it, and :class:`NotPublishable` with every reason
    while a number lacks live lineage, a small count shows, an unusual number is unsigned, or a typed
    figure names no source. The refusal itself is audited.
    """
    check(by, "reports.publish")
    try:
        return _publish(edition, by=by, at=at, note=note)
    except NotPublishable as error:
        with transaction.atomic():
            record(
                "reports.publish",
                by=by,
                at=at,
                subject=f"reports.Edition:{edition.pk}",
                detail={"refusals": [refusal.code for refusal in error.refusals]},
                outcome=Outcome.DENIED,
            )
        raise


@transaction.atomic
def _publish(edition: Edition, *, by: Viewer, at: datetime, note: str) -> Edition:
    edition = _locked(edition)
    require_state(edition, State.APPROVED)
    approval = edition.signoffs.get(round=edition.round, step=Step.APPROVE)
    # The system has no account: two operators of one machine cannot be told apart.
    if by.account_id is None or approval.account_id == by.account_id:
        raise SamePerson(Step.PUBLISH)
    if found := refusals(edition):
        raise NotPublishable(found)
    before = Edition.objects.filter(report=edition.report, state=State.PUBLISHED, as_of__lte=edition.as_of)
    superseded = list(before.values_list("number", flat=True))
    before.update(state=State.SUPERSEDED)
    edition.state = State.PUBLISHED
    edition.published_at = at
    edition.save(update_fields=["state", "published_at"])
    _sign(
        edition,
        Step.PUBLISH,
        by=by,
        at=at,
        note=note,
        detail={"cells": edition.cells.count(), "superseded": superseded},
    )
    return edition


@transaction.atomic
def sign_anomaly(*, cell: CellReading, reason: str, by: Viewer, at: datetime) -> AnomalySignoff:
    """Take responsibility for a number that is far off its history, with the reason why it stands."""
    check(by, "reports.sign_anomaly")
    edition = _locked(cell.edition)
    require_state(edition, State.REVIEW, State.APPROVED)
    if cell.anomaly != "unusual":
        raise ReportError(_("This number is not unusual; there is nothing to sign."))
    if not reason.strip():
        raise ReportError(_("Say what you found in the records."))
    signed, made = AnomalySignoff.objects.get_or_create(
        cell=cell,
        defaults={
            "account_id": by.account_id,
            "account_name": by.account_name,
            "role": str(by.role),
            "at": at,
            "reason": reason.strip(),
        },
    )
    if made:
        record(
            "reports.anomaly_signed",
            by=by,
            at=at,
            subject=f"reports.CellReading:{cell.pk}",
            detail={"measure": cell.measure_key, "value": cell.value, "reason": reason.strip()},
        )
    return signed


@transaction.atomic
def correct(
    *, edition: Edition, text: str, by: Viewer, at: datetime, cell: CellReading | None = None
) -> Correction:
    """Tell readers of a mistake in a published edition. The edition itself stays as it was published."""
    check(by, "reports.correct")
    edition = _locked(edition)
    require_state(edition, State.PUBLISHED, State.SUPERSEDED)
    if not text.strip():
        raise ReportError(_("Say what was wrong and what is right."))
    if cell is not None and cell.edition_id != edition.pk:
        raise ReportError(_("That number belongs to another edition."))
    correction = Correction.objects.create(
        edition=edition,
        cell=cell,
        text=text.strip(),
        account_id=by.account_id,
        account_name=by.account_name,
        role=str(by.role),
        at=at,
    )
    record(
        "reports.corrected",
        by=by,
        at=at,
        subject=f"reports.Edition:{edition.pk}",
        detail={"correction": correction.pk, "cell": cell.position if cell else None},
    )
    return correction
