"""Crossings, guards' posts, warrants, and walking buses with vetted leaders."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time
from typing import Any

import pytest
from tests.domain.routes.conftest import Person

from schoolward.analysis.crossing_warrants import Outcome
from schoolward.domains.routes import actions, queries
from schoolward.domains.routes.models import BusLeader, Crossing, GuardPost, WalkingBus
from schoolward.platform.access.models import Account, Membership

DAY = date(2012, 9, 5)


def _count(crossing: Crossing, person: Person, at: datetime, **given: Any) -> Any:
    told: dict[str, Any] = {
        "crossing_id": crossing.pk,
        "day": DAY,
        "begins": time(7, 30),
        "minutes": 60,
        "vehicles": 420,
        "pupils": 30,
        "by": person("safe_routes"),
        "at": at,
    }
    return actions.keep_count(**(told | given))


def test_a_guard_is_warranted_by_what_was_counted(crossing: Crossing, person: Person, at: datetime) -> None:
    found = queries.verdict(crossing, on=DAY)
    assert found is not None
    assert found.outcome is Outcome.UNKNOWN
    _count(crossing, person, at, pupils=45)
    _count(crossing, person, at, begins=time(14, 0), vehicles=360, pupils=40, gaps=70)
    fresh = queries.crossings(person("trustee")).get(pk=crossing.pk)
    found = queries.verdict(fresh, on=DAY)
    assert found is not None
    assert found.outcome is Outcome.MET
    assert found.edition.key == "ca-mutcd"
    local = queries.verdict(fresh, on=DAY, key="palo-alto")
    assert local is not None
    assert local.outcome is Outcome.MET
    assert queries.verdict(fresh, on=date(2011, 1, 1)) is None
    assert [key for key, _title in queries.keys_of_warrants()] == ["ca-mutcd", "palo-alto"]


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"minutes": 4}, "minutes"),
        ({"turning": 421}, "turning"),
        ({"pupils": -1}, "pupils"),
        ({"day": date(2012, 9, 30)}, "day"),
        ({"begins": time(7, 0)}, "begins"),
    ],
)
def test_what_cannot_be_counted(
    crossing: Crossing, person: Person, at: datetime, given: dict[str, Any], field: str
) -> None:
    _count(crossing, person, at)
    with pytest.raises(actions.RouteRefused) as refused:
        _count(crossing, person, at, **given)
    assert refused.value.field == field
    assert crossing.counts.count() == 1


def _post(crossing: Crossing, person: Person, at: datetime, **given: Any) -> GuardPost:
    by = person("safe_routes")
    values: dict[str, Any] = {
        "morning_begins": time(7, 30),
        "morning_ends": time(8, 15),
        "afternoon_begins": None,
        "afternoon_ends": None,
        "guards": 1,
        "valid_from": date(2012, 8, 27),
        "valid_to": None,
        "note": "",
    }
    return actions.keep_post(
        crossing_id=crossing.pk, agency_id=by.agency_id or 0, values=values | given, by=by, at=at
    )


def test_a_post_without_its_guard_stands_out(crossing: Crossing, person: Person, at: datetime) -> None:
    post = _post(crossing, person, at)
    by = person("safe_routes")
    assert queries.unguarded(by, DAY) == [post]
    assert queries.unguarded(by, date(2012, 8, 1)) == []
    actions.assign_guard(post_id=post.pk, valid_from=date(2012, 8, 27), shift="afternoon", by=by, at=at)
    assert queries.unguarded(by, DAY) == [post]
    made = actions.assign_guard(post_id=post.pk, valid_from=date(2012, 8, 27), shift="morning", by=by, at=at)
    assert queries.unguarded(by, DAY) == []
    with pytest.raises(actions.RouteRefused, match="takes 1 at a time"):
        actions.assign_guard(post_id=post.pk, valid_from=DAY, by=by, at=at)
    actions.end_assignment(assignment_id=made.pk, last_day=date(2012, 9, 3), by=by, at=at)
    assert queries.unguarded(by, DAY) == [post]
    with pytest.raises(actions.RouteRefused, match="Make a new assignment"):
        actions.end_assignment(assignment_id=made.pk, last_day=DAY, by=by, at=at)


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"morning_ends": None}, "morning_ends"),
        ({"morning_ends": time(7, 0)}, "morning_ends"),
        ({"morning_begins": None, "morning_ends": None}, "morning_begins"),
        ({"valid_to": date(2012, 1, 1)}, "valid_to"),
        ({"guards": 0}, "guards"),
    ],
)
def test_what_is_no_post(
    crossing: Crossing, person: Person, at: datetime, given: dict[str, Any], field: str
) -> None:
    with pytest.raises(actions.RouteRefused) as refused:
        _post(crossing, person, at, **given)
    assert refused.value.field == field


def test_an_account_stands_at_a_post_once(crossing: Crossing, person: Person, at: datetime) -> None:
    post, by = _post(crossing, person, at, guards=2), person("safe_routes")
    guard = person("campus_monitor").account_id
    actions.assign_guard(post_id=post.pk, account_id=guard, guards=5, valid_from=DAY, by=by, at=at)
    assert post.assignments.get().guards == 1
    with pytest.raises(actions.RouteRefused, match="stands there already"):
        actions.assign_guard(post_id=post.pk, account_id=guard, valid_from=DAY, by=by, at=at)
    with pytest.raises(actions.RouteRefused, match="not exist on all"):
        actions.assign_guard(post_id=post.pk, valid_from=date(2012, 8, 1), by=by, at=at)
    assert queries.assignments(person("trustee")).count() == 0


def test_vehicles_and_places_are_believable(crossing: Crossing, person: Person, at: datetime) -> None:
    values = {name: getattr(crossing, name) for name in actions.CROSSING_FIELDS}
    for name, wrong in (("lanes", 0), ("width_ft", 400.0), ("control", "bridge"), ("latitude", 138.0)):
        with pytest.raises(actions.RouteRefused) as refused:
            actions.keep_crossing(
                campus_id=crossing.campus_id,
                crossing_id=crossing.pk,
                values={**values, name: wrong},
                by=person("safe_routes"),
                at=at,
            )
        assert refused.value.field == name


Lead = Callable[..., BusLeader]


@pytest.fixture
def leader(bus: WalkingBus, membership: Callable[..., Membership], person: Person, at: datetime) -> Lead:
    """Let somebody lead the bus."""

    def make(role: str = "provider", **given: Any) -> BusLeader:
        told: dict[str, Any] = {
            "bus_id": bus.pk,
            "account_id": membership(role).account_id,
            "vetted_on": date(2012, 8, 1),
            "vetted_until": date(2013, 7, 31),
            "valid_from": date(2012, 8, 27),
            "by": person("safe_routes"),
            "at": at,
        }
        return actions.keep_leader(**(told | given))

    return make


def _walk(bus: WalkingBus, leaders: list[BusLeader], person: Person, at: datetime, **given: Any) -> Any:
    told: dict[str, Any] = {
        "bus_id": bus.pk,
        "day": DAY,
        "pupils": 6,
        "leader_ids": [one.pk for one in leaders],
        "by": person("safe_routes"),
        "at": at,
    }
    return actions.keep_run(**(told | given))


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"vetted_on": None, "vetted_until": None}, "has not been vetted"),
        ({"vetted_until": date(2012, 9, 4)}, "is vetted only until 2012-09-04"),
        ({"vetted_on": date(2012, 9, 6)}, "was vetted only after that day"),
        ({"valid_to": date(2012, 9, 4)}, "is no leader of this bus on that day"),
        ({"valid_from": date(2012, 9, 6)}, "is no leader of this bus on that day"),
    ],
)
def test_nobody_leads_without_live_vetting(
    bus: WalkingBus, leader: Lead, person: Person, at: datetime, given: dict[str, Any], words: str
) -> None:
    with pytest.raises(actions.RouteRefused, match=words) as refused:
        _walk(bus, [leader(**given)], person, at)
    assert refused.value.field == "leaders"
    assert not bus.runs.exists()


def test_a_vetting_that_ends_on_the_day_still_holds(
    bus: WalkingBus, leader: Lead, person: Person, at: datetime
) -> None:
    run = _walk(bus, [leader(vetted_until=DAY)], person, at)
    assert run.pupils == 6
    assert queries.vetting_to_renew(person("safe_routes"), DAY).count() == 1


def test_enough_leaders_walk_along(bus: WalkingBus, leader: Lead, person: Person, at: datetime) -> None:
    one, two = leader(), leader("campus_monitor")
    with pytest.raises(actions.RouteRefused, match="7 pupils need 2 leaders"):
        _walk(bus, [one], person, at, pupils=7)
    with pytest.raises(actions.RouteRefused, match="takes 12 pupils"):
        _walk(bus, [one, two], person, at, pupils=13)
    with pytest.raises(actions.RouteRefused, match="at least one leader"):
        _walk(bus, [], person, at)
    with pytest.raises(actions.RouteRefused, match="not walk on that weekday"):
        _walk(bus, [one], person, at, day=date(2012, 9, 1))
    with pytest.raises(actions.RouteRefused, match="that time of the year"):
        _walk(bus, [one], person, at, day=date(2012, 8, 20))
    run = _walk(bus, [one, two], person, at, pupils=12)
    again = _walk(bus, [one], person, at, pupils=5)
    assert run.pk == again.pk
    assert [led.pk for led in again.leaders.all()] == [one.pk]
    assert queries.walked(queries.runs(person("trustee"))) == queries.Walked(1, 5)


def test_a_walk_that_did_not_take_place_needs_no_leader(
    bus: WalkingBus, person: Person, at: datetime
) -> None:
    waiting = queries.to_write_down(person("safe_routes"), DAY)
    assert (bus, DAY) in waiting
    assert all(day.weekday() < 5 for _bus, day in waiting)
    _walk(bus, [], person, at, pupils=0, note="Rain")
    assert (bus, DAY) not in queries.to_write_down(person("safe_routes"), DAY)


def test_stops_run_on_to_the_school(bus: WalkingBus, person: Person, at: datetime) -> None:
    by = person("safe_routes")
    first = actions.Stop("Oak and 5th", -121.47, 38.54, time(7, 35))
    last = actions.Stop("School", -121.47, 38.53, time(7, 55))
    actions.set_stops(bus_id=bus.pk, stops=[first, last], by=by, at=at)
    assert [stop.number for stop in bus.stops.all()] == [1, 2]
    with pytest.raises(actions.RouteRefused, match="Check the times"):
        actions.set_stops(bus_id=bus.pk, stops=[last, first], by=by, at=at)
    with pytest.raises(actions.RouteRefused, match="at least two"):
        actions.set_stops(bus_id=bus.pk, stops=[first], by=by, at=at)
    assert bus.stops.count() == 2


def test_a_closed_account_leads_nothing(leader: Lead, membership: Callable[..., Membership]) -> None:
    Account.objects.filter(pk=membership("provider").account_id).update(is_active=False)
    with pytest.raises(actions.RouteRefused, match="closed"):
        leader()
