"""The order of evaluation, what a facet reads, and circles."""

from __future__ import annotations

from typing import Any

import pytest
from tests.unit.protocols.xforms.forms_in_text import asked, begun, bind, compiled, values

from schoolward.protocols.xforms.session import StepRefused

REPEAT = '<group ref="/data/r"><repeat nodeset="/data/r"><input ref="/data/r/a"/></repeat></group>'


def facets(form: dict[str, Any]) -> list[str]:
    return [f"{form['nodes'][each['node']]['name']}.{each['facet']}" for each in form["facets"]]


def reads(form: dict[str, Any], name: str) -> dict[str, int]:
    facet = next(each for each in form["facets"] if form["nodes"][each["node"]]["name"] == name)
    return {form["nodes"][node]["path"]: shared for node, shared in facet["reads"]}


def test_what_is_read_is_evaluated_first() -> None:
    binds = (
        bind("c", calculate="/data/b + 1")
        + bind("b", calculate="/data/a + 1")
        + bind("g", relevant="/data/b > 1")
        + bind("g/x", calculate="/data/c")
        + bind("last", calculate="/data/g/x")
    )
    form = compiled("<last/><g><x/></g><c/><b/><a/>", binds, asked("a"))
    assert facets(form) == ["b.calculate", "g.relevant", "c.calculate", "x.calculate", "last.calculate"]


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("../a", {"/data/r/a": 1}),
        ("../../o", {"/data/o": 0}),
        ("/data/r/a", {"/data/r/a": 0}),
        ("position(..)", {"/data/r": 1}),
        ("count(../../r)", {"/data/r": 0}),
        ("sum(../../r[position() < position(current()/..)]/a)", {"/data/r": 1, "/data/r/a": 0}),
        ("../../r[a = current()/../a]/a", {"/data/r/a": 0}),
        ("indexed-repeat(/data/r/a, /data/r, ../../o)", {"/data/r": 0, "/data/r/a": 0, "/data/o": 0}),
        ("string(..)", {"/data/r": 1, "/data/r/a": 1, "/data/r/c": 1}),
        ("//o", {"/data/o": 0}),
        ("instance('i')/root/item[n = current()/../a]/n", {"/data/r/a": 1}),
    ],
)
def test_what_an_expression_reads(expression: str, expected: dict[str, int]) -> None:
    more = '<instance id="i"><root><item><n>1</n></item></root></instance>'
    form = compiled("<o/><r><a/><c/></r>", bind("r/c", calculate=expression), REPEAT, more)
    assert reads(form, "c") == expected


def test_a_running_total_goes_round_but_comes_to_rest() -> None:
    total = "../a + coalesce(../../r[position() = position(current()/..) - 1]/t, 0)"
    session = begun("<r><a>1</a><t/></r>", bind("r/t", calculate=total), REPEAT)
    for _ in range(3):
        session.add("/data/r")
    assert [values(session)[f"r[{place}]/t"] for place in (1, 2, 3, 4)] == ["1", "2", "3", "4"]
    session.set("/data/r[1]/a", "10")
    assert [values(session)[f"r[{place}]/t"] for place in (1, 2, 3, 4)] == ["10", "11", "12", "13"]
    session.remove("/data/r[2]")
    assert [values(session)[f"r[{place}]/t"] for place in (1, 2, 3)] == ["10", "11", "12"]


def test_a_certain_circle_is_warned_of_and_stopped() -> None:
    parts = ("<a/><b/>", bind("a", calculate="/data/b + 1") + bind("b", calculate="coalesce(/data/a, 0) + 1"))
    assert [warning["code"] for warning in compiled(*parts)["warnings"]] == ["cycle"]
    with pytest.raises(StepRefused, match="do not come to rest"):
        begun(*parts)


def test_a_value_that_feeds_on_itself_is_stopped() -> None:
    with pytest.raises(StepRefused, match="longer than 1,000,000 characters"):
        begun("<b/><c/>", bind("b", calculate="concat(/, 1)") + bind("c", calculate="concat(/, 2)"))


def test_a_calculation_may_read_its_own_last_value() -> None:
    session = begun("<a/><n/>", bind("n", calculate="concat(., /data/a)"), asked("a"))
    session.set("/data/a", "x")
    session.set("/data/a", "y")
    assert values(session)["n"] == "xy"
    assert compiled("<n/>", bind("n", calculate="once(1)"))["warnings"] == []


@pytest.mark.parametrize("which", ["'hello'", "/data/which"])
def test_a_calculation_reads_what_the_text_that_it_says_reads(which: str) -> None:
    """A text is told anew when an answer within it changes, whether it is named or chosen."""
    texts = (
        '<itext><translation lang="English"><text id="hello"><value>Hello <output value="/data/a"/></value>'
        "</text></translation></itext>"
    )
    session = begun(
        "<which>hello</which><a/><told/>", bind("told", calculate=f"jr:itext({which})"), "", texts
    )
    session.set("/data/a", "everybody")
    assert values(session)["told"] == "Hello everybody"
