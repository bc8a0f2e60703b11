"""The district's walk zones: who sets them, which holds when, and what a plan keeps of them."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest

from domain.routes.plan_files import pupils_file, used_network
from schoolward.domains.places.models import Campus
from schoolward.domains.routes import actions, queries
from schoolward.domains.routes.models import SchoolPlan, WalkZoneRule
from schoolward.platform.access.permissions import AccessDenied
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.audit.models import Event

pytestmark = pytest.mark.django_db

MILE = 1_609.344
GIVEN: dict[str, Any] = {
    "valid_from": date(2010, 8, 1),
    "elementary_m": MILE,
    "middle_m": 1.5 * MILE,
    "high_m": 2 * MILE,
    "source": "Board policy 1 (invented)",
}


@pytest.fixture
def planner(person: Any) -> Viewer:
    by: Viewer = person("safe_routes")
    return by


def test_the_version_of_the_day_holds(planner: Viewer, at: datetime) -> None:
    first = actions.set_walk_zone(**GIVEN, by=planner, at=at)
    later = actions.set_walk_zone(
        **GIVEN | {"valid_from": date(2011, 8, 1), "high_m": 3e3}, by=planner, at=at
    )
    mended = actions.set_walk_zone(**GIVEN | {"middle_m": 2e3}, by=planner, at=at)
    assert queries.walk_zone_rule(date(2010, 7, 31)) is None
    assert queries.walk_zone_rule(date(2010, 8, 1)) == mended
    assert queries.walk_zone_rule(date(2011, 8, 1)) == later
    # What was is still there, and the same again is no new version.
    assert first in queries.walk_zone_rules(planner)
    assert actions.set_walk_zone(**GIVEN | {"middle_m": 2e3}, by=planner, at=at) == mended
    assert WalkZoneRule.objects.count() == 3
    event = Event.objects.filter(action="routes.walk_zone_set").latest("pk")
    assert event.detail["middle_m"] == "2000.0"


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"elementary_m": 1.0}, "elementary_m"),
        ({"high_m": 9e3}, "high_m"),
        ({"source": " "}, "source"),
        ({"valid_from": date(21, 8, 1)}, "valid_from"),
        ({"valid_from": date(1900, 1, 1)}, "valid_from"),
        ({"valid_from": date(2002, 9, 5)}, "valid_from"),
        ({"valid_from": date(2014, 7, 1)}, "valid_from"),
        ({"elementary_m": 5e3}, "middle_m"),
        ({"high_m": 2e3}, "high_m"),
    ],
)
def test_slips_are_refused(planner: Viewer, at: datetime, changed: dict[str, Any], field: str) -> None:
    with pytest.raises(actions.RouteRefused) as refused:
        actions.set_walk_zone(**GIVEN | changed, by=planner, at=at)
    assert refused.value.field == field
    assert not WalkZoneRule.objects.exists()


def test_a_version_can_be_taken_away_until_its_day(planner: Viewer, person: Any, at: datetime) -> None:
    holds = actions.set_walk_zone(**GIVEN, by=planner, at=at)
    waits = actions.set_walk_zone(**GIVEN | {"valid_from": date(2014, 6, 30)}, by=planner, at=at)
    assert holds.set_at.tzinfo is UTC
    with pytest.raises(actions.RouteRefused, match="holds, or has held, and stays"):
        actions.remove_walk_zone(rule_id=holds.pk, by=planner, at=at)
    with pytest.raises(AccessDenied):
        actions.remove_walk_zone(rule_id=waits.pk, by=person("site_lead"), at=at)
    actions.remove_walk_zone(rule_id=waits.pk, by=planner, at=at)
    assert list(queries.walk_zone_rules(planner)) == [holds]
    event = Event.objects.get(action="routes.walk_zone_removed")
    assert event.detail == {"valid_from": "2014-06-30"}


def test_who_may_set_them(person: Any, oak: Campus, at: datetime) -> None:
    for by in (person("site_lead"), person("safe_routes", [oak])):
        with pytest.raises(AccessDenied):
            actions.set_walk_zone(**GIVEN, by=by, at=at)


def test_the_farthest_school_of_a_site_says_how_far(planner: Viewer, at: datetime) -> None:
    rule = actions.set_walk_zone(**GIVEN, by=planner, at=at)

    def metres(*kinds: str) -> float:
        zone = queries.zone_of(rule, kinds)
        assert zone is not None
        return zone.metres

    assert metres("elementary") == metres("alternative") == metres() == MILE
    assert metres("elementary", "junior_high") == 1.5 * MILE
    assert metres("k12") == metres("high", "middle") == 2 * MILE
    assert queries.zone_of(None, ["high"]) is None


def test_a_plan_keeps_the_version_that_it_was_made_with(
    planner: Viewer, oak: Campus, at: datetime, tmp_path: Any
) -> None:
    used_network([oak], tmp_path, by=planner, at=at)
    rule = actions.set_walk_zone(**GIVEN | {"valid_from": at.date()}, by=planner, at=at)
    actions.plan_ways(pupils=pupils_file([oak]), by=planner, at=at)
    actions.set_walk_zone(**GIVEN | {"valid_from": at.date(), "elementary_m": 2e3}, by=planner, at=at)
    kept = SchoolPlan.objects.get(campus=oak).basis["walk_zone"]
    assert kept == {"metres": MILE, "rule": rule.pk, "valid_from": at.date().isoformat()}
