"""Dates and times."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from schoolward.protocols.xforms.session.closures import Closures
from schoolward.protocols.xforms.session.environment import Environment, Evaluated
from schoolward.protocols.xforms.session.moments import (
    NO_MOMENT,
    Moment,
    days_of,
    formatted,
    moment_of,
    moment_of_days,
    padded,
    parse_moment,
    part_of_day,
)
from schoolward.protocols.xforms.session.numbers import NAN
from schoolward.protocols.xforms.session.values import to_text

Arguments = list[Any]


def _today(_closures: Closures, _arguments: Arguments, _context: int | None) -> Evaluated:
    return lambda _node, env: env.session.today


def _now(_closures: Closures, _arguments: Arguments, _context: int | None) -> Evaluated:
    return lambda _node, env: env.session.now


def _date(closures: Closures, arguments: Arguments, context: int | None) -> Evaluated:
    value = closures.value(arguments[0], context)

    def convert(node: Any, env: Environment) -> Moment:
        given = value(node, env)
        if isinstance(given, Moment):
            return given
        if isinstance(given, bool):
            return NO_MOMENT
        if isinstance(given, float):
            return moment_of_days(given, env.offset)
        moment = parse_moment(padded(to_text(given)), env.offset)
        return NO_MOMENT if moment is None else moment_of(moment)

    return convert


def _decimal_date_time(closures: Closures, arguments: Arguments, context: int | None) -> Evaluated:
    value = closures.value(arguments[0], context)

    def convert(node: Any, env: Environment) -> float:
        given = value(node, env)
        if isinstance(given, float):
            return float(given)
        moment = None if isinstance(given, bool) else parse_moment(to_text(given), env.offset)
        return NAN if moment is None else days_of(moment)

    return convert


def _decimal_time(closures: Closures, arguments: Arguments, context: int | None) -> Evaluated:
    text = closures.text(arguments[0], context)
    return lambda node, env: part_of_day(text(node, env), env.offset)


def _format(closures: Closures, arguments: Arguments, context: int | None) -> Evaluated:
    text, pattern = (closures.text(argument, context) for argument in arguments)
    return lambda node, env: formatted(text(node, env), pattern(node, env), env.offset)


BUILDERS: dict[str, Callable[..., Evaluated]] = {
    "today": _today,
    "now": _now,
    "date": _date,
    "date-time": _date,
    "decimal-date-time": _decimal_date_time,
    "decimal-time": _decimal_time,
    "format-date": _format,
    "format-date-time": _format,
}
