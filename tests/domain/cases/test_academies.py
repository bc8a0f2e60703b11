"""Academies: who sees whom, whose hours count, and what of a cohort may be told."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import IntegrityError, transaction

from domain.cases.conftest import make_youth
from schoolward.domains.cases.actions import academies as actions
from schoolward.domains.cases.actions.editions import give_tables
from schoolward.domains.cases.actions.newcomers import Newcomer
from schoolward.domains.cases.models import (
    AcademyCohort,
    AcademyMember,
    AcademyPresence,
    CountEdition,
    Guardian,
    Referral,
    ServiceHours,
    Youth,
    of_youth,
)
from schoolward.domains.cases.queries import academies as queries
from schoolward.domains.cases.relations import KNOWN, TAUGHT_HOURS, TAUGHT_MEMBER
from schoolward.domains.places.models import Campus
from schoolward.domains.programs import actions as program_actions
from schoolward.domains.programs.models import Program
from schoolward.platform.access.models import Agreement, Membership
from schoolward.platform.access.permissions import AccessDenied
from schoolward.platform.access.policy import visible
from schoolward.platform.access.refusal import Refusal
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.access.wall import within

WHO = Newcomer("Invented Cadet", date(1998, 3, 1), local_number="98-1")
BEGAN, ENDS = date(2010, 8, 30), date(2014, 6, 6)
TODAY = date(2012, 9, 6)


@pytest.fixture
def academy(membership: Callable[..., Membership], by: Viewer, at: datetime) -> Program:
    """A program with hours of service."""
    provider = program_actions.add_provider(
        name="The School", agency_id=membership("program_coordinator").agency_id, by=by, at=at
    )
    return program_actions.add_program(
        title="Academies",
        key="criminal-justice-academies",
        kind="curriculum",
        provider_id=provider.pk,
        by=by,
        at=at,
    )


@pytest.fixture
def cohort(academy: Program, campus: Campus, coordinator: Viewer, at: datetime) -> AcademyCohort:
    """A cohort that the coordinator runs."""
    return actions.open_cohort(
        program_id=academy.pk, campus_id=campus.pk, entered_on=BEGAN, ends_on=ENDS, by=coordinator, at=at
    )


@pytest.fixture
def member(cohort: AcademyCohort, coordinator: Viewer, at: datetime) -> AcademyMember:
    """A student of it since its first day."""
    return actions.join(cohort_id=cohort.pk, who=WHO, joined_on=BEGAN, by=coordinator, at=at)


@pytest.fixture
def log(member: AcademyMember, coordinator: Viewer, at: datetime) -> Callable[..., ServiceHours]:
    """Write hours down."""

    def make(by: Viewer = coordinator, receipt: UUID | None = None, **changes: Any) -> ServiceHours:
        told = {"on": date(2012, 9, 1), "minutes": 120, "kind": "parks", "told_by": "student", **changes}
        return actions.log_hours(member_id=member.pk, receipt=receipt or uuid4(), by=by, at=at, **told)

    return make


def test_opened_and_joined_twice_it_is_once(
    cohort: AcademyCohort, member: AcademyMember, academy: Program, coordinator: Viewer, at: datetime
) -> None:
    told = {"program_id": academy.pk, "campus_id": cohort.campus_id, "entered_on": BEGAN, "ends_on": ENDS}
    assert actions.open_cohort(**told, by=coordinator, at=at).pk == cohort.pk
    again = actions.join(cohort_id=cohort.pk, who=WHO, joined_on=BEGAN, by=coordinator, at=at)
    assert again.pk == member.pk
    with within(Viewer.system(at=at)):
        assert Youth.objects.count() == 1


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"ends_on": BEGAN}, "ends_on"),
        ({"ends_on": date(2030, 1, 1)}, "ends_on"),
        ({"entered_on": date(1989, 9, 1), "ends_on": date(1990, 6, 1)}, "program_id"),
        ({"campus_id": 10**9}, "campus_id"),
    ],
)
def test_a_cohort_that_cannot_be_is_refused(
    academy: Program, campus: Campus, coordinator: Viewer, at: datetime, change: dict[str, Any], field: str
) -> None:
    told = {"program_id": academy.pk, "campus_id": campus.pk, "entered_on": BEGAN, "ends_on": ENDS}
    with pytest.raises(Refusal) as refused:
        actions.open_cohort(**{**told, **change}, by=coordinator, at=at)
    assert refused.value.field == field


def test_hours_count_once_somebody_else_approves_them(
    log: Callable[..., ServiceHours],
    cohort: AcademyCohort,
    member: AcademyMember,
    coordinator: Viewer,
    person: Callable[..., Viewer],
    campus: Campus,
    at: datetime,
) -> None:
    receipt = uuid4()
    hours = log(receipt=receipt)
    assert log(receipt=receipt).pk == hours.pk
    with pytest.raises(Refusal, match="with other content"):
        log(receipt=receipt, minutes=hours.minutes + 15)
    with pytest.raises(Refusal, match="somebody else approves"):
        actions.decide_hours(hours_id=hours.pk, approve=True, by=coordinator, at=at)
    with pytest.raises(IntegrityError), transaction.atomic(), within(Viewer.system(at=at)):
        ServiceHours.objects.filter(pk=hours.pk).update(
            state="approved", decided_by=coordinator.account_id, decided_at=at
        )
    assert queries.to_approve(coordinator) == []
    principal = person("site_lead", campuses=[campus])
    (waiting,) = queries.to_approve(principal)
    assert waiting.youth.legal_name == "Invented Cadet"
    actions.decide_hours(hours_id=hours.pk, approve=True, by=principal, at=at)
    with pytest.raises(Refusal, match="decided already"):
        actions.decide_hours(hours_id=hours.pk, approve=False, by=principal, at=at)
    page = queries.cohort_page(coordinator, cohort.pk, TODAY)
    assert page is not None
    assert [(row.approved, row.waiting) for row in page.rows] == [(120, 0)]
    assert page.goal == 50
    with pytest.raises(AccessDenied):
        log(by=principal)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"minutes": 14}, "minutes"),
        ({"minutes": 721}, "minutes"),
        ({"on": date(2012, 9, 7)}, "on"),
        ({"on": BEGAN - timedelta(days=1)}, "on"),
        ({"kind": "fun"}, "kind"),
    ],
)
def test_hours_that_cannot_be_are_refused(
    log: Callable[..., ServiceHours], change: dict[str, Any], field: str
) -> None:
    with pytest.raises(Refusal) as refused:
        log(**change)
    assert refused.value.field == field


def test_no_day_has_more_than_twelve_hours(log: Callable[..., ServiceHours]) -> None:
    log(minutes=700)
    with pytest.raises(Refusal, match="12 hours in a day"):
        log(minutes=30)


@pytest.mark.parametrize(
    ("role", "agency", "who", "purpose", "sees"),
    [
        ("program_coordinator", "district", "the", "youth_program", True),
        ("program_coordinator", "district", "the", "school_safety", False),
        ("program_coordinator", "district", "another", "youth_program", False),
        ("site_lead", "district", "the", "youth_program", True),
        ("site_lead", "district", "the", "school_safety", False),
        ("site_lead", "district", "elsewhere", "youth_program", False),
        ("provider", "community", "the", "youth_program", False),
        ("lead", "district", "the", "accountability", False),
        ("trustee", "district", "the", "accountability", False),
        ("school_resource_officer", "police", "the", "youth_program", False),
        ("privacy_officer", "district", "the", "records", True),
    ],
)
def test_who_sees_a_student(
    log: Callable[..., ServiceHours],
    person: Callable[..., Viewer],
    campus: Campus,
    role: str,
    agency: str,
    who: str,
    purpose: str,
    sees: bool,
) -> None:
    log()
    sites = None
    if role == "site_lead":
        other = Campus.objects.create(name="Elm", slug="elm", address="2 Elm", address_key="2 elm")
        sites = [campus if who == "the" else other]
    viewer = person(role, agency, campuses=sites, who=who, purpose=purpose)
    with within(viewer):
        seen = [
            visible(model.objects.all(), viewer).count() for model in (AcademyMember, ServiceHours, Youth)
        ]
    assert seen == [sees] * 3


def test_who_is_added_runs_it_too_and_the_last_one_stays(
    cohort: AcademyCohort,
    member: AcademyMember,
    coordinator: Viewer,
    person: Callable[..., Viewer],
    log: Callable[..., ServiceHours],
    at: datetime,
) -> None:
    another = person("program_coordinator", who="another")
    stranger = person("provider", "community")
    with pytest.raises(AccessDenied):
        log(by=another)
    with pytest.raises(Refusal, match="not a member of the agency"):
        actions.add_staff(cohort_id=cohort.pk, account_id=stranger.account_id or 0, by=coordinator, at=at)
    with pytest.raises(AccessDenied):
        actions.add_staff(cohort_id=cohort.pk, account_id=another.account_id or 0, by=another, at=at)
    actions.add_staff(cohort_id=cohort.pk, account_id=another.account_id or 0, by=coordinator, at=at)
    hours = log(by=another)
    assert actions.decide_hours(hours_id=hours.pk, approve=False, by=coordinator, at=at).state == "refused"
    actions.end_staff(cohort_id=cohort.pk, account_id=another.account_id or 0, by=coordinator, at=at)
    assert queries.member_page(another, member.pk, TODAY) is None
    with pytest.raises(Refusal, match="Somebody has to run it"):
        actions.end_staff(cohort_id=cohort.pk, account_id=coordinator.account_id or 0, by=coordinator, at=at)


@pytest.fixture
def teacher(
    cohort: AcademyCohort, coordinator: Viewer, person: Callable[..., Viewer], at: datetime
) -> Viewer:
    """An officer whom the coordinator lets teach the cohort."""
    found = person("school_resource_officer", "police")
    actions.add_staff(cohort_id=cohort.pk, account_id=found.account_id or 0, by=coordinator, at=at)
    return found


@pytest.fixture
def officer(teacher: Viewer, agreement: Callable[..., Agreement]) -> Viewer:
    """The same, under an agreement of the two agencies that gives more than an officer may read."""
    given = (("Youth", KNOWN), ("AcademyMember", TAUGHT_MEMBER), ("ServiceHours", TAUGHT_HOURS))
    agreement(
        "district", "police", [f"cases.{model}.{name}" for model, fields in given for name in sorted(fields)]
    )
    return teacher


def test_an_officer_who_teaches_sees_what_they_are_called_and_no_more(
    cohort: AcademyCohort, member: AcademyMember, officer: Viewer, person: Callable[..., Viewer]
) -> None:
    """Also where the agreement gives more: the relation gives the name that they go by."""
    page = queries.cohort_page(officer, cohort.pk, TODAY)
    assert page is not None
    assert (page.teaches_it, page.runs_it) == (True, False)
    row = page.rows[0]
    assert not any((row.youth.legal_name, row.youth.local_number, row.youth.born_on))
    assert row.called == f"Student no. {member.pk}"
    with within(Viewer.system(at=officer.at)):
        Youth.objects.filter(pk=member.youth_id).update(preferred_name="Vinny")
    again = queries.cohort_page(officer, cohort.pk, TODAY)
    assert again is not None
    assert again.rows[0].called == "Vinny"
    with within(officer):
        assert not visible(AcademyPresence.objects.all(), officer).exists()
        assert not visible(Referral.objects.all(), officer).exists()
        assert not visible(Guardian.objects.all(), officer).exists()
    stranger = queries.cohort_page(
        person("school_resource_officer", "police", who="another"), cohort.pk, TODAY
    )
    assert stranger is not None
    assert stranger.rows == []


def test_an_officer_who_teaches_writes_hours_down_and_nothing_else(
    cohort: AcademyCohort,
    member: AcademyMember,
    officer: Viewer,
    coordinator: Viewer,
    person: Callable[..., Viewer],
    at: datetime,
) -> None:
    told: dict[str, Any] = {
        "member_id": member.pk,
        "on": date(2012, 9, 1),
        "minutes": 120,
        "kind": "police",
        "told_by": "teacher",
    }
    made = actions.log_hours(**told, receipt=uuid4(), by=officer, at=at)
    assert made.logged_by_id == officer.account_id
    another = person("school_resource_officer", "police", who="another")
    with pytest.raises(AccessDenied):
        actions.log_hours(**told, receipt=uuid4(), by=another, at=at)
    with pytest.raises(AccessDenied):
        actions.decide_hours(hours_id=made.pk, approve=True, by=officer, at=at)
    with pytest.raises(AccessDenied):
        actions.note_day(cohort_id=cohort.pk, on=date(2012, 9, 5), kind="uniform", came=[], by=officer, at=at)
    with pytest.raises(AccessDenied):
        actions.leave(member_id=member.pk, left_on=TODAY, left_as="moved", by=officer, at=at)
    assert actions.decide_hours(hours_id=made.pk, approve=True, by=coordinator, at=at).state == "approved"
    actions.end_staff(cohort_id=cohort.pk, account_id=officer.account_id or 0, by=coordinator, at=at)
    with pytest.raises(AccessDenied):
        actions.log_hours(**told, receipt=uuid4(), by=officer, at=at)


def test_an_officer_does_not_run_a_cohort_alone(
    cohort: AcademyCohort, officer: Viewer, coordinator: Viewer, at: datetime
) -> None:
    with pytest.raises(Refusal, match="Somebody has to run it"):
        actions.end_staff(cohort_id=cohort.pk, account_id=coordinator.account_id or 0, by=coordinator, at=at)


def test_without_an_agreement_an_officer_sees_nobody(
    cohort: AcademyCohort, member: AcademyMember, teacher: Viewer, at: datetime
) -> None:
    page = queries.cohort_page(teacher, cohort.pk, TODAY)
    assert page is not None
    assert page.rows == []
    with pytest.raises(AccessDenied):
        actions.log_hours(
            member_id=member.pk,
            on=date(2012, 9, 1),
            minutes=120,
            kind="police",
            told_by="teacher",
            receipt=uuid4(),
            by=teacher,
            at=at,
        )


def test_a_day_is_noted_of_everybody_and_set_right(
    cohort: AcademyCohort, member: AcademyMember, coordinator: Viewer, at: datetime
) -> None:
    second = replace(WHO, legal_name="Invented Other", local_number="98-2")
    other = actions.join(cohort_id=cohort.pk, who=second, joined_on=BEGAN, by=coordinator, at=at)
    told: dict[str, Any] = {"cohort_id": cohort.pk, "on": date(2012, 9, 5), "kind": "uniform"}
    assert actions.note_day(**told, came=[member.pk], by=coordinator, at=at) == 2
    actions.note_day(**told, came=[member.pk, other.pk], by=coordinator, at=at)
    with within(Viewer.system(at=at)):
        assert list(AcademyPresence.objects.values_list("came", flat=True)) == [True, True]
    with pytest.raises(Refusal, match="no student of this cohort"):
        actions.note_day(**told, came=[10**9], by=coordinator, at=at)


def test_who_left_is_not_logged_for_afterwards(
    member: AcademyMember, coordinator: Viewer, log: Callable[..., ServiceHours], at: datetime
) -> None:
    actions.leave(member_id=member.pk, left_on=date(2012, 8, 1), left_as="moved", by=coordinator, at=at)
    with pytest.raises(Refusal):
        log(on=date(2012, 8, 2))
    with pytest.raises(Refusal, match="left already"):
        actions.leave(member_id=member.pk, left_on=date(2012, 8, 3), left_as="left", by=coordinator, at=at)


def _fill(cohort: AcademyCohort, coordinator: Viewer, at: datetime, minutes: list[int]) -> None:
    """A member for each number of minutes that somebody approved in the last school year."""
    for number, many in enumerate(minutes):
        youth = make_youth(coordinator, legal_name=f"Invented {number}")
        with within(Viewer.system(at=at)):
            made = AcademyMember.objects.create(**of_youth(youth), cohort=cohort, joined_on=BEGAN)
            left = many
            while left > 0:
                part = min(left, 720)
                ServiceHours.objects.create(
                    **of_youth(youth),
                    member=made,
                    on=date(2011, 10, 1) + timedelta(days=left // 720),
                    minutes=part,
                    kind="parks",
                    told_by="teacher",
                    state="approved",
                    logged_at=at,
                    decided_by_id=coordinator.account_id,
                    decided_at=at,
                )
                left -= part


def test_the_completion_table_hides_small_numbers(
    cohort: AcademyCohort, coordinator: Viewer, person: Callable[..., Viewer], at: datetime
) -> None:
    _fill(cohort, coordinator, at, [3000] * 14 + [2999] * 12)
    system = Viewer.system(at=at)
    give_tables(on=TODAY, by=system, at=at)
    (row,) = queries.completion_table(person("lead", purpose="accountability"), TODAY).rows
    assert (row.joined, row.still, row.reached, row.short, row.no_year) == (26, 26, 14, 12, 0)
    _fill(cohort, coordinator, at, [0] * 0 + [3000])
    with within(Viewer.system(at=at)):
        last = AcademyMember.objects.order_by("pk").last()
    assert last is not None
    actions.leave(member_id=last.pk, left_on=date(2012, 5, 1), left_as="left", by=coordinator, at=at)
    assert queries.completion_table(coordinator, TODAY).rows == [row], "one child left"
    assert give_tables(on=date(2012, 10, 1), by=system, at=at) == {"given": 0, "kept": 1}
    assert queries.completion_table(coordinator, TODAY).rows == [row]
    CountEdition.objects.all().delete()  # as if nobody had the first one
    give_tables(on=date(2012, 10, 1), by=system, at=at)
    found = queries.completion_table(coordinator, TODAY)
    (row,) = found.rows
    assert found.hidden
    assert row.left is None
    assert row.no_year is None
    assert None in (row.joined, row.still)  # one would follow from the other
    with pytest.raises(AccessDenied):
        queries.completion_table(person("provider", "community"), TODAY)


@pytest.mark.parametrize(
    ("joined", "left", "minutes", "told"),
    [
        (BEGAN, None, 3000, "reached"),
        (BEGAN, None, 2985, "short"),
        (date(2011, 7, 31), None, 3000, "reached"),
        (date(2011, 9, 1), None, 3000, "no_year"),  # came after the year had begun
        (BEGAN, date(2012, 6, 29), 3000, "no_year"),
        (BEGAN, date(2012, 6, 30), 3000, "reached"),
    ],
)
def test_a_year_of_service_is_held_against_those_who_were_there(
    cohort: AcademyCohort, joined: date, left: date | None, minutes: int, told: str
) -> None:
    member = AcademyMember(joined_on=joined, left_on=left)
    year = (date(2011, 7, 1), date(2012, 6, 30))
    assert queries.served(member, cohort, minutes, year) == told
