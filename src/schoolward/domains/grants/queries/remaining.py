"""What each award under way has left, line by line, and how much may still be moved between its lines."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import F, Q, Sum

from schoolward.analysis.grants.balances import Balances
from schoolward.analysis.grants.checking import Category, transfer_limit
from schoolward.domains.grants.models import Award, BudgetLine, Transfer
from schoolward.domains.grants.queries.listing import awards
from schoolward.domains.grants.queries.sums import NONE, line_balances
from schoolward.platform.access.policy import visible
from schoolward.platform.access.viewer import Viewer

#: Money of these lines is moved by the funder's word alone (28 CFR 66.30(c), 2 CFR 200.308).
NOT_MOVED = frozenset({Category.PARTICIPANT.value, Category.INDIRECT.value})


def transferred_unapproved(award: Award) -> int:
    """Cents moved among direct categories so far without the funder's approval, less what was taken back."""
    standing = award.transfers.filter(takes_back__isnull=True, taken_back_by__isnull=True)
    rows = standing.filter(approval="").exclude(from_line__category=F("to_line__category"))
    indirect = Q(from_line__category=Category.INDIRECT) | Q(to_line__category=Category.INDIRECT)
    return int(rows.exclude(indirect).aggregate(total=Sum("amount_cents"))["total"] or 0)


@dataclass(frozen=True)
class LineLeft:
    """A budget line and its balances now."""

    line: BudgetLine
    balances: Balances

    @property
    def available(self) -> int:
        """Budgeted, and neither spent nor bound, in cents; below zero where more was let by."""
        return self.balances.available

    @property
    def is_allowed(self) -> bool:
        """Whether the award still pays for the line's category."""
        allowed = self.line.award.categories
        return not allowed or Category(self.line.category) in allowed

    @property
    def may_be_moved(self) -> bool:
        """Whether the recipient may move money out of it and into it by itself."""
        return self.line.category not in NOT_MOVED


@dataclass(frozen=True)
class AwardLeft:
    """An award with its lines, what the whole has left, and what may still move between lines.

    ``may_move`` is in cents, ``None`` where nothing restricts it. ``match_percent`` is the share of the whole
    cost that match pays, after what was waived.
    """

    award: Award
    lines: tuple[LineLeft, ...]
    left: int
    may_move: int | None

    @property
    def match_percent(self) -> float:
        """The match after a waiver, in percent of the whole cost."""
        return float(self.award.match_percent - self.award.match_waived_percent)


def what_is_left(viewer: Viewer, *, on: date) -> list[AwardLeft]:
    """Awards that are not closed and whose period holds the day, the one that ends first in front.

    Every entry of the ledger counts, also one dated after the day: it binds the money all the same.
    """
    rows = awards(viewer).filter(closed_on__isnull=True, start__lte=on, end__gte=on)
    return [_left(award) for award in rows.prefetch_related("lines")]


def _left(award: Award) -> AwardLeft:
    balances = line_balances(award.pk)
    limit = transfer_limit(award.as_terms())
    committed = sum(one.committed for one in balances.values())
    return AwardLeft(
        award=award,
        lines=tuple(LineLeft(line, balances.get(line.pk, NONE)) for line in award.lines.all()),
        left=award.amount_cents - committed,
        may_move=None if limit is None else max(0, limit[0] - transferred_unapproved(award)),
    )


@dataclass(frozen=True)
class Moved:
    """Money that moved from one line to another."""

    from_line_id: int
    to_line_id: int
    cents: int
    at: datetime


def moved_between(viewer: Viewer, *, since: datetime) -> list[Moved]:
    """Every transfer that was entered at or after a moment, the oldest first."""
    rows = visible(Transfer.objects.filter(at__gte=since), viewer).order_by("at", "pk")
    return [Moved(one.from_line_id, one.to_line_id, one.amount_cents, one.at) for one in rows]
