"""The result is a function of the set of records: neither their order nor their batches change it.

And it is the right function: an oracle that walks alarm by alarm, as a clerk would, finds the same.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from schoolward.analysis.alarm_fees import (
    Appeal,
    Event,
    Events,
    Ordinance,
    Outcome,
    Permit,
    assess,
    read_ordinance,
    result_json,
)
from schoolward.analysis.alarm_fees.ordinance import TYPES
from schoolward.analysis.alarm_fees.records import CANCELLED, CAUSES, DISPOSITIONS, WEATHER

ZONE = ZoneInfo("America/Los_Angeles")
START = datetime(2023, 12, 20, tzinfo=UTC)
AS_OF = date(2024, 12, 31)
WINDOWS = (
    '{"kind": "calendar-year"}',
    '{"kind": "permit-year"}',
    '{"kind": "rolling-days", "days": 30}',
    '{"kind": "rolling-months", "months": 2}',
)


def ordinance(window: str, each: bool = False, mode: str = "instead") -> Ordinance:
    """An invented ordinance that has every kind of rule, and changes its fees on 1 April 2024."""
    edition = f"""
      "window": {window},
      "exclusions": ["not_dispatched", "cancelled_before_dispatch", "test", "violent_weather", "outsider"],
      "signals_until_reset_count_once": true,
      "grace_days_after_installation": 10,
      "unpermitted": {{"cents": 30000, "mode": "{mode}", "waive_first": 2,
        "waive_if_permit_within_days": 20}},
      "permits": {{"*": {{"first_cents": 1000, "renewal_cents": 900, "late_renewal_cents": 90,
        "reinstatement_cents": 5000}}}},
      "payment": {{"due_days": 15, "late_fee_cents": 700, "unpaid_cancels_permit": true}},
      "appeal": {{"days": 5, "day_kind": "business", "decision_days": 10}}"""
    panic = '{"types": ["panic", "robbery"], "tiers": [{"from": 1, "cents": 11000}]}'
    rest = f'{{"types": ["*"], "each_type_by_itself": {str(each).lower()}, "tiers": '
    return read_ordinance(f"""{{"key": "x", "title": "Invented", "time_zone": "America/Los_Angeles",
      "source": "invented", "editions": [
      {{"valid_from": "2023-12-25", "valid_to": "2024-03-31", {edition},
        "schedules": [{panic}, {rest} [{{"from": 2, "cents": 5000}}]}}]}},
      {{"valid_from": "2024-04-01", {edition},
        "schedules": [{panic}, {rest} [{{"from": 3, "cents": 5000}}, {{"from": 5, "cents": 8000}}]}}]}}
      ]}}""")


@st.composite
def alarms(draw: st.DrawFn) -> list[Event]:
    """Up to 40 alarms of three systems, many of them close together and some at the same second."""
    count = draw(st.integers(0, 40))
    found = []
    for number in range(count):
        time = START + timedelta(minutes=30 * draw(st.integers(0, 48 * draw(st.sampled_from([3, 120, 300])))))
        reset = draw(st.sampled_from([None, 0, 30, 120]))
        found.append(
            Event(
                event=f"e{number}",
                time=time,
                system=draw(st.sampled_from(["a", "b", "c"])),
                type=draw(st.sampled_from(["burglary", "burglary", *TYPES])),
                disposition=draw(st.sampled_from(["false"] * 8 + list(DISPOSITIONS))),
                dispatched=draw(st.sampled_from([True] * 6 + [False])),
                cancelled=draw(st.sampled_from(["no"] * 6 + list(CANCELLED))),
                weather=draw(st.sampled_from(["none"] * 6 + list(WEATHER))),
                cause=draw(st.sampled_from(["user"] * 9 + list(CAUSES))),
                reset_at=None if reset is None else time + timedelta(minutes=reset),
                notified_on=draw(st.sampled_from([None, time.date() + timedelta(days=4)])),
            )
        )
    return found


@st.composite
def permits(draw: st.DrawFn) -> list[Permit]:
    """For some systems one or two terms, some granted late, cancelled or reinstated."""
    found = []
    for system in ("a", "b"):
        for term in range(draw(st.integers(0, 2))):
            starts = date(2023, 1, 5) + timedelta(days=366 * term + draw(st.integers(0, 400)))
            cancelled = draw(st.sampled_from([None, starts + timedelta(days=40)]))
            reinstated = draw(st.sampled_from([None, starts + timedelta(days=90)]))
            installed = draw(st.sampled_from([None, starts]))
            issued = draw(st.sampled_from([None, starts + timedelta(days=12)]))
            found.append(
                Permit(system, f"P{system}", starts, "*", issued, None, cancelled, reinstated, installed)
            )
    return found


@st.composite
def appeals(draw: st.DrawFn) -> list[Appeal]:
    """A few appeals, in and out of time, decided and not."""
    found = []
    for number in draw(st.lists(st.integers(0, 39), max_size=6)):
        filed = START.date() + timedelta(days=draw(st.integers(0, 300)))
        outcome = draw(st.sampled_from([None, *Outcome]))
        decided = None if outcome is None else filed + timedelta(days=draw(st.integers(0, 30)))
        found.append(Appeal(f"e{number}", filed, decided, outcome))
    return found


PAID = st.dictionaries(
    st.integers(0, 39).map(lambda number: f"e{number}"),
    st.integers(0, 370).map(lambda days: START.date() + timedelta(days=days)),
    max_size=20,
)
RULES = st.builds(ordinance, st.sampled_from(WINDOWS), st.booleans(), st.sampled_from(["instead", "added"]))


@settings(max_examples=60, deadline=None)
@given(
    rules=RULES,
    events=alarms(),
    held=permits(),
    filed=appeals(),
    paid=st.none() | PAID,
    order=st.randoms(use_true_random=False),
)
def test_neither_order_nor_batches_matter(
    rules: Ordinance,
    events: list[Event],
    held: list[Permit],
    filed: list[Appeal],
    paid: dict[str, date] | None,
    order: object,
) -> None:
    expected = result_json(
        assess(rules, Events.of(events), as_of=AS_OF, permits=held, appeals=filed, payments=paid)
    )
    shuffled, mixed_permits, mixed_appeals = events * 2, list(held) * 2, list(filed) * 2
    for records in (shuffled, mixed_permits, mixed_appeals):
        order.shuffle(records)  # type: ignore[attr-defined]
    cut = len(shuffled) // 3
    batches = [Events.of(part) for part in (shuffled[cut:], shuffled[:cut], [])]
    again = assess(
        rules,
        Events.merged(*batches),
        as_of=AS_OF,
        permits=mixed_permits,
        appeals=mixed_appeals,
        payments=None if paid is None else dict(reversed(paid.items())),
    )
    assert result_json(again) == expected


@settings(max_examples=40, deadline=None)
@given(rules=RULES, events=alarms(), held=permits(), filed=appeals(), paid=PAID, cut=st.integers(0, 360))
def test_what_happens_later_is_not_known_before(
    rules: Ordinance,
    events: list[Event],
    held: list[Permit],
    filed: list[Appeal],
    paid: dict[str, date],
    cut: int,
) -> None:
    """To look on a day is to know nothing of the days after it."""
    day = START.date() + timedelta(days=cut)
    known = [event for event in events if event.time.astimezone(ZONE).date() <= day]
    by_then = [
        appeal if appeal.decided_on and appeal.decided_on <= day else Appeal(appeal.event, appeal.filed_on)
        for appeal in filed
        if appeal.filed_on <= day
    ]
    past = assess(
        rules,
        Events.of(known),
        as_of=day,
        permits=[permit for permit in held if permit.valid_from <= day],
        appeals=by_then,
        payments={event: when for event, when in paid.items() if when <= day},
    )
    whole = assess(rules, Events.of(events), as_of=day, permits=held, appeals=filed, payments=paid)
    assert result_json(whole)["assessments"] == result_json(past)["assessments"]
    assert whole.totals()[-1] == past.totals()[-1]


@settings(max_examples=50, deadline=None)
@given(rules=RULES, events=alarms(), held=permits(), filed=appeals(), paid=st.none() | PAID)
def test_sums_are_the_sums_of_the_alarms(
    rules: Ordinance,
    events: list[Event],
    held: list[Permit],
    filed: list[Appeal],
    paid: dict[str, date] | None,
) -> None:
    result = assess(rules, Events.of(events), as_of=AS_OF, permits=held, appeals=filed, payments=paid)
    totals = result.totals()
    whole = totals[-1]
    assert whole.alarms == len(result)
    assert whole.false_alarms == sum(one.counts for one in result)
    assert whole.claimed_cents == sum(one.claimed_cents or 0 for one in result)
    assert whole.claimed_cents == whole.paid_cents + whole.appealed_cents + whole.owed_cents
    assert whole.permit_cents == sum(charge.cents for charge in result.charges)
    each = [total for total in totals if total.system is not None and total.year is not None]
    years = [total for total in totals if total.system is None and total.year is not None]
    for part in (each, years):
        assert sum(total.claimed_cents for total in part) == whole.claimed_cents
        assert sum(total.permit_cents for total in part) == whole.permit_cents
    for one in result:
        assert len(one.earlier) == max(one.ordinal - 1, 0)
        assert one.why
        assert one.event not in one.earlier


def window_of(kind: str, day: date) -> tuple[date, date]:
    """First and last day of the window that a day is counted in, found by walking."""
    if "calendar" in kind or "permit" in kind:  # in the test of the oracle nobody has a permit
        return date(day.year, 1, 1), date(day.year, 12, 31)
    if "days" in kind:
        return day - timedelta(days=29), day
    month = day.month - 2
    year = day.year if month > 0 else day.year - 1
    last = day.day
    while True:
        try:
            return date(year, month if month > 0 else month + 12, last) + timedelta(days=1), day
        except ValueError:
            last -= 1


def clerk(window: str, each: bool, events: Sequence[Event]) -> dict[str, tuple[int, int]]:
    """Ordinal and fee of each alarm that counts, as a clerk finds them who walks the alarms of a system."""
    found: dict[str, tuple[int, int]] = {}
    counted: list[Event] = []
    ordered = sorted(filter(in_force, events), key=lambda event: (event.system, event.time, event.event))
    incidents: list[list[Event]] = []
    until = START - timedelta(days=9)
    for event in ordered:
        if not incidents or incidents[-1][0].system != event.system or event.time >= until:
            incidents.append([])
            until = event.time
        incidents[-1].append(event)
        until = max(until, event.reset_at or event.time)
    for incident in incidents:
        if any(event.disposition in ("crime", "attempt", "emergency") for event in incident):
            continue
        candidates = [event for event in incident if countable(event)]
        if not candidates:
            continue
        event = candidates[0]
        counted.append(event)
        day = event.time.astimezone(ZONE).date()
        first, _ = window_of(window, day)
        direct = ("panic", "robbery")
        mine = {event.type} if each and event.type not in direct else set(TYPES) - set(direct)
        mine = set(direct) if event.type in direct else mine
        ordinal = sum(
            other.system == event.system
            and other.type in mine
            and first <= other.time.astimezone(ZONE).date() <= day
            for other in counted
        )
        if event.type in direct:
            fee = 11000
        elif day < date(2024, 4, 1):
            fee = 5000 if ordinal >= 2 else 0
        else:
            fee = 8000 if ordinal >= 5 else 5000 if ordinal >= 3 else 0
        found[event.event] = (ordinal, fee)
    return found


def in_force(event: Event) -> bool:
    day = event.time.astimezone(ZONE).date()
    return date(2023, 12, 25) <= day <= AS_OF


def countable(event: Event) -> bool:
    return (
        event.disposition == "false"
        and event.dispatched
        and event.cancelled != "before_dispatch"
        and event.weather == "none"
        and event.cause != "outsider"
    )


@settings(max_examples=150, deadline=None)
@given(window=st.sampled_from(WINDOWS), each=st.booleans(), events=alarms())
def test_a_clerk_finds_the_same(window: str, each: bool, events: list[Event]) -> None:
    rules = ordinance(window, each)
    if rules.needs_permits:
        # A permit of another system makes the permits known; these alarms have none, at no extra fee.
        rules = ordinance(window, each, mode="added")
        result = assess(rules, Events.of(events), as_of=AS_OF, permits=[])
    else:
        result = assess(rules, Events.of(events), as_of=AS_OF)
    found = {one.event: (one.ordinal, one.fee_cents) for one in result if one.counts}
    assert found == clerk(window, each, events)
