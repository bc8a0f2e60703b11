"""Disposals before they are carried out: proposed by one person, reviewed by another, row by row."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Count, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from schoolward.platform.access.clock import today
from schoolward.platform.access.models import Certificate, Disposal, DisposalRow, RetentionSchedule
from schoolward.platform.access.permissions import check
from schoolward.platform.access.policy import visible
from schoolward.platform.access.references import protected_models
from schoolward.platform.access.refusal import Refusal, fit_text
from schoolward.platform.access.retention.belonging import belonged_to, told
from schoolward.platform.access.retention.due import event_path, free_of, past_its_years, years_of
from schoolward.platform.access.retention.registry import retained
from schoolward.platform.access.retention.schedules import VIEW, live
from schoolward.platform.access.retention.years import due_on
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.access.wall import within
from schoolward.platform.audit.actions import lock_chain, record

PROPOSE, REVIEW = "disposal.propose", "disposal.review"
LARGEST = 500
"""Rows of one batch: as many as somebody can look through."""
LONGEST_REASON = 300


def disposals(viewer: Viewer) -> QuerySet[Disposal]:
    """The batches of the viewer's agency, the newest first, each with ``left``, its rows not taken out."""
    check(viewer, VIEW)
    rows = Disposal.objects.select_related("agency", "schedule", "proposed_by", "reviewed_by")
    rows = rows.annotate(left=Count("rows", filter=Q(rows__taken_out_at__isnull=True)))
    return rows if viewer.is_system else rows.filter(agency=viewer.agency_id)


def left_in(batch: Disposal) -> int:
    """How many rows of a batch from :func:`disposals` are not taken out."""
    return int(batch.left)  # type: ignore[attr-defined]


def certificates(viewer: Viewer) -> QuerySet[Certificate]:
    """What stays of the records that the viewer's agency has disposed of, the newest first."""
    check(viewer, VIEW)
    rows = Certificate.objects.select_related("agency", "schedule", "proposed_by", "reviewed_by")
    return rows if viewer.is_system else rows.filter(agency=viewer.agency_id)


def waiting(viewer: Viewer) -> QuerySet[Disposal]:
    """The batches that wait for this viewer's review: nobody reviews their own, the oldest first."""
    rows = disposals(viewer).filter(reviewed_at__isnull=True).order_by("proposed_at", "pk")
    return rows if viewer.is_system else rows.exclude(proposed_by=viewer.account_id)


def propose(*, schedule_id: int, sealed: bool = False, by: Viewer, at: datetime) -> Disposal:
    """List what is due by a schedule in the own agency, at most :data:`LARGEST` rows, for somebody's review.

    With ``sealed`` those that are sealed: the batch tells table and number, and which they are to nobody.
    What other records still belong to is left out, and waits until those are gone.

    Raises ``RetentionSchedule.DoesNotExist`` where no schedule of this number is in force, and
    :class:`Refusal`.
    """
    check(by, PROPOSE)
    if by.account_id is None or by.agency_id is None:
        raise Refusal(_("A person proposes, not a program."))
    with within(by, sealing=sealed), transaction.atomic():
        lock_chain()
        schedule = live(today(at)).get(pk=schedule_id)
        if schedule.table not in retained():
            raise Refusal(_("This version keeps no such table."))
        rows = free_of(past_its_years(schedule, by, sealed=sealed), schedule).order_by("pk")
        model = protected_models()[schedule.table]
        kept, tables = belonged_to(model, list(rows.values_list("pk", flat=True)), by=by)
        due_days = rows.values_list("pk", event_path(schedule))
        days = [(number, day) for number, day in due_days if number not in kept][:LARGEST]
        if kept and not days:
            raise Refusal(told(tables))
        if not days:
            raise Refusal(_("Nothing is due by this schedule, or all of it stands in a batch."))
        batch = Disposal.objects.create(
            agency_id=by.agency_id,
            schedule=schedule,
            proposed_at=at,
            proposed_by_id=by.account_id,
            of_sealed=sealed or None,
        )
        DisposalRow.objects.bulk_create(
            DisposalRow(disposal=batch, number=number, due_on=due_on(_day(day), years_of(schedule)))
            for number, day in days
        )
        note("access.disposal_proposed", batch, by, at, rows=len(days))
    return batch


def take_out(*, row_id: int, reason: str, by: Viewer, at: datetime) -> DisposalRow:
    """Take one row out of a batch, with a reason; it stays, and may be proposed again.

    Raises ``DisposalRow.DoesNotExist`` and :class:`Refusal`.
    """
    check(by, REVIEW)
    with transaction.atomic():
        row = DisposalRow.objects.select_related("disposal").get(pk=row_id, disposal__in=disposals(by))
        batch = _locked(row.disposal_id, by)
        row.refresh_from_db()
        if batch.state() not in ("proposed", "approved") or row.taken_out_at is not None:
            raise Refusal(_("It is out of the batch already."))
        row.taken_out_reason = fit_text(reason, field="reason", longest=LONGEST_REASON)
        row.taken_out_at = at
        row.taken_out_by_id = by.account_id
        row.save(update_fields=["taken_out_at", "taken_out_by", "taken_out_reason"])
        note("access.disposal_row_taken_out", batch, by, at, row=row.pk)
    return row


def review(*, disposal_id: int, approve: bool, note_text: str, by: Viewer, at: datetime) -> Disposal:
    """Approve a batch or refuse it whole, as somebody else than who proposed it.

    Raises ``Disposal.DoesNotExist`` and :class:`Refusal`.
    """
    check(by, REVIEW)
    if by.account_id is None:
        raise Refusal(_("A person reviews, not a program."))
    with transaction.atomic():
        batch = _locked(disposal_id, by)
        if batch.proposed_by_id == by.account_id:
            raise Refusal(_("You proposed this batch; somebody else reviews it."))
        if batch.reviewed_at is not None:
            raise Refusal(_("It is reviewed already."))
        if approve and not batch.rows.filter(taken_out_at__isnull=True).exists():
            raise Refusal(_("Every record was taken out; refuse the batch."))
        batch.note = fit_text(note_text, field="note", longest=LONGEST_REASON)
        batch.is_approved = approve
        batch.reviewed_at = at
        batch.reviewed_by_id = by.account_id
        batch.save(update_fields=["note", "is_approved", "reviewed_at", "reviewed_by"])
        note("access.disposal_reviewed", batch, by, at, approved=approve)
    return batch


def stopped(batch: Disposal, by: Viewer) -> set[int]:
    """The numbers of the rows left in a batch that are held, to be sealed or no longer due, judged now."""
    numbers = set(batch.rows.filter(taken_out_at__isnull=True).values_list("number", flat=True))
    sealed = bool(batch.of_sealed)
    with within(by, sealing=sealed):
        past = past_its_years(batch.schedule, by, sealed=sealed).filter(
            agency=batch.agency_id, pk__in=numbers
        )
        ready = free_of(past, batch.schedule, besides=batch.pk).values_list("pk", flat=True)
        return numbers - set(ready)


def named(batch: Disposal, viewer: Viewer) -> list[tuple[DisposalRow, str]]:
    """The rows of a batch, each with its record's reference; empty where the viewer may not see it.

    Of a batch of sealed records, no row at all: its number, and the day that it is due, would tell of one.
    """
    if batch.of_sealed:
        return []
    rows = list(batch.rows.select_related("taken_out_by"))
    model = protected_models().get(batch.schedule.table)
    if model is None:
        return [(row, "") for row in rows]
    with within(viewer):
        asked = visible(model.objects.filter(pk__in=[row.number for row in rows]), viewer)
        seen = set(asked.values_list("pk", flat=True))
    return [(row, f"{model._meta.label}:{row.number}" if row.number in seen else "") for row in rows]


def note(action: str, batch: Disposal, by: Viewer, at: datetime, **detail: Any) -> None:
    """An event about a batch: its rule and counts. No record is named."""
    rule: RetentionSchedule = batch.schedule
    told = {"table": rule.table, "class": rule.record_class, "version": rule.version, **detail}
    record(action, by=by, at=at, subject=f"access.Disposal:{batch.pk}", detail=told)


def _locked(disposal_id: int, by: Viewer) -> Disposal:
    """The batch, and nobody else changes it until this transaction ends."""
    lock_chain()
    return disposals(by).get(pk=disposal_id)


def _day(value: Any) -> Any:
    return timezone.localdate(value) if isinstance(value, datetime) else value
