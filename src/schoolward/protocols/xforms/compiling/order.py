"""In which order facets are evaluated, and which of them go round in circles."""

from __future__ import annotations

import heapq
from dataclasses import dataclass, field

from schoolward.protocols.xforms.definition import FACETS
from schoolward.protocols.xforms.xpath import Expression

from .reads import Place, Tree


@dataclass
class Facet:
    """One thing to compute of one node. ``cycle`` is the number of the circle that it is part of, from 1."""

    node: int
    name: str
    expression: Expression
    reads: list[Place]
    cycle: int = 0
    certain_cycle: bool = field(default=False, compare=False)
    """Whether it depends on itself in the same instance, and not on another one's."""


def in_order(tree: Tree, facets: list[Facet]) -> list[Facet]:
    """The facets such that each comes after all that it depends on; circles are marked and stay together."""
    facets = sorted(facets, key=lambda facet: (facet.node, FACETS.index(facet.name)))
    edges = _Edges(tree, facets).all()
    components = _components(edges)
    of_facet = {one: number for number, component in enumerate(components) for one in component}
    cycles = 0
    for component in components:
        if len(component) > 1 or component[0] in edges[component[0]]:
            cycles += 1
            for one in component:
                facets[one].cycle = cycles
                # An edge to a place that shares every repeat stays in the same instance.
                facets[one].certain_cycle = _is_certain(tree, facets, component)
    waiting = [0] * len(components)
    after: list[set[int]] = [set() for _ in components]
    for one, followers in enumerate(edges):
        for other in followers:
            if of_facet[one] != of_facet[other] and of_facet[other] not in after[of_facet[one]]:
                after[of_facet[one]].add(of_facet[other])
                waiting[of_facet[other]] += 1
    ready = [(min(component), number) for number, component in enumerate(components) if not waiting[number]]
    heapq.heapify(ready)
    ordered: list[Facet] = []
    while ready:
        _, number = heapq.heappop(ready)
        ordered += [facets[one] for one in sorted(components[number])]
        for other in after[number]:
            waiting[other] -= 1
            if not waiting[other]:
                heapq.heappush(ready, (min(components[other]), other))
    return ordered


def _is_certain(tree: Tree, facets: list[Facet], component: list[int]) -> bool:
    nodes = {facets[one].node for one in component}
    return all(
        shared >= min(tree.depth(facets[one].node), tree.depth(read))
        for one in component
        for read, shared in facets[one].reads
        if read in nodes
    )


class _Edges:
    """Which facet must be evaluated before which."""

    def __init__(self, tree: Tree, facets: list[Facet]) -> None:
        self._tree = tree
        self._facets = facets
        self._at = {(facet.node, facet.name): number for number, facet in enumerate(facets)}

    def all(self) -> list[set[int]]:
        """For each facet those that come after it."""
        edges: list[set[int]] = [set() for _ in self._facets]
        for number, facet in enumerate(self._facets):
            for provider in self._before(facet):
                edges[provider].add(number)
        return edges

    def _before(self, facet: Facet) -> set[int]:
        tree = self._tree
        found: set[int] = set()
        own = self._at[(facet.node, facet.name)]
        for read, shared in facet.reads:
            givers = self._givers(read)
            # What a calculation last gave may be read by itself; that is not a circle.
            if read == facet.node and shared == tree.depth(read) and facet.name == "calculate":
                givers.discard(own)
            found |= givers
        for above in (facet.node, *tree.ancestors(facet.node)):
            if facet.name == "calculate" and (above, "relevant") in self._at:
                found.add(self._at[above, "relevant"])
            if (above, "count") in self._at and (above, "count") != (facet.node, facet.name):
                found.add(self._at[above, "count"])
        return found

    def _givers(self, node: int) -> set[int]:
        """What must be known before a node can be read."""
        wanted = [(node, "calculate"), (node, "items")]
        for above in (node, *self._tree.ancestors(node)):
            wanted += [(above, "relevant"), (above, "count")]
        return {self._at[key] for key in wanted if key in self._at}


def _components(edges: list[set[int]]) -> list[list[int]]:
    """Strongly connected components (Tarjan), without recursion."""
    index: dict[int, int] = {}
    low: dict[int, int] = {}
    stack: list[int] = []
    on_stack: set[int] = set()
    found: list[list[int]] = []
    for root in range(len(edges)):
        if root in index:
            continue
        path = [(root, iter(sorted(edges[root])))]
        index[root] = low[root] = len(index)
        stack.append(root)
        on_stack.add(root)
        while path:
            one, followers = path[-1]
            for other in followers:
                if other not in index:
                    index[other] = low[other] = len(index)
                    stack.append(other)
                    on_stack.add(other)
                    path.append((other, iter(sorted(edges[other]))))
                    break
                if other in on_stack:
                    low[one] = min(low[one], index[other])
            else:
                path.pop()
                if path:
                    low[path[-1][0]] = min(low[path[-1][0]], low[one])
                if low[one] == index[one]:
                    component = []
                    while True:
                        other = stack.pop()
                        on_stack.discard(other)
                        component.append(other)
                        if other == one:
                            break
                    found.append(component)
    return found
