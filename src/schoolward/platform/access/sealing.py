"""Ordering that a record be sealed, and sealing it. A sealed record is invisible to everybody, everywhere."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from schoolward.platform.access.models import Sealing
from schoolward.platform.access.models.sealings import Ground
from schoolward.platform.access.permissions import check
from schoolward.platform.access.policy import visible
from schoolward.platform.access.references import model_of
from schoolward.platform.access.refusal import Refusal, fit_text
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.access.wall import within
from schoolward.platform.audit.actions import record

SEAL = "sealing.order"
LONGEST_REASON = 300


def sealings(viewer: Viewer) -> QuerySet[Sealing]:
    """The orders of the viewer's agency, by the day on which they are due; all for the system."""
    check(viewer, SEAL)
    orders = Sealing.objects.select_related("agency")
    return orders if viewer.is_system else orders.filter(agency=viewer.agency_id)


def waiting(viewer: Viewer) -> QuerySet[Sealing]:
    """The orders that are not carried out yet."""
    return sealings(viewer).filter(sealed_at__isnull=True)


def order(*, record_name: str, ground: str, reason: str, due_on: date, by: Viewer, at: datetime) -> Sealing:
    """Start the clock: this record is to be sealed by a day. Raises :class:`Refusal`.

    A record that the viewer cannot see, or that is sealed, is refused like one that is not there.
    """
    check(by, SEAL)
    model, number = model_of(record_name)
    if ground not in Ground.values:
        raise Refusal(_("Choose the ground."), field="ground")
    with within(by), transaction.atomic():
        row = visible(model.objects.all(), by).filter(pk=number).first()
        if row is None or not (by.is_system or row.agency_id == by.agency_id):
            raise Refusal(_("Your agency has no such record."), field="record_name")
        if Sealing.objects.filter(record=record_name.strip()).exists():
            raise Refusal(_("An order for it is under way."), field="record_name")
        sealing = Sealing.objects.create(
            record=record_name.strip(),
            subject=row.subject,
            agency_id=row.agency_id,
            ground=ground,
            reason=fit_text(reason, field="reason", longest=LONGEST_REASON),
            ordered_at=at,
            ordered_by_id=by.account_id,
            due_on=due_on,
        )
        _note("access.sealing_ordered", sealing, by, at)
    return sealing


def seal(*, sealing_id: int, by: Viewer, at: datetime) -> Sealing:
    """Carry the order out: the record is nowhere from then on, and the program has no way back.

    Raises ``Sealing.DoesNotExist`` and :class:`Refusal`.
    """
    check(by, SEAL)
    with within(by, sealing=True), transaction.atomic():
        sealing = sealings(by).select_for_update(of=("self",)).get(pk=sealing_id)
        if sealing.sealed_at is not None:
            raise Refusal(_("It is sealed already."))
        model, number = model_of(sealing.record)
        rows = model.including_sealed.filter(pk=number, sealed_at__isnull=True)
        if rows.update(sealed_at=at) != 1:
            raise Refusal(_("The record is no longer there."))
        sealing.sealed_at = at
        sealing.sealed_by_id = by.account_id
        sealing.save(update_fields=["sealed_at", "sealed_by"])
        _note("access.sealed", sealing, by, at)
    return sealing


def sealed_among(names: Iterable[str]) -> frozenset[str]:
    """Which of these records are sealed."""
    found = Sealing.objects.filter(record__in=set(names), sealed_at__isnull=False)
    return frozenset(found.values_list("record", flat=True))


def _note(action: str, sealing: Sealing, by: Viewer, at: datetime) -> None:
    """By the order's own number: the event must not name what is hidden by it."""
    detail = {"ground": sealing.ground, "due": sealing.due_on}
    record(action, by=by, at=at, subject=f"access.Sealing:{sealing.pk}", detail=detail)
