"""The nodes of a compiled form with what every session needs to know of them."""

from __future__ import annotations

from typing import Any


class Layout:
    """Children, ancestors and repeats by node number."""

    def __init__(self, nodes: list[dict[str, Any]]) -> None:
        self.nodes = nodes
        self.names: list[str] = [node["name"] for node in nodes]
        self.kinds: list[str] = [node["kind"] for node in nodes]
        self.types: list[str] = [node.get("type", "string") for node in nodes]
        self.parents: list[int] = [node.get("parent", -1) for node in nodes]
        self.children: list[list[int]] = [[] for _ in nodes]
        self.repeats: list[tuple[int, ...]] = []
        for number in range(len(nodes)):
            parent = self.parents[number]
            if parent >= 0:
                self.children[parent].append(number)
            around = self.repeats[parent] if parent >= 0 else ()
            self.repeats.append((*around, number) if self.kinds[number] == "repeat" else around)
        self.by_name: list[dict[str, int]] = [
            {self.names[child]: child for child in children} for children in self.children
        ]

    def chain(self, top: int, bottom: int) -> tuple[int, ...]:
        """The nodes on the way down from ``top`` (not in it) to ``bottom`` (in it)."""
        found: list[int] = []
        while bottom != top:
            found.append(bottom)
            bottom = self.parents[bottom]
        return tuple(reversed(found))

    def number_at(self, path: str) -> int | None:
        """The node at a path without positions."""
        return next((number for number, node in enumerate(self.nodes) if node["path"] == path), None)
