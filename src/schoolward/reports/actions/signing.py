"""Freezing, signing and publishing an edition."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from schoolward.platform.access.permissions import check
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.audit.actions import record
from schoolward.platform.audit.models import Outcome
from schoolward.reports import freezing
from schoolward.reports.actions.drafting import note_author
from schoolward.reports.checks import Refusal, refusals
from schoolward.reports.errors import CannotPrint, ReportError, require_state
from schoolward.reports.invented import invented_rows
from schoolward.reports.keeping import keep_published
from schoolward.reports.models import Edition, Signoff, State, Step
from schoolward.reports.rendering import render_edition


class NotPublishable(ReportError):
    """The checks found reasons; ``refusals`` lists them all."""

    def __init__(self, found: list[Refusal]) -> None:
        self.refusals = found
        super().__init__(" ".join(str(refusal) for refusal in found))


class SamePerson(ReportError):
    """Three people answer for an edition: who wrote it, who approved it, who published it."""


def _require_other(edition: Edition, step: Step, *, by: Viewer) -> None:
    """Raise :class:`SamePerson` unless this person may take the step beside those who acted before."""
    # The system has no account: two operators of one machine cannot be told apart.
    if by.account_id is None:
        raise SamePerson(_("This step needs a person with an account."))
    before = edition.signoffs.filter(round=edition.round, account_id=by.account_id)
    if step == Step.PUBLISH and before.filter(step=Step.APPROVE).exists():
        raise SamePerson(_("You approved this edition. Somebody else must publish it."))
    if before.filter(step=Step.SUBMIT).exists():
        raise SamePerson(
            _("You sent this edition to review. Somebody else must approve it, and a third publishes it.")
        )
    if edition.authors.filter(account_id=by.account_id).exists():
        raise SamePerson(
            _("You wrote some of this edition. Somebody who wrote none of it must approve and publish it.")
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
    """Freeze every number and send the edition to review.

    Raises ``SectionError`` on a bad token, and ``CannotPrint`` when the paper cannot be set: what is read in
    review must be what can be published.
    """
    check(by, "reports.edit")
    edition = _locked(edition)
    require_state(edition, State.DRAFT)
    count = freezing.freeze_edition(edition, at=at)
    edition.state = State.REVIEW
    edition.frozen_at = at
    edition.invented = bool(invented_rows())
    edition.save(update_fields=["state", "frozen_at", "frozen", "invented"])
    render_edition(edition)
    note_author(edition, by)
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
    """Approve the frozen edition. Raises :class:`SamePerson` for whoever wrote any of it or sent it."""
    check(by, "reports.approve")
    edition = _locked(edition)
    require_state(edition, State.REVIEW)
    _require_other(edition, Step.APPROVE, by=by)
    edition.state = State.APPROVED
    edition.save(update_fields=["state"])
    _sign(edition, Step.APPROVE, by=by, at=at, note=note, detail={})
    return edition


def publish(*, edition: Edition, by: Viewer, at: datetime, note: str = "") -> Edition:
    """Publish an approved edition, keep its files, and supersede the one before it.

    Raises :class:`SamePerson` for whoever wrote any of it or approved it, and :class:`NotPublishable` with
    every reason while a number lacks live lineage, a small count shows, a number that is far off or could
    not be judged is unsigned, a typed figure names no source, or the paper cannot be printed. The refusal
    itself is audited.
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
    _require_other(edition, Step.PUBLISH, by=by)
    if found := refusals(edition):
        raise NotPublishable(found)
    before = Edition.objects.filter(report=edition.report, state=State.PUBLISHED, as_of__lte=edition.as_of)
    superseded = list(before.values_list("number", flat=True))
    before.update(state=State.SUPERSEDED)
    edition.state = State.PUBLISHED
    edition.published_at = at
    edition.save(update_fields=["state", "published_at"])
    try:
        keep_published(edition, by=by, at=at)
    except CannotPrint as error:
        refusal = Refusal("print", _("The paper"), str(error), _("Return to draft and mend the text."))
        raise NotPublishable([refusal]) from error
    _sign(
        edition,
        Step.PUBLISH,
        by=by,
        at=at,
        note=note,
        detail={"cells": edition.cells.count(), "superseded": superseded},
    )
    return edition
