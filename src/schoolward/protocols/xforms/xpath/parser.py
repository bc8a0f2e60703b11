"""XPath 1.0 into nested arrays, the form in which expressions are kept and evaluated.

`docs/reference/compiled-forms.md` describes the arrays. Chains of one operator become one array, so that a
sum over a thousand questions is flat.
"""

from __future__ import annotations

import difflib
from typing import Any

from .functions import FUNCTIONS, NODE_SET_ARGUMENTS, REFUSED
from .lexer import Token, XPathMalformed, tokens

Expression = list[Any]

MOST_NESTED = 64
"""Deeper nesting is refused: neither runtime should run out of stack."""

_AXES = frozenset(
    (
        *("child", "parent", "self", "descendant", "descendant-or-self", "ancestor", "ancestor-or-self"),
        *("following-sibling", "preceding-sibling", "attribute"),
    )
)
_NODE_TYPES = frozenset(("node", "text"))
_TIGHTNESS: dict[str, int] = {
    sign: tightness
    for tightness, signs in enumerate(
        (("or",), ("and",), ("=", "!="), ("<", "<=", ">", ">="), ("+", "-"), ("*op", "div", "mod"))
    )
    for sign in signs
}
_CHAINED = frozenset(("or", "and", "+", "*"))


def parse(source: str) -> Expression:
    """Parse an expression. Raises :class:`XPathMalformed`, also for functions that are unknown or refused."""
    parser = _Parser(source)
    expression = parser.binary(0)
    parser.expect_end()
    return expression


class _Parser:
    def __init__(self, source: str) -> None:
        self._tokens = tokens(source)
        self._at = 0
        self._depth = 0

    @property
    def _token(self) -> Token:
        return self._tokens[self._at]

    def _is(self, *texts: str) -> bool:
        return self._token.kind == "sign" and self._token.text in texts

    def _take(self) -> Token:
        token = self._token
        self._at += 1
        return token

    def _expect(self, text: str) -> None:
        if not self._is(text):
            raise self._unexpected(f"{text} is missing")
        self._take()

    def _unexpected(self, missing: str) -> XPathMalformed:
        token = self._token
        found = f"before {token.text.removesuffix('op')}" if token.kind != "end" else "at the end"
        return XPathMalformed(f"{missing} {found}.", token.position)

    def expect_end(self) -> None:
        if self._token.kind != "end":
            raise self._unexpected("An operator is missing")

    def nested(self) -> Expression:
        """An expression inside another, e.g. an argument."""
        self._depth += 1
        if self._depth > MOST_NESTED:
            raise XPathMalformed(
                f"The expression is nested more than {MOST_NESTED} deep.", self._token.position
            )
        expression = self.binary(0)
        self._depth -= 1
        return expression

    def binary(self, loosest: int) -> Expression:
        """Operators that bind at least as tight as ``loosest``; all bind to the left."""
        left = self._unary()
        while self._token.kind == "sign" and _TIGHTNESS.get(self._token.text, -1) >= loosest:
            sign = self._take().text
            operator = sign.removesuffix("op")
            right = self.binary(_TIGHTNESS[sign] + 1)
            if operator in _CHAINED and left[0] == operator:
                left.append(right)
            else:
                left = [operator, left, right]
        return left

    def _unary(self) -> Expression:
        negative = 0
        while self._is("-"):
            self._take()
            negative += 1
        expression = self._union()
        for _ in range(min(negative, 2 - negative % 2)):
            expression = ["neg", expression]
        return expression

    def _union(self) -> Expression:
        left = self._path()
        while self._is("|"):
            self._take()
            right = self._path()
            left = [*left, right] if left[0] == "|" else ["|", left, right]
        return left

    def _path(self) -> Expression:
        if self._is("/"):
            self._take()
            return ["path", "/", *self._steps()] if self._starts_step() else ["path", "/"]
        if self._is("//"):
            self._take()
            return ["path", "/", _anything_below(), *self._steps()]
        if self._starts_step() and not self._starts_call():
            return self._relative()
        expression = self._primary()
        predicates = self._predicates()
        if predicates:
            expression = ["where", expression, *predicates]
        if self._is("/", "//"):
            steps = [_anything_below()] if self._take().text == "//" else []
            return ["path", expression, *steps, *self._steps()]
        return expression

    def _relative(self) -> Expression:
        # "." alone is the context node itself, and no step.
        if self._is(".") and self._tokens[self._at + 1].text not in ("/", "//", "["):
            self._take()
            return ["path", "."]
        return ["path", ".", *self._steps()]

    def _starts_step(self) -> bool:
        return self._token.kind in ("name", "axis") or self._is("@", ".", "..", "*")

    def _starts_call(self) -> bool:
        if self._token.kind != "name" or self._token.text in _NODE_TYPES:
            return False
        following = self._tokens[self._at + 1]
        return following.kind == "sign" and following.text == "("

    def _steps(self) -> list[Expression]:
        steps = [self._step()]
        while self._is("/", "//"):
            if self._take().text == "//":
                steps.append(_anything_below())
            steps.append(self._step())
        return steps

    def _step(self) -> Expression:
        if self._is("."):
            self._take()
            return ["self", "node()", *self._predicates()]
        if self._is(".."):
            self._take()
            return ["parent", "node()", *self._predicates()]
        axis = "child"
        if self._is("@"):
            self._take()
            axis = "attribute"
        elif self._token.kind == "axis":
            token = self._take()
            axis = token.text
            if axis not in _AXES:
                raise XPathMalformed(f"The axis {axis}:: is not supported.", token.position)
        return [axis, self._test(), *self._predicates()]

    def _test(self) -> str:
        if self._is("*"):
            self._take()
            return "*"
        if self._token.kind != "name":
            raise self._unexpected("A name is missing")
        name = self._take().text
        if name in _NODE_TYPES and self._is("("):
            self._take()
            self._expect(")")
            return f"{name}()"
        return name.rpartition(":")[2]

    def _predicates(self) -> list[Expression]:
        predicates = []
        while self._is("["):
            self._take()
            predicates.append(self.nested())
            self._expect("]")
        return predicates

    def _primary(self) -> Expression:
        token = self._token
        if token.kind == "number":
            self._take()
            return ["num", _number(token.text)]
        if token.kind == "text":
            self._take()
            return ["str", token.text[1:-1]]
        if self._is("("):
            self._take()
            expression = self.nested()
            self._expect(")")
            return expression
        if self._starts_call():
            return self._call()
        raise self._unexpected("A value is missing")

    def _call(self) -> Expression:
        token = self._take()
        self._expect("(")
        arguments: list[Expression] = []
        while not self._is(")"):
            if arguments and not self._is(","):
                raise self._unexpected("A comma or ) is missing")
            if arguments:
                self._take()
            arguments.append(self.nested())
        self._take()
        _check_call(token, arguments)
        return ["call", token.text, *arguments]


def _number(text: str) -> int | float:
    """A number as JSON writes it shortest."""
    number = float(text)
    return int(number) if number.is_integer() and abs(number) < 2**53 else number


def _anything_below() -> Expression:
    return ["descendant-or-self", "node()"]


def _check_call(token: Token, arguments: list[Expression]) -> None:
    name = token.text
    if name in REFUSED:
        raise XPathMalformed(f"The function {name}() is not supported. {REFUSED[name]}", token.position)
    function = FUNCTIONS.get(name)
    if function is None:
        near = difflib.get_close_matches(name, FUNCTIONS, 1, cutoff=0.75)
        hint = f" Did you mean {near[0]}()?" if near else ""
        raise XPathMalformed(f"There is no function {name}().{hint}", token.position)
    if not function.fewest <= len(arguments) <= function.most:
        raise XPathMalformed(
            f"{name}() takes {_counted(function.fewest, function.most)}, not {len(arguments)}.",
            token.position,
        )
    for index in NODE_SET_ARGUMENTS.get(name, ()):
        if index < len(arguments) and not may_be_nodes(arguments[index]):
            raise XPathMalformed(f"{name}() needs a path, not a value.", token.position)


def may_be_nodes(expression: Expression) -> bool:
    """Whether an expression can give a node set."""
    kind = expression[0]
    if kind == "call":
        return FUNCTIONS[expression[1]].gives in ("nodes", "any")
    return kind in ("path", "where", "|")


def _counted(fewest: int, most: int) -> str:
    if fewest == most:
        return f"{fewest} argument{'' if fewest == 1 else 's'}"
    return (
        f"{fewest} to {most} arguments"
        if most < 100
        else f"at least {fewest} argument{'' if fewest == 1 else 's'}"
    )
