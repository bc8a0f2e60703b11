"""The demonstration's class seats, tracked months and academies: invented young people, and marked so."""

from __future__ import annotations

import random
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.utils import timezone

from schoolward.analysis.school_days import months_after
from schoolward.domains.cases.models import (
    AcademyCohort,
    AcademyMember,
    AcademyPresence,
    AcademyStaff,
    Area,
    ClassSeat,
    DayOfAcademy,
    Going,
    Guardian,
    HoursState,
    LeftAs,
    MonthlyTrack,
    Referral,
    SeatDuty,
    ServiceHours,
    ServiceKind,
    ToldBy,
    Youth,
    of_referral,
    of_youth,
)
from schoolward.domains.cases.models.youth import new_number
from schoolward.domains.cases.program_work import class_day, program_work, tracking
from schoolward.domains.cases.queries.outreach import months_tracked, tracked_referrals
from schoolward.domains.cases.queries.seats import class_offerings
from schoolward.domains.cases.states import State, told
from schoolward.domains.places.queries import operating_campuses
from schoolward.domains.programs.queries import programs
from schoolward.platform.access.models import Consent, Membership, RecordClass
from schoolward.platform.access.roles import Role
from schoolward.platform.access.wall import within
from schoolward.platform.audit.actions import record
from schoolward.platform.demo.registry import SeedContext, seed

IN_OUTREACH, IN_A_COHORT = 60, 30
"""How many referrals to outreach there are at least, and how many students enter an academy a year."""
SITES = 2
"""How many sites have an academy; the first is the demonstration's site lead's, who approves hours."""
YEARS = (2008, 2009, 2010, 2011, 2012)


@seed(59, "class seats, tracked months and academies")
def program_work_rows(context: SeedContext) -> str:
    """Make seats, months and academies of invented young people. Runs once, after the referrals."""
    with within(context.by):
        if ClassSeat.objects.exists() or AcademyCohort.objects.exists():
            return "already there"
        made = _Work(context)
        seats, months, students = made.seats(), made.months(), made.academies()
    record(
        "cases.program_work_seeded",
        by=context.by,
        at=context.at,
        subject="cases.ClassSeat",
        detail={"seats": seats, "months": months, "students": students},
    )
    return f"{seats} seats, {months} months, {students} students of academies, all invented"


class _Work:
    """Makes the rows, the same every time."""

    def __init__(self, context: SeedContext) -> None:
        self.context = context
        self.today = context.today
        self.chance = random.Random(context.random_seed + 60)  # noqa: S311 - invented data, the same every time
        held = Membership.objects.filter(role=Role.PROGRAM_COORDINATOR, account__is_demonstration=True)
        self.worker = held.select_related("agency").order_by("pk").first()

    def _at(self, day: date) -> datetime:
        return datetime.combine(day, time(10), tzinfo=timezone.get_default_timezone())

    # Seats ------------------------------------------------------------------------------------------------

    def seats(self) -> int:
        """Every referral to a class gets a seat at the class after it, or waits for the next."""
        days = class_offerings(self.context.by, date(2010, 1, 1))
        rows = Referral.objects.select_related("program", "youth").filter(
            program__key__in={row.program for row in program_work().class_days}
        )
        count = 0
        for referral in rows.order_by("referred_on", "pk"):
            guardian = Guardian.objects.filter(youth=referral.youth_id).order_by("pk").first()
            day = next((one for one in days if one.starts_on > referral.since), None)
            if guardian is None or day is None or referral.state not in (State.CONTACTED, State.CONSENTED):
                continue
            self._seat(referral, guardian, day)
            count += 1
        return count

    def _seat(self, referral: Referral, guardian: Guardian, offering: object) -> None:
        starts: date = offering.starts_on  # type: ignore[attr-defined]
        rule = class_day(referral.program.key if referral.program else "", starts)
        offered = min(referral.since + timedelta(days=1), self.today)
        past = starts < self.today
        confirmed = offered if referral.state == State.CONSENTED and not past else None
        missed = self.chance.choice(["alone", "absent"])
        seat = ClassSeat.objects.create(
            **of_referral(referral),
            offering_id=offering.pk,  # type: ignore[attr-defined]
            guardian=guardian,
            state=missed if past else ("confirmed" if confirmed else "offered"),
            asked_at=self._at(offered),
            offered_on=offered,
            confirmed_on=confirmed,
            settled_on=starts if past else None,
            invented=True,
        )
        if rule is None:
            return
        whose = of_youth(referral.youth) | {"agency_id": referral.agency_id, "seat": seat, "invented": True}
        planned = (
            {"rescue": starts + timedelta(days=rule.rescue)}
            if past
            else {
                "confirm": offered + timedelta(days=rule.confirm),
                "first": starts - timedelta(days=rule.remind[0]),
                "last": starts - timedelta(days=rule.remind[-1]),
            }
        )
        for kind, due in planned.items():
            done = offered if kind == "confirm" and confirmed else None
            SeatDuty.objects.create(
                **whose, kind=kind, due_on=due, done_on=done, was_reached=True if done else None
            )

    # Months -----------------------------------------------------------------------------------------------

    def months(self) -> int:
        """A month for each that is due, but here and there the last one, which the worker still has to do."""
        self._outreach()
        rows: list[MonthlyTrack] = []
        for referral in tracked_referrals().select_related("youth"):
            if referral.started_on is None or referral.program is None:
                continue
            rule = tracking(referral.program.key, referral.started_on)
            if rule is None:
                continue
            due = months_tracked(referral.started_on, referral.ended_on, rule, self.today)
            if referral.ended_on is None and self.chance.randrange(6) == 0:
                due = due[:-1]
            there: set[date] = {row.month for row in rows if row.youth_id == referral.youth_id}
            rows += [
                MonthlyTrack(
                    **of_referral(referral),
                    month=month,
                    told_on=months_after(month, 1),
                    by=referral.coordinator,
                    invented=True,
                    **self._words(number),
                )
                for number, month in enumerate(due)
                if month not in there
            ]
        MonthlyTrack.objects.bulk_create(rows)
        return len(rows)

    def _words(self, number: int) -> dict[str, str]:
        """The longer they are in it, the oftener it goes better: the demonstration shows a difference."""
        weights = [30 + 4 * number, 45, 15, 10]
        words = [Going.BETTER, Going.SAME, Going.WORSE, Going.UNKNOWN]
        told = {str(area): str(self.chance.choices(words, weights)[0]) for area in Area}
        if self.chance.randrange(3) == 0:
            told[Area.JUSTICE] = str(Going.NONE)
        return told

    def _outreach(self) -> None:
        """Enough referrals in outreach that a cohort can be told of at all."""
        key = next(row.program for row in program_work().tracked)
        program = programs(self.context.by).filter(key=key).first()
        if program is None or self.worker is None:
            return
        taken = tracked_referrals().values("youth")
        youths = Youth.objects.filter(referrals__isnull=False, invented=True).exclude(pk__in=taken)
        there = tracked_referrals().count()
        for youth in youths.distinct().order_by("legal_name", "pk")[: max(0, IN_OUTREACH - there)]:
            self._enrol(youth, program)

    def _enrol(self, youth: Youth, program: object) -> None:
        started = self.today - timedelta(days=self.chance.randint(20, 700))
        ended = started + timedelta(days=360) if started + timedelta(days=360) < self.today else None
        real = timezone.localdate(self.context.at)
        consent = Consent.objects.create(
            agency_id=youth.agency_id,
            subject=youth.subject,
            record_class=RecordClass.PROTECTED,
            recipient=program.provider.agency,  # type: ignore[attr-defined]
            category="program",
            purpose="youth_program",
            given_by="parent",
            valid_from=min(started, real),
            valid_to=(started if ended else max(started, real)) + timedelta(days=364),
            recorded_at=self.context.at,
            recorded_by_id=youth.coordinator_id,
        )
        state = State.STARTED if ended is None else State.COMPLETED
        Referral.objects.create(
            **of_youth(youth),
            program=program,
            need="group",
            family_knows=True,
            state=state,
            told=told(state),
            referred_on=started - timedelta(days=12),
            contacted_on=started - timedelta(days=9),
            consented_on=started - timedelta(days=5),
            started_on=started,
            ended_on=ended,
            since=ended or started,
            consent=consent,
            coordinator_id=youth.coordinator_id,
            invented=True,
        )

    # Academies --------------------------------------------------------------------------------------------

    def academies(self) -> int:
        """Cohorts of two sites since 2008, with students, hours of service and uniform days."""
        goal = program_work().service_goals[0]
        program = programs(self.context.by).filter(key=goal.program).first()
        if program is None or self.worker is None:
            return 0
        lead = Membership.objects.filter(role=Role.SITE_LEAD, account__is_demonstration=True).first()
        own = list(lead.campuses.order_by("name")[:1]) if lead is not None else []
        known = {site.pk for site in own}
        others = [site for site in operating_campuses(self.today).order_by("name") if site.pk not in known]
        high = sorted(others, key=lambda site: "High" not in site.name)
        sites = [*own, *high][:SITES]
        count = 0
        for site in sites:
            for year in YEARS:
                cohort = AcademyCohort.objects.create(
                    agency_id=self.worker.agency_id,
                    program_id=program.pk,
                    campus_id=site.pk,
                    entered_on=date(year, 8, 27),
                    ends_on=date(year + 4, 6, 6),
                    invented=True,
                )
                AcademyStaff.objects.create(
                    cohort=cohort, account_id=self.worker.account_id, since=cohort.entered_on
                )
                count += self._cohort(cohort)
        return count

    def _cohort(self, cohort: AcademyCohort) -> int:
        members = [self._member(cohort, number) for number in range(1, IN_A_COHORT + 1)]
        hours, days = [], []
        for member in members:
            last = min(member.left_on or self.today, self.today)
            hours += self._hours(member, max(cohort.entered_on, date(2011, 8, 29)), last)
            days += [
                AcademyPresence(
                    **of_youth(member.youth),
                    member=member,
                    on=on,
                    kind=DayOfAcademy.UNIFORM,
                    came=self.chance.randrange(10) > 0,
                    invented=True,
                )
                for on in (date(2012, 8, 29), date(2012, 9, 5))
                if cohort.entered_on <= on <= last
            ]
        ServiceHours.objects.bulk_create(hours)
        AcademyPresence.objects.bulk_create(days)
        return len(members)

    def _member(self, cohort: AcademyCohort, number: int) -> AcademyMember:
        chance, worker = self.chance, self.worker
        assert worker is not None  # noqa: S101 - `academies` has looked
        pk = new_number()
        youth = Youth.objects.create(
            pk=pk,
            agency_id=worker.agency_id,
            subject=f"cases.Youth:{pk}",
            record_class="education",
            legal_name=f"Cadet {cohort.pk}-{number:02d} (invented)",
            born_on=date(cohort.entered_on.year - 14, 1, 1) - timedelta(days=chance.randrange(300)),
            local_number=f"98{cohort.pk:03d}{number:02d}",
            coordinator_id=worker.account_id,
            entered_on=cohort.entered_on,
            invented=True,
        )
        over = cohort.ends_on < self.today
        left_as, left_on = (LeftAs.COMPLETED, cohort.ends_on) if over else ("", None)
        if chance.randrange(5) == 0:
            gone = cohort.entered_on + timedelta(days=chance.randrange(60, 1000))
            if gone < min(self.today, cohort.ends_on):
                left_as, left_on = chance.choice([LeftAs.MOVED, LeftAs.LEFT]), gone
        return AcademyMember.objects.create(
            **of_youth(youth),
            cohort=cohort,
            joined_on=cohort.entered_on,
            left_on=left_on,
            left_as=left_as,
            invented=True,
        )

    def _hours(self, member: AcademyMember, first: date, last: date) -> list[ServiceHours]:
        """Service of the last school year and this one. What is a few days old waits for approval."""
        chance, worker = self.chance, self.worker
        approver = Membership.objects.filter(role=Role.SITE_LEAD, account__is_demonstration=True).first()
        if approver is None or worker is None or first >= last:
            return []
        made, on = [], first + timedelta(days=chance.randrange(5, 20))
        while on <= last:
            waits = on > self.today - timedelta(days=3)
            made.append(
                ServiceHours(
                    **of_youth(member.youth),
                    member=member,
                    receipt=UUID(int=chance.getrandbits(128), version=4),
                    on=on,
                    minutes=chance.choice([120, 180, 240, 300]),
                    kind=chance.choice(list(ServiceKind)),
                    told_by=chance.choice(list(ToldBy)),
                    state=HoursState.WAITING if waits else HoursState.APPROVED,
                    logged_by_id=worker.account_id,
                    logged_at=self._at(on),
                    decided_by_id=None if waits else approver.account_id,
                    decided_at=None if waits else self._at(on + timedelta(days=2)),
                    invented=True,
                )
            )
            on += timedelta(days=chance.randrange(14, 35))
        return made
