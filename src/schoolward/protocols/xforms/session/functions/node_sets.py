"""Node sets: which nodes, how many, in what order."""

from __future__ import annotations

import hashlib
import math
from collections.abc import Callable
from typing import Any

from schoolward.protocols.xforms.session.closures import Closures
from schoolward.protocols.xforms.session.environment import Environment, Evaluated
from schoolward.protocols.xforms.session.numbers import NAN
from schoolward.protocols.xforms.session.paths import position_among_namesakes
from schoolward.protocols.xforms.session.tree import Instance
from schoolward.protocols.xforms.session.values import node_number, node_text, to_number, to_text

Arguments = list[Any]
_MOST = 2_147_483_647
_FACTOR = 16_807


def _count(closures: Closures, arguments: Arguments, context: int | None) -> Evaluated:
    nodes = closures.nodes(arguments[0], context)
    return lambda node, env: float(len(nodes(node, env)))


def _count_non_empty(closures: Closures, arguments: Arguments, context: int | None) -> Evaluated:
    nodes = closures.nodes(arguments[0], context)
    return lambda node, env: float(sum(node_text(each) != "" for each in nodes(node, env)))


def _sum(closures: Closures, arguments: Arguments, context: int | None) -> Evaluated:
    nodes = closures.nodes(arguments[0], context)

    def add(node: Any, env: Environment) -> float:
        found = nodes(node, env)
        if not found:
            return NAN
        total = 0.0
        for each in found:
            total += node_number(each, env.offset)
        return total

    return add


def _extreme(choose: Callable[[list[float]], float]) -> Callable[..., Evaluated]:
    def build(closures: Closures, arguments: Arguments, context: int | None) -> Evaluated:
        parts = [closures.value(argument, context) for argument in arguments]

        def find(node: Any, env: Environment) -> float:
            numbers: list[float] = []
            for part in parts:
                value = part(node, env)
                if isinstance(value, list):
                    numbers += [node_number(each, env.offset) for each in value]
                else:
                    numbers.append(to_number(value, env.offset))
            if not numbers or any(number != number for number in numbers):
                return NAN
            return float(choose(numbers))

        return find

    return build


def _position(closures: Closures, arguments: Arguments, context: int | None) -> Evaluated:
    if not arguments:
        return lambda _node, env: float(env.position)
    nodes = closures.nodes(arguments[0], context)

    def place(node: Any, env: Environment) -> float:
        found = nodes(node, env)
        return position_among_namesakes(found[0]) if found else NAN

    return place


def _name(closures: Closures, arguments: Arguments, context: int | None) -> Evaluated:
    nodes = closures.nodes(arguments[0], context) if arguments else None
    names = closures.layout.names

    def tell(node: Any, env: Environment) -> str:
        found = [node] if nodes is None else nodes(node, env)
        if not found:
            return ""
        return names[found[0].node] if isinstance(found[0], Instance) else str(getattr(found[0], "name", ""))

    return tell


def _last(_closures: Closures, _arguments: Arguments, _context: int | None) -> Evaluated:
    return lambda _node, env: float(env.size)


def _current(_closures: Closures, _arguments: Arguments, _context: int | None) -> Evaluated:
    return lambda _node, env: [env.current]


def _instance(closures: Closures, arguments: Arguments, context: int | None) -> Evaluated:
    key = closures.text(arguments[0], context)

    def find(node: Any, env: Environment) -> list[Any]:
        top = env.session.program.instances.get(key(node, env))
        return [] if top is None else [top]

    return find


def _indexed_repeat(closures: Closures, arguments: Arguments, context: int | None) -> Evaluated:
    nodes = closures.nodes(arguments[0], context)
    pairs = [
        (closures.nodes(repeat, context), closures.number(index, context))
        for repeat, index in zip(arguments[1::2], arguments[2::2], strict=False)
    ]

    def find(node: Any, env: Environment) -> list[Any]:
        within: Instance | None = None
        for repeat, index in pairs:
            number = index(node, env)
            candidates = [each for each in repeat(node, env) if within is None or _lies_in(each, within)]
            if not 1 <= number <= len(candidates):
                return []
            within = candidates[int(number) - 1]
        return [each for each in nodes(node, env) if within is None or _lies_in(each, within)]

    return find


def _lies_in(node: Any, outer: Instance) -> bool:
    while node is not None:
        if node is outer:
            return True
        node = node.parent
    return False


def _randomize(closures: Closures, arguments: Arguments, context: int | None) -> Evaluated:
    nodes = closures.nodes(arguments[0], context)
    if len(arguments) == 1:
        return lambda node, env: shuffled(nodes(node, env), env.session.sources.random)
    seed = closures.value(arguments[1], context)
    return lambda node, env: shuffled(nodes(node, env), seeded(_seed(seed(node, env), env)))


def _seed(value: Any, env: Environment) -> int:
    number = to_number(value, env.offset)
    if number == number:
        if math.isinf(number):
            return 2**63 - 1 if number > 0 else -(2**63)
        return math.trunc(number)
    text = to_text(value)
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:8], "big", signed=True) if text else 0


def seeded(seed: int) -> Callable[[], float]:
    """The numbers from 0 up to 1 that Park and Miller's generator gives for a seed, as JavaRosa uses it."""
    state = abs(seed) % _MOST * (1 if seed > 0 else -1)
    if state <= 0:
        state += _MOST - 1

    def following() -> float:
        nonlocal state
        state = state * _FACTOR % _MOST
        return (state - 1) / (_MOST - 1)

    return following


def shuffled(nodes: list[Any], random: Callable[[], float]) -> list[Any]:
    """The nodes in another order, by the numbers that ``random`` gives."""
    result: list[Any] = []
    for index, node in enumerate(nodes):
        place = math.floor(random() * (index + 1))
        if place == index:
            result.append(node)
        else:
            result.append(result[place])
            result[place] = node
    return result


BUILDERS: dict[str, Callable[..., Evaluated]] = {
    "count": _count,
    "count-non-empty": _count_non_empty,
    "sum": _sum,
    "max": _extreme(max),
    "min": _extreme(min),
    "position": _position,
    "last": _last,
    "name": _name,
    "local-name": _name,
    "current": _current,
    "instance": _instance,
    "indexed-repeat": _indexed_repeat,
    "randomize": _randomize,
}
