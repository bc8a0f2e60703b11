"""The attendance center: what each may see, what is kept once, and what is due by when."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from math import ceil
from typing import Any
from uuid import uuid4

import pytest
from django.conf import LazySettings
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.db.models import Sum
from django.test import Client

from domain.cases.conftest import make_youth
from schoolward.analysis.attendance import DutyKind, State
from schoolward.domains.cases.actions import centre as actions
from schoolward.domains.cases.actions import truancy as deeds
from schoolward.domains.cases.actions.newcomers import Newcomer, WhoIsIt
from schoolward.domains.cases.models import (
    AttendanceDay,
    CentreVisit,
    Delivery,
    DiversionCase,
    DiversionTally,
    VisitFollowUp,
    Youth,
    of_youth,
)
from schoolward.domains.cases.queries import centre as queries
from schoolward.domains.cases.queries import truancy
from schoolward.domains.cases.queries.results import attendance_gain
from schoolward.domains.cases.seed import centre_and_diversion
from schoolward.platform.access.models import Account, Membership
from schoolward.platform.access.permissions import AccessDenied
from schoolward.platform.access.policy import visible
from schoolward.platform.access.refusal import Refusal
from schoolward.platform.access.sealing import order, seal
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.access.wall import within
from schoolward.platform.audit.models import Event
from schoolward.platform.demo.registry import SeedContext

WHO = Newcomer("Invented Newcomer", date(1997, 5, 4), local_number="2200017", guardian="Invented Parent")


@pytest.fixture
def officer(person: Callable[..., Viewer]) -> Viewer:
    return person("school_resource_officer", "police", purpose="school_safety")


@pytest.fixture
def delivery(officer: Viewer, at: datetime) -> Delivery:
    return actions.deliver(
        from_where="park", legal_basis="ec_48264", receipt=uuid4(), by=officer, at=at - timedelta(minutes=9)
    )


@pytest.fixture
def visit(coordinator: Viewer, delivery: Delivery, at: datetime) -> CentreVisit:
    return actions.receive(who=WHO, receipt=uuid4(), delivery_id=delivery.pk, by=coordinator, at=at)


def rows(viewer: Viewer, model: Any = CentreVisit) -> int:
    with within(viewer):
        return visible(model.objects.all(), viewer).count()


def test_an_officer_reads_delivered_and_returned_and_no_name(
    officer: Viewer, coordinator: Viewer, delivery: Delivery, visit: CentreVisit, at: datetime
) -> None:
    (mine,) = queries.own_deliveries(officer)
    assert (mine.received_at, mine.returned_at) == (at, None)
    actions.release(visit_id=visit.pk, released_to="parent", by=coordinator, at=at + timedelta(hours=2))
    (mine,) = queries.own_deliveries(officer)
    assert mine.returned_at == at + timedelta(hours=2)
    assert {field.name for field in Delivery._meta.get_fields()} & {
        "youth",
        "subject",
        "name",
        "note",
    } == set()
    assert [rows(officer, model) for model in (CentreVisit, Youth, VisitFollowUp)] == [0, 0, 0]


def test_an_officer_does_not_see_what_another_brought(
    delivery: Delivery, person: Callable[..., Viewer], at: datetime
) -> None:
    another = person("school_resource_officer", "police", who="another", purpose="school_safety")
    assert list(queries.own_deliveries(another)) == []
    with pytest.raises(AccessDenied):
        actions.take_delivery_back(delivery_id=delivery.pk, by=another, at=at)


def test_what_is_sent_twice_is_there_once(
    officer: Viewer, coordinator: Viewer, delivery: Delivery, at: datetime
) -> None:
    receipt = uuid4()
    made = [actions.receive(who=WHO, receipt=receipt, by=coordinator, at=at) for _time in range(2)]
    assert made[0].pk == made[1].pk
    again = actions.deliver(
        from_where="park", legal_basis="ec_48264", receipt=delivery.receipt, by=officer, at=at
    )
    assert again.pk == delivery.pk
    assert rows(coordinator, Youth) == 1


def test_a_delivery_is_received_once_and_not_after_it_was_taken_back(
    coordinator: Viewer, officer: Viewer, delivery: Delivery, visit: CentreVisit, at: datetime
) -> None:
    with pytest.raises(Refusal, match="a moment ago"):
        actions.receive(who=WHO, receipt=uuid4(), delivery_id=delivery.pk, by=coordinator, at=at)
    with pytest.raises(Refusal, match="received the student already"):
        actions.take_delivery_back(delivery_id=delivery.pk, by=officer, at=at)
    second = actions.deliver(from_where="shops", legal_basis="ec_48264", receipt=uuid4(), by=officer, at=at)
    actions.take_delivery_back(delivery_id=second.pk, by=officer, at=at)
    with pytest.raises(Refusal, match="taken this back"):
        actions.receive(who=WHO, receipt=uuid4(), delivery_id=second.pk, by=coordinator, at=at)


def test_the_officers_words_are_the_visits(visit: CentreVisit, officer: Viewer) -> None:
    assert (visit.brought_by, visit.from_where, visit.legal_basis) == ("officer", "park", "ec_48264")
    assert visit.brought_agency_id == officer.agency_id


def test_who_came_before_is_found_by_name_and_birthday_and_a_twin_is_not(
    coordinator: Viewer, visit: CentreVisit, at: datetime
) -> None:
    def arrives(who: Newcomer) -> int:
        return actions.receive(who=who, receipt=uuid4(), by=coordinator, at=at).youth_id

    known = visit.youth_id
    assert arrives(replace(WHO, local_number="", legal_name="invented  newcomer")) == known
    assert arrives(replace(WHO, born_on=date(1997, 5, 5))) != known  # a twin's papers are not theirs
    twin = replace(WHO, legal_name="Imagined Newcomer")  # with the number of the other's form
    with pytest.raises(WhoIsIt, match="twins share a birthday") as asked:
        arrives(twin)
    assert ([row.pk for row in asked.value.candidates], asked.value.field) == ([known], "known")
    made = arrives(replace(twin, known="new"))
    assert made != known
    with pytest.raises(WhoIsIt) as both:
        arrives(WHO)
    assert {row.pk for row in both.value.candidates} == {known, made}
    assert arrives(replace(WHO, known=str(known))) == known
    with pytest.raises(Refusal, match="none of the records in question"):
        arrives(replace(WHO, known=str(made + 99)))
    with pytest.raises(WhoIsIt):  # a namesake of another number
        arrives(replace(WHO, local_number="2200018"))


def test_an_officer_who_announced_nothing_and_a_time_that_has_passed(
    coordinator: Viewer, at: datetime
) -> None:
    made = actions.receive(
        who=WHO,
        receipt=uuid4(),
        brought_by="officer",
        from_where="park",
        arrived_at=at - timedelta(minutes=40),
        by=coordinator,
        at=at,
    )
    assert (made.brought_by, made.from_where, made.legal_basis) == ("officer", "park", "ec_48264")
    assert made.arrived_at == at - timedelta(minutes=40)
    for wrong in (at + timedelta(minutes=1), at - timedelta(hours=17)):
        with pytest.raises(Refusal, match="a time of today"):
            actions.receive(who=WHO, receipt=uuid4(), arrived_at=wrong, by=coordinator, at=at)


@pytest.mark.parametrize(
    ("change", "field", "words"),
    [
        ({"legal_name": " "}, "legal_name", "Say why"),
        ({"legal_name": "N\x00l"}, "legal_name", "control characters"),
        ({"local_number": "A12345678"}, "local_number", "CII number"),
        ({"local_number": "1" * 5000}, "local_number", "at most 20"),
        ({"guardian": "Invented Parent", "reach_at": "CII A12345678"}, "reach_at", "CII number"),
        ({"born_on": date(1980, 1, 1)}, "born_on", "Check the date of birth"),
        ({"born_on": date(2012, 9, 6)}, "born_on", "Check the date of birth"),
        ({"born_on": date(2011, 1, 1)}, "born_on", "Check the date of birth"),
        ({"born_on": date(2008, 9, 7)}, "born_on", "Check the date of birth"),
        ({"legal_name": "Invented A1234567"}, "legal_name", "driver's license"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_half_kept(
    coordinator: Viewer, at: datetime, change: dict[str, Any], field: str, words: str
) -> None:
    with pytest.raises(Refusal, match=words) as caught:
        actions.receive(who=replace(WHO, **change), receipt=uuid4(), by=coordinator, at=at)
    assert caught.value.field == field
    assert rows(coordinator, Youth) == rows(coordinator) == 0


def test_nobody_is_received_without_the_purpose(
    person: Callable[..., Viewer], officer: Viewer, at: datetime
) -> None:
    with pytest.raises(Refusal, match="Running a youth program"):
        actions.receive(
            who=WHO, receipt=uuid4(), by=person("program_coordinator", purpose="school_safety"), at=at
        )
    with pytest.raises(AccessDenied):
        actions.receive(who=WHO, receipt=uuid4(), by=officer, at=at)


def test_three_looks_are_planned_and_sorted_by_their_day_alone(
    coordinator: Viewer, visit: CentreVisit, at: datetime
) -> None:
    earlier = actions.receive(
        who=replace(WHO, legal_name="Another Invented", local_number="7"),
        receipt=uuid4(),
        by=coordinator,
        at=at - timedelta(days=40),
    )
    with within(coordinator):
        due = queries.due_follow_ups(coordinator, date(2013, 3, 1))
    assert [one.row.due_on for one in due] == sorted(one.row.due_on for one in due)
    assert [one.row.days for one in due if one.row.visit_id == visit.pk] == [30, 60, 90]
    assert due[0].row.visit_id == earlier.pk
    first = due[0].row
    actions.follow_up(follow_up_id=first.pk, found="yes", by=coordinator, at=at)
    with pytest.raises(Refusal, match="done already"):
        actions.follow_up(follow_up_id=first.pk, found="no", by=coordinator, at=at)
    with within(coordinator):
        assert first.pk not in [one.row.pk for one in queries.due_follow_ups(coordinator, date(2013, 3, 1))]


def test_a_release_to_an_officer_starts_a_clock_that_a_parents_notice_stops(
    coordinator: Viewer, visit: CentreVisit, at: datetime
) -> None:
    left = at + timedelta(hours=1)
    with pytest.raises(Refusal, match="not released to a peace officer"):
        actions.tell_parent(visit_id=visit.pk, is_exempt=False, by=coordinator, at=at)
    actions.release(visit_id=visit.pk, released_to="officer", by=coordinator, at=left)
    page = queries.visit_page(coordinator, visit.pk)
    assert page is not None
    assert page.notice is not None
    assert page.is_notice_open
    assert page.notice.due_at == left + timedelta(minutes=30)
    told = left + timedelta(minutes=12)
    actions.tell_parent(visit_id=visit.pk, is_exempt=False, by=coordinator, at=told)
    actions.tell_parent(visit_id=visit.pk, is_exempt=True, by=coordinator, at=told)  # the first word stands
    page = queries.visit_page(coordinator, visit.pk)
    assert page is not None
    assert page.notice is not None
    assert (page.notice.minutes, page.is_notice_open, page.visit.notice_exempt) == (12, False, False)


def test_a_visit_is_whole_on_one_page_and_each_reading_on_the_record(
    coordinator: Viewer, visit: CentreVisit, at: datetime
) -> None:
    actions.set_cause(visit_id=visit.pk, cause="transport", by=coordinator, at=at)
    actions.log_contact(visit_id=visit.pk, by_means="call", was_reached=False, by=coordinator, at=at)
    for _time in range(2):
        actions.agree_steps(
            visit_id=visit.pk, kinds=["ride", "tutoring"], due_on=date(2012, 9, 14), by=coordinator, at=at
        )
    page = queries.visit_page(coordinator, visit.pk)
    assert page is not None
    assert sorted(step.kind for step in page.steps) == ["ride", "tutoring"]
    actions.step_done(step_id=page.steps[0].pk, by=coordinator, at=at)
    assert [one.was_reached for one in page.contacts] == [False]
    assert page.guardians[0].name == "Invented Parent"
    assert Event.objects.filter(action="record.read", subject=page.youth.subject).count() >= 1
    for event in Event.objects.all():
        assert "Invented" not in str(event.detail) + event.subject
    with pytest.raises(Refusal, match="due after the visit"):
        actions.agree_steps(visit_id=visit.pk, kinds=["team"], due_on=date(2012, 9, 1), by=coordinator, at=at)


def test_another_coordinator_finds_nothing(
    visit: CentreVisit, person: Callable[..., Viewer], at: datetime
) -> None:
    another = person("program_coordinator", who="another")
    assert queries.visit_page(another, visit.pk) is None
    with pytest.raises(AccessDenied):
        actions.set_cause(visit_id=visit.pk, cause="work", by=another, at=at)


def test_a_sealed_visit_is_nowhere(
    coordinator: Viewer, visit: CentreVisit, person: Callable[..., Viewer], at: datetime
) -> None:
    guard = person("privacy_officer", purpose="records")
    name = f"cases.CentreVisit:{visit.pk}"
    ordered = order(record_name=name, ground="court_order", reason="Order", due_on=at.date(), by=guard, at=at)
    seal(sealing_id=ordered.pk, by=guard, at=at)
    assert queries.visit_page(coordinator, visit.pk) is None
    with within(coordinator):
        assert queries.here_now(coordinator) == []


@pytest.mark.parametrize(
    ("table", "change"),
    [
        ("cases_centrevisit", "arrived_at = '2012-01-01'"),
        ("cases_visitfollowup", "due_on = '2013-01-01'"),
        ("cases_centrevisit", "youth_id = youth_id"),
    ],
)
def test_what_happened_is_never_changed(
    visit: CentreVisit, coordinator: Viewer, table: str, change: str
) -> None:
    with (
        within(coordinator),
        pytest.raises(DatabaseError, match="never changed"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(f"UPDATE {table} SET {change}")  # noqa: S608 - from the table above


def test_the_database_refuses_a_notice_of_no_release(visit: CentreVisit, coordinator: Viewer) -> None:
    with within(coordinator), pytest.raises(IntegrityError), transaction.atomic():
        CentreVisit.objects.filter(pk=visit.pk).update(notice_exempt=True)


@pytest.fixture
def days(coordinator: Viewer, at: datetime) -> Callable[[Youth, str], None]:
    """Say a youth's days from August 27, 2012: x unexcused, u undecided, l late, p present."""
    kinds: dict[str, dict[str, Any]] = {
        "x": {"mark": "absent", "excused": False},
        "u": {"mark": "absent", "excused": None},
        "l": {"mark": "tardy", "excused": False, "minutes_absent": 31},
        "p": {"mark": "present"},
        "-": {"mark": "absent", "excused": False, "enrolled": False},
    }

    def say(youth: Youth, letters: str) -> None:
        first = date(2012, 8, 27)
        school = [first + timedelta(days=n) for n in range(60) if (first + timedelta(days=n)).weekday() < 5]
        with within(coordinator):
            AttendanceDay.objects.bulk_create(
                AttendanceDay(**of_youth(youth), on=day, told_at=at, **kinds[one])
                for day, one in zip(school, letters, strict=False)
            )

    return say


@pytest.mark.parametrize(
    ("letters", "state", "known"),
    [("xpxx", "truant", 4), ("xpll", "truant", 4), ("xpuu", "none", 4), ("xp--x", "none", 3)],
)
def test_what_a_day_of_school_counts_for(
    coordinator: Viewer, days: Callable[[Youth, str], None], letters: str, state: str, known: int
) -> None:
    """Nobody is called a truant by a day of which nobody has decided, nor by one of another school."""
    youth = make_youth(coordinator)
    days(youth, letters)
    found = truancy.standing(coordinator, youth.pk, date(2012, 9, 6))
    assert found is not None
    assert (found.truancy.state, found.days_known) == (state, known)


def test_days_become_duties_and_deeds_answer_them(
    coordinator: Viewer, at: datetime, days: Callable[[Youth, str], None]
) -> None:
    youth = make_youth(coordinator)
    days(youth, "xpxxp")
    found = truancy.standing(coordinator, youth.pk, date(2012, 9, 6))
    assert found is not None
    assert (found.truancy.state, found.days_known, found.is_late) == (State.TRUANT, 5, True)
    for _time in range(2):
        deeds.note_deed(youth_id=youth.pk, kind="report", on=date(2012, 8, 31), by=coordinator, at=at)
    found = truancy.standing(coordinator, youth.pk, date(2012, 9, 6))
    assert found is not None
    assert found.truancy.reports == (date(2012, 8, 31),)
    assert {duty.kind for duty in found.truancy.open_duties} == {DutyKind.NOTICE, DutyKind.CONFERENCE}
    waiting = truancy.shown(coordinator, truancy.waiting(coordinator, date(2012, 9, 6)))
    assert [one.duty for one in waiting] == list(found.truancy.open_duties)
    days_due = [one.duty.due_on or date.max for one in waiting]
    assert days_due == sorted(days_due)
    with pytest.raises(Refusal, match="lies ahead"):
        deeds.note_deed(youth_id=youth.pk, kind="notice", on=date(2012, 9, 7), by=coordinator, at=at)


def test_what_is_due_is_asked_at_once_and_only_who_is_shown_is_on_the_record(
    coordinator: Viewer,
    days: Callable[[Youth, str], None],
    django_assert_max_num_queries: Callable[..., AbstractContextManager[Any]],
    client_of: Callable[..., Client],
    settings: LazySettings,
) -> None:
    youths = [make_youth(coordinator, legal_name=f"Invented {number}") for number in range(30)]
    for youth in youths:
        days(youth, "pppxxpxp")
    read = Event.objects.filter(action="record.read")
    with django_assert_max_num_queries(25):
        found = truancy.waiting(coordinator, date(2012, 9, 6))
    assert (len({one.youth_id for one in found}), read.count()) == (30, 0)
    with django_assert_max_num_queries(60):
        assert len(truancy.shown(coordinator, found[:2])) == 2
    # The names, and the day from which each one's duty arose.
    subjects = {f"cases.Youth:{one.youth_id}" for one in found[:2]}
    told = [(one.subject, str(one.detail["record"]).split(":")[0]) for one in read]
    assert len(told) == 2 * len(subjects)
    assert {kind for _subject, kind in told} == {"cases.Youth", "cases.AttendanceDay"}
    assert {subject for subject, _kind in told} == {
        one.subject for one in youths if f"cases.Youth:{one.pk}" in subjects
    }
    settings.DEMO = True
    page = client_of("program_coordinator").get("/centre/truancy/?page=2").content.decode()
    assert f"Page 2 of {ceil(len(found) / 25)}" in page
    assert page.count("/centre/truancy/") >= 25
    answer = client_of("program_coordinator").get("/api/v1/cases/truancy/due?limit=2&offset=1").json()
    assert [one["youth"] for one in answer] == [one.youth_id for one in found[1:3]]


def test_nothing_is_said_of_days_that_nobody_knows(coordinator: Viewer) -> None:
    youth = make_youth(coordinator)
    found = truancy.standing(coordinator, youth.pk, date(2012, 9, 6))
    assert found is not None
    assert (found.days_known, found.truancy.state) == (0, State.NONE)


def test_a_contract_with_the_board_is_kept_or_not_and_that_once(
    coordinator: Viewer, at: datetime, person: Callable[..., Viewer]
) -> None:
    youth = make_youth(coordinator)
    contract = deeds.sign_contract(
        youth_id=youth.pk, signed_on=date(2012, 9, 3), ends_on=date(2013, 1, 31), by=coordinator, at=at
    )
    with pytest.raises(Refusal, match="ends before"):
        deeds.sign_contract(
            youth_id=youth.pk, signed_on=date(2012, 9, 3), ends_on=date(2012, 9, 2), by=coordinator, at=at
        )
    for first, last, words in (
        (date(1850, 1, 1), date(1850, 6, 1), "not of school age"),
        (date(2012, 9, 3), date(9999, 12, 31), "at most two years"),
    ):
        with pytest.raises(Refusal, match=words):
            deeds.sign_contract(youth_id=youth.pk, signed_on=first, ends_on=last, by=coordinator, at=at)
    with pytest.raises(Refusal, match="not of school age") as refused:
        deeds.note_deed(youth_id=youth.pk, kind="report", on=date(1850, 1, 1), by=coordinator, at=at)
    assert refused.value.field == "on"
    deeds.close_contract(contract_id=contract.pk, outcome="kept", by=coordinator, at=at)
    with pytest.raises(Refusal, match="said already"):
        deeds.close_contract(contract_id=contract.pk, outcome="not_kept", by=coordinator, at=at)
    with pytest.raises(AccessDenied):
        deeds.note_deed(
            youth_id=youth.pk,
            kind="report",
            on=date(2012, 9, 3),
            by=person("program_coordinator", who="another"),
            at=at,
        )


def test_the_gain_is_held_against_those_who_never_came(
    coordinator: Viewer, person: Callable[..., Viewer], at: datetime
) -> None:
    """Twelve came and went from 60 to 80 percent; twelve others from 60 to 68 in the same days."""
    reference = date(2012, 4, 2)

    def school(youth: Youth, after: int) -> list[AttendanceDay]:
        sides = [(-n, n % 45 < 27) for n in range(1, 46)] + [(n, n % 45 < after) for n in range(1, 46)]
        return [
            AttendanceDay(
                **of_youth(youth),
                on=reference + timedelta(days=step),
                told_at=at,
                mark="present" if there else "absent",
            )
            for step, there in sides
        ]

    with within(coordinator):
        for number in range(24):
            youth = make_youth(coordinator)
            AttendanceDay.objects.bulk_create(school(youth, 36 if number < 12 else 31))
            if number < 12:
                CentreVisit.objects.create(
                    **of_youth(youth),
                    arrived_at=datetime(2012, 4, 2, 17, tzinfo=UTC),
                    brought_by="parent",
                    from_where="home",
                    legal_basis="asked",
                )
    found = attendance_gain(person("trustee"), date(2012, 1, 1), date(2012, 6, 30))
    assert found.alone.value == pytest.approx(100 * 9 / 45)
    assert found.compared.value == pytest.approx(100 * 5 / 45)
    assert (found.compared.students, found.compared.compared_with, found.left_out) == (12, 12, 0)
    assert found.compared.verdict == "rose"
    nobody = attendance_gain(person("trustee"), date(2012, 5, 1), date(2012, 6, 30))
    assert (nobody.compared.value, nobody.compared.verdict) == (None, "too few to judge")
    with pytest.raises(AccessDenied):
        attendance_gain(person("provider"), date(2012, 1, 1), date(2012, 6, 30))


def test_the_demonstration_is_invented_and_made_once(
    membership: Callable[..., Membership], by: Viewer, at: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(centre_and_diversion, "VISITS", 8)
    monkeypatch.setattr(centre_and_diversion, "CASES_A_GROUP", {"white": 20, "black": 20})
    monkeypatch.setattr(centre_and_diversion, "days", lambda *_all: None)
    for role, agency in (("program_coordinator", "district"), ("school_resource_officer", "police")):
        Account.objects.filter(pk=membership(role, agency).account_id).update(is_demonstration=True)
    context = SeedContext(by, at, date(2012, 9, 6))
    assert "8 visits" in centre_and_diversion.services(context)
    assert centre_and_diversion.services(context) == "already there"
    with within(by):
        for model in (Youth, CentreVisit, VisitFollowUp, DiversionCase):
            assert model.objects.exists()
            assert not model.objects.filter(invented=False).exists()
        assert VisitFollowUp.objects.filter(done_on__isnull=True).exists()
    counted = {
        stage: DiversionTally.objects.filter(stage=stage).aggregate(n=Sum("number"))["n"]
        for stage in ("eligible", "offered", "not_offered")
    }
    assert counted["eligible"] == counted["offered"] + counted["not_offered"] == 40
