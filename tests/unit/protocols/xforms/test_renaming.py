"""A form under another id and title stays the same to the byte otherwise."""

from __future__ import annotations

import pytest

from schoolward.protocols.xforms.problems import FormRefused
from schoolward.protocols.xforms.reading import read_form
from schoolward.protocols.xforms.renaming import renamed

from .forms_in_text import xform

FORM = xform('<a note=">"/>', '<bind nodeset="/data/a" type="string"/>', '<input ref="/data/a"/>').decode()


def test_two_places_change_and_no_other() -> None:
    found = renamed(FORM.encode(), form_id="walk-7", title="Oak & Elm <1>").decode()
    assert found == FORM.replace('id="test"', 'id="walk-7"').replace(
        "<h:title>Test<", "<h:title>Oak &amp; Elm &lt;1&gt;<"
    )
    form = read_form(found.encode())
    assert (form.id, form.version, form.title) == ("walk-7", "1", "Oak & Elm <1>")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ('<data id="test" version="1">', "<data version=\"1\" id = 'test'>"),
        ('<data id="test" version="1">', '<data x=">" id="test" version="1">'),
        ('<data id="test" version="1">', '<data version="1">'),
        ('<data id="test" version="1">', '<data grid="3" version="1">'),
        ("<h:title>Test</h:title>", "<h:title/>"),
        ("<h:title>Test</h:title>", ""),
        ("<h:head>", "<!-- <title>no</title><instance><data id='no'/></instance> --><h:head>"),
    ],
)
def test_however_it_is_written(before: str, after: str) -> None:
    assert before in FORM
    form = read_form(renamed(FORM.replace(before, after).encode(), form_id="walk-7", title="Oak"))
    assert (form.id, form.version) == ("walk-7", "1")
    assert form.title == ("" if "title" in before and "Test" not in after else "Oak")


@pytest.mark.parametrize("coding", ["utf-8-sig", "utf-16", "iso-8859-1"])
def test_in_whichever_coding(coding: str) -> None:
    declared = {"utf-8-sig": "UTF-8", "utf-16": "UTF-16", "iso-8859-1": "ISO-8859-1"}[coding]
    text = f'<?xml version="1.0" encoding="{declared}"?>' + FORM.replace("<a ", "<a café='ü' ")
    form = read_form(renamed(text.encode(coding), form_id="walk-7", title="Lycée 学校"))
    assert (form.id, form.title) == ("walk-7", "Lycée 学校")
    assert form.blank.elements[0].attributes["café"] == "ü"


def test_what_is_no_form_is_refused() -> None:
    with pytest.raises(FormRefused):
        renamed(b"<h:html", form_id="x", title="x")
    with pytest.raises(ValueError, match="no instance"):
        renamed(b"<html/>", form_id="x", title="x")
