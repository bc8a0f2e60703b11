"""What each line of each award under way has left for works, and why a line has nothing for them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from schoolward.domains.funding.models import AwardScope
from schoolward.domains.funding.queries.entered import scopes
from schoolward.domains.funding.queries.standing import allocations_now, needs_now
from schoolward.domains.grants import queries as grants
from schoolward.platform.access.viewer import Viewer

#: Categories of a budget that pay for works. The others pay for posts, for travel, or go to others.
FOR_WORKS = frozenset({"equipment", "supplies", "contractual", "construction", "other"})


class NoPart(StrEnum):
    """Why a line takes no part in a plan."""

    UNSAID = "unsaid"  # nobody has said what the award may buy in a plan
    LEFT_OUT = "left_out"  # somebody has said that it takes no part
    CATEGORY = "category"  # the line's category pays for no works
    NOT_ALLOWED = "not_allowed"  # the award does not pay for the line's category any more


@dataclass(frozen=True)
class FundNow:
    """A budget line as a fund of a plan. Money in cents.

    ``amount`` is what a plan may use: budgeted, less spent and obligated (``left``), less what approved plans
    have set aside (``allocated``), less or more what they count on being moved, less what the line gives for
    others of its award that are overdrawn (``held_back``). ``trades`` and ``campuses`` empty are all.
    """

    key: str
    award: Any
    line: Any
    budgeted: int
    expended: int
    obligated: int
    left: int
    allocated: int
    moved_in: int
    moved_out: int
    held_back: int
    match_percent: float
    may_be_moved: bool
    trades: tuple[str, ...]
    campuses: tuple[Any, ...]
    no_part: NoPart | None
    said: str

    @property
    def amount(self) -> int:
        """What a plan may use, never below nothing."""
        return max(0, self.left - self.allocated + self.moved_in - self.moved_out - self.held_back)

    @property
    def lacks(self) -> int:
        """What it has too little for what approved plans have set aside."""
        short = self.allocated - self.left - self.moved_in + self.moved_out
        return max(0, short) if self.allocated else 0

    @property
    def takes_part(self) -> bool:
        """Whether a plan may use it."""
        return self.no_part is None


@dataclass(frozen=True)
class RoomNow:
    """How much may still be moved between lines of an award in a plan; ``cents`` ``None``: no limit."""

    award: Any
    funds: tuple[str, ...]
    cents: int | None


@dataclass(frozen=True)
class FundsNow:
    """Every line of every award under way, and the rules by which money may be moved between lines."""

    funds: tuple[FundNow, ...]
    rooms: tuple[RoomNow, ...]

    @property
    def taking_part(self) -> tuple[FundNow, ...]:
        """The funds that a plan may use."""
        return tuple(fund for fund in self.funds if fund.takes_part)


def key_of(award: Any, line: Any) -> str:
    """The name of a line as a fund: the award's short name and the line's code."""
    return f"{award.key}/{line.code}"


def funds_now(viewer: Viewer, *, on: date) -> FundsNow:
    """The lines of the awards under way on a day that the viewer may see, with what is left in each."""
    said = {scope.award_id: scope for scope in scopes(viewer)}
    allocated: dict[int, int] = defaultdict(int)
    for one in allocations_now(viewer):
        allocated[one.allocation.line_id] += one.open
    moved_in: dict[int, int] = defaultdict(int)
    moved_out: dict[int, int] = defaultdict(int)
    still_moved: dict[int, int] = defaultdict(int)
    for need in needs_now(viewer):
        moved_in[need.need.to_line_id] += need.open
        moved_out[need.need.from_line_id] += need.open
        still_moved[need.need.award_id] += need.open
    funds: list[FundNow] = []
    rooms: list[RoomNow] = []
    for left in grants.what_is_left(viewer, on=on):
        scope = said.get(left.award.pk)
        held = _held_back(left)
        own = [
            _fund(left, one, scope, allocated, moved_in, moved_out, held[one.line.pk]) for one in left.lines
        ]
        funds += own
        room = _room(left, own, still_moved[left.award.pk])
        if room is not None:
            rooms.append(room)
    return FundsNow(tuple(funds), tuple(rooms))


def lacking_now(viewer: Viewer, *, on: date) -> dict[str, int]:
    """The lines that have less left than approved plans count on, and how much they lack, in cents."""
    return {fund.key: fund.lacks for fund in funds_now(viewer, on=on).funds if fund.lacks}


def _fund(
    left: grants.AwardLeft,
    one: grants.LineLeft,
    scope: AwardScope | None,
    allocated: dict[int, int],
    moved_in: dict[int, int],
    moved_out: dict[int, int],
    held_back: int,
) -> FundNow:
    line = one.line
    return FundNow(
        key=key_of(left.award, line),
        award=left.award,
        line=line,
        budgeted=one.balances.budgeted,
        expended=one.balances.expended,
        obligated=one.balances.unliquidated,
        left=one.available,
        allocated=allocated[line.pk],
        moved_in=moved_in[line.pk],
        moved_out=moved_out[line.pk],
        held_back=held_back,
        match_percent=left.match_percent,
        may_be_moved=one.may_be_moved,
        trades=scope.trades_of(line.code) if scope is not None else (),
        campuses=tuple(scope.campuses.all()) if scope is not None else (),
        no_part=_no_part(one, scope),
        said=scope.reason if scope is not None else "",
    )


def _no_part(one: grants.LineLeft, scope: AwardScope | None) -> NoPart | None:
    if scope is None:
        return NoPart.UNSAID
    if not scope.takes_part:
        return NoPart.LEFT_OUT
    if one.line.category not in FOR_WORKS:
        return NoPart.CATEGORY
    return None if one.is_allowed else NoPart.NOT_ALLOWED


def _held_back(left: grants.AwardLeft) -> dict[int, int]:
    """What lines with money left hold back, so that no more is planned than the whole award has left.

    Where more was let by on a line than it had, the award has less than its other lines say. The line with
    the most left gives first.
    """
    held = {one.line.pk: 0 for one in left.lines}
    over = sum(max(0, one.available) for one in left.lines) - max(0, left.left)
    for one in sorted(left.lines, key=lambda one: -one.available):
        given = min(max(0, over), max(0, one.available))
        held[one.line.pk] = given
        over -= given
    return held


def _room(left: grants.AwardLeft, own: Iterable[FundNow], still_moved: int) -> RoomNow | None:
    movable = tuple(fund.key for fund in own if fund.takes_part and fund.may_be_moved)
    cents = None if left.may_move is None else max(0, left.may_move - still_moved)
    if len(movable) < 2 or cents == 0:
        return None
    return RoomNow(left.award, movable, cents)
