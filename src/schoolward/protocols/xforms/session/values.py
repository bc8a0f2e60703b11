"""Values of expressions and their conversions: node sets (lists), texts, numbers, booleans."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timezone
from typing import Any

from .moments import Moment, days_of, parse_moment
from .numbers import NAN, number_text, read_number
from .tree import NOT_YET, Instance, Node, StaticNode

Value = list[Node] | str | float | bool


def node_text(node: Node) -> str:
    """The value of a node; of a group what is below it."""
    if isinstance(node, StaticNode):
        return node.text
    if node.kids:
        return "".join(node_text(child) for child in node.children())
    return node.value


def text_number(text: str, offset: timezone) -> float:
    """The number that a text is: a plain number, or the days of a date or date-time."""
    number = read_number(text)
    if number == number:
        return number
    # A date is four digits and a hyphen at least; most texts are none.
    if len(text) >= 10 and text[4] == "-":
        moment = parse_moment(text, offset)
        if moment is not None:
            return days_of(moment)
    return NAN


def node_number(node: Node, offset: timezone) -> float:
    """The number that a node's value is; read once, until the value changes."""
    number = node.number
    if number is NOT_YET or (isinstance(node, Instance) and node.kids):
        number = node.number = text_number(node_text(node), offset)
    return float(number)


def to_text(value: Any) -> str:
    """A value as a text."""
    if isinstance(value, str):
        return value
    if value is True:
        return "true"
    if value is False:
        return "false"
    if isinstance(value, Moment):
        return value.text
    if isinstance(value, list):
        return node_text(value[0]) if value else ""
    return number_text(value)


def to_number(value: Any, offset: timezone) -> float:
    """A value as a number."""
    if isinstance(value, float):
        return value
    if isinstance(value, bool):
        return 1.0 if value else 0.0
    if isinstance(value, str):
        return text_number(value, offset)
    return node_number(value[0], offset) if value else NAN


def to_boolean(value: Any) -> bool:
    """A value as a boolean."""
    if isinstance(value, float):
        return value == value and value != 0
    return bool(value)


def equal(left: Any, right: Any, offset: timezone) -> bool:
    """``left = right``."""
    return _some(left, right, lambda one, other: _same(one, other, offset))


def unequal(left: Any, right: Any, offset: timezone) -> bool:
    """``left != right``: for node sets that some pair differs, not that none is equal."""
    return _some(left, right, lambda one, other: not _same(one, other, offset))


def ordered(left: Any, right: Any, test: Callable[[float, float], bool], offset: timezone) -> bool:
    """``left < right`` and its kin."""
    if isinstance(left, list):
        return any(ordered(node_number(node, offset), right, test, offset) for node in left)
    if isinstance(right, list):
        number = to_number(left, offset)
        return any(test(number, node_number(node, offset)) for node in right)
    return test(to_number(left, offset), to_number(right, offset))


def _some(left: Any, right: Any, test: Callable[[Any, Any], bool]) -> bool:
    if isinstance(left, list):
        if isinstance(right, bool):
            return test(bool(left), right)
        return any(_some(node_text(node), right, test) for node in left)
    if isinstance(right, list):
        if isinstance(left, bool):
            return test(left, bool(right))
        return any(test(left, node_text(node)) for node in right)
    return test(left, right)


def _same(left: Any, right: Any, offset: timezone) -> bool:
    if isinstance(left, bool) or isinstance(right, bool):
        return to_boolean(left) == to_boolean(right)
    if isinstance(left, float) or isinstance(right, float):
        return to_number(left, offset) == to_number(right, offset)
    return bool(left == right)
