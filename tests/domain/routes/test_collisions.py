"""Collisions: imported once, near the right schools on the right days, and shown with how sure they are."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from datetime import date, datetime

import pytest
from django.db import IntegrityError, transaction

from schoolward.domains.places.models import Campus, School, SchoolOccupancy
from schoolward.domains.routes import queries
from schoolward.domains.routes.actions.collisions import join_again
from schoolward.domains.routes.models import Collision, CollisionNear, PositionQuality
from schoolward.domains.routes.seed.collisions import collisions as invent
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.demo.registry import SeedContext
from schoolward.platform.exchange.registry import get
from schoolward.platform.exchange.report import Report
from schoolward.platform.exchange.running import run
from schoolward.platform.exchange.writers import write_csv

pytestmark = pytest.mark.django_db
Import = Callable[..., Report]

HEADER = (
    "CASE_ID,COLLISION_DATE,COLLISION_SEVERITY,NUMBER_KILLED,NUMBER_INJURED,PEDESTRIAN_ACCIDENT,"
    "BICYCLE_ACCIDENT,PRIMARY_RD,SECONDARY_RD,CNTY_CITY_LOC,POINT_X,POINT_Y,LATITUDE,LONGITUDE"
)
GRAVE = "1,20120508,2,0,1,Y,,OAK ST,ELM ST,3404,-121.471,38.531,,"
BIKE = "2,20100203,4,0,1,,Y,OAK ST,ELM ST,3404,,,38.53,121.47"
FAR = "3,20120508,1,1,0,Y,,FAR ST,AWAY ST,3404,-121.30,38.60,,"
CAR = "4,20120508,1,1,0,,,OAK ST,,3404,-121.47,38.53,,"
NOWHERE = "5,20120508,1,1,0,Y,,NO ST,SUCH ST,3404,,,,"
CRASHES = "Collision Id,Crash Date Time,NumberKilled,NumberInjured,IsDeleted,Latitude,Longitude"


@pytest.fixture
def school(oak: Campus) -> SchoolOccupancy:
    """Oak has held a school from 2005 on."""
    made = School.objects.create(cds_code="34674390000001", name="Oak", kind="elementary", level="Elementary")
    return SchoolOccupancy.objects.create(school=made, campus=oak, valid_from=date(2005, 1, 1))


@pytest.fixture
def bring_in(school: SchoolOccupancy, by: Viewer, at: datetime) -> Import:
    """Import rows under the usual header, or bytes as they are."""

    def make(*rows: str, raw: bytes = b"", dry_run: bool = False, later: datetime | None = None) -> Report:
        content = raw or "\n".join([HEADER, *rows, ""]).encode()
        return run("collisions", io.BytesIO(content), by=by, at=later or at, dry_run=dry_run)

    return make


def test_a_file_becomes_rows_and_pairs(bring_in: Import, oak: Campus) -> None:
    report = bring_in(GRAVE, BIKE, FAR, CAR, NOWHERE)
    assert (report.read, report.created, report.rejected_rows, report.format) == (5, 5, 0, "switrs")
    assert set(CollisionNear.objects.values_list("collision__number", "campus__slug")) == {
        ("1", "oak"),
        ("2", "oak"),
        ("4", "oak"),
    }
    grave = Collision.objects.get(number="1")
    assert (grave.grave, grave.people_known, grave.quality) == (True, False, PositionQuality.GEOCODED)
    # The bike's place is derived from the geocoded collision at the same corner.
    assert Collision.objects.get(number="2").quality == PositionQuality.INTERSECTION
    assert len(report.warnings) == 2  # no table of the injured; one without a position


def test_again_changes_nothing_and_a_changed_row_is_changed(bring_in: Import) -> None:
    bring_in(GRAVE, BIKE)
    again = bring_in(GRAVE, BIKE)
    assert (again.created, again.updated, again.unchanged) == (0, 0, 2)
    milder = bring_in(GRAVE.replace(",2,0,1", ",3,0,1"), BIKE)
    assert (milder.created, milder.updated, milder.unchanged) == (0, 1, 1)
    assert Collision.objects.get(number="1").grave is False
    assert bring_in(GRAVE.replace("38.531", "38.60")).updated == 1
    assert not CollisionNear.objects.filter(collision__number="1").exists()


def test_a_preview_writes_nothing(bring_in: Import) -> None:
    assert bring_in(GRAVE, dry_run=True).created == 1
    assert not Collision.objects.exists()


def test_a_bad_row_is_named_and_the_rest_is_read(bring_in: Import) -> None:
    report = bring_in(GRAVE.replace("20120508", "20120599"), BIKE)
    assert (report.read, report.created, report.rejected_rows) == (2, 1, 1)
    assert (report.rejected[0].row, report.rejected[0].value) == (2, "20120599")
    assert report.rejected[0].column.endswith("COLLISION_DATE")
    assert bring_in(raw=b"a,b\n1,2\n").rejected_rows == 1


def test_a_collision_that_is_still_to_come_is_rejected(bring_in: Import) -> None:
    report = bring_in(GRAVE, BIKE.replace("20100203", "20130302"), GRAVE.replace("1,2012", "8,2012", 1))
    assert (report.created, report.rejected_rows) == (2, 1)
    (fault,) = report.rejected
    assert (fault.row, fault.value, fault.error) == (3, "20130302", "is still to come")
    assert fault.column.endswith("COLLISION_DATE")
    assert fault.mend.startswith("Today is 2012-09-06.")
    later = bring_in(raw=f"{CRASHES}\n72,2013-03-02T08:00:00,0,1,False,38.53,-121.47\n".encode())
    assert (later.created, later.rejected_rows, later.format) == (0, 1, "ccrs")
    assert later.rejected[0].column.endswith("Crash Date Time")
    assert Collision.objects.count() == 2


def test_the_template_comes_in(bring_in: Import) -> None:
    table = get("collisions")
    example = [column.example for column in table.columns]
    report = bring_in(raw=b"".join(write_csv(table.column_names, [example])))
    assert (report.read, report.created, report.rejected) == (1, 1, [])


def test_the_injured_tell_who_was_hurt(bring_in: Import) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("collisions.txt", "\n".join([HEADER, GRAVE, ""]))
        archive.writestr("victims.txt", "CASE_ID,VICTIM_ROLE,VICTIM_DEGREE_OF_INJURY\n1,1,2\n1,3,4\n")
    report = bring_in(raw=packed.getvalue())
    assert (report.created, report.warnings) == (1, [])
    row = Collision.objects.get()
    # A driver was gravely hurt, and the walker complained of pain.
    assert (row.grave, row.walking_serious, row.walking_other) == (False, 0, 1)


def test_a_year_is_kept_from_one_system(bring_in: Import) -> None:
    bring_in(GRAVE)
    crashes = (
        f"{CRASHES}\n70,2012-05-08T08:00:00,0,1,False,38.53,-121.47\n71,2011-05-08T08:00:00,0,1,True,,\n"
    )
    report = bring_in(raw=crashes.encode())
    assert (report.read, report.created, report.rejected_rows, report.format) == (2, 1, 1, "ccrs")
    assert "2012 is here from SWITRS" in report.rejected[0].error
    withdrawn = Collision.objects.get(layout="ccrs")
    assert withdrawn.retracted
    assert not queries.grave_near(date(2010, 1, 1), date(2014, 1, 1)).filter(pk=withdrawn.pk).exists()


def test_schools_count_on_their_days_alone(
    bring_in: Import, school: SchoolOccupancy, by: Viewer, at: datetime
) -> None:
    bring_in(GRAVE, BIKE)
    school.valid_from = date(2011, 1, 1)
    school.save()
    assert join_again(by=by, at=at) == 1
    assert [pair.collision.number for pair in CollisionNear.objects.all()] == ["1"]
    assert join_again(by=by, at=at) == 0


def test_trend_and_sites(bring_in: Import, oak: Campus, at: datetime) -> None:
    later = at.replace(year=2013, month=2)
    others = [f"{year},{year}0105,4,0,1,Y,,,,3404,-121.471,38.531,," for year in range(2007, 2012)]
    bring_in(GRAVE, BIKE, *others)
    # Records that end in May hold no whole year of 2012.
    today = date(2012, 9, 6)
    trend = queries.trend(oak.pk, today=today)
    assert [(one.last_year, one.count) for one in trend.windows] == [(2011, 0)]
    assert trend.until == date(2012, 5, 8)
    bring_in("99,20121220,0,0,0,,,,,3404,,,,", later=later)
    # A year that is not over is not whole, and a day to come is not known, whatever a file says.
    for day, until in ((today, date(2012, 5, 8)), (date(2012, 12, 31), date(2012, 12, 20))):
        trend = queries.trend(oak.pk, today=day)
        assert [one.last_year for one in trend.windows] == [2011]
        assert trend.until == until
        assert queries.last_day(day) == until
    trend = queries.trend(oak.pk, today=later.date())
    assert trend.until is None
    assert trend.by_year[2012] == 1
    assert [(one.last_year, one.count) for one in trend.windows] == [(2011, 0), (2012, 1)]
    assert trend.change is None
    (site,) = queries.by_site_collisions(date(2012, 9, 6))
    assert (site.slug, site.grave.count, site.on_foot_or_bicycle, site.rate) == ("oak", 1, 6, None)


def test_an_archive_ends_with_its_last_day(bring_in: Import) -> None:
    assert queries.last_day(date(2026, 1, 1)) == date(2026, 1, 1)
    bring_in(GRAVE)
    assert queries.last_day(date(2026, 1, 1)) == date(2012, 5, 8)
    assert queries.last_day(date(2011, 1, 1)) == date(2011, 1, 1)


def test_the_database_refuses_half_a_row(bring_in: Import) -> None:
    bring_in(GRAVE)
    for wrong in ({"walking_killed": 1}, {"quality": 0}, {"severity": "bad"}, {"number": ""}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Collision.objects.update(**wrong)


def test_the_demonstration_says_that_it_is_invented(school: SchoolOccupancy, seeding: SeedContext) -> None:
    assert "invented" in invent(seeding)
    assert Collision.objects.exists()
    assert not Collision.objects.filter(invented=False).exists()
