"""The demonstration's attendance center and diversions: invented young people, visits, cases and days."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.utils import timezone

from schoolward.analysis.attendance import follow_ups
from schoolward.analysis.diversion import terms_of
from schoolward.analysis.school_days import DayKind, months_after
from schoolward.domains.cases.actions.tallying import quarter_of
from schoolward.domains.cases.diversion_rules import diversion_rules
from schoolward.domains.cases.models import (
    AgreedStep,
    Attending,
    BroughtBy,
    Cause,
    CentreVisit,
    ContractTerm,
    Delivery,
    DiversionCase,
    DiversionTally,
    FromWhere,
    Group,
    LegalBasis,
    NoOffer,
    Outcome,
    ParentContact,
    PlanStep,
    Reached,
    ReleasedTo,
    TermProof,
    VisitFollowUp,
    Youth,
    of_youth,
)
from schoolward.domains.cases.models.youth import new_number
from schoolward.domains.cases.queries.centre import school_days
from schoolward.domains.cases.seed.days import days
from schoolward.platform.access.models import Membership
from schoolward.platform.access.roles import Role
from schoolward.platform.access.wall import within
from schoolward.platform.audit.actions import record
from schoolward.platform.demo.registry import SeedContext, seed

OPENED = date(2010, 9, 27)
"""The day on which the district opened its centre."""
VISITS, CASES_A_GROUP = 60, {Group.WHITE: 130, Group.BLACK: 120, Group.HISPANIC: 140, Group.ASIAN: 70}
_AGREED = [AgreedStep.RIDE, AgreedStep.TUTORING, AgreedStep.COUNSELOR, AgreedStep.SCHEDULE]
#: Of a hundred who were eligible, how many were offered it. A difference that a page has to show.
_OFFERED = {Group.WHITE: 94, Group.BLACK: 70, Group.HISPANIC: 84, Group.ASIAN: 88}


@seed(58, "attendance center and diversion")
def services(context: SeedContext) -> str:
    """Make invented young people with visits and diversions. Runs once."""
    with within(context.by):
        if CentreVisit.objects.exists():
            return "already there"
        chance = random.Random(context.random_seed)  # noqa: S311 - invented data, the same every time
        coordinator = _member(Role.PROGRAM_COORDINATOR, "district")
        officer = _member(Role.SCHOOL_RESOURCE_OFFICER, "police")
        youths = _youths(VISITS + sum(CASES_A_GROUP.values()), coordinator, context, chance)
        _visits(youths[:VISITS], officer, context, chance)
        days(youths[: VISITS + 30], context, chance)
        _cases(youths[VISITS:], context, chance)
    record(
        "cases.services_seeded",
        by=context.by,
        at=context.at,
        subject="cases.CentreVisit",
        detail={"visits": VISITS, "youths": len(youths)},
    )
    return f"{VISITS} visits and {sum(CASES_A_GROUP.values())} diversions of invented young people"


def _member(role: Role, agency: str) -> Membership:
    held = Membership.objects.filter(role=role, agency__key=agency, account__is_demonstration=True)
    return held.select_related("agency").get()


def _youths(count: int, held: Membership, context: SeedContext, chance: random.Random) -> list[Youth]:
    made = []
    for number in range(1, count + 1):
        pk = new_number()
        made.append(
            Youth(
                pk=pk,
                agency_id=held.agency_id,
                subject=f"cases.Youth:{pk}",
                record_class="education",
                legal_name=f"Student {number:03d} (invented)",
                born_on=date(1995, 1, 1) + timedelta(days=chance.randrange(1400)),
                local_number=f"99{number:05d}",
                home_language=chance.choice(["en", "en", "en", "es", "hmn"]),
                coordinator_id=held.account_id,
                entered_on=context.today,
                invented=True,
            )
        )
    return list(Youth.objects.bulk_create(made))


def _at(day: date, hour: int, minute: int) -> datetime:
    return datetime.combine(day, time(hour, minute), tzinfo=timezone.get_default_timezone())


def _receipt(chance: random.Random) -> UUID:
    return UUID(int=chance.getrandbits(128), version=4)


def _visits(youths: list[Youth], officer: Membership, context: SeedContext, chance: random.Random) -> None:
    taught = school_days()
    span = [OPENED + timedelta(days=n) for n in range((context.today - OPENED).days)]
    # The last months have more of them, so that follow-ups are due around today.
    open_days = [day for day in span if taught(day)]
    days = sorted(chance.sample(open_days[-140:], len(youths)))
    visits, looks, contacts, steps = [], [], [], []
    for youth, day in zip(youths, days, strict=True):
        arrived = _at(day, 8 + chance.randrange(5), chance.randrange(60))
        with_officer = chance.randrange(10) < 7
        delivery = None
        left = arrived + timedelta(minutes=60 + chance.randrange(180))
        where = chance.choice(list(FromWhere))
        if with_officer:
            delivery = Delivery.objects.create(
                agency_id=officer.agency_id,
                officer_id=officer.account_id,
                receipt=_receipt(chance),
                announced_at=arrived - timedelta(minutes=10),
                from_where=where,
                received_at=arrived,
                returned_at=left,
                invented=True,
            )
        visit = CentreVisit(
            **of_youth(youth),
            receipt=_receipt(chance),
            delivery=delivery,
            arrived_at=arrived,
            brought_by=BroughtBy.OFFICER if with_officer else BroughtBy.PARENT,
            brought_agency_id=officer.agency_id if with_officer else None,
            from_where=where,
            legal_basis=LegalBasis.EC_48264 if with_officer else LegalBasis.ASKED,
            cause=chance.choice(list(Cause)),
            left_at=left,
            released_to=chance.choice([ReleasedTo.SCHOOL, ReleasedTo.SCHOOL, ReleasedTo.PARENT]),
            invented=True,
        )
        visits.append(visit)
        whose = {**of_youth(youth), "visit": visit, "invented": True}
        contacts.append(
            ParentContact(
                **whose,
                at=arrived + timedelta(minutes=5),
                by_means="call",
                was_reached=chance.randrange(4) > 0,
            )
        )
        for kind in chance.sample(
            [AgreedStep.RIDE, AgreedStep.TUTORING, AgreedStep.COUNSELOR, AgreedStep.SCHEDULE], 2
        ):
            due = day + timedelta(days=10)
            done = due if due < context.today and chance.randrange(5) else None
            steps.append(PlanStep(**whose, kind=kind, due_on=due, done_on=done))
        for look in follow_ups(day, kind=DayKind.SCHOOL, is_school_day=taught):
            is_done = look.due_on < context.today - timedelta(days=4) or (
                look.due_on < context.today and chance.randrange(2) == 0
            )
            found = chance.choice([Attending.YES, Attending.YES, Attending.PARTLY, Attending.NO])
            looks.append(
                VisitFollowUp(
                    **whose,
                    days=look.step,
                    due_on=look.due_on,
                    done_on=look.due_on if is_done else None,
                    found=found if is_done else "",
                )
            )
    CentreVisit.objects.bulk_create(visits)
    ParentContact.objects.bulk_create(contacts)
    PlanStep.objects.bulk_create(steps)
    VisitFollowUp.objects.bulk_create(looks)
    Delivery.objects.create(
        agency_id=officer.agency_id,
        officer_id=officer.account_id,
        receipt=_receipt(chance),
        announced_at=_at(context.today, 7, 22),
        from_where=FromWhere.PARK,
        invented=True,
    )


def _cases(youths: list[Youth], context: SeedContext, chance: random.Random) -> None:
    groups = [group for group, count in CASES_A_GROUP.items() for _number in range(count)]
    cases, terms, proofs = [], [], []
    reasons = [NoOffer.NO_SEAT, NoOffer.REFERRED, NoOffer.OFFICER, NoOffer.NOT_FOUND]
    for youth, group in zip(youths, groups, strict=True):
        event = date(2011, 7, 5) + timedelta(days=chance.randrange(425))
        referred = event + timedelta(days=chance.randrange(1, 6))
        edition = diversion_rules().on(event)
        if edition is None:
            continue
        offered = chance.randrange(100) < _OFFERED[group]
        signed = (
            referred + timedelta(days=chance.randrange(1, 5)) if offered and chance.randrange(12) else None
        )
        if signed is not None and signed > context.today:
            signed = None
        planned = terms_of(edition.terms, signed) if signed else ()
        ends = months_after(signed, edition.months) if signed else None
        is_over = ends is not None and ends < context.today
        outcome = ""
        if is_over:
            outcome = chance.choices(
                [Outcome.COMPLETED, Outcome.FAILED, Outcome.WITHDRAWN], weights=[78, 15, 7]
            )[0]
        case = DiversionCase(
            **of_youth(youth, "police"),
            event_on=event,
            referred_on=referred,
            path="827.95",
            kind=chance.choice(["vandalism", "theft", "disorder", "assault"]),
            level="misdemeanor",
            accepts_responsibility=True,
            guardian_agrees=True,
            victim_heard=True,
            group=group,
            edition=edition.number,
            answer="yes",
            decided_on=referred,
            was_offered=offered,
            no_offer="" if offered else chance.choice(reasons),
            signed_on=signed,
            ends_on=ends,
            outcome=outcome,
            outcome_on=ends if is_over else None,
            invented=True,
        )
        cases.append(case)
        for term in planned:
            whose = {**of_youth(youth, "police"), "invented": True}
            row = ContractTerm(**whose, case=case, kind=term.kind, amount=term.amount, due_on=term.due_on)
            terms.append(row)
            done = term.due_on - timedelta(days=chance.randrange(1, 15))
            if outcome == Outcome.COMPLETED or (done < context.today and chance.randrange(6)):
                proofs.append(
                    TermProof(**whose, term=row, amount=term.amount, on=done, receipt=_receipt(chance))
                )
    for case in cases:
        if not case.was_offered or case.declined_on or case.outcome_on:
            case.closed_on = case.outcome_on or case.declined_on or case.decided_on
    DiversionCase.objects.bulk_create(cases)
    ContractTerm.objects.bulk_create(terms)
    TermProof.objects.bulk_create(proofs)
    _count(cases)


def _count(cases: list[DiversionCase]) -> None:
    """What the actions would have counted, which nobody did before."""
    found = Counter(
        (quarter_of(case.decided_on), on.replace(day=1), case.group, stage, reason)
        for case in cases
        if case.decided_on is not None
        for stage, reason, on in _reached(case, case.decided_on)
    )
    DiversionTally.objects.bulk_create(
        DiversionTally(
            quarter=quarter,
            counted=counted,
            group=group,
            stage=stage,
            reason=reason,
            number=number,
            invented=True,
        )
        for (quarter, counted, group, stage, reason), number in found.items()
    )


def _reached(case: DiversionCase, decided_on: date) -> Iterator[tuple[Reached, str, date]]:
    """Each stage with its reason, and the day on which it was entered."""
    yield Reached.ELIGIBLE, "", decided_on
    yield Reached.OFFERED if case.was_offered else Reached.NOT_OFFERED, case.no_offer, decided_on
    if case.signed_on is not None:
        yield Reached.SIGNED, "", max(case.signed_on, decided_on)
    if case.outcome:
        yield Reached(case.outcome), "", case.outcome_on or decided_on
