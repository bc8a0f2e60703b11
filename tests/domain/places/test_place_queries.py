"""Reads that ask "as of when?"."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import pytest

from schoolward.domains.places import queries
from schoolward.domains.places.actions import CannotMove, move_school, verify_former_name
from schoolward.domains.places.actions.campuses import BadAddress, change_campus
from schoolward.domains.places.models import Campus, School, SchoolKind, SchoolOccupancy
from schoolward.domains.places.seed import DIRECTORY
from schoolward.platform.access.permissions import AccessDenied
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.exchange.registry import get
from schoolward.platform.exchange.report import Report
from schoolward.platform.exchange.running import run
from schoolward.platform.exchange.writers import write_csv
from schoolward.platform.measures.period import Period, Scope
from schoolward.platform.measures.reading import read, record_keys

pytestmark = pytest.mark.django_db
Bring = Callable[..., Report]
BOARD_DAY = date(2012, 9, 6)


@pytest.mark.parametrize(
    ("on", "campuses", "schools"),
    [
        (date(1979, 1, 1), [], []),
        (date(2011, 8, 21), ["Birch", "Old Oak"], ["Ash", "Birch", "Old Oak"]),
        (date(2012, 6, 30), ["Birch", "Old Oak"], ["Ash", "Birch", "New Oak", "Old Oak"]),
        (date(2012, 7, 1), ["Birch"], ["Ash", "Birch", "New Oak"]),
        (date(2012, 9, 13), ["Birch", "Elm"], ["Ash", "Birch", "Elm", "New Oak"]),
        (date(2013, 6, 15), ["Birch", "Elm"], ["Birch", "Elm", "New Oak"]),
    ],
)
def test_what_operates_depends_on_the_day(
    bring: Bring, on: date, campuses: list[str], schools: list[str]
) -> None:
    bring()
    assert [c.name for c in queries.operating_campuses(on)] == campuses
    assert [s.name for s in queries.operating_schools(on)] == schools


def test_a_charter_alone_makes_a_campus_count_for_incidents_but_not_for_the_district(bring: Bring) -> None:
    bring()
    assert "Old Oak" not in [c.name for c in queries.operating_campuses(BOARD_DAY)]
    assert "Old Oak" in [c.name for c in queries.campuses_with_school(BOARD_DAY)]


def test_the_real_directory_has_75_sites_and_86_schools_on_the_boards_day(by: Viewer, at: datetime) -> None:
    with DIRECTORY.open("rb") as file:
        report = run("schools", file, by=by, at=at)
    assert (report.created, report.rejected, report.warnings) == (95, [], [])
    assert Campus.objects.count() == 88
    period = Period(None, BOARD_DAY, BOARD_DAY)
    assert read("campuses.operating", period).value == 75
    assert read("schools.operating", period).value == 86
    assert len(set(record_keys("campuses.operating", period))) == 75
    assert queries.campuses_with_school(BOARD_DAY).count() == 82
    assert queries.operating_campuses(date(2012, 9, 13)).count() == 76, "Leataata Floyd has opened by then"


def test_the_departments_own_file_is_what_is_shipped(by: Viewer, at: datetime, shared_data: Path) -> None:
    for path in (DIRECTORY, shared_data / "scusd_schools_cde.csv"):
        with path.open("rb") as file:
            report = run("schools", file, by=by, at=at)
    assert (report.created, report.updated, report.unchanged, report.rejected) == (0, 0, 95, [])


def test_measures_say_not_collected_before_there_is_a_directory() -> None:
    assert read("campuses.operating", Period(None, None, BOARD_DAY)).collected is False


def test_a_measure_of_one_site_counts_that_site(bring: Bring) -> None:
    bring()
    birch = Campus.objects.get(name="Birch")
    period = Period(None, None, BOARD_DAY)
    assert read("schools.operating", period, Scope(birch.pk)).value == 2
    assert read("campuses.operating", period, Scope(birch.pk)).value == 1


def test_a_school_is_found_where_it_is_or_was_last(bring: Bring) -> None:
    bring()
    found = queries.campus_for_cds("34000000000001")
    assert found is not None
    assert found.address_key == "100 9TH ST"
    assert queries.campus_for_cds("34999999999999") is None
    assert queries.campus_by_slug("birch") == queries.campus_for_cds("34000000000006")


@pytest.mark.parametrize(
    ("spans", "on", "expected"),
    [
        # A school that moved keeps its history.
        ([(None, "2010-06-30"), ("2010-07-01", None)], "2010-06-30", 0),
        ([(None, "2010-06-30"), ("2010-07-01", None)], "2010-07-01", 1),
        ([(None, "2010-06-30"), ("2010-07-01", None)], None, 1),
        # Between two sites, and after the last: where it was.
        ([("2001-01-01", "2005-06-30"), ("2010-07-01", "2012-06-30")], "2007-01-01", 0),
        ([("2001-01-01", "2005-06-30"), ("2010-07-01", "2012-06-30")], "2013-01-01", 1),
        ([("2001-01-01", "2005-06-30"), ("2010-07-01", "2012-06-30")], None, 1),
        # Before the first: where it would be.
        ([("2001-01-01", "2005-06-30"), ("2010-07-01", None)], "1999-01-01", 0),
    ],
)
def test_a_school_is_found_where_it_was_on_the_day(
    spans: list[tuple[str | None, str | None]], on: str | None, expected: int
) -> None:
    school = School.objects.create(cds_code="34000000000099", name="Moved", kind=SchoolKind.ELEMENTARY)
    campuses = [
        Campus.objects.create(
            name=f"Site {n}", slug=f"site-{n}", address=f"{n} A St", address_key=f"{n} A ST"
        )
        for n in range(len(spans))
    ]
    for campus, (first, last) in reversed(list(zip(campuses, spans, strict=True))):
        SchoolOccupancy.objects.create(school=school, campus=campus, valid_from=first, valid_to=last)
    day = date.fromisoformat(on) if on else None
    assert queries.campus_for_cds("34000000000099", day) == campuses[expected]


def test_attribution_gets_every_span_of_every_k12_school(bring: Bring) -> None:
    bring()
    spans = [
        (s.address_key, s.latitude, s.first_day, s.last_day) for s in queries.campus_table_for_attribution()
    ]
    assert sorted(spans, key=str) == [
        ("100 9TH ST", 38.5, date(1980, 7, 1), date(2012, 6, 30)),
        ("100 9TH ST", 38.5, date(2011, 8, 22), None),
        ("400 1ST ST", 38.54, date(2012, 9, 13), None),
        ("500 1ST ST", 38.56, date(1980, 7, 1), None),
        ("500 1ST ST", 38.56, date(1980, 7, 1), date(2013, 6, 14)),
    ]


def test_geojson_holds_each_site_with_what_is_there(bring: Bring, viewer: Callable[..., Viewer]) -> None:
    bring()
    found = queries.geojson(viewer("trustee"), BOARD_DAY)
    kinds = {f["properties"]["name"]: f["properties"]["kind"] for f in found["features"]}
    assert kinds == {
        "Birch": "district",
        "Elm": "closed",
        "Evening School": "other",
        "Head Office": "other",
        "Old Oak": "charter",
    }
    assert found["features"][0]["geometry"] == {"type": "Point", "coordinates": [-121.56, 38.56]}
    (alone,) = queries.geojson(viewer("trustee"), BOARD_DAY, slug="elm")["features"]
    assert alone["properties"]["schools"] == []


def test_nobody_unknown_sees_a_site(bring: Bring, at: datetime) -> None:
    bring()
    assert queries.geojson(Viewer.anonymous(at=at), BOARD_DAY)["features"] == []


class TestEnrolment:
    HEADER = "cds_code,school_year,students,source,invented"

    def test_students_are_those_of_the_schools_there_on_the_day(self, bring: Bring) -> None:
        bring()
        report = bring(
            "34000000000006,2012-13,300,count,no",
            "34000000000007,2012,250,count,no",
            "34000000000001,2012-13,99,count,no",
            "34000000000007,2011-12,240,count,yes",
            key="enrolment",
            header=self.HEADER,
        )
        assert (report.created, report.rejected) == (4, [])
        birch = queries.campus_by_slug("birch")
        assert birch is not None
        assert queries.students_by_campus(2012, BOARD_DAY) == {birch.pk: 550}
        assert queries.students_by_campus(2012, date(2013, 6, 15)) == {birch.pk: 250}
        assert queries.latest_enrolment_year(date(2012, 6, 30)) == 2011
        assert queries.enrolment_is_invented(2011)
        assert not queries.enrolment_is_invented(2012)

    @pytest.mark.parametrize(
        ("row", "column"),
        [
            ("34000000000007,2012-14,250,count,no", "school_year"),
            ("34000000000007,2012-13,many,count,no", "students"),
            ("34000000000077,2012-13,250,count,no", "cds_code"),
        ],
    )
    def test_a_bad_row_names_its_column(self, bring: Bring, row: str, column: str) -> None:
        bring()
        assert [r.column for r in bring(row, key="enrolment", header=self.HEADER).rejected] == [column]


class TestSchoolHours:
    BELLS = "cds_code,weekday,begins,ends,valid_from,valid_to"

    def test_weekdays_from_seven_to_four_are_assumed_until_told(self, bring: Bring) -> None:
        hours = queries.school_hours_table()
        assert hours.is_assumed_at(1)
        assert hours.is_assumed_at(None)
        assert hours.on(1, date(2012, 9, 7)) == (time(7), time(16))
        assert hours.on(1, date(2012, 9, 8)) is None

    def test_a_sites_own_bell_times_go_before_the_districts(self, bring: Bring, told: list[Any]) -> None:
        bring()
        rows = [f",{day},08:00,15:00,," for day in ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday")]
        report = bring(
            *rows, "34000000000007,Mon,9:15 AM,14:30,2012-09-01,", key="bell-times", header=self.BELLS
        )
        assert (report.created, report.rejected) == (6, [])
        assert len(told) == 2
        birch = queries.campus_by_slug("birch")
        assert birch is not None
        hours = queries.school_hours_table()
        assert hours.on(birch.pk, date(2012, 9, 10)) == (time(9, 15), time(14, 30))
        assert hours.on(birch.pk, date(2012, 8, 27)) == (time(8), time(15)), "not yet in force"
        assert hours.on(birch.pk, date(2012, 9, 11)) is None, "its own table has no Tuesday"
        assert hours.on(None, date(2012, 9, 11)) == (time(8), time(15))

    def test_one_sites_bell_times_say_nothing_of_the_others(self, bring: Bring) -> None:
        bring()
        bring("34000000000007,Mon,9:15,14:30,,", key="bell-times", header=self.BELLS)
        birch = queries.campus_by_slug("birch")
        assert birch is not None

        hours = queries.school_hours_table()

        assert not hours.is_assumed_at(birch.pk)
        assert hours.is_assumed_at(birch.pk + 1)
        assert hours.is_assumed_at(None)

    def test_nothing_is_in_school_hours_on_a_day_without_school(self, bring: Bring) -> None:
        bring()
        bring(
            ",2012-11-22,Thanksgiving",
            "34000000000007,2012-11-21,Boiler",
            key="non-school-days",
            header="cds_code,day,reason",
        )
        birch = queries.campus_by_slug("birch")
        assert birch is not None
        hours = queries.school_hours_table()
        assert hours.on(birch.pk, date(2012, 11, 22)) is None
        assert hours.on(birch.pk, date(2012, 11, 21)) is None
        assert hours.on(birch.pk + 1, date(2012, 11, 21)) == (time(7), time(16))

    def test_tables_come_in_again_unchanged(self, bring: Bring, by: Viewer) -> None:
        bring()
        bring(
            ",Monday,08:00,15:00,,",
            "34000000000007,Tuesday,08:00,15:00,,",
            key="bell-times",
            header=self.BELLS,
        )
        bring(",2012-11-22,Thanksgiving", key="non-school-days", header="cds_code,day,reason")
        for key, count in (("bell-times", 2), ("non-school-days", 1)):
            exchange = get(key)
            made = b"".join(write_csv(exchange.column_names, exchange.export_rows(by)))
            report = run(key, io.BytesIO(made), by=by, at=by.at)
            assert (report.unchanged, report.created, report.rejected) == (count, 0, [])


class TestByHand:
    def test_a_school_moves_on_a_day(self, bring: Bring, by: Viewer, at: datetime, told: list[Any]) -> None:
        bring()
        school, elm = School.objects.get(name="Birch"), Campus.objects.get(slug="elm")
        move_school(school=school, to=elm, on=date(2012, 7, 1), by=by, at=at)
        assert queries.campus_for_cds(school.cds_code) == elm
        assert list(queries.schools_on(elm.pk, date(2012, 6, 30))) == []
        assert list(queries.schools_on(elm.pk, date(2012, 7, 1))) == [school]
        assert len(told) == 2

    @pytest.mark.parametrize(
        ("school", "to", "on", "why"),
        [
            ("Birch", "birch", date(2012, 7, 1), "there already"),
            ("Birch", "elm", date(1980, 7, 1), "Choose a later day"),
            ("Ash", "elm", date(2014, 1, 1), "closed on 2013-06-14"),
        ],
    )
    def test_a_move_that_cannot_be_says_why(
        self, bring: Bring, by: Viewer, at: datetime, school: str, to: str, on: date, why: str
    ) -> None:
        bring()
        mover, target = School.objects.get(name=school), Campus.objects.get(slug=to)
        with pytest.raises(CannotMove, match=why):
            move_school(school=mover, to=target, on=on, by=by, at=at)

    def test_an_address_of_another_site_is_refused(self, bring: Bring, by: Viewer, at: datetime) -> None:
        bring()
        campus = Campus.objects.get(slug="elm")
        values = {"name": "Elm", "zip_code": "", "jurisdiction": "city", "notes": ""}
        point = {"longitude": None, "latitude": None}
        for address, why in (("500 First St", "Another site"), ("First & Second", "not the address")):
            with pytest.raises(BadAddress, match=why):
                change_campus(campus=campus, address=address, by=by, at=at, **values, **point)  # type: ignore[arg-type]

    @pytest.mark.parametrize("role", ["trustee", "site_lead", "school_resource_officer"])
    def test_only_keepers_change_places(
        self, bring: Bring, viewer: Callable[..., Viewer], at: datetime, role: str
    ) -> None:
        bring()
        school, elm = School.objects.get(name="Birch"), Campus.objects.get(slug="elm")
        with pytest.raises(AccessDenied):
            move_school(school=school, to=elm, on=BOARD_DAY, by=viewer(role), at=at)
        with pytest.raises(AccessDenied):
            verify_former_name(school=school, former_name="Birch Grove", by=viewer(role), at=at)
        with pytest.raises(AccessDenied):
            bring(by=viewer(role))
