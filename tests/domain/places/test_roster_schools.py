"""Schools of a OneRoster set against the directory: found by code or name, never made twice."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from tests.rosters import ORGS, Rows, roster

from schoolward.domains.places.models import Campus, School
from schoolward.platform.access.permissions import AccessDenied
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.audit.models import Event
from schoolward.platform.exchange import actions, queries
from schoolward.platform.exchange.models import ImportState
from schoolward.platform.exchange.registry import get
from schoolward.platform.exchange.report import Report
from schoolward.platform.exchange.running import run

pytestmark = pytest.mark.django_db
Bring = Callable[..., Report]
Take = Callable[..., Report]
DISTRICT, ALDER, BIRCH = ORGS
ALDER_HERE = "34674390000001,Alder Elementary,Elementary,N,,1 First Street,,,,,"
BIRCH_HERE = "34674390000002,Birch High School,High,N,,2 First Street,,,,,"
NEW = {"name": "Cedar Middle", "type": "school", "sourcedId": "s3", "identifier": "34674390000003"}
NEW |= {"metadata.address1": "3 First Street", "metadata.postCode": "95824"}


@pytest.fixture
def take(by: Viewer, at: datetime) -> Take:
    """Import a set's schools."""

    def take(*orgs: dict[str, str], dry_run: bool = False, mode: str = "bulk", **options: str) -> Report:
        rows: Rows = list(orgs or ORGS)
        stream = roster("1.2", mode, orgs=rows)
        return run("roster-schools", stream, by=by, at=at, dry_run=dry_run, options=options)

    return take


def counts(report: Report) -> tuple[int, int, int, int, int]:
    return report.read, report.created, report.updated, report.unchanged, report.rejected_rows


def test_schools_are_found_by_code_and_by_name(bring: Bring, take: Take) -> None:
    bring(ALDER_HERE, BIRCH_HERE)
    found = take()
    assert counts(found) == (2, 0, 0, 2, 0)
    assert found.format == "OneRoster 1.2"
    assert found.warnings == ["1 bodies that are no schools (districts, departments) are left aside."]
    assert School.objects.count() == 2


def test_a_name_is_taken_over_only_when_asked(bring: Bring, take: Take) -> None:
    bring(ALDER_HERE)
    called = ALDER | {"name": "Alder Academy", "parentSourcedId": ""}
    assert counts(take(called)) == (1, 0, 0, 1, 0)
    assert "The roster calls Alder Elementary “Alder Academy”." in take(called).warnings
    assert counts(take(called, names="take", dry_run=True)) == (1, 0, 1, 0, 0)
    assert School.objects.get().name == "Alder Elementary"
    assert counts(take(called, names="take")) == (1, 0, 1, 0, 0)
    assert (School.objects.get().name, Campus.objects.get().name) == ("Alder Academy",) * 2
    assert Event.objects.filter(action="places.school_renamed").count() == 1
    assert counts(take(called, names="take")) == (1, 0, 0, 1, 0)


def test_a_school_that_is_not_there_is_made_when_asked_and_once(bring: Bring, take: Take) -> None:
    bring(ALDER_HERE)
    refused = take(NEW)
    assert [(r.row, r.column, r.value) for r in refused.rejected] == [(2, "orgs.csv name", "Cedar Middle")]
    assert counts(take(NEW, new_kind="middle")) == (1, 1, 0, 0, 0)
    school = School.objects.get(cds_code="34674390000003")
    assert (school.kind, school.campuses.get().address) == ("middle", "3 First Street")
    assert counts(take(NEW, new_kind="middle")) == (1, 0, 0, 1, 0)
    assert School.objects.count() == 2


@pytest.mark.parametrize(
    ("changed", "column", "words"),
    [
        ({"metadata.address1": ""}, "metadata.address1", "is blank"),
        ({"metadata.address1": "the corner"}, "metadata.address1", "is not the address of a building"),
        ({"identifier": "CM"}, "identifier", "no code"),
        ({"name": "Alder Elementary"}, "identifier", "which the directory has as 34674390000001"),
    ],
)
def test_what_cannot_be_made_says_why(
    bring: Bring, take: Take, changed: dict[str, str], column: str, words: str
) -> None:
    bring(ALDER_HERE)
    (rejection,) = take(NEW | changed, new_kind="middle").rejected
    assert rejection.column == f"orgs.csv {column}"
    assert words in rejection.error
    assert rejection.mend
    assert School.objects.count() == 1


def test_two_rows_are_not_one_school_and_one_name_not_two(bring: Bring, take: Take) -> None:
    bring(ALDER_HERE, BIRCH_HERE, BIRCH_HERE.replace("0002", "0009").replace("2 First", "9 First"))
    again = {"sourcedId": "s9", "name": "Alder Elementary", "type": "school", "identifier": "0000001"}
    report = take(ALDER | {"parentSourcedId": ""}, again, BIRCH | {"parentSourcedId": ""})
    assert [(r.row, r.column, r.error) for r in report.rejected] == [
        (3, "orgs.csv sourcedId", "is the school of row 2"),
        (4, "orgs.csv name", "is the name of 2 schools"),
    ]
    assert counts(report) == (3, 0, 0, 1, 2)


def test_a_school_that_a_delta_drops_stays(bring: Bring, take: Take) -> None:
    bring(ALDER_HERE)
    leaves = {"status": "tobedeleted", "dateLastModified": "2012-09-06T08:15:00Z"}
    report = take(ALDER | leaves, NEW | leaves, mode="delta")
    assert counts(report) == (2, 0, 0, 2, 0)
    assert any("is to drop Alder Elementary. It stays" in warning for warning in report.warnings)
    assert School.objects.count() == 1


def test_only_whoever_keeps_places_may(viewer: Callable[..., Viewer], at: datetime) -> None:
    with pytest.raises(AccessDenied):
        run("roster-schools", roster(), by=viewer("site_lead"), at=at)


def test_what_is_kept_of_an_upload_has_no_person(by: Viewer, at: datetime) -> None:
    taken: dict[str, Any] = {"file_name": "export.zip", "options": {}, "by": by, "at": at}
    brought = actions.receive(exchange=get("roster-schools"), stream=roster(), **taken)
    assert brought.file is not None
    with actions.open_file(brought.file) as stream:
        assert b"users.csv" not in stream.read()
    assert actions.preview(brought=brought, by=by, at=at).state == ImportState.PREVIEWED
    header, rows = queries.rejected_rows(brought)
    assert header == ["row", "column", "value", "error", "mend"]
    assert [row[:3] for row in rows] == [
        (3, "orgs.csv name", "Alder Elementary"),
        (4, "orgs.csv name", "Birch High"),
    ]
