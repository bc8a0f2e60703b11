"""Staff of a OneRoster set as contact cards: known again, nothing of a person lost, and no child in sight."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from tests.rosters import PEOPLE_11, PEOPLE_12, ROLES, Rows, role, roster, user

from schoolward.domains.people.actions import keep_contact
from schoolward.domains.people.models import Person
from schoolward.platform.access.models import Agency
from schoolward.platform.access.permissions import AccessDenied
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.exchange import actions
from schoolward.platform.exchange.registry import get
from schoolward.platform.exchange.report import Report
from schoolward.platform.exchange.running import run

pytestmark = pytest.mark.django_db
Take = Callable[..., Report]
TESS, PAUL = PEOPLE_12[0], PEOPLE_12[1]


@pytest.fixture(autouse=True)
def district(at: datetime) -> Agency:
    return Agency.objects.create(key="district", name="District", kind="district", created_at=at)


@pytest.fixture
def take(by: Viewer, at: datetime) -> Take:
    """Import a set's staff."""

    def take(version: str = "1.2", mode: str = "bulk", options: Any = None, **changed: Rows) -> Report:
        return run("roster-staff", roster(version, mode, **changed), by=by, at=at, options=options or {})

    return take


@pytest.fixture
def card(district: Agency, by: Viewer, at: datetime) -> Callable[..., Person]:
    def write(name: str, position: str = "", email: str = "", phone: str = "") -> Person:
        return keep_contact(
            person=None, agency=district, name=name, position=position, phone=phone, email=email, active=True,
            by=by, at=at,
        )  # fmt: skip

    return write


def counts(report: Report) -> tuple[int, int, int, int, int]:
    return report.read, report.created, report.updated, report.unchanged, report.rejected_rows


@pytest.mark.parametrize("version", ["1.1", "1.2"])
def test_staff_come_in_and_nobody_else(take: Take, version: str) -> None:
    assert counts(take(version)) == (2, 2, 0, 0, 0)
    second = "Principal" if version == "1.2" else "Administrator"
    assert list(Person.objects.values_list("name", "position", "email", "roster_id")) == [
        ("Paul Invented", f"{second}, Alder Elementary", "", "p1"),
        ("Tess Invented", "Teacher, Alder Elementary", "tess@example.org", "t1"),
    ]
    again = take(version)
    assert counts(again) == (2, 0, 0, 2, 0)
    assert again.warnings == ["3 users who are no staff are passed over."]


def test_a_card_is_known_by_address_then_by_name_and_keeps_what_a_person_wrote(
    take: Take, card: Callable[..., Person]
) -> None:
    by_email = card("T. Invented", "Dean", "Tess@example.org", "916-555-0100")
    by_name = card("Paul Invented", phone="916-555-0101")
    assert counts(take()) == (2, 0, 2, 0, 0)
    by_email.refresh_from_db()
    by_name.refresh_from_db()
    assert (by_email.name, by_email.position, by_email.phone) == ("Tess Invented", "Dean", "916-555-0100")
    assert (by_name.position, by_name.phone) == ("Principal, Alder Elementary", "916-555-0101")
    assert Person.objects.count() == 2


def test_who_moves_marries_or_leaves_keeps_the_card(take: Take) -> None:
    take()
    moved = [
        role("r1", "t1", "teacher", "s2"),
        role("r2", "p1", "principal", endDate="2012-09-05"),
        *ROLES[2:],
    ]
    married = [TESS | {"familyName": "Made-up"}, *PEOPLE_12[1:]]
    assert counts(take(users=married, roles=moved)) == (2, 0, 2, 0, 0)
    assert list(Person.objects.values_list("name", "position", "active")) == [
        ("Paul Invented", "Principal, Alder Elementary", False),
        ("Tess Made-up", "Teacher, Birch High", True),
    ]
    assert counts(take(users=married, roles=moved)) == (2, 0, 0, 2, 0)


def test_a_delta_takes_away_whom_it_says(take: Take) -> None:
    take()
    stamp = {"dateLastModified": "2012-09-06T08:15:00.000Z"}
    delta = {
        "users": [
            TESS | stamp | {"status": "tobedeleted"},
            user("x1", "New", "Nobody") | stamp | {"status": "active"},
        ],
        "roles": [
            ROLES[0] | stamp | {"status": "active"},
            role("r9", "x1", "aide") | stamp | {"status": "active"},
        ],
    }
    assert take(mode="delta", **delta).created == 1
    assert Person.objects.get(roster_id="t1").active is False
    assert Person.objects.get(roster_id="p1").active is True, "a delta says nothing of the others"


@pytest.mark.parametrize(("answer", "active"), [("keep", True), ("close", False)])
def test_who_is_no_more_in_a_whole_set(take: Take, answer: str, active: bool) -> None:
    take()
    without = {"users": [TESS, *PEOPLE_12[2:]], "roles": [ROLES[0], *ROLES[2:]]}
    report = take(options={"missing": answer}, **without)
    assert Person.objects.get(roster_id="p1").active is active
    assert any("of nobody in this one" in warning for warning in report.warnings) is active


def test_only_those_who_lead(take: Take) -> None:
    assert counts(take(options={"roles": "leading"})) == (1, 1, 0, 0, 0)
    assert Person.objects.get().name == "Paul Invented"


def test_who_also_learns_is_a_student(take: Take) -> None:
    assert take(roles=[*ROLES, role("r6", "t1", "student", roleType="secondary")]).created == 1


def test_two_of_one_name_and_position_are_told_apart_by_a_person(take: Take) -> None:
    twice = [user("t8", "Tess", "Invented"), *PEOPLE_12]
    report = take(users=twice, roles=[role("r8", "t8", "teacher"), *ROLES])
    assert counts(report) == (3, 2, 0, 0, 1)
    assert [(r.row, r.column) for r in report.rejected] == [(3, "users.csv familyName")]


def test_a_faulty_row_is_rejected_without_its_value(take: Take) -> None:
    broken = [TESS | {"email": "tess at home"}, *PEOPLE_12[1:]]
    report = take(users=broken, roles=[*ROLES, role("r7", "p1", "janitor")])
    assert sorted((r.row, r.column, r.value) for r in report.rejected) == [
        (2, "users.csv email", ""),
        (7, "roles.csv role", "janitor"),
    ]
    assert counts(report) == (3, 1, 0, 0, 2)


def test_a_district_must_be_known(take: Take, district: Agency) -> None:
    district.delete()
    (rejection,) = take().rejected
    assert "not plain whose staff" in rejection.error


def test_only_whoever_keeps_cards_may(viewer: Callable[..., Viewer], at: datetime) -> None:
    with pytest.raises(AccessDenied):
        run("roster-staff", roster(), by=viewer("trustee"), at=at)


def test_what_is_kept_of_an_upload_has_no_child(by: Viewer, at: datetime) -> None:
    taken: dict[str, Any] = {"file_name": "export.zip", "options": {"roles": "all"}, "by": by, "at": at}
    brought = actions.receive(exchange=get("roster-staff"), stream=roster("1.1"), **taken)
    assert brought.file is not None
    with actions.open_file(brought.file) as stream, zipfile.ZipFile(stream) as kept:
        assert b"Pretend" not in kept.read("users.csv")
        assert PEOPLE_11[0]["email"].encode() in kept.read("users.csv")
    actions.apply(brought=actions.preview(brought=brought, by=by, at=at), by=by, at=at)
    assert Person.objects.count() == 2
