"""The queue: what is not closed, the most urgent first, as it stands at the moment of looking.

A case keeps what makes it urgent whatever the time (``Case.urgency``, ``Case.reasons``). What it gains by
waiting is reckoned here, by one clock (`moments`), so that no line of the queue is older than its page.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from schoolward.analysis import alarm_verification as rules
from schoolward.analysis.alarm_verification.urgency_points import MOST_POINTS
from schoolward.domains.alarms.models import Case, CaseState
from schoolward.domains.alarms.moments import moment_for
from schoolward.domains.alarms.queries.cases import cases
from schoolward.domains.alarms.queries.judging import kind_of, reason_words
from schoolward.platform.access.viewer import Viewer

IN_A_ROW = 3
#: What the order needs to know of a case.
_RANKED_BY = (
    "state",
    "kind",
    "signal_kind",
    "urgency",
    "reasons",
    "verification_level",
    "opened_at",
    "last_signal_at",
    "first_answer_at",
)


@dataclass(frozen=True, slots=True)
class Standing:
    """How urgent a case is at a moment, 0 to 100, and why: the gravest reason, the waiting, the others."""

    urgency: int
    reasons: tuple[str, ...]
    waits: bool
    """Whether waiting still counts: nobody has answered it, and nothing has cleared it."""
    waited: str
    """The reason among them that tells of the waiting; blank where it does not count."""
    kept: int
    """Its urgency without what it has waited."""
    most_within: float
    """Within how many seconds it should be answered (EN 50518)."""
    nearly_all_within: float
    """After how many seconds waiting counts in full."""

    @property
    def row_reasons(self) -> tuple[str, ...]:
        """As many as a line of the queue has room for."""
        return self.reasons[:IN_A_ROW]


@dataclass(frozen=True, slots=True)
class InQueue:
    """A case with its standing."""

    case: Case
    standing: Standing


@dataclass(frozen=True, slots=True)
class Queue:
    """The most urgent cases, and how many there are."""

    shown: tuple[InQueue, ...]
    others: dict[int, str]
    """By key: the state of each open case that is not among those shown."""

    @property
    def cases(self) -> list[Case]:
        """Those shown, in their order."""
        return [one.case for one in self.shown]

    @property
    def open(self) -> int:
        """How many are not closed."""
        return len(self.shown) + len(self.others)

    @property
    def waiting(self) -> int:
        """How many nobody has claimed."""
        states = [*(one.case.state for one in self.shown), *self.others.values()]
        return states.count(CaseState.WAITING)


def standing_of(case: Case, *, at: datetime) -> Standing:
    """How urgent the case is at the moment (aware; in the demonstration its own day's, by `moments`)."""
    kind, level = kind_of(case), rules.AlarmLevel(case.verification_level)
    target = rules.answer_target(kind)
    # A frame that another machine received may be dated some milliseconds ahead of this one's clock.
    age_s = max(0.0, (moment_for(case, at) - case.opened_at).total_seconds())
    answered = case.first_answer_at is not None or case.state == CaseState.CLOSED
    points, words = rules.waiting_urgency(kind, level=level, age_s=age_s, answered=answered)
    kept = tuple(case.reasons)
    waited = reason_words(points, words) if words else ""
    reasons = kept[:1] + ((waited,) if waited else ()) + kept[1:]
    return Standing(
        urgency=round(min(MOST_POINTS, case.urgency + points)),
        reasons=reasons,
        waits=bool(waited),
        waited=waited,
        kept=case.urgency,
        most_within=target.most_within_s,
        nearly_all_within=target.nearly_all_within_s,
    )


def open_cases(viewer: Viewer) -> QuerySet[Case]:
    """What is not closed, in no order."""
    return cases(viewer).exclude(state=CaseState.CLOSED).order_by()


def ranked(found: QuerySet[Case], *, at: datetime) -> list[tuple[Case, Standing]]:
    """These cases by urgency at the moment, then the oldest first; of each only what the order needs."""
    rows = found.select_related(None).only(*_RANKED_BY)
    standing = [(case, standing_of(case, at=at)) for case in rows]
    standing.sort(key=lambda one: (-one[1].urgency, one[0].opened_at, one[0].pk))
    return standing


def queue(
    viewer: Viewer,
    *,
    limit: int | None = None,
    begun_until: datetime | None = None,
    at: datetime | None = None,
) -> Queue:
    """What the viewer may see of what is not closed; ``limit`` bounds how many are shown, not counted.

    ``begun_until`` leaves out what began later. ``at`` is the moment of looking, the viewer's by default.
    """
    rows = open_cases(viewer)
    if begun_until is not None:
        rows = rows.filter(opened_at__lte=begun_until)
    order = ranked(rows, at=at or viewer.at)
    first, rest = (order, []) if limit is None else (order[:limit], order[limit:])
    return Queue(
        shown=tuple(with_standing(viewer, first)), others={case.pk: case.state for case, _standing in rest}
    )


def with_standing(viewer: Viewer, order: Iterable[tuple[Case, Standing]]) -> list[InQueue]:
    """These cases in full, in their order. One that closed meanwhile is left in as it now is."""
    order = list(order)
    full = cases(viewer).defer("shape").in_bulk([case.pk for case, _standing in order])
    return [InQueue(full[case.pk], standing) for case, standing in order if case.pk in full]
