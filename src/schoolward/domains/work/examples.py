"""Rows of a worked example made into work, with the moves that led to each state."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from schoolward.domains.work.models import Severity, Transition, WorkItem
from schoolward.domains.work.states import Move, State, path_to, transition_for
from schoolward.platform.access.models import Account

_PROPOSED_ON = date(2012, 1, 10)
_DONE_ON = date(2012, 5, 10)


def build(rows: list[dict[str, str]]) -> dict[str, Any]:
    """Make one piece of work a row, and a campus for each site that the rows name.

    Verified work was done by one account and verified by another.
    """
    doer, verifier = (
        Account.objects.get_or_create(email=f"{name}@example.org", defaults={"name": name})[0]
        for name in ("doer", "verifier")
    )
    sites = {name: _site(name) for name in dict.fromkeys(row.get("site", "") for row in rows) if name}
    items = {
        row["item"]: _item(row, doer=doer, verifier=verifier, site=sites.get(row.get("site", "")))
        for row in rows
    }
    return {**sites, **items}


def _site(name: str) -> Any:
    # Reached through the foreign key: a domain does not import another domain's models.
    campus: Any = WorkItem._meta.get_field("campus").related_model
    return campus._default_manager.create(
        name=name, slug=name.lower(), address=f"{name} Street", address_key=name.upper()
    )


def _item(row: dict[str, str], *, doer: Account, verifier: Account, site: Any) -> WorkItem:
    state = State(row["state"])
    finished = state in (State.DONE, State.VERIFIED)
    verified_on = date.fromisoformat(row["verified"]) if row["verified"] else None
    item = WorkItem.objects.create(
        reference=f"example-{row['item']}",
        title=f"Example {row['item']}",
        campus=site,
        kind=row["kind"],
        severity=row.get("severity") or Severity.MEDIUM,
        state=state,
        proposed_on=_PROPOSED_ON,
        due=date.fromisoformat(row["due"]) if row["due"] else None,
        first_due=date.fromisoformat(row["due"]) if row["due"] else None,
        estimate_cents=int(row["estimate"]) if row["estimate"] else None,
        actual_cents=int(row["actual"]) if row["actual"] else None,
        done_by=doer if finished else None,
        done_on=_DONE_ON if finished else None,
        verified_by=verifier if verified_on else None,
        verified_on=verified_on,
        evidence_count=1 if verified_on else 0,
    )
    _keep(item, "", State.PROPOSED, _PROPOSED_ON)
    here = State.PROPOSED
    # Declined work of the example had been accepted first.
    path = (Move.ACCEPT, Move.DECLINE) if state is State.DECLINED else path_to(state)
    for move in path:
        step = transition_for(move, here)
        on = verified_on if move is Move.VERIFY and verified_on else _DONE_ON
        _keep(item, here, step.end, on)
        here = step.end
    return item


def _keep(item: WorkItem, start: str, end: State, on: date) -> None:
    Transition.objects.create(
        item=item,
        number=item.transitions.count() + 1,
        from_state=start,
        to_state=end,
        reason="too costly" if end is State.DECLINED else "",
        at=datetime(on.year, on.month, on.day, 19, tzinfo=UTC),
        on=on,
        by_name="example",
    )
