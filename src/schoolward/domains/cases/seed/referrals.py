"""The demonstration's young people: all of them invented, and marked so. Their names are trees and birds."""

from __future__ import annotations

import random
from collections import defaultdict
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings

from schoolward.domains.cases.actions.dosage import MOST_PLANNED
from schoolward.domains.cases.models import (
    Contact,
    FollowUp,
    Goal,
    Guardian,
    Referral,
    Service,
    Step,
    Youth,
    of_referral,
    of_youth,
)
from schoolward.domains.cases.models.keeping import DAYS_OF
from schoolward.domains.cases.seed.agreements import make_agreements
from schoolward.domains.cases.states import PATIENCE, EndReason, Need, State, due_on, told
from schoolward.domains.places.queries import operating_schools
from schoolward.domains.programs.queries import offerings, plan_on, programs, sessions
from schoolward.platform.access.models import Account, Agency, Consent, Membership, RecordClass
from schoolward.platform.access.roles import Role
from schoolward.platform.access.wall import within
from schoolward.platform.audit.actions import record
from schoolward.platform.demo.registry import SeedContext, seed

FIRST = (
    "Aspen",
    "Cedar",
    "Finch",
    "Hazel",
    "Heron",
    "Jay",
    "Juniper",
    "Lark",
    "Linden",
    "Maple",
    "Wren",
    "Rowan",
)
LAST = ("Example", "Invented", "Madeup", "Pretend", "Sample")
GOALS = ("To be at school by eight", "To talk before it gets loud", "To find a team", "To pass English")
YOUTHS, EACH_SECOND = 120, 3


@seed(55, "referrals")
def referrals(context: SeedContext) -> str:
    """Make invented youths with referrals over two years, and the agreements that partners see some by."""
    make_agreements(context)
    with within(context.by):
        if Youth.objects.exists():
            return "already there"
        made = _People(context).make()
    record(
        "cases.seeded",
        by=context.by,
        at=context.at,
        subject="cases.Youth",
        detail={"youths": YOUTHS, "referrals": made},
    )
    return f"{YOUTHS} invented youths, {made} referrals"


def _meetings(context: SeedContext) -> dict[int, list[tuple[date, str]]]:
    """The days of one group of each offering, with what became of them; cancelled ones are none."""
    found: dict[int, list[tuple[date, str]]] = defaultdict(list)
    group: dict[int, int | None] = {}
    rows = sessions(context.by).exclude(state="cancelled").order_by("offering", "cohort", "on")
    for offering, cohort, day, state in rows.values_list("offering", "cohort", "on", "state"):
        if group.setdefault(offering, cohort) == cohort:
            found[offering].append((day, state))
    return found


class _People:
    """Makes the invented youths, one after another, the same every time."""

    def __init__(self, context: SeedContext) -> None:
        self.context = context
        self.chance = random.Random(context.random_seed)  # noqa: S311 - invented data, the same every time
        self.zone = ZoneInfo(settings.TIME_ZONE)
        self.district = Agency.objects.get(key="district")
        self.worker = self._member(Role.PROGRAM_COORDINATOR)
        self.principal = self._member(Role.SITE_LEAD)
        self.schools = list(operating_schools(context.today)[:40])
        self.programs = [one for one in programs(context.by) if one.kind != "event"]
        self.offerings = list(offerings(context.by).filter(cancelled_on__isnull=True))
        self.meetings = _meetings(context)

    def _member(self, role: str) -> Account | None:
        held = Membership.objects.filter(role=role, account__is_demonstration=True).select_related("account")
        found = held.order_by("pk").first()
        return found.account if found else None

    def make(self) -> int:
        """Every youth with a guardian and one or two referrals; the number of referrals."""
        count = 0
        for number in range(YOUTHS):
            youth = self._youth(number)
            for _again in range(2 if number % EACH_SECOND == 0 else 1):
                self._referral(youth)
                count += 1
        return count

    def _youth(self, number: int) -> Youth:
        chance, today = self.chance, self.context.today
        name = FIRST[number % len(FIRST)]
        youth = Youth.objects.create(
            pk=chance.randrange(10**11, 10**12),
            agency=self.district,
            record_class=RecordClass.EDUCATION,
            legal_name=f"{name} {LAST[number % len(LAST)]} {number + 1:03d}",
            preferred_name=name if number % 2 else "",
            born_on=today - timedelta(days=chance.randint(12 * 365, 17 * 365)),
            home_language=chance.choice(["en", "en", "en", "es", "es", "hmn", "vi"]),
            school=chance.choice(self.schools) if self.schools else None,
            coordinator=self.worker,
            entered_on=date(2010, 9, 1),
            invented=True,
        )
        Guardian.objects.create(
            **of_youth(youth),
            name=f"{chance.choice(FIRST)} {LAST[number % len(LAST)]} (invented)",
            relation=chance.choice(["parent", "parent", "parent", "grandparent"]),
            language=youth.home_language,
            reach_by=chance.choice(["call", "text", "school"]),
            reach_at=f"(916) 555-01{number % 100:02d}",
            invented=True,
        )
        return youth

    def _referral(self, youth: Youth) -> None:
        chance, today = self.chance, self.context.today
        referred = today - timedelta(days=min(chance.randint(0, 729), chance.randint(0, 900) + 1))
        program = chance.choice(self.programs) if self.programs else None
        days, state, reason = self._way(referred)
        if program is None and state not in (State.REFERRED, State.CONTACTED):
            return
        since = max(day for day in (referred, *days.values()) if day is not None)
        is_fresh = state == State.REFERRED and (today - referred).days <= 1
        made = Referral.objects.create(
            **of_youth(youth),
            program=program if state != State.REFERRED else None,
            campus=youth.school.campuses.first() if youth.school else None,
            need=chance.choice(list(Need)),
            family_knows=state != State.REFERRED,
            state=state,
            told=told(state, started=days["started_on"] is not None),
            end_reason=reason,
            referred_on=referred,
            since=since,
            due_on=due_on(state, since),
            consent=self._consent(youth, program, days["consented_on"]),
            coordinator=None if is_fresh else self.worker,
            referred_by=self.principal,
            referring_agency=self.district,
            invented=True,
            **days,
        )
        if is_fresh:
            Youth.objects.filter(pk=youth.pk).update(coordinator=None)
        self._beside(made)

    def _way(self, referred: date) -> tuple[dict[str, date | None], str, str]:
        """The days of the steps up to today, where they have led, and why it ended before its time."""
        chance, today = self.chance, self.context.today
        spans = (
            ("contacted_on", chance.choice([1, 2, 3, 4, 5, 5, 9]), State.CONTACTED, 92),
            ("consented_on", chance.randint(2, 12), State.CONSENTED, 84),
            ("started_on", chance.randint(3, 20), State.STARTED, 90),
            ("ended_on", chance.randint(60, 150), State.COMPLETED, 78),
        )
        days: dict[str, date | None] = {name: None for name, *_rest in spans}
        day, state = referred, State.REFERRED
        for name, span, target, of_hundred in spans:
            following = day + timedelta(days=span)
            goes_on = chance.randrange(100) < of_hundred
            if goes_on and following <= today:
                days[name], day, state = following, following, target
                continue
            gives_up = day + timedelta(days=PATIENCE.get(state, 40) + chance.randint(5, 20))
            if not goes_on and gives_up <= today:
                days["ended_on"] = gives_up
                return days, State.ENDED, self._reason(state)
            break
        return days, state, ""

    def _reason(self, state: State) -> str:
        if state == State.STARTED:
            return EndReason.LEFT
        known = {
            State.REFERRED: (EndReason.OUT_OF_REACH, EndReason.MOVED),
            State.CONTACTED: (EndReason.DECLINED, EndReason.DECLINED, EndReason.ELSEWHERE),
            State.CONSENTED: (EndReason.NO_CAPACITY, EndReason.MOVED),
        }
        return self.chance.choice(known[state])

    def _consent(self, youth: Youth, program: Any, on: date | None) -> Consent | None:
        if on is None:
            return None
        return Consent.objects.create(
            agency=self.district,
            subject=youth.subject,
            record_class=RecordClass.PROTECTED,
            recipient=program.provider.agency,
            category="program",
            purpose="youth_program",
            given_by="parent",
            valid_from=on,
            valid_to=on + timedelta(days=364),
            recorded_at=self.context.at,
            recorded_by=self.worker,
        )

    def _beside(self, made: Referral) -> None:
        """Its steps, contacts, goal, sessions and follow-ups."""
        self._steps(made)
        chance, today = self.chance, self.context.today
        if made.contacted_on is not None:
            Contact.objects.create(
                **of_referral(made),
                on=made.contacted_on,
                way=chance.choice(["call", "call", "school", "home"]),
                minutes=chance.choice([5, 10, 15, 30]),
                reached=True,
                by=self.worker,
                at=self._at(made.contacted_on),
                invented=True,
            )
        if made.state in (State.CONSENTED, State.STARTED):
            Goal.objects.create(
                **of_referral(made),
                words=chance.choice(GOALS),
                review_on=today + timedelta(days=chance.randint(-3, 40)),
                invented=True,
            )
        if made.started_on is not None:
            self._service(made, made.started_on)
        if made.started_on is not None and made.ended_on is not None:
            self._follow_ups(made, made.ended_on)

    def _service(self, made: Referral, started: date) -> None:
        """Sessions of an offering that met while they took part: no more than one group of it has had."""
        last = made.ended_on or self.context.today
        fitting = {
            offering: [one for one in self.meetings[offering.pk] if one[0] >= started]
            for offering in self.offerings
            if offering.program_id == made.program_id
            and any(started <= day <= last for day, _state in self.meetings[offering.pk])
        }
        offering = self.chance.choice([*fitting] or [None])
        if offering is None:
            return
        # Whoever is out had as many as there were until then; the others have those ahead as well.
        days = [one for one in fitting[offering] if made.ended_on is None or one[0] <= last]
        plan = plan_on(offering.program, max(offering.starts_on, started))
        planned = min(len(days), plan.sessions if plan is not None else MOST_PLANNED)
        held = min(planned, sum(state == "held" and day <= last for day, state in days))
        least = held * 2 // 3 if made.state == State.COMPLETED else held // 3
        Service.objects.create(
            **of_referral(made),
            offering=offering,
            planned=planned,
            attended=self.chance.randint(least, held),
            invented=True,
        )

    def _follow_ups(self, made: Referral, ended: date) -> None:
        for months, days in DAYS_OF.items():
            full = ended + timedelta(days=days)
            if full > self.context.today:
                return
            found = self.chance.choice(["no"] * 8 + ["yes", "unknown"])
            FollowUp.objects.create(
                **of_referral(made, RecordClass.PROTECTED),
                months=months,
                full_on=full,
                found=found,
                source="nobody" if found == "unknown" else "probation",
                on=full,
                invented=True,
            )

    def _steps(self, made: Referral) -> None:
        before = ""
        for state, day in (
            (State.REFERRED, made.referred_on),
            (State.CONTACTED, made.contacted_on),
            (State.CONSENTED, made.consented_on),
            (State.STARTED, made.started_on),
            (made.state, made.ended_on),
        ):
            if day is None:
                continue
            Step.objects.create(
                **of_referral(made),
                before=before,
                after=state,
                on=day,
                at=self._at(day),
                by=self.worker,
                by_name=self.context.by.account_name,
            )
            before = state

    def _at(self, day: date) -> datetime:
        return datetime.combine(day, time(10), tzinfo=self.zone)
