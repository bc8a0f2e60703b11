"""Volunteers by reference: their vettings, and where they help. Whose vetting lapses is not assigned."""

from __future__ import annotations

import re
from datetime import date, datetime

from django.db import transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from schoolward.domains.programs.actions.recording import (
    ProgramRefused,
    audit,
    change,
    in_order,
    locked,
)
from schoolward.domains.programs.models import (
    Assignment,
    Offering,
    Provider,
    Vetting,
    VettingKind,
    Volunteer,
)
from schoolward.domains.programs.queries import lacking
from schoolward.platform.access.permissions import AccessDenied, may
from schoolward.platform.access.viewer import Viewer

RECORD = "programs.record"
_REFERENCE = re.compile(r"^[A-Z0-9]{1,8}-[0-9]{1,8}$")


@transaction.atomic
def add_volunteer(
    *, provider_id: int, reference: str, since: date, by: Viewer, at: datetime, invented: bool = False
) -> Volunteer:
    """Enter a volunteer by the provider's own reference, such as SPAL-014. The name stays with the
    provider."""
    provider = locked(Provider, provider_id, by=by, permission=RECORD)
    if not by.is_system and not may(by, "programs.manage") and provider.agency_id != by.agency_id:
        raise AccessDenied(RECORD, f"programs.Provider:{provider_id}")
    reference = reference.strip().upper()
    if not _REFERENCE.match(reference):
        raise ProgramRefused(
            _("Write the provider's reference such as SPAL-014: letters, a hyphen, digits. No name."),
            field="reference",
        )
    if provider.volunteers.filter(reference=reference).exists():
        raise ProgramRefused(_("There is a volunteer of this reference already."), field="reference")
    made = Volunteer.objects.create(provider=provider, reference=reference, since=since, invented=invented)
    audit("volunteer_added", made, by=by, reference=reference)
    return made


@transaction.atomic
def vet(
    *,
    volunteer_id: int,
    kind: str,
    cleared_on: date,
    expires_on: date,
    by: Viewer,
    at: datetime,
    invented: bool = False,
) -> Vetting:
    """Write down that a volunteer was cleared, and until which day that holds. What was found is not kept."""
    volunteer = locked(Volunteer, volunteer_id, by=by, permission=RECORD)
    in_order(cleared_on, expires_on, "expires_on")
    there = volunteer.vettings.filter(kind=kind, cleared_on=cleared_on).first()
    if there is not None:
        change(there, {"expires_on": expires_on}, "vetting_changed", by=by, reference=volunteer.reference)
        return there
    made = Vetting.objects.create(
        volunteer=volunteer,
        kind=VettingKind(kind),
        cleared_on=cleared_on,
        expires_on=expires_on,
        invented=invented,
    )
    audit("volunteer_vetted", made, by=by, reference=volunteer.reference, kind=kind)
    return made


@transaction.atomic
def end_volunteer(*, volunteer_id: int, ended_on: date, by: Viewer, at: datetime) -> Volunteer:
    """Say that a volunteer helps no more. Assignments end with it."""
    volunteer = locked(Volunteer, volunteer_id, by=by, permission=RECORD)
    in_order(volunteer.since, ended_on, "ended_on")
    volunteer.assignments.filter(starts_on__gt=ended_on).delete()
    volunteer.assignments.filter(ends_on__gt=ended_on).update(ends_on=ended_on)
    change(volunteer, {"ended_on": ended_on}, "volunteer_ended", by=by, reference=volunteer.reference)
    return volunteer


@transaction.atomic
def assign(
    *,
    volunteer_id: int,
    offering_id: int,
    starts_on: date,
    ends_on: date,
    by: Viewer,
    at: datetime,
    invented: bool = False,
) -> Assignment:
    """Let a volunteer help at an offering. Refused unless every vetting holds on each of the days."""
    volunteer = locked(Volunteer, volunteer_id, by=by, permission=RECORD)
    offering = locked(Offering, offering_id, by=by, permission=RECORD)
    in_order(starts_on, ends_on, "ends_on")
    if not offering.starts_on <= starts_on <= ends_on <= offering.ends_on:
        raise ProgramRefused(
            _("The offering runs from %(first)s to %(last)s.")
            % {
                "first": date_format(offering.starts_on, "F j, Y"),
                "last": date_format(offering.ends_on, "F j, Y"),
            },
            field="starts_on",
        )
    if offering.program.provider_id != volunteer.provider_id:
        raise ProgramRefused(_("This volunteer belongs to another provider."), field="volunteer_id")
    if starts_on < volunteer.since or (volunteer.ended_on is not None and ends_on > volunteer.ended_on):
        raise ProgramRefused(_("The volunteer does not help on all of these days."), field="starts_on")
    missing = lacking(volunteer, starts_on, ends_on)
    if missing:
        raise ProgramRefused(
            _("Not cleared on all of these days: %(what)s. Enter the new clearance first.")
            % {"what": ", ".join(str(kind.label) for kind in missing)},
            field="volunteer_id",
        )
    there = volunteer.assignments.filter(offering=offering, starts_on=starts_on).first()
    if there is not None:
        change(there, {"ends_on": ends_on}, "assignment_changed", by=by, reference=volunteer.reference)
        return there
    made = Assignment.objects.create(
        volunteer=volunteer, offering=offering, starts_on=starts_on, ends_on=ends_on, invented=invented
    )
    audit("volunteer_assigned", made, by=by, reference=volunteer.reference, offering=offering.reference)
    return made


@transaction.atomic
def unassign(*, assignment_id: int, by: Viewer, at: datetime) -> None:
    """Take an assignment back."""
    assignment = locked(Assignment, assignment_id, by=by, permission=RECORD)
    audit("volunteer_unassigned", assignment, by=by, reference=assignment.volunteer.reference)
    assignment.delete()
