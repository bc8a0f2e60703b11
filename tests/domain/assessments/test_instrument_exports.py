"""Instruments in another format: brought in again they ask the same."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime

import pytest
from django.test import Client
from django.urls import reverse

from schoolward.analysis.assessing.instrument import read_instrument
from schoolward.analysis.assessing.shapes import Instrument
from schoolward.domains.assessments import actions
from schoolward.domains.assessments.form_items import instrument_of_form
from schoolward.domains.assessments.instrument_exports import ExportFormat, exported
from schoolward.domains.assessments.instrument_forms import instrument_xform
from schoolward.domains.assessments.models import InstrumentVersion
from schoolward.domains.assessments.reading_files import SHIPPED, kind_of_file, read_form, whole_form
from schoolward.platform.access.viewer import Viewer
from schoolward.protocols.xforms.reading import read_form as read_xform
from schoolward.protocols.xforms.xlsform import write_xlsform

from .conftest import small
from .test_instruments import SURVEY, workbook

ANY_DAY = date(2020, 1, 1)
FORMATS = pytest.mark.parametrize("wanted", list(ExportFormat))
SHIPPED_ONES = pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)


def used(form: Instrument) -> Instrument:
    """Without scales that nothing uses: a form has no place for them."""
    return replace(
        form, scales=tuple(one for one in form.scales if any(i.scale == one.key for i in form.items))
    )


@SHIPPED_ONES
def test_our_own_are_the_same_as_forms(path: object) -> None:
    form = read_instrument(path.read_bytes(), name="shipped")  # type: ignore[attr-defined]
    xform = instrument_xform(form)
    for content in (xform, write_xlsform(read_xform(xform))):
        again = instrument_of_form(content, name="again", valid_from=ANY_DAY)
        assert again.items == form.items
        assert {one.key: one for one in again.scales} == {one.key: one for one in used(form).scales}
        assert replace(again, scales=()) == replace(form, scales=())


@pytest.mark.django_db
@FORMATS
def test_what_came_as_yaml(version: InstrumentVersion, wanted: ExportFormat) -> None:
    file = exported(version, wanted)
    again = read_form(file.content, name=file.name, kind=kind_of_file(file.content), valid_from=ANY_DAY)
    assert again == read_instrument(small(), name="small.yaml")


@pytest.mark.django_db
@pytest.mark.parametrize("wanted", [ExportFormat.XLSFORM, ExportFormat.XFORM])
def test_what_came_as_a_form(by: Viewer, at: datetime, wanted: ExportFormat) -> None:
    content = workbook((*SURVEY, ("text", "seen", "What did you see?", "", "", "")))
    version = actions.add_instrument(content=content, name="walk.xlsx", by=by, at=at).version
    file = exported(version, wanted)
    again = instrument_of_form(file.content, name=file.name, valid_from=ANY_DAY)
    assert again == instrument_of_form(content, name="walk.xlsx", valid_from=ANY_DAY)
    assert b"What did you see?" in exported(version, ExportFormat.XFORM).content


@pytest.mark.django_db
def test_an_xform_becomes_a_workbook(by: Viewer, at: datetime) -> None:
    first = actions.add_instrument(content=workbook(), name="walk.xlsx", by=by, at=at).version
    xform = exported(first, ExportFormat.XFORM).content
    changed = xform.replace(b'version="7"', b'version="8"')
    version = actions.add_instrument(content=changed, name="walk.xml", by=by, at=at).version
    book = exported(version, ExportFormat.XLSFORM)
    again = instrument_of_form(book.content, name=book.name, valid_from=ANY_DAY)
    assert (again.version, again.items) == (
        "8",
        instrument_of_form(changed, name="x", valid_from=ANY_DAY).items,
    )


@pytest.mark.django_db
def test_json_has_the_whole_form_beside_the_items(by: Viewer, at: datetime) -> None:
    content = workbook((*SURVEY, ("text", "seen", "What did you see?", "", "", "")))
    version = actions.add_instrument(content=content, name="walk.xlsx", by=by, at=at).version
    told = json.loads(exported(version, ExportFormat.JSON).content)
    assert [item["code"] for section in told["sections"] for item in section["items"]] == ["G1", "G2"]
    assert "/data/seen" in {node["path"] for node in told["form"]["nodes"]}


@pytest.mark.django_db
def test_json_of_a_form_comes_in_again_with_everything_that_it_asks(by: Viewer, at: datetime) -> None:
    content = workbook((*SURVEY, ("text", "seen", "What did you see?", "", "", "")))
    version = actions.add_instrument(content=content, name="walk.xlsx", by=by, at=at).version
    file = exported(version, ExportFormat.JSON)
    whole, name = whole_form(file.content.replace(b'version=\\"7\\"', b'version=\\"8\\"'), file.name)
    again = actions.add_instrument(content=whole, name=name, by=by, at=at).version
    assert (again.version, again.file_name) == ("8", "sheet-walk-7.xml")
    assert b"What did you see?" in exported(again, ExportFormat.XFORM).content
    assert list(again.items.values_list("code", flat=True)) == ["G1", "G2"]


@pytest.mark.django_db
@FORMATS
def test_page_and_api_give_the_same(
    version: InstrumentVersion, client_of: Callable[..., Client], wanted: ExportFormat
) -> None:
    client = client_of("trustee")
    page = reverse("assessments:instrument_file", args=[version.pk])
    answered = client.get(page, {"as": wanted.value})
    assert answered.status_code == 200
    assert f"small-1.{answered['Content-Disposition'].rpartition('.')[2]}" in answered["Content-Disposition"]
    assert answered["X-Content-Type-Options"] == "nosniff"
    over_http = client.get(f"/api/v1/assessments/instruments/{version.pk}/file", {"as": wanted.value})
    assert over_http.status_code == 200
    assert len(over_http.content) > 100
    if wanted != ExportFormat.XLSFORM:  # a workbook says when it was written
        assert over_http.content == answered.content
    shown = client.get(reverse("assessments:instrument", args=[version.pk])).content.decode()
    assert f"{page}?as={wanted.value}" in shown


@pytest.mark.django_db
def test_another_format_is_refused(version: InstrumentVersion, client_of: Callable[..., Client]) -> None:
    client = client_of("trustee")
    assert (
        client.get(reverse("assessments:instrument_file", args=[version.pk]), {"as": "doc"}).status_code
        == 404
    )
    over_http = client.get(f"/api/v1/assessments/instruments/{version.pk}/file", {"as": "doc"})
    assert over_http.status_code == 422
