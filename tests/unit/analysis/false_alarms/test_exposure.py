"""Armed hours: unions, clipping, and the two nights a year on which the clocks are moved."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from schoolward.analysis.false_alarms import (
    Arming,
    ArmingEvent,
    Span,
    armed_hours,
    armed_hours_by_slot,
    armed_spans,
    system_years,
    union,
)

HERE = ZoneInfo("America/Los_Angeles")


def at(month: int, day: int, hour: int, minute: int = 0, *, year: int = 2011, fold: int = 0) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=HERE, fold=fold)


SEPTEMBER = Span(at(9, 1, 0), at(10, 1, 0))
YEAR = Span(at(1, 1, 0), at(1, 1, 0, year=2012))
NIGHT = Span(at(9, 6, 18), at(9, 7, 6))


@pytest.mark.parametrize(
    ("spans", "hours"),
    [
        pytest.param([], 0.0, id="never armed"),
        pytest.param([NIGHT], 12.0, id="a night"),
        pytest.param([NIGHT, NIGHT], 12.0, id="the same night twice"),
        pytest.param([NIGHT, Span(at(9, 6, 22), at(9, 7, 8))], 14.0, id="overlapping partitions"),
        pytest.param([NIGHT, Span(at(9, 6, 20), at(9, 6, 21))], 12.0, id="one within the other"),
        pytest.param([NIGHT, Span(at(9, 7, 6), at(9, 7, 7))], 13.0, id="touching"),
        pytest.param([Span(at(8, 31, 18), at(9, 1, 6))], 6.0, id="armed before the period"),
        pytest.param([Span(at(9, 30, 18))], 6.0, id="still armed at the end of the period"),
        pytest.param([Span(at(8, 1, 0), at(8, 2, 0)), Span(at(10, 1, 0))], 0.0, id="outside the period"),
        pytest.param([Span(at(8, 1, 0))], 720.0, id="armed all month"),
        pytest.param([Span(at(9, 6, 18), at(9, 6, 18))], 0.0, id="armed and disarmed at once"),
    ],
)
def test_armed_hours_of_a_month(spans: list[Span], hours: float) -> None:
    assert armed_hours(spans, SEPTEMBER) == hours


@pytest.mark.parametrize(
    ("start", "end", "hours"),
    [
        pytest.param(at(3, 12, 18), at(3, 13, 6), 11.0, id="spring: the clock skips an hour"),
        pytest.param(at(11, 5, 18), at(11, 6, 6), 13.0, id="autumn: it shows one twice"),
        pytest.param(at(11, 6, 1, 30), at(11, 6, 1, 30, fold=1), 1.0, id="from the first 1:30 to the second"),
        pytest.param(at(9, 6, 18), at(9, 7, 6).astimezone(UTC), 12.0, id="ends given in two zones"),
    ],
)
def test_hours_are_true_hours_when_the_clocks_are_moved(start: datetime, end: datetime, hours: float) -> None:
    span = Span(start, end)

    assert armed_hours([span], YEAR) == hours
    assert armed_hours_by_slot([span], YEAR, "America/Los_Angeles").sum() == pytest.approx(hours)


def test_the_hour_shown_twice_counts_twice_and_the_skipped_one_not_at_all() -> None:
    # Both Sundays, midnight to six.
    autumn = armed_hours_by_slot([Span(at(11, 6, 0), at(11, 6, 6))], YEAR, "America/Los_Angeles")
    spring = armed_hours_by_slot([Span(at(3, 13, 0), at(3, 13, 6))], YEAR, "America/Los_Angeles")

    assert autumn[6, :7].tolist() == [1, 2, 1, 1, 1, 1, 0]
    assert spring[6, :7].tolist() == [1, 1, 0, 1, 1, 1, 0]


def test_slots_are_local_and_hold_parts_of_hours() -> None:
    # Tuesday 18:20 to Wednesday 00:30.
    slots = armed_hours_by_slot([Span(at(9, 6, 18, 20), at(9, 7, 0, 30))], YEAR, "America/Los_Angeles")

    assert slots[1, 18] == pytest.approx(2 / 3)
    assert slots[1, 19:].tolist() == [1.0] * 5
    assert slots[2, 0] == pytest.approx(0.5)
    assert slots.sum() == pytest.approx(6 + 1 / 6)


def test_a_zone_whose_offset_is_no_whole_hour() -> None:
    kathmandu = ZoneInfo("Asia/Kathmandu")  # 5:45 ahead
    start = datetime(2011, 9, 6, 18, tzinfo=kathmandu)
    slots = armed_hours_by_slot([Span(start, start + timedelta(hours=2))], YEAR, "Asia/Kathmandu")

    assert slots[1, 18:20].tolist() == [1.0, 1.0]


@pytest.mark.parametrize(
    ("events", "since", "spans"),
    [
        pytest.param("C18 O30", None, [(18, 30)], id="closed, then opened"),
        pytest.param("C18 C20 O30", None, [(18, 30)], id="closed twice"),
        pytest.param("C18 O30 O32", None, [(18, 30)], id="opened twice"),
        pytest.param("O6 C18", None, [(18, None)], id="armed to this day"),
        pytest.param("O6 C18 O30", 0, [(0, 6), (18, 30)], id="known to be armed before"),
        pytest.param("O30 C18", None, [(18, 30)], id="late events come in any order"),
        pytest.param("C18 O20 C20 O30", None, [(18, 20), (20, 30)], id="opened and closed in one second"),
        pytest.param("", None, [], id="nothing known"),
        pytest.param("", 0, [(0, None)], id="nothing but that it was armed"),
    ],
)
def test_from_closing_to_opening(events: str, since: int | None, spans: list[tuple[int, int | None]]) -> None:
    start = datetime(2011, 9, 6, tzinfo=UTC)

    def moment(hour: int | None) -> datetime | None:
        return None if hour is None else start + timedelta(hours=hour)

    kinds = {"C": Arming.CLOSING, "O": Arming.OPENING}
    given = [ArmingEvent(start + timedelta(hours=int(word[1:])), kinds[word[0]]) for word in events.split()]

    found = armed_spans(given, armed_at_start=moment(since))

    assert [(span.start, span.end) for span in found] == [(moment(a), moment(b)) for a, b in spans]


def test_system_years_count_each_system_once() -> None:
    period = Span(datetime(2011, 1, 1, tzinfo=UTC), datetime(2011, 1, 1, tzinfo=UTC) + timedelta(days=365.25))
    whole = Span(datetime(2000, 1, 1, tzinfo=UTC))
    half = Span(datetime(2000, 1, 1, tzinfo=UTC), period.start + timedelta(days=365.25 / 2))

    assert system_years([[whole], [half], [whole, half], []], period) == pytest.approx(2.5)


def test_union_is_in_utc_and_in_order() -> None:
    joined = union([Span(at(9, 8, 18), at(9, 9, 6)), NIGHT], SEPTEMBER)

    assert [span.start.utcoffset() for span in joined] == [timedelta(0)] * 2
    assert joined[0].start == NIGHT.start


def test_spans_that_touch_are_one() -> None:
    assert NIGHT.end is not None
    assert len(union([NIGHT, Span(NIGHT.end, at(9, 7, 8))], SEPTEMBER)) == 1


@pytest.mark.parametrize(
    ("call", "says"),
    [
        (lambda: Span(datetime(2011, 9, 6)), "no time zone"),  # noqa: DTZ001
        (lambda: Span(at(9, 7, 0), at(9, 6, 0)), "ends before it starts"),
        # By the wall clock this is half an hour forward; in truth it is half an hour back.
        (lambda: Span(at(11, 6, 1, 0, fold=1), at(11, 6, 1, 30)), "ends before it starts"),
        (lambda: armed_hours([], Span(at(9, 6, 0))), "no end"),
        (lambda: armed_spans([ArmingEvent(datetime(2011, 9, 6), Arming.CLOSING)]), "no time zone"),  # noqa: DTZ001
    ],
)
def test_doubtful_times_are_refused(call: object, says: str) -> None:
    with pytest.raises(ValueError, match=says):
        call()
