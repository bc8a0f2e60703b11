"""Incidents of discipline: no student in them, a school's year replaced as a whole, small numbers hidden."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable
from datetime import date, datetime

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client

from schoolward.analysis.disclosure import attack
from schoolward.domains.cases.models import DisciplineIncident, DisciplineLine
from schoolward.domains.cases.queries import discipline as queries
from schoolward.domains.cases.seed.discipline import incidents_of_discipline
from schoolward.domains.places.models import Campus, School, SchoolOccupancy
from schoolward.platform.access.permissions import AccessDenied
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.audit.models import Event
from schoolward.platform.demo.registry import SeedContext
from schoolward.platform.exchange.models import ImportRun
from schoolward.platform.exchange.registry import get
from schoolward.platform.exchange.report import Report
from schoolward.platform.exchange.running import run
from schoolward.platform.exchange.writers import write_csv

KEY = "calpads-incidents"
LEA, ALDER, BIRCH, YEAR = "3467439", "0000001", "0000002", "2011-2012"
Files = dict[str, list[str]]


@pytest.fixture(autouse=True)
def schools(db: None) -> list[School]:
    """Two schools of the district."""
    return [
        School.objects.create(cds_code=f"{LEA}{own}", name=name, kind="high")
        for own, name in ((ALDER, "Alder High"), (BIRCH, "Birch High"))
    ]


@pytest.fixture
def analyst(person: Callable[..., Viewer]) -> Viewer:
    """Who answers for the numbers."""
    return person("accountability", purpose="school_safety")


def line(file: str, incident: str, student: int, *own: str, school: str = BIRCH, year: str = YEAR) -> str:
    """A row of a file, of an invented student."""
    who = [f"99{student:08}", f"77{student}", "Kimmy", "Pretendson", "20010203", "F"]
    return "^".join([file, "A", f"rec{student}", LEA, school, year, *who, incident, *own])


def files(*told: tuple[str, int, str], **more: str) -> Files:
    """Incidents as (number, student, what followed), each with an offense and one with a weapon."""
    made: Files = {"SINC": [], "SIRS": [], "SOFF": []}
    for incident, student, result in told:
        weapon = ("100", "20") if incident.endswith("w") else ("512", "")
        end = ("1",) if result == "200" else ("",)
        made["SINC"].append(line("SINC", incident, student, "20120314", "Y", "", "", **more))
        made["SIRS"].append(line("SIRS", incident, student, result, "", "2", *end, **more))
        made["SOFF"].append(line("SOFF", incident, student, *weapon, **more))
    return made


def packed(made: Files) -> io.BytesIO:
    """The files as a ZIP archive."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for number, rows in enumerate(made.values()):
            archive.writestr(f"upload-{number}.txt", "\r\n".join(rows))
    out.seek(0)
    return out


def bring(made: Files, by: Viewer, at: datetime, *, dry_run: bool = False) -> Report:
    return run(KEY, packed(made), by=by, at=at, dry_run=dry_run)


def counts(report: Report) -> tuple[int, int, int, int]:
    return report.created, report.updated, report.unchanged, report.rejected_rows


def there() -> list[tuple[str, date, list[tuple[str, str, int | None]]]]:
    return [
        (one.number, one.month, [(row.about, row.code, row.students) for row in one.lines.all()])
        for one in DisciplineIncident.objects.order_by("number")
    ]


THREE = (("i1", 1, "100"), ("i1", 2, "100"), ("i1", 3, "110"), ("i2w", 1, "200"))
KEPT = [
    ("i1", date(2012, 3, 1), [("offense", "512", None), ("result", "100", 2), ("result", "110", 1)]),
    ("i2w", date(2012, 3, 1), [("offense", "100", None), ("result", "200", 1), ("weapon", "20", None)]),
]


def test_what_is_kept_of_an_incident(analyst: Viewer, at: datetime) -> None:
    assert counts(bring(files(*THREE), analyst, at)) == (2, 0, 0, 0)
    assert there() == KEPT
    assert counts(bring(files(*THREE), analyst, at)) == (0, 0, 2, 0)
    assert Event.objects.filter(action="cases.discipline_replaced").count() == 1


def test_no_student_is_in_any_table_file_or_event(analyst: Viewer, at: datetime) -> None:
    """Of the fields of the tables none could hold one, and of what a file says nothing is found anywhere."""
    bring(files(*THREE), analyst, at)
    secrets = ("Kimmy", "Pretendson", "9900000001", "771", "20010203", "rec1")
    with (
        get(KEY).kept(packed(files(*THREE)), by=analyst, options={}) as kept,
        zipfile.ZipFile(kept) as archive,
    ):
        text = "".join(archive.read(name).decode() for name in archive.namelist())
    assert "^i2w^" in text
    with connection.cursor() as cursor:
        cursor.execute("SELECT number FROM cases_disciplineincident")
        rows = str(cursor.fetchall())
        cursor.execute("SELECT code, students FROM cases_disciplineline")
        rows += str(cursor.fetchall())
    told = json.dumps([one.detail for one in Event.objects.all()], default=str)
    reports = json.dumps([one.report for one in ImportRun.objects.all()])
    for secret in secrets:
        assert secret not in text
        assert secret not in rows + told + reports
    fields = {
        field.name for model in (DisciplineIncident, DisciplineLine) for field in model._meta.get_fields()
    }
    assert fields == {
        "id", "school", "school_year", "number", "month", "statutory", "brought_at", "invented", "lines",
        "incident", "about", "code", "students",
    }  # fmt: skip


def test_the_file_that_waits_says_the_same_as_the_one_that_was_sent(analyst: Viewer, at: datetime) -> None:
    kept = get(KEY).kept(packed(files(*THREE)), by=analyst, options={})
    assert counts(run(KEY, kept, by=analyst, at=at)) == (2, 0, 0, 0)
    assert there() == KEPT


def test_one_file_with_all_three_below_each_other(analyst: Viewer, at: datetime) -> None:
    made = files(*THREE)
    content = "\ufeff" + "\r\n".join(row for rows in made.values() for row in rows)
    report = run(KEY, io.BytesIO(content.encode()), by=analyst, at=at)
    assert counts(report) == (2, 0, 0, 0)
    broken = content.replace("20120314", "2012-03-14", 1)
    report = run(KEY, io.BytesIO(broken.encode()), by=analyst, at=at)
    assert [(one.row, one.column) for one in report.rejected][:1] == [
        (1, "SINC 18.14 Incident Occurrence Date")
    ]


def test_a_year_takes_the_place_of_what_was_there(analyst: Viewer, at: datetime) -> None:
    bring(files(*THREE), analyst, at)
    bring(files(("a1", 4, "100"), school=ALDER), analyst, at)
    report = bring(files(("i1", 1, "100"), ("i3", 9, "100")), analyst, at)
    assert counts(report) == (1, 1, 0, 0)
    assert "taken out: 1" in report.warnings[0]
    assert [number for number, _month, _lines in there()] == ["a1", "i1", "i3"]
    preview = bring(files(("i9", 1, "100")), analyst, at, dry_run=True)
    assert (counts(preview), preview.warnings[0][-1]) == ((1, 0, 0, 0), ".")
    assert [number for number, _month, _lines in there()] == ["a1", "i1", "i3"]


def test_a_file_with_a_fault_changes_nothing(analyst: Viewer, at: datetime) -> None:
    bring(files(*THREE), analyst, at)
    made = files(("i1", 1, "100"), ("i4", 2, "100"))
    made["SIRS"][1] = made["SIRS"][1].replace("^100^^2^", "^100^^two^")
    report = bring(made, analyst, at)
    assert (report.created, report.updated) == (0, 0)
    assert (report.rejected[0].row, report.rejected[0].value) == (2, "two")
    assert "Nothing is replaced" in report.warnings[0]
    assert there() == KEPT


def test_a_school_that_is_in_no_directory_is_named(analyst: Viewer, at: datetime) -> None:
    report = bring(files(("i1", 1, "100"), school="0009999"), analyst, at)
    assert [(one.row, one.column, one.value) for one in report.rejected] == [
        (1, "SINC 18.05 School of Attendance", "34674390009999")
    ]
    assert there() == []


@pytest.mark.parametrize(
    "content", [b"PK\x03\x04 broken", b"hello\n", b"", packed({"X": ["XINC^A"]}).getvalue()]
)
def test_what_is_no_such_file_is_refused(analyst: Viewer, at: datetime, content: bytes) -> None:
    report = run(KEY, io.BytesIO(content), by=analyst, at=at)
    assert report.rejected
    assert there() == []


def test_what_goes_out_comes_in_again(analyst: Viewer, at: datetime) -> None:
    bring(files(*THREE), analyst, at)
    exchange = get(KEY)
    content = b"".join(write_csv(exchange.column_names, exchange.export_rows(analyst)))
    assert b"i1,2012-03-01,yes,512,,100:2 110:1" in content
    assert counts(run(KEY, io.BytesIO(content), by=analyst, at=at)) == (0, 0, 2, 0)
    changed = content.replace(b"100:2", b"100:3")
    assert counts(run(KEY, io.BytesIO(changed), by=analyst, at=at)) == (0, 1, 1, 0)


@pytest.mark.parametrize(
    ("column", "cell"),
    [
        ("cds_code", "34674390009999"),
        ("school_year", "2012"),
        ("results", "100"),
        ("results", "100:0"),
        ("offenses", "512,100"),
        ("month", "March"),
        ("statutory", "perhaps"),
    ],
)
def test_a_wrong_cell_is_named(analyst: Viewer, at: datetime, column: str, cell: str) -> None:
    row = {"cds_code": f"{LEA}{BIRCH}", "school_year": "2011", "number": "i1", "month": "2012-03-14"}
    row |= {"statutory": "yes", "offenses": "512", "weapons": "", "results": "100:1", column: cell}
    content = "\r\n".join([",".join(row), ",".join(f'"{one}"' for one in row.values())])
    report = run(KEY, io.BytesIO(content.encode()), by=analyst, at=at)
    assert [one.column for one in report.rejected] == ["month" if column == "school_year" else column]
    assert there() == []


def test_small_numbers_are_hidden_with_what_gives_them_away(analyst: Viewer, at: datetime) -> None:
    told = [(f"b{n}", n, "100") for n in range(14)] + [(f"b{n}", n, "110") for n in range(20, 43)]
    bring(files(*told), analyst, at)
    alder = [(f"a{n}", n, "100") for n in range(3)] + [(f"a{n}", n, "110") for n in range(20, 50)]
    bring(files(*alder, school=ALDER), analyst, at)
    table = queries.removals(analyst, 2011)
    assert table.codes == ("100", "110")
    shown = {row.school: row.counts for row in table.rows}
    assert shown == {"": (17, 53), "Alder High": (None, 30), "Birch High": (None, 23)}
    cells = {("", "100"): 17, ("a", "100"): None, ("b", "100"): None}
    from schoolward.analysis.disclosure import Sum

    told_of = attack(cells, (Sum(("", "100"), (("a", "100"), ("b", "100"))),))[("a", "100")]
    assert told_of.low <= 1
    assert told_of.high >= 10


def test_one_child_is_in_no_table(analyst: Viewer, at: datetime) -> None:
    bring(files(("i1", 1, "100")), analyst, at)
    assert [row.counts for row in queries.removals(analyst, 2011).rows] == [(None,), (None,)]


def test_who_may_see_what(person: Callable[..., Viewer], analyst: Viewer, at: datetime) -> None:
    bring(files(*THREE), analyst, at)
    assert queries.incidents(analyst).count() == 2
    for role in ("lead", "school_resource_officer", "site_lead", "program_coordinator", "trustee"):
        with pytest.raises(AccessDenied):
            queries.incidents(person(role, purpose="school_safety"))
    assert queries.removals(person("trustee", purpose="school_safety"), 2011).rows
    with pytest.raises(AccessDenied):
        queries.removals(person("school_resource_officer", "police", purpose="school_safety"), 2011)
    with pytest.raises(AccessDenied):
        bring(files(*THREE), person("lead", purpose="school_safety"), at)


def test_the_list_is_narrowed_and_exported(
    analyst: Viewer, at: datetime, client_of: Callable[..., Client]
) -> None:
    bring(files(*THREE), analyst, at)
    bring(files(("a1", 4, "100"), school=ALDER), analyst, at)
    client = client_of("accountability")

    def shown(**query: str) -> set[str]:
        page = client.get("/cases/discipline/", query)
        assert page.status_code == 200
        return {one.number for one in page.context["table"].data}

    assert shown() == {"i1", "i2w", "a1"}
    assert shown(year="2011", school=f"{LEA}{ALDER}") == {"a1"}
    assert shown(code="100") == {"i1", "i2w", "a1"}
    assert shown(code="100", about="result") == {"i1", "a1"}
    assert shown(about="weapon") == {"i2w"}
    assert shown(statutory="false") == set()
    csv = b"".join(client.get("/cases/discipline/?export=csv")).decode()  # type: ignore[call-overload]
    assert csv.splitlines()[0].startswith("cds_code,school_year,number")
    assert client_of("lead").get("/cases/discipline/").status_code == 403


def test_the_removals_on_a_page_as_csv_and_over_http(
    analyst: Viewer, at: datetime, client_of: Callable[..., Client]
) -> None:
    client = client_of("trustee")
    assert "Nothing was brought in yet." in client.get("/cases/discipline/removals/").content.decode()
    assert client.get("/cases/discipline/removals.csv").status_code == 404
    bring(files(*[(f"b{n}", n, "100") for n in range(14)], ("c0", 0, "110")), analyst, at)
    page = client.get("/cases/discipline/removals/?year=2011").content.decode()
    assert "2011-12" in page
    assert "hidden" in page
    told = b"".join(client.get("/cases/discipline/removals.csv?year=2011")).decode()  # type: ignore[call-overload]
    assert told.splitlines()[1] == "2011,all schools,14,hidden"
    answer = client.get("/api/v1/cases/discipline/removals?year=2011").json()
    assert answer["rows"][0] == {"school": "", "counts": [14, None]}
    assert client.get("/api/v1/cases/discipline").status_code == 403
    one = client_of("accountability").get("/api/v1/cases/discipline?year=2011").json()
    assert len(one) == 15
    assert {"code": "100", "students": 1} in one[0]["results"]
    assert client_of("accountability").get("/api/v1/cases/discipline?cds_code=34674390000001").json() == []


def test_the_database_holds_what_a_line_may_be(schools: list[School], at: datetime) -> None:
    made = DisciplineIncident.objects.create(
        school=schools[0],
        school_year=2011,
        number="i1",
        month=date(2012, 3, 1),
        statutory=True,
        brought_at=at,
    )
    for wrong in (
        {"about": "result", "code": "100"},
        {"about": "offense", "code": "100", "students": 1},
        {"about": "student", "code": "100"},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            DisciplineLine.objects.create(incident=made, **wrong)


def test_the_demonstration_says_that_its_incidents_are_invented(schools: list[School], at: datetime) -> None:
    campus = Campus.objects.create(name="Oak", slug="oak", address="1 Oak Street", address_key="1 oak st")
    SchoolOccupancy.objects.create(school=schools[0], campus=campus, valid_from=date(2005, 7, 1))
    context = SeedContext(by=Viewer.system(at=at), at=at, today=date(2012, 9, 6))
    assert "all invented" in incidents_of_discipline(context)
    made = DisciplineIncident.objects.count()
    assert DisciplineIncident.objects.filter(invented=True).count() == made
    assert incidents_of_discipline(context) == "already there"
    assert made
    assert queries.removals(context.by, 2011).invented
