"""The demonstration's initiatives: the real inventory with its facts; dates, owners and progress are
invented.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import date, datetime, time, timedelta

from django.utils import timezone

from schoolward.domains.initiatives import inventory
from schoolward.domains.initiatives.models import (
    Blocker,
    Decision,
    Fact,
    FundingFact,
    Goal,
    Initiative,
    Kind,
    MeasureLink,
    Meeting,
    Milestone,
    Objective,
    Seat,
    Status,
    StatusUpdate,
)
from schoolward.domains.initiatives.queries import standings
from schoolward.platform.access.models import Account, Agency
from schoolward.platform.audit.actions import record
from schoolward.platform.demo.registry import SeedContext, seed


@seed(60, "initiatives")
def initiatives(context: SeedContext) -> str:
    """Make goals, the whole inventory, its progress and the known money. Runs once."""
    if Initiative.objects.exists():
        return "already there"
    items = inventory.items()
    objectives = _goals()
    rows = _initiatives(items, objectives)
    _details(items, rows, context)
    _seats_and_meetings(items, rows, today=context.today)
    updates = _updates(items, rows)
    _funding()
    record(
        "initiatives.seeded",
        by=context.by,
        at=context.at,
        subject="initiatives.Initiative",
        detail={"items": len(rows), "updates": updates},
    )
    return f"{len(rows)} initiatives, programs and bodies; {updates} invented status updates"


def _goals() -> dict[str, Objective]:
    objectives: dict[str, Objective] = {}
    links = []
    for goal_number, raw in enumerate(inventory.goals(), start=1):
        goal = Goal.objects.create(key=raw["key"], number=goal_number, title=raw["title"], invented=True)
        for number, line in enumerate(raw["objective"], start=1):
            objective = Objective.objects.create(
                goal=goal,
                key=line["key"],
                number=number,
                title=line["title"],
                owner_role=line["owner"],
                invented=True,
            )
            objectives[objective.key] = objective
            links += [
                MeasureLink(
                    objective=objective,
                    measure_key=link["key"],
                    baseline=link["baseline"],
                    baseline_on=link["baseline_on"],
                    target=link["target"],
                    due=link["due"],
                    invented=True,
                )
                for link in line["measures"]
            ]
    MeasureLink.objects.bulk_create(links)
    return objectives


def _initiatives(items: list[inventory.Item], objectives: dict[str, Objective]) -> dict[int, Initiative]:
    rows = {
        item.number: Initiative(
            number=item.number,
            key=item.key,
            title=item.title,
            kind=item.kind,
            strand=item.strand,
            summary=item.summary,
            objective=objectives[item.objective] if item.objective else None,
            owner_role=item.owner,
            ended=Status.COMPLETE if item.closed is not None else "",
            start=item.start,
            due=item.due,
            first_due=item.first_due or item.due,
            closed_on=item.closed,
            cadence=item.cadence,
            meets_every_days=item.meets_every_days,
            dates_invented=True,
        )
        for item in items
    }
    Initiative.objects.bulk_create(rows.values())
    parts = [item for item in items if item.part_of is not None]
    for item in parts:
        rows[item.number].part_of = rows[item.part_of or 0]
    Initiative.objects.bulk_update([rows[item.number] for item in parts], ["part_of"])
    return rows


def _details(items: list[inventory.Item], rows: dict[int, Initiative], context: SeedContext) -> None:
    Fact.objects.bulk_create(
        Fact(initiative=rows[item.number], **fact) for item in items for fact in item.facts
    )
    Milestone.objects.bulk_create(
        Milestone(
            initiative=rows[item.number],
            title=raw["title"],
            due=raw["due"],
            done_on=raw.get("done"),
            evidence="Invented for the demonstration." if raw.get("done") else "",
            invented=True,
        )
        for item in items
        for raw in item.milestones
    )
    Blocker.objects.bulk_create(
        Blocker(
            initiative=rows[item.number],
            title=raw["title"],
            needs=raw["needs"],
            opened_on=raw["opened"],
            invented=True,
        )
        for item in items
        for raw in item.blockers
    )
    Decision.objects.bulk_create(
        Decision(
            initiative=rows[item.number],
            text=raw["text"],
            on=raw["on"],
            at=_noon(raw["on"]),
            by_name=context.by.account_name,
            invented=True,
        )
        for item in items
        for raw in item.decisions
    )


def _seats_and_meetings(items: list[inventory.Item], rows: dict[int, Initiative], *, today: date) -> None:
    agencies = {agency.key: agency for agency in Agency.objects.all()}
    Seat.objects.bulk_create(
        Seat(
            body=rows[item.number],
            agency=agencies[raw["agency"]],
            title=raw["seat"],
            valid_from=item.start,
        )
        for item in items
        for raw in item.members
    )
    meetings = []
    for item in items:
        if item.kind != Kind.BODY or item.meets_every_days is None:
            continue
        day = item.start
        # The last meeting lies a week back, so that the demonstration's day has an agenda to prepare.
        while day <= today - timedelta(days=7):
            meetings.append(Meeting(body=rows[item.number], held_on=day, invented=True))
            day += timedelta(days=item.meets_every_days)
    Meeting.objects.bulk_create(meetings)


def _updates(items: list[inventory.Item], rows: dict[int, Initiative]) -> int:
    """Write the reports. The rule judges each as of its own day, as it would have done then."""
    by_day: dict[date, list[tuple[inventory.Item, int]]] = defaultdict(list)
    for item in items:
        for index, raw in enumerate(item.updates):
            by_day[raw["on"]].append((item, index))
    accounts = _accounts()
    updates = []
    for day in sorted(by_day):
        told = by_day[day]
        judged = standings([rows[item.number] for item, _index in told], on=day, reported=True)
        for (item, index), stood in zip(told, judged, strict=True):
            raw = item.updates[index]
            account = accounts.get(item.owner)
            updates.append(
                StatusUpdate(
                    initiative=rows[item.number],
                    note=raw["note"],
                    percent=raw["percent"],
                    colour=stood.result.colour,
                    rule_colour=stood.result.colour,
                    rule_sentence=stood.result.sentence,
                    rule_version=stood.result.rule_version,
                    evidence=raw.get("evidence", ""),
                    on=day,
                    at=_noon(day),
                    by=account,
                    by_name=account.name if account else "",
                    invented=True,
                )
            )
    StatusUpdate.objects.bulk_create(updates)
    return len(updates)


def _accounts() -> dict[str, Account]:
    """A demonstration account for each role."""
    rows = (
        Account.objects.filter(is_demonstration=True).values_list("memberships__role", "pk").order_by("-pk")
    )
    pks = {role: pk for role, pk in rows if role}
    accounts = Account.objects.in_bulk(pks.values())
    return {role: accounts[pk] for role, pk in pks.items()}


def _funding() -> None:
    known = inventory.funding()
    made: dict[str, FundingFact] = {}
    for raw in known:
        whole = made.get(raw["part_of"]) if raw["part_of"] else None
        made[raw["key"]] = FundingFact.objects.create(
            key=raw["key"],
            name=raw["name"],
            funder=raw["funder"],
            award_number=raw["award_number"],
            awarded_year=int(raw["awarded_year"]) if raw["awarded_year"] else None,
            amount_cents=int(raw["amount_dollars"]) * 100,
            period=raw["period"],
            purpose=raw["purpose"],
            part_of=whole,
            mark=raw["mark"],
            source=raw["source"],
        )


def _noon(day: date) -> datetime:
    return datetime.combine(day, time(12), tzinfo=timezone.get_default_timezone())
