"""Posts of crossing guards: the hours that they take, and who stands there."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from schoolward.domains.routes.actions.crossings import free_reference
from schoolward.domains.routes.actions.recording import (
    RouteRefused,
    audit,
    days_in_order,
    known_value,
    own_row,
    plausible_day,
    within,
    written,
)
from schoolward.domains.routes.actions.school_windows import guards_pupils
from schoolward.domains.routes.models import Crossing, GuardAssignment, GuardPost, Shift
from schoolward.platform.access.agencies import agencies
from schoolward.platform.access.models import Account
from schoolward.platform.access.viewer import Viewer

POST_FIELDS = (
    "morning_begins",
    "morning_ends",
    "afternoon_begins",
    "afternoon_ends",
    "guards",
    "valid_from",
    "valid_to",
    "note",
)


@transaction.atomic
def keep_post(
    *,
    crossing_id: int,
    agency_id: int,
    values: Mapping[str, Any],
    by: Viewer,
    at: datetime,
    reference: str = "",
    post_id: int | None = None,
    invented: bool = False,
) -> GuardPost:
    """Set up a guard's post at a crossing, or change the one that is named. ``values`` gives
    :data:`POST_FIELDS`. Another post of the crossing may not stand at the same days and hours.

    Raises :class:`RouteRefused` for what cannot be, and for hours in which no pupil comes or goes
    (:func:`guards_pupils`); those that a post has had may stay, so that it can be ended.
    """
    crossing = own_row(Crossing, crossing_id, by=by, permission="routes.manage")
    if not agencies().filter(pk=agency_id).exists():
        raise RouteRefused(_("No such agency is known."), field="agency")
    found = dict(values)
    days_in_order(found["valid_from"], found.get("valid_to"))
    within(found.get("guards", 1), 1, 10, "guards")
    given = 0
    for half in ("morning", "afternoon"):
        begins, ends = found.get(f"{half}_begins"), found.get(f"{half}_ends")
        if (begins is None) != (ends is None):
            raise RouteRefused(
                _("Give both when it begins and when it ends, or neither."), field=f"{half}_ends"
            )
        if begins is not None and ends is not None:
            given += 1
            if ends <= begins:
                raise RouteRefused(_("It ends before it begins."), field=f"{half}_ends")
    if not given:
        raise RouteRefused(_("Give the hours of the morning, the afternoon or both."), field="morning_begins")
    _alone_at(crossing, found, but=post_id)
    if post_id is None:
        post = GuardPost(
            reference=free_reference(GuardPost, reference, "G", crossing.campus_id), invented=invented
        )
    else:
        post = own_row(GuardPost, post_id, by=by, permission="routes.manage")
    _while_pupils_walk(crossing, post, found)
    values = {"crossing_id": crossing.pk, "agency_id": agency_id, **found}
    written(post, values, "post_kept", by=by, site=crossing.campus_id)
    return post


def _while_pupils_walk(crossing: Crossing, post: GuardPost, found: Mapping[str, Any]) -> None:
    for half in ("morning", "afternoon"):
        begins, ends = found.get(f"{half}_begins"), found.get(f"{half}_ends")
        held = getattr(post, f"{half}_begins"), getattr(post, f"{half}_ends")
        if begins is not None and ends is not None and (begins, ends) != held:
            guards_pupils(
                crossing.campus_id,
                half=half,
                begins=begins,
                ends=ends,
                first=found["valid_from"],
                last=found.get("valid_to"),
            )


def _alone_at(crossing: Crossing, found: Mapping[str, Any], *, but: int | None) -> None:
    """Raise :class:`RouteRefused` where another post of the crossing stands on some of the days and hours."""
    last = found.get("valid_to") or date.max
    for other in crossing.posts.order_by("valid_from", "pk"):
        if other.pk == but or other.valid_from > last or found["valid_from"] > (other.valid_to or date.max):
            continue
        for half in ("morning", "afternoon"):
            begins, ends = found.get(f"{half}_begins"), found.get(f"{half}_ends")
            theirs = getattr(other, f"{half}_begins"), getattr(other, f"{half}_ends")
            if begins and ends and theirs[0] and theirs[1] and begins < theirs[1] and theirs[0] < ends:
                raise RouteRefused(
                    _(
                        "Post %(reference)s stands at this crossing from %(begins)s to %(ends)s already. "
                        "Say there how many guards it takes, or end it first."
                    )
                    % {
                        "reference": other.reference,
                        "begins": f"{theirs[0]:%H:%M}",
                        "ends": f"{theirs[1]:%H:%M}",
                    },
                    field=f"{half}_begins",
                )


@transaction.atomic
def assign_guard(
    *,
    post_id: int,
    valid_from: date,
    by: Viewer,
    at: datetime,
    account_id: int | None = None,
    guards: int = 1,
    shift: str = Shift.BOTH,
    valid_to: date | None = None,
    invented: bool = False,
) -> GuardAssignment:
    """Put guards at a post: one account, or a number whom only their agency knows.

    Raises :class:`RouteRefused` for days outside of the post's, more guards than the post takes, or an
    account that stands there already.
    """
    post = own_row(GuardPost, post_id, by=by, permission="routes.manage")
    known_value(shift, Shift.values, "shift")
    days_in_order(valid_from, valid_to)
    guards = 1 if account_id is not None else guards
    within(guards, 1, 10, "guards")
    if account_id is not None and not Account.objects.filter(pk=account_id, is_active=True).exists():
        raise RouteRefused(_("No such account is known, or it is closed."), field="account")
    if valid_from < post.valid_from or (post.valid_to is not None and (valid_to or date.max) > post.valid_to):
        raise RouteRefused(_("The post does not exist on all of these days."), field="valid_from")
    last = valid_to or date.max
    beside = [
        one
        for one in post.assignments.all()
        if one.valid_from <= last and valid_from <= (one.valid_to or date.max) and _meet(one.shift, shift)
    ]
    if account_id is not None and any(one.account_id == account_id for one in beside):
        raise RouteRefused(_("This account stands there already on some of these days."), field="account")
    if most_at_once(beside, valid_from, last) + guards > post.guards:
        raise RouteRefused(
            _("The post takes %(guards)d at a time. End another assignment first.") % {"guards": post.guards},
            field="guards",
        )
    made = GuardAssignment.objects.create(
        post=post,
        account_id=account_id,
        guards=guards,
        shift=shift,
        valid_from=valid_from,
        valid_to=valid_to,
        invented=invented,
    )
    audit("guard_assigned", made, by=by, post=post.reference, guards=guards)
    return made


def most_at_once(assignments: list[GuardAssignment], first: date, last: date) -> int:
    """The most guards that stand together on any day from ``first`` to ``last``, of one half of the day."""
    begun = {max(one.valid_from, first) for one in assignments} | {first}
    most = 0
    for half in (Shift.MORNING, Shift.AFTERNOON):
        for day in begun:
            if day <= last:
                most = max(
                    most,
                    sum(
                        one.guards
                        for one in assignments
                        if _meet(one.shift, half) and one.valid_from <= day <= (one.valid_to or date.max)
                    ),
                )
    return most


def _meet(one: str, other: str) -> bool:
    return one == other or Shift.BOTH in (one, other)


@transaction.atomic
def end_assignment(*, assignment_id: int, last_day: date, by: Viewer, at: datetime) -> GuardAssignment:
    """Say on which day an assignment ends."""
    made = own_row(GuardAssignment, assignment_id, by=by, permission="routes.manage")
    plausible_day(last_day, "last_day")
    if last_day < made.valid_from:
        raise RouteRefused(_("It would end before it begins."), field="last_day")
    if made.valid_to is not None and last_day > made.valid_to:
        raise RouteRefused(_("It ends before that already. Make a new assignment."), field="last_day")
    written(made, {"valid_to": last_day}, "guard_assignment_ended", by=by)
    return made
