"""``schoolward routes application``, ``audits`` and ``points``: what the records say, as files."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from uuid import uuid4

import pytest
from tests.cli.conftest import Ended

from schoolward.cli.outcome import ExitCode
from schoolward.domains.assessments import actions as assessments
from schoolward.domains.places.models import Campus, Enrolment, School, SchoolOccupancy
from schoolward.domains.routes import actions
from schoolward.domains.routes.models import Barrier
from schoolward.platform.access.viewer import Viewer

pytestmark = pytest.mark.django_db(transaction=True)
Run = Callable[..., Ended]


@pytest.fixture
def oak() -> Campus:
    """A site with a school and an accepted barrier."""
    made = Campus.objects.create(
        name="Oak", slug="oak", address="1 Oak St", address_key="1 OAK ST", longitude=-121.47, latitude=38.53
    )
    school = School.objects.create(cds_code="00000000000001", name="Oak", kind="elementary")
    SchoolOccupancy.objects.create(school=school, campus=made)
    Enrolment.objects.create(school=school, school_year=2012, students=420)
    Barrier.objects.create(
        reference="B-1",
        campus=made,
        kind="crossing",
        title="=No crosswalk",
        place="Oak and First",
        longitude=-121.471,
        latitude=38.531,
        found_on=date(2012, 5, 1),
        state="accepted",
        accepted_on=date(2012, 5, 2),
    )
    return made


def test_the_tables_of_an_application(schoolward: Run, oak: Campus, tmp_path: Path) -> None:
    out = tmp_path / "application"
    told = schoolward("routes", "application", "oak", "--out", out, "--json")
    assert told.code == ExitCode.DONE
    keys = ["schools", "walking", "travel", "collisions", "infrastructure", "events", "money"]
    assert [table["key"] for table in told.json] == keys
    assert sorted(path.stem for path in out.iterdir()) == sorted(keys)
    (row,) = csv.DictReader((out / "infrastructure.csv").read_text(encoding="utf-8").splitlines())
    # What a spreadsheet could run as a formula is guarded.
    assert (row["barrier"], row["title"]) == ("B-1", "'=No crosswalk")
    shown = schoolward("routes", "application", "oak")
    assert "enrolled" in shown.out
    assert "420" in shown.out


def test_the_paper_of_an_application(schoolward: Run, oak: Campus, tmp_path: Path) -> None:
    out = tmp_path / "paper"
    told = schoolward("report", "route-application", "oak", "--out", out, "--json")
    assert told.code == ExitCode.DONE
    assert [Path(path).suffix for path in told.json["paths"]] == [".pdf", ".csv", ".json"]
    assert Path(told.json["paths"][0]).read_bytes().startswith(b"%PDF")
    ended = schoolward("report", "route-application", "elm", "--out", out)
    assert (ended.code, "no site “elm”" in ended.err) == (ExitCode.NOT_FOUND, True)
    in_the_way = tmp_path / "file"
    in_the_way.write_text("")
    blocked = schoolward("report", "route-application", "oak", "--out", in_the_way / "paper")
    assert (blocked.code, "give another with --out" in blocked.err) == (ExitCode.NOT_READY, True)


def test_events_as_a_calendar(schoolward: Run, oak: Campus) -> None:
    lines = schoolward("routes", "events").out.splitlines()
    assert (lines[0], lines[-1]) == ("BEGIN:VCALENDAR", "END:VCALENDAR")


def test_what_is_not_there_is_said(schoolward: Run, oak: Campus) -> None:
    ended = schoolward("routes", "application", "elm")
    assert (ended.code, "no site “elm”" in ended.err) == (ExitCode.NOT_FOUND, True)
    ended = schoolward("routes", "application", "oak", "--opportunity", "moon")
    assert (ended.code, "moon" in ended.err) == (ExitCode.NOT_FOUND, True)
    assert schoolward("routes", "points", "barriers", "--site", "elm").code == ExitCode.NOT_FOUND
    assert schoolward("routes", "points", "pupils").code == ExitCode.USAGE


def test_points_for_a_map(schoolward: Run, oak: Campus, tmp_path: Path) -> None:
    (feature,) = json.loads(schoolward("routes", "points", "barriers").out)["features"]
    assert feature["geometry"] == {"type": "Point", "coordinates": [-121.471, 38.531]}
    assert feature["properties"]["reference"] == "B-1"
    file = tmp_path / "guards.geojson"
    ended = schoolward("routes", "points", "guards", "--out", file)
    assert ended.code == ExitCode.DONE
    assert json.loads(file.read_text()) == {"type": "FeatureCollection", "features": []}
    assert schoolward("routes", "points", "guards", "--out", tmp_path / "no" / "x").code == ExitCode.REFUSED


def test_audits_with_what_fails(schoolward: Run, oak: Campus, at: datetime) -> None:
    assert "No walk audit is planned" in schoolward("routes", "audits").out
    assert schoolward("routes", "audits", "A-1").code == ExitCode.NOT_FOUND
    by = Viewer.system(at=at, name="tests")
    assessments.load_shipped(by=by, at=at)
    audit = actions.plan_audit(campus_id=oak.pk, planned_on=at.date(), by=by, at=at)
    walk = assessments.start_walk(assessment_id=audit.pk, client_id=uuid4(), by=by, at=at)
    answer = assessments.GivenAnswer(code="C01", answer=0)
    assessments.give_answers(walk_id=walk.pk, answers=[answer], by=by, at=at)
    assessments.submit_walk(walk_id=walk.pk, by=by, at=at)
    (row,) = schoolward("routes", "audits", "--json").json
    assert (row["site"], row["score"], row["failing"], row["waiting"]) == ("oak", 0, 1, 1)
    (offer,) = schoolward("routes", "audits", audit.reference, "--json").json
    assert (offer["code"], offer["kind"], offer["decided"]) == ("C01", "crossing", "")
