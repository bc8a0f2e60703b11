"""The demonstration's work: what the evaluations of each campus recommended, and how far it is. All invented.

Every piece walks the legal moves at plausible intervals until the demonstration's day cuts it off, so
states, dates, persons and evidence agree with each other and with the constraints of the database.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from pathlib import Path
from random import Random
from typing import Any

from django.utils import timezone

from schoolward.domains.places.queries import operating_campuses
from schoolward.domains.work.models import Evidence, EvidenceKind, Transition, WorkItem, WorkKind
from schoolward.domains.work.states import Move, State, transition_for
from schoolward.platform.access.models import Account
from schoolward.platform.access.roles import Role
from schoolward.platform.audit.actions import record
from schoolward.platform.demo.registry import SeedContext, seed

_DATA = Path(__file__).parent / "data"
FIRST_WALK = date(2011, 1, 24)
RECOMMENDATIONS_ON_CAMPUS = (17, 22)
CAMERA_REPAIRS_FROM = date(2011, 9, 12)

#: Who pays for work of the demonstration, and where a grant does.
DISTRICT_MONEY = "District maintenance budget"
GRANT_MONEY = "Secure Our Schools 2009"
GRANT_SCHOOLS = ("luther burbank", "hiram")
GRANT_TRADES = ("cameras", "lighting", "locks")

#: How fast a site moves, as a factor on the days below: some sites are finished, others wait for money
#: and bids.
PACES = (0.7, 0.9, 1.7, 2.3, 3.2)
#: The sites of this pace are the second round: nothing that their walks recommended is done before it begins.
#: Until then they are what the mended sites are held against, as M13 needs (ADR 0045).
SECOND_ROUND_PACE = PACES[-1]
SECOND_ROUND_FROM = date(2012, 10, 15)

#: By when accepted work is due, in days after it was accepted.
DUE_AFTER_DAYS = (240, 500)

#: How many days each move takes after the one before, at a site of ordinary pace: least and most.
_DAYS: dict[Move, tuple[int, int]] = {
    Move.ACCEPT: (20, 90),
    Move.FUND: (25, 140),
    Move.SCHEDULE: (14, 75),
    Move.COMPLETE: (10, 70),
    Move.VERIFY: (2, 21),
}
_FORWARD = (Move.ACCEPT, Move.FUND, Move.SCHEDULE, Move.COMPLETE, Move.VERIFY)
_REASONS = (
    "The building is to be replaced within two years.",
    "The cost is out of proportion; staff watch the spot at breaks instead.",
    "The fire marshal needs this exit as it is.",
    "Already done under another recommendation.",
)
_NOTES = (
    "Photograph taken before and after; kept with the site's file.",
    "Tried it twice in the evening; works.",
    "Walked the spot with the site's custodian.",
    "Contractor's delivery note is in the site's file.",
)


@dataclass
class _Cast:
    """The demonstration accounts that act in the story."""

    lead: Account
    grants: Account
    facilities: Account
    site: Account

    def of(self, move: Move) -> Account:
        by_move = {
            Move.ACCEPT: self.lead,
            Move.DECLINE: self.lead,
            Move.FUND: self.grants,
            Move.VERIFY: self.site,
        }
        return by_move.get(move, self.facilities)


@dataclass
class _Story:
    """Rows that belong together until they are written."""

    items: list[WorkItem] = field(default_factory=list)
    transitions: list[Transition] = field(default_factory=list)
    evidence: list[Evidence] = field(default_factory=list)

    def add(self, other: _Story) -> None:
        """Take another story's rows in."""
        self.items += other.items
        self.transitions += other.transitions
        self.evidence += other.evidence


@seed(30, "work")
def work(context: SeedContext) -> str:
    """Make the recommendations of every operating campus, camera repairs and corrective actions.

    Runs once.
    """
    if WorkItem.objects.filter(invented=True).exists():
        return "already there"
    random = Random(context.random_seed)  # noqa: S311 - a repeatable story, not a secret
    cast = _cast()
    story = _Story()
    templates = _read("recommendations.csv")
    repairs = _read("repairs.csv")
    campuses = list(operating_campuses(context.today).order_by("name", "pk"))
    for index, campus in enumerate(campuses, start=1):
        pace = random.choice(PACES)
        walked = FIRST_WALK + timedelta(days=2 * index)
        count = random.randint(*RECOMMENDATIONS_ON_CAMPUS)
        for number, template in enumerate(random.sample(templates, count), start=1):
            told = _Story()
            _tell(
                told,
                template,
                random=random,
                cast=cast,
                today=context.today,
                pace=pace,
                reference=f"CPTED-{index:03d}-{number:02d}",
                kind=WorkKind.RECOMMENDATION,
                campus_id=campus.pk,
                proposed_on=walked,
                source_title=f"Environmental design evaluation, {campus.name}"[:200],
            )
            if pace == SECOND_ROUND_PACE:
                _hold(told)
            story.add(told)
        if random.random() < 0.9:
            template = random.choice(repairs)
            _tell(
                story,
                template,
                random=random,
                cast=cast,
                today=context.today,
                pace=0.5,
                reference=f"FIX-{index:03d}-01",
                kind=template["kind"],
                campus_id=campus.pk,
                proposed_on=CAMERA_REPAIRS_FROM + timedelta(days=random.randint(0, 350)),
                source_title="Vulnerability assessment"
                if template["trade"] == "cameras"
                else "Alarm records",
            )
    _paid_by_a_grant(story, {campus.pk: campus.name for campus in campuses})
    WorkItem.objects.bulk_create(story.items, batch_size=500)
    rows: list[Transition | Evidence] = [*story.transitions, *story.evidence]
    for row in rows:
        row.item_id = row.item.pk
    Transition.objects.bulk_create(story.transitions, batch_size=1000)
    Evidence.objects.bulk_create(story.evidence, batch_size=1000)
    record(
        "work.seeded",
        by=context.by,
        at=context.at,
        subject="work.WorkItem",
        detail={"items": len(story.items), "invented": True},
    )
    return f"{len(story.items)} invented pieces of work on {len(campuses)} campuses"


def _paid_by_a_grant(story: _Story, names: dict[int, str]) -> None:
    """The award of 2009 was for cameras, lighting and door hardware at two high schools: it paid there."""
    for item in story.items:
        name = names.get(item.campus_id or 0, "").casefold()
        at_them = any(school in name for school in GRANT_SCHOOLS)
        if at_them and item.trade in GRANT_TRADES and item.money_source == DISTRICT_MONEY:
            item.money_source = GRANT_MONEY


def _tell(
    story: _Story,
    template: dict[str, str],
    *,
    random: Random,
    cast: _Cast,
    today: date,
    pace: float,
    proposed_on: date,
    **fields: Any,
) -> None:
    """Let one piece of work walk its moves until today, and keep its rows."""
    cost = random.randint(int(template["least_dollars"]), int(template["most_dollars"])) * 100
    item = WorkItem(
        title=template["title"],
        trade=template["trade"],
        severity=template["severity"],
        estimate_cents=cost,
        owner_role=Role.FACILITIES,
        proposed_on=proposed_on,
        state=State.PROPOSED,
        invented=True,
        **fields,
    )
    story.items.append(item)
    _keep(story, item, "", proposed_on, cast.lead)
    if random.random() < 0.06:
        day = proposed_on + timedelta(days=random.randint(20, 90))
        if day <= today:
            item.state = State.DECLINED
            _keep(story, item, State.PROPOSED, day, cast.of(Move.DECLINE), reason=random.choice(_REASONS))
        return
    # Procedures cost nothing and are quick; paving and glazing wait for the summer and for bids.
    slowness = {"procedure": 0.5, "paving": 1.7, "glazing": 1.3, "cameras": 1.3}.get(item.trade, 1.0)
    day = proposed_on
    for move in _FORWARD:
        least, most = _DAYS[move]
        day = _working_day(day + timedelta(days=round(random.randint(least, most) * pace * slowness)))
        if day > today:
            return
        step = transition_for(move, State(item.state))
        _apply(story, item, move, day, random=random, cast=cast)
        item.state = step.end.value
        _keep(story, item, step.start, day, cast.of(move))


def _hold(told: _Story) -> None:
    """Let a piece of work of the second round wait: what was told of its being done did not happen yet."""
    (item,) = told.items
    told.evidence.clear()
    told.transitions = [one for one in told.transitions if one.to_state not in (State.DONE, State.VERIFIED)]
    item.state = told.transitions[-1].to_state
    item.done_on = item.done_by = item.verified_on = item.verified_by = item.actual_cents = None
    item.evidence_count = 0
    if item.planned_on is not None:
        item.planned_on = max(item.planned_on, SECOND_ROUND_FROM)


def _apply(story: _Story, item: WorkItem, move: Move, day: date, *, random: Random, cast: _Cast) -> None:
    """Set what the move brings with it."""
    if move is Move.ACCEPT:
        item.due = item.first_due = day + timedelta(days=random.randint(*DUE_AFTER_DAYS))
    elif move is Move.FUND:
        item.funded_cents = item.estimate_cents
        item.money_source = DISTRICT_MONEY if item.estimate_cents else "No cost"
    elif move is Move.SCHEDULE:
        item.planned_on = day + timedelta(days=random.randint(7, 45))
    elif move is Move.COMPLETE:
        item.done_on, item.done_by = day, cast.facilities
        item.actual_cents = round((item.estimate_cents or 0) * random.uniform(0.8, 1.25) / 100) * 100
        for note in random.sample(_NOTES, random.choice((1, 1, 2))):
            item.evidence_count += 1
            story.evidence.append(
                Evidence(
                    item=item,
                    kind=EvidenceKind.NOTE,
                    text=note,
                    invented=True,
                    **_happened(day, cast.facilities),
                )
            )
    elif move is Move.VERIFY:
        item.verified_on, item.verified_by = day, cast.of(move)


def _keep(
    story: _Story, item: WorkItem, start: str, day: date, account: Account, *, reason: str = ""
) -> None:
    number = 1 + sum(1 for _ in _own_transitions(story, item))
    story.transitions.append(
        Transition(
            item=item,
            number=number,
            from_state=start,
            to_state=item.state,
            reason=reason,
            **_happened(day, account),
        )
    )


def _own_transitions(story: _Story, item: WorkItem) -> list[Transition]:
    """The transitions of the piece that is being told: they stand at the end of the list."""
    own = []
    for transition in reversed(story.transitions):
        if transition.item is not item:
            break
        own.append(transition)
    return own


def _happened(day: date, account: Account) -> dict[str, Any]:
    at = datetime.combine(day, time(12), tzinfo=timezone.get_default_timezone())
    return {"at": at, "on": day, "by": account, "by_name": account.name}


def _working_day(day: date) -> date:
    """The day itself, or the Monday after a weekend."""
    return day + timedelta(days=(7 - day.weekday()) % 7) if day.weekday() >= 5 else day


def _read(name: str) -> list[dict[str, str]]:
    with (_DATA / name).open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))


def _cast() -> _Cast:
    def account(role: str) -> Account:
        found: Account | None = (
            Account.objects.filter(is_demonstration=True, memberships__role=role).order_by("pk").first()
        )
        if found is None:
            raise LookupError(f"the demonstration has no account in the role {role}; load people first")
        return found

    return _Cast(
        lead=account(Role.LEAD),
        grants=account(Role.GRANTS_ANALYST),
        facilities=account(Role.FACILITIES),
        site=account(Role.SITE_LEAD),
    )
