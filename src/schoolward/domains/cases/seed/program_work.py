"""The demonstration's class seats and tracked months: invented young people, and marked so."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils import timezone

from schoolward.analysis.school_days import months_after
from schoolward.domains.cases.actions.editions import give_half_years, give_tables
from schoolward.domains.cases.models import (
    AcademyCohort,
    Area,
    ClassSeat,
    Going,
    Guardian,
    MonthlyTrack,
    Referral,
    SeatDuty,
    Step,
    Youth,
    of_referral,
    of_youth,
)
from schoolward.domains.cases.program_work import ClassDay, class_day, program_work, tracking
from schoolward.domains.cases.queries.outreach import months_tracked, tracked_referrals
from schoolward.domains.cases.queries.seats import class_offerings
from schoolward.domains.cases.seed.academies import make_academies
from schoolward.domains.cases.states import State, due_on, told
from schoolward.domains.programs.queries import programs
from schoolward.platform.access.models import Consent, RecordClass
from schoolward.platform.access.wall import within
from schoolward.platform.audit.actions import record
from schoolward.platform.demo.registry import SeedContext, seed

IN_OUTREACH = 120
"""Enough that a cohort of a school year can be told of at all."""
AHEAD = ("confirmed",) * 12 + ("offered",) * 6 + ("waiting",) * 2
"""How the seats of the next class stand."""
BEFORE = ("came",) * 11 + ("alone", "absent", "absent")
"""What became of those of the last one."""
_DAYS = ("referred_on", "contacted_on", "consented_on", "started_on", "ended_on")


@seed(92, "class seats, tracked months and academies")
def program_work_rows(context: SeedContext) -> str:
    """Make seats, months and academies of invented young people. Runs once, when accounts have sites."""
    chance = random.Random(context.random_seed + 92)  # noqa: S311 - invented data, the same every time
    with within(context.by):
        if ClassSeat.objects.exists() or AcademyCohort.objects.exists():
            return "already there"
        made = _Work(context, chance)
        seats, months = made.seats(), made.months()
        students = make_academies(context, chance)
    give_tables(on=context.today, by=context.by, at=context.at)
    give_half_years(on=context.today, by=context.by, at=context.at)
    record(
        "cases.program_work_seeded",
        by=context.by,
        at=context.at,
        subject="cases.ClassSeat",
        detail={"seats": seats, "months": months, "students": students},
    )
    return f"{seats} seats, {months} months, {students} students of academies, all invented"


@dataclass
class _Work:
    """Makes the rows, the same every time."""

    context: SeedContext
    chance: random.Random

    def _at(self, day: date) -> datetime:
        return datetime.combine(day, time(10), tzinfo=timezone.get_default_timezone())

    def _enrol(
        self, youth: Youth, program: Any, state: State, days: list[date | None], need: str
    ) -> Referral:
        """A referral that has come so far, with consent and steps; ``days`` are those of the five steps."""
        known = dict(zip(_DAYS, [*days, *[None] * 5], strict=False))
        since = max(day for day in days if day is not None)
        made = Referral.objects.create(
            **of_youth(youth),
            program=program,
            need=need,
            family_knows=True,
            state=state,
            told=told(state, started=known["started_on"] is not None),
            since=since,
            due_on=due_on(state, since),
            consent=self._consent(youth, program, known["consented_on"], known["ended_on"]),
            coordinator_id=youth.coordinator_id,
            invented=True,
            **known,
        )
        before = ""
        for after, day in zip((*list(State)[:4], State.COMPLETED), days, strict=False):
            if day is not None:
                Step.objects.create(
                    **of_referral(made),
                    before=before,
                    after=after,
                    on=day,
                    at=self._at(day),
                    by_id=youth.coordinator_id,
                    by_name=self.context.by.account_name,
                )
                before = after
        return made

    def _consent(self, youth: Youth, program: Any, on: date | None, ended: date | None) -> Consent | None:
        if on is None:
            return None
        # Whether a consent holds is judged by the real clock: of referrals that run it holds a year from now.
        first = on if ended is not None else max(on, timezone.localdate(self.context.at))
        return Consent.objects.create(
            agency_id=youth.agency_id,
            subject=youth.subject,
            record_class=RecordClass.PROTECTED,
            recipient=program.provider.agency,
            category="program",
            purpose="youth_program",
            given_by="parent",
            valid_from=min(first, on),
            valid_to=first + timedelta(days=364),
            recorded_at=self.context.at,
            recorded_by_id=youth.coordinator_id,
        )

    # Seats ------------------------------------------------------------------------------------------------

    def seats(self) -> int:
        """The seats of the next class, with a waiting list, and of the last one."""
        today = self.context.today
        days = class_offerings(self.context.by, date(2010, 1, 1))
        ahead = next((one for one in days if one.starts_on > today and one.cancelled_on is None), None)
        past = next((one for one in reversed(days) if one.starts_on < today), None)
        adults = Guardian.objects.select_related("youth").filter(invented=True).order_by("pk")
        free = iter([one for one in adults if one.youth.coordinator_id is not None])
        count = 0
        for offering, states in ((past, BEFORE), (ahead, AHEAD)):
            rule = class_day(offering.program.key, offering.starts_on) if offering else None
            for state in states if rule else ():
                guardian = next(free, None)
                if guardian is not None and rule is not None:
                    self._seat(guardian, offering, rule, state)
                    count += 1
        return count

    def _seat(self, guardian: Guardian, offering: Any, rule: ClassDay, state: str) -> None:
        starts: date = offering.starts_on
        asked = min(starts, self.context.today) - timedelta(days=self.chance.randint(8, 20))
        steps: list[date | None] = [asked - timedelta(days=6), asked - timedelta(days=3), asked]
        reached = State.COMPLETED if state == "came" else State.CONSENTED
        if state == "came":
            steps += [starts, starts]
        if state == "waiting":
            reached, steps = State.CONTACTED, steps[:2]
        referral = self._enrol(guardian.youth, offering.program, reached, steps, "incident")
        settled = state in ("came", "alone", "absent")
        confirmed = asked + timedelta(days=2) if state in ("confirmed", "came", "alone") else None
        seat = ClassSeat.objects.create(
            **of_referral(referral),
            offering_id=offering.pk,
            guardian=guardian,
            state=state,
            asked_at=self._at(asked),
            offered_on=None if state == "waiting" else asked,
            confirmed_on=confirmed,
            settled_on=starts if settled else None,
            invented=True,
        )
        planned: dict[str, date] = {}
        if state in ("alone", "absent"):
            planned["rescue"] = starts + timedelta(days=rule.rescue)
        elif state in ("offered", "confirmed"):
            planned = {
                "confirm": asked + timedelta(days=rule.confirm),
                "first": starts - timedelta(days=rule.remind[0]),
                "last": starts - timedelta(days=rule.remind[-1]),
            }
        for kind, due in planned.items():
            done = confirmed if kind == "confirm" else None
            SeatDuty.objects.create(
                **of_youth(guardian.youth),
                seat=seat,
                kind=kind,
                due_on=due,
                done_on=done,
                was_reached=None if done is None else True,
                invented=True,
            )

    # Months -----------------------------------------------------------------------------------------------

    def months(self) -> int:
        """A month for each that is due; of some the last one is left for the worker to write down."""
        self._outreach()
        rows: list[MonthlyTrack] = []
        there: set[tuple[int, date]] = set()
        for referral in tracked_referrals().select_related("youth"):
            if referral.started_on is None or referral.program is None:
                continue
            rule = tracking(referral.program.key, referral.started_on)
            if rule is None:
                continue
            due = months_tracked(referral.started_on, referral.ended_on, rule, self.context.today)
            if referral.ended_on is None and self.chance.randrange(6) == 0:
                due = due[:-1]
            for number, month in enumerate(due):
                if (referral.youth_id, month) not in there:
                    there.add((referral.youth_id, month))
                    rows.append(self._month(referral, month, number))
        MonthlyTrack.objects.bulk_create(rows)
        return len(rows)

    def _month(self, referral: Referral, month: date, number: int) -> MonthlyTrack:
        """The longer they are in it, the oftener it goes better: the demonstration shows a difference."""
        words = [Going.BETTER, Going.SAME, Going.WORSE, Going.UNKNOWN]
        going = {
            str(area): str(self.chance.choices(words, [30 + 4 * number, 45, 15, 10])[0]) for area in Area
        }
        if referral.youth_id % 3 == 0:
            going[str(Area.JUSTICE)] = str(Going.NONE)
        return MonthlyTrack(
            **of_referral(referral),
            month=month,
            told_on=months_after(month, 1),
            by_id=referral.coordinator_id,
            invented=True,
            **going,
        )

    def _outreach(self) -> None:
        """Referrals to outreach over the last two years, of young people who are in no diversion."""
        key = next(row.program for row in program_work().tracked)
        program = programs(self.context.by).filter(key=key).first()
        if program is None:
            return
        taken = tracked_referrals().values("youth")
        youths = Youth.objects.filter(invented=True, diversions__isnull=True, coordinator__isnull=False)
        today = self.context.today
        for youth in youths.exclude(pk__in=taken).order_by("born_on", "pk")[:IN_OUTREACH]:
            started = today - timedelta(days=self.chance.randint(20, 700))
            steps: list[date | None] = [started - timedelta(days=days) for days in (12, 9, 5, 0)]
            is_over = started + timedelta(days=360) < today
            if is_over:
                steps.append(started + timedelta(days=360))
            self._enrol(youth, program, State.COMPLETED if is_over else State.STARTED, steps, "group")
