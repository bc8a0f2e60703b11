"""Routes over chains are the cheapest that a search over every edge finds, and lead where they say."""

from __future__ import annotations

import dataclasses
import itertools
import math
import os
import subprocess
import sys

import numpy as np
import pytest
from hypothesis import given, settings

from schoolward.analysis.routing import searching
from schoolward.analysis.routing.chains import Places, fold, places_at_nodes, weigh
from schoolward.analysis.routing.routes import NOWHERE, Trip, find_routes, read_along, route_nodes
from schoolward.analysis.routing.trees import full_tree
from unit.analysis.routing.streets import Case, cases, grid, network, places, slow_cost, split


@pytest.fixture(params=[True, False], ids=["numba", "scipy"])
def either_search(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Search with the compiled loop, or with scipy."""
    monkeypatch.setattr(searching, "COMPILES", request.param)


def slow_costs(case: Case, weights: np.ndarray) -> list[float]:
    """What every pupil's way costs, by the slow search."""
    found = []
    for pupil, school in enumerate(case.trip.school_of.tolist()):
        at = [
            (int(where.edge[place]), float(where.fraction[place]))
            for where, place in ((case.trip.pupils, pupil), (case.trip.schools, school))
        ]
        count = len(case.network.node_ids)
        found.append(slow_cost(split(case.network, [weights], *at), count, count + 1))
    return found


def test_chains_hold_every_edge_and_node_once_and_in_order() -> None:
    # A cross of three arms, one of them with two bends; a ring of three hangs on the cross; a ring stands
    # apart.
    ends = [(0, 1), (0, 2), (2, 3), (3, 4), (0, 5), (5, 6), (6, 0), (7, 8), (8, 9), (9, 7)]
    chains = fold(network(ends))
    assert sorted(chains.edges.tolist()) == list(range(10))
    assert {int(node) for node in chains.junctions} == {0, 1, 4, 7}
    for chain in range(len(chains.tail)):
        nodes = chains.nodes[chains.first[chain] + chain : chains.first[chain + 1] + chain + 1].tolist()
        edges = chains.edges[chains.first[chain] : chains.first[chain + 1]].tolist()
        assert [set(ends[edge]) for edge in edges] == [set(two) for two in itertools.pairwise(nodes)]
    # Rings have no arc, and the three arms lead to dead ends or back to the cross.
    assert len(chains.arc_head) == 4


@pytest.mark.usefixtures("either_search")
@given(case=cases(closed=True))
@settings(max_examples=150, deadline=None)
def test_every_route_is_the_cheapest_and_is_what_it_costs(case: Case) -> None:
    chains = fold(case.network)
    weights = case.network.stress
    laid = weigh(chains, weights)
    routes = find_routes(chains, laid, case.trip)
    expected = slow_costs(case, weights)
    assert routes.cost.tolist() == pytest.approx(expected)
    assert read_along(chains, laid, case.trip, routes).tolist() == pytest.approx(expected)
    first, nodes = route_nodes(chains, case.trip, routes)
    best: dict[tuple[int, int], float] = {}
    for (one, other), weight in zip(case.network.ends.tolist(), weights.tolist(), strict=True):
        for two in ((one, other), (other, one)):
            best[two] = min(weight, best.get(two, math.inf))

    def to_end(where: Places, place: int, node: int) -> float:
        edge, fraction = int(where.edge[place]), float(where.fraction[place])
        begin, end = case.network.ends[edge].tolist()
        parts = [part for part, at in ((fraction, begin), (1 - fraction, end)) if at == node]
        return min(part * weights[edge] if part else 0.0 for part in parts)

    for pupil, school in enumerate(case.trip.school_of.tolist()):
        walked = nodes[first[pupil] : first[pupil + 1]].tolist()
        if expected[pupil] == math.inf:
            assert routes.leaves[pupil] == NOWHERE
            assert walked == []
        elif walked:
            cost = to_end(case.trip.pupils, pupil, walked[0]) + to_end(case.trip.schools, school, walked[-1])
            cost += sum(best[two] for two in itertools.pairwise(walked))
            assert cost == pytest.approx(expected[pupil])
            assert len(set(walked)) == len(walked)
        else:
            assert case.trip.pupils.edge[pupil] == case.trip.schools.edge[school]


@pytest.mark.usefixtures("either_search")
@given(case=cases(pupils=0, schools=1, closed=True))
@settings(max_examples=60, deadline=None)
def test_a_full_tree_has_every_nodes_cost_and_the_node_before_it(case: Case) -> None:
    chains = fold(case.network)
    weights = case.network.stress
    tree = full_tree(chains, weigh(chains, weights), case.trip.schools)
    count = len(case.network.node_ids)
    school = (int(case.trip.schools.edge[0]), float(case.trip.schools.fraction[0]))
    graph = split(case.network, [weights], school)
    streets = split(case.network, [weights])
    for node in range(count):
        expected = slow_cost(graph, count, node)
        assert tree.cost[0, node] == pytest.approx(expected)
        before = int(tree.before[0, node])
        if expected == math.inf:
            assert before == -9999
        elif before >= 0:
            step = min(cost[0] for there, cost in streets[node] if there == before)
            assert tree.cost[0, before] + step == pytest.approx(expected)
        else:
            assert before == -1
            assert node in case.network.ends[school[0]]


def test_without_numba_the_answers_are_the_same() -> None:
    program = """
import numpy as np
from unit.analysis.routing.streets import grid
from schoolward.analysis.routing.chains import fold, places_at_nodes, weigh
from schoolward.analysis.routing.compiling import COMPILES
from schoolward.analysis.routing.routes import Trip, find_routes, route_nodes
city = grid(6)
trip = Trip(places_at_nodes(city, np.array([3, 20])), places_at_nodes(city, np.arange(40)), np.arange(40) % 2)
chains = fold(city)
routes = find_routes(chains, weigh(chains, city.stress), trip)
print(COMPILES, [cost.hex() for cost in routes.cost.tolist()], route_nodes(chains, trip, routes)[1].tolist())
"""
    told = []
    for switch in ("", "1"):
        environment = os.environ | {
            "SCHOOLWARD_NO_NUMBA": switch,
            "PYTHONPATH": os.pathsep.join(path for path in sys.path if path),
        }
        told.append(
            subprocess.run(
                [sys.executable, "-c", program], env=environment, capture_output=True, text=True, check=True
            ).stdout.split(" ", 1)
        )
    assert [one for one, _ in told] == ["True", "False"]
    assert told[0][1] == told[1][1]


def test_what_routes_nothing_brings_no_compiler_along() -> None:
    program = """
import sys
from schoolward.analysis.routing import bounded, planning, whatif
assert "numba" not in sys.modules
from schoolward.analysis.routing.loops import reaching
assert reaching.offsets.__name__ == "offsets"
import numpy as np
print(reaching.between(np.ones(2), 0, 0.5, 2.0), "numba" in sys.modules, hasattr(reaching.push, "signatures"))
"""
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}
    told = subprocess.run(
        [sys.executable, "-c", program], env=environment, capture_output=True, text=True, check=True
    ).stdout
    assert told == "1.5 True True\n"


def test_numba_that_may_write_nowhere_compiles_all_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    from schoolward.analysis.routing import compiling

    def njit(cache: bool = False):  # type: ignore[no-untyped-def]
        def make(loop):  # type: ignore[no-untyped-def]
            if cache:
                raise RuntimeError("cannot cache function: no locator available for file")
            return lambda *given: ("compiled", loop(*given))

        return make

    monkeypatch.setattr("numba.njit", njit)
    monkeypatch.setattr(compiling, "_waiting", [])
    assert compiling.compiled(lambda number: number + 1)(1) == ("compiled", 2)


def test_a_school_without_pupils_is_no_trouble_and_neither_is_nobody() -> None:
    city = grid(3)
    chains = fold(city)
    laid = weigh(chains, city.stress)
    nobody = Trip(places([(0, 0.5)]), places([]), np.zeros(0, np.int32))
    assert find_routes(chains, laid, nobody).cost.tolist() == []
    one = Trip(places([(0, 0.5), (1, 0.0)]), places([(0, 0.5)]), np.array([0], np.int32))
    assert find_routes(chains, laid, one).cost.tolist() == [0.0]


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"ends": np.array([(0, 0)], np.int32)}, "leave loops out"),
        ({"ends": np.array([(0, 7)], np.int32)}, "outside 0 to 1"),
    ],
)
def test_networks_that_are_none(change: dict[str, np.ndarray], says: str) -> None:
    with pytest.raises(ValueError, match=says):
        fold(dataclasses.replace(network([(0, 1)]), **change))


def test_costs_and_places_that_are_none() -> None:
    city = network([(0, 1), (1, 2)])
    chains = fold(city)
    with pytest.raises(ValueError, match="must cost something"):
        weigh(chains, np.array([1.0, 0.0]))
    with pytest.raises(ValueError, match="must cost something"):
        weigh(chains, np.array([1.0, np.nan]))
    with pytest.raises(ValueError, match="3 costs for 2 edges"):
        weigh(chains, np.ones(3))
    with pytest.raises(ValueError, match="from 0 to 1"):
        places([(0, 1.5)])
    with pytest.raises(ValueError, match="outside 0 to 0"):
        Trip(places([(0, 0.5)]), places([(0, 0.5)]), np.array([1], np.int32))
    with pytest.raises(ValueError, match="nobody can stand"):
        places_at_nodes(dataclasses.replace(city, node_ids=np.arange(4)), np.array([3]))
