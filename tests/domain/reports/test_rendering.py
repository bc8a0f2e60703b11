"""The files of an edition: what they hold, that they agree, and that they are the same each time."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

import pypdf
import pytest

from schoolward.platform.access.models import Account
from schoolward.platform.access.roles import Role
from schoolward.platform.access.viewer import Viewer
from schoolward.reports.actions import publish
from schoolward.reports.difference import difference
from schoolward.reports.models import Edition
from schoolward.reports.registry import ReportKind, UnknownReport
from schoolward.reports.rendering import render, render_edition, sha256

pytestmark = pytest.mark.django_db

Make = Callable[..., Edition]
Counted = Callable[..., list[Account]]
AS_OF = date(2012, 9, 6)


def pdf_of(content: bytes) -> pypdf.PdfReader:
    return pypdf.PdfReader(io.BytesIO(content))


def words(content: bytes) -> str:
    return " ".join(" ".join(page.extract_text() for page in pdf_of(content).pages).split())


def test_the_pdf_is_tagged_titled_and_in_english(approved: Make, counted: Counted) -> None:
    counted(3)
    document = pdf_of(render_edition(approved()).pdf)
    root = document.trailer["/Root"]

    assert bool(root["/MarkInfo"]["/Marked"])
    assert root["/Lang"] in ("en", "en-US")
    assert bool(root["/ViewerPreferences"]["/DisplayDocTitle"])
    assert "pdfuaid:part" in root["/Metadata"].get_data().decode()
    assert document.metadata is not None
    assert "Executive summary" in str(document.metadata.title)


def test_every_table_has_header_cells(approved: Make) -> None:
    """Typst and veraPDF let a table without header pass; a screen reader's user does not."""
    document = pdf_of(render_edition(approved()).pdf)
    tables = []

    def walk(node: object, table: list[str] | None) -> None:
        node = node.get_object() if hasattr(node, "get_object") else node
        if isinstance(node, list):
            for child in node:
                walk(child, table)
        elif isinstance(node, dict):
            kind = str(node.get("/S", ""))
            if kind == "/Table":
                table = []
                tables.append(table)
            elif table is not None and kind in ("/TH", "/TD"):
                table.append(kind)
            walk(node.get("/K", []), table)

    walk(document.trailer["/Root"]["/StructTreeRoot"], None)

    assert tables
    assert all("/TH" in table and "/TD" in table for table in tables)


def test_the_paper_says_its_number_its_lineage_and_its_files(approved: Make, counted: Counted) -> None:
    counted(3)
    rendered = render_edition(approved())
    text = words(rendered.pdf)

    assert "We counted 3" in text
    assert "In review: not approved".upper() not in text
    assert "APPROVED: NOT PUBLISHED" in text
    assert "test.events v1" in text
    assert sha256(rendered.csv) in text.replace(" ", "") or sha256(rendered.csv)[:20] in text
    assert "Information Item Only" in text
    assert "☒" in text


def test_csv_and_json_hold_the_same_numbers(approved: Make, counted: Counted) -> None:
    counted(12)
    edition = approved("[[test.students period=to-date]] of [[test.events period=to-date]]; [[test.survey]].")
    rendered = render_edition(edition)
    rows = list(csv.DictReader(io.StringIO(rendered.csv.decode())))
    numbers = json.loads(rendered.json)["numbers"]

    assert [row["printed"] for row in rows] == ["12", "12", "not collected"]
    assert [row["value"] for row in rows] == ["12", "12", ""]
    assert [number["value"] for number in numbers] == [12, 12, None]
    assert [row["measure"] for row in rows] == [number["measure"] for number in numbers]
    assert rows[0]["open_records"].endswith(f"/reports/{edition.pk}/numbers/1")


def test_a_withheld_count_is_in_no_file(approved: Make, counted: Counted) -> None:
    counted(4)
    edition = approved("[[test.students period=to-date]] students.")
    rendered = render_edition(edition)
    (row,) = csv.DictReader(io.StringIO(rendered.csv.decode()))

    assert (row["value"], row["numerator"], row["records"], row["record_list_sha256"]) == ("", "", "", "")
    assert row["suppressed"] == "True"
    assert "fewer than 11 or withheld" in words(rendered.pdf)


def test_checksums_are_those_of_the_files(approved: Make) -> None:
    files = render_edition(approved()).files
    sums = dict(reversed(line.split("  ")) for line in files["small-2012-09-06.sha256"].decode().splitlines())

    assert sums == {name: sha256(files[name]) for name in files if not name.endswith(".sha256")}


def test_a_frozen_edition_gives_the_same_bytes(approved: Make, counted: Counted) -> None:
    counted(3)
    edition = approved()
    first = render_edition(edition)
    counted(5)

    assert render_edition(Edition.objects.get(pk=edition.pk)).files == first.files


def test_text_that_a_spreadsheet_would_run_is_guarded(approved: Make) -> None:
    edition = approved()
    edition.cells.update(title="=HYPERLINK(1)")
    (row,) = csv.DictReader(io.StringIO(render_edition(edition).csv.decode()))

    assert row["title"] == "'=HYPERLINK(1)"


class TestCommandLine:
    def test_a_published_edition_is_rendered_as_frozen(
        self,
        approved: Make,
        counted: Counted,
        person: Callable[..., Viewer],
        at: datetime,
        by: Viewer,
        tmp_path: Path,
    ) -> None:
        counted(3)
        publish(edition=approved(), by=person(3, Role.TRUSTEE), at=at)
        done = render("small", AS_OF, tmp_path / "out", by=by)

        assert [Path(path).suffix for path in done["paths"]] == [".pdf", ".csv", ".json", ".sha256"]
        assert all(Path(path).stat().st_size > 0 for path in done["paths"])
        assert done["state"] == "published"
        assert done["traceability"] == {"cells": 1, "traced": 1, "share": 100.0}

    def test_without_an_edition_a_draft_is_composed_and_not_kept(
        self, kind: ReportKind, counted: Counted, by: Viewer, tmp_path: Path
    ) -> None:
        counted(3)
        done = render("small", AS_OF, tmp_path, by=by)

        assert (done["edition"], done["state"]) == (None, "draft")
        assert done["traceability"]["share"] == 100.0
        assert not Edition.objects.exists()
        assert "http://127.0.0.1:8000/trace/test.events?to=2012-09-06" in Path(done["paths"][1]).read_text()

    def test_an_unknown_report(self, by: Viewer, tmp_path: Path) -> None:
        with pytest.raises(UnknownReport, match="no report 'nothing'; there is board-summary"):
            render("nothing", AS_OF, tmp_path, by=by)


class TestDifference:
    def test_numbers_and_words(
        self, approved: Make, draft: Make, counted: Counted, person: Callable[..., Viewer], at: datetime
    ) -> None:
        counted(3, on=date(2012, 4, 1))
        first = publish(edition=approved(as_of=date(2012, 5, 1)), by=person(3, Role.TRUSTEE), at=at)
        counted(2, on=date(2012, 6, 1))
        second = draft("We now counted [[test.events period=to-date]] events. [[test.survey]]")
        found = difference(first, second)

        assert [(n.token, n.change) for n in found.numbers] == [
            ("test.events period=to-date", "+2"),
            ("test.survey", ""),
        ]
        (text,) = found.texts
        assert ("added", "now ") in text.runs or ("added", " now") in text.runs

    def test_the_change_is_that_of_the_part_which_is_printed(
        self, approved: Make, draft: Make, counted: Counted, person: Callable[..., Viewer], at: datetime
    ) -> None:
        text = "[[test.share]], [[test.share show=numerator]] of [[test.share show=denominator]]"
        counted(4, staff=1)
        first = publish(edition=approved(text, as_of=date(2012, 5, 1)), by=person(3, Role.TRUSTEE), at=at)
        counted(4, staff=3)

        assert [change.change for change in difference(first, draft(text)).numbers] == [
            "+25 points",
            "+3",
            "+4",
        ]

    def test_nothing_changed(
        self, approved: Make, person: Callable[..., Viewer], draft: Make, at: datetime
    ) -> None:
        first = publish(edition=approved("Well."), by=person(3, Role.TRUSTEE), at=at)
        second = draft("Well.")

        assert difference(first, second).texts == ()
        assert difference(first, second).numbers == ()
