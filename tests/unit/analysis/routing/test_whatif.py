"""A change routes again exactly as if everybody had been routed anew."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from schoolward.analysis.routing.chains import fold, places_at_nodes, weigh
from schoolward.analysis.routing.routes import Trip, find_routes, read_along
from schoolward.analysis.routing.whatif import Change, changed_weights, what_if
from unit.analysis.routing.streets import Case, cases, grid, network, places


@given(case=cases(closed=True), data=st.data())
@settings(max_examples=150, deadline=None)
def test_it_is_what_routing_everybody_anew_finds(case: Case, data: st.DataObject) -> None:
    chains = fold(case.network)
    before_weights = weigh(chains, case.network.stress)
    before = find_routes(chains, before_weights, case.trip)
    edges = data.draw(st.lists(st.integers(0, len(case.network.ends) - 1), max_size=3, unique=True))
    costs = [data.draw(st.sampled_from([0.5, 3.0, 40.0, math.inf])) for _ in edges]
    change = Change(np.array(edges, np.int32), np.array(costs))
    found = what_if(chains, before_weights, case.trip, before, change)
    changed = case.network.stress
    changed[edges] = costs
    anew = find_routes(chains, weigh(chains, changed), case.trip)
    assert found.routes.cost.tolist() == pytest.approx(anew.cost.tolist())
    after = changed_weights(chains, before_weights, change)
    assert read_along(chains, after, case.trip, found.routes).tolist() == pytest.approx(anew.cost.tolist())
    for pupil, (one, other) in enumerate(zip(before.cost.tolist(), anew.cost.tolist(), strict=True)):
        same = one == other or one == pytest.approx(other)
        assert found.affected[pupil] == (not same)
        assert found.change[pupil] == (0 if same else pytest.approx(other - one))


def test_only_schools_near_the_change_are_routed_again() -> None:
    city = grid(12)
    # The crossings come first among the nodes; the schools stand in opposite corners.
    crossings = np.arange(144)
    trip = Trip(
        places_at_nodes(city, crossings[[0, 143]]),
        places_at_nodes(city, crossings[[1, 13, 142, 130]]),
        np.array([0, 0, 1, 1], np.int32),
    )
    chains = fold(city)
    laid = weigh(chains, city.stress)
    before = find_routes(chains, laid, trip)
    here = np.flatnonzero(np.any(city.ends == 0, axis=1))[:1].astype(np.int32)
    found = what_if(chains, laid, trip, before, Change(here, np.array([math.inf])))
    assert found.searched.tolist() == [0]
    nothing = what_if(chains, laid, trip, before, Change(here, city.stress[here]))
    assert nothing.searched.tolist() == []
    assert not nothing.affected.any()


def test_changes_that_are_none() -> None:
    with pytest.raises(ValueError, match="one cost for each"):
        Change(np.array([1], np.int32), np.array([1.0, 2.0]))
    with pytest.raises(ValueError, match="names an edge twice"):
        Change(np.array([1, 1], np.int32), np.array([1.0, 2.0]))
    with pytest.raises(ValueError, match="must cost something"):
        Change(np.array([1], np.int32), np.array([0.0]))
    made = network([(0, 1)])
    chains = fold(made)
    trip = Trip(places([(0, 0.0)]), places([(0, 1.0)]), np.array([0], np.int32))
    laid = weigh(chains, made.stress)
    shut = what_if(
        chains,
        laid,
        trip,
        find_routes(chains, laid, trip),
        Change(np.array([0], np.int32), np.array([math.inf])),
    )
    assert shut.change.tolist() == [math.inf]
