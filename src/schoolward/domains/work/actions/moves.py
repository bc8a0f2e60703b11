"""Moving work through its states.

The table in ``states`` says what is legal; here is what each move needs.
"""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from schoolward.domains.work.actions.recording import audit, keep_transition, locked
from schoolward.domains.work.actions.refusals import (
    AmountWrong,
    DateWrong,
    EvidenceMissing,
    MoneySourceMissing,
    PersonMissing,
    ReasonMissing,
    SamePerson,
    check_year,
)
from schoolward.domains.work.hooks import work_moved
from schoolward.domains.work.models import WorkItem
from schoolward.domains.work.states import Move, State, Transition, transition_for
from schoolward.platform.access.permissions import check
from schoolward.platform.access.viewer import Viewer


@transaction.atomic
def accept(
    *, item_id: int, due: date, by: Viewer, at: datetime, estimate_cents: int | None = None
) -> WorkItem:
    """Take the proposal on, with a due date and if known an estimate.

    Raises ``IllegalMove``, ``DateWrong``.
    """
    item, step = _start(item_id, Move.ACCEPT, by=by)
    if due < timezone.localdate(at):
        raise DateWrong(_("The due date lies in the past. Choose a day from today on."))
    check_year(due)
    if estimate_cents is not None:
        item.estimate_cents = _amount(estimate_cents)
    item.due = due
    item.first_due = item.first_due or due
    return _finish(item, step, "work.accepted", by=by, at=at)


@transaction.atomic
def fund(*, item_id: int, amount_cents: int, money_source: str, by: Viewer, at: datetime) -> WorkItem:
    """Say how much money there is and from where; 0 with the source “no cost” is an answer too."""
    item, step = _start(item_id, Move.FUND, by=by)
    item.funded_cents = _amount(amount_cents)
    item.money_source = money_source.strip()
    if not item.money_source:
        raise MoneySourceMissing
    return _finish(item, step, "work.funded", by=by, at=at)


@transaction.atomic
def unfund(*, item_id: int, reason: str, by: Viewer, at: datetime) -> WorkItem:
    """Say that the money is not there after all, and why: the work is accepted again, and waits for other."""
    item, step = _start(item_id, Move.UNFUND, by=by)
    item.funded_cents, item.money_source = None, ""
    return _finish(item, step, "work.unfunded", by=by, at=at, reason=_reason(reason))


@transaction.atomic
def schedule(*, item_id: int, planned_on: date, by: Viewer, at: datetime) -> WorkItem:
    """Set the day on which it will be done."""
    item, step = _start(item_id, Move.SCHEDULE, by=by)
    if planned_on < timezone.localdate(at):
        raise DateWrong(
            _("The planned day lies in the past. Choose a day from today on."), field="planned_on"
        )
    item.planned_on = planned_on
    return _finish(item, step, "work.scheduled", by=by, at=at)


@transaction.atomic
def complete(
    *, item_id: int, actual_cents: int, by: Viewer, at: datetime, done_on: date | None = None
) -> WorkItem:
    """Say that it is done, on which day (today if not given) and what it cost. Names the one who did it."""
    item, step = _start(item_id, Move.COMPLETE, by=by)
    if by.account_id is None:
        raise PersonMissing
    today = timezone.localdate(at)
    item.done_on = done_on or today
    if item.done_on > today:
        raise DateWrong(_("The work cannot be done on a day that is yet to come."), field="done_on")
    if item.done_on < item.proposed_on:
        raise DateWrong(_("The work cannot be done before it was proposed."), field="done_on")
    item.actual_cents = _amount(actual_cents)
    item.done_by_id = by.account_id
    return _finish(item, step, "work.completed", by=by, at=at)


@transaction.atomic
def verify(*, item_id: int, by: Viewer, at: datetime) -> WorkItem:
    """Confirm from evidence that it is done. Raises ``EvidenceMissing`` and ``SamePerson``."""
    item, step = _start(item_id, Move.VERIFY, by=by)
    if by.account_id is None:
        raise PersonMissing
    if by.account_id == item.done_by_id:
        raise SamePerson
    if item.evidence_count < 1:
        raise EvidenceMissing
    item.verified_by_id = by.account_id
    item.verified_on = timezone.localdate(at)
    return _finish(item, step, "work.verified", by=by, at=at, evidence=item.evidence_count)


@transaction.atomic
def decline(*, item_id: int, reason: str, by: Viewer, at: datetime) -> WorkItem:
    """Say no, and why."""
    item, step = _start(item_id, Move.DECLINE, by=by)
    return _finish(item, step, "work.declined", by=by, at=at, reason=_reason(reason))


@transaction.atomic
def withdraw(*, item_id: int, reason: str, by: Viewer, at: datetime) -> WorkItem:
    """Take work back for the record that asked for it, which turned out not to hold, and why.

    Whoever may propose may withdraw a proposal; once it is accepted, only who decides may. Raises
    ``IllegalMove`` where it is done, verified or declined already.
    """
    item = locked(item_id, by=by, permission="work.view")
    step = transition_for(Move.DECLINE, State(item.state))
    needed = "work.propose" if step.start is State.PROPOSED else step.permission
    check(by, needed, f"work.WorkItem:{item_id}")
    return _finish(item, step, "work.withdrawn", by=by, at=at, reason=_reason(reason))


@transaction.atomic
def reopen(*, item_id: int, reason: str, by: Viewer, at: datetime) -> WorkItem:
    """Open finished or declined work again, and why. It needs fresh evidence to be verified once more."""
    item, step = _start(item_id, Move.REOPEN, by=by)
    item.done_by = item.verified_by = None
    item.done_on = item.verified_on = item.planned_on = None
    item.evidence_count = 0
    if step.end is State.SCHEDULED:
        item.planned_on = timezone.localdate(at)
    return _finish(item, step, "work.reopened", by=by, at=at, reason=_reason(reason))


def _start(item_id: int, move: Move, *, by: Viewer) -> tuple[WorkItem, Transition]:
    item = locked(item_id, by=by, permission="work.view")
    step = transition_for(move, State(item.state))
    check(by, step.permission, f"work.WorkItem:{item_id}")
    return item, step


def _finish(
    item: WorkItem,
    step: Transition,
    event: str,
    *,
    by: Viewer,
    at: datetime,
    reason: str = "",
    evidence: int | None = None,
) -> WorkItem:
    item.state = step.end.value
    item.save()
    keep_transition(item, from_state=step.start.value, by=by, at=at, reason=reason)
    detail = {"from": step.start.value, "to": step.end.value}
    work_moved(item=item, reason=reason, by=by, at=at)
    audit(event, item, by=by, **detail, **({} if evidence is None else {"evidence": evidence}))
    return item


def _amount(cents: int) -> int:
    if cents < 0:
        raise AmountWrong
    return cents


def _reason(reason: str) -> str:
    if not reason.strip():
        raise ReasonMissing
    return reason.strip()
