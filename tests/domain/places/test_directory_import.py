"""The school directory: campuses from addresses, schools by code, both with dates."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest
from tests.domain.places.conftest import DIRECTORY

from schoolward.domains.places.actions import change_campus
from schoolward.domains.places.models import Campus, School, SchoolOccupancy
from schoolward.domains.places.queries import campus_for_cds, history
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.audit.models import Event
from schoolward.platform.exchange.models import ImportRun
from schoolward.platform.exchange.registry import get
from schoolward.platform.exchange.report import Report
from schoolward.platform.exchange.running import run
from schoolward.platform.exchange.writers import write_xlsx

pytestmark = pytest.mark.django_db
NO = "No Data"
Bring = Callable[..., Report]
HEADERS_OF_THE_DEPARTMENT = (
    "CDSCode,School,SOCType,Charter,FundingType,Street,Latitude,Longitude,OpenDate,ClosedDate"
)


def counts(report: Report) -> tuple[int, int, int, int]:
    return report.created, report.updated, report.unchanged, report.rejected_rows


def at_address(key: str) -> Campus:
    return Campus.objects.get(address_key=key)


def test_two_schools_at_one_address_share_a_campus(bring: Bring) -> None:
    assert counts(bring()) == (7, 0, 0, 0)
    assert Campus.objects.count() == 5
    assert [o.school.name for o in history(at_address("100 9TH ST").pk)] == ["New Oak", "Old Oak"]


def test_a_campus_takes_name_and_point_from_the_school_longest_there(bring: Bring) -> None:
    bring()
    oak = at_address("100 9TH ST")
    assert (oak.name, oak.slug, oak.latitude, oak.longitude) == ("Old Oak", "old-oak", 38.50, -121.50)


def test_of_two_that_came_on_one_day_the_one_still_there_gives_the_point(bring: Bring) -> None:
    bring()
    assert at_address("500 1ST ST").name == "Birch"
    assert at_address("500 1ST ST").latitude == 38.56


def test_the_order_of_the_rows_and_the_day_of_the_import_do_not_matter(bring: Bring) -> None:
    bring(*reversed(DIRECTORY.values()), at=datetime(2030, 1, 1, tzinfo=UTC))
    assert {(c.name, c.slug, c.latitude) for c in Campus.objects.all()} == {
        ("Old Oak", "old-oak", 38.50),
        ("Head Office", "head-office", 38.52),
        ("Evening School", "evening-school", 38.53),
        ("Elm", "elm", 38.54),
        ("Birch", "birch", 38.56),
    }


def test_bringing_it_in_again_changes_nothing_and_wakes_nobody(bring: Bring, told: list[Any]) -> None:
    bring()
    assert len(told) == 1
    assert counts(bring()) == (0, 0, 7, 0)
    assert len(told) == 1


def test_a_preview_reports_the_same_and_leaves_nothing(bring: Bring) -> None:
    assert counts(bring(dry_run=True)) == (7, 0, 0, 0)
    assert not Campus.objects.exists()
    assert not ImportRun.objects.exists()
    assert not Event.objects.exists()


def test_an_import_is_one_event_in_the_audit(bring: Bring) -> None:
    bring(file_name="schools.csv")
    event = Event.objects.get(action="exchange.imported")
    assert event.detail["created"] == 7
    assert ImportRun.objects.get().state == "applied"


def test_a_closed_school_ends_its_stay(bring: Bring, told: list[Any]) -> None:
    bring()
    report = bring(DIRECTORY["pair_b"].replace("1980-07-01,,", "1980-07-01,2014-06-13,"))
    assert counts(report) == (0, 1, 0, 0)
    assert SchoolOccupancy.objects.get(school__cds_code="34000000000007").valid_to == date(2014, 6, 13)
    assert len(told) == 2


def test_a_new_code_for_the_same_building_is_a_new_school_on_the_old_campus(bring: Bring) -> None:
    bring()
    report = bring("34000000000099,Ash Academy,Middle,N,,500 First Street,38.57,-121.57,2014-09-08,,")
    assert report.created == 1
    campus = campus_for_cds("34000000000099")
    assert campus == campus_for_cds("34000000000006")
    assert campus is not None
    assert campus.name == "Birch"


def test_a_new_name_is_a_change_of_the_school_and_not_a_new_one(bring: Bring) -> None:
    bring()
    report = bring(DIRECTORY["pair_b"].replace("Birch", "Silver Birch"))
    assert counts(report) == (0, 1, 0, 0)
    campus = at_address("500 1ST ST")
    assert (campus.name, campus.slug) == ("Silver Birch", "birch")


def test_an_unverified_former_name_stays_marked_and_a_verified_one_is_kept(bring: Bring) -> None:
    bring()
    elm = School.objects.get(cds_code="34000000000005")
    assert (elm.former_name_note, elm.former_name_verified) == ("Elm Tree High", False)
    School.objects.filter(pk=elm.pk).update(former_name_note="Elm Grove High", former_name_verified=True)
    assert counts(bring(DIRECTORY["renamed"])) == (0, 0, 1, 0)
    elm.refresh_from_db()
    assert elm.former_name_note == "Elm Grove High"


def test_a_changed_address_is_a_move_on_the_day_of_the_import(bring: Bring) -> None:
    bring()
    report = bring(DIRECTORY["pair_b"].replace("500 1st St.", "600 Elm Way"))
    assert counts(report) == (0, 1, 0, 0)
    assert report.warnings == [
        "Birch has moved from 500 First Street to 600 Elm Way as of today; the site's page mends the day."
    ]
    stays = list(SchoolOccupancy.objects.filter(school__name="Birch").order_by("valid_from"))
    assert [(s.campus.address_key, s.valid_from, s.valid_to) for s in stays] == [
        ("500 1ST ST", date(1980, 7, 1), date(2012, 9, 5)),
        ("600 ELM WAY", date(2012, 9, 6), None),
    ]


def test_what_a_person_set_is_not_overwritten(bring: Bring, by: Viewer, at: datetime) -> None:
    bring()
    campus = at_address("100 9TH ST")
    change_campus(
        campus=campus,
        name="Oak Campus",
        address=campus.address,
        zip_code="",
        jurisdiction="city",
        longitude=-121.4,
        latitude=38.4,
        notes="",
        by=by,
        at=at,
    )
    bring(DIRECTORY["twin_old"].replace("38.50", "38.59"))
    campus.refresh_from_db()
    assert (campus.name, campus.latitude, campus.jurisdiction) == ("Oak Campus", 38.4, "city")


def test_the_headers_and_words_of_the_department_are_known(bring: Bring) -> None:
    report = bring(
        f"34000000000001,Oak,Elementary Schools (Public),{NO},{NO},100 9th St.,38.5,-121.5,7/1/1980,{NO}",
        f"34000000000002,Elm,High Schools (Public),Y,Locally funded,2 9th St.,38.5,-121.5,09/02/2003,{NO}",
        header=HEADERS_OF_THE_DEPARTMENT,
    )
    assert counts(report) == (2, 0, 0, 0)
    elm = School.objects.get(name="Elm")
    assert (elm.kind, elm.is_charter, elm.charter_funding, elm.opened) == (
        "high",
        True,
        "local",
        date(2003, 9, 2),
    )


@pytest.mark.parametrize(
    ("row", "column", "error"),
    [
        ("x,A,High,N,,1 A St,38.5,-121.5,,,", "cds_code", "is not a code of 14 digits"),
        ("34000000000001,,High,N,,1 A St,38.5,-121.5,,,", "name", "is blank"),
        ("34000000000001,A,Castle,N,,1 A St,38.5,-121.5,,,", "kind", "is not one of the known values"),
        (
            "34000000000001,A,High,N,,A St & B St,38.5,-121.5,,,",
            "address",
            "is not the address of a building",
        ),
        ("34000000000001,A,High,N,,PO Box 9,38.5,-121.5,,,", "address", "is not the address of a building"),
        ("34000000000001,A,High,N,,1 A St,-38.5,-121.5,,,", "lat", "is below 32"),
        ("34000000000001,A,High,N,,1 A St,38.5,121.5,,,", "lon", "is above -114"),
        ("34000000000001,A,High,N,,1 A St,38.5,,,,", "lat", "is blank, or lon is"),
        (
            "34000000000001,A,High,N,Directly funded,1 A St,,,,,",
            "charter_funding",
            "is given for a school that is no charter",
        ),
        ("34000000000001,A,High,N,,1 A St,,,31/12/1999,,", "opened", "is not a date"),
        (
            "34000000000001,A,High,N,,1 A St,,,2012-09-06,2011-01-01,",
            "closed",
            "lies before the day on which the school opened",
        ),
        ("34000000000001,A,High", "", "the row has 3 cells and the header 11"),
    ],
)
def test_a_bad_row_is_named_with_its_mend_and_the_good_ones_go_on(
    bring: Bring, row: str, column: str, error: str
) -> None:
    report = bring(row, DIRECTORY["adult"])
    (rejection,) = report.rejected
    assert (rejection.row, rejection.column, rejection.error) == (2, column, error)
    assert rejection.mend
    assert counts(report) == (1, 0, 0, 1)
    assert School.objects.get().name == "Evening School"


def test_faults_are_told_in_the_order_of_the_rows(bring: Bring) -> None:
    closed = "34000000000009,B,High,N,,1 B St,,,2012-07-01,2011-06-30,"
    report = bring(closed, "34000000000010,A,Nothing,N,,1 A St,,,,,", closed.replace("0009", "0011"))
    assert [rejection.row for rejection in report.rejected] == [2, 3, 4]


def test_a_code_that_comes_twice_counts_once(bring: Bring) -> None:
    report = bring(DIRECTORY["adult"], DIRECTORY["adult"])
    assert counts(report) == (1, 0, 0, 1)
    assert report.rejected[0].error == "stands in row 2 already"


def test_a_leading_zero_that_a_spreadsheet_ate_comes_back(bring: Bring) -> None:
    bring("1000000000007,A,High,N,,1 A St,,,,,")
    assert School.objects.get().cds_code == "01000000000007"


def test_a_missing_column_stops_the_file_before_anything_is_done(bring: Bring) -> None:
    report = bring("34000000000001,A", header="cds_code,name")
    assert report.read == 0
    assert (report.rejected[0].column, report.rejected[0].error) == ("kind", "The column “kind” is missing.")


def test_what_goes_out_comes_in_again_unchanged(bring: Bring, by: Viewer) -> None:
    bring()
    exchange = get("schools")
    made = b"".join(write_xlsx(exchange.column_names, exchange.export_rows(by)))
    report = run("schools", io.BytesIO(made), by=by, at=by.at)
    assert counts(report) == (0, 0, 7, 0)
    assert report.warnings == []
