"""What a body has to look at when it meets."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Max, Q, QuerySet

from schoolward.domains.initiatives import rag
from schoolward.domains.initiatives.models import (
    Blocker,
    Decision,
    DueChange,
    Initiative,
    Meeting,
    Milestone,
    StatusUpdate,
)
from schoolward.domains.initiatives.queries.judging import Standing, standings
from schoolward.domains.initiatives.queries.listing import initiatives, open_on
from schoolward.platform.access.viewer import Viewer


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


def _grouped(rows: QuerySet[Any]) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = defaultdict(list)
    for row in rows:
        found[row.initiative_id].append(row)
    return found
