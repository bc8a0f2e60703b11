"""How signals become cases, as tables and as properties. No database."""

from __future__ import annotations

from collections.abc import Sequence
from copy import deepcopy
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schoolward.domains.alarms.builder.arming import Deviation, Span, closing, due_to_close, opening, spans_on
from schoolward.domains.alarms.builder.grouped import (
    JOIN,
    SECOND,
    Family,
    GroupedCase,
    Happening,
    Note,
    Shape,
)
from schoolward.domains.alarms.builder.grouping import Grouping
from schoolward.domains.alarms.builder.losses import SOON, TOGETHER, LossCase, Losses

MINUTE = 60 * SECOND


def cases_of(events: Sequence[Happening]) -> list[GroupedCase]:
    grouping = Grouping()
    found: list[GroupedCase] = []
    for event in events:
        case = grouping.take(event).case
        if case is not None and all(case is not other for other in found):
            found.append(case)
    return found


def event(kind: str = "burglary", seconds: int = 0, zone: str = "3", **more: Any) -> Happening:
    return Happening(at=seconds * SECOND, system=more.pop("system", 1), kind=kind, zone=zone, **more)


@pytest.mark.parametrize(
    ("events", "counts"),
    [
        ([event()], [1]),
        ([event(), event(seconds=599)], [2]),
        ([event(), event(seconds=600)], [2]),
        ([event(), event(seconds=601)], [1, 1]),
        ([event(), event(seconds=500), event(seconds=1000)], [3]),
        ([event(), event(partition="2")], [1, 1]),
        ([event(), event(system=2)], [1, 1]),
        ([event(), event("tamper", 5)], [2]),
        ([event(), event("hold_up", 5)], [1, 1]),
        ([event("fire"), event("panic"), event("medical"), event("gas"), event("hold_up")], [1] * 5),
        ([event("trouble"), event("power", 3600)], [2]),
        ([event("trouble"), event("power", 13 * 3600)], [1, 1]),
        ([event("opening")], []),
        ([event("restore")], []),
        ([event("bypass"), event("test"), event("access"), event("other"), event("closing")], []),
        ([event(), event("restore", 10), event("opening", 200), event("cancel", 210)], [1]),
    ],
)
def test_what_joins_and_what_opens(events: list[Happening], counts: list[int]) -> None:
    assert [case.count for case in cases_of(events)] == counts


def test_the_gravest_kind_of_its_family_names_the_case() -> None:
    (case,) = cases_of(
        [event("tamper", zone="9"), event("burglary", 5, zone="3"), event("tamper", 6, zone="9")]
    )
    assert (case.kind, case.zone) == ("burglary", "3")


@pytest.mark.parametrize(
    ("seconds", "explained"), [(0, True), (45, True), (120, True), (121, False), (300, False)]
)
def test_an_opening_soon_after_the_alarm_explains_it(seconds: int, explained: bool) -> None:
    grouping = Grouping()
    case = grouping.take(event()).case
    assert case is not None
    found = grouping.take(event("opening", seconds, zone="", user="4"))
    assert (Note.OPENED_AFTER in found.notes) is explained
    assert ("cancelled_with_passcode" in case.shape.seen) is explained
    if explained:
        assert case.shape.opened_after == {"user": "4", "seconds": seconds}
        assert grouping.take(event("opening", seconds, zone="", user="4")).notes == (), "told once"


def test_an_opening_explains_no_hold_up_and_no_other_partition() -> None:
    grouping = Grouping()
    grouping.take(event("hold_up", partition="1"))
    grouping.take(event("burglary", partition="2"))
    assert grouping.take(event("opening", 5, partition="1")).case is None
    assert grouping.take(event("opening", 5, partition="")).case is not None, "blank speaks of all"


@pytest.mark.parametrize(
    ("zones", "swinger", "in_sequence"),
    [
        ("33", "", False),
        ("333", "3", False),
        ("3334", "", True),
        ("34", "", True),
        ("3343434", "", True),
        ("3", "", False),
    ],
)
def test_a_swinger_is_one_zone_over_and_over_and_a_walk_is_several(
    zones: str, swinger: str, in_sequence: bool
) -> None:
    (case,) = cases_of([event(zone=zone, seconds=10 * index) for index, zone in enumerate(zones)])
    assert case.shape.swinger == swinger
    assert ("zones_in_sequence" in case.shape.seen) is in_sequence


def test_two_zones_far_apart_are_no_walk() -> None:
    (case,) = cases_of([event(zone="3"), event(zone="4", seconds=301)])
    assert "zones_in_sequence" not in case.shape.seen


def test_a_swinger_collapses_for_an_hour_and_is_told_once() -> None:
    grouping = Grouping()
    notes = []
    for index in range(12):
        found = grouping.take(event(seconds=(index - 2) * 1700 if index > 2 else index))
        notes += found.notes
        assert found.case is not None
    assert notes.count(Note.SWINGER) == 1
    assert notes.count(Note.OPENED) == 1
    assert grouping.take(event(zone="4", seconds=9 * 1700 + 700)).notes == (Note.OPENED,), "not the same zone"


def test_a_restore_goes_to_the_case_that_has_its_zone() -> None:
    grouping = Grouping()
    burglary = grouping.take(event(zone="3")).case
    fire = grouping.take(event("fire", zone="7")).case
    assert grouping.take(event("restore", 60, zone="3", is_restore=True)).case is burglary
    assert grouping.take(event("restore", 60, zone="7", is_restore=True)).case is fire
    first = grouping.take(event("burglary", 61, zone="3", is_restore=True))
    assert first.notes == (), "told once"
    assert burglary is not None
    assert burglary.count == 1, "a restore sets nothing off"


def test_a_late_signal_belongs_to_the_case_of_its_time() -> None:
    late = [event(seconds=5000), event(seconds=4500), event(seconds=4300)]
    assert [case.count for case in cases_of(late)] == [2, 1]


KINDS = (
    "burglary",
    "tamper",
    "hold_up",
    "fire",
    "trouble",
    "restore",
    "opening",
    "cancel",
    "closing",
    "video",
)
EVENTS = st.lists(
    st.builds(
        Happening,
        at=st.integers(0, 400).map(lambda tens: tens * 10 * SECOND),
        system=st.integers(1, 2),
        kind=st.sampled_from(KINDS),
        partition=st.sampled_from(["", "1"]),
        zone=st.sampled_from(["", "3", "4"]),
        user=st.sampled_from(["", "7"]),
    ),
    max_size=40,
)


def outcome(events: Sequence[Happening], cuts: Sequence[int]) -> list[object]:
    """What becomes of the events, with the state written out and read in again at each cut."""
    stored: list[GroupedCase] = []
    told: list[object] = []
    grouping = Grouping(deepcopy(stored))
    for index, one in enumerate(events):
        if index in cuts:
            for case in stored:
                case.shape = Shape.of(case.shape.as_json())
            grouping = Grouping(stored)
        found = grouping.take(one)
        case = found.case
        if case is not None and not any(case is other for other in stored):
            stored.append(case)
            case.key = len(stored)
        told.append((None if case is None else case.key, found.notes))
    final = [(case.key, case.kind, case.zone, case.opened_at, case.last_at, case.count) for case in stored]
    shapes = [case.shape.as_json() for case in stored]
    return [told, final, shapes]


@given(EVENTS, st.sets(st.integers(0, 40)))
def test_cut_anywhere_the_stream_gives_the_same_cases(events: list[Happening], cuts: set[int]) -> None:
    ordered = sorted(events, key=lambda one: one.at)
    assert outcome(ordered, sorted(cuts)) == outcome(ordered, ())


@given(EVENTS)
def test_what_two_systems_send_at_one_moment_may_arrive_in_either_order(events: list[Happening]) -> None:
    def of_each(ordered: list[Happening]) -> list[list[object]]:
        return [
            [(case.kind, case.opened_at, case.count, case.shape.as_json()) for case in found]
            for system in (1, 2)
            for found in [[case for case in cases_of(ordered) if case.system == system]]
        ]

    one_way = sorted(events, key=lambda one: (one.at, one.system))
    other_way = sorted(events, key=lambda one: (one.at, -one.system))
    assert of_each(one_way) == of_each(other_way)


@given(EVENTS)
def test_no_alarm_is_without_a_case_and_none_is_counted_twice(events: list[Happening]) -> None:
    ordered = sorted(events, key=lambda one: one.at)
    grouping, counts = Grouping(), 0
    seen: list[GroupedCase] = []
    for one in ordered:
        case = grouping.take(one).case
        if one.kind in ("burglary", "tamper", "hold_up", "fire", "trouble"):
            counts += 1
            assert case is not None
            assert case.system == one.system
            assert case.partition == one.partition
            assert case.opened_at <= one.at <= case.last_at
            if case.family is not Family.INTRUSION:
                assert case.family in (Family.HOLD_UP, Family.FIRE, Family.FAULT)
        if case is not None and not any(case is other for other in seen):
            seen.append(case)
    assert sum(case.count for case in seen) == counts


@given(EVENTS)
def test_systems_know_nothing_of_each_other(events: list[Happening]) -> None:
    ordered = sorted(events, key=lambda one: one.at)

    def of_system_one(stream: Sequence[Happening]) -> list[object]:
        return [
            (case.kind, case.opened_at, case.count, case.shape.as_json())
            for case in cases_of(stream)
            if case.system == 1
        ]

    alone = [one for one in ordered if one.system == 1]
    assert of_system_one(ordered) == of_system_one(alone)


@given(st.lists(st.integers(0, JOIN // SECOND), min_size=1, max_size=30))
def test_signals_within_the_time_of_each_other_are_one_case(gaps: list[int]) -> None:
    at, events = 0, []
    for gap in gaps:
        at += gap
        events.append(event(seconds=at))
    assert len(cases_of(events)) == 1


def test_losses_that_fall_together_are_one_case() -> None:
    losses = Losses()
    (first,) = losses.lose(at_site(7, 1, 2, 3), 0)
    (second,) = losses.lose(at_site(7, 3, 4), TOGETHER)
    (third,) = losses.lose(at_site(7, 5), 2 * TOGETHER + 1)
    assert (first.is_new, second.is_new, third.is_new) == (True, False, True)
    assert second.added == (4,)
    assert first.case is second.case
    assert [back.systems for back in losses.restore([1, 5, 9], 0)] == [(1,), (5,)]
    (last,) = losses.restore([2, 3, 4], 1)
    assert last.is_whole
    (again,) = losses.lose(at_site(7, 5), 2 * TOGETHER + 2)
    assert (again.is_new, again.added, again.again) == (False, (5,), (5,)), "it was heard in between"


def test_unrelated_sites_are_cases_of_their_own_and_an_outage_is_one() -> None:
    losses = Losses()
    (lone,) = losses.lose(at_site(1, 10), 0)
    (six,) = losses.lose(at_site(2, *range(20, 26)), 266 * SECOND)
    assert (lone.is_new, six.is_new) == (True, True)
    (more,) = losses.lose(at_site(1, 11), 270 * SECOND)
    assert more.case is lone.case, "a site's own case, though it is not the newest"

    provider = Losses()
    (one,) = provider.lose(at_site(1, 10), 0)
    (two,) = provider.lose(at_site(2, 20), SOON)
    (late,) = provider.lose(at_site(3, 30), SOON + TOGETHER)
    assert two.case is one.case
    assert late.case is one.case, "it is known as an outage of several sites"
    assert one.case.sites == {1, 2, 3}

    both = Losses()
    (own,) = both.lose(at_site(1, 10), 0)
    found = both.lose(at_site(1, 11) | at_site(2, 20), 2 * SOON)
    assert [(lost.case is own.case, lost.systems) for lost in found] == [(True, (11,)), (True, (20,))]


def at_site(site: int, *systems: int) -> dict[int, int]:
    return dict.fromkeys(systems, site)


@given(st.lists(st.tuples(st.booleans(), st.sets(st.integers(1, 6), min_size=1)), max_size=20))
def test_losses_read_in_again_go_on_the_same(told: list[tuple[bool, set[int]]]) -> None:
    whole, pieces = Losses(), Losses()
    stored: list[LossCase] = []
    for index, (is_loss, systems) in enumerate(told):
        at = index * 100 * SECOND
        ordered = sorted(systems)
        if is_loss:
            sites = {system: system % 3 for system in ordered}
            pairs = list(zip(whole.lose(sites, at), pieces.lose(sites, at), strict=True))
            for one, other in pairs:
                assert (one.is_new, one.systems, one.added, one.again, one.case.count) == (
                    other.is_new, other.systems, other.added, other.again, other.case.count
                )  # fmt: skip
            stored += [other.case for _one, other in pairs if other.is_new]
        else:
            assert [(back.systems, back.is_whole) for back in whole.restore(ordered, at)] == [
                (back.systems, back.is_whole) for back in pieces.restore(ordered, at)
            ]
        pieces = Losses(stored)


# --- openings and closings -----------------------------------------------------------------------------

MONDAY = date(2012, 9, 3)
SCHOOL = Span(0, True, time(6, 30), time(22, 0))


def moment(clock: str, days: int = 0) -> datetime:
    return datetime.combine(MONDAY + timedelta(days=days), time.fromisoformat(clock))


@pytest.mark.parametrize(
    ("clock", "opened_before", "deviation"),
    [
        ("05:59", False, Deviation.OPENED_EARLY),
        ("06:00", False, None),
        ("07:00", False, None),
        ("07:01", False, Deviation.OPENED_LATE),
        ("07:01", True, None),
        ("22:30", True, None),
        ("22:31", True, Deviation.OPENED_UNEXPECTEDLY),
        ("02:00", False, Deviation.OPENED_EARLY),
    ],
)
def test_openings_on_a_day_with_a_schedule(
    clock: str, opened_before: bool, deviation: Deviation | None
) -> None:
    assert opening([SCHOOL], moment(clock), opened_before=opened_before) is deviation


def test_any_opening_of_a_closed_day_is_unexpected() -> None:
    assert opening([], moment("10:00"), opened_before=False) is Deviation.OPENED_UNEXPECTEDLY


@pytest.mark.parametrize(
    ("clock", "opened_on", "deviation"),
    [
        ("21:29", MONDAY, Deviation.CLOSED_EARLY),
        ("21:30", MONDAY, None),
        ("22:30", MONDAY, None),
        ("22:31", MONDAY, Deviation.CLOSED_LATE),
        ("00:30", MONDAY - timedelta(days=1), Deviation.CLOSED_LATE),
        ("23:00", None, Deviation.CLOSED_LATE),
    ],
)
def test_closings_on_a_day_with_a_schedule(
    clock: str, opened_on: date | None, deviation: Deviation | None
) -> None:
    assert closing([SCHOOL], [SCHOOL], moment(clock), opened_on=opened_on) is deviation


def test_the_closing_that_ends_an_unexpected_opening_is_no_second_case() -> None:
    assert closing([], [], moment("11:00"), opened_on=MONDAY) is None
    assert closing([], [], moment("11:00"), opened_on=None) is Deviation.CLOSED_UNEXPECTEDLY


def test_when_a_system_is_due_to_close() -> None:
    assert not due_to_close([SCHOOL], moment("22:30"))
    assert due_to_close([SCHOOL], moment("22:31"))
    assert not due_to_close([], moment("23:59"))


def test_spans_speak_of_their_day() -> None:
    holiday = Span(0, False, time(9), time(12))
    old = Span(0, True, time(7), time(20), valid_to=MONDAY - timedelta(days=1))
    spans = [SCHOOL, holiday, old]
    assert spans_on(spans, MONDAY, is_school_day=True) == [SCHOOL]
    assert spans_on(spans, MONDAY, is_school_day=False) == [holiday]
    assert spans_on(spans, MONDAY + timedelta(days=1), is_school_day=True) == []
    assert spans_on(spans, MONDAY - timedelta(days=7), is_school_day=True) == [SCHOOL, old]
