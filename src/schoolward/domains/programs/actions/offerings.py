"""Places, offerings and their groups."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from schoolward.domains.places.queries import campus_by_pk
from schoolward.domains.programs.actions.recording import (
    ProgramRefused,
    audit,
    believable,
    change,
    delivered,
    happened,
    in_order,
    locked,
    next_number,
)
from schoolward.domains.programs.hooks import offering_changed
from schoolward.domains.programs.kinds import shape_of
from schoolward.domains.programs.models import (
    CancelReason,
    CapacityReport,
    Cohort,
    Offering,
    Program,
    SessionState,
)
from schoolward.platform.access.viewer import Viewer

RECORD = "programs.record"
MANAGE = "programs.manage"
WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
"""The days of the week as calendars write them (RFC 5545), Monday first."""

TERMS = frozenset(
    {"starts_on", "ends_on", "campus_id", "place", "days", "begins", "ends", "language", "seats"}
)
NUMBERS = frozenset({"registered", "waiting", "waivers_on_file", "completed"})


@transaction.atomic
def report_capacity(
    *,
    program_id: int,
    unit: str,
    maximum: int,
    intake: str,
    by: Viewer,
    at: datetime,
    taken: int | None = None,
    waiting: int | None = None,
    on: date | None = None,
    invented: bool = False,
) -> CapacityReport:
    """Report how many places there are, are taken and are waited for: numbers, no list.

    The same numbers for the same day are reported once. A number that is not known is left empty.
    """
    program = delivered(program_id, by=by)
    for field, number in (("maximum", maximum), ("taken", taken), ("waiting", waiting)):
        believable(number, field)
    when = happened(by=by, at=at, on=on)
    if when["on"] > happened(by=by, at=at)["on"]:
        raise ProgramRefused(_("That day has not come yet."), field="on")
    values = {"unit": unit, "maximum": maximum, "taken": taken, "waiting": waiting, "intake": intake}
    last = program.capacity.filter(on=when["on"]).order_by("pk").last()
    if last is not None and all(getattr(last, name) == value for name, value in values.items()):
        return last
    made = CapacityReport.objects.create(program=program, invented=invented, **values, **when)
    audit("capacity_reported", made, by=by, key=program.key, maximum=maximum, intake=intake)
    return made


@transaction.atomic
def open_offering(
    *,
    program_id: int,
    starts_on: date,
    ends_on: date,
    by: Viewer,
    at: datetime,
    number: int | None = None,
    invented: bool = False,
    **terms: Any,
) -> Offering:
    """Offer a program at a place for a time."""
    program = locked(Program, program_id, by=by, permission=MANAGE)
    if not shape_of(program.kind).sessions:
        raise ProgramRefused(
            _("A program of this kind has no sessions: report its places instead."), field="program"
        )
    _only(terms, TERMS)
    made = Offering(
        program=program,
        number=number or next_number(program.offerings.all()),
        starts_on=starts_on,
        ends_on=ends_on,
        invented=invented,
        **terms,
    )
    if program.offerings.filter(number=made.number).exists():
        raise ProgramRefused(_("There is an offering of this number already."), field="number")
    _check(made)
    made.save(force_insert=True)
    audit("offered", made, by=by, key=program.key, number=made.number)
    return made


@transaction.atomic
def change_offering(*, offering_id: int, changes: dict[str, Any], by: Viewer, at: datetime) -> Offering:
    """Change the terms of an offering, or its numbers. Its provider may change the numbers."""
    _only(changes, TERMS | NUMBERS)
    permission = MANAGE if set(changes) & TERMS else RECORD
    offering = locked(Offering, offering_id, by=by, permission=permission)
    _not_cancelled(offering)
    tried = Offering.objects.select_related("program").get(pk=offering.pk)
    for name, value in changes.items():
        setattr(tried, name, value)
    _check(tried)
    if (
        offering.sessions.filter(on__lt=tried.starts_on).exists()
        or offering.sessions.filter(on__gt=tried.ends_on).exists()
    ):
        raise ProgramRefused(_("It has sessions outside of these days."), field="ends_on")
    if change(offering, changes, "offering_changed", by=by, offering=offering.reference):
        offering_changed(offering.pk, by, at)
    return offering


@transaction.atomic
def cancel_offering(
    *, offering_id: int, reason: str, cancelled_on: date, by: Viewer, at: datetime
) -> Offering:
    """Cancel an offering from a day on: sessions that are still planned from that day on are cancelled
    too."""
    offering = locked(Offering, offering_id, by=by, permission=MANAGE)
    _not_cancelled(offering)
    reason = CancelReason(reason)
    ahead = offering.sessions.filter(state=SessionState.PLANNED, on__gte=cancelled_on)
    if offering.sessions.filter(state=SessionState.HELD, on__gte=cancelled_on).exists():
        raise ProgramRefused(_("A session was held on or after that day."), field="cancelled_on")
    number = ahead.update(state=SessionState.CANCELLED, cancel_reason=reason)
    change(
        offering,
        {"cancelled_on": cancelled_on, "cancel_reason": reason},
        "offering_cancelled",
        by=by,
        offering=offering.reference,
        sessions=number,
    )
    offering_changed(offering.pk, by, at)
    return offering


@transaction.atomic
def keep_cohort(
    *,
    offering_id: int,
    size: int | None,
    by: Viewer,
    at: datetime,
    number: int | None = None,
    completed: int | None = None,
    invented: bool = False,
) -> Cohort:
    """Enter a group of an offering, or its numbers anew. A group has a number and a size, no name."""
    offering = locked(Offering, offering_id, by=by, permission=RECORD)
    _not_cancelled(offering)
    if not shape_of(offering.program.kind).seats:
        raise ProgramRefused(_("Nobody is registered in a program of this kind, so it has no groups."))
    believable(size, "size")
    believable(completed, "completed")
    if completed is not None and size is not None and completed > size:
        raise ProgramRefused(_("More completed it than are in the group."), field="completed")
    there = offering.cohorts.filter(number=number).first() if number is not None else None
    if there is not None:
        change(there, {"size": size, "completed": completed}, "cohort_changed", by=by)
        return there
    made = Cohort.objects.create(
        offering=offering,
        number=number or next_number(offering.cohorts.all()),
        size=size,
        completed=completed,
        invented=invented,
    )
    audit("cohort_added", made, by=by, offering=offering.reference, number=made.number)
    return made


def _not_cancelled(offering: Offering) -> None:
    if offering.cancelled_on is not None:
        raise ProgramRefused(_("This offering was cancelled. Open another."))


def _check(offering: Offering) -> None:
    in_order(offering.starts_on, offering.ends_on, "ends_on")
    if offering.campus_id is not None and campus_by_pk(offering.campus_id) is None:
        raise ProgramRefused(_("There is no such site."), field="campus_id")
    if offering.campus_id is None and not offering.place.strip():
        raise ProgramRefused(_("Say where it is: choose a site or write the place."), field="place")
    if (offering.begins is None) != (offering.ends is None):
        raise ProgramRefused(_("Write both hours, or neither."), field="ends")
    if offering.begins is not None and offering.ends is not None and offering.ends <= offering.begins:
        raise ProgramRefused(_("It ends before it begins."), field="ends")
    if offering.days and not set(offering.days.split(",")) <= set(WEEKDAYS):
        raise ProgramRefused(_("Write days as MO,WE."), field="days")
    shape = shape_of(offering.program.kind)
    if not shape.seats and (offering.seats is not None or offering.registered is not None):
        raise ProgramRefused(_("Whoever comes is welcome: this kind has no seats."), field="seats")
    for field in ("seats", *sorted(NUMBERS)):
        believable(getattr(offering, field), field)
    for field, words in (
        ("completed", _("More completed it than were registered.")),
        ("waivers_on_file", _("More waivers are on file than young people are registered.")),
    ):
        number = getattr(offering, field)
        if number is not None and offering.registered is not None and number > offering.registered:
            raise ProgramRefused(words, field=field)
    if offering.seats is not None and (offering.registered or 0) > offering.seats:
        raise ProgramRefused(
            _("More are registered than there are seats. Count the others as waiting."), field="registered"
        )


def _only(values: dict[str, Any], known: frozenset[str]) -> None:
    foreign = set(values) - known
    if foreign:
        raise ValueError(f"not to be changed so: {', '.join(sorted(foreign))}")
