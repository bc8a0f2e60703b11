"""Walking school buses: who may lead, and every walk."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from math import ceil

from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from schoolward.domains.routes.actions.recording import (
    RouteRefused,
    StandsAlready,
    audit,
    days_in_order,
    known_value,
    own_row,
    own_site,
    past_day,
    plausible_day,
    some_words,
    within,
    written,
)
from schoolward.domains.routes.models import BusLeader, BusRun, Direction, WalkingBus
from schoolward.domains.routes.queries.standing import same_bus
from schoolward.platform.access.models import Account
from schoolward.platform.access.viewer import Viewer

SCHOOL_DAYS: tuple[int, ...] = (0, 1, 2, 3, 4)


@transaction.atomic
def keep_bus(
    *,
    campus_id: int,
    name: str,
    capacity: int,
    valid_from: date,
    by: Viewer,
    at: datetime,
    pupils_per_leader: int = 6,
    weekdays: Iterable[int] = SCHOOL_DAYS,
    valid_to: date | None = None,
    bus_id: int | None = None,
    key: str = "",
    invented: bool = False,
) -> WalkingBus:
    """Enter a walking bus, or change the one that is named. A new one gets a short name from its name.

    Raises :class:`RouteRefused` for what cannot be, and :class:`StandsAlready` for a new one whose name, site
    and weekdays are those of a bus that walks in some of the same time.
    """
    own_site(campus_id, by=by, permission="routes.manage")
    name = some_words(name, "name")
    within(len(name), 1, 120, "name")
    within(capacity, 1, 200, "capacity")
    within(pupils_per_leader, 1, 30, "pupils_per_leader")
    days_in_order(valid_from, valid_to)
    days = sorted(set(weekdays))
    if not days or not set(days) <= set(SCHOOL_DAYS):
        raise RouteRefused(_("Choose days from Monday to Friday."), field="weekdays")
    if bus_id is None:
        there = same_bus(
            by, campus_id=campus_id, name=name, weekdays=days, valid_from=valid_from, valid_to=valid_to
        )
        if there is not None:
            raise StandsAlready(
                _("A bus of this name walks to this site on these days already: %(key)s. Change that one.")
                % {"key": there.key},
                there,
                field="name",
            )
        bus = WalkingBus(
            key=_free_key(key or slugify(name)[:50] or "bus", asked=bool(key)), invented=invented
        )
    else:
        bus = own_row(WalkingBus, bus_id, by=by, permission="routes.manage")
    values = {
        "campus_id": campus_id,
        "name": name,
        "capacity": capacity,
        "pupils_per_leader": pupils_per_leader,
        "weekdays": days,
        "valid_from": valid_from,
        "valid_to": valid_to,
    }
    written(bus, values, "bus_kept", by=by, key=bus.key, site=campus_id)
    return bus


def _free_key(stem: str, *, asked: bool) -> str:
    # “new” is the address of another page.
    taken = {"new"} | set(WalkingBus.objects.filter(key__startswith=stem).values_list("key", flat=True))
    if asked and stem in taken:
        raise RouteRefused(_("Another bus has this short name."), field="key")
    number, key = 1, stem
    while key in taken:
        number += 1
        key = f"{stem}-{number}"
    return key


@transaction.atomic
def keep_leader(
    *,
    bus_id: int,
    account_id: int,
    valid_from: date,
    by: Viewer,
    at: datetime,
    vetted_on: date | None = None,
    vetted_until: date | None = None,
    valid_to: date | None = None,
    invented: bool = False,
) -> BusLeader:
    """Let an account lead a bus, or bring its vetting up to date. Vetting is two dates: no result is kept.

    A leader without live vetting may be entered, and cannot lead until it is there.
    """
    bus = own_row(WalkingBus, bus_id, by=by, permission="routes.manage")
    if not Account.objects.filter(pk=account_id, is_active=True).exists():
        raise RouteRefused(_("No such account is known, or it is closed."), field="account")
    days_in_order(valid_from, valid_to)
    if (vetted_on is None) != (vetted_until is None):
        raise RouteRefused(
            _("Give both the day of the vetting and the last day on which it holds."), field="vetted_until"
        )
    if vetted_on is not None and vetted_until is not None:
        past_day(vetted_on, at, "vetted_on")
        plausible_day(vetted_until, "vetted_until")
        if vetted_until < vetted_on:
            raise RouteRefused(_("The vetting ends before it begins."), field="vetted_until")
    leader = bus.leaders.filter(account_id=account_id).first() or BusLeader(
        bus=bus, account_id=account_id, invented=invented
    )
    values = {
        "valid_from": valid_from,
        "valid_to": valid_to,
        "vetted_on": vetted_on,
        "vetted_until": vetted_until,
    }
    written(leader, values, "bus_leader_kept", by=by, key=bus.key)
    return leader


def why_not_leading(leader: BusLeader, day: date) -> str:
    """Why a leader cannot lead on a day, or an empty text where nothing stands against it."""
    if day < leader.valid_from or (leader.valid_to is not None and day > leader.valid_to):
        return _("is no leader of this bus on that day")
    if leader.vetted_on is None or leader.vetted_until is None:
        return _("has not been vetted")
    if day < leader.vetted_on:
        return _("was vetted only after that day")
    if day > leader.vetted_until:
        return _("is vetted only until %(day)s") % {"day": leader.vetted_until.isoformat()}
    return ""


@transaction.atomic
def keep_run(
    *,
    bus_id: int,
    day: date,
    pupils: int,
    leader_ids: Sequence[int],
    by: Viewer,
    at: datetime,
    direction: str = Direction.ARRIVAL,
    note: str = "",
    invented: bool = False,
) -> BusRun:
    """Write down a walk: how many pupils, and who led. Sent again, it corrects the walk of that day.

    A walk with nobody did not take place, and needs no leader.

    Raises :class:`RouteRefused` for a leader without live vetting on the day, too few leaders for the pupils,
    more pupils than the bus takes, and a day on which it does not walk.
    """
    bus = own_row(WalkingBus, bus_id, by=by, permission="routes.lead")
    past_day(day, at)
    known_value(direction, Direction.values, "direction")
    within(pupils, 0, 200, "pupils")
    within(len(note), 0, 200, "note")
    if day < bus.valid_from or (bus.valid_to is not None and day > bus.valid_to):
        raise RouteRefused(_("The bus does not walk at that time of the year."), field="day")
    if day.weekday() not in bus.weekdays:
        raise RouteRefused(_("The bus does not walk on that weekday."), field="day")
    if pupils > bus.capacity:
        raise RouteRefused(
            ngettext("The bus takes %(n)d pupil.", "The bus takes %(n)d pupils.", bus.capacity)
            % {"n": bus.capacity},
            field="pupils",
        )
    leaders = list(bus.leaders.filter(pk__in=leader_ids).select_related("account"))
    if len(leaders) != len(set(leader_ids)) or (pupils and not leaders):
        raise RouteRefused(_("Choose at least one leader of this bus."), field="leaders")
    for leader in leaders:
        if against := why_not_leading(leader, day):
            raise RouteRefused(
                _("%(leader)s cannot lead: the account %(reason)s.")
                % {"leader": leader.account.name, "reason": against},
                field="leaders",
            )
    needed = ceil(pupils / bus.pupils_per_leader)
    if len(leaders) < needed:
        raise RouteRefused(
            # One leader is there already: it is never 1 pupil, nor 1 leader.
            _("%(pupils)d pupils need %(needed)d leaders: one for every %(each)d.")
            % {"pupils": pupils, "needed": needed, "each": bus.pupils_per_leader},
            field="leaders",
        )
    run = bus.runs.filter(day=day, direction=direction).first() or BusRun(
        bus=bus, day=day, direction=direction, recorded_at=at, invented=invented
    )
    changed = written(
        run, {"pupils": pupils, "note": note.strip()}, "bus_walked", by=by, key=bus.key, day=day
    )
    if set(run.leaders.values_list("pk", flat=True)) != {leader.pk for leader in leaders}:
        run.leaders.set(leaders)
        if not changed:
            audit("bus_walked", run, by=by, key=bus.key, day=day, fields=["leaders"])
    return run
