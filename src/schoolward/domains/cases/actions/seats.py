"""Seats at class days: asked for with the parent, confirmed, given back, and what became of them.

Both have to come: whoever came without the parent has not had the class. When both came the referral is
completed on the day of the class, so that the follow-up a year later is that of every referral.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from schoolward.domains.cases.actions.recording import (
    TO_DELIVER,
    CaseRefused,
    NotTheirs,
    as_system,
    audit,
    locked,
)
from schoolward.domains.cases.actions.seat_queue import (
    class_for_writing,
    fill,
    free_seats,
    give_back,
    plan_duties,
    whose,
)
from schoolward.domains.cases.actions.steps import complete, start
from schoolward.domains.cases.models import (
    ASKED,
    HOLDING,
    MISSED,
    SETTLED,
    ClassSeat,
    DutyOfSeat,
    Guardian,
    Referral,
    SeatDuty,
    SeatState,
    WhyFreed,
    of_referral,
)
from schoolward.domains.cases.states import State
from schoolward.platform.access.permissions import check
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.access.wall import within

KEEP, DELIVER = "cases.keep", "cases.deliver"


@transaction.atomic
def ask_for_seat(
    *, referral_id: int, offering_id: int, guardian_id: int | None, by: Viewer, at: datetime
) -> ClassSeat:
    """Offer a seat to a young person with a parent, or put them on the waiting list where none is free.

    Asked twice for one class, it is the same seat. Raises :class:`CaseRefused`.
    """
    with within(as_system(by)):
        referral = locked(referral_id, by=by, permission=KEEP)
        today = timezone.localdate(at)
        offering, rule = class_for_writing(offering_id, by)
        if referral.program_id != offering.program_id:
            raise CaseRefused(_("This class is not of the referral's program."), field="offering_id")
        there = ClassSeat.objects.filter(referral=referral, offering=offering_id)
        if (found := there.exclude(state=SeatState.FREED).first()) is not None:
            return found
        if not referral.is_open:
            raise CaseRefused(_("The referral is over: open it again first."))
        _still_ahead(offering, today)
        _no_other_seat(referral, today)
        guardian = _guardian(guardian_id, referral)
        fill(offering, rule, by=by, today=today)
        is_free = free_seats(offering) > 0
        seat = ClassSeat.objects.create(
            **of_referral(referral),
            offering_id=offering_id,
            guardian=guardian,
            state=SeatState.OFFERED if is_free else SeatState.WAITING,
            asked_at=at,
            offered_on=today if is_free else None,
            invented=referral.invented,
        )
        if is_free:
            plan_duties(seat, offering.starts_on, rule, today)
        audit("seat_offered" if is_free else "seat_waits", seat, by=by)
    return seat


@transaction.atomic
def confirm_seat(*, seat_id: int, guardian_id: int | None = None, by: Viewer, at: datetime) -> ClassSeat:
    """The parent says that they come. Not before the family's yes to the program is on record."""
    with within(as_system(by)):
        seat, referral = _seat(seat_id, by=by, permission=KEEP)
        if seat.state == SeatState.CONFIRMED and guardian_id in (None, seat.guardian_id):
            return seat
        if seat.state not in HOLDING:
            raise CaseRefused(_("There is nothing to confirm: “%(state)s”.") % _state(seat))
        if referral.state not in (State.CONSENTED, State.STARTED):
            raise CaseRefused(_("Record the family's yes to the program first, on the referral."))
        if guardian_id is not None:
            seat.guardian = _guardian(guardian_id, referral)
        seat.state, seat.confirmed_on = SeatState.CONFIRMED, timezone.localdate(at)
        seat.save(update_fields=["guardian", "state", "confirmed_on"])
        _done(seat, DutyOfSeat.CONFIRM, timezone.localdate(at))
        audit("seat_confirmed", seat, by=by)
    return seat


@transaction.atomic
def free_seat(*, seat_id: int, why: str, by: Viewer, at: datetime) -> ClassSeat:
    """Give a seat back, for a reason of the list. It goes to whoever has waited longest."""
    with within(as_system(by)):
        seat, _referral = _seat(seat_id, by=by, permission=KEEP)
        if seat.state == SeatState.FREED:
            return seat
        if seat.state in SETTLED:
            raise CaseRefused(_("It is on record what became of it: “%(state)s”.") % _state(seat))
        if why not in WhyFreed.values:
            raise CaseRefused(_("Choose why it is given back."), field="why")
        offering, rule = class_for_writing(seat.offering_id, by)
        today = timezone.localdate(at)
        give_back(seat, WhyFreed(why), by=by, today=today)
        fill(offering, rule, by=by, today=today)
    return seat


@transaction.atomic
def settle_seat(*, seat_id: int, state: str, by: Viewer, at: datetime) -> ClassSeat:
    """Say what became of a seat on its day. When both came, the referral is started and completed by it."""
    with within(as_system(by)):
        seat, referral = _seat(seat_id, by=by, permission=DELIVER, needs=TO_DELIVER)
        if state not in SETTLED:
            raise CaseRefused(_("Say whether both came."), field="state")
        if seat.state == state:
            return seat
        if seat.state not in (*HOLDING, *MISSED):
            raise CaseRefused(_("This cannot be changed any more: “%(state)s”.") % _state(seat))
        offering, rule = class_for_writing(seat.offering_id, by)
        today = timezone.localdate(at)
        if offering.starts_on > today:
            raise CaseRefused(
                _("The class is on %(day)s; say then who came.")
                % {"day": date_format(offering.starts_on, "F j, Y")}
            )
        seat.state, seat.settled_on = SeatState(state), today
        seat.save(update_fields=["state", "settled_on"])
        audit("seat_settled", seat, by=by)
        if state == SeatState.CAME:
            _complete(referral, offering.starts_on, by=by, at=at)
        else:
            SeatDuty.objects.get_or_create(
                seat=seat,
                kind=DutyOfSeat.RESCUE,
                defaults={
                    **whose(seat),
                    "due_on": offering.starts_on + timedelta(days=rule.rescue),
                },
            )
    return seat


def _complete(referral: Referral, day: date, *, by: Viewer, at: datetime) -> None:
    if referral.state not in (State.CONSENTED, State.STARTED):
        raise CaseRefused(
            _("The family's yes is not on record: the referral is “%(state)s”. Record it first.")
            % {"state": referral.get_state_display()}
        )
    if referral.state == State.CONSENTED:
        start(referral_id=referral.pk, on=day, by=by, at=at)
    complete(referral_id=referral.pk, on=day, by=by, at=at)


@transaction.atomic
def log_duty(*, duty_id: int, was_reached: bool, by: Viewer, at: datetime) -> SeatDuty:
    """Say that a family was reminded or called, and whether it was reached. Said once."""
    check(by, KEEP)
    with within(as_system(by)):
        duty = SeatDuty.objects.filter(pk=duty_id).first()
        if duty is None:
            raise NotTheirs(duty_id)
        seat, _referral = _seat(duty.seat_id, by=by, permission=KEEP)
        if duty.kind == DutyOfSeat.CONFIRM:
            raise CaseRefused(_("Confirm the seat, or give it back."))
        if duty.done_on is not None:
            raise CaseRefused(_("This is done already."))
        _done(seat, duty.kind, timezone.localdate(at), was_reached=was_reached)
        duty.refresh_from_db()
        audit("seat_duty_done", duty, by=by)
    return duty


def _seat(
    pk: int, *, by: Viewer, permission: str, needs: frozenset[str] | None = None
) -> tuple[ClassSeat, Referral]:
    """The seat for writing, with its referral as :func:`locked` judges it."""
    seat = ClassSeat.objects.select_for_update(of=("self",)).filter(pk=pk).first()
    more: dict[str, Any] = {} if needs is None else {"needs": needs}
    referral = locked(seat.referral_id if seat else 0, by=by, permission=permission, **more)
    if seat is None:
        raise NotTheirs(pk)
    return seat, referral


def _still_ahead(offering: Any, today: date) -> None:
    if offering.cancelled_on is not None:
        raise CaseRefused(_("This class was cancelled: choose another."), field="offering_id")
    if offering.starts_on < today:
        raise CaseRefused(_("This class is over: choose one that is ahead."), field="offering_id")


def _no_other_seat(referral: Referral, today: date) -> None:
    open_ones = ClassSeat.objects.filter(referral=referral, state__in=ASKED)
    coming = open_ones.filter(offering__starts_on__gte=today, offering__cancelled_on__isnull=True)
    other = coming.select_related("offering").first()
    if other is not None:
        raise CaseRefused(
            _("They have a seat or wait for one on %(day)s: give it back first.")
            % {"day": date_format(other.offering.starts_on, "F j, Y")},
            field="offering_id",
        )


def _guardian(pk: int | None, referral: Referral) -> Guardian:
    found = Guardian.objects.filter(pk=pk, youth=referral.youth_id).first() if pk is not None else None
    if found is None:
        raise CaseRefused(
            _("Say which parent or guardian comes along; enter them on the young person's page first."),
            field="guardian_id",
        )
    return found


def _done(seat: ClassSeat, kind: str, day: date, *, was_reached: bool = True) -> None:
    duty = SeatDuty.objects.filter(seat=seat, kind=kind, done_on__isnull=True).first()
    if duty is not None:
        duty.done_on, duty.was_reached = day, was_reached
        duty.save(update_fields=["done_on", "was_reached"])


def _state(seat: ClassSeat) -> dict[str, str]:
    return {"state": str(seat.get_state_display())}
