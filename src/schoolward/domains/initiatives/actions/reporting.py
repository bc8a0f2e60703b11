"""Reporting how an initiative stands: status, milestones reached, obstacles raised and cleared."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from schoolward.domains.initiatives import rag
from schoolward.domains.initiatives.actions.recording import audit, happened, locked_open, subject_of
from schoolward.domains.initiatives.actions.refusals import (
    DateWrong,
    InitiativeRefused,
    NothingSaid,
    NotUnderWay,
    OverrideUnjustified,
)
from schoolward.domains.initiatives.models import Blocker, Initiative, Kind, Milestone, StatusUpdate
from schoolward.domains.initiatives.queries import standing
from schoolward.platform.access.permissions import check
from schoolward.platform.access.viewer import Viewer


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
    (today if not given). Raises ``InitiativeClosed``, ``NotUnderWay``, ``OverrideUnjustified``,
    ``NothingSaid`` and ``DateWrong``.
    """
    initiative = locked_open(initiative_id, by=by, permission="initiatives.report")
    day = on or timezone.localdate(at)
    if day > timezone.localdate(at):
        raise DateWrong(_("A report cannot be about a day that is yet to come."), field="on")
    if not note.strip():
        raise NothingSaid(field="note")
    if not 0 <= percent <= 100:
        raise InitiativeRefused(_("Give a share from 0 to 100."), field="percent")
    if initiative.kind == Kind.BODY or initiative.start is None or initiative.start > day:
        raise NotUnderWay(initiative)
    # This very report makes the state fresh, so the rule judges as if it were already there.
    result = judge_with_report(initiative, on=day)
    shown = colour or result.colour
    if shown != result.colour:
        check(by, "initiatives.override", subject_of(initiative))
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
        **happened(by=by, at=at, on=day),
    )
    audit(
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
def reach_milestone(
    *, milestone_id: int, evidence: str, by: Viewer, at: datetime, done_on: date | None = None
) -> Milestone:
    """Say that a milestone is reached, when, and what shows it. It is said once."""
    milestone = Milestone.objects.select_for_update().get(pk=milestone_id)
    initiative = locked_open(milestone.initiative_id, by=by, permission="initiatives.report")
    if milestone.done_on is not None:
        raise InitiativeRefused(_("This milestone is reached already; what shows it is kept."))
    if not evidence.strip():
        raise NothingSaid(field="evidence")
    day = done_on or timezone.localdate(at)
    if day > timezone.localdate(at):
        raise DateWrong(_("It cannot be reached on a day that is yet to come."), field="done_on")
    milestone.done_on, milestone.evidence = day, evidence.strip()
    milestone.save(update_fields=["done_on", "evidence"])
    audit("initiatives.milestone_reached", initiative, by=by, milestone=milestone.pk)
    return milestone


@transaction.atomic
def raise_blocker(*, initiative_id: int, title: str, needs: str, by: Viewer, at: datetime) -> Blocker:
    """Say what holds the initiative up and who must do what about it."""
    initiative = locked_open(initiative_id, by=by, permission="initiatives.report")
    if not title.strip():
        raise NothingSaid(field="title")
    blocker = Blocker.objects.create(
        initiative=initiative, title=title.strip(), needs=needs.strip(), opened_on=timezone.localdate(at)
    )
    audit("initiatives.blocker_raised", initiative, by=by, blocker=blocker.pk)
    return blocker


@transaction.atomic
def clear_blocker(*, blocker_id: int, how: str, by: Viewer, at: datetime) -> Blocker:
    """Say how an obstacle was cleared. It is said once."""
    blocker = Blocker.objects.select_for_update().get(pk=blocker_id)
    initiative = locked_open(blocker.initiative_id, by=by, permission="initiatives.report")
    if blocker.cleared_on is not None:
        raise InitiativeRefused(
            _("This obstacle is cleared already; how is kept. Raise it anew if it is back.")
        )
    if not how.strip():
        raise NothingSaid(field="how")
    blocker.cleared_on, blocker.how_cleared = timezone.localdate(at), how.strip()
    blocker.save(update_fields=["cleared_on", "how_cleared"])
    audit("initiatives.blocker_cleared", initiative, by=by, blocker=blocker.pk)
    return blocker
