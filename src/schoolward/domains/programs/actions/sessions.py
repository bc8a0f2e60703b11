"""Sessions: planning them, cancelling them, checking fidelity."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from schoolward.domains.programs.actions.counting import registered_for
from schoolward.domains.programs.actions.offerings import WEEKDAYS
from schoolward.domains.programs.actions.recording import (
    ProgramRefused,
    audit,
    in_order,
    locked,
    next_number,
    said,
)
from schoolward.domains.programs.kinds import shape_of
from schoolward.domains.programs.models import (
    LONGEST,
    CancelReason,
    Cohort,
    FidelityCheck,
    Offering,
    Session,
    SessionState,
)
from schoolward.platform.access.viewer import Viewer

RECORD = "programs.record"
MOST_AT_ONCE = 200
"""Sessions that are planned in one step at most: a year of school days."""


@transaction.atomic
def plan_session(
    *,
    offering_id: int,
    on: date,
    minutes: int,
    by: Viewer,
    at: datetime,
    cohort_id: int | None = None,
    number: int | None = None,
    invented: bool = False,
) -> Session:
    """Plan one session of an offering."""
    offering, cohort = _for_planning(offering_id, cohort_id, minutes, by=by)
    _within(offering, on, "on")
    number = number or next_number(offering.sessions.all())
    if offering.sessions.filter(number=number).exists():
        raise ProgramRefused(_("There is a session of this number already."), field="number")
    made = Session.objects.create(
        offering=offering, cohort=cohort, number=number, on=on, minutes_planned=minutes, invented=invented
    )
    audit("session_planned", made, by=by, offering=offering.reference, number=number)
    return made


@transaction.atomic
def plan_sessions(
    *,
    offering_id: int,
    first: date,
    last: date,
    days: str,
    minutes: int,
    by: Viewer,
    at: datetime,
    cohort_id: int | None = None,
) -> list[Session]:
    """Plan a session on each of these days of the week from the first day to the last.

    ``days`` are written as ``MO,WE``. Days on which the group has a session already are left out, so that the
    step can be taken twice.
    """
    offering, cohort = _for_planning(offering_id, cohort_id, minutes, by=by)
    in_order(first, last, "last")
    _within(offering, first, "first")
    _within(offering, last, "last")
    wanted = {WEEKDAYS.index(day) for day in days.split(",") if day in WEEKDAYS}
    if not wanted:
        raise ProgramRefused(_("Choose at least one day of the week."), field="days")
    span = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    there = set(offering.sessions.filter(cohort=cohort).values_list("on", flat=True))
    chosen = [day for day in span if day.weekday() in wanted and day not in there]
    if len(chosen) > MOST_AT_ONCE:
        raise ProgramRefused(
            _("These are %(found)d sessions; plan at most %(most)d at once.")
            % {"found": len(chosen), "most": MOST_AT_ONCE},
            field="last",
        )
    number = next_number(offering.sessions.all())
    made = Session.objects.bulk_create(
        Session(offering=offering, cohort=cohort, number=number + n, on=day, minutes_planned=minutes)
        for n, day in enumerate(chosen)
    )
    if made:
        audit("sessions_planned", offering, by=by, offering=offering.reference, sessions=len(made))
    return made


def _for_planning(
    offering_id: int, cohort_id: int | None, minutes: int, *, by: Viewer
) -> tuple[Offering, Cohort | None]:
    offering = locked(Offering, offering_id, by=by, permission=RECORD)
    if offering.cancelled_on is not None:
        raise ProgramRefused(_("This offering was cancelled. Open another."))
    if not 5 <= minutes <= LONGEST:
        raise ProgramRefused(_("Write minutes from 5 to 1440."), field="minutes")
    if cohort_id is None:
        return offering, None
    cohort = offering.cohorts.filter(pk=cohort_id).first()
    if cohort is None:
        raise ProgramRefused(_("This group belongs to another offering."), field="cohort_id")
    return offering, cohort


def _within(offering: Offering, day: date, field: str) -> None:
    if not offering.starts_on <= day <= offering.ends_on:
        raise ProgramRefused(
            _("The offering runs from %(first)s to %(last)s.")
            % {
                "first": date_format(offering.starts_on, "F j, Y"),
                "last": date_format(offering.ends_on, "F j, Y"),
            },
            field=field,
        )


@transaction.atomic
def cancel_session(*, session_id: int, reason: str, by: Viewer, at: datetime) -> Session:
    """Say that a session did not take place, and why. Sent twice, it is cancelled once."""
    session = locked(Session, session_id, by=by, permission=RECORD)
    reason = CancelReason(reason)
    if session.state == SessionState.CANCELLED and session.cancel_reason == reason:
        return session
    if session.state == SessionState.HELD:
        raise ProgramRefused(_("Heads were counted at this session, so it took place."))
    session.state, session.cancel_reason = SessionState.CANCELLED, reason
    session.expected = registered_for(session)
    session.save(update_fields=["state", "cancel_reason", "expected"])
    audit("session_cancelled", session, by=by, offering=session.offering.reference, reason=reason.value)
    return session


@transaction.atomic
def reinstate_session(*, session_id: int, by: Viewer, at: datetime) -> Session:
    """Take the cancellation of a session back: it is planned again."""
    session = locked(Session, session_id, by=by, permission=RECORD)
    if session.state != SessionState.CANCELLED:
        raise ProgramRefused(_("This session is not cancelled."))
    if session.offering.cancelled_on is not None and session.on >= session.offering.cancelled_on:
        raise ProgramRefused(_("The whole offering was cancelled before this session."))
    session.state, session.cancel_reason, session.expected = SessionState.PLANNED, "", None
    session.save(update_fields=["state", "cancel_reason", "expected"])
    audit("session_reinstated", session, by=by, offering=session.offering.reference)
    return session


@transaction.atomic
def check_fidelity(
    *,
    offering_id: int,
    instrument: str,
    observer: str,
    on: date,
    items_observed: int,
    items_met: int,
    by: Viewer,
    at: datetime,
    invented: bool = False,
) -> FidelityCheck:
    """Write down the result of a fidelity checklist. The same checklist of the same day is written anew."""
    offering = locked(Offering, offering_id, by=by, permission=RECORD)
    if not shape_of(offering.program.kind).fidelity:
        raise ProgramRefused(_("A program of this kind has no lessons to be checked."))
    if items_observed < 1 or items_observed > 1000:
        raise ProgramRefused(_("Write how many items were looked at."), field="items_observed")
    if not 0 <= items_met <= items_observed:
        raise ProgramRefused(_("No more items are met than were looked at."), field="items_met")
    if on > timezone.localdate(at):
        raise ProgramRefused(_("That day has not come yet."), field="on")
    found, made = FidelityCheck.objects.update_or_create(
        offering=offering,
        instrument=said(instrument, "instrument"),
        observer=observer,
        on=on,
        defaults={"items_observed": items_observed, "items_met": items_met},
        create_defaults={"items_observed": items_observed, "items_met": items_met, "invented": invented},
    )
    audit("fidelity_checked", found, by=by, offering=offering.reference, anew=not made)
    return found
