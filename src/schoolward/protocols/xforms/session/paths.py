"""Location paths as Python functions: a node and an environment in, a list of nodes out."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from .environment import Environment
from .layout import Layout
from .tree import Attribute, Document, Instance, Node, StaticNode

Nodes = Callable[[Any, Environment], list[Any]]
One = Callable[[Any, Environment], Any]


def direct(
    layout: Layout, expression: list[Any], context: int | None, origin: int | None
) -> tuple[One, int] | None:
    """A path that certainly leads to one value or group of the primary instance, and to which; or ``None``.

    ``context`` is the context node, ``origin`` what ``current()`` gives; ``None`` where it is not known.
    """
    if expression[0] != "path" or any(len(step) > 2 for step in expression[2:]):
        return None
    start, steps = expression[1], list(expression[2:])
    if start == "/":
        if not steps or steps[0] != ["child", layout.names[0]]:
            return None
        target, steps, up = 0, steps[1:], -1
    else:
        known = context if start == "." else origin if start == ["call", "current"] else None
        if known is None:
            return None
        target, up = known, 0
    down: list[int] = []
    for axis, test in steps:
        if axis == "self" and test == "node()":
            continue
        if axis == "parent" and test == "node()":
            if layout.parents[target] < 0:
                return None
            target = layout.parents[target]
            if down:
                down.pop()
            elif up >= 0:
                up += 1
        elif axis == "child" and test in layout.by_name[target]:
            target = layout.by_name[target][test]
            if layout.kinds[target] == "repeat":
                return None
            down.append(target)
        else:
            return None
    return _direct(layout, target, up, tuple(down), start), target


def _direct(layout: Layout, target: int, up: int, down: tuple[int, ...], start: Any) -> One:
    if not layout.repeats[target]:
        return lambda _node, env: env.session.singles[target]
    is_current = start != "."
    if len(down) == 1 and up == 1 and not is_current:
        only = down[0]
        return lambda node, _env: node.parent.kids[only]

    def find(node: Any, env: Environment) -> Any:
        if is_current:
            node = env.current
        for _ in range(up):
            node = node.parent
        for number in down:
            node = node.kids[number]
        return node

    return find


def step(layout: Layout, axis: str, test: str) -> Callable[[Any], list[Any]]:
    """One step without predicates: from a node to the nodes that it reaches, in document order."""
    walk = _AXES[axis]
    if axis == "child" and test not in ("*", "node()", "text()"):

        def named(node: Any) -> list[Any]:
            if isinstance(node, Instance):
                number = layout.by_name[node.node].get(test)
                if number is None:
                    return []
                kid = node.kids.get(number, [])
                return kid if isinstance(kid, list) else [kid]
            if isinstance(node, Document):
                return [node.root] if layout.names[0] == test else []
            return [child for child in node.children if child.name == test]

        return named
    if test == "node()":
        return lambda node: list(walk(node))
    if test == "text()":
        # The text of an element is its value: there are no text nodes of their own.
        return lambda node: [each for each in (node,) if not _has_children(each)]

    def tested(node: Any) -> list[Any]:
        return [each for each in walk(node) if test == "*" or _name(layout, each) == test]

    return tested


def _name(layout: Layout, node: Any) -> str:
    if isinstance(node, Instance):
        return layout.names[node.node]
    return "" if isinstance(node, Document) else str(node.name)


def _has_children(node: Any) -> bool:
    return (
        bool(node.kids) if isinstance(node, Instance) else isinstance(node, Document) or bool(node.children)
    )


def children(node: Any) -> Iterator[Any]:
    """The elements directly in a node."""
    if isinstance(node, Instance):
        yield from node.children()
    elif isinstance(node, Document):
        yield node.root
    else:
        yield from node.children


def _descendants(node: Any) -> Iterator[Any]:
    for child in children(node):
        yield child
        yield from _descendants(child)


def _parent(node: Any) -> Iterator[Any]:
    if not isinstance(node, Document) and node.parent is not None:
        yield node.parent


def _ancestors(node: Any) -> Iterator[Any]:
    found = []
    for above in _parent(node):
        while above is not None:
            found.append(above)
            above = above.parent
    yield from reversed(found)


def _siblings(node: Any, *, after: bool) -> Iterator[Any]:
    for above in _parent(node):
        passed = False
        for each in children(above):
            if each is node:
                passed = True
            elif passed == after:
                yield each


def _attributes(node: Any) -> Iterator[Any]:
    if isinstance(node, StaticNode):
        for name, text in node.attributes.items():
            attribute = Attribute(name, node)
            attribute.text = text
            yield attribute


_AXES: dict[str, Callable[[Any], Iterator[Any]]] = {
    "child": children,
    "parent": _parent,
    "self": lambda node: iter((node,)),
    "descendant": _descendants,
    "descendant-or-self": lambda node: iter((node, *_descendants(node))),
    "ancestor": _ancestors,
    "ancestor-or-self": lambda node: iter((*_ancestors(node), node)),
    "following-sibling": lambda node: _siblings(node, after=True),
    "preceding-sibling": lambda node: _siblings(node, after=False),
    "attribute": _attributes,
}


def unique(nodes: list[Any]) -> list[Any]:
    """Each node once, where it came first."""
    return list(dict.fromkeys(nodes)) if len(nodes) > 1 else nodes


def position_among_namesakes(node: Node) -> float:
    """The place of a node among the siblings of its name that stand directly before it."""
    if isinstance(node, Instance):
        if node.parent is None:
            return 1.0
        siblings = node.parent.kids.get(node.node)
        return float(siblings.index(node) + 1) if isinstance(siblings, list) and node in siblings else 1.0
    if isinstance(node, Document):
        return 1.0
    place = 1
    for sibling in reversed(list(_siblings(node, after=False))):
        if sibling.name != node.name:
            break
        place += 1
    return float(place)
