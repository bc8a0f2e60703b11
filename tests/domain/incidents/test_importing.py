"""Files in: traps, identity, attribution, and the real files where they are present."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from django.db import connection
from openpyxl import Workbook

from schoolward.domains.incidents.actions import attribute_again
from schoolward.domains.incidents.actions.storing import gather_statistics
from schoolward.domains.incidents.models import Incident, MonthTally, Offence
from schoolward.domains.places.models import Campus, School, SchoolOccupancy
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.audit.models import Event
from schoolward.platform.exchange.registry import get
from schoolward.platform.exchange.report import Report
from schoolward.platform.exchange.running import run
from schoolward.platform.exchange.writers import write_csv

pytestmark = pytest.mark.django_db
Import = Callable[..., Report]

HEADER = "cdatetime,address,district,beat,grid,crimedescr,ucr_ncic_code,latitude,longitude"
AT_NORTH = "9/4/12 8:15,10 1ST ST,3,3C        ,212,484 PC   PETTY THEFT/INSIDE,2308,38.52,-121.50"
TOWED = "9/5/12 9:30,9 FAR WAY / 1 ST,3,3C,212,TOWED/STORED VEHICLE,7000,38.60,-121.40"
GENERIC = "incident_number,occurred_at,address,category,description,latitude,longitude\n"


def counts(report: Report) -> tuple[int, int, int, int, int]:
    return report.read, report.created, report.updated, report.unchanged, report.rejected_rows


def test_each_record_is_attributed_with_method_and_distance(
    schools: None, bring_in: Import, tallies_are_right: Callable[[], None], small_file: str
) -> None:
    assert counts(bring_in("incidents", small_file)) == (3, 3, 0, 0, 0)
    at_north, near_north, towed = Incident.objects.order_by("pk").select_related("campus", "offence")
    assert (at_north.method, str(at_north.campus), at_north.at_campus, at_north.near_campus) == (
        "address",
        "North High",
        True,
        False,  # geocoded 2.2 km away: the address decides, and the distance is told
    )
    assert at_north.distance_m == pytest.approx(2224, abs=1)
    assert at_north.in_school_hours
    assert at_north.occurred_at == datetime(2012, 9, 4, 15, 15, tzinfo=UTC)
    assert (at_north.local_date, at_north.local_hour, at_north.local_weekday, at_north.school_year) == (
        date(2012, 9, 4),
        8,
        1,
        2012,
    )
    assert (at_north.category, at_north.offence.nibrs, at_north.grid) == ("theft", "23D", "0212")
    assert (near_north.method, near_north.near_campus, near_north.in_school_hours) == (
        "distance",
        True,
        False,
    )
    assert near_north.distance_m == pytest.approx(222.4, abs=0.1)
    assert (towed.method, towed.campus, towed.is_crime) == ("none", None, False)
    tallies_are_right()


def test_to_import_again_changes_nothing(
    schools: None, bring_in: Import, tallies_are_right: Callable[[], None], small_file: str
) -> None:
    bring_in("incidents", small_file)
    before = list(Incident.objects.order_by("pk").values())
    assert counts(bring_in("incidents", small_file)) == (3, 0, 0, 3, 0)
    assert list(Incident.objects.order_by("pk").values()) == before
    tallies_are_right()


def test_the_same_records_in_another_dress_are_the_same_records(
    schools: None, bring_in: Import, small_file: str
) -> None:
    bring_in("incidents", small_file)
    carriage_returns = small_file.replace("\n", "\r").replace("38.52,-121.50", "-38.52,121.50")
    report = bring_in("incidents", carriage_returns)
    assert counts(report) == (3, 0, 0, 3, 0)
    assert any("sign" in warning for warning in report.warnings)
    pipes = "\n".join(
        [
            "cdatetime|address|district|beat|grid|crimedescr|ucr_ncic_code|geo",
            *(
                "|".join([*row.split(",")[:7], ",".join(row.split(",")[7:])])
                for row in small_file.splitlines()[1:]
            ),
        ]
    )
    assert counts(bring_in("incidents", pipes)) == (3, 0, 0, 3, 0)


def test_exact_duplicates_are_kept_and_told_apart(
    schools: None, bring_in: Import, tallies_are_right: Callable[[], None]
) -> None:
    twice = f"{HEADER}\n{AT_NORTH}\n{TOWED}\n{AT_NORTH}\n"
    assert counts(bring_in("incidents", twice)) == (3, 3, 0, 0, 0)
    assert counts(bring_in("incidents", twice)) == (3, 0, 0, 3, 0)
    thrice = f"{twice}{AT_NORTH}\n"
    assert counts(bring_in("incidents", thrice)) == (4, 1, 0, 3, 0)
    tallies_are_right()


def test_a_bad_row_is_reported_and_the_good_rows_go_on(schools: None, bring_in: Import) -> None:
    bad = AT_NORTH.replace("9/4/12 8:15", "13/4/12 8:15")
    future = AT_NORTH.replace("9/4/12 8:15", "9/4/13 8:15")
    report = bring_in("incidents", f"{HEADER}\n{bad}\n{TOWED}\n{future}\n")
    assert counts(report) == (3, 1, 0, 0, 2)
    first, second = report.rejected
    assert (first.row, first.column, first.value) == (2, "cdatetime", "13/4/12 8:15")
    assert "no such day" in first.error
    assert (second.row, second.column) == (4, "cdatetime")
    assert "future" in second.error
    assert first.mend
    assert second.mend


def test_a_dry_run_reports_the_same_and_writes_nothing(
    schools: None, bring_in: Import, small_file: str
) -> None:
    content = f"{small_file}bad row\n"
    dry = bring_in("incidents", content, dry_run=True)
    assert Incident.objects.count() == MonthTally.objects.count() == Offence.objects.count() == 0
    assert not Event.objects.filter(action="exchange.imported", subject__contains="incidents").exists()
    real = bring_in("incidents", content)
    assert dry.as_json() == real.as_json()
    assert counts(real) == (4, 3, 0, 0, 1)


def test_one_audit_event_an_import(schools: None, bring_in: Import, small_file: str) -> None:
    before = Event.objects.count()
    bring_in("incidents", small_file)
    assert Event.objects.count() == before + 1


def test_a_changed_record_is_updated(
    schools: None, bring_in: Import, tallies_are_right: Callable[[], None]
) -> None:
    row = "1,2012-09-04 08:15,10 First Street,theft,,,\n"
    bring_in("incidents", GENERIC + row)
    report = bring_in("incidents", GENERIC + row.replace("theft", "robbery").replace("10 First", "99 First"))
    assert counts(report) == (1, 0, 1, 0, 0)
    incident = Incident.objects.get()
    assert (incident.category, incident.method, incident.campus) == ("robbery", "none", None)
    assert incident.changed_at is not None
    tallies_are_right()


def test_a_number_that_stands_in_the_file_twice(
    schools: None, bring_in: Import, tallies_are_right: Callable[[], None]
) -> None:
    row = "1,2012-09-04 08:15,10 First Street,theft,,,\n"
    report = bring_in("incidents", GENERIC + row + row + row.replace("theft", "robbery"))
    assert counts(report) == (3, 1, 0, 1, 1)
    assert (report.rejected[0].row, report.rejected[0].column, report.rejected[0].value) == (
        4,
        "incident_number",
        "1",
    )
    again = bring_in("incidents", GENERIC + row + row + row.replace("theft", "robbery"))
    assert counts(again) == (3, 0, 0, 2, 1)
    tallies_are_right()


def test_faults_are_told_in_the_order_of_the_rows(schools: None, bring_in: Import) -> None:
    good = "1,2012-09-04 08:15,10 First Street,theft,,,\n"
    rows = [
        good,
        good.replace("theft", "robbery"),  # found out by the database
        "2,2012-09-04 08:15,10 First Street,nonsense,,,\n",  # by what we know
        "3,2012-09-04 08:15\n",  # by the shape of the row
        "4,yesterday,10 First Street,theft,,,\n",  # by the file's layout
        "2,2012-09-04 08:15,10 First Street,nonsense,,,\n",
    ]
    report = bring_in("incidents", GENERIC + "".join(rows))
    assert counts(report) == (6, 1, 0, 0, 5)
    assert [rejection.row for rejection in report.rejected] == [3, 4, 5, 6, 7]


@pytest.mark.parametrize(
    ("row", "column", "error"),
    [
        ("1,2012-09-04 08:15,10 First Street,nonsense,,,", "category", "no category"),
        ("1,2012-09-04 08:15,,theft,,,", "address", "where it happened"),
        (",2012-09-04 08:15,10 First Street,theft,,,", "incident_number", "number is missing"),
    ],
)
def test_faults_of_general_files(schools: None, bring_in: Import, row: str, column: str, error: str) -> None:
    report = bring_in("incidents", f"{GENERIC}{row}\n")
    assert counts(report) == (1, 0, 0, 0, 1)
    assert report.rejected[0].column == column
    assert error in report.rejected[0].error


def test_a_site_may_be_named_by_its_code(schools: None, bring_in: Import) -> None:
    text = "number,occurred_at,category,campus_cds\n1,2012-09-04 08:15,theft,34670000000001\n"
    report = bring_in("incidents", f"{text}2,2012-09-04 08:15,theft,99999999999999\n")
    assert counts(report) == (2, 1, 0, 0, 1)
    assert Incident.objects.get().method == "address"
    assert report.rejected[0].column == "campus_cds"


CODED = "incident_number,occurred_at,category,campus_cds,address\n"


def test_a_school_that_is_named_decides(schools: None, bring_in: Import, by: Viewer) -> None:
    row = "1,2012-09-04 08:15,theft,34670000000001,FLORIN RD / 24TH ST\n"
    report = bring_in("incidents", CODED + row + "2,2012-09-04 08:15,theft,34670000000001,10 1st St.\n")
    assert counts(report) == (2, 2, 0, 0, 0)
    named, agreeing = Incident.objects.order_by("pk")
    assert (named.at_campus, named.campus, named.address) == (True, agreeing.campus, "FLORIN RD / 24TH ST")
    (warning,) = report.warnings
    assert warning.startswith("Row 2, address: ")
    assert "10 First Street" in warning

    exchange = get("incidents")
    written = b"".join(write_csv(exchange.column_names, exchange.export_rows(by)))
    assert b"34670000000001" in written
    assert counts(bring_in("incidents", written)) == (2, 0, 0, 2, 0)
    attribute_again(by=by, at=by.at)
    assert Incident.objects.filter(at_campus=True).count() == 2
    other = bring_in("incidents", CODED + row.replace("34670000000001", ""))
    assert (other.updated, Incident.objects.filter(at_campus=True).count()) == (1, 1), "a correction counts"


def test_a_school_that_is_named_stands_where_it_was_that_day(
    schools: None, bring_in: Import, by: Viewer
) -> None:
    old = Campus.objects.get(schools__cds_code="34670000000001")
    new = Campus.objects.get(schools__cds_code="34670000000002")
    SchoolOccupancy.objects.filter(campus=new).delete()
    SchoolOccupancy.objects.filter(campus=old).update(valid_to=date(2012, 9, 4))
    school = School.objects.get(cds_code="34670000000001")
    SchoolOccupancy.objects.create(school=school, campus=new, valid_from=date(2012, 9, 5))
    rows = "1,2012-09-04 23:15,theft,34670000000001,\n2,2012-09-05 00:15,theft,34670000000001,\n"
    bring_in("incidents", CODED + rows)
    assert [incident.campus for incident in Incident.objects.order_by("pk")] == [old, new]


POLICE = (
    "OBJECTID,Record_ID,Offense_Code,Offense_Ext,Offense_Category,Description,Police_District,Beat,Grid,"
    "Occurence_Date\n1,77,5400,1,TRAFFIC,TRAFFIC ACCIDENT,UI,UI,UI,2012/07/01 06:59:00+00\n"
)


def test_a_record_of_no_place_goes_out_and_comes_in(schools: None, bring_in: Import, by: Viewer) -> None:
    report = bring_in("incidents", POLICE)
    assert report.created == 1
    assert (
        "1 record does not say where it happened; it counts for the district and at no site."
        in report.warnings
    )
    exchange = get("incidents")
    written = b"".join(write_csv(exchange.column_names, exchange.export_rows(by)))
    assert counts(bring_in("incidents", written)) == (1, 0, 0, 1, 0)
    Incident.objects.all().delete()
    assert counts(bring_in("incidents", written)) == (1, 1, 0, 0, 0), "into another installation"
    assert Incident.objects.get().source == "spd-2021"


def test_a_general_file_does_not_change_a_record_of_the_police(schools: None, bring_in: Import) -> None:
    bring_in("incidents", POLICE)
    report = bring_in("incidents", f"{GENERIC}spd-2021:77,2012-09-04 08:15,10 First Street,theft,x,,\n")
    assert counts(report) == (1, 0, 0, 0, 1)
    (rejection,) = report.rejected
    assert (rejection.row, rejection.column, rejection.value) == (2, "incident_number", "spd-2021:77")
    assert "on its page" in rejection.mend
    assert Incident.objects.get().category == "traffic"


def test_a_number_that_only_looks_like_one_entered_by_hand_is_no_such_number(
    schools: None, bring_in: Import
) -> None:
    bring_in("incidents", f"{GENERIC}manual:2012-zzz,2012-09-04 08:15,10 First Street,theft,x,,\n")
    assert Incident.objects.get().source == "generic"


def test_a_corrected_row_without_a_number_is_told(schools: None, bring_in: Import, small_file: str) -> None:
    bring_in("incidents", small_file)
    assert not any("numbers" in warning for warning in bring_in("incidents", small_file).warnings)
    corrected = small_file.replace("2308", "2309").replace("9 FAR WAY", "8 FAR WAY")
    report = bring_in("incidents", corrected)
    assert counts(report) == (3, 2, 0, 1, 0)
    assert any(warning.startswith("2 rows differ in one thing") for warning in report.warnings)


def test_times_in_utc_become_local(schools: None, bring_in: Import) -> None:
    header = (
        "OBJECTID,Record_ID,Offense_Code,Offense_Ext,Offense_Category,Description,Police_District,Beat,Grid,"
        "Occurence_Date\n"
    )
    row = "1,77,5400,1,TRAFFIC,TRAFFIC ACCIDENT,4,4B,{grid},2012/07/01 06:59:00+00\n"
    report = bring_in(
        "incidents", header + row.format(grid="0212") + row.format(grid="UI").replace("77", "78")
    )
    known, unknown = Incident.objects.order_by("pk")
    assert (known.local_date, known.local_hour) == (date(2012, 6, 30), 23)
    assert known.school_year == 2011
    assert (known.placement, unknown.placement) == ("grid", "none")
    assert known.longitude is not None
    assert any("approximate" in warning for warning in report.warnings)


def test_a_workbook_keeps_midnights_and_the_numbers_of_its_rows(schools: None, bring_in: Import) -> None:
    book = Workbook()
    midnight = datetime(2012, 9, 4)  # noqa: DTZ001 - a workbook knows no zones
    for row in (
        ("incident_number", "occurred_at", "category", "address"),
        ("1", midnight, "theft", "10 First Street"),
        (),
        ("2", datetime(2012, 9, 4, 8, 15), "nonsense", "10 First Street"),  # noqa: DTZ001
    ):
        book.active.append(row)
    file = io.BytesIO()
    book.save(file)
    report = bring_in("incidents", file.getvalue())
    assert counts(report) == (2, 1, 0, 0, 1)
    assert Incident.objects.get().local_minute == 0
    assert report.rejected[0].row == 4


def test_the_hour_that_the_clock_repeats_is_said(schools: None, bring_in: Import) -> None:
    row = AT_NORTH.replace("9/4/12 8:15", "11/6/11 1:30")
    report = bring_in("incidents", f"{HEADER}\n{row}\n")
    assert Incident.objects.get().occurred_at == datetime(2011, 11, 6, 8, 30, tzinfo=UTC)
    assert any("clock" in warning for warning in report.warnings)


def test_schools_that_come_later_take_their_incidents(
    bring_in: Import, tallies_are_right: Callable[[], None], directory: str, small_file: str
) -> None:
    report = bring_in("incidents", small_file)
    assert any("No schools" in warning for warning in report.warnings)
    assert not Incident.objects.exclude(method="none").exists()
    bring_in("schools", directory)
    assert sorted(Incident.objects.values_list("method", flat=True)) == ["address", "distance", "none"]
    tallies_are_right()
    assert Event.objects.filter(action="incidents.attributed_again").count() == 1
    bring_in("schools", directory.replace("1980-07-01,\n", "1980-07-01,2012-09-04\n"))
    assert sorted(Incident.objects.values_list("method", flat=True)) == ["address", "none", "none"]
    tallies_are_right()


def test_what_goes_out_comes_in_again(schools: None, bring_in: Import, by: Viewer, small_file: str) -> None:
    bring_in("incidents", small_file)
    bring_in("incidents", f"{GENERIC}A-1,2012-09-04 08:15,10 First Street,fight,=cmd,38.5,-121.5\n")
    exchange = get("incidents")
    written = b"".join(write_csv(exchange.column_names, exchange.export_rows(by)))
    assert b"\n" in written
    assert counts(bring_in("incidents", written)) == (4, 0, 0, 4, 0)


def test_a_file_that_is_no_table_changes_nothing(schools: None, bring_in: Import, small_file: str) -> None:
    for content in (b"", b"a,b\n1,2\n", small_file.splitlines()[1].encode()):
        report = bring_in("incidents", content)
        assert report.rejected_rows == 1
        assert report.rejected[0].error
    assert not Incident.objects.exists()


def test_the_real_file_of_2006(
    shared_data: Path, bring_in: Import, by: Viewer, at: datetime, tallies_are_right: Callable[[], None]
) -> None:
    bring_in("schools", (shared_data / "scusd_schools_cde.csv").read_bytes())
    content = (shared_data / "SacramentocrimeJanuary2006.csv").read_bytes()
    assert counts(bring_in("incidents", content)) == (7584, 7584, 0, 0, 0)
    assert Incident.objects.filter(is_crime=False).count() == 2470
    at_sites = Incident.objects.filter(at_campus=True)
    assert 60 * at_sites.count() == pytest.approx(7584, rel=0.05)  # "about one record in sixty"
    share = at_sites.filter(in_school_hours=True).count() / at_sites.count()
    assert share == pytest.approx(0.86, abs=0.01)
    assert counts(bring_in("incidents", content)) == (7584, 0, 0, 7584, 0)
    tallies_are_right()
    exchange = get("incidents")
    written = b"".join(write_csv(exchange.column_names, exchange.export_rows(by)))
    again = run("incidents", io.BytesIO(written), by=by, at=at)
    assert counts(again) == (7584, 0, 0, 7584, 0)


def test_the_real_file_of_2021(shared_data: Path, bring_in: Import) -> None:
    content = (shared_data / "sacpd_crime_2021.csv.gz").read_bytes()
    bring_in("schools", (shared_data / "scusd_schools_cde.csv").read_bytes())
    later = Viewer.system(at=datetime(2026, 1, 1, tzinfo=UTC))
    report = run("incidents", io.BytesIO(content), by=later, at=later.at)
    assert counts(report) == (38119, 38119, 0, 0, 0)
    assert Incident.objects.filter(placement="grid").count() == 36872
    assert set(Incident.objects.values_list("local_date__year", flat=True)) == {2021}


def test_postgresql_plans_with_the_new_rows_at_once(bring_in: Import) -> None:
    if connection.vendor != "postgresql":
        pytest.skip("SQLite plans without statistics")
    bring_in("incidents", f"{HEADER}\n{AT_NORTH}\n{TOWED}\n")

    gather_statistics()

    with connection.cursor() as cursor:
        cursor.execute("SELECT reltuples FROM pg_class WHERE relname = %s", [Incident._meta.db_table])
        assert cursor.fetchone() == (2,)
