"""Allocations follow their work: money set aside for what is not done any more is free again."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from schoolward.domains.funding.actions.withdrawing import open_of, take_away
from schoolward.domains.funding.models import Allocation
from schoolward.domains.funding.queries import allocations_now
from schoolward.domains.grants.wording import dollars
from schoolward.domains.work.actions import WorkRefused
from schoolward.domains.work.hooks import on_work_moved
from schoolward.platform.access.permissions import may
from schoolward.platform.access.viewer import Viewer

#: Work in these states has no money: it was declined, or waits for money anew.
_WITHOUT_MONEY = frozenset({"proposed", "accepted", "declined"})


class StillApproved(WorkRefused):
    """An approved plan pays this work: its money is not taken back on the work's own page just so."""


@on_work_moved
def follow_work(*, item: Any, reason: str, by: Viewer, at: datetime) -> None:
    """Withdraw what was set aside for work that goes on without it, with the reason of the move.

    Money that is taken back before a day is set is withdrawn under the rules of withdrawing, whichever page
    it is done on: by who may approve plans, and not while some of it is bound in the ledger. Raises
    ``StillApproved``.
    """
    if item.state not in _WITHOUT_MONEY:
        return
    rows = list(open_of(item.pk).select_for_update(of=("self",)))
    if rows and item.state == "accepted" and _was_funded(item):
        _check_taking_back(rows, by)
    told = _("The work was moved to “%(state)s”. %(reason)s") % {
        "state": item.get_state_display(),
        "reason": reason,
    }
    take_away(rows, reason=told.strip(), by=by, at=at)


def _was_funded(item: Any) -> bool:
    """Whether the move that was just made came from being funded, and not from being done or verified."""
    move = item.transitions.order_by("number").last()
    return move is not None and move.from_state == "funded"


def _check_taking_back(rows: list[Allocation], by: Viewer) -> None:
    if not may(by, "funding.approve"):
        raise StillApproved(
            _("An approved plan has set this money aside. Who may approve plans withdraws it, with a reason.")
        )
    bound = sum(now.bound for now in allocations_now(by, rows))
    if bound:
        raise StillApproved(
            _("%(bound)s is obligated or spent for this work. Take that back in the ledger first.")
            % {"bound": dollars(bound)}
        )
