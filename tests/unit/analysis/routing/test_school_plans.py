"""What a school's plan shows, and that nobody can be found in it."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest
from numpy.typing import NDArray

from schoolward.analysis.disclosure import SuppressionPolicy
from schoolward.analysis.routing.chains import Places
from schoolward.analysis.routing.fixes import Fix, Tolerance
from schoolward.analysis.routing.planning import Laid
from schoolward.analysis.routing.routes import Trip
from schoolward.analysis.routing.school_plans import DETOURS, SchoolFigures, plan_schools
from unit.analysis.routing.streets import grid, network

CITY = grid(12, seed=3, kept=0.95)
LAID = Laid.of(CITY)
NAMES = (np.arange(len(CITY.ends)) % 7).astype(np.int32)
TOLERANCE = Tolerance(minutes=20, factor=2.5, crossing_m=20.0)
LEAST = SuppressionPolicy().threshold


def trip(*sizes: int, seed: int = 5) -> Trip:
    chance = np.random.default_rng(seed)
    count = sum(sizes)
    schools = Places(
        chance.integers(0, len(CITY.ends), len(sizes)).astype(np.int32), np.full(len(sizes), 0.5)
    )
    pupils = Places(chance.integers(0, len(CITY.ends), count).astype(np.int32), chance.random(count))
    return Trip(schools, pupils, np.repeat(np.arange(len(sizes)), sizes).astype(np.int32))


def planned(walks: Trip, fixes: list[Fix] | None = None) -> dict[int, SchoolFigures]:
    return plan_schools(
        LAID, NAMES, walks, detour=1.3, tolerance=TOLERANCE, fixes=fixes if fixes is not None else easier()
    )


def easier() -> list[Fix]:
    """Every hard crossing made easy, each by itself."""
    hard: NDArray[np.int64] = np.flatnonzero(CITY.crossing_m > TOLERANCE.crossing_m)
    return [
        Fix(f"{edge}", np.array([edge], np.int32), np.array([1.0]), np.array([0.0])) for edge in hard.tolist()
    ]


def test_schools_with_too_few_pupils_have_no_plan() -> None:
    found = planned(trip(LEAST - 1, 60, LEAST))
    assert sorted(found) == [1, 2]
    assert found[1].pupils == 60
    assert planned(trip(3, 4)) == {}


@pytest.mark.parametrize("seed", range(6))
def test_no_number_of_a_few_pupils_is_shown(seed: int) -> None:
    walks = trip(40, 25, 90, seed=seed)
    for school, told in planned(walks).items():
        counts = [count for _minutes, count in told.sheds if count is not None]
        steps = np.diff([0, *counts, told.pupils])
        assert all(step == 0 or step >= LEAST for step in steps), (school, told.sheds)
        for one in (told.can_walk, told.cannot_walk):
            assert one is None or one == 0 or one >= LEAST
        assert all(one.pupils is None or one.pupils >= LEAST for one in told.streets)
        assert all(one.frees is None or one.frees >= LEAST for one in told.fixes)
        assert all(
            told.cannot_walk - one.frees == 0 or told.cannot_walk - one.frees >= LEAST
            for one in told.fixes
            if one.frees is not None and told.cannot_walk is not None
        )


@pytest.mark.parametrize("seed", range(40))
def test_who_lives_near_and_cannot_walk_is_not_had_by_subtraction(seed: int) -> None:
    for told in planned(trip(60, 75, 110, seed=seed)).values():
        near = next(count for minutes, count in told.sheds if minutes >= TOLERANCE.minutes)
        if near is None or told.can_walk is None:
            continue
        rests = [near - told.can_walk, *(near - told.can_walk - (one.frees or 0) for one in told.fixes)]
        assert not any(0 < rest < LEAST for rest in rests)


def test_three_who_live_near_behind_a_hard_crossing_are_not_told() -> None:
    """60 at the school's own street, 3 across a hard road, 15 five kilometers away: 63 live within 20 minutes
    and 60 of them can walk.
    """
    town = network(
        [(0, 1), (1, 2), (2, 3), (3, 4), (4, 5)],
        length_m=[100.0, 20.0, 100.0, 5_000.0, 100.0],
        crossing_m=[0.0, 500.0, 0.0, 0.0, 0.0],
    )
    homes = np.repeat([0, 2, 4], [60, 3, 15]).astype(np.int32)
    walks = Trip(
        Places(np.zeros(1, np.int32), np.zeros(1)),
        Places(homes, np.full(len(homes), 0.5)),
        np.zeros(len(homes), np.int32),
    )
    names = np.zeros(5, np.int32)
    mended = Fix("island", np.array([1], np.int32), np.array([1.0]), np.array([0.0]))
    found = plan_schools(Laid.of(town), names, walks, detour=1.3, tolerance=TOLERANCE, fixes=[mended])[0]
    assert dict(found.sheds)[20] is None or found.can_walk is None


def test_the_fix_that_frees_most_comes_first_and_is_counted_right() -> None:
    walks = trip(300, seed=2)
    told = planned(walks)[0]
    shown = [one.frees for one in told.fixes if one.frees is not None]
    assert shown == sorted(shown, reverse=True)
    for one in told.fixes[:2]:
        fix = easier()[one.fix]
        crossing = np.array(CITY.crossing_m)
        crossing[fix.edges] = fix.crossing_m
        mended = Laid.of(dataclasses.replace(CITY, crossing_m=crossing))
        after = plan_schools(mended, NAMES, walks, detour=1.3, tolerance=TOLERANCE, fixes=[])[0]
        assert after.can_walk is not None
        assert told.can_walk is not None
        assert after.can_walk - told.can_walk == one.frees


def test_a_longer_walk_never_buys_more_stress() -> None:
    told = planned(trip(120))[0]
    assert [detour for detour, _length, _stress in told.trade_off] == list(DETOURS)
    stresses = [stress for _detour, _length, stress in told.trade_off]
    assert stresses == sorted(stresses, reverse=True)
    assert told.stress_m is not None
    assert told.shortest_stress_m is not None
    assert told.stress_m <= told.shortest_stress_m
    assert all(value % 10 == 0 for _detour, *means in told.trade_off for value in means)


def test_streets_without_a_number_do_not_depend_on_who_lives_there() -> None:
    walks = trip(80, seed=4)
    others = Trip(walks.schools, trip(80, seed=9).pupils, walks.school_of)

    def lines(told: SchoolFigures) -> set[tuple[tuple[float, float], ...]]:
        return {tuple(one.line) for one in told.streets}

    def counted(told: SchoolFigures) -> set[tuple[tuple[float, float], ...]]:
        return {tuple(one.line) for one in told.streets if one.pupils is not None}

    one, other = planned(walks)[0], planned(others)[0]
    assert lines(one) - counted(one) - counted(other) == lines(other) - counted(one) - counted(other)
