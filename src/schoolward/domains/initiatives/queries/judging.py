"""How initiatives stand on a day, and how the measures read that judge them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from schoolward.domains.initiatives import rag
from schoolward.domains.initiatives.models import (
    Blocker,
    DueChange,
    Initiative,
    MeasureLink,
    Milestone,
    Reopening,
    StatusUpdate,
)
from schoolward.platform.measures.period import Period
from schoolward.platform.measures.reading import Reading, read
from schoolward.platform.measures.registry import UnknownMeasure


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
    closed = {row.pk: row.closed_on for row in listed}
    # What was re-opened later was closed then.
    for reopening in Reopening.objects.filter(initiative__in=ids, closed_on__lte=on, on__gt=on):
        closed[reopening.initiative_id] = reopening.closed_on
    targets = _targets({row.objective_id for row in listed if row.objective_id}, on=on)
    return [
        _standing(
            row,
            on=on,
            milestones=milestones[row.pk],
            blockers=blockers[row.pk],
            update=updates.get(row.pk),
            due=moved.get(row.pk, row.due),
            closed_on=closed[row.pk],
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
    closed_on: date | None,
    targets: tuple[rag.Target, ...],
    reported: bool,
) -> Standing:
    facts = rag.Facts(
        on=on,
        start=row.start,
        due=due,
        first_due=row.first_due,
        closed_on=closed_on,
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
