"""Where ODK's engines disagree, the form is warned about, with the place."""

from __future__ import annotations

import pytest
from tests.unit.protocols.xforms.forms_in_text import asked, bind, compiled

REPEAT = '<group ref="/data/r"><repeat nodeset="/data/r"><input ref="/data/r/x"/></repeat></group>'


@pytest.mark.parametrize(
    ("facet", "expression", "codes"),
    [
        ("relevant", "/data/a", ["node-set-as-boolean"]),
        ("relevant", "/data/a != ''", []),
        ("calculate", "if(/data/a, 1, 2)", ["node-set-as-boolean"]),
        ("calculate", "if(/data/a = 1, /data/a, '')", []),
        ("relevant", "/data/a = 1 and not(/data/a)", ["node-set-as-boolean"]),
        ("constraint", "regex(., '[0-9]+')", ["regex"]),
        ("constraint", "regex(., '^[0-9]+$')", []),
        ("calculate", "substring(/data/a, 1)", ["function"]),
        ("calculate", "substr(/data/a, 1)", []),
        ("calculate", "string()", ["function"]),
        ("calculate", "count(/data/a | /data/q)", ["union"]),
        ("calculate", "count(//a)", ["axis"]),
        ("calculate", "/data/r/x", ["many-nodes"]),
        ("calculate", "/data/r/x + 1", ["many-nodes"]),
        ("calculate", "sum(/data/r/x)", []),
        ("calculate", "/data/r[1]/x", []),
        ("calculate", "indexed-repeat(/data/r/x, /data/r, 1)", []),
        ("calculate", "/data/nothing", ["unknown-path"]),
        ("calculate", "../../nothing", ["unknown-path"]),
        ("calculate", "../a", []),
    ],
)
def test_one_expression(facet: str, expression: str, codes: list[str]) -> None:
    form = compiled("<a/><q/><r><x/></r>", bind("q", **{facet: expression}), asked("a", "q") + REPEAT)
    assert [warning["code"] for warning in form["warnings"]] == codes
    assert all(warning["where"] == f"/data/q ({facet})" for warning in form["warnings"])


@pytest.mark.parametrize(
    ("expression", "codes"),
    [("/data/r/x * 2", ["absolute-in-repeat"]), ("../x * 2", []), ("sum(../../r/x)", []), ("/data/a", [])],
)
def test_absolute_paths_inside_a_repeat(expression: str, codes: list[str]) -> None:
    form = compiled("<a/><r><x/><y/></r>", bind("r/y", calculate=expression), REPEAT)
    assert [warning["code"] for warning in form["warnings"]] == codes


def test_search_and_files_that_are_missing() -> None:
    body = '<select1 ref="/data/a" appearance="minimal search(\'rooms\')">'
    body += "<item><label>A</label><value>a</value></item>"
    form = compiled("<a/>", "", body + "</select1>", '<instance id="f" src="jr://file-csv/f.csv"/>')
    told = [(warning["code"], warning["where"]) for warning in form["warnings"]]
    assert told == [("file", "f.csv"), ("search", "/data/a")]
