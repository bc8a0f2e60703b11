"""Instruments come in once, end their predecessors, and never change when they were used."""

from __future__ import annotations

import io
from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from django.db import transaction
from django.db.utils import DatabaseError

from schoolward.domains.assessments import actions, queries
from schoolward.domains.assessments.models import Assessment, Instrument, InstrumentItem, InstrumentVersion
from schoolward.platform.access.permissions import AccessDenied
from schoolward.platform.access.viewer import Viewer

from .conftest import small

pytestmark = pytest.mark.django_db
GOLDEN = Path(__file__).resolve().parents[2] / "golden"


def add(content: bytes, by: Viewer, at: datetime, name: str = "small.yaml") -> actions.Added:
    return actions.add_instrument(content=content, name=name, by=by, at=at)


def test_the_same_file_twice_is_one_version(by: Viewer, at: datetime) -> None:
    first, second = add(small(), by, at), add(small(), by, at)
    assert (first.is_new, second.is_new) == (True, False)
    assert first.version == second.version
    assert list(first.version.items.values_list("code", flat=True)) == ["G1", "G2", "D1", "D2"]


def test_a_version_keeps_its_content(by: Viewer, at: datetime) -> None:
    add(small(), by, at)
    with pytest.raises(actions.AssessmentRefused, match="new version"):
        add(small() + b"# changed\n", by, at)


def test_a_new_version_ends_the_one_before(by: Viewer, at: datetime) -> None:
    first = add(small(), by, at).version
    second = add(small("2", "2012-01-01"), by, at).version
    first.refresh_from_db()
    assert first.valid_to == date(2011, 12, 31)
    for day, version in ((date(2011, 12, 31), first), (date(2012, 1, 1), second)):
        assert list(queries.usable_versions(by, day)) == [version]
    assert not queries.usable_versions(by, date(2010, 6, 30)).exists()


def test_a_file_that_cannot_be_used_is_refused_by_its_place(by: Viewer, at: datetime) -> None:
    with pytest.raises(actions.AssessmentRefused, match=r"small\.yaml.*severity.*line"):
        add(small().replace(b"severity: urgent", b"severity: huge"), by, at)
    assert not Instrument.objects.exists()


def test_the_shipped_ones_come_in_and_stay(by: Viewer, at: datetime) -> None:
    first = actions.load_shipped(by=by, at=at)
    assert len(first) >= 3
    assert all(one.is_new for one in first)
    assert not any(one.is_new for one in actions.load_shipped(by=by, at=at))
    assert {one.version.instrument.kind for one in first} >= {"cpted", "vulnerability", "security_audit"}


def test_who_brings_them_in(viewer: Any, at: datetime) -> None:
    with pytest.raises(AccessDenied):
        add(small(), viewer("facilities"), at)
    assert add(small(), viewer("administrator"), at).is_new


def test_the_database_refuses_to_change_what_was_used(
    planned: Assessment, version: InstrumentVersion
) -> None:
    rows = InstrumentVersion.objects.filter(pk=version.pk)
    for change in ({"title": "Other"}, {"sha256": "0" * 64}, {"valid_from": date(2011, 1, 1)}):
        with pytest.raises(DatabaseError), transaction.atomic():
            rows.update(**change)
    with pytest.raises(DatabaseError), transaction.atomic():
        InstrumentItem.objects.create(version=version, code="X", position=99, section="gate", text="More.")
    with pytest.raises(DatabaseError), transaction.atomic():
        InstrumentItem.objects.filter(version=version).update(text="Other")
    rows.update(valid_to=date(2012, 12, 31))


def test_what_was_not_used_may_be_mended(version: InstrumentVersion) -> None:
    InstrumentVersion.objects.filter(pk=version.pk).update(title="Other")
    InstrumentItem.objects.create(version=version, code="X", position=99, section="gate", text="More.")


@pytest.mark.parametrize(
    ("kinds", "bands"),
    [
        (["elementary"], ("elementary",)),
        (["junior_high", "high"], ("middle", "high")),
        (["k12"], ("elementary", "middle", "high")),
        (["adult"], ("other",)),
        ([], ("other",)),
    ],
)
def test_bands_of_the_schools_on_a_campus(db: None, kinds: list[str], bands: tuple[str, ...]) -> None:
    from schoolward.domains.places.models import Campus, School, SchoolOccupancy

    campus = Campus.objects.create(name="Elm", slug="elm", address="1 Elm", address_key="1 ELM")
    for number, kind in enumerate(kinds, start=20):
        school = School.objects.create(cds_code=f"{number:014d}", name=kind, kind=kind)
        SchoolOccupancy.objects.create(school=school, campus=campus)
    assert queries.bands_of(campus.pk, date(2012, 9, 6)) == bands


SURVEY = (
    (
        *("type", "name", "label", "instance::fails_at", "instance::severity", "instance::trade"),
        "instance::recommendation",
    ),
    ("begin_group", "gate", "The gate", "", "", ""),
    (
        *("select_one condition", "G1", "The gate closes by itself.", "1", "high", "fencing"),
        "Give the gate a closer.",
    ),
    ("select_one condition", "G2", "The gate can be seen.", "", "", ""),
    ("end_group", "", "", "", "", ""),
)
CHOICES = (
    ("list_name", "name", "label"),
    ("condition", "0", "Not so"),
    ("condition", "1", "Partly so"),
    ("condition", "2", "Fully so"),
    ("condition", "dne", "Does not exist"),
)
SETTINGS = (
    ("form_title", "form_id", "version", "attribute::kind", "attribute::valid_from"),
    ("A walk from a sheet", "sheet_walk", "7", "walk", "2011-01-01"),
)


def workbook(survey: tuple[tuple[str, ...], ...] = SURVEY) -> bytes:
    return sheets(survey=survey, choices=CHOICES, settings=SETTINGS)


def sheets(**held: tuple[tuple[str, ...], ...]) -> bytes:
    """A workbook with these sheets."""
    book = openpyxl.Workbook()
    for title, rows in held.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    del book["Sheet"]
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_an_xlsform_is_an_instrument_whatever_its_name(by: Viewer, at: datetime) -> None:
    version = add(workbook(), by, at, "walk.yaml").version
    form = queries.form_of(version)
    assert (version.format, version.instrument.key, version.version) == ("xlsform", "sheet-walk", "7")
    assert (form.kind, form.valid_from) == ("walk", date(2011, 1, 1))
    first, second = form.items
    assert (first.code, first.fails_at, first.severity, first.trade) == ("G1", 1, "high", "fencing")
    assert (second.fails_at, second.severity) == (None, "")
    assert form.section_of(first).title == "The gate"
    scale = form.scale_of(first)
    assert [choice.value for choice in scale.choices] == [0, 1, 2]
    assert (scale.may_not_exist, scale.may_be_unobserved) == (True, False)


@pytest.mark.parametrize(
    ("row", "told"),
    [
        (("text", "T1", "What did you see?", "1", "", ""), "T1.*is said to be rated"),
        (
            ("select_one condition", "G3", "Bad", "2", "high", "fencing"),
            "walk.xlsx: survey, row 5, /data/gate/G3 has fails_at 2",
        ),
        (("select_one condition", "G3", "Bad", "1", "huge", "fencing"), "severity"),
        (("select_one nowhere", "G3", "Bad", "", "", ""), "nowhere"),
        (
            ("select_one condition", "G3", "Bad", "1", "high", "fencing"),
            "walk.xlsx: survey, row 5, /data/gate/G3 can fail, and has no recommendation",
        ),
    ],
)
def test_a_form_that_a_walk_cannot_ask_is_refused_by_its_place(
    by: Viewer, at: datetime, row: tuple[str, ...], told: str
) -> None:
    with pytest.raises(actions.AssessmentRefused, match=told):
        add(workbook((*SURVEY[:-1], row, SURVEY[-1])), by, at, "walk.xlsx")


def test_what_cannot_be_rated_stays_a_question(by: Viewer, at: datetime) -> None:
    more = (
        ("text", "seen", "What did you see?", "", "", ""),
        ("select_multiple condition", "several", "Which of these?", "", "", ""),
        ("begin_repeat", "door", "Each door", "", "", ""),
        ("select_one condition", "latch", "It latches.", "", "", ""),
        ("end_repeat", "", "", "", "", ""),
    )
    version = add(workbook((*SURVEY[:-1], *more, SURVEY[-1])), by, at, "walk.xlsx").version
    assert list(version.items.values_list("code", flat=True)) == ["G1", "G2"]


def test_what_repeats_is_not_rated(by: Viewer, at: datetime) -> None:
    more = (
        ("begin_repeat", "door", "Each door", "", "", ""),
        ("select_one condition", "latch", "It latches.", "1", "high", "locks"),
        ("end_repeat", "", "", "", "", ""),
    )
    with pytest.raises(
        actions.AssessmentRefused, match=r"survey, row 7, /data/door/latch is said to be rated.*repeat"
    ):
        add(workbook((*SURVEY, *more)), by, at, "walk.xlsx")


def test_two_questions_of_one_name_are_two_items(by: Viewer, at: datetime) -> None:
    again = (
        ("begin_group", "back", "The back gate", "", "", ""),
        ("select_one condition", "G1", "It closes too.", "1", "high", "fencing", "Mend it."),
        ("end_group", "", "", "", "", ""),
    )
    version = add(workbook((*SURVEY, *again)), by, at, "walk.xlsx").version
    assert list(version.items.values_list("code", flat=True)) == ["G1", "G2", "back.G1"]


def test_a_form_that_says_no_day_holds_from_the_day_it_came(by: Viewer, at: datetime) -> None:
    book = openpyxl.load_workbook(io.BytesIO(workbook()))
    book["settings"].delete_cols(5)
    out = io.BytesIO()
    book.save(out)
    version = add(out.getvalue(), by, at, "walk.xlsx").version
    assert version.valid_from == at.date()
    assert queries.form_of(version).valid_from == at.date()


def test_old_excel_under_a_new_name(by: Viewer, at: datetime) -> None:
    content = (GOLDEN / "forms" / "workbooks" / "old_excel.xls").read_bytes()
    version = add(content, by, at, "walk.xlsx").version
    assert version.format == "xlsform"
    assert queries.form_of(version).key == version.instrument.key


def test_of_two_versions_that_begin_on_one_day_the_later_one_holds(by: Viewer, at: datetime) -> None:
    for version in ("1", "2"):
        added = add(small(version), by, at).version
    assert list(queries.usable_versions(by, date(2012, 9, 6))) == [added]


def test_a_form_whose_calculations_never_settle_is_refused(by: Viewer, at: datetime) -> None:
    survey = (
        (*SURVEY[0], "calculation"),
        *((*row, "") for row in SURVEY[1:]),
        ("calculate", "a", "", "", "", "", "", "${b} + 1"),
        ("calculate", "b", "", "", "", "", "", "${a} + 1"),
    )
    with pytest.raises(actions.AssessmentRefused, match=r"survey, row 6, /data/a is never settled.*/data/b"):
        add(workbook(survey), by, at, "walk.xlsx")
    assert not Instrument.objects.exists()
