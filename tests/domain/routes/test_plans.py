"""Networks that are known, and plans of schools: what is kept of pupils, and what is not."""

from __future__ import annotations

import csv
import io
import json
import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from django.core import serializers

from domain.routes.plan_files import network_folder, pupils_file, used_network
from schoolward.domains.places.models import Campus
from schoolward.domains.routes import actions, queries
from schoolward.domains.routes.health_checks import street_network
from schoolward.domains.routes.models import (
    Barrier,
    PlannedFix,
    SchoolPlan,
    StreetNetwork,
    WalkedStreet,
)
from schoolward.domains.routes.queries.conditions import METRES
from schoolward.platform.access.permissions import AccessDenied
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.audit.models import Event
from schoolward.platform.health.registry import Status

pytestmark = pytest.mark.django_db
Outcome = actions.Outcome


@pytest.fixture
def planner(person: Any) -> Viewer:
    """The coordinator."""
    by: Viewer = person("safe_routes")
    return by


@pytest.fixture
def network(oak: Campus, planner: Viewer, at: datetime, tmp_path: Path) -> StreetNetwork:
    """The network around the site."""
    return used_network([oak], tmp_path, by=planner, at=at)


def rows_of(data: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode())))


def file_of(rows: list[list[str]]) -> bytes:
    return "\n".join(",".join(row) for row in rows).encode()


# Networks


def test_a_network_is_kept_under_what_it_holds(network: StreetNetwork, settings: Any) -> None:
    folder = Path(settings.NETWORKS_DIR) / network.digest
    assert (folder / "network.json").is_file()
    assert queries.current_network() == network
    assert len(queries.laid(network).network.ends) == network.edges
    assert network.attribution == "Invented streets: no such map exists"


def test_another_network_becomes_the_current_one_and_the_first_stays(
    network: StreetNetwork, oak: Campus, planner: Viewer, at: datetime, tmp_path: Path
) -> None:
    other = network_folder([oak], tmp_path / "other", at=at, seed=8)
    second = actions.register_network(folder=other, title="Tried streets", by=planner, at=at)
    assert (second.key, second.current) == ("tried-streets-2", True)
    network.refresh_from_db()
    assert not network.current
    again = actions.register_network(folder=tmp_path / "built" / "network", by=planner, at=at)
    assert again == network
    assert queries.current_network() == network
    assert StreetNetwork.objects.count() == 2


def test_a_broken_network_is_refused(oak: Campus, planner: Viewer, at: datetime, tmp_path: Path) -> None:
    folder = network_folder([oak], tmp_path / "one", at=at)
    file = folder / "network.length_m.npy"
    file.write_bytes(file.read_bytes()[:-1] + b"\x07")
    with pytest.raises(actions.RouteRefused, match=r"length_m.npy: is missing, or not what was written"):
        actions.register_network(folder=folder, by=planner, at=at)
    with pytest.raises(actions.RouteRefused, match="holds no network"):
        actions.register_network(folder=tmp_path, by=planner, at=at)
    assert not StreetNetwork.objects.exists()


def test_a_network_of_an_unknown_stress_model_is_refused(
    oak: Campus, planner: Viewer, at: datetime, tmp_path: Path
) -> None:
    folder = network_folder([oak], tmp_path / "one", at=at)
    described = json.loads((folder / "network.json").read_text())
    described["stress_model"]["sha256"] = "0" * 64
    (folder / "network.json").write_text(json.dumps(described))
    with pytest.raises(actions.RouteRefused, match="which is not the one at hand"):
        actions.register_network(folder=folder, by=planner, at=at)


def test_lost_files_are_told_and_mended(
    network: StreetNetwork, oak: Campus, planner: Viewer, at: datetime, tmp_path: Path, settings: Any
) -> None:
    assert street_network(at).status is Status.OK
    folder = Path(settings.NETWORKS_DIR) / network.digest
    (folder / "names.json").write_text("[]")
    assert street_network(at).status is Status.FAIL
    settings.NETWORKS_DIR = tmp_path / "nowhere"
    found = network_folder([oak], tmp_path / "fresh", at=at, seed=11)
    fresh = actions.register_network(folder=found, by=planner, at=at)
    shutil.rmtree(settings.NETWORKS_DIR / fresh.digest)
    with pytest.raises(actions.RouteRefused, match="missing or damaged"):
        actions.plan_ways(pupils=pupils_file([oak]), by=planner, at=at)
    actions.register_network(folder=found, by=planner, at=at)
    assert actions.plan_ways(pupils=pupils_file([oak]), by=planner, at=at).count(Outcome.PLANNED) == 1


def test_only_planners_choose_networks_and_plan(
    network: StreetNetwork, oak: Campus, person: Any, at: datetime, tmp_path: Path
) -> None:
    principal = person("site_lead", [oak])
    with pytest.raises(AccessDenied):
        actions.register_network(folder=tmp_path / "built" / "network", by=principal, at=at)
    with pytest.raises(AccessDenied):
        actions.plan_ways(pupils=pupils_file([oak]), by=principal, at=at)


# Plans


def test_a_plan_keeps_figures_and_no_pupil(
    network: StreetNetwork, oak: Campus, planner: Viewer, at: datetime
) -> None:
    data = pupils_file([oak])
    done = actions.plan_ways(pupils=data, by=planner, at=at)
    assert [(one.slug, one.outcome) for one in done.sites] == [("oak", Outcome.PLANNED)]
    plan = SchoolPlan.objects.get()
    assert (plan.campus, plan.network, plan.year, plan.season) == (oak, network, 2012, "fall")
    assert plan.pupils == len(rows_of(data)) - 1
    assert plan.shortest_m is not None
    assert plan.route_m is not None
    assert plan.shortest_m <= plan.route_m <= 1.3 * plan.shortest_m + 10
    assert WalkedStreet.objects.filter(plan=plan, pupils__gte=11).exists()
    assert all(one.frees is None or one.frees >= 11 for one in PlannedFix.objects.all())
    kept = serializers.serialize("json", [plan, *plan.streets.all(), *plan.fixes.all()])
    told = json.dumps(list(Event.objects.values("action", "subject", "detail")), default=str)
    for number, _school, longitude, latitude in rows_of(data)[1:]:
        for value in (f'"{number}"', f"{longitude}, {latitude}"):
            assert value not in kept
            assert value not in told


def test_the_same_pupils_planned_again_replace_the_plan(
    network: StreetNetwork, oak: Campus, planner: Viewer, at: datetime
) -> None:
    for _time in range(2):
        actions.plan_ways(pupils=pupils_file([oak]), by=planner, at=at)
    assert SchoolPlan.objects.count() == 1
    assert WalkedStreet.objects.filter(pupils__isnull=False).exists()


def test_the_earlier_plan_stands_where_few_came(
    network: StreetNetwork, oak: Campus, planner: Viewer, at: datetime
) -> None:
    rows = rows_of(pupils_file([oak]))
    first = actions.plan_ways(pupils=file_of(rows), by=planner, at=at).sites[0].plan
    more = [*rows, ["newcomer", "oak", *rows[5][2:]]]
    in_spring = datetime(2013, 3, 1, 20, tzinfo=UTC)
    for moment in (at + timedelta(days=30), in_spring):
        done = actions.plan_ways(pupils=file_of(more), by=planner, at=moment)
        assert [one.outcome for one in done.sites] == [Outcome.STANDS]
        assert SchoolPlan.objects.get() == first
    # A new school year begins anew.
    done = actions.plan_ways(pupils=file_of(more), by=planner, at=datetime(2013, 9, 1, 20, tzinfo=UTC))
    assert [one.outcome for one in done.sites] == [Outcome.PLANNED]
    assert SchoolPlan.objects.count() == 2
    assert queries.newest_plans(planner).get().year == 2013


@pytest.mark.parametrize(("mover", "to"), [(1, 200), (2, 150), (40, 100), (77, 12)])
def test_nothing_that_is_shown_tells_of_one_who_moved(
    network: StreetNetwork, oak: Campus, planner: Viewer, at: datetime, mover: int, to: int
) -> None:
    rows = rows_of(pupils_file([oak]))
    actions.plan_ways(pupils=file_of(rows), by=planner, at=at)

    def shown() -> tuple[Any, ...]:
        plan = SchoolPlan.objects.get()
        streets = sorted(
            (json.dumps(line), pupils) for line, pupils in plan.streets.values_list("line", "pupils")
        )
        fixes = list(plan.fixes.values_list("where", "countermeasure", "frees"))
        return plan.pupils, plan.sheds, plan.tolerable, fixes, streets

    before = shown()
    assert any(pupils for _line, pupils in before[-1])
    # As many pupils, but one lives where another did: neither a number nor a street may come, go or move.
    rows[mover][2:] = rows[to][2:]
    done = actions.plan_ways(pupils=file_of(rows), by=planner, at=at + timedelta(days=9))
    assert [one.outcome for one in done.sites] == [Outcome.PLANNED]
    assert shown() == before


def test_a_plan_is_held_against_every_plan_of_the_year_and_not_the_last_alone(
    network: StreetNetwork, oak: Campus, planner: Viewer, at: datetime
) -> None:
    def plan(rows: list[list[str]], **given: Any) -> dict[str, int]:
        actions.plan_ways(pupils=file_of(rows), by=planner, at=at, **given)
        plan = SchoolPlan.objects.get()
        shown = plan.streets.filter(pupils__isnull=False).values_list("line", "pupils")
        sheds = {f"within {one['minutes']}": one["pupils"] for one in plan.sheds if one["pupils"] is not None}
        return {json.dumps(line): pupils for line, pupils in shown} | sheds | {"all": plan.pupils}

    rows = rows_of(pupils_file([oak]))
    ever = [plan(rows)]
    moved = [list(row) for row in rows]
    moved[1][2:] = rows[200][2:]
    # A number must not move by few by asking again, over another detour, or after many left.
    for asked, given in (
        (moved, {}), (moved, {}), (moved, {"detour": 1.0}), (moved, {}), (rows[:-12], {}), (rows[:-1], {}),
    ):  # fmt: skip
        told = plan(asked, **given)
        for before in ever:
            for key in told.keys() & before.keys():
                assert abs(told[key] - before[key]) not in range(1, 11), key
        ever.append(told)
    assert ever[5]["all"] == ever[0]["all"] - 12
    assert ever[6] == ever[5]


def test_who_lives_far_from_every_street_is_told_and_left_out(
    network: StreetNetwork, oak: Campus, planner: Viewer, at: datetime
) -> None:
    rows = [*rows_of(pupils_file([oak])), ["far", "oak", "-121.30", "38.53"]]
    done = actions.plan_ways(pupils=file_of(rows), by=planner, at=at)
    assert done.off_network == 1
    assert SchoolPlan.objects.get().pupils == len(rows) - 2


def test_few_pupils_are_not_planned_for(
    network: StreetNetwork, oak: Campus, planner: Viewer, at: datetime
) -> None:
    done = actions.plan_ways(pupils=file_of(rows_of(pupils_file([oak]))[:11]), by=planner, at=at)
    assert [one.outcome for one in done.sites] == [Outcome.FEW]
    assert not SchoolPlan.objects.exists()


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ("p1,nowhere school,-121.47,38.53", "row 2, school: no school has this id"),
        ("p1,oak,12 Elm Street,38.53", "row 2, lon: is no number of degrees"),
        ("p1,oak,38.53,-121.47", "row 2, lon, lat: longitude and latitude look swapped"),
        ("p1,oak,-121.47,38.53\np1,oak,-121.47,38.53", "row 3, id: stands in row 2 already"),
        ("p1,oak,-121.47", "row 2, whole row: there are 3 fields under 4 headings"),
    ],
)
def test_a_wrong_row_is_named_without_its_values(
    network: StreetNetwork, planner: Viewer, at: datetime, row: str, told: str
) -> None:
    with pytest.raises(actions.RouteRefused) as refused:
        actions.plan_ways(pupils=f"id,school,lon,lat\n{row}".encode(), by=planner, at=at)
    assert told in str(refused.value)
    for value in ("p1", "nowhere", "Elm", "38.53", "121.47"):
        assert value not in str(refused.value)
    assert not SchoolPlan.objects.exists()


def test_a_planner_of_one_site_plans_for_that_alone(
    network: StreetNetwork, oak: Campus, elm: Campus, person: Any, at: datetime
) -> None:
    with pytest.raises(actions.RouteRefused, match="no school has this id"):
        actions.plan_ways(pupils=pupils_file([oak]), by=person("safe_routes", [elm]), at=at)


def test_without_a_network_nothing_is_planned(oak: Campus, planner: Viewer, at: datetime) -> None:
    with pytest.raises(actions.RouteRefused, match="schoolward routes use FOLDER"):
        actions.plan_ways(pupils=pupils_file([oak]), by=planner, at=at)


# Barriers


def barrier_at_a_street(network: StreetNetwork, oak: Campus, planner: Viewer, at: datetime) -> Barrier:
    """An urgent barrier in front of the school, on its own street."""
    made = queries.streets_of(network)
    met = queries.snapper(network).snap([oak.longitude], [oak.latitude])
    a, b = made.network.ends[met.edge[0]]
    return actions.report_barrier(
        campus_id=oak.pk,
        kind="crossing",
        title="A ditch",
        place="Before the school",
        longitude=float((made.network.longitude[a] + made.network.longitude[b]) / 2),
        latitude=float((made.network.latitude[a] + made.network.latitude[b]) / 2),
        severity="urgent",
        time_of_day="morning",
        by=planner,
        at=at,
    )


def test_an_open_barrier_makes_its_street_harder_in_its_hours(
    network: StreetNetwork, oak: Campus, planner: Viewer, at: datetime
) -> None:
    calm = queries.streets_under(network, queries.conditions(at.date())).network
    barrier = barrier_at_a_street(network, oak, planner, at)
    hard = queries.streets_under(network, queries.conditions(at.date())).network
    assert (hard.crossing_m - calm.crossing_m).sum() == pytest.approx(METRES["urgent"])
    barrier.time_of_day = "dark"
    barrier.save()
    again = queries.streets_under(network, queries.conditions(at.date())).network
    np.testing.assert_array_equal(again.crossing_m, calm.crossing_m)


def test_a_barrier_gone_is_a_fix_and_leads_to_it(
    network: StreetNetwork, oak: Campus, planner: Viewer, at: datetime
) -> None:
    barrier = barrier_at_a_street(network, oak, planner, at)
    found = queries.conditions(at.date())
    made = queries.streets_under(network, found)
    fixes = queries.mendable(made, queries.model_of(network), queries.snapper(network), found.barriers)
    assert fixes[0].barrier == barrier
    assert fixes[0].countermeasure == "crosswalk"
    without = queries.streets_of(network).network.crossing_m[fixes[0].fix.edges]
    np.testing.assert_allclose(fixes[0].fix.crossing_m, without)


# Questions


def test_a_closed_street_touches_those_who_walk_it(
    network: StreetNetwork, oak: Campus, planner: Viewer, at: datetime
) -> None:
    assert oak.longitude is not None
    assert oak.latitude is not None
    there = {"longitude": oak.longitude, "latitude": oak.latitude}
    answer = actions.ask_about_change(pupils=pupils_file([oak]), change="closed", by=planner, at=at, **there)
    assert answer.touched is not None
    assert answer.touched >= 11
    assert [one.name for one in answer.sites] == ["Oak"]
    assert not SchoolPlan.objects.exists()
    with pytest.raises(actions.RouteRefused, match="no street within 100 meters"):
        actions.ask_about_change(
            pupils=pupils_file([oak]), change="closed", longitude=-120.0, latitude=38.0, by=planner, at=at
        )


def test_a_signal_makes_nobodys_way_harder(
    network: StreetNetwork, oak: Campus, planner: Viewer, at: datetime
) -> None:
    actions.plan_ways(pupils=pupils_file([oak]), by=planner, at=at)
    fix = PlannedFix.objects.filter(countermeasure="signal").first()
    assert fix is not None
    answer = actions.ask_about_change(
        pupils=pupils_file([oak]),
        change="signal",
        longitude=fix.longitude,
        latitude=fix.latitude,
        by=planner,
        at=at,
    )
    assert answer.place == fix.where
    assert all(one.change_m is None or one.change_m <= 0 for one in answer.sites)
