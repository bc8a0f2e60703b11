"""Allocations follow their work: money set aside for what is not done any more is free again."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from schoolward.domains.funding.actions.withdrawing import open_of, take_away
from schoolward.domains.work.hooks import on_work_moved
from schoolward.platform.access.viewer import Viewer

#: Work in these states has no money: it was declined, or waits for money anew.
_WITHOUT_MONEY = frozenset({"proposed", "accepted", "declined"})


@on_work_moved
def follow_work(*, item: Any, reason: str, by: Viewer, at: datetime) -> None:
    """Withdraw what was set aside for work that goes on without it, with the reason of the move."""
    if item.state not in _WITHOUT_MONEY:
        return
    rows = list(open_of(item.pk).select_for_update(of=("self",)))
    told = _("The work was moved to “%(state)s”. %(reason)s") % {
        "state": item.get_state_display(),
        "reason": reason,
    }
    take_away(rows, reason=told.strip(), by=by, at=at)
