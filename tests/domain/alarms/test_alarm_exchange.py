"""Alarm systems, zones, call lists, plans and schedules in and out."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from datetime import date, datetime, time, timedelta

import pytest
from django.conf import settings
from django.utils import timezone
from tests.domain.alarms.journal_writer import make_case

from schoolward.domains.alarms import keys, queries
from schoolward.domains.alarms.exchange.schedules import AlarmSchedules, weekday
from schoolward.domains.alarms.models import (
    ActionPlan,
    AlarmSystem,
    ArmingSchedule,
    CallContact,
    Line,
    PlanStep,
    Zone,
)
from schoolward.domains.places.models import Campus
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.audit.models import Event
from schoolward.platform.exchange.registry import get
from schoolward.platform.exchange.report import Report
from schoolward.platform.exchange.running import run

KEY = "00112233445566778899AABBCCDDEEFF"
ACCOUNTS = f"""account,campus,key_hex,line,profile,supervision_s
0012,oak,{KEY},,,200
ab01,oak,,second,ajax,
"""
ZONES = """account,line,zone,title,device,camera
0012,main,003,East door,door,
0012,,4,Hall,motion,https://cam.test/4
"""
CONTACTS = """campus,order,title,phone,wait_s
oak,1,Head custodian,916-555-0100,60
oak,2,Office,916-555-0101,
"""
PLANS = """signal_kind,campus,plan,step,kind,text,required
burglary,,Burglary,1,call,Call the site,yes
burglary,,Burglary,2,camera,Look at the camera,no
fire,oak,Fire at Oak,1,dispatch,Send the fire department,
"""
SCHEDULES = """account,line,weekday,school_days,opens,closes,tolerance_min,valid_from,valid_to
0012,main,0,yes,06:30,22:00,30,,
0012,main,0,no,8:00 AM,12:00,,,
"""

Importing = Callable[[str, str], Report]


@pytest.fixture
def bring(site: Campus, by: Viewer, at: datetime) -> Importing:
    """Import a table as the system."""

    def do(key: str, text: str) -> Report:
        return run(key, io.BytesIO(text.encode()), by=by, at=at)

    return do


def exported(key: str, by: Viewer) -> str:
    exchange = get(key)
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(exchange.column_names)
    writer.writerows(["" if cell is None else cell for cell in row] for row in exchange.export_rows(by))
    return out.getvalue()


@pytest.mark.parametrize(
    ("key", "text", "rows"),
    [
        ("alarm-accounts", ACCOUNTS, 2),
        ("alarm-zones", ZONES, 2),
        ("alarm-contacts", CONTACTS, 2),
        ("alarm-plans", PLANS, 3),
        ("alarm-schedules", SCHEDULES, 2),
    ],
)
def test_a_table_goes_in_twice_and_out_and_in_again(
    bring: Importing, by: Viewer, key: str, text: str, rows: int
) -> None:
    if key not in ("alarm-accounts", "alarm-contacts", "alarm-plans"):
        bring("alarm-accounts", ACCOUNTS)

    first = bring(key, text)
    again = bring(key, text)
    returned = bring(key, exported(key, by))

    assert (first.created, first.rejected_rows) == (rows, 0)
    for report in (again, returned):
        assert (report.created, report.updated, report.unchanged, report.rejected_rows) == (0, 0, rows, 0)


def test_accounts_as_they_are_stored(bring: Importing, by: Viewer, at: datetime) -> None:
    bring("alarm-accounts", ACCOUNTS)

    plain = AlarmSystem.objects.get(account="0012")
    assert (plain.line.name, plain.supervision_seconds, plain.changed_at) == ("main", 200, at)
    assert KEY not in plain.sealed_key
    assert keys.unseal(plain.sealed_key, settings.SECRET_KEY) == KEY
    other = AlarmSystem.objects.get(account="AB01")
    assert (other.line.name, other.profile, other.sealed_key) == ("second", "ajax", "")
    assert Line.objects.count() == 2


def test_a_new_panel_serves_from_today_and_leaves_earlier_years_alone(bring: Importing, at: datetime) -> None:
    today = timezone.localdate(at)
    year_ago = (today - timedelta(days=400), today - timedelta(days=35))
    bring("alarm-accounts", "account,campus,in_service_from\n0012,oak,2001-07-01\n")
    before = queries.years_in_service(*year_ago)
    assert before == pytest.approx(366 / 365.25)

    bring("alarm-accounts", "account,campus\n0013,oak\n0014,oak\n")

    assert queries.years_in_service(*year_ago) == before
    assert set(AlarmSystem.objects.values_list("valid_from", flat=True)) == {date(2001, 7, 1), today}
    bring("alarm-accounts", "account,campus\n0012,oak\n")
    assert AlarmSystem.objects.get(account="0012").valid_from == date(2001, 7, 1), "a blank leaves it"


def test_a_panel_whose_service_is_over_is_not_expected_to_be_heard(bring: Importing, at: datetime) -> None:
    yesterday = timezone.localdate(at) - timedelta(days=1)
    bring("alarm-accounts", "account,campus,in_service_from,supervision_s\n0012,oak,2001-07-01,200\n")
    over = f"account,campus,in_service_to,supervision_s\n0012,oak,{yesterday},200\n"
    assert bring("alarm-accounts", over).updated == 1
    assert AlarmSystem.objects.get().supervision_seconds is None
    assert bring("alarm-accounts", over).unchanged == 1
    bring("alarm-accounts", "account,campus\n0012,oak\n")
    assert AlarmSystem.objects.get().valid_to == yesterday, "without the column it stays"
    bring("alarm-accounts", "account,campus,in_service_to\n0012,oak,\n")
    assert AlarmSystem.objects.get().valid_to is None, "a blank in the column takes it away"


def test_the_key_is_never_written_out_and_a_blank_leaves_it(bring: Importing, by: Viewer) -> None:
    bring("alarm-accounts", ACCOUNTS)
    sealed = AlarmSystem.objects.get(account="0012").sealed_key

    out = exported("alarm-accounts", by)
    assert KEY not in out
    assert sealed not in out
    bring("alarm-accounts", out)
    assert AlarmSystem.objects.get(account="0012").sealed_key == sealed
    assert KEY not in str(list(Event.objects.values_list("detail", flat=True)))

    bring("alarm-accounts", "account,campus,key_hex\n0012,oak,none\n")
    assert AlarmSystem.objects.get(account="0012").sealed_key == ""


def test_a_school_is_found_by_its_code(bring: Importing, by: Viewer, at: datetime) -> None:
    schools = (
        "cds_code,name,kind,level,charter,address,lat,lon,opened,closed\n"
        "34670000000001,North,High,High,N,10 First Street,38.50,-121.50,1980-07-01,\n"
    )
    assert bring("schools", schools).rejected_rows == 0
    report = bring("alarm-accounts", "account,campus\n0013,34670000000001\n")
    assert report.created == 1
    assert AlarmSystem.objects.get().campus.address == "10 First Street"


@pytest.mark.parametrize(
    ("key", "text", "column", "said"),
    [
        ("alarm-accounts", "account,campus\nXYZ,oak\n", "account", "hexadecimal digits"),
        ("alarm-accounts", "account,campus\n0012,elm-street\n", "campus", "not a known site"),
        ("alarm-accounts", "account,campus,key_hex\n0012,oak,1234\n", "key_hex", "hexadecimal digits"),
        ("alarm-accounts", "account,campus,profile\n0012,oak,martian\n", "profile", "not known here"),
        ("alarm-accounts", "account,campus,supervision_s\n0012,oak,0\n", "supervision_s", "below 1"),
        (
            "alarm-accounts",
            "account,campus,in_service_from,in_service_to\n0013,oak,2012-09-06,2012-09-05\n",
            "in_service_to",
            "before the first",
        ),
        ("alarm-zones", "account,zone\n0099,3\n", "account", "not a known account"),
        ("alarm-zones", "account,zone,camera\n0012,3,javascript:x\n", "camera", "not an address"),
        (
            "alarm-plans",
            "signal_kind,plan,step,kind,text\nvandals,P,1,call,C\n",
            "signal_kind",
            "known values",
        ),
        (
            "alarm-schedules",
            "account,weekday,opens,closes\n0012,0,22:00,06:00\n",
            "closes",
            "later than it opens",
        ),
        ("alarm-schedules", "account,weekday,opens,closes\n0012,0,soon,06:00\n", "opens", "not a time"),
    ],
)
def test_a_bad_row_is_named_with_its_column_and_the_mend(
    bring: Importing, key: str, text: str, column: str, said: str
) -> None:
    if key not in ("alarm-accounts",):
        bring("alarm-accounts", ACCOUNTS)
    report = bring(key, text)
    assert report.rejected_rows == 1
    rejection = report.as_json()["rejected"][0]
    assert rejection["column"] == column
    assert said in f"{rejection['error']} {rejection['mend']}"
    if column == "key_hex":
        assert "1234" not in rejection["error"]


def test_every_fault_of_a_row_shows_at_once(bring: Importing) -> None:
    report = bring(
        "alarm-accounts",
        "account,campus,key_hex,profile,supervision_s\nXYZ,nowhere,1234,martian,0\n0012,oak,,,200\n,,,,7\n",
    )

    assert (report.created, report.rejected_rows) == (1, 2)
    assert {rejection.column for rejection in report.rejected if rejection.row == 2} == {
        "account", "campus", "key_hex", "profile", "supervision_s"
    }  # fmt: skip
    assert [rejection.column for rejection in report.rejected if rejection.row == 4] == ["account", "campus"]


def test_the_rest_of_a_file_with_a_bad_row_is_brought_in(bring: Importing) -> None:
    report = bring("alarm-accounts", "account,campus\nXYZ,oak\n0012,oak\n")
    assert (report.created, report.rejected_rows) == (1, 1)


def test_zones_contacts_and_schedules_as_they_are_stored(bring: Importing) -> None:
    bring("alarm-accounts", ACCOUNTS)
    bring("alarm-zones", ZONES)
    bring("alarm-contacts", CONTACTS)
    bring("alarm-schedules", SCHEDULES)
    assert list(Zone.objects.values_list("number", "device")) == [("3", "door"), ("4", "motion")]
    assert list(CallContact.objects.values_list("order", "wait_seconds")) == [(1, 60), (2, 60)]
    off = ArmingSchedule.objects.get(on_school_days=False)
    assert (off.opens, off.closes, off.tolerance_minutes) == (time(8), time(12), 30)


@pytest.mark.parametrize(
    ("written", "number"),
    [("0", 0), ("6", 6), ("Monday", 0), ("mon", 0), ("Thurs.", 3), ("tu", 1), ("SUNDAY", 6), ("sat", 5)],
)
def test_a_weekday_is_read_by_name_or_number(written: str, number: int) -> None:
    assert weekday(written) == number


@pytest.mark.parametrize("written", ["7", "-1", "1.0", "t", "someday", "mondays", "²"])
def test_what_is_no_weekday_is_told_with_the_way_to_write_one(bring: Importing, written: str) -> None:
    bring("alarm-accounts", ACCOUNTS)
    report = bring("alarm-schedules", f"account,weekday,opens,closes\n0012,{written},06:00,22:00\n")
    (rejection,) = report.as_json()["rejected"]
    assert rejection["column"] == "weekday"
    assert "such as Monday or Mon, or its number: 0 is Monday, 6 is Sunday" in rejection["mend"]


def test_the_help_of_schedules_says_which_number_is_which_day() -> None:
    column = next(column for column in AlarmSchedules.columns if column.name == "weekday")
    assert "0 is Monday, 6 is Sunday" in str(column.help)


def test_a_plan_that_a_case_follows_ends_and_a_new_one_begins(bring: Importing) -> None:
    bring("alarm-plans", PLANS)
    old = ActionPlan.objects.get(signal_kind="burglary")
    case = make_case(None, plan=old)

    report = bring("alarm-plans", PLANS.replace("Call the site", "Call the office"))

    assert (report.updated, report.unchanged) == (2, 1)
    old.refresh_from_db()
    case.refresh_from_db()
    assert old.valid_to is not None
    assert case.plan == old
    new = ActionPlan.objects.get(signal_kind="burglary", valid_to__isnull=True)
    assert list(new.steps.values_list("text", flat=True)) == ["Call the office", "Look at the camera"]
    assert PlanStep.objects.filter(plan=old).count() == 2


def test_a_preview_writes_nothing(site: Campus, by: Viewer, at: datetime) -> None:
    run("alarm-accounts", io.BytesIO(ACCOUNTS.encode()), by=by, at=at, dry_run=True)
    assert not AlarmSystem.objects.exists()
