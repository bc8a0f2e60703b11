"""How approved money stands: what of each allocation is open, which transfers are still to be asked."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from schoolward.domains.funding.models import Allocation, TransferNeed
from schoolward.domains.funding.queries.entered import allocations, transfer_needs
from schoolward.domains.grants import queries as grants
from schoolward.platform.access.viewer import Viewer


def target_of(work_id: int) -> str:
    """The name under which the ledger knows a work as a purpose."""
    return f"work.WorkItem:{work_id}"


@dataclass(frozen=True)
class AllocationNow:
    """An allocation, and what the ledger bound for its work on its line since. Money in cents.

    ``entry_ids`` are the obligations and expenditures that bound it.
    """

    allocation: Allocation
    bound: int
    entry_ids: tuple[int, ...]

    @property
    def open(self) -> int:
        """What is still only allocated; nothing where it was withdrawn."""
        if self.allocation.withdrawn_on is not None:
            return 0
        return max(0, self.allocation.amount_cents - self.bound)

    @property
    def is_open(self) -> bool:
        """Whether some of it waits to be obligated."""
        return self.open > 0


def allocations_now(viewer: Viewer, rows: Iterable[Allocation] | None = None) -> list[AllocationNow]:
    """How allocations stand: those given, or all that the viewer may see."""
    given = list(allocations(viewer) if rows is None else rows)
    bound: dict[tuple[str, int], list[grants.Bound]] = defaultdict(list)
    for one in grants.bound_for(viewer, {target_of(row.work_id) for row in given}):
        bound[one.target, one.line_id].append(one)
    found = []
    for row in given:
        since = [one for one in bound[target_of(row.work_id), row.line_id] if one.at >= row.at]
        entries = tuple(sorted(one.entry_id for one in since))
        found.append(AllocationNow(row, sum(one.cents for one in since), entries))
    return found


@dataclass(frozen=True)
class NeedNow:
    """A transfer that an approved plan counts on, and how much of it is still to be asked for, in cents."""

    need: TransferNeed
    open: int


def needs_now(viewer: Viewer) -> list[NeedNow]:
    """The transfers that approved plans count on, the oldest first.

    What the ledger has moved between the same two lines since the first of them is taken off, the oldest
    first; and no more is needed than what the plan's own open allocations on the line still ask for.
    """
    needs = list(transfer_needs(viewer).order_by("at", "pk"))
    if not needs:
        return []
    moved: dict[tuple[int, int], int] = defaultdict(int)
    for one in grants.moved_between(viewer, since=needs[0].at):
        moved[one.from_line_id, one.to_line_id] += one.cents
    asked: dict[tuple[int, int], int] = defaultdict(int)
    for now in allocations_now(viewer):
        asked[now.allocation.approval_id, now.allocation.line_id] += now.open
    found = []
    for need in needs:
        between = need.from_line_id, need.to_line_id
        done = min(moved[between], need.amount_cents)
        moved[between] -= done
        wanted = asked[need.approval_id, need.to_line_id]
        still = min(need.amount_cents - done, wanted)
        asked[need.approval_id, need.to_line_id] -= still
        found.append(NeedNow(need, still))
    return found
