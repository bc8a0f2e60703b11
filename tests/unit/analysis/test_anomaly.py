"""A number far off its own history waits for a signature; an ordinary one does not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schoolward.analysis.anomaly import AnomalyPolicy, Verdict, compare, judge

# The published number is real (6,645, Sacramento County, from wrong coding); the history and the
# peer counties are invented, in the size that such counts have.
PUBLISHED = 6645
INVENTED_HISTORY = [41, 38, 52, 47, 44]
INVENTED_PEERS = [35, 61, 40, 28, 55, 49]


def test_the_firearm_suspensions_of_one_county_would_have_been_stopped() -> None:
    found = judge(PUBLISHED, history=INVENTED_HISTORY, peers=INVENTED_PEERS)

    assert found.needs_signature
    assert found.sentence == (
        "6,645 is 151 times the median of its 5 earlier values (44; z = 995.1) and "
        "149 times the median of its 6 peers (44.5; z = 445.2): check the records, then sign or correct it."
    )


def test_peers_alone_stop_it_where_there_is_no_history() -> None:
    assert judge(PUBLISHED, peers=INVENTED_PEERS).needs_signature


@pytest.mark.parametrize(
    ("value", "history", "verdict"),
    [
        pytest.param(46, INVENTED_HISTORY, Verdict.ORDINARY, id="a year like the others"),
        pytest.param(70, INVENTED_HISTORY, Verdict.UNUSUAL, id="half as many again"),
        pytest.param(0, [5000, 5100, 4900], Verdict.UNUSUAL, id="a feed that went silent"),
        pytest.param(3, [2, 2, 2], Verdict.ORDINARY, id="one more of few is chance"),
        pytest.param(1, [0, 0, 0, 0], Verdict.ORDINARY, id="the first ever is no alarm"),
        pytest.param(46, [44, 47], Verdict.NOT_JUDGED, id="two years are no history"),
        pytest.param(46, [], Verdict.NOT_JUDGED, id="no history"),
        pytest.param(
            46, [40, 44, 48, 9000], Verdict.ORDINARY, id="an old mistake does not hide the usual range"
        ),
        pytest.param(9100, [40, 44, 48, 9000], Verdict.UNUSUAL, id="nor excuse a new one"),
    ],
)
def test_against_its_own_history(value: float, history: list[float], verdict: Verdict) -> None:
    assert judge(value, history=history).verdict is verdict


def test_a_large_district_is_not_stopped_each_year_for_being_large() -> None:
    found = judge(500, history=[480, 510, 495], peers=[40, 50, 60])

    assert found.verdict is Verdict.ORDINARY
    assert found.sentence.endswith("It is 10 times the median of its 3 peers (50; z = 30.4), as before.")


def test_a_fall_is_told_as_a_fall() -> None:
    assert "4,900 below the median" in judge(100, history=[5000, 5100, 4900]).sentence


def test_too_little_to_judge_says_how_much_it_takes() -> None:
    assert judge(3, history=[2]).sentence == (
        "3 was not judged: it takes 3 earlier values or peers, and there are 1 and 0."
    )


def test_shares_have_no_counting_floor() -> None:
    shares = [0.90, 0.91, 0.92]

    assert judge(0.50, history=shares, counts=False).needs_signature
    assert not judge(0.93, history=shares, counts=False).needs_signature


def test_the_limit_is_a_policy() -> None:
    assert not judge(70, history=INVENTED_HISTORY, policy=AnomalyPolicy(limit=10)).needs_signature


@given(
    st.lists(st.integers(0, 10_000), min_size=3, max_size=12), st.integers(0, 10_000), st.integers(1, 1000)
)
def test_moving_further_from_the_median_never_looks_more_ordinary(
    others: list[int], value: int, step: int
) -> None:
    near = compare(value, others)
    far = compare(value + step if value >= near.median else value - step, others)

    assert abs(far.z) >= abs(near.z)
