"""Class days with a parent: who gets a seat, what is due, and what counts as having had the class."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.conf import LazySettings
from django.db import DatabaseError, IntegrityError, transaction
from django.test import Client

from domain.cases.conftest import booking
from schoolward.domains.cases import actions
from schoolward.domains.cases.actions import seat_queue, seats
from schoolward.domains.cases.actions.passing import NEEDED_TO_PASS_ON
from schoolward.domains.cases.actions.recording import CaseRefused, NotTheirs
from schoolward.domains.cases.models import ClassSeat, FollowUp, Guardian, Referral, SeatDuty, of_referral
from schoolward.domains.cases.program_work import WorkFault, class_day, read_work
from schoolward.domains.cases.queries import seats as queries
from schoolward.domains.programs import actions as program_actions
from schoolward.domains.programs.models import Offering, Program
from schoolward.platform.access.consenting import withdraw_consent
from schoolward.platform.access.models import Agreement, Membership
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.access.wall import within

CLASS = date(2012, 9, 22)


@pytest.fixture
def save(membership: Callable[..., Membership], by: Viewer, at: datetime) -> Program:
    """A class day that a parent comes to."""
    provider = program_actions.add_provider(
        name="The Office", agency_id=membership("provider", "community").agency_id, by=by, at=at
    )
    return program_actions.add_program(
        title="Project SAVE",
        key="project-save",
        kind="class",
        provider_id=provider.pk,
        starts_on=date(1998, 3, 1),
        parent_required=True,
        by=by,
        at=at,
    )


@pytest.fixture
def day(save: Program, by: Viewer, at: datetime) -> Callable[..., Offering]:
    """A class on a Saturday, with so many seats."""

    def make(on: date = CLASS, many: int | None = 1) -> Offering:
        return program_actions.open_offering(
            program_id=save.pk, starts_on=on, ends_on=on, seats=many, place="A hall", by=by, at=at
        )

    return make


@pytest.fixture
def family(
    principal: Viewer, coordinator: Viewer, save: Program, at: datetime
) -> Callable[..., tuple[Referral, Guardian]]:
    """A referral to the class that the family has said yes to, with its grandmother."""

    def make(number: int = 1, *, said_yes: bool = True) -> tuple[Referral, Guardian]:
        made = actions.refer(
            booking=booking(program_id=save.pk, legal_name=f"Invented {number}", local_number=f"7-{number}"),
            on=date(2012, 9, 1),
            by=principal,
            at=at,
        )
        actions.take(referral_id=made.pk, by=coordinator, at=at)
        who: dict[str, Any] = {"referral_id": made.pk, "by": coordinator, "at": at}
        actions.log_contact(way="call", minutes=5, reached=True, on=date(2012, 9, 3), **who)
        if said_yes:
            actions.consent(
                given_by="parent",
                valid_from=date(2012, 9, 3),
                valid_to=date(2013, 6, 30),
                on=date(2012, 9, 4),
                **who,
            )
        with within(Viewer.system(at=at)):
            return Referral.objects.get(pk=made.pk), Guardian.objects.get(youth=made.youth_id)

    return make


@pytest.fixture
def ask(coordinator: Viewer, at: datetime) -> Callable[..., ClassSeat]:
    """Ask for a seat, a minute after the one before."""
    clock = [at]

    def make(asked: tuple[Referral, Guardian], offering: Offering, **changes: Any) -> ClassSeat:
        clock[0] += timedelta(minutes=1)
        told = {"referral_id": asked[0].pk, "offering_id": offering.pk, "guardian_id": asked[1].pk}
        return seats.ask_for_seat(**{**told, **changes}, by=coordinator, at=clock[0])

    return make


def seen(model: Any, at: datetime, **wanted: Any) -> list[Any]:
    with within(Viewer.system(at=at)):
        return list(model.objects.filter(**wanted))


def later(at: datetime) -> datetime:
    """The evening of the class."""
    return at.replace(month=9, day=22, hour=23)


def test_there_is_no_seat_without_a_parent(
    family: Callable[..., Any], day: Callable[..., Offering], ask: Callable[..., ClassSeat], at: datetime
) -> None:
    one, other, offering = family(1), family(2), day()
    for nobody in (None, other[1].pk, 10**9):
        with pytest.raises(CaseRefused, match="which parent or guardian") as refused:
            ask(one, offering, guardian_id=nobody)
        assert refused.value.field == "guardian_id"
    assert seen(ClassSeat, at) == []
    with pytest.raises(IntegrityError), transaction.atomic(), within(Viewer.system(at=at)):
        ClassSeat.objects.create(
            **of_referral(one[0]), offering=offering, state="offered", asked_at=at, offered_on=CLASS
        )


def test_a_seat_is_offered_or_waited_for_and_asked_twice_it_is_one(
    family: Callable[..., Any], day: Callable[..., Offering], ask: Callable[..., ClassSeat], at: datetime
) -> None:
    offering = day(many=1)
    first, second = family(1), family(2)
    seat, waits = ask(first, offering), ask(second, offering)
    assert (seat.state, waits.state) == ("offered", "waiting")
    assert ask(first, offering).pk == seat.pk
    due = {(one.kind, one.due_on) for one in seen(SeatDuty, at, seat=seat)}
    assert due == {
        ("confirm", date(2012, 9, 11)),
        ("first", date(2012, 9, 15)),
        ("last", date(2012, 9, 21)),
    }
    assert seen(SeatDuty, at, seat=waits) == []


def test_a_seat_that_is_given_back_goes_to_whoever_asked_first(
    family: Callable[..., Any],
    day: Callable[..., Offering],
    ask: Callable[..., ClassSeat],
    coordinator: Viewer,
    at: datetime,
) -> None:
    offering = day(many=1)
    seat, *waiting = (ask(family(number), offering) for number in (1, 2, 3))
    seats.free_seat(seat_id=seat.pk, why="cannot", by=coordinator, at=at)
    states = {one.pk: one.state for one in seen(ClassSeat, at)}
    assert [states[one.pk] for one in (seat, *waiting)] == ["freed", "offered", "waiting"]
    with within(coordinator):
        (row,) = queries.class_days(coordinator, date(2012, 9, 6))
    assert (row.free, row.waiting, row.taken) == (0, 1, 1)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"cancelled_on": date(2012, 9, 5), "cancel_reason": "place"}, "was cancelled"),
        ({"starts_on": date(2012, 9, 1), "ends_on": date(2012, 9, 1)}, "is over"),
    ],
)
def test_no_seat_at_a_class_that_does_not_come(
    family: Callable[..., Any],
    day: Callable[..., Offering],
    ask: Callable[..., ClassSeat],
    change: dict[str, Any],
    words: str,
) -> None:
    offering = day()
    Offering.objects.filter(pk=offering.pk).update(**change)
    with pytest.raises(CaseRefused, match=words):
        ask(family(), offering)


def test_one_seat_at_a_time(
    family: Callable[..., Any], day: Callable[..., Offering], ask: Callable[..., ClassSeat]
) -> None:
    one = family()
    ask(one, day())
    with pytest.raises(CaseRefused, match="give it back first"):
        ask(one, day(on=date(2012, 10, 20)))


def test_a_parent_confirms_after_the_familys_yes(
    family: Callable[..., Any],
    day: Callable[..., Offering],
    ask: Callable[..., ClassSeat],
    coordinator: Viewer,
    at: datetime,
) -> None:
    offering = day(many=None)
    early, said = family(1, said_yes=False), family(2)
    with pytest.raises(CaseRefused, match="yes to the program first"):
        seats.confirm_seat(seat_id=ask(early, offering).pk, by=coordinator, at=at)
    seat = seats.confirm_seat(seat_id=ask(said, offering).pk, by=coordinator, at=at)
    assert seat.state == "confirmed"
    due = queries.due_duties(coordinator, CLASS)
    assert [(one.duty.kind, one.seat.pk == seat.pk) for one in due] == [
        ("confirm", False),
        ("first", False),
        ("first", True),
        ("last", False),
        ("last", True),
    ]
    first = next(one.duty for one in due if one.seat.pk == seat.pk)
    seats.log_duty(duty_id=first.pk, was_reached=False, by=coordinator, at=at)
    with pytest.raises(CaseRefused, match="done already"):
        seats.log_duty(duty_id=first.pk, was_reached=True, by=coordinator, at=at)


def test_when_both_came_the_referral_is_completed_and_followed_up_after_a_full_year(
    family: Callable[..., Any],
    day: Callable[..., Offering],
    ask: Callable[..., ClassSeat],
    coordinator: Viewer,
    at: datetime,
) -> None:
    one = family()
    seat = ask(one, day())
    with pytest.raises(CaseRefused, match="say then who came"):
        seats.settle_seat(seat_id=seat.pk, state="came", by=coordinator, at=at)
    evening = later(at)
    seats.settle_seat(seat_id=seat.pk, state="came", by=replace(coordinator, at=evening), at=evening)
    (referral,) = seen(Referral, at, pk=one[0].pk)
    assert (referral.state, referral.started_on, referral.ended_on) == ("completed", CLASS, CLASS)
    told: dict[str, Any] = {"referral_id": referral.pk, "months": 12, "found": "no", "source": "probation"}
    day_before = later(at).replace(year=2013, day=21)
    with pytest.raises(CaseRefused, match="2013-09-22"):
        actions.follow_up(**told, by=coordinator, at=day_before)
    actions.follow_up(**told, by=coordinator, at=day_before + timedelta(days=1))
    assert len(seen(FollowUp, at, referral=referral.pk)) == 1


@pytest.mark.parametrize("state", ["alone", "absent"])
def test_without_the_parent_it_does_not_count_and_somebody_calls(
    state: str,
    family: Callable[..., Any],
    day: Callable[..., Offering],
    ask: Callable[..., ClassSeat],
    coordinator: Viewer,
    at: datetime,
) -> None:
    one, evening = family(), later(at)
    seat = ask(one, day())
    who = replace(coordinator, at=evening)
    seats.settle_seat(seat_id=seat.pk, state=state, by=who, at=evening)
    (referral,) = seen(Referral, at, pk=one[0].pk)
    assert (referral.state, referral.started_on) == ("consented", None)
    (rescue,) = queries.due_duties(who, date(2012, 9, 25))
    assert (rescue.duty.kind, rescue.duty.due_on) == ("rescue", date(2012, 9, 25))
    following = ask(one, day(on=date(2012, 10, 20)))
    assert following.state == "offered"
    # Set right: the parent had come after all.
    seats.free_seat(seat_id=following.pk, why="mistake", by=who, at=evening)
    seats.settle_seat(seat_id=seat.pk, state="came", by=who, at=evening)
    assert queries.due_duties(who, date(2012, 9, 25)) == []
    with pytest.raises(CaseRefused, match="cannot be changed"):
        seats.settle_seat(seat_id=seat.pk, state="absent", by=who, at=evening)


def states_of(at: datetime, *rows: ClassSeat) -> list[tuple[str, str]]:
    found = {one.pk: (one.state, one.why_freed) for one in seen(ClassSeat, at)}
    return [found[row.pk] for row in rows]


@pytest.mark.parametrize("how", ["end", "pass on"])
def test_a_referral_that_is_over_has_no_seat_and_whoever_waits_gets_it(
    how: str,
    family: Callable[..., Any],
    day: Callable[..., Offering],
    ask: Callable[..., ClassSeat],
    coordinator: Viewer,
    agreement: Callable[..., Agreement],
    at: datetime,
) -> None:
    offering, one = day(many=1), family(1)
    seat, waits = ask(one, offering), ask(family(2), offering)
    seats.confirm_seat(seat_id=seat.pk, by=coordinator, at=at)
    if how == "end":
        actions.end(referral_id=one[0].pk, reason="declined", by=coordinator, at=at)
    else:
        held = agreement("district", "community", list(NEEDED_TO_PASS_ON))
        actions.pass_on(
            referral_id=one[0].pk, agency=held.recipient, reason="They moved", by=coordinator, at=at
        )
    assert states_of(at, seat, waits) == [("freed", "over"), ("offered", "")]
    due = queries.due_duties(coordinator, CLASS)
    assert {row.seat.pk for row in due} == {waits.pk}


def test_whoever_waits_for_a_referral_that_is_over_is_passed_by(
    family: Callable[..., Any],
    day: Callable[..., Offering],
    ask: Callable[..., ClassSeat],
    coordinator: Viewer,
    at: datetime,
) -> None:
    offering, gone = day(many=1), family(2)
    seat, ended, living = (ask(one, offering) for one in (family(1), gone, family(3)))
    # As it stood before a seat went with its referral.
    with within(Viewer.system(at=at)):
        Referral.objects.filter(pk=gone[0].pk).update(
            state="ended", told="received", end_reason="declined", ended_on=date(2012, 9, 6)
        )
    seats.free_seat(seat_id=seat.pk, why="cannot", by=coordinator, at=at)
    assert states_of(at, ended, living) == [("freed", "over"), ("offered", "")]


def test_a_seat_goes_back_when_the_familys_yes_is_taken_back(
    family: Callable[..., Any],
    day: Callable[..., Offering],
    ask: Callable[..., ClassSeat],
    coordinator: Viewer,
    at: datetime,
) -> None:
    offering, one = day(many=1), family(1)
    seat, waits = ask(one, offering), ask(family(2), offering)
    withdraw_consent(consent_id=one[0].consent_id, by=coordinator, at=at)
    assert queries.due_duties(coordinator, CLASS) == []
    system = Viewer.system(at=at)
    assert seat_queue.put_in_order(by=system, at=at) == 2
    assert states_of(at, seat, waits) == [("freed", "lapsed"), ("offered", "")]
    assert seat_queue.put_in_order(by=system, at=at) == 0


def test_more_seats_go_to_those_who_wait_before_whoever_asks_now(
    family: Callable[..., Any],
    day: Callable[..., Offering],
    ask: Callable[..., ClassSeat],
    by: Viewer,
    at: datetime,
) -> None:
    offering = day(many=1)
    seat, first, second = (ask(family(number), offering) for number in (1, 2, 3))
    program_actions.change_offering(offering_id=offering.pk, changes={"seats": 2}, by=by, at=at)
    assert states_of(at, seat, first, second) == [("offered", ""), ("offered", ""), ("waiting", "")]
    assert {one.kind for one in seen(SeatDuty, at, seat=first)} == {"confirm", "first", "last"}
    # As it stood before the queue came first.
    Offering.objects.filter(pk=offering.pk).update(seats=3)
    late = ask(family(4), offering)
    assert states_of(at, second, late) == [("offered", ""), ("waiting", "")]


def test_a_cancelled_class_gives_its_seats_back_and_each_family_is_to_be_told(
    family: Callable[..., Any],
    day: Callable[..., Offering],
    ask: Callable[..., ClassSeat],
    coordinator: Viewer,
    by: Viewer,
    at: datetime,
) -> None:
    offering, one = day(many=1), family(1)
    seat, waits = ask(one, offering), ask(family(2), offering)
    program_actions.cancel_offering(
        offering_id=offering.pk, reason="place", cancelled_on=date(2012, 9, 6), by=by, at=at
    )
    assert states_of(at, seat, waits) == [("freed", "cancelled"), ("freed", "cancelled")]
    due = queries.due_duties(coordinator, date(2012, 9, 6))
    assert [(row.duty.kind, row.seat.pk) for row in due] == [("tell", seat.pk), ("tell", waits.pk)]
    assert ask(one, day(on=date(2012, 10, 20))).state == "offered"
    seats.log_duty(duty_id=due[0].duty.pk, was_reached=True, by=coordinator, at=at)
    assert len(queries.due_duties(coordinator, date(2012, 9, 6))) == 1


def test_a_class_that_was_cancelled_before_bars_no_other(
    family: Callable[..., Any], day: Callable[..., Offering], ask: Callable[..., ClassSeat]
) -> None:
    offering, one = day(), family()
    ask(one, offering)
    Offering.objects.filter(pk=offering.pk).update(cancelled_on=date(2012, 9, 5), cancel_reason="place")
    assert ask(one, day(on=date(2012, 10, 20))).state == "offered"


def test_a_colleague_sees_no_name_and_changes_nothing(
    family: Callable[..., Any],
    day: Callable[..., Offering],
    ask: Callable[..., ClassSeat],
    person: Callable[..., Viewer],
    at: datetime,
) -> None:
    offering = day()
    seat = ask(family(), offering)
    another = person("program_coordinator", who="another")
    found = queries.class_page(another, offering.pk)
    assert found is not None
    assert (found[0].taken, found[1]) == (1, [])
    with pytest.raises(NotTheirs):
        seats.confirm_seat(seat_id=seat.pk, by=another, at=at)
    wrong_purpose = person("program_coordinator", purpose="school_safety")
    assert queries.seat_page(wrong_purpose, seat.pk) is None


def test_whoever_gives_the_class_says_who_came_under_an_agreement(
    family: Callable[..., Any],
    day: Callable[..., Offering],
    ask: Callable[..., ClassSeat],
    person: Callable[..., Viewer],
    agreement: Callable[..., Agreement],
    at: datetime,
) -> None:
    from schoolward.domains.cases.relations import DELIVERED, KNOWN

    seat = ask(family(), day())
    provider = person("provider", "community")
    evening = later(at)
    assert queries.seat_page(provider, seat.pk) is None
    with pytest.raises(NotTheirs):
        seats.settle_seat(seat_id=seat.pk, state="came", by=provider, at=evening)
    agreement(
        "district",
        "community",
        [
            *(f"cases.Referral.{name}" for name in DELIVERED),
            *(f"cases.Youth.{name}" for name in KNOWN),
            *(f"cases.ClassSeat.{name}" for name in ("id", "youth", "referral", "offering", "state")),
        ],
    )
    page = queries.seat_page(provider, seat.pk)
    assert page is not None
    assert page.guardian is None
    assert seats.settle_seat(seat_id=seat.pk, state="came", by=provider, at=evening).state == "came"


def test_how_many_seats_are_taken_is_told_to_whoever_runs_the_class_alone(
    family: Callable[..., Any],
    day: Callable[..., Offering],
    ask: Callable[..., ClassSeat],
    coordinator: Viewer,
    person: Callable[..., Viewer],
    client_of: Callable[..., Client],
    settings: LazySettings,
) -> None:
    large, small = day(many=12), day(on=date(2012, 9, 29), many=1)
    ask(family(1), large)
    for number in (2, 3):
        ask(family(number), small)
    runs = [coordinator, person("provider", "community")]
    for viewer in runs:
        told = {row.offering.pk: row for row in queries.class_days(viewer, date(2012, 9, 6))}
        assert (told[large.pk].free, told[small.pk].waiting) == (11, 1)
    other = person("provider", "city")
    told = {row.offering.pk: row for row in queries.class_days(other, date(2012, 9, 6))}
    for row in told.values():
        assert (row.taken, row.free, row.confirmed, row.waiting) == (None, None, None, None)
    # Of a small class not even whether it is full: that would be a count.
    assert [told[pk].has_free for pk in (large.pk, small.pk)] == [True, None]
    settings.DEMO = True
    client = client_of("provider", "city")
    rows = client.get("/api/v1/cases/classes").json()
    assert [(row["free"], row["confirmed"], row["waiting"]) for row in rows] == [(None, None, None)] * 2
    pages = [client.get(page).content.decode() for page in ("/classes/", f"/classes/{small.pk}/")]
    assert "A seat is free." in pages[0]
    for page in pages:
        assert "How many seats are taken is not shown here." in page
        assert "seats taken" not in page
        assert "None" not in page


def test_walls_hold_whose_seat_it_is(
    family: Callable[..., Any], day: Callable[..., Offering], ask: Callable[..., ClassSeat], at: datetime
) -> None:
    seat = ask(family(), day())
    with pytest.raises(DatabaseError), transaction.atomic(), within(Viewer.system(at=at)):
        ClassSeat.objects.filter(pk=seat.pk).update(asked_at=at - timedelta(days=9))
    with pytest.raises(DatabaseError), transaction.atomic(), within(Viewer.system(at=at)):
        SeatDuty.objects.filter(seat=seat.pk).delete()


def test_what_a_class_asks_for_has_a_date() -> None:
    assert class_day("project-save", date(1998, 2, 28)) is None
    found = class_day("project-save", CLASS)
    assert found is not None
    assert found.remind == (7, 1)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[[klass]]\n", "is no kind of row"),
        (
            '[[tracked]]\nprogram = "a"\nvalid_from = 2010-01-01\nsource = "s"\nmonths = 0\n',
            "write 1 or more",
        ),
        (
            '[[tracked]]\nprogram = "a"\nvalid_from = 2010-01-01\nsource = "s"\nmonths = 1\ndue_day = 31\n',
            "a day that each month has",
        ),
        ('[[service_goal]]\nprogram = "a"\nvalid_from = 2010-01-01\nhours = 5\n', "source"),
        (
            '[[service_goal]]\nprogram = "a"\nvalid_from = 2010-01-01\nhours = 5\nsource = "s"\n' * 2,
            "holds on the same day",
        ),
    ],
)
def test_rows_that_cannot_be_are_named(text: str, words: str) -> None:
    with pytest.raises(WorkFault, match=words):
        read_work(text)
