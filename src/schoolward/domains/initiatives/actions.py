"""Writes of initiatives: each one transaction and one audit event."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from schoolward.domains.initiatives import rag
from schoolward.domains.initiatives.models import (
    Blocker,
    Decision,
    DueChange,
    Initiative,
    Kind,
    Meeting,
    Milestone,
    Status,
    StatusUpdate,
)
from schoolward.domains.initiatives.queries import standing
from schoolward.platform.access.permissions import AccessDenied, check
from schoolward.platform.access.policy import visible
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.audit.actions import record


class InitiativeRefused(Exception):
    """The base of every refusal that the person can mend. ``field`` names the form field that it is about."""

    field = ""

    def __init__(self, message: str, *, field: str = "") -> None:
        self.field = field
        super().__init__(message)


class OverrideUnjustified(InitiativeRefused):
    """A color other than the rule's needs a reason and evidence."""

    def __init__(self, *, field: str) -> None:
        super().__init__(
            _("The rule gives another color. To override it, give a reason and name the evidence."),
            field=field,
        )


class NotUnderWay(InitiativeRefused):
    """Only what is under way can be reported on."""

    def __init__(self, initiative: Initiative) -> None:
        super().__init__(
            _("“%(title)s” is not under way on that day. Start it first, or report on what it is part of.")
            % {"title": initiative.title}
        )


class NothingSaid(InitiativeRefused):
    """A text is missing."""

    def __init__(self, *, field: str) -> None:
        super().__init__(_("Say it in at least one sentence."), field=field)


class DateWrong(InitiativeRefused):
    """A date lies where it cannot."""


@transaction.atomic
def report_status(
    *,
    initiative_id: int,
    note: str,
    percent: int,
    by: Viewer,
    at: datetime,
    colour: str | None = None,
    override_reason: str = "",
    evidence: str = "",
    on: date | None = None,
    invented: bool = False,
) -> StatusUpdate:
    """Report how an initiative stands. The rule gives the color; `colour` is given only to override it.

    An override needs the permission for it, a reason and evidence. `on` is the day that the report is about
    (today if not given). Raises ``NotUnderWay``, ``OverrideUnjustified``, ``NothingSaid`` and
    ``DateWrong``.
    """
    initiative = _locked(initiative_id, by=by, permission="initiatives.report")
    day = on or timezone.localdate(at)
    if day > timezone.localdate(at):
        raise DateWrong(_("A report cannot be about a day that is yet to come."), field="on")
    if not note.strip():
        raise NothingSaid(field="note")
    if not 0 <= percent <= 100:
        raise InitiativeRefused(_("Give a share from 0 to 100."), field="percent")
    begun = initiative.start is not None and initiative.start <= day
    if initiative.kind == Kind.BODY or not begun or (initiative.closed_on and initiative.closed_on < day):
        raise NotUnderWay(initiative)
    # This very report makes the state fresh, so the rule judges as if it were already there.
    result = judge_with_report(initiative, on=day)
    shown = colour or result.colour
    if shown != result.colour:
        check(by, "initiatives.override", _subject(initiative))
        if not override_reason.strip():
            raise OverrideUnjustified(field="override_reason")
        if not evidence.strip():
            raise OverrideUnjustified(field="evidence")
    update = StatusUpdate.objects.create(
        initiative=initiative,
        note=note.strip(),
        percent=percent,
        colour=shown,
        rule_colour=result.colour,
        rule_sentence=result.sentence,
        rule_version=result.rule_version,
        override_reason=override_reason.strip() if shown != result.colour else "",
        evidence=evidence.strip(),
        invented=invented,
        **_happened(by=by, at=at, on=day),
    )
    _audit(
        "initiatives.status_reported",
        initiative,
        by=by,
        update=update.pk,
        colour=str(shown),
        rule=str(result.colour),
    )
    return update


def judge_with_report(initiative: Initiative, *, on: date) -> rag.Result:
    """What the rule says on `on` if somebody reports that day."""
    return standing(initiative, on=on, reported=True).result


@transaction.atomic
def open_initiative(
    *,
    key: str,
    title: str,
    owner_role: str,
    by: Viewer,
    at: datetime,
    start: date | None = None,
    due: date | None = None,
    **fields: Any,
) -> Initiative:
    """Open an initiative, program or body. It is under way from its start on."""
    check(by, "initiatives.plan")
    _check_order(start, due)
    under_way = start is not None and start <= timezone.localdate(at)
    initiative = Initiative.objects.create(
        key=key,
        title=title.strip(),
        owner_role=owner_role,
        start=start,
        due=due,
        first_due=due,
        status=Status.ACTIVE if under_way else Status.PLANNED,
        **fields,
    )
    _audit("initiatives.opened", initiative, by=by, kind=str(initiative.kind))
    return initiative


#: What ``describe`` may change; everything else has an action of its own.
DESCRIPTIVE_FIELDS = frozenset(
    {"title", "summary", "kind", "strand", "objective_id", "part_of_id", "owner_role", "start", "cadence"}
)


@transaction.atomic
def describe(*, initiative_id: int, changes: dict[str, Any], by: Viewer, at: datetime) -> Initiative:
    """Change what is said about an initiative. Unaudited and unchanged when nothing differs."""
    foreign = set(changes) - DESCRIPTIVE_FIELDS
    if foreign:
        raise ValueError(f"not descriptive: {', '.join(sorted(foreign))}")
    initiative = _locked(initiative_id, by=by, permission="initiatives.plan")
    different = {name: value for name, value in changes.items() if getattr(initiative, name) != value}
    if not different:
        return initiative
    for name, value in different.items():
        setattr(initiative, name, value)
    _check_order(initiative.start, initiative.due)
    if (
        initiative.status == Status.PLANNED
        and initiative.start
        and initiative.start <= timezone.localdate(at)
    ):
        initiative.status = Status.ACTIVE
    initiative.save()
    _audit("initiatives.described", initiative, by=by, fields=sorted(different))
    return initiative


@transaction.atomic
def change_due(*, initiative_id: int, due: date, reason: str, by: Viewer, at: datetime) -> Initiative:
    """Move the due date, with a reason; the slip against the first due date stays visible."""
    initiative = _locked(initiative_id, by=by, permission="initiatives.plan")
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
        **_happened(by=by, at=at),
    )
    before, initiative.due = initiative.due, due
    initiative.first_due = initiative.first_due or due
    initiative.save(update_fields=["due", "first_due"])
    _audit("initiatives.due_changed", initiative, by=by, **{"from": before, "to": due})
    return initiative


@transaction.atomic
def close(
    *, initiative_id: int, status: str, by: Viewer, at: datetime, closed_on: date | None = None
) -> Initiative:
    """Close an initiative as complete or stopped. Complete needs every milestone reached."""
    initiative = _locked(initiative_id, by=by, permission="initiatives.plan")
    if status not in (Status.COMPLETE, Status.STOPPED):
        raise InitiativeRefused(_("Choose complete or stopped."), field="status")
    missing = initiative.milestones.filter(done_on__isnull=True).first()
    if status == Status.COMPLETE and missing is not None:
        raise InitiativeRefused(
            _("The milestone “%(title)s” is not reached. Mark it as reached, or close as stopped.")
            % {"title": missing.title},
            field="status",
        )
    initiative.status, initiative.closed_on = status, closed_on or timezone.localdate(at)
    initiative.save(update_fields=["status", "closed_on"])
    _audit("initiatives.closed", initiative, by=by, status=str(status))
    return initiative


@transaction.atomic
def add_milestone(*, initiative_id: int, title: str, due: date, by: Viewer, at: datetime) -> Milestone:
    """Add a step to be reached by a day."""
    initiative = _locked(initiative_id, by=by, permission="initiatives.plan")
    if initiative.milestones.filter(title=title.strip()).exists():
        raise InitiativeRefused(_("There is a milestone of this name already."), field="title")
    milestone = Milestone.objects.create(initiative=initiative, title=title.strip(), due=due)
    _audit("initiatives.milestone_added", initiative, by=by, milestone=milestone.pk)
    return milestone


@transaction.atomic
def reach_milestone(
    *, milestone_id: int, evidence: str, by: Viewer, at: datetime, done_on: date | None = None
) -> Milestone:
    """Say that a milestone is reached, when, and what shows it."""
    milestone = Milestone.objects.select_for_update().get(pk=milestone_id)
    initiative = _locked(milestone.initiative_id, by=by, permission="initiatives.report")
    if not evidence.strip():
        raise NothingSaid(field="evidence")
    day = done_on or timezone.localdate(at)
    if day > timezone.localdate(at):
        raise DateWrong(_("It cannot be reached on a day that is yet to come."), field="done_on")
    milestone.done_on, milestone.evidence = day, evidence.strip()
    milestone.save(update_fields=["done_on", "evidence"])
    _audit("initiatives.milestone_reached", initiative, by=by, milestone=milestone.pk)
    return milestone


@transaction.atomic
def raise_blocker(*, initiative_id: int, title: str, needs: str, by: Viewer, at: datetime) -> Blocker:
    """Say what holds the initiative up and who must do what about it."""
    initiative = _locked(initiative_id, by=by, permission="initiatives.report")
    if not title.strip():
        raise NothingSaid(field="title")
    blocker = Blocker.objects.create(
        initiative=initiative, title=title.strip(), needs=needs.strip(), opened_on=timezone.localdate(at)
    )
    _audit("initiatives.blocker_raised", initiative, by=by, blocker=blocker.pk)
    return blocker


@transaction.atomic
def clear_blocker(*, blocker_id: int, how: str, by: Viewer, at: datetime) -> Blocker:
    """Say how an obstacle was cleared."""
    blocker = Blocker.objects.select_for_update().get(pk=blocker_id)
    initiative = _locked(blocker.initiative_id, by=by, permission="initiatives.report")
    if not how.strip():
        raise NothingSaid(field="how")
    blocker.cleared_on, blocker.how_cleared = timezone.localdate(at), how.strip()
    blocker.save(update_fields=["cleared_on", "how_cleared"])
    _audit("initiatives.blocker_cleared", initiative, by=by, blocker=blocker.pk)
    return blocker


@transaction.atomic
def hold_meeting(*, body_id: int, held_on: date, by: Viewer, at: datetime, note: str = "") -> Meeting:
    """Write down that a body met. Asked again for the same day, it returns the meeting that is there."""
    body = _locked(body_id, by=by, permission="initiatives.meet")
    if body.kind != Kind.BODY:
        raise InitiativeRefused(_("Only a body meets."))
    if held_on > timezone.localdate(at):
        raise DateWrong(_("A meeting can be written down from its day on."), field="held_on")
    meeting, made = Meeting.objects.get_or_create(body=body, held_on=held_on, defaults={"note": note.strip()})
    if made:
        _audit("initiatives.meeting_held", body, by=by, meeting=meeting.pk, held_on=held_on)
    return meeting


@transaction.atomic
def decide(
    *, initiative_id: int, text: str, by: Viewer, at: datetime, meeting: Meeting | None = None
) -> Decision:
    """Write down a decision about an initiative."""
    initiative = _locked(initiative_id, by=by, permission="initiatives.meet")
    if not text.strip():
        raise NothingSaid(field="text")
    decision = Decision.objects.create(
        initiative=initiative, meeting=meeting, text=text.strip(), **_happened(by=by, at=at)
    )
    _audit("initiatives.decided", initiative, by=by, decision=decision.pk)
    return decision


def _subject(initiative: Initiative) -> str:
    return f"initiatives.Initiative:{initiative.pk}"


def _locked(initiative_id: int, *, by: Viewer, permission: str) -> Initiative:
    check(by, permission, f"initiatives.Initiative:{initiative_id}")
    rows = visible(Initiative.objects.select_for_update(of=("self",)), by)
    initiative = rows.filter(pk=initiative_id).first()
    if initiative is None:
        raise AccessDenied(permission, f"initiatives.Initiative:{initiative_id}")
    return initiative


def _check_order(start: date | None, due: date | None) -> None:
    if start is not None and due is not None and due < start:
        raise DateWrong(_("The due date lies before the start."), field="due")


def _happened(*, by: Viewer, at: datetime, on: date | None = None) -> dict[str, Any]:
    return {
        "at": at,
        "on": on or timezone.localdate(at),
        "by_id": by.account_id,
        "by_name": by.account_name,
    }


def _audit(action: str, initiative: Initiative, *, by: Viewer, **detail: Any) -> None:
    # The event carries the true time of the request, also where the demonstration stands at its own day.
    record(action, by=by, at=by.at, subject=_subject(initiative), detail={"key": initiative.key, **detail})
