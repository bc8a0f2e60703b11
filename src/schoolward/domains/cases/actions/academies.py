"""Keeping academies: cohorts, who runs them, students, hours of service, and days on which they came."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from schoolward.domains.cases.actions.newcomers import Newcomer, record_of
from schoolward.domains.cases.actions.receipts import same
from schoolward.domains.cases.actions.recording import as_system
from schoolward.domains.cases.actions.rows import audit, judged, writing
from schoolward.domains.cases.models import (
    LONGEST_SERVICE,
    AcademyCohort,
    AcademyMember,
    AcademyPresence,
    AcademyStaff,
    DayOfAcademy,
    HoursState,
    LeftAs,
    ServiceHours,
    ServiceKind,
    ToldBy,
    of_youth,
)
from schoolward.domains.cases.policy_words import LEADS_ITS_SITE, RUNS_IT
from schoolward.domains.cases.program_work import service_goal
from schoolward.domains.places.queries import campus_by_pk
from schoolward.domains.programs.queries import programs
from schoolward.platform.access.models import Membership
from schoolward.platform.access.permissions import AccessDenied, check
from schoolward.platform.access.policy import visible
from schoolward.platform.access.refusal import Refusal
from schoolward.platform.access.roles import Role
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.access.wall import within
from schoolward.platform.audit.actions import record

KEEP, LOG, APPROVE = "academies.keep", "academies.log", "academies.approve"
LONGEST_COHORT = timedelta(days=7 * 366)
OLD = timedelta(days=400)
_RUNS = frozenset({RUNS_IT})
_DECIDES = frozenset({RUNS_IT, LEADS_ITS_SITE})


@transaction.atomic
def open_cohort(
    *,
    program_id: int,
    campus_id: int,
    entered_on: date,
    ends_on: date,
    by: Viewer,
    at: datetime,
    invented: bool = False,
) -> AcademyCohort:
    """Open a cohort at a site; whoever opens it runs it. Opened again, it is the same one.

    Raises ``AccessDenied`` and :class:`Refusal`.
    """
    check(by, KEEP)
    if by.agency_id is None:
        raise Refusal(_("A cohort belongs to an agency: open it as somebody of one."))
    program = programs(by).filter(pk=program_id).first()
    if program is None or service_goal(program.key, entered_on) is None:
        raise Refusal(_("This program is no academy with hours of service."), field="program_id")
    if campus_by_pk(campus_id) is None:
        raise Refusal(_("There is no such site."), field="campus_id")
    if not entered_on < ends_on <= entered_on + LONGEST_COHORT:
        raise Refusal(_("The last day lies after the first, and at most seven years."), field="ends_on")
    cohort, made = AcademyCohort.objects.get_or_create(
        program_id=program_id,
        campus_id=campus_id,
        entered_on=entered_on,
        defaults={"agency_id": by.agency_id, "ends_on": ends_on, "invented": invented},
    )
    if made:
        if by.account_id is not None:
            AcademyStaff.objects.create(cohort=cohort, account_id=by.account_id, since=timezone.localdate(at))
        _told("cohort_opened", cohort, by)
    return cohort


def _cohort(pk: int, by: Viewer, permission: str) -> AcademyCohort:
    """The cohort for whoever runs it; an officer only teaches it. Raises ``AccessDenied``."""
    check(by, permission)
    rows = AcademyCohort.objects.select_for_update(of=("self",))
    if by.role == Role.SCHOOL_RESOURCE_OFFICER:
        raise AccessDenied(permission, f"cases.AcademyCohort:{pk}")
    if not by.is_system:
        mine = AcademyStaff.objects.filter(account=by.account_id, until__isnull=True).values("cohort")
        rows = rows.filter(pk__in=mine)
    found = rows.filter(pk=pk).first()
    if found is None:
        raise AccessDenied(permission, f"cases.AcademyCohort:{pk}")
    return found


@transaction.atomic
def add_staff(*, cohort_id: int, account_id: int, by: Viewer, at: datetime) -> AcademyStaff:
    """Let another of the own agency run the cohort too, or an officer teach it. Said twice, it is once."""
    cohort = _cohort(cohort_id, by, KEEP)
    day = timezone.localdate(at)
    held = Membership.objects.filter(account=account_id, valid_from__lte=day).exclude(valid_to__lt=day)
    may_join = Q(agency=cohort.agency_id) | Q(role=Role.SCHOOL_RESOURCE_OFFICER)
    if not held.filter(may_join).exists():
        raise Refusal(
            _("They are not a member of the agency that keeps this academy, nor a school resource officer."),
            field="account_id",
        )
    staff, made = AcademyStaff.objects.get_or_create(
        cohort=cohort, account_id=account_id, until=None, defaults={"since": day}
    )
    if made:
        _told("cohort_staff_added", cohort, by)
    return staff


@transaction.atomic
def end_staff(*, cohort_id: int, account_id: int, by: Viewer, at: datetime) -> None:
    """Somebody does not run the cohort any more. The last one stays."""
    cohort = _cohort(cohort_id, by, KEEP)
    running = AcademyStaff.objects.filter(cohort=cohort, until__isnull=True)
    if not _run_it(running.exclude(account=account_id), cohort):
        raise Refusal(_("Somebody has to run it: add the other one first."))
    if running.filter(account=account_id).update(until=timezone.localdate(at)):
        _told("cohort_staff_ended", cohort, by)


def _run_it(staff: QuerySet[AcademyStaff], cohort: AcademyCohort) -> bool:
    """Whether one of these is of the agency that keeps the cohort: an officer teaches it, and no more."""
    held = Membership.objects.filter(agency=cohort.agency_id)
    return staff.filter(account__in=held.values("account")).exists()


def join(*, cohort_id: int, who: Newcomer, joined_on: date, by: Viewer, at: datetime) -> AcademyMember:
    """Take a student into a cohort: the record of the young person, found or made, and the membership.

    Said twice, the student is in it once. Raises ``AccessDenied`` and :class:`Refusal`.
    """
    with writing(by, KEEP):
        cohort = _cohort(cohort_id, by, KEEP)
        if not by.is_system and by.agency_id != cohort.agency_id:
            raise AccessDenied(KEEP, f"cases.AcademyCohort:{cohort_id}")
        if not cohort.entered_on - OLD <= joined_on <= min(cohort.ends_on, timezone.localdate(at)):
            raise Refusal(
                _("Students join while the cohort runs, and not in days to come."), field="joined_on"
            )
        youth = record_of(who, agency_id=cohort.agency_id, by=by, at=at, invented=cohort.invented)
        there = AcademyMember.objects.filter(youth=youth, cohort=cohort).first()
        if there is not None:
            return there
        made = AcademyMember.objects.create(
            **of_youth(youth), cohort=cohort, joined_on=joined_on, invented=youth.invented
        )
        audit("academy_joined", made, by=by, at=by.at)
    return made


def leave(*, member_id: int, left_on: date, left_as: str, by: Viewer, at: datetime) -> AcademyMember:
    """Say that a student has completed the academy, or left it. Raises :class:`Refusal`."""
    with writing(by, KEEP):
        member = judged(AcademyMember, member_id, by=by, permission=KEEP, relations=_RUNS)
        if member.left_on is not None:
            if (member.left_on, member.left_as) == (left_on, left_as):
                return member
            raise Refusal(_("They have left already."))
        if left_as not in LeftAs.values:
            raise Refusal(_("Say how they left."), field="left_as")
        if not member.joined_on <= left_on <= timezone.localdate(at):
            raise Refusal(_("The day lies after they joined, and not in days to come."), field="left_on")
        member.left_on, member.left_as = left_on, LeftAs(left_as)
        with within(as_system(by)):
            member.save(update_fields=["left_on", "left_as"])
        audit("academy_left", member, by=by, at=by.at)
    return member


def _member_to_log_for(pk: int, by: Viewer) -> AcademyMember:
    """The student, for whoever runs the cohort, and for an officer who teaches it.

    An officer is of another agency: an agreement opens the row, and the own place among the cohort's staff
    is what lets them write. Raises ``AccessDenied``.
    """
    if by.role != Role.SCHOOL_RESOURCE_OFFICER:
        return judged(AcademyMember, pk, by=by, permission=LOG, relations=_RUNS)
    seen = visible(AcademyMember.objects.filter(pk=pk), by).first()
    taught = AcademyStaff.objects.filter(account=by.account_id, until__isnull=True).values("cohort")
    if seen is not None:
        with within(as_system(by)):
            found = AcademyMember.objects.select_for_update(of=("self",)).filter(cohort__in=taught, pk=pk)
            if (member := found.first()) is not None:
                return member
    raise AccessDenied(LOG, f"cases.AcademyMember:{pk}")


def log_hours(
    *,
    member_id: int,
    on: date,
    minutes: int,
    kind: str,
    told_by: str,
    receipt: UUID,
    by: Viewer,
    at: datetime,
) -> ServiceHours:
    """Write hours of service down. They count once somebody else approves them.

    Sent twice with one receipt, they are there once.

    Raises ``AccessDenied`` and :class:`Refusal`.
    """
    with writing(by, LOG):
        member = _member_to_log_for(member_id, by)
        if not 15 <= minutes <= LONGEST_SERVICE:
            raise Refusal(_("Write from a quarter of an hour to 12 hours."), field="minutes")
        if kind not in ServiceKind.values or told_by not in ToldBy.values:
            raise Refusal(_("Choose what it was, and who told of it."), field="kind")
        last = min(timezone.localdate(at), member.left_on or timezone.localdate(at))
        if not member.joined_on <= on <= last:
            raise Refusal(_("The day lies within the time in the academy, and not ahead."), field="on")
        with within(as_system(by)):
            sent = (member.pk, by.account_id, on, minutes)
            there = ServiceHours.objects.filter(receipt=receipt).first()
            if there is not None:
                told = (there.member_id, there.logged_by_id, there.on, there.minutes)
                same((*told, there.kind, there.told_by) == (*sent, kind, told_by))
                return there
            day = ServiceHours.objects.filter(member=member, on=on).exclude(state=HoursState.REFUSED)
            if sum(day.values_list("minutes", flat=True)) + minutes > LONGEST_SERVICE:
                raise Refusal(
                    _("With what stands already, that is more than 12 hours in a day."), field="minutes"
                )
            made = ServiceHours.objects.create(
                **of_youth(member.youth),
                member=member,
                receipt=receipt,
                on=on,
                minutes=minutes,
                kind=kind,
                told_by=told_by,
                logged_by_id=by.account_id,
                logged_at=at,
                invented=member.invented,
            )
        audit("hours_logged", made, by=by, at=by.at)
    return made


def decide_hours(*, hours_id: int, approve: bool, by: Viewer, at: datetime) -> ServiceHours:
    """Approve hours, or say that they do not count. Somebody else than who wrote them down, and once."""
    with writing(by, APPROVE):
        hours = judged(ServiceHours, hours_id, by=by, permission=APPROVE, relations=_DECIDES)
        if by.account_id is None:
            raise Refusal(_("A person approves hours of service."))
        if hours.logged_by_id == by.account_id:
            raise Refusal(_("You wrote these hours down: somebody else approves them."))
        wanted = HoursState.APPROVED if approve else HoursState.REFUSED
        if hours.state == wanted:
            return hours
        if hours.state != HoursState.WAITING:
            raise Refusal(
                _("Somebody has decided already: “%(state)s”.") % {"state": hours.get_state_display()}
            )
        hours.state, hours.decided_by_id, hours.decided_at = wanted, by.account_id, at
        with within(as_system(by)):
            hours.save(update_fields=["state", "decided_by", "decided_at"])
        audit("hours_decided", hours, by=by, at=by.at)
    return hours


def note_day(*, cohort_id: int, on: date, kind: str, came: Collection[int], by: Viewer, at: datetime) -> int:
    """Write down who came on a uniform day, to a competition or on a visit; ``came`` are numbers of members.

    Said again, it is set right. Returns how many students it was noted of. Raises :class:`Refusal`.
    """
    with writing(by, LOG):
        cohort = _cohort(cohort_id, by, LOG)
        if kind not in DayOfAcademy.values:
            raise Refusal(_("Choose what kind of day it was."), field="kind")
        if not cohort.entered_on <= on <= min(cohort.ends_on, timezone.localdate(at)):
            raise Refusal(_("The day lies within the cohort's time, and not ahead."), field="on")
        seen = visible(AcademyMember.objects.filter(cohort=cohort, joined_on__lte=on), by)
        members = {one.pk: one for one in seen.order_by("pk") if one.left_on is None or one.left_on >= on}
        if stranger := set(came) - set(members):
            raise Refusal(
                _("No. %(number)d is no student of this cohort on that day.") % {"number": min(stranger)},
                field="came",
            )
        with within(as_system(by)):
            for member in members.values():
                _note(member, on, kind, member.pk in came)
        _told("academy_day_noted", cohort, by)
    return len(members)


def _note(member: AcademyMember, on: date, kind: str, came: bool) -> None:
    kept = AcademyPresence.objects.filter(member=member, on=on, kind=kind).first()
    if kept is None:
        AcademyPresence.objects.create(
            **of_youth(member.youth), member=member, on=on, kind=kind, came=came, invented=member.invented
        )
    elif kept.came != came:
        kept.came = came
        kept.save(update_fields=["came"])


def _told(action: str, cohort: AcademyCohort, by: Viewer, **detail: Any) -> None:
    record(f"cases.{action}", by=by, at=by.at, subject=f"cases.AcademyCohort:{cohort.pk}", detail=detail)
