"""Numbers: rounding, powers, angles, chance."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

from schoolward.protocols.xforms.session.closures import Closures
from schoolward.protocols.xforms.session.environment import Evaluated
from schoolward.protocols.xforms.session.numbers import NAN, round_half_away
from schoolward.protocols.xforms.session.values import node_number

Arguments = list[Any]


def _guarded(operation: Callable[..., float]) -> Callable[..., Evaluated]:
    """A function of numbers: NaN where an argument is, or there is no result."""

    def apply(*numbers: float) -> float:
        if any(number != number for number in numbers):
            return NAN
        try:
            return float(operation(*numbers))
        except OverflowError:
            return math.inf
        except (ValueError, ZeroDivisionError):
            return NAN

    def build(closures: Closures, arguments: Arguments, context: int | None) -> Evaluated:
        parts = [closures.number(argument, context) for argument in arguments]
        if len(parts) == 1:
            only = parts[0]
            return lambda node, env: apply(only(node, env))
        return lambda node, env: apply(*(part(node, env) for part in parts))

    return build


def _whole(rounding: Callable[[float], int]) -> Callable[..., Evaluated]:
    return _guarded(lambda number: number if math.isinf(number) else rounding(number))


def _logarithm(operation: Callable[[float], float]) -> Callable[..., Evaluated]:
    return _guarded(lambda number: -math.inf if number == 0 else operation(number))


def _power(base: float, exponent: float) -> float:
    if base == 0 and exponent < 0:
        return math.inf
    # In JavaScript 1 to an infinite power is no number.
    if abs(base) == 1 and math.isinf(exponent):
        return NAN
    return math.pow(base, exponent)


def _number(closures: Closures, arguments: Arguments, context: int | None) -> Evaluated:
    if arguments:
        return closures.number(arguments[0], context)
    return lambda node, env: node_number(node, env.offset)


def _pi(_closures: Closures, _arguments: Arguments, _context: int | None) -> Evaluated:
    return lambda _node, _env: math.pi


def _random(_closures: Closures, _arguments: Arguments, _context: int | None) -> Evaluated:
    return lambda _node, env: float(env.session.sources.random())


BUILDERS: dict[str, Callable[..., Evaluated]] = {
    "number": _number,
    "int": _whole(math.trunc),
    "floor": _whole(math.floor),
    "ceiling": _whole(math.ceil),
    "round": _guarded(round_half_away),
    "abs": _guarded(abs),
    "pow": _guarded(_power),
    "exp": _guarded(math.exp),
    "exp10": _guarded(lambda number: _power(10.0, number)),
    "log": _logarithm(math.log),
    "log10": _logarithm(math.log10),
    "sqrt": _guarded(math.sqrt),
    "sin": _guarded(math.sin),
    "cos": _guarded(math.cos),
    "tan": _guarded(math.tan),
    "asin": _guarded(math.asin),
    "acos": _guarded(math.acos),
    "atan": _guarded(math.atan),
    "atan2": _guarded(math.atan2),
    "pi": _pi,
    "random": _random,
}
