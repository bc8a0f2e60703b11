"""M4 to M7 and dispatches per system per year, by worked examples."""

from __future__ import annotations

import pytest

from schoolward.analysis.false_alarms import (
    Activation,
    Disposition,
    Rate,
    Tally,
    activations_per_1000_armed_hours,
    dispatches_per_system_year,
    police_dispatch_rate,
    share_false,
    tally,
    verified_share,
)

FALSE, CRIME, ATTEMPT, TEST = (
    Disposition.FALSE,
    Disposition.CRIME,
    Disposition.ATTEMPT,
    Disposition.AUTHORISED_TEST,
)

# An invented month: 4 false (one dispatched, unverified), a crime and an attempt (dispatched, verified), one
# still open (dispatched, verified), two tests (one dispatched by mistake, which counts nowhere).
MONTH = [
    Activation(FALSE),
    Activation(FALSE),
    Activation(FALSE),
    Activation(FALSE, dispatched=True),
    Activation(CRIME, dispatched=True, verified_before_dispatch=True),
    Activation(ATTEMPT, dispatched=True, verified_before_dispatch=True),
    Activation(None, dispatched=True, verified_before_dispatch=True),
    Activation(TEST),
    Activation(TEST, dispatched=True),
]


def test_an_invented_month_is_counted() -> None:
    assert tally(MONTH) == Tally(activations=7, false=4, undisposed=1, dispatched=4, verified=3, tests=2)


@pytest.mark.parametrize(
    ("rate", "key", "numerator", "denominator", "value"),
    [
        pytest.param(share_false(tally(MONTH)), "M4", 4, 7, 4 / 7, id="M4"),
        pytest.param(activations_per_1000_armed_hours(7, 3_500.0), "M5", 7, 3_500.0, 2.0, id="M5"),
        pytest.param(police_dispatch_rate(tally(MONTH)), "M6", 4, 7, 4 / 7, id="M6"),
        pytest.param(verified_share(tally(MONTH)), "M7", 3, 4, 0.75, id="M7"),
        pytest.param(
            dispatches_per_system_year(90, 100.0), "dispatches_per_system_year", 90, 100.0, 0.9, id="SIAC"
        ),
    ],
)
def test_each_rate(rate: Rate, key: str, numerator: int, denominator: float, value: float) -> None:
    assert (rate.key, rate.numerator, rate.denominator) == (key, numerator, denominator)
    assert rate.value == pytest.approx(value)
    assert rate.low is not None
    assert rate.high is not None
    assert rate.low < value < rate.high


def test_intervals_are_in_the_unit_of_the_value() -> None:
    rate = activations_per_1000_armed_hours(10, 5_000.0)

    # The exact Poisson limits of 10 events are 4.795 and 18.390; over 5 thousand hours.
    assert (rate.low, rate.high) == pytest.approx((4.795 / 5, 18.390 / 5), abs=1e-3)
    assert (rate.per, rate.unit) == (1_000.0, "armed hours")


@pytest.mark.parametrize(
    "rate",
    [
        share_false(tally([])),
        share_false(tally([Activation(TEST)])),
        police_dispatch_rate(tally([])),
        verified_share(tally([Activation(FALSE)])),
        activations_per_1000_armed_hours(0, 0.0),
        activations_per_1000_armed_hours(3, 0.0),
        dispatches_per_system_year(0, 0.0),
    ],
)
def test_a_rate_over_nothing_is_none_and_never_0(rate: Rate) -> None:
    assert (rate.value, rate.low, rate.high) == (None, None, None)
    assert rate.denominator == 0


def test_no_events_over_something_is_0_with_an_upper_limit() -> None:
    rate = activations_per_1000_armed_hours(0, 1_000.0)

    assert (rate.value, rate.low) == (0.0, 0.0)
    assert rate.high == pytest.approx(3.689, abs=1e-3)


def test_m4_can_rise_while_things_improve() -> None:
    before = Tally(activations=1_000, false=940, undisposed=0, dispatched=0, verified=0)
    after = Tally(activations=400, false=388, undisposed=0, dispatched=0, verified=0)

    assert (share_false(after).value or 0) > (share_false(before).value or 0)
    rates = [activations_per_1000_armed_hours(t.activations, 250_000.0).value or 0 for t in (before, after)]
    assert rates == [4.0, 1.6]


@pytest.mark.parametrize(
    ("counts", "says"),
    [
        ({"activations": 3, "false": 3, "undisposed": 1, "dispatched": 0, "verified": 0}, "false and open"),
        ({"activations": 3, "false": 0, "undisposed": 0, "dispatched": 4, "verified": 0}, "dispatched"),
        ({"activations": 3, "false": 0, "undisposed": 0, "dispatched": 1, "verified": 2}, "verified"),
        ({"activations": 3, "false": -1, "undisposed": 0, "dispatched": 0, "verified": 0}, "below 0"),
    ],
)
def test_counts_that_cannot_be_are_refused(counts: dict[str, int], says: str) -> None:
    with pytest.raises(ValueError, match=says):
        Tally(**counts)


@pytest.mark.parametrize(("events", "hours"), [(-1, 10.0), (1, -10.0), (1, float("nan"))])
def test_exposure_that_cannot_be_is_refused(events: int, hours: float) -> None:
    with pytest.raises(ValueError, match="neither may be below 0"):
        activations_per_1000_armed_hours(events, hours)
