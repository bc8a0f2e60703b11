"""One rule at a time."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Any

import pytest
from tests.unit.analysis.alarm_fees.invented import alarm, edition, ordinance

from schoolward.analysis.alarm_fees import (
    Appeal,
    Assessment,
    ConflictingEvents,
    Event,
    Events,
    Outcome,
    Permit,
    PermitsNeeded,
    Reason,
    Ruling,
    State,
    Status,
    assess,
    warnings,
)

LATER = date(2012, 12, 31)
CHARGING = [{"types": ["*"], "tiers": [{"from": 1, "cents": 5000}]}]


def by_number(
    rules: dict[str, Any], *events: Event, as_of: date = LATER, **known: Any
) -> dict[str, Assessment]:
    found = assess(ordinance(edition(**rules)), Events.of(events), as_of=as_of, **known)
    return {one.event: one for one in found}


@pytest.mark.parametrize(
    ("listed", "more", "reason"),
    [
        ("not_dispatched", {"dispatched": False}, Reason.NOT_DISPATCHED),
        ("cancelled_before_dispatch", {"cancelled": "before_dispatch"}, Reason.CANCELLED_BEFORE_DISPATCH),
        ("cancelled_before_arrival", {"cancelled": "before_arrival"}, Reason.CANCELLED_BEFORE_ARRIVAL),
        ("cancelled_before_arrival", {"cancelled": "before_dispatch"}, Reason.CANCELLED_BEFORE_ARRIVAL),
        ("test", {"disposition": "test"}, Reason.TEST),
        ("violent_weather", {"weather": "violent"}, Reason.VIOLENT_WEATHER),
        ("power_outage", {"cause": "power_outage"}, Reason.POWER_OUTAGE),
        ("telephone_line", {"cause": "telephone_line"}, Reason.TELEPHONE_LINE),
        ("alarm_company", {"cause": "alarm_company"}, Reason.ALARM_COMPANY),
        ("outsider", {"cause": "outsider"}, Reason.OUTSIDER),
    ],
)
def test_only_what_the_ordinance_lists_is_excluded(listed: str, more: dict[str, Any], reason: Reason) -> None:
    event = alarm("e1", "2012-09-06 15:00", **more)
    excluded = by_number({"exclusions": [listed]}, event)["e1"]
    assert (excluded.reason, excluded.counts, excluded.ordinal) == (reason, False, 0)
    assert excluded.state is State.NOT_COUNTED
    assert "which the ordinance excludes" in excluded.why
    assert by_number({}, event)["e1"].counts


@pytest.mark.parametrize("found", ["crime", "attempt", "emergency"])
def test_a_real_cause_never_counts(found: str) -> None:
    assert by_number({}, alarm("e1", "2012-09-06 15:00", disposition=found))["e1"].reason is Reason.REAL


def test_nothing_is_charged_before_the_cause_is_decided() -> None:
    assert (
        by_number({}, alarm("e1", "2012-09-06 15:00", disposition="unknown"))["e1"].reason is Reason.UNDECIDED
    )


def test_an_alarm_outside_every_edition_is_left_alone_and_does_not_count_later() -> None:
    rules = {"valid_from": "2012-03-01", "valid_to": "2012-10-31"}
    events = [alarm(f"e{month}", f"2012-{month:02d}-06 15:00") for month in (2, 3, 10, 11)]
    found = by_number(rules, *events)
    assert [found[name].reason for name in ("e2", "e11")] == [Reason.NO_RULE, Reason.NO_RULE]
    assert [found[name].ordinal for name in ("e3", "e10")] == [1, 2]


def test_a_count_goes_on_through_a_change_of_the_ordinance() -> None:
    old = edition(valid_to="2012-06-30")
    new = edition(
        valid_from="2012-07-01", schedules=[{"types": ["*"], "tiers": [{"from": 3, "cents": 9000}]}]
    )
    events = [alarm(f"e{month}", f"2012-{month:02d}-06 15:00") for month in (5, 6, 7)]
    found = assess(ordinance(old, new), Events.of(events), as_of=LATER)
    assert [(one.ordinal, one.fee_cents) for one in found] == [(1, 0), (2, 5000), (3, 9000)]


@pytest.mark.parametrize(
    ("time", "year"),
    [("2013-01-01 07:59", 2012), ("2013-01-01 08:00", 2013), ("2012-07-01 06:59", 2012)],
)
def test_the_day_is_that_of_the_city(time: str, year: int) -> None:
    found = by_number({}, alarm("e1", time), as_of=date(2013, 12, 31))["e1"]
    assert found.window_from == date(year, 1, 1)


def test_the_clock_is_moved_in_the_middle_of_a_day() -> None:
    before, after = alarm("e1", "2012-03-11 09:59"), alarm("e2", "2012-03-11 10:00")
    found = by_number({}, before, after)
    assert found["e1"].time == datetime(2012, 3, 11, 1, 59)  # noqa: DTZ001 - the city's wall clock
    assert found["e2"].time == datetime(2012, 3, 11, 3, 0)  # noqa: DTZ001 - the city's wall clock


def incident(*resets: int | None) -> Sequence[Event]:
    """Alarms at 15:00, 15:10, 15:20 …, each with its reset so many minutes after it."""
    return [alarm(f"e{at}", f"2012-09-06 15:{at}0", reset_minutes=reset) for at, reset in enumerate(resets)]


@pytest.mark.parametrize(
    ("resets", "counted"),
    [
        ((None, None), ["e0", "e1"]),
        ((10, None), ["e0", "e1"]),  # reset at the very second of the next
        ((11, None), ["e0"]),
        ((11, 11, None), ["e0"]),  # each within the one before
        ((50, 1, None, None), ["e0"]),  # a short one inside a long one ends nothing
        ((5, 15, None), ["e0", "e1"]),
    ],
)
def test_signals_before_the_reset_count_once(resets: tuple[int | None, ...], counted: list[str]) -> None:
    once = by_number({"signals_until_reset_count_once": True}, *incident(*resets))
    assert [name for name, one in once.items() if one.counts] == counted
    assert all(one.counts for one in by_number({}, *incident(*resets)).values())


def test_the_alarm_that_stands_for_an_incident_is_named() -> None:
    found = by_number({"signals_until_reset_count_once": True}, *incident(30, None))
    assert found["e1"].why == (
        "Not counted: signals before the reset count once, and alarm e0 stands for them."
    )


def test_incidents_of_two_systems_are_two() -> None:
    events = [alarm("e1", "2012-09-06 15:00", "a", reset_minutes=60), alarm("e2", "2012-09-06 15:01", "b")]
    assert all(one.counts for one in by_number({"signals_until_reset_count_once": True}, *events).values())


@pytest.mark.parametrize(
    ("day", "counts"),
    [("2012-06-30", True), ("2012-07-01", False), ("2012-07-10", False), ("2012-07-11", True)],
)
def test_grace_begins_with_the_installation(day: str, counts: bool) -> None:
    permit = Permit("a", "P", date(2012, 6, 1), installed_on=date(2012, 7, 1))
    event = alarm("e1", f"{day} 19:00")
    found = by_number({"grace_days_after_installation": 10}, event, permits=[permit])["e1"]
    assert found.counts is counts
    assert by_number({"grace_days_after_installation": 10}, event)["e1"].counts


UNPERMITTED = {"cents": 36900, "mode": "instead", "waive_first": 2, "waive_if_permit_within_days": 30}


@pytest.mark.parametrize(
    ("permit", "status", "cents"),
    [
        (None, Status.NONE, 36900),
        (Permit("a", "P", date(2012, 9, 6)), Status.PERMITTED, 5000),
        (Permit("a", "P", date(2012, 9, 1), issued_on=date(2012, 9, 7)), Status.NONE, 0),
        (Permit("a", "P", date(2012, 9, 7)), Status.NONE, 0),
        (Permit("a", "P", date(2012, 10, 6)), Status.NONE, 0),
        (Permit("a", "P", date(2012, 10, 7)), Status.NONE, 36900),
        (Permit("a", "P", date(2011, 9, 6)), Status.EXPIRED, 36900),
        (Permit("a", "P", date(2011, 9, 7)), Status.PERMITTED, 5000),
        (Permit("a", "P", date(2012, 1, 1), ends_on=date(2012, 9, 5)), Status.EXPIRED, 36900),
        (Permit("a", "P", date(2012, 1, 1), cancelled_on=date(2012, 9, 6)), Status.CANCELLED, 36900),
        (
            Permit("a", "P", date(2012, 1, 1), cancelled_on=date(2012, 8, 1), reinstated_on=date(2012, 9, 6)),
            Status.PERMITTED,
            5000,
        ),
        (Permit("b", "P", date(2012, 1, 1)), Status.NONE, 36900),
    ],
)
def test_an_alarm_without_a_permit(permit: Permit | None, status: Status, cents: int) -> None:
    rules = {"schedules": CHARGING, "unpermitted": UNPERMITTED}
    found = by_number(rules, alarm("e1", "2012-09-06 19:00"), permits=[permit] if permit else [])["e1"]
    assert (found.permit, found.claimed_cents) == (status, cents)
    assert (found.state is State.WAIVED) is (cents == 0)


def test_a_surcharge_comes_on_top_and_a_waiver_waives_the_whole_charge() -> None:
    rules = {"schedules": CHARGING, "unpermitted": {**UNPERMITTED, "mode": "added", "waive_first": 1}}
    events = [alarm("e1", "2012-09-06 19:00"), alarm("e2", "2012-09-07 19:00")]
    found = by_number(rules, *events, permits=[Permit("a", "P", date(2012, 9, 8))])
    assert (found["e1"].fee_cents, found["e1"].surcharge_cents, found["e1"].claimed_cents) == (5000, 36900, 0)
    assert (found["e2"].claimed_cents, found["e2"].state) == (41900, State.DUE)
    assert found["e2"].why.endswith("$369.00 come on top: the system had no permit.")


def test_a_waiver_that_is_still_open_is_said() -> None:
    rules = {"schedules": CHARGING, "unpermitted": UNPERMITTED}
    permit = Permit("a", "P", date(2012, 9, 20))
    found = by_number(rules, alarm("e1", "2012-09-06 19:00"), as_of=date(2012, 9, 10), permits=[permit])["e1"]
    assert (found.state, found.claimed_cents) == (State.DUE, 36900)
    assert found.why.endswith("It is waived if a permit follows by 2012-10-06.")


APPEALING = {"schedules": CHARGING, "appeal": {"days": 10, "decision_days": 30}, "payment": {"due_days": 20}}


@pytest.mark.parametrize(
    ("appeal", "ruling", "state", "pay_by"),
    [
        (Appeal("e1", date(2012, 9, 16)), Ruling.PENDING, State.APPEALED, "2012-09-26"),
        (Appeal("e1", date(2012, 9, 17)), Ruling.TOO_LATE, State.DUE, "2012-09-26"),
        (
            Appeal("e1", date(2012, 9, 10), date(2012, 9, 30), Outcome.DENIED),
            Ruling.DENIED,
            State.DUE,
            "2012-10-20",
        ),
        (
            Appeal("e1", date(2012, 9, 10), date(2013, 1, 1), Outcome.GRANTED),
            Ruling.PENDING,
            State.APPEALED,
            "2012-09-26",
        ),
        (
            Appeal("e1", date(2012, 9, 10), date(2012, 12, 31), Outcome.GRANTED),
            Ruling.GRANTED,
            State.VOID_ON_APPEAL,
            None,
        ),
        (
            Appeal("e1", date(2012, 9, 17), date(2012, 9, 18), Outcome.GRANTED),
            Ruling.TOO_LATE,
            State.DUE,
            "2012-09-26",
        ),
    ],
)
def test_an_appeal(appeal: Appeal, ruling: Ruling, state: State, pay_by: str | None) -> None:
    found = by_number(APPEALING, alarm("e1", "2012-09-06 19:00"), appeals=[appeal])["e1"]
    assert (found.appeal, found.state) == (ruling, state)
    assert found.appeal_by == date(2012, 9, 16)
    assert found.pay_by == (date.fromisoformat(pay_by) if pay_by else None)
    if ruling is Ruling.PENDING:
        assert found.decision_by == date.fromordinal(appeal.filed_on.toordinal() + 30)


def test_a_deadline_may_extend_to_the_next_business_day() -> None:
    rules = {
        "appeal": {"days": 10, "extends_to_business_day": True},
        "holidays": [{"name": "invented", "month": 9, "day": 17}],
    }
    found = by_number(rules, alarm("e1", "2012-09-05 19:00"), alarm("e2", "2012-09-06 19:00"))
    assert found["e1"].appeal_by == date(2012, 9, 18)  # Saturday the 15th, and Monday is a holiday
    assert found["e2"].appeal_by == date(2012, 9, 18)


PAYING = {
    "schedules": CHARGING,
    "payment": {"due_days": 30, "late_fee_cents": 700, "unpaid_cancels_permit": True},
    "unpermitted": {"cents": 1000, "mode": "added"},
}
YEARS = Permit("a", "P", date(2012, 1, 1), ends_on=date(2013, 12, 31))


@pytest.mark.parametrize(
    ("paid", "as_of", "state", "cents"),
    [
        (None, date(2012, 12, 31), State.DUE, 5000),  # nobody said whether it was paid
        ({}, date(2012, 3, 31), State.DUE, 5000),
        ({}, date(2012, 4, 1), State.PERMIT_CANCELLED, 5700),
        ({"e1": date(2012, 3, 31)}, date(2012, 12, 31), State.PAID, 5000),
        ({"e1": date(2012, 4, 1)}, date(2012, 12, 31), State.PAID, 5700),
        ({"e1": date(2012, 4, 1)}, date(2012, 3, 31), State.DUE, 5000),
    ],
)
def test_a_charge_is_paid_or_late(
    paid: dict[str, date] | None, as_of: date, state: State, cents: int
) -> None:
    found = by_number(PAYING, alarm("e1", "2012-03-01 19:00"), as_of=as_of, permits=[YEARS], payments=paid)[
        "e1"
    ]
    assert (found.state, found.claimed_cents) == (state, cents)


def test_a_permit_that_is_cancelled_for_debt_makes_later_alarms_dearer_until_it_is_back() -> None:
    events = [alarm(f"e{month}", f"2012-{month:02d}-01 19:00") for month in (3, 5, 8, 10)]
    permit = Permit("a", "P", date(2012, 1, 1), ends_on=date(2013, 12, 31), reinstated_on=date(2012, 7, 1))
    paid = {"e5": date(2012, 5, 2)}
    result = assess(
        ordinance(edition(**PAYING)), Events.of(events), as_of=LATER, permits=[permit], payments=paid
    )
    found = {one.event: (one.permit, one.claimed_cents, one.state) for one in result}
    assert found == {
        "e3": (Status.PERMITTED, 5700, State.PERMIT_CANCELLED),
        "e5": (Status.CANCELLED, 6000, State.PAID),
        "e8": (Status.PERMITTED, 5700, State.PERMIT_CANCELLED),
        "e10": (Status.CANCELLED, 6700, State.OVERDUE),
    }
    assert [(one.day, one.until) for one in result.cancellations] == [
        (day(2012, 4, 1), day(2012, 7, 1)),
        (day(2012, 9, 1), 2**30),
    ]


def day(year: int, month: int, number: int) -> int:
    return (date(year, month, number) - date(1970, 1, 1)).days


def test_a_pending_appeal_stays_the_payment() -> None:
    rules = {**PAYING, "appeal": {"days": 15}}
    known = {"permits": [YEARS], "payments": {}, "appeals": [Appeal("e1", date(2012, 3, 10))]}
    assert by_number(rules, alarm("e1", "2012-03-01 19:00"), **known)["e1"].state is State.APPEALED


def test_a_late_notice_makes_everything_later() -> None:
    rules = {**PAYING, "appeal": {"days": 15}}
    event = alarm("e1", "2012-03-01 19:00", notified_on=date(2012, 3, 11))
    found = by_number(rules, event, permits=[YEARS])["e1"]
    assert (found.appeal_by, found.pay_by) == (date(2012, 3, 26), date(2012, 4, 10))
    assumed = by_number({**rules, "notice_days_after_alarm": 4}, alarm("e1", "2012-03-01 19:00"))["e1"]
    assert assumed.appeal_by == date(2012, 3, 20)


def test_amounts_that_are_not_known_are_no_zero() -> None:
    rules = ordinance(edition(schedules=None))
    events = Events.of([alarm("e1", "2012-09-06 19:00")])
    result = assess(rules, events, as_of=LATER)
    (found,) = result
    assert (found.counts, found.ordinal, found.claimed_cents) == (True, 1, None)
    assert found.state is State.AMOUNT_UNKNOWN
    assert result.totals()[-1].unknown_amounts == 1
    assert warnings(result, events, None, (), None) == [
        "The amounts of 1 false alarms are not known; they stand in no sum."
    ]


def test_a_permit_year_needs_permits() -> None:
    rules = ordinance(edition(window={"kind": "permit-year"}))
    with pytest.raises(PermitsNeeded, match="Invented counts by permit year"):
        assess(rules, Events.of([]), as_of=LATER)


def test_one_number_for_two_different_alarms_is_refused() -> None:
    one, other = alarm("e1", "2012-09-06 19:00"), alarm("e1", "2012-09-06 19:01")
    assert len(Events.of([one, one])) == 1
    with pytest.raises(ConflictingEvents, match="alarm e1 is there twice"):
        Events.merged(Events.of([one]), Events.of([other]))


def test_a_time_without_an_offset_is_refused() -> None:
    naive = Event("e1", datetime(2012, 9, 6, 19), "a")  # noqa: DTZ001 - what is refused
    with pytest.raises(ValueError, match="no offset from UTC"):
        Events.of([naive])
    with pytest.raises(ValueError, match="'laser' is not one of burglary"):
        Events.of([Event("e1", datetime(2012, 9, 6, 19, tzinfo=UTC), "a", "laser")])


def test_nothing_at_all_is_assessed_to_nothing() -> None:
    result = assess(ordinance(), Events.of([]), as_of=LATER, permits=[], payments={})
    assert list(result) == []
    assert result.totals()[-1].claimed_cents == 0
    with pytest.raises(IndexError):
        result[0]


def test_the_earlier_alarms_of_the_window_are_named() -> None:
    events = [alarm(f"e{month}", f"2012-{month:02d}-01 19:00") for month in (1, 5, 6, 9)]
    found = by_number({"window": {"kind": "rolling-months", "months": 6}}, *events)
    assert found["e9"].earlier == ("e5", "e6")
    assert found["e9"].why == ("3rd false alarm of 6 months from 2012-03-02. From the 2nd each costs $50.00.")
