"""The first questions of a form as HTML: what is plain, up to what is not."""

from __future__ import annotations

import re

import pytest

from schoolward.protocols.xforms.compiling import compile_form
from schoolward.protocols.xforms.first_questions import AT_FIRST, first_questions
from schoolward.protocols.xforms.reading import read_form
from schoolward.protocols.xforms.session import Program

FORM = """<h:html xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml"
  xmlns:jr="http://openrosa.org/javarosa"><h:head><h:title>T</h:title><model>ITEXT<instance>
  <data id="t" version="1"><a/><b>B</b><c/><d/><e/><f/><told/></data></instance>BINDS</model></h:head>
  <h:body>BODY</h:body></h:html>"""
ITEMS = "<item><label>No</label><value>1</value></item><item><label>Yes</label><value>2</value></item>"


def choice(name: str, label: str = "", *, extra: str = "", attributes: str = "") -> str:
    told = f"<label>{label or f'Is {name} so?'}</label>"
    return f'<select1 ref="/data/{name}" {attributes}>{told}{extra}{ITEMS}</select1>'


def asked(body: str, binds: str = "", itext: str = "", blank: str = "") -> list[str]:
    """The names of the questions in the HTML."""
    xform = FORM.replace("BODY", body).replace("BINDS", binds).replace("ITEXT", itext)
    form = compile_form(read_form(xform.replace("<b>B</b>", f"<b>{blank}</b>").encode()))
    found = re.findall(r'data-question="filling-q(\d+)"', first_questions(Program(form)))
    return [form["nodes"][form["controls"][int(number)]["node"]]["name"] for number in found]


def bind(name: str, facet: str) -> str:
    return f'<bind nodeset="/data/{name}" {facet}/>'


def test_as_many_as_fill_a_screen() -> None:
    assert asked("".join(choice(name) for name in "abcdef")) == list("abcdef")[:AT_FIRST]


@pytest.mark.parametrize(
    ("second", "binds"),
    [
        ('<input ref="/data/b"><label>What?</label></input>', ""),
        (choice("b", 'As <output value="/data/a"/>?'), ""),
        (choice("b", attributes='appearance="minimal"'), ""),
        (choice("b"), bind("b", 'readonly="true()"')),
        (f'<select ref="/data/b"><label>Which?</label>{ITEMS}</select>', ""),
        ('<input ref="/data/told"><label>So far</label></input>', bind("told", "calculate=\"'x'\"")),
        (choice("b").replace(ITEMS, ITEMS * 8), ""),
    ],
    ids=["text", "output", "list", "readonly", "several", "note", "many"],
)
def test_it_stops_at_what_is_not_plain(second: str, binds: str) -> None:
    assert asked(choice("a") + second + choice("c"), binds) == ["a"]


def test_it_stops_at_an_answer_that_the_form_begins_with() -> None:
    assert asked(choice("a") + choice("b") + choice("c"), blank="2") == ["a"]


def test_what_is_not_relevant_or_folded_is_passed_over() -> None:
    folded = '<input ref="/data/c" appearance="multiline folded"><label>Note</label></input>'
    binds = bind("b", "relevant=\"/data/a = '1'\"")
    assert asked(choice("a") + choice("b") + folded + choice("d"), binds) == ["a", "d"]


def test_several_languages_are_left_to_the_page() -> None:
    said = "".join(
        f'<translation lang="{lang}"><text id="q"><value>{lang}?</value></text></translation>'
        for lang in ("en", "es")
    )
    labelled = choice("a").replace("<label>Is a so?</label>", "<label ref=\"jr:itext('q')\"/>")
    assert asked(labelled, itext=f"<itext>{said}</itext>") == []


def test_texts_are_escaped_and_said_to_be_required() -> None:
    body = choice("a", '1 &lt; 2 &amp; "3"', extra="<hint>&lt;b&gt;</hint>")
    form = FORM.replace("BODY", body).replace("BINDS", bind("a", 'required="true()"')).replace("ITEXT", "")
    html = first_questions(Program(compile_form(read_form(form.encode()))))
    assert "1 &lt; 2 &amp; &quot;3&quot;<abbr" in html
    assert 'aria-describedby="filling-q0-hint"' in html
    assert '<span class="filling-hint" id="filling-q0-hint">&lt;b&gt;</span>' in html
