"""Keeping crossings, what was counted at them, posts of guards and who stands there."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from schoolward.domains.routes.actions.recording import (
    RouteRefused,
    audit,
    days_in_order,
    known_value,
    on_earth,
    own_row,
    own_site,
    past_day,
    plausible_day,
    some_words,
    within,
    written,
)
from schoolward.domains.routes.models import (
    Control,
    Crossing,
    CrossingCount,
    GuardAssignment,
    GuardPost,
    Shift,
)
from schoolward.platform.access.agencies import agencies
from schoolward.platform.access.models import Account
from schoolward.platform.access.viewer import Viewer

CROSSING_FIELDS = (
    "place",
    "longitude",
    "latitude",
    "control",
    "lanes",
    "divided",
    "width_ft",
    "has_refuge",
    "rural",
    "speed_85_mph",
    "controlled_within_ft",
)
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
MOST_VEHICLES = 20_000


@transaction.atomic
def keep_crossing(
    *,
    campus_id: int,
    values: Mapping[str, Any],
    by: Viewer,
    at: datetime,
    reference: str = "",
    crossing_id: int | None = None,
    invented: bool = False,
) -> Crossing:
    """Enter a crossing, or change the one that is named. ``values`` gives :data:`CROSSING_FIELDS`.

    Raises :class:`RouteRefused` for what cannot be and a reference that is taken.
    """
    own_site(campus_id, by=by, permission="routes.manage")
    found = dict(values)
    on_earth(found["longitude"], found["latitude"])
    known_value(found["control"], Control.values, "control")
    found["place"] = some_words(found["place"], "place")
    within(found["lanes"], 1, 12, "lanes")
    within(found["width_ft"], 1, 300, "width_ft")
    within(found.get("speed_85_mph"), 1, 100, "speed_85_mph")
    within(found.get("controlled_within_ft"), 0, 100_000, "controlled_within_ft")
    if crossing_id is None:
        crossing = Crossing(reference=_free(Crossing, reference, "X", campus_id), invented=invented)
    else:
        crossing = own_row(Crossing, crossing_id, by=by, permission="routes.manage")
    written(crossing, {"campus_id": campus_id, **found}, "crossing_kept", by=by, site=campus_id)
    return crossing


def _free(model: Any, reference: str, letter: str, campus_id: int) -> str:
    """The reference that was asked for, or the next number at the site."""
    reference = reference.strip()
    if reference:
        if model.objects.filter(reference=reference).exists():
            raise RouteRefused(
                _("Another has this reference. Leave it empty to get a new one."), field="reference"
            )
        return reference
    number = 1
    while model.objects.filter(reference=f"{letter}-{campus_id}-{number:02d}").exists():
        number += 1
    return f"{letter}-{campus_id}-{number:02d}"


@transaction.atomic
def keep_count(
    *,
    crossing_id: int,
    day: date,
    begins: time,
    minutes: int,
    vehicles: int,
    pupils: int,
    by: Viewer,
    at: datetime,
    turning: int = 0,
    rows: int = 1,
    gaps: int | None = None,
    invented: bool = False,
) -> CrossingCount:
    """Keep what was counted at a crossing from an hour on. Sent again, it corrects the count of that hour."""
    crossing = own_row(Crossing, crossing_id, by=by, permission="routes.count")
    past_day(day, at)
    within(minutes, 5, 240, "minutes")
    within(vehicles, 0, MOST_VEHICLES, "vehicles")
    within(turning, 0, MOST_VEHICLES, "turning")
    within(pupils, 0, 5000, "pupils")
    within(rows, 1, 20, "rows")
    within(gaps, 0, 5000, "gaps")
    if turning > vehicles:
        raise RouteRefused(_("More vehicles turned than went through. Check both."), field="turning")
    ends = begins.hour * 60 + begins.minute + minutes
    for other in crossing.counts.filter(day=day).exclude(begins=begins):
        start = other.begins.hour * 60 + other.begins.minute
        if start < ends and begins.hour * 60 + begins.minute < start + other.minutes:
            raise RouteRefused(
                _("Another count of this day runs at the same time, from %(time)s.")
                % {"time": other.begins.strftime("%H:%M")},
                field="begins",
            )
    count = crossing.counts.filter(day=day, begins=begins).first() or CrossingCount(
        crossing=crossing, day=day, begins=begins, invented=invented
    )
    values = {
        "minutes": minutes,
        "vehicles": vehicles,
        "turning": turning,
        "pupils": pupils,
        "rows": rows,
        "gaps": gaps,
    }
    written(count, values, "crossing_counted", by=by, reference=crossing.reference)
    return count


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
    :data:`POST_FIELDS`."""
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
    if post_id is None:
        post = GuardPost(reference=_free(GuardPost, reference, "G", crossing.campus_id), invented=invented)
    else:
        post = own_row(GuardPost, post_id, by=by, permission="routes.manage")
    values = {"crossing_id": crossing.pk, "agency_id": agency_id, **found}
    written(post, values, "post_kept", by=by, site=crossing.campus_id)
    return post


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
