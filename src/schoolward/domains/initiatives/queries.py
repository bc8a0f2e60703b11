"""Reads of initiatives: how each stands on a day, what changed since a meeting, and the way from goal to
record.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import Max, Prefetch, Q, QuerySet

from schoolward.domains.initiatives import rag
from schoolward.domains.initiatives.models import (
    Blocker,
    Decision,
    DueChange,
    Fact,
    FundingFact,
    Goal,
    Initiative,
    Kind,
    MeasureLink,
    Meeting,
    Milestone,
    Objective,
    StatusUpdate,
)
from schoolward.platform.access.policy import visible
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.measures.period import Period
from schoolward.platform.measures.reading import Reading, read
from schoolward.platform.measures.registry import UnknownMeasure


def initiatives(viewer: Viewer) -> QuerySet[Initiative]:
    """The initiatives, programs and bodies that the viewer may see."""
    return visible(Initiative.objects.select_related("objective__goal", "part_of"), viewer)


def open_on(rows: QuerySet[Initiative], day: date) -> QuerySet[Initiative]:
    """Those under way on `day`. Bodies meet; they are not under way."""
    return rows.exclude(kind=Kind.BODY).filter(
        Q(closed_on__isnull=True) | Q(closed_on__gt=day), start__lte=day
    )


def fresh_on(rows: QuerySet[Initiative], day: date) -> QuerySet[Initiative]:
    """Those with a status update on `day` or in the `FRESH_FOR_DAYS` before it."""
    since = day - timedelta(days=rag.FRESH_FOR_DAYS)
    return rows.filter(pk__in=StatusUpdate.objects.filter(on__range=(since, day)).values("initiative"))


@dataclass(frozen=True, kw_only=True)
class Standing:
    """How one initiative stands on a day: the colour that is shown, and what the rule says.

    ``colour`` differs from ``result.colour`` only while a lead's justified override is fresh.
    """

    initiative: Initiative
    on: date
    result: rag.Result
    last_update: StatusUpdate | None
    next_milestone: Milestone | None
    blockers: tuple[Blocker, ...]

    @property
    def override(self) -> StatusUpdate | None:
        """The fresh update in which a lead overrode the rule, if there is one."""
        update = self.last_update
        overridden = update is not None and update.colour != update.rule_colour and not self.result.stale
        return update if overridden else None

    @property
    def colour(self) -> str:
        """The colour to show."""
        return self.override.colour if self.override else self.result.colour

    @property
    def sentence(self) -> str:
        """Why it has that colour, in one sentence."""
        return self.override.override_reason if self.override else self.result.sentence

    @property
    def percent(self) -> int | None:
        """How far it was at the last report."""
        return self.last_update.percent if self.last_update else None

    @property
    def age(self) -> int | None:
        """Days since the last report."""
        return (self.on - self.last_update.on).days if self.last_update else None


def standings(rows: Iterable[Initiative], *, on: date, reported: bool = False) -> list[Standing]:
    """How each of the initiatives stands on `on`, in their order. A handful of queries, however many there
    are.

    With `reported` the rule judges as if somebody reported on that very day.
    """
    listed = list(rows)
    ids = [row.pk for row in listed]
    milestones: dict[int, list[Milestone]] = defaultdict(list)
    for milestone in Milestone.objects.filter(initiative__in=ids):
        milestones[milestone.initiative_id].append(milestone)
    blockers: dict[int, list[Blocker]] = defaultdict(list)
    for blocker in Blocker.objects.filter(initiative__in=ids, opened_on__lte=on):
        blockers[blocker.initiative_id].append(blocker)
    updates: dict[int, StatusUpdate] = {}
    for update in StatusUpdate.objects.filter(initiative__in=ids, on__lte=on).order_by("on", "pk"):
        updates[update.initiative_id] = update
    moved: dict[int, date | None] = {}
    for change in DueChange.objects.filter(initiative__in=ids, on__gt=on).order_by("-pk"):
        moved[change.initiative_id] = change.from_due
    targets = _targets({row.objective_id for row in listed if row.objective_id}, on=on)
    return [
        _standing(
            row,
            on=on,
            milestones=milestones[row.pk],
            blockers=blockers[row.pk],
            update=updates.get(row.pk),
            due=moved.get(row.pk, row.due),
            targets=targets.get(row.objective_id or 0, ()),
            reported=reported,
        )
        for row in listed
    ]


def standing(initiative: Initiative, *, on: date, reported: bool = False) -> Standing:
    """How one initiative stands on `on`; see :func:`standings`."""
    return standings([initiative], on=on, reported=reported)[0]


def _standing(
    row: Initiative,
    *,
    on: date,
    milestones: list[Milestone],
    blockers: list[Blocker],
    update: StatusUpdate | None,
    due: date | None,
    targets: tuple[rag.Target, ...],
    reported: bool,
) -> Standing:
    facts = rag.Facts(
        on=on,
        start=row.start,
        due=due,
        first_due=row.first_due,
        closed_on=row.closed_on,
        last_update_on=on if reported else update.on if update else None,
        steps=tuple(rag.Step(title=m.title, due=m.due, done_on=m.done_on) for m in milestones),
        obstacles=tuple(
            rag.Obstacle(title=b.title, opened_on=b.opened_on, cleared_on=b.cleared_on) for b in blockers
        ),
        targets=targets,
    )
    ahead = [m for m in milestones if m.done_on is None or m.done_on > on]
    return Standing(
        initiative=row,
        on=on,
        result=rag.judge(facts),
        last_update=update,
        next_milestone=min(ahead, key=lambda m: m.due, default=None),
        blockers=tuple(b for b in blockers if b.cleared_on is None or b.cleared_on > on),
    )


@dataclass(frozen=True, kw_only=True)
class Judged:
    """A linked measure with its reading on a day.

    ``reading`` is ``None`` while nobody has registered the measure.
    """

    link: MeasureLink
    reading: Reading | None


def judged_links(links: Iterable[MeasureLink], *, on: date) -> list[Judged]:
    """Read the linked measures as of `on`, each once."""
    readings: dict[str, Reading | None] = {}
    judged = []
    for link in links:
        if link.measure_key not in readings:
            readings[link.measure_key] = _read(link.measure_key, on)
        judged.append(Judged(link=link, reading=readings[link.measure_key]))
    return judged


def _read(key: str, on: date) -> Reading | None:
    try:
        return read(key, Period.school_year(on))
    except UnknownMeasure:
        return None


def _targets(objective_ids: set[int], *, on: date) -> dict[int, tuple[rag.Target, ...]]:
    links = MeasureLink.objects.filter(objective__in=objective_ids).order_by("pk")
    found: dict[int, list[rag.Target]] = defaultdict(list)
    for judged in judged_links(links, on=on):
        link, reading = judged.link, judged.reading
        if reading is None or reading.value is None:
            continue
        found[link.objective_id].append(
            rag.Target(
                title=str(reading.measure.title),
                baseline=link.baseline,
                baseline_on=link.baseline_on,
                target=link.target,
                due=link.due,
                actual=Decimal(str(reading.value)),
            )
        )
    return {objective: tuple(targets) for objective, targets in found.items()}


@dataclass(frozen=True, kw_only=True)
class ObjectiveLine:
    """An objective with the measures that judge it and the initiatives that serve it."""

    objective: Objective
    measures: tuple[Judged, ...]
    standings: tuple[Standing, ...]


@dataclass(frozen=True, kw_only=True)
class GoalTree:
    """The line of sight from goals to initiatives, and what stands outside it.

    ``orphans`` serve no objective; ``unmeasured`` objectives have no measure with baseline and target.
    """

    goals: tuple[tuple[Goal, tuple[ObjectiveLine, ...]], ...]
    orphans: tuple[Standing, ...]
    unmeasured: tuple[Objective, ...] = field(default=())


def goal_tree(viewer: Viewer, *, on: date) -> GoalTree:
    """Build the line of sight as of `on` from what the viewer may see."""
    stood = standings(initiatives(viewer), on=on)
    by_objective: dict[int | None, list[Standing]] = defaultdict(list)
    for one in stood:
        by_objective[one.initiative.objective_id].append(one)
    objectives = Objective.objects.prefetch_related("measures")
    goals = []
    unmeasured = []
    for goal in Goal.objects.prefetch_related(Prefetch("objectives", objectives)):
        lines = []
        for objective in goal.objectives.all():
            measures = tuple(judged_links(objective.measures.all(), on=on))
            if not measures:
                unmeasured.append(objective)
            lines.append(
                ObjectiveLine(
                    objective=objective, measures=measures, standings=tuple(by_objective[objective.pk])
                )
            )
        goals.append((goal, tuple(lines)))
    return GoalTree(goals=tuple(goals), orphans=tuple(by_objective[None]), unmeasured=tuple(unmeasured))


def facts_known(initiative: Initiative, *, on: date | None = None) -> QuerySet[Fact]:
    """The facts about an initiative; with `on` only those that could be known on that day."""
    facts = initiative.facts.all()
    return facts if on is None else facts.filter(Q(dated__isnull=True) | Q(dated__lte=on))


def funding_facts(*, on: date) -> QuerySet[FundingFact]:
    """The awards and running costs known by `on`; parts of an award stand under it (``part_of``)."""
    return FundingFact.objects.filter(Q(awarded_year__isnull=True) | Q(awarded_year__lte=on.year))


@dataclass(frozen=True, kw_only=True)
class Change:
    """One initiative on the agenda: how it stands, and what happened to it since the last meeting."""

    standing: Standing
    updates: tuple[StatusUpdate, ...]
    reached: tuple[Milestone, ...]
    fell_due: tuple[Milestone, ...]
    raised: tuple[Blocker, ...]
    cleared: tuple[Blocker, ...]
    moved: tuple[DueChange, ...]
    decided: tuple[Decision, ...]

    @property
    def is_news(self) -> bool:
        """Whether anything happened at all."""
        return bool(
            self.updates
            or self.reached
            or self.fell_due
            or self.raised
            or self.cleared
            or self.moved
            or self.decided
        )


@dataclass(frozen=True, kw_only=True)
class Agenda:
    """What a meeting has to look at: since when, until when, and in which order."""

    body: Initiative
    since: date | None
    on: date
    blocked: tuple[Change, ...]
    changed: tuple[Change, ...]
    silent: tuple[Change, ...]


def agenda(body: Initiative, viewer: Viewer, *, on: date) -> Agenda:
    """Assemble the agenda for a meeting on `on`: what is stuck first, then what changed, then who said
    nothing.
    """
    since = body.meetings.filter(held_on__lt=on).aggregate(last=Max("held_on"))["last"]
    stood = standings(open_on(initiatives(viewer), on), on=on)
    after = since or date.min
    ids = [one.initiative.pk for one in stood]
    updates = _grouped(StatusUpdate.objects.filter(initiative__in=ids, on__gt=after, on__lte=on))
    reached = _grouped(Milestone.objects.filter(initiative__in=ids, done_on__gt=after, done_on__lte=on))
    fell_due = _grouped(
        Milestone.objects.filter(initiative__in=ids, due__gte=after, due__lt=on).filter(
            Q(done_on__isnull=True) | Q(done_on__gt=on)
        )
    )
    raised = _grouped(Blocker.objects.filter(initiative__in=ids, opened_on__gt=after, opened_on__lte=on))
    cleared = _grouped(Blocker.objects.filter(initiative__in=ids, cleared_on__gt=after, cleared_on__lte=on))
    moved = _grouped(DueChange.objects.filter(initiative__in=ids, on__gt=after, on__lte=on))
    decided = _grouped(Decision.objects.filter(initiative__in=ids, on__gt=after, on__lte=on))
    changes = [
        Change(
            standing=one,
            updates=tuple(updates[one.initiative.pk]),
            reached=tuple(reached[one.initiative.pk]),
            fell_due=tuple(fell_due[one.initiative.pk]),
            raised=tuple(raised[one.initiative.pk]),
            cleared=tuple(cleared[one.initiative.pk]),
            moved=tuple(moved[one.initiative.pk]),
            decided=tuple(decided[one.initiative.pk]),
        )
        for one in stood
    ]
    stuck = [
        change for change in changes if change.standing.blockers or change.standing.colour == rag.Colour.RED
    ]
    rest = [change for change in changes if change not in stuck]
    return Agenda(
        body=body,
        since=since,
        on=on,
        blocked=tuple(stuck),
        changed=tuple(change for change in rest if change.is_news),
        silent=tuple(change for change in rest if not change.is_news and change.standing.result.stale),
    )


def next_meeting(body: Initiative, *, on: date) -> date | None:
    """The day on which the body meets next, reckoned from its last meeting; ``None`` without a cadence."""
    last: Meeting | None = body.meetings.filter(held_on__lte=on).first()
    if body.meets_every_days is None or last is None:
        return None
    day = last.held_on
    while day <= on:
        day += timedelta(days=body.meets_every_days)
    return day


def due_soon(viewer: Viewer, *, on: date, days: int = 14) -> QuerySet[Milestone]:
    """Milestones of initiatives under way that are overdue or due within `days` of `on`.

    The longest overdue stands first.
    """
    under_way = open_on(initiatives(viewer), on)
    return (
        Milestone.objects.filter(
            initiative__in=under_way.values("pk"), done_on__isnull=True, due__lte=on + timedelta(days=days)
        )
        .select_related("initiative")
        .order_by("due", "pk")
    )


def _grouped(rows: QuerySet[Any]) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = defaultdict(list)
    for row in rows:
        found[row.initiative_id].append(row)
    return found


def milestones(viewer: Viewer) -> QuerySet[Milestone]:
    """The milestones of what the viewer may see."""
    seen = initiatives(viewer).values("pk")
    return visible(Milestone.objects.select_related("initiative").filter(initiative__in=seen), viewer)


def blockers(viewer: Viewer) -> QuerySet[Blocker]:
    """The obstacles of what the viewer may see."""
    seen = initiatives(viewer).values("pk")
    return visible(Blocker.objects.select_related("initiative").filter(initiative__in=seen), viewer)


def status_updates(viewer: Viewer) -> QuerySet[StatusUpdate]:
    """The reports on what the viewer may see, oldest first."""
    seen = initiatives(viewer).values("pk")
    rows = StatusUpdate.objects.select_related("initiative").filter(initiative__in=seen)
    return visible(rows, viewer).order_by("on", "pk")
