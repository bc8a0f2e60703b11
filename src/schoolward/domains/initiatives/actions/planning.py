"""Opening, describing and closing initiatives, their due dates and milestones."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from schoolward.domains.initiatives.actions.keys import RESERVED, key_for
from schoolward.domains.initiatives.actions.recording import audit, happened, locked, locked_open
from schoolward.domains.initiatives.actions.refusals import DateWrong, InitiativeRefused, NothingSaid
from schoolward.domains.initiatives.models import DueChange, Initiative, Milestone, Reopening, Status
from schoolward.platform.access.permissions import check
from schoolward.platform.access.viewer import Viewer


@transaction.atomic
def open_initiative(
    *,
    title: str,
    owner_role: str,
    by: Viewer,
    at: datetime,
    key: str = "",
    start: date | None = None,
    due: date | None = None,
    **fields: Any,
) -> Initiative:
    """Open an initiative, program or body. It is under way from its start on.

    Its key is made from the title where none is given. Raises ``InitiativeRefused`` for a title or a key
    that cannot be had, and ``DateWrong``.
    """
    check(by, "initiatives.plan")
    if not key:
        key = key_for(title, Initiative.objects.all(), otherwise="initiative")
    elif key in RESERVED:
        raise InitiativeRefused(_("This short name is the address of another page."), field="key")
    _check_order(start, due)
    initiative = Initiative.objects.create(
        key=key,
        title=title.strip(),
        owner_role=owner_role,
        start=start,
        due=due,
        first_due=due,
        **fields,
    )
    audit("initiatives.opened", initiative, by=by, kind=str(initiative.kind))
    return initiative


#: What ``describe`` may change; everything else has an action of its own.
DESCRIPTIVE_FIELDS = frozenset(
    {"title", "summary", "kind", "strand", "objective_id", "part_of_id", "owner_role", "start", "cadence"}
)


@transaction.atomic
def describe(*, initiative_id: int, changes: dict[str, Any], by: Viewer, at: datetime) -> Initiative:
    """Change what is said about an initiative. Unaudited and unchanged when nothing differs.

    Raises ``InitiativeClosed``, as everything does here but :func:`reopen`.
    """
    foreign = set(changes) - DESCRIPTIVE_FIELDS
    if foreign:
        raise ValueError(f"not descriptive: {', '.join(sorted(foreign))}")
    initiative = locked_open(initiative_id, by=by, permission="initiatives.plan")
    different = {name: value for name, value in changes.items() if getattr(initiative, name) != value}
    if not different:
        return initiative
    for name, value in different.items():
        setattr(initiative, name, value)
    _check_order(initiative.start, initiative.due)
    initiative.save()
    audit("initiatives.described", initiative, by=by, fields=sorted(different))
    return initiative


@transaction.atomic
def change_due(*, initiative_id: int, due: date, reason: str, by: Viewer, at: datetime) -> Initiative:
    """Move the due date, with a reason; the slip against the first due date stays visible."""
    initiative = locked_open(initiative_id, by=by, permission="initiatives.plan")
    if not reason.strip():
        raise NothingSaid(field="reason")
    _check_order(initiative.start, due)
    if due == initiative.due:
        return initiative
    DueChange.objects.create(
        initiative=initiative,
        from_due=initiative.due,
        to_due=due,
        reason=reason.strip(),
        **happened(by=by, at=at),
    )
    before, initiative.due = initiative.due, due
    initiative.first_due = initiative.first_due or due
    initiative.save(update_fields=["due", "first_due"])
    audit("initiatives.due_changed", initiative, by=by, **{"from": before, "to": due})
    return initiative


@transaction.atomic
def close(
    *, initiative_id: int, status: str, by: Viewer, at: datetime, closed_on: date | None = None
) -> Initiative:
    """Close an initiative as complete or stopped. Complete needs every milestone reached."""
    initiative = locked_open(initiative_id, by=by, permission="initiatives.plan")
    if status not in (Status.COMPLETE, Status.STOPPED):
        raise InitiativeRefused(_("Choose complete or stopped."), field="status")
    missing = initiative.milestones.filter(done_on__isnull=True).first()
    if status == Status.COMPLETE and missing is not None:
        raise InitiativeRefused(
            _("The milestone “%(title)s” is not reached. Mark it as reached, or close as stopped.")
            % {"title": missing.title},
            field="status",
        )
    initiative.ended, initiative.closed_on = status, closed_on or timezone.localdate(at)
    initiative.save(update_fields=["ended", "closed_on"])
    audit("initiatives.closed", initiative, by=by, status=str(status))
    return initiative


@transaction.atomic
def reopen(*, initiative_id: int, reason: str, by: Viewer, at: datetime) -> Initiative:
    """Open a closed initiative again, and why. On the days between it stays closed."""
    initiative = locked(initiative_id, by=by, permission="initiatives.plan")
    if initiative.closed_on is None:
        raise InitiativeRefused(_("This is not closed."))
    if not reason.strip():
        raise NothingSaid(field="reason")
    Reopening.objects.create(
        initiative=initiative,
        ended=initiative.ended,
        closed_on=initiative.closed_on,
        reason=reason.strip(),
        **happened(by=by, at=at),
    )
    initiative.ended, initiative.closed_on = "", None
    initiative.save(update_fields=["ended", "closed_on"])
    audit("initiatives.reopened", initiative, by=by)
    return initiative


@transaction.atomic
def add_milestone(*, initiative_id: int, title: str, due: date, by: Viewer, at: datetime) -> Milestone:
    """Add a step to be reached by a day."""
    initiative = locked_open(initiative_id, by=by, permission="initiatives.plan")
    if initiative.milestones.filter(title=title.strip()).exists():
        raise InitiativeRefused(_("There is a milestone of this name already."), field="title")
    milestone = Milestone.objects.create(initiative=initiative, title=title.strip(), due=due)
    audit("initiatives.milestone_added", initiative, by=by, milestone=milestone.pk)
    return milestone


def _check_order(start: date | None, due: date | None) -> None:
    if start is not None and due is not None and due < start:
        raise DateWrong(_("The due date lies before the start."), field="due")
