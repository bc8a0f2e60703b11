"""Expressions from text to arrays, with every fault named by its place."""

from __future__ import annotations

from typing import Any

from schoolward.protocols.xforms.definition import Source
from schoolward.protocols.xforms.problems import FormProblem
from schoolward.protocols.xforms.xpath import Expression, XPathMalformed, parse

_SHOWN = 30  # characters around a fault


class Expressions:
    """Parses; the same text is parsed once. What cannot be read is put down in ``problems``."""

    def __init__(self) -> None:
        self.problems: list[FormProblem] = []
        self._known: dict[str, Expression] = {}

    def of(self, source: Source) -> Expression:
        """The expression, or an empty text in its place where it cannot be read."""
        known = self._known.get(source.text)
        if known is not None:
            return known
        try:
            expression = _with_paths(parse(source.text))
        except XPathMalformed as fault:
            self.problems.append(
                FormProblem(str(fault), source.where, f"Look at: {_around(source.text, fault.position)}")
            )
            return ["str", ""]
        self._known[source.text] = expression
        return expression


def _around(text: str, position: int) -> str:
    start = max(0, position - _SHOWN)
    before, after = text[start:position], text[position : position + _SHOWN]
    return f"{'…' if start else ''}{before} ⟶ {after}{'…' if position + _SHOWN < len(text) else ''}".strip()


def _with_paths(expression: Expression) -> Expression:
    """The same, with the path that jr:choice-name() has as a text read, and pulldata() written as a path."""
    result: list[Any] = [_with_paths(part) if isinstance(part, list) else part for part in expression]
    if result[:2] == ["call", "jr:choice-name"]:
        path = result[3]
        if path[0] != "str":
            raise XPathMalformed("jr:choice-name() needs its path as a text in quotation marks.", 0)
        result[3] = parse(path[1])
        if result[3][0] != "path":
            raise XPathMalformed("The second argument of jr:choice-name() is no path.", 0)
    if result[:2] == ["call", "pulldata"]:
        return _pulled(result[2:])
    return result


def _pulled(arguments: list[Expression]) -> Expression:
    """``pulldata('f', 'column', 'key', x)`` as ``instance('f')/root/item[key = x]/column``."""
    if any(argument[0] != "str" for argument in arguments[:3]):
        raise XPathMalformed("pulldata() needs its first three arguments as texts in quotation marks.", 0)
    name, column, key = (argument[1] for argument in arguments[:3])
    wanted = ["=", ["path", ".", ["child", key]], _outside(arguments[3])]
    start = ["call", "instance", ["str", name]]
    return ["path", start, ["child", "root"], ["child", "item", wanted], ["child", column]]


def _outside(expression: Expression) -> Expression:
    """An expression that is moved into a predicate: what began at the context node begins at current()."""
    if expression[:2] == ["path", "."]:
        return ["path", ["call", "current"], *expression[2:]] if len(expression) > 2 else ["call", "current"]
    return [_outside(part) if isinstance(part, list) else part for part in expression]
