"""The demonstration's days of school: invented, and better after a visit so that a difference is there."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import date, timedelta

from django.utils import timezone

from schoolward.analysis.attendance import Deeds, DutyKind, Series, law, truancy
from schoolward.domains.cases.models import AttendanceDay, Attended, CentreVisit, TruancyDeed, Youth, of_youth
from schoolward.domains.cases.queries.centre import school_days
from schoolward.domains.cases.queries.truancy import as_mark
from schoolward.platform.demo.registry import SeedContext


def days(youths: list[Youth], context: SeedContext, chance: random.Random) -> None:
    """Days of school of the year before: of those who came, better after the visit than before."""
    taught = school_days()
    span = [date(2011, 9, 6) + timedelta(days=n) for n in range((context.today - date(2011, 9, 6)).days)]
    school = [day for day in span if taught(day)]
    came = {
        visit.youth_id: timezone.localdate(visit.arrived_at)
        for visit in CentreVisit.objects.filter(youth__in=[youth.pk for youth in youths])
    }
    # Of its own, so that what is made after it stays what it was.
    late = random.Random(context.random_seed)  # noqa: S311 - invented data, the same every time
    rows, deeds = [], []
    for youth in youths:
        own = []
        usual = 62 + chance.randrange(20)
        for day in school:
            better = 14 if youth.pk in came and day > came[youth.pk] else 0
            there = chance.randrange(100) < usual + better
            own.append(
                AttendanceDay(
                    **of_youth(youth),
                    on=day,
                    mark=Attended.PRESENT if there else Attended.ABSENT,
                    excused=None if there else chance.randrange(3) == 0,
                    told_at=context.at,
                    invented=True,
                )
            )
        rows += own
        deeds += _reported(youth, own, taught, late)
    AttendanceDay.objects.bulk_create(rows, batch_size=2000)
    TruancyDeed.objects.bulk_create(deeds)


def _reported(
    youth: Youth, days: list[AttendanceDay], taught: Callable[[date], bool], chance: random.Random
) -> list[TruancyDeed]:
    """The first report of the school year that ended last, and the notice home; of ten, nine in time."""
    last = max((day.on for day in days if day.on.month < 7), default=None)
    if last is None:
        return []
    marks = Series(as_mark(day) for day in days)
    found = truancy(marks, Deeds(), law(), on=last, is_school_day=taught)
    made = []
    for duty in found.duties:
        if duty.kind in (DutyKind.REPORT, DutyKind.NOTICE) and duty.due_on is not None:
            on = duty.due_on if chance.randrange(10) else duty.due_on + timedelta(days=9)
            made.append(TruancyDeed(**of_youth(youth), kind=duty.kind.value, on=on, invented=True))
    return made
