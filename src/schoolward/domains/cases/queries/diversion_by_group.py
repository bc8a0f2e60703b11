"""Offers of diversion counted by group, in steps from which no child can be had by subtraction.

Live, one decision moves one group and one reason by one, and whoever looked before knows that child's group.
So the table stands as of the end of a month, and the next one takes its place only where every count has
changed by nothing or by at least eleven: the rule of ``platform.measures.windows``, for a table.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from django.db.models import Sum

from schoolward.analysis.disclosure import ALL, CannotProtectError, Cell, SuppressionPolicy, protect, tabulate
from schoolward.analysis.equity import Stage, StageTable, stage_table
from schoolward.domains.cases.models import DiversionTally, Group, NoOffer, Reached
from schoolward.platform.access.permissions import check
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.measures import steps
from schoolward.platform.measures.registry import FEWEST_STUDENTS

BEGINS = (7, 1)
"""The month and day on which a window begins."""

STAGES = (
    Stage("eligible", "Eligible"),
    Stage("offered", "Offered", "eligible"),
    Stage("signed", "Signed a contract", "offered"),
    Stage("completed", "Completed", "signed"),
)
REFERENCE = str(Group.WHITE.label)


@dataclass(frozen=True)
class ByGroup:
    """Offers by group, and the reasons why there was none, each only as far as it may be told."""

    table: StageTable | None
    reasons: list[tuple[str, int | None]]
    cases: int
    is_invented: bool
    until: date | None = None
    """The end of the month that the table stands as of; ``None`` where none may be given."""


Cells = dict[tuple[str, str, str], int]
"""How many, by stage, group and reason."""


def by_group(viewer: Viewer, first: date, last: date, *, on: date) -> ByGroup:
    """Stages of diversion by group, of cases decided in a time, over every caseload, sealed ones with them.

    Read from tallies, which name nobody, of months that are over on ``on``; small counts are hidden before
    all else. ``first`` is a first of July: raises ``ValueError`` for another day.
    """
    check(viewer, "diversion.rules")
    if (first.month, first.day) != BEGINS:
        raise ValueError(f"{first} is no first of July")
    found, until = ByGroup(None, [], 0, False), None
    seen: Cells = {}
    by_month: dict[date, Cells] = defaultdict(dict)
    tallies = DiversionTally.objects.filter(quarter__range=(first, last)).order_by("counted")
    rows = tallies.values_list("counted", "stage", "group", "reason").annotate(Sum("number"))
    for counted, stage, group, reason, number in rows:
        by_month[counted][stage, group, reason] = number
    is_invented = tallies.filter(invented=True).exists()
    shown: tuple[ByGroup, Cells] | None = None
    for end in steps.month_ends(first, min(last, on)):
        for cell, number in by_month.get(end.replace(day=1), {}).items():
            seen[cell] = seen.get(cell, 0) + number
        made = _table(seen, is_invented=is_invented, until=end)
        if made.table is not None and (shown is None or may_follow(made, seen, *shown)):
            shown, found, until = (made, dict(seen)), made, end
    return found if until is not None else ByGroup(None, [], 0, is_invented)


def may_follow(later: ByGroup, of_later: Cells, earlier: ByGroup, of_earlier: Cells) -> bool:
    """Whether whoever has the earlier table may have the later one (``steps.may_follow``)."""
    new, old = _counts(later, of_later), _counts(earlier, of_earlier)
    return steps.may_follow(new, old, FEWEST_STUDENTS)


def _counts(told: ByGroup, cells: Cells) -> dict[tuple[str, ...], tuple[int, bool]]:
    """Each count of a table, and of those who did not reach a stage, with whether the table shows it."""
    assert told.table is not None  # noqa: S101 - only tables are compared
    numbers: dict[tuple[str, str], int] = defaultdict(int)
    for (key, group, reason), number in cells.items():
        numbers[("reason", reason) if reason else (key, str(Group(group).label))] += number
    counted: dict[tuple[str, ...], tuple[int, bool]] = {}
    shown = {(row.stage.key, row.group): row for row in told.table.rows}
    for stage in STAGES:
        for label in map(str, Group.labels):
            row = shown.get((stage.key, label))
            number = numbers[stage.key, label]
            # A group that is pooled with others has no row of its own: its count is not shown.
            counted[stage.key, label] = number, row is not None and row.count is not None
            if stage.base is not None:
                missed = numbers[stage.base, label] - number
                counted[f"not {stage.key}", label] = missed, row is not None and row.missed is not None
    reasons = dict(told.reasons)
    for reason in NoOffer:
        number = numbers["reason", reason.value]
        counted["reason", reason.value] = number, reasons[str(reason.label)] is not None
    pooled = {row.group for row in told.table.rows} - set(map(str, Group.labels))
    for row in told.table.rows:
        if row.group in pooled and row.count is not None:
            counted[row.stage.key, row.group] = row.count, True
    return counted


def _table(cells: Cells, *, is_invented: bool, until: date) -> ByGroup:
    """The table of these counts, as far as it may be told by itself."""
    counts: dict[str, dict[str, int]] = {stage.key: defaultdict(int) for stage in STAGES}
    missed: dict[str, int] = defaultdict(int)
    for (stage, group, reason), number in cells.items():
        if stage == Reached.NOT_OFFERED:
            missed[reason] += number
        elif stage in counts:
            counts[stage][str(Group(group).label)] += number
    cases = sum(counts["eligible"].values())
    if not counts["eligible"].get(REFERENCE):
        return ByGroup(None, [], cases, is_invented)
    table = stage_table(counts, STAGES, reference=REFERENCE)
    return ByGroup(table, _reasons(missed), cases, is_invented, until)


def _reasons(missed: dict[str, int]) -> list[tuple[str, int | None]]:
    """Reasons with their counts, small ones hidden with what would give them away.

    How many were not offered it may stand in the table by group: it is taken for known.
    """
    counts: dict[Cell, int] = {(reason.value,): missed.get(reason, 0) for reason in NoOffer}
    try:
        public = protect(tabulate(counts), SuppressionPolicy(FEWEST_STUDENTS), public=[(ALL,)]).public()
    except CannotProtectError:
        public = dict.fromkeys(counts)
    return [(str(reason.label), public[(reason.value,)]) for reason in NoOffer]
