"""Texts: put together, cut, compared with patterns."""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from functools import lru_cache
from typing import Any

from schoolward.protocols.xforms.session.closures import Closures
from schoolward.protocols.xforms.session.environment import Environment, Evaluated
from schoolward.protocols.xforms.session.values import node_text, to_text

Arguments = list[Any]
_BLANKS = re.compile(r"[ \t\r\n]+")


def _of_texts(operation: Callable[..., Any]) -> Callable[..., Evaluated]:
    """A function of texts; without arguments of the context node."""

    def build(closures: Closures, arguments: Arguments, context: int | None) -> Evaluated:
        if not arguments:
            return lambda node, _env: operation(node_text(node))
        parts = [closures.text(argument, context) for argument in arguments]
        if len(parts) == 1:
            only = parts[0]
            return lambda node, env: operation(only(node, env))
        return lambda node, env: operation(*(part(node, env) for part in parts))

    return build


def _pieces(value: Any) -> list[str]:
    return [node_text(node) for node in value] if isinstance(value, list) else [to_text(value)]


def _concat(closures: Closures, arguments: Arguments, context: int | None) -> Evaluated:
    parts = [closures.value(argument, context) for argument in arguments]
    return lambda node, env: "".join(piece for part in parts for piece in _pieces(part(node, env)))


def _join(closures: Closures, arguments: Arguments, context: int | None) -> Evaluated:
    glue = closures.text(arguments[0], context)
    parts = [closures.value(argument, context) for argument in arguments[1:]]
    return lambda node, env: glue(node, env).join(
        piece for part in parts for piece in _pieces(part(node, env))
    )


def _coalesce(closures: Closures, arguments: Arguments, context: int | None) -> Evaluated:
    first, second = (closures.text(argument, context) for argument in arguments)
    return lambda node, env: first(node, env) or second(node, env)


def _once(closures: Closures, arguments: Arguments, context: int | None) -> Evaluated:
    inner = closures.text(arguments[0], context)
    return lambda node, env: node_text(node) or inner(node, env)


def _utf16(text: str) -> bytes:
    return text.encode("utf-16-le", "surrogatepass")


def _slice(text: str, start: int, end: int) -> str:
    """Cut by UTF-16 units, as JavaScript counts."""
    if text.isascii() or all(ord(character) < 0x10000 for character in text):
        return text[start:end]
    return _utf16(text)[2 * start : 2 * end].decode("utf-16-le", "replace")


def _length(text: str) -> float:
    return float(len(_utf16(text)) // 2)


def _substr(closures: Closures, arguments: Arguments, context: int | None) -> Evaluated:
    """From 0; what is negative counts from the end."""
    text = closures.text(arguments[0], context)
    bounds = [closures.number(argument, context) for argument in arguments[1:]]

    def cut(node: Any, env: Environment) -> str:
        whole = text(node, env)
        length = int(_length(whole))
        start, end = [*(bound(node, env) for bound in bounds), float(length)][:2]
        if start != start or end != end:
            return ""
        return _slice(whole, _place(start, length), _place(end, length))

    return cut


def _place(index: float, length: int) -> int:
    if math.isinf(index):
        return length if index > 0 else 0
    whole = math.trunc(index)
    return min(max(0, length + whole if whole < 0 else whole), length)


def _substring(closures: Closures, arguments: Arguments, context: int | None) -> Evaluated:
    """XPath's: from 1, the bounds rounded."""
    text = closures.text(arguments[0], context)
    bounds = [closures.number(argument, context) for argument in arguments[1:]]

    def cut(node: Any, env: Environment) -> str:
        whole = text(node, env)
        start, *rest = (bound(node, env) for bound in bounds)
        first = _round_up(start)
        last = first + _round_up(rest[0]) if rest else math.inf
        if first != first or last != last or first >= last:
            return ""
        length = _length(whole)
        return _slice(whole, int(min(max(first - 1, 0), length)), int(min(max(last - 1, 0), length)))

    return cut


def _round_up(number: float) -> float:
    """Rounded, halves upwards, as XPath's round() has it."""
    return number if number != number or math.isinf(number) else float(math.floor(number + 0.5))


def _translate(text: str, wanted: str, given: str) -> str:
    table: dict[int, str | None] = {}
    for place, character in enumerate(wanted):
        table.setdefault(ord(character), given[place] if place < len(given) else None)
    return text.translate(table)


def _before(text: str, mark: str) -> str:
    before, found, _ = text.partition(mark) if mark else ("", "", "")
    return before if found else ""


def _after(text: str, mark: str) -> str:
    return text.partition(mark)[2] if mark else text


@lru_cache(maxsize=256)
def _pattern(source: str) -> re.Pattern[str] | None:
    try:
        # In JavaScript $ means the very end, and \d and \w are ASCII.
        return re.compile(_END.sub(r"\1\\Z", source), re.ASCII)
    except (re.error, RecursionError, OverflowError):
        return None


_END = re.compile(r"((?:\\.|\[(?:\\.|[^\]\\])*\]|[^\\\[$])*)\$")


def _regex(text: str, source: str) -> bool:
    pattern = _pattern(source)
    return pattern is not None and pattern.search(text) is not None


def _uuid(closures: Closures, arguments: Arguments, context: int | None) -> Evaluated:
    if not arguments:
        return lambda _node, env: env.session.sources.uuid()
    length = closures.number(arguments[0], context)

    def make(node: Any, env: Environment) -> str:
        wanted = length(node, env)
        number = 0 if wanted != wanted else int(min(max(wanted, 0), 1_000))
        made = ""
        while len(made) < number:
            made += env.session.sources.uuid()
        return made[:number]

    return make


def _version(_closures: Closures, _arguments: Arguments, _context: int | None) -> Evaluated:
    return lambda _node, env: env.session.program.form.get("version", "")


BUILDERS: dict[str, Callable[..., Evaluated]] = {
    "string": _of_texts(str),
    "concat": _concat,
    "join": _join,
    "coalesce": _coalesce,
    "once": _once,
    "contains": _of_texts(lambda text, part: part in text),
    "starts-with": _of_texts(str.startswith),
    "ends-with": _of_texts(str.endswith),
    "substr": _substr,
    "substring": _substring,
    "substring-before": _of_texts(_before),
    "substring-after": _of_texts(_after),
    "translate": _of_texts(_translate),
    "normalize-space": _of_texts(lambda text: _BLANKS.sub(" ", text).strip(" ")),
    "string-length": _of_texts(_length),
    "regex": _of_texts(_regex),
    "uuid": _uuid,
    "version": _version,
}
