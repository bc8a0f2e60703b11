"""Expressions as Python functions, made once a form: arrays in, functions of a node out.

A function is made for the kind of value that is wanted, so that ``../x = 'yes'`` costs one comparison.
"""

from __future__ import annotations

import operator
from collections.abc import Callable
from typing import Any

from schoolward.protocols.xforms.xpath import FUNCTIONS, may_be_nodes

from .environment import Environment, Evaluated
from .layout import Layout
from .numbers import NAN, quotient, remainder
from .paths import direct, step, unique
from .tree import Document
from .values import (
    equal,
    node_number,
    node_text,
    ordered,
    to_boolean,
    to_number,
    to_text,
    unequal,
)

_ARITHMETIC: dict[str, Callable[[float, float], float]] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "div": quotient,
    "mod": remainder,
}
_ORDER = {"<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge}


def kind_of(expression: list[Any]) -> str:
    """What an expression gives: nodes, string, number, boolean, or any of them."""
    name = expression[0]
    if name in ("path", "where", "|"):
        return "nodes"
    if name == "call":
        return FUNCTIONS[expression[1]].gives
    if name in ("str", "property"):
        return "string"
    return "number" if name in _ARITHMETIC or name in ("num", "neg") else "boolean"


class Closures:
    """Makes functions of the expressions of one form."""

    def __init__(self, layout: Layout, functions: dict[str, Callable[..., Evaluated]]) -> None:
        self.layout = layout
        self._functions = functions
        self._origin: int | None = None

    def begin(self, origin: int | None) -> None:
        """What is made from now on belongs to the node ``origin``: it is ``current()``."""
        self._origin = origin

    def _direct(self, expression: list[Any], context: int | None) -> tuple[Evaluated, int] | None:
        return direct(self.layout, expression, context, self._origin)

    def value(self, expression: list[Any], context: int | None) -> Evaluated:
        """The value as it is."""
        return self._of_kind(kind_of(expression), expression, context)

    def text(self, expression: list[Any], context: int | None) -> Evaluated:
        """The value as a text."""
        one = self._direct(expression, context)
        if one is not None:
            find, target = one
            if self.layout.kinds[target] == "value":
                return lambda node, env: find(node, env).value
            return lambda node, env: node_text(find(node, env))
        function = self.value(expression, context)
        return function if kind_of(expression) == "string" else lambda node, env: to_text(function(node, env))

    def number(self, expression: list[Any], context: int | None) -> Evaluated:
        """The value as a number."""
        one = self._direct(expression, context)
        if one is not None:
            find = one[0]
            return lambda node, env: node_number(find(node, env), env.offset)
        function = self.value(expression, context)
        if kind_of(expression) == "number":
            return function
        return lambda node, env: to_number(function(node, env), env.offset)

    def boolean(self, expression: list[Any], context: int | None) -> Evaluated:
        """The value as a boolean."""
        function = self.value(expression, context)
        return (
            function
            if kind_of(expression) == "boolean"
            else lambda node, env: to_boolean(function(node, env))
        )

    def nodes(self, expression: list[Any], context: int | None) -> Evaluated:
        """The value as a node set; an empty one where it is none."""
        if not may_be_nodes(expression):
            return lambda _node, _env: []
        function = self.value(expression, context)
        if kind_of(expression) == "nodes":
            return function

        def only_nodes(node: Any, env: Environment) -> Any:
            value = function(node, env)
            return value if isinstance(value, list) else []

        return only_nodes

    def _of_kind(self, kind: str, expression: list[Any], context: int | None) -> Evaluated:
        name = expression[0]
        if name == "call":
            return self._functions[expression[1]](self, expression[2:], context)
        if kind == "nodes":
            return self._node_set(expression, context)
        if name in ("num", "str"):
            constant = float(expression[1]) if name == "num" else expression[1]
            return lambda _node, _env: constant
        if name == "property":
            key = expression[1]
            return lambda _node, env: env.session.sources.properties.get(key, "")
        if kind == "number":
            return self._arithmetic(name, [self.number(part, context) for part in expression[1:]])
        if name in ("or", "and"):
            return self._logic(name, [self.boolean(part, context) for part in expression[1:]])
        return self._comparison(name, expression[1], expression[2], context)

    def _arithmetic(self, name: str, parts: list[Evaluated]) -> Evaluated:
        first = parts[0]
        if name == "neg":
            return lambda node, env: -first(node, env)
        operation = _ARITHMETIC[name]
        if len(parts) == 2:
            second = parts[1]
            return lambda node, env: operation(first(node, env), second(node, env))
        rest = parts[1:]

        def chained(node: Any, env: Environment) -> float:
            result = first(node, env)
            for part in rest:
                if result != result:
                    return NAN
                result = operation(result, part(node, env))
            return float(result)

        return chained

    def _logic(self, name: str, parts: list[Evaluated]) -> Evaluated:
        if name == "or":
            return lambda node, env: any(part(node, env) for part in parts)
        return lambda node, env: all(part(node, env) for part in parts)

    def _comparison(self, name: str, left: list[Any], right: list[Any], context: int | None) -> Evaluated:
        if name in _ORDER:
            return self._ordering(name, left, right, context)
        test = equal if name == "=" else unequal
        for one, other in ((left, right), (right, left)):
            found = self._direct(one, context)
            if found is None or self.layout.kinds[found[1]] != "value":
                continue
            find = found[0]
            kind = kind_of(other)
            if kind == "string":
                text = self.text(other, context)
                if name == "=":
                    return lambda node, env: find(node, env).value == text(node, env)
                return lambda node, env: find(node, env).value != text(node, env)
            if kind == "number":
                number = self.number(other, context)
                if name == "=":
                    return lambda node, env: node_number(find(node, env), env.offset) == number(node, env)
                return lambda node, env: node_number(find(node, env), env.offset) != number(node, env)
        first, second = self.value(left, context), self.value(right, context)
        return lambda node, env: test(first(node, env), second(node, env), env.offset)

    def _ordering(self, name: str, left: list[Any], right: list[Any], context: int | None) -> Evaluated:
        test = _ORDER[name]
        if all(not may_be_nodes(part) or self._direct(part, context) for part in (left, right)):
            one, other = self.number(left, context), self.number(right, context)
            return lambda node, env: test(one(node, env), other(node, env))
        first, second = self.value(left, context), self.value(right, context)
        return lambda node, env: ordered(first(node, env), second(node, env), test, env.offset)

    def _node_set(self, expression: list[Any], context: int | None) -> Evaluated:
        if expression[0] == "|":
            parts = [self.nodes(part, context) for part in expression[1:]]
            return lambda node, env: _in_document_order(
                unique([each for part in parts for each in part(node, env)])
            )
        if expression[0] == "where":
            inner = self.nodes(expression[1], context)
            predicates = [self._predicate(part) for part in expression[2:]]
            return lambda node, env: _filtered(inner(node, env), predicates, env)
        one = self._direct(expression, context)
        if one is not None:
            find = one[0]
            return lambda node, env: [find(node, env)]
        return self._path(expression, context)

    def _path(self, expression: list[Any], context: int | None) -> Evaluated:
        start = expression[1]
        begin = None if isinstance(start, str) else self.nodes(start, context)
        steps = [
            (step(self.layout, each[0], each[1]), [self._predicate(part) for part in each[2:]], each[0])
            for each in expression[2:]
        ]

        def walk(node: Any, env: Environment) -> list[Any]:
            if begin is not None:
                found = begin(node, env)
            else:
                found = [Document(env.session.root)] if start == "/" else [node]
            for take, predicates, axis in steps:
                if len(found) == 1:
                    taken = take(found[0])
                    found = _filtered(taken, predicates, env) if predicates else taken
                    continue
                reached: list[Any] = []
                for each in found:
                    taken = take(each)
                    reached += _filtered(taken, predicates, env) if predicates else taken
                found = reached if axis in ("child", "attribute") else unique(reached)
            return found

        return walk

    def _predicate(self, expression: list[Any]) -> tuple[Evaluated, bool]:
        """A predicate, and whether its result may be a number (a position)."""
        kind = kind_of(expression)
        if kind in ("number", "any"):
            return self.value(expression, None), True
        return self.boolean(expression, None), False


def _filtered(nodes: list[Any], predicates: list[tuple[Evaluated, bool]], env: Environment) -> list[Any]:
    for predicate, may_be_position in predicates:
        inner = Environment(env.session, env.current, 0, len(nodes))
        kept = []
        for position, node in enumerate(nodes, start=1):
            inner.position = position
            result = predicate(node, inner)
            if may_be_position and isinstance(result, float):
                if result == position:
                    kept.append(node)
            elif to_boolean(result):
                kept.append(node)
        nodes = kept
    return nodes


def _in_document_order(nodes: list[Any]) -> list[Any]:
    if len(nodes) < 2:
        return nodes
    top = nodes[0]
    while getattr(top, "parent", None) is not None:
        top = top.parent
    places = {id(node): place for place, node in enumerate(_all_below(top))}
    return sorted(nodes, key=lambda node: places.get(id(node), len(places)))


def _all_below(node: Any) -> list[Any]:
    found, waiting = [], [node]
    while waiting:
        one = waiting.pop()
        found.append(one)
        below = list(one.children()) if callable(one.children) else one.children
        waiting.extend(reversed(below))
    return found
