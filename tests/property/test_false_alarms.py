"""What must hold of rates, ratios, windows and alarm cases, whatever the numbers."""

from __future__ import annotations

import math
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from schoolward.analysis.alarm_verification import (
    CLEARING_RULES,
    LEVEL_RULES,
    AlarmLevel,
    Call,
    CallOutcome,
    Evidence,
    EvidenceKind,
    Occupancy,
    SignalKind,
    alarm_score,
    two_call_rule,
    urgency,
)
from schoolward.analysis.false_alarms import (
    Activation,
    BeforeAfter,
    Cause,
    Disposition,
    Method,
    Observed,
    Occurrence,
    Outcome,
    Span,
    Verdict,
    armed_hours,
    armed_hours_by_slot,
    compared_rate_ratio,
    concentration,
    police_dispatch_rate,
    rate_ratio,
    share_false,
    tally,
    union,
    verified_share,
)
from schoolward.analysis.false_alarms.intervals import clopper_pearson, garwood, mid_p, wilson

MODEST = settings(max_examples=60, deadline=None)

confidences = st.floats(0.2, 0.999)
counts = st.integers(0, 400)
exposures = st.floats(0.01, 1e6)
shares = st.tuples(counts, counts).map(lambda pair: (min(pair), max(pair))).filter(lambda pair: pair[1] > 0)


@MODEST
@given(shares, confidences)
def test_intervals_of_a_share_hold_it_and_mirror(share: tuple[int, int], confidence: float) -> None:
    count, total = share
    for interval in (wilson, clopper_pearson, mid_p):
        low, high = interval(count, total, confidence)
        assert 0 <= low <= count / total + 1e-12
        assert count / total - 1e-12 <= high <= 1
        mirrored = interval(total - count, total, confidence)
        assert (1 - mirrored.high, 1 - mirrored.low) == pytest.approx((low, high), abs=1e-9)


@MODEST
@given(counts, exposures, confidences)
def test_the_interval_of_a_rate_holds_it_and_scales(events: int, exposure: float, confidence: float) -> None:
    low, high = garwood(events, exposure, confidence)
    assert low <= events / exposure <= high * (1 + 1e-12)
    assert garwood(events, exposure * 24, confidence) == pytest.approx((low / 24, high / 24))


activations = st.builds(
    Activation,
    disposition=st.sampled_from([None, *Disposition]),
    dispatched=st.booleans(),
    verified_before_dispatch=st.booleans(),
)


@MODEST
@given(st.lists(activations), st.lists(activations))
def test_tallies_add_and_tests_count_nowhere(one: list[Activation], other: list[Activation]) -> None:
    both, first, second = tally(one + other), tally(one), tally(other)
    assert both.activations == first.activations + second.activations
    assert both.activations + both.tests == len(one) + len(other)

    without_tests = tally(each for each in one if each.disposition is not Disposition.AUTHORISED_TEST)
    for rate in (share_false, police_dispatch_rate, verified_share):
        assert rate(first) == rate(without_tests)


@MODEST
@given(counts, counts, exposures, exposures, st.sampled_from([Method.EXACT, Method.MID_P]), confidences)
def test_the_ratio_turns_round_and_agrees_with_its_p_value(
    before: int, after: int, long: float, short: float, method: Method, confidence: float
) -> None:
    forward = rate_ratio(Observed(before, long), Observed(after, short), method=method, confidence=confidence)
    back = rate_ratio(Observed(after, short), Observed(before, long), method=method, confidence=confidence)

    assume(before + after > 0)
    assert forward.p_value == pytest.approx(back.p_value, abs=1e-9)
    assert forward.low is not None
    if after:
        assert forward.low == pytest.approx(1 / (back.high or math.inf), rel=1e-6)
    if forward.value is not None and forward.high is not None:
        assert forward.low <= forward.value * (1 + 1e-9)
        assert forward.value <= forward.high * (1 + 1e-9)
    assert forward.p_value is not None
    leaves_out_1 = forward.low > 1 or (forward.high is not None and forward.high < 1)
    if abs(forward.p_value - (1 - confidence)) > 1e-9:
        assert leaves_out_1 == (forward.p_value < 1 - confidence)
    if leaves_out_1:
        assert forward.verdict in (Verdict.FELL, Verdict.ROSE)


@MODEST
@given(st.integers(1, 60), exposures, st.floats(0.1, 1_000))
def test_the_unit_of_exposure_does_not_matter(events: int, exposure: float, unit: float) -> None:
    one = rate_ratio(Observed(events, exposure), Observed(3, 2 * exposure))
    other = rate_ratio(Observed(events, exposure * unit), Observed(3, 2 * exposure * unit))
    assert (one.value, one.low, one.high) == pytest.approx((other.value, other.low, other.high))


strata = st.lists(
    st.builds(
        BeforeAfter,
        st.builds(Observed, st.integers(1, 200), exposures),
        st.builds(Observed, st.integers(1, 200), exposures),
    ),
    min_size=1,
    max_size=6,
)


@MODEST
@given(strata, strata)
def test_a_comparison_turns_round_and_strata_may_be_cut(
    treated: list[BeforeAfter], compared: list[BeforeAfter]
) -> None:
    forward, back = compared_rate_ratio(treated, compared), compared_rate_ratio(compared, treated)
    assert forward.value is not None
    assert back.value is not None
    assert forward.value == pytest.approx(1 / back.value)
    assert forward.low == pytest.approx(1 / (back.high or math.inf))
    assert compared_rate_ratio(treated, treated).value == pytest.approx(1.0)

    # Each stratum twice, with the same rates: the ratio stays, and the interval narrows.
    twice = compared_rate_ratio(treated * 2, compared * 2)
    assert twice.value == pytest.approx(forward.value)
    assert (twice.high or 0) < (forward.high or 0)


HERE = ZoneInfo("America/Los_Angeles")
YEAR = Span(datetime(2011, 1, 1, tzinfo=HERE), datetime(2012, 1, 1, tzinfo=HERE))
moments = st.integers(-40_000, 600_000).map(
    lambda minutes: datetime(2011, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
)
spans = st.lists(
    st.tuples(moments, st.integers(0, 30_000), st.booleans()).map(
        lambda drawn: Span(
            drawn[0].astimezone(HERE),
            None if drawn[2] and drawn[1] < 500 else drawn[0] + timedelta(minutes=drawn[1]),
        )
    ),
    max_size=8,
)


@MODEST
@given(spans, moments)
def test_armed_hours_are_a_measure(armed: list[Span], cut: datetime) -> None:
    hours = armed_hours(armed, YEAR)
    assert 0 <= hours <= 365 * 24
    assert armed_hours(armed + armed, YEAR) == hours
    assert armed_hours(armed[::-1], YEAR) == hours
    assert armed_hours(union(armed, YEAR), YEAR) == hours
    assert hours <= sum(armed_hours([span], YEAR) for span in armed) + 1e-9
    assert armed_hours_by_slot(armed, YEAR, "America/Los_Angeles").sum() == pytest.approx(hours)

    assert YEAR.end is not None
    assume(YEAR.start <= cut <= YEAR.end)
    parts = (Span(YEAR.start, cut), Span(cut, YEAR.end))
    assert sum(armed_hours(armed, part) for part in parts) == pytest.approx(hours)


def minute_by_minute(armed: list[Span], period: Span) -> np.ndarray:
    """The same, by asking the time zone itself about every minute."""
    slots = np.zeros((7, 24))
    for span in union(armed, period):
        at = span.start
        assert span.end is not None
        while at < span.end:
            local = at.astimezone(HERE)
            slots[local.weekday(), local.hour] += 1 / 60
            at += timedelta(minutes=1)
    return slots


@settings(max_examples=12, deadline=None)
@given(
    st.lists(st.tuples(st.integers(0, 6_000), st.integers(0, 1_500)), max_size=3), st.sampled_from([3, 11])
)
def test_slots_agree_with_the_minutes_of_the_zone_itself(drawn: list[tuple[int, int]], month: int) -> None:
    first = datetime(2011, month, 4 + (month == 3) * 7, tzinfo=UTC)  # the days about a change of the clocks
    armed = [Span(first + timedelta(minutes=a), first + timedelta(minutes=a + b)) for a, b in drawn]
    assert armed_hours_by_slot(armed, YEAR, "America/Los_Angeles") == pytest.approx(
        minute_by_minute(armed, YEAR)
    )


occurrences = st.lists(
    st.builds(
        Occurrence,
        st.integers(0, 364).map(lambda day: date(2011, 1, 1) + timedelta(days=day)),
        st.one_of(st.integers(0, 23), st.just(18), st.just(18)),
        st.sampled_from(Cause),
    ),
    max_size=60,
)


@MODEST
@given(occurrences, st.integers(0, 2**32 - 1))
def test_a_window_that_is_told_holds_what_it_says(events: list[Occurrence], seed: int) -> None:
    armed = np.random.default_rng(seed).uniform(0, 52, size=(7, 24))
    found = concentration(events, armed)

    assert found == concentration(events[::-1], armed) or found.cause_share == 0.5
    if found.outcome is not Outcome.FOUND:
        assert found.window is None
        return
    assert found.window is not None
    assert found.share is not None
    assert found.expected_share is not None
    assert found.p_value is not None
    inside = [event for event in events if found.window.holds(event.day, event.hour)]
    assert found.in_window == len(inside)
    assert found.share == len(inside) / len(events) >= 0.5
    assert found.share > found.expected_share or len({(e.day, e.hour) for e in events}) < len(events)
    assert len({event.day for event in inside}) >= 3
    assert 0 <= found.p_value <= 0.01


CLEARING = {rule.kind for rule in CLEARING_RULES}
evidence = st.lists(
    st.builds(
        Evidence,
        st.sampled_from(EvidenceKind),
        st.integers(0, 20).map(
            lambda minute: datetime(2011, 9, 6, 20, tzinfo=UTC) + timedelta(minutes=minute)
        ),
    ),
    max_size=8,
)


@settings(max_examples=300, deadline=None)
@given(evidence, st.randoms(use_true_random=False), evidence)
def test_the_level_is_monotone_and_order_does_not_matter(
    known: list[Evidence], dice: object, more: list[Evidence]
) -> None:
    score = alarm_score(known)
    shuffled = list(known)
    dice.shuffle(shuffled)
    assert alarm_score(shuffled) == score
    assert alarm_score(known + known) == score

    threats = [item for item in more if item.kind not in CLEARING]
    cleared = [item for item in more if item.kind in CLEARING]
    assert alarm_score(known + threats).level >= score.level
    assert alarm_score(known + cleared).level <= score.level

    if score.level is AlarmLevel.NO_CALL:
        assert any(item.kind in CLEARING for item in known)
    if score.reportable is not None:
        assert score.reportable <= score.level
    # Nobody but an officer clears a threat.
    grave = [rule.level for rule in LEVEL_RULES if rule.kind in {item.kind for item in known}]
    if EvidenceKind.OFFICERS_FOUND_NOTHING not in {item.kind for item in known}:
        assert score.level >= max(
            [level for level in grave if level >= AlarmLevel.THREAT_TO_PROPERTY], default=0
        )


made_calls = st.lists(
    st.builds(
        Call,
        st.sampled_from(["916-555-0100", "(916) 555-0100", "916-555-0199", "keypad audio"]),
        st.integers(0, 20).map(
            lambda minute: datetime(2011, 9, 6, 20, tzinfo=UTC) + timedelta(minutes=minute)
        ),
        st.sampled_from(CallOutcome),
    ),
    max_size=5,
)


@MODEST
@given(st.sampled_from(SignalKind), made_calls, made_calls, evidence)
def test_more_calls_never_undo_the_two(
    kind: SignalKind, calls: list[Call], more: list[Call], known: list[Evidence]
) -> None:
    found = two_call_rule(kind, calls, known)
    assert found.satisfied == (found.exempt or found.distinct_numbers >= 2) == (found.still_needed == 0)
    assert two_call_rule(kind, calls + more, known).still_needed <= found.still_needed
    if calls:
        first = min(call.at for call in calls) - timedelta(seconds=1)
        assert two_call_rule(kind, calls, known, dispatched_at=first).distinct_numbers == 0


cases = st.fixed_dictionaries(
    {
        "level": st.sampled_from(AlarmLevel),
        "occupancy": st.sampled_from(Occupancy),
        "zone_false_share": st.one_of(st.none(), st.floats(0, 1)),
        "age_s": st.floats(0, 1_000),
        "answered": st.booleans(),
    }
)
LIFE = [SignalKind.HOLD_UP, SignalKind.DURESS, SignalKind.FIRE, SignalKind.PANIC, SignalKind.MEDICAL]


@settings(max_examples=300, deadline=None)
@given(st.sampled_from(SignalKind), cases, st.sampled_from(AlarmLevel), st.floats(0, 1_000), st.floats(0, 1))
def test_urgency_rises_with_level_and_waiting_and_falls_with_a_bad_past(
    kind: SignalKind, case: dict[str, object], level: AlarmLevel, age_s: float, share: float
) -> None:
    score = urgency(kind, **case).score
    assert 0 <= score <= 100
    if level >= case["level"]:
        assert urgency(kind, **{**case, "level": level}).score >= score
    if age_s >= case["age_s"]:
        assert urgency(kind, **{**case, "age_s": age_s}).score >= score
    if share >= (case["zone_false_share"] or 0):
        assert urgency(kind, **{**case, "zone_false_share": share}).score <= score
    if case["level"] > AlarmLevel.LITTLE_KNOWN or kind in LIFE:
        assert urgency(kind, **{**case, "zone_false_share": 1.0}).score == score
    assert urgency(kind, **{**case, "answered": True}).score <= score


@MODEST
@given(st.sampled_from(LIFE), st.sampled_from([k for k in SignalKind if k not in LIFE]), cases, cases)
def test_life_comes_before_anything_unverified(
    life: SignalKind, other: SignalKind, here: dict[str, object], there: dict[str, object]
) -> None:
    here["level"] = max(here["level"], AlarmLevel.LITTLE_KNOWN)
    there["level"] = min(there["level"], AlarmLevel.LITTLE_KNOWN)
    assert urgency(life, **here).score > urgency(other, **there).score


@MODEST
@given(st.sampled_from(SignalKind), cases)
def test_the_reasons_add_up_to_the_score(kind: SignalKind, case: dict[str, object]) -> None:
    found = urgency(kind, **case)
    total = sum(points for points, _ in found.reasons)
    assert found.score == pytest.approx(min(100.0, max(0.0, total)), abs=1e-6)
