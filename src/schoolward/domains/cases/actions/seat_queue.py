"""Who gets a seat that is free: whoever waited longest, before whoever asks now.

A seat lives no longer than what it was given for: it goes back when the referral is over, when the family's
yes does not hold any more, and when the class is cancelled.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from schoolward.domains.cases.actions.recording import CaseRefused, as_system, audit
from schoolward.domains.cases.models import (
    ASKED,
    HOLDING,
    ClassSeat,
    DutyOfSeat,
    Referral,
    SeatDuty,
    SeatState,
    WhyFreed,
    of_youth,
)
from schoolward.domains.cases.program_work import ClassDay, class_day
from schoolward.domains.cases.queries.consents import yes_is_gone
from schoolward.domains.cases.states import OPEN
from schoolward.domains.programs.queries import offerings
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.access.wall import within


def class_for_writing(pk: int, by: Viewer) -> tuple[Any, ClassDay]:  # the offering is another domain's
    """The class, locked, and what it asks for. Raises :class:`CaseRefused` for what is no class."""
    found = _class(pk, by)
    if found is None:
        raise CaseRefused(_("This is no class that a parent comes to."), field="offering_id")
    return found


def _class(pk: int, by: Viewer) -> tuple[Any, ClassDay] | None:
    offering = offerings(as_system(by)).select_for_update(of=("self",)).filter(pk=pk).first()
    rule = class_day(offering.program.key, offering.starts_on) if offering is not None else None
    return None if offering is None or rule is None else (offering, rule)


def free_seats(offering: Any) -> int:
    """How many seats are free; an offering without a number of seats never fills."""
    seats: int | None = offering.seats
    if seats is None:
        return 10_000
    held = ClassSeat.objects.filter(offering=offering.pk, state__in=HOLDING)
    return seats - held.count()


def fill(offering: Any, rule: ClassDay, *, by: Viewer, today: date) -> None:
    """Take seats back whose ground is gone, and offer what is free to those who wait, the first first.

    Whoever waits while the family's yes does not hold keeps the place in the queue, and is passed by.
    """
    day: date = offering.starts_on
    if day < today or offering.cancelled_on is not None:
        return
    asked = ClassSeat.objects.filter(offering=offering.pk)
    _take_back(asked, by=by, today=today)
    waiting = asked.filter(state=SeatState.WAITING).exclude(referral__in=_yes_gone(today))
    for seat in waiting.order_by("asked_at", "pk")[: max(0, free_seats(offering))]:
        seat.state, seat.offered_on = SeatState.OFFERED, today
        seat.save(update_fields=["state", "offered_on"])
        plan_duties(seat, day, rule, today)
        audit("seat_offered", seat, by=by)


def _yes_gone(today: date) -> QuerySet[Any, Any]:
    return Referral.objects.filter(yes_is_gone(today)).order_by().values("pk")


def _take_back(asked: QuerySet[ClassSeat], *, by: Viewer, today: date) -> None:
    over = Q(state__in=ASKED) & ~Q(referral__state__in=OPEN)
    for seat in asked.filter(over):
        give_back(seat, WhyFreed.OVER, by=by, today=today)
    for seat in asked.filter(state__in=HOLDING, referral__in=_yes_gone(today)):
        give_back(seat, WhyFreed.LAPSED, by=by, today=today)


def give_back(seat: ClassSeat, why: WhyFreed, *, by: Viewer, today: date) -> None:
    """Write down that a seat went back, and why; :func:`fill` passes it on."""
    seat.state, seat.why_freed, seat.settled_on = SeatState.FREED, why, today
    seat.save(update_fields=["state", "why_freed", "settled_on"])
    audit("seat_given_back", seat, by=by)


def free_seats_of(referral: Referral, *, by: Viewer, today: date) -> None:
    """Take back what a referral that is over has of classes ahead; whoever waits gets it.

    Inside ``within(as_system(by))`` and the transaction that ends the referral.
    """
    held = ClassSeat.objects.filter(referral=referral, state__in=ASKED, offering__starts_on__gte=today)
    for pk in sorted(set(held.values_list("offering", flat=True))):
        if (found := _class(pk, by)) is not None:
            fill(*found, by=by, today=today)


@transaction.atomic
def class_changed(offering_id: int, by: Viewer, at: datetime) -> None:
    """Act on the change of a class: more seats go to those who wait, a cancelled class has none.

    Each family that had a seat or waited is to be told, on the same day. Any other offering is left alone.
    """
    with within(as_system(by)):
        found = _class(offering_id, by)
        if found is None:
            return
        offering, rule = found
        today = timezone.localdate(at)
        if offering.cancelled_on is None:
            fill(offering, rule, by=by, today=today)
            return
        asked = ClassSeat.objects.filter(offering=offering_id, state__in=ASKED)
        for seat in asked.select_related("referral").order_by("asked_at", "pk"):
            give_back(seat, WhyFreed.CANCELLED, by=by, today=today)
            if seat.referral.is_open:
                SeatDuty.objects.create(**whose(seat), seat=seat, kind=DutyOfSeat.TELL, due_on=today)


def put_in_order(*, by: Viewer, at: datetime) -> int:
    """Bring every class ahead in order, as a change of it would. How many seats were given or went back."""
    today = timezone.localdate(at)
    before = _standing(by, today)
    with within(as_system(by)):
        asked = ClassSeat.objects.filter(state__in=ASKED, offering__starts_on__gte=today)
        classes = sorted(set(asked.order_by().values_list("offering", flat=True)))
    for pk in classes:
        class_changed(pk, by, at)
    return len(before ^ _standing(by, today)) // 2


def _standing(by: Viewer, today: date) -> set[tuple[int, str]]:
    with within(as_system(by)):
        rows = ClassSeat.objects.filter(offering__starts_on__gte=today).order_by()
        return set(rows.values_list("pk", "state"))


def plan_duties(seat: ClassSeat, day: date, rule: ClassDay, today: date) -> None:
    """The parent's answer, and the reminders that still lie ahead."""
    planned = {DutyOfSeat.CONFIRM: min(today + timedelta(days=rule.confirm), day)}
    for kind, before in zip((DutyOfSeat.LAST, DutyOfSeat.FIRST), sorted(rule.remind), strict=False):
        if (due := day - timedelta(days=before)) >= today:
            planned[kind] = due
    SeatDuty.objects.bulk_create(
        SeatDuty(**whose(seat), seat=seat, kind=kind, due_on=due) for kind, due in planned.items()
    )


def whose(seat: ClassSeat) -> dict[str, Any]:
    """The fields that say whose a row beside a seat is."""
    return of_youth(seat.youth) | {"agency_id": seat.agency_id, "invented": seat.invented}
