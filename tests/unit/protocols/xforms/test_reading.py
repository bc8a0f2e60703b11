"""Reading an XForm: what is refused, with place and mend, and what is put together."""

from __future__ import annotations

import pytest
from tests.unit.protocols.xforms.forms_in_text import HEAD, asked, bind, compiled, xform

from schoolward.protocols.xforms.compiling import compile_form
from schoolward.protocols.xforms.problems import FormRefused
from schoolward.protocols.xforms.reading import read_form


@pytest.mark.parametrize(
    ("data", "what", "where"),
    [
        (b"<a><b></a>", "no well-formed XML", "line 1, column 9"),
        (b"<html/>", "This XML is no XForm", ""),
        ((HEAD + "</model></h:head></h:html>").encode(), "no instance", "<model>"),
        (b'<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>', "document type or entities", ""),
        (b"<a>" * 200 + b"</a>" * 200, "nested more than 100", ""),
        (xform("<x/>", bind("y")), "bind is for a node that is not in the instance", "/data/y"),
        (xform("<x/>", body=asked("z")), "<input> is for /data/z", "/data/z"),
        (
            xform("<x/>", body='<select1 ref="/data/x"><itemset nodeset="/data/x"/></select1>'),
            "which value is stored",
            "/data/x",
        ),
        (
            xform("<x/>", more='<setvalue event="odk-instance-first-load" ref="/data/q" value="1"/>'),
            "setvalue",
            "",
        ),
    ],
)
def test_a_form_that_is_none_is_refused(data: bytes, what: str, where: str) -> None:
    with pytest.raises(FormRefused) as refused:
        read_form(data)
    (problem,) = refused.value.problems
    assert what in problem.what
    assert where in problem.where


@pytest.mark.parametrize(
    ("facet", "expression", "what", "where"),
    [
        ("relevant", "../x = ", "A value is missing", "/data/x (relevant)"),
        ("calculate", "foo(1)", "There is no function foo()", "/data/x (calculate)"),
        ("calculate", "pulldata(../x, 'a', 'b', 1)", "pulldata() needs", "/data/x (calculate)"),
        (
            "constraint",
            "instance('rooms')/root/item = .",
            "There is no instance 'rooms'",
            "/data/x (constraint)",
        ),
        ("calculate", "jr:choice-name('a', ../x)", "needs its path as a text", "/data/x (calculate)"),
    ],
)
def test_an_expression_that_cannot_be_used_is_named(
    facet: str, expression: str, what: str, where: str
) -> None:
    with pytest.raises(FormRefused) as refused:
        compiled("<x/>", bind("x", **{facet: expression}))
    assert [(what in problem.what, problem.where) for problem in refused.value.problems] == [(True, where)]


def test_every_fault_of_a_form_is_told_at_once() -> None:
    with pytest.raises(FormRefused) as refused:
        read_form(xform("<x/><z/>", bind("y") + bind("xx"), asked("q")))
    assert len(refused.value.problems) == 3
    assert "Did you mean /data/x?" in refused.value.problems[1].mend


def test_languages_texts_and_outputs() -> None:
    itext = (
        '<itext><translation lang="fr"><text id="q"><value>Bonjour <output value="/data/x"/>!</value>'
        '<value form="image">jr://images/a.png</value></text></translation>'
        '<translation lang="en" default="true()"><text id="q"><value>Hello</value></text>'
        "</translation></itext>"
    )
    body = '<input ref="/data/x"><label ref="jr:itext(\'q\')"/><hint>Your  name</hint></input>'
    form = compiled("<x/>", "", body, itext)
    assert form["languages"] == ["en", "fr"]
    (control,) = form["controls"]
    path = ["path", "/", ["child", "data"], ["child", "x"]]
    assert control["label"] == {
        "en": "Hello",
        "fr": {"parts": ["Bonjour ", {"value": path}, "!"], "image": "jr://images/a.png"},
    }
    assert control["hint"] == {"": "Your name"}


def test_a_form_without_an_instance_id_gets_one() -> None:
    nodes = compiled("<x/>")["nodes"]
    assert [node["path"] for node in nodes] == ["/data", "/data/x", "/data/meta", "/data/meta/instanceID"]


def test_files_become_instances_and_missing_ones_a_warning() -> None:
    more = (
        '<instance id="rooms" src="jr://file-csv/rooms.csv"/><instance id="sites" src="jr://file/sites.geojson"/>'
        '<instance id="gone" src="jr://file-csv/gone.csv"/>'
    )
    geojson = b"""{"type": "FeatureCollection", "features": [{"type": "Feature", "id": "s1",
      "geometry": {"type": "Point", "coordinates": [-121.5, 38.5]}, "properties": {"title": "Yard"}}]}"""
    definition = read_form(xform("<x/>", more=more))
    form = compile_form(
        definition, {"rooms.csv": b"\xef\xbb\xbfname;label\r\na;Room A\r\n", "sites.geojson": geojson}
    )
    assert form["instances"]["rooms"] == ["root", [["item", [["name", "a"], ["label", "Room A"]]]]]
    assert form["instances"]["sites"] == [
        "root",
        [["item", [["geometry", "38.5 -121.5 0 0"], ["title", "Yard"], ["id", "s1"]]]],
    ]
    assert [(warning["code"], warning["where"]) for warning in form["warnings"]] == [("file", "gone.csv")]


def test_a_file_that_cannot_be_read_is_a_problem() -> None:
    definition = read_form(xform("<x/>", more='<instance id="r" src="jr://file-csv/r.csv"/>'))
    with pytest.raises(FormRefused) as refused:
        compile_form(definition, {"r.csv": b'a,b\n"open'})
    assert refused.value.problems[0].where == "r.csv"
