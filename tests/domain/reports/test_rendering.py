"""The files of an edition: what they hold, that they agree, and that they are the same each time."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

import pypdf
import pytest
from django.conf import LazySettings

from schoolward.platform.access.models import Account
from schoolward.platform.access.roles import Role
from schoolward.platform.access.viewer import Viewer
from schoolward.reports.actions import (
    CannotPrint,
    NotPublishable,
    correct,
    publish,
    submit,
    write_minutes,
)
from schoolward.reports.difference import difference
from schoolward.reports.models import Edition, Section, State
from schoolward.reports.queries import contents
from schoolward.reports.registry import ReportKind, UnknownReport
from schoolward.reports.rendering import KINDS, file_of, render, render_edition, sha256

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
    counted(12, on=date(2012, 7, 16))
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
    counted(4, on=date(2012, 7, 16))
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


def test_a_published_file_stays_what_it_was(
    approved: Make,
    counted: Counted,
    person: Callable[..., Viewer],
    at: datetime,
    settings: LazySettings,
) -> None:
    """Whatever comes after: another address, other records, a correction, minutes, the next edition."""
    counted(3)
    edition = publish(edition=approved(as_of=date(2012, 5, 1)), by=person(3, Role.TRUSTEE), at=at)
    first = {kind: file_of(edition, kind) for kind in KINDS}
    settings.SITE_URL = "https://elsewhere.example"
    counted(5)
    correct(edition=edition, text="One was counted twice.", by=person(2), at=at)
    write_minutes(edition=edition, text="Received.", by=person(8, Role.SECRETARY), at=at)
    publish(edition=approved(), by=person(3, Role.TRUSTEE), at=at)

    later = Edition.objects.get(pk=edition.pk)
    assert later.state == State.SUPERSEDED
    assert {kind: file_of(later, kind) for kind in KINDS} == first
    name, listed = first["sha256"]
    assert name == "small-2012-05-01.sha256"
    assert f"{sha256(first['pdf'][1])}  small-2012-05-01.pdf" in listed.decode()


def test_an_annotated_copy_holds_what_came_later(
    approved: Make, counted: Counted, person: Callable[..., Viewer], at: datetime
) -> None:
    counted(3)
    edition = publish(edition=approved(), by=person(3, Role.TRUSTEE), at=at)
    with pytest.raises(LookupError):
        file_of(edition, "annotated-pdf")
    correct(edition=edition, text="One was counted twice.", cell=edition.cells.get(), by=person(2), at=at)
    write_minutes(edition=edition, text="Received and filed.", by=person(8, Role.SECRETARY), at=at)

    name, printed = file_of(edition, "annotated-pdf")
    assert name == "small-2012-09-06-annotated-2.pdf"
    text = words(printed)
    assert "Corrections made after publication" in text
    assert "September 6, 2012, number 1: One was counted twice. (Accountability analyst)" in text
    assert "Received and filed." in text
    assert "Edition 1, annotated copy 2." in text
    (row,) = csv.DictReader(io.StringIO(file_of(edition, "annotated-csv")[1].decode()))
    assert row["correction"] == "One was counted twice."
    data = json.loads(file_of(edition, "annotated-json")[1])
    assert data["corrections"] == [
        {
            "day": "September 6, 2012",
            "number": 1,
            "text": "One was counted twice.",
            "role": "Accountability analyst",
        }
    ]


def test_what_cannot_be_printed_does_not_come_to_review(
    draft: Make, counted: Counted, person: Callable[..., Viewer], at: datetime
) -> None:
    """A character may come from elsewhere than a section: here from the name of a site, there from a goal."""
    edition = draft("Well.")
    Section.objects.filter(edition=edition, key="results").update(body="A \uf0b7 bullet from Word.")
    with pytest.raises(CannotPrint, match=r"\(U\+F0B7\) cannot be printed.*“A . bullet from Word\.”"):
        submit(edition=edition, by=person(1, Role.LEAD), at=at)

    edition.refresh_from_db()
    assert (edition.state, edition.cells.count()) == (State.DRAFT, 0)


def test_what_cannot_be_printed_is_not_published(
    approved: Make, person: Callable[..., Viewer], at: datetime
) -> None:
    edition = approved("Well.")
    Edition.objects.filter(pk=edition.pk).update(division="安全")
    with pytest.raises(NotPublishable, match="“安”"):
        publish(edition=edition, by=person(3, Role.TRUSTEE), at=at)

    edition.refresh_from_db()
    assert (edition.state, edition.files.count()) == (State.APPROVED, 0)


def test_a_bold_number_is_a_number(approved: Make, counted: Counted) -> None:
    counted(3)
    edition = approved("**[[test.events period=to-date]] events** were counted.")

    assert contents(edition).sections["results"][0]["runs"] == [
        {"cell": 1, "text": "3", "bold": True},
        {"strong": " events"},
        {"text": " were counted."},
    ]
    assert "test.events period" not in words(render_edition(edition).pdf)


def test_a_word_without_an_end_stays_on_the_page(approved: Make) -> None:
    edition = approved(f"See {'x' * 400} there.")
    widths: list[float] = []

    def take(text: str, _cm: object, tm: list[float], _font: object, size: float) -> None:
        widths.append(tm[4] + len(text.strip()) * 0.3 * size)

    for page in pdf_of(render_edition(edition).pdf).pages:
        page.extract_text(visitor_text=take)
    assert max(widths) < 612


def test_a_sentence_whose_every_number_is_wanting_names_them(approved: Make, counted: Counted) -> None:
    counted(3)
    edition = approved(
        "We asked [[test.survey]] people in [[period: last-school-year]]. It was well. "
        "Of [[test.events period=to-date]] events [[test.survey]] were told."
    )
    text = words(render_edition(edition).pdf)

    assert re.search(
        r"Survey: not collected ?\d\. It was well\. Of 3 ?\d events \(number not collected\)", text
    )
    assert "people in" not in text


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
        text = words(Path(done["paths"][0]).read_bytes())
        assert "Draft, not kept. Figures as of September 6, 2012." in text
        assert "Edition" not in text
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
