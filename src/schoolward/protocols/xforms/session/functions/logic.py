"""Yes and no: conditions, checklists, choices."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

from schoolward.protocols.xforms.session.closures import Closures
from schoolward.protocols.xforms.session.environment import Environment, Evaluated
from schoolward.protocols.xforms.session.values import to_boolean, to_number, to_text

Arguments = list[Any]


def _constant(value: bool) -> Callable[..., Evaluated]:
    return lambda _closures, _arguments, _context: lambda _node, _env: value


def _not(closures: Closures, arguments: Arguments, context: int | None) -> Evaluated:
    inner = closures.boolean(arguments[0], context)
    return lambda node, env: not inner(node, env)


def _boolean(closures: Closures, arguments: Arguments, context: int | None) -> Evaluated:
    return closures.boolean(arguments[0], context)


def _boolean_from_string(closures: Closures, arguments: Arguments, context: int | None) -> Evaluated:
    text = closures.text(arguments[0], context)
    return lambda node, env: text(node, env) in ("1", "true")


def _if(closures: Closures, arguments: Arguments, context: int | None) -> Evaluated:
    condition = closures.boolean(arguments[0], context)
    then, otherwise = (closures.value(argument, context) for argument in arguments[1:])
    return lambda node, env: then(node, env) if condition(node, env) else otherwise(node, env)


def _depend(closures: Closures, arguments: Arguments, context: int | None) -> Evaluated:
    return closures.value(arguments[0], context)


def _each(value: Any) -> list[Any]:
    """The values that count one by one: of a node set each node."""
    return [[node] for node in value] if isinstance(value, list) else [value]


def _is_true(value: Any) -> bool:
    # A node among others counts by its value; that it is there says nothing.
    return to_text(value).strip() != "" if isinstance(value, list) else to_boolean(value)


def _checklist(closures: Closures, arguments: Arguments, context: int | None) -> Evaluated:
    least, most = (closures.number(argument, context) for argument in arguments[:2])
    rest = [closures.value(argument, context) for argument in arguments[2:]]

    def check(node: Any, env: Environment) -> bool:
        met = sum(_is_true(each) for argument in rest for each in _each(argument(node, env)))
        return _within(least(node, env), met, most(node, env))

    return check


def _weighted_checklist(closures: Closures, arguments: Arguments, context: int | None) -> Evaluated:
    least, most = (closures.number(argument, context) for argument in arguments[:2])
    rest = [closures.value(argument, context) for argument in arguments[2:]]

    def check(node: Any, env: Environment) -> bool:
        met = 0.0
        for tested, weighing in zip(rest[::2], rest[1::2], strict=False):
            for each, weight in zip(_each(tested(node, env)), _each(weighing(node, env)), strict=False):
                if _is_true(each):
                    met += to_number(weight, env.offset)
        return _within(least(node, env), met, most(node, env))

    return check


def _within(least: float, met: float, most: float) -> bool:
    return met >= least and met <= (math.inf if most == -1 else most)


def _selected(closures: Closures, arguments: Arguments, context: int | None) -> Evaluated:
    chosen, wanted = (closures.text(argument, context) for argument in arguments)
    # An empty list has the empty text in it, in all of ODK's engines.
    return lambda node, env: wanted(node, env).strip() in (chosen(node, env).split() or [""])


def _selected_at(closures: Closures, arguments: Arguments, context: int | None) -> Evaluated:
    chosen, index = closures.text(arguments[0], context), closures.number(arguments[1], context)

    def at(node: Any, env: Environment) -> str:
        values, place = chosen(node, env).split(), index(node, env)
        return values[int(place)] if 0 <= place < len(values) else ""

    return at


def _count_selected(closures: Closures, arguments: Arguments, context: int | None) -> Evaluated:
    chosen = closures.text(arguments[0], context)
    return lambda node, env: float(len(chosen(node, env).split()))


def _choice_name(closures: Closures, arguments: Arguments, context: int | None) -> Evaluated:
    value, control = closures.text(arguments[0], context), closures.nodes(arguments[1], context)

    def name(node: Any, env: Environment) -> str:
        found = control(node, env)
        return env.session.choice_name(found[0], value(node, env)) if found else ""

    return name


def _itext(closures: Closures, arguments: Arguments, context: int | None) -> Evaluated:
    key = closures.text(arguments[0], context)
    return lambda node, env: env.session.text_by_id(key(node, env), node)


BUILDERS: dict[str, Callable[..., Evaluated]] = {
    "true": _constant(True),
    "false": _constant(False),
    "not": _not,
    "boolean": _boolean,
    "boolean-from-string": _boolean_from_string,
    "if": _if,
    "depend": _depend,
    "checklist": _checklist,
    "weighted-checklist": _weighted_checklist,
    "selected": _selected,
    "selected-at": _selected_at,
    "count-selected": _count_selected,
    "jr:choice-name": _choice_name,
    "jr:itext": _itext,
}
