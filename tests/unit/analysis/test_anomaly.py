"""A number far off its own history waits for a signature; an ordinary one does not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schoolward.analysis.anomaly import (
    AnomalyPolicy,
    Part,
    Step,
    Verdict,
    combined,
    compare,
    judge,
    judge_parts,
    judge_series,
)

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


# 662 and 7,307 records of a school year: 6,645 came in one month, at one high school, from wrong coding.
MONTHS = [68, 51, 50, 64, 58, 39, 54, 42, 52, 62, 67, 56, 56, 50, 66, 48, 51, 52, 56, 57, 60, 43]


def steps(values: list[float], *, own: int) -> list[Step]:
    return [
        Step(f"month {number}", value, own=number >= len(values) - own) for number, value in enumerate(values)
    ]


def test_a_wrong_month_stops_the_year_that_holds_it() -> None:
    wrong = [*MONTHS[:14], 66 + PUBLISHED, *MONTHS[15:]]
    found = judge_series(sum(wrong[-12:]), steps(wrong, own=12))

    assert found.needs_signature
    assert found.sentence == (
        "month 14: 6,711 is 124 times the median of its 21 other months (54; z = 905.9): "
        "check the records, then sign or correct it."
    )


@pytest.mark.parametrize(
    ("values", "own", "verdict"),
    [
        pytest.param(MONTHS, 12, Verdict.ORDINARY, id="months like the others"),
        pytest.param([*MONTHS, 0], 1, Verdict.UNUSUAL, id="a month in which the feed went silent"),
        pytest.param(
            [5, 6, 900, 5, 6, 5, 4, 6], 3, Verdict.ORDINARY, id="an old slip does not stop a new month"
        ),
        pytest.param([5, 6, 5], 1, Verdict.NOT_JUDGED, id="three months are no series"),
        pytest.param(MONTHS, 0, Verdict.NOT_JUDGED, id="no whole month of its own"),
    ],
)
def test_by_its_own_months(values: list[float], own: int, verdict: Verdict) -> None:
    assert judge_series(sum(values), steps(values, own=own)).verdict is verdict


def site(name: str, count: float, before: float | None = None, *, students: int = 400) -> Part:
    return Part(name, count, students, "elementary", before)


SITES = [site(f"S{number}", count, count) for number, count in enumerate([5, 8, 6, 4, 9, 7, 6])]


def test_one_school_with_thousands_of_records_stops_the_total() -> None:
    found = judge_parts(PUBLISHED + 51, [*SITES, site("North High", PUBLISHED + 6, 6)])

    assert found.needs_signature
    assert found.sentence.startswith("North High: 6,651, against 6 at the usual rate of its 7 peers")
    assert "and 6 in the period before" in found.sentence


@pytest.mark.parametrize(
    ("part", "verdict"),
    [
        pytest.param(site("as before", 60, 58), Verdict.ORDINARY, id="a place that was always so"),
        pytest.param(site("new", 60), Verdict.UNUSUAL, id="nothing is known of its past"),
        pytest.param(
            site("large", 60, 6, students=4000), Verdict.ORDINARY, id="as many as its students make likely"
        ),
        pytest.param(site("calm", 9, 1), Verdict.ORDINARY, id="off its past, like its peers"),
    ],
)
def test_by_its_sites(part: Part, verdict: Verdict) -> None:
    assert judge_parts(100, [*SITES, part]).verdict is verdict


def test_too_few_sites_do_not_judge() -> None:
    assert judge_parts(10, SITES[:3]).verdict is Verdict.NOT_JUDGED


def test_one_side_that_finds_it_unusual_is_enough() -> None:
    sides = [
        judge(46, history=INVENTED_HISTORY),
        judge_series(46, []),
        judge(PUBLISHED, history=INVENTED_HISTORY),
    ]

    assert combined(sides).verdict is Verdict.UNUSUAL
    assert combined(sides[:2]).verdict is Verdict.ORDINARY
    assert combined(sides[1:2]).verdict is Verdict.NOT_JUDGED


def test_a_share_that_stood_still_may_move_a_little() -> None:
    policy = AnomalyPolicy(floor=1.0)

    assert not judge(98, history=[100] * 6, counts=False, policy=policy).needs_signature
    assert judge(98, history=[100] * 6, counts=False).verdict is Verdict.ORDINARY
    assert judge(60, history=[100] * 6, counts=False, policy=policy).needs_signature
