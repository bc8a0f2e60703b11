"""Fixes worth trying: none that frees enough is passed over, and what is told gives nobody away."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from schoolward.analysis.disclosure import SuppressionPolicy
from schoolward.analysis.routing.chains import Places
from schoolward.analysis.routing.fix_search import find_fixes, show_fixes
from schoolward.analysis.routing.fixes import Fix, Tolerance, free_by_fixes
from schoolward.analysis.routing.making import StreetNetwork, make
from schoolward.analysis.routing.mending import Mend, crossing_mends, pavement_mends
from schoolward.analysis.routing.planning import Laid
from schoolward.analysis.routing.routes import Trip
from schoolward.analysis.routing.snapping import snap
from schoolward.analysis.routing.stress_model import stress_model
from unit.analysis.routing.drawn import position, small_town

MODEL = stress_model()
TOLERANCE = Tolerance(minutes=9, factor=1.4, crossing_m=30)


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> StreetNetwork:
    return make(small_town().write(tmp_path_factory.mktemp("town") / "town.osm"))


def trip_of(town: StreetNetwork, schools: list[tuple[float, float]], pupils: int) -> Trip:
    chance = np.random.default_rng(3)

    def places(points: np.ndarray) -> Places:
        met = snap(town.network, *np.array([position(*point) for point in points]).T)
        return Places(met.edge, met.fraction)

    return Trip(
        places(np.array(schools)),
        places(chance.random((pupils, 2)) * 600),
        chance.integers(0, len(schools), pupils).astype(np.int32),
    )


def mends_of(town: StreetNetwork) -> list[Mend]:
    return [*crossing_mends(town, MODEL), *pavement_mends(town, MODEL)]


@pytest.mark.parametrize("least", [1, 6])
def test_no_fix_that_frees_enough_is_passed_over(town: StreetNetwork, least: int) -> None:
    laid, trip, mends = Laid.of(town.network), trip_of(town, [(310, 590), (20, 10)], 120), mends_of(town)
    found = find_fixes(laid, trip, mends, TOLERANCE, least=least)
    fixes = [Fix(str(number), one.edges, one.factor, one.crossing_m) for number, one in enumerate(mends)]
    every = free_by_fixes(town.network, laid.chains, trip, TOLERANCE, fixes)
    wanted = {freed.fix.name: freed.pupils.tolist() for freed in every if len(freed.pupils) >= least}
    got = {
        str(next(place for place, one in enumerate(mends) if one is mend)): pupils.tolist()
        for mend, pupils in zip(found.mends, found.freed, strict=True)
        if len(pupils) >= least
    }
    assert got == wanted
    assert wanted
    sizes = [len(pupils) for pupils in found.freed]
    assert sizes == sorted(sizes, reverse=True)
    assert (found.now.can <= found.near).all()


def test_a_mend_that_makes_nothing_tolerable_is_not_tried(town: StreetNetwork) -> None:
    laid, trip = Laid.of(town.network), trip_of(town, [(310, 590)], 40)
    easy = Tolerance(minutes=9, factor=100, crossing_m=10_000)
    found = find_fixes(laid, trip, mends_of(town), easy, least=1)
    assert (found.tried, found.mends) == (0, ())
    assert np.array_equal(found.now.can, found.near)


def test_numbers_that_would_give_few_away_are_left_out(town: StreetNetwork) -> None:
    laid, trip = Laid.of(town.network), trip_of(town, [(310, 590), (20, 10)], 120)
    found = find_fixes(laid, trip, mends_of(town), TOLERANCE, least=1)
    policy = SuppressionPolicy()
    shown = show_fixes(found, policy)
    sets = [found.now.can, found.near]
    numbers = [shown.can_walk, shown.near_enough]
    for pupils, frees in zip(found.freed, shown.frees, strict=True):
        member = np.zeros(120, bool)
        member[pupils] = True
        sets.append(member)
        numbers.append(frees)
    visible = [member for member, number in zip(sets, numbers, strict=True) if number is not None]
    groups = np.unique(np.stack(visible), axis=1, return_counts=True)[1] if visible else [120]
    assert min(groups) >= policy.threshold
    for number, member in zip(numbers, sets, strict=True):
        assert number in (None, int(member.sum()))


def test_progress_is_told(town: StreetNetwork, tmp_path: Path) -> None:
    told: list[tuple[int, int | None]] = []
    found = find_fixes(
        Laid.of(town.network),
        trip_of(town, [(310, 590)], 40),
        mends_of(town),
        TOLERANCE,
        least=1,
        tell=lambda done, of, _: told.append((done, of)),
    )
    assert told == [(number + 1, found.tried) for number in range(found.tried)]
