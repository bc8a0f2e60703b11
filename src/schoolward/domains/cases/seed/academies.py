"""The demonstration's academies: cohorts, invented students, their hours of service and uniform days."""

from __future__ import annotations

import random
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.utils import timezone

from schoolward.domains.cases.models import (
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
    Youth,
    of_youth,
)
from schoolward.domains.cases.models.youth import new_number
from schoolward.domains.cases.program_work import program_work
from schoolward.domains.places.queries import operating_campuses
from schoolward.domains.programs.queries import programs
from schoolward.platform.access.models import Membership
from schoolward.platform.access.roles import Role
from schoolward.platform.demo.registry import SeedContext

SITES, IN_A_COHORT = 2, 60
"""How many sites have an academy, and how many students enter one a year: about 600 in all, as published."""
YEARS = (2008, 2009, 2010, 2011, 2012)


def make_academies(context: SeedContext, chance: random.Random) -> int:
    """Cohorts of the demonstration's site lead's site and of another; the number of students."""
    goal = program_work().service_goals[0]
    program = programs(context.by).filter(key=goal.program).first()
    held = Membership.objects.filter(account__is_demonstration=True).order_by("pk")
    worker = held.filter(role=Role.PROGRAM_COORDINATOR).first()
    lead = held.filter(role=Role.SITE_LEAD).first()
    officer = held.filter(role=Role.SCHOOL_RESOURCE_OFFICER).first()
    if program is None or worker is None or lead is None:
        return 0
    own = {site.pk for site in lead.campuses.all()}
    sites = sorted(
        operating_campuses(context.today).order_by("name"),
        key=lambda site: (site.pk not in own, "High" not in site.name),
    )
    count = 0
    for site in sites[:SITES]:
        for year in YEARS:
            cohort = AcademyCohort.objects.create(
                agency_id=worker.agency_id,
                program_id=program.pk,
                campus_id=site.pk,
                entered_on=date(year, 8, 27),
                ends_on=date(year + 4, 6, 6),
                invented=True,
            )
            for who in (worker, officer):
                if who is not None:
                    AcademyStaff.objects.create(
                        cohort=cohort, account_id=who.account_id, since=cohort.entered_on
                    )
            members = _members(cohort, worker, context.today, chance)
            _beside(members, worker, lead, context.today, chance)
            count += len(members)
    return count


def _members(
    cohort: AcademyCohort, worker: Membership, today: date, chance: random.Random
) -> list[AcademyMember]:
    youths = []
    for number in range(1, IN_A_COHORT + 1):
        pk = new_number()
        youths.append(
            Youth(
                pk=pk,
                agency_id=worker.agency_id,
                subject=f"cases.Youth:{pk}",
                record_class="education",
                legal_name=f"Cadet {cohort.pk}-{number:02d} (invented)",
                preferred_name=f"Cadet {number:02d}",
                born_on=date(cohort.entered_on.year - 14, 1, 1) - timedelta(days=chance.randrange(300)),
                local_number=f"98{cohort.pk:03d}{number:02d}",
                coordinator_id=worker.account_id,
                entered_on=cohort.entered_on,
                invented=True,
            )
        )
    Youth.objects.bulk_create(youths)
    made = []
    for youth in youths:
        whose = {**of_youth(youth), "cohort": cohort, "invented": True}
        made.append(AcademyMember(**whose, joined_on=cohort.entered_on, **_left(cohort, today, chance)))
    return list(AcademyMember.objects.bulk_create(made))


def _left(cohort: AcademyCohort, today: date, chance: random.Random) -> dict[str, object]:
    """How a student left, if they did: most complete it, some move, a few leave."""
    if chance.randrange(4) == 0:
        gone = cohort.entered_on + timedelta(days=chance.randrange(60, 1300))
        if gone < min(today, cohort.ends_on):
            return {"left_on": gone, "left_as": chance.choice([LeftAs.MOVED, LeftAs.MOVED, LeftAs.LEFT])}
    return {"left_on": cohort.ends_on, "left_as": LeftAs.COMPLETED} if cohort.ends_on < today else {}


def _beside(
    members: list[AcademyMember], worker: Membership, lead: Membership, today: date, chance: random.Random
) -> None:
    """Hours of service since the last school year, and the first uniform days of this one."""
    hours: list[ServiceHours] = []
    days: list[AcademyPresence] = []
    for member in members:
        whose = {**of_youth(member.youth), "member": member, "invented": True}
        last = member.left_on or today
        on = max(member.joined_on, date(2011, 8, 29)) + timedelta(days=chance.randrange(5, 20))
        pace = chance.choice([14, 16, 18, 20, 30])
        while on <= last:
            waits = on > today - timedelta(days=3)
            hours.append(
                ServiceHours(
                    **whose,
                    receipt=UUID(int=chance.getrandbits(128), version=4),
                    on=on,
                    minutes=chance.choice([120, 180, 240]),
                    kind=chance.choice(list(ServiceKind)),
                    told_by=chance.choice(list(ToldBy)),
                    state=HoursState.WAITING if waits else HoursState.APPROVED,
                    logged_by_id=worker.account_id,
                    logged_at=_at(on),
                    decided_by_id=None if waits else lead.account_id,
                    decided_at=None if waits else _at(on + timedelta(days=2)),
                )
            )
            on += timedelta(days=pace + chance.randrange(-4, 5))
        days += [
            AcademyPresence(**whose, on=day, kind=DayOfAcademy.UNIFORM, came=chance.randrange(10) > 0)
            for day in (date(2012, 8, 29), date(2012, 9, 5))
            if member.joined_on <= day <= min(last, today)
        ]
    ServiceHours.objects.bulk_create(hours, batch_size=2000)
    AcademyPresence.objects.bulk_create(days)


def _at(day: date) -> datetime:
    return datetime.combine(day, time(10), tzinfo=timezone.get_default_timezone())
