"""A roster brings in who is referred and nobody else; what differs is a proposal that a person decides."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import pytest
from django.test import Client
from tests.rosters import ORGS, PEOPLE_11, ROLES, role, roster, user

from domain.cases.conftest import booking, make_youth
from schoolward.domains.cases import actions
from schoolward.domains.cases.actions import roster as roster_actions
from schoolward.domains.cases.models import Referral, RosterDifference, Youth
from schoolward.domains.cases.queries.roster import differences
from schoolward.domains.places.models import Campus, School
from schoolward.platform.access.permissions import AccessDenied
from schoolward.platform.access.sealing import order, seal
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.access.wall import within
from schoolward.platform.audit.models import Event
from schoolward.platform.exchange.models import ImportRun
from schoolward.platform.exchange.registry import get
from schoolward.platform.exchange.report import Report
from schoolward.platform.exchange.running import run

Person = Callable[..., Viewer]
KIM = "100-42"


@pytest.fixture
def schools(db: None) -> tuple[School, School]:
    """The two schools of the sets in `tests.rosters`."""
    return (
        School.objects.create(cds_code="34674390000001", name="Alder Elementary", kind="high"),
        School.objects.create(cds_code="34674390000002", name="Birch High", kind="high"),
    )


def students(given: str = "Invented", family: str = "Person", org: str = "s2", **more: Any) -> Any:
    """A set with the referred student in it, as it is written in either version."""
    kim = user(
        "k9", given, family, identifier=KIM, email="kim@example.org", agentSourcedIds="m1", phone="5550100"
    )
    if more.pop("version", "1.2") == "1.1":
        return roster("1.1", users=[*PEOPLE_11, kim | {"role": "student", "orgSourcedIds": org}])
    people = [{k: v for k, v in one.items() if k not in ("role", "orgSourcedIds")} for one in PEOPLE_11]
    return roster(users=[*people, kim | more], roles=[*ROLES, role("r9", "k9", "student", org)])


def bring(file: Any, by: Viewer, at: datetime, *, dry_run: bool = False) -> Report:
    return run("roster-students", file, by=by, at=at, dry_run=dry_run)


def found(viewer: Viewer) -> list[tuple[str, str, str, str]]:
    with within(Viewer.system(at=viewer.at)):
        rows = RosterDifference.objects.select_related("told_school").order_by("pk")
        return [
            (row.field, row.told, row.told_school.name if row.told_school else "", row.state) for row in rows
        ]


@pytest.mark.parametrize("version", ["1.1", "1.2"])
def test_what_differs_is_proposed_and_the_record_stays(
    referral: Referral, coordinator: Viewer, schools: Any, at: datetime, version: str
) -> None:
    report = bring(students(family="Person-Quill", version=version), coordinator, at)
    assert (report.read, report.created, report.rejected) == (1, 1, [])
    assert found(coordinator) == [
        ("legal_name", "Invented Person-Quill", "", "open"),
        ("school", "", "Birch High", "open"),
    ]
    with within(coordinator):
        youth = Youth.objects.get(pk=referral.youth_id)
    assert (youth.legal_name, youth.school_id) == ("Invented Person", None)

    again = bring(students(family="Person-Quill", version=version), coordinator, at)
    assert (again.created, again.updated, again.unchanged) == (0, 0, 1)
    assert len(found(coordinator)) == 2


@pytest.mark.parametrize(
    ("given", "family", "differs"),
    [
        ("INVENTED", "PERSON", False),
        (" Invented ", "Person", False),
        ("Invented Q.", "Person", True),
        ("Invented", "Persons", True),
        ("Person", "Invented", True),
    ],
)
def test_capitals_and_blanks_are_no_difference(
    referral: Referral,
    coordinator: Viewer,
    schools: Any,
    at: datetime,
    given: str,
    family: str,
    differs: bool,
) -> None:
    bring(students(given, family), coordinator, at)
    assert ("legal_name" in [row[0] for row in found(coordinator)]) is differs


def test_names_in_the_middle_are_no_difference(coordinator: Viewer) -> None:
    told = roster_actions.Told("Invented", "Person")
    names = ["Invented Maria Person", "Invented  de la Person", "Inventedperson", "Invented Personson"]
    assert [roster_actions._is_called(name, told) for name in names] == [True, True, False, False]


def test_a_preview_leaves_nothing(
    referral: Referral, coordinator: Viewer, schools: Any, at: datetime
) -> None:
    report = bring(students(), coordinator, at, dry_run=True)
    assert report.created == 1
    assert found(coordinator) == []


def test_nobody_who_is_not_referred_is_kept_named_or_logged(
    referral: Referral, coordinator: Viewer, schools: Any, at: datetime
) -> None:
    """Neither in the file that waits to be applied, nor in the report, nor on the record."""
    ended = make_youth(coordinator, legal_name="Invented Former", local_number="00123")
    kept = get("roster-students").kept(students(family="Person-Quill"), by=coordinator, options={})
    with zipfile.ZipFile(kept) as archive:
        assert set(archive.namelist()) == {"manifest.csv", "orgs.csv", "roles.csv", "users.csv"}
        text = {name: archive.read(name).decode() for name in archive.namelist()}
    assert "Person-Quill" in text["users.csv"]
    for other in ("Kim", "Kai", "Tess", "Paul", "Mo,", "00123", "kim@example.org", "5550100", "m1"):
        assert other not in text["users.csv"], other
    assert "k1" not in text["roles.csv"]

    kept.seek(0)
    bring(kept, coordinator, at)
    with within(Viewer.system(at=at)):
        assert {row.youth_id for row in RosterDifference.objects.all()} == {referral.youth_id}
    assert ended.pk != referral.youth_id
    told = " ".join(str(event.detail) + event.subject for event in Event.objects.all())
    reports = " ".join(str(one.report) for one in ImportRun.objects.all())
    for word in ("Kim", "Kai", "Quill", "00123", KIM, "Birch"):
        assert word not in told
        assert word not in reports


def test_a_fault_of_a_row_shows_no_value(
    referral: Referral, coordinator: Viewer, schools: Any, at: datetime
) -> None:
    report = bring(students(enabledUser="Shifted Name"), coordinator, at)
    assert [(one.row, one.column, one.value) for one in report.rejected] == [(7, "users.csv enabledUser", "")]
    assert "Shifted" not in str(report.as_json())
    others = [one | {"enabledUser": "Shifted Other"} for one in PEOPLE_11]
    broken = bring(
        roster(
            "1.1",
            users=[
                *others,
                user("k9", "Invented", "Person", identifier=KIM, role="student", orgSourcedIds="s2"),
            ],
        ),
        coordinator,
        at,
    )
    assert "Shifted" not in str(broken.as_json())
    assert broken.rejected == []


def test_a_number_that_stands_twice_is_taken_from_neither_and_not_shown(
    referral: Referral, coordinator: Viewer, schools: Any, at: datetime
) -> None:
    twice = [*PEOPLE_11] + [
        user(f"k{n}", "Invented", f"Other{n}", identifier=KIM, role="student", orgSourcedIds="s2")
        for n in (8, 9)
    ]
    report = bring(roster("1.1", users=twice), coordinator, at)
    assert [(one.column, one.value) for one in report.rejected] == [("users.csv identifier", "")]
    assert KIM not in str(report.as_json())


def test_a_sealed_young_person_is_as_one_who_is_not_there(
    referral: Referral, person: Person, coordinator: Viewer, schools: Any, at: datetime
) -> None:
    bring(students(), coordinator, at)
    keeper = person("privacy_officer", purpose="records")
    made = order(
        record_name=f"cases.Youth:{referral.youth_id}",
        ground="court_order",
        reason="An order",
        due_on=date(2012, 10, 1),
        by=keeper,
        at=at,
    )
    seal(sealing_id=made.pk, by=keeper, at=at)
    assert found(coordinator) == []
    assert differences(coordinator) == []
    report = bring(students(family="Person-Quill"), coordinator, at)
    nobody = run("roster-students", students(), by=person("program_coordinator", who="another"), at=at)
    assert report.as_json() == nobody.as_json()
    assert report.read == 0


def test_who_is_not_referred_any_more_is_not_looked_at(
    brought_to: Callable[[str], Referral], coordinator: Viewer, schools: Any, at: datetime
) -> None:
    held = brought_to("contacted")
    actions.end(referral_id=held.pk, reason="declined", by=coordinator, at=at)
    report = bring(students(), coordinator, at)
    assert (report.read, found(coordinator)) == (0, [])


def test_another_coordinator_sees_none_of_it(
    referral: Referral, person: Person, coordinator: Viewer, schools: Any, at: datetime
) -> None:
    bring(students(), coordinator, at)
    (one,) = differences(coordinator)
    another = person("program_coordinator", who="another")
    without = person("program_coordinator", purpose="school_safety")
    assert differences(another) == differences(without) == []
    for viewer in (another, without):
        with pytest.raises(actions.NotTheirs):
            roster_actions.take_over(difference_id=one.row.pk, by=viewer, at=at)
    with pytest.raises(AccessDenied):
        roster_actions.take_over(difference_id=one.row.pk, by=person("lead"), at=at)
    with pytest.raises(AccessDenied):
        bring(students(), person("lead"), at)


def test_taken_over_left_and_asked_again(
    referral: Referral, coordinator: Viewer, schools: tuple[School, School], at: datetime
) -> None:
    bring(students(family="Person-Quill"), coordinator, at)
    name, school = differences(coordinator)
    assert (name.kept, name.told, school.kept, school.told) == (
        "Invented Person",
        "Invented Person-Quill",
        "",
        "Birch High",
    )
    roster_actions.leave(difference_id=name.row.pk, by=coordinator, at=at)
    roster_actions.take_over(difference_id=school.row.pk, by=coordinator, at=at)
    with within(coordinator):
        youth = Youth.objects.get(pk=referral.youth_id)
    assert (youth.legal_name, youth.school_id) == ("Invented Person", schools[1].pk)
    with pytest.raises(actions.CaseRefused, match="decided already"):
        roster_actions.leave(difference_id=school.row.pk, by=coordinator, at=at)

    same = bring(students(family="Person-Quill"), coordinator, at)
    assert (same.created, same.unchanged) == (0, 1)
    other = bring(students(family="Quill"), coordinator, at)
    assert other.created == 1
    (asked,) = differences(coordinator)
    assert asked.told == "Invented Quill"
    settled = bring(students(), coordinator, at)
    assert (settled.updated, differences(coordinator)) == (1, [])
    events = [
        event.detail for event in Event.objects.filter(action="cases.roster_compared").order_by("sequence")
    ]
    assert [(one["differ"], one["settled"]) for one in events] == [
        (["legal_name", "school"], []),
        (["legal_name"], []),
        ([], ["legal_name"]),
    ]


def test_the_page_shows_both_and_decides(
    referral: Referral, coordinator: Viewer, schools: Any, at: datetime, client_of: Callable[..., Client]
) -> None:
    bring(students(family="Person-Quill"), coordinator, at)
    client = client_of("program_coordinator")
    page = client.get("/cases/roster/").content.decode()
    assert "Invented Person-Quill" in page
    assert "Birch High" in page
    assert "says something else" in client.get(f"/cases/youths/{referral.youth_id}/").content.decode()
    name, school = differences(coordinator)
    assert client.post(f"/cases/roster/{name.row.pk}/take-over/").status_code == 302
    assert client.post(f"/cases/roster/{school.row.pk}/leave/").status_code == 302
    assert "Nothing waits for you." in client.get("/cases/roster/").content.decode()
    assert client.post("/cases/roster/999999/leave/").status_code == 404
    assert client_of("lead").get("/cases/roster/").status_code == 403
    assert [row[3] for row in found(coordinator)] == ["taken", "left"]


def test_the_same_over_http(
    referral: Referral, coordinator: Viewer, schools: Any, at: datetime, client_of: Callable[..., Client]
) -> None:
    bring(students(family="Person-Quill"), coordinator, at)
    client = client_of("program_coordinator")
    name, school = client.get("/api/v1/cases/roster").json()
    assert (name["field"], name["kept"], name["told"]) == (
        "legal_name",
        "Invented Person",
        "Invented Person-Quill",
    )
    taken = client.post(f"/api/v1/cases/roster/{name['id']}/take-over")
    assert (taken.status_code, taken.json()["state"]) == (200, "taken")
    assert client.post(f"/api/v1/cases/roster/{name['id']}/leave").status_code == 422
    assert client.post(f"/api/v1/cases/roster/{school['id']}/leave").json()["state"] == "left"
    assert client.post("/api/v1/cases/roster/999999/leave").status_code == 404


def test_two_records_of_one_number_are_told_apart_first(
    referral: Referral,
    principal: Viewer,
    campus: Campus,
    coordinator: Viewer,
    schools: Any,
    at: datetime,
) -> None:
    twin = booking(legal_name="Invented Twin", campus_id=campus.pk, need="attendance")
    made = actions.refer(booking=twin, on=date(2012, 9, 1), by=principal, at=at)
    actions.take(referral_id=made.pk, by=coordinator, at=at)
    report = bring(students(), coordinator, at)
    assert [one.value for one in report.rejected] == [""]
    assert found(coordinator) == []


def test_a_school_that_the_directory_does_not_know_is_no_difference(
    referral: Referral, coordinator: Viewer, at: datetime
) -> None:
    assert ORGS[2]["name"] == "Birch High"
    report = bring(students(), coordinator, at)
    assert (report.unchanged, found(coordinator)) == (1, [])


def test_what_is_no_set_is_refused(coordinator: Viewer, at: datetime) -> None:
    report = bring(io.BytesIO(b"hello"), coordinator, at)
    assert report.rejected[0].row <= 1
    assert found(coordinator) == []
