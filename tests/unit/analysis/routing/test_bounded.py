"""The safest route that is not too long is the one that trying every route finds."""

from __future__ import annotations

import itertools
import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from schoolward.analysis.routing.bounded import find_bounded_routes
from schoolward.analysis.routing.chains import fold, places_at_nodes, weigh
from schoolward.analysis.routing.routes import Trip, read_along, route_nodes
from unit.analysis.routing.streets import Case, Graph, cases, grid, network, places, split


def every_way(graph: Graph, here: int, end: int, seen: frozenset[int]) -> list[tuple[float, float]]:
    """Stress and length of every way without a node twice."""
    if here == end:
        return [(0.0, 0.0)]
    return [
        (stress + cost[0], length + cost[1])
        for there, cost in graph[here]
        if there not in seen and cost[0] < math.inf
        for stress, length in every_way(graph, there, end, seen | {there})
    ]


@given(case=cases(pupils=4, schools=2, closed=True), detour=st.sampled_from([1.0, 1.1, 1.3, 2.0]))
@settings(max_examples=150, deadline=None)
def test_it_is_the_best_of_all_that_are_short_enough(case: Case, detour: float) -> None:
    chains = fold(case.network)
    stress, length = weigh(chains, case.network.stress), weigh(chains, case.network.length_m)
    found = find_bounded_routes(chains, stress, length, case.trip, detour=detour)
    count = len(case.network.node_ids)
    for pupil, school in enumerate(case.trip.school_of.tolist()):
        at = [
            (int(where.edge[place]), float(where.fraction[place]))
            for where, place in ((case.trip.pupils, pupil), (case.trip.schools, school))
        ]
        graph = split(case.network, [case.network.stress, case.network.length_m], *at)
        ways = every_way(graph, count, count + 1, frozenset({count}))
        shortest = min((length for _, length in ways), default=math.inf)
        assert found.shortest_m[pupil] == pytest.approx(shortest)
        best = min(
            (stress for stress, length in ways if length <= shortest * detour + 1e-9), default=math.inf
        )
        assert found.routes.cost[pupil] == pytest.approx(best)
        assert found.freely[pupil] == pytest.approx(min((stress for stress, _ in ways), default=math.inf))
        if ways:
            assert found.route_m[pupil] <= shortest * detour + 1e-6
    assert read_along(chains, stress, case.trip, found.routes).tolist() == pytest.approx(
        found.routes.cost.tolist()
    )
    assert found.gap.tolist() == [0.0] * len(found.gap)


def city(side: int, pupils: int) -> Case:
    """A grid with two schools."""
    made = grid(side, seed=3)
    chance = np.random.default_rng(4)
    school_of = (np.arange(pupils) % 2).astype(np.int32)
    everywhere = np.arange(len(made.node_ids))
    return Case(
        made,
        Trip(
            places_at_nodes(made, chance.choice(everywhere, 2)),
            places_at_nodes(made, chance.choice(everywhere, pupils)),
            school_of,
        ),
    )


def test_where_labels_run_out_the_answer_says_within_what_it_is_proven() -> None:
    case = city(24, 40)
    chains = fold(case.network)
    stress, length = weigh(chains, case.network.stress), weigh(chains, case.network.length_m)
    exact = find_bounded_routes(chains, stress, length, case.trip, detour=1.05)
    rough = find_bounded_routes(chains, stress, length, case.trip, detour=1.05, most_labels=20)
    assert np.all(exact.gap == 0)
    assert np.any(rough.gap > 0)
    slack = 1e-9 * exact.routes.cost
    assert np.all(rough.proven <= exact.routes.cost + slack)
    assert np.all(exact.routes.cost <= rough.routes.cost + slack)
    assert np.all(rough.route_m <= 1.05 * rough.shortest_m * (1 + 1e-6))
    first, nodes = route_nodes(chains, case.trip, exact.routes)
    assert len(nodes) == first[-1]


def test_more_detour_is_never_more_stress() -> None:
    case = city(10, 40)
    chains = fold(case.network)
    stress, length = weigh(chains, case.network.stress), weigh(chains, case.network.length_m)
    costs = [
        find_bounded_routes(chains, stress, length, case.trip, detour=detour).routes.cost
        for detour in (1.0, 1.1, 1.2, 1.5, 9.0)
    ]
    for one, other in itertools.pairwise(costs):
        assert np.all(other <= one * (1 + 1e-9))
    freely = find_bounded_routes(chains, stress, length, case.trip, detour=9.0)
    assert freely.routes.cost.tolist() == pytest.approx(freely.freely.tolist())


def test_what_cannot_be_asked() -> None:
    made = network([(0, 1)])
    chains = fold(made)
    laid = weigh(chains, made.stress)
    trip = Trip(places([(0, 0.0)]), places([(0, 1.0)]), np.array([0], np.int32))
    with pytest.raises(ValueError, match="no route is shorter"):
        find_bounded_routes(chains, laid, laid, trip, detour=0.99)
    with pytest.raises(ValueError, match="Room for 5"):
        find_bounded_routes(chains, laid, laid, trip, detour=1.3, most_labels=5)
