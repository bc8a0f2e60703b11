"""Nodes that expressions walk over: the filled instance, and the secondary instances beside it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

NOT_YET = object()
"""A number that has not been read from its text so far."""


class Instance:
    """One element of the primary instance.

    ``base`` is the stored value, ``value`` what is read: ``""`` where it is not relevant. ``kids`` holds for
    each child node its instance, or the list of its instances. ``around`` are the repeat instances that it
    lies in, outermost first, itself included.
    """

    __slots__ = (
        "around",
        "base",
        "constraint",
        "gone",
        "is_relevant",
        "items",
        "kids",
        "live",
        "node",
        "number",
        "parent",
        "readonly",
        "required",
        "value",
    )

    def __init__(self, node: int, parent: Instance | None, *, is_repeat: bool = False) -> None:
        self.node = node
        self.parent: Instance | None = parent
        self.kids: dict[int, Instance | list[Instance]] = {}
        above = () if parent is None else parent.around
        self.around: tuple[Instance, ...] = (*above, self) if is_repeat else above
        self.base = ""
        self.value = ""
        self.number: Any = NOT_YET
        self.is_relevant = True
        self.live = True
        self.required = False
        self.readonly = False
        self.constraint = True
        self.items: list[str] | None = None
        self.gone = False

    def children(self) -> Iterator[Instance]:
        """The children in the order of the form."""
        for kid in self.kids.values():
            if isinstance(kid, list):
                yield from kid
            else:
                yield kid

    def everything(self) -> Iterator[Instance]:
        """This one and all below it, in document order."""
        yield self
        for child in self.children():
            yield from child.everything()


class StaticNode:
    """One element of a secondary instance; ``name`` is ``""`` for the node above its root."""

    __slots__ = ("attributes", "children", "name", "number", "parent", "text")

    def __init__(self, name: str, parent: StaticNode | None) -> None:
        self.name = name
        self.parent = parent
        self.children: list[StaticNode] = []
        self.attributes: dict[str, str] = {}
        self.text = ""
        self.number: Any = NOT_YET


class Attribute(StaticNode):
    """An attribute of a secondary instance's element."""

    __slots__ = ()


Node = Instance | StaticNode


def static_tree(element: list[Any]) -> StaticNode:
    """The node above a root that the compiled form describes as an element."""
    top = StaticNode("", None)
    top.children = [_static(element, top)]
    top.text = top.children[0].text
    return top


def _static(element: list[Any], parent: StaticNode) -> StaticNode:
    node = StaticNode(element[0], parent)
    content = element[1]
    node.attributes = element[2] if len(element) > 2 else {}
    if isinstance(content, str):
        node.text = content
    else:
        node.children = [_static(child, node) for child in content]
        node.text = "".join(child.text for child in node.children)
    return node
