"""An approved plan as its papers read it: the approval, its answer, and what of it stands today."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from schoolward.domains.funding import queries
from schoolward.platform.access.permissions import check
from schoolward.platform.access.viewer import Viewer

PERMISSION = "funding.view"


class NoSuchPaper(LookupError):
    """There is no such approval, or the award pays nothing of it."""


@dataclass(frozen=True)
class Approved:
    """An approval with its records. ``rows`` are the allocations that were not withdrawn since.

    ``chosen`` tells by work's reference how it stood in the plan and what it brings; ``needs`` are the
    transfers that the plan counts on, with what of each is still to be moved.
    """

    approval: Any
    result: queries.Result
    rows: tuple[queries.AllocationNow, ...]
    withdrawn: int
    needs: tuple[queries.NeedNow, ...]
    on: date

    @property
    def plan(self) -> Any:
        """The plan, a frozen snapshot of its day."""
        return self.approval.plan

    @property
    def chosen(self) -> dict[str, queries.Chosen]:
        """The works of the scenario by their references."""
        return {one.reference: one for one in self.result.chosen}

    @property
    def awards(self) -> list[Any]:
        """The awards that pay or move money, in the order of their names."""
        found = {row.allocation.award for row in self.rows} | {now.need.award for now in self.needs}
        return sorted(found, key=lambda award: (award.title, award.key))

    @property
    def works(self) -> int:
        """How many works it pays."""
        return len({row.allocation.work_id for row in self.rows})

    @property
    def amount(self) -> int:
        """What the awards pay, in cents."""
        return sum(row.allocation.amount_cents for row in self.rows)

    @property
    def match(self) -> int:
        """What match money pays beside it, in cents."""
        return sum(row.allocation.match_cents for row in self.rows)

    @property
    def points(self) -> float:
        """The risk points of the works that stand."""
        standing = {row.allocation.work.reference for row in self.rows}
        return sum(one.benefit for one in self.result.chosen if one.reference in standing)

    def of_award(self, award: Any) -> list[Any]:
        """The allocations of one award, by work."""
        found = [row.allocation for row in self.rows if row.allocation.award_id == award.pk]
        return sorted(found, key=lambda one: (one.work.reference, one.line.code))

    def needs_of(self, award: Any) -> list[queries.NeedNow]:
        """The transfers of one award."""
        return [now for now in self.needs if now.need.award_id == award.pk]


def approved(viewer: Viewer, on: date, **named: int) -> Approved:
    """The approval that ``named`` (``pk`` or ``plan``) finds. Raises ``NoSuchPaper`` and ``AccessDenied``."""
    check(viewer, PERMISSION)
    found = queries.approvals(viewer).filter(**named).first()
    result = queries.result_of(viewer, found.scenario) if found is not None else None
    if found is None or result is None:
        raise NoSuchPaper("no plan of this number is approved")
    every = queries.allocations_now(viewer, queries.allocations(viewer).filter(approval=found))
    standing = tuple(row for row in every if row.allocation.withdrawn_on is None)
    return Approved(
        approval=found,
        result=result,
        rows=standing,
        withdrawn=len(
            {row.allocation.work_id for row in every} - {row.allocation.work_id for row in standing}
        ),
        needs=tuple(now for now in queries.needs_now(viewer) if now.need.approval_id == found.pk),
        on=on,
    )


def award_of(made: Approved, key: str) -> Any:
    """The award of this short name, if the plan uses it. Raises ``NoSuchPaper``."""
    for award in made.awards:
        if award.key == key:
            return award
    raise NoSuchPaper(f"the plan uses no award {key!r}")
