"""The topic that every desk follows: what was added to cases.

A change carries the line of the case as the queue shows it, rendered once for all desks: who looks at it
makes no difference to it. What does (is it mine?) the desk works out from the holder's number.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.template.loader import render_to_string
from django.utils import timezone

from schoolward.domains.alarms import queries
from schoolward.domains.alarms.models import Case, CaseState
from schoolward.platform.notify.registry import Change, Topic, register

NAME = "alarms"


def row_html(case: Case, standing: queries.Standing) -> str:
    """The line of a case in the queue."""
    return render_to_string("alarms/_row.html", {"case": case, "standing": standing}).strip()


def changes(number: int, limit: int) -> Sequence[Change]:
    """The entries after the number. Of several of one case only the last carries its line: all lines are of
    now, so that the earlier ones would say the same."""
    found = queries.changes_after(number, limit=limit)
    last = {change.case_id: change.entry_id for change in found}
    cases = queries.cases_by_pk(last)
    at = timezone.now()
    told = []
    for change in found:
        data: dict[str, Any] = {"case": change.case_id, "name": change.case_number, "kind": change.kind}
        if change.rings:
            data["rings"] = True
        if change.still_lost:
            data["forgets"] = True
        case = cases.get(change.case_id)
        if case is not None and last[change.case_id] == change.entry_id:
            data |= _state_of(case, at)
        told.append(Change(change.entry_id, data, change.campus_id))
    return told


def _state_of(case: Case, at: datetime) -> dict[str, Any]:
    standing = queries.standing_of(case, at=at)
    is_open = case.state != CaseState.CLOSED
    return {
        "state": case.state,
        "urgency": standing.urgency,
        "title": case.title,
        "site": case.campus.name if case.campus is not None else "",
        "row": row_html(case, standing) if is_open else "",
    }


register(Topic(NAME, "alarms.view", queries.last_entry_id, changes))
