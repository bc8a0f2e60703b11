"""XPath into arrays: what is a name and what an operator, and what is said of a fault."""

from __future__ import annotations

import json
from typing import Any

import pytest

from schoolward.protocols.xforms.xpath import XPathMalformed, parse

HERE = ["path", "."]


def child(*names: str) -> list[Any]:
    return [*HERE, *(["child", name] for name in names)]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("1", ["num", 1]),
        (".5", ["num", 0.5]),
        ("'a'", ["str", "a"]),
        ('"it\'s"', ["str", "it's"]),
        (".", HERE),
        ("..", [*HERE, ["parent", "node()"]]),
        ("../x", [*HERE, ["parent", "node()"], ["child", "x"]]),
        ("/", ["path", "/"]),
        ("/data/x", ["path", "/", ["child", "data"], ["child", "x"]]),
        (" / data / orx:meta ", ["path", "/", ["child", "data"], ["child", "meta"]]),
        ("//x", ["path", "/", ["descendant-or-self", "node()"], ["child", "x"]]),
        ("@a", [*HERE, ["attribute", "a"]]),
        ("self::node()", [*HERE, ["self", "node()"]]),
        ("x[1][y]", [*HERE, ["child", "x", ["num", 1], child("y")]]),
        ("(x)[2]", ["where", child("x"), ["num", 2]]),
        ("current()/../x", ["path", ["call", "current"], ["parent", "node()"], ["child", "x"]]),
        # a name where a value is due, an operator where one was
        ("div div div", ["div", child("div"), child("div")]),
        ("and and or", ["and", child("and"), child("or")]),
        ("* * *", ["*", child("*"), child("*")]),
        ("x-y", child("x-y")),
        ("x - y", ["-", child("x"), child("y")]),
        ("x -y", ["-", child("x"), child("y")]),
        # tightness
        ("1 + 2 * 3", ["+", ["num", 1], ["*", ["num", 2], ["num", 3]]]),
        ("(1 + 2) * 3", ["*", ["+", ["num", 1], ["num", 2]], ["num", 3]]),
        ("1 - 2 - 3", ["-", ["-", ["num", 1], ["num", 2]], ["num", 3]]),
        ("1 < 2 = 3", ["=", ["<", ["num", 1], ["num", 2]], ["num", 3]]),
        ("a or b and c", ["or", child("a"), ["and", child("b"), child("c")]]),
        ("-1 + 2", ["+", ["neg", ["num", 1]], ["num", 2]]),
        ("a | b | c", ["|", child("a"), child("b"), child("c")]),
        ("1 + 2 + 3", ["+", ["num", 1], ["num", 2], ["num", 3]]),
        ("1 + (2 + 3)", ["+", ["num", 1], ["+", ["num", 2], ["num", 3]]]),
    ],
)
def test_an_expression_becomes_an_array(source: str, expected: list[Any]) -> None:
    assert parse(source) == expected


@pytest.mark.parametrize(
    ("source", "says", "position"),
    [
        ("", "A value is missing at the end", 0),
        ("1 +", "A value is missing at the end", 3),
        ("1 2", "An operator is missing before 2", 2),
        ("a[1", "] is missing", 3),
        ("coun(a)", "Did you mean count()?", 0),
        ("count('a')", "needs a path", 0),
        ("if(1, 2)", "if() takes 3 arguments, not 2", 0),
        ("concat(1", "A comma or ) is missing at the end", 8),
        ("'open", "does not end", 0),
        ("x = \u2018a\u2019", "typographic", 4),
        ("${x} = 1", "belongs into an XLSForm", 0),
        ("$x", "Variables", 0),
        ("a # b", "has no meaning", 2),
        ("namespace::x", "The axis namespace:: is not supported", 0),
        ("(" * 70 + "1" + ")" * 70, "nested more than 64", 65),
        ("1" * 100_001, "more than 100,000 characters", 100_000),
    ],
)
def test_a_fault_is_named_with_its_place(source: str, says: str, position: int) -> None:
    with pytest.raises(XPathMalformed) as refused:
        parse(source)
    assert says in str(refused.value)
    assert refused.value.position == position


def test_a_sum_over_thousands_of_questions_is_flat_json() -> None:
    expression = parse(" + ".join(f"/data/q{number}" for number in range(3000)))
    assert len(expression) == 3001
    assert json.loads(json.dumps(expression)) == expression
