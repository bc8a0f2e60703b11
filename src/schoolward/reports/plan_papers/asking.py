"""What the funder has to be asked for: the transfers of an award, held against its rules."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from schoolward.analysis.grants.checking import Category, Fault, Terms, Why, transfer_faults, transfer_limit
from schoolward.analysis.grants.rules import Rule, RuleKey
from schoolward.domains.funding.queries import NeedNow
from schoolward.domains.grants.queries import NONE, line_balances, transferred_unapproved


@dataclass(frozen=True)
class Judged:
    """A transfer with the rules that speak against making it without the funder's approval."""

    now: NeedNow
    faults: tuple[Fault, ...]

    @property
    def needs_approval(self) -> bool:
        """Whether the funder has to approve it first."""
        return any(fault.why is not Why.LINE_EXCEEDED for fault in self.faults)


@dataclass(frozen=True)
class Asking:
    """The transfers of an award. Money in cents; ``limit`` is the sum that may move and its percent.

    ``before`` moved without approval so far, ``after`` with these transfers: what the limit is held against.
    """

    terms: Terms
    judged: tuple[Judged, ...]
    limit: tuple[int, int] | None
    before: int
    after: int

    @property
    def open(self) -> int:
        """What is still to be moved."""
        return sum(one.now.open for one in self.judged)

    @property
    def is_needed(self) -> bool:
        """Whether the funder has to be asked."""
        return any(one.needs_approval for one in self.judged)

    @property
    def is_short(self) -> bool:
        """Whether a line has less left than is to be moved out of it."""
        return any(fault.why is Why.LINE_EXCEEDED for one in self.judged for fault in one.faults)

    @property
    def rules(self) -> list[Rule]:
        """The rules of prior approval and of transfers that hold for the award."""
        return [self.terms.rule(RuleKey.PRIOR_APPROVAL), self.terms.rule(RuleKey.TRANSFERS)]


def asking(award: Any, needs: list[NeedNow]) -> Asking:
    """Hold what is still to be moved of each transfer against the rules, one after another."""
    terms, balances = award.as_terms(), line_balances(award.pk)
    before = running = transferred_unapproved(award)
    judged = []
    for now in needs:
        source, target = Category(now.need.from_line.category), Category(now.need.to_line.category)
        faults = (
            transfer_faults(
                terms,
                cents=now.open,
                from_category=source,
                to_category=target,
                from_available=balances.get(now.need.from_line_id, NONE).available,
                transferred_before=running,
                is_approved=False,
            )
            if now.open
            else []
        )
        judged.append(Judged(now, tuple(faults)))
        if source is not target and Category.INDIRECT not in (source, target):
            running += now.open
    return Asking(terms, tuple(judged), transfer_limit(terms), before, running)
